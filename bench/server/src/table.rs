//! The figures.

use std::time::Duration;

use crate::doorward::Operation;
use crate::load::Taken;
use crate::size::{Pages, Whole};
use crate::writes::Round;

/// The head of the table of requests.
pub const REQUESTS_HEAD: &str = "\
| Request | Server | Requests/s | lowest to highest | of the bare server's | p50, ms | p99, ms | Server, µs CPU | of the bare server's per CPU second | Client, µs CPU |
|---|---|---|---|---|---|---|---|---|---|";

/// The head of the table of writes.
pub const WRITES_HEAD: &str = "\
| | Roles/s | p50, ms | p99, ms | Server, µs CPU | Commits/s of the store alone | Ratio | One commit |
|---|---|---|---|---|---|---|---|";

/// The head of the table of pages.
pub const PAGES_HEAD: &str = "\
| List | Page | first, ms | middle, ms | last, ms | µs per item | Bytes |
|---|---|---|---|---|---|---|";

/// The head of the table of the account's details.
pub const WHOLE_HEAD: &str = "\
| | Page | Pages | Bytes | largest page | Time, ms | Server, ms CPU | More memory at most | of the largest page |
|---|---|---|---|---|---|---|---|---|";

/// The figures of one run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// Requests answered per second.
    per_second: f64,
    /// The time within which half of the answers came, in milliseconds.
    p50_ms: f64,
    /// The time within which 99 of 100 answers came, in milliseconds.
    p99_ms: f64,
    /// The server's processor time per request, in microseconds.
    server_us: f64,
    /// The same of this program, which asks.
    client_us: f64,
}

impl Run {
    /// The figures of a run in which the server and the client used so much processor time.
    pub fn of(taken: &Taken, server: Duration, client: Duration) -> Self {
        let count = taken.latencies.len() as f64;
        let each_us = |used: Duration| used.as_secs_f64() * 1e6 / count;
        Self {
            per_second: count / taken.time.as_secs_f64(),
            p50_ms: taken.within_ms(50),
            p99_ms: taken.within_ms(99),
            server_us: each_us(server),
            client_us: each_us(client),
        }
    }
}

/// Two lines of the table: the bare server and Doorward, the median of their runs. The ratios, of requests per second of
/// the clock and of the server's processor time, are medians over rounds.
pub fn rows(operation: Operation, bare: &[Run], doorward: &[Run]) -> String {
    let ratio = |of: fn(&Run, &Run) -> f64| {
        100.0 * median(doorward.iter().zip(bare).map(|(doorward, bare)| of(doorward, bare)))
    };
    let ratios = [
        ratio(|doorward, bare| doorward.per_second / bare.per_second),
        ratio(|doorward, bare| bare.server_us / doorward.server_us),
    ];
    format!("{}\n{}", row(operation, "bare", bare, [100.0; 2]), row(operation, "Doorward", doorward, ratios))
}

fn row(
    operation: Operation,
    server: &str,
    runs: &[Run],
    [per_second_percent, processor_percent]: [f64; 2],
) -> String {
    let per_second = || runs.iter().map(|run| run.per_second);
    let (lowest, highest) = (per_second().fold(f64::MAX, f64::min), per_second().fold(0.0, f64::max));
    format!(
        "| {operation} | {server} | {:.0} | {lowest:.0} to {highest:.0} | {per_second_percent:.0} % | {:.2} | {:.2} | {:.1} | {processor_percent:.0} % | {:.1} |",
        median(per_second()),
        median(runs.iter().map(|run| run.p50_ms)),
        median(runs.iter().map(|run| run.p99_ms)),
        median(runs.iter().map(|run| run.server_us)),
        median(runs.iter().map(|run| run.client_us)),
    )
}

/// The line of the table of writes: medians.
pub fn writes(rounds: &[Round]) -> String {
    let of = |figure: fn(&Round) -> f64| median(rounds.iter().map(figure));
    let commit = rounds.first().map_or_else(String::new, |round| {
        format!("{} records, {} bytes", round.commit.records, round.commit.bytes)
    });
    format!(
        "| CreateRole | {:.0} | {:.2} | {:.2} | {:.1} | {:.0} | {:.0} % | {commit} |",
        of(|round| round.roles_per_second),
        of(|round| round.p50_ms),
        of(|round| round.p99_ms),
        of(|round| round.server_us),
        of(|round| round.commits_per_second),
        100.0 * of(|round| round.roles_per_second / round.commits_per_second),
    )
}

/// A line of the table of pages.
pub fn pages(pages: &Pages) -> String {
    let Pages { operation, size, times, bytes } = pages;
    let [first, middle, last] = times.map(|time| time.as_secs_f64() * 1e3);
    let each_us = middle * 1e3 / *size as f64;
    format!("| {operation} | {size} | {first:.2} | {middle:.2} | {last:.2} | {each_us:.2} | {bytes} |")
}

/// A line of the table of the account's details.
pub fn whole(whole: &Whole) -> String {
    let (time, server) = (whole.time.as_secs_f64() * 1e3, whole.server.as_secs_f64() * 1e3);
    let times = whole.growth as f64 / whole.bytes_max as f64;
    format!(
        "| GetAccountAuthorizationDetails | {} | {} | {} | {} | {time:.0} | {server:.0} | {} | {times:.2} × |",
        whole.size, whole.pages, whole.bytes, whole.bytes_max, whole.growth
    )
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(requests: u64, time: Duration) -> Run {
        let latencies = (1..=requests).map(Duration::from_millis).collect();
        Run::of(&Taken { time, latencies }, time / 2, time / 4)
    }

    #[test]
    fn figures() {
        let figures =
            Run { per_second: 100.0, p50_ms: 100.0, p99_ms: 198.0, server_us: 5e3, client_us: 2.5e3 };
        assert_eq!(run(200, Duration::from_secs(2)), figures);
        assert_eq!(run(1, Duration::from_secs(1)).p99_ms, 1.0);
    }

    #[test]
    fn the_median_counts() {
        let runs = |times: [u64; 3]| times.map(|seconds| run(200, Duration::from_secs(seconds)));
        let text = rows(Operation::AssumeRole, &runs([8, 1, 2]), &runs([10, 5, 20]));
        let expected = "\
            | AssumeRole | bare | 100 | 25 to 200 | 100 % | 100.00 | 198.00 | 5000.0 | 100 % | 2500.0 |\n\
            | AssumeRole | Doorward | 20 | 10 to 40 | 20 % | 100.00 | 198.00 | 25000.0 | 20 % | 12500.0 |";
        assert_eq!(text, expected);
    }
}

//! The figures.

use std::time::Duration;

use crate::doorward::Operation;
use crate::load::Taken;

/// The head of the table.
pub const HEAD: &str = "\
| Request | Server | Requests/s | lowest to highest | of the bare server's | p50, ms | p99, ms | Server, µs CPU | Client, µs CPU |
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
    pub fn of(taken: Taken, server: Duration, client: Duration) -> Self {
        let Taken { time, latencies } = taken;
        let count = latencies.len() as f64;
        let each_us = |used: Duration| used.as_secs_f64() * 1e6 / count;
        let within_ms = |percent: usize| {
            let last = (latencies.len() * percent).div_ceil(100).saturating_sub(1);
            latencies.get(last).copied().unwrap_or_default().as_secs_f64() * 1e3
        };
        Self {
            per_second: count / time.as_secs_f64(),
            p50_ms: within_ms(50),
            p99_ms: within_ms(99),
            server_us: each_us(server),
            client_us: each_us(client),
        }
    }
}

/// Two lines of the table: the bare server and Doorward, the median of their runs. The ratio is the median over rounds.
pub fn rows(operation: Operation, bare: &[Run], doorward: &[Run]) -> String {
    let pairs = doorward.iter().zip(bare);
    let ratio = 100.0 * median(pairs.map(|(doorward, bare)| doorward.per_second / bare.per_second));
    format!("{}\n{}", row(operation, "bare", bare, 100.0), row(operation, "Doorward", doorward, ratio))
}

fn row(operation: Operation, server: &str, runs: &[Run], percent: f64) -> String {
    let per_second = || runs.iter().map(|run| run.per_second);
    let (lowest, highest) = (per_second().fold(f64::MAX, f64::min), per_second().fold(0.0, f64::max));
    format!(
        "| {operation} | {server} | {:.0} | {lowest:.0} to {highest:.0} | {percent:.0} % | {:.2} | {:.2} | {:.1} | {:.1} |",
        median(per_second()),
        median(runs.iter().map(|run| run.p50_ms)),
        median(runs.iter().map(|run| run.p99_ms)),
        median(runs.iter().map(|run| run.server_us)),
        median(runs.iter().map(|run| run.client_us)),
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
        Run::of(Taken { time, latencies }, time / 2, time / 4)
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
            | AssumeRole | bare | 100 | 25 to 200 | 100 % | 100.00 | 198.00 | 5000.0 | 2500.0 |\n\
            | AssumeRole | Doorward | 20 | 10 to 40 | 20 % | 100.00 | 198.00 | 25000.0 | 12500.0 |";
        assert_eq!(text, expected);
    }
}

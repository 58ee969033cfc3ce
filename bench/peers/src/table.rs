//! The results as one table, and as rows of data.

use doorward_bench::threads::Throughput;
use doorward_bench::ways;
use serde_json::{Value, json};

use crate::costs::Cost;
use crate::measured::{Measured, OneRequest};

/// The columns.
const HEADER: [&str; 11] = [
    "workload",
    "engine",
    "first request, ns",
    "min",
    "max",
    "×",
    "stream, ns",
    "×",
    "allocations",
    "right answers",
    "note",
];

/// Those that hold figures.
const FIGURES: std::ops::Range<usize> = 2..9;

/// A row.
type Cells = [String; 11];

/// What several threads are to decide in each second of processor time, of what one does.
const SCALING_MIN: f64 = 0.9;

/// Nanoseconds that a decision on bad input may take.
const ADVERSARIAL_MAX: f64 = 50_000.0;

/// What everybody is compared with: Doorward's first request and stream on the same workload.
fn yardstick<'a>(results: &'a [Measured], row: &Measured) -> Option<&'a Measured> {
    results.iter().find(|other| other.engine == ways::PREPARED && other.workload == row.workload)
}

fn first(row: &Measured) -> Option<f64> {
    row.own.first().map(|one| one.sample.median)
}

fn streamed(row: &Measured) -> Option<f64> {
    row.stream.map(|sample| sample.median)
}

/// How many times as long as Doorward takes.
fn ratio(results: &[Measured], row: &Measured, figure: fn(&Measured) -> Option<f64>) -> Option<f64> {
    Some(figure(row)? / figure(yardstick(results, row)?)?)
}

/// The table, costs and scaling in its last lines.
pub fn markdown(
    results: &[Measured],
    costs: &[Cost],
    throughputs: &[Throughput],
    core: Option<usize>,
) -> String {
    let mut table = vec![HEADER.map(str::to_owned)];
    for row in results {
        let sample = row.own.first().map(|one| one.sample);
        let shown = |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), grouped);
        let times = |figure| {
            ratio(results, row, figure).map_or_else(|| "–".to_owned(), |times| format!("{times:.1}"))
        };
        table.push([
            row.workload.clone(),
            row.engine.to_owned(),
            shown(first(row)),
            shown(sample.map(|sample| sample.min)),
            shown(sample.map(|sample| sample.max)),
            times(first),
            shown(streamed(row)),
            times(streamed),
            row.own
                .first()
                .and_then(|one| one.allocations)
                .map_or_else(|| "–".to_owned(), |calls| calls.to_string()),
            answers(row),
            note(row),
        ]);
    }
    for cost in costs {
        let within = verdict(cost.amount <= cost.target, &format!("at most {}", cost.target));
        table.push(plain(&cost.workload, cost.what, format!("{:.1}", cost.amount), within));
    }
    let alone = throughputs.first().map_or(1.0, |one| one.per_processor_second);
    for Throughput { threads, per_processor_second, swaps_per_second } in throughputs {
        let share = per_processor_second / alone;
        let within = verdict(share >= SCALING_MIN, "at least 90 % of one thread's");
        let note = format!("{:.0} %; {swaps_per_second:.0} swaps/s; {within}", share * 100.0);
        let what = "decisions per processor-second, w500";
        table.push(plain(&format!("threads: {threads}"), what, grouped(*per_processor_second), note));
    }
    let place =
        core.map_or_else(|| "not pinned to a core".to_owned(), |core| format!("pinned to core {core}"));
    format!(
        "Nanoseconds of processor time per decision, medians of rounds in turn, {place}.\n\n{}",
        aligned(&table)
    )
}

fn plain(workload: &str, what: &str, figure: String, note: String) -> Cells {
    let none = String::new;
    let (workload, what) = (workload.to_owned(), what.to_owned());
    [workload, what, figure, none(), none(), none(), none(), none(), none(), none(), note]
}

/// Markdown with its columns below each other: texts to the left, figures to the right.
fn aligned(rows: &[Cells]) -> String {
    let mut widths = HEADER.map(|_| 0);
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut text = String::new();
    for (place, row) in rows.iter().enumerate() {
        for ((cell, width), column) in row.iter().zip(widths).zip(0..) {
            let padded =
                if FIGURES.contains(&column) { format!("{cell:>width$}") } else { format!("{cell:<width$}") };
            text.push_str(&format!("| {padded} "));
        }
        text.push_str("|\n");
        if place == 0 {
            let rule = |(width, column): (usize, usize)| match FIGURES.contains(&column) {
                true => format!("|{}:", "-".repeat(width + 1)),
                false => format!("|{}", "-".repeat(width + 2)),
            };
            text.extend(widths.into_iter().zip(0..).map(rule));
            text.push_str("|\n");
        }
    }
    text
}

fn verdict(good: bool, target: &str) -> String {
    format!("target {}: {target}", if good { "met" } else { "missed" })
}

fn answers(row: &Measured) -> String {
    let part = |(right, of): (usize, usize)| format!("{right}/{of}");
    match row.answers.stream {
        _ if row.own.is_empty() => "–".to_owned(),
        (_, 0) => part(row.answers.own),
        stream => format!("{}, stream {}", part(row.answers.own), part(stream)),
    }
}

fn note(row: &Measured) -> String {
    let mut notes: Vec<String> = row.note.iter().cloned().collect();
    if !row.answers.wrong.is_empty() {
        notes.push(format!("answers differently: {}, …", row.answers.wrong.join(", ")));
    }
    if let (true, Some(nanoseconds)) = (row.workload.starts_with("adversarial"), first(row)) {
        notes.push(verdict(nanoseconds <= ADVERSARIAL_MAX, "at most 50,000"));
    }
    notes.join("; ")
}

/// A figure without decimals, in groups of three digits.
pub fn grouped(figure: f64) -> String {
    let digits = format!("{figure:.0}");
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The rows of `engine.json`: one for each engine and workload, one for each stream (`w50-stream`), one for each cost and
/// number of threads.
pub fn rows(results: &[Measured], costs: &[Cost], throughputs: &[Throughput]) -> Vec<Value> {
    let mut rows = Vec::new();
    for row in results {
        let one = row.own.first();
        let answers = &row.answers;
        rows.push(json!({
            "workload": row.workload, "statements": row.statements, "engine": row.engine,
            "request": one.map(|one| &one.id), "ns_per_decision": first(row).map(rounded),
            "min_ns": one.map(|one| rounded(one.sample.min)), "max_ns": one.map(|one| rounded(one.sample.max)),
            "ratio": ratio(results, row, first), "allocations": one.and_then(|one| one.allocations),
            "right_answers": answers.own.0, "answers": answers.own.1, "wrong": answers.wrong, "note": row.note,
            "requests": row.own.iter().map(request).collect::<Vec<_>>(),
        }));
        if let Some(stream) = row.stream {
            rows.push(json!({
                "workload": format!("{}-stream", row.workload), "statements": row.statements, "engine": row.engine,
                "ns_per_decision": rounded(stream.median), "min_ns": rounded(stream.min), "max_ns": rounded(stream.max),
                "ratio": ratio(results, row, streamed), "requests_asked": stream.questions,
                "right_answers": answers.stream.0, "answers": answers.stream.1,
            }));
        }
    }
    rows.extend(costs.iter().map(|cost| {
        json!({
            "workload": format!("compile-{}", cost.workload), "engine": ways::PREPARED, cost.unit: rounded(cost.amount),
            "target": cost.target,
        })
    }));
    let alone = throughputs.first().map_or(1.0, |one| one.per_processor_second);
    rows.extend(throughputs.iter().map(|one| {
        json!({
            "workload": format!("threads-{}", one.threads), "engine": ways::PREPARED,
            "decisions_per_processor_second": one.per_processor_second.round(),
            "of_one_thread": (one.per_processor_second / alone * 1_000.0).round() / 1_000.0,
            "swaps_per_second": one.swaps_per_second.round(),
        })
    }));
    rows
}

fn request(one: &OneRequest) -> Value {
    json!({
        "id": one.id, "ns_per_decision": rounded(one.sample.median), "min_ns": rounded(one.sample.min),
        "max_ns": rounded(one.sample.max), "allocations": one.allocations,
    })
}

fn rounded(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}

//! The pages.

use std::fmt::Write as _;

use super::listed::Listed;
use super::named::Named;
use super::operations::{Does, Entry};

/// `docs/coverage.md`.
pub(super) fn coverage(entries: &[Entry], listed: &Listed, named: &Named) -> String {
    let mut page = String::from(
        "# Coverage\n\n\
         Made by `cargo xtask coverage` from the table of operations, the lists of `conformance/` and the tests; `make test`\n\
         refuses a page that is out of date, and an operation that no test or no real client asks for.\n\n\
         An operation that is there is authorized, does what AWS's does, and is answered as AWS answers: where not, a number\n\
         leads to [the difference](differences.md) and its reason, a letter to [what AWS leaves open](unconfirmed.md) and how we\n\
         read it; what is so for all operations stands before them. Behind the word “reads” or “writes” is the code. An operation\n\
         that is not there is answered with the error `NotImplemented`, once its caller is known. Every operation is asked for by\n\
         every kind of caller in [the golden matrix](../conformance/matrix.tsv); the tests named here, of `crates/services/tests`\n\
         and (behind the dot) real clients of `conformance/clients`, ask for what else it has to do.\n\n\
         | Service | Operations | Answered | Up to the proof |\n|---|---:|---:|---:|\n",
    );
    for service in services(entries) {
        let count = |holds: fn(&Entry) -> bool| service.iter().filter(|entry| holds(entry)).count();
        let there = count(|entry| matches!(entry.does, Does::Answer(_)));
        let proofs = count(|entry| entry.does == Does::UpToTheProof);
        let id = name(service);
        let _ = writeln!(page, "| [{id}](#{}) | {} | {there} | {proofs} |", anchor(id), service.len());
    }
    let _ = write!(
        page,
        "\nAn operation is [one `impl` and one row](../CONTRIBUTING.md#recipe-an-operation): half of those that are there have at\n\
         most {} lines, nine of ten at most {}.\n",
        named.lines(50),
        named.lines(90)
    );
    let _ = write!(page, "\nOtherwise than at AWS in every operation: {}.\n", general(listed, "*"));
    for service in services(entries) {
        let version = service.first().map_or("", |entry| &entry.version);
        let _ = write!(page, "\n## {}\n\nVersion {version} of the API.", name(service));
        let prefix = service.first().map_or("", |entry| &entry.prefix);
        let all = general(listed, &format!("{prefix}:*"));
        if !all.is_empty() {
            let _ = write!(page, " Otherwise than at AWS in all of its operations: {all}.");
        }
        page.push_str("\n\n");
        page.push_str("| Operation | Here | Otherwise than AWS | Tests |\n|---|---|---|---|\n");
        for entry in service {
            line(&mut page, entry, listed, named);
        }
    }
    page
}

/// The operations, service by service.
fn services(entries: &[Entry]) -> impl Iterator<Item = &[Entry]> {
    entries.chunk_by(|one, next| one.service == next.service)
}

fn name(service: &[Entry]) -> &str {
    service.first().map_or("", |entry| &entry.service)
}

/// What is listed for operations in general.
fn general(listed: &Listed, all: &str) -> String {
    links(listed, |operations| operations.iter().any(|pattern| pattern == all))
}

fn line(page: &mut String, entry: &Entry, listed: &Listed, named: &Named) {
    let here = match (&entry.does, named.source(entry)) {
        (Does::Answer(words), Some(file)) => format!("[{words}](../{file})"),
        (Does::Answer(words), None) => words.clone(),
        (Does::UpToTheProof, file) => {
            let file = file.map_or_else(String::new, |file| format!("(../{file})"));
            format!("[up to the proof]{file}, then `NotImplemented`")
        }
        (Does::Missing, _) => {
            let why = listed.why_missing(entry).map_or_else(String::new, |why| format!(": {}", cell(why)));
            format!("`NotImplemented`{why}")
        }
    };
    let key = entry.key();
    let by_name = |operations: &[String]| operations.contains(&key);
    let otherwise = if entry.is_there() { links(listed, by_name) } else { String::new() };
    let tests = if entry.is_there() { asked(entry, named) } else { String::new() };
    let _ = writeln!(page, "| [{}]({}) | {here} | {otherwise} | {tests} |", entry.name, entry.documentation);
}

/// The tests and the clients.
fn asked(entry: &Entry, named: &Named) -> String {
    format!("{} · {}", named.tests(entry).join(", "), named.clients(entry).join(", "))
}

/// Links to the differences, by their numbers, and the open questions, by letters.
fn links(listed: &Listed, holds: impl Fn(&[String]) -> bool) -> String {
    let differences = listed.differences.iter().enumerate().filter(|(_, it)| holds(&it.operations));
    let differences = differences.map(|(at, it)| format!("[{}](differences.md#{})", at + 1, it.id));
    let readings = listed.readings.iter().filter(|it| holds(&it.operations));
    let readings = readings.zip('a'..='z');
    let readings =
        readings.map(|(it, letter)| format!("[{letter}](unconfirmed.md#{})", anchor(&it.question)));
    differences.chain(readings).collect::<Vec<_>>().join(" ")
}

/// `docs/differences.md`.
pub(super) fn differences(listed: &Listed) -> String {
    let mut page = format!(
        "# Differences from AWS\n\n\
         Made by `cargo xtask coverage` from `conformance/differences.toml`. Each of the {} differences is there on purpose, and has\n\
         a check that sees it on a running server ([test_differences.py](../conformance/clients/test_differences.py)); a difference\n\
         without a check, or one that is gone, fails. What AWS's documentation leaves open, and how we read it, is on\n\
         [a page of its own](unconfirmed.md); what is missing is on [the coverage page](coverage.md).\n\n\
         | | Operations | AWS | Here | Why so |\n|---:|---|---|---|---|\n",
        listed.differences.len()
    );
    for (at, it) in listed.differences.iter().enumerate() {
        let operations: Vec<String> = it.operations.iter().map(|name| format!("`{name}`")).collect();
        let operations = if it.operations.iter().any(|name| name == "*") {
            "all".to_owned()
        } else {
            operations.join(" ")
        };
        let _ = writeln!(
            page,
            "| <a id=\"{}\"></a>{} | {operations} | [{}]({}) | {} | {} |",
            it.id,
            at + 1,
            cell(&it.aws),
            it.source,
            cell(&it.ours),
            cell(&it.reason)
        );
    }
    page
}

/// Text for a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// What a heading is linked to by.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
    kept.map(|letter| if letter == ' ' { '-' } else { letter.to_ascii_lowercase() }).collect()
}

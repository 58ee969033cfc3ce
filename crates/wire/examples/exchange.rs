//! Exchanges values with another implementation of the protocols; `tests/botocore/check.py` runs it.
//!
//! `exchange values SEED` writes one JSON line per operation: an input, an output, and the output as it is answered.
//! `exchange decode` reads JSON lines with `service`, `operation` and `body`, and writes what it decoded from each.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a tool of the tests: what it does not expect is a failure"
)]

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::io::{BufRead as _, Write as _};

use doorward_wire::answer::{self, Format};
use doorward_wire::form::Form;
use doorward_wire::shape::Protocol;
use doorward_wire::{ApiError, iam};
use serde_json::{Value, json};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["values", seed] => values(seed.parse().expect("a seed is a number")),
        ["decode"] => decode(),
        _ => panic!("usage: exchange values SEED | exchange decode"),
    }
}

fn values(seed: u64) {
    let mut out = std::io::stdout().lock();
    for (at, row) in (0..).zip(sample::rows()) {
        let mut seed = sample::Seed(seed * 1_000_003 + at);
        let input = (row.shape.input)();
        let input = sample::as_value(input, &sample::structure(input, &mut seed));
        let output = sample::structure((row.shape.output)(), &mut seed);
        let (xml, written) = (row.answer)(output.clone(), Format::Xml);
        let (json, _) = (row.answer)(output, Format::Json);
        let written: Value = serde_json::from_str(&written).expect("what is written is JSON");
        let error =
            ApiError::new(&iam::errors::NO_SUCH_ENTITY, "The user <a&\"b\"> cannot be\r\nfound. \u{e9}");
        let failure = match row.shape.service.protocol {
            Protocol::Query => answer::failure(&error, Some(row.shape.service), Format::Xml, "request-2"),
            Protocol::Json11 | Protocol::RestJson => answer::json_failure(&error),
        };
        let line = json!({
            "service": row.shape.service.id.to_lowercase(),
            "operation": row.shape.name,
            "input": input,
            "output": written,
            "xml": xml.body,
            "json": json.body,
            "failure": { "status": failure.http_status, "xml": failure.body, "message": error.message },
        });
        writeln!(out, "{line}").expect("standard output takes lines");
    }
}

fn decode() {
    let rows = sample::rows();
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line.expect("a line")).expect("a JSON line");
        let row = rows.iter().find(|row| {
            request["operation"] == row.shape.name
                && request["service"] == row.shape.service.id.to_lowercase()
        });
        let body = request["body"].as_str().expect("a body");
        let row = row.expect("an operation of ours");
        let decoded = match row.shape.service.protocol {
            Protocol::Query => Form::parse("", body.as_bytes()).and_then(|form| (row.decode_query)(&form)),
            Protocol::Json11 | Protocol::RestJson => (row.decode_json)(body.as_bytes()),
        };
        let answer = match decoded {
            Ok(input) => serde_json::from_str(&input).expect("what is written is JSON"),
            Err(error) => json!({ "error": error.to_string() }),
        };
        writeln!(out, "{answer}").expect("standard output takes lines");
    }
}

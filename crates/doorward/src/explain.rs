//! `doorward explain`: a decision, why, and what would change it, without a server.
//!
//! A question comes from the command line or from a file; a decoded authorization message is an answer already. Both
//! become the same [`Evaluation`], which is read from the JSON of [`doorward_engine::schema`]: what people see is what
//! programs get.

mod bad_input;
mod decoded;
mod evaluation;
mod excerpt;
mod file;
mod principal;
mod question;
mod remedy;
mod report;

use std::io::{Read as _, Write as _};
use std::process::ExitCode;

use anstream::ColorChoice;
use anyhow::Result;
use doorward_engine::{CompiledPolicies, Policies};
use serde_json::Value;

use crate::arguments::{Colors, Explain};
pub use bad_input::BadInput;
use evaluation::Evaluation;
use question::{Question, Texts};

/// `doorward explain`. The exit status says whether the request is allowed.
///
/// # Errors
/// [`BadInput`], or standard output is closed.
pub fn run(options: &Explain) -> Result<ExitCode> {
    match options.color {
        Colors::Auto => ColorChoice::Auto,
        Colors::Always => ColorChoice::Always,
        Colors::Never => ColorChoice::Never,
    }
    .write_global();
    let (json, texts) = match (&options.decoded, &options.request) {
        (Some(place), _) => (decoded::evaluation(&text_at(place)?, place)?, Texts::default()),
        (None, Some(place)) => answer(file::question(&text_at(place)?, place)?),
        (None, None) => answer(question::of_arguments(options)?),
    };
    let evaluation = Evaluation::read(&json)?;
    let mut out = anstream::stdout().lock();
    if options.json {
        writeln!(out, "{json:#}")?;
    } else {
        out.write_all(report::report(&evaluation, &texts).as_bytes())?;
    }
    out.flush()?;
    Ok(if evaluation.is_allowed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The explanation as JSON, and the texts of the policies.
fn answer(question: Question) -> (Value, Texts) {
    let Question { request, policies, choices, texts } = question;
    let prepared = Policies::new(CompiledPolicies::new(&policies), choices);
    let explanation = doorward_engine::explain(&request, &prepared);
    (doorward_engine::schema::evaluation(&explanation), texts)
}

/// The text of a file, or of standard input.
fn text_at(place: &str) -> Result<String, BadInput> {
    let read = if place == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(place)
    };
    read.map_err(|source| BadInput::Unreadable { place: place.to_owned(), source })
}

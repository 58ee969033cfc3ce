//! Compares engine and reference model for longer than the tests do: `differential [FIRST_SEED [CASES]]`.
//!
//! Prints how many cases were decided how, or the first case in which the two part, and fails.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks on its terminal")]

use std::process::ExitCode;
use std::time::Instant;

use doorward_conformance::differential::compare_in_parallel;

/// What is compared when the command line does not say.
const FIRST_SEED: u64 = 1;
const CASES: u64 = 100_000;

fn main() -> ExitCode {
    let number = |place, default: u64| match std::env::args().nth(place) {
        None => Ok(default),
        Some(text) => text.parse().map_err(|_| text),
    };
    let (seed, cases) = match (number(1, FIRST_SEED), number(2, CASES)) {
        (Ok(seed), Ok(cases)) => (seed, cases),
        (Err(text), _) | (_, Err(text)) => {
            eprintln!("`{text}` is not a number; usage: differential [FIRST_SEED [CASES]]");
            return ExitCode::FAILURE;
        }
    };
    let start = Instant::now();
    match compare_in_parallel(seed, cases) {
        Ok(tally) => {
            let seconds = start.elapsed().as_secs_f64();
            let speed = tally.cases() as f64 / seconds;
            println!("{tally}{} cases agree, {seconds:.1} s, {speed:.0} a second", tally.cases());
            ExitCode::SUCCESS
        }
        Err(difference) => {
            println!("{difference}");
            ExitCode::FAILURE
        }
    }
}

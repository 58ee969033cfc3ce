//! Every check and every test, in one go, with one line at the end that says how it went.

pub mod counts;

use crate::{api, bench, branches, coverage, floors, fuzz, licences, reliability, setup, tidy};
use anyhow::{Context, Result, bail};
use counts::Counts;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

/// One step: its heading, and what it does.
struct Step {
    title: &'static str,
    run: fn(&Path) -> Result<Counts>,
}

/// The steps in order. Quick checks come first; all of them run, whatever failed before.
const STEPS: &[Step] = &[
    Step { title: "tools", run: |_| nothing_counted(setup::tools(setup::Missing::from_environment())) },
    Step { title: "formatting", run: formatting },
    Step { title: "floors", run: |root| nothing_counted(floors::run(root)) },
    Step { title: "tidy", run: |root| nothing_counted(tidy::run(root)) },
    Step { title: "licences", run: |root| nothing_counted(licences::run(root)) },
    Step { title: "generated code", run: generated },
    Step { title: "clippy", run: clippy },
    Step { title: "documentation", run: documentation },
    Step { title: "public api", run: |root| nothing_counted(api::check(root)) },
    Step { title: "coverage page", run: |root| nothing_counted(coverage::check(root)) },
    Step { title: "tests", run: tests },
    Step { title: "examples in documentation", run: doctests },
    Step { title: "branches of the model", run: |root| nothing_counted(branches::check(root)) },
    Step { title: "reliability, in short", run: |root| nothing_counted(reliability::smoke(root)) },
    Step { title: "fuzzing", run: |root| nothing_counted(fuzz::smoke(root)) },
    Step { title: "real clients", run: clients },
    Step { title: "instructions per decision", run: bench::guard },
];

/// Runs every step and prints the summary.
///
/// Everything, what other programs say on their standard error too, goes to standard output, so that the
/// last line is the summary: `N passed, N failed`. A step that fails without naming a failed test counts as
/// one failure: the line never says `0 failed` after a failed run.
pub fn everything(root: &Path) -> ExitCode {
    let mut total = Counts::default();
    let mut table = String::new();
    for (index, step) in STEPS.iter().enumerate() {
        println!("\n==== {}/{} {}", index + 1, STEPS.len(), step.title);
        let start = Instant::now();
        let outcome = (step.run)(root);
        let seconds = start.elapsed().as_secs_f64();
        let (counts, verdict) = judge(outcome);
        println!("---- {}: {verdict}, {seconds:.1} s", step.title);
        table.push_str(&format!("{:<27} {seconds:>7.1} s  {verdict}\n", step.title));
        total = total.plus(counts);
    }
    println!("\n==== summary\n{table}\n{} passed, {} failed", total.passed, total.failed);
    // Nothing may follow the summary; without a flush a full pipe could cut it.
    let flushed = std::io::stdout().flush().is_ok();
    if flushed && total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What a step adds to the total, and its verdict in words.
fn judge(outcome: Result<Counts>) -> (Counts, &'static str) {
    match outcome {
        Ok(counts) if counts.failed == 0 => (counts, "ok"),
        Ok(counts) => (counts, "FAILED"),
        Err(error) => {
            println!("{error:#}");
            (Counts { passed: 0, failed: 1 }, "FAILED")
        }
    }
}

fn nothing_counted(outcome: Result<()>) -> Result<Counts> {
    outcome.map(|()| Counts::default())
}

fn formatting(root: &Path) -> Result<Counts> {
    check(setup::cargo(root).args(["fmt", "--all", "--check"]))?;
    // Workspaces of their own, which nothing else of this looks at.
    for manifest in ["bench/peers/Cargo.toml", "conformance/clients/rust/Cargo.toml"] {
        check(setup::cargo(root).args(["fmt", "--check", "--manifest-path", manifest]))?;
    }
    Ok(Counts::default())
}

fn clippy(root: &Path) -> Result<Counts> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings"];
    check(setup::cargo(root).args(arguments))
}

fn documentation(root: &Path) -> Result<Counts> {
    let arguments = ["doc", "--workspace", "--no-deps", "--locked", "--quiet"];
    check(setup::cargo(root).args(arguments).env("RUSTDOCFLAGS", "-D warnings"))
}

fn generated(root: &Path) -> Result<Counts> {
    if !root.join("xtask/src/generate").is_dir() {
        println!("this checkout generates no code");
        return Ok(Counts::default());
    }
    let this = std::env::current_exe().context("cannot tell where this program is")?;
    check(Command::new(this).args(["generate", "--check"]).current_dir(root))
}

fn tests(root: &Path) -> Result<Counts> {
    if setup::answers(setup::cargo(root).args(["nextest", "--version"])) {
        let arguments = ["nextest", "run", "--workspace", "--locked", "--cargo-quiet", "--no-fail-fast"];
        let quiet = ["--status-level", "slow", "--final-status-level", "slow"];
        return count(setup::cargo(root).args(arguments).args(quiet), counts::nextest);
    }
    println!(
        "cargo-nextest is missing, `cargo test` runs instead; get it: cargo install cargo-nextest --locked"
    );
    let arguments =
        ["test", "--workspace", "--lib", "--bins", "--tests", "--locked", "--quiet", "--no-fail-fast"];
    count(setup::cargo(root).args(arguments), counts::libtest)
}

fn doctests(root: &Path) -> Result<Counts> {
    let arguments = ["test", "--workspace", "--doc", "--locked", "--quiet", "--no-fail-fast"];
    count(setup::cargo(root).args(arguments), counts::libtest)
}

/// Runs `conformance/clients` against the server of this checkout; the suite finds it in `DOORWARD_BINARY`.
fn clients(root: &Path) -> Result<Counts> {
    if !root.join("conformance/clients").is_dir() {
        println!("this checkout has no client tests");
        return Ok(Counts::default());
    }
    check(setup::cargo(root).args(["build", "--package", "doorward", "--locked", "--quiet"]))?;
    let binary = setup::target_folder(root).join("debug").join("doorward");
    let mut pytest = Command::new(setup::python(root)?);
    pytest.args(["-m", "pytest", "--color=no", "-p", "no:cacheprovider", "-q", "conformance/clients"]);
    count(
        pytest.env("DOORWARD_BINARY", binary).env("PYTHONDONTWRITEBYTECODE", "1").current_dir(root),
        counts::pytest,
    )
}

/// Runs a program that either succeeds or not.
fn check(command: &mut Command) -> Result<Counts> {
    let (success, _) = stream(command)?;
    if success { Ok(Counts::default()) } else { bail!("`{}` failed", name(command)) }
}

/// Runs a program that runs tests, and reads from its output how many passed and failed.
fn count(command: &mut Command, read: fn(&str) -> Option<Counts>) -> Result<Counts> {
    let (success, output) = stream(command)?;
    match (read(&output), success) {
        (Some(counts), true) => Ok(counts),
        (Some(counts), false) => Ok(Counts { failed: counts.failed.max(1), ..counts }),
        (None, _) => bail!("`{}` did not get as far as a summary", name(command)),
    }
}

fn name(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Runs a program, passes on what it says line by line, and returns whether it succeeded and what it said.
fn stream(command: &mut Command) -> Result<(bool, String)> {
    let (reader, writer) = std::io::pipe().context("cannot make a pipe")?;
    let stderr = writer.try_clone().context("cannot make a pipe")?;
    command.stdin(Stdio::null()).stdout(writer).stderr(stderr);
    command.env("CARGO_TERM_COLOR", "never").env("NO_COLOR", "1").env("CARGO_TERM_PROGRESS_WHEN", "never");
    let mut child = command.spawn().with_context(|| format!("cannot start `{}`", name(command)))?;
    // The command holds the writing ends; the reader would wait for them forever.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut said = String::new();
    let mut lines = BufReader::new(reader);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).context("cannot read from a pipe")? > 0 {
        let text = String::from_utf8_lossy(&line);
        print!("{text}");
        said.push_str(&text);
        line.clear();
    }
    let status = child.wait().with_context(|| format!("waiting for `{}`", name(command)))?;
    Ok((status.success(), said))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn failures_are_never_lost() {
        let passed = |passed, failed| Some(Counts { passed, failed });
        let rows = [
            ("echo 'test result: ok. 3 passed; 0 failed'", passed(3, 0)),
            ("echo 'test result: FAILED. 3 passed; 2 failed' >&2; exit 1", passed(3, 2)),
            ("echo 'test result: ok. 3 passed; 0 failed'; exit 1", passed(3, 1)),
            ("echo 'error: could not compile'; exit 1", None),
            ("true", None),
        ];
        for (script, expected) in rows {
            assert_eq!(count(&mut shell(script), counts::libtest).ok(), expected, "{script}");
        }
    }

    #[test]
    fn a_step_without_counts_is_one_failure() {
        let rows = [
            (check(&mut shell("true")), Counts { passed: 0, failed: 0 }),
            (check(&mut shell("exit 3")), Counts { passed: 0, failed: 1 }),
            (check(&mut Command::new("doorward-has-no-such-program")), Counts { passed: 0, failed: 1 }),
        ];
        for (outcome, expected) in rows {
            assert_eq!(judge(outcome).0, expected);
        }
    }
}

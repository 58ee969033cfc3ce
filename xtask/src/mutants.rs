//! Whether the tests would notice: faults put into engine or model on purpose, one at a time.

mod all;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Where the faults are listed.
const LIST: &str = "conformance/mutants.toml";

/// Where the faulty files lie.
const SOURCE: &str = "crates/engine/src";

/// Where the random input begins, and in how many cases of it each mutant may show itself.
const FIRST_SEED: &str = "1";
const RANDOM_CASES: &str = "300000";

/// What of the workspace is copied.
const COPIED: [&str; 7] = [".cargo", "Cargo.lock", "Cargo.toml", "bench", "conformance", "crates", "xtask"];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    mutant: Vec<Mutant>,
}

/// One fault.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mutant {
    name: String,
    file: String,
    find: String,
    with: String,
}

/// What found a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    by_cases: bool,
    by_random_input: bool,
}

/// Which faults.
#[derive(clap::Args)]
pub struct Options {
    /// Only the faults whose names contain this.
    #[arg(default_value = "")]
    part: String,
    /// Instead of those listed, every fault that cargo-mutants can think of, in this crate. Takes an hour.
    #[arg(long, value_name = "CRATE", conflicts_with = "part")]
    all: Option<all::Crate>,
}

/// Tries the faults that are asked for.
///
/// # Errors
/// As [`listed`] and [`all::run`].
pub fn run(root: &Path, options: &Options) -> Result<()> {
    match options.all {
        Some(which) => all::run(root, which),
        None => listed(root, &options.part),
    }
}

/// Applies each fault in a copy of the workspace below `target/`, runs the cases and a comparison on random input, and
/// prints what found it. Of the faults only those are tried whose names contain `part`.
///
/// # Errors
/// When no fault is meant, when one cannot be applied or does not build, when the copy fails without any, and when one is
/// not found.
fn listed(root: &Path, part: &str) -> Result<()> {
    let mut list = read(root)?;
    list.mutant.retain(|mutant| mutant.name.contains(part));
    ensure!(!list.mutant.is_empty(), "no fault's name contains `{part}`");
    let scratch = scratch(root)?;
    let sound = test(&scratch)?;
    ensure!(!sound.by_cases && !sound.by_random_input, "the tests fail without any fault: {sound:?}");
    println!("| fault | cases | random input |\n|---|---|---|");
    let mut survivors = Vec::new();
    for mutant in &list.mutant {
        let found = try_one(&scratch, mutant).with_context(|| format!("mutant `{}`", mutant.name))?;
        let word = |found| if found { "found" } else { "-" };
        println!("| {} | {} | {} |", mutant.name, word(found.by_cases), word(found.by_random_input));
        if !found.by_cases && !found.by_random_input {
            survivors.push(mutant.name.as_str());
        }
    }
    println!("\n{} of {} found", list.mutant.len() - survivors.len(), list.mutant.len());
    ensure!(survivors.is_empty(), "not found: {}", survivors.join("; "));
    Ok(())
}

fn read(root: &Path) -> Result<List> {
    let text = std::fs::read_to_string(root.join(LIST)).with_context(|| format!("reading {LIST}"))?;
    toml::from_str(&text).with_context(|| format!("reading {LIST}"))
}

/// A fresh copy of the workspace.
fn scratch(root: &Path) -> Result<PathBuf> {
    let scratch = root.join("target/mutants");
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch).context("removing the copy of the last run")?;
    }
    for name in COPIED {
        let from = root.join(name);
        if from.exists() {
            copy(&from, &scratch.join(name)).with_context(|| format!("copying `{name}`"))?;
        }
    }
    Ok(scratch)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        std::fs::copy(from, to)?;
        return Ok(());
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// Applies a fault, tests, and takes it back.
fn try_one(scratch: &Path, mutant: &Mutant) -> Result<Found> {
    let path = scratch.join(SOURCE).join(&mutant.file);
    let sound = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    std::fs::write(&path, mutated(&sound, mutant)?)?;
    let found = test(scratch);
    std::fs::write(&path, sound)?;
    found
}

/// The text of the mutant's file with the fault in it.
fn mutated(sound: &str, mutant: &Mutant) -> Result<String> {
    let Mutant { file, find, with, .. } = mutant;
    let count = sound.matches(find).count();
    ensure!(count == 1, "`{find}` occurs {count} times in {file}");
    ensure!(find != with, "`{find}` is replaced by itself");
    Ok(sound.replacen(find, with, 1))
}

fn test(scratch: &Path) -> Result<Found> {
    let cases = ["--test", "engine"];
    let random = ["--bin", "differential"];
    let built = cargo(scratch, "build", &[cases, random].concat())?;
    if !built.status.success() {
        bail!("does not build:\n{}", String::from_utf8_lossy(&built.stderr));
    }
    let cases = cargo(scratch, "test", &cases)?;
    let random = cargo(scratch, "run", &[&random[..], &["--", FIRST_SEED, RANDOM_CASES]].concat())?;
    Ok(Found { by_cases: !cases.status.success(), by_random_input: !random.status.success() })
}

/// Runs cargo on the copy, which has a target folder of its own: a mutant's artifacts must not be taken for ours.
fn cargo(scratch: &Path, command: &str, arguments: &[&str]) -> Result<Output> {
    let target = scratch.with_file_name("mutants-target");
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([command, "--quiet", "--package", "doorward-conformance"])
        .args(arguments)
        .current_dir(scratch)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .context("running cargo")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The run itself takes too long for every change; that each fault still has its place is seen at once.
    #[test]
    fn every_fault_can_be_applied() {
        let root = crate::root();
        let list = read(root).unwrap();
        assert!(list.mutant.len() >= 20, "only {}", list.mutant.len());
        for mutant in &list.mutant {
            let sound = std::fs::read_to_string(root.join(SOURCE).join(&mutant.file)).unwrap();
            let applied = mutated(&sound, mutant);
            assert!(applied.is_ok(), "{}: {applied:?}", mutant.name);
        }
    }
}

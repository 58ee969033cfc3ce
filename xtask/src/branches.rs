//! `cargo xtask branches`: whether random input reaches every branch of the reference model.
//!
//! A copy of the workspace below the target folder gets a counter at every branch of `crates/spec`, and the comparison of
//! engine and model runs on it. A branch that no case reaches shows a rule that the comparison says nothing about: it fails
//! the run, unless `conformance/unreachable.toml` says why nothing can reach it.

mod instrument;

use crate::setup;
use anyhow::{Context, Result, bail, ensure};
use instrument::Branch;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The crate that is looked at.
const SOURCE: &str = "crates/spec/src";

/// The list of branches that nothing can reach.
const LIST: &str = "conformance/unreachable.toml";

/// What of the workspace is copied.
const COPIED: [&str; 6] = [".cargo", "Cargo.lock", "bench", "conformance", "crates", "xtask"];

/// Where the random input begins.
const FIRST_SEED: u64 = 1;

/// What is reached less often than this is told: another seed might not reach it.
const RARE: u32 = 10;

/// How many cases are compared by default: as many as some seconds allow.
const CASES: u64 = 300_000;

/// What to run.
#[derive(clap::Args)]
pub struct Options {
    /// How many cases to compare.
    #[arg(long, default_value_t = CASES)]
    cases: u64,
}

/// As [`run`], by default.
///
/// # Errors
/// As [`run`].
pub fn check(root: &Path) -> Result<()> {
    run(root, &Options { cases: CASES })
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    branch: Vec<Unreachable>,
}

/// Branches of a function that nothing can reach, for one reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unreachable {
    file: String,
    function: String,
    what: Vec<String>,
    reason: String,
}

impl Unreachable {
    fn holds(&self, branch: &Branch) -> bool {
        self.file == branch.file && self.function == branch.function && self.what.contains(&branch.what)
    }
}

/// Runs the comparison on the instrumented copy and prints the branches that no case reached.
///
/// # Errors
/// When there is such a branch that is not listed, when a listed one is reached or is not there, when the copy cannot be
/// made or does not build, and when engine and model part.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    let list = read(root)?;
    let scratch = copy(root)?;
    let branches = put_counters(&scratch)?;
    put_program(&scratch)?;
    let counts = counts(root, &scratch, options.cases)?;
    ensure!(counts.len() == branches.len(), "{} counters for {} branches", counts.len(), branches.len());
    let faults = faults(&branches, &counts, &list);
    for fault in &faults {
        println!("{fault}");
    }
    for (Branch { file, line, function, what }, count) in branches.iter().zip(&counts) {
        if (1..RARE).contains(count) {
            println!("{SOURCE}/{file}:{line}: in `{function}`: {count} times only: {what}");
        }
    }
    let reached = counts.iter().filter(|count| **count > 0).count();
    let listed: usize = list.branch.iter().map(|entry| entry.what.len()).sum();
    let (all, cases) = (branches.len(), options.cases);
    println!("{all} branches: {cases} cases reach {reached}, {listed} are listed as unreachable");
    if faults.is_empty() { Ok(()) } else { bail!("{} findings", faults.len()) }
}

fn read(root: &Path) -> Result<List> {
    let text = std::fs::read_to_string(root.join(LIST)).with_context(|| format!("reading {LIST}"))?;
    let list: List = toml::from_str(&text).with_context(|| format!("reading {LIST}"))?;
    for entry in &list.branch {
        ensure!(entry.reason.split_whitespace().count() > 2, "{LIST}: `{}`: no reason", entry.function);
    }
    Ok(list)
}

/// What is wrong, one line for each.
fn faults(branches: &[Branch], counts: &[u32], list: &List) -> Vec<String> {
    let mut faults = Vec::new();
    for (branch, count) in branches.iter().zip(counts) {
        let Branch { file, line, function, what } = branch;
        let listed = list.branch.iter().any(|entry| entry.holds(branch));
        let at = format!("{SOURCE}/{file}:{line}: in `{function}`");
        match (count, listed) {
            (0, false) => faults.push(format!("{at}: never: {what}")),
            (0, true) | (_, false) => {}
            (_, true) => faults.push(format!("{at}: {LIST} says that nothing reaches it: {what}")),
        }
    }
    for Unreachable { file, function, what, .. } in &list.branch {
        for what in what {
            let is_there = |branch: &Branch| {
                &branch.file == file && &branch.function == function && &branch.what == what
            };
            if !branches.iter().any(is_there) {
                faults.push(format!("{LIST}: no such branch: {file}, `{function}`: {what}"));
            }
        }
    }
    faults
}

/// A copy of the workspace below the target folder, written only where it differs, so that little is built again.
fn copy(root: &Path) -> Result<PathBuf> {
    let scratch = setup::target_folder(root).join("branches");
    for name in COPIED {
        copy_all(&root.join(name), &scratch.join(name)).with_context(|| format!("copying `{name}`"))?;
    }
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).context("reading Cargo.toml")?;
    write(&scratch.join("Cargo.toml"), &manifest)?;
    Ok(scratch)
}

fn copy_all(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        let text = std::fs::read(from)?;
        return if std::fs::read(to).is_ok_and(|there| there == text) {
            Ok(())
        } else {
            Ok(std::fs::write(to, text)?)
        };
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        copy_all(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

/// Puts a counter at every branch, and the module that counts beside them.
fn put_counters(scratch: &Path) -> Result<Vec<Branch>> {
    let folder = scratch.join(SOURCE);
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(&folder)? {
        files.push(entry?.path());
    }
    files.sort();
    let mut branches = Vec::new();
    for path in files.iter().filter(|path| path.file_name().is_some_and(|name| name != "reached.rs")) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path)?;
        let mut counted = instrument::instrument(&name, &text, &mut branches)?;
        if name == "lib.rs" {
            counted = format!("#![allow(warnings, clippy::all)]\n{counted}\npub mod reached;\n");
        }
        std::fs::write(path, counted)?;
    }
    write(&folder.join("reached.rs"), &instrument::counters(branches.len()))?;
    Ok(branches)
}

/// The program that compares and prints how often each branch was reached, one number a line.
const PROGRAM: &str = "//! Compares, and prints what was reached.
#![allow(warnings, clippy::all)]
fn main() {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<u64>().unwrap());
    let (seed, cases) = (numbers.next().unwrap(), numbers.next().unwrap());
    if let Err(difference) = doorward_conformance::differential::compare_in_parallel(seed, cases) {
        eprintln!(\"{difference}\");
        std::process::exit(1);
    }
    for count in &doorward_spec::reached::SEEN {
        println!(\"{}\", count.load(std::sync::atomic::Ordering::Relaxed));
    }
}
";

fn put_program(scratch: &Path) -> Result<()> {
    write(&scratch.join("conformance/src/bin/branches.rs"), PROGRAM)
}

fn counts(root: &Path, scratch: &Path, cases: u64) -> Result<Vec<u32>> {
    let mut cargo = setup::cargo(scratch);
    // Cargo does not tell a package from its copy in another workspace: they must not share a target folder.
    cargo.env("CARGO_TARGET_DIR", setup::target_folder(root).join("branches-target"));
    cargo.args(["run", "--quiet", "--package", "doorward-conformance", "--bin", "branches", "--"]);
    cargo.args([FIRST_SEED.to_string(), cases.to_string()]).stderr(std::process::Stdio::inherit());
    let output = cargo.output().context("running cargo")?;
    ensure!(output.status.success(), "the comparison on the instrumented copy failed");
    let text = String::from_utf8(output.stdout)?;
    text.lines().map(|line| line.parse().with_context(|| format!("`{line}` is no count"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn branch(what: &str) -> Branch {
        Branch { file: "a.rs".to_owned(), line: 7, function: "f".to_owned(), what: what.to_owned() }
    }

    #[test]
    fn what_is_not_reached_is_found() {
        let branches = ["reached", "listed", "missed", "listed wrongly"].map(branch);
        let what = ["listed", "listed wrongly", "gone"].map(str::to_owned).to_vec();
        let [file, function] = ["a.rs", "f"].map(str::to_owned);
        let list = List { branch: vec![Unreachable { file, function, what, reason: String::new() }] };
        assert_eq!(
            faults(&branches, &[3, 0, 0, 1], &list),
            [
                "crates/spec/src/a.rs:7: in `f`: never: missed",
                "crates/spec/src/a.rs:7: in `f`: conformance/unreachable.toml says that nothing reaches it: listed wrongly",
                "conformance/unreachable.toml: no such branch: a.rs, `f`: gone",
            ]
        );
        assert!(faults(&branches, &[3, 0, 2, 0], &List::default()).len() == 2);
    }

    /// The list is read by a test of every run; that it is complete, only by the run itself.
    #[test]
    fn the_list_names_branches() {
        let root = crate::root();
        let mut branches = Vec::new();
        for entry in std::fs::read_dir(root.join(SOURCE)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let text = std::fs::read_to_string(path).unwrap();
            instrument::instrument(&name, &text, &mut branches).unwrap();
        }
        let list = read(root).unwrap();
        let counts = vec![0; branches.len()];
        let gone: Vec<_> =
            faults(&branches, &counts, &list).into_iter().filter(|fault| fault.contains("no such")).collect();
        assert_eq!(gone, Vec::<String>::new());
    }
}

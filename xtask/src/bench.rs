//! Benchmarks: decisions beside other engines, bad input, the number of instructions, and large directories.

mod engine;
mod instructions;

use crate::setup;
use crate::test::counts::Counts;
use anyhow::{Context, Result, bail};
use clap::Subcommand;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is measured.
#[derive(Subcommand)]
pub enum Bench {
    /// Decisions, beside every engine that can be compared; writes engine.json and engine.svg to target/bench.
    Engine(engine::Options),
    /// A search for the input that takes longest to decide; writes worst.json to target/bench.
    Worst {
        /// How long to search.
        #[arg(long, default_value_t = 60)]
        seconds: u32,
        /// Where the random changes begin.
        #[arg(long, default_value_t = 1)]
        seed: u32,
    },
    /// How long directories of several sizes take to load, and how much memory; writes directory.json to target/bench. Stores
    /// are made where there are none yet: 2 GB for a million principals.
    Directory {
        /// Numbers of principals.
        #[arg(long, value_delimiter = ',', default_values_t = [10_000, 100_000, 1_000_000])]
        sizes: Vec<u32>,
    },
    /// Instructions per decision, compared with bench/instructions.toml (needs valgrind).
    Instructions {
        /// Write what was counted to bench/instructions.toml.
        #[arg(long)]
        record: bool,
    },
}

/// Runs one.
///
/// # Errors
/// When something does not build or run, and when instructions are not what they were.
pub fn run(root: &Path, bench: &Bench) -> Result<()> {
    match bench {
        Bench::Engine(options) => engine::run(root, options),
        Bench::Worst { seconds, seed } => worst(root, *seconds, *seed),
        Bench::Directory { sizes } => directory(root, sizes),
        Bench::Instructions { record: true } => instructions::record(root),
        Bench::Instructions { record: false } => instructions::compare(root).map(drop),
    }
}

/// Compares the instructions as a step of all tests; each case counts as one.
///
/// # Errors
/// When they are not what they were, and on a build machine when valgrind is missing.
pub fn guard(root: &Path) -> Result<Counts> {
    instructions::compare(root)
}

fn worst(root: &Path, seconds: u32, seed: u32) -> Result<()> {
    let folder = results(root)?;
    let arguments =
        ["run", "--release", "--locked", "--quiet", "--package", "doorward-bench", "--bin", "worst"];
    let mut command = setup::cargo(root);
    command.args(arguments).arg("--").arg(folder).args([seconds.to_string(), seed.to_string()]);
    succeed(&mut command)
}

fn directory(root: &Path, sizes: &[u32]) -> Result<()> {
    let package = ["--release", "--locked", "--quiet", "--package", "doorward-bench-directory"];
    let folder = results(root)?;
    succeed(setup::cargo(root).arg("build").args(package))?;
    // Loads are measured in the other program: this one counts what is allocated, and so is slower.
    let mut command = setup::cargo(root);
    command.arg("run").args(package).args(["--bin", "doorward-bench-directory", "--"]).arg(&folder);
    succeed(command.args(sizes.iter().map(u32::to_string)))?;
    let mut command = setup::cargo(root);
    command.arg("run").args(package).args(["--bin", "allocations", "--"]).arg(&folder);
    succeed(command.args(sizes.iter().map(u32::to_string)))
}

/// The folder for results, made if need be.
fn results(root: &Path) -> Result<PathBuf> {
    let folder = setup::target_folder(root).join("bench");
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    Ok(folder)
}

/// Runs a command, which speaks for itself.
fn succeed(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("cannot start `{program}`"))?;
    if status.success() { Ok(()) } else { bail!("`{program}` failed") }
}

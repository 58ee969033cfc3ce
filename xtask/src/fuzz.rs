//! `cargo xtask fuzz`: the fuzz targets, each for a bounded time.
//!
//! The targets are those of `cargo fuzz`, which runs them as well. This needs neither it nor a nightly compiler: libFuzzer
//! is built from source (a C++ compiler is needed), and the compiler's own coverage pass is asked for by flags that every
//! toolchain takes. There is no sanitizer: the code under test has no unsafe blocks.

use crate::setup;
use anyhow::{Context, Result, bail, ensure};
use std::path::Path;
use std::process::Command;

/// The folder of the targets, a workspace of its own.
const FOLDER: &str = "fuzz";

/// The targets, by the names of their programs.
const TARGETS: [&str; 4] = ["parse", "pattern", "decide", "explain"];

/// What makes the compiler count edges where libFuzzer looks for them.
const FLAGS: [&str; 6] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=3",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Ccodegen-units=1",
];

/// How to run them.
#[derive(clap::Args)]
pub struct Options {
    /// How long each target runs.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Only this target: parse, pattern, decide or explain.
    target: Option<String>,
}

/// How long each target runs with all other checks.
const SMOKE_SECONDS: u32 = 4;

/// As [`run`], for a few seconds; where there is no C++ compiler, says so and does nothing.
///
/// # Errors
/// As [`run`].
pub fn smoke(root: &Path) -> Result<()> {
    if !setup::answers(Command::new("c++").arg("--version")) {
        println!("there is no C++ compiler, and nothing is fuzzed; get one: apt-get install g++");
        return Ok(());
    }
    run(root, &Options { seconds: SMOKE_SECONDS, target: None })
}

/// Builds the targets and runs each, from the seeds and from what earlier runs found.
///
/// # Errors
/// When they do not build, and when an input fails; libFuzzer prints it and leaves it in `fuzz/artifacts`.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    let chosen: Vec<&str> = TARGETS
        .into_iter()
        .filter(|name| options.target.as_deref().is_none_or(|only| only == *name))
        .collect();
    ensure!(!chosen.is_empty(), "there is no target `{}`", options.target.as_deref().unwrap_or_default());
    let folder = root.join(FOLDER);
    let host = host()?;
    let built = setup::target_folder(root).join("fuzz");
    let mut build = setup::cargo(&folder);
    build.args(["build", "--release", "--locked", "--quiet", "--target", &host]);
    build.env("CARGO_TARGET_DIR", &built).env("RUSTFLAGS", FLAGS.join(" "));
    ensure!(build.status().context("cannot start cargo")?.success(), "the fuzz targets did not build");
    let programs = built.join(host).join("release");
    let mut failed = Vec::new();
    for name in chosen {
        println!("fuzzing {name} for {} s", options.seconds);
        if !fuzz(&folder, &programs.join(name), name, options.seconds)? {
            failed.push(name);
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        bail!("failed: {}; the inputs are in {FOLDER}/artifacts", failed.join(", "))
    }
}

/// The platform for which to build: named, so that the flags do not reach what is run while building.
fn host() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("cannot start `rustc`")?;
    let text = String::from_utf8(output.stdout).context("`rustc -vV` did not answer with text")?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("`rustc -vV` names no host")
}

/// Runs one target; whether all its inputs passed.
fn fuzz(folder: &Path, program: &Path, name: &str, seconds: u32) -> Result<bool> {
    let [corpus, seeds, artifacts] =
        ["corpus", "seeds", "artifacts"].map(|part| folder.join(part).join(name));
    for made in [&corpus, &artifacts] {
        std::fs::create_dir_all(made).with_context(|| format!("making {}", made.display()))?;
    }
    let mut command = Command::new(program);
    command.arg(format!("-max_total_time={seconds}")).arg("-max_len=1024").arg("-timeout=20");
    command.args(["-print_final_stats=0", "-verbosity=0"]);
    command.arg(format!("-artifact_prefix={}/", artifacts.display())).args([corpus, seeds]);
    let status =
        command.current_dir(folder).status().with_context(|| format!("starting {}", program.display()))?;
    Ok(status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each target is a program, has seeds, and is a function in `conformance`.
    #[test]
    fn targets_are_complete() {
        let folder = crate::root().join(FOLDER);
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len());
        for name in TARGETS {
            assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
            assert!(folder.join(format!("fuzz_targets/{name}.rs")).is_file(), "{name}");
            assert!(folder.join("seeds").join(name).read_dir().unwrap().count() > 0, "{name}");
        }
    }

    #[test]
    fn a_program_that_fails_is_told_from_one_that_passes() {
        let folder = setup::target_folder(crate::root()).join("fuzz-of-nothing");
        for (program, passes) in [("true", true), ("false", false)] {
            assert_eq!(fuzz(&folder, Path::new(program), "x", 1).unwrap(), passes);
        }
    }
}

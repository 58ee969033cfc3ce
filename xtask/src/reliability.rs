//! `cargo xtask reliability`: stores under faults, by the program `doorward-reliability`.

use crate::setup;
use anyhow::{Context, Result, ensure};
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

/// The package of the program, and the program.
const PROGRAM: &str = "doorward-reliability";

/// Where the rows of a whole run go, in the target folder.
const ROWS: &str = "reliability.json";

/// Builds the program for release and runs it.
///
/// # Errors
/// When something was lost or a history was wrong, besides when it does not build or run.
pub fn run(root: &Path, arguments: &[OsString]) -> Result<()> {
    build(root, &["--release"])?;
    let target = setup::target_folder(root);
    let mut command = Command::new(target.join("release").join(PROGRAM));
    check(command.arg("--out").arg(target.join(ROWS)).args(arguments))
}

/// Every fault for a second, by a program that was built for tests.
///
/// # Errors
/// As [`run`].
pub fn smoke(root: &Path) -> Result<()> {
    build(root, &[])?;
    check(Command::new(setup::target_folder(root).join("debug").join(PROGRAM)).arg("--short"))
}

fn build(root: &Path, profile: &[&str]) -> Result<()> {
    check(setup::cargo(root).args(["build", "--package", PROGRAM, "--locked", "--quiet"]).args(profile))
}

fn check(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot run {PROGRAM}"))?;
    ensure!(status.success(), "{PROGRAM} ended with {status}");
    Ok(())
}

//! Building the server and becoming it.

use crate::setup;
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::path::Path;

/// Builds the server in release and replaces this process by `doorward serve` with the given arguments.
///
/// # Errors
/// When the build fails or the binary cannot be started. Otherwise it does not return on Unix.
pub fn serve(root: &Path, arguments: &[OsString]) -> Result<()> {
    let build = setup::cargo(root).args(["build", "--release", "--locked", "--package", "doorward"]).status();
    if !build.context("cannot start cargo")?.success() {
        bail!("the server did not build");
    }
    let binary = setup::target_folder(root).join("release").join("doorward");
    let mut command = std::process::Command::new(&binary);
    command.arg("serve").args(arguments);
    become_process(command).with_context(|| format!("starting {}", binary.display()))
}

/// Hands this process over, so that signals and the exit code are the server's own.
#[cfg(unix)]
fn become_process(mut command: std::process::Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn become_process(mut command: std::process::Command) -> Result<()> {
    let status = command.status()?;
    std::process::exit(status.code().unwrap_or(1))
}

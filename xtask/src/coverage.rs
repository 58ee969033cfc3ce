//! `cargo xtask coverage`: writes `docs/coverage.md`, the page that says which operations the server has.
//!
//! The page is printed by an example of `doorward-services`, which has the table; this program stays free of that
//! crate, and builds quickly.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::setup;

/// Where the page stands.
const PAGE: &str = "docs/coverage.md";

/// What to do with the page.
#[derive(clap::Args)]
pub struct Options {
    /// Write nothing; fail if the page differs from what would be written.
    #[arg(long)]
    check: bool,
}

/// Runs the command.
///
/// # Errors
/// When the page cannot be made or written, or differs and was only to be checked.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    if options.check { check(root) } else { write(root) }
}

/// Checks that the page says what the table says.
///
/// # Errors
/// When it does not, or cannot be made.
pub fn check(root: &Path) -> Result<()> {
    let made = made(root)?;
    let file = root.join(PAGE);
    let found =
        std::fs::read_to_string(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
    if let Some(number) = first_difference(&found, &made) {
        bail!("`{PAGE}` is out of date from line {number} on; run `cargo xtask coverage`");
    }
    Ok(())
}

fn write(root: &Path) -> Result<()> {
    let file = root.join(PAGE);
    std::fs::write(&file, made(root)?).with_context(|| format!("cannot write `{}`", file.display()))
}

/// The page as the table has it.
fn made(root: &Path) -> Result<String> {
    let mut cargo = setup::cargo(root);
    cargo.args(["run", "--locked", "--quiet", "--package", "doorward-services", "--example", "coverage"]);
    let output = cargo.stderr(std::process::Stdio::inherit()).output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!("the example that prints the page failed");
    }
    String::from_utf8(output.stdout).context("the page is not text")
}

/// The first line, counted from 1, in which two texts differ.
fn first_difference(left: &str, right: &str) -> Option<usize> {
    if left == right {
        return None;
    }
    let same = left.lines().zip(right.lines()).take_while(|(left, right)| left == right).count();
    Some(same + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_found() {
        let rows = [
            ("", "", None),
            ("a\nb\n", "a\nb\n", None),
            ("a\nb\n", "a\nc\n", Some(2)),
            ("a\n", "a\nb\n", Some(2)),
            ("a\nb\n", "a\n", Some(2)),
            ("a", "a\n", Some(2)),
            ("", "a", Some(1)),
        ];
        for (left, right, expected) in rows {
            assert_eq!(first_difference(left, right), expected, "{left:?} {right:?}");
        }
    }
}

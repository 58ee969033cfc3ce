//! `cargo xtask coverage`: writes `docs/coverage.md`, which says for each operation of AWS's APIs what the server does with
//! it, where that is otherwise than at AWS, and which tests ask for it; and `docs/differences.md`, which says why.
//!
//! The operations are printed by an example of `doorward-services`, which has their table ([`operations`]); this program
//! stays free of that crate, and builds quickly. [`listed`] reads what is different, left open or missing, [`named`] finds the
//! operations in the code and in the tests, [`page`] writes. An operation that no test or no real client asks for fails.

mod listed;
mod named;
mod operations;
mod page;

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::tree;
use listed::Listed;
use named::Named;
use operations::Entry;

/// What to do with the pages.
#[derive(clap::Args)]
pub struct Options {
    /// Write nothing; fail if a page differs from what would be written.
    #[arg(long)]
    check: bool,
}

/// Runs the command.
///
/// # Errors
/// When the pages cannot be made or written, or differ and were only to be checked.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    if options.check { check(root) } else { write(root) }
}

/// Checks that the pages say what the table and the lists say.
///
/// # Errors
/// When they do not, or cannot be made.
pub fn check(root: &Path) -> Result<()> {
    for (path, made) in Known::read(root)?.pages() {
        let file = root.join(path);
        let found =
            std::fs::read_to_string(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
        if let Some(number) = first_difference(&found, &made) {
            bail!("`{path}` is out of date from line {number} on; run `cargo xtask coverage`");
        }
    }
    Ok(())
}

fn write(root: &Path) -> Result<()> {
    for (path, made) in Known::read(root)?.pages() {
        let file = root.join(path);
        std::fs::write(&file, made).with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    Ok(())
}

/// Everything that the pages are made of.
struct Known {
    entries: Vec<Entry>,
    listed: Listed,
    named: Named,
}

impl Known {
    fn read(root: &Path) -> Result<Self> {
        let entries = operations::read(root)?;
        let listed = Listed::read(root)?;
        let named = Named::find(&tree::read(root)?);
        let mut wrong = listed.faults(&entries);
        wrong.extend(named.faults(&entries));
        if !wrong.is_empty() {
            bail!("{}", wrong.join("\n"));
        }
        Ok(Self { entries, listed, named })
    }

    /// The pages as they should be, by their paths.
    fn pages(&self) -> [(&'static str, String); 2] {
        [
            ("docs/coverage.md", page::coverage(&self.entries, &self.listed, &self.named)),
            ("docs/differences.md", page::differences(&self.listed)),
        ]
    }
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

//! `cargo xtask rules`: writes `docs/rules.md`, which says for every rule of AWS's evaluation what shows it, and
//! `docs/unconfirmed.md`, which says how we read what AWS leaves open.
//!
//! Both are made from data: [`registry`] reads the rules, [`cases`] the cases, [`readings`] what is unconfirmed; [`page`]
//! writes. `cargo xtask tidy` calls [`check()`], which finds rules that nothing shows ([`evidence`]), remarks in the code
//! that nobody listed ([`remarks`]), and pages that are out of date.

mod cases;
mod check;
mod evidence;
mod page;
pub mod readings;
mod registry;
mod remarks;

use crate::tree::{self, TextFile};
use anyhow::{Context, Result, bail};
use cases::Case;
use readings::Reading;
use registry::Group;
use std::collections::BTreeMap;
use std::path::Path;

pub use check::check;

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
/// When the pages cannot be made or written, or were only to be checked and something is wrong.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    let files = tree::read(root)?;
    if options.check {
        let findings = check(root, &files)?;
        return crate::finding::conclude("rules", "rules, cases and remarks", findings);
    }
    for (path, text) in Known::read(root, &files)?.pages() {
        let file = root.join(path);
        std::fs::write(&file, text).with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    Ok(())
}

/// A list in which one item may stand alone.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(untagged)]
pub enum OneOrMore {
    /// One item.
    One(String),
    /// Several.
    More(Vec<String>),
}

impl Default for OneOrMore {
    fn default() -> Self {
        Self::More(Vec::new())
    }
}

impl OneOrMore {
    /// The items, in order.
    fn iter(&self) -> impl Iterator<Item = &str> {
        let items = match self {
            Self::One(item) => std::slice::from_ref(item),
            Self::More(items) => items.as_slice(),
        };
        items.iter().map(String::as_str)
    }
}

/// How sure it is that AWS does so, in the letters of the cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
enum Confidence {
    /// AWS's documentation says so.
    D,
    /// AWS was seen to do so.
    R,
    /// Other implementations do.
    P,
    /// It is generally held to be so.
    K,
    /// AWS is silent, or says it in two ways.
    #[serde(rename = "UNCONFIRMED")]
    Unconfirmed,
}

/// Everything that the pages are made of.
struct Known {
    groups: Vec<Group>,
    cases: Vec<Case>,
    readings: Vec<Reading>,
    /// For each remark in the code the file and line, by its id; those without one under the empty text.
    remarks: BTreeMap<String, Vec<(String, usize)>>,
    /// The fields of the type that holds the choices.
    choices: Vec<String>,
}

impl Known {
    fn read(root: &Path, files: &[TextFile]) -> Result<Self> {
        let choices = remarks::choices(files);
        if choices.is_empty() {
            bail!("no fields of `Choices` in `{}`", remarks::CHOICES_FILE);
        }
        Ok(Self {
            groups: registry::read(root)?,
            cases: cases::read(root)?,
            readings: readings::read(root)?,
            remarks: remarks::read(files),
            choices,
        })
    }

    /// The pages as they should be, by their paths.
    fn pages(&self) -> [(&'static str, String); 2] {
        [
            ("docs/rules.md", page::rules(&self.groups, &self.cases)),
            ("docs/unconfirmed.md", page::readings(&self.readings, &self.groups, &self.cases)),
        ]
    }
}

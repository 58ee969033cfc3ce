//! The rules: `conformance/rules/*.toml`, a file for each group, in the order of their names.

use super::{Confidence, OneOrMore};
use anyhow::{Context, Result};
use std::path::Path;

/// Where the rules are, from the root of the checkout.
pub(super) const FOLDER: &str = "conformance/rules";

/// Rules that belong together.
#[derive(Debug)]
pub(super) struct Group {
    /// The file, from the root of the checkout.
    pub path: String,
    /// The heading.
    pub title: String,
    /// The rules in their order.
    pub rules: Vec<Rule>,
}

/// One rule of AWS's behaviour.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    /// Our name for it, which cases give as their `rule`.
    pub id: String,
    /// The rule in our words, a sentence or two.
    pub says: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// The pages that say so.
    pub page: OneOrMore,
    /// Tests that show it, other than cases: `file::name`.
    #[serde(default)]
    pub shown_by: OneOrMore,
    /// Why nothing shows it: what it waits for.
    pub not_built: Option<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupText {
    title: String,
    rule: Vec<Rule>,
}

/// Reads all groups.
///
/// # Errors
/// When a file cannot be read or is not of the format.
pub(super) fn read(root: &Path) -> Result<Vec<Group>> {
    let folder = root.join(FOLDER);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("reading {FOLDER}"))? {
        let name = entry.with_context(|| format!("reading {FOLDER}"))?.file_name();
        names.push(name.to_string_lossy().into_owned());
    }
    names.sort();
    let group = |name: &String| {
        let path = format!("{FOLDER}/{name}");
        let text = std::fs::read_to_string(folder.join(name)).with_context(|| format!("reading {path}"))?;
        parse(path, &text)
    };
    names.iter().filter(|name| name.ends_with(".toml")).map(group).collect()
}

/// Reads one group.
///
/// # Errors
/// When the text is not of the format.
pub(super) fn parse(path: String, text: &str) -> Result<Group> {
    let GroupText { title, rule } = toml::from_str(text).with_context(|| format!("reading {path}"))?;
    Ok(Group { path, title, rules: rule })
}

//! The list of excused findings.

use super::Finding;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::Path;

/// Where the list lies.
const LIST: &str = "xtask/tidy-exempt.toml";

/// One rule that does not hold in one place.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// The rule's short name.
    rule: String,
    /// A file, or a folder when it ends in `/`.
    path: String,
    /// Why.
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    exempt: Vec<Exemption>,
}

/// Reads the list of the checkout at `root`.
///
/// # Errors
/// When it is missing or has an unknown shape.
pub fn read(root: &Path) -> Result<Vec<Exemption>> {
    let text = std::fs::read_to_string(root.join(LIST)).with_context(|| format!("reading {LIST}"))?;
    let list: List = toml::from_str(&text).with_context(|| format!("reading {LIST}"))?;
    Ok(list.exempt)
}

/// Drops the excused findings, and adds one for each exemption that excuses nothing or gives no reason.
pub fn excuse(exemptions: Vec<Exemption>, findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept = findings;
    for exemption in exemptions {
        let before = kept.len();
        kept.retain(|finding| !exemption.covers(finding));
        let text = format!("the exemption from `{}` in `{}`", exemption.rule, exemption.path);
        if kept.len() == before {
            kept.push(Finding::at(LIST, 0, "exemption", format!("{text} excuses nothing: remove it")));
        }
        if exemption.reason.trim().is_empty() {
            kept.push(Finding::at(LIST, 0, "exemption", format!("{text} gives no reason")));
        }
    }
    kept
}

impl Exemption {
    fn covers(&self, finding: &Finding) -> bool {
        let inside = match self.path.ends_with('/') {
            true => finding.path.starts_with(&self.path),
            false => finding.path == self.path,
        };
        inside && finding.rule == self.rule
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excuse_one(list: &str) -> Vec<String> {
        let list: List = toml::from_str(list).unwrap();
        let finding = Finding::at("a/b.rs", 3, "lines", "too long");
        excuse(list.exempt, vec![finding]).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn exemptions() {
        let stays = "a/b.rs:3: lines: too long";
        let unused = |path| {
            format!(
                "xtask/tidy-exempt.toml: exemption: \
                 the exemption from `lines` in `{path}` excuses nothing: remove it"
            )
        };
        let rows = [
            ("", vec![stays.to_owned()]),
            ("[[exempt]]\nrule = 'lines'\npath = 'a/b.rs'\nreason = 'x'", vec![]),
            ("[[exempt]]\nrule = 'lines'\npath = 'a/'\nreason = 'x'", vec![]),
            ("[[exempt]]\nrule = 'lines'\npath = 'a'\nreason = 'x'", vec![stays.to_owned(), unused("a")]),
            (
                "[[exempt]]\nrule = 'lines'\npath = 'a/'\nreason = ' '",
                vec![
                    "xtask/tidy-exempt.toml: exemption: the exemption from `lines` in `a/` gives no reason"
                        .to_owned(),
                ],
            ),
        ];
        for (list, expected) in rows {
            assert_eq!(excuse_one(list), expected, "{list}");
        }
    }
}

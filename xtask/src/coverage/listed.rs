//! What is written down about operations: `conformance/differences.toml`, `conformance/unconfirmed.toml` and
//! `conformance/coverage.toml`.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::operations::Entry;
use crate::rules::readings::{self, Reading};

/// The lists.
pub(super) struct Listed {
    /// What is otherwise than at AWS on purpose.
    pub differences: Vec<Difference>,
    /// What AWS leaves open, where it is about operations.
    pub readings: Vec<Reading>,
    /// Why operations are missing.
    pub remarks: Vec<Remark>,
}

/// One difference.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Difference {
    /// Its name.
    pub id: String,
    /// What AWS does.
    pub aws: String,
    /// What this server does.
    pub ours: String,
    /// Why.
    pub reason: String,
    /// Where AWS says what it does.
    pub source: String,
    /// The operations that it shows in: `iam:CreateRole`, `iam:*`, or `*`.
    pub operations: Vec<String>,
}

/// One remark.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Remark {
    /// The operations that are missing.
    pub operations: Vec<String>,
    /// Why.
    pub why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Differences {
    difference: Vec<Difference>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remarks {
    #[serde(default)]
    remark: Vec<Remark>,
}

impl Listed {
    /// Reads the lists.
    ///
    /// # Errors
    /// When one is missing or not of its format.
    pub fn read(root: &Path) -> Result<Self> {
        let Differences { difference } = parsed(root, "conformance/differences.toml")?;
        let Remarks { remark } = parsed(root, "conformance/coverage.toml")?;
        Ok(Self { differences: difference, readings: readings::read(root)?, remarks: remark })
    }

    /// Names that are of no operation, remarks about operations that are there or that have two.
    pub fn faults(&self, entries: &[Entry]) -> Vec<String> {
        let differences = self.differences.iter().map(|difference| (&difference.id, &difference.operations));
        let readings = self.readings.iter().map(|reading| (&reading.question, &reading.operations));
        let mut faults = Vec::new();
        for (what, operations) in differences.chain(readings) {
            for pattern in operations.iter().filter(|pattern| !entries.iter().any(|e| covers(pattern, e))) {
                faults.push(format!("`{what}`: there is no operation `{pattern}`"));
            }
        }
        for difference in self.differences.iter().filter(|difference| difference.operations.is_empty()) {
            faults.push(format!("`{}`: name the operations that it shows in", difference.id));
        }
        faults.extend(self.idle_remarks(entries));
        faults
    }

    fn idle_remarks(&self, entries: &[Entry]) -> Vec<String> {
        let mut faults = Vec::new();
        let named: Vec<&String> = self.remarks.iter().flat_map(|remark| &remark.operations).collect();
        for (at, name) in named.iter().enumerate() {
            match entries.iter().find(|entry| entry.key() == **name) {
                None => faults.push(format!("remark: there is no operation `{name}`")),
                Some(entry) if entry.is_there() => {
                    faults.push(format!("remark: `{name}` is answered, so its remark must go"));
                }
                Some(_) => {}
            }
            if named.iter().take(at).any(|before| before == name) {
                faults.push(format!("remark: `{name}` has two"));
            }
        }
        faults
    }

    /// Why an operation is missing, if somebody said.
    pub fn why_missing(&self, entry: &Entry) -> Option<&str> {
        let key = entry.key();
        let remark = self.remarks.iter().find(|remark| remark.operations.contains(&key))?;
        Some(&remark.why)
    }
}

fn parsed<T: DeserializeOwned>(root: &Path, list: &str) -> Result<T> {
    let text = std::fs::read_to_string(root.join(list)).with_context(|| format!("reading {list}"))?;
    toml::from_str(&text).with_context(|| format!("reading {list}"))
}

/// Whether a name in a list is of this operation.
fn covers(pattern: &str, entry: &Entry) -> bool {
    match pattern.split_once(':') {
        None => pattern == "*",
        Some((prefix, name)) => prefix == entry.prefix && (name == "*" || name == entry.name),
    }
}

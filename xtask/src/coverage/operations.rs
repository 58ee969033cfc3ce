//! The operations, as an example of `doorward-services` prints them.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};

use crate::setup;

/// One operation of one of AWS's APIs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The service's id, such as `IAM`.
    pub service: String,
    /// The version of its API.
    pub version: String,
    /// What its actions begin with, such as `iam`.
    pub prefix: String,
    /// The operation's name, such as `CreateRole`.
    pub name: String,
    /// The address of its documentation.
    pub documentation: String,
    /// What the server does with a request for it.
    pub does: Does,
}

/// What the server does with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Does {
    /// It answers: it reads, or writes, in words.
    Answer(String),
    /// It checks everything but the proof that comes with the request, and answers `NotImplemented` then.
    UpToTheProof,
    /// It answers `NotImplemented`.
    Missing,
}

impl Entry {
    /// Its name with its service's prefix, such as `iam:CreateRole`.
    pub fn key(&self) -> String {
        format!("{}:{}", self.prefix, self.name)
    }

    /// Whether the server has it, were it up to the proof only.
    pub fn is_there(&self) -> bool {
        self.does != Does::Missing
    }
}

/// Asks the example.
///
/// # Errors
/// When it does not run, or prints what is no table.
pub(super) fn read(root: &Path) -> Result<Vec<Entry>> {
    let mut cargo = setup::cargo(root);
    cargo.args(["run", "--locked", "--quiet", "--package", "doorward-services", "--example", "operations"]);
    let output = cargo.stderr(Stdio::inherit()).output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!("the example that prints the operations failed");
    }
    parse(&String::from_utf8(output.stdout).context("the table is not text")?)
}

/// The operations of the printed table.
///
/// # Errors
/// When a line is none.
pub(super) fn parse(table: &str) -> Result<Vec<Entry>> {
    table.lines().map(entry).collect()
}

fn entry(line: &str) -> Result<Entry> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [service, version, prefix, name, documentation, does] = cells[..] else {
        bail!("not a line of the table of operations: `{line}`");
    };
    let does = match does {
        "missing" => Does::Missing,
        "proof" => Does::UpToTheProof,
        words => Does::Answer(words.to_owned()),
    };
    let [service, version, prefix, name, documentation] =
        [service, version, prefix, name, documentation].map(str::to_owned);
    Ok(Entry { service, version, prefix, name, documentation, does })
}

//! House rules that no compiler checks.
//!
//! Each rule has a short name. What breaks a rule for a reason is listed, with the reason, in
//! `xtask/tidy-exempt.toml`; a line there that excuses nothing is itself a finding.

mod code;
mod exempt;
mod manifests;
mod markdown;
mod prose;

use crate::finding::{Finding, conclude};
use crate::graph::Graph;
use crate::{rules, tree};
use anyhow::Result;
use std::path::Path;

/// Checks the checkout at `root` and prints what is wrong.
///
/// # Errors
/// When a rule is broken, or the checkout cannot be read.
pub fn run(root: &Path) -> Result<()> {
    let files = tree::read(root)?;
    let graph = Graph::load(root)?;
    let mut findings = prose::check(&files);
    findings.extend(code::check(&files)?);
    findings.extend(markdown::check(root, &files));
    findings.extend(manifests::check(&graph, &files));
    findings.extend(rules::check(root, &files)?);
    let findings = exempt::excuse(exempt::read(root)?, findings);
    conclude("tidy", &format!("{} files", files.len()), findings)
}

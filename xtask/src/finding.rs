//! What a check found wrong, and how it is said.

use anyhow::{Result, bail};
use std::fmt;

/// One broken rule at one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Path from the root of the checkout, with `/`.
    pub path: String,
    /// Line, counted from one; zero when the whole file is meant.
    pub line: usize,
    /// The rule's short name, as used in `xtask/tidy-exempt.toml`.
    pub rule: &'static str,
    /// What is wrong and what to do.
    pub text: String,
}

impl Finding {
    /// A finding at a line (zero: the whole file).
    pub fn at(path: &str, line: usize, rule: &'static str, text: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, rule, text: text.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}: {}", self.path, self.rule, self.text),
            line => write!(f, "{}:{line}: {}: {}", self.path, self.rule, self.text),
        }
    }
}

/// Prints the findings of a check in order of place, and fails when there are any.
///
/// # Errors
/// When `findings` is not empty.
pub fn conclude(check: &str, what_was_read: &str, mut findings: Vec<Finding>) -> Result<()> {
    findings.sort();
    findings.dedup();
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => println!("{check}: {what_was_read}, nothing to object to"),
        1 => bail!("{check}: 1 finding"),
        count => bail!("{check}: {count} findings"),
    }
    Ok(())
}

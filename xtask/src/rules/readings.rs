//! What is unconfirmed: `conformance/unconfirmed.toml`.

use super::OneOrMore;
use anyhow::{Context, Result};
use std::path::Path;

/// Where the list is, from the root of the checkout.
pub const LIST: &str = "conformance/unconfirmed.toml";

/// One point that AWS leaves open, and how it is read here.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// Its name, as in the remark `UNCONFIRMED (id)` in the code.
    pub id: String,
    /// What is open, as a question.
    pub question: String,
    /// Our answer.
    pub reading: String,
    /// Why that is the answer that denies, or, where it is not, why it was taken.
    pub closed: String,
    /// What AWS could answer instead.
    pub otherwise: String,
    /// The rules that say the reading.
    pub rule: OneOrMore,
    /// The field of `policy::request::Choices` that changes it.
    pub choice: Option<String>,
    /// The operations that it shows in, for the coverage page: none for what is about the evaluation of policies.
    #[serde(default)]
    pub operations: Vec<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ListText {
    reading: Vec<Reading>,
}

/// Reads the list.
///
/// # Errors
/// When it is missing or not of the format.
pub fn read(root: &Path) -> Result<Vec<Reading>> {
    let text = std::fs::read_to_string(root.join(LIST)).with_context(|| format!("reading {LIST}"))?;
    parse(&text)
}

/// Reads the list from its text.
///
/// # Errors
/// When it is not of the format.
pub fn parse(text: &str) -> Result<Vec<Reading>> {
    let ListText { reading } = toml::from_str(text).with_context(|| format!("reading {LIST}"))?;
    Ok(reading)
}

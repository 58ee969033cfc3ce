//! The cases of `conformance/cases`, as far as rules go. What they mean is read by `doorward-conformance`.

use super::{Confidence, OneOrMore};
use anyhow::{Context, Result};
use std::path::Path;

/// Where the cases are, from the root of the checkout.
const FOLDER: &str = "conformance/cases";

/// One case.
#[derive(Debug)]
pub(super) struct Case {
    /// The file, from the root of the checkout.
    pub path: String,
    /// Its id.
    pub id: String,
    /// The rules that it shows.
    pub rules: OneOrMore,
    /// How sure its answer is.
    pub confidence: Confidence,
    /// Whether a page of AWS works through it.
    pub example: bool,
}

#[derive(serde::Deserialize)]
struct FileText {
    #[serde(default)]
    defaults: DefaultsText,
    cases: Vec<CaseText>,
}

#[derive(serde::Deserialize, Default)]
struct DefaultsText {
    rule: Option<OneOrMore>,
    confidence: Option<Confidence>,
    example: Option<bool>,
}

#[derive(serde::Deserialize)]
struct CaseText {
    id: String,
    #[serde(flatten)]
    own: DefaultsText,
}

/// Reads all cases, file by file in the order of their names.
///
/// # Errors
/// When a file cannot be read or is not of the format.
pub(super) fn read(root: &Path) -> Result<Vec<Case>> {
    let folder = root.join(FOLDER);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("reading {FOLDER}"))? {
        let name = entry.with_context(|| format!("reading {FOLDER}"))?.file_name();
        names.push(name.to_string_lossy().into_owned());
    }
    names.sort();
    let mut cases = Vec::new();
    for name in names.iter().filter(|name| name.ends_with(".json")) {
        let path = format!("{FOLDER}/{name}");
        let text = std::fs::read_to_string(folder.join(name)).with_context(|| format!("reading {path}"))?;
        cases.extend(parse(&path, &text)?);
    }
    Ok(cases)
}

/// Reads the cases of one file.
///
/// # Errors
/// When the text is not of the format, or a case has no rule or no confidence.
pub(super) fn parse(path: &str, text: &str) -> Result<Vec<Case>> {
    let FileText { defaults, cases } =
        serde_json::from_str(text).with_context(|| format!("reading {path}"))?;
    let complete = |CaseText { id, own }: CaseText| {
        let missing = |member: &str| format!("{path}: case `{id}` has no `{member}`");
        let rules = own.rule.or_else(|| defaults.rule.clone()).with_context(|| missing("rule"))?;
        let confidence = own.confidence.or(defaults.confidence).with_context(|| missing("confidence"))?;
        let example = own.example.or(defaults.example).unwrap_or(false);
        Ok(Case { path: path.to_owned(), id, rules, confidence, example })
    };
    cases.into_iter().map(complete).collect()
}

//! What is wrong with rules, cases and remarks.

use super::{Confidence, Known, evidence, readings, registry};
use crate::finding::Finding;
use crate::tree::TextFile;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Checks the rules, the cases that name them, the remarks, and that the pages say what they should.
///
/// # Errors
/// When the data cannot be read.
pub fn check(root: &Path, files: &[TextFile]) -> Result<Vec<Finding>> {
    let known = Known::read(root, files)?;
    let text = |path: &str| std::fs::read_to_string(root.join(path)).ok();
    let mut findings = of_data(&known, &text);
    findings.extend(known.pages().iter().filter_map(|(path, made)| stale(path, text(path).as_deref(), made)));
    Ok(findings)
}

/// What is wrong apart from the pages.
fn of_data(known: &Known, text: &dyn Fn(&str) -> Option<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let sure = rules(known, text, &mut findings);
    cases(known, &sure, &mut findings);
    listed(known, &sure, &mut findings);
    remarks(known, &mut findings);
    choices(known, &mut findings);
    findings
}

/// How sure each rule is, by its id.
type Sure<'a> = BTreeMap<&'a str, Confidence>;

fn rules<'a>(
    known: &'a Known,
    text: &dyn Fn(&str) -> Option<String>,
    findings: &mut Vec<Finding>,
) -> Sure<'a> {
    let named: BTreeSet<&str> = known.cases.iter().flat_map(|case| case.rules.iter()).collect();
    let mut sure = Sure::new();
    for group in &known.groups {
        let mut add =
            |rule: &'static str, text: String| findings.push(Finding::at(&group.path, 0, rule, text));
        for rule in &group.rules {
            let id = rule.id.as_str();
            if sure.insert(id, rule.confidence).is_some() {
                add("rule-twice", format!("rule `{id}` stands twice"));
            }
            if rule.page.iter().next().is_none() || rule.page.iter().any(|page| !page.starts_with("https://"))
            {
                add("rule-page", format!("rule `{id}` has no page, or one that is no address"));
            }
            let is_shown = named.contains(id) || rule.shown_by.iter().next().is_some();
            if !is_shown && rule.not_built.is_none() {
                let wanted = "it needs a case, a test in `shown_by`, or `not_built` with what it waits for";
                add("rule-not-shown", format!("nothing shows rule `{id}`: {wanted}"));
            }
            if is_shown && rule.not_built.is_some() {
                add("rule-not-built", format!("rule `{id}` is shown and yet `not_built`"));
            }
            for fault in rule.shown_by.iter().filter_map(|reference| evidence::fault(reference, text)) {
                add("rule-shown-by", format!("rule `{id}`: {fault}"));
            }
        }
    }
    sure
}

fn cases(known: &Known, sure: &Sure<'_>, findings: &mut Vec<Finding>) {
    let listed: BTreeSet<&str> = known.readings.iter().flat_map(|reading| reading.rule.iter()).collect();
    for case in &known.cases {
        let mut add =
            |rule: &'static str, text: String| findings.push(Finding::at(&case.path, 0, rule, text));
        for rule in case.rules.iter().filter(|rule| !sure.contains_key(rule)) {
            add(
                "unknown-rule",
                format!("case `{}` names rule `{rule}`, which is not in `{}`", case.id, registry::FOLDER),
            );
        }
        if case.confidence == Confidence::Unconfirmed && !case.rules.iter().any(|rule| listed.contains(rule))
        {
            let text = format!(
                "case `{}` is unconfirmed, and no reading in `{}` is of its rules",
                case.id,
                readings::LIST
            );
            add("unconfirmed-case", text);
        }
    }
}

/// The readings against the rules, both ways.
fn listed(known: &Known, sure: &Sure<'_>, findings: &mut Vec<Finding>) {
    let mut add =
        |rule: &'static str, text: String| findings.push(Finding::at(readings::LIST, 0, rule, text));
    let mut seen = BTreeSet::new();
    let mut of = BTreeSet::new();
    for reading in &known.readings {
        if !seen.insert(&reading.id) {
            add("reading-twice", format!("reading `{}` stands twice", reading.id));
        }
        for rule in reading.rule.iter() {
            of.insert(rule);
            match sure.get(rule) {
                None => add(
                    "reading-rule",
                    format!("reading `{}` names rule `{rule}`, which there is not", reading.id),
                ),
                Some(Confidence::D | Confidence::R) => {
                    let text =
                        format!("reading `{}` names rule `{rule}`, which AWS is known to follow", reading.id);
                    add("reading-rule", text);
                }
                Some(Confidence::P | Confidence::K | Confidence::Unconfirmed) => {}
            }
        }
    }
    let open = sure.iter().filter(|(_, confidence)| **confidence == Confidence::Unconfirmed);
    for (rule, _) in open.filter(|(rule, _)| !of.contains(*rule)) {
        add("unconfirmed-rule", format!("rule `{rule}` is unconfirmed, and no reading is of it"));
    }
}

fn remarks(known: &Known, findings: &mut Vec<Finding>) {
    let listed: BTreeSet<&str> = known.readings.iter().map(|reading| reading.id.as_str()).collect();
    for (id, places) in known.remarks.iter().filter(|(id, _)| !listed.contains(id.as_str())) {
        for (path, line) in places {
            let text = match id.as_str() {
                "" => format!("say which: `UNCONFIRMED (id)`, with an id of `{}`", readings::LIST),
                id => format!("`{id}` is not in `{}`", readings::LIST),
            };
            findings.push(Finding::at(path, *line, "unconfirmed-remark", text));
        }
    }
    for id in listed.iter().filter(|id| !known.remarks.contains_key(**id)) {
        let text =
            format!("no code remarks `UNCONFIRMED ({id})`: remove the entry, or say it where it is read so");
        findings.push(Finding::at(readings::LIST, 0, "unconfirmed-remark", text));
    }
}

fn choices(known: &Known, findings: &mut Vec<Finding>) {
    let chosen: BTreeSet<&str> =
        known.readings.iter().filter_map(|reading| reading.choice.as_deref()).collect();
    let mut add = |text: String| findings.push(Finding::at(readings::LIST, 0, "unconfirmed-choice", text));
    for choice in known.choices.iter().filter(|choice| !chosen.contains(choice.as_str())) {
        add(format!("no reading is of `Choices::{choice}`"));
    }
    for choice in chosen.iter().filter(|choice| !known.choices.iter().any(|field| field == *choice)) {
        add(format!("`Choices` has no field `{choice}`"));
    }
}

/// A finding when a page is not what would be written.
fn stale(path: &str, found: Option<&str>, made: &str) -> Option<Finding> {
    if found == Some(made) {
        return None;
    }
    let found = found.unwrap_or_default();
    let same = found.lines().zip(made.lines()).take_while(|(found, made)| found == made).count();
    Some(Finding::at(path, same + 1, "page-stale", "out of date from here on: run `cargo xtask rules`"))
}

#[cfg(test)]
mod tests;

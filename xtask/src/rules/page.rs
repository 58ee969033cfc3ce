//! The pages.

use super::Confidence;
use super::cases::Case;
use super::readings::Reading;
use super::registry::{Group, Rule};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Cases of a rule that are named; of more, the number is told.
const NAMED_MAX: usize = 6;

/// The cases of each rule, by the rule's id, in their order.
type ByRule<'a> = BTreeMap<&'a str, Vec<&'a Case>>;

fn by_rule(cases: &[Case]) -> ByRule<'_> {
    let mut by_rule = ByRule::new();
    for case in cases {
        for rule in case.rules.iter() {
            by_rule.entry(rule).or_default().push(case);
        }
    }
    by_rule
}

/// `docs/rules.md`.
pub(super) fn rules(groups: &[Group], cases: &[Case]) -> String {
    let by_rule = by_rule(cases);
    let mut page = String::from(
        "# Rules of AWS's evaluation, and what shows each\n\n\
         Made by `cargo xtask rules` from `conformance/rules/*.toml` and `conformance/cases/*.json`; `make test` refuses a page \
         that is out of date,\na rule that nothing shows, and a case that names no rule.\n\n\
         How sure it is that AWS does so: **D** its documentation says so; **R** it was seen to; **P** other implementations \
         do; **K** it is generally\nheld to be so; **open** it is silent or says it in two ways, and [we took a \
         reading](unconfirmed.md).\n\n",
    );
    page.push_str(&numbers(groups, cases, &by_rule));
    for group in groups {
        let _ = write!(page, "\n## {}\n\n", group.title);
        page.push_str("| Rule | What it says | Sure | Page | Shown by |\n|---|---|---|---|---|\n");
        for rule in &group.rules {
            let shown = shown_by(rule, by_rule.get(rule.id.as_str()).map_or(&[][..], Vec::as_slice));
            let (id, says, sure) = (&rule.id, cell(&rule.says), letter(rule.confidence));
            let _ = writeln!(page, "| `{id}` | {says} | {sure} | {} | {shown} |", links(rule));
        }
    }
    page
}

/// How many rules there are, and how they are shown.
fn numbers(groups: &[Group], cases: &[Case], by_rule: &ByRule<'_>) -> String {
    let examples = cases.iter().filter(|case| case.example).count();
    let mut text = format!(
        "There are {} cases; {examples} of them are examples that AWS's own pages work through. They are run on the \
         reference model and the engine,\nand, where an installation can be made so, through the server.\n\n\
         | | rules | shown by cases | by other tests alone | not built |\n|---|---:|---:|---:|---:|\n",
        cases.len()
    );
    let mut total = [0; 4];
    let mut row = |title: &str, counts: [usize; 4]| {
        let [rules, cases, tests, not_built] = counts;
        let _ = writeln!(text, "| {title} | {rules} | {cases} | {tests} | {not_built} |");
    };
    for group in groups {
        let counts = counts(group, by_rule);
        for (total, count) in total.iter_mut().zip(counts) {
            *total += count;
        }
        row(&group.title, counts);
    }
    row("**all**", total);
    text
}

/// The rules of a group: all, those with cases, those with other tests alone, those not built.
fn counts(group: &Group, by_rule: &ByRule<'_>) -> [usize; 4] {
    let count = |holds: &dyn Fn(&Rule) -> bool| group.rules.iter().filter(|rule| holds(rule)).count();
    let has_cases = |rule: &Rule| by_rule.contains_key(rule.id.as_str());
    let has_tests = |rule: &Rule| rule.shown_by.iter().next().is_some();
    [
        group.rules.len(),
        count(&has_cases),
        count(&|rule| !has_cases(rule) && has_tests(rule)),
        count(&|rule| rule.not_built.is_some()),
    ]
}

fn letter(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::D => "D",
        Confidence::R => "R",
        Confidence::P => "P",
        Confidence::K => "K",
        Confidence::Unconfirmed => "open",
    }
}

/// The pages of a rule, numbered where there are several.
fn links(rule: &Rule) -> String {
    let pages: Vec<&str> = rule.page.iter().collect();
    match pages[..] {
        [page] => format!("[page]({page})"),
        _ => {
            let numbered = pages.iter().enumerate().map(|(index, page)| format!("[{}]({page})", index + 1));
            numbered.collect::<Vec<_>>().join(" ")
        }
    }
}

/// The cases of a rule, then its other tests, or why there are none.
fn shown_by(rule: &Rule, cases: &[&Case]) -> String {
    let mut parts = Vec::new();
    if !cases.is_empty() {
        parts.push(named(cases));
    }
    parts.extend(rule.shown_by.iter().map(|reference| format!("`{reference}`")));
    parts.extend(rule.not_built.iter().map(|reason| format!("not built: {}", cell(reason))));
    parts.join("; ")
}

/// How many cases, and the first of them by name.
fn named(cases: &[&Case]) -> String {
    let first: Vec<String> = cases.iter().take(NAMED_MAX).map(|case| format!("`{}`", case.id)).collect();
    let more = if cases.len() > NAMED_MAX { ", …" } else { "" };
    format!("{}: {}{more}", cases.len(), first.join(", "))
}

/// Text for a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// `docs/unconfirmed.md`.
pub(super) fn readings(readings: &[Reading], groups: &[Group], cases: &[Case]) -> String {
    let by_rule = by_rule(cases);
    let rules: BTreeMap<&str, &Rule> =
        groups.iter().flat_map(|group| &group.rules).map(|rule| (rule.id.as_str(), rule)).collect();
    let mut page = format!(
        "# What AWS leaves open, and how we read it\n\n\
         Made by `cargo xtask rules` from `conformance/unconfirmed.toml`; the code marks each of the {} readings with \
         `UNCONFIRMED (name)`,\nand `make test` refuses a mark that is not listed here, and an entry without a mark. \
         Where AWS is silent or says two things, the reading\nthat denies was taken; where none denies in every case, the \
         entry says so. Whoever has seen what AWS does: please open an issue.\n",
        readings.len()
    );
    for reading in readings {
        let Reading { id, question, reading: answer, closed, otherwise, rule, choice, operations: _ } =
            reading;
        let _ = write!(page, "\n## {question}\n\n{answer}\n\n");
        let _ = writeln!(page, "- Why so: {closed}");
        let _ = writeln!(page, "- What AWS could do instead: {otherwise}");
        if let Some(choice) = choice {
            let _ = writeln!(
                page,
                "- To read it otherwise: `choices.{choice}` in [the configuration](running.md)."
            );
        }
        for name in rule.iter() {
            let Some(rule) = rules.get(name) else { continue };
            let shown = shown_by(rule, by_rule.get(name).map_or(&[][..], Vec::as_slice));
            let _ = writeln!(page, "- Held by ({}, rule `{name}`): {shown}.", links(rule));
        }
        let _ = writeln!(page, "- Mark in the code: `{id}`.");
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{cases, readings as list, registry};

    #[test]
    fn pages_say_what_shows_a_rule() {
        let groups = [registry::parse(
            "a.toml".to_owned(),
            "title = \"G\"\n[[rule]]\nid = \"r\"\nsays = \"A | b.\"\nconfidence = \"UNCONFIRMED\"\npage = [\"https://a\", \"https://b\"]\nshown_by = \"a.rs::t\"\n\
             [[rule]]\nid = \"s\"\nsays = \"B.\"\nconfidence = \"D\"\npage = \"https://a\"\nnot_built = \"no.\"\n",
        )
        .unwrap()];
        let ids: Vec<String> = (1..=7)
            .map(|number| {
                format!(
                    r#"{{"id": "c{number}", "rule": "r", "confidence": "K", "example": {}}}"#,
                    number == 1
                )
            })
            .collect();
        let cases = cases::parse("a.json", &format!(r#"{{"cases": [{}]}}"#, ids.join(", "))).unwrap();
        let page = rules(&groups, &cases);
        for line in [
            "| `r` | A \\| b. | open | [1](https://a) [2](https://b) | 7: `c1`, `c2`, `c3`, `c4`, `c5`, `c6`, …; `a.rs::t` |",
            "| `s` | B. | D | [page](https://a) | not built: no. |",
            "| G | 2 | 1 | 0 | 1 |",
            "| **all** | 2 | 1 | 0 | 1 |",
        ] {
            assert!(page.lines().any(|found| found == line), "{line}\n{page}");
        }
        assert!(page.contains("There are 7 cases; 1 of them are examples"), "{page}");
        let readings_text = "[[reading]]\nid = \"x\"\nquestion = \"Q?\"\nreading = \"R.\"\nclosed = \"C.\"\notherwise = \"O.\"\nrule = \"r\"\nchoice = \"y\"\n";
        let page = readings(&list::parse(readings_text).unwrap(), &groups, &cases);
        for line in
            ["## Q?", "R.", "- Why so: C.", "- What AWS could do instead: O.", "- Mark in the code: `x`."]
        {
            assert!(page.lines().any(|found| found == line), "{line}\n{page}");
        }
        assert!(page.contains("rule `r`): 7: `c1`"), "{page}");
    }
}

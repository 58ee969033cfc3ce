//! Each check finds what it looks for, and nothing in data that is whole.

use super::*;
use crate::rules::{cases, remarks};

const RULES: &str = r#"
title = "Actions"

[[rule]]
id = "by-case"
says = "A."
confidence = "D"
page = "https://example.org/a"

[[rule]]
id = "by-test"
says = "B."
confidence = "K"
page = ["https://example.org/a", "https://example.org/b"]
shown_by = "a.rs::one"

[[rule]]
id = "later"
says = "C."
confidence = "D"
page = "https://example.org/a"
not_built = "the thing is not there"

[[rule]]
id = "open"
says = "D."
confidence = "UNCONFIRMED"
page = "https://example.org/a"
"#;

const CASES: &str = r#"{"defaults": {"confidence": "D"}, "cases": [
    {"id": "one", "rule": "by-case"},
    {"id": "two", "rule": ["open", "by-case"], "confidence": "UNCONFIRMED", "example": true}
]}"#;

const READINGS: &str = r#"
[[reading]]
id = "open-thing"
question = "Q?"
reading = "R."
closed = "C."
otherwise = "O."
rule = "open"
choice = "thing"
"#;

const CODE: &str = "/// UNCONFIRMED (open-thing)\n";

/// Puts `replacement` for `part` in one of the texts, and expects these findings.
fn check_with(part: &str, replacement: &str, expected: &[&str]) {
    let changed = |text: &str| text.replacen(part, replacement, 1);
    assert!(
        [RULES, CASES, READINGS, CODE, "thing"].iter().any(|text| text.contains(part)),
        "`{part}` is nowhere"
    );
    let code = TextFile { path: "crates/a/src/b.rs".to_owned(), text: changed(CODE) };
    let known = Known {
        groups: vec![registry::parse("rules/a.toml".to_owned(), &changed(RULES)).unwrap()],
        cases: cases::parse("cases/a.json", &changed(CASES)).unwrap(),
        readings: readings::parse(&changed(READINGS)).unwrap(),
        remarks: remarks::read(&[code]),
        choices: vec!["thing".to_owned()],
    };
    let text = |path: &str| (path == "a.rs").then(|| "#[test]\nfn one() {}\n".to_owned());
    let found: Vec<String> = of_data(&known, &text).iter().map(Finding::to_string).collect();
    assert_eq!(found, expected, "`{part}` as `{replacement}`");
}

#[test]
fn whole_data_is_in_order() {
    check_with("A.", "A.", &[]);
}

#[test]
fn what_is_wrong_is_found() {
    let list = "conformance/unconfirmed.toml: ";
    let rows: &[(&str, &str, &[&str])] = &[
        (
            r#"shown_by = "a.rs::one""#,
            "",
            &[
                "rules/a.toml: rule-not-shown: nothing shows rule `by-test`: it needs a case, a test in `shown_by`, or `not_built` with what it waits for",
            ],
        ),
        (
            "a.rs::one",
            "a.rs::two",
            &["rules/a.toml: rule-shown-by: rule `by-test`: `a.rs` has no test `two`"],
        ),
        ("a.rs::one", "b.rs::one", &["rules/a.toml: rule-shown-by: rule `by-test`: there is no file `b.rs`"]),
        (
            r#"id = "later""#,
            r#"id = "by-case""#,
            &[
                "rules/a.toml: rule-twice: rule `by-case` stands twice",
                "rules/a.toml: rule-not-built: rule `by-case` is shown and yet `not_built`",
            ],
        ),
        (
            r#"page = "https://example.org/a""#,
            "page = []",
            &["rules/a.toml: rule-page: rule `by-case` has no page, or one that is no address"],
        ),
        (
            r#""rule": "by-case""#,
            r#""rule": "no-such""#,
            &[
                "cases/a.json: unknown-rule: case `one` names rule `no-such`, which is not in `conformance/rules`",
            ],
        ),
        (
            r#"["open", "by-case"]"#,
            r#""by-case""#,
            &[
                "rules/a.toml: rule-not-shown: nothing shows rule `open`: it needs a case, a test in `shown_by`, or `not_built` with what it waits for",
                "cases/a.json: unconfirmed-case: case `two` is unconfirmed, and no reading in `conformance/unconfirmed.toml` is of its rules",
            ],
        ),
        (
            r#"rule = "open""#,
            r#"rule = "by-test""#,
            &[
                "cases/a.json: unconfirmed-case: case `two` is unconfirmed, and no reading in `conformance/unconfirmed.toml` is of its rules",
                &format!("{list}unconfirmed-rule: rule `open` is unconfirmed, and no reading is of it"),
            ],
        ),
        (
            r#"rule = "open""#,
            r#"rule = ["open", "no-such"]"#,
            &[&format!("{list}reading-rule: reading `open-thing` names rule `no-such`, which there is not")],
        ),
        (
            r#"rule = "open""#,
            r#"rule = ["open", "by-case"]"#,
            &[&format!(
                "{list}reading-rule: reading `open-thing` names rule `by-case`, which AWS is known to follow"
            )],
        ),
        (
            "(open-thing)",
            "(other)",
            &[
                "crates/a/src/b.rs:1: unconfirmed-remark: `other` is not in `conformance/unconfirmed.toml`",
                &format!(
                    "{list}unconfirmed-remark: no code remarks `UNCONFIRMED (open-thing)`: remove the entry, or say it where it is read so"
                ),
            ],
        ),
        (
            " (open-thing)",
            " (open-thing). UNCONFIRMED",
            &[
                "crates/a/src/b.rs:1: unconfirmed-remark: say which: `UNCONFIRMED (id)`, with an id of `conformance/unconfirmed.toml`",
            ],
        ),
        (
            r#"choice = "thing""#,
            "",
            &[&format!("{list}unconfirmed-choice: no reading is of `Choices::thing`")],
        ),
        (
            r#"choice = "thing""#,
            r#"choice = "other""#,
            &[
                &format!("{list}unconfirmed-choice: no reading is of `Choices::thing`"),
                &format!("{list}unconfirmed-choice: `Choices` has no field `other`"),
            ],
        ),
    ];
    for (part, replacement, expected) in rows {
        check_with(part, replacement, expected);
    }
}

#[test]
fn old_pages_are_found() {
    let rows = [
        (Some("a\nb\n"), "a\nb\n", None),
        (Some("a\nb\n"), "a\nc\n", Some(2)),
        (Some("a\n"), "a\nb\n", Some(2)),
        (Some("a"), "a\n", Some(2)),
        (None, "a\n", Some(1)),
    ];
    for (found, made, line) in rows {
        assert_eq!(stale("p.md", found, made).map(|finding| finding.line), line, "{found:?} {made:?}");
    }
}

#[test]
fn cases_need_their_members() {
    for (text, fault) in [
        (r#"{"cases": [{"id": "a", "confidence": "D"}]}"#, "cases/a.json: case `a` has no `rule`"),
        (r#"{"cases": [{"id": "a", "rule": "r"}]}"#, "cases/a.json: case `a` has no `confidence`"),
    ] {
        assert_eq!(cases::parse("cases/a.json", text).unwrap_err().to_string(), fault);
    }
}

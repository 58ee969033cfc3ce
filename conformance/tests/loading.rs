//! Faults in case files are errors that say what is wrong, never silence.

#![expect(clippy::unwrap_used, reason = "a test that cannot write its file has failed")]

use doorward_conformance::cases::{self, Unusable};

const CASE: &str = r#"{
    "id": "a", "title": "t", "rule": "r", "source": "https://example.org", "confidence": "D",
    "requester": {"user": {"account": "111111111111", "name": "ana"}},
    "action": "s3:GetObject", "resource": {"arn": "*", "account": "111111111111"},
    "expect": {"decision": "implicit_deny", "layer": "identity"}
}"#;

fn load(file: &str) -> Result<Vec<cases::Case>, Unusable> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("cases.json");
    std::fs::write(&path, file).unwrap();
    cases::load(&path)
}

/// Replaces one part of a good case and expects the fault to be named.
fn check(part: &str, replacement: &str, fault: &str) {
    assert!(CASE.contains(part), "the case has no `{part}`");
    let file = format!(r#"{{"cases": [{}]}}"#, CASE.replace(part, replacement));
    let error = load(&file).map(|cases| cases.len()).unwrap_err().to_string();
    assert!(error.contains(fault), "`{replacement}`: {error}");
    assert!(error.contains("case `a`"), "`{replacement}`: {error}");
}

#[test]
fn a_good_case_loads() {
    let [case] = &load(&format!(r#"{{"cases": [{CASE}]}}"#)).unwrap()[..] else { unreachable!() };
    assert_eq!((&case.rules[..], case.example), (&["r".to_owned()][..], false));
    let several = CASE.replace(r#""rule": "r""#, r#""rule": ["r", "s"], "example": true"#);
    let [case] = &load(&format!(r#"{{"cases": [{several}]}}"#)).unwrap()[..] else { unreachable!() };
    assert_eq!((&case.rules[..], case.example), (&["r".to_owned(), "s".to_owned()][..], true));
}

#[test]
fn faults_are_named() {
    for (part, replacement, fault) in [
        (r#""title": "t","#, r#""title": "t", "titel": "t","#, "unknown field `titel`"),
        (r#""title": "t","#, "", "missing field `title`"),
        (r#""confidence": "D""#, r#""confidence": "X""#, "unknown variant `X`"),
        (r#""rule": "r""#, r#""rule": """#, r#"rule: [""] is not one or several rules, each named once"#),
        (r#""rule": "r""#, r#""rule": []"#, "rule: [] is not one or several rules"),
        (r#""rule": "r""#, r#""rule": ["r", "s", "r"]"#, "is not one or several rules, each named once"),
        (r#""rule": "r""#, r#""rule": "r", "example": "yes""#, "expected a boolean"),
        (r#"{"user": {"account": "111111111111", "name": "ana"}}"#, r#""@ana""#, "no fixture `ana`"),
        (r#""name": "ana""#, r#""name": "ana", "nmae": """#, "unknown field `nmae`"),
        (r#"{"account": "111111111111", "name""#, r#"{"account": "1", "name""#, "account id `1`"),
        (r#""arn": "*", "account": "111111111111""#, r#""arn": "*""#, "missing field `account`"),
        (r#""layer": "identity""#, r#""grant": "identity""#, "a denial takes a `layer`"),
        (r#""implicit_deny""#, r#""allow""#, "`allow` takes a `grant`"),
        (
            r#""action""#,
            r#""policies": {"identity": [{"Statement": []}]}, "action""#,
            "policy `identity-0`: Syntax errors in policy.",
        ),
        (
            r#""action""#,
            r#""policies": {"boundary": {"document": {}, "nom": ""}}, "action""#,
            "unknown field `nom`",
        ),
        (r#""action""#, r#""policies": {"resource": {}, "trust": {}}, "action""#, "`resource` or `trust`"),
        (r#""action""#, r#""context": {"k": [{}]}, "action""#, "context key `k`"),
        (r#""action""#, r#""choices": {"plain_everyone": "maybe"}, "action""#, "unknown variant `maybe`"),
    ] {
        check(part, replacement, fault);
    }
}

#[test]
fn faults_of_files_are_named() {
    for (file, fault) in [
        ("{", "EOF"),
        (r#"{"cases": [], "caes": []}"#, "unknown field `caes`"),
        (r#"{"fixtures": {}}"#, "missing field `cases`"),
    ] {
        let error = load(file).map(|cases| cases.len()).unwrap_err().to_string();
        assert!(error.contains(fault), "`{file}`: {error}");
    }
    assert!(matches!(cases::load("/nowhere/cases.json".as_ref()), Err(Unusable::Unreadable { .. })));
}

#[test]
fn fixtures_may_not_run_in_circles() {
    let file = format!(
        r#"{{"fixtures": {{"a": "@b", "b": "@a"}}, "cases": [{}]}}"#,
        CASE.replace("s3:GetObject", "@a")
    );
    let error = load(&file).map(|cases| cases.len()).unwrap_err().to_string();
    assert!(error.contains("nested too deep"), "{error}");
}

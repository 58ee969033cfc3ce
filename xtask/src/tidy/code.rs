//! Rules about Rust source: names, re-exports, unfinished code, tests that do not test.

use super::Finding;
use crate::rust::{self, Part, Place, is_group, is_punct, is_word};
use crate::tree::TextFile;
use anyhow::{Context, Result};
use proc_macro2::{Delimiter, TokenTree};

/// Last words of type names that say nothing about the thing.
const EMPTY_WORDS: &[&str] =
    &["Manager", "Helper", "Util", "Utils", "Common", "Core", "Base", "Impl", "Info", "Data", "Handler"];

/// Words that begin the definition of a type.
const TYPE_WORDS: &[&str] = &["struct", "enum", "union", "trait", "type"];

/// Checks every Rust file, and sleeps in Python tests.
///
/// # Errors
/// When a `.rs` file is not Rust source.
pub fn check(files: &[TextFile]) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        file_name(file, &mut findings);
        ignored_doctests(file, &mut findings);
        let tokens = rust::tokens(&file.text).with_context(|| file.path.clone())?;
        rust::visit(tokens, rust::part_of_path(&file.path), &mut |place| {
            for rule in [unfinished, ignored_test, sleep, glob, getter, type_name] {
                let found = rule(file, place);
                findings.extend(
                    found.map(|(rule, text)| Finding::at(&file.path, rust::line(place.tokens), rule, text)),
                );
            }
        });
    }
    findings.extend(files.iter().filter(|file| file.has_ending("py")).flat_map(python_sleeps));
    Ok(findings)
}

type Found = Option<(&'static str, String)>;

fn unfinished(_: &TextFile, place: Place<'_>) -> Found {
    let [name, mark, ..] = place.tokens else { return None };
    let is_macro = is_punct(mark, '!') && (is_word(name, "todo") || is_word(name, "unimplemented"));
    is_macro.then(|| ("unfinished", format!("`{name}!`: finish it, or return an error that says so")))
}

fn ignored_test(_: &TextFile, place: Place<'_>) -> Found {
    let attribute = rust::attribute(place.tokens)?;
    let words: Vec<_> = attribute.stream().into_iter().collect();
    let conditional = words.first().is_some_and(|first| is_word(first, "cfg_attr"))
        && words
            .get(1)
            .and_then(|group| is_group(group, Delimiter::Parenthesis))
            .is_some_and(|group| group.stream().into_iter().any(|token| is_word(&token, "ignore")));
    let ignored = words.first().is_some_and(|first| is_word(first, "ignore"));
    (ignored || conditional)
        .then(|| ("ignored-test", "a test nobody runs: repair it or delete it".to_owned()))
}

fn sleep(_: &TextFile, place: Place<'_>) -> Found {
    let [name, call, ..] = place.tokens else { return None };
    let sleeps = place.part == Part::Test
        && (is_word(name, "sleep") || is_word(name, "sleep_until"))
        && is_group(call, Delimiter::Parenthesis).is_some();
    sleeps.then(|| {
        ("sleep-in-test", "a test must not sleep: wait for the event, or inject the time".to_owned())
    })
}

fn glob(_: &TextFile, place: Place<'_>) -> Found {
    let after = after_public(place.tokens)?;
    let globs = rust::imports(after).into_iter().filter(|path| path.last().is_some_and(|word| word == "*"));
    let first = globs.map(|path| path.join("::")).next()?;
    Some(("glob-re-export", format!("`pub use {first}`: name what is exported")))
}

fn getter(_: &TextFile, place: Place<'_>) -> Found {
    let after = after_public(place.tokens)?;
    let at = after.iter().take(4).position(|token| is_word(token, "fn"))?;
    let name = after.get(at + 1).and_then(rust::word)?;
    let rest = name.strip_prefix("get_")?;
    Some(("get-prefix", format!("`{name}`: call it `{rest}`")))
}

/// What follows `pub` or `pub(..)`.
fn after_public(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    let (first, rest) = tokens.split_first()?;
    if !is_word(first, "pub") {
        return None;
    }
    match rest.split_first() {
        Some((scope, rest)) if is_group(scope, Delimiter::Parenthesis).is_some() => Some(rest),
        _ => Some(rest),
    }
}

fn type_name(file: &TextFile, place: Place<'_>) -> Found {
    let [word, name, ..] = place.tokens else { return None };
    if file.is_generated() || !TYPE_WORDS.iter().any(|known| is_word(word, known)) {
        return None;
    }
    let name = rust::word(name)?;
    let empty = EMPTY_WORDS.iter().find(|empty| name.ends_with(*empty))?;
    Some(("empty-name", format!("`{name}`: `{empty}` says nothing, name the thing")))
}

fn file_name(file: &TextFile, findings: &mut Vec<Finding>) {
    let stem = file.stem();
    if EMPTY_WORDS.iter().any(|empty| stem.trim_end_matches('s').eq_ignore_ascii_case(empty)) {
        let text = format!("`{stem}` says nothing about what is in the file");
        findings.push(Finding::at(&file.path, 0, "empty-name", text));
    }
}

fn ignored_doctests(file: &TextFile, findings: &mut Vec<Finding>) {
    for (index, line) in file.text.lines().enumerate() {
        let line = line.trim_start();
        let fence = line.strip_prefix("//!").or_else(|| line.strip_prefix("///")).map(str::trim_start);
        let words = fence.and_then(|text| text.strip_prefix("```")).unwrap_or_default();
        if words.split(',').any(|word| word.trim() == "ignore") {
            let text = "an example nobody runs: make it run, or mark it `text`";
            findings.push(Finding::at(&file.path, index + 1, "ignored-test", text));
        }
    }
}

fn python_sleeps(file: &TextFile) -> Vec<Finding> {
    let sleeps = file.text.lines().enumerate().filter(|(_, line)| line.contains("time.sleep("));
    let text = "a test must not sleep: wait for the event";
    sleeps.map(|(index, _)| Finding::at(&file.path, index + 1, "sleep-in-test", text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_source(path: &str, source: &str) -> Vec<String> {
        let file = TextFile { path: path.to_owned(), text: source.to_owned() };
        let rules = |finding: Finding| format!("{} {}", finding.line, finding.rule);
        check(&[file]).unwrap().into_iter().map(rules).collect()
    }

    #[test]
    fn rules() {
        let rows: &[(&str, &str, &[&str])] = &[
            ("a.rs", "fn a() { todo!() }", &["1 unfinished"]),
            ("a.rs", "fn a() {\n unimplemented!(\"b\") }", &["2 unfinished"]),
            ("a.rs", "fn todo() { \"todo!\"; } // todo!()", &[]),
            ("a.rs", "#[test]\n#[ignore]\nfn a() {}", &["2 ignored-test"]),
            ("a.rs", "#[ignore = \"slow\"] fn a() {}", &["1 ignored-test"]),
            ("a.rs", "#[cfg_attr(unix, ignore)] fn a() {}", &["1 ignored-test"]),
            ("a.rs", "#[serde(ignore)] struct A;", &[]),
            ("a.rs", "/// ```ignore\n/// x\n/// ```\nfn a() {}", &["1 ignored-test"]),
            ("a.rs", "//! ```rust,ignore\n//! ```", &["1 ignored-test"]),
            ("a.rs", "//! ```no_run\n//! ```", &[]),
            ("tests/a.rs", "fn a() { std::thread::sleep(x) }", &["1 sleep-in-test"]),
            (
                "a.rs",
                "#[cfg(test)] mod tests { async fn a() { tokio::time::sleep(x).await } }",
                &["1 sleep-in-test"],
            ),
            ("a.rs", "fn a() { std::thread::sleep(x) }", &[]),
            ("tests/a.py", "import time\ntime.sleep(1)\n", &["2 sleep-in-test"]),
            ("a.rs", "pub use other::*;", &["1 glob-re-export"]),
            ("a.rs", "pub(crate) use other::{a, deep::*};", &["1 glob-re-export"]),
            ("a.rs", "use other::*; pub use other::a;", &[]),
            ("a.rs", "pub fn get_name() {}", &["1 get-prefix"]),
            ("a.rs", "impl A { pub(crate) async fn get_name() {} }", &["1 get-prefix"]),
            ("a.rs", "fn get_name() {} pub fn together() {} pub struct A { get_x: u8 }", &[]),
            ("a.rs", "struct RoleManager;", &["1 empty-name"]),
            ("a.rs", "macro_rules! m { () => { enum UserInfo {} } }", &["1 empty-name"]),
            ("a.rs", "trait Core {}", &["1 empty-name"]),
            ("a.rs", "struct Metadata; struct Score; struct Database;", &[]),
            ("crates/wire/src/shapes/iam.rs", "struct UserInfo;", &[]),
            ("src/util.rs", "", &["0 empty-name"]),
            ("src/helpers.rs", "", &["0 empty-name"]),
            ("src/database.rs", "", &[]),
        ];
        for (path, source, expected) in rows {
            assert_eq!(check_source(path, source), *expected, "{path}: {source}");
        }
    }

    #[test]
    fn what_is_not_rust_is_an_error() {
        let file = TextFile { path: "a.rs".to_owned(), text: "fn a() { (".to_owned() };
        assert!(format!("{:#}", check(&[file]).unwrap_err()).starts_with("a.rs: line "));
    }
}

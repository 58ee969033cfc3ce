//! Rules about files as plain text: size, white space, marks of unfinished work.

use super::Finding;
use crate::tree::TextFile;

/// Lines a file may have, unless it is generated.
const FILE_LINES_MAX: usize = 1_000;

/// Words that mark unfinished work. It belongs into an issue.
const UNFINISHED: &[&str] = &["TODO", "FIXME", "XXX", "HACK"];

/// Checks every file.
pub fn check(files: &[TextFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        size(file, &mut findings);
        white_space(file, &mut findings);
        unfinished(file, &mut findings);
    }
    findings
}

fn size(file: &TextFile, findings: &mut Vec<Finding>) {
    let lines = file.text.lines().count();
    if lines > FILE_LINES_MAX && !file.is_generated() {
        let text = format!("{lines} lines, {FILE_LINES_MAX} are allowed: split it by idea");
        findings.push(Finding::at(&file.path, 0, "lines", text));
    }
}

fn white_space(file: &TextFile, findings: &mut Vec<Finding>) {
    for (index, line) in file.text.split('\n').enumerate() {
        if line.ends_with([' ', '\t', '\r']) {
            findings.push(Finding::at(&file.path, index + 1, "white-space", "white space ends the line"));
        }
    }
    if !file.text.is_empty() && !file.text.ends_with('\n') {
        findings.push(Finding::at(&file.path, 0, "final-newline", "the last line does not end"));
    }
    if file.text.ends_with("\n\n") {
        findings.push(Finding::at(&file.path, 0, "final-newline", "the file ends in empty lines"));
    }
}

fn unfinished(file: &TextFile, findings: &mut Vec<Finding>) {
    for (index, line) in file.text.lines().enumerate() {
        let is_separator = |c: char| !c.is_alphanumeric() && c != '_';
        let mark = line.split(is_separator).find(|word| UNFINISHED.contains(word));
        if let Some(mark) = mark {
            let text = format!("`{mark}`: finish it, or open an issue");
            findings.push(Finding::at(&file.path, index + 1, "unfinished", text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_text(path: &str, text: &str) -> Vec<String> {
        let file = TextFile { path: path.to_owned(), text: text.to_owned() };
        check(&[file]).into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn texts() {
        let long = "x\n".repeat(1_001);
        let rows: &[(&str, &str, &[&str])] = &[
            ("a.rs", "fn a() {}\n", &[]),
            ("a.rs", "", &[]),
            ("a.rs", &"x\n".repeat(1_000), &[]),
            ("a.rs", &long, &["a.rs: lines: 1001 lines, 1000 are allowed: split it by idea"]),
            ("crates/wire/src/shapes/iam.rs", &long, &[]),
            (
                "a.md",
                "a \nb\t\n",
                &[
                    "a.md:1: white-space: white space ends the line",
                    "a.md:2: white-space: white space ends the line",
                ],
            ),
            ("a.md", "a\r\n", &["a.md:1: white-space: white space ends the line"]),
            ("a.md", "a", &["a.md: final-newline: the last line does not end"]),
            ("a.md", "a\n\n", &["a.md: final-newline: the file ends in empty lines"]),
            ("a.py", "a\n# TODO: b\n", &["a.py:2: unfinished: `TODO`: finish it, or open an issue"]),
            ("a.rs", "// FIXME(me)\n", &["a.rs:1: unfinished: `FIXME`: finish it, or open an issue"]),
            ("a.rs", "// TODOS and mastodons\n", &[]),
        ];
        for (path, text, expected) in rows {
            assert_eq!(check_text(path, text), *expected, "{path}: {text:.40}");
        }
    }
}

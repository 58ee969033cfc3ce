//! Remarks in the code: `UNCONFIRMED (id)`, and the choices that a configuration may make.

use crate::tree::TextFile;
use std::collections::BTreeMap;

/// The word that marks what AWS leaves open.
const MARK: &str = "UNCONFIRMED";

/// Where the choices are.
pub(super) const CHOICES_FILE: &str = "crates/policy/src/request.rs";

/// The remarks of all crates, each with file and line, by id; those without an id under the empty text.
pub(super) fn read(files: &[TextFile]) -> BTreeMap<String, Vec<(String, usize)>> {
    let mut remarks: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
    let ours = |file: &&TextFile| file.path.starts_with("crates/") && file.path.contains("/src/");
    for file in files.iter().filter(ours).filter(|file| file.is_rust()) {
        for (index, line) in file.text.lines().enumerate() {
            for after in line.split(MARK).skip(1) {
                remarks.entry(id(after)).or_default().push((file.path.clone(), index + 1));
            }
        }
    }
    remarks
}

/// The id after the word: small letters and hyphens in brackets. Empty where there is none.
fn id(after: &str) -> String {
    let bracketed = after.strip_prefix(" (").and_then(|rest| rest.split_once(')')).map(|(id, _)| id);
    let is_id = |id: &&str| id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    bracketed.filter(is_id).unwrap_or_default().to_owned()
}

/// The fields of `Choices`.
pub(super) fn choices(files: &[TextFile]) -> Vec<String> {
    let Some(file) = files.iter().find(|file| file.path == CHOICES_FILE) else { return Vec::new() };
    let body = file.text.lines().skip_while(|line| !line.starts_with("pub struct Choices {")).skip(1);
    let fields = body.take_while(|line| !line.starts_with('}'));
    let name = |line: &str| {
        let (name, _) = line.trim().strip_prefix("pub ")?.split_once(':')?;
        Some(name.to_owned())
    };
    fields.filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> TextFile {
        TextFile { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn remarks_have_ids() {
        type Ids = &'static [(&'static str, usize)];
        let rows: &[(&str, &str, Ids)] = &[
            ("crates/a/src/b.rs", "//! x\n// UNCONFIRMED (short-arn).\n", &[("short-arn", 2)]),
            ("crates/a/src/b.rs", "/// UNCONFIRMED (a), and UNCONFIRMED (b)\n", &[("a", 1), ("b", 1)]),
            ("crates/a/src/b.rs", "/// UNCONFIRMED by AWS\n", &[("", 1)]),
            ("crates/a/src/b.rs", "/// UNCONFIRMED (Not an id)\n", &[("", 1)]),
            ("crates/a/src/b.rs", "/// UNCONFIRMED ()\n", &[("", 1)]),
            ("crates/a/src/b.rs", "/// confirmed\n", &[]),
            ("crates/a/tests/b.rs", "/// UNCONFIRMED\n", &[]),
            ("conformance/src/cases.rs", "/// UNCONFIRMED\n", &[]),
            ("crates/a/src/b.md", "UNCONFIRMED\n", &[]),
        ];
        for (path, text, expected) in rows {
            let remarks = read(&[file(path, text)]);
            let found: Vec<(&str, usize)> = remarks
                .iter()
                .flat_map(|(id, places)| places.iter().map(|(_, line)| (id.as_str(), *line)))
                .collect();
            assert_eq!(found, *expected, "{path}: {text}");
        }
    }

    #[test]
    fn choices_are_fields() {
        let text = "pub struct Other {\n    pub x: u8,\n}\npub struct Choices {\n    /// A.\n    pub a_b: Limit,\n    pub c: X,\n}\n";
        assert_eq!(choices(&[file(CHOICES_FILE, text)]), ["a_b", "c"]);
        assert!(choices(&[file("crates/policy/src/other.rs", text)]).is_empty());
    }
}

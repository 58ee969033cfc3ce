//! Whether a test that a rule names exists.

use serde_json::Value;

/// Lines above a function in which its `#[test]` must stand.
const ATTRIBUTE_LINES_MAX: usize = 4;

/// What is wrong with a reference `file::name`, if anything. `text` answers with a file's text.
pub(super) fn fault(reference: &str, text: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let Some((path, name)) = reference.rsplit_once("::") else {
        return Some(format!("`{reference}` is not `file::test`"));
    };
    let Some(text) = text(path) else { return Some(format!("there is no file `{path}`")) };
    let found = match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("rs") => has_rust_test(&text, name),
        Some("py") => text.lines().any(|line| line.starts_with(&format!("def {name}("))),
        Some("json") => has_document(&text, name),
        _ => false,
    };
    (!found).then(|| format!("`{path}` has no test `{name}`"))
}

/// Whether Rust source has a test of this name.
fn has_rust_test(text: &str, name: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let definition = format!("fn {name}(");
    lines.iter().enumerate().filter(|(_, line)| line.starts_with(&definition)).any(|(index, _)| {
        let above = lines.get(index.saturating_sub(ATTRIBUTE_LINES_MAX)..index).unwrap_or_default();
        above.contains(&"#[test]")
    })
}

/// Whether a file of documents has one with this id.
fn has_document(text: &str, id: &str) -> bool {
    let file: Value = serde_json::from_str(text).unwrap_or(Value::Null);
    let documents = file.get("documents").and_then(Value::as_array);
    documents.into_iter().flatten().any(|document| document.get("id").and_then(Value::as_str) == Some(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        let text = |path: &str| {
            match path {
            "a.rs" => Some(
                "#[test]\nfn one() {}\n#[test]\n#[expect(x)]\nfn two() {}\nfn three() {}\n\n\n\nfn four() {}\n"
                    .to_owned(),
            ),
            "a.py" => Some("def test_one():\n    def test_two():\n".to_owned()),
            "a.json" => Some(r#"{"documents": [{"id": "one"}]}"#.to_owned()),
            "b.json" => Some("not JSON".to_owned()),
            "a.md" => Some("one".to_owned()),
            _ => None,
        }
        };
        let rows = [
            ("a.rs::one", None),
            ("a.rs::two", None),
            ("a.rs::four", Some("`a.rs` has no test `four`")),
            ("a.rs::on", Some("`a.rs` has no test `on`")),
            ("a.py::test_one", None),
            ("a.py::test_two", Some("`a.py` has no test `test_two`")),
            ("a.json::one", None),
            ("a.json::two", Some("`a.json` has no test `two`")),
            ("b.json::one", Some("`b.json` has no test `one`")),
            ("a.md::one", Some("`a.md` has no test `one`")),
            ("c.rs::one", Some("there is no file `c.rs`")),
            ("one", Some("`one` is not `file::test`")),
        ];
        for (reference, expected) in rows {
            assert_eq!(fault(reference, &text).as_deref(), expected, "{reference}");
        }
    }
}

//! The documents of `conformance/documents`: what AWS, or where its answer is not on record we, say to each.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use doorward_policy::{Document, Kind, trust};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "source")]
    _source: String,
    kind: String,
    documents: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    /// The kind of policy, where it is not the file's.
    kind: Option<String>,
    document: String,
    /// The text of the refusal; `None` where the document is accepted.
    message: Option<String>,
    /// Part of our own words, where AWS's say too little to tell faults apart.
    detail: Option<String>,
    #[serde(rename = "source")]
    _source: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

fn kind(name: &str) -> Kind {
    match name {
        "managed" => Kind::Managed,
        "inline" => Kind::Inline,
        "trust" => Kind::Trust,
        "session" => Kind::Session,
        "resource" => Kind::Resource,
        "service-control" => Kind::ServiceControl,
        "resource-control" => Kind::ResourceControl,
        "endpoint" => Kind::Endpoint,
        _ => panic!("no kind of policy is called `{name}`"),
    }
}

/// Parses as a service would when the document is written: the guard on shared providers included.
fn written(text: &str, kind: Kind) -> Result<Document, doorward_policy::Malformed> {
    let document = Document::parse(text, kind)?;
    trust::shared_provider_guard(&document)?;
    Ok(document)
}

fn check(name: &str, at_least: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/documents").join(name);
    let file: File = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(file.documents.len() >= at_least, "{name} has {} documents", file.documents.len());
    let mut ids = std::collections::HashSet::new();
    let mut failures = Vec::new();
    for case in &file.documents {
        assert!(ids.insert(&case.id), "{name}: `{}` twice", case.id);
        let result = written(&case.document, kind(case.kind.as_deref().unwrap_or(&file.kind)));
        let (message, detail) = match &result {
            Ok(_) => (None, String::new()),
            Err(malformed) => (Some(malformed.message.as_str()), malformed.detail.clone()),
        };
        if message != case.message.as_deref() {
            failures.push(format!("{}: {message:?} ({detail}) instead of {:?}", case.id, case.message));
        }
        if let Some(expected) = &case.detail
            && !detail.contains(expected)
        {
            failures.push(format!("{}: detail `{detail}` instead of `{expected}`", case.id));
        }
    }
    assert!(failures.is_empty(), "{name}:\n{}", failures.join("\n"));
}

#[test]
fn identity_policies() {
    check("identity.json", 132);
}

#[test]
fn trust_policies() {
    check("trust.json", 130);
}

#[test]
fn other_policies() {
    check("more.json", 90);
}

//! Certificates, SSH keys and credentials for services, asked for through the door.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

#[path = "../door/mod.rs"]
mod door;
mod permissions;
mod server;
mod services;
mod signing;
mod ssh;
mod token_version;

use std::path::Path;

use crate::door::{Answer, Door, Keys};

/// When everything in these tests is made, as answers write it.
const BEGINNING: &str = "2026-11-22T10:00:00Z";

/// One of the certificates and keys of `conformance/certificates`, or several.
fn pem(files: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/certificates");
    files.split('+').map(|file| std::fs::read_to_string(folder.join(file)).unwrap()).collect()
}

/// Sends a request written as `GetUser UserName=ana`; a value such as `{root.pem}` or `{a.pem+b.pem}` stands for files.
fn send(door: &Door, keys: &Keys, request: &str) -> Answer {
    let mut words = request.split(' ');
    let operation = format!("iam:{}", words.next().unwrap());
    let filled = |value: &str| match value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        Some(files) => pem(files),
        None => value.to_owned(),
    };
    let pairs = words.map(|word| word.split_once('=').unwrap());
    let parameters: Vec<(&str, String)> = pairs.map(|(name, value)| (name, filled(value))).collect();
    let parameters: Vec<(&str, &str)> = parameters.iter().map(|(name, value)| (*name, &**value)).collect();
    door.call(keys, &operation, &parameters)
}

/// Sends requests one after the other and compares what comes of each: `ok`, or status, code and text of the refusal.
#[track_caller]
fn check(door: &Door, keys: &Keys, rows: &[(&str, &str)]) {
    for (request, expected) in rows {
        let answer = send(door, keys, request);
        assert_eq!(answer.outcome(), *expected, "{request}\n{}", answer.xml);
    }
}

/// The texts of the elements called `element` on all pages of a list that is asked for one by one.
#[track_caller]
fn pages(door: &Door, keys: &Keys, request: &str, element: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut answer = send(door, keys, &format!("{request} MaxItems=1")).ok();
    loop {
        pages.push(answer.texts(element));
        if answer.text("IsTruncated") == "false" {
            assert!(!answer.has("Marker"));
            return pages;
        }
        answer = send(door, keys, &format!("{request} MaxItems=1 Marker={}", answer.text("Marker"))).ok();
    }
}

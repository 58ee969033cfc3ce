//! Groups, instance profiles, access keys and the account, asked for through the door.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

mod access_keys;
mod account;
mod authorization_details;
mod credential_reports;
#[path = "../door/mod.rs"]
mod door;
mod groups;
mod instance_profiles;
mod linked_roles;
mod permissions;
mod service_access;
mod updates;

use crate::door::{Answer, Door, Keys};

/// Sends a request written as `GetGroup GroupName=admins MaxItems=2`.
fn send(door: &Door, keys: &Keys, request: &str) -> Answer {
    let mut words = request.split(' ');
    let operation = format!("iam:{}", words.next().unwrap());
    let parameters: Vec<(&str, &str)> = words.map(|word| word.split_once('=').unwrap()).collect();
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

/// The texts of the elements called `element` on all pages of a list that is asked for two by two. `between` is called
/// after each page.
#[track_caller]
fn pages(
    door: &Door,
    keys: &Keys,
    request: &str,
    element: &str,
    mut between: impl FnMut(),
) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut answer = send(door, keys, &format!("{request} MaxItems=2")).ok();
    loop {
        pages.push(answer.texts(element));
        if answer.text("IsTruncated") == "false" {
            assert!(!answer.has("Marker"));
            return pages;
        }
        between();
        let marker = answer.text("Marker");
        answer = send(door, keys, &format!("{request} MaxItems=2 Marker={marker}")).ok();
    }
}

/// When everything in these tests is made, as answers write it.
const BEGINNING: &str = "2026-11-22T10:00:00Z";

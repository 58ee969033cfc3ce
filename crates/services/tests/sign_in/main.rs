//! Passwords and second factors, asked for through the door.
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
mod mfa;
mod password_policy;
mod passwords;
mod second_factor;

use crate::door::{Answer, Door, Keys};

/// Sends a request of IAM written as `GetGroup GroupName=admins MaxItems=2`.
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

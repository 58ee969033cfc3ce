//! Account properties and role templates, asked for through the door.
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
mod properties;
mod templates;

use crate::door::{Answer, Door, Keys};

/// Sends a request written as `GetRole RoleName=ci`.
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

/// A policy that allows an action on a resource where one condition key equals a value.
fn allows_if(action: &str, resource: &str, key: &str, value: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"{action}","Resource":"{resource}","Condition":{{"ForAllValues:StringEquals":{{"{key}":"{value}"}},"Null":{{"{key}":"false"}}}}}}}}"#
    )
}

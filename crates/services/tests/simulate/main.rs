//! The policy simulator, the context keys of policies, and what is known of their use, through the door.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

mod context_keys;
#[path = "../door/mod.rs"]
mod door;
mod given;
mod last_accessed;
mod last_used;
mod resources;
mod stored;

use crate::door::{Answer, Door, Keys};

/// The parameters of a request.
pub type Parameters<'a> = &'a [(&'a str, &'a str)];

/// Allows reading and denies one bucket: two statements, on lines of their own.
pub const TWO: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"},
    {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::secret/*"}
  ]
}"#;

/// Asks for a simulation.
pub fn simulate(door: &Door, keys: &Keys, kind: &str, parameters: Parameters<'_>) -> Answer {
    door.call(keys, &format!("iam:Simulate{kind}Policy"), parameters)
}

/// Checks what the elements of these names say, each in order, joined by commas; `-` where there is none.
#[track_caller]
pub fn check(answer: &Answer, fields: &[(&str, &str)]) {
    assert_eq!(answer.outcome(), "ok");
    for (name, texts) in fields {
        let found = if answer.has(name) { answer.texts(name).join(",") } else { "-".to_owned() };
        assert_eq!(found, *texts, "<{name}> of {}", answer.xml);
    }
}

/// Who acts as root.
pub fn root() -> (Door, Keys) {
    let door = Door::new();
    let root = door.root();
    (door, root)
}

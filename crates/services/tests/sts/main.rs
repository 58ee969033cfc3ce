//! STS, seen from outside.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

mod cast;
#[path = "../door/mod.rs"]
mod door;
mod durations;
mod identity;
mod message;
mod session_policies;
mod session_tags;
mod source_identity;
mod tokens;
mod trust;

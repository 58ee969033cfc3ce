//! What the gate lets in and what it turns away, seen from outside.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

mod clock;
mod context;
mod credentials;
#[path = "../door/mod.rs"]
mod door;
mod newest;
mod policies;
mod signing_keys;
mod unique_ids;

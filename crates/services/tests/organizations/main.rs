//! Organizations, asked for through the door, and what its policies do to everything else that is asked.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

mod accounts;
mod administrators;
mod delegation;
#[path = "../door/mod.rs"]
mod door;
mod enforcement;
mod handshakes;
mod itself;
mod keys;
mod many;
mod permissions;
mod policies;
mod tags;
mod tree;
mod world;

//! Temporary delegation, asked for through the door.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

mod creating;
#[path = "../door/mod.rs"]
mod door;
mod permissions;
mod reading;
mod trading;

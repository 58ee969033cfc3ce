//! Managed and inline policies, attachments, boundaries and tags, through the door.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

mod attachments;
mod aws_managed;
mod boundaries;
mod conditions;
#[path = "../door/mod.rs"]
mod door;
mod inline;
mod managed;
mod paging;
mod permissions;
mod tags;
mod versions;
mod world;

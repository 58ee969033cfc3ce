//! The command as a process: started, asked, stopped and killed, on 127.0.0.1.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "these are tests")]

mod administration;
mod bad_input;
mod client;
mod configuration;
mod durability;
mod formats;
mod lifecycle;
mod organizations;
mod process;
mod tls;

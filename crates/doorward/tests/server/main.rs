//! The command as a process: started, asked, stopped and killed, on 127.0.0.1.

mod administration;
mod bad_input;
mod client;
mod configuration;
mod durability;
mod lifecycle;
mod process;
mod tls;

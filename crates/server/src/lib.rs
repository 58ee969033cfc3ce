//! The doors: HTTP and TLS, the AWS API, and the administrative door, all on one address.
//!
//! A request is read here, within limits, and handed down; what comes back is written out. Which operation a request
//! asks for is told by its parameters, and who may ask is for the gate to say: nothing is decided here.
//!
//! The callers of this crate are synchronous, as everything below it is. It runs threads of its own: one that accepts
//! connections, one per processor that serves them, and a bounded pool for what waits for the disk.
//!
//! What it is not: it does not read configuration, open stores, or speak on the terminal; the command does.
//!
//! Reading order: [`limits`]; [`state`], which requests are answered from; [`listen`], `connection` and [`drain`], how they
//! come in, and how that ends; `route`, where they go; `query`, `json` and [`administration`], the doors; [`tls`],
//! [`signals`], [`metrics`]; and [`client`], for the command, which asks servers.

pub mod administration;
mod backup;
pub mod client;
mod connection;
pub mod drain;
mod json;
pub mod limits;
pub mod listen;
pub mod metrics;
mod newest;
mod notices;
mod query;
mod received;
mod reply;
mod rotation;
mod route;
pub mod signals;
pub mod state;
pub mod tls;
mod trace;
mod uses;
mod web_identity;
mod writes;

pub use listen::{Address, Running, start};
pub use newest::Reads;
pub use signals::Signals;
pub use state::State;
pub use tls::Encryption;

//! The service models, as declarations. `cargo xtask generate` writes everything below this file.

#[rustfmt::skip]
pub mod iam;
#[rustfmt::skip]
pub mod organizations;
#[rustfmt::skip]
pub mod sts;

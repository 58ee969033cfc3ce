//! The operations of IAM, STS and Organizations: what each asks to be allowed, and what it does.
//!
//! An operation is one `impl` of [`Operation`] on the type that `wire` generated for it, and one row of the table in
//! [`table`]. Everything else, decoding, authentication, authorization, encoding, errors, the coverage page, reads that row.
//!
//! Reading order: [`operation`], [`call`], [`table`], then any file under `iam/`, `organizations/` or `sts/`.

pub mod call;
mod fault;
pub(crate) mod iam;
pub mod operation;
mod organizations;
mod sts;
pub mod table;

pub use call::Call;
pub use operation::{Access, Operation, Unsigned};
pub use table::{Parameters, Request, Row, row};

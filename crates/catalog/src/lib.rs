//! Facts about AWS's services, generated from public sources: so far, AWS's managed policies.
//!
//! This crate is words. It says what AWS offers and knows nothing of accounts, attachments or decisions. Its tables are
//! written by `cargo xtask generate`; what they take is names, times and documents, no prose.
//!
//! ```
//! let policy = doorward_catalog::policies::named("ReadOnlyAccess").ok_or("AWS has it")?;
//! assert_eq!(policy.arn(), "arn:aws:iam::aws:policy/ReadOnlyAccess");
//! assert!(policy.document()?.starts_with('{'));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Reading order: [`policies`].

pub mod policies;

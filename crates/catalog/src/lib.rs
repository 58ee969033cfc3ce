//! Facts about AWS's services, generated from public sources: AWS's managed policies, and the roles that are
//! linked to services.
//!
//! This crate is words. It says what AWS offers and knows nothing of accounts, attachments or decisions. The
//! table of policies is written by `cargo xtask generate`; what it takes is names, times and documents, no prose.
//!
//! ```
//! let policy = doorward_catalog::policies::named("ReadOnlyAccess").ok_or("AWS has it")?;
//! assert_eq!(policy.arn(), "arn:aws:iam::aws:policy/ReadOnlyAccess");
//! assert!(policy.document()?.starts_with('{'));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Reading order: [`policies`], [`service_linked_roles`], [`role_templates`].

pub mod policies;
pub mod role_templates;
pub mod service_linked_roles;

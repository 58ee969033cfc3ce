//! Who there is: accounts, users, groups, roles, policies and keys.
//!
//! A [`Directory`] keeps them in a store and answers from memory. A request takes one [`Snapshot`] and reads nothing
//! else, so whatever it decides, it decides on one state of the world. A change is planned on a snapshot by functions of
//! [`change`], one per operation, and committed as one transaction if everything it relied on still is as it was.
//!
//! It holds what AWS's IAM holds, under AWS's rules, with AWS's refusals ([`refusal`]). It does not decide who may do
//! what, and knows nothing of requests, signatures or the wire.
//!
//! ```
//! use std::sync::Arc;
//!
//! use doorward_directory::bootstrap::{FirstStart, bootstrap};
//! use doorward_directory::change::{attachments, policies, users, Holder};
//! use doorward_directory::random::SystemRandom;
//! use doorward_directory::seal::{MasterKey, Sealer};
//! use doorward_directory::{Directory, Limits, Name, Opening, Path, STALENESS_MAX};
//! use doorward_store::Memory;
//!
//! let random = Arc::new(SystemRandom);
//! let sealer = Arc::new(Sealer::new(&MasterKey::from_bytes([7; 32]), random.clone())?);
//! let store = Arc::new(Memory::default());
//! let (limits, staleness_max) = (Limits::default(), STALENESS_MAX);
//! let directory = Directory::open(Opening { store, sealer, limits, random, staleness_max })?;
//!
//! let account = "123456789012".parse()?;
//! let now = "2026-11-22T10:00:00Z".parse()?;
//! let first = FirstStart { account, account_name: "example".into(), root_key: None };
//! bootstrap(&directory, &first, now)?;
//!
//! let document = r#"{"Version": "2012-10-17",
//!     "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"#;
//! let (user, revision) = directory.change(now, |draft| {
//!     let (name, path) = (Name::new("read")?, Path::root());
//!     let read = policies::NewPolicy { name, path, document, description: None, tags: &[] };
//!     let read = policies::create(draft, account, &read)?;
//!     let alice = users::NewUser { name: Name::new("Alice")?, path: Path::root(), tags: &[], boundary: None };
//!     let alice = users::create(draft, account, &alice)?;
//!     attachments::attach(draft, account, Holder::User("alice"), &read.arn())?;
//!     Ok(alice)
//! })?;
//!
//! let snapshot = directory.snapshot();
//! assert!(snapshot.revision() >= revision);
//! assert_eq!(snapshot.user(account, "alice").map(|user| user.arn()), Some(user.arn()));
//! let permissions = snapshot.user_permissions(user.id).ok_or("she is there")??;
//! assert_eq!(permissions.identity.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Reading order: [`unique_id`], [`name`], [`tags`] and [`text`] are what entities are made of; [`account`],
//! [`identity`], [`managed`], [`access_key`], [`certificate`], [`ssh_key`], [`service_credential`], [`password`], [`mfa`],
//! [`provider`], [`issuer`], [`linked`], [`properties`], [`role_template`], [`delegation`] and [`organization`] the entities;
//! [`usage`] and [`reports`] what is known of their use; `keys` and `record` how they are stored; [`snapshot`] how they are
//! read; [`change`] how they are written, within [`limits`]; [`directory`] ties them to a store; [`bootstrap`]
//! is how it begins, [`seal`] how secrets are kept, and [`keyring`] under which keys.

pub mod access_key;
pub mod account;
pub mod bootstrap;
pub mod certificate;
pub mod change;
pub mod credential_report;
pub mod delegation;
pub mod directory;
pub mod format;
pub mod identity;
pub mod integrity;
pub mod issuer;
pub mod keyring;
mod keys;
pub mod limits;
pub mod linked;
pub mod managed;
pub mod mfa;
pub mod migration;
pub mod name;
pub mod organization;
pub mod password;
pub mod portable;
pub mod properties;
pub mod provider;
pub mod random;
mod record;
pub mod refusal;
pub mod reports;
pub mod role_template;
#[cfg(any(test, feature = "sample"))]
pub mod sample;
pub mod seal;
pub mod service_credential;
pub mod snapshot;
mod ssh;
pub mod ssh_key;
pub mod tags;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod text;
pub mod unique_id;
pub mod usage;
mod words;
mod x509;

pub use directory::{Directory, Opening, STALENESS_MAX};
pub use doorward_store::Revision;
pub use limits::Limits;
pub use name::{Name, Path};
pub use refusal::Refusal;
pub use snapshot::{Entity, Listing, Page, Permissions, Snapshot, Stored};
pub use tags::{Tag, Tags};
pub use text::PolicyText;
pub use unique_id::UniqueId;

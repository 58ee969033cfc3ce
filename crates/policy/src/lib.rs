//! The AWS policy language: parsed once into types with source spans, printed back byte-stable.
//!
//! This crate is words, not judgement. It says what a policy *document* is ([`Document`] and what it is made of),
//! what a *question* is ([`request`]: who asks, for which action, on which resource, in which context, under which
//! policies) and what an *answer* is ([`explain`]: the decision, its reason, and the checks that led to it).
//! Whether a question is answered with yes is the engine's business, and the reference model's; neither is here.
//! Nothing in this crate reads a clock, a file, or the network.
//!
//! ```
//! use doorward_policy::{Document, Effect, Kind, Position};
//!
//! let text = r#"{
//!   "Version": "2012-10-17",
//!   "Statement": {
//!     "Effect": "Allow",
//!     "Action": "s3:GetObject",
//!     "Resource": "arn:aws:s3:::home/${aws:username}/*"
//!   }
//! }"#;
//! let document = Document::parse(text, Kind::Managed)?;
//! let statement = &document.statements[0];
//! assert_eq!(statement.effect, Effect::Allow);
//! assert_eq!(Position::at(text, statement.span.start).to_string(), "3:16");
//! assert_eq!(
//!     document.canonical(),
//!     r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::home/${aws:username}/*"}]}"#,
//! );
//!
//! // What AWS refuses is refused in AWS's words, with the place and a word of our own.
//! let malformed = Document::parse(&text.replace("s3:GetObject", "GetObject"), Kind::Managed).unwrap_err();
//! assert_eq!(malformed.message, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
//! assert_eq!(malformed.detail, "action `GetObject` does not begin with a service and a colon");
//! # Ok::<(), doorward_policy::Malformed>(())
//! ```
//!
//! Reading order: [`document`], [`principal`], [`action`], [`resource`], [`template`], [`condition`], [`value`],
//! [`limits`], [`trust`], [`request`], [`explain`].

pub mod account;
pub mod action;
pub mod arn;
pub mod condition;
pub mod document;
mod draft;
mod effort;
pub mod explain;
mod fault;
mod identity;
mod json;
pub mod key;
pub mod limits;
mod organization;
mod parse;
pub mod principal;
mod print;
mod read;
pub mod request;
pub mod resource;
mod resource_policy;
pub mod span;
mod swar;
pub mod template;
pub mod text;
pub mod trust;
pub mod value;

pub use account::AccountId;
pub use action::{ActionClause, ActionPattern};
pub use arn::Arn;
pub use condition::{Comparison, ConditionTest, ConditionValue, Operator, Qualifier};
pub use document::{Document, Effect, Kind, Malformed, Statement, Version};
pub use key::ContextKey;
pub use principal::{Principal, PrincipalClause, PrincipalEntry};
pub use resource::{ArnHead, ResourceClause, ResourceForm, ResourcePattern};
pub use span::{Places, Position, Span};
pub use template::{Part, Template};
pub use text::Text;

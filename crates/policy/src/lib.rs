//! The AWS policy language: parsed once into types with source spans, printed back byte-stable.
//!
//! This crate is words, not judgement. It says what a policy *document* is ([`Document`] and what it is made of),
//! what a *question* is ([`request`]: who asks, for which action, on which resource, in which context, under which
//! policies) and what an *answer* is ([`explain`]: the decision, its reason, and the checks that led to it).
//! Whether a question is answered with yes is the engine's business, and the reference model's; neither is here.
//! Nothing in this crate reads a clock, a file, or the network.
//!
//! # Read a document
//!
//! ```
//! use doorward_policy::{Document, Effect, Kind, Part, Position, ResourceForm};
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
//! assert_eq!(statement.action.patterns()[0].folded(), "s3:getobject");
//!
//! // What is written is taken apart, and everything knows where it stands.
//! let resource = &statement.resource.as_ref().unwrap().patterns()[0];
//! assert_eq!(Position::at(text, resource.span.start).to_string(), "6:17");
//! let ResourceForm::Arn { head, tail } = &resource.form else { unreachable!() };
//! assert_eq!(head.fields(), ["arn", "aws", "s3", "", ""]);
//! assert!(matches!(tail.parts(), [Part::Text(_), Part::Variable { .. }, Part::Text(_)]));
//!
//! // One form for all documents that say the same.
//! assert_eq!(
//!     document.canonical(),
//!     r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::home/${aws:username}/*"}]}"#,
//! );
//! # Ok::<(), doorward_policy::Malformed>(())
//! ```
//!
//! # Refuse one
//!
//! What AWS refuses is refused in AWS's words, with the place and a word of our own.
//!
//! ```
//! use doorward_policy::{Document, Kind};
//!
//! let text = "{\"Version\": \"2012-10-17\", \"Statement\": [\n  {\"Effect\": \"Allow\", \"Action\": \"GetObject\", \"Resource\": \"*\"}]}";
//! let malformed = Document::parse(text, Kind::Managed).unwrap_err();
//! assert_eq!(malformed.message, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
//! assert_eq!(malformed.detail, "action `GetObject` does not begin with a service and a colon");
//! assert_eq!(malformed.position(text).to_string(), "2:33");
//! ```
//!
//! # Cost
//!
//! Parsing takes time and memory in proportion to the text, whatever the text is, and 32 levels of nesting at most. No
//! length is refused but that of 4 GiB: whoever takes documents from strangers checks [`limits`] first. The pieces of a
//! document share its text ([`Text`]); a document of 6,144 characters, the longest managed policy, takes some twenty
//! microseconds (`cargo bench -p doorward-policy`).
//!
//! # Modules, in reading order
//!
//! What a policy is: [`document`], [`principal`], [`action`], [`resource`], [`template`], [`condition`]. What they are
//! made of: [`text`], [`span`], [`key`], [`account`], [`arn`], [`value`]. What goes beyond the grammar: [`limits`],
//! [`trust`], [`placeholder`]. What is asked, and answered: [`request`], [`explain`].

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
pub mod placeholder;
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

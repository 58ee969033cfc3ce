//! Judgement: may this requester do this action on this resource, under these policies?
//!
//! One evaluator for AWS's policy language, to be embedded: identity-based, resource-based and trust policies,
//! permissions boundaries, session policies, service and resource control policies, and VPC endpoint policies, put
//! together as AWS documents it. It does no I/O, reads no clock and draws no random numbers: whatever a decision depends
//! on is an argument.
//!
//! It does not authenticate, does not know which policies are attached to whom, and does not parse: documents come
//! parsed from [`policy`].
//!
//! What there is to use: [`Policies`], prepared from [`Attachments`](policy::request::Attachments); a
//! [`Request`](policy::request::Request) with its [`Context`](policy::request::Context); [`decide`](decide()) and
//! [`explain`](explain()). Everything else is for special needs, and the [`guide`] shows when.
//!
//! # Compile once, decide many times, explain on request
//!
//! ```
//! use std::sync::Arc;
//! use doorward_engine::policy::explain::{Decision, Grant, Layer};
//! use doorward_engine::policy::request::{Attached, Attachments, Choices, Request, Requester, Resource, Source};
//! use doorward_engine::policy::{Document, Kind};
//! use doorward_engine::{Policies, decide, denial, explain, schema};
//!
//! let text = r#"{
//!   "Version": "2012-10-17",
//!   "Statement": {
//!     "Sid": "OwnFolder", "Effect": "Allow", "Action": "s3:Get*",
//!     "Resource": "arn:aws:s3:::home/${aws:username}/*",
//!     "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
//!   }
//! }"#;
//! let document = Arc::new(Document::parse(text, Kind::Managed)?);
//! let source = Source { name: "Home".into(), arn: None, attached_to: "ana".into() };
//! let attachments = Attachments { identity: vec![Attached { document, source }], ..Attachments::default() };
//! let policies = Policies::compile(&attachments, Choices::default());
//!
//! let account = "111122223333".parse()?;
//! let requester = Requester::User { account, id: "AIDAEXAMPLE".into(), path: "/".into(), name: "ana".into() };
//! let mut request = Request {
//!     context: requester.context(),
//!     requester,
//!     action: "s3:GetObject".into(),
//!     resource: Resource { arn: "arn:aws:s3:::home/ana/notes".into(), account: Some(account) },
//! };
//! assert_eq!(decide(&request, &policies), Decision::ImplicitDeny(Layer::Identity));
//!
//! let explanation = explain(&request, &policies);
//! assert_eq!(
//!     denial(&request, &explanation).as_deref(),
//!     Some("User: arn:aws:iam::111122223333:user/ana is not authorized to perform: s3:GetObject on resource: \
//!           arn:aws:s3:::home/ana/notes because no identity-based policy allows the s3:GetObject action"),
//! );
//! let json = schema::evaluation(&explanation);
//! let nearest = &json["remedy"]["edits"][0]["nearest"];
//! assert_eq!((&nearest["sid"], &nearest["failures"][0]["key"]), (&"OwnFolder".into(), &"aws:MultiFactorAuthPresent".into()));
//! assert_eq!(explanation.remedy.settings[0].key, "aws:MultiFactorAuthPresent");
//!
//! request.context.put("aws:MultiFactorAuthPresent", "true");
//! assert_eq!(decide(&request, &policies), Decision::Allow(Grant::Identity));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Modules, in reading order
//!
//! `compile` finds the statements about an action; `plan` puts them together and walks them, with `slots` and `quick` for
//! values and tests, and `plans`, `table` and [`Shelf`] to keep what was put together; `policies` is the whole of it, and
//! `decide` draws the conclusion.
//!
//! `explain` does not use plans: `question` puts a request to one statement after the other, which `pattern`, `resources`,
//! `principals`, `conditions` and `comparisons` evaluate (plans use them too, where theirs is not the quick way); `remedy`
//! searches what would turn the decision; `message`, [`schema`] and `encoded` put it into AWS's words. `open_keys` asks the
//! same of partial knowledge. `organization` says whom guardrails bind.

mod actions;
mod bytes;
mod comparisons;
mod compile;
mod conditions;
mod decide;
mod encoded;
mod explain;
#[doc = include_str!("guide.md")]
pub mod guide {}
mod message;
mod open;
mod organization;
mod pattern;
mod plan;
mod plans;
mod policies;
mod principals;
mod question;
mod quick;
mod remedy;
mod resources;
pub mod schema;
mod shelf;
mod slots;
mod table;

pub use compile::{CompiledAttached, CompiledDocument, CompiledGuardrails, CompiledLevel, CompiledPolicies};
pub use decide::decide;
pub use doorward_policy as policy;
pub use encoded::decoded_message;
pub use explain::{checks, explain};
pub use message::{denial, denial_on, denying_policy, reason};
pub use open::open_keys;
pub use policies::{Asking, Policies};
pub use shelf::{Listing, Shelf};

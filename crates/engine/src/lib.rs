//! Judgement: decide and explain whether a principal may do an action on a resource.

mod actions;
mod comparisons;
mod compile;
mod conditions;
mod decide;
mod explain;
mod message;
mod organization;
mod pattern;
mod principals;
mod question;
mod remedy;
mod resources;
pub mod schema;

pub use compile::{CompiledAttached, CompiledDocument, CompiledGuardrails, CompiledLevel, CompiledPolicies};
pub use decide::decide;
pub use doorward_policy as policy;
pub use explain::explain;
pub use message::{denial, denying_policy, reason};

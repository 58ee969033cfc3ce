//! Documents and statements.

use crate::action::ActionClause;
use crate::condition::ConditionTest;
use crate::principal::PrincipalClause;
use crate::resource::ResourceClause;
use crate::span::Span;

/// A policy document: the text exactly as it was written, and what it says.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// What kind of policy it was parsed as.
    pub kind: Kind,
    /// The source text; every [`Span`] points into it.
    pub text: Box<str>,
    /// The language version that counts: `2008-10-17` when the document names none.
    pub version: Version,
    /// `Id`, where given.
    pub id: Option<String>,
    /// The statements in the order they are written.
    pub statements: Vec<Statement>,
}

/// What a policy is used for: the kinds differ in the elements that they demand and forbid.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A managed identity-based policy; also what a permissions boundary is.
    Managed,
    /// An inline policy of a user, group or role.
    Inline,
    /// A role's trust policy.
    Trust,
    /// A session policy passed to STS.
    Session,
    /// A resource-based policy of some service (S3 bucket, KMS key, SQS queue …).
    Resource,
    /// A service control policy.
    ServiceControl,
    /// A resource control policy.
    ResourceControl,
    /// A VPC endpoint policy.
    Endpoint,
}

/// The version of the policy language.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html>
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Version {
    /// `2008-10-17`: `${…}` is plain text.
    V2008,
    /// `2012-10-17`: `${…}` is a policy variable.
    V2012,
}

/// `Allow` or `Deny`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Effect {
    /// Grants, unless something denies.
    Allow,
    /// Denies, whatever grants.
    Deny,
}

/// One statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// `Sid`, where given (may be empty).
    pub sid: Option<String>,
    /// What it does.
    pub effect: Effect,
    /// To whom; present exactly in the kinds of policy that name principals.
    pub principal: Option<PrincipalClause>,
    /// Which actions it is about.
    pub action: ActionClause,
    /// Which resources it is about; `None` exactly in trust policies, whose resource is their role.
    pub resource: Option<ResourceClause>,
    /// Under which conditions; all must hold.
    pub conditions: Vec<ConditionTest>,
    /// Where it stands, braces included.
    pub span: Span,
}

/// A document that breaks the grammar or the limits of its kind.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message}")]
pub struct Malformed {
    /// The text with which AWS refuses it, exactly.
    pub message: String,
    /// What is wrong, in our own words, where AWS's text says too little.
    pub detail: String,
    /// Where, in the document's text.
    pub span: Span,
}

impl Document {
    /// Parses `text` as a policy of the given kind and checks it by that kind's grammar.
    ///
    /// # Errors
    /// [`Malformed`], with AWS's own message for the first fault in AWS's order of checking.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, Malformed> {
        crate::parse::document(text, kind)
    }
}

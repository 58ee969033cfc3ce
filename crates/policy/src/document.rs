//! Documents and statements.

use std::sync::Arc;

use crate::action::ActionClause;
use crate::condition::ConditionTest;
use crate::principal::PrincipalClause;
use crate::resource::ResourceClause;
use crate::span::{Position, Span};
use crate::text::Text;

/// A policy document: the text exactly as it was written, and what it says.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// What kind of policy it was parsed as.
    pub kind: Kind,
    /// The source text; every [`Span`] points into it.
    pub text: Arc<str>,
    /// The language version that counts: `2008-10-17` when the document names none.
    pub version: Version,
    /// `Id`, where given.
    pub id: Option<String>,
    /// The statements in the order they are written.
    pub statements: Vec<Statement>,
}

/// What a policy is used for: the kinds differ in the elements that they demand and forbid.
///
/// Every statement has an effect and exactly one of `Action` and `NotAction`; but for trust policies, also exactly one
/// of `Resource` and `NotResource`. The rest is with each kind.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A managed identity-based policy; also what a permissions boundary is. Names no principal, and must be of version
    /// `2012-10-17`.
    Managed,
    /// An inline policy of a user, group or role. Names no principal.
    Inline,
    /// A role's trust policy. Names principals in an object (never `NotPrincipal`), only actions of STS, and no resource.
    Trust,
    /// A session policy passed to STS. Names no principal.
    Session,
    /// A resource-based policy of some service (S3 bucket, KMS key, SQS queue …). Names principals; `NotPrincipal` in
    /// denials only.
    Resource,
    /// A service control policy. Names no principal.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html>
    ServiceControl,
    /// A resource control policy. Denies everyone (`"Principal": "*"`) actions of named services; must be of version
    /// `2012-10-17`.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>
    ResourceControl,
    /// A VPC endpoint policy: as a resource's.
    ///
    /// Source: <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>
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
    pub sid: Option<Text>,
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
    /// What is wrong, in our own words, where AWS's text says too little. One line of at most 400 characters: control
    /// characters in what the author wrote are escaped here, and what is long is cut.
    pub detail: String,
    /// Where, in the document's text.
    pub span: Span,
}

impl Malformed {
    /// Where the fault stands in the text that was refused, as people count.
    #[must_use]
    pub fn position(&self, text: &str) -> Position {
        Position::at(text, self.span.start)
    }
}

impl Document {
    /// Parses `text` as a policy of the given kind and checks it by that kind's grammar. Time and memory grow with the
    /// text and no faster; its pieces share one copy of it, and one in lower case.
    ///
    /// What the grammar cannot know is left to others: whether principals exist ([`Document::principals`]), how long the
    /// text may be ([`crate::limits`]), and whether a new trust policy narrows a provider that many share
    /// ([`crate::trust::shared_provider_guard`]).
    ///
    /// A condition operator without keys is no test and leaves no trace, even under a name that is no operator, which
    /// AWS accepts. A member given twice is refused.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
    ///
    /// # Errors
    /// [`Malformed`], with AWS's own message for the first fault in AWS's order of checking.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, Malformed> {
        crate::parse::document(text, kind)
    }
}

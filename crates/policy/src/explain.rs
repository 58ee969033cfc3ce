//! The answer: a decision, the reason for it, and the checks that led to it, in one schema for every door.
//!
//! The schema follows what AWS publishes of its own: an evaluation has an action, a resource, a context and an ordered
//! list of checks, each with its target, its effect, and the statements that matched.

use crate::document::Effect;
use crate::request::{Context, Source};
use crate::span::{Position, Span};

/// What the judge answers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Decision {
    /// Yes.
    Allow(Grant),
    /// No: something that must allow does not.
    ImplicitDeny(Layer),
    /// No: a statement denies.
    ExplicitDeny(Layer),
}

impl Decision {
    /// Whether the answer is yes.
    #[must_use]
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Allow(_))
    }
}

/// Why a request is allowed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Grant {
    /// The action needs no permission: nothing can deny it.
    Always,
    /// The requester is the root user of the account that owns the resource.
    Root,
    /// The requester's own policies allow, and nothing narrower stands against it.
    Identity,
    /// The resource's policy allows, with this claim on the requester.
    Resource(Claim),
    /// Both sides allow: the requester's own policies and the resource's.
    Both(Claim),
}

/// How a resource's policy names a requester: the strongest claim that any of its matching `Allow` statements makes.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Claim {
    /// By its account: the account's own policies must allow as well.
    Account,
    /// By its role.
    Role,
    /// As the identity provider that vouches for it.
    Provider,
    /// As a service.
    Service,
    /// As the IAM user that issued its federated session.
    IssuingUser,
    /// As the IAM user that it is.
    User,
    /// As everyone.
    Everyone,
    /// As exactly this session, or as the account's root user that it is.
    Session,
}

/// The kinds of policy that take part in a decision, in the order in which they are checked and named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Layer {
    /// Resource control policies.
    ResourceControl,
    /// Service control policies.
    ServiceControl,
    /// The VPC endpoint's policy.
    Endpoint,
    /// The resource's own policy.
    Resource,
    /// A role's trust policy: the resource's policy, where the resource is a role.
    Trust,
    /// The requester's identity-based policies.
    Identity,
    /// The permissions boundary.
    Boundary,
    /// The session policies.
    Session,
}

/// A decision with everything that led to it.
#[derive(Clone, PartialEq, Debug)]
pub struct Explanation {
    /// The answer.
    pub decision: Decision,
    /// The action asked for.
    pub action: String,
    /// The resource asked about.
    pub resource: String,
    /// What was known about the request.
    pub context: Context,
    /// What was checked: resource control policies root to account, service control policies root to account, then
    /// endpoint, resource, principal, boundary, session; only those that apply.
    pub checks: Vec<Check>,
    /// The smallest change that would turn the decision, where one is known.
    pub remedy: Option<Remedy>,
}

/// One layer's part in a decision; one node's, for the policies of an organization.
#[derive(Clone, PartialEq, Debug)]
pub struct Check {
    /// Which layer.
    pub layer: Layer,
    /// What was asked: an organization's node, the resource, or the principal.
    pub target: String,
    /// What came of it.
    pub effect: CheckEffect,
    /// The statements whose every part matched, in the order of the policies.
    pub matched: Vec<StatementMatch>,
    /// The statements about this action and resource that failed on something else, with what they failed on.
    pub missed: Vec<StatementMiss>,
}

/// What a check does to the decision.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CheckEffect {
    /// It allows.
    Allow,
    /// It neither allows nor stands in the way.
    NoImpact,
    /// It should have allowed and does not.
    ImplicitDeny,
    /// It denies.
    ExplicitDeny,
}

impl CheckEffect {
    /// The name in the published schema.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "ALLOW",
            Self::NoImpact => "NO_IMPACT",
            Self::ImplicitDeny => "IMPLICIT_DENY",
            Self::ExplicitDeny => "EXPLICIT_DENY",
        }
    }
}

/// Which statement of which policy, and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatementPlace {
    /// The policy.
    pub policy: Source,
    /// The statement's `Sid`, where it has one.
    pub sid: Option<String>,
    /// Its place in the document, 0 for the first.
    pub index: usize,
    /// Its effect.
    pub effect: Effect,
    /// Its bytes in the stored text.
    pub span: Span,
    /// Where its first byte stands, as people count.
    pub position: Position,
}

/// A statement that matched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatementMatch {
    /// Which.
    pub place: StatementPlace,
    /// How it names the requester, in policies that name principals.
    pub claim: Option<Claim>,
}

/// A statement about the request's action that did not match, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatementMiss {
    /// Which.
    pub place: StatementPlace,
    /// What failed, in the order principal, resource, conditions.
    pub failures: Vec<Failure>,
}

/// The part of a statement that did not match.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// Its principals do not name the requester.
    Principal,
    /// Its resources do not cover the request's.
    Resource,
    /// A condition does not hold.
    Condition {
        /// The operator as written in policies.
        operator: String,
        /// The key.
        key: String,
        /// The policy's values, as written.
        wanted: Vec<String>,
        /// The request's values; `None` when the key is missing.
        found: Option<Vec<String>>,
        /// Where the key stands in the policy's text.
        span: Span,
    },
}

/// A change that would turn a denial.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Remedy {
    /// Remove or narrow the statement that denies.
    Narrow(StatementPlace),
    /// Let a policy of this layer allow the action on the resource.
    Grant {
        /// The layer that must allow.
        layer: Layer,
        /// What the policy is, or would be, attached to.
        target: String,
        /// The action to allow.
        action: String,
        /// The resource to allow it on.
        resource: String,
    },
    /// A statement that would allow fails only on these.
    Satisfy {
        /// The statement.
        place: StatementPlace,
        /// What stands in the way.
        failures: Vec<Failure>,
    },
}

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
    /// The text with which AWS refuses; `None` where the answer is yes.
    pub message: Option<String>,
    /// Who asked: the ARN, or what there is instead of one.
    pub principal: String,
    /// The action asked for.
    pub action: String,
    /// The resource asked about.
    pub resource: String,
    /// What was known about the request.
    pub context: Context,
    /// What was checked: resource control policies root to account, service control policies root to account, then
    /// endpoint, resource, principal, boundary, session; only those that apply.
    pub checks: Vec<Check>,
    /// What would turn the decision.
    pub remedy: Remedy,
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
    /// The statements about this action that failed on something else, with what they failed on.
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
    /// Its conditions, all of which hold.
    pub conditions: Vec<Clause>,
}

/// A statement about the request's action that did not match, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatementMiss {
    /// Which.
    pub place: StatementPlace,
    /// What failed, in the order principal, resource, conditions; never empty.
    pub failures: Vec<Clause>,
}

/// A part of a statement beside its action: what the policy says and what the request has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clause {
    /// Which part.
    pub element: Element,
    /// The policy's values, as written; policy variables are not resolved.
    pub wanted: Vec<String>,
    /// The request's values: the requester, the resource, or those of the condition's key; `None` when that key is
    /// missing.
    pub found: Option<Vec<String>>,
    /// Where the part stands in the policy's text: its values, with a condition's key before them.
    pub span: Span,
    /// Where its first byte stands, as people count.
    pub position: Position,
}

/// The parts of a statement beside its action.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Element {
    /// Whom it names.
    Principal,
    /// Whom it exempts.
    NotPrincipal,
    /// What it covers.
    Resource,
    /// What it excepts.
    NotResource,
    /// One test of its conditions.
    Condition {
        /// The operator as written in policies.
        operator: String,
        /// The key, as written.
        key: String,
    },
}

/// What would turn a decision: two ways, each complete by itself, and each empty where none is known.
///
/// Within a way nothing can be left out: without any one of its members the decision stands. There may be other ways;
/// these change the policies that stand in the way, and no others.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Remedy {
    /// Changes of policies: of a denial, the statements to take out and those to put in; of what is allowed, the
    /// statements that grant it, of which at least these would have to go.
    pub edits: Vec<Edit>,
    /// Keys of the request's context that would turn a denial, with policies as they are; always empty for what is
    /// allowed. Keys that say who asks, or whose the resource is, are never among them.
    pub settings: Vec<Setting>,
}

/// A change of a policy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Edit {
    /// Take a statement out, or narrow it until it no longer matches.
    Remove {
        /// The layer that the policy belongs to.
        layer: Layer,
        /// What the layer's check asked: see [`Check::target`].
        target: String,
        /// The statement.
        place: StatementPlace,
    },
    /// Put a statement in: into a policy of its own where the layer takes several, else into the one that there is. For
    /// resource control policies, which may only deny, this is `RCPFullAWSAccess`.
    Grant {
        /// The layer that must allow.
        layer: Layer,
        /// What the policy is, or would be, attached to.
        target: String,
        /// The statement, as JSON.
        statement: String,
        /// The statement of the layer that comes closest to allowing, and what it fails on: changing that one instead
        /// serves as well.
        nearest: Option<StatementMiss>,
    },
}

/// A key of the request's context as it would have to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setting {
    /// The key, as the policy writes it.
    pub key: String,
    /// Its value, one of perhaps many that serve; `None` where the key would have to be missing.
    pub value: Option<String>,
}

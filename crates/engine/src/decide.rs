//! From what the layers say to the decision.

use doorward_policy::explain::{Claim, Decision, Grant, Layer};
use doorward_policy::request::{Choices, FederationIssuer, Limit, Request, Requester};

use crate::compile::CompiledPolicies;
use crate::principals::Claims;
use crate::question::Question;

/// Decides a request.
///
/// A matching `Deny` anywhere decides; of several, the first layer in the order of [`Layer`] is named. Otherwise each
/// level of the organization's policies and the endpoint must allow, and then the resource's policy and the requester's
/// own, as far as each is needed.
///
/// Allocates nothing, unless the action is not ASCII or over 96 bytes, or a condition compares an ARN that holds a
/// variable. Takes time in proportion to the statements that name
/// the action, or wildcards of its service.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
#[must_use]
pub fn decide(request: &Request, policies: &CompiledPolicies, choices: &Choices) -> Decision {
    let question = Question::new(request, policies, choices);
    if question.is_always_allowed() {
        return Decision::Allow(Grant::Always);
    }
    if let Some(group) = question.groups().find(|group| question.denied(group)) {
        return Decision::ExplicitDeny(group.layer);
    }
    conclude(&question, &Findings::of(&question))
}

/// What the layers allow: what is left to know once nothing denies. A layer that does not apply allows.
pub(crate) struct Findings {
    pub(crate) resource_control: bool,
    pub(crate) service_control: bool,
    pub(crate) endpoint: bool,
    /// The claims of the resource's policy on the requester.
    pub(crate) granted: Claims,
    pub(crate) identity: bool,
    pub(crate) boundary: bool,
    pub(crate) session: bool,
}

impl Findings {
    fn of(question: &Question<'_>) -> Self {
        let policies = question.policies;
        let single =
            |policy: &'_ Option<_>, layer| policy.is_none() || question.allowed(policy.as_slice(), layer);
        let rails =
            |rails: Option<_>, layer| rails.is_none_or(|rails| question.allowed_by_rails(rails, layer));
        Self {
            resource_control: rails(question.resource_control(), Layer::ResourceControl),
            service_control: rails(question.service_control(), Layer::ServiceControl),
            endpoint: single(&policies.endpoint, Layer::Endpoint),
            granted: question.granted(),
            identity: is_implied(&question.request.requester)
                || question.allowed(&policies.identity, Layer::Identity),
            boundary: single(&policies.boundary, Layer::Boundary),
            session: match &policies.session {
                Some(session) => question.allowed(session, Layer::Session),
                None => !needs_session(&question.request.requester),
            },
        }
    }
}

/// Whether the requester's own side allows everything without a policy: the root user's does, and that of sessions
/// that it issued.
pub(crate) const fn is_implied(requester: &Requester) -> bool {
    match requester {
        Requester::Root { .. } | Requester::FederatedUser { issuer: FederationIssuer::Root, .. } => true,
        Requester::FederatedUser { issuer: FederationIssuer::User { .. }, .. }
        | Requester::Anonymous
        | Requester::User { .. }
        | Requester::RoleSession { .. }
        | Requester::Service { .. }
        | Requester::Federated { .. } => false,
    }
}

/// Whether a session without session policies may do nothing: a federated user's.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html>
pub(crate) const fn needs_session(requester: &Requester) -> bool {
    matches!(requester, Requester::FederatedUser { .. })
}

/// How a requester stands to the resource's account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    /// It has no policies of its own: only the resource's count.
    Outsider,
    /// It belongs to another account, or nobody knows whose the resource is: both sides must allow.
    Foreigner,
    /// It is the root user of the resource's account.
    Root,
    /// It belongs to the resource's account: either side may suffice.
    Member,
}

impl Standing {
    pub(crate) fn of(request: &Request) -> Self {
        match &request.requester {
            Requester::Anonymous | Requester::Service { .. } | Requester::Federated { .. } => Self::Outsider,
            Requester::Root { account } if request.resource.account == Some(*account) => Self::Root,
            Requester::Root { .. } => Self::Foreigner,
            Requester::User { account, .. }
            | Requester::RoleSession { account, .. }
            | Requester::FederatedUser { account, .. } => {
                if request.resource.account == Some(*account) {
                    Self::Member
                } else {
                    Self::Foreigner
                }
            }
        }
    }
}

/// The decision, once no statement denies.
pub(crate) fn conclude(question: &Question<'_>, findings: &Findings) -> Decision {
    let guards = [
        (findings.resource_control, Layer::ResourceControl),
        (findings.service_control, Layer::ServiceControl),
        (findings.endpoint, Layer::Endpoint),
    ];
    if let Some((_, layer)) = guards.into_iter().find(|(allowed, _)| !allowed) {
        return Decision::ImplicitDeny(layer);
    }
    let unnamed = Decision::ImplicitDeny(question.resource_layer());
    let strongest = findings.granted.strongest();
    match (Standing::of(question.request), strongest) {
        (Standing::Outsider, Some(claim)) => Decision::Allow(Grant::Resource(claim)),
        (Standing::Outsider | Standing::Foreigner, None) => unnamed,
        (Standing::Foreigner, Some(claim)) => {
            findings.first_missing().map_or(Decision::Allow(Grant::Both(claim)), Decision::ImplicitDeny)
        }
        (Standing::Root | Standing::Member, None) if question.must_be_named() => unnamed,
        (Standing::Root, claim) => {
            let named = claim.filter(|_| question.must_be_named());
            let grant = named.map_or(Grant::Root, Grant::Resource);
            findings.first_missing().map_or(Decision::Allow(grant), Decision::ImplicitDeny)
        }
        (Standing::Member, claim) => conclude_member(question, findings, claim),
    }
}

/// The decision for a requester of the resource's own account.
fn conclude_member(question: &Question<'_>, findings: &Findings, strongest: Option<Claim>) -> Decision {
    let Some(missing) = findings.first_missing() else {
        return Decision::Allow(strongest.map_or(Grant::Identity, Grant::Both));
    };
    if let Some(claim) = sufficient(question, findings).strongest() {
        return Decision::Allow(Grant::Resource(claim));
    }
    // A claim stronger than the account's stands in for the identity's policies.
    if strongest.is_some_and(|claim| claim != Claim::Account) {
        return Decision::ImplicitDeny(if findings.boundary { Layer::Session } else { Layer::Boundary });
    }
    Decision::ImplicitDeny(missing)
}

/// The claims of the resource's policy that suffice by themselves for a requester of the same account.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>
pub(crate) fn sufficient(question: &Question<'_>, findings: &Findings) -> Claims {
    let granted = findings.granted;
    let delegated = findings.boundary && findings.session;
    let trust_binds =
        question.resource_layer() == Layer::Trust && question.choices.trust_policy_boundary == Limit::Limits;
    let in_trust = findings.boundary || !trust_binds;
    let plain = delegated || question.choices.plain_everyone == Limit::Ignored;
    let suffices = |claim: &Claim| match claim {
        Claim::Session => true,
        Claim::User => in_trust,
        Claim::Everyone => in_trust && (granted.has_narrowed() || plain),
        Claim::IssuingUser | Claim::Role | Claim::Provider | Claim::Service => delegated,
        Claim::Account => delegated && findings.identity,
    };
    granted.iter().filter(suffices).fold(Claims::NONE, |all, claim| all.with(Claims::one(claim)))
}

impl Findings {
    /// The first layer of the requester's own side that does not allow.
    fn first_missing(&self) -> Option<Layer> {
        let own = [
            (self.identity, Layer::Identity),
            (self.boundary, Layer::Boundary),
            (self.session, Layer::Session),
        ];
        own.into_iter().find(|(allowed, _)| !allowed).map(|(_, layer)| layer)
    }
}

//! From what the layers say to the decision.

use doorward_policy::AccountId;
use doorward_policy::explain::{Claim, Decision, Grant, Layer};
use doorward_policy::request::{Choices, FederationIssuer, Limit, Request, Requester};

use crate::bytes::begins;
use crate::policies::Policies;
use crate::principals::Claims;

/// Decides a request.
///
/// A matching `Deny` anywhere decides; of several, the first layer in the order of [`Layer`] is named. Otherwise each
/// level of the organization's policies and the endpoint must allow, and then the resource's policy and the requester's
/// own, as far as each is needed.
///
/// The first request for an action pays for what the policies say about it being put together, in proportion to the
/// statements about the action. After that a decision takes time in proportion to the request's resource and to the
/// statements that are about it: policies about other resources and other actions cost nothing. It allocates nothing,
/// unless a condition lists eight text patterns or more, or compares an ARN that holds a variable, or so many patterns are
/// about the resource that they are matched together.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
#[must_use]
#[inline]
pub fn decide(request: &Request, policies: &Policies) -> Decision {
    policies.decide(request)
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
    pub(crate) fn of(requester: &Requester, owner: Option<AccountId>) -> Self {
        match requester {
            Requester::Anonymous | Requester::Service { .. } | Requester::Federated { .. } => Self::Outsider,
            Requester::Root { account } if owner == Some(*account) => Self::Root,
            Requester::Root { .. } => Self::Foreigner,
            Requester::User { account, .. }
            | Requester::RoleSession { account, .. }
            | Requester::FederatedUser { account, .. } => {
                if owner == Some(*account) {
                    Self::Member
                } else {
                    Self::Foreigner
                }
            }
        }
    }
}

/// The kinds of resource for which the rules differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Subject {
    /// A role that someone asks to become: its trust policy must name them.
    Role,
    /// A KMS key: its policy must name them, or their account.
    Key,
    /// Everything else: in one account, either side's policy suffices.
    Other,
}

impl Subject {
    /// What the resource is, to an action of STS or of another service.
    #[inline]
    pub(crate) fn of(of_sts: bool, resource: &str) -> Self {
        let fields = if begins(resource.as_bytes(), b"arn:aws:") {
            resource.get("arn:aws:".len()..)
        } else {
            resource.strip_prefix("arn:").and_then(after_partition)
        };
        match fields {
            Some(fields) if of_sts && fields.starts_with("iam:") && is_kind(fields, "role/") => Self::Role,
            Some(fields) if fields.starts_with("kms:") && is_kind(fields, "key/") => Self::Key,
            Some(_) | None => Self::Other,
        }
    }
}

/// What follows a partition that is not empty.
fn after_partition(fields: &str) -> Option<&str> {
    fields.split_once(':').filter(|(partition, _)| !partition.is_empty()).map(|(_, rest)| rest)
}

/// Whether the last of `service:region:account:resource` begins so.
fn is_kind(fields: &str, kind: &str) -> bool {
    fields.splitn(4, ':').nth(3).is_some_and(|resource| resource.starts_with(kind))
}

/// How a requester stands to a resource, and what follows from that.
#[derive(Clone, Copy)]
pub(crate) struct Stand<'a> {
    pub(crate) standing: Standing,
    subject: Subject,
    choices: &'a Choices,
}

impl<'a> Stand<'a> {
    pub(crate) fn new(
        requester: &Requester,
        owner: Option<AccountId>,
        subject: Subject,
        choices: &'a Choices,
    ) -> Self {
        Self { standing: Standing::of(requester, owner), subject, choices }
    }

    /// The decision for a requester of the resource's own account whose every layer allows; `None` for other requesters, and
    /// where the resource's policy must name whom it is to serve.
    #[inline]
    pub(crate) fn of_member_allowed_by_all(&self, granted: Claims) -> Option<Decision> {
        let plain = self.standing == Standing::Member && self.subject == Subject::Other;
        plain.then(|| Decision::Allow(granted.strongest().map_or(Grant::Identity, Grant::Both)))
    }

    /// What the layer of the resource's own policy is called.
    pub(crate) const fn resource_layer(&self) -> Layer {
        match self.subject {
            Subject::Role => Layer::Trust,
            Subject::Key | Subject::Other => Layer::Resource,
        }
    }

    /// Whether the resource's policy must name the requester or its account, even in one account.
    ///
    /// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html>
    /// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
    pub(crate) const fn must_be_named(&self) -> bool {
        match self.subject {
            Subject::Role | Subject::Key => true,
            Subject::Other => false,
        }
    }
}

/// The decision, once no statement denies.
pub(crate) fn conclude(stand: &Stand<'_>, findings: &Findings) -> Decision {
    let guards = [
        (findings.resource_control, Layer::ResourceControl),
        (findings.service_control, Layer::ServiceControl),
        (findings.endpoint, Layer::Endpoint),
    ];
    if let Some((_, layer)) = guards.into_iter().find(|(allowed, _)| !allowed) {
        return Decision::ImplicitDeny(layer);
    }
    let unnamed = Decision::ImplicitDeny(stand.resource_layer());
    let strongest = findings.granted.strongest();
    match (stand.standing, strongest) {
        (Standing::Outsider, Some(claim)) => Decision::Allow(Grant::Resource(claim)),
        (Standing::Outsider | Standing::Foreigner, None) => unnamed,
        (Standing::Foreigner, Some(claim)) => {
            findings.first_missing().map_or(Decision::Allow(Grant::Both(claim)), Decision::ImplicitDeny)
        }
        (Standing::Root | Standing::Member, None) if stand.must_be_named() => unnamed,
        (Standing::Root, claim) => {
            let named = claim.filter(|_| stand.must_be_named());
            let grant = named.map_or(Grant::Root, Grant::Resource);
            findings.first_missing().map_or(Decision::Allow(grant), Decision::ImplicitDeny)
        }
        (Standing::Member, claim) => conclude_member(stand, findings, claim),
    }
}

/// The decision for a requester of the resource's own account.
fn conclude_member(stand: &Stand<'_>, findings: &Findings, strongest: Option<Claim>) -> Decision {
    let Some(missing) = findings.first_missing() else {
        return Decision::Allow(strongest.map_or(Grant::Identity, Grant::Both));
    };
    if let Some(claim) = sufficient(stand, findings).strongest() {
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
/// A user with session policies is one in whose name somebody else acts. Whether what a resource grants to the user by name is
/// for them too is UNCONFIRMED (delegated-session); they are held to the session policies.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>
pub(crate) fn sufficient(stand: &Stand<'_>, findings: &Findings) -> Claims {
    let granted = findings.granted;
    if granted.is_empty() {
        return granted;
    }
    let delegated = findings.boundary && findings.session;
    let trust_binds =
        stand.resource_layer() == Layer::Trust && stand.choices.trust_policy_boundary == Limit::Limits;
    let in_trust = findings.boundary || !trust_binds;
    let plain = delegated || stand.choices.plain_everyone == Limit::Ignored;
    let suffices = |claim: &Claim| match claim {
        Claim::Session => true,
        Claim::User => in_trust && findings.session,
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

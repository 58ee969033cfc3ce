//! The two sides of a grant: what the requester's own policies say, what the resource's policy says, and what follows.

use doorward_policy::Effect;
use doorward_policy::explain::{CheckEffect, Claim, Decision, Grant, Layer};
use doorward_policy::request::{Choices, FederationIssuer, Limit, Request, Requester};

use crate::layers::{LayerCheck, ResourceSide, any, of_requester, of_resource};
use crate::statement::{Matched, Surroundings};

/// How a requester stands to the account that owns the resource.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html>
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Standing {
    /// It has no policies of its own: only the resource's policy can grant.
    Alone,
    /// It belongs to another account, or the resource to nobody known: both sides must allow.
    Abroad,
    /// It is the root user of the resource's account.
    RootAtHome,
    /// It belongs to the resource's account.
    AtHome,
}

fn standing(request: &Request) -> Standing {
    let owner = request.resource.account;
    match &request.requester {
        Requester::Anonymous | Requester::Service { .. } | Requester::Federated { .. } => Standing::Alone,
        Requester::Root { account } if owner == Some(*account) => Standing::RootAtHome,
        Requester::User { account, .. }
        | Requester::RoleSession { account, .. }
        | Requester::FederatedUser { account, .. }
            if owner == Some(*account) =>
        {
            Standing::AtHome
        }
        Requester::Root { .. }
        | Requester::User { .. }
        | Requester::RoleSession { .. }
        | Requester::FederatedUser { .. } => Standing::Abroad,
    }
}

/// One claim of a matching `Allow` of the resource's policy, and what limits the grant that it makes at home.
#[derive(Clone, Copy)]
struct Named {
    claim: Claim,
    limits: Limits,
}

/// Whose allowing a grant depends on.
#[derive(Clone, Copy)]
struct Limits {
    identity: bool,
    boundary: bool,
    session: bool,
}

const NOTHING: Limits = Limits { identity: false, boundary: false, session: false };
const BOUNDARY: Limits = Limits { boundary: true, ..NOTHING };
const BOUNDARY_AND_SESSION: Limits = Limits { session: true, ..BOUNDARY };
const EVERYTHING: Limits = Limits { identity: true, ..BOUNDARY_AND_SESSION };

/// What limits a grant to a requester of the resource's own account, by how the resource's policy names it.
///
/// * By its account: the account hands the decision to its own policies, so all of them count. That it is so where
///   `aws:PrincipalArn` narrows the grant to a role is UNCONFIRMED (account-narrowed).
/// * By its role, or as the user that issued its session: the policies of role or user need not allow, but the boundary
///   and the session's policies must. The provider behind a role session is read the same way,
///   UNCONFIRMED (provider-grant).
/// * As the user or the session that it is: nothing limits the grant. A trust policy's grant to a user is documented
///   both ways, UNCONFIRMED (trust-policy-boundary); [`Choices::trust_policy_boundary`] decides. Where a user has session
///   policies, somebody else acts in its name, and is held to them: UNCONFIRMED (delegated-session).
/// * As everyone, narrowed by `aws:PrincipalArn`: nothing. Plainly as everyone: UNCONFIRMED (plain-everyone);
///   [`Choices::plain_everyone`] decides.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>,
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html>
fn limits(claim: Claim, narrowed: bool, side: ResourceSide, choices: &Choices) -> Limits {
    let of_trust = match (side, choices.trust_policy_boundary) {
        (ResourceSide::Role, Limit::Limits) => BOUNDARY,
        (ResourceSide::Role, Limit::Ignored) | (ResourceSide::Key | ResourceSide::Other, _) => NOTHING,
    };
    match claim {
        Claim::Account => EVERYTHING,
        Claim::Role | Claim::Provider | Claim::IssuingUser => BOUNDARY_AND_SESSION,
        Claim::User => Limits { session: true, ..of_trust },
        Claim::Everyone if narrowed => of_trust,
        Claim::Everyone => match choices.plain_everyone {
            Limit::Limits => BOUNDARY_AND_SESSION,
            Limit::Ignored => of_trust,
        },
        Claim::Session | Claim::Service => NOTHING,
    }
}

/// Everything that grants or limits, gathered.
pub(crate) struct Sides<'a> {
    around: &'a Surroundings<'a>,
    standing: Standing,
    side: ResourceSide,
    of_resource: Vec<Matched>,
    of_identity: Vec<Matched>,
    of_boundary: Vec<Matched>,
    of_session: Vec<Matched>,
}

impl<'a> Sides<'a> {
    pub(crate) fn gather(around: &'a Surroundings<'a>) -> Self {
        let policies = around.policies;
        Self {
            around,
            standing: standing(around.request),
            side: ResourceSide::of(&around.request.action, &around.request.resource.arn),
            of_resource: of_resource(around),
            of_identity: of_requester(&policies.identity, around),
            of_boundary: of_requester(policies.boundary.as_slice(), around),
            of_session: of_requester(policies.session.as_deref().unwrap_or_default(), around),
        }
    }

    /// Every claim that the resource's policy makes on the requester.
    fn named(&self) -> Vec<Named> {
        let allows = self.of_resource.iter().filter(|statement| statement.effect == Effect::Allow);
        allows
            .flat_map(|statement| statement.claims.iter().map(|claim| (*claim, statement.narrowed)))
            .map(|(claim, narrowed)| Named {
                claim,
                limits: limits(claim, narrowed, self.side, self.around.choices),
            })
            .collect()
    }

    fn strongest(named: &[Named]) -> Option<Claim> {
        named.iter().map(|named| named.claim).max()
    }

    /// Whether the requester's identity allows: by its policies, or because it is a root user or a root user's session.
    fn identity_allows(&self) -> bool {
        let implied = match &self.around.request.requester {
            Requester::Root { .. } | Requester::FederatedUser { issuer: FederationIssuer::Root, .. } => true,
            Requester::Anonymous
            | Requester::User { .. }
            | Requester::RoleSession { .. }
            | Requester::FederatedUser { issuer: FederationIssuer::User { .. }, .. }
            | Requester::Service { .. }
            | Requester::Federated { .. } => false,
        };
        implied || any(&self.of_identity, Effect::Allow)
    }

    /// Whether the permissions boundary allows; where there is none, nothing is bounded.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>
    fn boundary_allows(&self) -> bool {
        self.around.policies.boundary.is_none() || any(&self.of_boundary, Effect::Allow)
    }

    /// Whether the session policies allow. A role session without any is not limited; a federated user without any may
    /// do nothing by its issuer's policies.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html>
    fn session_allows(&self) -> bool {
        match (&self.around.policies.session, &self.around.request.requester) {
            (Some(_), _) => any(&self.of_session, Effect::Allow),
            (None, Requester::FederatedUser { .. }) => false,
            (None, _) => true,
        }
    }

    /// Whether everything that limits a grant allows.
    fn meets(&self, limits: Limits) -> bool {
        (!limits.identity || self.identity_allows())
            && (!limits.boundary || self.boundary_allows())
            && (!limits.session || self.session_allows())
    }

    /// The claims that grant by themselves to a requester of the resource's own account.
    fn sufficient(&self) -> Vec<Named> {
        self.named().into_iter().filter(|named| !named.limits.identity && self.meets(named.limits)).collect()
    }

    /// The decision, given that nothing denies and no guardrail stands in the way.
    pub(crate) fn decision(&self) -> Decision {
        match self.standing {
            Standing::Alone => self.alone(),
            Standing::Abroad => self.abroad(),
            Standing::RootAtHome => self.root_at_home(),
            Standing::AtHome => self.at_home(),
        }
    }

    /// Nobody's, a service's or a proof's request: the resource's policy must name it.
    fn alone(&self) -> Decision {
        match Self::strongest(&self.named()) {
            Some(claim) => Decision::Allow(Grant::Resource(claim)),
            None => Decision::ImplicitDeny(self.side.layer()),
        }
    }

    /// Another account's request: both sides must allow, by whatever claim.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html>
    fn abroad(&self) -> Decision {
        let Some(claim) = Self::strongest(&self.named()) else {
            return Decision::ImplicitDeny(self.side.layer());
        };
        match self.own_side_lacks() {
            Some(layer) => Decision::ImplicitDeny(layer),
            None => Decision::Allow(Grant::Both(claim)),
        }
    }

    /// The root user of the resource's account: implicitly allowed, except where the resource's policy must name it.
    /// A root session of `AssumeRoot` is held to its task policy; that it is so whatever the resource says is
    /// UNCONFIRMED (root-task).
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html>
    fn root_at_home(&self) -> Decision {
        let strongest = Self::strongest(&self.named());
        if self.side.must_allow() && strongest.is_none() {
            return Decision::ImplicitDeny(self.side.layer());
        }
        match (self.own_side_lacks(), strongest) {
            (Some(layer), _) => Decision::ImplicitDeny(layer),
            (None, Some(claim)) if self.side.must_allow() => Decision::Allow(Grant::Resource(claim)),
            (None, _) => Decision::Allow(Grant::Root),
        }
    }

    /// A request within one account: either side may grant.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
    fn at_home(&self) -> Decision {
        let named = self.named();
        if self.side.must_allow() && named.is_empty() {
            return Decision::ImplicitDeny(self.side.layer());
        }
        let Some(lacking) = self.own_side_lacks() else {
            return Decision::Allow(Self::strongest(&named).map_or(Grant::Identity, Grant::Both));
        };
        if let Some(claim) = Self::strongest(&self.sufficient()) {
            return Decision::Allow(Grant::Resource(claim));
        }
        Decision::ImplicitDeny(if self.needs_identity() { lacking } else { self.limits_lack() })
    }

    /// The first of the requester's own layers that does not allow, in the order in which they are named.
    fn own_side_lacks(&self) -> Option<Layer> {
        if !self.identity_allows() {
            Some(Layer::Identity)
        } else if !self.boundary_allows() {
            Some(Layer::Boundary)
        } else if !self.session_allows() {
            Some(Layer::Session)
        } else {
            None
        }
    }

    /// What stands in the way of a grant that does not depend on identity.
    fn limits_lack(&self) -> Layer {
        if self.boundary_allows() { Layer::Session } else { Layer::Boundary }
    }

    /// Whether nothing is granted without the requester's identity: across accounts, and where the resource's policy
    /// names the requester by its account at most.
    fn needs_identity(&self) -> bool {
        self.standing == Standing::Abroad || self.named().iter().all(|named| named.limits.identity)
    }

    /// Whether the resource's policy has to name the requester.
    fn needs_resource(&self) -> bool {
        match self.standing {
            Standing::Alone | Standing::Abroad => true,
            Standing::RootAtHome | Standing::AtHome => self.side.must_allow(),
        }
    }

    /// The checks of resource, identity, boundary and session, those that apply.
    pub(crate) fn checks(&self) -> Vec<LayerCheck> {
        let policies = self.around.policies;
        let is_federated_user = matches!(self.around.request.requester, Requester::FederatedUser { .. });
        let has_identity = self.standing != Standing::Alone || !policies.identity.is_empty();
        let mut checks = Vec::new();
        if policies.resource.is_some() || self.needs_resource() {
            let silent =
                if self.needs_resource() { CheckEffect::ImplicitDeny } else { CheckEffect::NoImpact };
            let allows = any(&self.of_resource, Effect::Allow);
            checks.push(check(self.side.layer(), &self.of_resource, allows, silent));
        }
        if has_identity {
            let needed = self.standing != Standing::Alone && self.needs_identity();
            let silent = if needed { CheckEffect::ImplicitDeny } else { CheckEffect::NoImpact };
            checks.push(check(Layer::Identity, &self.of_identity, self.identity_allows(), silent));
        }
        let granted_without = self.standing == Standing::Alone
            || (self.standing == Standing::AtHome && !self.sufficient().is_empty());
        let silent = if granted_without { CheckEffect::NoImpact } else { CheckEffect::ImplicitDeny };
        if policies.boundary.is_some() {
            checks.push(check(Layer::Boundary, &self.of_boundary, self.boundary_allows(), silent));
        }
        if policies.session.is_some() || is_federated_user {
            checks.push(check(Layer::Session, &self.of_session, self.session_allows(), silent));
        }
        checks
    }
}

fn check(layer: Layer, matched: &[Matched], allows: bool, silent: CheckEffect) -> LayerCheck {
    let effect = if any(matched, Effect::Deny) {
        CheckEffect::ExplicitDeny
    } else if allows {
        CheckEffect::Allow
    } else {
        silent
    };
    LayerCheck { layer, target: String::new(), effect, matched: matched.to_vec() }
}

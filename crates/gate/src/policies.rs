//! Gathering the policies that bear on a caller.

use std::sync::Arc;

use doorward_directory::organization::PolicyKind;
use doorward_directory::text::Unreadable;
use doorward_directory::{Snapshot, UniqueId};
use doorward_engine::{CompiledAttached, CompiledPolicies};
use doorward_policy::AccountId;
use doorward_policy::request::{FederationIssuer, Requester, Source};

use crate::caller::Caller;
use crate::documents::SessionDocuments;
use crate::session::{Session, SessionPolicies};

/// The user or role whose policies a requester has; none for those that have none of their own.
pub(crate) fn holder(requester: &Requester) -> Option<UniqueId> {
    match requester {
        Requester::User { id, .. }
        | Requester::FederatedUser { issuer: FederationIssuer::User { id, .. }, .. } => id.parse().ok(),
        Requester::RoleSession { role_id, .. } => role_id.parse().ok(),
        Requester::Anonymous
        | Requester::Root { .. }
        | Requester::FederatedUser { issuer: FederationIssuer::Root, .. }
        | Requester::Service { .. }
        | Requester::Federated { .. } => None,
    }
}

/// The accounts over which the organization's policies stand that bear on a question.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Guarded {
    /// The requester's account, if service control policies stand over it.
    pub(crate) requester: Option<AccountId>,
    /// The account of the resource, if resource control policies stand over it.
    pub(crate) owner: Option<AccountId>,
}

impl Guarded {
    /// The accounts of a requester and of a resource's owner. That an organization's policies bind neither its management
    /// account nor services and service-linked roles is for the judge to say.
    pub(crate) fn of(snapshot: &Snapshot, requester: &Requester, owner: Option<AccountId>) -> Self {
        let under = |account: Option<AccountId>, kind| {
            account.filter(|account| {
                let enabled = snapshot.organization().is_some_and(|own| own.types.of(kind).enabled);
                enabled && snapshot.member(*account).is_some()
            })
        };
        Self {
            requester: under(requester.account(), PolicyKind::ServiceControl),
            owner: under(owner, PolicyKind::ResourceControl),
        }
    }
}

/// The policies that were passed when the caller's session was made.
pub(crate) fn passed(caller: &Caller) -> Option<&SessionPolicies> {
    caller.session().and_then(Session::policies)
}

/// Every policy on the caller's side, identity, boundary, session, and the organization's over both accounts. What a
/// question adds is the resource's own.
///
/// The task of a root session is an identity policy: AWS's policies for tasks only deny, and so are no session policies,
/// which would have to allow. The root user may do everything, less what they deny.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html>, `TaskPolicyArn`
///
/// # Errors
/// [`Unreadable`] when a stored policy does not parse: nothing can be decided without knowing what it denies.
pub(crate) fn of_caller(
    caller: &Caller,
    guarded: Guarded,
    documents: &SessionDocuments,
) -> Result<CompiledPolicies, Unreadable> {
    let mut policies = of_requester(&caller.snapshot, &caller.requester)?;
    let passed = session_policies(caller, documents)?;
    if caller.is_root_session() {
        policies.identity.extend(passed.into_iter().flatten());
    } else {
        policies.session = passed;
    }
    if let Some(account) = guarded.owner {
        policies.resource_control = caller.snapshot.guardrails(account, PolicyKind::ResourceControl)?;
    }
    Ok(policies)
}

/// The policies that a requester has without any session: identity, boundary, and the organization's over its account. One
/// that stands for whoever is in a group has the group's.
///
/// # Errors
/// As [`of_caller`].
pub(crate) fn of_requester(
    snapshot: &Snapshot,
    requester: &Requester,
) -> Result<CompiledPolicies, Unreadable> {
    let mut policies = CompiledPolicies::default();
    let permissions = holder(requester).and_then(|id| snapshot.permissions(id));
    if let Some(permissions) = permissions.transpose()? {
        policies.identity = permissions.identity;
        policies.boundary = permissions.boundary;
    }
    if let Some(account) = Guarded::of(snapshot, requester, None).requester {
        policies.service_control = snapshot.guardrails(account, PolicyKind::ServiceControl)?;
    }
    Ok(policies)
}

fn session_policies(
    caller: &Caller,
    documents: &SessionDocuments,
) -> Result<Option<Vec<CompiledAttached>>, Unreadable> {
    let attached_to = caller.arn().unwrap_or_default();
    passed(caller).map(|policies| read(caller, documents, policies, &attached_to)).transpose()
}

/// The passed policies.
fn read(
    caller: &Caller,
    documents: &SessionDocuments,
    policies: &SessionPolicies,
    attached_to: &str,
) -> Result<Vec<CompiledAttached>, Unreadable> {
    let mut all = Vec::new();
    if let Some(text) = &policies.inline {
        let document = documents.compiled(text).map_err(Unreadable::Malformed)?;
        let source =
            Source { name: "session policy".to_owned(), arn: None, attached_to: attached_to.to_owned() };
        all.push(CompiledAttached { document, source: Arc::new(source) });
    }
    for id in &policies.managed {
        all.push(caller.snapshot.managed(*id, attached_to)?);
    }
    Ok(all)
}

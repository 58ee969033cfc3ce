//! Gathering the policies that bear on a caller.

use std::sync::Arc;

use doorward_directory::text::Unreadable;
use doorward_engine::{CompiledAttached, CompiledPolicies};
use doorward_policy::request::{FederationIssuer, Requester, Source};

use crate::caller::Caller;
use crate::documents::SessionDocuments;
use crate::session::{SessionPolicies, Subject};

/// Every policy on the caller's side: identity, boundary, session. What a question adds is the resource's.
///
/// # Errors
/// [`Unreadable`] when a stored policy does not parse: nothing can be decided without knowing what it denies.
pub(crate) fn of_caller(
    caller: &Caller,
    documents: &SessionDocuments,
) -> Result<CompiledPolicies, Unreadable> {
    let mut policies = CompiledPolicies::default();
    let permissions = match &caller.requester {
        Requester::User { id, .. }
        | Requester::FederatedUser { issuer: FederationIssuer::User { id, .. }, .. } => {
            id.parse().ok().and_then(|id| caller.snapshot.user_permissions(id)).transpose()?
        }
        Requester::RoleSession { role_id, .. } => {
            role_id.parse().ok().and_then(|id| caller.snapshot.role_permissions(id)).transpose()?
        }
        Requester::Anonymous
        | Requester::Root { .. }
        | Requester::FederatedUser { issuer: FederationIssuer::Root, .. }
        | Requester::Service { .. }
        | Requester::Federated { .. } => None,
    };
    if let Some(permissions) = permissions {
        policies.identity = permissions.identity;
        policies.boundary = permissions.boundary;
    }
    policies.session = session_policies(caller, documents)?;
    Ok(policies)
}

fn session_policies(
    caller: &Caller,
    documents: &SessionDocuments,
) -> Result<Option<Vec<CompiledAttached>>, Unreadable> {
    let passed = match caller.session().map(|session| &session.subject) {
        Some(Subject::Federated(session)) => session.policies.as_ref(),
        Some(Subject::Role(session)) => session.policies.as_ref(),
        Some(Subject::Root | Subject::User(_)) | None => None,
    };
    let attached_to = caller.arn().unwrap_or_default();
    passed.map(|policies| read(caller, documents, policies, &attached_to)).transpose()
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

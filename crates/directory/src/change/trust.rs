//! Trust policies as they are written: every principal must exist, and users and roles are bound to their unique ids.

use doorward_policy::limits::counted_chars;
use doorward_policy::trust::shared_provider_guard;
use doorward_policy::{Document, Kind, Principal, PrincipalEntry};

use super::{Draft, exceeds};
use crate::refusal::Refusal;
use crate::snapshot::Snapshot;
use crate::text::{Binding, PolicyText};

/// The trust policy to store for `text`.
///
/// Bound principals are not checked again at the commit: one that is deleted in the same instant leaves an id that
/// nobody has any more, just as if it had been deleted the instant after.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
pub(super) fn trust(draft: &Draft<'_>, text: &str) -> Result<PolicyText, Refusal> {
    let document = Document::parse(text, Kind::Trust)?;
    shared_provider_guard(&document)?;
    let limit = draft.limits().trust_policy_characters;
    if exceeds(counted_chars(text, Kind::Trust), limit) {
        return Err(Refusal::Quota { name: "ACLSizePerRole", limit });
    }
    let mut bindings = Vec::new();
    for entry in document.principals() {
        bindings.extend(bound(draft.snapshot(), entry)?);
    }
    bindings.sort_unstable();
    bindings.dedup();
    Ok(draft.snapshot().texts().intern(Kind::Trust, text, bindings.into()))
}

/// What to bind a principal to; an error if it does not exist.
fn bound(snapshot: &Snapshot, entry: &PrincipalEntry) -> Result<Option<Binding>, Refusal> {
    let exists = match &entry.principal {
        Principal::User { arn, .. } => {
            let user = snapshot.user_with_arn(arn.as_str());
            return user.map(|user| Some(binding(entry, user.id))).ok_or_else(|| invalid("AWS", entry));
        }
        Principal::Role { arn, .. } => {
            let role = snapshot.role_with_arn(arn.as_str());
            return role.map(|role| Some(binding(entry, role.id))).ok_or_else(|| invalid("AWS", entry));
        }
        Principal::Anyone => true,
        Principal::Account(account)
        | Principal::AssumedRole { account, .. }
        | Principal::FederatedUser { account, .. } => snapshot.account(*account).is_some(),
        Principal::Service(name) => return known_service(snapshot, name, entry),
        // There are no OIDC and SAML providers in the directory that an ARN could name.
        Principal::Federated(provider) if provider.starts_with("arn:") => {
            return Err(invalid("FEDERATED", entry));
        }
        Principal::Federated(_) => true,
        // Ids are shown for principals that are gone; written back, they are refused.
        Principal::UniqueId(_) | Principal::CanonicalUser(_) => false,
    };
    if exists { Ok(None) } else { Err(invalid("AWS", entry)) }
}

/// AWS knows its own services; here a name below `amazonaws.com` is taken for one, and nobody can act as it until it is
/// registered. Any other name must be registered.
fn known_service(
    snapshot: &Snapshot,
    name: &str,
    entry: &PrincipalEntry,
) -> Result<Option<Binding>, Refusal> {
    let of_aws = [".amazonaws.com", ".amazonaws.com.cn"]
        .iter()
        .filter_map(|domain| name.strip_suffix(domain))
        .any(|host| host.split('.').all(is_label));
    if of_aws || snapshot.service(name).is_some() { Ok(None) } else { Err(invalid("SERVICE", entry)) }
}

fn is_label(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn binding(entry: &PrincipalEntry, id: crate::unique_id::UniqueId) -> Binding {
    Binding { arn: entry.text.as_str().into(), id }
}

fn invalid(kind: &'static str, entry: &PrincipalEntry) -> Refusal {
    Refusal::InvalidPrincipal { kind, principal: entry.text.clone() }
}

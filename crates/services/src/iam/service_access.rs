//! Which policies of a user, group or role grant access to a service.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPoliciesGrantingServiceAccess.html>

use std::collections::HashSet;
use std::sync::Arc;

use doorward_directory::text::Unreadable;
use doorward_directory::{Refusal, Snapshot, UniqueId};
use doorward_gate::{Permit, Question};
use doorward_policy::{ActionClause, Arn, Document, Effect};
use doorward_wire::{ApiError, iam};

use super::{ask, page};
use crate::call::Call;
use crate::fault;
use crate::operation::{Access, Operation};

/// Shows each service asked about in the order of asking, also those that no policy grants anything of. Only what a policy
/// allows counts, whatever conditions or denials say; boundaries are left out.
impl Operation for iam::ListPoliciesGrantingServiceAccess {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::ListPoliciesGrantingServiceAccessRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let action = "iam:ListPoliciesGrantingServiceAccess";
        let arn: Arn = input.arn.parse().map_err(|_| invalid(call, &input.arn))?;
        let here = arn.account() == call.account.to_string();
        Ok(vec![match identity(call, &input.arn) {
            Ok(Identity::User(name)) if here => ask::about_user(call, action, name),
            Ok(Identity::Group(name)) if here => ask::about_group(call, action, name),
            Ok(Identity::Role(name)) if here => ask::about_role(call, action, name),
            Ok(_) | Err(_) => Question::new(action, &*input.arn, call.account).shown_as(&*input.arn),
        }])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListPoliciesGrantingServiceAccessRequest,
    ) -> Result<iam::ListPoliciesGrantingServiceAccessResponse, ApiError> {
        let granting = granting(call, &identity(call, &input.arn)?, &input.arn)?;
        let services = input.service_namespaces.into_iter().enumerate();
        // At most 200 may be asked about.
        let key = |(place, _): &(usize, String)| format!("{place:03}");
        let (services, marker) = page::of(services, key, input.marker.as_deref(), None)?;
        let entry = |(_, service): (usize, String)| {
            let folded = service.to_ascii_lowercase();
            let granting = granting.iter().filter(|policy| grants(&policy.document, &folded));
            iam::ListPoliciesGrantingServiceAccessEntry {
                policies: Some(granting.map(|policy| policy.shown.clone()).collect()),
                service_namespace: Some(service),
            }
        };
        Ok(iam::ListPoliciesGrantingServiceAccessResponse {
            policies_granting_service_access: services.into_iter().map(entry).collect(),
            is_truncated: Some(marker.is_some()),
            marker,
        })
    }
}

/// Whose policies are asked about, by name.
enum Identity<'a> {
    User(&'a str),
    Group(&'a str),
    Role(&'a str),
}

/// (Text: ours.)
fn invalid(call: &Call<'_>, arn: &str) -> ApiError {
    call.fault("InvalidInput", format!("The ARN {arn} is not that of a user, group or role."))
}

/// What the ARN names, wherever that is.
fn identity<'a>(call: &Call<'_>, arn: &'a str) -> Result<Identity<'a>, ApiError> {
    let invalid = || invalid(call, arn);
    let resource = arn.strip_prefix("arn:aws:iam::").and_then(|rest| Some(rest.split_once(':')?.1));
    let (kind, path_and_name) = resource.and_then(|text| text.split_once('/')).ok_or_else(invalid)?;
    let name = path_and_name.rsplit_once('/').map_or(path_and_name, |(_, name)| name);
    match kind {
        "user" => Ok(Identity::User(name)),
        "group" => Ok(Identity::Group(name)),
        "role" => Ok(Identity::Role(name)),
        _ => Err(invalid()),
    }
}

/// A policy, and how it is shown.
struct Policy {
    document: Arc<Document>,
    shown: iam::PolicyGrantingServiceAccess,
}

/// Every policy that may grant something: one's own, and for a user those of its groups.
fn granting(call: &Call<'_>, identity: &Identity<'_>, arn: &str) -> Result<Vec<Policy>, ApiError> {
    let (snapshot, account) = (call.snapshot(), call.account);
    let mut holders = Vec::new();
    match identity {
        Identity::User(name) => {
            let user = snapshot.user(account, name).filter(|user| user.arn() == arn);
            let user = user.ok_or_else(|| call.refused(&Refusal::NoSuchUser((*name).to_owned())))?;
            holders.push(("USER", user.name.to_string(), user.id, &user.attached));
            for group in user.groups.iter().filter_map(|id| snapshot.group_with_id(*id)) {
                holders.push(("GROUP", group.name.to_string(), group.id, &group.attached));
            }
        }
        Identity::Group(name) => {
            let group = snapshot.group(account, name).filter(|group| group.arn() == arn);
            let group = group.ok_or_else(|| call.refused(&Refusal::NoSuchGroup((*name).to_owned())))?;
            holders.push(("GROUP", group.name.to_string(), group.id, &group.attached));
        }
        Identity::Role(name) => {
            let role = snapshot.role(account, name).filter(|role| role.arn() == arn);
            let role = role.ok_or_else(|| call.refused(&Refusal::NoSuchRole((*name).to_owned())))?;
            holders.push(("ROLE", role.name.to_string(), role.id, &role.attached));
        }
    }
    let (mut policies, mut seen) = (Vec::new(), HashSet::new());
    for (kind, name, id, attached) in holders {
        inline(snapshot, kind, &name, id, &mut policies).map_err(|error| fault::unreadable(&error))?;
        let attached = attached.iter().filter(|id| seen.insert(**id));
        managed(snapshot, attached, &mut policies).map_err(|error| fault::unreadable(&error))?;
    }
    Ok(policies)
}

fn inline(
    snapshot: &Snapshot,
    kind: &str,
    holder: &str,
    id: UniqueId,
    into: &mut Vec<Policy>,
) -> Result<(), Unreadable> {
    for policy in snapshot.inline(id) {
        let shown = iam::PolicyGrantingServiceAccess {
            policy_name: policy.name.to_string(),
            policy_type: "INLINE".to_owned(),
            policy_arn: None,
            entity_type: Some(kind.to_owned()),
            entity_name: Some(holder.to_owned()),
        };
        into.push(Policy { document: policy.text.document()?, shown });
    }
    Ok(())
}

fn managed<'a>(
    snapshot: &Snapshot,
    ids: impl Iterator<Item = &'a UniqueId>,
    into: &mut Vec<Policy>,
) -> Result<(), Unreadable> {
    for id in ids {
        let policy = snapshot.policy_with_id(*id).ok_or(Unreadable::Missing(*id))?;
        let version = snapshot.version(*id, policy.default_version).ok_or(Unreadable::Missing(*id))?;
        let shown = iam::PolicyGrantingServiceAccess {
            policy_name: policy.name.to_string(),
            policy_type: "MANAGED".to_owned(),
            policy_arn: Some(policy.arn()),
            entity_type: None,
            entity_name: None,
        };
        into.push(Policy { document: version.text.document()?, shown });
    }
    Ok(())
}

/// Whether some statement allows some action of the service, whose name is in lower case.
fn grants(document: &Document, service: &str) -> bool {
    let of_service = |pattern: &str| pattern.split_once(':').is_some_and(|(prefix, _)| prefix == service);
    let whole = |pattern: &str| pattern == "*" || (of_service(pattern) && pattern.ends_with(":*"));
    document.statements.iter().filter(|statement| statement.effect == Effect::Allow).any(|statement| {
        match &statement.action {
            ActionClause::Action(patterns) => {
                patterns.iter().any(|one| one.folded() == "*" || of_service(one.folded()))
            }
            ActionClause::NotAction(patterns) => !patterns.iter().any(|one| whole(one.folded())),
        }
    })
}

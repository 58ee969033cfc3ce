//! Who uses a managed policy.

use std::collections::BTreeMap;

use doorward_directory::Entity;
use doorward_directory::managed::ManagedPolicy;
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, iam};

use super::policies::{self, Usage};
use super::{ask, page};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// Lists everyone the policy is attached to or the boundary of, each once: groups, roles, users, ordered by name.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html>
impl Operation for iam::ListEntitiesForPolicy {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::ListEntitiesForPolicyRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_policy(call, "iam:ListEntitiesForPolicy", &input.policy_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListEntitiesForPolicyRequest,
    ) -> Result<iam::ListEntitiesForPolicyResponse, ApiError> {
        let filter = input.entity_filter.as_deref();
        refuse_policies(call, filter)?;
        let usage = Usage::of(input.policy_usage_filter.as_deref())?;
        let path_prefix = input.path_prefix.as_deref().unwrap_or("/");
        let policy = policies::found(call, &input.policy_arn)?;
        let places = using(call, policy, usage).into_iter().filter_map(Place::of);
        let wanted = places.filter(|place| {
            filter.is_none_or(|kind| kind == place.kind) && place.path.starts_with(path_prefix)
        });
        // What is both attached to and bounded has one place.
        let ordered: BTreeMap<String, &Entity> = wanted.map(|place| (place.key(), place.entity)).collect();
        let key = |(key, _): &(String, &Entity)| key.clone();
        let (entities, marker) = page::of(ordered, key, input.marker.as_deref(), input.max_items)?;
        let entities = entities.into_iter().map(|(_, entity)| entity);
        Ok(iam::ListEntitiesForPolicyResponse {
            is_truncated: Some(marker.is_some()),
            marker,
            ..sorted_by_kind(entities)
        })
    }
}

/// The model lets kinds of policies through as a filter. What AWS answers to them is not published; no policy is attached
/// to a policy, so asking for them is a mistake, and is called one. (Text: ours.)
fn refuse_policies(call: &Call<'_>, filter: Option<&str>) -> Result<(), ApiError> {
    match filter {
        Some(kind @ ("LocalManagedPolicy" | "AWSManagedPolicy")) => {
            let text = format!("The EntityFilter {kind} is invalid. It must be User, Role or Group.");
            Err(call.fault("InvalidInput", text))
        }
        Some(_) | None => Ok(()),
    }
}

fn using<'c>(call: &Call<'c>, policy: &ManagedPolicy, usage: Usage) -> Vec<&'c Entity> {
    let attached = || call.snapshot().attachments(call.account, policy.id);
    let bounded = || call.snapshot().bounded(call.account, policy.id);
    match usage {
        Usage::Permissions => attached().collect(),
        Usage::Boundary => bounded().collect(),
        Usage::Either => attached().chain(bounded()).collect(),
    }
}

/// Where a user, group or role stands in the list.
struct Place<'s> {
    kind: &'static str,
    path: &'s str,
    name: &'s str,
    entity: &'s Entity,
}

impl<'s> Place<'s> {
    fn of(entity: &'s Entity) -> Option<Self> {
        let (kind, path, name) = match entity {
            Entity::Group(group) => ("Group", &group.path, &group.name),
            Entity::Role(role) => ("Role", &role.path, &role.name),
            Entity::User(user) => ("User", &user.path, &user.name),
            Entity::Policy(_) | Entity::Profile(_) => return None,
        };
        Some(Self { kind, path: path.as_str(), name: name.folded(), entity })
    }

    fn key(&self) -> String {
        format!("{}/{}", self.kind, self.name)
    }
}

fn sorted_by_kind<'s>(entities: impl Iterator<Item = &'s Entity>) -> iam::ListEntitiesForPolicyResponse {
    let (mut groups, mut roles, mut users) = (Vec::new(), Vec::new(), Vec::new());
    for entity in entities {
        match entity {
            Entity::Group(group) => groups.push(iam::PolicyGroup {
                group_name: Some(group.name.to_string()),
                group_id: Some(group.id.to_string()),
            }),
            Entity::Role(role) => roles.push(iam::PolicyRole {
                role_name: Some(role.name.to_string()),
                role_id: Some(role.id.to_string()),
            }),
            Entity::User(user) => users.push(iam::PolicyUser {
                user_name: Some(user.name.to_string()),
                user_id: Some(user.id.to_string()),
            }),
            Entity::Policy(_) | Entity::Profile(_) => {}
        }
    }
    iam::ListEntitiesForPolicyResponse {
        policy_groups: Some(groups),
        policy_users: Some(users),
        policy_roles: Some(roles),
        is_truncated: None,
        marker: None,
    }
}

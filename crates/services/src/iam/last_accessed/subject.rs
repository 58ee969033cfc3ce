//! What a report is about: a user, a group, a role or a managed policy of the caller's account.

use std::sync::Arc;

use doorward_directory::identity::{Role, User};
use doorward_directory::{Entity, Refusal, UniqueId};
use doorward_gate::Question;
use doorward_policy::{Arn, Document};
use doorward_wire::{ApiError, iam};

use crate::call::Call;
use crate::fault;
use crate::iam::ask;
use crate::iam::simulate::Source;

/// What a report is about.
pub(super) enum Subject {
    /// A user, group or role.
    Principal(UniqueId),
    /// A managed policy.
    Policy(UniqueId),
}

fn is_policy(arn: &str) -> bool {
    let parsed: Option<Arn> = arn.parse().ok();
    parsed.is_some_and(|arn| arn.service() == "iam" && arn.resource().starts_with("policy/"))
}

/// What asks about the subject of this ARN.
///
/// # Errors
/// `InvalidInput` for an ARN of anything else.
pub(super) fn question(call: &Call<'_>, action: &'static str, arn: &str) -> Result<Question, ApiError> {
    if is_policy(arn) {
        return ask::about_policy(call, action, arn);
    }
    Ok(Source::parse(call, arn)?.question(call, action))
}

impl Subject {
    /// The subject of this ARN.
    ///
    /// # Errors
    /// `NoSuchEntity`.
    pub(super) fn find(call: &Call<'_>, arn: &str) -> Result<Self, ApiError> {
        if !is_policy(arn) {
            return Source::parse(call, arn)?.id(call).map(Self::Principal);
        }
        let policy = call.snapshot().policy_with_arn(arn).filter(|policy| policy.is_for(call.account));
        let policy = policy.ok_or_else(|| call.refused(&Refusal::NoSuchPolicy(arn.to_owned())))?;
        Ok(Self::Policy(policy.id))
    }

    pub(super) const fn id(&self) -> UniqueId {
        match self {
            Self::Principal(id) | Self::Policy(id) => *id,
        }
    }

    /// The permissions policies: the subject's, or the subject itself.
    ///
    /// # Errors
    /// `InternalFailure` if one of them cannot be read.
    pub(super) fn documents(&self, call: &Call<'_>) -> Result<Vec<Arc<Document>>, ApiError> {
        let snapshot = call.snapshot();
        let policies = match self {
            Self::Policy(id) => snapshot.managed(*id, "").map(|policy| vec![policy]),
            Self::Principal(id) => {
                snapshot.permissions(*id).map_or_else(|| Ok(Vec::new()), |found| Ok(found?.identity))
            }
        };
        let policies = policies.map_err(|cause| fault::unreadable(&cause))?;
        Ok(policies.iter().map(|policy| Arc::clone(policy.document.document())).collect())
    }
}

/// The users and roles that have the permissions of what has this id, ordered by ARN.
pub(super) fn entities(call: &Call<'_>, id: UniqueId) -> Vec<iam::EntityInfo> {
    let snapshot = call.snapshot();
    let members = |group| snapshot.members(group).map(|user| shown_user(user));
    let one = |entity: &Entity| match entity {
        Entity::User(user) => vec![shown_user(user)],
        Entity::Role(role) => vec![shown_role(role)],
        Entity::Group(group) => members(group.id).collect(),
        Entity::Policy(_) | Entity::Profile(_) => Vec::new(),
    };
    let mut entities: Vec<iam::EntityInfo> = match (snapshot.policy_with_id(id), snapshot.entity(id)) {
        (Some(policy), _) => snapshot.attachments(call.account, policy.id).flat_map(one).collect(),
        (None, Some(entity)) => one(entity),
        (None, None) => Vec::new(),
    };
    entities.sort_by(|one, other| one.arn.cmp(&other.arn));
    entities.dedup_by(|one, other| one.arn == other.arn);
    entities
}

fn shown_user(user: &User) -> iam::EntityInfo {
    iam::EntityInfo {
        arn: user.arn(),
        name: user.name.to_string(),
        r#type: "USER".to_owned(),
        id: user.id.to_string(),
        path: Some(user.path.to_string()),
    }
}

fn shown_role(role: &Role) -> iam::EntityInfo {
    iam::EntityInfo {
        arn: role.arn(),
        name: role.name.to_string(),
        r#type: "ROLE".to_owned(),
        id: role.id.to_string(),
        path: Some(role.path.to_string()),
    }
}

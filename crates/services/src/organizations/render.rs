//! From the directory's types to the answers' types.

use doorward_directory::organization::{
    ControlPolicy, Creation, CreationFailure, Features, Handshake, HandshakeAction, JoinedMethod, Member,
    Organization, Parent, PolicyKind, ResourcePolicy, Standing, Target, Unit,
};
use doorward_directory::{Snapshot, Tags};
use doorward_wire::{Secret, organizations as wire};
use jiff::Timestamp;

pub(super) fn organization(snapshot: &Snapshot, own: &Organization) -> wire::Organization {
    let management = snapshot.member(own.management_account);
    let all = own.features == Features::All;
    // Which types are in force, only ListRoots tells. Of this deprecated member AWS shows service control policies alone.
    let available = wire::PolicyTypeSummary {
        r#type: Some(PolicyKind::ServiceControl.name().to_owned()),
        status: Some("ENABLED".to_owned()),
    };
    wire::Organization {
        id: Some(own.id.to_string()),
        arn: Some(own.arn()),
        feature_set: Some(features(own.features).to_owned()),
        master_account_arn: Some(own.account_arn(own.management_account)),
        master_account_id: Some(own.management_account.to_string()),
        master_account_email: management.and_then(email),
        available_policy_types: Some(if all { vec![available] } else { Vec::new() }),
    }
}

pub(super) const fn features(features: Features) -> &'static str {
    match features {
        Features::All => "ALL",
        Features::ConsolidatedBilling => "CONSOLIDATED_BILLING",
    }
}

pub(super) fn root(own: &Organization) -> wire::Root {
    let enabled = PolicyKind::ALL.into_iter().filter(|kind| own.types.of(*kind).enabled);
    let summary = |kind: PolicyKind| wire::PolicyTypeSummary {
        r#type: Some(kind.name().to_owned()),
        status: Some("ENABLED".to_owned()),
    };
    wire::Root {
        id: Some(own.root.to_string()),
        arn: Some(own.root_arn()),
        name: Some("Root".to_owned()),
        policy_types: Some(enabled.map(summary).collect()),
    }
}

pub(super) fn unit(snapshot: &Snapshot, own: &Organization, unit: &Unit) -> wire::OrganizationalUnit {
    wire::OrganizationalUnit {
        id: Some(unit.id.to_string()),
        arn: Some(own.unit_arn(&unit.id)),
        name: Some(unit.name.to_string()),
        path: snapshot.path_down_to(&Parent::Unit(unit.id.clone())),
    }
}

pub(super) fn account(snapshot: &Snapshot, own: &Organization, member: &Member) -> wire::Account {
    let state = state(member);
    wire::Account {
        id: Some(member.account.to_string()),
        arn: Some(own.account_arn(member.account)),
        email: email(member),
        name: Some(name(snapshot, member)),
        status: Some(state.to_owned()),
        state: Some(state.to_owned()),
        paths: snapshot.path_down_to(&member.parent).map(|path| vec![format!("{path}{}/", member.account)]),
        joined_method: Some(joined(member.method).to_owned()),
        joined_timestamp: Some(member.joined),
    }
}

pub(super) fn administrator(
    snapshot: &Snapshot,
    own: &Organization,
    member: &Member,
) -> wire::DelegatedAdministrator {
    let account = account(snapshot, own, member);
    wire::DelegatedAdministrator {
        id: account.id,
        arn: account.arn,
        email: account.email,
        name: account.name,
        status: account.status,
        state: account.state,
        joined_method: account.joined_method,
        joined_timestamp: account.joined_timestamp,
        delegation_enabled_date: member.delegated.iter().map(|trusted| trusted.since).min(),
    }
}

fn email(member: &Member) -> Option<Secret<String>> {
    member.email.as_deref().map(|email| Secret::from(email.to_owned()))
}

fn name(snapshot: &Snapshot, member: &Member) -> Secret<String> {
    let name = snapshot.account(member.account).map(|account| account.name.to_string());
    Secret::from(name.unwrap_or_default())
}

const fn state(member: &Member) -> &'static str {
    match member.standing {
        Standing::Active => "ACTIVE",
        Standing::Suspended => "SUSPENDED",
    }
}

const fn joined(method: JoinedMethod) -> &'static str {
    match method {
        JoinedMethod::Invited => "INVITED",
        JoinedMethod::Created => "CREATED",
    }
}

pub(super) fn creation(creation: &Creation) -> wire::CreateAccountStatus {
    let failure = |failure| match failure {
        CreationFailure::EmailAlreadyExists => "EMAIL_ALREADY_EXISTS".to_owned(),
    };
    wire::CreateAccountStatus {
        id: Some(creation.id.to_string()),
        account_name: Some(Secret::from(creation.name.to_string())),
        state: Some(if creation.outcome.is_ok() { "SUCCEEDED" } else { "FAILED" }.to_owned()),
        requested_timestamp: Some(creation.requested),
        completed_timestamp: Some(creation.requested),
        account_id: creation.outcome.ok().map(|account| account.to_string()),
        gov_cloud_account_id: None,
        failure_reason: creation.outcome.err().map(failure),
    }
}

pub(super) fn policy(own: &Organization, policy: &ControlPolicy) -> wire::Policy {
    wire::Policy {
        policy_summary: Some(policy_summary(own, policy)),
        content: Some(policy.text.text().to_owned()),
    }
}

pub(super) fn policy_summary(own: &Organization, policy: &ControlPolicy) -> wire::PolicySummary {
    wire::PolicySummary {
        id: Some(policy.id.to_string()),
        arn: Some(own.policy_arn(policy.kind, &policy.id)),
        name: Some(policy.name.to_string()),
        description: Some(policy.description.to_string()),
        r#type: Some(policy.kind.name().to_owned()),
        aws_managed: Some(policy.id.is_managed()),
    }
}

pub(super) fn target(snapshot: &Snapshot, own: &Organization, target: &Target) -> wire::PolicyTargetSummary {
    let (kind, name) = match target {
        Target::Root => ("ROOT", Some("Root".to_owned())),
        Target::Unit(id) => ("ORGANIZATIONAL_UNIT", snapshot.unit(id).map(|unit| unit.name.to_string())),
        Target::Account(id) => ("ACCOUNT", snapshot.account(*id).map(|account| account.name.to_string())),
    };
    wire::PolicyTargetSummary {
        target_id: Some(target.id(own)),
        arn: Some(own.target_arn(target)),
        name,
        r#type: Some(kind.to_owned()),
    }
}

pub(super) fn resource_policy(own: &Organization, policy: &ResourcePolicy) -> wire::ResourcePolicy {
    wire::ResourcePolicy {
        resource_policy_summary: Some(wire::ResourcePolicySummary {
            id: Some(policy.id.to_string()),
            arn: Some(own.resource_policy_arn(&policy.id)),
        }),
        content: Some(policy.text.text().to_owned()),
    }
}

pub(super) fn handshake(
    snapshot: &Snapshot,
    own: &Organization,
    handshake: &Handshake,
    now: Timestamp,
) -> wire::Handshake {
    let party =
        |id: String, kind: &str| wire::HandshakeParty { id: Secret::from(id), r#type: kind.to_owned() };
    let mut parties = vec![party(own.id.to_string(), "ORGANIZATION")];
    parties.extend(handshake.recipient.map(|account| party(account.to_string(), "ACCOUNT")));
    wire::Handshake {
        id: Some(handshake.id.to_string()),
        arn: Some(own.handshake_arn(handshake)),
        parties: Some(parties),
        state: Some(handshake.state_at(now).name().to_owned()),
        requested_timestamp: Some(handshake.requested),
        expiration_timestamp: Some(handshake.expires),
        action: Some(handshake.action.name().to_owned()),
        resources: Some(handshake_resources(snapshot, own, handshake)),
    }
}

fn handshake_resources(
    snapshot: &Snapshot,
    own: &Organization,
    handshake: &Handshake,
) -> Vec<wire::HandshakeResource> {
    let one = |kind: &str, value: String| wire::HandshakeResource {
        value: Some(Secret::from(value)),
        r#type: Some(kind.to_owned()),
        resources: None,
    };
    let organization = one("ORGANIZATION", own.id.to_string());
    let management = snapshot.account(own.management_account).map(|account| account.name.to_string());
    let within = match handshake.action {
        HandshakeAction::Invite => {
            let name = management.map(|name| one("MASTER_NAME", name));
            let features = one("ORGANIZATION_FEATURE_SET", features(own.features).to_owned());
            Some(name.into_iter().chain([features]).collect())
        }
        HandshakeAction::EnableAllFeatures | HandshakeAction::ApproveAllFeatures => None,
    };
    let mut resources = vec![wire::HandshakeResource { resources: within, ..organization }];
    resources.extend(handshake.recipient.map(|account| one("ACCOUNT", account.to_string())));
    resources.extend(handshake.notes.as_ref().map(|notes| one("NOTES", notes.to_string())));
    resources.extend(handshake.parent.as_ref().map(|parent| one("PARENT_HANDSHAKE", parent.to_string())));
    resources
}

pub(super) fn tags(tags: &Tags) -> Vec<wire::Tag> {
    tags.iter().map(|tag| wire::Tag { key: tag.key.to_string(), value: tag.value.to_string() }).collect()
}

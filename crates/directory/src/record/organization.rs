//! The records of the organization.

use doorward_policy::Kind;
use minicbor::{Decode, Encode};

use super::{Reason, TagRecord, account_id, read, time, write};
use crate::keys::Key;
use crate::keys::organization::Place;
use crate::organization::{
    Attached, ControlPolicy, Creation, CreationFailure, Features, Handshake, HandshakeAction, HandshakeState,
    JoinedMethod, Listed, Member, Organization, Parent, PolicyId, PolicyKind, PolicyTypeState, PolicyTypes,
    ResourcePolicy, RootAccess, Standing, Trusted, Unit,
};
use crate::record::BadRecord;
use crate::tags::{Tag, Tags};
use crate::text::Texts;

/// What one record of the organization says.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum OrganizationFact {
    Itself(Box<Organization>),
    Unit(Unit),
    Member(Member),
    Policy(ControlPolicy),
    Handshake(Handshake),
    Creation(Creation),
}

/// One way out of [`OrganizationFact`] per kind of record.
macro_rules! facts {
    ($($into:ident: $variant:ident($kind:ty),)*) => {
        impl OrganizationFact {
            $(pub(crate) fn $into(self) -> Option<$kind> {
                if let Self::$variant(value) = self { Some(value) } else { None }
            })*
        }
    };
}

facts! {
    into_itself: Itself(Box<Organization>),
    into_unit: Unit(Unit),
    into_member: Member(Member),
    into_policy: Policy(ControlPolicy),
    into_handshake: Handshake(Handshake),
    into_creation: Creation(Creation),
}

#[derive(Encode, Decode)]
struct ListedRecord<'b> {
    #[n(0)]
    times: u32,
    #[b(1)]
    policies: Vec<&'b str>,
}

#[derive(Encode, Decode)]
struct AttachedRecord<'b> {
    #[b(0)]
    service_control: ListedRecord<'b>,
    #[b(1)]
    resource_control: ListedRecord<'b>,
}

#[derive(Encode, Decode)]
struct TypeRecord {
    #[n(0)]
    enabled: bool,
    #[n(1)]
    times: u32,
}

#[derive(Encode, Decode)]
struct TrustedRecord<'b> {
    #[b(0)]
    service: &'b str,
    #[n(1)]
    since_s: i64,
}

#[derive(Encode, Decode)]
struct ResourcePolicyRecord<'b> {
    #[b(0)]
    id: &'b str,
    #[b(1)]
    text: &'b str,
    #[b(2)]
    tags: Vec<TagRecord<'b>>,
}

#[derive(Encode, Decode)]
struct OrganizationRecord<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    management_account: u64,
    #[b(2)]
    root: &'b str,
    #[n(3)]
    created_s: i64,
    #[n(4)]
    all_features: bool,
    #[n(5)]
    service_control: TypeRecord,
    #[n(6)]
    resource_control: TypeRecord,
    #[b(7)]
    root_tags: Vec<TagRecord<'b>>,
    #[b(8)]
    root_attached: AttachedRecord<'b>,
    #[b(9)]
    services: Vec<TrustedRecord<'b>>,
    #[b(10)]
    resource_policy: Option<ResourcePolicyRecord<'b>>,
    #[n(11)]
    root_credentials_management: bool,
    #[n(12)]
    root_sessions: bool,
}

#[derive(Encode, Decode)]
struct UnitRecord<'b> {
    #[b(0)]
    parent: Option<&'b str>,
    #[b(1)]
    name: &'b str,
    #[b(2)]
    tags: Vec<TagRecord<'b>>,
    #[b(3)]
    attached: AttachedRecord<'b>,
}

#[derive(Encode, Decode)]
struct MemberRecord<'b> {
    #[b(0)]
    parent: Option<&'b str>,
    #[n(1)]
    joined_s: i64,
    #[n(2)]
    created: bool,
    #[b(3)]
    email: Option<&'b str>,
    #[n(4)]
    suspended: bool,
    #[b(5)]
    tags: Vec<TagRecord<'b>>,
    #[b(6)]
    attached: AttachedRecord<'b>,
    #[b(7)]
    delegated: Vec<TrustedRecord<'b>>,
}

#[derive(Encode, Decode)]
struct ControlPolicyRecord<'b> {
    #[b(0)]
    kind: &'b str,
    #[b(1)]
    name: &'b str,
    #[b(2)]
    description: &'b str,
    #[b(3)]
    text: &'b str,
    #[b(4)]
    tags: Vec<TagRecord<'b>>,
}

#[derive(Encode, Decode)]
struct HandshakeRecord<'b> {
    #[b(0)]
    action: &'b str,
    #[n(1)]
    recipient: Option<u64>,
    #[n(2)]
    requested_s: i64,
    #[n(3)]
    expires_s: i64,
    #[b(4)]
    state: &'b str,
    #[n(5)]
    ended_s: Option<i64>,
    #[b(6)]
    notes: Option<&'b str>,
    #[b(7)]
    tags: Vec<TagRecord<'b>>,
    #[b(8)]
    parent: Option<&'b str>,
}

#[derive(Encode, Decode)]
struct CreationRecord<'b> {
    #[b(0)]
    name: &'b str,
    #[n(1)]
    requested_s: i64,
    #[n(2)]
    account: Option<u64>,
}

/// The bytes that say `fact`.
pub(super) fn encode(key: &Key, fact: &OrganizationFact) -> Result<Vec<u8>, BadRecord> {
    match fact {
        OrganizationFact::Itself(organization) => write(key, &organization_record(organization)),
        OrganizationFact::Unit(unit) => write(
            key,
            &UnitRecord {
                parent: parent_record(&unit.parent),
                name: &unit.name,
                tags: tag_records(&unit.tags),
                attached: attached_record(&unit.attached),
            },
        ),
        OrganizationFact::Member(member) => write(
            key,
            &MemberRecord {
                parent: parent_record(&member.parent),
                joined_s: member.joined.as_second(),
                created: member.method == JoinedMethod::Created,
                email: member.email.as_deref(),
                suspended: member.standing == Standing::Suspended,
                tags: tag_records(&member.tags),
                attached: attached_record(&member.attached),
                delegated: trusted_records(&member.delegated),
            },
        ),
        OrganizationFact::Policy(policy) => write(
            key,
            &ControlPolicyRecord {
                kind: policy.kind.name(),
                name: &policy.name,
                description: &policy.description,
                text: policy.text.text(),
                tags: tag_records(&policy.tags),
            },
        ),
        OrganizationFact::Handshake(handshake) => write(key, &handshake_record(handshake)),
        OrganizationFact::Creation(creation) => write(
            key,
            &CreationRecord {
                name: &creation.name,
                requested_s: creation.requested.as_second(),
                account: creation.outcome.ok().map(doorward_policy::AccountId::number),
            },
        ),
    }
}

fn organization_record(organization: &Organization) -> OrganizationRecord<'_> {
    let state = |state: PolicyTypeState| TypeRecord { enabled: state.enabled, times: state.times };
    OrganizationRecord {
        id: organization.id.as_str(),
        management_account: organization.management_account.number(),
        root: organization.root.as_str(),
        created_s: organization.created.as_second(),
        all_features: organization.features == Features::All,
        service_control: state(organization.types.service_control),
        resource_control: state(organization.types.resource_control),
        root_tags: tag_records(&organization.root_tags),
        root_attached: attached_record(&organization.root_attached),
        services: trusted_records(&organization.services),
        resource_policy: organization.resource_policy.as_ref().map(|policy| ResourcePolicyRecord {
            id: policy.id.as_str(),
            text: policy.text.text(),
            tags: tag_records(&policy.tags),
        }),
        root_credentials_management: organization.root_access.credentials_management,
        root_sessions: organization.root_access.sessions,
    }
}

fn handshake_record(handshake: &Handshake) -> HandshakeRecord<'_> {
    HandshakeRecord {
        action: handshake.action.name(),
        recipient: handshake.recipient.map(doorward_policy::AccountId::number),
        requested_s: handshake.requested.as_second(),
        expires_s: handshake.expires.as_second(),
        state: handshake.state.name(),
        ended_s: handshake.ended.map(jiff::Timestamp::as_second),
        notes: handshake.notes.as_deref(),
        tags: tag_records(&handshake.tags),
        parent: handshake.parent.as_ref().map(crate::organization::HandshakeId::as_str),
    }
}

fn parent_record(parent: &Parent) -> Option<&str> {
    match parent {
        Parent::Root => None,
        Parent::Unit(unit) => Some(unit.as_str()),
    }
}

fn tag_records(tags: &Tags) -> Vec<TagRecord<'_>> {
    tags.iter().map(|tag| TagRecord { key: &tag.key, value: &tag.value }).collect()
}

fn attached_record(attached: &Attached) -> AttachedRecord<'_> {
    AttachedRecord {
        service_control: listed_record(&attached.service_control),
        resource_control: listed_record(&attached.resource_control),
    }
}

fn listed_record(listed: &Listed) -> ListedRecord<'_> {
    ListedRecord { times: listed.times, policies: listed.policies.iter().map(PolicyId::as_str).collect() }
}

fn trusted_records(services: &[Trusted]) -> Vec<TrustedRecord<'_>> {
    services
        .iter()
        .map(|trusted| TrustedRecord { service: &trusted.service, since_s: trusted.since.as_second() })
        .collect()
}

/// What the record at `place` says.
pub(super) fn fact(place: &Place, bytes: &[u8], texts: &Texts) -> Result<OrganizationFact, Reason> {
    match place {
        Place::Itself => Ok(OrganizationFact::Itself(Box::new(organization(read(bytes)?, texts)?))),
        Place::Unit(id) => {
            let record: UnitRecord<'_> = read(bytes)?;
            Ok(OrganizationFact::Unit(Unit {
                id: id.clone(),
                parent: parent(record.parent)?,
                name: record.name.into(),
                tags: tags(&record.tags)?,
                attached: attached(&record.attached)?,
            }))
        }
        Place::Member(account) => member(*account, read(bytes)?).map(OrganizationFact::Member),
        Place::Policy(id) => {
            let record: ControlPolicyRecord<'_> = read(bytes)?;
            let kind = PolicyKind::of_name(record.kind)
                .ok_or_else(|| format!("`{}` is no type of policy", record.kind))?;
            Ok(OrganizationFact::Policy(ControlPolicy {
                id: id.clone(),
                kind,
                name: record.name.into(),
                description: record.description.into(),
                text: texts.intern(kind.grammar(), record.text, Box::default()),
                tags: tags(&record.tags)?,
            }))
        }
        Place::Handshake(id) => handshake(id, read(bytes)?).map(OrganizationFact::Handshake),
        Place::Creation(id) => {
            let record: CreationRecord<'_> = read(bytes)?;
            let account = record.account.map(account_id).transpose()?;
            Ok(OrganizationFact::Creation(Creation {
                id: id.clone(),
                name: record.name.into(),
                requested: time(record.requested_s)?,
                outcome: account.ok_or(CreationFailure::EmailAlreadyExists),
            }))
        }
    }
}

fn organization(record: OrganizationRecord<'_>, texts: &Texts) -> Result<Organization, Reason> {
    let state = |record: TypeRecord| PolicyTypeState { enabled: record.enabled, times: record.times };
    let resource_policy = record.resource_policy.map(|policy| {
        Ok::<_, Reason>(ResourcePolicy {
            id: id(policy.id)?,
            text: texts.intern(Kind::Resource, policy.text, Box::default()),
            tags: tags(&policy.tags)?,
        })
    });
    Ok(Organization {
        id: id(record.id)?,
        management_account: account_id(record.management_account)?,
        root: id(record.root)?,
        created: time(record.created_s)?,
        features: if record.all_features { Features::All } else { Features::ConsolidatedBilling },
        types: PolicyTypes {
            service_control: state(record.service_control),
            resource_control: state(record.resource_control),
        },
        root_tags: tags(&record.root_tags)?,
        root_attached: attached(&record.root_attached)?,
        services: trusted(&record.services)?,
        resource_policy: resource_policy.transpose()?,
        root_access: RootAccess {
            credentials_management: record.root_credentials_management,
            sessions: record.root_sessions,
        },
    })
}

fn member(account: doorward_policy::AccountId, record: MemberRecord<'_>) -> Result<Member, Reason> {
    Ok(Member {
        account,
        parent: parent(record.parent)?,
        joined: time(record.joined_s)?,
        method: if record.created { JoinedMethod::Created } else { JoinedMethod::Invited },
        email: record.email.map(Into::into),
        standing: if record.suspended { Standing::Suspended } else { Standing::Active },
        tags: tags(&record.tags)?,
        attached: attached(&record.attached)?,
        delegated: trusted(&record.delegated)?,
    })
}

fn handshake(
    own: &crate::organization::HandshakeId,
    record: HandshakeRecord<'_>,
) -> Result<Handshake, Reason> {
    let actions =
        [HandshakeAction::Invite, HandshakeAction::EnableAllFeatures, HandshakeAction::ApproveAllFeatures];
    let states = [
        HandshakeState::Requested,
        HandshakeState::Open,
        HandshakeState::Canceled,
        HandshakeState::Accepted,
        HandshakeState::Declined,
        HandshakeState::Expired,
    ];
    let action = actions.into_iter().find(|action| action.name() == record.action);
    let state = states.into_iter().find(|state| state.name() == record.state);
    Ok(Handshake {
        id: own.clone(),
        action: action.ok_or_else(|| format!("`{}` is no action of a handshake", record.action))?,
        recipient: record.recipient.map(account_id).transpose()?,
        requested: time(record.requested_s)?,
        expires: time(record.expires_s)?,
        state: state.ok_or_else(|| format!("`{}` is no state of a handshake", record.state))?,
        ended: record.ended_s.map(time).transpose()?,
        notes: record.notes.map(Into::into),
        tags: tags(&record.tags)?,
        parent: record.parent.map(id).transpose()?,
    })
}

fn id<T: std::str::FromStr<Err = crate::organization::NotAnOrganizationId>>(text: &str) -> Result<T, Reason> {
    text.parse().map_err(|error: crate::organization::NotAnOrganizationId| error.to_string())
}

fn parent(text: Option<&str>) -> Result<Parent, Reason> {
    text.map_or(Ok(Parent::Root), |text| id(text).map(Parent::Unit))
}

fn tags(records: &[TagRecord<'_>]) -> Result<Tags, Reason> {
    let tag = |tag: &TagRecord<'_>| Tag { key: tag.key.into(), value: tag.value.into() };
    Tags::new(records.iter().map(tag).collect()).map_err(|error| error.to_string())
}

fn attached(record: &AttachedRecord<'_>) -> Result<Attached, Reason> {
    Ok(Attached {
        service_control: listed(&record.service_control)?,
        resource_control: listed(&record.resource_control)?,
    })
}

fn listed(record: &ListedRecord<'_>) -> Result<Listed, Reason> {
    let policies: Result<Vec<PolicyId>, Reason> = record.policies.iter().map(|text| id(text)).collect();
    Ok(Listed { times: record.times, policies: policies? })
}

fn trusted(records: &[TrustedRecord<'_>]) -> Result<Vec<Trusted>, Reason> {
    let one = |record: &TrustedRecord<'_>| {
        Ok(Trusted { service: record.service.into(), since: time(record.since_s)? })
    };
    records.iter().map(one).collect()
}

//! What is stored: one CBOR record per entity, behind one byte that says which version of the format it is.
//!
//! Records are types of their own, apart from what the rest of the crate works with. A field that is added, or changes
//! its meaning, raises [`FORMAT`]: a server that does not know a record's format refuses to start rather than lose what
//! it cannot read.

pub(crate) mod delegation;
pub(crate) mod organization;

use std::sync::Arc;

use doorward_policy::{AccountId, Kind};
use jiff::Timestamp;
use minicbor::{Decode, Encode};

mod certificates;
mod credential_report;
mod credentials;
mod issuers;
mod keyring;
mod linked;
mod mfa;
mod passwords;
mod providers;
mod reports;
mod role_source;
mod usage;

use crate::access_key::{AccessKey, KeyOwner, KeyStatus};
use crate::account::{Account, Installation, Service, TokenVersion};
use crate::certificate::{ServerCertificate, SigningCertificate};
use crate::credential_report::CredentialReport;
use crate::format::{self, Format};
use crate::identity::{Group, InstanceProfile, Role, User};
use crate::issuer::Issuer;
use crate::keyring::Keyring;
use crate::keys::Key;
use crate::linked::LinkedDeletion;
use crate::managed::{InlinePolicy, ManagedPolicy, Owner, PolicyVersion, VersionNumber};
use crate::mfa::MfaDevice;
use crate::name::{Name, Path};
use crate::password::{LoginProfile, PasswordPolicy};
use crate::properties::RoleManager;
use crate::provider::{OidcProvider, SamlProvider};
use crate::reports::AccessReport;
use crate::service_credential::ServiceCredential;
use crate::ssh_key::SshKey;
use crate::tags::{Tag, Tags};
use crate::text::{Binding, Texts};
use crate::unique_id::UniqueId;
use crate::usage::Use;
use delegation::DelegationFact;
use issuers::IssuerRecord;
use keyring::KeyringRecord;
use organization::OrganizationFact;
use providers::{OidcRecord, SamlRecord};
use reports::ReportRecord;
use role_source::SourceRecord;
use usage::UseRecord;

/// The format of the records that this version writes, and the only one it reads.
pub(crate) const FORMAT: u8 = 1;

/// The byte before the record of a key.
pub(crate) const fn first_byte(key: &Key) -> u8 {
    if matches!(key, Key::Format) { format::FORM } else { FORMAT }
}

/// A record that does not read back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the record of the key `{key}` cannot be read: {reason}")]
pub struct BadRecord {
    /// Where it stands.
    pub key: String,
    /// What is wrong with it.
    pub reason: String,
}

/// What one record says.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Fact {
    Format(Format),
    Installation(Installation),
    Keyring(Keyring),
    Account(Account),
    Alias(AccountId),
    User(User),
    Group(Group),
    Role(Role),
    Policy(ManagedPolicy),
    Profile(InstanceProfile),
    Version(PolicyVersion),
    Inline(InlinePolicy),
    AccessKey(AccessKey),
    Login(LoginProfile),
    MfaDevice(MfaDevice),
    PasswordPolicy(PasswordPolicy),
    Issuer(Issuer),
    Oidc(OidcProvider),
    Saml(SamlProvider),
    Service(Service),
    ServerCertificate(ServerCertificate),
    SigningCertificate(SigningCertificate),
    SshKey(SshKey),
    ServiceCredential(ServiceCredential),
    LinkedDeletion(LinkedDeletion),
    CredentialReport(CredentialReport),
    Use(Use),
    Report(AccessReport),
    Delegation(DelegationFact),
    Organization(OrganizationFact),
    Guard,
    Fence(u32),
}

/// One way out of [`Fact`] per kind of record.
macro_rules! facts {
    ($($into:ident: $variant:ident($kind:ty),)*) => {
        impl Fact {
            $(pub(crate) fn $into(self) -> Option<$kind> {
                if let Self::$variant(value) = self { Some(value) } else { None }
            })*
        }
    };
}

facts! {
    into_format: Format(Format),
    into_installation: Installation(Installation),
    into_keyring: Keyring(Keyring),
    into_account: Account(Account),
    into_alias: Alias(AccountId),
    into_user: User(User),
    into_group: Group(Group),
    into_role: Role(Role),
    into_policy: Policy(ManagedPolicy),
    into_profile: Profile(InstanceProfile),
    into_version: Version(PolicyVersion),
    into_inline: Inline(InlinePolicy),
    into_access_key: AccessKey(AccessKey),
    into_login: Login(LoginProfile),
    into_mfa_device: MfaDevice(MfaDevice),
    into_password_policy: PasswordPolicy(PasswordPolicy),
    into_issuer: Issuer(Issuer),
    into_oidc: Oidc(OidcProvider),
    into_saml: Saml(SamlProvider),
    into_service: Service(Service),
    into_server_certificate: ServerCertificate(ServerCertificate),
    into_signing_certificate: SigningCertificate(SigningCertificate),
    into_ssh_key: SshKey(SshKey),
    into_service_credential: ServiceCredential(ServiceCredential),
    into_linked_deletion: LinkedDeletion(LinkedDeletion),
    into_credential_report: CredentialReport(CredentialReport),
    into_use: Use(Use),
    into_report: Report(AccessReport),
    into_delegation: Delegation(DelegationFact),
    into_organization: Organization(OrganizationFact),
    into_fence: Fence(u32),
}

#[derive(Encode, Decode)]
struct InstallationRecord {
    #[n(0)]
    management_account: u64,
    #[n(1)]
    created_s: i64,
}

#[derive(Encode, Decode)]
struct AccountRecord<'b> {
    #[b(0)]
    name: &'b str,
    #[n(1)]
    created_s: i64,
    #[b(2)]
    alias: Option<&'b str>,
    #[n(3)]
    token_version_two: bool,
    #[n(4)]
    role_manager_enabled: bool,
}

#[derive(Encode, Decode)]
struct TagRecord<'b> {
    #[b(0)]
    key: &'b str,
    #[b(1)]
    value: &'b str,
}

/// What users, groups, roles, policies and instance profiles have in common.
#[derive(Encode, Decode)]
struct EntityRecord<'b> {
    #[b(0)]
    id: &'b str,
    #[b(1)]
    name: &'b str,
    #[b(2)]
    path: &'b str,
    #[n(3)]
    created_s: i64,
    #[b(4)]
    tags: Vec<TagRecord<'b>>,
}

#[derive(Encode, Decode)]
struct UserRecord<'b> {
    #[b(0)]
    entity: EntityRecord<'b>,
    #[b(1)]
    boundary: Option<&'b str>,
    #[b(2)]
    groups: Vec<&'b str>,
    #[b(3)]
    attached: Vec<&'b str>,
}

#[derive(Encode, Decode)]
struct GroupRecord<'b> {
    #[b(0)]
    entity: EntityRecord<'b>,
    #[b(1)]
    attached: Vec<&'b str>,
}

#[derive(Encode, Decode)]
struct BindingRecord<'b> {
    #[b(0)]
    arn: &'b str,
    #[b(1)]
    id: &'b str,
}

#[derive(Encode, Decode)]
struct RoleRecord<'b> {
    #[b(0)]
    entity: EntityRecord<'b>,
    #[b(1)]
    trust: &'b str,
    #[b(2)]
    bindings: Vec<BindingRecord<'b>>,
    #[b(3)]
    description: Option<&'b str>,
    #[n(4)]
    max_session_s: u32,
    #[b(5)]
    boundary: Option<&'b str>,
    #[b(6)]
    attached: Vec<&'b str>,
    #[b(7)]
    source: Option<SourceRecord<'b>>,
}

#[derive(Encode, Decode)]
struct PolicyRecord<'b> {
    #[b(0)]
    entity: EntityRecord<'b>,
    #[n(1)]
    updated_s: i64,
    #[b(2)]
    description: Option<&'b str>,
    #[n(3)]
    default_version: u32,
    #[n(4)]
    latest_version: u32,
}

#[derive(Encode, Decode)]
struct ProfileRecord<'b> {
    #[b(0)]
    entity: EntityRecord<'b>,
    #[b(1)]
    role: Option<&'b str>,
}

#[derive(Encode, Decode)]
struct VersionRecord<'b> {
    #[b(0)]
    text: &'b str,
    #[n(1)]
    created_s: i64,
}

#[derive(Encode, Decode)]
struct InlineRecord<'b> {
    #[b(0)]
    text: &'b str,
}

#[derive(Encode, Decode)]
enum OwnerRecord<'b> {
    #[n(0)]
    Root,
    #[n(1)]
    User(#[b(0)] &'b str),
    #[n(2)]
    Service(#[b(0)] &'b str),
}

#[derive(Encode, Decode)]
struct AccessKeyRecord<'b> {
    #[n(0)]
    account: u64,
    #[b(1)]
    owner: OwnerRecord<'b>,
    #[n(2)]
    active: bool,
    #[n(3)]
    created_s: i64,
    #[cbor(b(4), with = "minicbor::bytes")]
    sealed_secret: &'b [u8],
}

#[derive(Encode, Decode)]
struct ServiceRecord {
    #[n(0)]
    account: u64,
    #[n(1)]
    created_s: i64,
}

/// The bytes that say `fact`. The key says the rest: account, folded name, owner.
pub(crate) fn encode(key: &Key, fact: &Fact) -> Result<Vec<u8>, BadRecord> {
    match fact {
        Fact::Format(format) => format.encode().map_err(|reason| bad(key, &reason)),
        Fact::Installation(installation) => write(
            key,
            &InstallationRecord {
                management_account: installation.management_account.number(),
                created_s: installation.created.as_second(),
            },
        ),
        Fact::Keyring(ring) => write(key, &KeyringRecord::of(ring)),
        Fact::Account(account) => write(
            key,
            &AccountRecord {
                name: &account.name,
                created_s: account.created.as_second(),
                alias: account.alias.as_deref(),
                token_version_two: account.token_version == TokenVersion::Two,
                role_manager_enabled: account.role_manager == RoleManager::Enabled,
            },
        ),
        Fact::Alias(account) => write(key, &account.number()),
        Fact::User(user) => write(key, &user_record(user)),
        Fact::Group(group) => write(
            key,
            &GroupRecord {
                entity: entity(&group.id, &group.name, &group.path, group.created, &Tags::default()),
                attached: ids(&group.attached),
            },
        ),
        Fact::Role(role) => write(key, &role_record(role)),
        Fact::Policy(policy) => write(key, &policy_record(policy)),
        Fact::Profile(profile) => write(
            key,
            &ProfileRecord {
                entity: entity(&profile.id, &profile.name, &profile.path, profile.created, &profile.tags),
                role: profile.role.as_ref().map(UniqueId::as_str),
            },
        ),
        Fact::Version(version) => {
            write(key, &VersionRecord { text: version.text.text(), created_s: version.created.as_second() })
        }
        Fact::Inline(inline) => write(key, &InlineRecord { text: inline.text.text() }),
        Fact::AccessKey(access_key) => write(key, &access_key_record(access_key)),
        Fact::Login(login) => write(key, &passwords::login_record(login)),
        Fact::MfaDevice(device) => write(key, &mfa::record(device)),
        Fact::PasswordPolicy(policy) => write(key, &passwords::policy_record(policy)),
        Fact::Issuer(issuer) => write(key, &IssuerRecord::of(issuer)),
        Fact::Oidc(provider) => write(key, &OidcRecord::of(provider)),
        Fact::Saml(provider) => write(key, &SamlRecord::of(provider)),
        Fact::Service(service) => write(
            key,
            &ServiceRecord { account: service.account.number(), created_s: service.created.as_second() },
        ),
        Fact::ServerCertificate(certificate) => write(key, &certificates::server_record(certificate)),
        Fact::SigningCertificate(certificate) => write(key, &certificates::signing_record(certificate)),
        Fact::SshKey(ssh_key) => write(key, &credentials::ssh_key_record(ssh_key)),
        Fact::ServiceCredential(credential) => write(key, &credentials::service_record(credential)),
        Fact::LinkedDeletion(deletion) => write(key, &linked::record(deletion)),
        Fact::CredentialReport(report) => write(key, &credential_report::record(report)),
        Fact::Use(last) => write(key, &UseRecord::of(last)),
        Fact::Report(report) => write(key, &ReportRecord::of(report)),
        Fact::Delegation(fact) => delegation::encode(key, fact),
        Fact::Organization(fact) => organization::encode(key, fact),
        Fact::Guard => write(key, &()),
        Fact::Fence(count) => write(key, count),
    }
}

fn write<R: Encode<()>>(key: &Key, record: &R) -> Result<Vec<u8>, BadRecord> {
    let mut bytes = vec![FORMAT];
    let written = minicbor::encode(record, &mut bytes);
    written.map_err(|error| bad(key, &error.to_string()))?;
    Ok(bytes)
}

fn user_record(user: &User) -> UserRecord<'_> {
    UserRecord {
        entity: entity(&user.id, &user.name, &user.path, user.created, &user.tags),
        boundary: user.boundary.as_ref().map(UniqueId::as_str),
        groups: ids(&user.groups),
        attached: ids(&user.attached),
    }
}

fn role_record(role: &Role) -> RoleRecord<'_> {
    RoleRecord {
        entity: entity(&role.id, &role.name, &role.path, role.created, &role.tags),
        trust: role.trust.text(),
        bindings: role.trust.bindings().iter().map(binding_record).collect(),
        description: role.description.as_deref(),
        max_session_s: role.max_session_s,
        boundary: role.boundary.as_ref().map(UniqueId::as_str),
        attached: ids(&role.attached),
        source: role.source.as_deref().map(SourceRecord::of),
    }
}

fn binding_record(binding: &Binding) -> BindingRecord<'_> {
    BindingRecord { arn: &binding.arn, id: binding.id.as_str() }
}

fn policy_record(policy: &ManagedPolicy) -> PolicyRecord<'_> {
    PolicyRecord {
        entity: entity(&policy.id, &policy.name, &policy.path, policy.created, &policy.tags),
        updated_s: policy.updated.as_second(),
        description: policy.description.as_deref(),
        default_version: policy.default_version.0,
        latest_version: policy.latest_version.0,
    }
}

fn access_key_record(key: &AccessKey) -> AccessKeyRecord<'_> {
    AccessKeyRecord {
        account: key.account.number(),
        owner: match &key.owner {
            KeyOwner::Root(_) => OwnerRecord::Root,
            KeyOwner::User(id) => OwnerRecord::User(id.as_str()),
            KeyOwner::Service(name) => OwnerRecord::Service(name),
        },
        active: key.status == KeyStatus::Active,
        created_s: key.created.as_second(),
        sealed_secret: &key.sealed_secret,
    }
}

fn entity<'b>(
    id: &'b UniqueId,
    name: &'b Name,
    path: &'b Path,
    created: Timestamp,
    tags: &'b Tags,
) -> EntityRecord<'b> {
    EntityRecord {
        id: id.as_str(),
        name: name.as_str(),
        path: path.as_str(),
        created_s: created.as_second(),
        tags: tags.iter().map(|tag| TagRecord { key: &tag.key, value: &tag.value }).collect(),
    }
}

fn ids(ids: &[UniqueId]) -> Vec<&str> {
    ids.iter().map(UniqueId::as_str).collect()
}

/// What the record under `key` says.
pub(crate) fn decode(key: &Key, bytes: &[u8], texts: &Texts) -> Result<Fact, BadRecord> {
    fact(key, bytes, texts).map_err(|reason| bad(key, &reason))
}

fn bad(key: &Key, reason: &str) -> BadRecord {
    BadRecord { key: key.to_string(), reason: reason.replace('\n', " ") }
}

/// Why a record is bad, in words.
type Reason = String;

fn fact(key: &Key, bytes: &[u8], texts: &Texts) -> Result<Fact, Reason> {
    match key {
        Key::Format => Format::decode(bytes).map(Fact::Format),
        Key::Installation => installation(&read(bytes)?).map(Fact::Installation),
        Key::Keyring => read::<KeyringRecord<'_>>(bytes)?.read().map(Fact::Keyring),
        Key::Account(id) => account(*id, read(bytes)?).map(Fact::Account),
        Key::Alias(_) => account_id(read(bytes)?).map(Fact::Alias),
        Key::User(account, name) => user(*account, name, read(bytes)?, texts).map(Fact::User),
        Key::Group(account, name) => group(*account, name, read(bytes)?, texts).map(Fact::Group),
        Key::Role(account, name) => role(*account, name, read(bytes)?, texts).map(Fact::Role),
        Key::Policy(account, name) => policy(*account, name, read(bytes)?, texts).map(Fact::Policy),
        Key::Profile(account, name) => profile(*account, name, read(bytes)?, texts).map(Fact::Profile),
        Key::Version(_, number) => version(*number, read(bytes)?, texts).map(Fact::Version),
        Key::Inline(_, name) => {
            let record: InlineRecord<'_> = read(bytes)?;
            let text = texts.intern(Kind::Inline, record.text, Box::default());
            let name = texts.words.shared(Arc::clone(name));
            Ok(Fact::Inline(InlinePolicy { name, text }))
        }
        Key::AccessKey(_) => access_key(key, read(bytes)?).map(Fact::AccessKey),
        Key::Login(_) => passwords::login(read(bytes)?).map(Fact::Login),
        Key::MfaDevice(account, place) => mfa::device(*account, place, read(bytes)?).map(Fact::MfaDevice),
        Key::PasswordPolicy(_) => Ok(Fact::PasswordPolicy(passwords::policy(read(bytes)?))),
        Key::Issuer(account) => read::<IssuerRecord<'_>>(bytes)?.read(*account).map(Fact::Issuer),
        Key::Oidc(account, url) => read::<OidcRecord<'_>>(bytes)?.read(*account, url).map(Fact::Oidc),
        Key::Saml(account, name) => read::<SamlRecord<'_>>(bytes)?.read(*account, name).map(Fact::Saml),
        Key::Service(name) => {
            let record: ServiceRecord = read(bytes)?;
            let (account, created) = (account_id(record.account)?, time(record.created_s)?);
            Ok(Fact::Service(Service { name: Arc::clone(name), account, created }))
        }
        Key::ServerCertificate(account, name) => {
            certificates::server(*account, name, read(bytes)?, texts).map(Fact::ServerCertificate)
        }
        Key::SigningCertificate(account, id) => {
            certificates::signing(*account, id, read(bytes)?).map(Fact::SigningCertificate)
        }
        Key::SshKey(user, id) => credentials::ssh_key(*user, id, read(bytes)?).map(Fact::SshKey),
        Key::ServiceCredential(user, id) => {
            credentials::service(*user, id, read(bytes)?).map(Fact::ServiceCredential)
        }
        Key::LinkedDeletion(_, id) => linked::fact(id, read(bytes)?).map(Fact::LinkedDeletion),
        Key::CredentialReport(_) => credential_report::fact(read(bytes)?).map(Fact::CredentialReport),
        Key::KeyUse(_) | Key::RoleUse(_) => read::<UseRecord<'_>>(bytes)?.read().map(Fact::Use),
        Key::Report(account, id) => read::<ReportRecord<'_>>(bytes)?.read(*account, id).map(Fact::Report),
        Key::Delegation(place) => delegation::fact(place, bytes).map(Fact::Delegation),
        Key::Organization(place) => organization::fact(place, bytes, texts).map(Fact::Organization),
        Key::Guard(_) => read::<()>(bytes).map(|()| Fact::Guard),
        Key::Fence(..) => read(bytes).map(Fact::Fence),
    }
}

fn read<'b, R: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<R, Reason> {
    let (format, body) = bytes.split_first().ok_or("it is empty")?;
    if *format != FORMAT {
        return Err(format!("its format is {format}, and this version knows {FORMAT} only"));
    }
    let mut decoder = minicbor::Decoder::new(body);
    let record = decoder.decode().map_err(|error| error.to_string())?;
    if decoder.position() == body.len() { Ok(record) } else { Err("something follows it".to_owned()) }
}

fn installation(record: &InstallationRecord) -> Result<Installation, Reason> {
    Ok(Installation {
        management_account: account_id(record.management_account)?,
        created: time(record.created_s)?,
    })
}

fn account(id: AccountId, record: AccountRecord<'_>) -> Result<Account, Reason> {
    let created = time(record.created_s)?;
    let token_version = if record.token_version_two { TokenVersion::Two } else { TokenVersion::One };
    let role_manager = if record.role_manager_enabled { RoleManager::Enabled } else { RoleManager::Disabled };
    let (name, alias) = (record.name.into(), record.alias.map(Into::into));
    Ok(Account { id, name, created, alias, token_version, role_manager })
}

fn user(account: AccountId, folded: &str, record: UserRecord<'_>, texts: &Texts) -> Result<User, Reason> {
    let Entity { id, name, path, created, tags } = Entity::read(folded, record.entity, texts)?;
    let (boundary, groups) = (optional_id(record.boundary)?, all_ids(&record.groups)?);
    let attached = all_ids(&record.attached)?;
    Ok(User { account, id, name, path, created, tags, boundary, groups, attached })
}

fn group(account: AccountId, folded: &str, record: GroupRecord<'_>, texts: &Texts) -> Result<Group, Reason> {
    let Entity { id, name, path, created, tags: _ } = Entity::read(folded, record.entity, texts)?;
    Ok(Group { account, id, name, path, created, attached: all_ids(&record.attached)? })
}

fn role(account: AccountId, folded: &str, record: RoleRecord<'_>, texts: &Texts) -> Result<Role, Reason> {
    let Entity { id, name, path, created, tags } = Entity::read(folded, record.entity, texts)?;
    let bindings: Result<Box<[Binding]>, Reason> = record
        .bindings
        .iter()
        .map(|binding| Ok(Binding { arn: binding.arn.into(), id: unique_id(binding.id)? }))
        .collect();
    Ok(Role {
        account,
        id,
        name,
        path,
        created,
        trust: texts.intern(Kind::Trust, record.trust, bindings?),
        description: record.description.map(Into::into),
        max_session_s: record.max_session_s,
        tags,
        boundary: optional_id(record.boundary)?,
        attached: all_ids(&record.attached)?,
        source: record.source.map(|source| Box::new(source.read())),
    })
}

fn policy(
    account: AccountId,
    folded: &str,
    record: PolicyRecord<'_>,
    texts: &Texts,
) -> Result<ManagedPolicy, Reason> {
    let Entity { id, name, path, created, tags } = Entity::read(folded, record.entity, texts)?;
    Ok(ManagedPolicy {
        owner: Owner::Account(account),
        id,
        name,
        path,
        created,
        updated: time(record.updated_s)?,
        description: record.description.map(Into::into),
        default_version: VersionNumber(record.default_version),
        latest_version: VersionNumber(record.latest_version),
        tags,
    })
}

fn profile(
    account: AccountId,
    folded: &str,
    record: ProfileRecord<'_>,
    texts: &Texts,
) -> Result<InstanceProfile, Reason> {
    let Entity { id, name, path, created, tags } = Entity::read(folded, record.entity, texts)?;
    Ok(InstanceProfile { account, id, name, path, created, role: optional_id(record.role)?, tags })
}

fn version(number: VersionNumber, record: VersionRecord<'_>, texts: &Texts) -> Result<PolicyVersion, Reason> {
    let text = texts.intern(Kind::Managed, record.text, Box::default());
    Ok(PolicyVersion { number, text, created: time(record.created_s)? })
}

fn access_key(key: &Key, record: AccessKeyRecord<'_>) -> Result<AccessKey, Reason> {
    let Key::AccessKey(id) = key else {
        return Err("it does not stand under an access key's key".to_owned());
    };
    let account = account_id(record.account)?;
    Ok(AccessKey {
        id: *id,
        account,
        owner: match record.owner {
            OwnerRecord::Root => KeyOwner::Root(account),
            OwnerRecord::User(id) => KeyOwner::User(unique_id(id)?),
            OwnerRecord::Service(name) => KeyOwner::Service(name.into()),
        },
        status: KeyStatus::of(record.active),
        created: time(record.created_s)?,
        sealed_secret: record.sealed_secret.into(),
    })
}

struct Entity {
    id: UniqueId,
    name: Name,
    path: Path,
    created: Timestamp,
    tags: Tags,
}

impl Entity {
    fn read(folded: &str, record: EntityRecord<'_>, texts: &Texts) -> Result<Self, Reason> {
        let name = Name::new(record.name).map_err(|error| error.to_string())?;
        if **name.folded() != *folded {
            return Err(format!("it is of `{name}`"));
        }
        let tag = |tag: &TagRecord<'_>| Tag { key: tag.key.into(), value: tag.value.into() };
        Ok(Self {
            id: unique_id(record.id)?,
            name,
            path: Path::new(record.path).map_err(|error| error.to_string())?.shared(&texts.words),
            created: time(record.created_s)?,
            tags: Tags::new(record.tags.iter().map(tag).collect()).map_err(|error| error.to_string())?,
        })
    }
}

fn unique_id(text: &str) -> Result<UniqueId, Reason> {
    text.parse().map_err(|error: crate::unique_id::NotAUniqueId| error.to_string())
}

fn optional_id(text: Option<&str>) -> Result<Option<UniqueId>, Reason> {
    text.map(unique_id).transpose()
}

fn all_ids(texts: &[&str]) -> Result<Vec<UniqueId>, Reason> {
    texts.iter().map(|text| unique_id(text)).collect()
}

fn account_id(number: u64) -> Result<AccountId, Reason> {
    AccountId::new(number).ok_or_else(|| format!("{number} is no account"))
}

fn time(second: i64) -> Result<Timestamp, Reason> {
    Timestamp::from_second(second).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &str, bytes: &[u8], reason: &str) {
        let key = Key::read(key.as_bytes()).unwrap();
        let error = decode(&key, bytes, &Texts::default()).unwrap_err();
        assert_eq!(error.to_string(), format!("the record of the key `{key}` cannot be read: {reason}"));
    }

    #[test]
    fn what_does_not_read_back_is_refused() {
        let key = Key::read(b"iam/fence/123456789012/users").unwrap();
        let good = encode(&key, &Fact::Fence(7)).unwrap();
        assert_eq!(decode(&key, &good, &Texts::default()), Ok(Fact::Fence(7)));
        let fence = "iam/fence/123456789012/users";
        check(fence, &[], "it is empty");
        check(fence, &[9, 7], "its format is 9, and this version knows 1 only");
        check(fence, &[1, 7, 7], "something follows it");
        check(fence, &[1], "end of input bytes");
        check("iam/alias/x", &[1, 0x1b, 255, 0, 0, 0, 0, 0, 0, 0], "18374686479671623680 is no account");
    }

    #[test]
    fn a_record_under_another_name_is_refused() {
        let user = User {
            account: "123456789012".parse().unwrap(),
            id: "AIDACKCEVSQ6C2EXAMPLE".parse().unwrap(),
            name: Name::new("Bob").unwrap(),
            path: Path::root(),
            created: Timestamp::UNIX_EPOCH,
            tags: Tags::default(),
            boundary: None,
            groups: Vec::new(),
            attached: Vec::new(),
        };
        let key = Key::read(b"iam/user/123456789012/bob").unwrap();
        let bytes = encode(&key, &Fact::User(user.clone())).unwrap();
        assert_eq!(decode(&key, &bytes, &Texts::default()), Ok(Fact::User(user)));
        check("iam/user/123456789012/eve", &bytes, "it is of `Bob`");
    }
}

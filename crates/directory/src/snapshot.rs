//! The directory at one revision: what a request reads.

use std::ops::Deref;
use std::sync::Arc;

use doorward_policy::AccountId;
use doorward_sigv4::AccessKeyId;
use doorward_store::Revision;
use imbl::{OrdMap, OrdSet};

use crate::access_key::{AccessKey, KeyOwner};
use crate::account::{Account, Installation, Service};
use crate::certificate::{ServerCertificate, SigningCertificate};
use crate::credential_report::CredentialReport;
use crate::format::Format;
use crate::identity::{Group, InstanceProfile, Role, User};
use crate::issuer::Issuer;
use crate::keyring::Keyring;
use crate::keys::{Counted, Key};
use crate::linked::LinkedDeletion;
use crate::managed::{InlinePolicy, ManagedPolicy, PolicyVersion, VersionNumber};
use crate::mfa::{MfaDevice, MfaOwner};
use crate::password::{LoginProfile, PasswordPolicy};
use crate::provider::{OidcProvider, SamlProvider};
use crate::reports::AccessReport;
use crate::service_credential::ServiceCredential;
use crate::ssh_key::SshKey;
use crate::text::Texts;
use crate::unique_id::UniqueId;
use crate::usage::{Use, Used};
use table::Table;

mod catalogue;
mod credentials;
mod delegation;
mod fold;
mod listing;
mod load;
mod mfa;
mod organization;
mod permissions;
mod providers;
mod sealed;
mod summary;
mod table;
mod trust;

pub use fold::LoadError;
pub use listing::{Listing, Page};
pub use load::Progress;
pub use organization::UNIT_DEPTH_MAX;
pub use permissions::Permissions;

/// Everything of one kind in one account, by folded name.
type Named<T> = OrdMap<Arc<str>, Arc<Stored<T>>>;

/// Something that entities of one account name: a policy of AWS's is named in many accounts.
type Linked = (AccountId, UniqueId);

/// Who names it.
type Links = Table<Linked, OrdSet<UniqueId>>;
/// Reports of last access by account and id.
pub(crate) type Reports = OrdMap<(AccountId, Arc<str>), Arc<Stored<AccessReport>>>;

/// The whole directory at one revision. Immutable; a clone shares nearly everything, and so do the snapshots of
/// successive revisions. A request takes one and reads nothing else.
///
/// Reads cost one or two look-ups (tens of nanoseconds) and allocate nothing, unless they say so.
#[derive(Clone)]
pub struct Snapshot {
    revision: Revision,
    format: Option<Arc<Stored<Format>>>,
    installation: Option<Arc<Stored<Installation>>>,
    keyring: Option<Arc<Stored<Keyring>>>,
    accounts: OrdMap<AccountId, Arc<Holdings>>,
    aliases: Table<Arc<str>, Stored<AccountId>>,
    services: OrdMap<Arc<str>, Arc<Stored<Service>>>,
    entities: Table<UniqueId, Entity>,
    /// Inline policies by holder, ordered by name.
    inline: Table<UniqueId, Arc<[Stored<InlinePolicy>]>>,
    /// Versions by policy, ordered by number.
    versions: Table<UniqueId, Arc<[Stored<PolicyVersion>]>>,
    /// Users by group and folded name.
    members: Table<UniqueId, Named<User>>,
    /// Users, groups and roles by attached policy.
    attachments: Links,
    /// Users and roles by policy that is their boundary.
    bounded: Links,
    /// Instance profiles by role.
    profiles: Links,
    keys: Table<AccessKeyId, Arc<Stored<AccessKey>>>,
    /// Access keys by owner, ordered by id.
    keys_of: Table<KeyOwner, Arc<[AccessKeyId]>>,
    /// Signing certificates by owner, ordered by id.
    signing_certificates: Table<KeyOwner, Arc<[Stored<SigningCertificate>]>>,
    /// Which owner in the account has a signing certificate.
    signers: Table<(AccountId, Arc<str>), KeyOwner>,
    /// SSH keys by user, ordered by id.
    ssh_keys: Table<UniqueId, Arc<[Stored<SshKey>]>>,
    /// Credentials for services by user, ordered by id.
    service_credentials: Table<UniqueId, Arc<[Stored<ServiceCredential>]>>,
    /// MFA devices by owner, ordered by path and name.
    devices_of: Table<MfaOwner, Arc<[Arc<Stored<MfaDevice>>]>>,
    /// Login profiles by user.
    logins: Table<UniqueId, Arc<Stored<LoginProfile>>>,
    /// Accounts by the id of their issuer.
    issuers: Table<Box<str>, AccountId>,
    delegations: Arc<delegation::Records>,
    organization: Arc<organization::Records>,
    /// When something was last linked to an entity.
    guards: Table<UniqueId, Revision>,
    uses: Table<Used, Stored<Use>>,
    reports: Reports,
    texts: Arc<Texts>,
}

/// What one account holds.
#[derive(Clone, Default, PartialEq)]
struct Holdings {
    account: Option<Arc<Stored<Account>>>,
    password_policy: Option<Arc<Stored<PasswordPolicy>>>,
    users: Named<User>,
    groups: Named<Group>,
    roles: Named<Role>,
    policies: Named<ManagedPolicy>,
    profiles: Named<InstanceProfile>,
    server_certificates: Named<ServerCertificate>,
    oidc: Named<OidcProvider>,
    saml: Named<SamlProvider>,
    issuer: Option<Arc<Stored<Issuer>>>,
    /// Deletions of service-linked roles, by id.
    linked_deletions: Named<LinkedDeletion>,
    credential_report: Option<Arc<Stored<CredentialReport>>>,
    /// By path and name.
    devices: Named<MfaDevice>,
    fences: OrdMap<Counted, Stored<u32>>,
}

impl Holdings {
    fn is_empty(&self) -> bool {
        self.account.is_none()
            && self.password_policy.is_none()
            && self.users.is_empty()
            && self.groups.is_empty()
            && self.roles.is_empty()
            && self.policies.is_empty()
            && self.profiles.is_empty()
            && self.server_certificates.is_empty()
            && self.oidc.is_empty()
            && self.saml.is_empty()
            && self.issuer.is_none()
            && self.linked_deletions.is_empty()
            && self.credential_report.is_none()
            && self.devices.is_empty()
            && self.fences.is_empty()
    }

    fn entities(&self) -> impl Iterator<Item = Entity> {
        let users = self.users.values().cloned().map(Entity::User);
        let groups = self.groups.values().cloned().map(Entity::Group);
        let roles = self.roles.values().cloned().map(Entity::Role);
        let policies = self.policies.values().cloned().map(Entity::Policy);
        let profiles = self.profiles.values().cloned().map(Entity::Profile);
        users.chain(groups).chain(roles).chain(policies).chain(profiles)
    }

    fn entity_count(&self) -> usize {
        let principals = self.users.len() + self.groups.len() + self.roles.len();
        principals + self.policies.len() + self.profiles.len()
    }
}

/// Something stored, and the revision that last wrote it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stored<T> {
    pub(crate) value: T,
    pub(crate) revision: Revision,
}

impl<T> Stored<T> {
    /// The commit that last wrote it.
    #[must_use]
    pub const fn revision(&self) -> Revision {
        self.revision
    }
}

impl<T> Deref for Stored<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Something that has a unique id.
#[derive(Clone, PartialEq, Debug)]
pub enum Entity {
    /// A user.
    User(Arc<Stored<User>>),
    /// A group.
    Group(Arc<Stored<Group>>),
    /// A role.
    Role(Arc<Stored<Role>>),
    /// A customer managed policy. Those of AWS are in no directory: see [`Snapshot::policy_with_id`].
    Policy(Arc<Stored<ManagedPolicy>>),
    /// An instance profile.
    Profile(Arc<Stored<InstanceProfile>>),
}

impl Entity {
    /// Its ARN.
    #[must_use]
    pub fn arn(&self) -> String {
        match self {
            Self::User(user) => user.arn(),
            Self::Group(group) => group.arn(),
            Self::Role(role) => role.arn(),
            Self::Policy(policy) => policy.arn(),
            Self::Profile(profile) => profile.arn(),
        }
    }

    /// Its unique id.
    #[must_use]
    pub fn id(&self) -> UniqueId {
        match self {
            Self::User(user) => user.id,
            Self::Group(group) => group.id,
            Self::Role(role) => role.id,
            Self::Policy(policy) => policy.id,
            Self::Profile(profile) => profile.id,
        }
    }

    /// Its name, as written.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::User(user) => user.name.as_str(),
            Self::Group(group) => group.name.as_str(),
            Self::Role(role) => role.name.as_str(),
            Self::Policy(policy) => policy.name.as_str(),
            Self::Profile(profile) => profile.name.as_str(),
        }
    }
}

impl Snapshot {
    /// A directory with nothing in it.
    pub(crate) fn empty() -> Self {
        Self {
            revision: Revision::ZERO,
            format: None,
            installation: None,
            keyring: None,
            accounts: OrdMap::new(),
            aliases: Table::new(),
            services: OrdMap::new(),
            entities: Table::new(),
            inline: Table::new(),
            versions: Table::new(),
            members: Table::new(),
            attachments: Table::new(),
            bounded: Table::new(),
            profiles: Table::new(),
            keys: Table::new(),
            keys_of: Table::new(),
            signing_certificates: Table::new(),
            signers: Table::new(),
            ssh_keys: Table::new(),
            service_credentials: Table::new(),
            devices_of: Table::new(),
            logins: Table::new(),
            issuers: Table::new(),
            delegations: Arc::default(),
            organization: Arc::default(),
            guards: Table::new(),
            uses: Table::new(),
            reports: Reports::new(),
            texts: Arc::default(),
        }
    }

    /// This snapshot, as if at another revision.
    #[cfg(test)]
    pub(crate) fn at(self, revision: Revision) -> Self {
        Self { revision, ..self }
    }

    /// The revision of the store that this is the directory at.
    #[must_use]
    pub const fn revision(&self) -> Revision {
        self.revision
    }

    /// What the first start made; `None` before it.
    #[must_use]
    pub fn installation(&self) -> Option<&Installation> {
        self.installation.as_ref().map(|stored| &stored.value)
    }

    /// The keys that seal its secrets; `None` before the first start.
    #[must_use]
    pub fn keyring(&self) -> Option<&Stored<Keyring>> {
        self.keyring.as_deref()
    }

    pub(crate) const fn stored_keyring(&self) -> Option<&Arc<Stored<Keyring>>> {
        self.keyring.as_ref()
    }

    /// An account.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.stored_account(id).map(|stored| &stored.value)
    }

    /// How many records there are of the kinds of which there may be many. Takes time in proportion to the number of
    /// accounts.
    #[must_use]
    pub fn counts(&self) -> [(&'static str, usize); 9] {
        let of = |count: fn(&Holdings) -> usize| self.accounts.values().map(|holdings| count(holdings)).sum();
        [
            ("account", self.accounts().count()),
            ("user", of(|holdings| holdings.users.len())),
            ("group", of(|holdings| holdings.groups.len())),
            ("role", of(|holdings| holdings.roles.len())),
            ("policy", of(|holdings| holdings.policies.len())),
            ("instance_profile", of(|holdings| holdings.profiles.len())),
            ("identity_provider", of(|holdings| holdings.oidc.len() + holdings.saml.len())),
            ("access_key", self.keys.len()),
            ("service_principal", self.services.len()),
        ]
    }

    /// All accounts, ordered by id.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values().filter_map(|holdings| holdings.account.as_ref()).map(|stored| &stored.value)
    }

    /// The account that has this alias.
    #[must_use]
    pub fn account_with_alias(&self, alias: &str) -> Option<AccountId> {
        self.aliases.get(alias).map(|stored| stored.value)
    }

    /// The user of this name, in any case.
    #[must_use]
    pub fn user(&self, account: AccountId, name: &str) -> Option<&Stored<User>> {
        find(&self.holdings(account)?.users, name)
    }

    /// The group of this name, in any case.
    #[must_use]
    pub fn group(&self, account: AccountId, name: &str) -> Option<&Stored<Group>> {
        find(&self.holdings(account)?.groups, name)
    }

    /// The role of this name, in any case.
    #[must_use]
    pub fn role(&self, account: AccountId, name: &str) -> Option<&Stored<Role>> {
        find(&self.holdings(account)?.roles, name)
    }

    /// The customer managed policy of this name, in any case.
    #[must_use]
    pub fn policy(&self, account: AccountId, name: &str) -> Option<&Stored<ManagedPolicy>> {
        find(&self.holdings(account)?.policies, name)
    }

    /// The instance profile of this name, in any case.
    #[must_use]
    pub fn profile(&self, account: AccountId, name: &str) -> Option<&Stored<InstanceProfile>> {
        find(&self.holdings(account)?.profiles, name)
    }

    /// The managed policy of this ARN, a customer's or AWS's: path, name and their case as they are stored.
    #[must_use]
    pub fn policy_with_arn(&self, arn: &str) -> Option<&Stored<ManagedPolicy>> {
        if let Some(path_and_name) = arn.strip_prefix(catalogue::ARN_PREFIX) {
            return catalogue::with_path_and_name(path_and_name);
        }
        let (account, path, name) = taken_apart(arn, "policy")?;
        let found = self.policy(account, name)?;
        (found.path.as_str() == path && found.name.is_written(name)).then_some(found)
    }

    /// The user of this ARN: path, name and their case as they are stored.
    #[must_use]
    pub fn user_with_arn(&self, arn: &str) -> Option<&Stored<User>> {
        let (account, path, name) = taken_apart(arn, "user")?;
        let found = self.user(account, name)?;
        (found.path.as_str() == path && found.name.is_written(name)).then_some(found)
    }

    /// The group of this ARN: path, name and their case as they are stored.
    #[must_use]
    pub fn group_with_arn(&self, arn: &str) -> Option<&Stored<Group>> {
        let (account, path, name) = taken_apart(arn, "group")?;
        let found = self.group(account, name)?;
        (found.path.as_str() == path && found.name.is_written(name)).then_some(found)
    }

    /// The role of this ARN: path, name and their case as they are stored.
    #[must_use]
    pub fn role_with_arn(&self, arn: &str) -> Option<&Stored<Role>> {
        let (account, path, name) = taken_apart(arn, "role")?;
        let found = self.role(account, name)?;
        (found.path.as_str() == path && found.name.is_written(name)).then_some(found)
    }

    /// What has this unique id.
    #[must_use]
    pub fn entity(&self, id: UniqueId) -> Option<&Entity> {
        self.entities.get(&id)
    }

    /// The user with this unique id.
    #[must_use]
    pub fn user_with_id(&self, id: UniqueId) -> Option<&Stored<User>> {
        match self.entities.get(&id)? {
            Entity::User(user) => Some(user),
            Entity::Group(_) | Entity::Role(_) | Entity::Policy(_) | Entity::Profile(_) => None,
        }
    }

    /// The group with this unique id.
    #[must_use]
    pub fn group_with_id(&self, id: UniqueId) -> Option<&Stored<Group>> {
        match self.entities.get(&id)? {
            Entity::Group(group) => Some(group),
            Entity::User(_) | Entity::Role(_) | Entity::Policy(_) | Entity::Profile(_) => None,
        }
    }

    /// The role with this unique id.
    #[must_use]
    pub fn role_with_id(&self, id: UniqueId) -> Option<&Stored<Role>> {
        match self.entities.get(&id)? {
            Entity::Role(role) => Some(role),
            Entity::User(_) | Entity::Group(_) | Entity::Policy(_) | Entity::Profile(_) => None,
        }
    }

    /// The managed policy with this unique id, a customer's or AWS's.
    #[must_use]
    pub fn policy_with_id(&self, id: UniqueId) -> Option<&Stored<ManagedPolicy>> {
        match self.entities.get(&id) {
            Some(Entity::Policy(policy)) => Some(policy),
            Some(Entity::User(_) | Entity::Group(_) | Entity::Role(_) | Entity::Profile(_)) => None,
            None => catalogue::with_id(id),
        }
    }

    /// AWS's managed policies, ordered by folded name: the same in every snapshot.
    pub fn aws_policies(&self) -> impl DoubleEndedIterator<Item = &Stored<ManagedPolicy>> {
        catalogue::all()
    }

    /// The versions of a managed policy, ordered by number. Of AWS's policies only the default version is known.
    pub fn versions(&self, policy: UniqueId) -> impl ExactSizeIterator<Item = &PolicyVersion> {
        let own = self.versions.get(&policy).map(|versions| &**versions);
        own.unwrap_or_else(|| catalogue::versions(policy)).iter().map(|stored| &stored.value)
    }

    /// One version of a managed policy.
    #[must_use]
    pub fn version(&self, policy: UniqueId, number: VersionNumber) -> Option<&PolicyVersion> {
        self.versions(policy).find(|version| version.number == number)
    }

    /// The inline policies of a user, group or role, ordered by name.
    pub fn inline(&self, holder: UniqueId) -> impl ExactSizeIterator<Item = &InlinePolicy> {
        self.inline.get(&holder).map_or(&[][..], |policies| policies).iter().map(|stored| &stored.value)
    }

    /// The members of a group, ordered by folded name.
    pub fn members(&self, group: UniqueId) -> impl Iterator<Item = &Stored<User>> {
        self.members.get(&group).into_iter().flat_map(|members| members.values()).map(|user| &**user)
    }

    /// The users, groups and roles of an account that a managed policy is attached to, ordered by unique id: groups,
    /// users, roles.
    pub fn attachments(&self, account: AccountId, policy: UniqueId) -> impl Iterator<Item = &Entity> {
        set(&self.attachments, Some(account), policy).filter_map(|id| self.entity(*id))
    }

    /// How many users, groups and roles of an account a managed policy is attached to.
    #[must_use]
    pub fn attachment_count(&self, account: AccountId, policy: UniqueId) -> usize {
        self.attachments.get(&(account, policy)).map_or(0, OrdSet::len)
    }

    /// The users and roles of an account whose permissions boundary a managed policy is, ordered by unique id.
    pub fn bounded(&self, account: AccountId, policy: UniqueId) -> impl Iterator<Item = &Entity> {
        set(&self.bounded, Some(account), policy).filter_map(|id| self.entity(*id))
    }

    /// How many users and roles of an account have a managed policy as their permissions boundary.
    #[must_use]
    pub fn bounded_count(&self, account: AccountId, policy: UniqueId) -> usize {
        self.bounded.get(&(account, policy)).map_or(0, OrdSet::len)
    }

    /// The instance profiles that hold a role, ordered by unique id.
    pub fn profiles_of(&self, role: UniqueId) -> impl Iterator<Item = &InstanceProfile> {
        let account = self.role_with_id(role).map(|role| role.account);
        set(&self.profiles, account, role).filter_map(|id| match self.entity(*id)? {
            Entity::Profile(profile) => Some(&***profile),
            Entity::User(_) | Entity::Group(_) | Entity::Role(_) | Entity::Policy(_) => None,
        })
    }

    /// The access key of this id.
    #[must_use]
    pub fn access_key(&self, id: AccessKeyId) -> Option<&AccessKey> {
        self.keys.get(&id).map(|stored| &stored.value)
    }

    /// The access keys of a user, a root user or a service, ordered by id.
    pub fn access_keys(&self, owner: &KeyOwner) -> impl Iterator<Item = &AccessKey> {
        let ids = self.keys_of.get(owner).map_or(&[][..], |ids| ids);
        ids.iter().filter_map(|id| self.access_key(*id))
    }

    /// The login profile of a user, if it has a password.
    #[must_use]
    pub fn login_profile(&self, user: UniqueId) -> Option<&Stored<LoginProfile>> {
        self.logins.get(&user).map(|login| &**login)
    }

    /// What an account asks of its users' passwords; `None` if it says nothing, and the default holds.
    #[must_use]
    pub fn password_policy(&self, account: AccountId) -> Option<&Stored<PasswordPolicy>> {
        self.holdings(account)?.password_policy.as_deref()
    }

    /// The registered service of this name, which is lower case.
    #[must_use]
    pub fn service(&self, name: &str) -> Option<&Service> {
        self.services.get(name).map(|stored| &stored.value)
    }

    /// All registered services, ordered by name.
    pub fn services(&self) -> impl Iterator<Item = &Service> {
        self.services.values().map(|stored| &stored.value)
    }

    /// The deletion of a service-linked role with this id.
    #[must_use]
    pub fn linked_deletion(&self, account: AccountId, id: &str) -> Option<&LinkedDeletion> {
        self.holdings(account)?.linked_deletions.get(id).map(|stored| &stored.value)
    }

    /// All deletions of service-linked roles that an account still knows of, ordered by id.
    pub fn linked_deletions(&self, account: AccountId) -> impl Iterator<Item = &LinkedDeletion> {
        let deletions = self.holdings(account).into_iter().flat_map(|held| held.linked_deletions.values());
        deletions.map(|stored| &stored.value)
    }

    /// The newest credential report of an account.
    #[must_use]
    pub fn credential_report(&self, account: AccountId) -> Option<&CredentialReport> {
        self.holdings(account)?.credential_report.as_ref().map(|stored| &stored.value)
    }
    /// When something was last used, as far as it is written to the store.
    #[must_use]
    pub fn stored_use(&self, used: Used) -> Option<&Use> {
        self.uses.get(&used).map(|stored| &stored.value)
    }

    pub(crate) const fn all_reports(&self) -> &Reports {
        &self.reports
    }

    fn holdings(&self, account: AccountId) -> Option<&Holdings> {
        self.accounts.get(&account).map(|holdings| &**holdings)
    }

    pub(crate) fn stored_account(&self, id: AccountId) -> Option<&Stored<Account>> {
        self.holdings(id)?.account.as_deref()
    }

    pub(crate) fn texts(&self) -> &Texts {
        &self.texts
    }

    /// How many entities of a kind an account has, and how many it had when its fence was last written.
    pub(crate) fn count(&self, account: AccountId, counted: Counted) -> (usize, Option<u32>) {
        let Some(holdings) = self.holdings(account) else { return (0, None) };
        let count = match counted {
            Counted::Users => holdings.users.len(),
            Counted::Groups => holdings.groups.len(),
            Counted::Roles => holdings.roles.len(),
            Counted::Policies => holdings.policies.len(),
            Counted::Profiles => holdings.profiles.len(),
            Counted::ServerCertificates => holdings.server_certificates.len(),
            Counted::OidcProviders => holdings.oidc.len(),
            Counted::SamlProviders => holdings.saml.len(),
            Counted::MfaDevices => holdings.devices.len(),
            Counted::DelegationRequests => self.delegations.count(account),
        };
        (count, holdings.fences.get(&counted).map(|stored| stored.value))
    }

    /// The revision that last wrote the record of `key`; `None` if there is none.
    pub(crate) fn revision_of(&self, key: &Key) -> Option<Revision> {
        match key {
            Key::Format => self.format.as_ref().map(|stored| stored.revision),
            Key::Installation => self.installation.as_ref().map(|stored| stored.revision),
            Key::Keyring => self.keyring.as_ref().map(|stored| stored.revision),
            Key::Account(id) => self.stored_account(*id).map(Stored::revision),
            Key::Alias(alias) => self.aliases.get(alias).map(Stored::revision),
            Key::User(account, name) => self.user(*account, name).map(Stored::revision),
            Key::Group(account, name) => self.group(*account, name).map(Stored::revision),
            Key::Role(account, name) => self.role(*account, name).map(Stored::revision),
            Key::Policy(account, name) => self.policy(*account, name).map(Stored::revision),
            Key::Profile(account, name) => self.profile(*account, name).map(Stored::revision),
            Key::Version(policy, number) => {
                let found = self.versions.get(policy)?.iter().find(|stored| stored.number == *number);
                found.map(Stored::revision)
            }
            Key::Inline(holder, name) => {
                self.inline.get(holder)?.iter().find(|stored| stored.name == *name).map(Stored::revision)
            }
            Key::AccessKey(id) => self.keys.get(id).map(|stored| stored.revision),
            Key::Login(user) => self.login_profile(*user).map(Stored::revision),
            Key::MfaDevice(account, place) => self.mfa_device_at(*account, place).map(Stored::revision),
            Key::PasswordPolicy(account) => self.password_policy(*account).map(Stored::revision),
            Key::Issuer(account) => self.issuer(*account).map(Stored::revision),
            Key::Oidc(account, url) => self.holdings(*account)?.oidc.get(url).map(|stored| stored.revision),
            Key::Saml(account, name) => self.saml_provider(*account, name).map(Stored::revision),
            Key::Service(name) => self.services.get(name).map(|stored| stored.revision),
            Key::ServerCertificate(account, name) => {
                self.server_certificate(*account, name).map(Stored::revision)
            }
            Key::SigningCertificate(account, id) => {
                self.stored_signing_certificate(*account, id).map(Stored::revision)
            }
            Key::SshKey(user, id) => {
                self.ssh_keys.get(user)?.iter().find(|stored| stored.id == *id).map(Stored::revision)
            }
            Key::ServiceCredential(user, id) => {
                let found = self.service_credentials.get(user)?.iter().find(|stored| stored.id == *id);
                found.map(Stored::revision)
            }
            Key::LinkedDeletion(account, id) => {
                self.holdings(*account)?.linked_deletions.get(id).map(|stored| stored.revision)
            }
            Key::CredentialReport(account) => {
                self.holdings(*account)?.credential_report.as_ref().map(|stored| stored.revision)
            }
            Key::KeyUse(id) => self.uses.get(&Used::Key(*id)).map(Stored::revision),
            Key::RoleUse(id) => self.uses.get(&Used::Role(*id)).map(Stored::revision),
            Key::Report(account, id) => self.stored_report(*account, id).map(Stored::revision),
            Key::Delegation(place) => self.delegations.revision_of(place),
            Key::Organization(place) => self.organization.revision_of(place),
            Key::Guard(id) => self.guards.get(id).copied(),
            Key::Fence(account, counted) => {
                self.holdings(*account)?.fences.get(counted).map(Stored::revision)
            }
        }
    }
}

/// Two snapshots are equal if they hold the same at the same revisions.
impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        self.revision == other.revision
            && self.format == other.format
            && self.installation == other.installation
            && self.keyring == other.keyring
            && self.accounts == other.accounts
            && self.aliases == other.aliases
            && self.services == other.services
            && self.entities == other.entities
            && self.inline == other.inline
            && self.versions == other.versions
            && self.members == other.members
            && self.attachments == other.attachments
            && self.bounded == other.bounded
            && self.profiles == other.profiles
            && self.keys == other.keys
            && self.keys_of == other.keys_of
            && self.signing_certificates == other.signing_certificates
            && self.signers == other.signers
            && self.ssh_keys == other.ssh_keys
            && self.service_credentials == other.service_credentials
            && self.devices_of == other.devices_of
            && self.logins == other.logins
            && self.issuers == other.issuers
            && self.delegations == other.delegations
            && self.organization == other.organization
            && self.guards == other.guards
            && self.uses == other.uses
            && self.reports == other.reports
    }
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Snapshot({} entities at revision {})", self.entities.len(), self.revision)
    }
}

fn find<'a, T>(named: &'a Named<T>, name: &str) -> Option<&'a Stored<T>> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        named.get(name.to_ascii_lowercase().as_str())
    } else {
        named.get(name)
    }
    .map(|stored| &**stored)
}

fn set(links: &Links, account: Option<AccountId>, id: UniqueId) -> impl Iterator<Item = &UniqueId> {
    account.and_then(|account| links.get(&(account, id))).into_iter().flat_map(OrdSet::iter)
}

/// The account, path and name in `arn:aws:iam::A:kind/path/name`.
fn taken_apart<'a>(arn: &'a str, kind: &str) -> Option<(AccountId, &'a str, &'a str)> {
    let (account, resource) = arn.strip_prefix("arn:aws:iam::")?.split_once(':')?;
    let path_and_name = resource.strip_prefix(kind).filter(|rest| rest.starts_with('/'))?;
    let slash = path_and_name.rfind('/')?;
    let (path, name) = path_and_name.split_at_checked(slash + 1)?;
    Some((account.parse().ok()?, path, name))
}

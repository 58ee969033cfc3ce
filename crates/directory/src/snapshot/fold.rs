//! How records become a snapshot: one record at a time, the same for the first load and for every change.

use std::sync::Arc;

use doorward_policy::AccountId;
use doorward_sigv4::AccessKeyId;
use doorward_store::{Change, Revision, Write};
use imbl::OrdMap;

use super::table::Table;
use super::{Entity, Holdings, Linked, Links, Named, Snapshot, Stored};
use crate::access_key::{AccessKey, KeyOwner};
use crate::certificate::SigningCertificate;
use crate::format::{self, FORMAT, Unservable};
use crate::issuer::Issuer;
use crate::keys::{Key, PREFIX, UnknownKey};
use crate::mfa::{MfaDevice, MfaOwner};
use crate::name::Name;
use crate::record::{BadRecord, Fact, decode};
use crate::service_credential::ServiceCredential;
use crate::unique_id::UniqueId;
use crate::usage::Used;

/// Why a directory cannot be read from its store.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The store cannot be read.
    #[error("the directory cannot be loaded")]
    Store(#[from] doorward_store::ReadError),
    /// The store was being filled, and that was interrupted.
    #[error(
        "the store holds a part of `{0}` only: the restore was interrupted; empty the store (for a directory, delete its \
         `store.redb`) and restore again"
    )]
    Unfinished(String),
    /// The store is in another format.
    #[error(transparent)]
    Format(#[from] Unservable),
    /// There is a key that this version does not know.
    #[error(transparent)]
    Key(#[from] UnknownKey),
    /// There is a record that does not read back.
    #[error(transparent)]
    Record(#[from] BadRecord),
    /// The threads that read records cannot be started.
    #[error("the threads that read the directory's records cannot be started")]
    Thread(#[source] std::io::Error),
}

impl Snapshot {
    /// The directory after `change`, which must be the next one of the store.
    pub(crate) fn fold(&mut self, change: &Change) -> Result<(), LoadError> {
        let own = |(key, _): &&(doorward_store::Key, Write)| key.as_bytes().starts_with(PREFIX.as_bytes());
        let writes: Vec<_> = change.writes.iter().filter(own).collect();
        if let Some((_, write)) = writes.iter().find(|(key, _)| key.as_bytes() == format::KEY) {
            // Whoever migrates the store writes this before anything else.
            let Write::Put(value) = write else { return Err(Unservable::Missing.into()) };
            format::read(value.as_bytes())?.served_by(FORMAT)?;
        }
        // Deletions first: what is renamed is deleted and put in one change.
        for (key, write) in &writes {
            if let Write::Delete = write {
                self.set(&Key::read(key.as_bytes())?, None);
            }
        }
        for (key, write) in &writes {
            if let Write::Put(value) = write {
                let key = Key::read(key.as_bytes())?;
                let fact = decode(&key, value.as_bytes(), &self.texts)?;
                self.set(&key, Some((fact, change.revision)));
            }
        }
        self.revision = change.revision;
        Ok(())
    }

    /// Sets what stands under one key.
    pub(crate) fn set(&mut self, key: &Key, new: Option<(Fact, Revision)>) {
        if let Some(Replaced { old, new }) = self.place(key, new) {
            self.reindex(old, new);
        }
    }

    /// Sets what stands under one key; indexes of entities are left to the caller.
    pub(super) fn place(&mut self, key: &Key, new: Option<(Fact, Revision)>) -> Option<Replaced> {
        match key {
            Key::Format => self.format = fact(new, Fact::into_format),
            Key::Installation => self.installation = fact(new, Fact::into_installation),
            Key::Keyring => self.keyring = fact(new, Fact::into_keyring),
            Key::Account(account) => {
                let stored = fact(new, Fact::into_account);
                self.edit(*account, |holdings| holdings.account = stored);
            }
            Key::Alias(alias) => put(&mut self.aliases, alias, plain(new, Fact::into_alias)),
            Key::User(account, name) => {
                let user = fact(new, Fact::into_user);
                let name = own_name(user.as_ref().map(|user| &user.name), name);
                let old = self.edit(*account, |holdings| replace(&mut holdings.users, name, user.clone()));
                return Replaced::by(old.map(Entity::User), user.map(Entity::User));
            }
            Key::Group(account, name) => {
                let group = fact(new, Fact::into_group);
                let name = own_name(group.as_ref().map(|group| &group.name), name);
                let old = self.edit(*account, |holdings| replace(&mut holdings.groups, name, group.clone()));
                return Replaced::by(old.map(Entity::Group), group.map(Entity::Group));
            }
            Key::Role(account, name) => {
                let role = fact(new, Fact::into_role);
                let name = own_name(role.as_ref().map(|role| &role.name), name);
                let old = self.edit(*account, |holdings| replace(&mut holdings.roles, name, role.clone()));
                return Replaced::by(old.map(Entity::Role), role.map(Entity::Role));
            }
            Key::Policy(account, name) => {
                let policy = fact(new, Fact::into_policy);
                let name = own_name(policy.as_ref().map(|policy| &policy.name), name);
                let old =
                    self.edit(*account, |holdings| replace(&mut holdings.policies, name, policy.clone()));
                return Replaced::by(old.map(Entity::Policy), policy.map(Entity::Policy));
            }
            Key::Profile(account, name) => {
                let profile = fact(new, Fact::into_profile);
                let name = own_name(profile.as_ref().map(|profile| &profile.name), name);
                let old =
                    self.edit(*account, |holdings| replace(&mut holdings.profiles, name, profile.clone()));
                return Replaced::by(old.map(Entity::Profile), profile.map(Entity::Profile));
            }
            Key::Version(policy, number) => {
                let version = plain(new, Fact::into_version);
                splice(&mut self.versions, *policy, |version| version.number, number, version);
            }
            Key::Inline(holder, name) => {
                let inline = plain(new, Fact::into_inline);
                splice(&mut self.inline, *holder, |inline| Arc::clone(&inline.name), name, inline);
            }
            Key::AccessKey(id) => self.set_key(*id, fact(new, Fact::into_access_key)),
            Key::Login(user) => put(&mut self.logins, user, fact(new, Fact::into_login)),
            Key::MfaDevice(account, place) => {
                self.set_device(*account, place, fact(new, Fact::into_mfa_device))
            }
            Key::PasswordPolicy(account) => {
                let stored = fact(new, Fact::into_password_policy);
                self.edit(*account, |holdings| holdings.password_policy = stored);
            }
            Key::Issuer(account) => self.set_issuer(*account, fact(new, Fact::into_issuer)),
            Key::Oidc(account, url) => {
                let provider = fact(new, Fact::into_oidc);
                self.edit(*account, |holdings| replace(&mut holdings.oidc, url, provider));
            }
            Key::Saml(account, name) => {
                let provider = fact(new, Fact::into_saml);
                self.edit(*account, |holdings| replace(&mut holdings.saml, name, provider));
            }
            Key::Service(name) => {
                replace(&mut self.services, name, fact(new, Fact::into_service));
            }
            Key::ServerCertificate(account, name) => {
                let certificate = fact(new, Fact::into_server_certificate);
                self.edit(*account, |held| replace(&mut held.server_certificates, name, certificate));
            }
            Key::SigningCertificate(account, id) => {
                self.set_signing(*account, id, plain(new, Fact::into_signing_certificate));
            }
            Key::SshKey(user, id) => {
                let ssh_key = plain(new, Fact::into_ssh_key);
                splice(&mut self.ssh_keys, *user, |ssh_key| Arc::clone(&ssh_key.id), id, ssh_key);
            }
            Key::ServiceCredential(user, id) => {
                let credential = plain(new, Fact::into_service_credential);
                let id_of = |credential: &ServiceCredential| Arc::clone(&credential.id);
                splice(&mut self.service_credentials, *user, id_of, id, credential);
            }
            Key::LinkedDeletion(account, id) => {
                let deletion = fact(new, Fact::into_linked_deletion);
                self.edit(*account, |holdings| replace(&mut holdings.linked_deletions, id, deletion));
            }
            Key::CredentialReport(account) => {
                let report = fact(new, Fact::into_credential_report);
                self.edit(*account, |holdings| holdings.credential_report = report);
            }
            Key::KeyUse(id) => put(&mut self.uses, &Used::Key(*id), plain(new, Fact::into_use)),
            Key::RoleUse(id) => put(&mut self.uses, &Used::Role(*id), plain(new, Fact::into_use)),
            Key::Report(account, id) => {
                replace_at(&mut self.reports, (*account, Arc::clone(id)), fact(new, Fact::into_report));
            }
            Key::Delegation(place) => {
                let new = new.and_then(|(fact, revision)| Some((fact.into_delegation()?, revision)));
                Arc::make_mut(&mut self.delegations).set(place, new);
            }
            Key::Organization(place) => {
                let new = new.and_then(|(fact, revision)| Some((fact.into_organization()?, revision)));
                Arc::make_mut(&mut self.organization).set(place, new);
            }
            Key::Guard(id) => put(&mut self.guards, id, new.map(|(_, revision)| revision)),
            Key::Fence(account, counted) => {
                let fence = plain(new, Fact::into_fence);
                self.edit(*account, |holdings| match fence {
                    Some(fence) => holdings.fences.insert(*counted, fence),
                    None => holdings.fences.remove(counted),
                });
            }
        }
        None
    }

    /// Changes what one account holds; an account that holds nothing is forgotten.
    fn edit<T>(&mut self, account: AccountId, change: impl FnOnce(&mut Holdings) -> T) -> T {
        let holdings = Arc::make_mut(self.accounts.entry(account).or_default());
        let result = change(holdings);
        if holdings.is_empty() {
            self.accounts.remove(&account);
        }
        result
    }

    fn reindex(&mut self, old: Option<Entity>, new: Option<Entity>) {
        if let Some(old) = old {
            self.unindex(&old);
        }
        if let Some(new) = new {
            self.index(new);
        }
    }

    fn index(&mut self, entity: Entity) {
        self.link(&entity);
        self.entities.insert(entity.id(), entity);
    }

    /// Notes an entity wherever it is found through others.
    pub(super) fn link(&mut self, entity: &Entity) {
        let (id, links) = links(entity);
        for (index, to) in links {
            self.index_of(index).or_default(&to).insert(id);
        }
        if let Entity::User(user) = entity {
            for group in &user.groups {
                let members = self.members.or_default(group);
                members.insert(Arc::clone(user.name.folded()), Arc::clone(user));
            }
        }
    }

    fn unindex(&mut self, entity: &Entity) {
        let (id, links) = links(entity);
        for (index, to) in links {
            let sets = self.index_of(index);
            let set = sets.or_default(&to);
            set.remove(&id);
            if set.is_empty() {
                sets.remove(&to);
            }
        }
        if let Entity::User(user) = entity {
            for group in &user.groups {
                let mut members = self.members.get(group).cloned().unwrap_or_default();
                members.remove(user.name.folded());
                put(&mut self.members, group, (!members.is_empty()).then_some(members));
            }
        }
        self.entities.remove(&id);
    }

    fn index_of(&mut self, index: Index) -> &mut Links {
        match index {
            Index::Attachments => &mut self.attachments,
            Index::Bounded => &mut self.bounded,
            Index::Profiles => &mut self.profiles,
        }
    }

    fn set_issuer(&mut self, account: AccountId, new: Option<Arc<Stored<Issuer>>>) {
        if let Some(new) = &new {
            self.issuers.insert(new.id.clone(), account);
        }
        let old = self.edit(account, |holdings| std::mem::replace(&mut holdings.issuer, new.clone()));
        // An issuer keeps its id; but a store may be put back to another state.
        if let Some(old) = old.filter(|old| new.is_none_or(|new| new.id != old.id)) {
            self.issuers.remove(&old.id);
        }
    }

    fn set_key(&mut self, id: AccessKeyId, new: Option<Arc<Stored<AccessKey>>>) {
        if let Some(old) = self.keys.remove(&id) {
            self.own_key(&old.owner, |ids| ids.retain(|other| *other != id));
        }
        if let Some(new) = new {
            self.own_key(&new.owner, |ids| {
                ids.push(id);
                ids.sort_unstable();
            });
            self.keys.insert(id, new);
        }
    }

    fn set_signing(&mut self, account: AccountId, id: &Arc<str>, new: Option<Stored<SigningCertificate>>) {
        let place = (account, Arc::clone(id));
        let id_of = |certificate: &SigningCertificate| Arc::clone(&certificate.id);
        if let Some(owner) = self.signers.remove(&place) {
            splice(&mut self.signing_certificates, owner, id_of, id, None);
        }
        if let Some(new) = new {
            self.signers.insert(place, new.owner.clone());
            splice(&mut self.signing_certificates, new.owner.clone(), id_of, id, Some(new));
        }
    }

    fn set_device(&mut self, account: AccountId, place: &Arc<str>, new: Option<Arc<Stored<MfaDevice>>>) {
        let old = self.edit(account, |holdings| replace(&mut holdings.devices, place, new.clone()));
        if let Some(owner) = old.as_ref().and_then(|old| old.assigned.as_ref()).map(|assigned| assigned.owner)
        {
            self.own_device(owner, |devices| devices.retain(|device| device.place() != *place));
        }
        if let Some(new) = new
            && let Some(owner) = new.assigned.as_ref().map(|assigned| assigned.owner)
        {
            self.own_device(owner, |devices| {
                devices.push(new);
                devices.sort_by_cached_key(|device| device.place());
            });
        }
    }

    fn own_device(&mut self, owner: MfaOwner, change: impl FnOnce(&mut Vec<Arc<Stored<MfaDevice>>>)) {
        let mut devices = self.devices_of.get(&owner).map(|devices| devices.to_vec()).unwrap_or_default();
        change(&mut devices);
        put(&mut self.devices_of, &owner, (!devices.is_empty()).then(|| devices.into()));
    }

    fn own_key(&mut self, owner: &KeyOwner, change: impl FnOnce(&mut Vec<AccessKeyId>)) {
        let mut ids = self.keys_of.get(owner).map(|ids| ids.to_vec()).unwrap_or_default();
        change(&mut ids);
        put(&mut self.keys_of, owner, (!ids.is_empty()).then(|| ids.into()));
    }
}

/// An entity that took the place of another.
pub(super) struct Replaced {
    old: Option<Entity>,
    new: Option<Entity>,
}

impl Replaced {
    fn by(old: Option<Entity>, new: Option<Entity>) -> Option<Self> {
        Some(Self { old, new })
    }
}

/// The indexes from an entity to those that name it.
#[derive(Clone, Copy)]
enum Index {
    Attachments,
    Bounded,
    Profiles,
}

/// The id of an entity, and where it stands in the indexes of the entities that it names.
fn links(entity: &Entity) -> (UniqueId, Vec<(Index, Linked)>) {
    fn all(index: Index, account: AccountId, ids: &[UniqueId]) -> impl Iterator<Item = (Index, Linked)> {
        ids.iter().map(move |id| (index, (account, *id)))
    }
    match entity {
        Entity::User(user) => {
            let bounded = all(Index::Bounded, user.account, user.boundary.as_slice());
            let attached = all(Index::Attachments, user.account, &user.attached);
            (user.id, attached.chain(bounded).collect())
        }
        Entity::Group(group) => (group.id, all(Index::Attachments, group.account, &group.attached).collect()),
        Entity::Role(role) => {
            let bounded = all(Index::Bounded, role.account, role.boundary.as_slice());
            (role.id, all(Index::Attachments, role.account, &role.attached).chain(bounded).collect())
        }
        Entity::Policy(policy) => (policy.id, Vec::new()),
        Entity::Profile(profile) => {
            (profile.id, all(Index::Profiles, profile.account, profile.role.as_slice()).collect())
        }
    }
}

/// A folded name as the entity itself has it, if there is one: the list then keeps no text of its own.
fn own_name<'a>(own: Option<&'a Name>, name: &'a Arc<str>) -> &'a Arc<str> {
    own.map_or(name, Name::folded)
}

/// The fact of the kind that stands under this kind of key, which is what [`decode`] makes for it.
fn plain<T>(new: Option<(Fact, Revision)>, kind: impl FnOnce(Fact) -> Option<T>) -> Option<Stored<T>> {
    let (fact, revision) = new?;
    kind(fact).map(|value| Stored { value, revision })
}

fn fact<T>(new: Option<(Fact, Revision)>, kind: impl FnOnce(Fact) -> Option<T>) -> Option<Arc<Stored<T>>> {
    plain(new, kind).map(Arc::new)
}

fn put<K: Clone + Eq + std::hash::Hash, V: Clone>(map: &mut Table<K, V>, key: &K, value: Option<V>) {
    match value {
        Some(value) => map.insert(key.clone(), value),
        None => map.remove(key),
    };
}

fn replace<T>(named: &mut Named<T>, name: &Arc<str>, new: Option<Arc<Stored<T>>>) -> Option<Arc<Stored<T>>> {
    replace_at(named, Arc::clone(name), new)
}

fn replace_at<K: Ord + Clone, T>(
    items: &mut OrdMap<K, Arc<Stored<T>>>,
    key: K,
    new: Option<Arc<Stored<T>>>,
) -> Option<Arc<Stored<T>>> {
    match new {
        Some(new) => items.insert(key, new),
        None => items.remove(&key),
    }
}

/// Replaces the item of `position` in an ordered list; lists are short.
fn splice<O: Clone + Eq + std::hash::Hash, T: Clone, P: Ord>(
    lists: &mut Table<O, Arc<[Stored<T>]>>,
    owner: O,
    position_of: impl Fn(&T) -> P,
    position: &P,
    new: Option<Stored<T>>,
) {
    let mut list = lists.get(&owner).map(|list| list.to_vec()).unwrap_or_default();
    list.retain(|item| position_of(item) != *position);
    if let Some(new) = new {
        let place = list.partition_point(|item| position_of(item) < *position);
        list.insert(place, new);
    }
    put(lists, &owner, (!list.is_empty()).then(|| list.into()));
}

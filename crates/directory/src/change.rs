//! Writes: one function per operation, each planning one transaction on a [`Draft`].
//!
//! What an operation relies on is checked again when the transaction is committed:
//!
//! - A record that is written is checked to be as it was read, so no two writers lose an update.
//! - A record that is linked to (the policy attached, the group joined) is checked to be there, as it was read.
//! - The format of the store is checked to be as it was: see [`crate::format`].
//! - What is linked to from many sides has a *guard*, a record without content. Linking writes it without looking;
//!   deleting checks that nobody wrote it since. So links do not disturb each other, and nothing is deleted in the same
//!   instant in which something is linked to it.
//! - What belongs to one entity (its inline policies, its access keys) is added by writing the entity again, so
//!   limits on how much belongs to it hold exactly, and it cannot be deleted meanwhile.
//! - How many entities an account may have is kept by *fences*: each creation checks
//!   that its account's fence for the kind is as it was in its snapshot, and writes it once in a while, near the quota
//!   every time.

use std::collections::BTreeMap;
use std::sync::Arc;

use doorward_policy::AccountId;
use doorward_store::{Expected, Revision, Transaction, Value, Write};
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::access_key::KeyOwner;
use crate::keys::{Counted, Key};
use crate::limits::Limits;
use crate::random::Random;
use crate::record::{Fact, decode, encode};
use crate::refusal::{Failure, HolderKind, Refusal};
use crate::seal::{Keys, Purpose, SealBroken, Sealer, key_of};
use crate::snapshot::{Snapshot, Stored};
use crate::tags::{Tag, Tags};
use crate::unique_id::{IdKind, UniqueId};

pub mod accounts;
pub mod attachments;
pub mod boundaries;
pub mod carried;
pub mod credential_reports;
pub mod delegation;
pub mod groups;
pub mod inline;
pub mod issuers;
pub mod keyring;
pub mod keys;
pub mod linked_roles;
pub mod mfa;
pub mod oidc;
pub mod organization;
pub mod passwords;
pub mod policies;
pub mod profiles;
pub mod reports;
pub mod role_templates;
pub mod roles;
pub mod saml;
pub mod server_certificates;
pub mod service_credentials;
pub mod services;
pub mod signing_certificates;
pub mod ssh_keys;
pub mod tags;
mod trust;
pub(crate) mod usage;
pub mod users;

/// A change being planned: a snapshot with what the plan has written so far, and the checks and writes that make it so.
pub struct Draft<'a> {
    base: &'a Snapshot,
    view: Snapshot,
    now: Timestamp,
    random: &'a dyn Random,
    limits: &'a Limits,
    sealer: &'a Sealer,
    /// The keys that the change seals under: those of its snapshot, or the commit fails.
    sealing: Arc<Keys>,
    relied: BTreeMap<Key, Option<Revision>>,
    written: BTreeMap<Key, Option<Fact>>,
    /// The id of the next entity, where that is not to be a new one.
    given: Option<UniqueId>,
}

/// Whose policies an operation is about, by name.
#[derive(Clone, Copy, Debug)]
pub enum Holder<'a> {
    /// A user's.
    User(&'a str),
    /// A group's.
    Group(&'a str),
    /// A role's.
    Role(&'a str),
}

/// Within how many entities of a quota a fence is written by every creation; see [`Draft::count`].
const FENCE_MARGIN: usize = 4 * FENCE_STRIDE;

/// How many creations pass without writing the fence while the quota is far.
pub(crate) const FENCE_STRIDE: usize = 64;

impl<'a> Draft<'a> {
    pub(crate) fn new(
        base: &'a Snapshot,
        now: Timestamp,
        random: &'a dyn Random,
        limits: &'a Limits,
        sealer: &'a Sealer,
    ) -> Self {
        let (relied, written, sealing) = (BTreeMap::new(), BTreeMap::new(), sealer.keys());
        let mut draft = Self {
            base,
            view: base.clone(),
            now,
            random,
            limits,
            sealer,
            sealing,
            relied,
            written,
            given: None,
        };
        // Whoever migrates the store to another format writes this first, and every change that is under way fails.
        draft.rely(Key::Format);
        draft
    }

    /// The directory as it would be after what is planned so far. Planned entities have the revision before the change.
    #[must_use]
    pub const fn snapshot(&self) -> &Snapshot {
        &self.view
    }

    /// The time of the change.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// The quotas.
    #[must_use]
    pub const fn limits(&self) -> &'a Limits {
        self.limits
    }

    pub(crate) const fn sealer(&self) -> &'a Sealer {
        self.sealer
    }

    /// Seals what is to be stored. Whoever turns or drops a key in the same moment makes the change begin anew: so nothing
    /// is ever stored under a key that is about to go.
    pub(crate) fn seal(
        &mut self,
        purpose: Purpose,
        place: &[u8],
        plain: &[u8],
    ) -> Result<Box<[u8]>, Refusal> {
        self.rely(Key::Keyring);
        Ok(self.sealing.seal(self.sealer.random(), purpose, place, plain)?.into())
    }

    /// Opens what is stored.
    pub(crate) fn open(
        &self,
        purpose: Purpose,
        place: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealBroken> {
        self.sealing.open(purpose, place, sealed)
    }

    /// The same value under the data key that seals now; `None` if it is.
    fn resealed(
        &mut self,
        purpose: Purpose,
        place: &[u8],
        sealed: &[u8],
    ) -> Result<Option<Box<[u8]>>, Refusal> {
        if key_of(sealed) == self.sealing.current(purpose.ring()) {
            return Ok(None);
        }
        let plain = self.open(purpose, place, sealed)?;
        self.seal(purpose, place, &plain).map(Some)
    }

    /// Random bytes, wiped when dropped: most become secrets.
    pub(crate) fn random<const N: usize>(&self) -> Result<Zeroizing<[u8; N]>, Refusal> {
        let mut bytes = Zeroizing::new([0; N]);
        self.random.fill(&mut *bytes)?;
        Ok(bytes)
    }

    fn new_id(&mut self, kind: IdKind) -> Result<UniqueId, Refusal> {
        match self.given.take_if(|given| given.kind() == kind) {
            Some(given) => Ok(given),
            None => Ok(UniqueId::new(kind, self.random)?),
        }
    }

    /// Checks at the commit that the record of `key` is as it was, present or absent.
    fn rely(&mut self, key: Key) {
        let revision = self.base.revision_of(&key);
        self.relied.insert(key, revision);
    }

    /// Writes a record that is checked to be as it was.
    pub(crate) fn put(&mut self, key: Key, fact: Fact) -> Result<(), Refusal> {
        self.rely(key.clone());
        self.overwrite(key, fact)
    }

    /// Writes a record whatever it was.
    fn overwrite(&mut self, key: Key, fact: Fact) -> Result<(), Refusal> {
        // Read back as any server will read it, so that the plan goes on with exactly what will be stored.
        let fact = decode(&key, &encode(&key, &fact)?, self.view.texts())?;
        self.view.set(&key, Some((fact.clone(), self.base.revision())));
        self.written.insert(key, Some(fact));
        Ok(())
    }

    /// Deletes a record that is checked to be as it was.
    fn delete(&mut self, key: Key) {
        self.rely(key.clone());
        self.remove(key);
    }

    fn remove(&mut self, key: Key) {
        self.view.set(&key, None);
        self.written.insert(key, None);
    }

    /// Links to an entity: it is checked to be there as it was, and its guard is written.
    fn link(&mut self, entity: Key, id: UniqueId) -> Result<(), Refusal> {
        self.rely(entity);
        self.overwrite(Key::Guard(id), Fact::Guard)
    }

    /// Deletes an entity that can be linked to: nothing was linked to it since the snapshot.
    fn delete_guarded(&mut self, entity: Key, id: UniqueId) {
        self.delete(entity);
        if self.base.revision_of(&Key::Guard(id)).is_some() {
            self.delete(Key::Guard(id));
        } else {
            self.rely(Key::Guard(id));
        }
    }

    /// Counts one more entity of a kind, which the caller goes on to write.
    ///
    /// Exact however many creations run at once, without making them wait for each other while the quota is far. Every
    /// creation checks that the fence is as it was in its snapshot. Near the quota ([`FENCE_MARGIN`]) every creation
    /// writes it as well, so they succeed one after the other. Far from it, it is written once in [`FENCE_STRIDE`]
    /// creations, so no snapshot that is further behind can pass; what runs at once on one server is bounded
    /// ([`crate::directory::CHANGES_AT_ONCE_MAX`]) below the margin.
    fn count(
        &mut self,
        account: AccountId,
        counted: Counted,
        limit: u32,
        quota: &'static str,
    ) -> Result<(), Refusal> {
        let (count, fence) = self.view.count(account, counted);
        let allowed = usize::try_from(limit).unwrap_or(usize::MAX);
        if count >= allowed {
            return Err(Refusal::Quota { name: quota, limit });
        }
        let fence = fence.map_or(0, |fence| usize::try_from(fence).unwrap_or(usize::MAX));
        let key = Key::Fence(account, counted);
        if allowed - count <= FENCE_MARGIN || count.abs_diff(fence) >= FENCE_STRIDE {
            return self.put(key, Fact::Fence(u32::try_from(count).unwrap_or(u32::MAX)));
        }
        self.rely(key);
        Ok(())
    }

    /// The account must exist. Accounts are never deleted, so that does not change.
    fn account(&self, id: AccountId) -> Result<(), Refusal> {
        if self.view.account(id).is_none() {
            return Err(Refusal::NoSuchAccount(id.to_string()));
        }
        Ok(())
    }

    fn tags(&self, tags: &[Tag]) -> Result<Tags, Refusal> {
        let tags = Tags::new(tags.to_vec())?;
        if exceeds(tags.len(), self.limits.tags_per_entity) {
            return Err(Refusal::TooManyTags);
        }
        Ok(tags)
    }

    fn no_keys(&self, owner: &KeyOwner) -> bool {
        self.view.access_keys(owner).next().is_none()
    }

    /// The transaction; `None` if there is nothing to write.
    pub(crate) fn into_transaction(self) -> Result<Option<Transaction>, Refusal> {
        if self.written.is_empty() {
            return Ok(None);
        }
        let mut checks = Vec::with_capacity(self.relied.len());
        for (key, revision) in self.relied {
            let expected = revision.map_or(Expected::Absent, Expected::Revision);
            checks.push((store_key(&key)?, expected));
        }
        let mut writes = Vec::with_capacity(self.written.len());
        for (key, fact) in self.written {
            let write = match fact {
                Some(fact) => Write::Put(Value::new(encode(&key, &fact)?)?),
                None => Write::Delete,
            };
            writes.push((store_key(&key)?, write));
        }
        Ok(Some(Transaction::new(checks, writes)?))
    }
}

fn store_key(key: &Key) -> Result<doorward_store::Key, Failure> {
    Ok(doorward_store::Key::new(key.bytes())?)
}

fn exceeds(count: usize, limit: u32) -> bool {
    u32::try_from(count).map_or(true, |count| count > limit)
}

/// An entity's own value, to change and write again.
fn owned<T: Clone>(stored: &Stored<T>) -> T {
    T::clone(stored)
}

impl Holder<'_> {
    const fn kind(self) -> HolderKind {
        match self {
            Self::User(_) => HolderKind::User,
            Self::Group(_) => HolderKind::Group,
            Self::Role(_) => HolderKind::Role,
        }
    }
}

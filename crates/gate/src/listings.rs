//! The policies that bear on callers and on what they ask about, gathered once for each state of the directory.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, PoisonError, RwLock, Weak};

use doorward_directory::{Snapshot, UniqueId};
use doorward_engine::{CompiledAttached, Listing};

use crate::caller::Caller;
use crate::policies::{Guarded, holder, passed};
use crate::session::SessionPolicies;

/// Listings by all that they depend on.
///
/// What is kept belongs to one snapshot, the newest that was asked about, and goes when there is a newer one: a change of
/// a policy counts from the first request that sees it. A request that sees another snapshot finds nothing here and
/// leaves nothing.
#[derive(Debug, Default)]
pub(crate) struct Listings {
    kept: RwLock<Kept>,
    hasher: RandomState,
}

#[derive(Debug, Default)]
struct Kept {
    /// The snapshot that everything here was gathered from. Held weakly: it is compared by its place in memory, which
    /// stays taken, but what it holds can go.
    snapshot: Weak<Snapshot>,
    listings: HashMap<u64, Vec<Known>>,
    /// About how many bytes they take.
    bytes: usize,
}

#[derive(Debug)]
struct Known {
    subject: KnownSubject,
    listing: Arc<Listing>,
}

/// All that policies depend on, the snapshot left out.
#[derive(Debug)]
pub(crate) struct Subject<'c> {
    /// The user or role whose policies the caller has; none for callers without.
    holder: Option<UniqueId>,
    /// The policies passed to the caller's session, and what reasons say that they are attached to.
    passed: Option<(&'c SessionPolicies, String)>,
    /// The accounts over which the organization's policies stand.
    guarded: Guarded,
    /// The resource's own policy.
    resource: Option<&'c CompiledAttached>,
}

#[derive(Debug)]
struct KnownSubject {
    holder: Option<UniqueId>,
    guarded: Guarded,
    passed: Option<(SessionPolicies, String)>,
    resource: Option<CompiledAttached>,
}

/// About how many bytes of listings are kept.
const BYTES_MAX: usize = 16 << 20;

/// About how many bytes a listing takes, and each document in it: its source has three names.
const LISTING_BYTES: usize = 600;
const DOCUMENT_BYTES: usize = 350;

impl<'c> Subject<'c> {
    /// What the policies on a caller, and on a resource with this policy, depend on.
    pub(crate) fn of(caller: &'c Caller, guarded: Guarded, resource: Option<&'c CompiledAttached>) -> Self {
        let passed = passed(caller).map(|policies| (policies, caller.arn().unwrap_or_default()));
        Self { holder: holder(&caller.requester), passed, guarded, resource }
    }

    fn is(&self, known: &KnownSubject) -> bool {
        let passed = self.passed.as_ref().map(|(policies, arn)| (*policies, arn));
        let resource = match (self.resource, &known.resource) {
            (None, None) => true,
            (Some(one), Some(other)) => {
                Arc::ptr_eq(&one.document, &other.document) && one.source == other.source
            }
            (Some(_), None) | (None, Some(_)) => false,
        };
        resource
            && self.holder == known.holder
            && self.guarded == known.guarded
            && passed == known.passed.as_ref().map(|(policies, arn)| (policies, arn))
    }

    fn known(&self) -> KnownSubject {
        KnownSubject {
            holder: self.holder,
            guarded: self.guarded,
            passed: self.passed.as_ref().map(|(policies, arn)| ((*policies).clone(), arn.clone())),
            resource: self.resource.cloned(),
        }
    }

    /// A hash of most of it: what is left out seldom differs alone.
    fn hash(&self, hasher: &RandomState) -> u64 {
        let resource = self.resource.map(|policy| policy.source.attached_to.as_str());
        let passed = self.passed.as_ref().map(|(policies, arn)| (&policies.inline, &policies.managed, arn));
        hasher.hash_one((self.holder, self.guarded, passed, resource))
    }

    fn bytes(&self) -> usize {
        let inline = self.passed.as_ref().and_then(|(policies, _)| policies.inline.as_ref());
        inline.map_or(0, String::len)
    }
}

impl Listings {
    /// The listing for a subject in a snapshot, if it is kept.
    pub(crate) fn find(&self, snapshot: &Arc<Snapshot>, subject: &Subject<'_>) -> Option<Arc<Listing>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        if !kept.is_of(snapshot) {
            return None;
        }
        let same = kept.listings.get(&subject.hash(&self.hasher))?;
        same.iter().find(|known| subject.is(&known.subject)).map(|known| Arc::clone(&known.listing))
    }

    /// Keeps the listing for a subject in a snapshot, and only what belongs to the same snapshot beside it. For the newest
    /// snapshot alone: were one kept that is not, the next request would throw it out again.
    pub(crate) fn keep(&self, snapshot: &Arc<Snapshot>, subject: &Subject<'_>, listing: &Arc<Listing>) {
        let documents = listing.documents();
        let bytes = LISTING_BYTES + documents * DOCUMENT_BYTES + subject.bytes();
        let mut old = Kept::default();
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if !kept.is_of(snapshot) || kept.bytes + bytes > BYTES_MAX {
            old = std::mem::take(&mut *kept);
            kept.snapshot = Arc::downgrade(snapshot);
        }
        kept.bytes += bytes;
        let known = Known { subject: subject.known(), listing: Arc::clone(listing) };
        kept.listings.entry(subject.hash(&self.hasher)).or_default().push(known);
        drop(kept);
        // Nobody waits for what is taken down.
        drop(old);
    }
}

impl Kept {
    fn is_of(&self, snapshot: &Arc<Snapshot>) -> bool {
        std::ptr::eq(self.snapshot.as_ptr(), Arc::as_ptr(snapshot))
    }
}

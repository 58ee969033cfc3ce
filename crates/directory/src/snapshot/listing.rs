//! Lists by name, page by page.

use std::ops::Bound;

use doorward_policy::AccountId;

use super::{Named, Snapshot, Stored};
use crate::certificate::ServerCertificate;
use crate::identity::{Group, InstanceProfile, Role, User};
use crate::managed::ManagedPolicy;
use crate::name::Path;
use crate::unique_id::UniqueId;

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Listing<'a> {
    /// Only entities whose path begins like this; `/` for all.
    pub path_prefix: &'a str,
    /// Only what comes after this folded name: the `next` of the page before.
    pub after: Option<&'a str>,
    /// At most so many.
    pub size: usize,
}

impl Listing<'_> {
    /// The whole list.
    pub const ALL: Self = Self { path_prefix: "/", after: None, size: usize::MAX };
}

/// Part of a list, ordered by folded name.
#[derive(Clone, Debug)]
pub struct Page<'a, T> {
    /// The entities.
    pub items: Vec<&'a Stored<T>>,
    /// Where the next page starts; `None` when nothing is left.
    pub next: Option<&'a str>,
}

impl<T> Default for Page<'_, T> {
    fn default() -> Self {
        Self { items: Vec::new(), next: None }
    }
}

impl Snapshot {
    /// The users of an account. Costs a step per user passed over for its path, as do the other lists.
    #[must_use]
    pub fn users(&self, account: AccountId, listing: &Listing<'_>) -> Page<'_, User> {
        self.holdings(account).map(|held| page(&held.users, listing, |user| &user.path)).unwrap_or_default()
    }

    /// The members of a group.
    #[must_use]
    pub fn members_listed(&self, group: UniqueId, listing: &Listing<'_>) -> Page<'_, User> {
        self.members.get(&group).map(|members| page(members, listing, |user| &user.path)).unwrap_or_default()
    }

    /// The groups of an account.
    #[must_use]
    pub fn groups(&self, account: AccountId, listing: &Listing<'_>) -> Page<'_, Group> {
        self.holdings(account)
            .map(|held| page(&held.groups, listing, |group| &group.path))
            .unwrap_or_default()
    }

    /// The roles of an account.
    #[must_use]
    pub fn roles(&self, account: AccountId, listing: &Listing<'_>) -> Page<'_, Role> {
        self.holdings(account).map(|held| page(&held.roles, listing, |role| &role.path)).unwrap_or_default()
    }

    /// The customer managed policies of an account.
    #[must_use]
    pub fn policies(&self, account: AccountId, listing: &Listing<'_>) -> Page<'_, ManagedPolicy> {
        self.holdings(account)
            .map(|held| page(&held.policies, listing, |policy| &policy.path))
            .unwrap_or_default()
    }

    /// The instance profiles of an account.
    #[must_use]
    pub fn profiles(&self, account: AccountId, listing: &Listing<'_>) -> Page<'_, InstanceProfile> {
        self.holdings(account)
            .map(|held| page(&held.profiles, listing, |profile| &profile.path))
            .unwrap_or_default()
    }

    /// The server certificates of an account.
    #[must_use]
    pub fn server_certificates(
        &self,
        account: AccountId,
        listing: &Listing<'_>,
    ) -> Page<'_, ServerCertificate> {
        self.holdings(account)
            .map(|held| page(&held.server_certificates, listing, |certificate| &certificate.path))
            .unwrap_or_default()
    }
}

fn page<'a, T>(named: &'a Named<T>, listing: &Listing<'_>, path: impl Fn(&T) -> &Path) -> Page<'a, T> {
    let after = listing.after.map_or(Bound::Unbounded, Bound::Excluded);
    let mut found = named
        .range::<_, str>((after, Bound::Unbounded))
        .filter(|(_, stored)| path(stored).as_str().starts_with(listing.path_prefix));
    let mut page = Page::default();
    let mut last = None;
    for (name, stored) in found.by_ref().take(listing.size) {
        page.items.push(&**stored);
        last = Some(&**name);
    }
    page.next = last.filter(|_| found.next().is_some());
    page
}

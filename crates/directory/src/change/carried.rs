//! Entities that come from elsewhere, with the ids and times that they had there: conditions and trust policies that name
//! ids go on to mean the same.

use doorward_policy::AccountId;
use jiff::Timestamp;

use super::policies::{self, NewPolicy};
use super::{Draft, exceeds};
use crate::managed::{ManagedPolicy, VersionNumber};
use crate::refusal::Refusal;
use crate::snapshot::Snapshot;
use crate::unique_id::UniqueId;

/// What an entity had where it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// Its unique id.
    pub id: UniqueId,
    /// When it was made.
    pub created: Timestamp,
}

/// A version of a policy that comes from elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct CarriedVersion<'a> {
    /// Its number there.
    pub number: VersionNumber,
    /// When it was made.
    pub created: Timestamp,
    /// What it says.
    pub document: &'a str,
}

/// Makes an entity by `create`, one of the functions beside this one, with the id and the time that it had.
///
/// # Errors
/// Those of `create`; and that something has the id already, or that it is of another kind of entity.
pub fn carried<T>(
    draft: &mut Draft<'_>,
    origin: Origin,
    create: impl FnOnce(&mut Draft<'_>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    if draft.snapshot().entity(origin.id).is_some() {
        return Err(not_its_id(origin.id, "something else has it"));
    }
    let now = draft.now;
    // Whole seconds, as everything is stored; and nothing was made later than now.
    draft.now = Timestamp::from_second(origin.created.as_second()).map_or(now, |created| created.min(now));
    draft.given = Some(origin.id);
    let made = create(draft);
    draft.now = now;
    match draft.given.take() {
        Some(id) if made.is_ok() => Err(not_its_id(id, "it is the id of another kind of entity")),
        Some(_) | None => made,
    }
}

/// Makes a managed policy with all its versions, of which `default` counts. Called by way of [`carried`].
///
/// # Errors
/// [`Refusal`], as of [`policies::create`] for every version; and that there are none or too many, that two have one
/// number, or that none is the default.
pub fn policy(
    draft: &mut Draft<'_>,
    account: AccountId,
    new: &NewPolicy<'_>,
    versions: &[CarriedVersion<'_>],
    default: VersionNumber,
) -> Result<ManagedPolicy, Refusal> {
    let limit = draft.limits().versions_per_policy;
    if exceeds(versions.len(), limit) {
        return Err(Refusal::TooManyVersions { limit });
    }
    let invalid = |reason: &str| Refusal::InvalidValue { field: "versions", reason: reason.to_owned() };
    let newest = versions.iter().map(|version| version.number).max();
    let newest = newest.ok_or_else(|| invalid("there are none"))?;
    for (index, version) in versions.iter().enumerate() {
        if versions.iter().skip(index + 1).any(|other| other.number == version.number) {
            return Err(invalid("two have one number"));
        }
    }
    if !versions.iter().any(|version| version.number == default) {
        return Err(invalid("the default is not among them"));
    }
    policies::carry(draft, account, new, versions, (default, newest))
}

fn not_its_id(id: UniqueId, why: &str) -> Refusal {
    Refusal::InvalidValue { field: "id", reason: format!("`{}` cannot be its id: {why}", id.as_str()) }
}

/// Changes that are planned one after the other, each on what those before it left, and are never made.
pub struct Rehearsal<'d> {
    pub(crate) directory: &'d crate::Directory,
    pub(crate) view: Snapshot,
}

impl Rehearsal<'_> {
    /// Plans a change. One that is refused leaves nothing.
    ///
    /// # Errors
    /// [`Refusal`], as the change itself would be refused.
    pub fn change<T>(
        &mut self,
        now: Timestamp,
        plan: impl FnOnce(&mut Draft<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut draft = self.directory.draft(&self.view, now);
        let planned = plan(&mut draft)?;
        let view = draft.snapshot().clone();
        // Whether it fits a transaction.
        draft.into_transaction()?;
        self.view = view;
        Ok(planned)
    }
}

//! When access keys and roles were last used.

use std::sync::Arc;

use super::Draft;
use crate::keys::Key;
use crate::record::Fact;
use crate::refusal::Refusal;
use crate::snapshot::Snapshot;
use crate::usage::{Use, Used};

/// How many uses are written in one transaction: each is checked and written, and what was used is
/// checked to be there, and so is the format of the store.
pub(crate) const USES_AT_ONCE_MAX: usize = (doorward_store::OPERATIONS_MAX - 1) / 2;

/// Writes uses that are later than those stored, of what is still there. Says how many it wrote.
pub(crate) fn put(draft: &mut Draft<'_>, uses: &[(Used, Use)]) -> Result<usize, Refusal> {
    let mut written = 0;
    for (used, last) in uses {
        let Some(owner) = owner(draft.snapshot(), *used) else { continue };
        if draft.snapshot().stored_use(*used).is_some_and(|stored| stored.at >= last.at) {
            continue;
        }
        draft.rely(owner);
        draft.put(Key::of_use(*used), Fact::Use(last.clone()))?;
        written += 1;
    }
    Ok(written)
}

/// The record of what was used; `None` if it is gone.
fn owner(snapshot: &Snapshot, used: Used) -> Option<Key> {
    match used {
        Used::Key(id) => snapshot.access_key(id).map(|key| Key::AccessKey(key.id)),
        Used::Role(id) => {
            snapshot.role_with_id(id).map(|role| Key::Role(role.account, Arc::clone(role.name.folded())))
        }
    }
}

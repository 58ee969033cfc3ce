//! Deletions of service-linked roles, as stored.

use std::sync::Arc;

use minicbor::{Decode, Encode};

use super::{Reason, time};
use crate::linked::{LinkedDeletion, Outcome};
use crate::name::{Name, Path};

#[derive(Encode, Decode)]
pub(super) struct LinkedDeletionRecord<'b> {
    #[b(0)]
    path: &'b str,
    #[b(1)]
    name: &'b str,
    #[n(2)]
    submitted_s: i64,
    #[n(3)]
    in_use: bool,
}

pub(super) fn record(deletion: &LinkedDeletion) -> LinkedDeletionRecord<'_> {
    LinkedDeletionRecord {
        path: deletion.path.as_str(),
        name: deletion.name.as_str(),
        submitted_s: deletion.submitted.as_second(),
        in_use: deletion.outcome == Outcome::InUse,
    }
}

pub(super) fn fact(id: &Arc<str>, record: LinkedDeletionRecord<'_>) -> Result<LinkedDeletion, Reason> {
    Ok(LinkedDeletion {
        id: Arc::clone(id),
        path: Path::new(record.path).map_err(|error| error.to_string())?,
        name: Name::new(record.name).map_err(|error| error.to_string())?,
        submitted: time(record.submitted_s)?,
        outcome: if record.in_use { Outcome::InUse } else { Outcome::Deleted },
    })
}

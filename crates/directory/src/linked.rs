//! Deletions of service-linked roles: tasks that can be asked about afterwards.

use std::sync::Arc;

use jiff::Timestamp;

use crate::name::{Name, Path};

/// A service-linked role that was deleted, or was to be. Whether a service uses it is known at once, so that every deletion
/// is done, or has failed, when it is answered.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html>
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkedDeletion {
    /// A UUID.
    pub id: Arc<str>,
    /// The path of the role, `/aws-service-role/SERVICE/`.
    pub path: Path,
    /// The name of the role.
    pub name: Name,
    /// When, in whole seconds.
    pub submitted: Timestamp,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of the deletion of a service-linked role.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The role is gone.
    Deleted,
    /// The role stayed: its service uses it.
    InUse,
}

impl LinkedDeletion {
    /// `task/aws-service-role/SERVICE/ROLE/UUID`.
    #[must_use]
    pub fn task(&self) -> String {
        format!("task{}{}/{}", self.path, self.name, self.id)
    }
}

//! Deletions of service-linked roles: tasks that can be asked about afterwards.

use std::sync::Arc;

use jiff::Timestamp;

use crate::name::{Name, Path};

/// A service-linked role that was deleted. Nothing here uses such a role behind the scenes, so that every deletion that
/// is accepted is done at once.
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
}

impl LinkedDeletion {
    /// `task/aws-service-role/SERVICE/ROLE/UUID`.
    #[must_use]
    pub fn task(&self) -> String {
        format!("task{}{}/{}", self.path, self.name, self.id)
    }
}

//! Users, groups, roles and instance profiles.

use std::fmt;

use doorward_policy::AccountId;
use jiff::Timestamp;

use crate::name::{Name, Path};
use crate::role_template::RoleSource;
use crate::tags::Tags;
use crate::text::PolicyText;
use crate::unique_id::UniqueId;

/// An IAM user.
#[derive(Clone, PartialEq, Debug)]
pub struct User {
    /// Its account.
    pub account: AccountId,
    /// `AIDA…`.
    pub id: UniqueId,
    /// At most 64 characters.
    pub name: Name,
    /// Its path.
    pub path: Path,
    /// When it was made, in whole seconds.
    pub created: Timestamp,
    /// Its tags.
    pub tags: Tags,
    /// The managed policy that is its permissions boundary.
    pub boundary: Option<UniqueId>,
    /// The groups that it is a member of, in the order of joining.
    pub groups: Vec<UniqueId>,
    /// The managed policies attached to it, in the order of attaching.
    pub attached: Vec<UniqueId>,
}

/// A group of users. It is not a principal.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    /// Its account.
    pub account: AccountId,
    /// `AGPA…`.
    pub id: UniqueId,
    /// At most 128 characters.
    pub name: Name,
    /// Its path.
    pub path: Path,
    /// When it was made, in whole seconds.
    pub created: Timestamp,
    /// The managed policies attached to it, in the order of attaching.
    pub attached: Vec<UniqueId>,
}

/// A role.
#[derive(Clone, PartialEq, Debug)]
pub struct Role {
    /// Its account.
    pub account: AccountId,
    /// `AROA…`.
    pub id: UniqueId,
    /// At most 64 characters.
    pub name: Name,
    /// Its path.
    pub path: Path,
    /// When it was made, in whole seconds.
    pub created: Timestamp,
    /// Who may assume it. As read back: [`Snapshot::trust_text`](crate::Snapshot::trust_text).
    pub trust: PolicyText,
    /// At most 1,000 characters.
    pub description: Option<Box<str>>,
    /// How long its sessions may last, in seconds: 3,600 to 43,200.
    pub max_session_s: u32,
    /// Its tags.
    pub tags: Tags,
    /// The managed policy that is its permissions boundary.
    pub boundary: Option<UniqueId>,
    /// The managed policies attached to it, in the order of attaching.
    pub attached: Vec<UniqueId>,
    /// The template that it was made from.
    pub source: Option<Box<RoleSource>>,
}

/// An instance profile: what hands a role to a machine.
#[derive(Clone, PartialEq, Debug)]
pub struct InstanceProfile {
    /// Its account.
    pub account: AccountId,
    /// `AIPA…`.
    pub id: UniqueId,
    /// At most 128 characters.
    pub name: Name,
    /// Its path.
    pub path: Path,
    /// When it was made, in whole seconds.
    pub created: Timestamp,
    /// The one role in it.
    pub role: Option<UniqueId>,
    /// Its tags.
    pub tags: Tags,
}

/// Where the roles stand that services make for themselves. No service control policy binds them, so nobody may place
/// a role of their own there.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html>
pub(crate) const SERVICE_LINKED: &str = "/aws-service-role/";

/// The ARN of an IAM entity.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns>
pub(crate) fn arn(owner: impl fmt::Display, kind: &str, path: &Path, name: &Name) -> String {
    format!("arn:aws:iam::{owner}:{kind}{path}{name}")
}

impl User {
    /// `arn:aws:iam::A:user/path/name`.
    #[must_use]
    pub fn arn(&self) -> String {
        arn(self.account, "user", &self.path, &self.name)
    }
}

impl Group {
    /// `arn:aws:iam::A:group/path/name`.
    #[must_use]
    pub fn arn(&self) -> String {
        arn(self.account, "group", &self.path, &self.name)
    }
}

impl Role {
    /// `arn:aws:iam::A:role/path/name`.
    #[must_use]
    pub fn arn(&self) -> String {
        arn(self.account, "role", &self.path, &self.name)
    }

    /// Whether it is linked to a service, which alone changes it.
    #[must_use]
    pub fn is_service_linked(&self) -> bool {
        self.path.as_str().starts_with(SERVICE_LINKED)
    }
}

impl InstanceProfile {
    /// `arn:aws:iam::A:instance-profile/path/name`.
    #[must_use]
    pub fn arn(&self) -> String {
        arn(self.account, "instance-profile", &self.path, &self.name)
    }
}

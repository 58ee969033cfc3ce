//! Managed policies with their versions, and inline policies.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use doorward_policy::AccountId;
use jiff::Timestamp;

use crate::identity::arn;
use crate::name::{Name, Path};
use crate::tags::Tags;
use crate::text::PolicyText;
use crate::unique_id::UniqueId;

/// Where AWS keeps the policies that only narrow what a session of a member account's root user may do.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html>
pub const ROOT_TASK_PATH: &str = "/root-task/";

/// A managed policy: an account's own, or one of AWS's. Its documents are its versions'.
#[derive(Clone, PartialEq, Debug)]
pub struct ManagedPolicy {
    /// Whose it is.
    pub owner: Owner,
    /// `ANPA…`.
    pub id: UniqueId,
    /// At most 128 characters.
    pub name: Name,
    /// Its path.
    pub path: Path,
    /// When it was made, in whole seconds.
    pub created: Timestamp,
    /// When its default version was last made or chosen, in whole seconds.
    pub updated: Timestamp,
    /// At most 1,000 characters; it cannot be changed.
    pub description: Option<Box<str>>,
    /// The version that counts wherever the policy is attached.
    pub default_version: VersionNumber,
    /// The newest version ever made, deleted or not: numbers are not used again.
    pub latest_version: VersionNumber,
    /// Its tags.
    pub tags: Tags,
}

impl ManagedPolicy {
    /// `arn:aws:iam::A:policy/path/name`.
    #[must_use]
    pub fn arn(&self) -> String {
        arn(self.owner, "policy", &self.path, &self.name)
    }

    /// Whether `account` may use it: its own policies, and AWS's.
    #[must_use]
    pub fn is_for(&self, account: AccountId) -> bool {
        match self.owner {
            Owner::Account(owner) => owner == account,
            Owner::Aws => true,
        }
    }

    /// Whether it is a customer managed policy of `account`, which may change it.
    #[must_use]
    pub fn is_of(&self, account: AccountId) -> bool {
        self.owner == Owner::Account(account)
    }
}

/// Whose a managed policy is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Owner {
    /// A customer's: its account.
    Account(AccountId),
    /// AWS's: the same in every account, and changed by nobody here.
    Aws,
}

/// As ARNs name it.
impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(account) => account.fmt(f),
            Self::Aws => f.write_str("aws"),
        }
    }
}

/// The number of a policy's version, from 1; written `v1`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html>
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct VersionNumber(pub u32);

/// Why a text names no version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the id of a policy version: it must be v and a number from 1")]
pub struct NotAVersion(pub String);

impl fmt::Display for VersionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}", self.0)
    }
}

impl FromStr for VersionNumber {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let digits =
            text.strip_prefix('v').filter(|digits| digits.starts_with(|first| matches!(first, '1'..='9')));
        let number = digits.and_then(|digits| digits.parse().ok());
        number.map(Self).ok_or_else(|| NotAVersion(text.to_owned()))
    }
}

/// One version of a managed policy. Cloning shares the text.
#[derive(Clone, PartialEq, Debug)]
pub struct PolicyVersion {
    /// Its number.
    pub number: VersionNumber,
    /// What it says.
    pub text: PolicyText,
    /// When it was made, in whole seconds.
    pub created: Timestamp,
}

/// A policy that is part of one user, group or role. Cloning shares the text.
#[derive(Clone, PartialEq, Debug)]
pub struct InlinePolicy {
    /// 1 to 128 characters. Compared with regard to case, so that no policy replaces one of another spelling:
    /// what AWS does here is UNCONFIRMED (inline-policy-name), and keeping both keeps every `Deny`.
    pub name: Arc<str>,
    /// What it says.
    pub text: PolicyText,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_ids() {
        for (text, number) in [
            ("v1", Some(1)),
            ("v12", Some(12)),
            ("v0", None),
            ("v01", None),
            ("1", None),
            ("v", None),
            ("v+1", None),
        ] {
            assert_eq!(text.parse::<VersionNumber>().ok(), number.map(VersionNumber), "{text}");
        }
        assert_eq!(VersionNumber(3).to_string(), "v3");
    }
}

//! Why a change, or a read, is refused: AWS's codes and AWS's texts, in this one place.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html> for the codes of each operation;
//! the texts are those that AWS answers.

mod organization;

use doorward_policy::Malformed;

use crate::keys::UnknownKey;
use crate::name::{NotAName, NotAPath};
use crate::random::NoRandomness;
use crate::record::BadRecord;
use crate::seal::{SealBroken, SealFailed};
use crate::tags::TagFault;

pub use organization::{Constraint, HandshakeConstraint, InvalidInput, MalformedText, OrganizationFault};

/// Why something is refused. The text is AWS's, [`code`](Self::code) its error code.
///
/// Texts that AWS does not document and nobody has recorded are marked *ours*.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// There is no such user.
    #[error("The user with name {0} cannot be found.")]
    NoSuchUser(String),
    /// There is no such group.
    #[error("The group with name {0} cannot be found.")]
    NoSuchGroup(String),
    /// There is no such role.
    #[error("The role with name {0} cannot be found.")]
    NoSuchRole(String),
    /// There is no such instance profile.
    #[error("Instance Profile {0} cannot be found.")]
    NoSuchProfile(String),
    /// There is no such inline policy.
    #[error("The {holder} policy with name {name} cannot be found.")]
    NoSuchInlinePolicy {
        /// Whose policies were looked through.
        holder: HolderKind,
        /// The name looked for.
        name: String,
    },
    /// There is no such managed policy, or it is not attached where it should be detached.
    #[error("Policy {0} was not found.")]
    NoSuchPolicy(String),
    /// There is no such managed policy to attach.
    #[error("Policy {0} does not exist or is not attachable.")]
    NotAttachable(String),
    /// There is no such managed policy to use as a boundary.
    #[error("Scope ARN: {0} does not exist or is not attachable.")]
    NoSuchBoundary(String),
    /// There is no such version of the policy.
    #[error("Policy {arn} version {version} does not exist or is not attachable.")]
    NoSuchVersion {
        /// The policy.
        arn: String,
        /// The version's id, as asked for.
        version: String,
    },
    /// There is no such access key, or it is someone else's.
    #[error("The Access Key with id {0} cannot be found")]
    NoSuchAccessKey(String),
    /// The account does not have this alias. (Text: ours.)
    #[error("The account alias {0} cannot be found.")]
    NoSuchAlias(String),
    /// There is no such account in the installation. (Text: ours.)
    #[error("The account {0} cannot be found.")]
    NoSuchAccount(String),
    /// There is no such service in the installation. (Text: ours.)
    #[error("The service with name {0} cannot be found.")]
    NoSuchService(String),
    /// The user is not a member. (Text: ours.)
    #[error("The user with name {user} is not in group {group}.")]
    NotAMember {
        /// The user.
        user: String,
        /// The group.
        group: String,
    },

    /// There is a user of this name.
    #[error("User with name {0} already exists.")]
    UserExists(String),
    /// There is a group of this name.
    #[error("Group with name {0} already exists.")]
    GroupExists(String),
    /// There is a role of this name.
    #[error("Role with name {0} already exists.")]
    RoleExists(String),
    /// There is an instance profile of this name.
    #[error("Instance Profile {0} already exists.")]
    ProfileExists(String),
    /// There is a managed policy of this name.
    #[error("A policy called {0} already exists. Duplicate names are not allowed.")]
    PolicyExists(String),
    /// Some account has this alias.
    #[error("The account alias {0} already exists.")]
    AliasExists(String),
    /// There is an account of this id. (Text: ours.)
    #[error("Account {0} already exists.")]
    AccountExists(String),
    /// There is a service of this name. (Text: ours.)
    #[error("Service with name {0} already exists.")]
    ServiceExists(String),
    /// There is an access key of this id. (Text: ours.)
    #[error("Access key {0} already exists.")]
    AccessKeyExists(String),

    /// Something still belongs to or uses what should be deleted.
    #[error("{0}")]
    InTheWay(Obstacle),

    /// A quota is used up.
    #[error("Cannot exceed quota for {name}: {limit}")]
    Quota {
        /// AWS's name of the quota.
        name: &'static str,
        /// How many there may be.
        limit: u32,
    },
    /// A managed policy has as many versions as it may have.
    #[error(
        "A managed policy can have up to {limit} versions. Before you create a new version, you must delete an existing version."
    )]
    TooManyVersions {
        /// How many there may be.
        limit: u32,
    },
    /// The inline policies together are too long.
    #[error("Maximum policy size of {limit} bytes exceeded for {holder} {name}")]
    InlineTooLong {
        /// Whose they are.
        holder: HolderKind,
        /// Its name.
        name: String,
        /// How long they may be.
        limit: u32,
    },
    /// The entity would have too many tags.
    #[error("The number of tags has reached the maximum limit.")]
    TooManyTags,

    /// The document breaks the grammar of its kind.
    #[error("{0}")]
    Malformed(#[from] Malformed),
    /// The trust policy names a principal that does not exist.
    #[error("Invalid principal in policy: \"{kind}\":\"{principal}\"")]
    InvalidPrincipal {
        /// `AWS`, `SERVICE` or `FEDERATED`.
        kind: &'static str,
        /// As written in the document.
        principal: String,
    },

    /// Two tag keys are the same but for case.
    #[error("Duplicate tag keys found. Please note that Tag keys are case insensitive.")]
    DuplicateTags,
    /// A tag key begins with `aws:`. (Text: ours.)
    #[error("The tag key {0} is invalid. Tag keys that start with aws: are reserved.")]
    ReservedTag(String),
    /// The path is kept for service-linked roles. (Text: ours.)
    #[error("The path {0} is reserved for service-linked roles.")]
    ReservedPath(String),
    /// A value breaks its shape; requests are checked for this before they come here. (Text: ours.)
    #[error("The specified value for {field} is invalid: {reason}.")]
    InvalidValue {
        /// The field, as the API calls it.
        field: &'static str,
        /// Which rule it breaks.
        reason: String,
    },
    /// A text in place of a policy's ARN is none.
    #[error("Invalid ARN:  Could not be parsed!")]
    InvalidArn(String),

    /// It is about the organization.
    #[error(transparent)]
    Organization(OrganizationFault),

    /// Others changed the same things again and again; nothing was done.
    #[error(
        "The request was rejected because multiple requests to change this object were submitted simultaneously."
    )]
    ConcurrentModification,
    /// The store does not take writes; nothing was done.
    #[error("The request has failed due to a temporary failure of the server.")]
    Unavailable(#[source] Failure),
    /// The installation failed; the change may or may not have been made.
    #[error("The request processing has failed because of an unknown error, exception or failure.")]
    Failed(#[source] Failure),
}

impl From<OrganizationFault> for Refusal {
    fn from(fault: OrganizationFault) -> Self {
        Self::Organization(fault)
    }
}

impl From<Constraint> for Refusal {
    fn from(constraint: Constraint) -> Self {
        Self::Organization(constraint.into())
    }
}

impl From<HandshakeConstraint> for Refusal {
    fn from(constraint: HandshakeConstraint) -> Self {
        Self::Organization(constraint.into())
    }
}

impl From<InvalidInput> for Refusal {
    fn from(invalid: InvalidInput) -> Self {
        Self::Organization(invalid.into())
    }
}

/// What failed inside, for the log; callers are not told.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The store did.
    #[error(transparent)]
    Commit(#[from] doorward_store::CommitError),
    /// The store could not be asked.
    #[error(transparent)]
    Read(#[from] doorward_store::ReadError),
    /// The directory does not follow the store.
    #[error(transparent)]
    NotFollowing(#[from] crate::directory::NotFollowing),
    /// The directory did not catch up with the store.
    #[error(transparent)]
    TooFarBehind(#[from] crate::directory::TooFarBehind),
    /// The transaction is none that a store may apply.
    #[error(transparent)]
    Transaction(#[from] doorward_store::InvalidTransaction),
    /// A key or value is longer than a store may hold.
    #[error(transparent)]
    Limit(#[from] doorward_store::LimitError),
    /// A record does not read back.
    #[error(transparent)]
    Record(#[from] BadRecord),
    /// A key does not read back.
    #[error(transparent)]
    Key(#[from] UnknownKey),
    /// There was no randomness.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// A secret could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealFailed),
    /// A secret could not be opened.
    #[error(transparent)]
    Open(#[from] SealBroken),
}

impl<F: Into<Failure>> From<F> for Refusal {
    fn from(failure: F) -> Self {
        Self::Failed(failure.into())
    }
}

/// Who holds inline policies.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum HolderKind {
    /// A user.
    User,
    /// A group.
    Group,
    /// A role.
    Role,
}

impl std::fmt::Display for HolderKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Role => "role",
        })
    }
}

/// What must be gone before something can be deleted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, thiserror::Error)]
pub enum Obstacle {
    /// Managed policies are attached to it.
    #[error("Cannot delete entity, must detach all policies first.")]
    AttachedPolicies,
    /// It has inline policies.
    #[error("Cannot delete entity, must delete policies first.")]
    InlinePolicies,
    /// The role is in an instance profile, or the instance profile has a role.
    #[error("Cannot delete entity, must remove roles from instance profile first.")]
    InstanceProfile,
    /// The user, or service, has access keys.
    #[error("Cannot delete entity, must delete access keys first.")]
    AccessKeys,
    /// The group has members, or the user is one.
    #[error("Cannot delete entity, must remove users from group first.")]
    Members,
    /// The version is the policy's default.
    #[error("Cannot delete the default version of a policy.")]
    DefaultVersion,
    /// The policy is attached, or someone's boundary.
    #[error("Cannot delete a policy attached to entities.")]
    Attachments,
    /// The policy has versions besides its default.
    #[error(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy."
    )]
    Versions,
}

impl From<NotAName> for Refusal {
    fn from(fault: NotAName) -> Self {
        Self::InvalidValue { field: "name", reason: fault.to_string() }
    }
}

impl From<NotAPath> for Refusal {
    fn from(fault: NotAPath) -> Self {
        Self::InvalidValue { field: "path", reason: fault.to_string() }
    }
}

impl From<TagFault> for Refusal {
    fn from(fault: TagFault) -> Self {
        match fault {
            TagFault::Duplicate(_) => Self::DuplicateTags,
            TagFault::Reserved(key) => Self::ReservedTag(key.into()),
        }
    }
}

impl Refusal {
    /// AWS's error code. The wire knows the HTTP status of each.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSuchUser(_)
            | Self::NoSuchGroup(_)
            | Self::NoSuchRole(_)
            | Self::NoSuchProfile(_)
            | Self::NoSuchInlinePolicy { .. }
            | Self::NoSuchPolicy(_)
            | Self::NotAttachable(_)
            | Self::NoSuchBoundary(_)
            | Self::NoSuchVersion { .. }
            | Self::NoSuchAccessKey(_)
            | Self::NoSuchAlias(_)
            | Self::NoSuchAccount(_)
            | Self::NoSuchService(_)
            | Self::NotAMember { .. } => "NoSuchEntity",
            Self::UserExists(_)
            | Self::GroupExists(_)
            | Self::RoleExists(_)
            | Self::ProfileExists(_)
            | Self::PolicyExists(_)
            | Self::AliasExists(_)
            | Self::AccountExists(_)
            | Self::ServiceExists(_)
            | Self::AccessKeyExists(_) => "EntityAlreadyExists",
            Self::InTheWay(_) => "DeleteConflict",
            Self::Quota { .. }
            | Self::TooManyVersions { .. }
            | Self::InlineTooLong { .. }
            | Self::TooManyTags => "LimitExceeded",
            Self::Malformed(_) | Self::InvalidPrincipal { .. } => "MalformedPolicyDocument",
            Self::DuplicateTags | Self::ReservedTag(_) | Self::ReservedPath(_) => "InvalidInput",
            Self::InvalidValue { .. } | Self::InvalidArn(_) => "ValidationError",
            Self::Organization(fault) => fault.code(),
            Self::ConcurrentModification => "ConcurrentModification",
            Self::Unavailable(_) => "ServiceUnavailable",
            Self::Failed(_) => "ServiceFailure",
        }
    }

    /// Which of the reasons of its code it has, for codes that have any.
    #[must_use]
    pub const fn reason(&self) -> Option<&'static str> {
        if let Self::Organization(fault) = self { fault.reason() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use doorward_policy::{Document, Kind};

    use super::*;

    /// Every refusal with its code and text. A change here is a change of what clients see.
    #[test]
    fn codes_and_texts() {
        let text = String::from;
        let malformed = Document::parse("{}", Kind::Managed).unwrap_err();
        let holder = HolderKind::Role;
        let (arn, version) = (text("arn"), text("v2"));
        let unavailable = || Failure::Random(NoRandomness(text("secret detail")));
        let table = [
            (Refusal::NoSuchUser(text("x")), "NoSuchEntity", "The user with name x cannot be found."),
            (Refusal::NoSuchGroup(text("x")), "NoSuchEntity", "The group with name x cannot be found."),
            (Refusal::NoSuchRole(text("x")), "NoSuchEntity", "The role with name x cannot be found."),
            (Refusal::NoSuchProfile(text("x")), "NoSuchEntity", "Instance Profile x cannot be found."),
            (
                Refusal::NoSuchInlinePolicy { holder, name: text("x") },
                "NoSuchEntity",
                "The role policy with name x cannot be found.",
            ),
            (Refusal::NoSuchPolicy(text("arn")), "NoSuchEntity", "Policy arn was not found."),
            (
                Refusal::NotAttachable(text("arn")),
                "NoSuchEntity",
                "Policy arn does not exist or is not attachable.",
            ),
            (
                Refusal::NoSuchBoundary(text("arn")),
                "NoSuchEntity",
                "Scope ARN: arn does not exist or is not attachable.",
            ),
            (
                Refusal::NoSuchVersion { arn, version },
                "NoSuchEntity",
                "Policy arn version v2 does not exist or is not attachable.",
            ),
            (Refusal::NoSuchAccessKey(text("x")), "NoSuchEntity", "The Access Key with id x cannot be found"),
            (Refusal::NoSuchAlias(text("x")), "NoSuchEntity", "The account alias x cannot be found."),
            (Refusal::NoSuchAccount(text("x")), "NoSuchEntity", "The account x cannot be found."),
            (Refusal::NoSuchService(text("x")), "NoSuchEntity", "The service with name x cannot be found."),
            (
                Refusal::NotAMember { user: text("u"), group: text("g") },
                "NoSuchEntity",
                "The user with name u is not in group g.",
            ),
            (Refusal::UserExists(text("x")), "EntityAlreadyExists", "User with name x already exists."),
            (Refusal::GroupExists(text("x")), "EntityAlreadyExists", "Group with name x already exists."),
            (Refusal::RoleExists(text("x")), "EntityAlreadyExists", "Role with name x already exists."),
            (Refusal::ProfileExists(text("x")), "EntityAlreadyExists", "Instance Profile x already exists."),
            (
                Refusal::PolicyExists(text("x")),
                "EntityAlreadyExists",
                "A policy called x already exists. Duplicate names are not allowed.",
            ),
            (Refusal::AliasExists(text("x")), "EntityAlreadyExists", "The account alias x already exists."),
            (Refusal::AccountExists(text("x")), "EntityAlreadyExists", "Account x already exists."),
            (Refusal::ServiceExists(text("x")), "EntityAlreadyExists", "Service with name x already exists."),
            (Refusal::AccessKeyExists(text("x")), "EntityAlreadyExists", "Access key x already exists."),
            (
                Refusal::InTheWay(Obstacle::AttachedPolicies),
                "DeleteConflict",
                "Cannot delete entity, must detach all policies first.",
            ),
            (
                Refusal::InTheWay(Obstacle::InlinePolicies),
                "DeleteConflict",
                "Cannot delete entity, must delete policies first.",
            ),
            (
                Refusal::InTheWay(Obstacle::InstanceProfile),
                "DeleteConflict",
                "Cannot delete entity, must remove roles from instance profile first.",
            ),
            (
                Refusal::InTheWay(Obstacle::AccessKeys),
                "DeleteConflict",
                "Cannot delete entity, must delete access keys first.",
            ),
            (
                Refusal::InTheWay(Obstacle::Members),
                "DeleteConflict",
                "Cannot delete entity, must remove users from group first.",
            ),
            (
                Refusal::InTheWay(Obstacle::DefaultVersion),
                "DeleteConflict",
                "Cannot delete the default version of a policy.",
            ),
            (
                Refusal::InTheWay(Obstacle::Attachments),
                "DeleteConflict",
                "Cannot delete a policy attached to entities.",
            ),
            (
                Refusal::InTheWay(Obstacle::Versions),
                "DeleteConflict",
                "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
            ),
            (
                Refusal::Quota { name: "UsersPerAccount", limit: 5000 },
                "LimitExceeded",
                "Cannot exceed quota for UsersPerAccount: 5000",
            ),
            (
                Refusal::TooManyVersions { limit: 5 },
                "LimitExceeded",
                "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
            ),
            (
                Refusal::InlineTooLong { holder, name: text("x"), limit: 10_240 },
                "LimitExceeded",
                "Maximum policy size of 10240 bytes exceeded for role x",
            ),
            (Refusal::TooManyTags, "LimitExceeded", "The number of tags has reached the maximum limit."),
            (malformed.into(), "MalformedPolicyDocument", "Syntax errors in policy."),
            (
                Refusal::InvalidPrincipal { kind: "AWS", principal: text("arn") },
                "MalformedPolicyDocument",
                "Invalid principal in policy: \"AWS\":\"arn\"",
            ),
            (
                Refusal::DuplicateTags,
                "InvalidInput",
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            ),
            (
                Refusal::ReservedTag(text("aws:x")),
                "InvalidInput",
                "The tag key aws:x is invalid. Tag keys that start with aws: are reserved.",
            ),
            (
                Refusal::ReservedPath(text("/x/")),
                "InvalidInput",
                "The path /x/ is reserved for service-linked roles.",
            ),
            (
                Refusal::InvalidValue { field: "name", reason: text("it is bad") },
                "ValidationError",
                "The specified value for name is invalid: it is bad.",
            ),
            (Refusal::InvalidArn(text("x")), "ValidationError", "Invalid ARN:  Could not be parsed!"),
            (
                Refusal::ConcurrentModification,
                "ConcurrentModification",
                "The request was rejected because multiple requests to change this object were submitted simultaneously.",
            ),
            (
                Refusal::Unavailable(unavailable()),
                "ServiceUnavailable",
                "The request has failed due to a temporary failure of the server.",
            ),
            (
                Refusal::Failed(unavailable()),
                "ServiceFailure",
                "The request processing has failed because of an unknown error, exception or failure.",
            ),
        ];
        for (refusal, code, text) in table {
            assert_eq!((refusal.code(), refusal.to_string().as_str()), (code, text));
        }
    }
}

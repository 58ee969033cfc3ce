//! Why a change, or a read, is refused: AWS's codes and AWS's texts, in this one place.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html> for the codes of each operation;
//! the texts are those that AWS answers.

mod delegation;
mod organization;
mod role_manager;
mod root_access;

use doorward_policy::Malformed;

use crate::keys::UnknownKey;
use crate::name::{NotAName, NotAPath};
use crate::provider::NotAProviderUrl;
use crate::random::NoRandomness;
use crate::record::BadRecord;
use crate::seal::{SealBroken, SealFailed, Unopened};
use crate::tags::TagFault;

pub mod credentials;

use credentials::CredentialFault;
pub use delegation::DelegationFault;
pub use organization::{Constraint, HandshakeConstraint, InvalidInput, MalformedText, OrganizationFault};
pub use role_manager::{PropertyFault, RoleTemplateFault};
pub use root_access::RootAccessFault;

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
    /// There is no such instance profile. (Text: ours.)
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
    /// The policy is one of AWS's, which nobody else changes. What AWS answers is UNCONFIRMED (aws-managed-policy-write).
    /// (Text: ours.)
    #[error("Policy {0} is managed by AWS and cannot be changed.")]
    ManagedByAws(String),
    /// The policy is for service-linked roles only. (The text is known for roles; for users and groups it is ours.)
    #[error("Cannot attach a Service Role Policy to a Customer Role.")]
    ServiceRolePolicy,
    /// The policy is for tasks of root users only. (Text: ours.)
    #[error("Policy {0} is for tasks of root users and is not attachable.")]
    RootTaskPolicy(String),
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
    /// There is no such virtual MFA device.
    #[error("VirtualMFADevice with serial number {0} doesn't exist.")]
    NoSuchMfaDevice(String),
    /// The MFA device is not this user's. (Text: ours.)
    #[error("MFA Device invalid for user.")]
    MfaDeviceInvalid,
    /// The user has no password. (Text: ours.)
    #[error("Login Profile for User {0} cannot be found.")]
    NoSuchLoginProfile(String),
    /// The account has no password policy to show.
    #[error("The Password Policy with domain name {0} cannot be found.")]
    NoSuchPasswordPolicy(String),
    /// The account has no password policy to delete.
    #[error("The account policy with name PasswordPolicy cannot be found.")]
    NoPasswordPolicyToDelete,
    /// The account does not have this alias. (Text: ours.)
    #[error("The account alias {0} cannot be found.")]
    NoSuchAlias(String),
    /// There is no such account in the installation. (Text: ours.)
    #[error("The account {0} cannot be found.")]
    NoSuchAccount(String),
    /// There is no such service in the installation. (Text: ours.)
    #[error("The service with name {0} cannot be found.")]
    NoSuchService(String),
    /// There is no such OpenID Connect provider.
    #[error("OpenIDConnect Provider not found for arn {0}")]
    NoSuchOidcProvider(String),
    /// There is no such SAML provider.
    #[error("Manifest not found for arn {0}")]
    NoSuchSamlProvider(String),
    /// The SAML provider has no such private key. (Text: ours.)
    #[error("The private key with id {0} cannot be found.")]
    NoSuchPrivateKey(String),
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
    /// There is an OpenID Connect provider of this address.
    #[error("Provider with url {0} already exists.")]
    OidcProviderExists(String),
    /// There is a SAML provider of this name.
    #[error("Provider with name {0} already exists.")]
    SamlProviderExists(String),
    /// There is an access key of this id. (Text: ours.)
    #[error("Access key {0} already exists.")]
    AccessKeyExists(String),

    /// There is a virtual MFA device of this path and name.
    #[error("MFADevice entity at the same path and name already exists.")]
    MfaDeviceExists,
    /// The MFA device is someone's already. (Text: ours.)
    #[error("MFA Device is already in use.")]
    MfaDeviceInUse,
    /// The two codes are not what the device shows one after the other. (Text: ours.)
    #[error("Authentication code for device is not valid.")]
    WrongCodes,
    /// The code is not what the device shows, or has been used.
    #[error("MultiFactorAuthentication failed with invalid MFA one time pass code. ")]
    WrongCode,
    /// Whoever shows a code has no such device.
    #[error(
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user."
    )]
    MfaDeviceNotTheirs,
    /// The user has a password already. (Text: ours.)
    #[error("Login Profile for user {0} already exists.")]
    LoginProfileExists(String),
    /// The password is not as the account, or AWS's default, wants it, or was used before. (Text: ours.)
    #[error("Password does not conform to the account password policy.")]
    PasswordPolicy,
    /// The password that should be changed is another one. (Text: ours.)
    #[error("The old password was incorrect.")]
    WrongPassword,
    /// The password was changed by someone else at the same time. (Text: ours.)
    #[error("Login Profile for User {0} cannot be modified while it is being changed.")]
    PasswordChanging(String),

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
    /// The address of an OpenID Connect provider is none.
    #[error(transparent)]
    ProviderUrl(#[from] NotAProviderUrl),
    /// An OpenID Connect provider has more thumbprints than it may have. (AWS's text means up to and including five.)
    #[error("Thumbprint list must contain fewer than {limit} entries.")]
    TooManyThumbprints {
        /// How many there may be.
        limit: u32,
    },
    /// A metadata document cannot be used. (Text after the colon: ours.)
    #[error("Could not parse metadata: {0}")]
    Metadata(String),
    /// A private key cannot be used. (Text: ours.)
    #[error("The private key cannot be used: {0}.")]
    PrivateKey(#[source] doorward_federation::private_key::PrivateKeyFault),
    /// Assertions would have to be encrypted for a key that there is not. (Text: ours.)
    #[error("AssertionEncryptionMode {0} needs a private key.")]
    NoPrivateKey(&'static str),
    /// A request adds a private key and takes one away. (Text: ours.)
    #[error("AddPrivateKey and RemovePrivateKey must be sent in separate requests.")]
    AddAndRemoveKey,
    /// A request changes nothing. (Text: ours.)
    #[error("The request must contain something to change.")]
    NothingToChange,
    /// The role is linked to a service, which alone changes it.
    #[error("Cannot perform the operation on the protected role '{0}' - this role is only modifiable by AWS")]
    ProtectedRole(String),
    /// The service is not known to have a role linked to it. (Text: ours.)
    #[error("The service {0} is not known to have a service-linked role.")]
    NoLinkedRole(String),
    /// The service has one role only for each account.
    #[error("Custom suffix is not allowed for {0}")]
    SuffixNotAllowed(String),
    /// The service-linked role exists.
    #[error("Service role name {0} has been taken in this account, please try a different suffix.")]
    LinkedRoleExists(String),
    /// There is no such deletion of a service-linked role. (Text: ours.)
    #[error("The deletion task with id {0} cannot be found.")]
    NoSuchDeletion(String),
    /// There is no credential report.
    #[error("Credential report not present")]
    NoCredentialReport,
    /// The credential report is too old. (Text: ours.)
    #[error("Credential report expired")]
    CredentialReportExpired,
    /// The credential report would be larger than what can be stored. (Text: ours.)
    #[error("The account has too many users for a credential report.")]
    CredentialReportTooLong,
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

    /// A certificate, an SSH key or a credential for a service is refused.
    #[error(transparent)]
    Credential(#[from] CredentialFault),
    /// The account issues web identity tokens already. (Text: ours.)
    #[error("Outbound web identity federation is already enabled for this account.")]
    FeatureEnabled,
    /// The account does not issue web identity tokens. (Text: ours.)
    #[error("Outbound web identity federation is not enabled for this account.")]
    FeatureDisabled,
    /// Account properties are refused.
    #[error(transparent)]
    Property(#[from] PropertyFault),
    /// A role template is not shown, or makes no role.
    #[error(transparent)]
    RoleTemplate(#[from] RoleTemplateFault),
    /// A delegation request is refused, or what is to be done to it.
    #[error(transparent)]
    Delegation(#[from] DelegationFault),
    /// It is about the organization.
    #[error(transparent)]
    Organization(OrganizationFault),
    /// It is about the organization's central access to root users.
    #[error(transparent)]
    RootAccess(#[from] RootAccessFault),

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
    /// A password could not be hashed.
    #[error("a password could not be hashed")]
    Hash,
    /// There was no randomness.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// A secret could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealFailed),
    /// A signing key could not be made or used.
    #[error(transparent)]
    SigningKey(#[from] doorward_federation::issue::KeyFailed),
    /// A secret could not be opened.
    #[error(transparent)]
    Open(#[from] SealBroken),
    /// A key of the installation could not be opened.
    #[error(transparent)]
    Unopened(#[from] Unopened),
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
    /// The user has signing certificates.
    #[error("Cannot delete entity, must delete certificates first.")]
    SigningCertificates,
    /// The user has SSH keys or credentials for services.
    #[error("Cannot delete entity, must remove referenced objects first.")]
    Referenced,
    /// The user has MFA devices. (Text: ours.)
    #[error("Cannot delete entity, must delete MFA device first.")]
    MfaDevices,
    /// The MFA device is someone's. (Text: ours.)
    #[error("MFA VirtualDevice in use. Must deactivate first.")]
    MfaDeviceInUse,
    /// The user has a password. (Text: ours.)
    #[error("Cannot delete entity, must delete login profile first.")]
    LoginProfile,
    /// The group has members, or the user is one. (Text: ours.)
    #[error("Cannot delete entity, must remove users from group first.")]
    Members,
    /// The version is the policy's default.
    #[error("Cannot delete the default version of a policy.")]
    DefaultVersion,
    /// The policy is attached, or someone's boundary. (Text: ours.)
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
            | Self::NoSuchMfaDevice(_)
            | Self::MfaDeviceInvalid
            | Self::NoSuchLoginProfile(_)
            | Self::NoSuchPasswordPolicy(_)
            | Self::NoPasswordPolicyToDelete
            | Self::NoSuchAlias(_)
            | Self::NoSuchAccount(_)
            | Self::NoSuchService(_)
            | Self::NoSuchOidcProvider(_)
            | Self::NoSuchSamlProvider(_)
            | Self::NoSuchPrivateKey(_)
            | Self::NoSuchDeletion(_)
            | Self::NotAMember { .. } => "NoSuchEntity",
            Self::ProtectedRole(_) => "UnmodifiableEntity",
            Self::NoCredentialReport => "ReportNotPresent",
            Self::CredentialReportExpired => "ReportExpired",
            Self::ManagedByAws(_) => "AccessDenied",
            Self::ServiceRolePolicy | Self::RootTaskPolicy(_) => "PolicyNotAttachable",
            Self::UserExists(_)
            | Self::GroupExists(_)
            | Self::RoleExists(_)
            | Self::ProfileExists(_)
            | Self::PolicyExists(_)
            | Self::AliasExists(_)
            | Self::AccountExists(_)
            | Self::ServiceExists(_)
            | Self::AccessKeyExists(_)
            | Self::OidcProviderExists(_)
            | Self::SamlProviderExists(_)
            | Self::MfaDeviceExists
            | Self::MfaDeviceInUse
            | Self::LoginProfileExists(_) => "EntityAlreadyExists",
            Self::WrongCodes => "InvalidAuthenticationCode",
            Self::PasswordPolicy => "PasswordPolicyViolation",
            Self::WrongCode | Self::MfaDeviceNotTheirs | Self::WrongPassword => "AccessDenied",
            Self::PasswordChanging(_) => "EntityTemporarilyUnmodifiable",
            Self::InTheWay(_) => "DeleteConflict",
            Self::Quota { .. }
            | Self::TooManyVersions { .. }
            | Self::InlineTooLong { .. }
            | Self::TooManyTags
            | Self::CredentialReportTooLong => "LimitExceeded",
            Self::Malformed(_) | Self::InvalidPrincipal { .. } => "MalformedPolicyDocument",
            Self::Credential(fault) => fault.code(),
            Self::Property(fault) => fault.code(),
            Self::RoleTemplate(fault) => fault.code(),
            Self::DuplicateTags
            | Self::ReservedTag(_)
            | Self::ReservedPath(_)
            | Self::ProviderUrl(NotAProviderUrl::Scheme | NotAProviderUrl::Port | NotAProviderUrl::Query)
            | Self::TooManyThumbprints { .. }
            | Self::Metadata(_)
            | Self::PrivateKey(_)
            | Self::NoPrivateKey(_)
            | Self::AddAndRemoveKey
            | Self::NothingToChange
            | Self::NoLinkedRole(_)
            | Self::SuffixNotAllowed(_)
            | Self::LinkedRoleExists(_) => "InvalidInput",
            Self::InvalidValue { .. }
            | Self::InvalidArn(_)
            | Self::ProviderUrl(NotAProviderUrl::Malformed) => "ValidationError",
            Self::FeatureEnabled => "FeatureEnabled",
            Self::FeatureDisabled => "FeatureDisabled",
            Self::Delegation(fault) => fault.code(),
            Self::Organization(fault) => fault.code(),
            Self::RootAccess(fault) => fault.code(),
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
                Refusal::ManagedByAws(text("arn")),
                "AccessDenied",
                "Policy arn is managed by AWS and cannot be changed.",
            ),
            (
                Refusal::ServiceRolePolicy,
                "PolicyNotAttachable",
                "Cannot attach a Service Role Policy to a Customer Role.",
            ),
            (
                Refusal::RootTaskPolicy(text("arn")),
                "PolicyNotAttachable",
                "Policy arn is for tasks of root users and is not attachable.",
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
            (
                Refusal::NoSuchMfaDevice(text("x")),
                "NoSuchEntity",
                "VirtualMFADevice with serial number x doesn't exist.",
            ),
            (Refusal::MfaDeviceInvalid, "NoSuchEntity", "MFA Device invalid for user."),
            (
                Refusal::MfaDeviceExists,
                "EntityAlreadyExists",
                "MFADevice entity at the same path and name already exists.",
            ),
            (Refusal::MfaDeviceInUse, "EntityAlreadyExists", "MFA Device is already in use."),
            (
                Refusal::WrongCodes,
                "InvalidAuthenticationCode",
                "Authentication code for device is not valid.",
            ),
            (
                Refusal::WrongCode,
                "AccessDenied",
                "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
            ),
            (
                Refusal::MfaDeviceNotTheirs,
                "AccessDenied",
                "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
            ),
            (
                Refusal::InTheWay(Obstacle::MfaDevices),
                "DeleteConflict",
                "Cannot delete entity, must delete MFA device first.",
            ),
            (
                Refusal::InTheWay(Obstacle::MfaDeviceInUse),
                "DeleteConflict",
                "MFA VirtualDevice in use. Must deactivate first.",
            ),
            (
                Refusal::NoSuchLoginProfile(text("x")),
                "NoSuchEntity",
                "Login Profile for User x cannot be found.",
            ),
            (
                Refusal::NoSuchPasswordPolicy(text("123456789012")),
                "NoSuchEntity",
                "The Password Policy with domain name 123456789012 cannot be found.",
            ),
            (
                Refusal::NoPasswordPolicyToDelete,
                "NoSuchEntity",
                "The account policy with name PasswordPolicy cannot be found.",
            ),
            (
                Refusal::LoginProfileExists(text("x")),
                "EntityAlreadyExists",
                "Login Profile for user x already exists.",
            ),
            (
                Refusal::PasswordPolicy,
                "PasswordPolicyViolation",
                "Password does not conform to the account password policy.",
            ),
            (Refusal::WrongPassword, "AccessDenied", "The old password was incorrect."),
            (
                Refusal::PasswordChanging(text("x")),
                "EntityTemporarilyUnmodifiable",
                "Login Profile for User x cannot be modified while it is being changed.",
            ),
            (
                Refusal::InTheWay(Obstacle::LoginProfile),
                "DeleteConflict",
                "Cannot delete entity, must delete login profile first.",
            ),
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
            (
                Refusal::NoSuchOidcProvider(text("arn")),
                "NoSuchEntity",
                "OpenIDConnect Provider not found for arn arn",
            ),
            (Refusal::NoSuchSamlProvider(text("arn")), "NoSuchEntity", "Manifest not found for arn arn"),
            (
                Refusal::NoSuchPrivateKey(text("K")),
                "NoSuchEntity",
                "The private key with id K cannot be found.",
            ),
            (
                Refusal::OidcProviderExists(text("https://x")),
                "EntityAlreadyExists",
                "Provider with url https://x already exists.",
            ),
            (
                Refusal::SamlProviderExists(text("x")),
                "EntityAlreadyExists",
                "Provider with name x already exists.",
            ),
            (
                Refusal::ProviderUrl(NotAProviderUrl::Malformed),
                "ValidationError",
                "Invalid Open ID Connect Provider URL",
            ),
            (
                Refusal::ProviderUrl(NotAProviderUrl::Scheme),
                "InvalidInput",
                "Invalid Open ID Connect Provider URL. The URL must begin with https://.",
            ),
            (
                Refusal::TooManyThumbprints { limit: 5 },
                "InvalidInput",
                "Thumbprint list must contain fewer than 5 entries.",
            ),
            (Refusal::Metadata(text("why")), "InvalidInput", "Could not parse metadata: why"),
            (
                Refusal::FeatureEnabled,
                "FeatureEnabled",
                "Outbound web identity federation is already enabled for this account.",
            ),
            (
                Refusal::FeatureDisabled,
                "FeatureDisabled",
                "Outbound web identity federation is not enabled for this account.",
            ),
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
                Refusal::InTheWay(Obstacle::SigningCertificates),
                "DeleteConflict",
                "Cannot delete entity, must delete certificates first.",
            ),
            (
                Refusal::InTheWay(Obstacle::Referenced),
                "DeleteConflict",
                "Cannot delete entity, must remove referenced objects first.",
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
                Refusal::ProtectedRole(text("x")),
                "UnmodifiableEntity",
                "Cannot perform the operation on the protected role 'x' - this role is only modifiable by AWS",
            ),
            (
                Refusal::NoLinkedRole(text("x")),
                "InvalidInput",
                "The service x is not known to have a service-linked role.",
            ),
            (Refusal::SuffixNotAllowed(text("x")), "InvalidInput", "Custom suffix is not allowed for x"),
            (
                Refusal::LinkedRoleExists(text("x")),
                "InvalidInput",
                "Service role name x has been taken in this account, please try a different suffix.",
            ),
            (
                Refusal::NoSuchDeletion(text("x")),
                "NoSuchEntity",
                "The deletion task with id x cannot be found.",
            ),
            (Refusal::NoCredentialReport, "ReportNotPresent", "Credential report not present"),
            (Refusal::CredentialReportExpired, "ReportExpired", "Credential report expired"),
            (
                Refusal::CredentialReportTooLong,
                "LimitExceeded",
                "The account has too many users for a credential report.",
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

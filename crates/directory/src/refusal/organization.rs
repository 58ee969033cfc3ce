//! Why a change to the organization is refused.
//!
//! Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html> for codes and reasons; texts
//! that AWS does not document and nobody has recorded are marked *ours*.

use doorward_policy::Malformed;

/// Why something in the organization is refused. The text is AWS's, [`code`](Self::code) its error code and
/// [`reason`](Self::reason) what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OrganizationFault {
    /// The account stands alone, or there is no organization.
    #[error("Your account is not a member of an organization.")]
    NotInUse,
    /// The account is a member already.
    #[error("The provided account is already a member of an organization.")]
    AlreadyInOrganization,
    /// Only the management account may, and the account is another.
    #[error("You don't have permissions to access this resource.")]
    NotTheManagementAccount,
    /// Only the installation's management account makes an organization. (Text: ours.)
    #[error("Only the management account of this installation can create its organization.")]
    NotTheFirstAccount,
    /// There is no such account in the organization.
    #[error("You specified an account that doesn't exist.")]
    NoSuchAccount,
    /// There is no such root.
    #[error("You specified a root that doesn't exist.")]
    NoSuchRoot,
    /// There is no such root or unit to stand in.
    #[error("You specified parent that doesn't exist.")]
    NoSuchParent,
    /// There is no such unit or account. (Text: ours.)
    #[error("You specified a child that doesn't exist.")]
    NoSuchChild,
    /// There is no such unit.
    #[error("You specified an organizational unit that doesn't exist.")]
    NoSuchUnit,
    /// There is no such root, unit, account or policy.
    #[error("You specified a target that doesn't exist.")]
    NoSuchTarget,
    /// There is no such policy.
    #[error("You specified a policy that doesn't exist.")]
    NoSuchPolicy,
    /// The account does not stand there. (Text: ours.)
    #[error("You specified a source parent that doesn't contain the account.")]
    NoSuchSource,
    /// There is no such place to move to. (Text: ours.)
    #[error("You specified a destination parent that doesn't exist.")]
    NoSuchDestination,
    /// There is no such request to create an account. (Text: ours.)
    #[error("You specified a create account request that doesn't exist.")]
    NoSuchCreation,
    /// There is no such handshake. (Text: ours.)
    #[error("You specified a handshake that doesn't exist.")]
    NoSuchHandshake,
    /// There is no such transfer of responsibility. (Text: ours.)
    #[error("You specified a transfer that doesn't exist.")]
    NoSuchTransfer,
    /// The organization has no resource policy. (Text: ours.)
    #[error("The organization has no resource policy.")]
    NoResourcePolicy,
    /// No policy of the type is in force there. (Text: ours.)
    #[error("There is no effective policy of this type.")]
    NoEffectivePolicy,

    /// A sibling has the name.
    #[error("An OU with the same name already exists.")]
    DuplicateUnit,
    /// A policy of the type has the name.
    #[error("A policy with the same name already exists.")]
    DuplicatePolicy,
    /// The policy is attached there. (Text: ours.)
    #[error("The policy is already attached to the specified target.")]
    DuplicateAttachment,
    /// The account stands there. (Text: ours.)
    #[error("The account is already in the specified destination.")]
    DuplicateAccount,
    /// The account has an invitation that it has not answered. (Text: ours.)
    #[error("A handshake with the same action and target already exists.")]
    DuplicateHandshake,
    /// The account administers the service already.
    #[error("The provided account is already a delegated administrator for your organization.")]
    AlreadyRegistered,
    /// The account does not administer the service.
    #[error("The provided account is not a registered delegated administrator for your organization.")]
    NotRegistered,
    /// The account is closed.
    #[error("The provided account is already closed.")]
    AlreadyClosed,

    /// The unit holds something. (Text: ours.)
    #[error("You must first remove all accounts and organizational units from the organizational unit.")]
    UnitNotEmpty,
    /// The organization has other members, units or policies.
    #[error("To delete an organization you must first remove all member accounts (except the master).")]
    OrganizationNotEmpty,
    /// The policy is attached.
    #[error(
        "The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation."
    )]
    PolicyInUse,
    /// The policy is not attached there. (Text: ours.)
    #[error("The policy is not attached to the specified target.")]
    NotAttached,
    /// The type of policy is in force.
    #[error("The specified policy type is already enabled.")]
    TypeAlreadyEnabled,
    /// The type of policy is not in force.
    #[error("This operation can be performed only for enabled policy types.")]
    TypeNotEnabled,
    /// The organization has no such policies. (Text: ours.)
    #[error("The policy type {0} is not available in this organization.")]
    TypeNotAvailable(String),
    /// The management account cannot leave. (Text: ours.)
    #[error("The management account cannot leave its organization.")]
    ManagementAccountStays,
    /// The handshake is in that state. (Text: ours.)
    #[error("The handshake is already in the requested state.")]
    HandshakeAlreadyInState,
    /// The handshake has ended otherwise. (Text: ours.)
    #[error("The handshake is {0}.")]
    InvalidTransition(&'static str),

    /// The document breaks the grammar of its type.
    #[error("The provided policy document does not meet the requirements of the specified policy type.{0}")]
    Malformed(MalformedText),
    /// A limit is reached.
    #[error(transparent)]
    Constraint(#[from] Constraint),
    /// A handshake cannot be made.
    #[error(transparent)]
    Handshake(#[from] HandshakeConstraint),
    /// A value is not possible.
    #[error(transparent)]
    Invalid(#[from] InvalidInput),
}

/// What is wrong with a document, after AWS's own sentence, which says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MalformedText(pub Malformed);

impl std::fmt::Display for MalformedText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, " {}", self.0.detail)
    }
}

/// A limit that a change would go beyond. Texts are ours, unless they say otherwise.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html#API_AttachPolicy_Errors>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Constraint {
    /// Accounts. (Text: AWS's.)
    #[error("You have exceeded the allowed number of AWS accounts.")]
    Accounts,
    /// Units.
    #[error("You have exceeded the allowed number of organizational units.")]
    Units,
    /// How deep units stand in each other.
    #[error("You have exceeded the allowed depth of organizational units.")]
    Depth,
    /// Policies.
    #[error("You have exceeded the allowed number of policies of this type.")]
    Policies,
    /// Characters of a policy.
    #[error("The policy has more than the allowed {0} characters.")]
    Content(u32),
    /// Policies of a type on one target.
    #[error("You have attached the maximum number of policies of this type to the specified target.")]
    Attachments,
    /// The last service control policy of a target.
    #[error("You cannot detach the last service control policy of the specified target.")]
    LastAttachment,
    /// Tags.
    #[error("You have exceeded the allowed number of tags.")]
    Tags,
    /// The organization has no policies before all features are enabled.
    #[error("This operation requires an organization with all features enabled.")]
    NotAllFeatures,
    /// The management account cannot be removed.
    #[error("You cannot remove the management account from its organization.")]
    ManagementAccountStays,
    /// A closed account stays: outside, nothing would say that it is closed.
    #[error("You cannot remove a closed account from its organization.")]
    ClosedAccountStays,
    /// The management account cannot be closed.
    #[error("You cannot close the management account.")]
    ManagementAccountCloses,
    /// A closed account administers nothing.
    #[error("You cannot register a closed account as delegated administrator.")]
    ClosedAdministrator,
    /// The management account needs no delegation. (Text: AWS's.)
    #[error("You cannot register master account/yourself as delegated administrator for your organization.")]
    ManagementAccountAdministrator,
    /// The account administers something.
    #[error("You must first deregister the account as delegated administrator.")]
    AdministratorStays,
    /// An account administers the service.
    #[error("You must first deregister the delegated administrators of the service.")]
    AdministratorExists,
    /// The service is not trusted.
    #[error("You must enable service access before you register a delegated administrator.")]
    ServiceAccess,
    /// The management account has no account in GovCloud.
    #[error("The management account has no associated account in the AWS GovCloud (US) Region.")]
    NoGovCloud,
    /// Trusted services. AWS has no reason for it; of those it has, this one says what comes of it.
    #[error("You have exceeded the allowed {0} services with access to the organization.")]
    TrustedServices(usize),
}

/// Why a handshake cannot be made or answered. Texts are ours.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html#API_InviteAccountToOrganization_Errors>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum HandshakeConstraint {
    /// Accounts, invited ones too.
    #[error("You have exceeded the allowed number of AWS accounts.")]
    Accounts,
    /// Invitations of one day.
    #[error("You have exceeded the allowed number of invitations in one day.")]
    Rate,
    /// The account is a member.
    #[error("The account is already a member of an organization.")]
    AlreadyMember,
    /// There is nothing to enable.
    #[error("The organization already has all features enabled.")]
    AllFeatures,
    /// It is under way.
    #[error("The organization is already in the process of enabling all features.")]
    Pending,
    /// Nobody is invited meanwhile.
    #[error("You cannot invite accounts while all features are being enabled.")]
    InviteDisabled,
    /// There is no billing to transfer.
    #[error("Billing transfer is not available for this account.")]
    NoBilling,
}

/// A value that is not possible. Texts are ours, unless they say otherwise.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_PutResourcePolicy.html#API_PutResourcePolicy_Errors>
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidInput {
    /// A text has another shape. (Text: AWS's.)
    #[error("You provided a value that does not match the required pattern.")]
    Pattern,
    /// AWS manages the policy.
    #[error("You specified a policy that is managed by AWS and cannot be modified.")]
    Immutable,
    /// AWS attaches the policy everywhere.
    #[error("You cannot detach this AWS managed policy.")]
    NotDetachable,
    /// The type is none of those that bind accounts.
    #[error("You specified the policy type {0}, which this server does not have.")]
    PolicyType(String),
    /// Two tags have the same key but for case.
    #[error("Tag keys must be unique among the tags attached to the same entity.")]
    DuplicateTag,
    /// A tag's key begins with `aws:`.
    #[error("The tag key {0} is reserved for system tags.")]
    ReservedTag(String),
    /// The role's name begins as those of service-linked roles do.
    #[error("A role name cannot begin with the reserved prefix AWSServiceRoleFor.")]
    RoleName,
    /// Nobody but the root user sees billing: there is no billing to see.
    #[error("IamUserAccessToBilling must be ALLOW: this server has no billing to close.")]
    Billing,
    /// Accounts are invited by their number: a standing account has no address.
    #[error("You can invite only an account of this installation, by its id (type ACCOUNT).")]
    Party,
    /// The service is not one. (Text: AWS's.)
    #[error("You specified an unrecognized service principal.")]
    Service,
    /// The resource policy is no policy.
    #[error("The resource policy is not valid: {0}")]
    ResourcePolicy(String),
    /// The resource policy has other principals than accounts.
    #[error(
        "The resource policy must name accounts as its principals; conditions on aws:PrincipalArn narrow them down."
    )]
    ResourcePolicyPrincipal,
    /// The resource policy has an action that is not delegated.
    #[error("The resource policy has an action that cannot be delegated: {0}")]
    ResourcePolicyAction(String),
    /// Tags come with a resource policy that is there.
    #[error("You can pass tags only with a new resource policy; tag the existing one with TagResource.")]
    TagsOfExisting,
    /// A page is asked for that was never begun.
    #[error("You provided an invalid NextToken.")]
    NextToken,
}

impl OrganizationFault {
    /// AWS's error code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotInUse => "AWSOrganizationsNotInUseException",
            Self::AlreadyInOrganization => "AlreadyInOrganizationException",
            Self::NotTheManagementAccount | Self::NotTheFirstAccount => "AccessDeniedException",
            Self::NoSuchAccount => "AccountNotFoundException",
            Self::NoSuchRoot => "RootNotFoundException",
            Self::NoSuchParent => "ParentNotFoundException",
            Self::NoSuchChild => "ChildNotFoundException",
            Self::NoSuchUnit => "OrganizationalUnitNotFoundException",
            Self::NoSuchTarget => "TargetNotFoundException",
            Self::NoSuchPolicy => "PolicyNotFoundException",
            Self::NoSuchSource => "SourceParentNotFoundException",
            Self::NoSuchDestination => "DestinationParentNotFoundException",
            Self::NoSuchCreation => "CreateAccountStatusNotFoundException",
            Self::NoSuchHandshake => "HandshakeNotFoundException",
            Self::NoSuchTransfer => "ResponsibilityTransferNotFoundException",
            Self::NoResourcePolicy => "ResourcePolicyNotFoundException",
            Self::NoEffectivePolicy => "EffectivePolicyNotFoundException",
            Self::DuplicateUnit => "DuplicateOrganizationalUnitException",
            Self::DuplicatePolicy => "DuplicatePolicyException",
            Self::DuplicateAttachment => "DuplicatePolicyAttachmentException",
            Self::DuplicateAccount => "DuplicateAccountException",
            Self::DuplicateHandshake => "DuplicateHandshakeException",
            Self::AlreadyRegistered => "AccountAlreadyRegisteredException",
            Self::NotRegistered => "AccountNotRegisteredException",
            Self::AlreadyClosed => "AccountAlreadyClosedException",
            Self::UnitNotEmpty => "OrganizationalUnitNotEmptyException",
            Self::OrganizationNotEmpty => "OrganizationNotEmptyException",
            Self::PolicyInUse => "PolicyInUseException",
            Self::NotAttached => "PolicyNotAttachedException",
            Self::TypeAlreadyEnabled => "PolicyTypeAlreadyEnabledException",
            Self::TypeNotEnabled => "PolicyTypeNotEnabledException",
            Self::TypeNotAvailable(_) => "PolicyTypeNotAvailableForOrganizationException",
            Self::ManagementAccountStays => "MasterCannotLeaveOrganizationException",
            Self::HandshakeAlreadyInState => "HandshakeAlreadyInStateException",
            Self::InvalidTransition(_) => "InvalidHandshakeTransitionException",
            Self::Malformed(_) => "MalformedPolicyDocumentException",
            Self::Constraint(_) => "ConstraintViolationException",
            Self::Handshake(_) => "HandshakeConstraintViolationException",
            Self::Invalid(_) => "InvalidInputException",
        }
    }

    /// Which of the reasons of its code it has, for codes that have any.
    #[must_use]
    pub const fn reason(&self) -> Option<&'static str> {
        if let Self::Constraint(constraint) = self {
            Some(constraint.reason())
        } else if let Self::Handshake(constraint) = self {
            Some(constraint.reason())
        } else if let Self::Invalid(invalid) = self {
            Some(invalid.reason())
        } else {
            None
        }
    }
}

impl Constraint {
    const fn reason(self) -> &'static str {
        match self {
            Self::Accounts => "ACCOUNT_NUMBER_LIMIT_EXCEEDED",
            Self::Units => "OU_NUMBER_LIMIT_EXCEEDED",
            Self::Depth => "OU_DEPTH_LIMIT_EXCEEDED",
            Self::Policies => "POLICY_NUMBER_LIMIT_EXCEEDED",
            Self::Content(_) => "POLICY_CONTENT_LIMIT_EXCEEDED",
            Self::Attachments => "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
            Self::LastAttachment => "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
            Self::Tags => "MAX_TAG_LIMIT_EXCEEDED",
            Self::NotAllFeatures => "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE",
            Self::ManagementAccountStays | Self::ClosedAccountStays => "ACCOUNT_CANNOT_LEAVE_ORGANIZATION",
            Self::ManagementAccountCloses => "CANNOT_CLOSE_MANAGEMENT_ACCOUNT",
            Self::ClosedAdministrator => "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR",
            Self::ManagementAccountAdministrator => "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR",
            Self::AdministratorStays => "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG",
            Self::AdministratorExists => "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE",
            Self::ServiceAccess | Self::TrustedServices(_) => "SERVICE_ACCESS_NOT_ENABLED",
            Self::NoGovCloud => "MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED",
        }
    }
}

impl HandshakeConstraint {
    const fn reason(self) -> &'static str {
        match self {
            Self::Accounts => "ACCOUNT_NUMBER_LIMIT_EXCEEDED",
            Self::Rate => "HANDSHAKE_RATE_LIMIT_EXCEEDED",
            Self::AlreadyMember => "ALREADY_IN_AN_ORGANIZATION",
            Self::AllFeatures => "ORGANIZATION_ALREADY_HAS_ALL_FEATURES",
            Self::Pending => "ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION",
            Self::InviteDisabled => "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES",
            Self::NoBilling => "TARGET_ACCOUNT_VALIDATION_FAILURE",
        }
    }
}

impl InvalidInput {
    const fn reason(&self) -> &'static str {
        match self {
            Self::Pattern => "INVALID_PATTERN",
            Self::Immutable => "IMMUTABLE_POLICY",
            Self::NotDetachable => "NON_DETACHABLE_POLICY",
            Self::PolicyType(_) => "INVALID_ENUM_POLICY_TYPE",
            Self::DuplicateTag => "DUPLICATE_TAG_KEY",
            Self::ReservedTag(_) => "INVALID_SYSTEM_TAGS_PARAMETER",
            Self::RoleName => "INVALID_ROLE_NAME",
            Self::Billing => "INVALID_ENUM",
            Self::Party => "INVALID_PARTY_TYPE_TARGET",
            Self::Service => "UNRECOGNIZED_SERVICE_PRINCIPAL",
            Self::ResourcePolicy(_) => "INVALID_RESOURCE_POLICY_JSON",
            Self::ResourcePolicyPrincipal => "INVALID_PRINCIPAL",
            Self::ResourcePolicyAction(_) => "UNSUPPORTED_ACTION_IN_RESOURCE_POLICY",
            Self::TagsOfExisting => "INVALID_LIST_MEMBER",
            Self::NextToken => "INVALID_NEXT_TOKEN",
        }
    }
}

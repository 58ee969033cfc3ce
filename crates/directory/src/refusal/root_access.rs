//! Why the organization's central access to root users is refused.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootSessions.html#API_EnableOrganizationsRootSessions_Errors>
//! for the codes; AWS records no texts, and these are ours.

/// Why it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum RootAccessFault {
    /// The account belongs to no organization.
    #[error("The account does not belong to an organization.")]
    NoOrganization,
    /// The account neither manages the organization nor administers IAM for it.
    #[error(
        "The account is neither the organization's management account nor its delegated administrator for IAM."
    )]
    NotAnAdministrator,
    /// The account administers IAM for the organization, and does not manage it.
    #[error("The account is not the organization's management account.")]
    NotTheManagementAccount,
    /// The organization has not all features.
    #[error("The organization does not have all features enabled.")]
    NotAllFeatures,
    /// The organization does not trust IAM.
    #[error("The organization has not enabled service access for iam.amazonaws.com.")]
    NotTrusted,
}

impl RootAccessFault {
    /// The error code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoOrganization => "OrganizationNotFoundException",
            Self::NotAnAdministrator => "AccountNotManagementOrDelegatedAdministratorException",
            Self::NotTheManagementAccount => "CallerIsNotManagementAccountException",
            Self::NotAllFeatures => "OrganizationNotInAllFeaturesModeException",
            Self::NotTrusted => "ServiceAccessNotEnabledException",
        }
    }
}

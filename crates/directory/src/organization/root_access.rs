//! Central access to the root users of member accounts.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management>

use doorward_policy::AccountId;

use super::{Features, Organization};
use crate::refusal::{Refusal, RootAccessFault};
use crate::snapshot::Snapshot;

/// The service that the organization must trust for it, and that members administer.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/services-that-can-integrate-iam.html>
pub const IAM_SERVICE: &str = "iam.amazonaws.com";

/// What the organization does with the root users of its members.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct RootAccess {
    /// Whether their credentials are managed centrally.
    pub credentials_management: bool,
    /// Whether there are root sessions of them.
    pub sessions: bool,
}

/// One of the two features of central root access.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RootFeature {
    /// The root users' credentials are managed centrally.
    CredentialsManagement,
    /// `AssumeRoot` gives sessions of root users.
    Sessions,
}

impl RootFeature {
    /// Both, in the order of lists.
    pub const ALL: [Self; 2] = [Self::CredentialsManagement, Self::Sessions];

    /// AWS's word for it.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html>
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CredentialsManagement => "RootCredentialsManagement",
            Self::Sessions => "RootSessions",
        }
    }
}

impl RootAccess {
    /// Whether a feature is enabled.
    #[must_use]
    pub const fn has(self, feature: RootFeature) -> bool {
        match feature {
            RootFeature::CredentialsManagement => self.credentials_management,
            RootFeature::Sessions => self.sessions,
        }
    }

    /// The place of a feature.
    pub(crate) const fn of_mut(&mut self, feature: RootFeature) -> &mut bool {
        match feature {
            RootFeature::CredentialsManagement => &mut self.credentials_management,
            RootFeature::Sessions => &mut self.sessions,
        }
    }
}

impl Organization {
    /// Whether it lets a service see it.
    #[must_use]
    pub fn trusts(&self, service: &str) -> bool {
        self.services.iter().any(|trusted| *trusted.service == *service)
    }
}

impl Snapshot {
    /// The organization whose central root access this account manages, as its management account or as its delegated
    /// administrator for IAM. In which order AWS looks at what is missing is UNCONFIRMED (root-access-order).
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html#API_ListOrganizationsFeatures_Errors>
    ///
    /// # Errors
    /// [`Refusal`]: the account is no member, neither manages the organization nor administers IAM for it, or the organization
    /// has not all features or does not trust IAM.
    pub fn root_access(&self, account: AccountId) -> Result<&Organization, Refusal> {
        let Some((organization, member)) = self.organization().zip(self.member(account)) else {
            return Err(RootAccessFault::NoOrganization.into());
        };
        let administers = member.delegated.iter().any(|trusted| *trusted.service == *IAM_SERVICE);
        if organization.management_account != account && !administers {
            return Err(RootAccessFault::NotAnAdministrator.into());
        }
        match organization.features {
            Features::ConsolidatedBilling => Err(RootAccessFault::NotAllFeatures.into()),
            Features::All if !organization.trusts(IAM_SERVICE) => Err(RootAccessFault::NotTrusted.into()),
            Features::All => Ok(organization),
        }
    }

    /// Whether there may be root sessions in an account: it is a member, not the management account, of an organization that
    /// has them enabled. Whether sessions end before their time where that ceases is UNCONFIRMED (root-session-ends); here
    /// they do.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html>
    #[must_use]
    pub fn has_root_sessions(&self, account: AccountId) -> bool {
        self.organization().is_some_and(|organization| {
            let enabled = organization.root_access.sessions && organization.trusts(IAM_SERVICE);
            enabled && organization.management_account != account && self.member(account).is_some()
        })
    }
}

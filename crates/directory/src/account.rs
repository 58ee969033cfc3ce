//! Accounts, the installation that holds them, and the services registered with it.

use std::sync::Arc;

use doorward_policy::AccountId;
use jiff::Timestamp;

use crate::properties::RoleManager;

/// An account: a world of its own for names, policies and quotas.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Its twelve digits.
    pub id: AccountId,
    /// What people call it, 1 to 50 characters; not unique.
    pub name: Box<str>,
    /// When it was made, in whole seconds.
    pub created: Timestamp,
    /// The one alias it may have, 3 to 63 characters, unique in the installation.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/console-account-alias.html>
    pub alias: Option<Box<str>>,
    /// Which session tokens it asks of the global endpoint.
    pub token_version: TokenVersion,
    /// Whether services may have roles made from templates on its behalf.
    pub role_manager: RoleManager,
}

/// A version of the session tokens of the global endpoint.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetSecurityTokenServicePreferences.html>
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenVersion {
    /// Good in the regions that are on by default, at AWS. What an account begins with.
    One,
    /// Good in all regions.
    Two,
}

impl TokenVersion {
    /// The version that the API calls so: `v1Token`, `v2Token`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "v1Token" => Some(Self::One),
            "v2Token" => Some(Self::Two),
            _ => None,
        }
    }

    /// Its number, as summaries of accounts have it.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

impl Account {
    /// The ARN of its root user, which is also how policies name the account.
    #[must_use]
    pub fn root_arn(&self) -> String {
        format!("arn:aws:iam::{}:root", self.id)
    }
}

/// What the first start made: one per store.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Installation {
    /// The account that was made with it.
    pub management_account: AccountId,
    /// When, in whole seconds.
    pub created: Timestamp,
}

/// A service that was registered with the installation: a principal with access keys of its own.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services>
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Service {
    /// What policies call it, lower case: `ec2.amazonaws.com`, `ci.example.internal`.
    pub name: Arc<str>,
    /// The account that its credentials belong to.
    pub account: AccountId,
    /// When it was registered, in whole seconds.
    pub created: Timestamp,
}

//! The organization of an installation: its tree of accounts, and the policies that bind them.
//!
//! An installation has one organization at most, and its management account is the one that the first start made. Every
//! account may be a member of it; one that is not stands alone, and nothing here binds it.
//!
//! Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_getting-started_concepts.html>

mod attached;
mod handshake;
mod id;
mod policy;
mod root_access;

use doorward_policy::AccountId;
use jiff::Timestamp;

use crate::tags::Tags;

pub(crate) use attached::Listed;
pub use attached::{Attached, PolicyTypeState, PolicyTypes};
pub use handshake::{Handshake, HandshakeAction, HandshakeState};
pub use id::{
    CreationId, HandshakeId, NotAnOrganizationId, OrganizationId, PolicyId, ResourcePolicyId, RootId, UnitId,
};
pub use policy::{ControlPolicy, PolicyKind, ResourcePolicy, is_delegable};
pub use root_access::{IAM_SERVICE, RootAccess, RootFeature};

/// The organization.
#[derive(Clone, PartialEq, Debug)]
pub struct Organization {
    /// Its id, `o-…`.
    pub id: OrganizationId,
    /// The account that owns it, which its policies never bind.
    pub management_account: AccountId,
    /// Its one root, `r-…`.
    pub root: RootId,
    /// When it was made, in whole seconds.
    pub created: Timestamp,
    /// What it can do.
    pub features: Features,
    /// Which types of policy bind its accounts.
    pub types: PolicyTypes,
    /// The tags of the root.
    pub root_tags: Tags,
    /// The policies attached to the root.
    pub root_attached: Attached,
    /// The services that it trusts, ordered by name.
    pub services: Vec<Trusted>,
    /// The policy by which it delegates its administration.
    pub resource_policy: Option<ResourcePolicy>,
    /// What it does with the root users of its members.
    pub root_access: RootAccess,
}

/// What an organization can do.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_getting-started_concepts.html#feature-set>
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Features {
    /// Everything.
    All,
    /// No policies.
    ConsolidatedBilling,
}

/// A service, and since when it has something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trusted {
    /// What policies call the service: `config.amazonaws.com`.
    pub service: Box<str>,
    /// Since when, in whole seconds.
    pub since: Timestamp,
}

/// An organizational unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unit {
    /// Its id, `ou-…`.
    pub id: UnitId,
    /// Where it stands.
    pub parent: Parent,
    /// Its name, 1 to 128 characters, unique among its siblings.
    pub name: Box<str>,
    /// Its tags.
    pub tags: Tags,
    /// The policies attached to it.
    pub attached: Attached,
}

/// An account's membership.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// The account.
    pub account: AccountId,
    /// Where it stands.
    pub parent: Parent,
    /// When it joined, in whole seconds.
    pub joined: Timestamp,
    /// How it joined.
    pub method: JoinedMethod,
    /// Its owner's address, where one was given.
    pub email: Option<Box<str>>,
    /// Whether it is in use.
    pub standing: Standing,
    /// Its tags.
    pub tags: Tags,
    /// The policies attached to it.
    pub attached: Attached,
    /// The services that it administers for the organization, ordered by name.
    pub delegated: Vec<Trusted>,
}

/// Where a unit or an account stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Parent {
    /// Directly under the root.
    Root,
    /// In a unit.
    Unit(UnitId),
}

/// What policies are attached to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Target {
    /// The root.
    Root,
    /// A unit.
    Unit(UnitId),
    /// An account.
    Account(AccountId),
}

/// How an account became a member.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum JoinedMethod {
    /// It was there, and accepted an invitation or made the organization.
    Invited,
    /// The organization created it.
    Created,
}

/// Whether an account is in use.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Standing {
    /// It is.
    Active,
    /// It is closed: nobody in it is let in.
    Suspended,
}

/// A request to create an account, and what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Creation {
    /// Its id, `car-…`.
    pub id: CreationId,
    /// The name of the account.
    pub name: Box<str>,
    /// When it was asked for and done, in whole seconds.
    pub requested: Timestamp,
    /// The account, or why there is none.
    pub outcome: Result<AccountId, CreationFailure>,
}

/// Why an account was not created.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CreationFailure {
    /// Another account of the organization has the address.
    EmailAlreadyExists,
}

impl Organization {
    /// The ARN of something in it: `kind` is such as `ou`, `rest` what follows the organization's id.
    fn arn_of(&self, kind: &str, rest: &str) -> String {
        format!("arn:aws:organizations::{}:{kind}/{}/{rest}", self.management_account, self.id)
    }

    /// Its ARN.
    #[must_use]
    pub fn arn(&self) -> String {
        format!("arn:aws:organizations::{}:organization/{}", self.management_account, self.id)
    }

    /// The ARN of its root.
    #[must_use]
    pub fn root_arn(&self) -> String {
        self.arn_of("root", self.root.as_str())
    }

    /// The ARN of a unit of it.
    #[must_use]
    pub fn unit_arn(&self, unit: &UnitId) -> String {
        self.arn_of("ou", unit.as_str())
    }

    /// The ARN of a member of it.
    #[must_use]
    pub fn account_arn(&self, account: AccountId) -> String {
        self.arn_of("account", &account.to_string())
    }

    /// The ARN of a root, unit or account of it.
    #[must_use]
    pub fn target_arn(&self, target: &Target) -> String {
        match target {
            Target::Root => self.root_arn(),
            Target::Unit(unit) => self.unit_arn(unit),
            Target::Account(account) => self.account_arn(*account),
        }
    }

    /// The ARN of a policy; those that AWS manages belong to no organization.
    #[must_use]
    pub fn policy_arn(&self, kind: PolicyKind, id: &PolicyId) -> String {
        if id.is_managed() {
            return format!("arn:aws:organizations::aws:policy/{}/{id}", kind.segment());
        }
        self.arn_of("policy", &format!("{}/{id}", kind.segment()))
    }

    /// The ARN of a handshake that it sent.
    #[must_use]
    pub fn handshake_arn(&self, handshake: &Handshake) -> String {
        self.arn_of("handshake", &format!("{}/{}", handshake.action.segment(), handshake.id))
    }

    /// The ARN of its resource policy.
    #[must_use]
    pub fn resource_policy_arn(&self, id: &ResourcePolicyId) -> String {
        self.arn_of("resourcepolicy", id.as_str())
    }
}

impl Target {
    /// Its id: `r-…`, `ou-…`, or the account's digits.
    #[must_use]
    pub fn id(&self, organization: &Organization) -> String {
        match self {
            Self::Root => organization.root.to_string(),
            Self::Unit(unit) => unit.to_string(),
            Self::Account(account) => account.to_string(),
        }
    }
}

impl Parent {
    /// Its id: `r-…` or `ou-…`.
    #[must_use]
    pub fn id(&self, organization: &Organization) -> String {
        match self {
            Self::Root => organization.root.to_string(),
            Self::Unit(unit) => unit.to_string(),
        }
    }
}

impl From<Parent> for Target {
    fn from(parent: Parent) -> Self {
        match parent {
            Parent::Root => Self::Root,
            Parent::Unit(unit) => Self::Unit(unit),
        }
    }
}

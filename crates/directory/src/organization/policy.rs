//! The policies of an organization.

use std::sync::LazyLock;

use doorward_policy::Kind;

use super::{PolicyId, ResourcePolicyId};
use crate::tags::Tags;
use crate::text::PolicyText;

/// A type of policy that binds accounts. AWS has more types, which do not authorize anything.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies.html>
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum PolicyKind {
    /// What the principals of an account may do at most.
    ServiceControl,
    /// What may be done to the resources of an account at most.
    ResourceControl,
}

/// A service or resource control policy.
#[derive(Clone, PartialEq, Debug)]
pub struct ControlPolicy {
    /// Its id, `p-…`.
    pub id: PolicyId,
    /// Its type.
    pub kind: PolicyKind,
    /// Its name, 1 to 128 characters, unique among those of its type.
    pub name: Box<str>,
    /// What it is for, at most 512 characters.
    pub description: Box<str>,
    /// What it says.
    pub text: PolicyText,
    /// Its tags.
    pub tags: Tags,
}

/// The policy by which an organization lets members administer it.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html>
#[derive(Clone, PartialEq, Debug)]
pub struct ResourcePolicy {
    /// Its id, `rp-…`.
    pub id: ResourcePolicyId,
    /// What it says.
    pub text: PolicyText,
    /// Its tags.
    pub tags: Tags,
}

/// The operations that a resource policy can let members do, in lower case, sorted. Those that begin with `describe` or
/// `list` can be named by a pattern that ends with `*`.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html>
const DELEGABLE: [&str; 33] = [
    "attachpolicy",
    "createpolicy",
    "deletepolicy",
    "describeaccount",
    "describecreateaccountstatus",
    "describeeffectivepolicy",
    "describehandshake",
    "describeorganization",
    "describeorganizationalunit",
    "describepolicy",
    "describeresourcepolicy",
    "detachpolicy",
    "disablepolicytype",
    "enablepolicytype",
    "listaccounts",
    "listaccountsforparent",
    "listawsserviceaccessfororganization",
    "listchildren",
    "listcreateaccountstatus",
    "listdelegatedadministrators",
    "listdelegatedservicesforaccount",
    "listhandshakesforaccount",
    "listhandshakesfororganization",
    "listorganizationalunitsforparent",
    "listparents",
    "listpolicies",
    "listpoliciesfortarget",
    "listroots",
    "listtagsforresource",
    "listtargetsforpolicy",
    "tagresource",
    "untagresource",
    "updatepolicy",
];

/// Whether a resource policy can let members do an action, such as `organizations:listaccounts`, or those of a pattern, both
/// in lower case.
#[must_use]
pub fn is_delegable(action: &str) -> bool {
    let Some(name) = action.strip_prefix("organizations:") else { return false };
    match name.strip_suffix('*') {
        Some(begun) => {
            let named = begun.starts_with("describe") || begun.starts_with("list");
            named && DELEGABLE.iter().any(|operation| operation.starts_with(begun))
        }
        None => DELEGABLE.binary_search(&name).is_ok(),
    }
}

/// What AWS attaches everywhere.
static FULL_ACCESS: LazyLock<ControlPolicy> = LazyLock::new(|| ControlPolicy {
    id: PolicyId::full_access(),
    kind: PolicyKind::ServiceControl,
    name: "FullAWSAccess".into(),
    description: "Allows access to every operation".into(),
    text: PolicyText::alone(
        Kind::ServiceControl,
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#,
    ),
    tags: Tags::default(),
});

/// What AWS attaches everywhere, and nobody detaches.
static RESOURCE_FULL_ACCESS: LazyLock<ControlPolicy> = LazyLock::new(|| ControlPolicy {
    id: PolicyId::resource_full_access(),
    kind: PolicyKind::ResourceControl,
    name: "RCPFullAWSAccess".into(),
    description: "Allows access to every operation".into(),
    text: PolicyText::alone(
        Kind::ResourceControl,
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#,
    ),
    tags: Tags::default(),
});

impl PolicyKind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::ServiceControl, Self::ResourceControl];

    /// What the API calls it: `SERVICE_CONTROL_POLICY`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ServiceControl => "SERVICE_CONTROL_POLICY",
            Self::ResourceControl => "RESOURCE_CONTROL_POLICY",
        }
    }

    /// The type of this name; `None` for AWS's other types.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What ARNs call it: `service_control_policy`.
    #[must_use]
    pub const fn segment(self) -> &'static str {
        match self {
            Self::ServiceControl => "service_control_policy",
            Self::ResourceControl => "resource_control_policy",
        }
    }

    /// The grammar of its policies.
    #[must_use]
    pub const fn grammar(self) -> Kind {
        match self {
            Self::ServiceControl => Kind::ServiceControl,
            Self::ResourceControl => Kind::ResourceControl,
        }
    }

    /// The policy of this type that AWS attaches everywhere.
    #[must_use]
    pub fn everywhere(self) -> PolicyId {
        match self {
            Self::ServiceControl => PolicyId::full_access(),
            Self::ResourceControl => PolicyId::resource_full_access(),
        }
    }

    /// The policy that AWS manages.
    #[must_use]
    pub fn managed(self) -> &'static ControlPolicy {
        match self {
            Self::ServiceControl => &FULL_ACCESS,
            Self::ResourceControl => &RESOURCE_FULL_ACCESS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_delegable() {
        assert!(DELEGABLE.is_sorted());
        for (action, expected) in [
            ("organizations:listaccounts", true),
            ("organizations:list*", true),
            ("organizations:describe*", true),
            ("organizations:listx*", false),
            ("organizations:*", false),
            ("organizations:l*", false),
            ("organizations:createaccount", false),
            ("organizations:l?stroots", false),
            ("iam:listusers", false),
            ("*", false),
        ] {
            assert_eq!(is_delegable(action), expected, "{action}");
        }
    }

    #[test]
    fn managed_policies_are_of_their_kind() {
        for kind in PolicyKind::ALL {
            let policy = kind.managed();
            assert_eq!((policy.kind, &policy.id), (kind, &kind.everywhere()));
            assert!(policy.text.compiled().is_ok(), "{kind:?}");
            assert_eq!(PolicyKind::of_name(kind.name()), Some(kind));
        }
        assert_eq!(PolicyKind::of_name("TAG_POLICY"), None);
    }
}

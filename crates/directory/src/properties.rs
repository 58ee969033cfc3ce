//! Account properties: settings of IAM's for a whole account, by `Namespace/Name`.
//!
//! There is one: `RoleManager/Enabled`.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutAccountProperties.html>

use std::collections::BTreeMap;

use crate::refusal::PropertyFault;

/// The namespace of the role manager's properties.
pub const ROLE_MANAGER_NAMESPACE: &str = "RoleManager";

/// The property that says whether the role manager is enabled: `true` or `false`.
pub const ROLE_MANAGER_ENABLED: &str = "RoleManager/Enabled";

/// Whether services may have roles made from templates on an account's behalf.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_role-manager.html>
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RoleManager {
    /// They may.
    Enabled,
    /// They may not. What an account begins with.
    Disabled,
}

impl RoleManager {
    /// What these properties make of it.
    ///
    /// AWS ignores further properties of the namespace; here they are refused.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutAccountProperties.html>
    ///
    /// # Errors
    /// [`PropertyFault`] with the first fault: keys that are no `Namespace/Name`, are of different or unknown namespaces, or
    /// unknown; a value that is neither `true` nor `false`; no value at all.
    pub fn requested(properties: &BTreeMap<String, String>) -> Result<Self, PropertyFault> {
        for key in properties.keys() {
            namespace(key).ok_or_else(|| PropertyFault::Key(key.clone()))?;
        }
        let mut namespaces = properties.keys().filter_map(|key| namespace(key));
        let first = namespaces.next().ok_or(PropertyFault::EnabledMissing)?;
        if namespaces.any(|other| other != first) {
            return Err(PropertyFault::Namespaces);
        }
        if first != ROLE_MANAGER_NAMESPACE {
            return Err(PropertyFault::Unsupported(first.to_owned()));
        }
        if let Some(unknown) = properties.keys().find(|key| *key != ROLE_MANAGER_ENABLED) {
            let missing = !properties.contains_key(ROLE_MANAGER_ENABLED);
            return Err(if missing {
                PropertyFault::EnabledMissing
            } else {
                PropertyFault::Unknown(unknown.clone())
            });
        }
        match properties.get(ROLE_MANAGER_ENABLED).map(String::as_str) {
            Some("true") => Ok(Self::Enabled),
            Some("false") => Ok(Self::Disabled),
            Some(_) => Err(PropertyFault::EnabledValue),
            None => Err(PropertyFault::EnabledMissing),
        }
    }

    /// The value of its property.
    #[must_use]
    pub const fn value(self) -> &'static str {
        match self {
            Self::Enabled => "true",
            Self::Disabled => "false",
        }
    }
}

/// The namespace of a property's key; `None` where there is not exactly one slash, between two names.
#[must_use]
pub fn namespace(key: &str) -> Option<&str> {
    let (namespace, name) = key.split_once('/')?;
    (!namespace.is_empty() && !name.is_empty() && !name.contains('/')).then_some(namespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(properties: &[(&str, &str)], expected: &str) {
        let given = properties.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        let outcome = match RoleManager::requested(&given.collect()) {
            Ok(role_manager) => role_manager.value().to_owned(),
            Err(fault) => format!("{}: {fault}", fault.code()),
        };
        assert_eq!(outcome, expected, "{properties:?}");
    }

    #[test]
    fn one_property_of_one_namespace() {
        let enabled = ("RoleManager/Enabled", "true");
        let missing = "InvalidInput: RoleManager namespace requires Enabled property";
        let form =
            |key: &str| format!("InvalidInput: Property key must be in format Namespace/PropertyName: {key}");
        check(&[enabled], "true");
        check(&[("RoleManager/Enabled", "false")], "false");
        check(&[], missing);
        for key in ["Enabled", "RoleManager/", "/Enabled", "Role/Manager/Enabled"] {
            check(&[enabled, (key, "true")], &form(key));
        }
        check(
            &[enabled, ("Other/Enabled", "true")],
            "InvalidInput: All properties must belong to the same namespace",
        );
        check(&[("rolemanager/Enabled", "true")], "InvalidInput: Unsupported namespace: rolemanager");
        check(&[("RoleManager/enabled", "true")], missing);
        check(
            &[enabled, ("RoleManager/Other", "x")],
            "InvalidInput: Unsupported property: RoleManager/Other",
        );
        for value in ["True", "1", "yes"] {
            check(&[("RoleManager/Enabled", value)], "InvalidInput: Enabled must be 'true' or 'false'");
        }
    }
}

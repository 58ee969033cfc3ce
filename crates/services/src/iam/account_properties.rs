//! Account properties: whether the role manager is enabled.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_role-manager.html>

use std::collections::{BTreeMap, BTreeSet};

use doorward_directory::change::accounts;
use doorward_directory::change::linked_roles::ROLE_MANAGER;
use doorward_directory::properties::{self, ROLE_MANAGER_ENABLED, ROLE_MANAGER_NAMESPACE, RoleManager};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, iam};

use super::{ask, linked_roles};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// Asks with the namespaces that the request names as `iam:AccountPropertyNamespaces`. To enable the role manager asks as well
/// whether the role may be made that is linked to it, be it there or not.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_role-manager_enable-use.html>
impl Operation for iam::PutAccountProperties {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::PutAccountPropertiesRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let namespaces = input.properties.keys().filter_map(|key| properties::namespace(key));
        let mut questions = about(call, "iam:PutAccountProperties", namespaces);
        if RoleManager::requested(&input.properties) == Ok(RoleManager::Enabled) {
            questions.push(linked_roles::about(call, &ROLE_MANAGER));
        }
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::PutAccountPropertiesRequest,
    ) -> Result<iam::PutAccountPropertiesResponse, ApiError> {
        let requested = RoleManager::requested(&input.properties);
        let role_manager = requested.map_err(|fault| call.refused(&fault.into()))?;
        call.change(|draft| accounts::set_role_manager(draft, call.account, role_manager))?;
        Ok(iam::PutAccountPropertiesResponse {})
    }
}

/// Shows every property, those that were never put with what they are then.
impl Operation for iam::GetAccountProperties {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, _: &iam::GetAccountPropertiesRequest) -> Result<Vec<Question>, ApiError> {
        Ok(about(call, "iam:GetAccountProperties", [ROLE_MANAGER_NAMESPACE]))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: iam::GetAccountPropertiesRequest,
    ) -> Result<iam::GetAccountPropertiesResponse, ApiError> {
        let account = call.snapshot().account(call.account);
        let role_manager = account.map_or(RoleManager::Disabled, |account| account.role_manager);
        let enabled = (ROLE_MANAGER_ENABLED.to_owned(), role_manager.value().to_owned());
        Ok(iam::GetAccountPropertiesResponse { properties: Some(BTreeMap::from([enabled])) })
    }
}

fn about<'n>(
    call: &Call<'_>,
    action: &'static str,
    namespaces: impl IntoIterator<Item = &'n str>,
) -> Vec<Question> {
    let namespaces: BTreeSet<&str> = namespaces.into_iter().collect();
    let values: Vec<String> = namespaces.into_iter().map(str::to_owned).collect();
    let asked = ask::about_account(call, action).into_iter();
    asked.map(|question| question.with_all("iam:AccountPropertyNamespaces", values.clone())).collect()
}

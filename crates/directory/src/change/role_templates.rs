//! Roles from templates.

use std::collections::{BTreeMap, BTreeSet};

use doorward_policy::AccountId;

use super::roles::{self, NewRole};
use super::{Draft, Holder, attachments, inline, owned};
use crate::identity::Role;
use crate::limits::ROLE_SESSION_S_MIN;
use crate::refusal::{Refusal, RoleTemplateFault};
use crate::role_template::RenderedRole;
use crate::snapshot::Snapshot;
use crate::tags::Tag;

/// The role that a template makes of values: the one that was made so, if it is still as it was made, or a new one. Its
/// description may have been changed.
///
/// That a role with another session length is no longer as it was made is UNCONFIRMED (template-modified).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcquireRole.html>
///
/// # Errors
/// [`Refusal`]: the role that was made so was modified, another has its name, or a role of this kind cannot be created.
pub fn acquire(
    draft: &mut Draft<'_>,
    account: AccountId,
    rendered: &RenderedRole<'_>,
) -> Result<Role, Refusal> {
    draft.account(account)?;
    let Some(role) = draft.snapshot().role(account, rendered.name.as_str()).map(owned) else {
        return create(draft, account, rendered);
    };
    if role.source.as_deref() != Some(&rendered.source) {
        return Err(RoleTemplateFault::NameConflict.into());
    }
    if !is_as_made(draft.snapshot(), &role, rendered) {
        return Err(RoleTemplateFault::Modified(role.name.to_string()).into());
    }
    Ok(role)
}

fn create(draft: &mut Draft<'_>, account: AccountId, rendered: &RenderedRole<'_>) -> Result<Role, Refusal> {
    let new = NewRole {
        name: rendered.name.clone(),
        path: rendered.path.clone(),
        trust: &rendered.trust,
        description: rendered.description.as_deref(),
        max_session_s: rendered.max_session_s,
        tags: &rendered.tags,
        boundary: rendered.boundary,
    };
    let role = roles::create(draft, account, &new)?;
    roles::write(draft, Role { source: Some(Box::new(rendered.source.clone())), ..role })?;
    let name = rendered.name.as_str();
    for (policy, document) in &rendered.inline {
        inline::put(draft, account, Holder::Role(name), policy, document)?;
    }
    for arn in rendered.managed {
        attachments::attach(draft, account, Holder::Role(name), arn)?;
    }
    roles::find(draft, account, name)
}

/// Whether a role is what the template made.
fn is_as_made(snapshot: &Snapshot, role: &Role, rendered: &RenderedRole<'_>) -> bool {
    let arn = |id| snapshot.policy_with_id(id).map(|policy| policy.arn());
    let attached: BTreeSet<Option<String>> = role.attached.iter().map(|id| arn(*id)).collect();
    let managed: BTreeSet<Option<String>> =
        rendered.managed.iter().map(|arn| Some(arn.to_string())).collect();
    let inline: BTreeMap<&str, &str> =
        snapshot.inline(role.id).map(|inline| (&*inline.name, inline.text.text())).collect();
    let written: BTreeMap<&str, &str> =
        rendered.inline.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    role.path == rendered.path
        && role.name.is_written(rendered.name.as_str())
        && role.trust.text() == rendered.trust
        && role.max_session_s == rendered.max_session_s.unwrap_or(ROLE_SESSION_S_MIN)
        && role.boundary.and_then(arn).as_deref() == rendered.boundary
        && attached == managed
        && inline == written
        && pairs(role.tags.iter()) == pairs(rendered.tags.iter())
}

fn pairs<'t>(tags: impl Iterator<Item = &'t Tag>) -> BTreeMap<&'t str, &'t str> {
    tags.map(|tag| (&*tag.key, &*tag.value)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::Directory;
    use crate::change::accounts;
    use crate::properties::RoleManager;
    use crate::role_template::{
        Need, Parameter, ParameterKind, RoleTemplates, TemplateState, TemplateVersion,
    };
    use crate::testing::{ANY, account, assert_reloads, open_trust, outcome, started};

    const POWER: &str = "arn:aws:iam::aws:role-template/iam.amazonaws.com/PowerUserRoleTemplate:1";

    fn parameter(name: &str, kind: ParameterKind) -> Parameter {
        let need = Some(Need::Required);
        Parameter { name: name.into(), kind, description: None, need, default: None, immutable: None }
    }

    fn template() -> TemplateVersion {
        let power = RoleTemplates::default().version(POWER, None).unwrap().clone();
        TemplateVersion {
            parameters: vec![
                parameter("name", ParameterKind::String),
                parameter("list", ParameterKind::StringList),
            ],
            role_name: "@{name}".into(),
            trust: open_trust().into(),
            inline: vec![("own".into(), ANY.into())],
            state: TemplateState::Enabled,
            ..power
        }
    }

    fn made(directory: &Directory, name: &str, list: &[&str]) -> String {
        let template = template();
        let given = BTreeMap::from([
            ("name".to_owned(), vec![name.to_owned()]),
            ("list".to_owned(), list.iter().map(|value| (*value).to_owned()).collect()),
        ]);
        let rendered = template.rendered(&given).unwrap();
        outcome(directory, |draft| acquire(draft, account(), &rendered))
    }

    #[test]
    fn a_role_from_a_template_reloads() {
        let directory = started();
        for (name, list, expected) in [
            ("CI", &["a", "b"][..], "ok"),
            ("CI", &["a", "b"], "ok"),
            (
                "ci",
                &["a", "b"],
                "NameConflict: A role with this name already exists but was not created from this template and parameters.",
            ),
            (
                "CI",
                &["a"],
                "NameConflict: A role with this name already exists but was not created from this template and parameters.",
            ),
        ] {
            assert_eq!(made(&directory, name, list), expected, "{name} {list:?}");
        }
        assert_reloads(&directory);
        let source = directory.snapshot().role(account(), "ci").unwrap().source.clone().unwrap();
        assert_eq!((&*source.arn, source.minor, source.values.len()), (POWER, 1, 2));
    }

    #[test]
    fn an_enabled_role_manager_reloads() {
        let directory = started();
        for role_manager in [RoleManager::Enabled, RoleManager::Disabled, RoleManager::Enabled] {
            let plan = |draft: &mut Draft<'_>| accounts::set_role_manager(draft, account(), role_manager);
            assert_eq!(outcome(&directory, plan), "ok");
            assert_eq!(directory.snapshot().account(account()).unwrap().role_manager, role_manager);
            assert_reloads(&directory);
        }
    }
}

//! Role templates, and the roles that are made from them.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_role-template.html>

use std::collections::BTreeMap;

use doorward_directory::change::role_templates;
use doorward_directory::refusal::RoleTemplateFault;
use doorward_directory::role_template::{Need, Parameter, RenderedRole, TemplateState, TemplateVersion};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, iam, percent_encode_document};

use super::{ask, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// What the model calls the kind of those that manage templates; there is one.
const MANAGED_BY_SERVICE: &str = "Service";

/// Asks about the template by its ARN, with the major version, whether or not there is such a template.
impl Operation for iam::GetRoleTemplateVersion {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::GetRoleTemplateVersionRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![about_template(call, &input.template_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetRoleTemplateVersionRequest,
    ) -> Result<iam::GetRoleTemplateVersionResponse, ApiError> {
        let found = call.gate.role_templates().version(&input.template_arn, input.minor_version);
        let version = found.map_err(|fault| call.refused(&fault.into()))?;
        Ok(iam::GetRoleTemplateVersionResponse { role_template_version: shown(version) })
    }
}

/// Asks whether the template may be read; and then, with the template as `iam:RoleTemplateARN`, whether the role may be read
/// that has the name that the template makes, or else whether such a role may be made, with all that belongs to it. Where
/// the template makes no role of what is given, that is told to whoever may read the template.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_role-manager_enable-use.html>
impl Operation for iam::AcquireRole {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::AcquireRoleRequest) -> Result<Vec<Question>, ApiError> {
        let mut questions = vec![about_template(call, &input.template_arn)?];
        if let Ok(rendered) = rendered(call, input) {
            let about_role = match call.snapshot().role(call.account, rendered.name.as_str()) {
                Some(role) => vec![ask::about_role(call, "iam:GetRole", role.name.as_str())],
                None => about_creation(call, &rendered)?,
            };
            let with_template =
                |question: Question| question.with("iam:RoleTemplateARN", &input.template_arn);
            questions.extend(about_role.into_iter().map(with_template));
        }
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::AcquireRoleRequest,
    ) -> Result<iam::AcquireRoleResponse, ApiError> {
        let rendered = rendered(call, &input).map_err(|fault| call.refused(&fault.into()))?;
        let role = call.change(|draft| {
            let role = role_templates::acquire(draft, call.account, &rendered)?;
            let shown = render::role(draft.snapshot(), &role);
            Ok(shown.map(|shown| iam::Role { source_role_template: render::source(&role), ..shown }))
        })??;
        Ok(iam::AcquireRoleResponse { role })
    }
}

/// Whether the template may be read.
fn about_template(call: &Call<'_>, arn: &str) -> Result<Question, ApiError> {
    ask::parsed(call, arn)?;
    Ok(Question::new("iam:GetRoleTemplateVersion", arn, call.account).shown_as(arn))
}

/// The role that the request's template makes of the request's values.
fn rendered<'c>(
    call: &Call<'c>,
    input: &iam::AcquireRoleRequest,
) -> Result<RenderedRole<'c>, RoleTemplateFault> {
    let version = call.gate.role_templates().version(&input.template_arn, input.template_minor_version)?;
    let given = input.replacement_values.iter().flatten();
    let given: BTreeMap<String, Vec<String>> =
        given.map(|(name, entry)| (name.clone(), entry.values.clone())).collect();
    version.rendered(&given)
}

/// Whether a role may be made with all that belongs to it: asked of each action that would make it step by step, as if the
/// boundary were there already.
fn about_creation(call: &Call<'_>, role: &RenderedRole<'_>) -> Result<Vec<Question>, ApiError> {
    let arn = ask::created(call.account, "role", Some(role.path.as_str()), role.name.as_str());
    let about = |action| Question::new(action, arn.clone(), call.account);
    let bounded = |question| ask::with_requested_boundary(question, role.boundary);
    let tagged = |question: Question| question.with_request_tags(ask::pairs(role.tags.iter()));
    let mut questions = vec![bounded(tagged(about("iam:CreateRole")))];
    for policy in role.managed {
        questions.push(ask::with_policy_arn(call, bounded(about("iam:AttachRolePolicy")), policy)?);
    }
    if !role.inline.is_empty() {
        questions.push(bounded(about("iam:PutRolePolicy")));
    }
    if role.boundary.is_some() {
        questions.push(bounded(about("iam:PutRolePermissionsBoundary")));
    }
    if !role.tags.is_empty() {
        questions.push(tagged(about("iam:TagRole")));
    }
    Ok(questions)
}

/// A version as the API shows it; documents as `GetRole` shows them.
fn shown(version: &TemplateVersion) -> iam::RoleTemplateVersion {
    let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
    let named = version.name_and_major();
    let tags = version.tags.iter();
    iam::RoleTemplateVersion {
        template_arn: Some(version.arn.to_string()),
        template_name: named.map(|(name, _)| name.to_owned()),
        template_version_id: text(&version.id),
        description: text(&version.description),
        major_version: named.map(|(_, major)| i64::from(major)),
        default_minor_version: Some(i64::from(version.default_minor)),
        managed_by_type: version.managed_by.as_ref().map(|_| MANAGED_BY_SERVICE.to_owned()),
        managed_by_value: text(&version.managed_by),
        enabled: Some(version.template_state == TemplateState::Enabled),
        minor_version: Some(i64::from(version.minor)),
        role_name_pattern: Some(version.role_name.to_string()),
        role_path_pattern: text(&version.role_path),
        role_description_pattern: text(&version.role_description),
        assume_role_policy_document_template: Some(percent_encode_document(&version.trust)),
        inline_policy_templates: some(version.inline.iter().map(|(name, text)| iam::InlinePolicy {
            policy_name: name.to_string(),
            policy_document: percent_encode_document(text),
        })),
        managed_policy_arns: some(version.managed.iter().map(|arn| arn.to_string())),
        permission_boundary_arn: text(&version.boundary),
        parameters_definition: some(version.parameters.iter().map(parameter)),
        role_tags_template: some(
            tags.map(|tag| iam::TagTemplate { key: tag.key.to_string(), value: tag.value.to_string() }),
        ),
        max_session_duration: version.max_session_s.map(i64::from),
        version_enabled: Some(version.state == TemplateState::Enabled),
        create_timestamp: version.created,
        update_timestamp: version.updated,
    }
}

fn parameter(parameter: &Parameter) -> iam::ParameterDefinition {
    iam::ParameterDefinition {
        name: parameter.name.to_string(),
        r#type: parameter.kind.name().to_owned(),
        sub_type: None,
        description: parameter.description.as_deref().map(str::to_owned),
        is_required: parameter.need.map(|need| need == Need::Required),
        default_value: parameter.default.as_deref().map(str::to_owned),
        immutable: parameter.immutable,
    }
}

/// A list, left out when it is empty.
fn some<T>(items: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let items: Vec<T> = items.collect();
    (!items.is_empty()).then_some(items)
}

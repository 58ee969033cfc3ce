//! The condition keys that policies mention: what a simulation of them should be told.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html>

use std::collections::BTreeSet;

use doorward_gate::{Permit, Question};
use doorward_policy::resource::ResourceForm;
use doorward_policy::{
    ContextKey, Document, Kind, Part, ResourceClause, ResourcePattern, Statement, Template,
};
use doorward_wire::{ApiError, iam};

use super::ask;
use super::simulate::{Source, document};
use crate::call::Call;
use crate::fault;
use crate::operation::{Access, Operation};

impl Operation for iam::GetContextKeysForCustomPolicy {
    const ACCESS: Access = Access::LongRead;

    fn questions(
        call: &Call<'_>,
        _: &iam::GetContextKeysForCustomPolicyRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:GetContextKeysForCustomPolicy"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetContextKeysForCustomPolicyRequest,
    ) -> Result<iam::GetContextKeysForPolicyResponse, ApiError> {
        let mut keys = BTreeSet::new();
        given(call, &input.policy_input_list, &mut keys)?;
        Ok(answer(&keys))
    }
}

/// The keys of the entity's policies, of its groups' where it is a user, and of the given ones; not of its boundary, which
/// is no policy that grants.
impl Operation for iam::GetContextKeysForPrincipalPolicy {
    const ACCESS: Access = Access::LongRead;

    fn questions(
        call: &Call<'_>,
        input: &iam::GetContextKeysForPrincipalPolicyRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let source = Source::parse(call, &input.policy_source_arn)?;
        Ok(vec![source.question(call, "iam:GetContextKeysForPrincipalPolicy")])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetContextKeysForPrincipalPolicyRequest,
    ) -> Result<iam::GetContextKeysForPolicyResponse, ApiError> {
        let stored = Source::parse(call, &input.policy_source_arn)?.stored(call)?;
        let policies = call.gate.policies_of(call.snapshot(), &stored.requester);
        let policies = policies.map_err(|cause| fault::unreadable(&cause))?;
        let mut keys = BTreeSet::new();
        policies.identity.iter().for_each(|policy| mentioned(policy.document.document(), &mut keys));
        given(call, &input.policy_input_list.unwrap_or_default(), &mut keys)?;
        Ok(answer(&keys))
    }
}

/// Each key once, ordered without regard to case. AWS's order is UNCONFIRMED (context-keys-order).
fn answer(keys: &BTreeSet<ContextKey>) -> iam::GetContextKeysForPolicyResponse {
    let names = keys.iter().map(ToString::to_string).collect();
    iam::GetContextKeysForPolicyResponse { context_key_names: Some(names) }
}

/// The keys of policies that are given as texts; resource-based ones are among those that may be given.
fn given(call: &Call<'_>, texts: &[String], keys: &mut BTreeSet<ContextKey>) -> Result<(), ApiError> {
    for (at, text) in texts.iter().enumerate() {
        let name = format!("PolicyInputList.{}", at + 1);
        let other = [Kind::Resource, Kind::Trust].into_iter();
        let identity = document(call, &name, text, Kind::Inline);
        let found = other.filter_map(|kind| document(call, &name, text, kind).ok()).next();
        mentioned(&*identity.or_else(|error| found.ok_or(error))?, keys);
    }
    Ok(())
}

/// Every key that a document tests, and every one in its policy variables.
fn mentioned(document: &Document, keys: &mut BTreeSet<ContextKey>) {
    for statement in &document.statements {
        let tested = statement.conditions.iter().map(|test| test.key.clone());
        keys.extend(tested.chain(templates(statement).flat_map(variables)));
    }
}

fn templates(statement: &Statement) -> impl Iterator<Item = &Template> {
    let patterns = statement.resource.iter().flat_map(ResourceClause::patterns).filter_map(tail);
    let values = statement.conditions.iter().flat_map(|test| &test.values);
    patterns.chain(values.map(|value| &value.template))
}

fn tail(pattern: &ResourcePattern) -> Option<&Template> {
    match &pattern.form {
        ResourceForm::Arn { tail, .. } => Some(tail),
        ResourceForm::Any | ResourceForm::Short(_) | ResourceForm::Nothing => None,
    }
}

fn variables(template: &Template) -> impl Iterator<Item = ContextKey> {
    template.parts().iter().filter_map(|part| match part {
        Part::Variable { key, .. } => Some(key.clone()),
        Part::Text(_) | Part::Literal(_) => None,
    })
}

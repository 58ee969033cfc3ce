//! Policies that a request brings as texts.

use std::sync::Arc;

use doorward_engine::{CompiledAttached, CompiledDocument, CompiledGuardrails, CompiledLevel};
use doorward_policy::request::Source;
use doorward_policy::{AccountId, Document, Kind};
use doorward_wire::{ApiError, iam};

use super::invalid;
use crate::call::Call;

/// The document of a text.
///
/// # Errors
/// `InvalidInput`, with the words in which the text is refused as a policy of its kind.
pub(in crate::iam) fn document(
    call: &Call<'_>,
    name: &str,
    text: &str,
    kind: Kind,
) -> Result<Arc<Document>, ApiError> {
    let parsed = Document::parse(text, kind);
    let document = parsed.map_err(|malformed| invalid(call, format!("{name}: {malformed}")))?;
    Ok(Arc::new(document))
}

/// A given policy under this name, attached to nothing.
fn policy(call: &Call<'_>, name: String, text: &str, kind: Kind) -> Result<CompiledAttached, ApiError> {
    let document = document(call, &name, text, kind)?;
    Ok(attached(name, document))
}

fn attached(name: String, document: Arc<Document>) -> CompiledAttached {
    CompiledAttached {
        document: Arc::new(CompiledDocument::new(document)),
        source: Arc::new(Source { name, arn: None, attached_to: String::new() }),
    }
}

/// Identity-based policies: `PolicyInputList.1` and so on.
///
/// # Errors
/// As [`document`].
pub(in crate::iam) fn identity(
    call: &Call<'_>,
    list: &str,
    texts: &[String],
) -> Result<Vec<CompiledAttached>, ApiError> {
    let numbered = texts.iter().enumerate();
    numbered.map(|(at, text)| policy(call, format!("{list}.{}", at + 1), text, Kind::Inline)).collect()
}

/// A permissions boundary, of which there is one at most.
///
/// # Errors
/// `InvalidInput` for several; otherwise as [`document`].
pub(super) fn boundary(call: &Call<'_>, texts: &[String]) -> Result<Option<CompiledAttached>, ApiError> {
    if texts.len() > 1 {
        let message = "PermissionsBoundaryPolicyInputList may hold one policy only.";
        return Err(invalid(call, message));
    }
    Ok(identity(call, "PermissionsBoundaryPolicyInputList", texts)?.pop())
}

/// The service control policies over an account, root first.
///
/// # Errors
/// As [`document`].
pub(super) fn organization(
    call: &Call<'_>,
    account: AccountId,
    levels: &[iam::OrderedOrganizationPolicyType],
) -> Result<Option<CompiledGuardrails>, ApiError> {
    if levels.is_empty() {
        return Ok(None);
    }
    // They bind the caller, so its account is not the one that they never bind.
    let other = |number| AccountId::new(number).filter(|other| *other != account);
    let management_account = other(0).or_else(|| other(1)).ok_or_else(ApiError::internal_failure)?;
    let numbered = levels.iter().enumerate();
    let levels = numbered.map(|(at, level)| {
        let target = format!("OrderedOrganizationPolicyInputList.{}", at + 1);
        let texts = level.service_control_policy_input_list.as_deref().unwrap_or_default().iter();
        let named = texts.enumerate().map(|(at, text)| {
            let name = format!("{target}.ServiceControlPolicyInputList.{}", at + 1);
            policy(call, name, text, Kind::ServiceControl)
        });
        let policies = named.collect::<Result<_, _>>()?;
        Ok(CompiledLevel { target, policies })
    });
    Ok(Some(CompiledGuardrails { management_account, levels: levels.collect::<Result<_, ApiError>>()? }))
}

/// The policy of the resources. A trust policy is one without resources: its resource is its role.
///
/// # Errors
/// As [`document`]: a text that is neither is refused as what it is closer to, by what it is about.
pub(super) fn resource(
    call: &Call<'_>,
    text: &str,
    is_about_roles: bool,
) -> Result<CompiledAttached, ApiError> {
    let (kind, other) =
        if is_about_roles { (Kind::Trust, Kind::Resource) } else { (Kind::Resource, Kind::Trust) };
    let name = RESOURCE_POLICY;
    let document = match (document(call, name, text, kind), Document::parse(text, other)) {
        (Ok(document), _) => document,
        (Err(_), Ok(_)) => {
            let message =
                "ResourcePolicy: the policy does not apply to every resource and action of the simulation.";
            return Err(invalid(call, message));
        }
        (Err(error), Err(_)) => return Err(error),
    };
    Ok(attached(name.to_owned(), document))
}

/// What the resource's policy is called in answers.
pub(super) const RESOURCE_POLICY: &str = "ResourcePolicy";

/// A policy that leaves it to the account's own policies: what resources have where none is given. An account's KMS key
/// and role would otherwise serve nobody.
///
/// # Errors
/// `InternalFailure`: there are none.
pub(super) fn delegation(account: AccountId) -> Result<CompiledAttached, ApiError> {
    let text = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":"{account}"}},"Action":"*","Resource":"*"}}}}"#
    );
    let document = Document::parse(&text, Kind::Resource).map_err(|_| ApiError::internal_failure())?;
    Ok(attached(String::new(), Arc::new(document)))
}

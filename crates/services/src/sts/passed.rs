//! What a caller passes into a session: policies and tags.

use std::collections::BTreeSet;

use doorward_directory::{Snapshot, UniqueId};
use doorward_gate::packed;
use doorward_gate::session::SessionPolicies;
use doorward_policy::{AccountId, Arn, Document, Kind, Malformed};
use doorward_wire::shape::OperationShape;
use doorward_wire::{ApiError, errors, sts};

use crate::call::Call;
use crate::fault;

/// How many managed policies can be passed to a session.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>, `PolicyArns`
const POLICY_ARNS_MAX: usize = 10;

/// How long an inline session policy and the ARNs of managed ones can be together, in characters. The model of `AssumeRole`
/// has no such limit, its page has.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>, `Policy`
const POLICY_CHARACTERS_MAX: usize = 2_048;

/// How many tags a session can have.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html>
const SESSION_TAGS_MAX: usize = 50;

/// The session policies of a request, checked; `None` when none are passed.
///
/// # Errors
/// As [`sound`]; `ValidationError` for a managed policy that is not in the account. (Text: ours.)
pub(crate) fn policies(
    call: &Call<'_>,
    account: AccountId,
    inline: Option<String>,
    arns: Option<Vec<sts::PolicyDescriptorType>>,
) -> Result<Option<SessionPolicies>, ApiError> {
    sound(call.operation, inline.as_deref(), arns.as_deref())?;
    let managed = managed(call.snapshot(), account, arns.unwrap_or_default())?;
    let passed = inline.is_some() || !managed.is_empty();
    Ok(passed.then_some(SessionPolicies { inline, managed }))
}

/// Checks what can be checked of session policies without looking anything up.
///
/// # Errors
/// `MalformedPolicyDocument` for an inline policy that breaks the grammar; `ValidationError` for one that is too long, by
/// itself or with the ARNs, and for too many managed policies. (The texts of the latter: ours.)
pub(crate) fn sound(
    operation: &OperationShape,
    inline: Option<&str>,
    arns: Option<&[sts::PolicyDescriptorType]>,
) -> Result<(), ApiError> {
    let arns = arns.unwrap_or_default();
    if arns.len() > POLICY_ARNS_MAX {
        return Err(too_long("policyArns", POLICY_ARNS_MAX));
    }
    let characters = |text: &str| text.chars().count();
    let named: usize = arns.iter().filter_map(|one| one.arn.as_deref()).map(characters).sum();
    if inline.map_or(0, characters) > POLICY_CHARACTERS_MAX {
        return Err(too_long("policy", POLICY_CHARACTERS_MAX));
    }
    if inline.map_or(0, characters) + named > POLICY_CHARACTERS_MAX {
        return Err(ApiError::validation_error(format!(
            "The session policy and the ARNs of managed session policies are longer than {POLICY_CHARACTERS_MAX} \
             characters together."
        )));
    }
    let Some(text) = inline else { return Ok(()) };
    let malformed = |fault: Malformed| fault::with_code(operation, "MalformedPolicyDocument", fault.message);
    Document::parse(text, Kind::Session).map(drop).map_err(malformed)
}

/// The managed session policies of a request, which have to be of the account.
fn managed(
    snapshot: &Snapshot,
    account: AccountId,
    arns: Vec<sts::PolicyDescriptorType>,
) -> Result<Vec<UniqueId>, ApiError> {
    let known = |arn: String| {
        let policy = snapshot.policy_with_arn(&arn).filter(|policy| policy.is_for(account));
        let text = || format!("Policy {arn} does not exist or is not attachable.");
        policy.map(|policy| policy.id).ok_or_else(|| ApiError::validation_error(text()))
    };
    arns.into_iter().filter_map(|one| one.arn).map(known).collect()
}

/// The tags of a request as pairs, checked.
///
/// # Errors
/// `InvalidParameterValue` for keys that are the same but for case; `ValidationError` for a key that AWS reserves. (Text of
/// the latter: ours.)
pub(crate) fn tags(tags: Option<&[sts::Tag]>) -> Result<Vec<(String, String)>, ApiError> {
    let pairs: Vec<(String, String)> =
        tags.unwrap_or_default().iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect();
    let mut seen = BTreeSet::new();
    for (key, _) in &pairs {
        let folded = key.to_lowercase();
        if folded.starts_with("aws:") {
            let text = format!("The tag key {key} is reserved: it begins with aws:.");
            return Err(ApiError::validation_error(text));
        }
        if !seen.insert(folded) {
            return Err(invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive."));
        }
    }
    Ok(pairs)
}

/// Checks that a session does not get more tags than it may have, those counted that it inherits.
///
/// # Errors
/// `ValidationError`, in the words for too many tags in one request.
pub(crate) fn count(passed: &[(String, String)], inherited: &[(String, String)]) -> Result<(), ApiError> {
    if passed.len() + inherited.len() <= SESSION_TAGS_MAX {
        return Ok(());
    }
    Err(ApiError::validation_error(format!(
        "1 validation error detected: Value at 'tags' failed to satisfy constraint: \
         Member must have length less than or equal to {SESSION_TAGS_MAX}"
    )))
}

/// The keys that a chain shall carry on, checked against the tags passed and those that arrived that way.
///
/// # Errors
/// `InvalidParameterValue`, in AWS's words.
pub(crate) fn transitive_keys(
    keys: Option<&[String]>,
    passed: &[(String, String)],
    inherited: &[(String, String)],
) -> Result<Vec<String>, ApiError> {
    let keys = keys.unwrap_or_default();
    let arrived = |key: &str| inherited.iter().any(|(other, _)| same_key(other, key));
    if passed.iter().any(|(key, _)| arrived(key)) || keys.iter().any(|key| arrived(key)) {
        return Err(invalid(
            "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key \
             from the calling session.",
        ));
    }
    if keys.iter().any(|key| !passed.iter().any(|(other, _)| same_key(other, key))) {
        return Err(invalid("The specified transitive tag key must be included in the requested tags."));
    }
    Ok(keys.to_vec())
}

/// Whether two tag keys are the same: case does not count.
pub(crate) fn same_key(left: &str, right: &str) -> bool {
    left.to_lowercase() == right.to_lowercase()
}

/// The share of the session's budget that policies and tags take, in percent.
///
/// # Errors
/// `PackedPolicyTooLarge`.
pub(crate) fn packed_size(
    call: &Call<'_>,
    policies: Option<&SessionPolicies>,
    tags: &[(String, String)],
) -> Result<Option<i64>, ApiError> {
    let Some(percent) = packed::percent(policies, tags) else { return Ok(None) };
    if percent > 100 {
        let text = match policies {
            None => format!("Packed size of session tags consumes {percent}% of allotted space."),
            Some(_) => {
                format!("Packed policy consumes {percent}% of allotted space, please use smaller policy.")
            }
        };
        return Err(call.fault("PackedPolicyTooLarge", text));
    }
    Ok(i64::try_from(percent).ok())
}

/// A role's ARN taken apart: its account.
///
/// # Errors
/// `ValidationError` for a text that is not a role's ARN.
pub(crate) fn role_account(arn: &str) -> Result<AccountId, ApiError> {
    let account = || {
        let parsed: Arn = arn.parse().ok()?;
        let is_role = parsed.service() == "iam" && parsed.resource().starts_with("role/");
        if is_role { parsed.account().parse().ok() } else { None }
    };
    account().ok_or_else(|| ApiError::validation_error(format!("{arn} is invalid")))
}

fn too_long(member: &str, most: usize) -> ApiError {
    ApiError::validation_error(format!(
        "1 validation error detected: Value at '{member}' failed to satisfy constraint: \
         Member must have length less than or equal to {most}"
    ))
}

fn invalid(text: &str) -> ApiError {
    ApiError::new(&errors::INVALID_PARAMETER_VALUE, text)
}

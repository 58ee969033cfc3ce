//! `PolicyExclusionList`: attached policies that a simulation leaves out.

use doorward_engine::{CompiledAttached, CompiledPolicies};
use doorward_policy::Arn;
use doorward_wire::{ApiError, iam};

use super::{invalid, shown};
use crate::call::Call;

/// Takes the policies out that the list names. One that names no attached policy is ignored, and so is `rcp`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyIdentifier.html>
///
/// # Errors
/// `InvalidInput` for an ARN that no managed policy can have, and for more than one `*`. (Texts: ours.)
pub(super) fn apply(
    call: &Call<'_>,
    policies: &mut CompiledPolicies,
    excluded: &[iam::PolicyIdentifier],
) -> Result<(), ApiError> {
    for entry in excluded {
        match (&entry.policy_type, &entry.policy_arn, &entry.inline_policy_identifier) {
            (Some(kind), None, None) => exclude_type(policies, kind),
            (None, Some(pattern), None) => {
                let pattern = arn_pattern(call, pattern)?;
                policies.identity.retain(|policy| !arn(policy).is_some_and(|arn| matches(&pattern, arn)));
            }
            (None, None, Some(inline)) => {
                if inline.attachment_name.matches('*').count() > 1 {
                    let text =
                        format!("PolicyExclusionList: {} has more than one *.", inline.attachment_name);
                    return Err(invalid(call, text));
                }
                policies.identity.retain(|policy| !is_inline(policy, inline));
            }
            // The model's constraints let through what has exactly one of them.
            _ => return Err(ApiError::internal_failure()),
        }
    }
    Ok(())
}

fn arn(policy: &CompiledAttached) -> Option<&str> {
    policy.source.arn.as_deref()
}

fn is_of_aws(arn: &str) -> bool {
    arn.parse::<Arn>().is_ok_and(|arn| arn.account() == "aws")
}

fn exclude_type(policies: &mut CompiledPolicies, kind: &str) {
    match kind {
        "inline" => policies.identity.retain(|policy| arn(policy).is_some()),
        "aws-managed" => policies.identity.retain(|policy| !arn(policy).is_some_and(is_of_aws)),
        "user-managed" => policies.identity.retain(|policy| arn(policy).is_none_or(is_of_aws)),
        "permission-boundary" => policies.boundary = None,
        "scp" => policies.service_control = None,
        // `rcp`, which simulations do not know.
        _ => {}
    }
}

/// The name of the holder may have wildcards, that of the policy none.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_InlinePolicyIdentifierType.html>
fn is_inline(policy: &CompiledAttached, wanted: &iam::InlinePolicyIdentifierType) -> bool {
    let holder = shown::holder(&policy.source.attached_to);
    let same =
        |(kind, name): (&str, &str)| kind == wanted.attachment_type && matches(&wanted.attachment_name, name);
    policy.source.arn.is_none() && policy.source.name == wanted.policy_name && holder.is_some_and(same)
}

/// The ARN of a managed policy, in whose last part `*` may stand once and `?` often.
fn arn_pattern(call: &Call<'_>, text: &str) -> Result<String, ApiError> {
    let sound = || {
        let arn: Arn = text.parse().ok()?;
        let name = arn.resource().strip_prefix("policy/")?;
        let before = text.strip_suffix(name)?;
        let wild = |text: &str| text.contains(['*', '?']);
        let right = arn.service() == "iam" && !name.is_empty() && !wild(before);
        (right && name.matches('*').count() <= 1).then_some(())
    };
    sound().map(|()| text.to_owned()).ok_or_else(|| {
        invalid(call, format!("PolicyExclusionList: {text} is not the ARN of a managed policy."))
    })
}

/// Whether the text is the pattern's, in which `*` stands for any run of characters, at most once, and `?` for one.
fn matches(pattern: &str, text: &str) -> bool {
    let same = |pattern: &str, text: &str| {
        let mut pairs = pattern.chars().zip(text.chars());
        pattern.chars().count() == text.chars().count()
            && pairs.all(|(wanted, found)| wanted == '?' || wanted == found)
    };
    let Some((before, after)) = pattern.split_once('*') else { return same(pattern, text) };
    let (first, last) = (before.len(), text.len().checked_sub(after.len()));
    match last.filter(|last| first <= *last) {
        Some(last) => {
            text.get(..first).is_some_and(|start| same(before, start))
                && text.get(last..).is_some_and(|end| same(after, end))
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, text, expected) in [
            ("a/b", "a/b", true),
            ("a/b", "a/B", false),
            ("a/*", "a/", true),
            ("a/*c", "a/bbc", true),
            ("a/*c", "a/", false),
            ("a/b*b", "a/b", false),
            ("a/?", "a/b", true),
            ("a/?", "a/bb", false),
            ("a/?*?", "a/b", false),
            ("a/?*?", "a/bc", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}

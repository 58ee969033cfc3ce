//! How long a policy may be, and how AWS counts.
//!
//! The limits here are AWS's defaults. They are arguments to the checks, because a configuration may raise them.

use crate::document::Kind;

/// Characters in a managed policy, white space not counted.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length>
pub const MANAGED_CHARS_MAX: usize = 6_144;

/// Characters in all inline policies of one user together, white space not counted.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length>
pub const USER_INLINE_CHARS_MAX: usize = 2_048;

/// Characters in all inline policies of one group together, white space not counted.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length>
pub const GROUP_INLINE_CHARS_MAX: usize = 5_120;

/// Characters in all inline policies of one role together, white space not counted.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length>
pub const ROLE_INLINE_CHARS_MAX: usize = 10_240;

/// Characters in a trust policy by default, white space not counted.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length>
pub const TRUST_CHARS_MAX: usize = 2_048;

/// The most to which AWS raises [`TRUST_CHARS_MAX`] on request.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length>
pub const TRUST_CHARS_CEILING: usize = 4_096;

/// Characters in a session policy, white space counted.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
pub const SESSION_CHARS_MAX: usize = 2_048;

/// Characters in a service control policy, white space counted.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
pub const SERVICE_CONTROL_CHARS_MAX: usize = 5_120;

/// Characters in a resource control policy, white space counted.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
pub const RESOURCE_CONTROL_CHARS_MAX: usize = 5_120;

/// Characters in a VPC endpoint policy, white space counted.
///
/// Source: <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html>
pub const ENDPOINT_CHARS_MAX: usize = 20_480;

/// Characters in the parameter that carries a policy to IAM, whatever its kind, white space counted.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>
pub const PARAMETER_CHARS_MAX: usize = 131_072;

/// A policy, or several that count together, longer than allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{counted} characters are more than the {max} allowed")]
pub struct TooLong {
    /// How many there are, as AWS counts.
    pub counted: usize,
    /// How many there may be.
    pub max: usize,
}

/// A character that may not stand in a policy at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("character {character:?} at offset {offset} may not stand in a policy")]
pub struct ForbiddenCharacter {
    /// Which.
    pub character: char,
    /// Where, in bytes.
    pub offset: usize,
}

/// How long a policy of this kind is, as AWS counts.
///
/// IAM does not count white space in the policies that it stores: space, tab, carriage return and line feed, here also
/// those within strings, since its documentation makes no difference: UNCONFIRMED (white-space). It says so of trust
/// policies as well. All other kinds count every character.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length>
#[must_use]
pub fn counted_chars(text: &str, kind: Kind) -> usize {
    match kind {
        Kind::Managed | Kind::Inline | Kind::Trust => {
            text.chars().filter(|character| !matches!(character, ' ' | '\t' | '\r' | '\n')).count()
        }
        Kind::Session | Kind::Resource | Kind::ServiceControl | Kind::ResourceControl | Kind::Endpoint => {
            text.chars().count()
        }
    }
}

/// Checks that one policy, or the inline policies of one identity together, are no longer than `max` characters, as
/// AWS counts.
///
/// # Errors
/// [`TooLong`] with both numbers.
pub fn check_chars<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    kind: Kind,
    max: usize,
) -> Result<(), TooLong> {
    let counted = texts.into_iter().map(|text| counted_chars(text, kind)).sum();
    if counted > max { Err(TooLong { counted, max }) } else { Ok(()) }
}

/// Checks that a policy has only the characters that IAM's parameters take: tab, line feed, carriage return, and
/// U+0020 to U+00FF.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>
///
/// # Errors
/// [`ForbiddenCharacter`] with the first that is none of these.
pub fn check_characters(text: &str) -> Result<(), ForbiddenCharacter> {
    let allowed = |character| matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{FF}');
    match text.char_indices().find(|(_, character)| !allowed(*character)) {
        Some((offset, character)) => Err(ForbiddenCharacter { character, offset }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_aws_counts() {
        let text = "{ \"a b\":\t\"\u{e9}\"\r\n}";
        for (kind, expected) in [
            (Kind::Managed, 10),
            (Kind::Inline, 10),
            (Kind::Trust, 10),
            (Kind::Session, 15),
            (Kind::Resource, 15),
            (Kind::ServiceControl, 15),
            (Kind::ResourceControl, 15),
            (Kind::Endpoint, 15),
        ] {
            assert_eq!(counted_chars(text, kind), expected, "{kind:?}");
        }
    }

    #[test]
    fn limits_are_inclusive_and_sum() {
        assert_eq!(check_chars(["aaa", "b b"], Kind::Inline, 5), Ok(()));
        assert_eq!(check_chars(["aaa", "bbb"], Kind::Inline, 5), Err(TooLong { counted: 6, max: 5 }));
    }

    #[test]
    fn characters_are_those_of_the_parameter() {
        assert_eq!(check_characters("{\t\r\n \u{ff}}"), Ok(()));
        for (text, character, offset) in [("a\u{100}", '\u{100}', 1), ("\u{e9}\u{1}", '\u{1}', 2)] {
            assert_eq!(check_characters(text), Err(ForbiddenCharacter { character, offset }), "{text:?}");
        }
    }
}

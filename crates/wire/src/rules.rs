//! What AWS does beyond its model: facts kept by hand, as data.

use crate::error::ApiError;
use crate::organizations;
use crate::shape::OperationShape;
use crate::validate::{self, Constraint, Echo, Offender, Violation};

/// Operations that answer an absent required parameter with `MissingParameter`; all others count it among the
/// validation errors. Not documented: observed of these older operations, of no other.
const MISSING_PARAMETER: [(&str, &str); 6] = [
    ("IAM", "DeleteAccessKey"),
    ("IAM", "DeleteUser"),
    ("IAM", "GetAccessKeyLastUsed"),
    ("IAM", "GetRole"),
    ("IAM", "UpdateAccessKey"),
    ("IAM", "UpdateUser"),
];

/// Services that repeat the offending value in the text. Not documented: observed of STS; the texts of IAM leave it out.
const ECHOING: [&str; 1] = ["STS"];

/// A pattern that a service checks itself, after the constraints of the model hold, with a text of its own.
struct CharacterRule {
    service: &'static str,
    /// The pattern as the model writes it.
    pattern: &'static str,
    /// How the path of the member ends, in lower case; empty for any member.
    suffix: &'static str,
    /// What the text says after `The specified value for X is invalid. `.
    rule: &'static str,
}

/// The character rules, as observed; the parameters' descriptions hint at them, for example in
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html>.
const CHARACTER_RULES: [CharacterRule; 5] = [
    CharacterRule {
        service: "IAM",
        pattern: r"[\w+=,.@-]+",
        suffix: "",
        rule: "It must contain only alphanumeric characters and/or the following: +=,.@_-",
    },
    CharacterRule {
        service: "IAM",
        pattern: r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)",
        suffix: "",
        rule: "It must begin and end with / and contain only alphanumeric characters and/or / characters.",
    },
    CharacterRule {
        service: "IAM",
        pattern: r"\u002F[\u0021-\u007F]*",
        suffix: "",
        rule: "It must begin with the / character and contain only alphanumeric characters and/or / characters.",
    },
    CharacterRule {
        service: "IAM",
        pattern: r"[\u0009\u000A\u000D\u0020-\u00FF]+",
        suffix: "policydocument",
        rule: "It must contain only printable ASCII characters.",
    },
    CharacterRule {
        service: "IAM",
        pattern: r"[\w]+",
        suffix: "accesskeyid",
        rule: "It must contain only alphanumeric characters.",
    },
];

/// The members of which a service names the range as a whole and repeats the number: service, path, least and greatest.
/// Not documented: observed of IAM's page sizes, whose limits are in
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html>.
const RANGES: [(&str, &str, i64, i64); 1] = [("IAM", "maxItems", 1, 1000)];

/// The error for a request that breaks constraints; `violations` must not be empty.
pub(crate) fn refusal(operation: &OperationShape, violations: &[Violation]) -> ApiError {
    let service = operation.service.id;
    if MISSING_PARAMETER.contains(&(service, operation.name))
        && let Some(absent) = violations.iter().find(|violation| violation.value == Offender::Absent)
    {
        return ApiError::missing_parameter(&with_capital(&absent.path));
    }
    let (late, early): (Vec<Violation>, Vec<Violation>) =
        violations.iter().cloned().partition(|violation| character_rule(service, violation).is_some());
    match late.first() {
        Some(first) if early.is_empty() => {
            let rule = character_rule(service, first).map_or("", |rule| rule.rule);
            ApiError::validation_error(format!("The specified value for {} is invalid. {rule}", first.path))
        }
        Some(_) | None => {
            let echo = if ECHOING.contains(&service) { Echo::Shown } else { Echo::Hidden };
            let early: Vec<Violation> =
                early.into_iter().map(|violation| with_range(service, violation)).collect();
            ApiError::validation_error(validate::message(&early, echo))
        }
    }
}

/// The error for a JSON request that breaks constraints; `violations` must not be empty.
///
/// Organizations answers `InvalidInputException` with the reason of the first. Its texts do not say where; after each of
/// AWS's stands what the model asks for.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html#API_CreatePolicy_Errors>
pub(crate) fn json_refusal(operation: &OperationShape, violations: &[Violation]) -> ApiError {
    let message = validate::message(violations, Echo::Hidden);
    let first = violations.first().filter(|_| operation.service.id == organizations::SERVICE.id);
    let Some(first) = first else { return ApiError::validation_exception(message) };
    let (text, reason) = organizations_reason(&first.constraint);
    ApiError::new(&organizations::errors::INVALID_INPUT, format!("{text} {message}")).because(reason)
}

/// How Organizations calls the breach of a constraint. The text for patterns is AWS's as observed, the others are ours.
const fn organizations_reason(constraint: &Constraint) -> (&'static str, &'static str) {
    match constraint {
        Constraint::NotNull => ("You must include a value for all required parameters.", "INPUT_REQUIRED"),
        Constraint::LengthAtMost(_) => {
            ("You provided a string parameter that is longer than allowed.", "MAX_LENGTH_EXCEEDED")
        }
        Constraint::LengthAtLeast(_) => {
            ("You provided a string parameter that is shorter than allowed.", "MIN_LENGTH_EXCEEDED")
        }
        Constraint::ValueAtMost(_) | Constraint::ValueBetween(..) => {
            ("You provided a numeric parameter that has a larger value than allowed.", "MAX_VALUE_EXCEEDED")
        }
        Constraint::ValueAtLeast(_) => {
            ("You provided a numeric parameter that has a smaller value than allowed.", "MIN_VALUE_EXCEEDED")
        }
        Constraint::Pattern(_) => {
            ("You provided a value that does not match the required pattern.", "INVALID_PATTERN")
        }
        Constraint::Values(_) => ("You specified an invalid value.", "INVALID_ENUM"),
        Constraint::Elements(_) | Constraint::OneMember => (
            "You provided a list to a parameter that contains at least one invalid value.",
            "INVALID_LIST_MEMBER",
        ),
    }
}

fn character_rule(service: &str, violation: &Violation) -> Option<&'static CharacterRule> {
    let Constraint::Pattern(pattern) = violation.constraint else { return None };
    CHARACTER_RULES.iter().find(|rule| {
        rule.service == service
            && rule.pattern == pattern
            && violation.path.to_ascii_lowercase().ends_with(rule.suffix)
    })
}

fn with_range(service: &str, violation: Violation) -> Violation {
    let range = RANGES.iter().find(|(of, path, ..)| *of == service && *path == violation.path);
    match (range, &violation.constraint) {
        (Some((_, _, min, max)), Constraint::ValueAtLeast(_) | Constraint::ValueAtMost(_)) => {
            Violation { constraint: Constraint::ValueBetween(*min, *max), ..violation }
        }
        _ => violation,
    }
}

fn with_capital(path: &str) -> String {
    let mut letters = path.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_name_what_the_models_have() {
        for (service, name) in MISSING_PARAMETER {
            assert_eq!(service, crate::iam::SERVICE.id);
            assert!(crate::iam::SERVICE.operation(name).is_some(), "{name}");
        }
        for service in ECHOING {
            assert_eq!(service, crate::sts::SERVICE.id);
        }
    }

    #[test]
    fn organizations_says_which_constraint_is_broken() {
        let rows = [
            ("CreateOrganizationalUnit", r#"{"Name":"a"}"#, "INPUT_REQUIRED"),
            ("CreateOrganizationalUnit", r#"{"ParentId":"r-abcd","Name":""}"#, "MIN_LENGTH_EXCEEDED"),
            ("DescribeAccount", r#"{"AccountId":"1234567890123"}"#, "MAX_LENGTH_EXCEEDED"),
            ("DescribeAccount", r#"{"AccountId":"cats"}"#, "INVALID_PATTERN"),
            ("ListAccounts", r#"{"MaxResults":0}"#, "MIN_VALUE_EXCEEDED"),
            ("ListAccounts", r#"{"MaxResults":21}"#, "MAX_VALUE_EXCEEDED"),
            ("ListPolicies", r#"{"Filter":"CATS"}"#, "INVALID_ENUM"),
        ];
        for (name, body, reason) in rows {
            let decoded = match name {
                "CreateOrganizationalUnit" => {
                    crate::json::decode_operation::<organizations::CreateOrganizationalUnit>(body.as_bytes())
                        .err()
                }
                "DescribeAccount" => {
                    crate::json::decode_operation::<organizations::DescribeAccount>(body.as_bytes()).err()
                }
                "ListAccounts" => {
                    crate::json::decode_operation::<organizations::ListAccounts>(body.as_bytes()).err()
                }
                _ => crate::json::decode_operation::<organizations::ListPolicies>(body.as_bytes()).err(),
            };
            let error = decoded.unwrap();
            assert_eq!(
                (&*error.code, error.reason),
                ("InvalidInputException", Some(reason)),
                "{name} {body}"
            );
        }
    }
}

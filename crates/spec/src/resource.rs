//! Which resources a statement is about.

use doorward_policy::request::Context;
use doorward_policy::resource::ResourceForm;
use doorward_policy::{Kind, ResourceClause, ResourcePattern};

use crate::glob::{Token, glob, pattern, six_fields, substitute};

/// Whether a statement with this clause is about the resource. `None` is a trust policy's: its resource is its role.
///
/// A pattern with a variable that has no value matches nothing, so a `NotResource` that holds only such patterns leaves
/// nothing out.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html>
pub(crate) fn covers(clause: Option<&ResourceClause>, kind: Kind, arn: &str, context: &Context) -> bool {
    let any =
        |patterns: &[ResourcePattern]| patterns.iter().any(|pattern| matches(pattern, kind, arn, context));
    match clause {
        None => true,
        Some(ResourceClause::Resource(patterns)) => any(patterns),
        Some(ResourceClause::NotResource(patterns)) => !any(patterns),
    }
}

/// Whether one pattern matches. Case counts in every field; before the last, UNCONFIRMED (resource-case).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
fn matches(written: &ResourcePattern, kind: Kind, arn: &str, context: &Context) -> bool {
    let characters: Vec<char> = arn.chars().collect();
    match &written.form {
        ResourceForm::Any => true,
        ResourceForm::Nothing => false,
        ResourceForm::Arn { head, tail } => {
            let Some(tail) = substitute(tail, context) else { return false };
            let mut fields: Vec<Vec<Token>> = head.fields().into_iter().map(pattern).collect();
            fields.push(tail);
            arn_matches(&fields, &characters)
        }
        ResourceForm::Short(given) => {
            if !pads(kind, &written.text) {
                return false;
            }
            let mut fields: Vec<Vec<Token>> = given.iter().map(|field| pattern(field)).collect();
            fields.resize(6, vec![Token::Any]);
            arn_matches(&fields, &characters)
        }
    }
}

/// Whether the fields that an ARN pattern leaves out stand for anything. Observed by others on AWS, and else
/// UNCONFIRMED (short-arn): in policies of identities they do, elsewhere only where the pattern has a wildcard.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
fn pads(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Managed | Kind::Inline | Kind::Session => true,
        Kind::Trust | Kind::Resource | Kind::ServiceControl | Kind::ResourceControl | Kind::Endpoint => {
            text.contains(['*', '?'])
        }
    }
}

/// Whether six pattern fields match a text that is an ARN. Fields are compared one by one; but a `*` at the end of a
/// field expands beyond the colon, so from there the rest of the pattern may match the rest of the text as one.
fn arn_matches(fields: &[Vec<Token>], text: &[char]) -> bool {
    six_fields(text, |character| *character == ':').is_some_and(|found| fields_match(fields, &found))
}

fn fields_match(pattern: &[Vec<Token>], text: &[Vec<char>]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([field, more @ ..], [found, later @ ..]) => {
            let by_field = glob(field, found) && fields_match(more, later);
            let crosses = field.last() == Some(&Token::Any) && !more.is_empty();
            by_field || (crosses && glob(&pattern.join(&Token::Exactly(':')), &text.join(&':')))
        }
        _ => false,
    }
}

//! Which services policies allow.

use std::collections::BTreeSet;
use std::sync::Arc;

use doorward_policy::{
    ActionClause, ActionPattern, Document, Effect, ResourceClause, ResourceForm, Statement,
};

use crate::table::SERVICES;

/// The namespaces of the services that any statement allows anything of, ordered. Denials take nothing away: what they
/// leave depends on the request.
pub(super) fn services(documents: &[Arc<Document>]) -> Vec<String> {
    let statements = documents.iter().flat_map(|document| &document.statements);
    let allowing = statements.filter(|statement| statement.effect == Effect::Allow);
    let is_granted = |service: &String| allowing.clone().any(|statement| is_allowed(statement, service));
    known(documents).into_iter().filter(is_granted).collect()
}

/// The namespaces of the services that this server speaks for, and those that statements of these documents name, ordered.
pub(super) fn known(documents: &[Arc<Document>]) -> BTreeSet<String> {
    let patterns = documents.iter().flat_map(|document| &document.statements);
    let named = patterns.flat_map(|statement| statement.action.patterns()).filter_map(namespace);
    let spoken = SERVICES.iter().map(|service| service.signing_name);
    spoken.chain(named).map(str::to_owned).collect()
}

/// Whether service control policies that stand at one place let anything of a service through: one of them allows some of
/// it, and none denies all of it, whatever the request.
pub(super) fn lets_through(documents: &[Arc<Document>], service: &str) -> bool {
    let mut statements = documents.iter().flat_map(|document| &document.statements);
    let allows = |statement: &Statement| statement.effect == Effect::Allow && is_allowed(statement, service);
    let denies = |statement: &Statement| statement.effect == Effect::Deny && is_about_all(statement, service);
    statements.clone().any(allows) && !statements.any(denies)
}

/// Whether a statement is about all actions of a service on all resources, without conditions.
fn is_about_all(statement: &Statement, service: &str) -> bool {
    let everywhere = match &statement.resource {
        Some(ResourceClause::Resource(patterns)) => {
            patterns.iter().any(|pattern| pattern.form == ResourceForm::Any)
        }
        Some(ResourceClause::NotResource(_)) | None => false,
    };
    let all = match &statement.action {
        ActionClause::Action(patterns) => patterns.iter().any(|pattern| {
            let folded = pattern.folded();
            folded == "*" || folded.split_once(':') == Some((service, "*"))
        }),
        ActionClause::NotAction(patterns) => {
            patterns.iter().all(|pattern| namespace(pattern).is_some_and(|named| named != service))
        }
    };
    everywhere && all && statement.conditions.is_empty()
}

/// The service of an action pattern, unless it is of all.
fn namespace(pattern: &ActionPattern) -> Option<&str> {
    pattern.folded().split_once(':').map(|(service, _)| service)
}

/// Whether a statement is about any action of a service.
fn is_allowed(statement: &Statement, service: &str) -> bool {
    match &statement.action {
        ActionClause::Action(patterns) => {
            patterns.iter().any(|pattern| namespace(pattern).is_none_or(|named| named == service))
        }
        ActionClause::NotAction(patterns) => !patterns.iter().any(|pattern| {
            let folded = pattern.folded();
            folded == "*" || folded.split_once(':') == Some((service, "*"))
        }),
    }
}

/// What a service is called. Of services that this server does not speak for only the namespace is known.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
pub(super) fn service_name(namespace: &str) -> &str {
    match namespace {
        "iam" => "AWS Identity and Access Management",
        "organizations" => "AWS Organizations",
        "sts" => "AWS Security Token Service",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use doorward_policy::Kind;

    use super::*;

    #[test]
    fn services_by_statement() {
        let statement = |effect: &str, element: &str, actions: &str| {
            format!(r#"{{"Effect":"{effect}","{element}":{actions},"Resource":"*"}}"#)
        };
        for (statements, expected) in [
            (vec![statement("Allow", "Action", r#""s3:Get*""#)], "s3"),
            (vec![statement("Allow", "Action", r#"["SQS:*","s3:Get*","s3:Put*"]"#)], "s3 sqs"),
            (vec![statement("Allow", "Action", r#""*""#)], "SPOKEN"),
            (vec![statement("Deny", "Action", r#""*""#)], ""),
            (
                vec![statement("Allow", "Action", r#""*""#), statement("Deny", "Action", r#""ec2:*""#)],
                "ec2 SPOKEN",
            ),
            (vec![statement("Allow", "NotAction", r#"["sts:*","s3:Get*"]"#)], "SPOKEN s3 -sts"),
            (vec![statement("Allow", "NotAction", r#""*""#)], ""),
        ] {
            let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
            let document = Arc::new(Document::parse(&text, Kind::Managed).unwrap());
            let spoken: Vec<&str> = SERVICES.iter().map(|service| service.signing_name).collect();
            let expected = expected.replace("SPOKEN", &spoken.join(" "));
            let (left, taken): (Vec<_>, Vec<_>) =
                expected.split_whitespace().partition(|word| !word.starts_with('-'));
            let mut wanted: Vec<&str> = left;
            wanted.retain(|service| !taken.contains(&format!("-{service}").as_str()));
            wanted.sort_unstable();
            assert_eq!(services(&[document]), wanted, "{text}");
        }
    }
}

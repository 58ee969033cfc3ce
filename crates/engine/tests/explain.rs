//! Explanations: missed statements, remedies, the JSON of both, and decoded messages.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use doorward_engine::policy::explain::{CheckEffect, Decision, Explanation, Failure, Layer, Remedy};
use doorward_engine::policy::request::{
    Attached, Choices, Guardrails, Level, Policies, Request, Requester, Resource, SessionOrigin, Source,
};
use doorward_engine::policy::{Document, Kind};
use doorward_engine::{CompiledPolicies, decide, decoded_message, denying_policy, explain, schema};
use serde_json::{Value, json};

fn attached(kind: Kind, name: &str, statements: &str) -> Attached {
    let text = format!("{{\"Version\": \"2012-10-17\",\n \"Statement\": [{statements}]}}");
    let document = Arc::new(Document::parse(&text, kind).unwrap());
    let arn = (kind == Kind::Managed).then(|| format!("arn:aws:iam::111111111111:policy/{name}"));
    Attached { document, source: Source { name: name.into(), arn, attached_to: "ana".into() } }
}

fn identity(statements: &str) -> Policies {
    Policies { identity: vec![attached(Kind::Managed, "P", statements)], ..Policies::default() }
}

fn request(action: &str, arn: &str) -> Request {
    let account = "111111111111".parse().unwrap();
    let requester = Requester::User { account, id: "AIDAANA".into(), path: "/".into(), name: "ana".into() };
    Request {
        context: requester.context(),
        requester,
        action: action.into(),
        resource: Resource { arn: arn.into(), account: Some(account) },
    }
}

fn explained(request: &Request, policies: &Policies) -> Explanation {
    let compiled = CompiledPolicies::new(policies);
    let prepared = doorward_engine::Policies::new(compiled, Choices::default());
    let explanation = explain(request, &prepared);
    assert_eq!(decide(request, &prepared), explanation.decision);
    explanation
}

const OBJECT: &str = "arn:aws:s3:::b/k";

/// Which statement the remedy is about, and the parts of it that stand in the way.
fn check(statements: &str, decision: Decision, remedy: Option<(&str, &[&str])>) {
    let explanation = explained(&request("s3:GetObject", OBJECT), &identity(statements));
    assert_eq!(explanation.decision, decision, "{statements}");
    let parts = |failures: &[Failure]| {
        let part = |failure: &Failure| match failure {
            Failure::Principal => "principal".to_owned(),
            Failure::Resource => "resource".to_owned(),
            Failure::Condition { key, .. } => key.clone(),
        };
        failures.iter().map(part).collect::<Vec<_>>()
    };
    let actual = explanation.remedy.map(|remedy| match remedy {
        Remedy::Narrow(place) => (place.sid.unwrap(), vec!["narrow".to_owned()]),
        Remedy::Satisfy { place, failures } => (place.sid.unwrap(), parts(&failures)),
        Remedy::Grant { layer, target, action, resource } => {
            assert_eq!(
                (layer, action.as_str(), resource.as_str()),
                (Layer::Identity, "s3:GetObject", OBJECT)
            );
            (target, vec!["grant".to_owned()])
        }
    });
    let expected = remedy.map(|(sid, parts)| {
        (sid.to_owned(), parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>())
    });
    assert_eq!(actual, expected, "{statements}");
}

#[test]
fn remedies() {
    let implicit = Decision::ImplicitDeny(Layer::Identity);
    let ana = "arn:aws:iam::111111111111:user/ana";
    check(r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#, implicit, Some((ana, &["grant"])));
    let elsewhere =
        r#"{"Sid": "Elsewhere", "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::c/*"}"#;
    check(elsewhere, implicit, Some(("Elsewhere", &["resource"])));
    let conditional = r#"{"Sid": "Mfa", "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition":
        {"Bool": {"aws:MultiFactorAuthPresent": true}, "StringEquals": {"aws:username": "bob"}}}"#;
    let both: &[&str] = &["aws:MultiFactorAuthPresent", "aws:username"];
    check(&format!("{elsewhere}, {conditional}"), implicit, Some(("Mfa", both)));
    let denials = r#"{"Sid": "Off", "Effect": "Deny", "Action": "s3:*", "Resource": "*",
        "Condition": {"Bool": {"aws:SecureTransport": false}}},
        {"Sid": "On", "Effect": "Deny", "Action": "s3:Get*", "Resource": "*"}"#;
    check(denials, Decision::ExplicitDeny(Layer::Identity), Some(("On", &["narrow"])));
    let allow = r#"{"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    check(allow, Decision::Allow(doorward_engine::policy::explain::Grant::Identity), None);
}

#[test]
fn what_was_wanted_and_what_was_found() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition":
        {"StringEquals": {"aws:username": ["bob", "eve"]}, "NumericLessThan": {"aws:MultiFactorAuthAge": 5}}}"#;
    let policies = identity(statement);
    let explanation = explained(&request("s3:GetObject", OBJECT), &policies);
    let [check] = &explanation.checks[..] else { panic!("{explanation:?}") };
    assert_eq!((check.layer, check.effect), (Layer::Identity, CheckEffect::ImplicitDeny));
    let [miss] = &check.missed[..] else { panic!("{check:?}") };
    let text = &policies.identity[0].document.text;
    assert_eq!((miss.place.position.line, miss.place.position.column), (2, 16));
    assert!(text[miss.place.span.start as usize..].starts_with("{\"Effect\""));
    let [
        Failure::Condition { operator, wanted, found, .. },
        Failure::Condition { key, found: missing, span, .. },
    ] = &miss.failures[..]
    else {
        panic!("{miss:?}")
    };
    assert_eq!(operator, "StringEquals");
    assert_eq!(wanted, &["bob", "eve"]);
    assert_eq!(found.as_deref(), Some(&["ana".to_owned()][..]));
    assert_eq!((key.as_str(), missing), ("aws:MultiFactorAuthAge", &None));
    assert_eq!(&text[span.start as usize..span.end as usize], "\"aws:MultiFactorAuthAge\"");
}

fn guarded() -> Policies {
    let full =
        || attached(Kind::ServiceControl, "Full", r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#);
    let level = |target: &str, policies| Level { target: target.into(), policies };
    let allow = r#"{"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    Policies {
        service_control: Some(Guardrails {
            management_account: "999999999999".parse().unwrap(),
            levels: vec![
                level("r-1", vec![full()]),
                level("ou-1", vec![]),
                level("111111111111", vec![full()]),
            ],
        }),
        ..identity(allow)
    }
}

#[test]
fn guardrails_are_checked_level_by_level() {
    let explanation = explained(&request("s3:GetObject", OBJECT), &guarded());
    assert_eq!(explanation.decision, Decision::ImplicitDeny(Layer::ServiceControl));
    let seen: Vec<_> =
        explanation.checks.iter().map(|check| (check.target.as_str(), check.effect.name())).collect();
    assert_eq!(
        seen,
        [
            ("r-1", "ALLOW"),
            ("ou-1", "IMPLICIT_DENY"),
            ("111111111111", "ALLOW"),
            ("arn:aws:iam::111111111111:user/ana", "ALLOW"),
        ]
    );
    let json = schema::evaluation(&explanation);
    assert_eq!(json["evaluatedEffect"], "IMPLICIT_DENY");
    assert_eq!(json["matchedPolicies"], json!([]), "an implicit denial comes of no statement");
    assert_eq!(json["reason"], json!({"layer": "SERVICE_CONTROL_POLICY"}));
    assert_eq!(json["remedy"]["target"], "ou-1");
    assert_eq!(json["context"]["aws:username"], "ana");
    assert_eq!(json["checks"][3]["matchedPolicies"][0]["matchedStatements"][0]["sid"], "All");
}

#[test]
fn the_deciding_statements_stand_on_top() {
    let mut policies = identity(
        r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}"#,
    );
    let explanation = explained(&request("s3:GetObject", OBJECT), &policies);
    assert_eq!(denying_policy(&explanation), Some("arn:aws:iam::111111111111:policy/P"));
    let json = schema::evaluation(&explanation);
    let [policy] = &json["matchedPolicies"].as_array().unwrap()[..] else { panic!("{json}") };
    assert_eq!(policy["uri"], "arn:aws:iam::111111111111:policy/P");
    let [statement] = &policy["matchedStatements"].as_array().unwrap()[..] else { panic!("{json}") };
    assert_eq!((&statement["sid"], &statement["index"]), (&json!("Statement2"), &json!(1)));
    assert_eq!((&statement["evaluatedEffect"], &statement["line"]), (&json!("DENY"), &json!(2)));

    policies.identity[0].source.arn = None;
    let explanation = explained(&request("s3:GetObject", OBJECT), &policies);
    assert_eq!(denying_policy(&explanation), None);
    assert_eq!(schema::evaluation(&explanation)["matchedPolicies"][0]["uri"], "inline:ana#P");
}

#[test]
fn decoded_messages_name_the_statement_and_the_context() {
    let policies =
        identity(r#"{"Sid": "No", "Effect": "Deny", "Action": ["s3:Get*", "s3:Put*"], "Resource": "*"}"#);
    let mut asked = request("s3:GetObject", OBJECT);
    let account = "111111111111".parse().unwrap();
    asked.requester = Requester::RoleSession {
        account,
        role_id: "AROADEV".into(),
        role_path: "/".into(),
        role_name: "Dev".into(),
        session_name: "ana".into(),
        origin: SessionOrigin::AssumeRole,
    };
    asked.context = doorward_engine::policy::request::Context::default();
    asked.context.put("aws:SourceIp", "10.0.0.1");
    let message = decoded_message(&asked, &CompiledPolicies::new(&policies), &explained(&asked, &policies));
    let items = |values: &[&str]| json!({"items": values.iter().map(|value| json!({"value": value})).collect::<Vec<Value>>()});
    let expected = json!({
        "allowed": false,
        "explicitDeny": true,
        "matchedStatements": {"items": [{
            "statementId": "No",
            "effect": "DENY",
            "principals": items(&["AROADEV"]),
            "principalGroups": items(&[]),
            "actions": items(&["s3:Get*", "s3:Put*"]),
            "resources": items(&["*"]),
            "conditions": items(&[]),
        }]},
        "failures": items(&[]),
        "context": {
            "principal": {"id": "AROADEV:ana", "arn": "arn:aws:sts::111111111111:assumed-role/Dev/ana"},
            "action": "GetObject",
            "resource": OBJECT,
            "conditions": {"items": [{"key": "aws:SourceIp", "values": items(&["10.0.0.1"])}]},
        },
    });
    assert_eq!(message, expected);
}

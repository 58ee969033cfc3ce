//! Explanations: missed statements, remedies, the JSON of both, and decoded messages.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use doorward_engine::policy::explain::{
    CheckEffect, Clause, Decision, Edit, Element, Explanation, Grant, Layer,
};
use doorward_engine::policy::request::{
    Attached, Attachments, Choices, Guardrails, Level, Request, Requester, Resource, SessionOrigin, Source,
};
use doorward_engine::policy::{Document, Kind};
use doorward_engine::{CompiledPolicies, checks, decide, decoded_message, denying_policy, explain, schema};
use serde_json::{Value, json};

fn attached(kind: Kind, name: &str, statements: &str) -> Attached {
    let text = format!("{{\"Version\": \"2012-10-17\",\n \"Statement\": [{statements}]}}");
    let document = Arc::new(Document::parse(&text, kind).unwrap());
    let arn = (kind == Kind::Managed).then(|| format!("arn:aws:iam::111111111111:policy/{name}"));
    Attached { document, source: Source { name: name.into(), arn, attached_to: "ana".into() } }
}

fn identity(statements: &str) -> Attachments {
    Attachments { identity: vec![attached(Kind::Managed, "P", statements)], ..Attachments::default() }
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

fn explained(request: &Request, policies: &Attachments) -> Explanation {
    let compiled = CompiledPolicies::new(policies);
    let prepared = doorward_engine::Policies::new(compiled, Choices::default());
    let explanation = explain(request, &prepared);
    assert_eq!(decide(request, &prepared), explanation.decision);
    assert_eq!(checks(request, &prepared), (explanation.decision, explanation.checks.clone()));
    explanation
}

const OBJECT: &str = "arn:aws:s3:::b/k";

/// The edits, each in one line, and the settings, of a request that these identity-based statements lead to `decision`.
fn check(statements: &str, decision: Decision, edits: &[&str], settings: &[(&str, Option<&str>)]) {
    check_remedy(&request("s3:GetObject", OBJECT), &identity(statements), decision, edits, settings);
}

fn check_remedy(
    request: &Request,
    policies: &Attachments,
    decision: Decision,
    edits: &[&str],
    settings: &[(&str, Option<&str>)],
) {
    let explanation = explained(request, policies);
    assert_eq!(explanation.decision, decision, "{policies:?}");
    let actual: Vec<String> = explanation.remedy.edits.iter().map(line).collect();
    assert_eq!(actual, edits, "{policies:?}");
    let actual: Vec<_> = explanation
        .remedy
        .settings
        .iter()
        .map(|setting| (setting.key.as_str(), setting.value.as_deref()))
        .collect();
    assert_eq!(actual, settings, "{policies:?}");
}

/// `LAYER - SID`, or `LAYER + STATEMENT`, with the nearest statement's `Sid` and what it fails on.
fn line(edit: &Edit) -> String {
    match edit {
        Edit::Remove { layer, place, .. } => format!("{layer:?} - {}", place.sid.as_deref().unwrap_or("?")),
        Edit::Grant { layer, statement, nearest: None, .. } => format!("{layer:?} + {statement}"),
        Edit::Grant { layer, statement, nearest: Some(miss), .. } => {
            let parts: Vec<String> = miss.failures.iter().map(part).collect();
            let sid = miss.place.sid.as_deref().unwrap_or("?");
            format!("{layer:?} + {statement} or {sid}: {}", parts.join(", "))
        }
    }
}

fn part(clause: &Clause) -> String {
    match &clause.element {
        Element::Condition { key, .. } => key.clone(),
        other @ (Element::Principal | Element::NotPrincipal | Element::Resource | Element::NotResource) => {
            format!("{other:?}")
        }
    }
}

const GRANT: &str = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/k"}"#;

#[test]
fn denials_are_turned_by_granting() {
    let implicit = Decision::ImplicitDeny(Layer::Identity);
    let grant = format!("Identity + {GRANT}");
    check(r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#, implicit, &[&grant], &[]);
    let elsewhere =
        r#"{"Sid": "Elsewhere", "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::c/*"}"#;
    check(elsewhere, implicit, &[&format!("{grant} or Elsewhere: Resource")], &[]);
    let conditional = r#"{"Sid": "Mfa", "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition":
        {"Bool": {"aws:MultiFactorAuthPresent": true}, "NumericLessThan": {"aws:MultiFactorAuthAge": 60}}}"#;
    check(
        &format!("{elsewhere}, {conditional}"),
        implicit,
        &[&format!("{grant} or Mfa: aws:MultiFactorAuthPresent, aws:MultiFactorAuthAge")],
        &[("aws:MultiFactorAuthPresent", Some("true")), ("aws:MultiFactorAuthAge", Some("59"))],
    );
    let other_user = r#"{"Sid": "Bob", "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition":
        {"StringEquals": {"aws:username": "bob"}}}"#;
    check(other_user, implicit, &[&format!("{grant} or Bob: aws:username")], &[]);
}

#[test]
fn denials_are_turned_by_taking_every_deny_out() {
    let explicit = Decision::ExplicitDeny(Layer::Identity);
    let off = r#"{"Sid": "Off", "Effect": "Deny", "Action": "s3:*", "Resource": "*",
        "Condition": {"Bool": {"aws:SecureTransport": false}}}"#;
    let on = r#"{"Sid": "On", "Effect": "Deny", "Action": "s3:Get*", "Resource": "*"}"#;
    let also = r#"{"Sid": "Also", "Effect": "Deny", "NotAction": "ec2:*", "Resource": "*",
        "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": false}}}"#;
    let all = r#"{"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    check(&format!("{off}, {on}, {all}"), explicit, &["Identity - On"], &[]);
    check(&format!("{on}, {also}, {all}"), explicit, &["Identity - On", "Identity - Also"], &[]);
    check(
        &format!("{off}, {also}, {all}"),
        explicit,
        &["Identity - Also"],
        &[("aws:MultiFactorAuthPresent", Some("true"))],
    );
    let grant = format!("Identity + {GRANT}");
    check(&format!("{off}, {on}"), explicit, &["Identity - On", &grant], &[]);
}

#[test]
fn what_is_allowed_is_turned_by_taking_grants_away() {
    let allow = Decision::Allow(Grant::Identity);
    let all = r#"{"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    let get = r#"{"Sid": "Get", "Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}"#;
    let put = r#"{"Sid": "Put", "Effect": "Allow", "Action": "s3:Put*", "Resource": "*"}"#;
    check(&format!("{all}, {put}"), allow, &["Identity - All"], &[]);
    check(&format!("{all}, {put}, {get}"), allow, &["Identity - All", "Identity - Get"], &[]);
}

#[test]
fn both_sides_are_asked_across_accounts() {
    let bucket = |statement: &str| attached(Kind::Resource, "bucket", statement);
    let mut request = request("s3:GetObject", "arn:aws:s3:::b/a*${x}");
    request.resource.account = Some("222222222222".parse().unwrap());
    let mut policies = identity(r#"{"Sid": "Get", "Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}"#);
    let grant = r#"Resource + {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:user/ana"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/a${*}${$}{x}"}"#;
    let unnamed = Decision::ImplicitDeny(Layer::Resource);
    check_remedy(&request, &policies, unnamed, &[grant], &[]);
    policies.resource = Some(bucket(
        r#"{"Sid": "Bob", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:user/bob"},
            "Action": "s3:*", "Resource": "*"}"#,
    ));
    check_remedy(&request, &policies, unnamed, &[&format!("{grant} or Bob: Principal")], &[]);
    policies.resource = Some(bucket(
        r#"{"Sid": "Ana", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:user/ana"},
            "Action": "s3:*", "Resource": "*"}"#,
    ));
    let both = Decision::Allow(Grant::Both(doorward_engine::policy::explain::Claim::User));
    check_remedy(&request, &policies, both, &["Identity - Get"], &[]);
    policies.identity.clear();
    let own =
        r#"Identity + {"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/a${*}${$}{x}"}"#;
    check_remedy(&request, &policies, Decision::ImplicitDeny(Layer::Identity), &[own], &[]);
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
    let [name, age] = &miss.failures[..] else { panic!("{miss:?}") };
    let element = Element::Condition { operator: "StringEquals".into(), key: "aws:username".into() };
    assert_eq!(name.element, element);
    assert_eq!(name.wanted, ["bob", "eve"]);
    assert_eq!(name.found.as_deref(), Some(&["ana".to_owned()][..]));
    assert_eq!((part(age).as_str(), &age.found), ("aws:MultiFactorAuthAge", &None));
    assert_eq!((age.position.line, age.position.column), (3, 80));
    assert_eq!(&text[age.span.start as usize..age.span.end as usize], "\"aws:MultiFactorAuthAge\": 5");
}

#[test]
fn principals_and_resources_that_fail_have_their_place() {
    let mut policies = Attachments::default();
    let statement = r#"{"Effect": "Allow", "Principal": {"AWS": ["222222222222", "333333333333"]}, "Action": "s3:*",
        "Resource": ["arn:aws:s3:::c", "arn:aws:s3:::c/*"]}"#;
    policies.resource = Some(attached(Kind::Resource, "bucket", statement));
    let explanation = explained(&request("s3:GetObject", OBJECT), &policies);
    let [principal, resource] = &explanation.checks[0].missed[0].failures[..] else {
        panic!("{explanation:?}")
    };
    let text = &policies.resource.as_ref().unwrap().document.text;
    for (clause, element, wanted, found, written) in [
        (
            principal,
            Element::Principal,
            ["222222222222", "333333333333"],
            "arn:aws:iam::111111111111:user/ana",
            r#""222222222222", "333333333333""#,
        ),
        (
            resource,
            Element::Resource,
            ["arn:aws:s3:::c", "arn:aws:s3:::c/*"],
            OBJECT,
            r#""arn:aws:s3:::c", "arn:aws:s3:::c/*""#,
        ),
    ] {
        assert_eq!((&clause.element, &clause.wanted[..]), (&element, &wanted.map(str::to_owned)[..]));
        assert_eq!(clause.found, Some(vec![found.to_owned()]));
        assert_eq!(&text[clause.span.start as usize..clause.span.end as usize], written);
    }
}

fn guarded() -> Attachments {
    let full =
        || attached(Kind::ServiceControl, "Full", r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#);
    let level = |target: &str, policies| Level { target: target.into(), policies };
    let allow = r#"{"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    Attachments {
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
    assert_eq!(json["remedy"]["edits"][0]["target"], "ou-1");
    assert_eq!(json["remedy"]["edits"][0]["statement"]["Action"], "s3:GetObject");
    assert_eq!(json["context"]["aws:username"], "ana");
    assert_eq!(json["checks"][3]["matchedPolicies"][0]["matchedStatements"][0]["sid"], "All");
}

#[test]
fn the_deciding_statements_stand_on_top() {
    let mut policies = identity(
        r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}"#,
    );
    let asked = request("s3:GetObject", OBJECT);
    let explanation = explained(&asked, &policies);
    assert_eq!(denying_policy(&asked, &explanation), Some("arn:aws:iam::111111111111:policy/P"));
    let json = schema::evaluation(&explanation);
    let [policy] = &json["matchedPolicies"].as_array().unwrap()[..] else { panic!("{json}") };
    assert_eq!(policy["uri"], "arn:aws:iam::111111111111:policy/P");
    let [statement] = &policy["matchedStatements"].as_array().unwrap()[..] else { panic!("{json}") };
    assert_eq!((&statement["sid"], &statement["index"]), (&json!("Statement2"), &json!(1)));
    assert_eq!((&statement["evaluatedEffect"], &statement["line"]), (&json!("DENY"), &json!(2)));

    policies.identity[0].source.arn = None;
    let explanation = explained(&request("s3:GetObject", OBJECT), &policies);
    assert_eq!(denying_policy(&asked, &explanation), None);
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

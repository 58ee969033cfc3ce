//! What nobody should ask: policies, requests and contexts of any size, keys that collide, values at the ends of what there
//! is. Each has a decision, and nothing that is not understood allows.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use doorward_engine::policy::explain::{Decision, Grant, Layer};
use doorward_engine::policy::request::{self, Attached, Choices, Request, Requester, Resource, Source};
use doorward_engine::policy::{Document, Kind};
use doorward_engine::{CompiledPolicies, Policies, decide, explain};

const MANY: usize = 100_000;

const ALLOWED: Decision = Decision::Allow(Grant::Identity);
const UNALLOWED: Decision = Decision::ImplicitDeny(Layer::Identity);
const DENIED: Decision = Decision::ExplicitDeny(Layer::Identity);

fn prepared(statements: &str) -> Policies {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
    let document = Arc::new(Document::parse(&text, Kind::Inline).unwrap());
    let source = Source { name: "P".into(), arn: None, attached_to: "ana".into() };
    let policies =
        request::Attachments { identity: vec![Attached { document, source }], ..Default::default() };
    Policies::new(CompiledPolicies::new(&policies), Choices::default())
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

const OBJECT: &str = "arn:aws:s3:::b/k";

fn check(statements: &str, request: &Request, expected: Decision) {
    let actual = decide(request, &prepared(statements));
    let start: String = statements.chars().take(160).collect();
    assert_eq!(actual, expected, "{start}");
}

fn list(item: &str) -> String {
    (0..MANY).map(|n| item.replace('#', &n.to_string())).collect::<Vec<_>>().join(",")
}

/// A statement that allows everything under a condition.
fn when(condition: &str) -> String {
    format!(r#"{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{{condition}}}}}"#)
}

#[test]
fn great_numbers_of_things_are_judged() {
    let asked = request("s3:GetObject", OBJECT);
    let allow = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}"#;
    let others = list(r#"{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::other#/*"}"#);
    check(&format!("{others},{allow}"), &asked, ALLOWED);
    check(&others, &asked, UNALLOWED);
    let each = [
        (r#""Action":["#, list(r#""s3:Other#""#), r#"],"Resource":"*""#),
        (r#""Action":"s3:*","Resource":["#, list(r#""arn:aws:s3:::other#/*""#), "]"),
        (
            r#""Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:username":["#,
            list(r#""other#""#),
            "]}}",
        ),
        (r#""Action":"*","Resource":"*","Condition":{"StringLike":{"#, list(r#""other#":"*""#), "}}"),
    ];
    for (before, items, after) in each {
        let statement = format!(r#"{{"Effect":"Allow",{before}{items}{after}}}"#);
        check(&statement, &asked, UNALLOWED);
    }
    let excepted = format!(
        r#"{{"Effect":"Allow","NotAction":[{}],"NotResource":[{}]}}"#,
        list(r#""s3:Other#""#),
        list(r#""arn:aws:s3:::other#/*""#)
    );
    check(&excepted, &asked, ALLOWED);
}

#[test]
fn great_contexts_are_searched_and_not_read() {
    let mut asked = request("s3:GetObject", OBJECT);
    for n in 0..MANY {
        asked.context.put(&format!("aws:RequestTag/T{n}"), "v");
    }
    check(&when(r#""StringEquals":{"AWS:requesttag/t99999":"v"}"#), &asked, ALLOWED);
    check(&when(r#""StringEquals":{"aws:RequestTag/T100000":"v"}"#), &asked, UNALLOWED);
    // One key, however it is written: the last value counts.
    asked.context.put("aws:REQUESTTAG/T7", "w");
    check(&when(r#""StringEquals":{"aws:RequestTag/T7":"v"}"#), &asked, UNALLOWED);
    check(&when(r#""StringEquals":{"aws:RequestTag/T7":"w"}"#), &asked, ALLOWED);
    // And both of two tests of that key must hold.
    check(&when(r#""StringEquals":{"aws:RequestTag/T7":"w","aws:requesttag/t7":"v"}"#), &asked, UNALLOWED);
    asked.context.put_all("aws:TagKeys", (0..MANY).map(|n| format!("k{n}")).collect());
    check(&when(r#""ForAnyValue:StringEquals":{"aws:TagKeys":["a","b","k99999"]}"#), &asked, ALLOWED);
    check(&when(r#""ForAllValues:StringLike":{"aws:TagKeys":["x*","k*"]}"#), &asked, ALLOWED);
    check(&when(r#""ForAllValues:StringLike":{"aws:TagKeys":["k?","k??","k????"]}"#), &asked, UNALLOWED);
}

#[test]
fn wildcards_do_not_multiply() {
    let arn = format!("arn:aws:s3:::{}", "a".repeat(2_000));
    for (pattern, expected) in [
        ("*a".repeat(1_000), ALLOWED),
        (format!("{}b", "*a".repeat(1_000)), UNALLOWED),
        (format!("{}b*", "*".repeat(10_000)), UNALLOWED),
        ("*".repeat(100_000), ALLOWED),
        ("?".repeat(2_000), ALLOWED),
        ("?".repeat(2_001), UNALLOWED),
        (format!("{}?", "*?".repeat(2_000)), UNALLOWED),
        ("*?".repeat(2_000), ALLOWED),
    ] {
        let statement =
            format!(r#"{{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::{pattern}"}}"#);
        check(&statement, &request("s3:GetObject", &arn), expected);
        let mut asked = request("s3:GetObject", OBJECT);
        asked.context.put("k", &"a".repeat(2_000));
        check(&when(&format!(r#""StringLike":{{"k":"{pattern}"}}"#)), &asked, expected);
    }
    // Fields may swallow one another: a `*` at the end of each.
    let statement = r#"{"Effect":"Allow","Action":"*","Resource":"arn:*:s3:*:*:*b"}"#;
    check(statement, &request("s3:GetObject", &format!("arn:aws:s3:{}", "aws:".repeat(5_000))), UNALLOWED);
}

#[test]
fn variables_stand_for_what_they_are() {
    let statement = |resource: &str| {
        format!(r#"{{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::{resource}"}}"#)
    };
    let mut asked = request("s3:GetObject", &format!("arn:aws:s3:::{}", "*".repeat(10_000)));
    asked.context.put("k", "*");
    check(&statement(&"${k}".repeat(10_000)), &asked, ALLOWED);
    check(&statement(&"${k}".repeat(10_001)), &asked, UNALLOWED);
    check(&statement("${k}"), &request("s3:GetObject", "arn:aws:s3:::anything"), UNALLOWED);
    asked.context.put("k", "${k}");
    check(&statement("${k}"), &asked, UNALLOWED);
    asked.resource.arn = "arn:aws:s3:::${k}".into();
    check(&statement("${k}"), &asked, ALLOWED);
    check(&statement("${k}"), &request("s3:GetObject", "arn:aws:s3:::${k}"), UNALLOWED);
}

#[test]
fn strange_requests_are_not_allowed_by_name() {
    let statement = r#"{"Effect":"Allow","Action":["s3:GetObject","s3:Put*"],"Resource":"arn:aws:s3:::b/*"}"#;
    let long = "x".repeat(1_000_000);
    for (action, resource, expected) in [
        ("s3:getOBJECT", OBJECT, ALLOWED),
        ("s3:Put\u{0}", OBJECT, ALLOWED),
        (&*format!("s3:Put{long}"), OBJECT, ALLOWED),
        ("s3:GetObject", &*format!("arn:aws:s3:::b/{long}"), ALLOWED),
        ("s3:GetObject", "arn:aws:s3:::b/\u{1f600}\u{0}\n", ALLOWED),
        (&*format!("s3:{long}"), OBJECT, UNALLOWED),
        ("", OBJECT, UNALLOWED),
        (":", OBJECT, UNALLOWED),
        ("s3", OBJECT, UNALLOWED),
        ("s3:", OBJECT, UNALLOWED),
        ("*", OBJECT, UNALLOWED),
        ("s3:*", OBJECT, UNALLOWED),
        ("s3:Pu", OBJECT, UNALLOWED),
        ("s3:GetObject ", OBJECT, UNALLOWED),
        ("s3:GetObject\u{0}", OBJECT, UNALLOWED),
        ("\u{feff}s3:GetObject", OBJECT, UNALLOWED),
        ("s3:G\u{435}tObject", OBJECT, UNALLOWED),
        ("s3:GetObject", "", UNALLOWED),
        ("s3:GetObject", "*", UNALLOWED),
        ("s3:GetObject", "arn:aws:s3:::b", UNALLOWED),
        ("s3:GetObject", "arn:aws:s3:::B/k", UNALLOWED),
        ("s3:GetObject", "ARN:aws:s3:::b/k", UNALLOWED),
        ("s3:GetObject", "arn:aws:s3::b/k", UNALLOWED),
        ("s3:GetObject", "arn:aws:s3::::b/k", UNALLOWED),
        ("s3:GetObject", &*":".repeat(MANY), UNALLOWED),
    ] {
        check(statement, &request(action, resource), expected);
    }
}

/// What is not a number, a date or an address passes no comparison, whichever side it stands on.
#[test]
fn values_at_the_ends_are_compared_or_fail() {
    let nines = "9".repeat(MANY);
    for (operator, wanted, found, passes) in [
        ("NumericLessThan", "1e999999999", "1e999999998", true),
        ("NumericGreaterThan", "-1e999999999", "-1e-999999999", true),
        ("NumericEquals", "0", "-0", true),
        ("NumericEquals", "1000", "1e3", true),
        ("NumericLessThan", "1e100000", &*nines, true),
        ("NumericEquals", "1", "NaN", false),
        ("NumericLessThan", "1", "NaN", false),
        ("NumericLessThan", "1", "-Infinity", false),
        ("NumericGreaterThan", "1", "0x10", false),
        ("NumericGreaterThan", "1", "1e99999999999", false),
        ("NumericGreaterThan", "NaN", "1", false),
        ("NumericLessThan", "Infinity", "1", false),
        ("DateLessThan", "9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z", true),
        ("DateLessThan", "2016-12-31T23:59:59Z", "2016-12-31T23:59:60Z", false),
        ("DateGreaterThan", "2016-12-31T23:59:59Z", "2016-12-31T23:59:60Z", false),
        ("DateGreaterThan", "2026-01-01", "9223372036854775807", true),
        ("DateGreaterThan", "2026-01-01", "9223372036854775808", false),
        ("DateGreaterThan", "2026-01-01", "", false),
        ("IpAddress", "10.0.0.0/8", "10.1.2.3", true),
        ("IpAddress", "10.0.0.0/8", "::ffff:10.1.2.3", false),
        ("IpAddress", "0.0.0.0/0", "::1", false),
        ("IpAddress", "fe80::/10", "fe80::1%eth0", false),
        ("IpAddress", "0.0.0.0/0", "010.1.2.3", false),
        ("IpAddress", "10.0.0.0/33", "10.1.2.3", false),
        ("Bool", "true", "TRUE", true),
        ("Bool", "true", "1", false),
        ("Bool", "true", "true ", false),
        ("Bool", "yes", "yes", false),
    ] {
        let mut asked = request("s3:GetObject", OBJECT);
        asked.context.put("k", found);
        let expected = if passes { ALLOWED } else { UNALLOWED };
        let condition = format!(r#""{operator}":{{"k":"{wanted}"}}"#);
        check(&when(&condition), &asked, expected);
    }
}

/// One set of policies, asked for one action after another that nobody has.
#[test]
fn actions_without_end_are_answered() {
    let policies = prepared(r#"{"Effect":"Allow","Action":["s3:Get*","s3:Action7"],"Resource":"*"}"#);
    for n in 0..20_000 {
        let expected = if n == 7 { ALLOWED } else { UNALLOWED };
        assert_eq!(decide(&request(&format!("s3:Action{n}"), OBJECT), &policies), expected, "{n}");
        assert_eq!(decide(&request(&format!("s3:Get{n}"), OBJECT), &policies), ALLOWED, "{n}");
        assert_eq!(decide(&request(&format!("other{n}:Get"), OBJECT), &policies), UNALLOWED, "{n}");
    }
}

#[test]
fn explanations_name_the_last_of_many_statements() {
    let count = 2_000;
    let other = r#"{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::other/*"}"#;
    let last = r#"{"Sid":"Last","Effect":"Deny","Action":"s3:*","Resource":"*"}"#;
    let policies = prepared(&format!("{}{last}", format!("{other},\n").repeat(count)));
    let explanation = explain(&request("s3:GetObject", OBJECT), &policies);
    assert_eq!(explanation.decision, DENIED);
    let [check] = &explanation.checks[..] else { panic!("one check") };
    let place = &check.matched[0].place;
    assert_eq!((place.index, place.sid.as_deref()), (count, Some("Last")));
    assert_eq!((place.position.line as usize, place.position.column), (count + 1, 1));
}

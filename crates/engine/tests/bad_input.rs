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

/// A value of the policy that is not of the operator's type makes the others no less, and lets nothing pass by negation.
#[test]
fn values_of_another_type_stand_beside_others() {
    for (operator, wanted, found, expected) in [
        ("NumericEquals", r#""5","x""#, "5", ALLOWED),
        ("NumericEquals", r#""5","x""#, "6", UNALLOWED),
        ("NumericNotEquals", r#""5","7""#, "6", ALLOWED),
        ("NumericNotEquals", r#""5","x""#, "6", UNALLOWED),
        ("NumericNotEquals", r#""x""#, "6", UNALLOWED),
        ("NumericLessThan", r#""x","7""#, "6", ALLOWED),
        ("NumericLessThan", r#""5","7""#, "6", ALLOWED),
        ("NumericGreaterThan", r#""7","9","x""#, "8", ALLOWED),
        ("DateNotEquals", r#""2026-01-01","2026-01-03""#, "2026-01-02", ALLOWED),
        ("NotIpAddress", r#""10.0.0.0/8","fe80::/10""#, "11.0.0.1", ALLOWED),
        ("NotIpAddress", r#""10.0.0.0/8","x""#, "11.0.0.1", UNALLOWED),
        ("IpAddress", r#""x","10.0.0.0/8""#, "10.0.0.1", ALLOWED),
    ] {
        let mut asked = request("s3:GetObject", OBJECT);
        asked.context.put("k", found);
        check(&when(&format!(r#""{operator}":{{"k":[{wanted}]}}"#)), &asked, expected);
        // As many as are put in order first.
        let many = format!("{wanted},{}", vec![wanted; 30].join(","));
        check(&when(&format!(r#""{operator}":{{"k":[{many}]}}"#)), &asked, expected);
    }
}

/// A default counts where its key is missing, and nowhere else; case counts for no operator that says so.
#[test]
fn texts_from_variables_are_compared_without_regard_to_case() {
    for (wanted, told, found, expected) in [
        ("${told, 'D'}", None, "d", ALLOWED),
        ("${told, 'D'}", Some("v"), "d", UNALLOWED),
        ("${told, 'D'}", Some("v"), "V", ALLOWED),
        ("\u{c4}-${told}", Some("\u{d6}"), "\u{e4}-\u{f6}", ALLOWED),
        ("\u{c4}b", None, "\u{e4}B", ALLOWED),
        ("\u{c4}b", None, "\u{e4}bb", UNALLOWED),
        ("ab", None, "\u{e4}b", UNALLOWED),
        ("\u{c4}b", None, "ab", UNALLOWED),
        ("AbC", None, "aBc", ALLOWED),
        ("AbC", None, "aBd", UNALLOWED),
        // A letter that is beyond ASCII, and in lower case is not.
        ("k", None, "\u{212a}", ALLOWED),
        ("\u{212a}", None, "K", ALLOWED),
    ] {
        let mut asked = request("s3:GetObject", OBJECT);
        told.into_iter().for_each(|value| asked.context.put("told", value));
        asked.context.put("k", found);
        for more in ["", r#","other","${none}""#] {
            let condition = format!(r#""StringEqualsIgnoreCase":{{"k":["{wanted}"{more}]}}"#);
            check(&when(&condition), &asked, expected);
        }
    }
}

/// Colons that come from a variable separate the fields of an ARN; the sixth field may hold more of them, and no other.
#[test]
fn arns_have_six_fields() {
    let (long, plain) = ("arn:aws:sqs:eu:1:q:x:y", "arn:aws:s3:::b");
    let others: String = (0..20)
        .map(|n| {
            format!(r#","arn:aws:sns:*:{n}:never*","arn:aws:sns:${{k}}{n}:*:*:*","arn:${{k}}:{n}:a:b:c""#)
        })
        .collect();
    for (found, k, wanted, expected) in [
        (long, "arn:aws:sqs:eu:1:q:x:y", "${k}", ALLOWED),
        (long, "arn:aws:sqs:eu:1:q:x", "${k}", UNALLOWED),
        (long, "arn:aws:sqs:eu:1:q:x", "${k}:y", ALLOWED),
        (long, "arn:aws:sqs:eu:1:q", "${k}:x:*", ALLOWED),
        (long, "arn:aws:sqs:eu:1", "${k}:*", ALLOWED),
        (long, "arn:aws:sqs:eu", "${k}:1:q:x:y", ALLOWED),
        (long, "arn:aws", "${k}:sqs:eu:1:q:x:y", ALLOWED),
        (long, "arn:aws", "${k}:sqs:eu:1:q:x", UNALLOWED),
        (long, "arn:aws", "${k}:sqs:*:*:q:x:y", ALLOWED),
        (long, "arn", "${k}:aws:sqs:eu:1:q:x:y", ALLOWED),
        (long, "q:x:y", "arn:aws:sqs:eu:1:${k}", ALLOWED),
        (long, "1:q:x:y", "arn:aws:sqs:eu:${k}", ALLOWED),
        (long, "eu:1:q", "arn:aws:sqs:${k}:x:y", ALLOWED),
        (long, "eu:1", "arn:aws:sqs:${k}:q:x:z", UNALLOWED),
        (long, "arn:aws:sqs:eu:1", "${k}", UNALLOWED),
        (long, "", "arn:aws:sqs:eu:1:q:x:y", ALLOWED),
        (long, "", "arn:aws:sqs:eu:1:q:x:z", UNALLOWED),
        (long, "", "arn:aws:s*:eu:1:q:*", ALLOWED),
        (long, "", "arn:aws:s*:e?:1:*y", ALLOWED),
        (long, "", "arn:aws:*:1:q:x:y", UNALLOWED),
        (long, "", "arn:aws:*:eu:1:q:*:x:y", UNALLOWED),
        (long, "", "arn:*:eu:1:q:x:y", UNALLOWED),
        (long, "", "arn:aws:sqs:eu:*:y", UNALLOWED),
        (long, "", "arn:aws:sqs:eu:*", UNALLOWED),
        (long, "", "arn:aws:sqs:*:q*", UNALLOWED),
        (plain, "", "arn:aws:s3:::b", ALLOWED),
        (plain, "", "arn:*:s3:*:*:b*", ALLOWED),
        (plain, "", "arn:aws:s3*:*:b", UNALLOWED),
        (plain, "", "arn:aws:*:*:*:*", ALLOWED),
        (plain, "", "arn:aws:*", UNALLOWED),
        (plain, "::b", "arn:aws:s3:${k}", ALLOWED),
        ("arn:aws:s3::b", "", "arn:aws:s3:::b", UNALLOWED),
        ("arn:aws:s3::b", "", "arn:aws:s3::b", UNALLOWED),
        ("x", "", "*", UNALLOWED),
    ] {
        let mut asked = request("s3:GetObject", OBJECT);
        asked.context.put("aws:SourceArn", found);
        asked.context.put("k", k);
        for more in ["", &others] {
            let condition = format!(r#""ArnLike":{{"aws:SourceArn":["{wanted}"{more}]}}"#);
            check(&when(&condition), &asked, expected);
        }
    }
    // What is no ARN passes no comparison, not even a negated one.
    for (found, wanted, expected) in [
        (plain, "arn:aws:s3:::c", ALLOWED),
        (plain, "arn:aws:s3:::b", UNALLOWED),
        (plain, "arn:aws:s3", UNALLOWED),
        (plain, "arn:aws:s3::${*}b", UNALLOWED),
        (plain, "arn:aws:s3:::${*}b", ALLOWED),
        ("x", "arn:aws:s3:::b", UNALLOWED),
    ] {
        let mut asked = request("s3:GetObject", OBJECT);
        asked.context.put("aws:SourceArn", found);
        asked.context.put("k", "w");
        for more in ["", &others.replace("${k}", "")] {
            let condition = format!(r#""ArnNotLike":{{"aws:SourceArn":["{wanted}"{more}]}}"#);
            check(&when(&condition), &asked, expected);
        }
    }
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
        ("IpAddress", "0.0.0.0/0", "256.256.256.256", false),
        ("IpAddress", "0.0.0.0/0", "999.999.999.999", false),
        ("IpAddress", "255.255.255.255/32", "255.255.255.255", true),
        ("IpAddress", "1.2.3.4/32", "1.2.3.4", true),
        ("IpAddress", "10.200.30.0/32", "10.200.30.0", true),
        ("IpAddress", "10.200.30.0/32", "10.20.30.0", false),
        ("IpAddress", "0.0.0.0/0", "010.1.2.3", false),
        ("IpAddress", "10.0.0.0/33", "10.1.2.3", false),
        ("BinaryEquals", "a+b/", "a+b/", true),
        ("BinaryEquals", "++//", "++//", true),
        ("BinaryEquals", "ab!d", "ab!d", false),
        ("BinaryEquals", "abc", "abc", false),
        ("BinaryEquals", "a=bc", "a=bc", false),
        ("StringEqualsIgnoreCase", "a${none}", "a", false),
        ("StringEqualsIgnoreCase", "${none}", "", false),
        ("StringLike", "*${none}", "a", false),
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

/// Names that look alike to a hash that does not regard the case: an answer about one is none about the other.
#[test]
fn actions_that_differ_in_one_bit_are_told_apart() {
    for (named, other) in [
        ("s3:GetObject", "s\u{13}:GetObject"),
        ("s3:GetObject", "s3\u{1a}GetObject"),
        ("s3:Get-Object", "s3:Get\u{d}Object"),
        ("s3:Get_Object", "s3:Get\u{7f}Object"),
        ("s3:GetObjectNumber1", "s3:GetObjectNumber\u{11}"),
    ] {
        let statement = format!(r#"{{"Effect":"Allow","Action":"{named}","Resource":"*"}}"#);
        for order in [[named, other, named], [other, named, other]] {
            let policies = prepared(&statement);
            for action in order {
                let expected = if action == named { ALLOWED } else { UNALLOWED };
                assert_eq!(decide(&request(action, OBJECT), &policies), expected, "{action:?} of {order:?}");
            }
        }
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

//! Policies of which so much must be looked at that it is looked at together: the decision is the one that looking at each
//! statement explains.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use doorward_engine::policy::request::{
    Attached, Attachments, Choices, Request, Requester, Resource, Source,
};
use doorward_engine::policy::{Document, Kind};
use doorward_engine::{CompiledPolicies, Policies, decide, explain};
use proptest::prelude::*;

/// How many statements a policy has: too many for each to be looked at by itself, at these texts.
const STATEMENTS: usize = 40;

fn check(statements: &[String], object: &str, agents: &[String]) -> bool {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
    let document = Arc::new(Document::parse(&text, Kind::Inline).unwrap());
    let source = Source { name: "P".into(), arn: None, attached_to: "ana".into() };
    let attachments = Attachments { identity: vec![Attached { document, source }], ..Default::default() };
    let policies = Policies::new(CompiledPolicies::new(&attachments), Choices::default());
    let account = "111111111111".parse().unwrap();
    let requester = Requester::User { account, id: "AIDAANA".into(), path: "/".into(), name: "ab".into() };
    let mut context = requester.context();
    match agents {
        [] => {}
        [only] => context.put("aws:useragent", only),
        several => context.put_all("aws:useragent", several.to_vec()),
    }
    let resource =
        Resource { arn: format!("arn:aws:logs:eu-west-1:111111111111:b/{object}"), account: Some(account) };
    let request = Request { requester, action: "s3:GetObject".into(), resource, context };
    let decided = decide(&request, &policies);
    assert_eq!(decided, explain(&request, &policies).decision, "{text}\n{request:?}");
    // Once what is looked at together has been made, it is asked again.
    assert_eq!(decide(&request, &policies), decided, "{text}\n{request:?}");
    decided.is_allowed()
}

/// Patterns that hold in part.
fn pattern() -> impl Strategy<Value = String> {
    prop_oneof![
        "(\\*[ab?]{1,4}){1,3}\\*?",
        "(a|b|ab|\\$\\{aws:username\\})\\*([ab?]{1,6}\\*){0,3}",
        "[ab]{0,3}\\*[ab?é]{1,9}\\*(é|\\?|a)?",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ab]{900,2000}", "[ab]{0,30}[abé:]{900,1200}", "(ab){400,900}[ab]{0,4}"]
}

fn statement(kind: usize, patterns: &[String], arns: bool) -> String {
    let quoted = |before: &str| {
        patterns.iter().map(|pattern| format!("\"{before}{pattern}\"")).collect::<Vec<_>>().join(",")
    };
    let effect = if kind.is_multiple_of(5) { "Allow" } else { "Deny" };
    let start = format!(r#"{{"Effect":"{effect}","Action":"s3:*""#);
    let operators = ["StringLike", "StringNotLike", "ForAllValues:StringLike", "ForAnyValue:StringNotLike"];
    let arn_operators = ["ArnLike", "ArnNotLike", "ForAllValues:ArnNotEquals", "ForAnyValue:ArnLike"];
    let never = r#""Condition":{"StringEquals":{"aws:username":"nobody"}}"#;
    match kind % 7 {
        0 | 1 => format!(r#"{start},"Resource":[{}]}}"#, quoted("arn:aws:logs:eu-west-1:111111111111:b/")),
        2 => format!(
            r#"{start},"Resource":[{}],{never}}}"#,
            quoted(if arns {
                "arn:aws:logs:eu-west-?:111111111111:b/"
            } else {
                "arn:aws:logs:?u-west-1:*:b/"
            })
        ),
        3 => format!(r#"{start},"NotResource":[{}]}}"#, quoted("arn:aws:logs:eu-west-1:111111111111:b/")),
        _ => {
            let (operators, before) = if arns { (arn_operators, "arn:a:b:*:c:") } else { (operators, "") };
            let operator = operators.get(kind / 7 % 4).unwrap();
            format!(
                r#"{start},"Resource":"*","Condition":{{"{operator}":{{"aws:useragent":[{}]}}}}}}"#,
                quoted(before)
            )
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn as_each_statement_explains(
        kinds in prop::collection::vec((0usize..70, prop::collection::vec(pattern(), 1..4)), STATEMENTS),
        same in prop::option::of(0usize..7),
        arns in any::<bool>(),
        object in text(),
        agents in prop::collection::vec(text(), 0..3),
    ) {
        // A deny settles most; some policies say one sort of thing only, and some only allow.
        let statements: Vec<String> = kinds
            .iter()
            .map(|(kind, patterns)| statement(same.map_or(*kind, |same| same + kind / 7 * 35), patterns, arns))
            .collect();
        let before = if arns { "arn:a:b:c:c:" } else { "" };
        let agents: Vec<String> = agents.iter().map(|agent| format!("{before}{agent}")).collect();
        check(&statements, &object, &agents);
    }
}

/// A statement on a log group, by its patterns.
fn on(effect: &str, patterns: &[String]) -> String {
    let quoted: Vec<String> = patterns
        .iter()
        .map(|pattern| format!("\"arn:aws:logs:eu-west-1:111111111111:b/{pattern}\""))
        .collect();
    format!(r#"{{"Effect":"{effect}","Action":"s3:*","Resource":[{}]}}"#, quoted.join(","))
}

/// What matches among many patterns that do not is still said by the statement that it stands in.
#[test]
fn each_pattern_keeps_its_statement() {
    let others: Vec<String> = (0..STATEMENTS).map(|number| format!("*0?{number}*")).collect();
    let (that, object) = (["*a?a*".to_owned()], "a".repeat(1_500));
    assert!(!check(&[on("Allow", &["*".to_owned()]), on("Allow", &others), on("Deny", &that)], &object, &[]));
    assert!(check(&[on("Deny", &others), on("Allow", &that)], &object, &[]));
}

/// Variables are told apart however many they are, and match nothing where they are missing.
#[test]
fn many_variables_stay_apart() {
    let statement = |number| {
        let value = format!("*${{aws:PrincipalTag/t{number}}}*");
        format!(
            r#"{{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{{"StringLike":{{"aws:useragent":"{value}"}}}}}}"#
        )
    };
    let statements: Vec<String> = (0..300).map(statement).collect();
    assert!(!check(&statements, "a", &["a".repeat(2_000)]));
}

/// A test that lists nothing compares with nothing: what is no ARN to others on the key passes it.
#[test]
fn a_test_without_values_stays_apart() {
    let deny = |number| {
        format!(
            r#"{{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{{"ArnLike":{{"aws:useragent":"arn:a:b:*:c:*a?{number}"}}}}}}"#
        )
    };
    let mut statements: Vec<String> = (0..STATEMENTS).map(deny).collect();
    statements.push(
        r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:logs:eu-west-1:111111111111:b/*",
            "Condition":{"ForAnyValue:ArnNotLike":{"aws:useragent":[]}}}"#
            .to_owned(),
    );
    assert!(check(&statements, "a", &["a".repeat(2_000)]));
}

/// A text that is no ARN pattern is compared with nothing, however many other tests there are on the key.
#[test]
fn what_is_no_arn_pattern_stays_apart() {
    let others: Vec<String> = (0..STATEMENTS).map(|number| format!(r#""arn:a:b:*:c:*a?{number}""#)).collect();
    let test = |effect: &str, operator: &str, values: &str| {
        format!(
            r#"{{"Effect":"{effect}","Action":"s3:*","Resource":"*","Condition":{{"{operator}":{{"aws:useragent":[{values}]}}}}}}"#
        )
    };
    let agent = format!("arn:a:b:c:c:{}", "a".repeat(2_000));
    for (pattern, allowed) in [("arn:a:b", false), ("arn:a:${aws:username}", false), ("arn:a:b:c:c:b*", true)]
    {
        let mut statements: Vec<String> = others.iter().map(|other| test("Deny", "ArnLike", other)).collect();
        let values = format!(r#""{pattern}",{}"#, others.join(","));
        statements.push(test("Allow", "ArnNotLike", &values));
        assert_eq!(check(&statements, "a", std::slice::from_ref(&agent)), allowed, "{pattern}");
    }
}

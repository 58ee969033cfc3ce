//! Documents made at random by the grammar: they are accepted, printing them settles at once and changes nothing they
//! say; whatever is done to their text, the parser answers and points into it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use doorward_policy::{Document, Kind, PrincipalClause, ResourceClause, Span};
use proptest::prelude::*;
use proptest::sample::select;

const KINDS: [Kind; 8] = [
    Kind::Managed,
    Kind::Inline,
    Kind::Trust,
    Kind::Session,
    Kind::Resource,
    Kind::ServiceControl,
    Kind::ResourceControl,
    Kind::Endpoint,
];

/// The document without its text and places.
fn bare(mut document: Document) -> Document {
    document.text = "".into();
    for statement in &mut document.statements {
        statement.span = Span::default();
        if let Some(PrincipalClause::Principal(entries) | PrincipalClause::NotPrincipal(entries)) =
            &mut statement.principal
        {
            entries.iter_mut().for_each(|entry| entry.span = Span::default());
            entries.sort_by(|a, b| {
                (a.principal.key().name(), &a.text).cmp(&(b.principal.key().name(), &b.text))
            });
        }
        let (doorward_policy::ActionClause::Action(actions)
        | doorward_policy::ActionClause::NotAction(actions)) = &mut statement.action;
        actions.iter_mut().for_each(|action| action.span = Span::default());
        if let Some(ResourceClause::Resource(patterns) | ResourceClause::NotResource(patterns)) =
            &mut statement.resource
        {
            patterns.iter_mut().for_each(|pattern| pattern.span = Span::default());
        }
        for test in &mut statement.conditions {
            (test.operator_span, test.key_span) = (Span::default(), Span::default());
            test.values.iter_mut().for_each(|value| value.span = Span::default());
        }
    }
    document
}

fn check_printing(document: Document) {
    let printed = document.canonical();
    let parsed = Document::parse(&printed, document.kind);
    assert!(parsed.is_ok(), "{printed}: {parsed:?}");
    let again = parsed.unwrap();
    assert_eq!(again.canonical(), printed);
    assert_eq!(bare(again), bare(document), "{printed}");
}

/// Whatever the text, there is an answer; spans lie in the text, on characters, and inside out.
fn check_answer(text: &str, kind: Kind) {
    match Document::parse(text, kind) {
        Ok(document) => {
            for statement in &document.statements {
                assert!(
                    text.get(statement.span.start as usize..statement.span.end as usize)
                        .is_some_and(|slice| slice.starts_with('{'))
                );
            }
            check_printing(document);
        }
        Err(malformed) => {
            assert!(!malformed.message.is_empty() && !malformed.detail.is_empty());
            let Span { start, end } = malformed.span;
            assert!(start <= end && end as usize <= text.len(), "{text}: {malformed:?}");
        }
    }
}

fn some_of(items: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        select(items).prop_map(|item| format!("\"{item}\"")),
        prop::collection::vec(select(items), 1..4)
            .prop_map(|items| format!("[\"{}\"]", items.join("\", \""))),
    ]
}

const ACTIONS: [&str; 5] = ["s3:Get*", "*", "IAM:CreateUser", "a-b.c:d e?", "*:*"];
const STS_ACTIONS: [&str; 3] = ["sts:AssumeRole", "sts:*", "STS:TagSession"];
const RCP_ACTIONS: [&str; 2] = ["s3:*", "sts:AssumeRole"];
const RESOURCES: [&str; 6] = [
    "*",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b/${aws:username}/${*}",
    "arn:aws:sqs:*:111111111111:${aws:PrincipalTag/q, 'none'}",
    "arn:*:iam::*:role/\\u00e9?",
    "arn:aws:sns:eu-west-1:1:t:sub",
];
const AWS: [&str; 7] = [
    "*",
    "123456789012",
    "arn:aws:iam::123456789012:root",
    "arn:aws:iam::123456789012:user/a/Bob",
    "arn:aws:sts::123456789012:assumed-role/R/s",
    "arn:aws:sts::123456789012:federated-user/F",
    "AROADBQP57FF2AEXAMPLE",
];
const SERVICES: [&str; 2] = ["ec2.amazonaws.com", "s3.amazonaws.com"];
const PROVIDERS: [&str; 2] = ["accounts.google.com", "arn:aws:iam::123456789012:saml-provider/ADFS"];
const TESTS: [&str; 9] = [
    r#""StringEquals":{"aws:username":["a","${aws:username}"]}"#,
    r#""ForAnyValue:StringLikeIfExists":{"aws:TagKeys":[],"k":"x*"}"#,
    r#""NumericLessThan":{"s3:max-keys":10,"n":[1.50,"2"]}"#,
    r#""DateGreaterThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}"#,
    r#""Bool":{"aws:SecureTransport":true,"b":[false,"TRUE"]}"#,
    r#""Null":{"aws:TagKeys":"false"}"#,
    r#""NotIpAddress":{"aws:SourceIp":["10.0.0.0/8","::1"]}"#,
    r#""ArnLike":{"aws:SourceArn":"arn:aws:s3:::*"}"#,
    r#""BinaryEquals":{"k":"QmluYXJ5"}"#,
];

fn conditions() -> impl Strategy<Value = String> {
    prop::option::of(prop::sample::subsequence(TESTS.to_vec(), 0..=TESTS.len())).prop_map(|tests| {
        tests.map_or(String::new(), |tests| format!(",\"Condition\":{{{}}}", tests.join(",")))
    })
}

fn principals() -> impl Strategy<Value = String> {
    let group = |key: &'static str, items| {
        prop::option::of(some_of(items)).prop_map(move |list| list.map(|list| format!("\"{key}\":{list}")))
    };
    (group("Service", &SERVICES), group("AWS", &AWS), group("Federated", &PROVIDERS))
        .prop_map(|(service, aws, federated)| {
            [service, aws, federated].into_iter().flatten().collect::<Vec<_>>()
        })
        .prop_filter("nobody", |groups| !groups.is_empty())
        .prop_map(|groups| format!("{{{}}}", groups.join(",")))
}

fn statement(kind: Kind) -> BoxedStrategy<String> {
    let effect = select(if kind == Kind::ResourceControl { vec!["Deny"] } else { vec!["Allow", "Deny"] });
    let principal = match kind {
        Kind::Managed | Kind::Inline | Kind::Session | Kind::ServiceControl => Just(String::new()).boxed(),
        Kind::Trust => principals().prop_map(|object| format!(",\"Principal\":{object}")).boxed(),
        Kind::ResourceControl => Just(",\"Principal\":\"*\"".to_owned()).boxed(),
        Kind::Resource | Kind::Endpoint => prop_oneof![
            Just(",\"Principal\":\"*\"".to_owned()),
            principals().prop_map(|object| format!(",\"Principal\":{object}")),
            principals().prop_map(|object| format!(",\"NotPrincipal\":{object}")),
        ]
        .boxed(),
    };
    let action = match kind {
        Kind::Trust => some_of(&STS_ACTIONS).boxed(),
        Kind::ResourceControl => some_of(&RCP_ACTIONS).boxed(),
        Kind::Managed
        | Kind::Inline
        | Kind::Session
        | Kind::Resource
        | Kind::ServiceControl
        | Kind::Endpoint => some_of(&ACTIONS).boxed(),
    };
    let action = (
        if kind == Kind::ResourceControl { Just("").boxed() } else { select(vec!["", "Not"]).boxed() },
        action,
    )
        .prop_map(|(not, list)| format!(",\"{not}Action\":{list}"));
    let resource = if kind == Kind::Trust {
        Just(String::new()).boxed()
    } else {
        (select(vec!["", "Not"]), some_of(&RESOURCES))
            .prop_map(|(not, list)| format!(",\"{not}Resource\":{list}"))
            .boxed()
    };
    (effect, principal, action, resource, conditions())
        .prop_map(|(effect, principal, action, resource, conditions)| {
            let effect = if principal.contains("NotPrincipal") { "Deny" } else { effect };
            format!("{{\"Effect\":\"{effect}\"{principal}{action}{resource}{conditions}}}")
        })
        .boxed()
}

fn document() -> impl Strategy<Value = (Kind, String)> {
    select(&KINDS[..]).prop_flat_map(|kind| {
        prop::collection::vec(statement(kind), 1..4).prop_map(move |statements| {
            (kind, format!("{{\"Version\": \"2012-10-17\",\"Statement\": [{}]}}", statements.join(", ")))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_grammar_makes_is_accepted((kind, text) in document()) {
        let document = Document::parse(&text, kind);
        prop_assert!(document.is_ok(), "{kind:?} {text}: {document:?}");
        check_printing(document.unwrap());
    }

    #[test]
    fn damaged_documents_are_answered(
        (_, text) in document(),
        kind in select(&KINDS[..]),
        at in any::<prop::sample::Index>(),
        with in "[\\[\\]{},:\"\\\\*?$a-zA-Z0-9 é]{0,4}",
        cut in 0usize..8,
    ) {
        let characters: Vec<char> = text.chars().collect();
        let at = at.index(characters.len());
        let rest = characters.iter().copied().skip(at + cut);
        let damaged: String = characters[..at].iter().copied().chain(with.chars()).chain(rest).collect();
        check_answer(&damaged, kind);
    }

    #[test]
    fn any_text_is_answered(text in any::<String>(), kind in select(&KINDS[..])) {
        check_answer(&text, kind);
    }

    #[test]
    fn any_bytes_are_answered(bytes in any::<Vec<u8>>(), kind in select(&KINDS[..])) {
        check_answer(&String::from_utf8_lossy(&bytes), kind);
    }
}

/// Texts of the greatest length that a request can carry, each made to be slow for a careless parser.
#[test]
fn the_longest_documents_are_answered() {
    const LENGTH: usize = 131_072;
    let fill =
        |item: &str, separator: &str| vec![item; LENGTH / (item.len() + separator.len())].join(separator);
    let statement =
        |rest: &str| format!(r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow",{rest}}}}}"#);
    let numbered = |pattern: &str| {
        (0..6_000).map(|n| pattern.replace('#', &n.to_string())).collect::<Vec<_>>().join(",")
    };
    let accepted = [
        statement(&format!(r#""Action":"s3:*","Resource":[{}]"#, fill("\"*\"", ","))),
        statement(&format!(r#""Action":"s3:*","Resource":"arn:aws:s3:::{}""#, fill("*a", ""))),
        statement(&format!(r#""Action":"s3:*","Resource":"arn:aws:s3:::{}""#, fill("${a}", ""))),
        statement(&format!(r#""Action":"s3:*","Resource":"arn:aws:s3:::{}""#, fill("\\u0061", ""))),
        statement(&format!(r#""Action":["s3:{}"],"Resource":"*""#, fill("?", ""))),
        statement(&format!(
            r#""Action":"s3:*","Resource":"*","Condition":{{"StringLike":{{{}}}}}"#,
            numbered("\"k#\":\"v\"")
        )),
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{}]}}"#,
            numbered(r#"{"Sid":"s#","Effect":"Allow","Action":"a:b","Resource":"*"}"#)
        ),
    ];
    for text in &accepted {
        let start: String = text.chars().take(80).collect();
        assert!(Document::parse(text, Kind::Managed).is_ok(), "{start}");
        check_answer(text, Kind::Managed);
    }
    for text in [
        fill("[", ""),
        fill("{\"a\":", ""),
        fill("\"", ""),
        fill("\\", ""),
        format!("\"{}", fill("\\\\", "")),
        fill("1", ""),
        fill("${", ""),
    ] {
        for kind in KINDS {
            check_answer(&text, kind);
        }
    }
}

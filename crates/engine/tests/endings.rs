//! Resources that have text in common, at their beginnings, behind a star, at their ends: each counts for itself, and for
//! what it matches alone.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::sync::Arc;

use doorward_engine::policy::explain::{Decision, Grant, Layer};
use doorward_engine::policy::request::{
    Attached, Attachments, Choices, Request, Requester, Resource, Source,
};
use doorward_engine::policy::{Document, Kind};
use doorward_engine::{Policies, decide, explain};

/// Allows everything but these resources.
fn denying(patterns: &[String]) -> Policies {
    let denials = patterns.iter().map(|pattern| {
        format!(r#",{{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::{pattern}"}}"#)
    });
    let allow = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{allow}{}]}}"#, denials.collect::<String>());
    let document = Arc::new(Document::parse(&text, Kind::Inline).unwrap());
    let source = Source { name: "P".into(), arn: None, attached_to: "ana".into() };
    let identity = vec![Attached { document, source }];
    Policies::compile(&Attachments { identity, ..Attachments::default() }, Choices::default())
}

fn request(resource: &str) -> Request {
    let account = "111111111111".parse().unwrap();
    let requester = Requester::User { account, id: "AIDAANA".into(), path: "/".into(), name: NAME.into() };
    let resource = Resource { arn: format!("arn:aws:s3:::{resource}"), account: Some(account) };
    Request { context: requester.context(), requester, action: "s3:GetObject".into(), resource }
}

/// Whether the pattern matches, found out in the simplest way.
fn matches(pattern: &[char], text: &[char]) -> bool {
    match (pattern, text) {
        ([], _) => text.is_empty(),
        (['*', after @ ..], _) => (0..=text.len()).any(|skipped| matches(after, &text[skipped..])),
        (['?', after @ ..], [_, rest @ ..]) => matches(after, rest),
        ([wanted, after @ ..], [character, rest @ ..]) => wanted == character && matches(after, rest),
        ([_, ..], []) => false,
    }
}

fn is_denied(policies: &Policies, request: &Request) -> bool {
    match decide(request, policies) {
        Decision::Allow(Grant::Identity) => false,
        Decision::ExplicitDeny(Layer::Identity) => true,
        other @ (Decision::Allow(_) | Decision::ImplicitDeny(_) | Decision::ExplicitDeny(_)) => {
            panic!("{other:?}")
        }
    }
}

/// The name of whoever asks.
const NAME: &str = "ana";

const BEGINNINGS: [&str; 3] = ["b", "b/", "c/d"];

const ENDINGS: [&str; 26] = [
    "",
    "*",
    "?",
    "??",
    "*x",
    "*?x",
    "*common-part/x",
    "*common-part/y",
    "*common-part/",
    "*common-part",
    "*common-partition*x",
    "*common-p?rt/x",
    "*mnopqrstuvwx",
    "*abcdefghijkl*",
    "*efghijkl",
    "*abcdefgh",
    "k*common-part/x",
    "*k*k*common-part/y*",
    "*\u{e9}",
    "*\u{e9}?",
    "?/common-part/?",
    "*aab*aab",
    "*?????????-",
    "${aws:username}",
    "*${aws:username}*x",
    "?${aws:username}?common-part*",
];

fn patterns() -> Vec<String> {
    BEGINNINGS.iter().flat_map(|one| ENDINGS.iter().map(move |other| format!("{one}{other}"))).collect()
}

fn resolved(pattern: &str) -> Vec<char> {
    pattern.replace("${aws:username}", NAME).chars().collect()
}

/// What the patterns match, and what they barely do not.
fn resources() -> Vec<String> {
    let mut all = Vec::new();
    for pattern in patterns() {
        for run in ["", "k", "aab", "zz/common-part/", "\u{e9}"] {
            for one in ["q", "\u{e9}", "\u{1f600}", ""] {
                let filled = pattern.replace('*', run).replace('?', one);
                all.extend([format!("{filled}x"), filled.replacen("c", "d", 2), filled]);
            }
        }
    }
    all.sort();
    all.dedup();
    all
}

#[test]
fn patterns_that_share_text_match_what_they_match_alone() {
    let (patterns, resources) = (patterns(), resources());
    assert!(resources.len() > 500, "{}", resources.len());
    let split: Vec<Vec<char>> = patterns.iter().map(|pattern| resolved(pattern)).collect();
    // Patterns that go on with nothing but a star would hide the others.
    let hides = |pattern: &str| pattern.ends_with('*') && pattern.matches('*').count() == 1;
    let some: Vec<usize> = (0..patterns.len()).filter(|place| !hides(&patterns[*place])).collect();
    let of = |places: &[usize]| -> Policies {
        denying(&places.iter().map(|place| patterns[*place].clone()).collect::<Vec<_>>())
    };
    let mut sets: Vec<Vec<usize>> = (0..patterns.len()).map(|place| vec![place]).collect();
    for (index, one) in some.iter().enumerate() {
        sets.extend(some.iter().skip(index + 1).step_by(9).map(|other| vec![*one, *other]));
        sets.push(vec![*one, some[(index * 7 + 5) % some.len()], some[(index * 11 + 2) % some.len()]]);
    }
    // As many as make it worth a look at what endings share, and so few that others do not hide one that is lost.
    sets.extend((0..7).map(|first| some.iter().copied().skip(first).step_by(7).collect()));
    sets.extend([some.clone(), (0..patterns.len()).collect()]);
    let requests: Vec<Request> = resources.iter().map(|resource| request(resource)).collect();
    let texts: Vec<Vec<char>> = resources.iter().map(|resource| resource.chars().collect()).collect();
    let expected: Vec<Vec<bool>> =
        split.iter().map(|pattern| texts.iter().map(|text| matches(pattern, text)).collect()).collect();
    for set in sets {
        let policies = of(&set);
        for (place, request) in requests.iter().enumerate() {
            let denied = set.iter().any(|pattern| expected[*pattern][place]);
            let named = || set.iter().map(|place| patterns[*place].as_str()).collect::<Vec<_>>();
            assert_eq!(is_denied(&policies, request), denied, "{:?} on {}", named(), resources[place]);
        }
    }
}

/// Resources so long that it would take too long to look at one pattern after the other.
#[test]
fn many_patterns_match_long_resources_as_each_does_alone() {
    let hides = |pattern: &String| !pattern.ends_with('*');
    let patterns: Vec<String> = patterns().into_iter().filter(hides).collect();
    let all = denying(&patterns);
    let runs = ["k".repeat(1_500), "aab".repeat(600), "\u{e9}z".repeat(500), "/common-part".repeat(100)];
    let (mut denied, mut total) = (0, 0);
    for run in &runs {
        for pattern in &patterns {
            let filled = pattern.replace("${aws:username}", NAME).replace('*', run).replace('?', "q");
            for resource in [format!("{filled}z"), format!("{filled}{run}"), format!("b/{run}{filled}")] {
                let text: Vec<char> = resource.chars().collect();
                let expected = patterns.iter().any(|pattern| matches(&resolved(pattern), &text));
                assert_eq!(is_denied(&all, &request(&resource)), expected, "{resource}");
                (denied, total) = (denied + usize::from(expected), total + 1);
            }
        }
    }
    assert!(denied > 50 && total - denied > 50, "{denied} of {total}");
}

/// Beginnings are compared to their last bit.
#[test]
fn beginnings_that_differ_in_one_byte_are_told_apart() {
    let long = "bcdefghijklmnopqrstuvwxyz0123456789";
    for length in 1..long.len() {
        // Two with the same start, so that what follows it stands by itself.
        let patterns = [format!("a{}*", &long[..length]), "az*".to_owned(), "b*".to_owned()];
        let policies = denying(&patterns);
        let whole = format!("a{}-end", &long[..length]);
        assert!(is_denied(&policies, &request(&whole)), "{whole}");
        for place in 0..whole.len() {
            for bit in 0..7 {
                let mut bytes = whole.clone().into_bytes();
                bytes[place] ^= 1 << bit;
                let resource = String::from_utf8(bytes).unwrap();
                let expected =
                    patterns.iter().any(|pattern| resource.starts_with(pattern.trim_end_matches('*')));
                assert_eq!(is_denied(&policies, &request(&resource)), expected, "{resource:?} of {whole}");
            }
        }
    }
}

/// Only the first field with a wildcard says whether a star may run past colons.
#[test]
fn a_star_within_a_field_stops_at_the_colon() {
    for (pattern, resource, denied) in [
        ("arn:aws:sqs:u*t:1*:q", "arn:aws:sqs:us-t:111:q", true),
        ("arn:aws:sqs:u*t:1*:q", "arn:aws:sqs:us:east:t:111:q", false),
        ("arn:aws:sqs:u*:1*1:q", "arn:aws:sqs:us:east:t:111:q", true),
        ("arn:aws:sqs:u?t:1*:q", "arn:aws:sqs:u:t:111:q", false),
    ] {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"*","Resource":"*"}},
                {{"Effect":"Deny","Action":"s3:GetObject","Resource":"{pattern}"}}]}}"#
        );
        let document = Arc::new(Document::parse(&text, Kind::Inline).unwrap());
        let source = Source { name: "P".into(), arn: None, attached_to: "ana".into() };
        let all = Attachments { identity: vec![Attached { document, source }], ..Attachments::default() };
        let mut request = request("");
        request.resource.arn = resource.into();
        let policies = Policies::compile(&all, Choices::default());
        let denies = |decision| matches!(decision, Decision::ExplicitDeny(_));
        let decisions = [decide(&request, &policies), explain(&request, &policies).decision];
        assert_eq!(decisions.map(denies), [denied; 2], "{pattern} on {resource}");
    }
}

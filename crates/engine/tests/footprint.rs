//! What is kept, and about how many bytes of it there are.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use doorward_engine::policy::explain::{Decision, Grant, Layer};
use doorward_engine::policy::request::{
    Attached, Attachments, Choices, Request, Requester, Resource, Source,
};
use doorward_engine::policy::{Document, Kind};
use doorward_engine::{CompiledDocument, CompiledPolicies, Listing, Policies, Shelf, decide};

fn document(statements: &str) -> Arc<Document> {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
    Arc::new(Document::parse(&text, Kind::Inline).unwrap())
}

fn compiled(statements: &str) -> CompiledPolicies {
    let source = Source { name: "P".into(), arn: None, attached_to: "ana".into() };
    let identity = vec![Attached { document: document(statements), source }];
    CompiledPolicies::new(&Attachments { identity, ..Attachments::default() })
}

fn request(action: &str, team: &str) -> Request {
    let account = "111111111111".parse().unwrap();
    let requester = Requester::User { account, id: "AIDAANA".into(), path: "/".into(), name: "ana".into() };
    let mut context = requester.context();
    context.put("aws:PrincipalTag/team", team);
    let resource = Resource { arn: "arn:aws:s3:::b/k".into(), account: Some(account) };
    Request { context, requester, action: action.into(), resource }
}

/// A statement about so many objects, each pattern of some form that is kept in its own way.
fn about(patterns: usize) -> String {
    let pattern = |place: usize| match place % 4 {
        0 => format!(r#""arn:aws:s3:::bucket{place}/key""#),
        1 => format!(r#""arn:aws:s3:::bucket{place}/*""#),
        2 => format!(r#""arn:aws:s3:::bucket/*{place}*end{place}""#),
        _ => format!(r#""arn:aws:s3:::bucket{place}/${{aws:username}}""#),
    };
    let patterns: Vec<String> = (0..patterns).map(pattern).collect();
    format!(r#"{{"Effect":"Allow","Action":["s3:GetObject","s3:Put*"],"Resource":[{}]}}"#, patterns.join(","))
}

const UNALLOWED: Decision = Decision::ImplicitDeny(Layer::Identity);

/// How much more the policies take after a question than before.
fn growth(policies: &Policies, action: &str) -> usize {
    let before = policies.bytes();
    assert_eq!(decide(&request(action, "red"), policies), UNALLOWED);
    policies.bytes() - before
}

#[test]
fn each_document_of_a_list_counts() {
    for count in [0, 1, 3] {
        let identity = (0..count).flat_map(|place| compiled(&about(place + 1)).identity).collect();
        let policies = CompiledPolicies { identity, ..CompiledPolicies::default() };
        assert_eq!(Listing::new(policies).documents(), count);
    }
}

/// What was put together for an action is kept, and found again for actions under the same statements.
#[test]
fn what_is_made_once_is_not_made_again() {
    let policies = Policies::new(compiled(&about(100)), Choices::default());
    assert!(policies.bytes() > 64, "{}", policies.bytes());
    let first = growth(&policies, "s3:PutObject");
    assert!(first > 4_000, "{first}");
    assert_eq!(growth(&policies, "s3:PutObject"), 0);
    assert_eq!(growth(&policies, "S3:PUTOBJECT"), 0);
    let same_class = growth(&policies, "s3:PutObjectTagging");
    assert!(same_class < 200, "{same_class}");
    let endless = growth(&policies, &format!("s3:Put{}", "x".repeat(2_000)));
    assert_eq!(endless, 0, "names longer than any are not kept");
    let long = growth(&policies, &format!("s3:Put{}", "x".repeat(100)));
    assert!((100..400).contains(&long), "{long}");
    let other_class = growth(&policies, "s3:DeleteObject");
    assert!((100..2_000).contains(&other_class), "{other_class}");
}

/// The guess is of the order of what is there: between a few bytes and a few hundred for each pattern.
#[test]
fn bytes_follow_from_what_the_policies_name() {
    let grown = |patterns: usize| {
        growth(&Policies::new(compiled(&about(patterns)), Choices::default()), "s3:PutObject")
    };
    let (few, many) = (grown(400), grown(4_000));
    let each = (many - few) / 3_600;
    assert!((100..1_000).contains(&each), "{each} bytes for each pattern");
    assert!((400 * 100..400 * 1_000).contains(&few), "{few}");
}

/// 8 bytes for each action named, and 4 for a statement about all services.
#[test]
fn documents_take_8_bytes_for_each_action() {
    let bytes = |actions: &str| {
        let statement = format!(r#"{{"Effect":"Allow","Action":[{actions}],"Resource":"*"}}"#);
        CompiledDocument::new(document(&statement)).bytes()
    };
    let one = bytes(r#""s3:GetObject""#);
    assert!((48..200).contains(&one), "{one}");
    assert_eq!(bytes(r#""s3:GetObject","s3:PutObject","sqs:Send*""#) - one, 2 * 8);
    assert_eq!(one - bytes(r#""*""#), 8 - 4);
}

/// A shelf holds what it made, and hands it out again for the same documents and tags alone.
#[test]
fn shelves_share_and_let_go() {
    let by_tag = r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::${aws:PrincipalTag/team}/*"}"#;
    let (one, other) = (compiled(&format!("{},{by_tag}", about(100))), compiled(by_tag));
    let prepare = |shelf: &Shelf, policies: &CompiledPolicies, team: &str| {
        let request = request("s3:GetObject", team);
        let prepared = shelf.prepare(policies.clone(), Choices::default(), &request.context);
        let expected = if team == "b" { Decision::Allow(Grant::Identity) } else { UNALLOWED };
        let unused = prepared.bytes();
        assert_eq!(decide(&request, &prepared), expected);
        (unused, prepared.bytes())
    };
    let shelf = Shelf::new(1 << 20);
    assert_eq!(shelf.bytes(), 0);
    let (unused, heavy) = prepare(&shelf, &one, "red");
    assert!(heavy > unused + 4_000, "{unused} {heavy}");
    assert_eq!(shelf.bytes(), heavy);
    assert_eq!(prepare(&shelf, &one, "red"), (heavy, heavy));
    let (others_unused, others) = prepare(&shelf, &one, "b");
    assert_eq!(others_unused, unused);
    assert_eq!(shelf.bytes(), heavy + others);
    // What else the request tells makes no difference to what is made.
    let mut elsewhere = request("s3:GetObject", "red");
    elsewhere.context.put("aws:SourceIp", "10.0.0.1");
    elsewhere.context.put("aws:username", "eve");
    let again = shelf.prepare(one.clone(), Choices::default(), &elsewhere.context);
    assert_eq!((again.bytes(), decide(&elsewhere, &again)), (heavy, UNALLOWED));
    let (_, light) = prepare(&shelf, &other, "red");
    assert!(light < heavy);
    assert_eq!(shelf.bytes(), heavy + others + light);
    // With room for less, what is not asked for again goes, and what was asked for last stays.
    let small = Shelf::new(3 * heavy);
    for team in 0..20 {
        prepare(&small, &one, &format!("team{team}"));
        assert!(small.bytes() <= 3 * heavy, "{}", small.bytes());
    }
    assert!(prepare(&small, &one, "team19").0 > 4_000 + unused);
    assert_eq!(prepare(&small, &one, "team0").0, unused);
}

/// Policies gathered once are what they were, and find the same plans again, for as long as those are kept.
#[test]
fn listings_find_their_plans_again() {
    let policies = compiled(&about(100));
    let listing = Listing::new(policies.clone());
    assert_eq!(listing.attached().identity.len(), 1);
    assert!(Arc::ptr_eq(&listing.attached().identity[0].document, &policies.identity[0].document));
    let asked = request("s3:PutObject", "red");
    let ask = |shelf: &Shelf| {
        let prepared = shelf.prepare_listed(&listing, Choices::default(), &asked.context);
        let before = prepared.bytes();
        assert_eq!(decide(&asked, &prepared), UNALLOWED);
        (before, prepared.bytes())
    };
    let (shelf, other) = (Shelf::new(1 << 20), Shelf::new(1 << 20));
    let (unused, used) = ask(&shelf);
    assert!(used > unused + 4_000, "{unused} {used}");
    assert_eq!(ask(&shelf), (used, used));
    assert_eq!(ask(&other), (unused, used), "each shelf keeps its own");
    assert_eq!((ask(&shelf), ask(&other)), ((used, used), (used, used)));
    assert_eq!((shelf.bytes(), other.bytes()), (used, used));
}

/// What is looked at together counts from the pattern on that makes it so many, and so does each key whose value is kept.
#[test]
fn what_is_looked_at_together_counts() {
    let grown = |count: usize, resource: &dyn Fn(usize) -> String, condition: &dyn Fn(usize) -> String| {
        let statement = |place| {
            let (resource, condition) = (resource(place), condition(place));
            format!(
                r#"{{"Effect":"Allow","Action":"s3:*","Resource":"{resource}","Condition":{{"StringLike":{{{condition}}}}}}}"#
            )
        };
        let statements: Vec<String> = (0..count).map(statement).collect();
        growth(&Policies::new(compiled(&statements.join(",")), Choices::default()), "s3:PutObject")
    };
    let (all, one) = (|_| "*".to_owned(), |_| r#""aws:UserAgent":"agent""#.to_owned());
    let agents = |place| format!(r#""aws:UserAgent":"*agent{place:02}*""#);
    let ends = |place| format!("arn:aws:s3:::bucket/*end{place:02}*");
    for grown in [&|count| grown(count, &all, &agents), &|count| grown(count, &ends, &one)]
        as [&dyn Fn(usize) -> usize; 2]
    {
        let (next, crowded) = (grown(32) - grown(31), grown(33) - grown(32));
        assert!(crowded > 10 * next && crowded > 10_000, "{next} {crowded}");
    }
    let keys = |place| format!(r#""s3:key{place}":"value""#);
    let values = |place| format!(r#""s3:key0":"value{place}""#);
    let kept = grown(8, &all, &keys) - grown(8, &all, &values);
    assert!((7 * 24..7 * 100).contains(&kept), "{kept}");
}

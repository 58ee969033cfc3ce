//! Resources that are written differently and say the same: every statement counts, in whichever order they stand.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use doorward_engine::policy::explain::{Decision, Layer};
use doorward_engine::policy::request::{
    Attached, Attachments, Choices, Request, Requester, Resource, Source,
};
use doorward_engine::policy::{Document, Kind};
use doorward_engine::{CompiledPolicies, Shelf, decide, explain};

fn attached(effect: &str, resource: &str) -> Attached {
    let text = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"{effect}","Action":"s3:GetObject","Resource":"{resource}"}}]}}"#
    );
    let document = Arc::new(Document::parse(&text, Kind::Inline).unwrap());
    Attached { document, source: Source { name: effect.into(), arn: None, attached_to: "ana".into() } }
}

fn check(asked: &str, identity: Vec<Attached>) {
    let account = "111111111111".parse().unwrap();
    let requester = Requester::User { account, id: "AIDAANA".into(), path: "/".into(), name: "ana".into() };
    let mut context = requester.context();
    context.put("aws:PrincipalTag/team", "red");
    let resource = Resource { arn: asked.into(), account: Some(account) };
    let request = Request { context, requester, action: "s3:GetObject".into(), resource };
    let policies = CompiledPolicies::new(&Attachments { identity, ..Attachments::default() });
    let alone = doorward_engine::Policies::new(policies.clone(), Choices::default());
    let shelved = Shelf::new(1 << 20).prepare(policies, Choices::default(), &request.context);
    let denied = Decision::ExplicitDeny(Layer::Identity);
    let decided = [decide(&request, &alone), decide(&request, &shelved), explain(&request, &alone).decision];
    assert_eq!(decided, [denied; 3], "{asked}");
}

#[test]
fn a_denial_counts_beside_an_allow_that_says_the_same() {
    for (asked, one, other) in [
        ("arn:aws:s3:::b/k", "arn:aws:s3:::b/*", "arn:aws:s3:::b/**"),
        ("arn:aws:s3:::b/$q", "arn:aws:s3:::b/$q", "arn:aws:s3:::b/${$}q"),
        ("arn:aws:s3:::b/red/k", "arn:aws:s3:::b/red/*", "arn:aws:s3:::b/${aws:PrincipalTag/team}/*"),
        ("arn:aws:s3:::b/red", "arn:aws:s3:::b/red", "arn:aws:s3:::b/${aws:PrincipalTag/team}"),
    ] {
        for (denied, allowed) in [(one, other), (other, one)] {
            check(asked, vec![attached("Deny", denied), attached("Allow", allowed)]);
            check(asked, vec![attached("Allow", allowed), attached("Deny", denied)]);
        }
    }
}

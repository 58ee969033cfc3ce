//! What explanations say would turn a decision turns it: for every case, and for random ones. And decision, explanation
//! and text of the denial say the same.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use doorward_conformance::cases::{self, Case};
use doorward_conformance::differential;
use doorward_conformance::generate::{self, Dice};
use doorward_conformance::remedies::{self, Offered};
use doorward_engine::{CompiledPolicies, decide, decoded_message, denial, explain, schema};
use doorward_policy::explain::{CheckEffect, Decision, Explanation, Grant, Layer};
use doorward_policy::request::{Attachments, FederationIssuer, Request, Requester};
use doorward_policy::{Effect, Kind};

/// How many random sets of policies are drawn, and how many requests each is asked.
const POLICIES: u64 = 1_000;
const REQUESTS: usize = 16;

#[derive(Default, Debug)]
struct Counts {
    /// Decisions, and of those that have a way by edits.
    denials: usize,
    turned: usize,
    allowances: usize,
    revoked: usize,
    /// Ways of several edits, and denials that can be turned by settings.
    several: usize,
    settings: usize,
}

impl Counts {
    fn add(&mut self, allowed: bool, offered: Offered) {
        let (all, some) = if allowed {
            (&mut self.allowances, &mut self.revoked)
        } else {
            (&mut self.denials, &mut self.turned)
        };
        *all += 1;
        *some += usize::from(offered.edits > 0);
        self.several += usize::from(offered.edits > 1);
        self.settings += usize::from(offered.settings > 0);
    }
}

#[test]
fn remedies_of_all_cases_turn_them() {
    let mut counts = Counts::default();
    for Case { id, request, policies, choices, .. } in cases::all().unwrap() {
        let prepared = doorward_engine::Policies::new(CompiledPolicies::new(&policies), choices);
        let explanation = explain(&request, &prepared);
        check_agreement(&request, &policies, &prepared, &explanation);
        let offered = remedies::check(&request, &policies, &choices, &explanation);
        let offered = offered.unwrap_or_else(|fault| panic!("{id}: {fault}"));
        check_offer(&request, &policies, &explanation, offered);
        counts.add(explanation.decision.is_allowed(), offered);
    }
    assert!(counts.several > 20 && counts.settings > 20, "{counts:?}");
}

#[test]
fn remedies_of_random_cases_turn_them() {
    let mut counts = Counts::default();
    for seed in 1..=POLICIES {
        let mut dice = Dice::new(seed);
        let scenario = generate::scenario_of(&mut dice, REQUESTS);
        let (policies, choices) = differential::scenario_policies(&scenario);
        let prepared = doorward_engine::Policies::new(CompiledPolicies::new(&policies), choices);
        for request in scenario.requests {
            let explanation = explain(&request, &prepared);
            let offered = remedies::check(&request, &policies, &choices, &explanation);
            let offered = offered.unwrap_or_else(|fault| panic!("seed {seed}, {request:?}: {fault}"));
            counts.add(explanation.decision.is_allowed(), offered);
            check_offer(&request, &policies, &explanation, offered);
            check_agreement(&request, &policies, &prepared, &explanation);
        }
    }
    assert!(counts.denials > 5_000 && counts.turned * 5 > counts.denials * 4, "{counts:?}");
    assert!(counts.allowances > 1_000 && counts.revoked * 2 > counts.allowances, "{counts:?}");
    assert!(counts.several > 1_000 && counts.settings > 100, "{counts:?}");
}

/// Decision, explanation, text and both forms of JSON say the same.
fn check_agreement(
    request: &Request,
    policies: &Attachments,
    prepared: &doorward_engine::Policies,
    explanation: &Explanation,
) {
    let decision = explanation.decision;
    assert_eq!(decision, decide(request, prepared), "{request:?}");
    let effects = |effect| explanation.checks.iter().filter(move |check| check.effect == effect);
    let first_denying = effects(CheckEffect::ExplicitDeny).next().map(|check| check.layer);
    let lacking: Vec<Layer> = effects(CheckEffect::ImplicitDeny).map(|check| check.layer).collect();
    let text = denial(request, explanation);
    assert_eq!(text, explanation.message, "{request:?}");
    let json = schema::evaluation(explanation);
    let decoded = decoded_message(request, prepared.attached(), explanation);
    let effect = match decision {
        Decision::Allow(grant) => {
            assert_eq!((first_denying, &lacking[..], &text), (None, &[][..], &None), "{grant:?} {request:?}");
            "ALLOW"
        }
        Decision::ExplicitDeny(layer) => {
            assert_eq!(first_denying, Some(layer), "{request:?}");
            "EXPLICIT_DENY"
        }
        Decision::ImplicitDeny(layer) => {
            assert_eq!(first_denying, None, "{request:?}");
            assert!(lacking.contains(&layer) || has_no_nodes(policies, layer), "{layer:?} {request:?}");
            "IMPLICIT_DENY"
        }
    };
    assert_eq!(json["evaluatedEffect"], effect);
    assert_eq!(decoded["allowed"], decision.is_allowed());
    assert_eq!(decoded["explicitDeny"], effect == "EXPLICIT_DENY");
    let denying = match decision {
        Decision::ExplicitDeny(layer) => {
            let checks = explanation.checks.iter().filter(|check| check.layer == layer);
            let matched = checks.flat_map(|check| &check.matched);
            matched.filter(|matched| matched.place.effect == Effect::Deny).count()
        }
        Decision::Allow(_) | Decision::ImplicitDeny(_) => 0,
    };
    assert_eq!(decoded["matchedStatements"]["items"].as_array().map(Vec::len), Some(denying), "{request:?}");
    if let Some((reason, layer)) = reason(decision) {
        let text = text.unwrap();
        assert!(text.contains(reason), "`{text}` does not give `{reason}`");
        assert_eq!(json["reason"]["layer"], schema::layer_name(layer));
    }
}

/// The words by which AWS names the kind of policy that decided.
fn reason(decision: Decision) -> Option<(&'static str, Layer)> {
    let (Decision::ImplicitDeny(layer) | Decision::ExplicitDeny(layer)) = decision else { return None };
    let explicit = matches!(decision, Decision::ExplicitDeny(_));
    let words = match (layer, explicit) {
        (Layer::ResourceControl, false) => " because no resource control policy allows the ",
        (Layer::ResourceControl, true) => " with an explicit deny in a resource control policy",
        (Layer::ServiceControl, false) => " because no service control policy allows the ",
        (Layer::ServiceControl, true) => " with an explicit deny in a service control policy",
        (Layer::Endpoint, false) => " because no VPC endpoint policy allows the ",
        (Layer::Endpoint, true) => " with an explicit deny in a VPC endpoint policy",
        (Layer::Resource, false) => " because no resource-based policy allows the ",
        (Layer::Resource, true) => " with an explicit deny in a resource-based policy",
        (Layer::Trust, false) => " because no role trust policy allows the ",
        (Layer::Trust, true) => " with an explicit deny in the role trust policy",
        (Layer::Identity, false) => " because no identity-based policy allows the ",
        (Layer::Identity, true) => " with an explicit deny in an identity-based policy",
        (Layer::Boundary, false) => " because no permissions boundary allows the ",
        (Layer::Boundary, true) => " with an explicit deny in a permissions boundary",
        (Layer::Session, false) => " because no session policy allows the ",
        (Layer::Session, true) => " with an explicit deny in a session policy",
    };
    Some((words, layer))
}

/// Whether an organization is given without nodes: then there is nothing to check, and nothing to change.
fn has_no_nodes(policies: &Attachments, layer: Layer) -> bool {
    let rails = match layer {
        Layer::ResourceControl => &policies.resource_control,
        Layer::ServiceControl => &policies.service_control,
        Layer::Endpoint
        | Layer::Resource
        | Layer::Trust
        | Layer::Identity
        | Layer::Boundary
        | Layer::Session => {
            return false;
        }
    };
    rails.as_ref().is_some_and(|rails| rails.levels.is_empty())
}

/// Every denial can be turned by edits, and whatever a statement grants can be taken back; but for what no policy can say.
fn check_offer(request: &Request, policies: &Attachments, explanation: &Explanation, offered: Offered) {
    let (is_offered, is_excused) = (offered.edits > 0, is_beyond_policies(request, policies, explanation));
    assert!(is_offered || is_excused, "no edit turns {:?}: {request:?}", explanation.decision);
    assert!(!explanation.decision.is_allowed() || offered.settings == 0, "{request:?}");
}

/// Whether the requester comes from a provider that many share, and the request does not say by whose leave: no trust
/// policy may let in everybody that such a provider vouches for.
fn shares_its_provider(request: &Request) -> bool {
    let shared = "cognito-identity.amazonaws.com";
    let is_shared = matches!(&request.requester, Requester::Federated { provider } if provider == shared);
    is_shared && request.context.value("cognito-identity.amazonaws.com:aud").is_none()
}

fn is_beyond_policies(request: &Request, policies: &Attachments, explanation: &Explanation) -> bool {
    match explanation.decision {
        Decision::Allow(Grant::Always | Grant::Root) => true,
        Decision::Allow(Grant::Identity | Grant::Both(_) | Grant::Resource(_)) => {
            matches!(request.requester, Requester::FederatedUser { issuer: FederationIssuer::Root, .. })
        }
        Decision::ImplicitDeny(_) | Decision::ExplicitDeny(_) => {
            // A trust policy cannot allow what is no action of STS.
            let is_sts = request.action.to_lowercase().starts_with("sts:");
            let is_trust =
                policies.resource.as_ref().is_some_and(|policy| policy.document.kind == Kind::Trust);
            let has_no_nodes = |layer| has_no_nodes(policies, layer);
            (is_trust && !is_sts)
                || shares_its_provider(request)
                || has_no_nodes(Layer::ResourceControl)
                || has_no_nodes(Layer::ServiceControl)
        }
    }
}

//! Engine and reference model on random input, on all cores.

use doorward_conformance::differential::{Tally, compare_in_parallel};
use doorward_policy::explain::{Claim, Decision, Grant, Layer};

/// The cases that every run compares.
const CASES: u64 = 1_000_000;

/// Names how many to compare instead: `cargo xtask mutants --all` runs this hundreds of times.
const CASES_VARIABLE: &str = "DOORWARD_DIFFERENTIAL_CASES";

/// The first seed. Every case of a run follows from it.
const SEED: u64 = 1;

#[test]
fn engine_and_model_agree() {
    let cases = std::env::var(CASES_VARIABLE).map_or(CASES, |text| text.parse().unwrap());
    let all = compare_in_parallel(SEED, cases).unwrap_or_else(|difference| panic!("{difference}"));
    assert!(all.cases() >= cases, "{all}");
    check_shares(&all);
    if cases >= CASES {
        check_decisions(&all);
    }
}

/// Agreement on what is always denied would say little.
fn check_shares(all: &Tally) {
    let allowed = all.count(Decision::is_allowed);
    let implicitly_denied = all.count(|decision| matches!(decision, Decision::ImplicitDeny(_)));
    let explicitly_denied = all.count(|decision| matches!(decision, Decision::ExplicitDeny(_)));
    for share in [allowed, implicitly_denied, explicitly_denied] {
        assert!(share * 10 >= all.cases(), "each decision is a tenth of the cases or more: {all}");
    }
}

/// Every reason that there is comes up many times.
fn check_decisions(all: &Tally) {
    let grants = CLAIMS.into_iter().flat_map(|claim| [Grant::Resource(claim), Grant::Both(claim)]);
    let grants = grants.chain([Grant::Always, Grant::Root, Grant::Identity]).map(Decision::Allow);
    let denials =
        LAYERS.into_iter().flat_map(|layer| [Decision::ImplicitDeny(layer), Decision::ExplicitDeny(layer)]);
    for decision in grants.chain(denials).filter(|decision| !IMPOSSIBLE.contains(decision)) {
        let count = all.count(|other| other == decision);
        assert!(count >= TIMES_MIN, "{decision:?} came up {count} times: {all}");
    }
}

/// How often each decision must come up.
const TIMES_MIN: u64 = 20;

const CLAIMS: [Claim; 8] = [
    Claim::Account,
    Claim::Role,
    Claim::Provider,
    Claim::Service,
    Claim::IssuingUser,
    Claim::User,
    Claim::Everyone,
    Claim::Session,
];

const LAYERS: [Layer; 8] = [
    Layer::ResourceControl,
    Layer::ServiceControl,
    Layer::Endpoint,
    Layer::Resource,
    Layer::Trust,
    Layer::Identity,
    Layer::Boundary,
    Layer::Session,
];

/// Decisions that the rules leave no room for: services have no side of their own, and an account's claim never suffices.
const IMPOSSIBLE: [Decision; 2] =
    [Decision::Allow(Grant::Both(Claim::Service)), Decision::Allow(Grant::Resource(Claim::Account))];

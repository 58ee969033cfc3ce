//! The reference model of policy evaluation: the rules of AWS in the plainest Rust, to be read.
//!
//! It answers the same question as the engine, one rule at a time and without regard to speed: patterns are matched by
//! naive recursion, every statement of every policy is looked at, nothing is compiled or remembered. It exists to be
//! compared with: tests ask both and demand the same answer, the same reason and the same matched statements. It is never
//! published and nothing but tests depends on it.
//!
//! ```
//! use std::sync::Arc;
//! use doorward_policy::explain::{Decision, Grant};
//! use doorward_policy::request::{Attached, Choices, Attachments, Request, Requester, Resource, Source};
//! use doorward_policy::{Document, Kind};
//!
//! let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}"#;
//! let account = "111111111111".parse()?;
//! let requester =
//!     Requester::User { account, id: "AIDAEXAMPLE".into(), path: "/".into(), name: "ana".into() };
//! let request = Request {
//!     context: requester.context(),
//!     requester,
//!     action: "s3:GetObject".into(),
//!     resource: Resource { arn: "arn:aws:s3:::b/k".into(), account: Some(account) },
//! };
//! let source = Source { name: "read".into(), arn: None, attached_to: "ana".into() };
//! let document = Arc::new(Document::parse(text, Kind::Inline)?);
//! let policies = Attachments { identity: vec![Attached { document, source }], ..Attachments::default() };
//! let judgement = doorward_spec::judge(&request, &policies, &Choices::default());
//! assert_eq!(judgement.decision, Decision::Allow(Grant::Identity));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # In what order a denial is named
//!
//! A request that several layers deny is denied in the name of one.
//!
//! 1. An explicit denial goes before every implicit one. Among explicit ones the first layer in the order of
//!    [`Layer`] is named.
//! 2. Guardrails that do not allow come next: resource control policies, service control policies, the endpoint.
//! 3. Then the resource's policy (a role's trust policy) where it must name the requester and does not: for roles and KMS
//!    keys, across accounts, and for requesters without policies of their own.
//! 4. Then identity, boundary, session: the first that is needed and does not allow. Identity is not needed where the
//!    resource's policy, in the same account, names the requester by anything but its account.
//!
//! Of what is allowed, [`Grant`] says by which side. `Both` means that either side alone was not enough, or that both
//! would have been; the claim is the strongest that the resource's policy makes, and under `Resource` the strongest of
//! those that suffice.
//!
//! Reading order: this page, `layers`, `verdict`, `statement`, `principal`, `resource`, `glob`, `condition`,
//! `compare`, `typed`.

mod compare;
mod condition;
mod glob;
mod layers;
mod principal;
mod resource;
mod statement;
mod typed;
mod verdict;

use doorward_policy::explain::{CheckEffect, Decision, Grant, Layer};
use doorward_policy::request::{Attachments, Choices, Request, Requester};

pub use layers::LayerCheck;
pub use statement::Matched;

use statement::Surroundings;
use verdict::Sides;

/// The answer, and how each layer came to its part of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judgement {
    /// The answer.
    pub decision: Decision,
    /// What was checked, in the order of the layers; only those that apply.
    pub checks: Vec<LayerCheck>,
}

/// Answers the question.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
#[must_use]
pub fn judge(request: &Request, policies: &Attachments, choices: &Choices) -> Judgement {
    if needs_no_permission(request) {
        return Judgement { decision: Decision::Allow(Grant::Always), checks: Vec::new() };
    }
    let around = Surroundings { request, policies, choices };
    let resource_control = layers::resource_control(&around);
    let service_control = layers::service_control(&around);
    let endpoint = layers::endpoint(&around).map(|check| vec![check]);
    let sides = Sides::gather(&around);

    let missing = first_missing(&[
        (Layer::ResourceControl, &resource_control),
        (Layer::ServiceControl, &service_control),
        (Layer::Endpoint, &endpoint),
    ]);
    let gates = [resource_control, service_control, endpoint].into_iter().flatten().flatten();
    let checks: Vec<LayerCheck> = gates.chain(sides.checks()).collect();

    let decision = if let Some(layer) = first_denying(&checks) {
        Decision::ExplicitDeny(layer)
    } else if let Some(layer) = missing {
        Decision::ImplicitDeny(layer)
    } else {
        sides.decision()
    };
    Judgement { decision, checks }
}

/// The calls that nothing can deny: asking who one is, for anyone who signs; and asking for a session of one's own, for
/// users and root users (whether their credentials are of the right sort is the service's question).
///
/// Sources: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>,
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html>
fn needs_no_permission(request: &Request) -> bool {
    match &request.requester {
        Requester::Anonymous | Requester::Federated { .. } => false,
        Requester::User { .. } | Requester::Root { .. } => {
            is(request, "sts:getcalleridentity") || is(request, "sts:getsessiontoken")
        }
        Requester::RoleSession { .. } | Requester::FederatedUser { .. } | Requester::Service { .. } => {
            is(request, "sts:getcalleridentity")
        }
    }
}

fn is(request: &Request, action: &str) -> bool {
    request.action.to_lowercase() == action
}

/// The first layer that denies outright.
fn first_denying(checks: &[LayerCheck]) -> Option<Layer> {
    checks.iter().find(|check| check.effect == CheckEffect::ExplicitDeny).map(|check| check.layer)
}

/// The first guardrail that applies and does not allow at every node; one without nodes allows nothing.
fn first_missing(gates: &[(Layer, &Option<Vec<LayerCheck>>)]) -> Option<Layer> {
    let allows = |check: &LayerCheck| check.effect == CheckEffect::Allow;
    let missing = gates.iter().find(|(_, checks)| {
        checks.as_ref().is_some_and(|checks| checks.is_empty() || !checks.iter().all(allows))
    });
    missing.map(|(layer, _)| *layer)
}

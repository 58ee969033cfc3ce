//! Which statements of a policy match a request.

use doorward_policy::explain::Claim;
use doorward_policy::request::{Attached, Attachments, Choices, Request};
use doorward_policy::{
    ActionClause, ActionPattern, Comparison, ConditionTest, Document, Effect, PrincipalClause,
};
use doorward_policy::{Qualifier, Statement};

use crate::condition;
use crate::glob::{glob, pattern};
use crate::principal::{claims, is_not_exempt, without_everyone_for_federated};
use crate::resource;

/// A statement that matches the request, in a list of policies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Matched {
    /// The policy's place in its list; 0 where there is only one.
    pub policy: usize,
    /// The statement's place in the document.
    pub statement: usize,
    /// What it does.
    pub effect: Effect,
    /// Every way in which it names the requester, one for each entry that does; empty where no principal is named, and
    /// for `NotPrincipal`.
    pub claims: Vec<Claim>,
    /// Whether it narrows its principals by `aws:PrincipalArn`.
    pub narrowed: bool,
}

impl Matched {
    /// The strongest of its claims.
    #[must_use]
    pub fn claim(&self) -> Option<Claim> {
        self.claims.iter().copied().max()
    }
}

/// Whose `*` grants to a caller that has only a proof from an identity provider.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Everyone {
    /// Everyone is really everyone: guardrails and endpoint policies.
    All,
    /// Not those with only a proof: policies that grant, the resource's own.
    Principals,
}

/// What statements are matched against, apart from the request.
pub(crate) struct Surroundings<'a> {
    pub(crate) request: &'a Request,
    pub(crate) policies: &'a Attachments,
    pub(crate) choices: &'a Choices,
}

/// The statements of these policies that match, in order.
pub(crate) fn matching<'p>(
    attached: impl IntoIterator<Item = &'p Attached>,
    everyone: Everyone,
    around: &Surroundings<'_>,
) -> Vec<Matched> {
    let mut matched = Vec::new();
    for (policy, Attached { document, .. }) in attached.into_iter().enumerate() {
        for (statement, written) in document.statements.iter().enumerate() {
            if let Some(claims) = statement_claims(written, document, everyone, around) {
                let narrowed = written.conditions.iter().any(narrows_principals);
                matched.push(Matched { policy, statement, effect: written.effect, claims, narrowed });
            }
        }
    }
    matched
}

/// Whether every element of a statement matches: the claims that it makes if so.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>
fn statement_claims(
    statement: &Statement,
    document: &Document,
    everyone: Everyone,
    around: &Surroundings<'_>,
) -> Option<Vec<Claim>> {
    let request = around.request;
    let matches = action_matches(&statement.action, &request.action)
        && resource::covers(
            statement.resource.as_ref(),
            document.kind,
            &request.resource.arn,
            &request.context,
        )
        && condition::all_hold(&statement.conditions, &request.context);
    if matches { principal_claims(statement, everyone, around) } else { None }
}

/// Whether the statement is about the action, without regard to case.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
fn action_matches(clause: &ActionClause, action: &str) -> bool {
    let action: Vec<char> = action.to_lowercase().chars().collect();
    let any = |patterns: &[ActionPattern]| {
        patterns.iter().any(|written| glob(&pattern(&written.text.to_lowercase()), &action))
    };
    match clause {
        ActionClause::Action(patterns) => any(patterns),
        ActionClause::NotAction(patterns) => !any(patterns),
    }
}

/// Whether the statement is about the requester: the claims that it makes on it if so.
/// An `Allow` with `NotPrincipal` is about nobody: AWS supports it in no kind of policy.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
fn principal_claims(
    statement: &Statement,
    everyone: Everyone,
    around: &Surroundings<'_>,
) -> Option<Vec<Claim>> {
    let requester = &around.request.requester;
    let claims = match (&statement.principal, statement.effect) {
        (None, _) => return Some(Vec::new()),
        (Some(PrincipalClause::NotPrincipal(_)), Effect::Allow) => return None,
        (Some(PrincipalClause::NotPrincipal(listed)), Effect::Deny) => {
            return is_not_exempt(listed, requester, around.policies, around.choices).then(Vec::new);
        }
        (Some(PrincipalClause::Principal(entries)), Effect::Deny) => claims(entries, requester),
        (Some(PrincipalClause::Principal(entries)), Effect::Allow) => match everyone {
            Everyone::All => claims(entries, requester),
            Everyone::Principals => without_everyone_for_federated(claims(entries, requester), requester),
        },
    };
    if claims.is_empty() { None } else { Some(claims) }
}

/// Whether a condition, given that it holds, says which principals are meant: a positive comparison of
/// `aws:PrincipalArn` that a missing key does not satisfy. That no other narrows is UNCONFIRMED (everyone-narrowing).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
fn narrows_principals(test: &ConditionTest) -> bool {
    let compares = [
        Comparison::StringEquals,
        Comparison::StringEqualsIgnoreCase,
        Comparison::StringLike,
        Comparison::ArnEquals,
        Comparison::ArnLike,
    ];
    test.key.folded() == "aws:principalarn"
        && compares.contains(&test.operator.comparison)
        && !test.operator.if_exists
        && test.operator.qualifier != Some(Qualifier::ForAllValues)
}

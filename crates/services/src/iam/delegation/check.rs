//! Whether the caller can grant what a request asks for, as nearly as that can be said without the requests to come.
//!
//! Every action of the request is put to the judge with every resource of the statement. What depends on conditions, or on
//! which of many actions and resources a pattern comes to mean, is not sure.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetDelegationRequest.html>, `PermissionCheckResult`

use doorward_engine::{CompiledAttached, CompiledPolicies, Policies};
use doorward_policy::Effect;
use doorward_policy::request::Resource;
use doorward_wire::ApiError;

use super::asked::{self, Asked, Listed};
use crate::call::Call;
use crate::fault;

/// Whether the caller's permissions cover a policy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Covered {
    /// All of it.
    Fully,
    /// That cannot be said.
    Unsure,
    /// Not all of it.
    Lacking,
}

impl Covered {
    /// The word in answers.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Fully => "ALLOWED",
            Self::Unsure => "UNSURE",
            Self::Lacking => "DENIED",
        }
    }
}

/// How far the caller's permissions cover a policy.
pub(super) fn covers(call: &Call<'_>, policy: &str) -> Result<Covered, ApiError> {
    let attached = call
        .gate
        .policies_of(call.snapshot(), call.caller.requester())
        .map_err(|cause| fault::unreadable(&cause))?;
    let held = call.caller.session().is_some_and(|session| session.policies().is_some());
    let says = Says::of(&attached);
    let policies = Policies::new(attached, call.gate.choices());
    let allowing = asked::statements(policy).into_iter().filter(|statement| !statement.denies);
    let covered = allowing.map(|statement| of_statement(call, &policies, says, &statement)).max();
    let covered = covered.unwrap_or(Covered::Fully);
    // What a session's own policies take away is not looked at.
    Ok(if held { covered.max(Covered::Unsure) } else { covered })
}

fn of_statement(call: &Call<'_>, policies: &Policies, says: Says, statement: &Asked) -> Covered {
    let (Listed::These(actions), Listed::These(resources)) = (&statement.actions, &statement.resources)
    else {
        return Covered::Unsure;
    };
    let pairs = actions.iter().flat_map(|action| resources.iter().map(move |resource| (action, resource)));
    pairs
        .map(|(action, resource)| of_pair(call, policies, says, action, resource))
        .max()
        .unwrap_or(Covered::Fully)
}

/// A pattern stands for itself here: whoever may do `s3:Get*` is allowed the action of this name as well.
fn of_pair(call: &Call<'_>, policies: &Policies, says: Says, action: &str, arn: &str) -> Covered {
    let resource = Resource { arn: arn.to_owned(), account: Some(call.account) };
    let context = call.caller.context();
    let decision = policies.asking(call.caller.requester(), action, context).decide(&resource);
    let is_pattern = |text: &str| text.contains(['*', '?', '$']);
    match decision.is_allowed() {
        true if says.denies && (is_pattern(action) || is_pattern(arn) || says.depends) => Covered::Unsure,
        true => Covered::Fully,
        false if says.depends => Covered::Unsure,
        false => Covered::Lacking,
    }
}

/// What the caller's policies have in them.
#[derive(Clone, Copy, Default)]
struct Says {
    /// A statement that denies.
    denies: bool,
    /// A condition.
    depends: bool,
}

impl Says {
    fn of(policies: &CompiledPolicies) -> Self {
        let guarded = policies.service_control.iter().flat_map(|guardrails| &guardrails.levels);
        let all = policies.identity.iter().chain(&policies.boundary);
        let all = all.chain(guarded.flat_map(|level| &level.policies));
        all.fold(Self::default(), |says, policy: &CompiledAttached| {
            let statements = &policy.document.document().statements;
            Self {
                denies: says.denies || statements.iter().any(|one| one.effect == Effect::Deny),
                depends: says.depends || statements.iter().any(|one| !one.conditions.is_empty()),
            }
        })
    }
}

//! What would remove the reason for a denial.

use doorward_policy::Effect;
use doorward_policy::explain::{Check, CheckEffect, Decision, Failure, Layer, Remedy, StatementMiss};
use doorward_policy::request::Request;

/// The smallest change that removes the reason for which a request is denied; `None` where it is allowed. Other
/// reasons may stand behind it.
pub(crate) fn remedy(request: &Request, decision: Decision, checks: &[Check]) -> Option<Remedy> {
    match decision {
        Decision::Allow(_) => None,
        Decision::ExplicitDeny(layer) => narrow(layer, checks),
        Decision::ImplicitDeny(layer) => {
            let check = checks
                .iter()
                .find(|check| check.layer == layer && check.effect == CheckEffect::ImplicitDeny)?;
            Some(satisfy(check).unwrap_or_else(|| Remedy::Grant {
                layer,
                target: check.target.clone(),
                action: request.action.clone(),
                resource: request.resource.arn.clone(),
            }))
        }
    }
}

/// The first statement of the layer that denies.
fn narrow(layer: Layer, checks: &[Check]) -> Option<Remedy> {
    checks
        .iter()
        .filter(|check| check.layer == layer)
        .flat_map(|check| &check.matched)
        .find(|matched| matched.place.effect == Effect::Deny)
        .map(|matched| Remedy::Narrow(matched.place.clone()))
}

/// The statement that comes closest to allowing: one that names the requester and fails on conditions alone, on as few
/// as possible; else one that fails on its resource as well.
fn satisfy(check: &Check) -> Option<Remedy> {
    let fails_on = |miss: &StatementMiss, failure| miss.failures.contains(&failure);
    check
        .missed
        .iter()
        .filter(|miss| miss.place.effect == Effect::Allow && !fails_on(miss, Failure::Principal))
        .min_by_key(|miss| (fails_on(miss, Failure::Resource), miss.failures.len()))
        .map(|miss| Remedy::Satisfy { place: miss.place.clone(), failures: miss.failures.clone() })
}

//! What would turn a decision.

mod grant;
mod setting;

use doorward_policy::Effect;
use doorward_policy::explain::{Decision, Edit, Element, Layer, Remedy, StatementMiss};

use crate::decide::conclude;
use crate::explain::{Reading, Said, findings};
use crate::principals::Claims;
use crate::question::Question;

/// What would turn the decision, which these readings led to.
pub(crate) fn remedy(question: &Question<'_>, decision: Decision, readings: &[Reading]) -> Remedy {
    match decision {
        Decision::Allow(_) => Remedy { edits: revocation(question, readings), settings: Vec::new() },
        Decision::ImplicitDeny(_) | Decision::ExplicitDeny(_) => {
            Remedy { edits: permission(question, readings), settings: setting::settings(question) }
        }
    }
}

/// Whether the request is allowed where the layers say this and nothing denies.
fn is_allowed(question: &Question<'_>, said: &[Said]) -> bool {
    conclude(&question.stand, &findings(question, said)).is_allowed()
}

/// The grant that a check lacks.
struct Missing {
    /// The check's place among the readings.
    reading: usize,
    statement: String,
    claims: Claims,
}

/// All denials out, and in what is missing: of the grants that the checks lack, those that are needed. Granting more never
/// denies, so that grants can be tried and dropped one by one.
fn permission(question: &Question<'_>, readings: &[Reading]) -> Vec<Edit> {
    let mut missing = missing(question, readings);
    let allowed = |grants: &[Missing]| is_allowed(question, &granting(readings, grants));
    if !allowed(&missing) {
        return Vec::new();
    }
    for layer in DISPENSABLE {
        let of_layer =
            |grant: &Missing| readings.get(grant.reading).is_some_and(|reading| reading.layer == layer);
        if let Some(place) = missing.iter().position(of_layer) {
            let grant = missing.remove(place);
            if !allowed(&missing) {
                missing.insert(place, grant);
            }
        }
    }
    edits(readings, missing)
}

/// The layers whose grant may turn out not to be needed, in the order in which they are given up: the resource's own
/// policy first, since it is the requester's side that people change to let somebody do something.
const DISPENSABLE: [Layer; 5] =
    [Layer::Resource, Layer::Trust, Layer::Identity, Layer::Boundary, Layer::Session];

fn missing(question: &Question<'_>, readings: &[Reading]) -> Vec<Missing> {
    let lacking = readings.iter().enumerate().filter(|(_, reading)| !reading.has(Effect::Allow));
    lacking
        .filter_map(|(index, reading)| {
            let (statement, claims) = grant::statement(question, reading.layer)?;
            Some(Missing { reading: index, statement, claims })
        })
        .collect()
}

/// What the layers say once these grants are in.
fn granting(readings: &[Reading], grants: &[Missing]) -> Vec<Said> {
    let mut said: Vec<Said> = readings.iter().map(Reading::said).collect();
    for grant in grants {
        if let Some(said) = said.get_mut(grant.reading) {
            said.allows = true;
            said.granted = said.granted.with(grant.claims);
        }
    }
    said
}

/// The edits, check by check.
fn edits(readings: &[Reading], mut missing: Vec<Missing>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (index, reading) in readings.iter().enumerate() {
        let denials = reading.matched.iter().filter(|matched| matched.place.effect == Effect::Deny);
        edits.extend(denials.map(|matched| Edit::Remove {
            layer: reading.layer,
            target: reading.target.clone(),
            place: matched.place.clone(),
        }));
        let grants = missing.extract_if(.., |grant| grant.reading == index);
        edits.extend(grants.map(|grant| Edit::Grant {
            layer: reading.layer,
            target: reading.target.clone(),
            statement: grant.statement,
            nearest: nearest(&reading.missed),
        }));
    }
    edits
}

/// The statement that comes closest to allowing: one that names the requester rather than one that does not, one about
/// the resource rather than one that is not, and of those one that fails on as few conditions as possible.
fn nearest(missed: &[StatementMiss]) -> Option<StatementMiss> {
    let distance = |miss: &&StatementMiss| {
        let fails =
            |wanted: &[Element]| miss.failures.iter().any(|failure| wanted.contains(&failure.element));
        let principal = fails(&[Element::Principal, Element::NotPrincipal]);
        let resource = fails(&[Element::Resource, Element::NotResource]);
        (principal, resource, miss.failures.len())
    };
    missed.iter().filter(|miss| miss.place.effect == Effect::Allow).min_by_key(distance).cloned()
}

/// The statements that grant, of those that grant at all, without which the request is denied: as few as there are by
/// giving up one side's or the other's. None where no statement grants: the root user's own right, for one.
///
/// What guardrails, boundary and session policies allow is not looked at: they grant nothing.
fn revocation(question: &Question<'_>, readings: &[Reading]) -> Vec<Edit> {
    let grants: Vec<(usize, usize)> = readings
        .iter()
        .enumerate()
        .filter(|(_, reading)| matches!(reading.layer, Layer::Resource | Layer::Trust | Layer::Identity))
        .flat_map(|(index, reading)| {
            let allows = reading.matched.iter().enumerate();
            let allows = allows.filter(|(_, matched)| matched.place.effect == Effect::Allow);
            allows.map(move |(place, _)| (index, place))
        })
        .collect();
    let backwards: Vec<(usize, usize)> = grants.iter().rev().copied().collect();
    let ways = [&grants, &backwards].map(|order| fewest(question, readings, order));
    let chosen = ways.into_iter().flatten().min_by_key(Vec::len).unwrap_or_default();
    let edit = |(index, place): (usize, usize)| {
        let reading = readings.get(index)?;
        let place = reading.matched.get(place)?.place.clone();
        Some(Edit::Remove { layer: reading.layer, target: reading.target.clone(), place })
    };
    chosen.into_iter().filter_map(edit).collect()
}

/// The grants that must go so that the request is denied, where they are left in one by one in this order as long as it
/// stays denied; `None` where it is allowed even without all of them. Granting less never allows.
fn fewest(
    question: &Question<'_>,
    readings: &[Reading],
    order: &[(usize, usize)],
) -> Option<Vec<(usize, usize)>> {
    let mut gone = order.to_vec();
    if is_allowed(question, &without(readings, &gone)) {
        return None;
    }
    for grant in order {
        gone.retain(|other| other != grant);
        if is_allowed(question, &without(readings, &gone)) {
            gone.push(*grant);
        }
    }
    gone.sort_unstable();
    Some(gone)
}

/// What the layers say once these statements, each a reading and a place in it, are gone.
fn without(readings: &[Reading], gone: &[(usize, usize)]) -> Vec<Said> {
    let said = |(index, reading): (usize, &Reading)| {
        let left = reading.matched.iter().zip(&reading.claims).enumerate();
        let left = left.filter(|(place, (matched, _))| {
            matched.place.effect == Effect::Allow && !gone.contains(&(index, *place))
        });
        let mut said = Said { layer: reading.layer, allows: false, granted: Claims::NONE };
        for (_, (_, claims)) in left {
            said.allows = true;
            said.granted = said.granted.with(*claims);
        }
        said
    };
    readings.iter().enumerate().map(said).collect()
}

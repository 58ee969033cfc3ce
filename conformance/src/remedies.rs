//! What an explanation says would turn a decision, tried out.
//!
//! The edits of a remedy are made to the policies, its settings to the request, and then engine and reference model are
//! asked again. Each way must turn the decision, and no part of a way may.

use std::sync::Arc;

use doorward_engine::{CompiledPolicies, decide};
use doorward_policy::explain::{Decision, Edit, Explanation, Layer, Setting, StatementPlace};
use doorward_policy::request::{Attached, Attachments, Choices, Guardrails, Level, Request, Source};
use doorward_policy::{Document, Kind, Version};
use doorward_spec::judge;

/// How many members a way may have for every part of it to be tried; of longer ones, those that lack one member are.
const PARTS_MAX: usize = 6;

/// What a remedy offers, once it has been found to hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Offered {
    /// How many edits.
    pub edits: usize,
    /// How many settings.
    pub settings: usize,
}

/// Tries out what `explanation` says of this question.
///
/// # Errors
/// What does not hold, as a text for people.
pub fn check(
    request: &Request,
    policies: &Attachments,
    choices: &Choices,
    explanation: &Explanation,
) -> Result<Offered, String> {
    let was = explanation.decision.is_allowed();
    let remedy = &explanation.remedy;
    for part in parts(&remedy.edits) {
        let edited = edited(policies, &part)?;
        let now = ask(request, &edited, choices)?;
        expect(was, now, part.len() == remedy.edits.len(), &part)?;
    }
    for part in parts(&remedy.settings) {
        let now = ask(&set(request, &part), policies, choices)?;
        expect(was, now, part.len() == remedy.settings.len(), &part)?;
    }
    Ok(Offered { edits: remedy.edits.len(), settings: remedy.settings.len() })
}

fn expect<T: std::fmt::Debug>(was: bool, now: Decision, is_whole: bool, part: &[T]) -> Result<(), String> {
    match (now.is_allowed() != was, is_whole) {
        (true, true) | (false, false) => Ok(()),
        (false, true) => Err(format!("still {now:?} with {part:#?}")),
        (true, false) => Err(format!("already {now:?} with only {part:#?}")),
    }
}

/// The whole way, and parts of it: all of them, or of a long way those that lack one member. None of an empty way.
fn parts<T: Clone>(way: &[T]) -> Vec<Vec<T>> {
    let whole = std::iter::once(way.to_vec()).filter(|way| !way.is_empty());
    if way.len() > PARTS_MAX {
        let lacking = |place: usize| {
            let others = way.iter().enumerate().filter(move |(other, _)| *other != place);
            others.map(|(_, member)| member.clone()).collect()
        };
        return whole.chain((0..way.len()).map(lacking)).collect();
    }
    let chosen = |set: usize| {
        let members = way.iter().enumerate().filter(move |(place, _)| set & (1 << place) != 0);
        members.map(|(_, member)| member.clone()).collect()
    };
    whole.chain((1..(1usize << way.len()) - 1).map(chosen)).collect()
}

/// What engine and model decide, who must agree.
fn ask(request: &Request, policies: &Attachments, choices: &Choices) -> Result<Decision, String> {
    let prepared = doorward_engine::Policies::new(CompiledPolicies::new(policies), *choices);
    let engine = decide(request, &prepared);
    let model = judge(request, policies, choices).decision;
    if engine == model {
        Ok(engine)
    } else {
        Err(format!("changed so, the engine decides {engine:?}, the model {model:?}"))
    }
}

fn set(request: &Request, settings: &[Setting]) -> Request {
    let mut request = request.clone();
    for Setting { key, value } in settings {
        match value {
            Some(value) => request.context.put(key, value),
            None => request.context.remove(key),
        }
    }
    request
}

/// The policies with the edits made.
fn edited(policies: &Attachments, edits: &[Edit]) -> Result<Attachments, String> {
    let mut edited = policies.clone();
    // From the last statement to the first, so that the places of those that are left to remove stay true.
    let mut removed: Vec<(Layer, &str, &StatementPlace)> = edits.iter().filter_map(removal).collect();
    removed.sort_by_key(|(_, _, place)| std::cmp::Reverse(place.index));
    for (layer, target, place) in removed {
        let mut all = group(&mut edited, layer, target);
        let policy = all.iter_mut().find(|policy| policy.source == place.policy);
        let policy = policy.ok_or_else(|| format!("no policy is at {place:?}"))?;
        let mut document = Document::clone(&policy.document);
        let at = document.statements.get(place.index).map(|statement| statement.span);
        if at != Some(place.span) {
            return Err(format!("no statement is at {place:?}"));
        }
        document.statements.remove(place.index);
        policy.document = Arc::new(document);
    }
    for edit in edits {
        if let Edit::Grant { layer, target, statement, .. } = edit {
            grant(&mut edited, *layer, target, statement)?;
        }
    }
    Ok(edited)
}

fn removal(edit: &Edit) -> Option<(Layer, &str, &StatementPlace)> {
    match edit {
        Edit::Remove { layer, target, place } => Some((*layer, target, place)),
        Edit::Grant { .. } => None,
    }
}

/// The policies of a layer; of one node, where it is an organization's.
fn group<'p>(policies: &'p mut Attachments, layer: Layer, target: &str) -> Vec<&'p mut Attached> {
    let node = |rails: &'p mut Option<Guardrails>| level(rails, target).map(|level| &mut level.policies);
    match layer {
        Layer::ResourceControl => node(&mut policies.resource_control).into_iter().flatten().collect(),
        Layer::ServiceControl => node(&mut policies.service_control).into_iter().flatten().collect(),
        Layer::Endpoint => policies.endpoint.iter_mut().collect(),
        Layer::Resource | Layer::Trust => policies.resource.iter_mut().collect(),
        Layer::Identity => policies.identity.iter_mut().collect(),
        Layer::Boundary => policies.boundary.iter_mut().collect(),
        Layer::Session => policies.session.iter_mut().flatten().collect(),
    }
}

fn level<'p>(rails: &'p mut Option<Guardrails>, target: &str) -> Option<&'p mut Level> {
    rails.as_mut()?.levels.iter_mut().find(|level| level.target == target)
}

/// Puts a statement in.
fn grant(policies: &mut Attachments, layer: Layer, target: &str, statement: &str) -> Result<(), String> {
    let no_level = || format!("no level `{target}`");
    match layer {
        Layer::Identity => policies.identity.push(policy(Kind::Inline, statement)?),
        Layer::Session => policies.session.get_or_insert_default().push(policy(Kind::Session, statement)?),
        Layer::ServiceControl => {
            let level = level(&mut policies.service_control, target).ok_or_else(no_level)?;
            level.policies.push(policy(Kind::ServiceControl, statement)?);
        }
        Layer::ResourceControl => {
            let level = level(&mut policies.resource_control, target).ok_or_else(no_level)?;
            level.policies.push(policy(Kind::ResourceControl, statement)?);
        }
        Layer::Endpoint => widen(&mut policies.endpoint, Kind::Endpoint, statement)?,
        Layer::Resource => widen(&mut policies.resource, Kind::Resource, statement)?,
        Layer::Trust => widen(&mut policies.resource, Kind::Trust, statement)?,
        Layer::Boundary => widen(&mut policies.boundary, Kind::Managed, statement)?,
    }
    Ok(())
}

/// Adds a statement to the one policy that there is, or makes one.
fn widen(slot: &mut Option<Attached>, kind: Kind, statement: &str) -> Result<(), String> {
    let Some(attached) = slot else {
        *slot = Some(policy(kind, statement)?);
        return Ok(());
    };
    let mut document = Document::clone(&attached.document);
    document.statements.extend(parse(document.kind, document.version, statement)?.statements);
    attached.document = Arc::new(document);
    Ok(())
}

fn policy(kind: Kind, statement: &str) -> Result<Attached, String> {
    let document = Arc::new(parse(kind, Version::V2012, statement)?);
    let source = Source { name: "granted".to_owned(), arn: None, attached_to: String::new() };
    Ok(Attached { document, source })
}

fn parse(kind: Kind, version: Version, statement: &str) -> Result<Document, String> {
    let version = match version {
        Version::V2008 => "2008-10-17",
        Version::V2012 => "2012-10-17",
    };
    let text = format!(r#"{{"Version":"{version}","Statement":[{statement}]}}"#);
    Document::parse(&text, kind).map_err(|refused| format!("{statement}: {} ({})", refused, refused.detail))
}

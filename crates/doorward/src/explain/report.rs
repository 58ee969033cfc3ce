//! An explanation for people.

use super::evaluation::{
    Check, Clause, Effect, Evaluation, Grant, Layer, Missed, Part, Policy, Reason, Statement,
};
use super::excerpt::{Mark, Tone, excerpt};
use super::question::Texts;
use super::remedy;

/// The statements shown of a check that should allow and does not: those that come closest.
const MISSED_SHOWN_MAX: usize = 3;

/// The whole report: the verdict, the checks, the statements that count, and what would turn the decision. Holds colours,
/// which whoever prints it takes out where they are not wanted.
pub fn report(evaluation: &Evaluation, texts: &Texts) -> String {
    let mut sections = vec![verdict(evaluation)];
    if !evaluation.checks.is_empty() {
        sections.push(format!("{}\n{}", heading("Checks"), checks(&evaluation.checks)));
    }
    let statements = statements(evaluation, texts);
    if !statements.is_empty() {
        sections.push(format!("{}\n{}", heading("Statements"), statements.join("\n")));
    }
    sections.push(remedy::section(evaluation));
    sections.join("\n")
}

/// A line above a section.
pub fn heading(text: &str) -> String {
    format!("\x1b[1m{text}\x1b[0m")
}

fn verdict(evaluation: &Evaluation) -> String {
    let Evaluation { principal, action, resource, .. } = evaluation;
    let place = if resource == "*" { String::new() } else { format!(" on {resource}") };
    if evaluation.is_allowed() {
        let why = granted(&evaluation.reason);
        return format!("\x1b[1;32mALLOWED\x1b[0m  {action}{place} by {principal}\n{why}\n");
    }
    let message = evaluation.message.as_deref().unwrap_or_default();
    format!("\x1b[1;31mDENIED\x1b[0m  {action}{place} by {principal}\n{message}\n")
}

fn granted(reason: &Reason) -> String {
    let grant = match reason {
        Reason::Denied { layer } => return layer.name().to_owned(),
        Reason::Allowed { grant } => grant,
    };
    let text = match grant {
        Grant::Always => "The action needs no permission: nothing can deny it.",
        Grant::Root => "The principal is the root user of the account that owns the resource.",
        Grant::Identity => "The principal's own policies allow it, and nothing denies.",
        Grant::Resource => "The resource's policy allows it, and nothing denies.",
        Grant::Both => "The principal's own policies and the resource's allow it, and nothing denies.",
    };
    text.to_owned()
}

/// One line for each check: its number, layer, target and effect, and the statements that matched.
fn checks(checks: &[Check]) -> String {
    let rows: Vec<[String; 4]> = checks
        .iter()
        .enumerate()
        .map(|(index, check)| {
            let layer = check.layer.name().to_owned();
            [(index + 1).to_string(), layer, check.target.clone(), effect(check.effect).to_owned()]
        })
        .collect();
    let mut widths = [0; 4];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |(row, check): (&[String; 4], &Check)| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        let mut cells: Vec<String> = cells.collect();
        if let Some(last) = cells.last_mut() {
            *last = format!("{}{last}\x1b[0m", color(check.effect));
        }
        format!("  {}  {}", cells.join("  "), by(check)).trim_end().to_owned() + "\n"
    };
    rows.iter().zip(checks).map(line).collect()
}

/// The published name of an effect.
const fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Allow => "ALLOW",
        Effect::NoImpact => "NO_IMPACT",
        Effect::ImplicitDeny => "IMPLICIT_DENY",
        Effect::ExplicitDeny => "EXPLICIT_DENY",
        Effect::Deny => "DENY",
    }
}

const fn color(effect: Effect) -> &'static str {
    match effect {
        Effect::Allow => "\x1b[32m",
        Effect::NoImpact => "\x1b[2m",
        Effect::ImplicitDeny | Effect::ExplicitDeny | Effect::Deny => "\x1b[31m",
    }
}

/// What made the check's effect: the statements of that effect, or how many came near.
fn by(check: &Check) -> String {
    let wanted = match check.effect {
        Effect::ExplicitDeny | Effect::Deny => Effect::Deny,
        Effect::Allow | Effect::NoImpact | Effect::ImplicitDeny => Effect::Allow,
    };
    let Some(policies) = &check.matched_policies else {
        return "the message leaves the statements out, being too long".to_owned();
    };
    let matched = policies.iter().flat_map(|policy| {
        let statements = policy.matched_statements.iter();
        let of_effect = statements.filter(|statement| statement.evaluated_effect == wanted);
        of_effect.map(|statement| format!("{} in {}", statement.sid, policy.policy.shown()))
    });
    let matched: Vec<String> = matched.collect();
    match (matched.is_empty(), near(check).len()) {
        (false, _) => matched.join(", "),
        (true, _) if check.effect == Effect::Allow => "without a statement, as the root user's".to_owned(),
        (true, 0) => "no statement allows this action".to_owned(),
        (true, 1) => "1 statement comes near".to_owned(),
        (true, count) => format!("{count} statements come near"),
    }
}

/// The statements that would allow, the closest first.
fn near(check: &Check) -> Vec<&Missed> {
    let allows = |miss: &&Missed| miss.placed.statement.evaluated_effect == Effect::Allow;
    let mut near: Vec<&Missed> = check.missed_statements.iter().filter(allows).collect();
    near.sort_by_key(|miss| {
        let fails = |is_part: fn(&Part) -> bool| miss.failures.iter().any(|clause| is_part(&clause.part));
        let principal = fails(|part| matches!(part, Part::Principal | Part::NotPrincipal));
        let resource = fails(|part| matches!(part, Part::Resource | Part::NotResource));
        (principal, resource, miss.failures.len())
    });
    near
}

/// The statements that made the decision or came close, each with its text where that is known.
fn statements(evaluation: &Evaluation, texts: &Texts) -> Vec<String> {
    let mut found = Vec::new();
    for check in &evaluation.checks {
        let grants =
            matches!(check.layer, Layer::ResourcePolicy | Layer::TrustPolicy | Layer::IdentityPolicy);
        let (wanted, tone, says) = match check.effect {
            Effect::ExplicitDeny => (Effect::Deny, Tone::Against, "denies"),
            Effect::Allow if evaluation.is_allowed() && grants => (Effect::Allow, Tone::For, "allows"),
            Effect::ImplicitDeny => {
                let near = near(check).into_iter().take(MISSED_SHOWN_MAX);
                found.extend(near.map(|miss| missed(check.layer, miss, texts)));
                continue;
            }
            Effect::Allow | Effect::NoImpact | Effect::Deny => continue,
        };
        for policy in check.matched_policies.iter().flatten() {
            let statements = policy.matched_statements.iter();
            for statement in statements.filter(|statement| statement.evaluated_effect == wanted) {
                let label = format!("this {} {says}", check.layer.name());
                let said = Said { tone, label, clauses: &statement.conditions, why: held };
                found.push(shown(&policy.policy, statement, said, texts));
            }
        }
    }
    found
}

fn missed(layer: Layer, miss: &Missed, texts: &Texts) -> String {
    let label = format!("this {} would allow, but", layer.name());
    let placed = &miss.placed;
    shown(
        &placed.policy,
        &placed.statement,
        Said { tone: Tone::Against, label, clauses: &miss.failures, why: failed },
        texts,
    )
}

/// What there is to say of a statement.
struct Said<'a> {
    tone: Tone,
    /// What it does.
    label: String,
    /// The parts that count.
    clauses: &'a [Clause],
    /// What to say of each of them.
    why: fn(&Clause) -> String,
}

/// A statement with the parts that count: in its text, or as a list where there is no text.
fn shown(policy: &Policy, statement: &Statement, said: Said<'_>, texts: &Texts) -> String {
    let Said { tone, label, clauses, why } = said;
    if let Some(text) = texts.of(&policy.name) {
        let marks = clauses.iter().map(|clause| Mark { span: clause.start..clause.end, label: why(clause) });
        let whole = Mark { span: statement.start..statement.end, label };
        return excerpt(&policy.name, text, tone, &whole, &marks.collect::<Vec<_>>()) + "\n";
    }
    let Statement { sid, line, column, .. } = statement;
    let first = format!("  {sid} in {}, line {line}, column {column}: {label}\n", policy.shown());
    let rest = clauses.iter().map(|clause| format!("    {}: {}\n", written(clause), why(clause)));
    std::iter::once(first).chain(rest).collect()
}

/// A part of a statement where its text is not at hand.
fn written(clause: &Clause) -> String {
    let wanted = list(&clause.wanted);
    match &clause.part {
        Part::Principal => format!("Principal {wanted}"),
        Part::NotPrincipal => format!("NotPrincipal {wanted}"),
        Part::Resource => format!("Resource {wanted}"),
        Part::NotResource => format!("NotResource {wanted}"),
        Part::Condition { operator, key } => format!("{operator} {key} {wanted}"),
    }
}

/// Why a part does not match.
fn failed(clause: &Clause) -> String {
    let found = clause.found.as_deref().map(list);
    match (&clause.part, found) {
        (Part::Principal, found) => format!("does not name {}", found.unwrap_or_default()),
        (Part::NotPrincipal, found) => format!("exempts {}", found.unwrap_or_default()),
        (Part::Resource, found) => format!("does not cover {}", found.unwrap_or_default()),
        (Part::NotResource, found) => format!("excepts {}", found.unwrap_or_default()),
        (Part::Condition { .. }, None) => "fails: the request has no such key".to_owned(),
        (Part::Condition { .. }, Some(found)) => format!("fails: the request has {found}"),
    }
}

/// Why a condition holds.
fn held(clause: &Clause) -> String {
    match (&clause.part, clause.found.as_deref()) {
        (Part::Condition { .. }, None) => "holds: the request has no such key".to_owned(),
        (Part::Condition { .. }, Some(found)) => format!("holds: the request has {}", list(found)),
        (Part::Principal | Part::NotPrincipal | Part::Resource | Part::NotResource, _) => String::new(),
    }
}

/// Values for a sentence.
fn list(values: &[String]) -> String {
    match values {
        [] => "nothing".to_owned(),
        several => several.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", "),
    }
}

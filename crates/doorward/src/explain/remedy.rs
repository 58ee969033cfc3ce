//! What would turn a decision, for people.

use serde_json::Value;

use super::evaluation::{Clause, Edit, Evaluation, Layer, Part, Placed, Setting};
use super::report::heading;

/// The section of the report.
pub fn section(evaluation: &Evaluation) -> String {
    let is_allowed = evaluation.is_allowed();
    let edits = &evaluation.remedy.edits;
    let settings = &evaluation.remedy.settings;
    let turned = if is_allowed { "What would deny it" } else { "What would allow it" };
    let mut out = format!("{}\n", heading(turned));
    if edits.is_empty() && settings.is_empty() {
        out.push_str(if is_allowed {
            "  No statement grants it, so that none can be taken away; a statement that denies would.\n"
        } else {
            "  No change of policies or of the request is known, or it is not the caller's to read.\n"
        });
        return out;
    }
    if edits.len() > 1 {
        out.push_str("  All of:\n");
    }
    for edit in edits {
        out.push_str(&self::edit(edit, is_allowed));
    }
    if !settings.is_empty() {
        let lead = if edits.is_empty() { "A" } else { "Or, with policies as they are, a" };
        let all = if settings.len() > 1 { " all of" } else { "" };
        out.push_str(&format!("  {lead} request with{all}:\n"));
        for setting in settings {
            out.push_str(&format!("    {}\n", self::setting(setting)));
        }
    }
    out
}

fn edit(edit: &Edit, is_allowed: bool) -> String {
    match edit {
        Edit::Remove { layer, target, statement } => {
            let (remove, place) = (if is_allowed { "remove" } else { "remove or narrow" }, place(statement));
            format!("  - {remove} {place} in {}\n", holder(*layer, target))
        }
        Edit::Grant { layer, target, statement, nearest } => {
            let mut text = format!("  - add to {}:\n      {}\n", holder(*layer, target), json(statement));
            if let Some(miss) = nearest {
                let lacking: Vec<String> = miss.failures.iter().map(lacking).collect();
                let place = place(&miss.placed);
                text.push_str(&format!("    or change {place}: {}\n", lacking.join("; ")));
            }
            text
        }
    }
}

fn place(placed: &Placed) -> String {
    let Placed { policy, statement } = placed;
    format!("{} ({}:{}:{})", statement.sid, policy.shown(), statement.line, statement.column)
}

/// The policies that a statement stands in, or goes into.
fn holder(layer: Layer, target: &str) -> String {
    match layer {
        Layer::IdentityPolicy => format!("the identity-based policies of {target}"),
        Layer::PermissionsBoundary => format!("the permissions boundary of {target}"),
        Layer::SessionPolicy => format!("the session policies of {target}"),
        Layer::ResourcePolicy => format!("the resource-based policy of {target}"),
        Layer::TrustPolicy => format!("the trust policy of {target}"),
        Layer::VpcEndpointPolicy => "the VPC endpoint policy".to_owned(),
        Layer::ServiceControlPolicy => format!("the service control policies at {target}"),
        Layer::ResourceControlPolicy => format!("the resource control policies at {target}"),
    }
}

/// What of a statement would have to change.
fn lacking(clause: &Clause) -> String {
    match &clause.part {
        Part::Principal => "its principals".to_owned(),
        Part::NotPrincipal => "its exemptions".to_owned(),
        Part::Resource => "its resources".to_owned(),
        Part::NotResource => "its exceptions".to_owned(),
        Part::Condition { operator, key } => format!("its condition {operator} on {key}"),
    }
}

fn setting(setting: &Setting) -> String {
    let Setting { key, value } = setting;
    let folded = key.to_lowercase();
    let hint = match folded.as_str() {
        "aws:multifactorauthpresent" | "aws:multifactorauthage" => "   (sign in with MFA)",
        "aws:sourceip" | "aws:vpcsourceip" => "   (for example: from such an address)",
        "aws:securetransport" => "   (over TLS)",
        _ if folded.starts_with("aws:principaltag/") => "   (a tag of the principal)",
        _ if folded.starts_with("aws:resourcetag/") => "   (a tag of the resource)",
        _ if folded.starts_with("aws:requesttag/") => "   (a tag of the request)",
        _ => "",
    };
    match value {
        Some(value) => format!("{key}={value}{hint}"),
        None => format!("no {key}{hint}"),
    }
}

/// The members of a statement in the order of AWS's grammar.
const ORDER: [&str; 5] = ["Effect", "Principal", "Action", "Resource", "Condition"];

/// A statement on one line.
fn json(statement: &Value) -> String {
    let member = |name: &str| Some((name.to_owned(), statement.get(name)?));
    object(ORDER.into_iter().filter_map(member))
}

fn object<'v>(members: impl Iterator<Item = (String, &'v Value)>) -> String {
    let members = members.map(|(name, value)| format!("{}: {}", Value::from(name), spaced(value)));
    format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
}

/// JSON with a space after each colon and comma, as people write it.
fn spaced(value: &Value) -> String {
    match value {
        Value::Object(members) => object(members.iter().map(|(name, value)| (name.clone(), value))),
        Value::Array(items) => format!("[{}]", items.iter().map(spaced).collect::<Vec<_>>().join(", ")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

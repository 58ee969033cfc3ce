//! What engines without layers need around them: AWS's order of an account's, a user's and a resource's policies.

use anyhow::{Context as _, Result};
use doorward_bench::workload::Expected;
use serde_json::Value;

/// The policies of a workload by layer, as one engine loads them.
pub struct Layers<T> {
    identity: T,
    boundary: Option<T>,
    /// Each level of the organization; every one must allow.
    levels: Vec<T>,
    resource: Option<T>,
}

/// What one layer says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    Allow,
    Deny,
    /// No statement applies.
    Silent,
}

impl<T> Layers<T> {
    /// Loads each layer from the documents in it; the name is one that can stand in a program.
    pub fn load(workload: &Value, mut load: impl FnMut(&str, &[&Value]) -> Result<T>) -> Result<Self> {
        let documents = documents(workload)?;
        let mut some = |name: &str, found: Option<&Value>| {
            found.filter(|value| !value.is_null()).map(|value| load(name, &[value])).transpose()
        };
        Ok(Self {
            boundary: some("boundary", workload.get("permissions_boundary"))?,
            resource: some("resource", workload.get("resource_policy"))?,
            levels: levels(workload)?
                .iter()
                .enumerate()
                .map(|(index, level)| load(&format!("level{index}"), level))
                .collect::<Result<_>>()?,
            identity: load("identity", &documents)?,
        })
    }

    /// Decides by what each layer says: the small ones are asked first, and a denial ends it.
    pub fn decide(&self, mut ask: impl FnMut(&T) -> Option<Verdict>) -> Option<Expected> {
        let mut levels = true;
        for level in &self.levels {
            match ask(level)? {
                Verdict::Deny => return Some(Expected::ExplicitDeny),
                Verdict::Allow => {}
                Verdict::Silent => levels = false,
            }
        }
        let mut optional = |layer: &Option<T>, absent| layer.as_ref().map_or(Some(absent), &mut ask);
        let boundary = optional(&self.boundary, Verdict::Allow)?;
        let resource = optional(&self.resource, Verdict::Silent)?;
        if boundary == Verdict::Deny || resource == Verdict::Deny {
            return Some(Expected::ExplicitDeny);
        }
        let identity = ask(&self.identity)?;
        let both = identity == Verdict::Allow && boundary == Verdict::Allow;
        Some(match identity {
            Verdict::Deny => Expected::ExplicitDeny,
            Verdict::Allow | Verdict::Silent if levels && (both || resource == Verdict::Allow) => {
                Expected::Allow
            }
            Verdict::Allow | Verdict::Silent => Expected::ImplicitDeny,
        })
    }
}

/// The user's own documents.
pub fn documents(workload: &Value) -> Result<Vec<&Value>> {
    let policies =
        workload.get("identity_policies").and_then(Value::as_array).context("identity_policies")?;
    policies.iter().map(|policy| policy.get("Document").context("Document")).collect()
}

/// The organization's documents, by level.
pub fn levels(workload: &Value) -> Result<Vec<Vec<&Value>>> {
    let levels = workload.get("scps").and_then(Value::as_array).context("scps")?;
    levels.iter().map(|level| Ok(level.as_array().context("a level of scps")?.iter().collect())).collect()
}

/// The statements of several documents.
pub fn statements<'a>(documents: &[&'a Value]) -> Result<Vec<&'a Value>> {
    let mut all = Vec::new();
    for document in documents {
        all.extend(list(document.get("Statement")).context("a document without statements")?);
    }
    Ok(all)
}

/// One or several, as policies have it.
pub fn list(value: Option<&Value>) -> Option<Vec<&Value>> {
    let value = value?;
    Some(value.as_array().map_or_else(|| vec![value], |several| several.iter().collect()))
}

/// One or several texts.
pub fn texts(value: Option<&Value>) -> Result<Vec<&str>> {
    let values = list(value).context("no values")?;
    values.into_iter().map(|value| value.as_str().with_context(|| format!("`{value}` is no text"))).collect()
}

/// A member that must be a text.
pub fn text<'a>(value: &'a Value, name: &str) -> Result<&'a str> {
    value.get(name).and_then(Value::as_str).with_context(|| format!("no text `{name}`"))
}

/// The requests of a workload.
pub fn requests(workload: &Value) -> Result<&Vec<Value>> {
    workload.get("requests").and_then(Value::as_array).context("requests")
}

/// A request's context: keys and texts.
pub fn context(request: &Value) -> Result<Vec<(&str, &str)>> {
    let context = request.get("context").and_then(Value::as_object).context("context")?;
    let pair = |(key, value)| {
        Ok((key, Value::as_str(value).with_context(|| format!("`{key}` has several values"))?))
    };
    context.iter().map(|(key, value)| pair((key.as_str(), value))).collect()
}

/// What separates the conditions of a statement: operator, key and values of each.
pub fn conditions(statement: &Value) -> Result<Vec<(&str, &str, Vec<&str>)>> {
    let mut all = Vec::new();
    for (operator, keys) in statement.get("Condition").and_then(Value::as_object).into_iter().flatten() {
        for (key, values) in keys.as_object().context("a condition without keys")? {
            all.push((operator.as_str(), key.as_str(), texts(Some(values))?));
        }
    }
    Ok(all)
}

/// Whom a statement's principal names; `None` for everyone, or when it has none.
pub fn principals(statement: &Value) -> Result<Option<Vec<&str>>> {
    match statement.get("Principal") {
        None | Some(Value::String(_)) => Ok(None),
        Some(map) => texts(map.get("AWS")).map(Some),
    }
}

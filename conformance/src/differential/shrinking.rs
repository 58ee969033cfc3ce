//! Making a failing case small.

use serde_json::Value;

/// The member of questions without which there is nothing to ask.
const NEEDED: &str = "/questions";

/// How many smaller values are tried: what hundreds of statements are needed for would otherwise take hours.
const ATTEMPTS_MAX: usize = 5_000;

/// The smallest value found in a bounded number of attempts so that `fails` still holds.
///
/// Takes away one list element or object member at a time, the large ones first, and replaces a list of one by its
/// element, until nothing more goes.
pub(super) fn shrink(case: Value, fails: impl Fn(&Value) -> bool) -> Value {
    let mut smallest = case;
    let mut attempts = 0;
    // What could not go is tried again only when everything behind it has been tried.
    let mut from = 0;
    let mut went = false;
    while attempts < ATTEMPTS_MAX {
        let paths = paths(&smallest);
        let Some(path) = paths.get(from) else {
            if !went {
                break;
            }
            (from, went) = (0, false);
            continue;
        };
        let candidates = [without(&smallest, path), unwrapped(&smallest, path)];
        attempts += 1;
        match candidates.into_iter().flatten().find(|candidate| fails(candidate)) {
            Some(smaller) => (smallest, went) = (smaller, true),
            None => from += 1,
        }
    }
    smallest
}

/// The places of everything that might go, as JSON pointers, outermost first.
fn paths(value: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    collect(value, "", &mut paths);
    paths.retain(|path| path != NEEDED);
    paths.sort_by_key(|path| path.matches('/').count());
    paths
}

fn collect(value: &Value, at: &str, paths: &mut Vec<String>) {
    let mut inner = |name: String, value: &Value| {
        let path = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
        paths.push(path.clone());
        collect(value, &path, paths);
    };
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| inner(index.to_string(), item))
        }
        Value::Object(members) => members.iter().for_each(|(name, member)| inner(name.clone(), member)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn without(value: &Value, path: &str) -> Option<Value> {
    let (parent, name) = path.rsplit_once('/')?;
    let mut smaller = value.clone();
    match smaller.pointer_mut(parent)? {
        Value::Array(items) => {
            let index: usize = name.parse().ok()?;
            (index < items.len()).then(|| items.remove(index))?;
        }
        Value::Object(members) => {
            members.remove(&name.replace("~1", "/").replace("~0", "~"))?;
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
    }
    Some(smaller)
}

fn unwrapped(value: &Value, path: &str) -> Option<Value> {
    let mut smaller = value.clone();
    let place = smaller.pointer_mut(path)?;
    let [only] = &place.as_array()?[..] else { return None };
    *place = only.clone();
    Some(smaller)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keeps_what_is_needed_to_fail() {
        let case = json!({"questions": "a", "list": [[1], {"b/c": [2, 3], "d": 4}], "more": {}});
        let fails = |value: &Value| value.to_string().contains('3');
        assert_eq!(shrink(case, fails), json!({"questions": "a", "list": {"b/c": 3}}));
    }
}

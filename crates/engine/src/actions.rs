//! Which actions a statement is about.

use doorward_policy::request::Context;
use doorward_policy::{ActionClause, ActionPattern};

use crate::bytes::first_of;
use crate::pattern::Pattern;

/// The action of a request, folded to lower case; on the stack where it is ASCII and of a usual length.
pub(crate) enum AskedAction {
    Short { bytes: [u8; SHORT_BYTES_MAX], length: usize },
    Long(String),
}

/// The longest action kept on the stack, in bytes. The longest that AWS publishes are under 80.
const SHORT_BYTES_MAX: usize = 96;

impl AskedAction {
    pub(crate) fn new(action: &str) -> Self {
        let mut bytes = [0; SHORT_BYTES_MAX];
        match bytes.get_mut(..action.len()) {
            Some(place) if action.is_ascii() => {
                place.copy_from_slice(action.as_bytes());
                place.make_ascii_lowercase();
                Self::Short { bytes, length: action.len() }
            }
            Some(_) | None => Self::Long(action.to_lowercase()),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Short { bytes, length } => {
                bytes.get(..*length).and_then(|text| str::from_utf8(text).ok()).unwrap_or("")
            }
            Self::Long(text) => text,
        }
    }

    /// The service's prefix: what stands before the colon.
    pub(crate) fn service(&self) -> &str {
        service(self.as_str())
    }
}

/// The service's prefix of a folded action or pattern: what stands before the colon; empty where there is none.
pub(crate) fn service(action: &str) -> &str {
    first_of(action.as_bytes(), [b':']).and_then(|colon| action.get(..colon)).unwrap_or_default()
}

/// Whether a clause is about the action, given in lower case.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
pub(crate) fn include(clause: &ActionClause, action: &str) -> bool {
    let negated = match clause {
        ActionClause::Action(_) => false,
        ActionClause::NotAction(_) => true,
    };
    clause.patterns().iter().any(|pattern| covers(pattern.folded(), action)) != negated
}

fn covers(pattern: &str, action: &str) -> bool {
    match pattern.find(['*', '?']) {
        None => pattern == action,
        Some(first) => match pattern.split_at(first) {
            (beginning, "*") => action.starts_with(beginning),
            (beginning, _) => {
                action.starts_with(beginning) && Pattern::wild(pattern).matches(action, &Context::default())
            }
        },
    }
}

/// What the actions are found under that a pattern can be about, in lower case: the whole action where the pattern has no
/// wildcards, the service's prefix where they come after it. `None` where they are any service's.
pub(crate) fn reached(pattern: &ActionPattern) -> Option<&str> {
    let folded = pattern.folded();
    let Some(wildcard) = first_of(folded.as_bytes(), [b'*', b'?']) else {
        return Some(folded);
    };
    let before = folded.get(..wildcard).unwrap_or_default();
    Some(service(before)).filter(|service| !service.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use doorward_policy::Span;

    fn clause(patterns: &[&str]) -> Vec<ActionPattern> {
        let pattern = |text: &&str| ActionPattern { text: (*text).into(), span: Span::default() };
        patterns.iter().map(pattern).collect()
    }

    #[test]
    fn case_wildcards_and_negation() {
        for (patterns, action, included) in [
            (&["S3:getobject"][..], "s3:GetObject", true),
            (&["s3:Get?bject"], "s3:GetObject", true),
            (&["s3:Get??bject"], "s3:GetObject", false),
            (&["s3:*", "ec2:*"], "EC2:RunInstances", true),
            (&["*"], "a:b", true),
            (&["s3:Get*"], "s3-object-lambda:GetObject", false),
        ] {
            let asked = AskedAction::new(action);
            for (clause, wanted) in [
                (ActionClause::Action(clause(patterns)), included),
                (ActionClause::NotAction(clause(patterns)), !included),
            ] {
                assert_eq!(include(&clause, asked.as_str()), wanted, "{patterns:?} {action}");
            }
        }
    }

    #[test]
    fn long_and_foreign_actions_are_kept_whole() {
        let long = format!("s3:{}", "A".repeat(200));
        assert_eq!(AskedAction::new(&long).as_str(), long.to_lowercase());
        assert_eq!(AskedAction::new("s3:\u{c9}").as_str(), "s3:\u{e9}");
        assert_eq!(AskedAction::new("S3:Get").service(), "s3");
        assert_eq!(AskedAction::new("none").service(), "");
    }
}

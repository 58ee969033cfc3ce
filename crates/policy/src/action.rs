//! `Action` and `NotAction`.

use crate::span::Span;
use crate::text::Text;

/// What a statement says about actions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ActionClause {
    /// The statement is about the actions that match any of these.
    Action(Vec<ActionPattern>),
    /// The statement is about all actions, of every service, that match none of these.
    NotAction(Vec<ActionPattern>),
}

/// One action pattern: `*`, or `prefix:Name` in which the name's `*` stands for any run of characters and its `?` for
/// exactly one. Compared without regard to case. The prefix has no wildcards: `*:*`, the one text that AWS takes with a
/// wildcard there, is folded to `*`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActionPattern {
    /// The pattern as written.
    pub text: Text,
    /// Where it stands, quotes included.
    pub span: Span,
}

impl ActionPattern {
    /// The pattern in lower case: what requests, also in lower case, are matched against. `*` for `*:*`.
    #[must_use]
    pub fn folded(&self) -> &str {
        match self.text.folded() {
            "*:*" => "*",
            folded => folded,
        }
    }
}

impl ActionClause {
    /// The patterns, whichever way they are meant.
    #[must_use]
    pub fn patterns(&self) -> &[ActionPattern] {
        match self {
            Self::Action(patterns) | Self::NotAction(patterns) => patterns,
        }
    }
}

//! Text with policy variables in it: `arn:aws:s3:::home/${aws:username}/*`.

use crate::key::ContextKey;

/// A value or pattern as written, taken apart at its policy variables.
///
/// Variables are read only under version `2012-10-17`; in older documents the whole text is one [`Part::Text`].
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Template {
    /// The parts in order; never two [`Part::Text`] in a row; empty for the empty text.
    pub parts: Vec<Part>,
}

/// One piece of a [`Template`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// Text as written. `*` and `?` in it are wildcards where the place it stands in reads wildcards.
    Text(String),
    /// A character that is never a wildcard: `${*}`, `${?}` or `${$}`.
    Literal(char),
    /// `${key}` or `${key, 'default'}`: replaced by the request's value, in which nothing is a wildcard.
    Variable {
        /// The context key whose value stands here.
        key: ContextKey,
        /// What stands here when the request has no such key.
        default: Option<String>,
    },
}

impl Template {
    /// Whether any part is a variable.
    #[must_use]
    pub fn has_variables(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Variable { .. }))
    }
}

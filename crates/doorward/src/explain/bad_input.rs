//! What is wrong with what `doorward explain` was given.

use std::error::Error as _;

use doorward_policy::Malformed;

use super::excerpt;

/// Input from which no question can be made. Nothing was decided.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BadInput {
    /// A file cannot be read.
    #[error("`{place}` cannot be read")]
    Unreadable {
        /// The file.
        place: String,
        /// Why.
        source: std::io::Error,
    },
    /// A policy breaks the grammar of its kind.
    #[error("the policy in `{place}` is malformed: {}", .malformed.detail)]
    Policy {
        /// The file, or the place in a file.
        place: String,
        /// The policy's text.
        text: String,
        /// What is wrong, and where.
        malformed: Malformed,
    },
    /// A file is not JSON, or not of the form that it must have.
    #[error("`{place}` is not {wanted}")]
    Form {
        /// The file.
        place: String,
        /// What it must be.
        wanted: &'static str,
        /// What is wrong, and where.
        source: serde_json::Error,
    },
    /// A value breaks its rule.
    #[error("{field} `{value}`: {rule}")]
    Value {
        /// The argument, or the member of a request file.
        field: String,
        /// What was given.
        value: String,
        /// What it must be.
        rule: String,
    },
    /// A decoded message has nothing to explain.
    #[error("`{place}` holds no evaluation: {why}")]
    NoEvaluation {
        /// The file.
        place: String,
        /// Why not.
        why: &'static str,
    },
}

impl BadInput {
    /// A value that breaks its rule.
    pub fn value(field: impl Into<String>, value: impl Into<String>, rule: impl Into<String>) -> Self {
        Self::Value { field: field.into(), value: value.into(), rule: rule.into() }
    }

    /// The report for people, with the text of a policy and carets under what is wrong with it.
    #[must_use]
    pub fn report(&self) -> String {
        match self {
            Self::Policy { place, text, malformed } => excerpt::malformed(place, text, malformed),
            Self::Unreadable { .. } | Self::Form { .. } | Self::Value { .. } | Self::NoEvaluation { .. } => {
                let cause = self.source().map(|source| format!(": {source}")).unwrap_or_default();
                format!("\x1b[1;31merror\x1b[0m: {self}{cause}")
            }
        }
    }
}

//! Why a change to a delegation request is refused.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation.html> for the rules. AWS
//! documents no texts, and nobody has recorded any: all are ours, UNCONFIRMED (delegation-texts).

use crate::delegation::State;

/// Why something about a delegation request is refused; [`code`](Self::code) is AWS's error code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DelegationFault {
    /// There is no such request, or it is not for the account to see.
    #[error("The delegation request with id {0} cannot be found.")]
    NoSuchRequest(String),
    /// The account that it shall be for is not there.
    #[error("The owner account {0} does not exist.")]
    NoSuchOwnerAccount(String),
    /// The provider has a request of this workflow.
    #[error("A delegation request with the requestor workflow id {0} already exists.")]
    WorkflowExists(String),
    /// What the template came to is too long.
    #[error("The permission policy has {characters} characters, {limit} are allowed.")]
    PolicyTooLong {
        /// How many it has.
        characters: usize,
        /// How many it may have.
        limit: u32,
    },
    /// The request is in no state for this.
    #[error("A delegation request in the state {} cannot be {done}: it must be in the state {allowed}.", .state.name())]
    WrongState {
        /// The state that it is in.
        state: State,
        /// What was to be done to it.
        done: &'static str,
        /// The states in which that can be done.
        allowed: &'static str,
    },
    /// A root user may approve short sessions alone.
    #[error(
        "The root user can accept delegation requests of at most {max_s} seconds, and this one is of {session_s}."
    )]
    TooLongForRoot {
        /// The session's length.
        session_s: u32,
        /// The longest that there may be.
        max_s: u32,
    },
    /// The token may be released by the owner alone.
    #[error("Only the owner of the delegation request with id {0} can send its token.")]
    NotTheOwner(String),
}

impl DelegationFault {
    /// The error code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSuchRequest(_) => "NoSuchEntity",
            Self::WorkflowExists(_) => "EntityAlreadyExists",
            Self::PolicyTooLong { .. } => "LimitExceeded",
            Self::NoSuchOwnerAccount(_) | Self::WrongState { .. } | Self::TooLongForRoot { .. } => {
                "InvalidInput"
            }
            Self::NotTheOwner(_) => "AccessDenied",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every fault with its code and text. A change here is a change of what clients see.
    #[test]
    fn codes_and_texts() {
        let text = String::from;
        for (fault, code, expected) in [
            (
                DelegationFault::NoSuchRequest(text("x")),
                "NoSuchEntity",
                "The delegation request with id x cannot be found.",
            ),
            (
                DelegationFault::NoSuchOwnerAccount(text("1")),
                "InvalidInput",
                "The owner account 1 does not exist.",
            ),
            (
                DelegationFault::WorkflowExists(text("x")),
                "EntityAlreadyExists",
                "A delegation request with the requestor workflow id x already exists.",
            ),
            (
                DelegationFault::PolicyTooLong { characters: 3, limit: 2 },
                "LimitExceeded",
                "The permission policy has 3 characters, 2 are allowed.",
            ),
            (
                DelegationFault::WrongState { state: State::Expired, done: "accepted", allowed: "ASSIGNED" },
                "InvalidInput",
                "A delegation request in the state EXPIRED cannot be accepted: it must be in the state ASSIGNED.",
            ),
            (
                DelegationFault::TooLongForRoot { session_s: 15_000, max_s: 14_400 },
                "InvalidInput",
                "The root user can accept delegation requests of at most 14400 seconds, and this one is of 15000.",
            ),
            (
                DelegationFault::NotTheOwner(text("x")),
                "AccessDenied",
                "Only the owner of the delegation request with id x can send its token.",
            ),
        ] {
            assert_eq!((fault.code(), fault.to_string().as_str()), (code, expected));
        }
    }
}

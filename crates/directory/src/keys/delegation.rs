//! Where the records of temporary delegation stand.
//!
//! | key | record |
//! |---|---|
//! | `iam/delegation/request/{provider's account}/{digest of the workflow's id}` | a request; the store keeps workflows unique |
//! | `iam/delegation/notice/{request id}/{number}` | a notice that is to be delivered |

use std::fmt;
use std::sync::Arc;

use doorward_policy::AccountId;

use super::named;

/// The place of one record of temporary delegation.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Place {
    Request(AccountId, Arc<str>),
    Notice(Arc<str>, u32),
}

impl Place {
    /// The place of a key, which is what follows `iam/delegation/`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once('/')?;
        match kind {
            "request" => named(rest).map(|(account, workflow)| Self::Request(account, workflow)),
            "notice" => {
                let (request, number) = rest.split_once('/')?;
                let request = (!request.is_empty()).then_some(request)?;
                Some(Self::Notice(request.into(), number.parse().ok()?))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(account, workflow) => write!(f, "request/{account}/{workflow}"),
            Self::Notice(request, number) => write!(f, "notice/{request}/{number:010}"),
        }
    }
}

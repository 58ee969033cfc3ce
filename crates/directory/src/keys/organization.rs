//! Where the records of the organization stand.
//!
//! | key | record |
//! |---|---|
//! | `iam/organization/itself` | the organization and its root; every change to the organization writes it |
//! | `iam/organization/unit/{unit id}` | a unit |
//! | `iam/organization/member/{account}` | an account's membership |
//! | `iam/organization/policy/{policy id}` | a service or resource control policy |
//! | `iam/organization/handshake/{handshake id}` | a handshake |
//! | `iam/organization/creation/{creation id}` | a request to create an account |

use std::fmt;

use doorward_policy::AccountId;

use crate::organization::{CreationId, HandshakeId, PolicyId, UnitId};

/// The place of one record of the organization.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Place {
    Itself,
    Unit(UnitId),
    Member(AccountId),
    Policy(PolicyId),
    Handshake(HandshakeId),
    Creation(CreationId),
}

impl Place {
    /// The place of a key, which is what follows `iam/organization/`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text == "itself" {
            return Some(Self::Itself);
        }
        let (kind, id) = text.split_once('/')?;
        match kind {
            "unit" => id.parse().ok().map(Self::Unit),
            "member" => id.parse().ok().map(Self::Member),
            "policy" => id.parse().ok().map(Self::Policy),
            "handshake" => id.parse().ok().map(Self::Handshake),
            "creation" => id.parse().ok().map(Self::Creation),
            _ => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Itself => f.write_str("itself"),
            Self::Unit(id) => write!(f, "unit/{id}"),
            Self::Member(account) => write!(f, "member/{account}"),
            Self::Policy(id) => write!(f, "policy/{id}"),
            Self::Handshake(id) => write!(f, "handshake/{id}"),
            Self::Creation(id) => write!(f, "creation/{id}"),
        }
    }
}

//! Tests in the form that the hot path evaluates: one value, read already, against values of its type.

use doorward_policy::value::{Instant, Network};

use crate::bytes::Words;
use crate::comparisons::Relation;
use crate::slots::Slot;

/// What a test asks of a single value that could be read as what it wants. Everything else is the business of
/// [`Test`](crate::conditions::Test).
#[derive(Debug)]
pub(crate) enum Quick {
    /// There is no quick form.
    None,
    /// Whatever the value is.
    Always(bool),
    Words {
        words: Words,
        negated: bool,
    },
    Millionths {
        relation: Relation,
        wanted: Box<[i64]>,
        negated: bool,
    },
    Dates {
        relation: Relation,
        wanted: Box<[Instant]>,
        negated: bool,
    },
    /// The answers for `false` and for `true`.
    Truth([bool; 2]),
    /// Ranges of each version of IP: the bits of their addresses, and which of them count.
    Addresses {
        v4: Box<[(u32, u32)]>,
        v6: Box<[(u128, u128)]>,
        negated: bool,
    },
}

impl Quick {
    pub(crate) fn addresses(wanted: &[Network], negated: bool) -> Self {
        let v4 = wanted.iter().filter_map(Network::v4).collect();
        let v6 = wanted.iter().filter_map(Network::v6).collect();
        Self::Addresses { v4, v6, negated }
    }

    /// Whether the test holds; `None` where it takes more to tell.
    #[inline]
    pub(crate) fn holds(&self, slot: &Slot<'_>) -> Option<bool> {
        match (self, slot) {
            (Self::Words { words, negated }, Slot::Text(found)) => Some(words.hold(found) != *negated),
            (Self::Millionths { relation, wanted, negated }, Slot::Millionths(found)) => {
                Some(wanted.iter().any(|one| relation.holds(found.cmp(one))) != *negated)
            }
            (Self::Truth(answers), Slot::Truth(found)) => answers.get(usize::from(*found)).copied(),
            (Self::Addresses { v4, negated, .. }, Slot::V4(found)) => {
                Some(v4.iter().any(|(bits, mask)| found & mask == *bits) != *negated)
            }
            (Self::Addresses { v6, negated, .. }, Slot::V6(found)) => {
                let found = u128::from_be_bytes(*found);
                Some(v6.iter().any(|(bits, mask)| found & mask == *bits) != *negated)
            }
            (Self::Dates { relation, wanted, negated }, Slot::Date(found)) => {
                Some(wanted.iter().any(|one| relation.holds(found.cmp(one))) != *negated)
            }
            (Self::Always(answer), found) if !matches!(found, Slot::Missing | Slot::Unread) => Some(*answer),
            (_, _) => None,
        }
    }
}

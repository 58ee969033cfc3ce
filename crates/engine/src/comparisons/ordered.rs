//! Numbers, instants and addresses: lists in order, of which few must be looked at.

use std::cmp::Ordering;
use std::net::IpAddr;

use doorward_policy::value::Network;

use super::{Outcome, Relation};

/// Up to how many values the hot path looks at one by one.
const FEW_MAX: usize = 32;

/// Values that a request's value must stand in some relation to.
#[derive(Debug)]
pub(crate) struct Ordered<T> {
    relation: Relation,
    /// For equality all of them in order, without repetitions; otherwise the one that is easiest to satisfy.
    wanted: Box<[T]>,
    /// Whether some value is not of the type.
    has_others: bool,
}

impl<T> Ordered<T> {
    /// `None` stands for a value that is not of the type.
    pub(super) fn new(
        relation: Relation,
        values: impl Iterator<Item = Option<T>>,
        compare: impl Fn(&T, &T) -> Ordering,
    ) -> Self {
        let (mut wanted, mut has_others) = (Vec::new(), false);
        for value in values {
            has_others |= value.is_none();
            wanted.extend(value);
        }
        let wanted = match relation {
            Relation::Equal => {
                wanted.sort_unstable_by(&compare);
                wanted.dedup_by(|one, other| compare(one, other).is_eq());
                wanted
            }
            Relation::Less | Relation::LessOrEqual => {
                wanted.into_iter().max_by(compare).into_iter().collect()
            }
            Relation::Greater | Relation::GreaterOrEqual => {
                wanted.into_iter().min_by(compare).into_iter().collect()
            }
        };
        Self { relation, wanted: wanted.into(), has_others }
    }

    pub(super) const fn relation(&self) -> Relation {
        self.relation
    }

    /// The values, where they are few and all of the type.
    pub(super) fn few(&self) -> Option<&[T]> {
        Some(&*self.wanted).filter(|wanted| !self.has_others && wanted.len() <= FEW_MAX)
    }

    /// Compares with the value that a request has; `None` where that is not of the type.
    pub(super) fn compare<F>(&self, found: Option<&F>, order: impl Fn(&T, &F) -> Ordering) -> Outcome {
        let Some(found) = found else {
            return Outcome { hit: false, incomparable: self.has_others || !self.wanted.is_empty() };
        };
        let hit = match self.relation {
            Relation::Equal => self.wanted.binary_search_by(|wanted| order(wanted, found)).is_ok(),
            Relation::Less | Relation::LessOrEqual | Relation::Greater | Relation::GreaterOrEqual => {
                self.wanted.iter().any(|wanted| self.relation.holds(order(wanted, found).reverse()))
            }
        };
        Outcome { hit, incomparable: self.has_others }
    }
}

/// Ranges of addresses.
#[derive(Debug)]
pub(crate) struct Networks {
    /// As they are written, where they are few and all of them ranges.
    few: Option<Box<[Network]>>,
    /// First and last address of each range of version 4, and of version 6; in order, those that overlap put together.
    v4: Box<[(u32, u32)]>,
    v6: Box<[(u128, u128)]>,
    is_empty: bool,
    has_others: bool,
}

impl Networks {
    /// `None` stands for a value that is no range.
    pub(super) fn new(values: impl Iterator<Item = Option<Network>>) -> Self {
        let values: Vec<Option<Network>> = values.collect();
        let networks: Vec<Network> = values.iter().copied().flatten().collect();
        let has_others = networks.len() < values.len();
        let is_few = !has_others && networks.len() <= FEW_MAX;
        Self {
            v4: joined(networks.iter().filter_map(Network::v4).map(|(bits, mask)| (bits, bits | !mask))),
            v6: joined(networks.iter().filter_map(Network::v6).map(|(bits, mask)| (bits, bits | !mask))),
            few: is_few.then(|| networks.into()),
            is_empty: values.is_empty(),
            has_others,
        }
    }

    pub(super) fn few(&self) -> Option<&[Network]> {
        self.few.as_deref()
    }

    /// Compares with the address that a request has; `None` where it is none.
    pub(super) fn compare(&self, found: Option<IpAddr>) -> Outcome {
        let hit = match found {
            None => return Outcome { hit: false, incomparable: !self.is_empty },
            Some(IpAddr::V4(address)) => is_within(&self.v4, address.to_bits()),
            Some(IpAddr::V6(address)) => is_within(&self.v6, address.to_bits()),
        };
        Outcome { hit, incomparable: self.has_others }
    }
}

/// Ranges in order. Two that overlap are one inside the other: that is how networks are.
fn joined<A: Ord + Copy>(ranges: impl Iterator<Item = (A, A)>) -> Box<[(A, A)]> {
    let mut ranges: Vec<(A, A)> = ranges.collect();
    ranges.sort_unstable_by(|(first, last), (other_first, other_last)| {
        first.cmp(other_first).then(other_last.cmp(last))
    });
    ranges.dedup_by(|(_, last), (_, kept_last)| *last <= *kept_last);
    ranges.into()
}

fn is_within<A: Ord>(ranges: &[(A, A)], address: A) -> bool {
    let behind = ranges.partition_point(|(first, _)| *first <= address);
    behind.checked_sub(1).and_then(|place| ranges.get(place)).is_some_and(|(_, last)| address <= *last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_one_by_one(values in prop::collection::vec(prop::option::of(0i64..9), 0..9), found in prop::option::of(0i64..9)) {
            for relation in
                [Relation::Equal, Relation::Less, Relation::LessOrEqual, Relation::Greater, Relation::GreaterOrEqual]
            {
                let ordered = Ordered::new(relation, values.iter().copied(), Ord::cmp);
                let outcome = ordered.compare(found.as_ref(), Ord::cmp);
                let pairs = || values.iter().map(|wanted| found.zip(*wanted));
                prop_assert_eq!(outcome.incomparable, pairs().any(|pair| pair.is_none()));
                let hit = pairs().flatten().any(|(found, wanted)| relation.holds(found.cmp(&wanted)));
                prop_assert_eq!(outcome.hit, hit);
            }
        }

        #[test]
        fn addresses_as_one_by_one(ranges in prop::collection::vec("10\\.[0-3]\\.[0-9]\\.0/(8|16|2[0-9]|x)|2001:db8:[0-3]::/(32|4[0-9])", 0..9)) {
            let parsed: Vec<Option<Network>> = ranges.iter().map(|range| Network::parse(range)).collect();
            let networks = Networks::new(parsed.iter().copied());
            for address in ["10.1.5.9", "10.3.0.0", "11.0.0.0", "2001:db8:1::1", "::1", "none"] {
                let found: Option<IpAddr> = address.parse().ok();
                let outcome = networks.compare(found);
                let pairs = || parsed.iter().map(|wanted| found.zip(*wanted));
                prop_assert_eq!(outcome.incomparable, pairs().any(|pair| pair.is_none()));
                let hit = pairs().flatten().any(|(found, wanted)| wanted.contains(found));
                prop_assert_eq!(outcome.hit, hit);
            }
        }
    }
}

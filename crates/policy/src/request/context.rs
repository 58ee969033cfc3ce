//! The context of a request, laid out to be searched quickly.

use std::collections::BTreeMap;

use crate::key::{KNOWN, fold, number};

/// The context of a request: condition keys and their values. Names are case-insensitive; a key that is not here is
/// missing, which is not the same as empty.
///
/// The best-known keys, such as `aws:SourceIp`, are kept by number. Finding another takes a look into a small table by the
/// hash of its name; where those are many they are searched through a tree, whose cost no choice of names can drive up. A
/// well-known key costs an allocation for its value, another two or three.
#[derive(Clone)]
pub struct Context {
    /// By the number of a well-known key: its place among `known`, counted from 1; 0 where it is missing.
    known_places: [u8; KNOWN.len()],
    known: Vec<Known>,
    others: Vec<Other>,
    /// By hash, from there on the next free one: a place among `others`, counted from 1; 0 where there is none.
    buckets: [u8; BUCKETS],
    /// Where each folded name stands among `others`, once there are more than [`BUCKETED_MAX`].
    places: BTreeMap<Box<str>, usize>,
}

/// A well-known key.
#[derive(Clone)]
struct Known {
    number: u8,
    /// As it was written, where AWS writes it otherwise.
    written: Option<Box<str>>,
    value: ContextValue,
}

/// Any other key.
#[derive(Clone)]
struct Other {
    hash: u64,
    folded: Box<str>,
    /// As it was written, where that is not folded.
    written: Option<Box<str>>,
    value: ContextValue,
}

const BUCKETS: usize = 64;

/// How many keys are found through the buckets: no more than leave every search short.
const BUCKETED_MAX: usize = 40;

/// The value of a context key, as text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ContextValue {
    /// The value of a single-valued key.
    Single(String),
    /// The values of a multivalued key; an empty list counts as a missing key.
    Multiple(Vec<String>),
}

impl Known {
    fn name(&self) -> &str {
        let known = KNOWN.get(usize::from(self.number)).copied().unwrap_or_default();
        self.written.as_deref().unwrap_or(known)
    }
}

impl Other {
    fn name(&self) -> &str {
        self.written.as_deref().unwrap_or(&self.folded)
    }
}

impl Default for Context {
    fn default() -> Self {
        Self {
            known_places: [0; KNOWN.len()],
            known: Vec::new(),
            others: Vec::new(),
            buckets: [0; BUCKETS],
            places: BTreeMap::new(),
        }
    }
}

impl Context {
    /// Sets a single-valued key, replacing what stood there.
    pub fn put(&mut self, key: &str, value: &str) {
        self.insert(key, ContextValue::Single(value.to_owned()));
    }

    /// Sets a multivalued key, replacing what stood there.
    pub fn put_all(&mut self, key: &str, values: Vec<String>) {
        self.insert(key, ContextValue::Multiple(values));
    }

    /// Sets a key, replacing what stood there.
    pub fn insert(&mut self, key: &str, value: ContextValue) {
        if key.is_ascii() {
            match known_number(number(key)) {
                Some(number) => {
                    let written = KNOWN.get(usize::from(number)).is_none_or(|known| *known != key);
                    let written = written.then(|| key.into());
                    return self.insert_known(Known { number, written, value });
                }
                None => return self.insert_folded(key, key.to_ascii_lowercase(), value),
            }
        }
        let folded = fold(key);
        match known_number(number(&folded)) {
            Some(number) => self.insert_known(Known { number, written: Some(key.into()), value }),
            None => self.insert_folded(key, folded, value),
        }
    }

    fn insert_folded(&mut self, key: &str, folded: String, value: ContextValue) {
        let written = (folded != key).then(|| key.into());
        self.insert_other(Other { hash: number(&folded), folded: folded.into(), written, value });
    }

    fn insert_known(&mut self, known: Known) {
        let Some(place) = self.known_places.get_mut(usize::from(known.number)) else { return };
        match usize::from(*place).checked_sub(1).and_then(|place| self.known.get_mut(place)) {
            Some(old) => *old = known,
            None => {
                if self.known.is_empty() {
                    self.known.reserve(KNOWN_USUAL);
                }
                self.known.push(known);
                // There are fewer well-known keys than a byte counts.
                *place = self.known.len() as u8;
            }
        }
    }

    fn insert_other(&mut self, other: Other) {
        let place = self.other_place(other.hash, &other.folded);
        match place.and_then(|place| self.others.get_mut(place)) {
            Some(old) => *old = other,
            None => {
                self.others.push(other);
                self.index_last();
            }
        }
    }

    /// Takes a key away. Takes time in proportion to the keys that are left.
    pub fn remove(&mut self, key: &str) {
        let folded = fold(key);
        let all = std::mem::take(self);
        let stays = |name: &str| fold(name) != folded;
        all.known.into_iter().filter(|known| stays(known.name())).for_each(|known| self.insert_known(known));
        all.others
            .into_iter()
            .filter(|other| *other.folded != *folded)
            .for_each(|other| self.insert_other(other));
    }

    /// Adds every entry of `other`, which wins where both have a key.
    pub fn extend(&mut self, other: Self) {
        other.known.into_iter().for_each(|known| self.insert_known(known));
        other.others.into_iter().for_each(|other| self.insert_other(other));
    }

    /// The value under a key's folded name ([`crate::ContextKey::folded`]).
    #[must_use]
    pub fn value(&self, folded: &str) -> Option<&ContextValue> {
        self.value_hashed(number(folded), folded)
    }

    /// The same, for whoever keeps the name's hash ([`crate::ContextKey::hash`]) beside the name.
    #[must_use]
    #[inline]
    pub fn value_hashed(&self, hash: u64, folded: &str) -> Option<&ContextValue> {
        match usize::try_from(hash).ok().and_then(|number| self.known_places.get(number)) {
            Some(place) => self.known.get(usize::from(*place).wrapping_sub(1)).map(|known| &known.value),
            None => self.other_value(hash, folded),
        }
    }

    #[inline]
    fn other_value(&self, hash: u64, folded: &str) -> Option<&ContextValue> {
        if !self.places.is_empty() {
            return self.others.get(*self.places.get(folded)?).map(|other| &other.value);
        }
        let mut bucket = hash as usize % BUCKETS;
        loop {
            let place = usize::from(*self.buckets.get(bucket)?).checked_sub(1)?;
            let other = self.others.get(place)?;
            if other.hash == hash && *other.folded == *folded {
                return Some(&other.value);
            }
            bucket = (bucket + 1) % BUCKETS;
        }
    }

    /// All keys as they were named, with their values, ordered by folded name. Allocates, to sort.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &ContextValue)> {
        let known = self.known.iter().map(|known| (known.name(), &known.value));
        let others = self.others.iter().map(|other| (other.name(), &other.value));
        let mut sorted: Vec<_> = known.chain(others).collect();
        sorted.sort_by_cached_key(|(name, _)| fold(name));
        sorted.into_iter()
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len() + self.others.len()
    }

    /// Whether there are no keys.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn other_place(&self, hash: u64, folded: &str) -> Option<usize> {
        if !self.places.is_empty() {
            return self.places.get(folded).copied();
        }
        self.others.iter().position(|other| other.hash == hash && *other.folded == *folded)
    }

    /// Makes the last of the other keys findable.
    fn index_last(&mut self) {
        let Some(last) = self.others.last() else { return };
        let count = self.others.len();
        if !self.places.is_empty() {
            self.places.insert(last.folded.clone(), count - 1);
        } else if count > BUCKETED_MAX {
            let all = self.others.iter().enumerate();
            self.places = all.map(|(place, other)| (other.folded.clone(), place)).collect();
        } else {
            let first = last.hash as usize % BUCKETS;
            let mut following = (0..BUCKETS).map(|step| (first + step) % BUCKETS);
            let free = following.find(|bucket| self.buckets.get(*bucket) == Some(&0));
            if let (Some(bucket), Ok(count)) =
                (free.and_then(|at| self.buckets.get_mut(at)), u8::try_from(count))
            {
                *bucket = count;
            }
        }
    }
}

/// How many well-known keys a request has, about.
const KNOWN_USUAL: usize = 16;

/// The number of a well-known key, from what its name comes to.
fn known_number(number: u64) -> Option<u8> {
    u8::try_from(number).ok().filter(|number| usize::from(*number) < KNOWN.len())
}

impl PartialEq for Context {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl Eq for Context {}

impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_case_insensitive_and_kept_as_written() {
        let mut context = Context::default();
        context.put("aws:PrincipalTag/Team", "a");
        context.put("AWS:principaltag/TEAM", "b");
        context.put_all("aws:TagKeys", vec![]);
        assert_eq!(context.value("aws:principaltag/team"), Some(&ContextValue::Single("b".to_owned())));
        let names: Vec<&str> = context.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["AWS:principaltag/TEAM", "aws:TagKeys"]);
        context.remove("aws:principaltag/team");
        assert_eq!(context.value("aws:principaltag/team"), None);
        assert_eq!(context.len(), 1);
    }

    proptest! {
        /// Whatever is put and removed, in contexts of few keys and of many, a map would hold the same.
        #[test]
        fn behaves_like_a_map(steps in prop::collection::vec((0u8..3, 0u16..200, 0u8..4), 0..400)) {
            let mut context = Context::default();
            let mut map = BTreeMap::new();
            for (what, key, value) in steps {
                let written = match (KNOWN.get(usize::from(key)), value % 2) {
                    (Some(known), 0) => known.to_uppercase(),
                    (Some(known), _) => (*known).to_owned(),
                    (None, 0) => format!("K{key}"),
                    (None, _) => format!("k{key}"),
                };
                if what == 0 {
                    context.remove(&written);
                    map.remove(&fold(&written));
                } else {
                    context.put(&written, &value.to_string());
                    map.insert(fold(&written), value.to_string());
                }
            }
            prop_assert_eq!(context.len(), map.len());
            for (key, value) in &map {
                prop_assert_eq!(context.value(key), Some(&ContextValue::Single(value.clone())));
            }
            let names: Vec<String> = context.iter().map(|(name, _)| fold(name)).collect();
            prop_assert_eq!(names, map.into_keys().collect::<Vec<_>>());
        }
    }
}

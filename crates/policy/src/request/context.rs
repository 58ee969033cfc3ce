//! The context of a request, laid out to be searched quickly.

use std::collections::BTreeMap;

use crate::key::{fold, hash};

/// The context of a request: condition keys and their values. Names are case-insensitive; a key that is not here is
/// missing, which is not the same as empty.
///
/// Finding a key takes a look into a small table by the hash of its name; contexts of many keys are searched through a
/// tree, whose cost no choice of names can drive up. A key costs two or three small allocations.
#[derive(Clone)]
pub struct Context {
    entries: Vec<Entry>,
    /// By hash, from there on the next free one: the place of an entry, counted from 1; 0 where there is none.
    buckets: [u8; BUCKETS],
    /// Where each folded name stands, once there are more than [`BUCKETED_MAX`].
    places: BTreeMap<Box<str>, usize>,
}

#[derive(Clone)]
struct Entry {
    /// The hash of the folded name.
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

impl Entry {
    fn name(&self) -> &str {
        self.written.as_deref().unwrap_or(&self.folded)
    }
}

impl Default for Context {
    fn default() -> Self {
        Self { entries: Vec::new(), buckets: [0; BUCKETS], places: BTreeMap::new() }
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
        let folded = fold(key);
        let hash = hash(&folded);
        let place = self.place(hash, &folded);
        let written = (folded != key).then(|| key.into());
        let entry = Entry { hash, folded: folded.into(), written, value };
        match place.and_then(|place| self.entries.get_mut(place)) {
            Some(old) => *old = entry,
            None => {
                self.entries.push(entry);
                self.index_last();
            }
        }
    }

    /// Takes a key away. Takes time in proportion to the keys that are left.
    pub fn remove(&mut self, key: &str) {
        let folded = fold(key);
        let Some(place) = self.place(hash(&folded), &folded) else { return };
        let mut entries = std::mem::take(self).entries;
        entries.swap_remove(place);
        for entry in entries {
            self.entries.push(entry);
            self.index_last();
        }
    }

    /// Adds every entry of `other`, which wins where both have a key.
    pub fn extend(&mut self, other: Self) {
        for Entry { folded, written, value, .. } in other.entries {
            self.insert(written.as_deref().unwrap_or(&folded), value);
        }
    }

    /// The value under a key's folded name ([`crate::ContextKey::folded`]).
    #[must_use]
    pub fn value(&self, folded: &str) -> Option<&ContextValue> {
        self.value_hashed(hash(folded), folded)
    }

    /// The same, for whoever keeps the name's hash ([`crate::ContextKey::hash`]) beside the name.
    #[must_use]
    #[inline]
    pub fn value_hashed(&self, hash: u64, folded: &str) -> Option<&ContextValue> {
        if !self.places.is_empty() {
            return self.entries.get(*self.places.get(folded)?).map(|entry| &entry.value);
        }
        let mut bucket = hash as usize % BUCKETS;
        loop {
            let place = usize::from(*self.buckets.get(bucket)?).checked_sub(1)?;
            let entry = self.entries.get(place)?;
            if entry.hash == hash && *entry.folded == *folded {
                return Some(&entry.value);
            }
            bucket = (bucket + 1) % BUCKETS;
        }
    }

    /// All keys as they were named, with their values, ordered by folded name. Allocates, to sort.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &ContextValue)> {
        let mut sorted: Vec<&Entry> = self.entries.iter().collect();
        sorted.sort_unstable_by(|one, other| one.folded.cmp(&other.folded));
        sorted.into_iter().map(|entry| (entry.name(), &entry.value))
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no keys.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn place(&self, hash: u64, folded: &str) -> Option<usize> {
        if !self.places.is_empty() {
            return self.places.get(folded).copied();
        }
        self.entries.iter().position(|entry| entry.hash == hash && *entry.folded == *folded)
    }

    /// Makes the last entry findable.
    fn index_last(&mut self) {
        let Some(last) = self.entries.last() else { return };
        let count = self.entries.len();
        if !self.places.is_empty() {
            self.places.insert(last.folded.clone(), count - 1);
        } else if count > BUCKETED_MAX {
            let all = self.entries.iter().enumerate();
            self.places = all.map(|(place, entry)| (entry.folded.clone(), place)).collect();
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
        fn behaves_like_a_map(steps in prop::collection::vec((0u8..3, 0u16..150, 0u8..4), 0..400)) {
            let mut context = Context::default();
            let mut map = BTreeMap::new();
            for (what, key, value) in steps {
                let written = if value % 2 == 0 { format!("K{key}") } else { format!("k{key}") };
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

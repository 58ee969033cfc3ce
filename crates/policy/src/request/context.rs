//! The context of a request, laid out to be searched quickly.

use std::collections::BTreeMap;

use crate::key::{fold, hash};

/// The context of a request: condition keys and their values. Names are case-insensitive; a key that is not here is
/// missing, which is not the same as empty.
///
/// Finding a key compares short hashes one after another, which for the few dozen keys of a request is quicker than any
/// tree; contexts of many keys are searched through one. A key costs two or three small allocations.
#[derive(Clone, Default)]
pub struct Context {
    /// The hash of each entry's folded name.
    hashes: Vec<u64>,
    entries: Vec<Entry>,
    /// Where each folded name stands, once there are more than [`SCANNED_MAX`].
    places: BTreeMap<Box<str>, usize>,
}

#[derive(Clone)]
struct Entry {
    /// As it was written.
    name: Box<str>,
    /// Folded, where that is not how it was written.
    folded: Option<Box<str>>,
    value: ContextValue,
}

/// How many keys are searched one by one.
const SCANNED_MAX: usize = 64;

/// The value of a context key, as text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ContextValue {
    /// The value of a single-valued key.
    Single(String),
    /// The values of a multivalued key; an empty list counts as a missing key.
    Multiple(Vec<String>),
}

impl Entry {
    fn folded(&self) -> &str {
        self.folded.as_deref().unwrap_or(&self.name)
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
        let entry = |folded: String| Entry {
            name: key.into(),
            folded: (folded != key).then(|| folded.into_boxed_str()),
            value,
        };
        if let Some(old) = self.place(hash(&folded), &folded).and_then(|place| self.entries.get_mut(place)) {
            *old = entry(folded);
            return;
        }
        self.hashes.push(hash(&folded));
        self.entries.push(entry(folded));
        self.keep_places();
    }

    /// Takes a key away.
    pub fn remove(&mut self, key: &str) {
        let folded = fold(key);
        let Some(place) = self.place(hash(&folded), &folded) else { return };
        self.hashes.swap_remove(place);
        self.entries.swap_remove(place);
        self.places.remove(&*folded);
        // The last entry has taken the place of the one removed.
        if let Some(moved) = self.entries.get(place)
            && let Some(known) = self.places.get_mut(moved.folded())
        {
            *known = place;
        }
    }

    /// Adds every entry of `other`, which wins where both have a key.
    pub fn extend(&mut self, other: Self) {
        for Entry { name, value, .. } in other.entries {
            self.insert(&name, value);
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
        self.entries.get(self.place(hash, folded)?).map(|entry| &entry.value)
    }

    /// All keys as they were named, with their values, ordered by folded name. Allocates, to sort.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &ContextValue)> {
        let mut sorted: Vec<&Entry> = self.entries.iter().collect();
        sorted.sort_unstable_by(|one, other| one.folded().cmp(other.folded()));
        sorted.into_iter().map(|entry| (&*entry.name, &entry.value))
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

    #[inline]
    fn place(&self, hash: u64, folded: &str) -> Option<usize> {
        if !self.places.is_empty() {
            return self.places.get(folded).copied();
        }
        let is_it = |place: usize| self.entries.get(place).is_some_and(|entry| entry.folded() == folded);
        let first = self.hashes.iter().position(|other| *other == hash)?;
        if is_it(first) {
            return Some(first);
        }
        // Two names with one hash: rare, and slow is good enough.
        (first + 1..self.entries.len()).find(|place| is_it(*place))
    }

    fn keep_places(&mut self) {
        let last = self.entries.len() - 1;
        if !self.places.is_empty() {
            self.places.extend(self.entries.last().map(|entry| (entry.folded().into(), last)));
        } else if last >= SCANNED_MAX {
            let all = self.entries.iter().enumerate();
            self.places = all.map(|(place, entry)| (entry.folded().into(), place)).collect();
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

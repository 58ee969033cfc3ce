//! A map for many small entries, of which successive snapshots share nearly all.
//!
//! Entries stand in buckets of about [`BUCKET`], by their keys' hashes; a bucket takes no more room than its entries. The
//! table grows by splitting one bucket at a time (linear hashing), so that no insertion costs more than another. A
//! clone costs nothing; a change after it copies one bucket and the way to it.

use std::borrow::Borrow;
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::Arc;

use imbl::Vector;

/// How many entries there are for each bucket: fewer would spend more on buckets, more would make longer searches.
const BUCKET: usize = 12;

/// A map from `K` to `V`. Looking up costs a hash and a search of one bucket.
#[derive(Clone)]
pub(crate) struct Table<K, V> {
    /// At least one.
    buckets: Vector<Bucket<K, V>>,
    len: usize,
    hasher: RandomState,
}

type Bucket<K, V> = Arc<Vec<(K, V)>>;

/// The number of a bucket, and a position in it.
type Place = (usize, usize);

impl<K: Hash + Eq + Clone, V: Clone> Table<K, V> {
    pub(crate) fn new() -> Self {
        Self { buckets: Vector::unit(Arc::default()), len: 0, hasher: RandomState::new() }
    }

    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// A table of all these at once, about so many: much less work than inserting them. No key may come twice.
    pub(crate) fn of(about: usize, entries: impl Iterator<Item = (K, V)>) -> Self {
        let count = about.div_ceil(BUCKET).max(1);
        let mut table = Self { len: 0, buckets: Vector::new(), hasher: RandomState::new() };
        let mut buckets: Vec<Vec<(K, V)>> = Vec::new();
        buckets.resize_with(count, || Vec::with_capacity(BUCKET));
        for (key, value) in entries {
            let place = table.place_among(count, &key);
            if let Some(bucket) = buckets.get_mut(place) {
                bucket.push((key, value));
                table.len += 1;
            }
        }
        table.buckets = buckets
            .into_iter()
            .map(|mut bucket| {
                bucket.shrink_to_fit();
                Arc::new(bucket)
            })
            .collect();
        table
    }

    pub(crate) fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let bucket = self.bucket(self.place(key));
        bucket.iter().find(|(other, _)| other.borrow() == key).map(|(_, value)| value)
    }

    /// The value of `key`, to be changed; a new one if there is none.
    pub(crate) fn or_default(&mut self, key: &K) -> &mut V
    where
        V: Default,
    {
        let place = match self.find(key) {
            Ok(place) => place,
            Err(bucket) => self.add(bucket, key.clone(), V::default()),
        };
        self.value_at(place)
    }

    /// Returns what stood under the key.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(place) => Some(std::mem::replace(self.value_at(place), value)),
            Err(bucket) => {
                self.add(bucket, key, value);
                None
            }
        }
    }

    /// Returns what stood under the key. Buckets stay.
    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        let (bucket, position) = self.find(key).ok()?;
        let entries = Arc::make_mut(self.bucket_mut(bucket));
        let (_, value) = entries.swap_remove(position);
        entries.shrink_to_fit();
        self.len -= 1;
        Some(value)
    }

    /// What is in it, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.buckets.iter().flat_map(|bucket| bucket.iter().map(|(key, value)| (key, value)))
    }

    /// The place of a key, or the bucket in which it is missing.
    fn find(&self, key: &K) -> Result<Place, usize> {
        let bucket = self.place(key);
        let position = self.bucket(bucket).iter().position(|(other, _)| other == key);
        position.map(|position| (bucket, position)).ok_or(bucket)
    }

    #[expect(clippy::indexing_slicing, reason = "a bucket's number is below the number of buckets")]
    fn bucket(&self, number: usize) -> &Bucket<K, V> {
        &self.buckets[number]
    }

    #[expect(clippy::indexing_slicing, reason = "a bucket's number is below the number of buckets")]
    fn bucket_mut(&mut self, number: usize) -> &mut Bucket<K, V> {
        &mut self.buckets[number]
    }

    /// The value at a place that was just found.
    #[expect(clippy::indexing_slicing, reason = "there is an entry at the place")]
    fn value_at(&mut self, (bucket, position): Place) -> &mut V {
        &mut Arc::make_mut(self.bucket_mut(bucket))[position].1
    }

    /// Adds a key that is missing to its bucket; says where it is.
    fn add(&mut self, bucket: usize, key: K, value: V) -> Place {
        let mut bucket = bucket;
        if self.len >= self.buckets.len() * BUCKET {
            self.split();
            bucket = self.place(&key);
        }
        let entries = with_room(self.bucket_mut(bucket));
        entries.push((key, value));
        let position = entries.len() - 1;
        self.len += 1;
        (bucket, position)
    }

    /// The bucket of a key: the low bits of its hash, one fewer where that bucket is not split off yet.
    fn place<Q: Hash + ?Sized>(&self, key: &Q) -> usize {
        self.place_among(self.buckets.len(), key)
    }

    fn place_among<Q: Hash + ?Sized>(&self, count: usize, key: &Q) -> usize {
        // Truncated where `usize` is smaller: a hash all the same.
        let hash = self.hasher.hash_one(key) as usize;
        let wide = count.next_power_of_two();
        let place = hash & (wide - 1);
        if place < count { place } else { place & (wide / 2 - 1) }
    }

    /// Splits the bucket whose turn it is into itself and a new one at the end.
    fn split(&mut self) {
        let new = self.buckets.len();
        // Without its highest bit: where its entries were looked for until now.
        let from = new ^ (1 << new.ilog2());
        self.buckets.push_back(Arc::default());
        let bucket = std::mem::take(self.bucket_mut(from));
        let entries = Arc::try_unwrap(bucket).unwrap_or_else(|shared| Vec::clone(&shared));
        let (mut stay, mut go): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|(key, _)| self.place(key) == from);
        stay.shrink_to_fit();
        go.shrink_to_fit();
        *self.bucket_mut(from) = Arc::new(stay);
        *self.bucket_mut(new) = Arc::new(go);
    }
}

/// The entries of a bucket, with room for one more and no more than that.
fn with_room<K: Clone, V: Clone>(bucket: &mut Bucket<K, V>) -> &mut Vec<(K, V)> {
    if Arc::get_mut(bucket).is_none() {
        let mut entries = Vec::with_capacity(bucket.len() + 1);
        entries.extend(bucket.iter().cloned());
        *bucket = Arc::new(entries);
    }
    let entries = Arc::make_mut(bucket);
    entries.reserve_exact(1);
    entries
}

/// The same keys with the same values.
impl<K: Hash + Eq + Clone, V: Clone + PartialEq> PartialEq for Table<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Default for Table<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::vec;
    use proptest::{prop_assert, prop_assert_eq, proptest};

    use super::*;

    proptest! {
        #[test]
        fn is_a_map(steps in vec((0_u8..4, 0_u16..300, 0_u32..9), 0..2000)) {
            let (mut table, mut map) = (Table::new(), BTreeMap::new());
            let mut before = (table.clone(), map.clone());
            for (step, key, value) in steps {
                match step {
                    0 | 1 => prop_assert_eq!(table.insert(key, value), map.insert(key, value)),
                    2 => prop_assert_eq!(table.remove(&key), map.remove(&key)),
                    _ => {
                        prop_assert!(before.0.iter().map(|(key, value)| (*key, *value)).collect::<BTreeMap<_, _>>() == before.1);
                        before = (table.clone(), map.clone());
                    }
                }
                prop_assert_eq!(table.get(&key), map.get(&key));
            }
            prop_assert_eq!(table.len(), map.len());
            let mut again = Table::new();
            for (key, value) in map.iter().rev() {
                again.insert(*key, *value);
            }
            prop_assert!(again == table);
            prop_assert!(before.1.iter().all(|(key, value)| before.0.get(key) == Some(value)));
            let at_once = Table::of(map.len(), map.iter().map(|(key, value)| (*key, *value)));
            prop_assert!(at_once == table && at_once.iter().count() == at_once.len());
            again.insert(1000, 0);
            prop_assert!(again != table);
        }
    }

    #[test]
    fn buckets_are_filled_evenly() {
        let mut table = Table::new();
        for key in 0..100_000_u32 {
            table.insert(key, ());
        }
        assert_eq!(table.buckets.len(), 100_000_usize.div_ceil(BUCKET));
        // With random hashes a bucket not yet split has 24 at most on average, and one of 8,000 twice as many.
        assert!(table.buckets.iter().map(|bucket| bucket.len()).max() < Some(70));
        *table.or_default(&7) = ();
        assert_eq!((table.len(), table.get(&100_000)), (100_000, None));
    }
}

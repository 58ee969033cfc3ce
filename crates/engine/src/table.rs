//! A table that is only ever added to, and read without waiting.

use std::sync::OnceLock;

/// Something with a name to find it by.
pub(crate) trait Keyed {
    /// Whether the name means this.
    fn is(&self, name: &str) -> bool;
}

/// Things by name. Holds a bounded number of them: what finds no room is handed back, and must be made anew each time.
///
/// Three tables, each larger than the one before, and each made when there was no room in the one before.
#[derive(Debug)]
pub(crate) struct Table<T> {
    levels: [OnceLock<Level<T>>; SIZES.len()],
}

type Level<T> = Box<[OnceLock<(u64, T)>]>;

/// How many things the tables hold at most.
const SIZES: [usize; 3] = [16, 256, 4_096];

/// How many places, one after another, a thing may stand in.
const PLACES: usize = 4;

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { levels: Default::default() }
    }
}

impl<T: Keyed> Table<T> {
    /// The thing with this name, whose hash this is.
    #[inline]
    pub(crate) fn find(&self, hash: u64, name: &str) -> Option<&T> {
        let [first, ..] = &self.levels;
        let level = first.get()?;
        // Most things stand where they are looked for first.
        match level.get(hash as usize & (level.len() - 1))?.get()? {
            (other, thing) if *other == hash && thing.is(name) => Some(thing),
            (_, _) => self.find_further(hash, name),
        }
    }

    fn find_further(&self, hash: u64, name: &str) -> Option<&T> {
        self.levels.iter().map_while(OnceLock::get).find_map(|level| {
            // Things are put in the first free place and never taken away: behind a free one there is nothing.
            let mut things = places(level, hash).map_while(OnceLock::get);
            things.find(|(other, thing)| *other == hash && thing.is(name)).map(|(_, thing)| thing)
        })
    }

    /// Puts a thing in. Hands it back where there is no room for it.
    pub(crate) fn insert(&self, hash: u64, thing: T) -> Option<T> {
        let mut entry = (hash, thing);
        for (level, size) in self.levels.iter().zip(SIZES) {
            let level = level.get_or_init(|| (0..size).map(|_| OnceLock::new()).collect());
            for place in places(level, hash) {
                match place.set(entry) {
                    Ok(()) => return None,
                    Err(back) => entry = back,
                }
            }
        }
        Some(entry.1)
    }

    /// The bytes that the table takes, without what its things own.
    pub(crate) fn bytes(&self) -> usize {
        self.levels.iter().filter_map(OnceLock::get).map(|level| size_of_val(&**level)).sum()
    }
}

/// The places of a table where something with this hash may stand.
#[inline]
fn places<T>(level: &Level<T>, hash: u64) -> impl Iterator<Item = &OnceLock<(u64, T)>> {
    let mask = level.len() - 1;
    let first = (hash as usize) & mask;
    (0..PLACES).filter_map(move |step| level.get((first + step) & mask))
}

/// A hash of an action's name that does not depend on the case of ASCII letters.
#[inline]
pub(crate) fn action_hash(name: &str) -> u64 {
    const LOWER: u64 = 0x2020_2020_2020_2020;
    let mix = |hash: u64, word: u64| (hash.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let (words, rest) = name.as_bytes().as_chunks::<8>();
    let mut hash = name.len() as u64;
    for word in words {
        hash = mix(hash, u64::from_le_bytes(*word) | LOWER);
    }
    let tail = rest.iter().fold(0, |tail, byte| tail << 8 | u64::from(*byte | 0x20));
    let hash = mix(hash, tail);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Keyed for String {
        fn is(&self, name: &str) -> bool {
            self == name
        }
    }

    #[test]
    fn holds_what_it_has_room_for() {
        let table: Table<String> = Table::default();
        let mut refused = 0;
        for number in 0..10_000 {
            let name = format!("s3:Action{number}");
            let hash = action_hash(&name);
            assert_eq!(table.find(hash, &name), None);
            match table.insert(hash, name.clone()) {
                None => assert_eq!(table.find(hash, &name), Some(&name)),
                Some(back) => {
                    refused += 1;
                    assert_eq!((&back, table.find(hash, &name)), (&name, None));
                }
            }
        }
        assert!((5_632..8_000).contains(&refused), "{refused}");
    }

    #[test]
    fn case_does_not_count() {
        for (one, other, same) in [
            ("s3:GetObject", "S3:GETOBJECT", true),
            ("s3:GetObject", "s3:GetObjects", false),
            ("", "", true),
            ("iam:PassRole", "iam:PassRolf", false),
            ("abcdefgh", "ABCDEFGH", true),
        ] {
            assert_eq!(action_hash(one) == action_hash(other), same, "{one} {other}");
        }
    }
}

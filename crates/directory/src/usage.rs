//! When access keys and roles were last used.
//!
//! The gate notes every authenticated request here; what is new is written to the store now and then, many at once. A use
//! that is not written yet is lost if the server is killed. That is no more than AWS promises, which shows uses late:
//! it tells nothing of what a request may do.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html>

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use doorward_sigv4::AccessKeyId;
use jiff::Timestamp;

use crate::Directory;
use crate::change::usage::{USES_AT_ONCE_MAX, put};
use crate::refusal::Refusal;
use crate::snapshot::Snapshot;
use crate::unique_id::UniqueId;

/// What is used.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Used {
    /// A long-term access key.
    Key(AccessKeyId),
    /// A role, by a session of it.
    Role(UniqueId),
}

/// One use: the last that is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Use {
    /// When, in whole seconds; as exact as [`NOTED_S`] allows.
    pub at: Timestamp,
    /// The service that was asked, as requests are signed for it: `iam`.
    pub service: Arc<str>,
    /// The region that the request was signed for.
    pub region: Arc<str>,
}

/// How exact times are, in seconds: of several uses of one thing in one service and region within as many, one is noted.
pub const NOTED_S: i64 = 60;

/// How many recent uses are told apart without taking the lock. What has no room costs the lock, and no more.
const RECENT: usize = 4096;

/// Uses that are not in the store yet.
pub(crate) struct Book {
    /// Marks of the uses noted last, each at the place that its hash says.
    recent: Box<[AtomicU64]>,
    /// What marks begin with, so that nobody can tell which uses have the same.
    seed: u64,
    unsaved: Mutex<HashMap<Used, Use>>,
}

impl Default for Book {
    fn default() -> Self {
        let recent = std::iter::repeat_with(AtomicU64::default).take(RECENT).collect();
        Self { recent, seed: RandomState::new().hash_one(0), unsaved: Mutex::default() }
    }
}

impl Book {
    fn note(&self, used: Used, service: &str, region: &str, now: Timestamp) {
        let minute = now.as_second().div_euclid(NOTED_S);
        let mark = mark(self.seed, used, &[service, region], minute);
        let place = usize::try_from(mark).unwrap_or_default() % RECENT;
        // The rest of the hash tells uses at one place apart. That two agree in all of it would lose a minute.
        let known = self.recent.get(place).is_some_and(|at| at.swap_if_other(mark));
        if !known {
            let at = Timestamp::from_second(now.as_second()).unwrap_or(now);
            let new = Use { at, service: service.into(), region: region.into() };
            self.lock().insert(used, new);
        }
    }

    fn find(&self, used: Used) -> Option<Use> {
        self.lock().get(&used).cloned()
    }

    /// Some of what is not saved yet.
    fn some(&self) -> Vec<(Used, Use)> {
        let unsaved = self.lock();
        unsaved.iter().take(USES_AT_ONCE_MAX).map(|(used, last)| (*used, last.clone())).collect()
    }

    /// Forgets what is saved, unless it was used again meanwhile.
    fn saved(&self, uses: &[(Used, Use)]) {
        let mut unsaved = self.lock();
        for (used, last) in uses {
            if unsaved.get(used) == Some(last) {
                unsaved.remove(used);
            }
        }
    }

    // Nothing is done under this lock that could leave it half done.
    fn lock(&self) -> MutexGuard<'_, HashMap<Used, Use>> {
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stand-in for a use, made eight bytes at a time: the map's hash would cost five times as much, for every request.
fn mark(seed: u64, used: Used, texts: &[&str; 2], minute: i64) -> u64 {
    let mix = |mark: u64, word: u64| (mark.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let add = |mark: u64, text: &str| {
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        let mark = words.iter().fold(mark, |mark, word| mix(mark, u64::from_le_bytes(*word)));
        mix(mark, rest.iter().fold(text.len() as u64, |word, byte| word << 8 | u64::from(*byte)))
    };
    let first = mix(seed, minute.cast_unsigned());
    let whole = match used {
        Used::Key(id) => add(first, id.as_str()),
        Used::Role(id) => add(first, id.as_str()),
    };
    let all = texts.iter().fold(whole, |mark, text| add(mark, text));
    all ^ (all >> 32)
}

/// A place of [`Book::recent`].
trait Place {
    /// Whether `mark` stands there already; it does afterwards.
    fn swap_if_other(&self, mark: u64) -> bool;
}

impl Place for AtomicU64 {
    fn swap_if_other(&self, mark: u64) -> bool {
        // Mostly it does, and nobody else's processor need hear of it.
        self.load(Ordering::Relaxed) == mark || self.swap(mark, Ordering::Relaxed) == mark
    }
}

impl Directory {
    /// Notes a use. Costs a hash; once a [minute](NOTED_S) for each thing used, service and region, a lock held briefly.
    pub fn note_use(&self, used: Used, service: &str, region: &str, now: Timestamp) {
        self.book().note(used, service, region, now);
    }

    /// The last use that is known, written to the store or not. `snapshot` says what is written.
    #[must_use]
    pub fn last_use(&self, snapshot: &Snapshot, used: Used) -> Option<Use> {
        let stored = snapshot.stored_use(used).cloned();
        stored.into_iter().chain(self.book().find(used)).max_by_key(|last| last.at)
    }

    /// Writes what is not in the store yet; says how many uses it wrote. Uses of what is gone are forgotten.
    ///
    /// # Errors
    /// As [`change`](Self::change); what was not written is kept for the next time.
    pub fn save_uses(&self, now: Timestamp) -> Result<usize, Refusal> {
        let mut written = 0;
        loop {
            let uses = self.book().some();
            if uses.is_empty() {
                return Ok(written);
            }
            written += self.change(now, |draft| put(draft, &uses))?.0;
            self.book().saved(&uses);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access_key::KeyOwner;
    use crate::change::keys::{self, KeyHolder};
    use crate::change::{roles, users};
    use crate::testing::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(now().as_second() / 60 * 60 + seconds).unwrap()
    }

    /// A directory with a user's key and a role.
    fn world() -> (Directory, AccessKeyId, UniqueId) {
        let directory = started();
        let made = directory.change(now(), |draft| {
            add_user(draft, "ana")?;
            let key = keys::create(draft, account(), KeyHolder::User("ana"))?;
            Ok((key.key.id, add_role(draft, "web", &open_trust())?.id))
        });
        let (key, role) = made.unwrap().0;
        (directory, key, role)
    }

    fn known(directory: &Directory, used: Used) -> Option<(i64, String, String)> {
        let last = directory.last_use(&directory.snapshot(), used)?;
        Some((last.at.as_second() - at(0).as_second(), last.service.to_string(), last.region.to_string()))
    }

    #[test]
    fn the_last_use_of_a_minute_counts_once() {
        let (directory, key, role) = world();
        let key = Used::Key(key);
        assert_eq!(known(&directory, key), None);
        for (seconds, service, region, expected) in [
            (1, "iam", "us-east-1", (1, "iam", "us-east-1")),
            (59, "iam", "us-east-1", (1, "iam", "us-east-1")),
            (60, "iam", "us-east-1", (60, "iam", "us-east-1")),
            (61, "sts", "us-east-1", (61, "sts", "us-east-1")),
            (62, "sts", "eu-west-1", (62, "sts", "eu-west-1")),
        ] {
            directory.note_use(key, service, region, at(seconds));
            let (at, service, region) = expected;
            assert_eq!(known(&directory, key), Some((at, service.to_owned(), region.to_owned())));
        }
        assert_eq!(known(&directory, Used::Role(role)), None);
    }

    #[test]
    fn different_uses_have_different_marks() {
        let key = |text: &str| Used::Key(text.parse().unwrap());
        let role = Used::Role("AROACKCEVSQ6C2EXAMPLE".parse().unwrap());
        let uses = [
            mark(1, key("AKIAIOSFODNN7EXAMPLE"), &["iam", "us-east-1"], 5),
            mark(2, key("AKIAIOSFODNN7EXAMPLE"), &["iam", "us-east-1"], 5),
            mark(1, key("AKIAIOSFODNN7EXAMPLF"), &["iam", "us-east-1"], 5),
            mark(1, role, &["iam", "us-east-1"], 5),
            mark(1, role, &["sts", "us-east-1"], 5),
            mark(1, role, &["iam", "us-east-2"], 5),
            mark(1, role, &["iamus-eas", "t-1"], 5),
            mark(1, role, &["iam", "us-east-1"], 6),
            mark(1, role, &["iam", "us-east-1"], -6),
        ];
        let distinct: std::collections::BTreeSet<u64> = uses.into_iter().collect();
        assert_eq!(distinct.len(), uses.len());
    }

    #[test]
    fn uses_are_saved_and_reload() {
        let (directory, key, role) = world();
        let (key, role) = (Used::Key(key), Used::Role(role));
        directory.note_use(key, "iam", "us-east-1", at(0));
        directory.note_use(role, "s3", "eu-west-1", at(1));
        assert_eq!(directory.snapshot().stored_use(key), None);
        assert_eq!(directory.save_uses(now()).unwrap(), 2);
        assert_eq!(directory.save_uses(now()).unwrap(), 0);
        assert_eq!(directory.snapshot().stored_use(role).unwrap().at, at(1));
        assert_eq!(known(&directory, role), Some((1, "s3".to_owned(), "eu-west-1".to_owned())));
        assert_reloads(&directory);
        // An older use than the stored one, as another server may have, changes nothing.
        directory.note_use(role, "s3", "eu-west-1", at(-100));
        assert_eq!(directory.save_uses(now()).unwrap(), 0);
        assert_eq!(known(&directory, role).unwrap().0, 1);
        assert_reloads(&directory);
    }

    #[test]
    fn more_uses_than_a_transaction_holds() {
        let directory = started();
        let ids = directory.change(now(), |draft| {
            let names = (0..3 * USES_AT_ONCE_MAX / 2).take(60);
            names.map(|number| Ok(add_role(draft, &format!("r{number}"), &open_trust())?.id)).collect()
        });
        let mut ids: Vec<UniqueId> = ids.unwrap().0;
        let more = directory.change(now(), |draft| {
            (0..60).map(|number| Ok(add_role(draft, &format!("s{number}"), &open_trust())?.id)).collect()
        });
        ids.extend::<Vec<UniqueId>>(more.unwrap().0);
        for id in &ids {
            directory.note_use(Used::Role(*id), "iam", "us-east-1", at(0));
        }
        assert!(ids.len() > USES_AT_ONCE_MAX);
        assert_eq!(directory.save_uses(now()).unwrap(), ids.len());
        assert_reloads(&directory);
    }

    #[test]
    fn nothing_is_left_of_what_is_gone() {
        let (directory, key, role) = world();
        let uses = [Used::Key(key), Used::Role(role)];
        uses.iter().for_each(|used| directory.note_use(*used, "iam", "us-east-1", at(0)));
        directory.save_uses(now()).unwrap();
        let gone = directory.change(now(), |draft| {
            keys::delete(draft, account(), KeyHolder::User("ana"), &key.to_string())?;
            users::delete(draft, account(), "ana")?;
            roles::delete(draft, account(), "web")
        });
        gone.unwrap();
        let snapshot = directory.snapshot();
        assert_eq!(uses.map(|used| snapshot.stored_use(used).cloned()), [None, None]);
        assert_eq!(snapshot.access_keys(&KeyOwner::Root(account())).count(), 1);
        // A request that was under way meanwhile.
        uses.iter().for_each(|used| directory.note_use(*used, "iam", "us-east-1", at(120)));
        assert_eq!(directory.save_uses(now()).unwrap(), 0);
        assert_reloads(&directory);
    }
}

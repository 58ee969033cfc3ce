//! A watcher that follows a store while it is being broken, as the directory does.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use doorward_store::{Revision, Store, WatchError, Write};

use crate::history::Token;
use crate::load::tokens;

/// How long a watch waits for a change.
const PATIENCE: Duration = Duration::from_millis(20);

/// How long the watcher may take to come along once the clients have stopped.
const CATCH_UP: Duration = Duration::from_secs(30);

/// What a watcher was told.
#[derive(Debug, Default)]
pub struct Watched {
    /// Each write it was told, by a change or by the snapshot that it began anew with, and its revision.
    told: BTreeMap<Token, Revision>,
    /// How often it was told the same twice, or an older change after a newer one.
    repeated: usize,
    /// How often it had to begin anew.
    pub anew: usize,
}

impl Watched {
    /// How many writes it was told.
    #[must_use]
    pub fn writes(&self) -> usize {
        self.told.len()
    }

    /// How many writes of those in the store it was not told, or told wrongly; and what it was told too much.
    #[must_use]
    pub fn wrong(&self, there: &BTreeMap<Token, Revision>) -> usize {
        let missed = there.iter().filter(|(token, revision)| self.told.get(token) != Some(revision)).count();
        let invented = self.told.keys().filter(|token| !there.contains_key(token)).count();
        missed + invented + self.repeated
    }

    fn note(&mut self, token: Token, revision: Revision) {
        if self.told.insert(token, revision).is_some() {
            self.repeated += 1;
        }
    }
}

/// Watches whatever store `store` hands out until told to stop, and has come along.
pub fn watch(store: impl Fn() -> Option<Arc<dyn Store>>, stop: &AtomicBool) -> Watched {
    let mut watched = Watched::default();
    let mut position = Revision::ZERO;
    let mut asked_to_stop = None;
    loop {
        if stop.load(Ordering::Relaxed) {
            let since = *asked_to_stop.get_or_insert_with(Instant::now);
            let newest = store().and_then(|store| store.revision().ok());
            if newest == Some(position) || since.elapsed() > CATCH_UP {
                return watched;
            }
        }
        let Some(store) = store() else {
            std::thread::sleep(PATIENCE);
            continue;
        };
        position = follow(&*store, position, &mut watched);
    }
}

/// Follows a store as far as one watch goes, or for a moment.
fn follow(store: &dyn Store, after: Revision, watched: &mut Watched) -> Revision {
    let mut watch = match store.watch(after) {
        Ok(watch) => watch,
        Err(WatchError::Compacted { .. } | WatchError::Ahead { .. }) => return anew(store, after, watched),
        Err(_) => {
            std::thread::sleep(PATIENCE);
            return after;
        }
    };
    let mut position = after;
    while let Ok(Some(change)) = watch.next(PATIENCE) {
        watched.repeated += usize::from(change.revision <= position);
        position = change.revision;
        for (key, write) in &change.writes {
            if let (Some(token), Write::Put(_)) = (token_of(key.as_bytes()), write) {
                watched.note(token, change.revision);
            }
        }
    }
    position
}

/// What the store holds, for what came before can no longer be watched.
fn anew(store: &dyn Store, after: Revision, watched: &mut Watched) -> Revision {
    let Ok(revision) = store.revision() else { return after };
    let Ok(there) = tokens(store) else { return after };
    watched.anew += 1;
    watched.told = there;
    // The scan may be newer than the revision: what comes between is told again, by the watch, and is the same.
    watched.told.retain(|_, written| *written <= revision);
    revision
}

fn token_of(key: &[u8]) -> Option<Token> {
    let text = std::str::from_utf8(key.strip_prefix(b"token/")?).ok()?;
    Token::from_str_radix(text, 16).ok()
}

//! A watcher that follows a store while it is being broken, as the directory does.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use doorward_store::{Change, Revision, Store, Watch, WatchError, Write};

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

    /// Takes a change in; the revision that it brings.
    fn take(&mut self, change: &Change, position: Revision) -> Revision {
        self.repeated += usize::from(change.revision <= position);
        for (key, write) in &change.writes {
            if let (Some(token), Write::Put(_)) = (token_of(key.as_bytes()), write) {
                self.note(token, change.revision);
            }
        }
        change.revision
    }

    fn note(&mut self, token: Token, revision: Revision) {
        if self.told.insert(token, revision).is_some() {
            self.repeated += 1;
        }
    }
}

/// Watches whatever store `store` hands out until told to stop, and has come along. As a server's directory does, it keeps
/// its watch while that is quiet: one that falls behind may need a while until it is told anything.
pub fn watch(store: impl Fn() -> Option<Arc<dyn Store>>, stop: &AtomicBool) -> Watched {
    let (mut watched, mut position) = (Watched::default(), Revision::ZERO);
    let mut asked_to_stop = None;
    let mut following: Option<Following> = None;
    loop {
        if stop.load(Ordering::Relaxed) {
            let since = *asked_to_stop.get_or_insert_with(Instant::now);
            let newest = store().and_then(|store| store.revision().ok());
            if newest == Some(position) || since.elapsed() > CATCH_UP {
                return watched;
            }
        }
        let told = following.as_mut().map(|following| following.watch.next(PATIENCE));
        match told {
            Some(Ok(Some(change))) => position = watched.take(&change, position),
            Some(Ok(None)) if following.as_ref().is_some_and(|following| following.is_of(store())) => {}
            Some(Ok(None) | Err(_)) => following = None,
            None => {
                following = store().and_then(|store| begin(&store, &mut position, &mut watched));
                if following.is_none() {
                    std::thread::sleep(PATIENCE);
                }
            }
        }
    }
}

/// A watch, and the store that it is of.
struct Following {
    store: Weak<dyn Store>,
    watch: Box<dyn Watch>,
}

impl Following {
    fn is_of(&self, store: Option<Arc<dyn Store>>) -> bool {
        store.is_some_and(|store| self.store.ptr_eq(&Arc::downgrade(&store)))
    }
}

/// Begins to watch a store; where it no longer tells what came after `position`, with what it holds.
fn begin(store: &Arc<dyn Store>, position: &mut Revision, watched: &mut Watched) -> Option<Following> {
    match store.watch(*position) {
        Ok(watch) => Some(Following { store: Arc::downgrade(store), watch }),
        Err(WatchError::Compacted { .. } | WatchError::Ahead { .. }) => {
            *position = anew(&**store, *position, watched);
            None
        }
        Err(_) => None,
    }
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

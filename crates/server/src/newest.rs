//! What a request may be answered from: how new the directory must be before anybody looks at it.
//!
//! A client may say by the header [`MIN_REVISION`] at which revision it wants to be answered at least, such as that of a
//! write which another server has told it. Unless it is said otherwise, a client also sees its own writes, whichever server
//! made them, without saying anything: where the store is shared, the server asks the store how far it has come, and comes
//! as far before it answers. All requests that wait are one question.
//!
//! While the store does not answer, requests without the header are answered from what is known, as long as the directory
//! says that it may be read.

use std::sync::Arc;
use std::time::Duration;

use doorward_directory::directory::{Following, NotNewest};
use doorward_directory::{Directory, Revision};
use doorward_wire::{ApiError, errors};
use http::HeaderMap;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, timeout};

use crate::limits::{NEWEST_WAIT, REVISION_WAIT};
use crate::state::State;

/// The header of a request that names a revision: the answer is to be of that one or a later one. Ours.
pub(crate) const MIN_REVISION: &str = "x-doorward-min-revision";

/// How new what a request is answered from must be, where it does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reads {
    /// As new as all writes that were acknowledged before the request arrived, by whichever server.
    #[default]
    OwnWrites,
    /// As new as this server happens to be.
    Any,
}

/// How often a wait for a revision looks: at first, and at last.
const LOOKED_EVERY: [Duration; 2] = [Duration::from_millis(1), Duration::from_millis(50)];

type Answer = Result<(), NotNewest>;

/// Asks a shared store how far it has come, once for all who wait. Cheap to clone; the thread behind it ends with the last.
#[derive(Clone)]
pub(crate) struct Newest(UnboundedSender<oneshot::Sender<Answer>>);

impl Newest {
    /// Starts the thread that asks.
    ///
    /// # Errors
    /// The system refuses it.
    pub(crate) fn start(state: Arc<State>) -> std::io::Result<Self> {
        let (ask, asked) = unbounded_channel();
        let thread = std::thread::Builder::new().name("newest".to_owned());
        thread.spawn(move || answer_all(&state, asked))?;
        Ok(Self(ask))
    }

    /// Waits until the directory has everything that was written before now; `None` if nobody answers in time.
    async fn wait(&self) -> Option<Answer> {
        let (answer, answered) = oneshot::channel();
        self.0.send(answer).ok()?;
        timeout(NEWEST_WAIT, answered).await.ok()?.ok()
    }
}

fn answer_all(state: &State, mut asked: UnboundedReceiver<oneshot::Sender<Answer>>) {
    while let Some(first) = asked.blocking_recv() {
        let mut waiting = vec![first];
        // Only those who ask before the store is asked may have its answer.
        while let Ok(next) = asked.try_recv() {
            waiting.push(next);
        }
        let Some(gate) = state.gate() else { continue };
        let answer = gate.directory().newest_snapshot(NEWEST_WAIT).map(drop);
        for one in waiting {
            // Whoever no longer waits has been answered otherwise.
            let _ = one.send(answer.clone());
        }
    }
}

/// Waits until the directory is as new as a request with these headers asks for.
///
/// # Errors
/// What is wrong with the header; `ServiceUnavailable` if the revision that it names does not come in time.
pub(crate) async fn settle(
    directory: &Directory,
    reads: Reads,
    newest: &Newest,
    headers: &HeaderMap,
) -> Result<(), ApiError> {
    if let Some(wanted) = wanted(headers)? {
        return reach(directory, wanted).await;
    }
    let asks = reads == Reads::OwnWrites && directory.is_shared();
    // A store that is known not to answer is not asked again and again: whoever waits for it waits in vain.
    if asks && directory.following() == Ok(Following::Current) {
        match newest.wait().await {
            Some(Ok(())) => {}
            Some(Err(error)) => tracing::debug!(%error, "answering from what is known"),
            None => tracing::debug!("answering from what is known: the store takes too long"),
        }
    }
    Ok(())
}

/// The revision that the headers name.
fn wanted(headers: &HeaderMap) -> Result<Option<Revision>, ApiError> {
    let mut values = headers.get_all(MIN_REVISION).iter();
    let Some(first) = values.next() else { return Ok(None) };
    let only = first.to_str().ok().filter(|_| values.next().is_none());
    let number =
        only.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit())).and_then(|text| text.parse().ok());
    let wrong = || {
        let rule = "must be one whole number, such as the header x-doorward-revision tells";
        ApiError::validation_error(format!("The header {MIN_REVISION} {rule}."))
    };
    number.map(|number| Some(Revision(number))).ok_or_else(wrong)
}

async fn reach(directory: &Directory, wanted: Revision) -> Result<(), ApiError> {
    let deadline = Instant::now() + REVISION_WAIT;
    let [mut pause, longest] = LOOKED_EVERY;
    loop {
        let current = directory.snapshot().revision();
        if current >= wanted {
            return Ok(());
        }
        if Instant::now() >= deadline {
            let message = format!(
                "The request asks for revision {wanted}; this server is at revision {current}, and has not come as far within {} seconds.",
                REVISION_WAIT.as_secs()
            );
            return Err(ApiError::new(&errors::SERVICE_UNAVAILABLE, message));
        }
        sleep(pause).await;
        pause = (pause * 2).min(longest);
    }
}

#[cfg(test)]
mod tests {
    use doorward_directory::change::accounts;
    use doorward_directory::random::SystemRandom;
    use doorward_directory::seal::{MasterKey, Sealer};
    use doorward_directory::{Limits, Opening, STALENESS_MAX};
    use doorward_store::Memory;
    use http::HeaderValue;
    use jiff::Timestamp;
    use tokio::runtime::{Builder, Runtime};

    use super::*;

    fn headers(values: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(MIN_REVISION, HeaderValue::from_static(value));
        }
        headers
    }

    fn directory() -> Arc<Directory> {
        let random = Arc::new(SystemRandom);
        let sealer = Arc::new(Sealer::new(&MasterKey::from_bytes([7; 32]), random.clone()).unwrap());
        let (store, limits) = (Arc::new(Memory::default()), Limits::default());
        let opening = Opening { store, sealer, limits, random, staleness_max: STALENESS_MAX };
        Arc::new(Directory::open(opening).unwrap())
    }

    fn write(directory: &Directory, account: &str) -> Revision {
        let account = account.parse().unwrap();
        directory.change(Timestamp::UNIX_EPOCH, |draft| accounts::create(draft, account, "x")).unwrap().1
    }

    /// A runtime whose clock goes ahead when everybody sleeps.
    fn runtime() -> Runtime {
        Builder::new_current_thread().enable_time().start_paused(true).build().unwrap()
    }

    #[test]
    fn the_header_is_a_whole_number() {
        for (values, expected) in [
            (&[][..], Ok(None)),
            (&["0"], Ok(Some(Revision(0)))),
            (&["18446744073709551615"], Ok(Some(Revision(u64::MAX)))),
            (&["18446744073709551616"], Err(())),
            (&["-1"], Err(())),
            (&["+1"], Err(())),
            (&["1.5"], Err(())),
            (&[""], Err(())),
            (&["1", "1"], Err(())),
        ] {
            let found = wanted(&headers(values)).map_err(|error| assert_eq!(error.code, "ValidationError"));
            assert_eq!(found, expected, "{values:?}");
        }
    }

    #[test]
    fn a_revision_is_waited_for_and_not_for_ever() {
        let directory = directory();
        let revision = write(&directory, "123456789012");
        runtime().block_on(async {
            reach(&directory, revision).await.unwrap();
            let next = Revision(revision.0 + 1);
            let error = reach(&directory, next).await.unwrap_err();
            assert_eq!((error.code.as_ref(), error.http_status), ("ServiceUnavailable", 503));
            assert!(error.message.contains(&format!("revision {next}")), "{}", error.message);
            let waiting = tokio::spawn({
                let directory = Arc::clone(&directory);
                async move { reach(&directory, next).await }
            });
            tokio::task::yield_now().await;
            assert_eq!(write(&directory, "210987654321"), next);
            waiting.await.unwrap().unwrap();
        });
    }
}

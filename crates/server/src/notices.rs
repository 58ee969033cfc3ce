//! Delivering the notices of temporary delegation: AWS publishes them to a provider's topic; here each becomes a file in the
//! directory that stands for the topic.
//!
//! A notice is in the store until its file is on disk, so none is lost, whatever stops the server; one may be written
//! twice, into the same file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use doorward_directory::Refusal;
use doorward_directory::change::delegation;
use doorward_directory::delegation::notice::Notice;
use doorward_directory::seal::SealFailed;
use doorward_gate::Gate;
use jiff::Timestamp;
use tokio::sync::watch;

use crate::limits::NOTICES_DELIVERED_EVERY;
use crate::state::State;
use crate::writes::Writes;

/// Why a notice is not delivered, or what comes of requests is not written.
#[derive(Debug, thiserror::Error)]
enum Undelivered {
    #[error("no directory stands for the topic `{0}`")]
    NoTopic(String),
    #[error("the notice cannot be written")]
    Unwritten(#[from] io::Error),
    #[error("the token cannot be sealed")]
    Unsealed(#[from] SealFailed),
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// Delivers them until the server is to stop. What is left then is delivered by the next one.
pub(crate) async fn keep_delivering(state: Arc<State>, writes: Writes, mut stopping: watch::Receiver<()>) {
    loop {
        tokio::select! {
            _ = stopping.changed() => return,
            () = tokio::time::sleep(NOTICES_DELIVERED_EVERY) => {}
        }
        let state = Arc::clone(&state);
        let delivered = writes.run(move || state.gate().map_or(Ok(()), |gate| deliver(gate, state.now())));
        let error: Box<dyn std::error::Error + Send + Sync> = match delivered.await {
            Ok(Ok(())) => continue,
            Ok(Err(error)) => error.into(),
            Err(error) => error.into(),
        };
        tracing::warn!(error, "notices of temporary delegation wait until the next time");
    }
}

/// Writes down which requests have expired, and delivers what is to be delivered. Goes on after a failure, and tells the
/// first.
fn deliver(gate: &Gate, now: Timestamp) -> Result<(), Undelivered> {
    let directory = gate.directory();
    while directory.change(now, delegation::sweep)?.0 {}
    let snapshot = directory.snapshot();
    let mut first = Ok(());
    for notice in snapshot.notices() {
        let delivered = deliver_one(gate, notice)
            .and_then(|()| Ok(directory.change(now, |draft| delegation::delivered(draft, notice))?));
        if let Err(error) = delivered
            && first.is_ok()
        {
            first = Err(error);
        }
    }
    first
}

fn deliver_one(gate: &Gate, notice: &Notice) -> Result<(), Undelivered> {
    let snapshot = gate.directory().snapshot();
    // A request takes its notices with it, so a notice without one is about to go.
    let Some(request) = snapshot.delegation_request(&notice.request) else { return Ok(()) };
    let provider = gate.providers().get(&request.requestor);
    let topic = provider.and_then(|provider| provider.topics.get(&request.channel));
    let topic = topic.ok_or_else(|| Undelivered::NoTopic(request.channel.to_string()))?;
    let message = notice.message(request, gate.directory().sealer())?;
    Ok(write(topic, &format!("{}-{:06}.json", notice.request, notice.number), &message)?)
}

/// Puts a file into a directory, whole, readable by its owner alone: it may hold a token.
fn write(directory: &Path, name: &str, text: &str) -> io::Result<()> {
    let draft = directory.join(format!(".{name}.{}", std::process::id()));
    let written = write_private(&draft, text).and_then(|()| fs::rename(&draft, directory.join(name)));
    if let Err(error) = written {
        // What is left of the draft is of no use, and the first error says why.
        let _ = fs::remove_file(&draft);
        return Err(error);
    }
    File::open(directory)?.sync_all()
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()
}

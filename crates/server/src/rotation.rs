//! Keeping the keys of the installation moving: what their ring wants done is done by whichever server comes first.

use std::sync::Arc;

use doorward_directory::Refusal;
use doorward_directory::keyring::Step;
use doorward_directory::seal::Unopened;
use doorward_gate::Gate;
use jiff::Timestamp;
use tokio::sync::watch;

use crate::drain::{Phase, reached};
use crate::limits::KEYS_LOOKED_AT_EVERY;
use crate::state::State;
use crate::writes::Writes;

/// Why nothing moves.
#[derive(Debug, thiserror::Error)]
enum Stuck {
    #[error(transparent)]
    Unopened(#[from] Unopened),
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// Does what is due until the server is to stop. What is left then is done by the next one.
pub(crate) async fn keep_rotating(state: Arc<State>, writes: Writes, mut stopping: watch::Receiver<Phase>) {
    loop {
        tokio::select! {
            () = reached(Phase::Closing, &mut stopping) => return,
            () = tokio::time::sleep(KEYS_LOOKED_AT_EVERY) => {}
        }
        let state = Arc::clone(&state);
        let done = writes.run(move || state.gate().map_or(Ok(()), |gate| advance(gate, state.now())));
        let error: Box<dyn std::error::Error + Send + Sync> = match done.await {
            Ok(Ok(())) => continue,
            Ok(Err(error)) => error.into(),
            Err(error) => error.into(),
        };
        tracing::warn!(error, "the keys of the installation wait until the next time");
    }
}

fn advance(gate: &Gate, now: Timestamp) -> Result<(), Stuck> {
    let directory = gate.directory();
    directory.open_keys()?;
    directory.advance_keys(now)?.into_iter().for_each(say);
    Ok(())
}

/// The line in the log by which it is known afterwards what became of a key, and when.
fn say(step: Step) {
    match step {
        Step::DataTurned(key) => tracing::info!(key, "a new data key seals"),
        Step::Resealed(values) => tracing::info!(values, "stored values were sealed anew"),
        Step::DataDropped(key) => tracing::info!(key, "an old data key is gone"),
        Step::SessionsMade(key) => tracing::info!(key, "a session key was made"),
        Step::SessionsTurned(key) => tracing::info!(key, "a new session key seals"),
        Step::SessionDropped(key) => tracing::info!(key, "an old session key is gone"),
    }
}

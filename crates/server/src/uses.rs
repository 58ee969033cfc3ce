//! Writing the uses of access keys and roles to the store, now and then.

use std::sync::Arc;

use tokio::sync::watch;

use crate::drain::{Phase, reached};
use crate::limits::USES_SAVED_EVERY;
use crate::state::State;
use crate::writes::Writes;

/// Writes them until the server is to stop. What it notes after that is for whoever stops it to write.
pub(crate) async fn keep_saving(state: Arc<State>, writes: Writes, mut stopping: watch::Receiver<Phase>) {
    loop {
        tokio::select! {
            () = reached(Phase::Closing, &mut stopping) => return,
            () = tokio::time::sleep(USES_SAVED_EVERY) => {}
        }
        let state = Arc::clone(&state);
        if let Err(error) = writes.run(move || save(&state)).await {
            tracing::warn!(%error, "the uses of access keys are kept until the next time");
        }
    }
}

/// Writes what is not written yet. What cannot be written is kept for the next time.
pub(crate) fn save(state: &State) {
    let Some(gate) = state.gate() else { return };
    if let Err(refusal) = gate.directory().save_uses(state.now()) {
        let error: &dyn std::error::Error = &refusal;
        tracing::warn!(error, "the uses of access keys cannot be written");
    }
}

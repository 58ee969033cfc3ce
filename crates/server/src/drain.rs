//! Stopping in steps, so that nobody's request is lost by it.
//!
//! A server that is asked to stop first says so on `/readyz`, and goes on: whoever sends requests to it has time to send them
//! elsewhere, and every answer tells its client to connect anew. Then it takes what has connected already and closes its
//! listening socket; each connection has its request under way answered, or one that is just arriving; and then all is over.

use std::sync::Arc;

use tokio::sync::watch;

/// How far a server has come with stopping. Later ones are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    /// It is not asked to.
    Serving,
    /// It serves, and says that it will not for long.
    Leaving,
    /// It takes no further connections, and ends those that there are.
    Closing,
    /// It waits for nobody.
    CutOff,
}

/// Waits until a server has come as far as `phase`, or is gone.
pub(crate) async fn reached(phase: Phase, stopping: &mut watch::Receiver<Phase>) {
    // An error says that the server is gone.
    let _ = stopping.wait_for(|now| *now >= phase).await;
}

/// The way to hurry a server that is stopping. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Hurry(pub(crate) Arc<watch::Sender<Phase>>);

impl Hurry {
    /// Has the server wait for no request any more.
    pub fn cut_off(&self) {
        self.advance(Phase::CutOff);
    }

    /// Goes on to `phase`, unless the server is further already.
    pub(crate) fn advance(&self, phase: Phase) {
        self.0.send_if_modified(|now| {
            let further = *now < phase;
            *now = phase.max(*now);
            further
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_go_forward_alone() {
        let (sender, mut stopping) = watch::channel(Phase::Serving);
        let hurry = Hurry(Arc::new(sender));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for (asked, expected) in [
            (Phase::Leaving, Phase::Leaving),
            (Phase::CutOff, Phase::CutOff),
            (Phase::Closing, Phase::CutOff),
        ] {
            hurry.advance(asked);
            assert_eq!(*stopping.borrow(), expected);
            runtime.block_on(reached(asked, &mut stopping));
        }
        let (sender, mut stopping) = watch::channel(Phase::Serving);
        drop(sender);
        runtime.block_on(reached(Phase::Closing, &mut stopping));
    }
}

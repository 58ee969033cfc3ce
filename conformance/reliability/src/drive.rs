//! A run: clients and a watcher at work while faults happen, and the verdict at the end.

use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use doorward_store::Store;

use crate::history::History;
use crate::load::{Target, tokens, work};
use crate::slot::Slot;
use crate::verdict::{Row, Run};
use crate::watching::{Watched, watch};

/// How long a store is left alone between two faults, and before and after all of them.
const BETWEEN: Duration = Duration::from_millis(150);

/// How a run is made.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many clients there are.
    pub clients: usize,
    /// For how long faults happen.
    pub time: Duration,
    /// What the clients' choices come from.
    pub seed: u64,
}

/// A run that came to no verdict.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Something that must work after a fault, or that has none, did not.
    #[error("{0}")]
    Broken(String),
    /// A thread of the run panicked.
    #[error("a thread of the run panicked")]
    Panicked,
    /// The store is not there at the end.
    #[error("there is no store at the end")]
    Gone,
}

impl Failure {
    /// What came of an error, with its causes.
    pub fn of(error: impl Error) -> Self {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            text.push_str(": ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        Self::Broken(text)
    }
}

/// What happened.
pub struct Driven {
    history: History,
    watched: Option<Watched>,
    faults: usize,
    seconds: f64,
}

/// Lets a client work on each target, and a watcher on whatever store is in `watched`, while `strike` is called again and
/// again.
///
/// # Errors
/// Those of `strike`, which then is not called again; a panic.
pub fn drive(
    plan: Plan,
    targets: &[&dyn Target],
    watched: Option<&Slot>,
    mut strike: impl FnMut() -> Result<(), Failure>,
) -> Result<Driven, Failure> {
    let (stop, done) = (AtomicBool::new(false), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let begun = Instant::now();
        let clients = scope.spawn(|| work(targets, plan.seed, &stop));
        let watcher = watched.map(|slot| scope.spawn(|| watch(|| slot.store(), &done)));
        let (mut faults, mut struck) = (0, Ok(()));
        while begun.elapsed() < plan.time && struck.is_ok() {
            sleep(BETWEEN);
            struck = strike();
            faults += 1;
        }
        sleep(BETWEEN);
        stop.store(true, Ordering::Relaxed);
        let history = clients.join().map_err(|_| Failure::Panicked);
        let seconds = begun.elapsed().as_secs_f64();
        done.store(true, Ordering::Relaxed);
        let watched = watcher.map(|watcher| watcher.join().map_err(|_| Failure::Panicked)).transpose();
        struck?;
        Ok(Driven { history: history?, watched: watched?, faults, seconds })
    })
}

impl Driven {
    /// Judges it by what is in the store now.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn judge(
        &self,
        backend: &'static str,
        fault: &'static str,
        plan: Plan,
        store: &dyn Store,
    ) -> Result<Row, Failure> {
        let there = tokens(store).map_err(Failure::of)?;
        let run = Run { backend, fault, faults: self.faults, seconds: self.seconds, clients: plan.clients };
        Ok(Row::judge(run, &self.history, &there, self.watched.as_ref()))
    }
}

//! How long it takes until commits are acknowledged again after the member that leads was killed.

use std::time::{Duration, Instant};

use doorward_store::Store;
use doorward_store::conformance::cluster::Cluster;
use serde::Serialize;

use crate::drive::Failure;
use crate::figures::{commit, times_of};

/// How many leaders are killed.
const KILLS: usize = 7;

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long it took, in milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recovery {
    /// What was measured.
    pub backend: &'static str,
    /// What was done.
    pub fault: &'static str,
    /// How often.
    pub times: usize,
    /// The median.
    pub p50_ms: u64,
    /// The longest.
    pub max_ms: u64,
}

/// Kills the leader again and again, and times each until the next commit is acknowledged.
///
/// # Errors
/// No commit is acknowledged.
pub fn leader_loss(cluster: &mut Cluster, store: &dyn Store) -> Result<Recovery, Failure> {
    let mut times = Vec::with_capacity(KILLS);
    for kill in 0..KILLS {
        commit(store, kill)?;
        let leader = cluster.leader();
        let begun = Instant::now();
        cluster.kill(leader);
        while let Err(failure) = commit(store, kill) {
            if begun.elapsed() > PATIENCE {
                return Err(failure);
            }
        }
        times.push(begun.elapsed());
        cluster.restart(leader);
    }
    let [p50_us, _, max_us] = times_of(&mut times);
    let (p50_ms, max_ms) = (p50_us / 1000, max_us / 1000);
    Ok(Recovery { backend: "etcd", fault: "leader-kill", times: KILLS, p50_ms, max_ms })
}

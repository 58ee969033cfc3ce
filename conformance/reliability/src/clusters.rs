//! Faults of an etcd cluster of three members on this machine: one is killed, stopped, or loses what it had.

use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use doorward_store::Store;
use doorward_store::conformance::Random;
use doorward_store::conformance::cluster::{Cluster, Plan as Members};
use doorward_store::etcd::Etcd;

use crate::drive::{Failure, Plan, drive};
use crate::load::Target;
use crate::slot::Slot;
use crate::verdict::Row;

/// A fault of a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClusterFault {
    /// The member that leads is killed, and started again once the others have a leader.
    LeaderKill,
    /// A member that does not lead is killed, and started again.
    FollowerKill,
    /// The member that leads is stopped (SIGSTOP) for longer than an election takes, and goes on.
    PausedNode,
    /// A member loses its data and joins anew.
    LostNode,
    /// A majority is killed: nothing can be written until it is started again.
    NoQuorum,
}

impl ClusterFault {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::LeaderKill, Self::FollowerKill, Self::PausedNode, Self::LostNode, Self::NoQuorum];

    /// What the report calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LeaderKill => "leader-kill",
            Self::FollowerKill => "follower-kill",
            Self::PausedNode => "paused-node",
            Self::LostNode => "lost-node",
            Self::NoQuorum => "no-quorum",
        }
    }
}

/// How long a member is stopped: a few times an election.
const STOPPED: Duration = Duration::from_millis(1_500);

/// How long a cluster is left without a majority.
const WITHOUT: Duration = Duration::from_millis(700);

/// Lets clients work while the fault happens again and again. Half of the clients use one store on the cluster, half
/// another, as two servers do; the watcher follows the second.
///
/// # Errors
/// There is no etcd on this machine, or the store cannot be opened or read.
pub fn run(fault: ClusterFault, plan: Plan) -> Result<Row, Failure> {
    let mut cluster = Cluster::start(&Members::default());
    let slots = [Slot::default(), Slot::default()];
    for slot in &slots {
        let store = Etcd::open(cluster.options("reliability/")).map_err(Failure::of)?;
        slot.put(Some(Arc::new(store)));
    }
    let [left, right] = &slots;
    let targets = (0..plan.clients).map(|number| if number % 2 == 0 { left } else { right } as &dyn Target);
    let targets: Vec<&dyn Target> = targets.collect();
    let mut random = Random::new(plan.seed);
    let driven = drive(plan, &targets, Some(right), || {
        strike(fault, &mut cluster, &mut random);
        Ok(())
    })?;
    let store: Arc<dyn Store> = left.store().ok_or(Failure::Gone)?;
    driven.judge("etcd", fault.name(), plan, &*store)
}

fn strike(fault: ClusterFault, cluster: &mut Cluster, random: &mut Random) {
    let leader = cluster.leader();
    let count = cluster.len();
    let ahead = 1 + usize::try_from(random.below(2)).unwrap_or_default();
    let follower = (leader + ahead) % count;
    match fault {
        ClusterFault::LeaderKill => {
            cluster.kill(leader);
            cluster.leader();
            cluster.restart(leader);
        }
        ClusterFault::FollowerKill => {
            cluster.kill(follower);
            sleep(WITHOUT);
            cluster.restart(follower);
        }
        ClusterFault::PausedNode => {
            cluster.pause(leader);
            sleep(STOPPED);
            cluster.resume(leader);
        }
        ClusterFault::LostNode => cluster.replace(follower),
        ClusterFault::NoQuorum => {
            cluster.kill(leader);
            cluster.kill(follower);
            sleep(WITHOUT);
            cluster.restart(leader);
            cluster.restart(follower);
        }
    }
}

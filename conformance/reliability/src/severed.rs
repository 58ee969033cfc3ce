//! Faults of the network: members that do not hear each other, servers that do not reach a member, answers that are lost.
//!
//! The members' peer addresses, and those that servers are told, are relays. A cut holds bytes back until it is mended, as
//! a network does whose ends send again.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use doorward_store::conformance::Random;
use doorward_store::conformance::cluster::{Cluster, Plan as Members};
use doorward_store::etcd::Etcd;

use crate::drive::{Failure, Plan, drive};
use crate::load::Target;
use crate::relay::{Relay, Rule, Verdict, Way};
use crate::slot::Slot;
use crate::verdict::Row;

/// A fault of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkFault {
    /// A member that does not lead, and the others, hear nothing of each other.
    MinorityPartition,
    /// The member that leads, and the others, hear nothing of each other.
    LeaderCutOff,
    /// The others hear nothing of the member that leads, which hears them; or the other way round.
    OneWayCut,
    /// Servers do not reach the member that they talk to.
    ServerCutOff,
    /// What was asked is done, and the answer lost.
    LostAnswer,
    /// What was asked is done, and answered by noise, or by a page of HTML.
    GarbledAnswer,
}

impl NetworkFault {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::MinorityPartition,
        Self::LeaderCutOff,
        Self::OneWayCut,
        Self::ServerCutOff,
        Self::LostAnswer,
        Self::GarbledAnswer,
    ];

    /// What the report calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MinorityPartition => "minority-partition",
            Self::LeaderCutOff => "leader-cut-off",
            Self::OneWayCut => "one-way-cut",
            Self::ServerCutOff => "server-cut-off",
            Self::LostAnswer => "lost-answer",
            Self::GarbledAnswer => "garbled-answer",
        }
    }
}

/// How many members there are.
const MEMBERS: usize = 3;

/// How long a cut lasts: a few times an election.
const CUT: Duration = Duration::from_millis(1_500);

/// How long one waits for an answer to spoil.
const SPOILT_WITHIN: Duration = Duration::from_millis(200);

/// How many answers are spoilt in a row, and how long the server has in between.
const SPOILT_IN_A_ROW: usize = 10;

/// How long the server has to itself in between.
const RESPITE: Duration = Duration::from_millis(15);

/// Which members hear which.
#[derive(Default)]
struct Wires {
    /// `cut[from][to]`
    cut: [[AtomicBool; MEMBERS]; MEMBERS],
    /// The port at which others reach each.
    ports: Mutex<[u16; MEMBERS]>,
    /// How often something had to wait.
    held: AtomicUsize,
}

impl Wires {
    fn ports(&self) -> std::sync::MutexGuard<'_, [u16; MEMBERS]> {
        self.ports.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Cuts or mends what goes from one to the others.
    fn from(&self, member: usize, cut: bool) {
        let ways = self.cut.get(member).into_iter().flatten();
        ways.for_each(|way| way.store(cut, Ordering::SeqCst));
    }

    /// Cuts or mends what goes to one from the others.
    fn to(&self, member: usize, cut: bool) {
        let ways = self.cut.iter().filter_map(|row| row.get(member));
        ways.for_each(|way| way.store(cut, Ordering::SeqCst));
    }

    fn is_cut(&self, from: usize, to: usize) -> bool {
        self.cut.get(from).and_then(|row| row.get(to)).is_some_and(|way| way.load(Ordering::SeqCst))
    }
}

/// What comes to one member from the others.
struct Peer {
    wires: Arc<Wires>,
    member: usize,
}

impl Rule for Peer {
    /// Members say in each request by which address others reach them (`X-PeerURLs`).
    fn source(&self, first: &[u8]) -> usize {
        let text = String::from_utf8_lossy(first).to_ascii_lowercase();
        let urls = text.lines().find_map(|line| line.strip_prefix("x-peerurls:")).unwrap_or_default();
        let port = urls.rsplit(':').next().and_then(|port| port.trim().parse().ok());
        let place = |port: u16| self.wires.ports().iter().position(|known| *known == port);
        port.and_then(place).unwrap_or(self.member)
    }

    fn judge(&self, source: usize, way: Way) -> Verdict {
        let (from, to) = if way == Way::There { (source, self.member) } else { (self.member, source) };
        if !self.wires.is_cut(from, to) {
            return Verdict::Pass;
        }
        // What nobody is known to have sent would wait too, and show nothing.
        self.wires.held.fetch_add(usize::from(source != self.member), Ordering::Relaxed);
        Verdict::Wait
    }

    fn spoiled(&self) {}
}

/// What goes between servers and one member.
struct Line {
    back: Mutex<Verdict>,
    /// How often something went either way since it was last looked.
    used: AtomicUsize,
    spoiled: Arc<AtomicUsize>,
}

impl Line {
    fn set(&self, back: Verdict) {
        *self.back.lock().unwrap_or_else(PoisonError::into_inner) = back;
    }
}

impl Rule for Line {
    fn source(&self, _: &[u8]) -> usize {
        0
    }

    fn judge(&self, _: usize, way: Way) -> Verdict {
        self.used.fetch_add(1, Ordering::Relaxed);
        let back = *self.back.lock().unwrap_or_else(PoisonError::into_inner);
        if way == Way::Back || back == Verdict::Wait { back } else { Verdict::Pass }
    }

    fn spoiled(&self) {
        self.spoiled.fetch_add(1, Ordering::SeqCst);
    }
}

/// A cluster and two servers with relays between all of them.
struct Network {
    cluster: Cluster,
    wires: Arc<Wires>,
    lines: Vec<(Arc<Line>, Relay)>,
    spoiled: Arc<AtomicUsize>,
    /// What the members hear each other by; kept for as long as they do.
    _peers: Vec<Relay>,
}

impl Network {
    fn start() -> Result<Self, Failure> {
        let (wires, spoiled) = (Arc::<Wires>::default(), Arc::<AtomicUsize>::default());
        let (mut peers, mut failed) = (Vec::new(), None);
        let cluster = Cluster::start_behind(&Members::default(), &mut |member, target| match Relay::start(
            target,
            Arc::new(Peer { wires: Arc::clone(&wires), member }),
        ) {
            Ok(relay) => {
                let port = relay.port();
                wires.ports().iter_mut().skip(member).take(1).for_each(|known| *known = port);
                peers.push(relay);
                port
            }
            Err(failure) => {
                failed = Some(failure);
                target
            }
        });
        if let Some(failure) = failed {
            return Err(failure);
        }
        let line = |member| {
            let (back, spoiled) = (Mutex::new(Verdict::Pass), Arc::clone(&spoiled));
            let rule = Arc::new(Line { back, used: AtomicUsize::new(0), spoiled });
            let relay = Relay::start(cluster.port(member), Arc::<Line>::clone(&rule))?;
            Ok((rule, relay))
        };
        let lines = (0..MEMBERS).map(line).collect::<Result<Vec<_>, Failure>>()?;
        Ok(Self { cluster, wires, lines, spoiled, _peers: peers })
    }

    /// A server's store, which reaches the members through relays.
    fn server(&self) -> Result<Etcd, Failure> {
        let mut options = self.cluster.options("reliability/");
        let endpoint = |(_, relay): &(_, Relay)| format!("http://127.0.0.1:{}", relay.port());
        options.endpoints = self.lines.iter().map(endpoint).collect();
        Etcd::open(options).map_err(Failure::of)
    }

    fn strike(&self, fault: NetworkFault, random: &mut Random) -> Result<(), Failure> {
        let leader = self.cluster.leader();
        let follower = (leader + 1 + usize::from(random.below(2) == 1)) % MEMBERS;
        match fault {
            NetworkFault::MinorityPartition => self.cut(follower, &[Wires::from, Wires::to]),
            NetworkFault::LeaderCutOff => self.cut(leader, &[Wires::from, Wires::to]),
            NetworkFault::OneWayCut if random.below(2) == 1 => self.cut(leader, &[Wires::from]),
            NetworkFault::OneWayCut => self.cut(leader, &[Wires::to]),
            NetworkFault::ServerCutOff => {
                self.cut_off();
                Ok(())
            }
            NetworkFault::LostAnswer => {
                self.spoil(Verdict::Swallow);
                Ok(())
            }
            NetworkFault::GarbledAnswer => {
                self.spoil(Verdict::Garble);
                Ok(())
            }
        }
    }

    /// Cuts these ways of a member for a while.
    fn cut(&self, member: usize, ways: &[fn(&Wires, usize, bool)]) -> Result<(), Failure> {
        self.wires.held.store(0, Ordering::SeqCst);
        ways.iter().for_each(|way| way(&self.wires, member, true));
        sleep(CUT);
        ways.iter().for_each(|way| way(&self.wires, member, false));
        if self.wires.held.load(Ordering::SeqCst) == 0 {
            return Err(Failure::Broken("a cut between members held nothing back".to_owned()));
        }
        Ok(())
    }

    fn cut_off(&self) {
        let busiest = self.lines.iter().max_by_key(|(line, _)| line.used.swap(0, Ordering::Relaxed));
        let Some((line, relay)) = busiest else { return };
        line.set(Verdict::Wait);
        sleep(CUT);
        line.set(Verdict::Pass);
        relay.hang_up();
    }

    /// Spoils answers, one on each connection that has one, again and again.
    fn spoil(&self, verdict: Verdict) {
        for _ in 0..SPOILT_IN_A_ROW {
            let (before, begun) = (self.spoiled.load(Ordering::SeqCst), Instant::now());
            self.lines.iter().for_each(|(line, _)| line.set(verdict));
            while self.spoiled.load(Ordering::SeqCst) == before && begun.elapsed() < SPOILT_WITHIN {
                sleep(Duration::from_millis(1));
            }
            self.lines.iter().for_each(|(line, _)| line.set(Verdict::Pass));
            sleep(RESPITE);
        }
    }
}

/// Lets clients work while the fault happens again and again. Half of the clients use one server's store, half another's;
/// the watcher follows the second.
///
/// # Errors
/// There is no etcd on this machine, or the store cannot be opened or read.
pub fn run(fault: NetworkFault, plan: Plan) -> Result<Row, Failure> {
    let network = Network::start()?;
    let slots = [Slot::default(), Slot::default()];
    for slot in &slots {
        slot.put(Some(Arc::new(network.server()?)));
    }
    let [left, right] = &slots;
    let targets = (0..plan.clients).map(|number| if number % 2 == 0 { left } else { right } as &dyn Target);
    let targets: Vec<&dyn Target> = targets.collect();
    let mut random = Random::new(plan.seed);
    let driven = drive(plan, &targets, Some(right), || network.strike(fault, &mut random))?;
    let store = left.store().ok_or(Failure::Gone)?;
    let mut row = driven.judge("etcd", fault.name(), plan, &*store)?;
    // Where answers are spoilt, it is they who count.
    row.faults = row.faults.max(network.spoiled.load(Ordering::SeqCst));
    Ok(row)
}

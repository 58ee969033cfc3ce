//! Faults of the disk under the embedded store: it fails, tears, fills up, dawdles, and loses its power.

use std::sync::Arc;
use std::time::Duration;

use doorward_store::Embedded;
use doorward_store::conformance::Random;
use doorward_store::conformance::disk::{Disk, Fault, Loss};
use doorward_store::embedded::Options;

use crate::drive::{Failure, Plan, drive};
use crate::load::Target;
use crate::slot::Slot;
use crate::verdict::Row;

/// A fault of a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiskFault {
    /// A write fails, and the next does not.
    FailedWrite,
    /// Half of the sectors of a write are written, and the system says that it failed.
    TornWrite,
    /// Writes and syncs fail until the store is opened anew.
    FailedSync,
    /// There is no room, for a while.
    FullDisk,
    /// Syncs take long.
    SlowSync,
    /// The power goes: of what was written since the last sync, some sectors are there.
    PowerCut,
}

impl DiskFault {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::FailedWrite,
        Self::TornWrite,
        Self::FailedSync,
        Self::FullDisk,
        Self::SlowSync,
        Self::PowerCut,
    ];

    /// What the report calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FailedWrite => "failed-write",
            Self::TornWrite => "torn-write",
            Self::FailedSync => "failed-sync",
            Self::FullDisk => "full-disk",
            Self::SlowSync => "slow-fsync",
            Self::PowerCut => "power-cut",
        }
    }
}

/// How long a fault that passes lasts.
const LASTING: Duration = Duration::from_millis(100);

/// How long a sync takes on a disk that dawdles.
const SLOW: Duration = Duration::from_millis(30);

/// Of how many operations of the disk one is the one that fails.
const SPREAD: u64 = 12;

/// The store and the disk under it.
struct Bench<'s> {
    disk: Disk,
    slot: &'s Slot,
    random: Random,
}

/// Lets clients work while the fault happens again and again.
///
/// # Errors
/// The store cannot be opened or read once a fault is over.
pub fn run(fault: DiskFault, plan: Plan) -> Result<Row, Failure> {
    let slot = Slot::default();
    let mut bench = Bench { disk: Disk::default(), slot: &slot, random: Random::new(plan.seed) };
    bench.open()?;
    let targets = vec![&slot as &dyn Target; plan.clients];
    let driven = drive(plan, &targets, Some(&slot), || bench.strike(fault))?;
    let store = slot.store().ok_or(Failure::Gone)?;
    driven.judge("embedded", fault.name(), plan, &*store)
}

impl Bench<'_> {
    fn open(&self) -> Result<(), Failure> {
        let store =
            Embedded::open_on(Box::new(self.disk.clone()), Options::default()).map_err(Failure::of)?;
        self.slot.put(Some(Arc::new(store)));
        Ok(())
    }

    /// Lets the fault happen once, and pass.
    fn strike(&mut self, fault: DiskFault) -> Result<(), Failure> {
        let at = usize::try_from(self.random.below(SPREAD)).unwrap_or_default();
        match fault {
            DiskFault::FailedWrite => self.disk.fail(at, Fault::Once),
            DiskFault::TornWrite => self.disk.fail(at, Fault::Torn),
            DiskFault::FailedSync => {
                self.disk.fail(at, Fault::Lasting);
                std::thread::sleep(LASTING);
                self.disk.heal();
                self.slot.close();
                self.open()?;
            }
            DiskFault::FullDisk => {
                self.disk.limit(Some(0));
                std::thread::sleep(LASTING);
                self.disk.limit(None);
            }
            DiskFault::SlowSync => {
                self.disk.slow(SLOW);
                std::thread::sleep(LASTING);
                self.disk.slow(Duration::ZERO);
            }
            DiskFault::PowerCut => self.cut_power(at)?,
        }
        Ok(())
    }

    fn cut_power(&mut self, number: usize) -> Result<(), Failure> {
        // From now on nothing reaches the disk, so that nothing is acknowledged that is not in what is found.
        self.disk.fail(0, Fault::Lasting);
        let losses = [Loss::Some, Loss::Sectors, Loss::All, Loss::None];
        let loss = losses.into_iter().cycle().nth(number).unwrap_or(Loss::All);
        let found = self.disk.crash(loss, &mut self.random);
        self.slot.close();
        self.disk = found;
        self.open()
    }
}

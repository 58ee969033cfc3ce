//! A disk in memory that fails on demand, and loses what a real one would lose when the power goes.

use std::io;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use redb::StorageBackend;

use super::Random;
use crate::embedded::Medium;

/// What a disk writes at once or not at all.
const SECTOR_BYTES: usize = 512;

/// What happens to one operation, counted over writes, syncs and changes of length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It fails; later ones do not.
    Once,
    /// It and all later ones fail.
    Lasting,
    /// If it is a write, every other sector is written before it fails; later ones do not fail.
    Torn,
    /// It panics; later ones do not fail.
    Panic,
}

/// What is left of the operations since the last sync when the power goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// All of them.
    None,
    /// None of them.
    All,
    /// Some of them.
    Some,
    /// Some sectors of some of them.
    Sectors,
}

#[derive(Debug, Clone)]
enum Operation {
    Write { offset: usize, bytes: Vec<u8> },
    SetLen(usize),
}

#[derive(Debug, Default)]
struct Platter {
    /// What is on disk for certain.
    synced: Vec<u8>,
    /// What was done since.
    pending: Vec<Operation>,
    /// What is read: everything that was done.
    shown: Vec<u8>,
    operations: usize,
    syncs: usize,
    fault: Option<(usize, Fault)>,
    /// Whether what is on the disk has been kept. The file system does that at once and for good.
    kept: bool,
    capacity: Option<usize>,
    sync_time: Duration,
}

/// The disk. Clones are the same disk.
#[derive(Debug, Clone, Default)]
pub struct Disk(Arc<Mutex<Platter>>);

impl Disk {
    /// Lets `fault` happen to the operation `at`, counted from now.
    pub fn fail(&self, at: usize, fault: Fault) {
        let mut platter = self.platter();
        platter.fault = Some((platter.operations + at, fault));
    }

    /// Ends a lasting fault.
    pub fn heal(&self) {
        self.platter().fault = None;
    }

    /// Lets the disk hold only so many bytes.
    pub fn limit(&self, capacity: Option<usize>) {
        self.platter().capacity = capacity;
    }

    /// Lets each sync take so long, beside what it takes anyway.
    pub fn slow(&self, sync_time: Duration) {
        self.platter().sync_time = sync_time;
    }

    /// How many writes, syncs and changes of length there have been.
    pub fn operations(&self) -> usize {
        self.platter().operations
    }

    /// How many syncs there have been.
    pub fn syncs(&self) -> usize {
        self.platter().syncs
    }

    /// How long what is read is, in bytes.
    pub fn bytes(&self) -> usize {
        self.platter().shown.len()
    }

    /// The disk as it is found after the power went.
    pub fn crash(&self, loss: Loss, random: &mut Random) -> Self {
        let platter = self.platter();
        let mut found = platter.synced.clone();
        for operation in &platter.pending {
            let kept = match loss {
                Loss::None => true,
                Loss::All => false,
                Loss::Some | Loss::Sectors => random.below(2) == 0,
            };
            if !kept {
                continue;
            }
            let sectors = loss == Loss::Sectors;
            apply(&mut found, operation, |_| !sectors || random.below(2) == 0);
        }
        let platter =
            Platter { shown: found.clone(), synced: found, kept: platter.kept, ..Platter::default() };
        Self(Arc::new(Mutex::new(platter)))
    }

    // A test panics in the middle of an operation on purpose; what it leaves behind is what it means to leave.
    fn platter(&self) -> MutexGuard<'_, Platter> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does `operation` to `bytes`, sector by sector if it is a write.
fn apply(bytes: &mut Vec<u8>, operation: &Operation, mut keep: impl FnMut(usize) -> bool) {
    match operation {
        Operation::SetLen(len) => bytes.resize(*len, 0),
        Operation::Write { offset, bytes: written } => {
            let end = offset + written.len();
            bytes.resize(bytes.len().max(end), 0);
            for (n, sector) in written.chunks(SECTOR_BYTES).enumerate() {
                if keep(n) {
                    let start = offset + n * SECTOR_BYTES;
                    bytes[start..start + sector.len()].copy_from_slice(sector);
                }
            }
        }
    }
}

impl Platter {
    /// Counts an operation and says what fails it.
    fn begin(&mut self) -> Option<Fault> {
        let now = self.operations;
        self.operations += 1;
        let (at, fault) = self.fault?;
        (now == at || now > at && fault == Fault::Lasting).then_some(fault)
    }

    fn change(&mut self, operation: Operation) -> io::Result<()> {
        let fault = self.begin();
        match fault {
            Some(Fault::Panic) => resume_unwind(Box::new("the disk was told to panic")),
            Some(Fault::Once | Fault::Lasting) => return Err(io::Error::other("the disk was told to fail")),
            Some(Fault::Torn) | None => {}
        }
        let end = match &operation {
            Operation::Write { offset, bytes } => offset + bytes.len(),
            Operation::SetLen(len) => *len,
        };
        if self.capacity.is_some_and(|capacity| end > capacity.max(self.shown.len())) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let Some(_torn) = fault else {
            apply(&mut self.shown, &operation, |_| true);
            self.pending.push(operation);
            return Ok(());
        };
        if let Operation::Write { offset, bytes } = operation {
            for (n, sector) in bytes.chunks(SECTOR_BYTES).enumerate().step_by(2) {
                let part = Operation::Write { offset: offset + n * SECTOR_BYTES, bytes: sector.to_vec() };
                apply(&mut self.shown, &part, |_| true);
                self.pending.push(part);
            }
        }
        Err(io::Error::other("the disk was told to tear a write"))
    }
}

impl Medium for Disk {
    fn open(&self) -> io::Result<Option<Box<dyn StorageBackend>>> {
        let kept = self.platter().kept;
        Ok(kept.then(|| Box::new(self.clone()) as Box<dyn StorageBackend>))
    }

    fn create(&self) -> io::Result<Box<dyn StorageBackend>> {
        let mut platter = self.platter();
        assert!(!platter.kept, "what was kept must not be overwritten");
        (platter.synced, platter.pending, platter.shown) = Default::default();
        Ok(Box::new(self.clone()))
    }

    fn keep(&self) -> io::Result<()> {
        self.platter().kept = true;
        Ok(())
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        Ok(self.platter().shown.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let start = usize::try_from(offset).unwrap();
        let platter = self.platter();
        let bytes = platter.shown.get(start..start + out.len()).ok_or(io::ErrorKind::UnexpectedEof)?;
        out.copy_from_slice(bytes);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.platter().change(Operation::SetLen(usize::try_from(len).unwrap()))
    }

    fn sync_data(&self) -> io::Result<()> {
        let sync_time = self.platter().sync_time;
        if !sync_time.is_zero() {
            std::thread::sleep(sync_time);
        }
        let mut platter = self.platter();
        platter.syncs += 1;
        match platter.begin() {
            Some(Fault::Panic) => resume_unwind(Box::new("the disk was told to panic")),
            Some(_) => Err(io::Error::other("the disk was told to fail a sync")),
            None => {
                let Platter { pending, synced, .. } = &mut *platter;
                for operation in pending.drain(..) {
                    apply(synced, &operation, |_| true);
                }
                Ok(())
            }
        }
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let offset = usize::try_from(offset).unwrap();
        self.platter().change(Operation::Write { offset, bytes: data.to_vec() })
    }
}

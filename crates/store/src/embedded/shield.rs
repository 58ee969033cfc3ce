//! A file that, once a write fails, is left exactly as it was then.
//!
//! redb refuses all further reads after a failed write. Readers should go on, so the shield never tells redb: it notes
//! the failure for the writer, who asks before acknowledging anything, and keeps this and all later writes in
//! memory, over the file. What the file holds is then what a crash at the failed write would have left, and what
//! readers see is whole.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use redb::StorageBackend;

use super::Failure;

/// The unit in which writes after a failure are kept: redb's page.
const BLOCK_BYTES: usize = 4096;

/// The shielded file.
#[derive(Debug)]
pub(super) struct Shield {
    file: Box<dyn StorageBackend>,
    state: RwLock<State>,
}

#[derive(Debug)]
enum State {
    Sound,
    Failed { failure: Arc<Failure>, overlay: Overlay },
    Closed,
}

/// Whether an operation reached the file.
enum Reached {
    File,
    Nothing,
}

impl Shield {
    pub(super) fn new(file: Box<dyn StorageBackend>) -> Self {
        Self { file, state: RwLock::new(State::Sound) }
    }

    /// The first failure, if there was one: nothing written since then is in the file.
    pub(super) fn failure(&self) -> Option<Arc<Failure>> {
        match &*self.read_state() {
            State::Sound => None,
            State::Failed { failure, .. } => Some(Arc::clone(failure)),
            State::Closed => Some(Arc::new(Failure::Closed)),
        }
    }

    /// Refuses every later operation, readers' too.
    pub(super) fn close(&self) {
        *self.write_state() = State::Closed;
    }

    /// Does `operation` to the file if it is sound. The lock is held meanwhile, so that nothing is under way in a file
    /// that has been closed; it is shared, so that readers need not wait for the disk.
    fn attempt(
        &self,
        operation: impl FnOnce(&dyn StorageBackend) -> io::Result<()>,
        failed: fn(io::Error) -> Failure,
    ) -> io::Result<Reached> {
        let state = self.read_state();
        match &*state {
            State::Sound => {}
            State::Failed { .. } => return Ok(Reached::Nothing),
            State::Closed => return Err(closed()),
        }
        let Err(error) = operation(self.file.as_ref()) else { return Ok(Reached::File) };
        drop(state);
        self.fail(failed(error))?;
        Ok(Reached::Nothing)
    }

    fn fail(&self, failure: Failure) -> io::Result<()> {
        let mut state = self.write_state();
        match &*state {
            State::Sound => {
                let overlay = Overlay::over(self.file.len()?);
                *state = State::Failed { failure: Arc::new(failure), overlay };
                Ok(())
            }
            State::Failed { .. } => Ok(()),
            State::Closed => Err(closed()),
        }
    }

    /// Changes the overlay, which is there because an attempt reached nothing.
    fn change_overlay(&self, change: impl FnOnce(&mut Overlay) -> io::Result<()>) -> io::Result<()> {
        match &mut *self.write_state() {
            State::Failed { overlay, .. } => change(overlay),
            State::Sound | State::Closed => Err(closed()),
        }
    }

    // The state is one assignment, so what a panic leaves behind is whole.
    fn read_state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_state(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn closed() -> io::Error {
    io::Error::other("the store's file is closed")
}

/// What redb is given: it owns its file, and the writer needs to ask it too.
#[derive(Debug)]
pub(super) struct Shielded(pub(super) Arc<Shield>);

// Locks are left out: the medium sees to exclusion, and a new opening of the file must not wait for the old one.
impl StorageBackend for Shielded {
    fn len(&self) -> io::Result<u64> {
        match &*self.0.read_state() {
            State::Sound => self.0.file.len(),
            State::Failed { overlay, .. } => Ok(overlay.len),
            State::Closed => Err(closed()),
        }
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        match &*self.0.read_state() {
            State::Sound => self.0.file.read(offset, out),
            State::Failed { overlay, .. } => overlay.read(self.0.file.as_ref(), offset, out),
            State::Closed => Err(closed()),
        }
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        match self.0.attempt(|file| file.set_len(len), Failure::Write)? {
            Reached::File => Ok(()),
            Reached::Nothing => self.0.change_overlay(|overlay| {
                overlay.set_len(len);
                Ok(())
            }),
        }
    }

    fn sync_data(&self) -> io::Result<()> {
        self.0.attempt(|file| file.sync_data(), Failure::Sync).map(|_| ())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        match self.0.attempt(|file| file.write(offset, data), Failure::Write)? {
            Reached::File => Ok(()),
            Reached::Nothing => {
                self.0.change_overlay(|overlay| overlay.write(self.0.file.as_ref(), offset, data))
            }
        }
    }

    fn close(&self) -> io::Result<()> {
        self.0.close();
        self.0.file.close()
    }
}

/// Writes that are not in the file, by block.
#[derive(Debug)]
struct Overlay {
    len: u64,
    /// Bytes of the file that are still to be seen; what is beyond is zero unless written.
    file_len: u64,
    blocks: BTreeMap<u64, Box<[u8]>>,
}

impl Overlay {
    fn over(len: u64) -> Self {
        Self { len, file_len: len, blocks: BTreeMap::new() }
    }

    fn set_len(&mut self, len: u64) {
        self.len = len;
        self.file_len = self.file_len.min(len);
        self.blocks.split_off(&len.div_ceil(BLOCK_BYTES as u64));
    }

    fn read(&self, file: &dyn StorageBackend, offset: u64, out: &mut [u8]) -> io::Result<()> {
        if offset.saturating_add(out.len() as u64) > self.len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut at = offset;
        let mut rest = out;
        while !rest.is_empty() {
            let (block, start) = locate(at);
            let (part, later) = rest.split_at_mut((BLOCK_BYTES - start).min(rest.len()));
            match self.blocks.get(&block).and_then(|bytes| bytes.get(start..start + part.len())) {
                Some(bytes) => part.copy_from_slice(bytes),
                None => self.read_file(file, at, part)?,
            }
            at += part.len() as u64;
            rest = later;
        }
        Ok(())
    }

    fn read_file(&self, file: &dyn StorageBackend, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let there =
            usize::try_from(self.file_len.saturating_sub(offset)).unwrap_or(usize::MAX).min(out.len());
        let (in_file, beyond) = out.split_at_mut(there);
        beyond.fill(0);
        if in_file.is_empty() { Ok(()) } else { file.read(offset, in_file) }
    }

    fn write(&mut self, file: &dyn StorageBackend, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut at = offset;
        let mut rest = data;
        while !rest.is_empty() {
            let (block, start) = locate(at);
            let (part, later) = rest.split_at((BLOCK_BYTES - start).min(rest.len()));
            if !self.blocks.contains_key(&block) {
                let mut bytes = vec![0; BLOCK_BYTES].into_boxed_slice();
                self.read_file(file, block * BLOCK_BYTES as u64, &mut bytes)?;
                self.blocks.insert(block, bytes);
            }
            let bytes =
                self.blocks.get_mut(&block).and_then(|bytes| bytes.get_mut(start..start + part.len()));
            bytes.ok_or_else(closed)?.copy_from_slice(part);
            at += part.len() as u64;
            rest = later;
        }
        self.len = self.len.max(at);
        Ok(())
    }
}

/// The block of an offset, and the place in it.
fn locate(offset: u64) -> (u64, usize) {
    let size = BLOCK_BYTES as u64;
    // The remainder is less than BLOCK_BYTES, so it fits.
    (offset / size, (offset % size) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use redb::backends::InMemoryBackend;

    /// A file that fails every write after the first.
    #[derive(Debug)]
    struct OneWrite(InMemoryBackend, std::sync::atomic::AtomicBool);

    impl StorageBackend for OneWrite {
        fn len(&self) -> io::Result<u64> {
            self.0.len()
        }
        fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
            self.0.read(offset, out)
        }
        fn set_len(&self, len: u64) -> io::Result<()> {
            self.0.set_len(len)
        }
        fn sync_data(&self) -> io::Result<()> {
            Ok(())
        }
        fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
            if self.1.swap(true, std::sync::atomic::Ordering::SeqCst) {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.0.write(offset, data)
        }
    }

    #[test]
    fn later_writes_are_seen_and_do_not_reach_the_file() {
        let shield = Arc::new(Shield::new(Box::new(OneWrite(InMemoryBackend::new(), false.into()))));
        let file = Shielded(Arc::clone(&shield));
        file.set_len(10_000).unwrap();
        file.write(4_000, &[1; 200]).unwrap();
        assert!(shield.failure().is_none());
        file.write(4_050, &[2; 100]).unwrap();
        assert!(matches!(shield.failure().as_deref(), Some(Failure::Write(_))));

        let read = |offset, len| {
            let mut out = vec![9; len];
            file.read(offset, &mut out).map(|()| out)
        };
        assert_eq!(read(3_999, 202).unwrap(), [&[0][..], &[1; 50], &[2; 100], &[1; 50], &[0]].concat());
        file.set_len(20_000).unwrap();
        assert_eq!(file.len().unwrap(), 20_000);
        assert_eq!(read(9_990, 5_000).unwrap(), vec![0; 5_000]);
        assert!(read(19_999, 2).is_err());
        file.set_len(4_100).unwrap();
        file.set_len(20_000).unwrap();
        assert_eq!(read(8_192, 100).unwrap(), vec![0; 100]);

        let mut raw = vec![9; 200];
        shield.file.read(4_000, &mut raw).unwrap();
        assert_eq!(raw, [1; 200]);
        assert_eq!(shield.file.len().unwrap(), 10_000);

        file.close().unwrap();
        assert!(read(0, 1).is_err());
        assert!(file.write(0, &[1]).is_err());
    }
}

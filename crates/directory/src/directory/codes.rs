//! Codes of second factors: tried without being used up, then used up in a change of their own.

use doorward_store::Revision;
use jiff::Timestamp;

use super::Directory;
use crate::change::mfa;
use crate::keys::Key;
use crate::mfa::MfaOwner;
use crate::refusal::Refusal;
use crate::snapshot::Snapshot;

impl Directory {
    /// Checks that a code counts now as the second factor of this owner, without using it up. After
    /// [`GUESSES_MAX`](super::GUESSES_MAX) wrong ones in a row the device is closed for a while, and no code counts.
    ///
    /// # Errors
    /// [`Refusal::MfaDeviceNotTheirs`], [`Refusal::WrongCode`]; [`Refusal::Failed`] if the seed cannot be opened.
    pub fn check_code(
        &self,
        snapshot: &Snapshot,
        owner: MfaOwner,
        serial_number: &str,
        code: &str,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let device = snapshot.mfa_device(serial_number).filter(|device| device.is_of(owner));
        let device = device.ok_or(Refusal::MfaDeviceNotTheirs)?;
        let key = Key::MfaDevice(device.account, device.place());
        if !self.guesses.begin(&key, now) {
            return Err(Refusal::WrongCode);
        }
        if device.step_of(&self.sealer, code, now)?.is_none() {
            return Err(Refusal::WrongCode);
        }
        self.guesses.forget(&key);
        Ok(())
    }

    /// Uses a code up, durable when this returns. Of those that show one code at the same time, one succeeds.
    ///
    /// # Errors
    /// As [`check_code`](Self::check_code), and as [`change`](Self::change).
    pub fn use_code(
        &self,
        owner: MfaOwner,
        serial_number: &str,
        code: &str,
        now: Timestamp,
    ) -> Result<Revision, Refusal> {
        let used = self.change(now, |draft| mfa::use_code(draft, owner, serial_number, code))?;
        Ok(used.1)
    }
}

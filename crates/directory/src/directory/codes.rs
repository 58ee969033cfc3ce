//! Codes of second factors: tried without being used up, then used up in a change of their own; and few guesses.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use doorward_policy::AccountId;
use doorward_store::Revision;
use jiff::{SignedDuration, Timestamp};

use super::Directory;
use crate::change::mfa;
use crate::mfa::{MfaDevice, MfaOwner};
use crate::refusal::Refusal;
use crate::snapshot::Snapshot;

/// How many wrong codes in a row a device takes before it is closed for a while. AWS does not say what it does; without this,
/// whoever has a user's access key finds a code in hours.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc4226#section-7.3>
pub const WRONG_CODES_MAX: u32 = 5;

/// For how long a device is closed at first, in seconds; every further wrong code doubles it.
pub const CLOSED_S_MIN: i64 = 30;

/// For how long it is closed at most, in seconds.
pub const CLOSED_S_MAX: i64 = 900;

/// Of how many devices wrong codes are remembered at most. Those of longest ago are forgotten then.
const DEVICES_MAX: usize = 10_000;

/// The wrong codes that devices have been shown in a row, since this server started.
#[derive(Default)]
pub(super) struct WrongCodes(Mutex<HashMap<Device, Wrong>>);

type Device = (AccountId, Arc<str>);

#[derive(Clone, Copy)]
struct Wrong {
    count: u32,
    last: Timestamp,
}

impl Directory {
    /// Checks that a code counts now as the second factor of this owner, without using it up. After
    /// [`WRONG_CODES_MAX`] wrong ones in a row the device is closed for a while, and no code counts.
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
        if self.wrong_codes.is_closed(device, now) {
            return Err(Refusal::WrongCode);
        }
        if device.step_of(&self.sealer, code, now)?.is_none() {
            self.wrong_codes.count(device, now);
            return Err(Refusal::WrongCode);
        }
        self.wrong_codes.forget(device);
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

impl WrongCodes {
    fn is_closed(&self, device: &MfaDevice, now: Timestamp) -> bool {
        let wrong = self.lock().get(&key(device)).copied();
        wrong.is_some_and(|wrong| wrong.open_again().is_none_or(|open| now < open))
    }

    fn count(&self, device: &MfaDevice, now: Timestamp) {
        let mut all = self.lock();
        if all.len() >= DEVICES_MAX
            && let Some(oldest) =
                all.iter().min_by_key(|(_, wrong)| wrong.last).map(|(device, _)| device.clone())
        {
            all.remove(&oldest);
        }
        let wrong = all.entry(key(device)).or_insert(Wrong { count: 0, last: now });
        *wrong = Wrong { count: wrong.count.saturating_add(1), last: now };
    }

    fn forget(&self, device: &MfaDevice) {
        self.lock().remove(&key(device));
    }

    // Nothing is done under this lock that could leave it half done.
    fn lock(&self) -> MutexGuard<'_, HashMap<Device, Wrong>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wrong {
    /// When codes count again; `None` for a time beyond all times.
    fn open_again(self) -> Option<Timestamp> {
        let Some(more) = self.count.checked_sub(WRONG_CODES_MAX) else { return Some(self.last) };
        let closed_s = CLOSED_S_MIN.saturating_mul(1 << more.min(16)).min(CLOSED_S_MAX);
        self.last.checked_add(SignedDuration::from_secs(closed_s)).ok()
    }
}

fn key(device: &MfaDevice) -> Device {
    (device.account, device.place())
}

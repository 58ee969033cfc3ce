//! Virtual MFA devices: second factors that show a new code every half minute.

use std::sync::Arc;

use doorward_policy::AccountId;
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::identity::arn;
use crate::keys::Key;
use crate::name::{Name, Path};
use crate::seal::{Purpose, SealBroken, Sealer};
use crate::tags::Tags;
use crate::unique_id::UniqueId;

mod base32;
pub mod totp;

/// How long the seed of a device is, in bytes: 64 characters of base32, as AWS's are.
pub const SEED_BYTES: usize = 40;

/// How long a serial number is at most, in characters: what requests can name.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html>, `SerialNumber`
pub const SERIAL_NUMBER_CHARACTERS_MAX: usize = 256;

/// By how many steps a device may be early or late.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc6238#section-5.2>
pub const STEPS_APART_MAX: i64 = 1;

/// By how many steps a device may be early or late when it shows two codes in a row, half an hour: how far it is off is then
/// remembered. AWS does not say how far it looks: UNCONFIRMED (mfa-window-in-sync).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_sync.html>
pub const STEPS_APART_IN_SYNC_MAX: i64 = 60;

/// A virtual MFA device. Its seed is sealed here; nobody can read it without the installation's [`Sealer`].
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_VirtualMFADevice.html>
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MfaDevice {
    /// Its account.
    pub account: AccountId,
    /// 1 to 128 characters. With the path it is unique in the account.
    pub name: Name,
    /// Its path.
    pub path: Path,
    /// When it was made, in whole seconds.
    pub created: Timestamp,
    /// Its tags.
    pub tags: Tags,
    /// Whose it is, once enabled.
    pub assigned: Option<Assignment>,
    pub(crate) sealed_seed: Box<[u8]>,
    /// The step of the newest code that it has shown. Neither that code nor an older one counts again.
    pub(crate) last_step: i64,
}

/// Whose second factor a device is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assignment {
    /// Its owner.
    pub owner: MfaOwner,
    /// Since when, in whole seconds.
    pub enabled: Timestamp,
    /// By how many steps the device is ahead of the server's clock.
    pub(crate) drift: i64,
}

/// Whose second factor a device can be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MfaOwner {
    /// The root user of this account.
    Root(AccountId),
    /// The user with this id.
    User(UniqueId),
}

/// The secret that a device's codes are computed from. Wiped from memory when dropped; never shown but once.
#[derive(Clone)]
pub struct Seed(pub(crate) Zeroizing<[u8; SEED_BYTES]>);

impl Seed {
    /// The seed as people type it, in base32.
    #[must_use]
    pub fn base32(&self) -> Zeroizing<String> {
        Zeroizing::new(base32::encode(&self.0[..]))
    }

    /// The code of a step, six digits.
    #[must_use]
    pub fn code(&self, step: i64) -> String {
        totp::code(&self.0[..], step)
    }
}

impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed(redacted)")
    }
}

/// A device just made, with the seed that is shown this once.
#[derive(Clone, Debug)]
pub struct NewMfaDevice {
    /// The device.
    pub device: MfaDevice,
    /// Its seed.
    pub seed: Seed,
}

impl MfaDevice {
    /// Its serial number, which is its ARN: `arn:aws:iam::A:mfa/path/name`.
    #[must_use]
    pub fn serial_number(&self) -> String {
        arn(self.account, "mfa", &self.path, &self.name)
    }

    /// Path and name together, by which it stands in its account and in lists; the name folded.
    #[must_use]
    pub fn place(&self) -> Arc<str> {
        place(&self.path, &self.name)
    }

    /// Whether it is this owner's second factor.
    #[must_use]
    pub fn is_of(&self, owner: MfaOwner) -> bool {
        self.assigned.as_ref().is_some_and(|assigned| assigned.owner == owner)
    }

    /// The step whose code this is, if it counts now: the device is enabled, the step is at most one off, and newer than
    /// every code that it has shown.
    pub(crate) fn step_of(
        &self,
        sealer: &Sealer,
        code: &str,
        now: Timestamp,
    ) -> Result<Option<i64>, SealBroken> {
        let Some(assigned) = &self.assigned else { return Ok(None) };
        let seed = self.seed(sealer)?;
        let present = totp::step(now) + assigned.drift;
        let steps = present - STEPS_APART_MAX..=present + STEPS_APART_MAX;
        Ok(steps.filter(|step| *step > self.last_step).find(|step| totp::is_code(&seed.0[..], *step, code)))
    }

    /// The step of the second of two codes shown one after the other, if both are newer than every code that the device has
    /// shown: the one nearest to the present.
    pub(crate) fn step_of_pair(
        &self,
        sealer: &Sealer,
        [first, second]: [&str; 2],
        now: Timestamp,
    ) -> Result<Option<i64>, SealBroken> {
        let (seed, present) = (self.seed(sealer)?, totp::step(now));
        let steps = present - STEPS_APART_IN_SYNC_MAX..=present + STEPS_APART_IN_SYNC_MAX;
        let shown = steps.filter(|step| {
            *step - 1 > self.last_step
                && totp::is_code(&seed.0[..], *step - 1, first)
                && totp::is_code(&seed.0[..], *step, second)
        });
        Ok(shown.min_by_key(|step| step.abs_diff(present)))
    }

    fn seed(&self, sealer: &Sealer) -> Result<Seed, SealBroken> {
        let key = Key::MfaDevice(self.account, self.place());
        let plain = sealer.open(Purpose::MfaSeed, &key.bytes(), &self.sealed_seed)?;
        let bytes: [u8; SEED_BYTES] = plain.as_slice().try_into().map_err(|_| SealBroken)?;
        Ok(Seed(Zeroizing::new(bytes)))
    }
}

/// By how much a device is ahead of the server's clock that has just shown the code of `step`. Within what is allowed for
/// anyway it counts as being right: its owner may have been slow.
pub(crate) fn drift(step: i64, now: Timestamp) -> i64 {
    let ahead = step - totp::step(now);
    if ahead.abs() <= STEPS_APART_MAX { 0 } else { ahead }
}

/// Where a device stands in its account.
pub(crate) fn place(path: &Path, name: &Name) -> Arc<str> {
    format!("{path}{}", name.folded()).into()
}

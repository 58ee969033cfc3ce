//! Second factors.

use doorward_policy::AccountId;

use super::{Snapshot, Stored, taken_apart};
use crate::mfa::{MfaDevice, MfaOwner, place};
use crate::name::{Name, Path};

impl Snapshot {
    /// The virtual MFA device of this serial number: path, name and their case as they are stored.
    #[must_use]
    pub fn mfa_device(&self, serial_number: &str) -> Option<&Stored<MfaDevice>> {
        let (account, path, name) = taken_apart(serial_number, "mfa")?;
        let (path, name) = (Path::new(path).ok()?, Name::new(name).ok()?);
        let found = self.mfa_device_at(account, &place(&path, &name))?;
        found.name.is_written(name.as_str()).then_some(found)
    }

    /// All virtual MFA devices of an account, ordered by path and name.
    pub fn mfa_devices(&self, account: AccountId) -> impl Iterator<Item = &Stored<MfaDevice>> {
        let devices = self.holdings(account).map(|holdings| &holdings.devices);
        devices.into_iter().flat_map(|devices| devices.values()).map(|device| &**device)
    }

    /// The MFA devices of a user or root user, ordered by path and name.
    pub fn mfa_devices_of(&self, owner: MfaOwner) -> impl ExactSizeIterator<Item = &Stored<MfaDevice>> {
        self.devices_of.get(&owner).map_or(&[][..], |devices| devices).iter().map(|device| &**device)
    }

    pub(crate) fn mfa_device_at(&self, account: AccountId, place: &str) -> Option<&Stored<MfaDevice>> {
        self.holdings(account)?.devices.get(place).map(|device| &**device)
    }
}

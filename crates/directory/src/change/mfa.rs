//! Virtual MFA devices.

use doorward_policy::AccountId;

use super::{Draft, accounts, exceeds, owned, users};
use crate::identity::arn;
use crate::keys::{Counted, Key};
use crate::mfa::{
    Assignment, MfaDevice, MfaOwner, NewMfaDevice, SEED_BYTES, SERIAL_NUMBER_CHARACTERS_MAX, Seed, drift,
    place,
};
use crate::name::{Name, Path};
use crate::record::Fact;
use crate::refusal::{Obstacle, Refusal};
use crate::seal::Purpose;
use crate::tags::Tag;

/// Whose MFA device an operation is about.
#[derive(Clone, Copy, Debug)]
pub enum MfaHolder<'a> {
    /// The account's root user's.
    Root,
    /// A user's, by name.
    User(&'a str),
}

/// Creates a device that is nobody's yet. The answer is the only place where its seed is seen.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html>
///
/// # Errors
/// [`Refusal`]: path and name are taken or too long together, the quota is used up, or the tags are not possible.
pub fn create(
    draft: &mut Draft<'_>,
    account: AccountId,
    name: Name,
    path: Path,
    tags: &[Tag],
) -> Result<NewMfaDevice, Refusal> {
    draft.account(account)?;
    if arn(account, "mfa", &path, &name).len() > SERIAL_NUMBER_CHARACTERS_MAX {
        let reason = format!(
            "with the path it makes a serial number of more than {SERIAL_NUMBER_CHARACTERS_MAX} characters"
        );
        return Err(Refusal::InvalidValue { field: "virtualMFADeviceName", reason });
    }
    let place = place(&path, &name);
    if draft.snapshot().mfa_device_at(account, &place).is_some() {
        return Err(Refusal::MfaDeviceExists);
    }
    let tags = draft.tags(tags)?;
    let limit = draft.limits().mfa_devices_per_account;
    draft.count(account, Counted::MfaDevices, limit, "VirtualMFADevicesPerAccount")?;
    let seed = Seed(draft.random::<SEED_BYTES>()?);
    let key = Key::MfaDevice(account, place);
    let sealed_seed = draft.seal(Purpose::MfaSeed, &key.bytes(), &seed.0[..])?;
    let created = draft.now();
    let device =
        MfaDevice { account, name, path, created, tags, assigned: None, sealed_seed, last_step: i64::MIN };
    write(draft, device.clone())?;
    Ok(NewMfaDevice { device, seed })
}

/// Makes a device the second factor of a user or root user, who shows two codes in a row.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html>
///
/// # Errors
/// [`Refusal`]: there is no such user or device, the device is someone's, the user has as many as it may have, or the codes
/// are not the device's.
pub fn enable(
    draft: &mut Draft<'_>,
    account: AccountId,
    holder: MfaHolder<'_>,
    serial_number: &str,
    codes: [&str; 2],
) -> Result<(), Refusal> {
    let owner = owner(draft, account, holder)?;
    let mut device = find(draft, account, serial_number)?;
    if device.assigned.is_some() {
        return Err(Refusal::MfaDeviceInUse);
    }
    let limit = draft.limits().mfa_devices_per_user;
    if exceeds(draft.snapshot().mfa_devices_of(owner).len() + 1, limit) {
        return Err(Refusal::Quota { name: "MFADevicesPerUser", limit });
    }
    let step = shown(draft, &device, codes)?;
    let drift = drift(step, draft.now());
    device.assigned = Some(Assignment { owner, enabled: draft.now(), drift });
    device.last_step = step;
    // Written as they are: see the rules of `change`.
    match holder {
        MfaHolder::Root => accounts::rewrite(draft, account)?,
        MfaHolder::User(name) => {
            let user = users::find(draft, account, name)?;
            users::write(draft, user)?;
        }
    }
    write(draft, device)
}

/// Learns anew how far a device's clock is off, from two codes in a row.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, the device is not its, or the codes are not the device's.
pub fn resync(
    draft: &mut Draft<'_>,
    account: AccountId,
    holder: MfaHolder<'_>,
    serial_number: &str,
    codes: [&str; 2],
) -> Result<(), Refusal> {
    let mut device = own(draft, account, holder, serial_number)?;
    let step = shown(draft, &device, codes)?;
    let drift = drift(step, draft.now());
    device.assigned = device.assigned.map(|assigned| Assignment { drift, ..assigned });
    device.last_step = step;
    write(draft, device)
}

/// Takes a device from its user. It can be enabled again, for whomever, but never with a code that it has shown.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, or the device is not its.
pub fn deactivate(
    draft: &mut Draft<'_>,
    account: AccountId,
    holder: MfaHolder<'_>,
    serial_number: &str,
) -> Result<(), Refusal> {
    let device = own(draft, account, holder, serial_number)?;
    write(draft, MfaDevice { assigned: None, ..device })
}

/// Deletes a device that is nobody's.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html>
///
/// # Errors
/// [`Refusal`]: there is no such device, or it is someone's.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, serial_number: &str) -> Result<(), Refusal> {
    let device = find(draft, account, serial_number)?;
    if device.assigned.is_some() {
        return Err(Refusal::InTheWay(Obstacle::MfaDeviceInUse));
    }
    draft.delete(Key::MfaDevice(account, device.place()));
    Ok(())
}

/// Uses a code up: it counts this once, whoever else shows it at the same time.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual.html>
///
/// # Errors
/// [`Refusal`]: the device is not the owner's, or the code is none of its, or not any more.
pub fn use_code(
    draft: &mut Draft<'_>,
    owner: MfaOwner,
    serial_number: &str,
    code: &str,
) -> Result<(), Refusal> {
    let device = draft.snapshot().mfa_device(serial_number).filter(|device| device.is_of(owner));
    let mut device = device.map(owned).ok_or(Refusal::MfaDeviceNotTheirs)?;
    let step = device.step_of(draft.sealer(), code, draft.now())?;
    device.last_step = step.ok_or(Refusal::WrongCode)?;
    write(draft, device)
}

fn owner(draft: &Draft<'_>, account: AccountId, holder: MfaHolder<'_>) -> Result<MfaOwner, Refusal> {
    match holder {
        MfaHolder::Root => {
            draft.account(account)?;
            Ok(MfaOwner::Root(account))
        }
        MfaHolder::User(name) => users::find(draft, account, name).map(|user| MfaOwner::User(user.id)),
    }
}

/// A device to change.
pub(super) fn find(draft: &Draft<'_>, account: AccountId, serial_number: &str) -> Result<MfaDevice, Refusal> {
    let found = draft.snapshot().mfa_device(serial_number).filter(|device| device.account == account);
    found.map(owned).ok_or_else(|| Refusal::NoSuchMfaDevice(serial_number.to_owned()))
}

/// A device that is this holder's.
fn own(
    draft: &Draft<'_>,
    account: AccountId,
    holder: MfaHolder<'_>,
    serial_number: &str,
) -> Result<MfaDevice, Refusal> {
    let owner = owner(draft, account, holder)?;
    let device = find(draft, account, serial_number)?;
    if device.is_of(owner) { Ok(device) } else { Err(Refusal::MfaDeviceInvalid) }
}

fn shown(draft: &Draft<'_>, device: &MfaDevice, codes: [&str; 2]) -> Result<i64, Refusal> {
    device.step_of_pair(draft.sealer(), codes, draft.now())?.ok_or(Refusal::WrongCodes)
}

pub(super) fn write(draft: &mut Draft<'_>, device: MfaDevice) -> Result<(), Refusal> {
    draft.put(Key::MfaDevice(device.account, device.place()), Fact::MfaDevice(device))
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::directory::{CLOSED_S_MAX, CLOSED_S_MIN, Directory, GUESSES_MAX};
    use crate::limits::Limits;
    use crate::mfa::totp::{STEP_S, step};
    use crate::testing::*;

    const PHONE: &str = "arn:aws:iam::123456789012:mfa/phone";
    const BOB: MfaHolder<'_> = MfaHolder::User("bob");

    /// A directory with Bob and Eve, a device called `phone`, and its seed.
    fn with_phone(limits: Limits) -> (Directory, Seed) {
        let directory = started_with(limits);
        let made = directory.change(now(), |draft| {
            add_user(draft, "bob")?;
            add_user(draft, "eve")?;
            create(draft, account(), name("phone"), Path::root(), &[])
        });
        (directory, made.unwrap().0.seed)
    }

    fn later(steps: i64) -> Timestamp {
        now() + SignedDuration::from_secs(steps * STEP_S)
    }

    /// Runs an operation so many steps after the beginning.
    fn at(
        directory: &Directory,
        steps: i64,
        plan: impl FnMut(&mut Draft<'_>) -> Result<(), Refusal>,
    ) -> String {
        match directory.change(later(steps), plan) {
            Ok(_) => "ok".to_owned(),
            Err(refusal) => refusal.code().to_owned(),
        }
    }

    /// The code that the device shows so many steps after the beginning.
    fn code(seed: &Seed, steps: i64) -> String {
        seed.code(step(later(steps)))
    }

    fn pair(seed: &Seed, steps: i64) -> [String; 2] {
        [code(seed, steps), code(seed, steps + 1)]
    }

    fn bob(directory: &Directory) -> MfaOwner {
        MfaOwner::User(directory.snapshot().user(account(), "bob").unwrap().id)
    }

    /// Enables `phone` for Bob with the codes of steps -1 and 0.
    fn enabled() -> (Directory, Seed) {
        let (directory, seed) = with_phone(Limits::default());
        let [first, second] = pair(&seed, -1);
        let codes = [&*first, &*second];
        assert_eq!(at(&directory, 0, |draft| enable(draft, account(), BOB, PHONE, codes)), "ok");
        (directory, seed)
    }

    #[test]
    fn a_devices_life() {
        let (directory, seed) = with_phone(Limits::default());
        check(
            &directory,
            &[
                (
                    |draft| create(draft, account(), name("PHONE"), Path::root(), &[]).map(drop),
                    "EntityAlreadyExists: MFADevice entity at the same path and name already exists.",
                ),
                (|draft| create(draft, account(), name("phone"), path("/old/"), &[]).map(drop), "ok"),
                (
                    |draft| {
                        let long = path(&format!("/{}/", "x".repeat(300)));
                        create(draft, account(), name("phone"), long, &[]).map(drop)
                    },
                    "ValidationError: The specified value for virtualMFADeviceName is invalid: with the path it makes a serial number of more than 256 characters.",
                ),
                (
                    |draft| enable(draft, account(), BOB, PHONE, ["000000", "000000"]),
                    "InvalidAuthenticationCode: Authentication code for device is not valid.",
                ),
                (
                    |draft| deactivate(draft, account(), BOB, PHONE),
                    "NoSuchEntity: MFA Device invalid for user.",
                ),
                (
                    |draft| {
                        enable(draft, account(), BOB, "arn:aws:iam::123456789012:mfa/Phone", ["000000"; 2])
                    },
                    "NoSuchEntity: VirtualMFADevice with serial number arn:aws:iam::123456789012:mfa/Phone doesn't exist.",
                ),
            ],
        );
        let [first, second] = pair(&seed, -1);
        let enabling =
            |draft: &mut Draft<'_>, holder| enable(draft, account(), holder, PHONE, [&first, &second]);
        assert_eq!(at(&directory, 0, |draft| enabling(draft, BOB)), "ok");
        assert_eq!(at(&directory, 0, |draft| enabling(draft, BOB)), "EntityAlreadyExists");
        let snapshot = directory.snapshot();
        let devices: Vec<_> =
            snapshot.mfa_devices_of(bob(&directory)).map(|device| device.serial_number()).collect();
        assert_eq!(devices, [PHONE]);
        let summary = snapshot.account_summary(account(), directory.limits());
        assert_eq!(
            (summary["MFADevices"], summary["MFADevicesInUse"], summary["AccountMFAEnabled"]),
            (2, 1, 0)
        );
        check(
            &directory,
            &[
                (
                    |draft| users::delete(draft, account(), "bob"),
                    "DeleteConflict: Cannot delete entity, must delete MFA device first.",
                ),
                (
                    |draft| delete(draft, account(), PHONE),
                    "DeleteConflict: MFA VirtualDevice in use. Must deactivate first.",
                ),
                (
                    |draft| deactivate(draft, account(), MfaHolder::User("eve"), PHONE),
                    "NoSuchEntity: MFA Device invalid for user.",
                ),
                (|draft| deactivate(draft, account(), BOB, PHONE), "ok"),
                (|draft| users::delete(draft, account(), "bob"), "ok"),
            ],
        );
        // What it has shown does not count for anybody else either.
        assert_eq!(at(&directory, 0, |draft| enabling(draft, MfaHolder::Root)), "InvalidAuthenticationCode");
        let [first, second] = pair(&seed, 1);
        let codes = [&*first, &*second];
        assert_eq!(at(&directory, 1, |draft| enable(draft, account(), MfaHolder::Root, PHONE, codes)), "ok");
        let summary = directory.snapshot().account_summary(account(), directory.limits());
        assert_eq!(summary["AccountMFAEnabled"], 1);
        check(
            &directory,
            &[
                (|draft| deactivate(draft, account(), MfaHolder::Root, PHONE), "ok"),
                (|draft| delete(draft, account(), PHONE), "ok"),
                (
                    |draft| delete(draft, account(), PHONE),
                    "NoSuchEntity: VirtualMFADevice with serial number arn:aws:iam::123456789012:mfa/phone doesn't exist.",
                ),
            ],
        );
    }

    #[test]
    fn quotas() {
        let limits = Limits { mfa_devices_per_account: 2, mfa_devices_per_user: 1, ..Limits::default() };
        let (directory, seed) = with_phone(limits);
        let [first, second] = pair(&seed, -1);
        let codes = [&*first, &*second];
        assert_eq!(at(&directory, 0, |draft| enable(draft, account(), BOB, PHONE, codes)), "ok");
        check(
            &directory,
            &[
                (|draft| create(draft, account(), name("two"), Path::root(), &[]).map(drop), "ok"),
                (
                    |draft| create(draft, account(), name("three"), Path::root(), &[]).map(drop),
                    "LimitExceeded: Cannot exceed quota for VirtualMFADevicesPerAccount: 2",
                ),
                (
                    |draft| enable(draft, account(), BOB, "arn:aws:iam::123456789012:mfa/two", ["000000"; 2]),
                    "LimitExceeded: Cannot exceed quota for MFADevicesPerUser: 1",
                ),
            ],
        );
    }

    #[test]
    fn a_code_counts_once_and_for_a_minute_and_a_half() {
        let (directory, seed) = enabled();
        let owner = bob(&directory);
        // When the code is shown, when it is tried, and whether it counts. Each row is a world of its own.
        for (shown, tried, expected) in [
            (0, 0, "AccessDenied"), // Enabling has used it up.
            (1, 0, "ok"),
            (1, 1, "ok"),
            (1, 2, "ok"),
            (1, 3, "AccessDenied"),
            (3, 1, "AccessDenied"),
        ] {
            let (directory, seed) = enabled();
            let (owner, code) = (bob(&directory), code(&seed, shown));
            let using = |draft: &mut Draft<'_>| use_code(draft, owner, PHONE, &code);
            assert_eq!(at(&directory, tried, using), expected, "shown {shown}, tried {tried}");
            assert_eq!(at(&directory, tried, using), "AccessDenied", "again: shown {shown}, tried {tried}");
        }
        let newer = code(&seed, 2);
        let older = code(&seed, 1);
        assert_eq!(at(&directory, 2, |draft| use_code(draft, owner, PHONE, &newer)), "ok");
        assert_eq!(at(&directory, 2, |draft| use_code(draft, owner, PHONE, &older)), "AccessDenied");
        let root = MfaOwner::Root(account());
        let newest = code(&seed, 3);
        assert_eq!(at(&directory, 3, |draft| use_code(draft, root, PHONE, &newest)), "AccessDenied");
        assert_reloads(&directory);
    }

    #[test]
    fn of_many_that_show_one_code_at_once_one_succeeds() {
        let (directory, seed) = enabled();
        let (owner, code) = (bob(&directory), code(&seed, 1));
        let successes = std::thread::scope(|scope| {
            let show = || directory.use_code(owner, PHONE, &code, later(1)).is_ok();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(show)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).filter(|won| *won).count()
        });
        assert_eq!(successes, 1);
    }

    #[test]
    fn a_clock_that_is_off_is_learnt() {
        let (directory, seed) = enabled();
        let owner = bob(&directory);
        let using = |shown, tried| {
            let code = code(&seed, shown);
            at(&directory, tried, |draft| use_code(draft, owner, PHONE, &code))
        };
        let syncing = |shown, tried| {
            let [first, second] = pair(&seed, shown);
            at(&directory, tried, |draft| resync(draft, account(), BOB, PHONE, [&first, &second]))
        };
        // The device is 20 steps ahead.
        assert_eq!(using(30, 10), "AccessDenied");
        assert_eq!(syncing(29, 10), "ok");
        assert_eq!(syncing(29, 10), "InvalidAuthenticationCode");
        assert_eq!(using(31, 11), "ok");
        // It is right again.
        assert_eq!(using(40, 40), "AccessDenied");
        assert_eq!(syncing(39, 40), "ok");
        assert_eq!(using(41, 41), "ok");
        // Too far off, and never back behind what it has shown.
        assert_eq!(syncing(200, 100), "InvalidAuthenticationCode");
        assert_eq!(syncing(39, 42), "InvalidAuthenticationCode");
    }

    #[test]
    fn guessing_closes_a_device_for_a_while() {
        let (directory, seed) = enabled();
        let (owner, snapshot) = (bob(&directory), directory.snapshot());
        let tried = |second: i64, code: &str| {
            let moment = later(1) + SignedDuration::from_secs(second);
            directory.check_code(&snapshot, owner, PHONE, code, moment).is_ok()
        };
        let right = |second: i64| seed.code(step(later(1) + SignedDuration::from_secs(second)));
        for _ in 1..GUESSES_MAX {
            assert!(!tried(0, "00000x"));
        }
        assert!(tried(0, &right(0)), "four wrong ones close nothing, and a right one makes them forgotten");
        let (mut second, mut closed_s) = (0, CLOSED_S_MIN);
        for _ in 0..GUESSES_MAX {
            assert!(!tried(second, "00000x"));
        }
        for _ in 0..8 {
            assert!(!tried(second + closed_s - 1, &right(second + closed_s - 1)), "closed for {closed_s} s");
            second += closed_s;
            assert!(!tried(second, "00000x"), "open, and wrong again");
            closed_s = (closed_s * 2).min(CLOSED_S_MAX);
        }
        second += CLOSED_S_MAX;
        assert!(tried(second, &right(second)));
        assert!(!tried(second, "00000x") && tried(second, &right(second)));
    }

    #[test]
    fn a_seed_opens_where_it_belongs_only() {
        let (directory, seed) = with_phone(Limits::default());
        assert_eq!(format!("{seed:?}"), "Seed(redacted)");
        let device = owned(directory.snapshot().mfa_device(PHONE).unwrap());
        let [first, second] = pair(&seed, 0);
        let sealer = directory.sealer();
        assert_eq!(device.step_of_pair(sealer, [&first, &second], now()).unwrap(), Some(step(later(1))));
        let moved = MfaDevice { name: name("other"), ..device };
        assert!(moved.step_of_pair(sealer, [&first, &second], now()).is_err());
    }
}

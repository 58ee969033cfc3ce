//! Virtual MFA devices.

use doorward_policy::AccountId;
use minicbor::{Decode, Encode};

use super::{Reason, Tag, TagRecord, Tags, time, unique_id};
use crate::mfa::{Assignment, MfaDevice, MfaOwner};
use crate::name::{Name, Path};

#[derive(Encode, Decode)]
pub(super) struct MfaDeviceRecord<'b> {
    #[b(0)]
    name: &'b str,
    #[b(1)]
    path: &'b str,
    #[n(2)]
    created_s: i64,
    #[b(3)]
    tags: Vec<TagRecord<'b>>,
    #[b(4)]
    assigned: Option<AssignmentRecord<'b>>,
    #[cbor(b(5), with = "minicbor::bytes")]
    sealed_seed: &'b [u8],
    #[n(6)]
    last_step: i64,
}

#[derive(Encode, Decode)]
struct AssignmentRecord<'b> {
    /// `None` for the root user.
    #[b(0)]
    user: Option<&'b str>,
    #[n(1)]
    enabled_s: i64,
    #[n(2)]
    drift: i64,
}

pub(super) fn record(device: &MfaDevice) -> MfaDeviceRecord<'_> {
    MfaDeviceRecord {
        name: device.name.as_str(),
        path: device.path.as_str(),
        created_s: device.created.as_second(),
        tags: device.tags.iter().map(|tag| TagRecord { key: &tag.key, value: &tag.value }).collect(),
        assigned: device.assigned.as_ref().map(|assigned| AssignmentRecord {
            user: match &assigned.owner {
                MfaOwner::Root(_) => None,
                MfaOwner::User(id) => Some(id.as_str()),
            },
            enabled_s: assigned.enabled.as_second(),
            drift: assigned.drift,
        }),
        sealed_seed: &device.sealed_seed,
        last_step: device.last_step,
    }
}

pub(super) fn device(
    account: AccountId,
    place: &str,
    record: MfaDeviceRecord<'_>,
) -> Result<MfaDevice, Reason> {
    let tag = |tag: &TagRecord<'_>| Tag { key: tag.key.into(), value: tag.value.into() };
    let assigned = |assigned: AssignmentRecord<'_>| {
        let owner = match assigned.user {
            None => MfaOwner::Root(account),
            Some(id) => MfaOwner::User(unique_id(id)?),
        };
        Ok::<_, Reason>(Assignment { owner, enabled: time(assigned.enabled_s)?, drift: assigned.drift })
    };
    let device = MfaDevice {
        account,
        name: Name::new(record.name).map_err(|error| error.to_string())?,
        path: Path::new(record.path).map_err(|error| error.to_string())?,
        created: time(record.created_s)?,
        tags: Tags::new(record.tags.iter().map(tag).collect()).map_err(|error| error.to_string())?,
        assigned: record.assigned.map(assigned).transpose()?,
        sealed_seed: record.sealed_seed.into(),
        last_step: record.last_step,
    };
    if *device.place() == *place { Ok(device) } else { Err(format!("it is of `{}`", device.place())) }
}

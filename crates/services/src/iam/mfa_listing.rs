//! Which MFA devices there are, and whose.

use doorward_directory::change::mfa::MfaHolder;
use doorward_directory::mfa::{MfaDevice, MfaOwner};
use doorward_directory::{Refusal, Stored};
use doorward_gate::{Permit, Question};
use doorward_policy::request::Requester;
use doorward_wire::{ApiError, iam};

use super::{ask, mfa, page, render, users};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// The device of this serial number, in the caller's account, as this call sees it.
pub(super) fn found<'c>(call: &Call<'c>, serial_number: &str) -> Result<&'c Stored<MfaDevice>, ApiError> {
    let device = call.snapshot().mfa_device(serial_number).filter(|device| device.account == call.account);
    device.ok_or_else(|| call.refused(&Refusal::NoSuchMfaDevice(serial_number.to_owned())))
}

/// Whose devices a request is about: the user named, or the caller's own, the root user's included.
fn holder<'n>(call: &'n Call<'_>, named: Option<&'n str>) -> Result<MfaHolder<'n>, ApiError> {
    match (named, call.caller.requester()) {
        (Some(name), _) => Ok(mfa::holder(call, name)),
        (None, Requester::Root { .. }) => Ok(MfaHolder::Root),
        (
            None,
            Requester::Anonymous
            | Requester::User { .. }
            | Requester::RoleSession { .. }
            | Requester::FederatedUser { .. }
            | Requester::Service { .. }
            | Requester::Federated { .. },
        ) => call.caller.user_name().map(MfaHolder::User).ok_or_else(ask::unnamed),
    }
}

fn question(call: &Call<'_>, action: &'static str, named: Option<&str>) -> Result<Vec<Question>, ApiError> {
    Ok(vec![match holder(call, named)? {
        MfaHolder::User(name) => ask::about_user(call, action, name),
        MfaHolder::Root => Question::new(action, format!("arn:aws:iam::{}:root", call.account), call.account),
    }])
}

/// The owner, and its name; the root user has none.
fn owner(call: &Call<'_>, named: Option<&str>) -> Result<(MfaOwner, String), ApiError> {
    match holder(call, named)? {
        MfaHolder::Root => Ok((MfaOwner::Root(call.account), String::new())),
        MfaHolder::User(name) => {
            users::found(call, name).map(|user| (MfaOwner::User(user.id), user.name.to_string()))
        }
    }
}

impl Operation for iam::ListMFADevices {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListMFADevicesRequest) -> Result<Vec<Question>, ApiError> {
        question(call, "iam:ListMFADevices", input.user_name.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListMFADevicesRequest,
    ) -> Result<iam::ListMFADevicesResponse, ApiError> {
        let (owner, user_name) = owner(call, input.user_name.as_deref())?;
        let mut devices: Vec<_> = call.snapshot().mfa_devices_of(owner).collect();
        devices.sort_by_cached_key(|device| key(device));
        let (devices, marker) =
            page::of(devices, |device| key(device), input.marker.as_deref(), input.max_items)?;
        let shown = devices.into_iter().filter_map(|device| {
            Some(iam::MFADevice {
                user_name: user_name.clone(),
                serial_number: device.serial_number(),
                enable_date: device.assigned.as_ref()?.enabled,
            })
        });
        let is_truncated = Some(marker.is_some());
        Ok(iam::ListMFADevicesResponse { mfa_devices: shown.collect(), is_truncated, marker })
    }
}

/// Where a device stands in lists, short enough for a marker.
fn key(device: &MfaDevice) -> String {
    page::short(&device.place())
}

impl Operation for iam::ListVirtualMFADevices {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, _: &iam::ListVirtualMFADevicesRequest) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:ListVirtualMFADevices"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListVirtualMFADevicesRequest,
    ) -> Result<iam::ListVirtualMFADevicesResponse, ApiError> {
        let wanted = match input.assignment_status.as_deref() {
            Some("Assigned") => Some(true),
            Some("Unassigned") => Some(false),
            Some("Any") | None => None,
            // The model's constraints let no other through.
            Some(_) => return Err(ApiError::internal_failure()),
        };
        let devices = call.snapshot().mfa_devices(call.account);
        let devices =
            devices.filter(|device| wanted.is_none_or(|assigned| device.assigned.is_some() == assigned));
        let mut devices: Vec<_> = devices.collect();
        devices.sort_by_cached_key(|device| key(device));
        let (devices, marker) =
            page::of(devices, |device| key(device), input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListVirtualMFADevicesResponse {
            virtual_mfa_devices: devices.into_iter().map(|device| listed(call, device)).collect(),
            is_truncated: Some(marker.is_some()),
            marker,
        })
    }
}

/// A device as `ListVirtualMFADevices` shows it, without tags.
fn listed(call: &Call<'_>, device: &MfaDevice) -> iam::VirtualMFADevice {
    let assigned = device.assigned.as_ref();
    let user = match assigned.map(|assigned| assigned.owner) {
        None => None,
        Some(MfaOwner::Root(_)) => users::root(call).ok(),
        Some(MfaOwner::User(id)) => call.snapshot().user_with_id(id).map(|user| render::user_in_list(user)),
    };
    iam::VirtualMFADevice {
        serial_number: device.serial_number(),
        base32_string_seed: None,
        qr_code_png: None,
        user,
        enable_date: assigned.map(|assigned| assigned.enabled),
        tags: None,
    }
}

/// AWS takes only the serial numbers of FIDO keys here, which this server does not have; virtual devices are shown instead.
impl Operation for iam::GetMFADevice {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::GetMFADeviceRequest) -> Result<Vec<Question>, ApiError> {
        question(call, "iam:GetMFADevice", input.user_name.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetMFADeviceRequest,
    ) -> Result<iam::GetMFADeviceResponse, ApiError> {
        let (owner, user_name) = owner(call, input.user_name.as_deref())?;
        let device = found(call, &input.serial_number)?;
        if !device.is_of(owner) {
            return Err(call.refused(&Refusal::MfaDeviceInvalid));
        }
        Ok(iam::GetMFADeviceResponse {
            user_name: Some(user_name).filter(|name| !name.is_empty()),
            serial_number: device.serial_number(),
            enable_date: device.assigned.as_ref().map(|assigned| assigned.enabled),
            certifications: None,
        })
    }
}

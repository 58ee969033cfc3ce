//! Virtual MFA devices, from making to deleting.
//!
//! The root user enables and resynchronizes devices for itself under its account's id as the user name: the API has no other
//! word for it. A user of that name, where there is one, comes first.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_cliapi.html>

use doorward_directory::Snapshot;
use doorward_directory::change::mfa::{self, MfaHolder};
use doorward_directory::mfa::{MfaDevice, Seed};
use doorward_gate::{Permit, Question};
use doorward_policy::request::Requester;
use doorward_wire::{ApiError, Nothing, Secret, iam};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

use super::{ask, picture};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// What authenticators show the codes as.
const ISSUER: &str = "Amazon Web Services";

/// What stands in a URI as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

/// Whose device a request is about that names its user.
pub(super) fn holder<'n>(call: &Call<'_>, name: &'n str) -> MfaHolder<'n> {
    let is_root = matches!(call.caller.requester(), Requester::Root { .. });
    let is_account = name == call.account.to_string();
    if is_root && is_account && call.snapshot().user(call.account, name).is_none() {
        return MfaHolder::Root;
    }
    MfaHolder::User(name)
}

/// Whose device a request is about that need not name its user: the caller's own, where it is a user or a session of
/// `AssumeRoot`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html>, `UserName`
fn named_or_own<'n>(call: &'n Call<'_>, named: Option<&'n str>) -> Result<MfaHolder<'n>, ApiError> {
    if named.is_none() && call.caller.is_root_session() {
        return Ok(MfaHolder::Root);
    }
    let name = named.or_else(|| call.caller.user_name()).ok_or_else(ask::no_user_named)?;
    Ok(holder(call, name))
}

/// The question about whoever holds, or is to hold, a device.
fn about_holder(call: &Call<'_>, action: &'static str, holder: MfaHolder<'_>) -> Question {
    match holder {
        MfaHolder::Root => ask::about_root(call, action),
        MfaHolder::User(name) => ask::about_user(call, action, name),
    }
}

/// The one answer that shows the seed: in base32, and as a QR code that authenticators scan.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_VirtualMFADevice.html>
impl Operation for iam::CreateVirtualMFADevice {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::CreateVirtualMFADeviceRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let name = &input.virtual_mfa_device_name;
        ask::name(name).map_err(|_| too_long())?;
        let arn = ask::created(call.account, "mfa", input.path.as_deref(), name);
        let ask = |action| {
            ask::with_request_tags(Question::new(action, arn.clone(), call.account), input.tags.as_deref())
        };
        let mut questions = vec![ask("iam:CreateVirtualMFADevice")];
        if input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
            questions.push(ask("iam:TagMFADevice"));
        }
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::CreateVirtualMFADeviceRequest,
    ) -> Result<iam::CreateVirtualMFADeviceResponse, ApiError> {
        let (name, path) = (ask::name(&input.virtual_mfa_device_name)?, ask::path(input.path.as_deref())?);
        let tags = ask::tags(input.tags);
        let new = call.change(|draft| mfa::create(draft, call.account, name.clone(), path.clone(), &tags))?;
        let picture = picture::qr_code(&uri(call.snapshot(), &new.device, &new.seed));
        Ok(iam::CreateVirtualMFADeviceResponse {
            virtual_mfa_device: iam::VirtualMFADevice {
                serial_number: new.device.serial_number(),
                base32_string_seed: Some(Secret::new(new.seed.base32().as_bytes().to_vec())),
                qr_code_png: Some(Secret::new(picture.ok_or_else(ApiError::internal_failure)?)),
                user: None,
                enable_date: None,
                tags: Some(super::render::tags(&new.device.tags)),
            },
        })
    }
}

/// The model does not bound the name of a device. (The bound is that of other names; the text is ours.)
fn too_long() -> ApiError {
    ApiError::validation_error(
        "1 validation error detected: Value at 'virtualMFADeviceName' failed to satisfy constraint: \
         Member must have length less than or equal to 128",
    )
}

/// What the QR code says: `otpauth://totp/Amazon%20Web%20Services:DEVICE@ACCOUNT?secret=…&issuer=…`, the account by its
/// alias if it has one.
fn uri(snapshot: &Snapshot, device: &MfaDevice, seed: &Seed) -> Zeroizing<String> {
    let account = snapshot.account(device.account).and_then(|account| account.alias.as_deref());
    let account = account.map_or_else(|| device.account.to_string(), str::to_owned);
    let issuer = utf8_percent_encode(ISSUER, PLAIN);
    let name = utf8_percent_encode(device.name.as_str(), PLAIN);
    let seed = seed.base32();
    Zeroizing::new(format!("otpauth://totp/{issuer}:{name}@{account}?secret={}&issuer={issuer}", &*seed))
}

/// Needs permission on the user that is to have the device.
impl Operation for iam::EnableMFADevice {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::EnableMFADeviceRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![about_holder(call, "iam:EnableMFADevice", holder(call, &input.user_name))])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::EnableMFADeviceRequest,
    ) -> Result<Nothing, ApiError> {
        let codes = [&*input.authentication_code1, &*input.authentication_code2];
        let holder = holder(call, &input.user_name);
        call.change(|draft| mfa::enable(draft, call.account, holder, &input.serial_number, codes))?;
        Ok(Nothing {})
    }
}

impl Operation for iam::ResyncMFADevice {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::ResyncMFADeviceRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![about_holder(call, "iam:ResyncMFADevice", holder(call, &input.user_name))])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ResyncMFADeviceRequest,
    ) -> Result<Nothing, ApiError> {
        let codes = [&*input.authentication_code1, &*input.authentication_code2];
        let holder = holder(call, &input.user_name);
        call.change(|draft| mfa::resync(draft, call.account, holder, &input.serial_number, codes))?;
        Ok(Nothing {})
    }
}

/// A request that names no user is about the caller's own device: see `named_or_own`.
impl Operation for iam::DeactivateMFADevice {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::DeactivateMFADeviceRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let holder = named_or_own(call, input.user_name.as_deref())?;
        Ok(vec![about_holder(call, "iam:DeactivateMFADevice", holder)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeactivateMFADeviceRequest,
    ) -> Result<Nothing, ApiError> {
        let holder = named_or_own(call, input.user_name.as_deref())?;
        call.change(|draft| mfa::deactivate(draft, call.account, holder, &input.serial_number))?;
        Ok(Nothing {})
    }
}

impl Operation for iam::DeleteVirtualMFADevice {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::DeleteVirtualMFADeviceRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_mfa_device(call, "iam:DeleteVirtualMFADevice", &input.serial_number)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteVirtualMFADeviceRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| mfa::delete(draft, call.account, &input.serial_number))?;
        Ok(Nothing {})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped() {
        let escaped = utf8_percent_encode("a+b=c,d.e@f-g_h", PLAIN).to_string();
        assert_eq!(escaped, "a%2Bb%3Dc%2Cd.e@f-g_h");
    }
}

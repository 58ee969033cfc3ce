//! SSH public keys of users.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_ssh-keys.html>

use doorward_directory::change::ssh_keys;
use doorward_directory::refusal::credentials::CredentialFault;
use doorward_directory::ssh_key::{Encoding, SshKey, SshMaterial};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam};

use super::access_keys::status;
use super::{ask, page, users};
use crate::call::Call;
use crate::operation::{Access, Operation};

fn render(key: &SshKey, user: &str, body: String) -> iam::SSHPublicKey {
    iam::SSHPublicKey {
        user_name: user.to_owned(),
        ssh_public_key_id: key.id.to_string(),
        fingerprint: key.fingerprint(),
        ssh_public_key_body: body,
        status: key.status.name().to_owned(),
        upload_date: Some(key.uploaded),
    }
}

impl Operation for iam::UploadSSHPublicKey {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::UploadSSHPublicKeyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_user(call, "iam:UploadSSHPublicKey", &input.user_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UploadSSHPublicKeyRequest,
    ) -> Result<iam::UploadSSHPublicKeyResponse, ApiError> {
        let material = SshMaterial::read(&input.ssh_public_key_body);
        let material = material.map_err(|fault| call.refused(&fault.into()))?;
        let shown = call.change(|draft| {
            let key = ssh_keys::upload(draft, call.account, &input.user_name, &material)?;
            let user = draft.snapshot().user_with_id(key.user);
            let name = user.map_or(&*input.user_name, |user| user.name.as_str());
            Ok(render(&key, name, key.body.to_string()))
        })?;
        Ok(iam::UploadSSHPublicKeyResponse { ssh_public_key: Some(shown) })
    }
}

impl Operation for iam::GetSSHPublicKey {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::GetSSHPublicKeyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_user(call, "iam:GetSSHPublicKey", &input.user_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetSSHPublicKeyRequest,
    ) -> Result<iam::GetSSHPublicKeyResponse, ApiError> {
        let user = users::found(call, &input.user_name)?;
        let key = call.snapshot().ssh_keys(user.id).find(|key| *key.id == *input.ssh_public_key_id);
        let missing = || call.refused(&CredentialFault::NoSuchSshKey(input.ssh_public_key_id.clone()).into());
        let key = key.ok_or_else(missing)?;
        // The model knows no other.
        let encoding = if input.encoding == "PEM" { Encoding::Pem } else { Encoding::Ssh };
        let body = key.written(encoding).ok_or_else(ApiError::internal_failure)?;
        let shown = render(key, user.name.as_str(), body);
        Ok(iam::GetSSHPublicKeyResponse { ssh_public_key: Some(shown) })
    }
}

impl Operation for iam::ListSSHPublicKeys {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListSSHPublicKeysRequest) -> Result<Vec<Question>, ApiError> {
        let name = ask::named_or_calling_user(call, input.user_name.as_deref())?;
        Ok(vec![ask::about_user(call, "iam:ListSSHPublicKeys", &name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListSSHPublicKeysRequest,
    ) -> Result<iam::ListSSHPublicKeysResponse, ApiError> {
        let name = ask::named_or_calling_user(call, input.user_name.as_deref())?;
        let user = users::found(call, &name)?;
        let keys = call.snapshot().ssh_keys(user.id);
        let (keys, next) =
            page::of(keys, |key| key.id.to_string(), input.marker.as_deref(), input.max_items)?;
        let shown = keys.into_iter().map(|key| iam::SSHPublicKeyMetadata {
            user_name: user.name.to_string(),
            ssh_public_key_id: key.id.to_string(),
            status: key.status.name().to_owned(),
            upload_date: key.uploaded,
        });
        Ok(iam::ListSSHPublicKeysResponse {
            ssh_public_keys: Some(shown.collect()),
            is_truncated: Some(next.is_some()),
            marker: next,
        })
    }
}

impl Operation for iam::UpdateSSHPublicKey {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::UpdateSSHPublicKeyRequest) -> Result<Vec<Question>, ApiError> {
        status(&input.status)?;
        Ok(vec![ask::about_user(call, "iam:UpdateSSHPublicKey", &input.user_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UpdateSSHPublicKeyRequest,
    ) -> Result<Nothing, ApiError> {
        let status = status(&input.status)?;
        call.change(|draft| {
            ssh_keys::set_status(draft, call.account, &input.user_name, &input.ssh_public_key_id, status)
        })?;
        Ok(Nothing {})
    }
}

impl Operation for iam::DeleteSSHPublicKey {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::DeleteSSHPublicKeyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_user(call, "iam:DeleteSSHPublicKey", &input.user_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteSSHPublicKeyRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| {
            ssh_keys::delete(draft, call.account, &input.user_name, &input.ssh_public_key_id)
        })?;
        Ok(Nothing {})
    }
}

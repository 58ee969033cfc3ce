//! Signing certificates of users and of the account's root user.
//!
//! A request that names no user is about the caller's own, as with access keys.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html>

use doorward_directory::access_key::KeyOwner;
use doorward_directory::certificate::{SigningCertificate, SigningMaterial};
use doorward_directory::change::signing_certificates as certificates;
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam};

use super::access_keys::{holder, owner, question, status};
use super::{page, users};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// A root user's certificate has an empty user name.
fn render(certificate: &SigningCertificate, user: Option<&str>) -> iam::SigningCertificate {
    iam::SigningCertificate {
        user_name: user.unwrap_or_default().to_owned(),
        certificate_id: certificate.id.to_string(),
        certificate_body: certificate.body.to_string(),
        status: certificate.status.name().to_owned(),
        upload_date: Some(certificate.uploaded),
    }
}

impl Operation for iam::UploadSigningCertificate {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::UploadSigningCertificateRequest,
    ) -> Result<Vec<Question>, ApiError> {
        question(call, "iam:UploadSigningCertificate", input.user_name.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UploadSigningCertificateRequest,
    ) -> Result<iam::UploadSigningCertificateResponse, ApiError> {
        let name = owner(call, input.user_name.as_deref())?;
        let material = SigningMaterial::read(&input.certificate_body, call.now());
        let material = material.map_err(|fault| call.refused(&fault.into()))?;
        let certificate = call.change(|draft| {
            let made = certificates::upload(draft, call.account, holder(name.as_deref()), &material)?;
            let user = name.as_deref().and_then(|name| draft.snapshot().user(call.account, name));
            Ok(render(&made, user.map(|user| user.name.as_str())))
        })?;
        Ok(iam::UploadSigningCertificateResponse { certificate })
    }
}

impl Operation for iam::ListSigningCertificates {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::ListSigningCertificatesRequest,
    ) -> Result<Vec<Question>, ApiError> {
        question(call, "iam:ListSigningCertificates", input.user_name.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListSigningCertificatesRequest,
    ) -> Result<iam::ListSigningCertificatesResponse, ApiError> {
        let name = owner(call, input.user_name.as_deref())?;
        let user = name.map(|name| users::found(call, &name)).transpose()?;
        let owner = user.map_or(KeyOwner::Root(call.account), |user| KeyOwner::User(user.id));
        let all = call.snapshot().signing_certificates(&owner);
        let id_of = |certificate: &&SigningCertificate| certificate.id.to_string();
        let (certificates, next) = page::of(all, id_of, input.marker.as_deref(), input.max_items)?;
        let shown = certificates.into_iter().map(|one| render(one, user.map(|user| user.name.as_str())));
        Ok(iam::ListSigningCertificatesResponse {
            certificates: shown.collect(),
            is_truncated: Some(next.is_some()),
            marker: next,
        })
    }
}

impl Operation for iam::UpdateSigningCertificate {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::UpdateSigningCertificateRequest,
    ) -> Result<Vec<Question>, ApiError> {
        status(&input.status)?;
        question(call, "iam:UpdateSigningCertificate", input.user_name.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UpdateSigningCertificateRequest,
    ) -> Result<Nothing, ApiError> {
        let name = owner(call, input.user_name.as_deref())?;
        let status = status(&input.status)?;
        call.change(|draft| {
            let holder = holder(name.as_deref());
            certificates::set_status(draft, call.account, holder, &input.certificate_id, status)
        })?;
        Ok(Nothing {})
    }
}

impl Operation for iam::DeleteSigningCertificate {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::DeleteSigningCertificateRequest,
    ) -> Result<Vec<Question>, ApiError> {
        question(call, "iam:DeleteSigningCertificate", input.user_name.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteSigningCertificateRequest,
    ) -> Result<Nothing, ApiError> {
        let name = owner(call, input.user_name.as_deref())?;
        call.change(|draft| {
            certificates::delete(draft, call.account, holder(name.as_deref()), &input.certificate_id)
        })?;
        Ok(Nothing {})
    }
}

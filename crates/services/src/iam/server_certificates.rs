//! Server certificates. Their private keys come in and are shown to nobody.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html>

use doorward_directory::certificate::{ServerCertificate, ServerMaterial};
use doorward_directory::change::server_certificates::{self, NewServerCertificate, ServerCertificateUpdate};
use doorward_directory::refusal::credentials::CredentialFault;
use doorward_directory::{Listing, Stored};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam};

use super::{ask, page, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

fn metadata(certificate: &ServerCertificate) -> iam::ServerCertificateMetadata {
    iam::ServerCertificateMetadata {
        path: certificate.path.to_string(),
        server_certificate_name: certificate.name.to_string(),
        server_certificate_id: certificate.id.to_string(),
        arn: certificate.arn(),
        upload_date: Some(certificate.uploaded),
        expiration: Some(certificate.expires),
    }
}

/// The server certificate called `name`, as this call sees it.
pub(super) fn found<'c>(call: &Call<'c>, name: &str) -> Result<&'c Stored<ServerCertificate>, ApiError> {
    let certificate = call.snapshot().server_certificate(call.account, name);
    let missing = || CredentialFault::NoSuchServerCertificate(name.to_owned());
    certificate.ok_or_else(|| call.refused(&missing().into()))
}

impl Operation for iam::UploadServerCertificate {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::UploadServerCertificateRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let name = &input.server_certificate_name;
        let arn = ask::created(call.account, "server-certificate", input.path.as_deref(), name);
        let ask = |action| {
            let question = Question::new(action, arn.clone(), call.account);
            ask::with_request_tags(question, input.tags.as_deref())
        };
        let mut questions = vec![ask("iam:UploadServerCertificate")];
        if input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
            questions.push(ask("iam:TagServerCertificate"));
        }
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UploadServerCertificateRequest,
    ) -> Result<iam::UploadServerCertificateResponse, ApiError> {
        let (body, private_key) = (&input.certificate_body, input.private_key.expose());
        let material =
            ServerMaterial::read(body, private_key, input.certificate_chain.as_deref(), call.now());
        let material = material.map_err(|fault| call.refused(&fault.into()))?;
        let tags = ask::tags(input.tags);
        let new = NewServerCertificate {
            name: ask::name(&input.server_certificate_name)?,
            path: ask::path(input.path.as_deref())?,
            material: &material,
            tags: &tags,
        };
        let certificate = call.change(|draft| server_certificates::upload(draft, call.account, &new))?;
        Ok(iam::UploadServerCertificateResponse {
            server_certificate_metadata: Some(metadata(&certificate)),
            tags: render::some_tags(&certificate.tags),
        })
    }
}

impl Operation for iam::GetServerCertificate {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::GetServerCertificateRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let name = &input.server_certificate_name;
        Ok(vec![ask::about_server_certificate(call, "iam:GetServerCertificate", name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetServerCertificateRequest,
    ) -> Result<iam::GetServerCertificateResponse, ApiError> {
        let certificate = found(call, &input.server_certificate_name)?;
        Ok(iam::GetServerCertificateResponse {
            server_certificate: iam::ServerCertificate {
                server_certificate_metadata: metadata(certificate),
                certificate_body: certificate.body.to_string(),
                certificate_chain: certificate.chain.as_deref().map(str::to_owned),
                tags: render::some_tags(&certificate.tags),
            },
        })
    }
}

impl Operation for iam::ListServerCertificates {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::ListServerCertificatesRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let prefix = input.path_prefix.as_deref();
        Ok(ask::about_list(call, "iam:ListServerCertificates", "server-certificate", prefix))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListServerCertificatesRequest,
    ) -> Result<iam::ListServerCertificatesResponse, ApiError> {
        let after = page::after(input.marker.as_deref())?;
        let listing = Listing {
            path_prefix: input.path_prefix.as_deref().unwrap_or("/"),
            after: after.as_deref(),
            size: page::size(input.max_items),
        };
        let page = call.snapshot().server_certificates(call.account, &listing);
        Ok(iam::ListServerCertificatesResponse {
            server_certificate_metadata_list: page.items.iter().map(|item| metadata(item)).collect(),
            is_truncated: Some(page.next.is_some()),
            marker: page.next.map(page::marker),
        })
    }
}

/// Needs permission on the certificate as it is and, where it is renamed or moved, on the certificate as it will be.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServerCertificate.html>
impl Operation for iam::UpdateServerCertificate {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::UpdateServerCertificateRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let (action, name) = ("iam:UpdateServerCertificate", &input.server_certificate_name);
        let mut questions = vec![ask::about_server_certificate(call, action, name)];
        if input.new_server_certificate_name.is_some() || input.new_path.is_some() {
            let stored = call.snapshot().server_certificate(call.account, name);
            let path = input.new_path.as_deref().or_else(|| stored.map(|found| found.path.as_str()));
            let kept = stored.map_or(name.as_str(), |found| found.name.as_str());
            let name = input.new_server_certificate_name.as_deref().unwrap_or(kept);
            let arn = ask::created(call.account, "server-certificate", path, name);
            questions.push(Question::new(action, arn, call.account));
        }
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UpdateServerCertificateRequest,
    ) -> Result<Nothing, ApiError> {
        let update = ServerCertificateUpdate {
            name: input.new_server_certificate_name.as_deref().map(ask::name).transpose()?,
            path: input.new_path.as_deref().map(|path| ask::path(Some(path))).transpose()?,
        };
        let name = &input.server_certificate_name;
        call.change(|draft| server_certificates::update(draft, call.account, name, &update))?;
        Ok(Nothing {})
    }
}

impl Operation for iam::DeleteServerCertificate {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::DeleteServerCertificateRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let name = &input.server_certificate_name;
        Ok(vec![ask::about_server_certificate(call, "iam:DeleteServerCertificate", name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteServerCertificateRequest,
    ) -> Result<Nothing, ApiError> {
        let name = &input.server_certificate_name;
        call.change(|draft| server_certificates::delete(draft, call.account, name))?;
        Ok(Nothing {})
    }
}

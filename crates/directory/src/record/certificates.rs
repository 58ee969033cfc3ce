//! The records of certificates.

use std::sync::Arc;

use doorward_policy::AccountId;
use minicbor::{Decode, Encode};

use super::{Entity, EntityRecord, Reason, entity, time, unique_id};
use crate::access_key::{KeyOwner, KeyStatus};
use crate::certificate::{ServerCertificate, SigningCertificate};
use crate::text::Texts;
use crate::unique_id::UniqueId;

#[derive(Encode, Decode)]
pub(super) struct ServerCertificateRecord<'b> {
    #[b(0)]
    entity: EntityRecord<'b>,
    #[n(1)]
    expires_s: i64,
    #[b(2)]
    body: &'b str,
    #[b(3)]
    chain: Option<&'b str>,
    #[cbor(b(4), with = "minicbor::bytes")]
    sealed_key: &'b [u8],
}

#[derive(Encode, Decode)]
pub(super) struct SigningCertificateRecord<'b> {
    /// The user; none for the root user.
    #[b(0)]
    user: Option<&'b str>,
    #[n(1)]
    active: bool,
    #[n(2)]
    uploaded_s: i64,
    #[b(3)]
    body: &'b str,
}

pub(super) fn server_record(certificate: &ServerCertificate) -> ServerCertificateRecord<'_> {
    ServerCertificateRecord {
        entity: entity(
            &certificate.id,
            &certificate.name,
            &certificate.path,
            certificate.uploaded,
            &certificate.tags,
        ),
        expires_s: certificate.expires.as_second(),
        body: &certificate.body,
        chain: certificate.chain.as_deref(),
        sealed_key: &certificate.sealed_key,
    }
}

pub(super) fn server(
    account: AccountId,
    folded: &str,
    record: ServerCertificateRecord<'_>,
    texts: &Texts,
) -> Result<ServerCertificate, Reason> {
    let Entity { id, name, path, created, tags } = Entity::read(folded, record.entity, texts)?;
    Ok(ServerCertificate {
        account,
        id,
        name,
        path,
        uploaded: created,
        expires: time(record.expires_s)?,
        body: record.body.into(),
        chain: record.chain.map(Into::into),
        tags,
        sealed_key: record.sealed_key.into(),
    })
}

pub(super) fn signing_record(certificate: &SigningCertificate) -> SigningCertificateRecord<'_> {
    SigningCertificateRecord {
        user: match &certificate.owner {
            KeyOwner::User(id) => Some(UniqueId::as_str(id)),
            // Services have none.
            KeyOwner::Root(_) | KeyOwner::Service(_) => None,
        },
        active: certificate.status == KeyStatus::Active,
        uploaded_s: certificate.uploaded.as_second(),
        body: &certificate.body,
    }
}

pub(super) fn signing(
    account: AccountId,
    id: &Arc<str>,
    record: SigningCertificateRecord<'_>,
) -> Result<SigningCertificate, Reason> {
    let user = record.user.map(unique_id).transpose()?;
    Ok(SigningCertificate {
        id: Arc::clone(id),
        account,
        owner: user.map_or(KeyOwner::Root(account), KeyOwner::User),
        status: KeyStatus::of(record.active),
        uploaded: time(record.uploaded_s)?,
        body: record.body.into(),
    })
}

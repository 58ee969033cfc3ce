//! The records of SSH keys and of credentials for services.

use std::sync::Arc;

use minicbor::{Decode, Encode};

use super::{Reason, time};
use crate::access_key::KeyStatus;
use crate::service_credential::{ServiceCredential, ServiceKind};
use crate::ssh::RsaPublicKey;
use crate::ssh_key::SshKey;
use crate::unique_id::UniqueId;

#[derive(Encode, Decode)]
pub(super) struct SshKeyRecord<'b> {
    #[n(0)]
    active: bool,
    #[n(1)]
    uploaded_s: i64,
    #[b(2)]
    body: &'b str,
}

#[derive(Encode, Decode)]
pub(super) struct ServiceCredentialRecord<'b> {
    #[b(0)]
    service: &'b str,
    #[b(1)]
    alias: &'b str,
    #[n(2)]
    active: bool,
    #[n(3)]
    created_s: i64,
    #[n(4)]
    expires_s: Option<i64>,
    #[cbor(b(5), with = "minicbor::bytes")]
    digest: &'b [u8],
}

pub(super) fn ssh_key_record(key: &SshKey) -> SshKeyRecord<'_> {
    SshKeyRecord {
        active: key.status == KeyStatus::Active,
        uploaded_s: key.uploaded.as_second(),
        body: &key.body,
    }
}

pub(super) fn ssh_key(user: UniqueId, id: &Arc<str>, record: SshKeyRecord<'_>) -> Result<SshKey, Reason> {
    let key = RsaPublicKey::from_text(record.body).map_err(|_| "it holds no public key".to_owned())?;
    Ok(SshKey {
        id: Arc::clone(id),
        user,
        status: KeyStatus::of(record.active),
        uploaded: time(record.uploaded_s)?,
        body: record.body.into(),
        key,
    })
}

pub(super) fn service_record(credential: &ServiceCredential) -> ServiceCredentialRecord<'_> {
    ServiceCredentialRecord {
        service: credential.service.name(),
        alias: &credential.alias,
        active: credential.status == KeyStatus::Active,
        created_s: credential.created.as_second(),
        expires_s: credential.expires.map(|expires| expires.as_second()),
        digest: &credential.digest,
    }
}

pub(super) fn service(
    user: UniqueId,
    id: &Arc<str>,
    record: ServiceCredentialRecord<'_>,
) -> Result<ServiceCredential, Reason> {
    let unknown = || format!("it is for `{}`, a service that this version does not know", record.service);
    Ok(ServiceCredential {
        id: Arc::clone(id),
        user,
        service: ServiceKind::named(record.service).ok_or_else(unknown)?,
        alias: record.alias.into(),
        status: KeyStatus::of(record.active),
        created: time(record.created_s)?,
        expires: record.expires_s.map(time).transpose()?,
        digest: record.digest.try_into().map_err(|_| "its digest is not 32 bytes long".to_owned())?,
    })
}

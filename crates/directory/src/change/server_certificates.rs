//! Server certificates.

use std::sync::Arc;

use doorward_policy::AccountId;

use super::{Draft, owned};
use crate::certificate::{ServerCertificate, ServerMaterial};
use crate::keys::{Counted, Key};
use crate::name::{Name, Path};
use crate::record::Fact;
use crate::refusal::Refusal;
use crate::refusal::credentials::CredentialFault;
use crate::seal::Purpose;
use crate::tags::Tag;
use crate::unique_id::IdKind;

/// A server certificate to keep.
#[derive(Clone, Debug)]
pub struct NewServerCertificate<'a> {
    /// Unique in the account but for case.
    pub name: Name,
    /// Its path.
    pub path: Path,
    /// The certificate itself, its private key and its chain.
    pub material: &'a ServerMaterial,
    /// Its tags.
    pub tags: &'a [Tag],
}

/// What to change of a server certificate; the rest stays.
#[derive(Clone, Debug, Default)]
pub struct ServerCertificateUpdate {
    /// The new name.
    pub name: Option<Name>,
    /// The new path.
    pub path: Option<Path>,
}

/// Keeps a server certificate; its private key is sealed first.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadServerCertificate.html>
///
/// # Errors
/// [`Refusal`]: the name is taken, the quota used up, or the tags are not possible.
pub fn upload(
    draft: &mut Draft<'_>,
    account: AccountId,
    new: &NewServerCertificate<'_>,
) -> Result<ServerCertificate, Refusal> {
    draft.account(account)?;
    free(draft, account, &new.name)?;
    let tags = draft.tags(new.tags)?;
    let limit = draft.limits().server_certificates_per_account;
    draft.count(account, Counted::ServerCertificates, limit, "ServerCertificatesPerAccount")?;
    let id = draft.new_id(IdKind::ServerCertificate)?;
    let private_key = new.material.private_key.as_bytes();
    let sealed = draft.seal(Purpose::ServerCertificate, id.as_str().as_bytes(), private_key)?;
    let certificate = ServerCertificate {
        account,
        id,
        name: new.name.clone(),
        path: new.path.clone(),
        uploaded: draft.now(),
        expires: new.material.expires,
        body: new.material.body.clone(),
        chain: new.material.chain.clone(),
        tags,
        sealed_key: sealed.into(),
    };
    write(draft, certificate)
}

/// Renames or moves a server certificate, which keeps its id.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServerCertificate.html>
///
/// # Errors
/// [`Refusal`]: there is no such certificate, or the new name is another's.
pub fn update(
    draft: &mut Draft<'_>,
    account: AccountId,
    name: &str,
    update: &ServerCertificateUpdate,
) -> Result<ServerCertificate, Refusal> {
    let mut certificate = find(draft, account, name)?;
    if let Some(name) = update.name.as_ref().filter(|name| !certificate.name.is_written(name.as_str())) {
        if *name != certificate.name {
            free(draft, account, name)?;
        }
        draft.delete(key(&certificate));
        certificate.name = name.clone();
    }
    if let Some(path) = &update.path {
        certificate.path = path.clone();
    }
    write(draft, certificate)
}

/// Deletes a server certificate and its private key.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServerCertificate.html>
///
/// # Errors
/// [`Refusal`]: there is no such certificate.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, name: &str) -> Result<(), Refusal> {
    let certificate = find(draft, account, name)?;
    draft.delete(key(&certificate));
    Ok(())
}

fn free(draft: &Draft<'_>, account: AccountId, name: &Name) -> Result<(), Refusal> {
    let other = draft.snapshot().server_certificate(account, name.as_str());
    other.map_or(Ok(()), |other| Err(CredentialFault::ServerCertificateExists(other.name.to_string()).into()))
}

/// A server certificate to change.
pub(super) fn find(draft: &Draft<'_>, account: AccountId, name: &str) -> Result<ServerCertificate, Refusal> {
    let found = draft.snapshot().server_certificate(account, name);
    found.map(owned).ok_or_else(|| CredentialFault::NoSuchServerCertificate(name.to_owned()).into())
}

/// Writes a server certificate as it shall be.
pub(super) fn write(
    draft: &mut Draft<'_>,
    certificate: ServerCertificate,
) -> Result<ServerCertificate, Refusal> {
    draft.put(key(&certificate), Fact::ServerCertificate(certificate.clone()))?;
    let written = draft.snapshot().server_certificate(certificate.account, certificate.name.as_str());
    Ok(written.map_or(certificate, owned))
}

fn key(certificate: &ServerCertificate) -> Key {
    Key::ServerCertificate(certificate.account, Arc::clone(certificate.name.folded()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::seal::SealBroken;
    use crate::testing::*;

    const NONE: ServerCertificateUpdate = ServerCertificateUpdate { name: None, path: None };

    fn material() -> ServerMaterial {
        let chain = Some(pem!("intermediate.pem"));
        ServerMaterial::read(pem!("leaf.pem"), pem!("leaf.key.pem"), chain, now()).unwrap()
    }

    fn add(draft: &mut Draft<'_>, text: &str) -> Result<ServerCertificate, Refusal> {
        let (tags, material) = (tags(&[("Team", "x")]), material());
        let new =
            NewServerCertificate { name: name(text), path: path("/web/"), material: &material, tags: &tags };
        upload(draft, account(), &new)
    }

    #[test]
    fn a_server_certificates_life() {
        let directory = started_with(Limits { server_certificates_per_account: 2, ..Limits::default() });
        check(
            &directory,
            &[
                (|draft| add(draft, "Web").map(drop), "ok"),
                (
                    |draft| add(draft, "web").map(drop),
                    "EntityAlreadyExists: The Server Certificate with name Web already exists.",
                ),
                (|draft| add(draft, "api").map(drop), "ok"),
                (
                    |draft| add(draft, "third").map(drop),
                    "LimitExceeded: Cannot exceed quota for ServerCertificatesPerAccount: 2",
                ),
                (
                    |draft| {
                        let rename = ServerCertificateUpdate { name: Some(name("API")), ..NONE };
                        update(draft, account(), "web", &rename).map(drop)
                    },
                    "EntityAlreadyExists: The Server Certificate with name api already exists.",
                ),
                (
                    |draft| {
                        let recase = ServerCertificateUpdate { name: Some(name("WEB")), ..NONE };
                        update(draft, account(), "web", &recase).map(drop)
                    },
                    "ok",
                ),
                (
                    |draft| update(draft, account(), "none", &NONE).map(drop),
                    "NoSuchEntity: The Server Certificate with name none cannot be found.",
                ),
                (|draft| delete(draft, account(), "Api"), "ok"),
                (
                    |draft| delete(draft, account(), "api"),
                    "NoSuchEntity: The Server Certificate with name api cannot be found.",
                ),
                (|draft| add(draft, "third").map(drop), "ok"),
            ],
        );
    }

    #[test]
    fn a_rename_keeps_everything() {
        let directory = started();
        let made = directory.change(now(), |draft| add(draft, "web")).unwrap().0;
        assert!(made.id.as_str().starts_with("ASCA"));
        assert_eq!(made.expires.to_string(), "2099-01-01T00:00:00Z");
        let rename = ServerCertificateUpdate { name: Some(name("New")), path: Some(path("/new/")) };
        directory.change(now(), |draft| update(draft, account(), "web", &rename)).unwrap();
        let snapshot = directory.snapshot();
        assert!(snapshot.server_certificate(account(), "web").is_none());
        let stored = snapshot.server_certificate(account(), "new").unwrap();
        assert_eq!(stored.arn(), "arn:aws:iam::123456789012:server-certificate/new/New");
        assert_eq!((stored.id, &stored.tags, &stored.chain), (made.id, &made.tags, &made.chain));
        let key = stored.private_key(directory.sealer()).unwrap();
        assert_eq!(&**key, pem!("leaf.key.pem").as_bytes());
        assert!(!format!("{stored:?}").contains("PRIVATE KEY"));
        assert_reloads(&directory);
    }

    #[test]
    fn a_private_key_moved_to_another_certificate_does_not_open() {
        let directory = started();
        let made = directory.change(now(), |draft| Ok([add(draft, "a")?, add(draft, "b")?])).unwrap().0;
        let [one, other] = made;
        let swapped = ServerCertificate { sealed_key: other.sealed_key, ..one };
        assert_eq!(swapped.private_key(directory.sealer()).map(drop), Err(SealBroken));
    }
}

//! Signing certificates of users and root users.

use doorward_policy::AccountId;

use super::keys::{self, KeyHolder};
use super::{Draft, exceeds};
use crate::access_key::{KeyOwner, KeyStatus};
use crate::certificate::{SigningCertificate, SigningMaterial};
use crate::keys::Key;
use crate::record::Fact;
use crate::refusal::Refusal;
use crate::refusal::credentials::CredentialFault;

/// Gives a user, or the root user, a signing certificate.
///
/// UNCONFIRMED (certificate-again): whether AWS refuses the certificate that the same user has already; its page says that
/// a certificate which some user in the account has is a duplicate, and so it is here.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, the account has the certificate, or the user has as many as it may have.
pub fn upload(
    draft: &mut Draft<'_>,
    account: AccountId,
    holder: KeyHolder<'_>,
    material: &SigningMaterial,
) -> Result<SigningCertificate, Refusal> {
    let owner = keys::find(draft, account, holder)?;
    if draft.snapshot().signing_certificate(account, &material.id).is_some() {
        return Err(CredentialFault::DuplicateCertificate.into());
    }
    let limit = draft.limits().signing_certificates_per_user;
    if exceeds(draft.snapshot().signing_certificates(&owner).len() + 1, limit) {
        return Err(Refusal::Quota { name: "CertificatesPerUser", limit });
    }
    keys::rewrite_holder(draft, account, holder)?;
    let (id, body) = (material.id.clone(), material.body.clone());
    let (status, uploaded) = (KeyStatus::Active, draft.now());
    let certificate = SigningCertificate { id: id.clone(), account, owner, status, uploaded, body };
    draft.put(Key::SigningCertificate(account, id.clone()), Fact::SigningCertificate(certificate.clone()))?;
    Ok(draft.snapshot().signing_certificate(account, &id).cloned().unwrap_or(certificate))
}

/// Switches a signing certificate on or off.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSigningCertificate.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, or the certificate is not its.
pub fn set_status(
    draft: &mut Draft<'_>,
    account: AccountId,
    holder: KeyHolder<'_>,
    id: &str,
    status: KeyStatus,
) -> Result<(), Refusal> {
    let certificate = existing(draft, account, holder, id)?;
    let key = Key::SigningCertificate(account, certificate.id.clone());
    draft.put(key, Fact::SigningCertificate(SigningCertificate { status, ..certificate }))
}

/// Deletes a signing certificate.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSigningCertificate.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, or the certificate is not its.
pub fn delete(
    draft: &mut Draft<'_>,
    account: AccountId,
    holder: KeyHolder<'_>,
    id: &str,
) -> Result<(), Refusal> {
    let certificate = existing(draft, account, holder, id)?;
    draft.delete(Key::SigningCertificate(account, certificate.id));
    Ok(())
}

fn existing(
    draft: &Draft<'_>,
    account: AccountId,
    holder: KeyHolder<'_>,
    id: &str,
) -> Result<SigningCertificate, Refusal> {
    let owner: KeyOwner = keys::find(draft, account, holder)?;
    let own = draft.snapshot().signing_certificate(account, id).filter(|found| found.owner == owner);
    own.cloned().ok_or_else(|| CredentialFault::NoSuchCertificate(id.to_owned()).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::users;
    use crate::testing::*;

    const BOB: KeyHolder<'_> = KeyHolder::User("bob");

    #[test]
    fn a_signing_certificates_life() {
        let directory = started();
        let material = |text| SigningMaterial::read(text, now()).unwrap();
        let (leaf, root, curve) =
            (material(pem!("leaf.pem")), material(pem!("root.pem")), material(pem!("curve.pem")));
        let run = |plan: &dyn Fn(&mut Draft<'_>) -> Result<(), Refusal>| outcome(&directory, plan);
        assert_eq!(
            run(&|draft| upload(draft, account(), BOB, &leaf).map(drop)),
            "NoSuchEntity: The user with name bob cannot be found."
        );
        assert_eq!(run(&|draft| add_user(draft, "bob").map(drop)), "ok");
        assert_eq!(run(&|draft| add_user(draft, "eve").map(drop)), "ok");
        let made = directory.change(now(), |draft| upload(draft, account(), BOB, &leaf)).unwrap().0;
        let duplicate =
            "DuplicateCertificate: The certificate is already associated with an IAM user in the account.";
        for holder in [BOB, KeyHolder::User("eve"), KeyHolder::Root] {
            assert_eq!(run(&|draft| upload(draft, account(), holder, &leaf).map(drop)), duplicate);
        }
        assert_eq!(run(&|draft| upload(draft, account(), BOB, &root).map(drop)), "ok");
        assert_eq!(
            run(&|draft| upload(draft, account(), BOB, &curve).map(drop)),
            "LimitExceeded: Cannot exceed quota for CertificatesPerUser: 2"
        );
        assert_eq!(run(&|draft| upload(draft, account(), KeyHolder::Root, &curve).map(drop)), "ok");
        let gone = format!("NoSuchEntity: The Certificate with id {} cannot be found.", made.id);
        let off = KeyStatus::Inactive;
        assert_eq!(run(&|draft| set_status(draft, account(), KeyHolder::Root, &made.id, off)), gone);
        assert_eq!(run(&|draft| set_status(draft, account(), BOB, &made.id, off)), "ok");
        let of_bob = KeyOwner::User(directory.snapshot().user(account(), "bob").unwrap().id);
        let snapshot = directory.snapshot();
        assert_eq!(snapshot.signing_certificates(&of_bob).len(), 2);
        assert_eq!(snapshot.signing_certificates(&KeyOwner::Root(account())).len(), 1);
        let stored = snapshot.signing_certificate(account(), &made.id).unwrap();
        assert_eq!(*stored, SigningCertificate { status: off, ..made.clone() });
        assert_eq!(
            run(&|draft| users::delete(draft, account(), "bob")),
            "DeleteConflict: Cannot delete entity, must delete certificates first."
        );
        assert_eq!(run(&|draft| delete(draft, account(), KeyHolder::User("eve"), &made.id)), gone);
        assert_reloads(&directory);
        assert_eq!(run(&|draft| delete(draft, account(), BOB, &made.id)), "ok");
        assert_eq!(run(&|draft| delete(draft, account(), BOB, &made.id)), gone);
        assert_eq!(run(&|draft| delete(draft, account(), BOB, &root.id)), "ok");
        assert_eq!(run(&|draft| upload(draft, account(), KeyHolder::User("eve"), &leaf).map(drop)), "ok");
        assert_eq!(run(&|draft| users::delete(draft, account(), "bob")), "ok");
        assert_reloads(&directory);
    }
}

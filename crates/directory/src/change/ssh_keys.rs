//! SSH public keys of users.

use doorward_policy::AccountId;

use super::{Draft, exceeds, users};
use crate::access_key::KeyStatus;
use crate::keys::Key;
use crate::record::Fact;
use crate::refusal::Refusal;
use crate::refusal::credentials::CredentialFault;
use crate::ssh_key::{SshKey, SshMaterial};
use crate::unique_id::lettered;

/// Gives a user an SSH public key.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, it has this key, or as many as it may have.
pub fn upload(
    draft: &mut Draft<'_>,
    account: AccountId,
    user: &str,
    material: &SshMaterial,
) -> Result<SshKey, Refusal> {
    let owner = users::find(draft, account, user)?;
    if draft.snapshot().ssh_keys(owner.id).any(|other| other.key == material.key) {
        return Err(CredentialFault::DuplicateSshKey.into());
    }
    let limit = draft.limits().ssh_keys_per_user;
    if exceeds(draft.snapshot().ssh_keys(owner.id).len() + 1, limit) {
        return Err(Refusal::Quota { name: "SSHPublicKeysPerUser", limit });
    }
    // Written as it is: see the rules of `change`.
    let owner = users::write(draft, owner)?;
    let key = SshKey {
        id: lettered("APKA", &*draft.random::<16>()?),
        user: owner.id,
        status: KeyStatus::Active,
        uploaded: draft.now(),
        body: material.body.clone(),
        key: material.key.clone(),
    };
    write(draft, key)
}

/// Switches an SSH key on or off.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSSHPublicKey.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, or the key is not its.
pub fn set_status(
    draft: &mut Draft<'_>,
    account: AccountId,
    user: &str,
    id: &str,
    status: KeyStatus,
) -> Result<(), Refusal> {
    let key = existing(draft, account, user, id)?;
    write(draft, SshKey { status, ..key }).map(drop)
}

/// Deletes an SSH key.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSSHPublicKey.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, or the key is not its.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, user: &str, id: &str) -> Result<(), Refusal> {
    let key = existing(draft, account, user, id)?;
    draft.delete(Key::SshKey(key.user, key.id));
    Ok(())
}

fn existing(draft: &Draft<'_>, account: AccountId, user: &str, id: &str) -> Result<SshKey, Refusal> {
    let user = users::find(draft, account, user)?;
    let own = draft.snapshot().ssh_keys(user.id).find(|key| *key.id == *id);
    own.cloned().ok_or_else(|| CredentialFault::NoSuchSshKey(id.to_owned()).into())
}

fn write(draft: &mut Draft<'_>, key: SshKey) -> Result<SshKey, Refusal> {
    draft.put(Key::SshKey(key.user, key.id.clone()), Fact::SshKey(key.clone()))?;
    Ok(draft.snapshot().ssh_keys(key.user).find(|other| other.id == key.id).cloned().unwrap_or(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::ssh_key::Encoding;
    use crate::testing::*;

    #[test]
    fn an_ssh_keys_life() {
        let directory = started_with(Limits { ssh_keys_per_user: 1, ..Limits::default() });
        let material = |text| SshMaterial::read(text).unwrap();
        let (key, other) = (material(pem!("ssh.pub")), material(pem!("ssh.other.pub")));
        let run = |plan: &dyn Fn(&mut Draft<'_>) -> Result<(), Refusal>| outcome(&directory, plan);
        assert_eq!(
            run(&|draft| upload(draft, account(), "bob", &key).map(drop)),
            "NoSuchEntity: The user with name bob cannot be found."
        );
        assert_eq!(run(&|draft| add_user(draft, "bob").map(drop)), "ok");
        assert_eq!(run(&|draft| add_user(draft, "eve").map(drop)), "ok");
        let made = directory.change(now(), |draft| upload(draft, account(), "bob", &key)).unwrap().0;
        assert!(made.id.starts_with("APKA") && made.id.len() == 20, "{}", made.id);
        assert_eq!(
            run(&|draft| upload(draft, account(), "BOB", &material(pem!("ssh.pem"))).map(drop)),
            "DuplicateSSHPublicKey: The SSH public key is already associated with the user."
        );
        assert_eq!(
            run(&|draft| upload(draft, account(), "bob", &other).map(drop)),
            "LimitExceeded: Cannot exceed quota for SSHPublicKeysPerUser: 1"
        );
        assert_eq!(
            run(&|draft| upload(draft, account(), "eve", &key).map(drop)),
            "ok",
            "eve may have it too"
        );
        let gone = format!("NoSuchEntity: The SSH Public Key with id {} cannot be found.", made.id);
        let off = KeyStatus::Inactive;
        assert_eq!(run(&|draft| set_status(draft, account(), "eve", &made.id, off)), gone);
        assert_eq!(run(&|draft| set_status(draft, account(), "bob", &made.id, off)), "ok");
        let stored = directory.snapshot().ssh_keys(made.user).next().cloned().unwrap();
        assert_eq!(stored, SshKey { status: off, ..made.clone() });
        assert_eq!(
            run(&|draft| users::delete(draft, account(), "bob")),
            "DeleteConflict: Cannot delete entity, must remove referenced objects first."
        );
        assert_eq!(run(&|draft| delete(draft, account(), "eve", &made.id)), gone);
        assert_reloads(&directory);
        assert_eq!(run(&|draft| delete(draft, account(), "bob", &made.id)), "ok");
        assert_eq!(run(&|draft| delete(draft, account(), "bob", &made.id)), gone);
        assert_eq!(run(&|draft| users::delete(draft, account(), "bob")), "ok");
        assert_reloads(&directory);
    }

    #[test]
    fn keys_are_shown_as_they_were_uploaded_or_otherwise() {
        let directory = started();
        let shown = |text: &str, user: &str| {
            let material = SshMaterial::read(text).unwrap();
            let made = directory.change(now(), |draft| {
                add_user(draft, user)?;
                upload(draft, account(), user, &material)
            });
            let key = made.unwrap().0;
            [Encoding::Ssh, Encoding::Pem].map(|encoding| key.written(encoding).unwrap())
        };
        let (line, key) = (pem!("ssh.pub"), pem!("ssh.pem"));
        let plain = line.replace(" ana@example\n", "");
        assert_eq!(shown(line, "a"), [line, key]);
        assert_eq!(shown(key, "b"), [&plain, key]);
        assert_eq!(shown(pem!("ssh.pkcs1.pem"), "c"), [&plain, key]);
    }
}

//! Credentials of users for services.

use std::sync::Arc;

use doorward_policy::AccountId;
use jiff::SignedDuration;

use super::{Draft, accounts, exceeds, users};
use crate::access_key::KeyStatus;
use crate::identity::User;
use crate::keys::Key;
use crate::record::Fact;
use crate::refusal::Refusal;
use crate::refusal::credentials::CredentialFault;
use crate::service_credential::{
    Form, NewServiceCredential, SECRET_BYTES, ServiceCredential, ServiceKind, digest_of, secret,
};
use crate::unique_id::lettered;

/// Makes a credential of a user for a service, which expires after so many days if it is a key and days are given. The
/// answer is the only place where its secret is seen.
///
/// UNCONFIRMED (credential-alias): AWS documents the user name of the first credential, `ana-at-123456789012`, and not
/// those of others; here they are `ana+1-at-123456789012` and so on, of keys as of passwords.
///
/// UNCONFIRMED (password-age): an age for a password is not valid, AWS says, and not what comes of one; it is refused.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, its credentials for the service are as many as may be, or they do not expire.
pub fn create(
    draft: &mut Draft<'_>,
    account: AccountId,
    user: &str,
    service: ServiceKind,
    age_days: Option<u32>,
) -> Result<NewServiceCredential, Refusal> {
    let owner = users::find(draft, account, user)?;
    let expires = match (age_days, service.form()) {
        (None, _) => None,
        (Some(days), Form::Key) => Some(after_days(draft, days)?),
        (Some(days), Form::Password) => {
            return Err(CredentialFault::CannotExpire { service: service.name(), days }.into());
        }
    };
    let limit = draft.limits().service_credentials_per_user;
    let own = draft.snapshot().service_credentials(owner.id);
    if exceeds(own.filter(|credential| credential.service == service).count() + 1, limit) {
        return Err(Refusal::Quota { name: "ServiceSpecificCredentialsPerUser", limit });
    }
    let alias = free_alias(draft, &owner, service);
    // Another user may be about to get the same: `bob+1` its first, and `bob` its second. Of two such one is planned again.
    accounts::rewrite(draft, account)?;
    // Written as it is: see the rules of `change`.
    let owner = users::write(draft, owner)?;
    let secret = secret(service, &alias, &*draft.random::<SECRET_BYTES>()?);
    let credential = ServiceCredential {
        id: lettered("ACCA", &*draft.random::<17>()?),
        user: owner.id,
        service,
        alias,
        status: KeyStatus::Active,
        created: draft.now(),
        expires,
        digest: digest_of(&secret),
    };
    Ok(NewServiceCredential { credential: write(draft, credential)?, secret })
}

/// Gives a credential another secret, which its answer shows. The old one is not good any more.
///
/// UNCONFIRMED (key-reset): AWS speaks of passwords; keys are reset likewise, keeping their expiry.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResetServiceSpecificCredential.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, or the credential is not its.
pub fn reset(
    draft: &mut Draft<'_>,
    account: AccountId,
    user: &str,
    id: &str,
) -> Result<NewServiceCredential, Refusal> {
    let credential = existing(draft, account, user, id)?;
    let secret = secret(credential.service, &credential.alias, &*draft.random::<SECRET_BYTES>()?);
    let credential = write(draft, ServiceCredential { digest: digest_of(&secret), ..credential })?;
    Ok(NewServiceCredential { credential, secret })
}

/// Switches a credential on or off.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServiceSpecificCredential.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, or the credential is not its.
pub fn set_status(
    draft: &mut Draft<'_>,
    account: AccountId,
    user: &str,
    id: &str,
    status: KeyStatus,
) -> Result<(), Refusal> {
    let credential = existing(draft, account, user, id)?;
    write(draft, ServiceCredential { status, ..credential }).map(drop)
}

/// Deletes a credential.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceSpecificCredential.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, or the credential is not its.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, user: &str, id: &str) -> Result<(), Refusal> {
    let credential = existing(draft, account, user, id)?;
    draft.delete(Key::ServiceCredential(credential.user, credential.id));
    Ok(())
}

fn existing(
    draft: &Draft<'_>,
    account: AccountId,
    user: &str,
    id: &str,
) -> Result<ServiceCredential, Refusal> {
    let user = users::find(draft, account, user)?;
    let own = draft.snapshot().service_credentials(user.id).find(|credential| *credential.id == *id);
    own.cloned().ok_or_else(|| CredentialFault::NoSuchServiceCredential(id.to_owned()).into())
}

fn after_days(draft: &Draft<'_>, days: u32) -> Result<jiff::Timestamp, Refusal> {
    let reason = || "it is too far in the future".to_owned();
    let age = SignedDuration::from_hours(24 * i64::from(days));
    let ends = draft.now().checked_add(age);
    ends.map_err(|_| Refusal::InvalidValue { field: "credentialAgeDays", reason: reason() })
}

/// What the service shall know the user by: nobody else, not even one who had the user's name before.
fn free_alias(draft: &Draft<'_>, user: &User, service: ServiceKind) -> Arc<str> {
    let taken: Vec<&str> = draft
        .snapshot()
        .all_service_credentials(user.account, "")
        .filter(|(_, credential)| credential.service == service)
        .map(|(_, credential)| &*credential.alias)
        .collect();
    let first = format!("{}-at-{}", user.name, user.account);
    let further = (1_u32..).map(|number| format!("{}+{number}-at-{}", user.name, user.account));
    let mut aliases = std::iter::once(first).chain(further);
    let free = aliases.find(|alias| !taken.iter().any(|other| other.eq_ignore_ascii_case(alias)));
    free.unwrap_or_default().into()
}

fn write(draft: &mut Draft<'_>, credential: ServiceCredential) -> Result<ServiceCredential, Refusal> {
    let key = Key::ServiceCredential(credential.user, credential.id.clone());
    draft.put(key, Fact::ServiceCredential(credential.clone()))?;
    let written = draft.snapshot().service_credentials(credential.user).find(|own| own.id == credential.id);
    Ok(written.cloned().unwrap_or(credential))
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::*;
    use crate::change::users::UserUpdate;
    use crate::testing::*;

    const GIT: ServiceKind = ServiceKind::CodeCommit;

    #[test]
    fn a_credentials_life() {
        let directory = started();
        let run = |plan: &dyn Fn(&mut Draft<'_>) -> Result<(), Refusal>| outcome(&directory, plan);
        assert_eq!(
            run(&|draft| create(draft, account(), "bob", GIT, None).map(drop)),
            "NoSuchEntity: The user with name bob cannot be found."
        );
        assert_eq!(run(&|draft| add_user(draft, "Bob").map(drop)), "ok");
        assert_eq!(run(&|draft| add_user(draft, "eve").map(drop)), "ok");
        let make = |service, age| {
            directory.change(now(), |draft| create(draft, account(), "bob", service, age)).unwrap().0
        };
        let first = make(GIT, None);
        assert!(first.credential.id.starts_with("ACCA") && first.credential.id.len() == 21);
        assert_eq!(&*first.credential.alias, "Bob-at-123456789012");
        assert_eq!(first.secret.len(), 60);
        assert!(!format!("{first:?}").contains(first.secret.as_str()));
        let second = make(GIT, None).credential;
        assert_eq!(&*second.alias, "Bob+1-at-123456789012");
        assert_eq!(
            run(&|draft| create(draft, account(), "bob", GIT, None).map(drop)),
            "LimitExceeded: Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2"
        );
        assert_eq!(&*make(ServiceKind::Cassandra, None).credential.alias, "Bob-at-123456789012");
        assert_eq!(
            run(&|draft| create(draft, account(), "bob", ServiceKind::Cassandra, Some(1)).map(drop)),
            "InvalidInput: The value 1 for CredentialAgeDays is invalid: credentials for cassandra.amazonaws.com do not expire."
        );

        let id = first.credential.id.clone();
        let stored = || {
            let snapshot = directory.snapshot();
            snapshot.service_credentials(first.credential.user).find(|own| own.id == id).cloned().unwrap()
        };
        assert!(stored().is_secret(&first.secret) && !stored().is_secret("other"));
        let again = directory.change(now(), |draft| reset(draft, account(), "bob", &id)).unwrap().0;
        assert!(stored().is_secret(&again.secret) && !stored().is_secret(&first.secret));
        let gone = format!("NoSuchEntity: No such credential {id} exists");
        assert_eq!(run(&|draft| reset(draft, account(), "eve", &id).map(drop)), gone);
        let off = KeyStatus::Inactive;
        assert_eq!(run(&|draft| set_status(draft, account(), "eve", &id, off)), gone);
        assert_eq!(run(&|draft| set_status(draft, account(), "bob", &id, off)), "ok");
        assert_eq!(stored().status, off);
        assert_eq!(
            run(&|draft| users::delete(draft, account(), "bob")),
            "DeleteConflict: Cannot delete entity, must remove referenced objects first."
        );
        assert_eq!(run(&|draft| delete(draft, account(), "eve", &id)), gone);
        assert_reloads(&directory);
        assert_eq!(run(&|draft| delete(draft, account(), "bob", &id)), "ok");
        assert_eq!(run(&|draft| delete(draft, account(), "bob", &id)), gone);
        assert_eq!(&*make(GIT, None).credential.alias, "Bob-at-123456789012");
        assert_reloads(&directory);
    }

    #[test]
    fn keys_say_whose_they_are_and_expire() {
        let directory = started();
        directory.change(now(), |draft| add_user(draft, "bob")).unwrap();
        for (service, prefix) in [(ServiceKind::Bedrock, "ABSK"), (ServiceKind::Logs, "ACWL")] {
            let made = directory
                .change(now(), |draft| create(draft, account(), "bob", service, Some(30)))
                .unwrap()
                .0;
            let pair = STANDARD.decode(made.secret.strip_prefix(prefix).unwrap()).unwrap();
            assert!(pair.starts_with(b"bob-at-123456789012:"), "{service:?}");
            let key = made.credential;
            assert_eq!(key.expires.unwrap().to_string(), "2026-12-22T10:00:00Z");
            let at = |text: &str| key.is_expired(text.parse().unwrap());
            assert_eq!((at("2026-12-22T09:59:59Z"), at("2026-12-22T10:00:00Z")), (false, true));
        }
        let never = directory
            .change(now(), |draft| create(draft, account(), "bob", ServiceKind::Bedrock, None))
            .unwrap()
            .0;
        assert!(!never.credential.is_expired(jiff::Timestamp::MAX));
        assert_reloads(&directory);
    }

    #[test]
    fn of_two_at_once_each_is_called_otherwise() {
        let directory = started();
        let make = |draft: &mut Draft<'_>, user| create(draft, account(), user, GIT, None).map(drop);
        directory
            .change(now(), |draft| {
                add_user(draft, "bob")?;
                add_user(draft, "bob+1")?;
                make(draft, "bob")
            })
            .unwrap();
        let mut first = true;
        let overtaken = outcome(&directory, |draft| {
            make(draft, "bob")?;
            if std::mem::take(&mut first) {
                directory.change(now(), |draft| make(draft, "bob+1"))?;
            }
            Ok(())
        });
        assert_eq!(overtaken, "ok");
        let snapshot = directory.snapshot();
        let all = snapshot.all_service_credentials(account(), "");
        let mut aliases: Vec<_> = all.map(|(_, credential)| credential.alias.to_string()).collect();
        aliases.sort_unstable();
        assert_eq!(aliases, ["bob+1-at-123456789012", "bob+2-at-123456789012", "bob-at-123456789012"]);
        assert_eq!(snapshot.all_service_credentials(account(), "bob+1").count(), 1);
    }

    #[test]
    fn nobody_is_called_like_someone_else() {
        let directory = started();
        let aliases = directory.change(now(), |draft| {
            add_user(draft, "bob")?;
            let one = create(draft, account(), "bob", GIT, None)?;
            let name = Some(name("robert"));
            users::update(draft, account(), "bob", &UserUpdate { name, path: None })?;
            add_user(draft, "BOB")?;
            let other = create(draft, account(), "bob", GIT, None)?;
            Ok([one, other].map(|made| made.credential.alias.to_string()))
        });
        assert_eq!(aliases.unwrap().0, ["bob-at-123456789012", "BOB+1-at-123456789012"]);
    }
}

//! Tags of users, roles, managed policies, instance profiles, server certificates, virtual MFA devices and identity providers.

use doorward_policy::AccountId;

use super::{Draft, exceeds, mfa, oidc, policies, profiles, roles, saml, server_certificates, users};
use crate::refusal::Refusal;
use crate::tags::{Tag, Tags};

/// What is tagged, by name; managed policies and identity providers by ARN.
#[derive(Clone, Copy, Debug)]
pub enum Tagged<'a> {
    /// A user.
    User(&'a str),
    /// A role.
    Role(&'a str),
    /// A managed policy.
    Policy(&'a str),
    /// An instance profile.
    Profile(&'a str),
    /// A server certificate.
    ServerCertificate(&'a str),
    /// A virtual MFA device, by serial number.
    MfaDevice(&'a str),
    /// An OpenID Connect provider.
    Oidc(&'a str),
    /// A SAML provider.
    Saml(&'a str),
}

/// Puts tags on an entity, over those with the same keys.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html>
///
/// # Errors
/// [`Refusal`]: there is no such entity, a key is reserved or given twice, or there would be too many.
pub fn put(
    draft: &mut Draft<'_>,
    account: AccountId,
    tagged: Tagged<'_>,
    tags: &[Tag],
) -> Result<(), Refusal> {
    let limit = draft.limits().tags_per_entity;
    edit(draft, account, tagged, |before| {
        let after = before.with(&Tags::new(tags.to_vec())?);
        if exceeds(after.len(), limit) { Err(Refusal::TooManyTags) } else { Ok(after) }
    })
}

/// Takes the tags with these keys away; keys that are not there do not matter.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html>
///
/// # Errors
/// [`Refusal`]: there is no such entity.
pub fn remove(
    draft: &mut Draft<'_>,
    account: AccountId,
    tagged: Tagged<'_>,
    keys: &[&str],
) -> Result<(), Refusal> {
    edit(draft, account, tagged, |before| Ok(before.without(keys)))
}

fn edit(
    draft: &mut Draft<'_>,
    account: AccountId,
    tagged: Tagged<'_>,
    change: impl FnOnce(&Tags) -> Result<Tags, Refusal>,
) -> Result<(), Refusal> {
    match tagged {
        Tagged::User(name) => {
            let mut user = users::find(draft, account, name)?;
            user.tags = change(&user.tags)?;
            users::write(draft, user).map(drop)
        }
        Tagged::Role(name) => {
            let mut role = roles::find(draft, account, name)?;
            role.tags = change(&role.tags)?;
            roles::write(draft, role).map(drop)
        }
        Tagged::Policy(arn) => {
            let mut policy = policies::find(draft, account, arn)?;
            policy.tags = change(&policy.tags)?;
            policies::write(draft, account, policy).map(drop)
        }
        Tagged::Profile(name) => {
            let mut profile = profiles::find(draft, account, name)?;
            profile.tags = change(&profile.tags)?;
            profiles::write(draft, profile).map(drop)
        }
        Tagged::ServerCertificate(name) => {
            let mut certificate = server_certificates::find(draft, account, name)?;
            certificate.tags = change(&certificate.tags)?;
            server_certificates::write(draft, certificate).map(drop)
        }
        Tagged::MfaDevice(serial_number) => {
            let mut device = mfa::find(draft, account, serial_number)?;
            device.tags = change(&device.tags)?;
            mfa::write(draft, device)
        }
        Tagged::Oidc(arn) => {
            let mut provider = oidc::find(draft, account, arn)?;
            provider.tags = change(&provider.tags)?;
            oidc::write(draft, provider)
        }
        Tagged::Saml(arn) => {
            let mut provider = saml::find(draft, account, arn)?;
            provider.tags = change(&provider.tags)?;
            saml::write(draft, provider)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::name::Path;
    use crate::testing::*;

    const BOB: Tagged<'_> = Tagged::User("bob");

    #[test]
    fn tagging_and_untagging() {
        let directory = started_with(Limits { tags_per_entity: 3, ..Limits::default() });
        check(
            &directory,
            &[
                (|draft| add_user(draft, "bob").map(drop), "ok"),
                (|draft| put(draft, account(), BOB, &tags(&[("Team", "a"), ("Cost", "1")])), "ok"),
                (|draft| put(draft, account(), BOB, &tags(&[("TEAM", "b"), ("third", "3")])), "ok"),
                (
                    |draft| put(draft, account(), BOB, &tags(&[("fourth", "4")])),
                    "LimitExceeded: The number of tags has reached the maximum limit.",
                ),
                (
                    |draft| put(draft, account(), BOB, &tags(&[("a", "1"), ("A", "2")])),
                    "InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive.",
                ),
                (
                    |draft| put(draft, account(), BOB, &tags(&[("aws:x", "1")])),
                    "InvalidInput: The tag key aws:x is invalid. Tag keys that start with aws: are reserved.",
                ),
                (|draft| remove(draft, account(), BOB, &["COST", "absent"]), "ok"),
                (
                    |draft| put(draft, account(), Tagged::Role("none"), &[]),
                    "NoSuchEntity: The role with name none cannot be found.",
                ),
            ],
        );
        let snapshot = directory.snapshot();
        let left: Vec<_> = snapshot.user(account(), "bob").unwrap().tags.iter().cloned().collect();
        assert_eq!(left, tags(&[("TEAM", "b"), ("third", "3")]));
    }

    #[test]
    fn everything_taggable_is_tagged() {
        let directory = started();
        let arn = policy_arn("p");
        directory
            .change(now(), |draft| {
                add_user(draft, "u")?;
                add_role(draft, "r", &open_trust())?;
                add_policy(draft, "p")?;
                profiles::create(draft, account(), name("i"), Path::root(), &[])?;
                for tagged in
                    [Tagged::User("u"), Tagged::Role("r"), Tagged::Policy(&arn), Tagged::Profile("i")]
                {
                    put(draft, account(), tagged, &tags(&[("k", "v")]))?;
                }
                Ok(())
            })
            .unwrap();
        let snapshot = directory.snapshot();
        let values = [
            snapshot.user(account(), "u").unwrap().tags.value("k"),
            snapshot.role(account(), "r").unwrap().tags.value("k"),
            snapshot.policy(account(), "p").unwrap().tags.value("k"),
            snapshot.profile(account(), "i").unwrap().tags.value("k"),
        ];
        assert_eq!(values, [Some("v"); 4]);
        assert_reloads(&directory);
    }
}

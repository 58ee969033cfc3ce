//! OpenID Connect providers.

use std::sync::Arc;

use doorward_policy::{AccountId, Arn};

use super::{Draft, exceeds, owned};
use crate::keys::{Counted, Key};
use crate::provider::{OidcProvider, ProviderUrl};
use crate::record::Fact;
use crate::refusal::Refusal;
use crate::tags::Tag;

/// An OpenID Connect provider to be.
#[derive(Clone, Copy, Debug)]
pub struct NewOidcProvider<'a> {
    /// Its address, with `https://`.
    pub url: &'a str,
    /// The audiences that its tokens may have; one that is given twice counts once.
    pub client_ids: &'a [String],
    /// Digests of certificates, 40 characters each; kept in lower case.
    pub thumbprints: &'a [String],
    /// Its tags.
    pub tags: &'a [Tag],
}

/// Creates an OpenID Connect provider. Without thumbprints it has none: nobody connects to the provider to fetch one.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>
///
/// # Errors
/// [`Refusal`]: the address is none or taken, a quota used up, or the tags are not possible.
pub fn create(
    draft: &mut Draft<'_>,
    account: AccountId,
    new: &NewOidcProvider<'_>,
) -> Result<OidcProvider, Refusal> {
    draft.account(account)?;
    let url = ProviderUrl::new(new.url)?;
    if draft.snapshot().oidc_provider(account, &url).is_some() {
        return Err(Refusal::OidcProviderExists(new.url.to_owned()));
    }
    let thumbprints = thumbprints(draft, new.thumbprints)?;
    let mut client_ids = Vec::new();
    for id in new.client_ids {
        add(draft, &mut client_ids, id)?;
    }
    let tags = draft.tags(new.tags)?;
    let limit = draft.limits().oidc_providers_per_account;
    draft.count(account, Counted::OidcProviders, limit, "OpenIDConnectProvidersPerAccount")?;
    let provider = OidcProvider { account, url, client_ids, thumbprints, created: draft.now(), tags };
    let arn = provider.arn();
    write(draft, provider)?;
    find(draft, account, &arn)
}

/// Deletes an OpenID Connect provider; one that is not there does not matter, as long as the ARN is of the account. Roles
/// that trust it keep its ARN.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html>
///
/// # Errors
/// [`Refusal`]: the text is no ARN, or that of another account or of something else.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, arn: &str) -> Result<(), Refusal> {
    match find(draft, account, arn) {
        Ok(provider) => {
            draft.delete(key(&provider));
            Ok(())
        }
        Err(Refusal::NoSuchOidcProvider(_)) if is_of(arn, account) => Ok(()),
        Err(refusal) => Err(refusal),
    }
}

fn is_of(arn: &str, account: AccountId) -> bool {
    arn.starts_with(&format!("arn:aws:iam::{account}:oidc-provider/"))
}

/// Replaces the thumbprints of an OpenID Connect provider.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html>
///
/// # Errors
/// [`Refusal`]: there is no such provider, or there are too many.
pub fn replace_thumbprints(
    draft: &mut Draft<'_>,
    account: AccountId,
    arn: &str,
    given: &[String],
) -> Result<(), Refusal> {
    let mut provider = find(draft, account, arn)?;
    provider.thumbprints = thumbprints(draft, given)?;
    write(draft, provider)
}

/// Adds a client id; one that is there already does not matter.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html>
///
/// # Errors
/// [`Refusal`]: there is no such provider, or there would be too many.
pub fn add_client_id(
    draft: &mut Draft<'_>,
    account: AccountId,
    arn: &str,
    client_id: &str,
) -> Result<(), Refusal> {
    let mut provider = find(draft, account, arn)?;
    add(draft, &mut provider.client_ids, client_id)?;
    write(draft, provider)
}

/// Takes a client id away; one that is not there does not matter.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html>
///
/// # Errors
/// [`Refusal`]: there is no such provider.
pub fn remove_client_id(
    draft: &mut Draft<'_>,
    account: AccountId,
    arn: &str,
    client_id: &str,
) -> Result<(), Refusal> {
    let mut provider = find(draft, account, arn)?;
    provider.client_ids.retain(|other| **other != *client_id);
    write(draft, provider)
}

fn add(draft: &Draft<'_>, client_ids: &mut Vec<Box<str>>, client_id: &str) -> Result<(), Refusal> {
    if client_ids.iter().any(|other| **other == *client_id) {
        return Ok(());
    }
    let limit = draft.limits().client_ids_per_oidc_provider;
    if exceeds(client_ids.len() + 1, limit) {
        return Err(Refusal::Quota { name: "ClientIdsPerOpenIdConnectProvider", limit });
    }
    client_ids.push(client_id.into());
    Ok(())
}

fn thumbprints(draft: &Draft<'_>, given: &[String]) -> Result<Vec<Box<str>>, Refusal> {
    let limit = draft.limits().thumbprints_per_oidc_provider;
    if exceeds(given.len(), limit) {
        return Err(Refusal::TooManyThumbprints { limit });
    }
    Ok(given.iter().map(|print| print.to_ascii_lowercase().into()).collect())
}

/// An OpenID Connect provider of the account to change.
pub(super) fn find(draft: &Draft<'_>, account: AccountId, arn: &str) -> Result<OidcProvider, Refusal> {
    arn.parse::<Arn>().map_err(|_| Refusal::InvalidArn(arn.to_owned()))?;
    let found = draft.snapshot().oidc_provider_with_arn(arn).filter(|found| found.account == account);
    found.map(owned).ok_or_else(|| Refusal::NoSuchOidcProvider(arn.to_owned()))
}

/// Writes an OpenID Connect provider as it shall be.
pub(super) fn write(draft: &mut Draft<'_>, provider: OidcProvider) -> Result<(), Refusal> {
    draft.put(key(&provider), Fact::Oidc(provider))
}

fn key(provider: &OidcProvider) -> Key {
    Key::Oidc(provider.account, Arc::clone(provider.url.folded()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::testing::{
        self, account, assert_reloads, check, now, open, outcome, started, started_with, tags,
    };
    use crate::testing::{add_role, trusting};

    const ARN: &str = "arn:aws:iam::123456789012:oidc-provider/Idp.example/Realm/";

    fn provider<'a>(url: &'a str, ids: &'a [String]) -> NewOidcProvider<'a> {
        NewOidcProvider { url, client_ids: ids, thumbprints: &[], tags: &[] }
    }

    fn made(draft: &mut Draft<'_>, url: &str) -> Result<(), Refusal> {
        create(draft, account(), &provider(url, &["a".to_owned()])).map(drop)
    }

    #[test]
    fn a_providers_life() {
        check(
            &started_with(Limits {
                oidc_providers_per_account: 2,
                client_ids_per_oidc_provider: 2,
                thumbprints_per_oidc_provider: 1,
                ..Limits::default()
            }),
            &[
                (|draft| made(draft, "https://Idp.example/Realm/"), "ok"),
                (
                    |draft| made(draft, "https://idp.example/Realm/"),
                    "EntityAlreadyExists: Provider with url https://idp.example/Realm/ already exists.",
                ),
                (|draft| made(draft, "https://idp.example/realm/"), "ok"),
                (
                    |draft| made(draft, "https://other.example"),
                    "LimitExceeded: Cannot exceed quota for OpenIDConnectProvidersPerAccount: 2",
                ),
                (|draft| made(draft, "idp.example"), "ValidationError: Invalid Open ID Connect Provider URL"),
                (
                    |draft| made(draft, "http://idp.example"),
                    "InvalidInput: Invalid Open ID Connect Provider URL. The URL must begin with https://.",
                ),
                (|draft| add_client_id(draft, account(), ARN, "a"), "ok"),
                (|draft| add_client_id(draft, account(), ARN, "b"), "ok"),
                (|draft| add_client_id(draft, account(), ARN, "b"), "ok"),
                (
                    |draft| add_client_id(draft, account(), ARN, "c"),
                    "LimitExceeded: Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 2",
                ),
                (|draft| remove_client_id(draft, account(), ARN, "a"), "ok"),
                (|draft| remove_client_id(draft, account(), ARN, "a"), "ok"),
                (|draft| replace_thumbprints(draft, account(), ARN, &["AB".repeat(20)]), "ok"),
                (
                    |draft| replace_thumbprints(draft, account(), ARN, &["a".repeat(40), "b".repeat(40)]),
                    "InvalidInput: Thumbprint list must contain fewer than 1 entries.",
                ),
                (
                    |draft| add_client_id(draft, account(), "not-an-arn-at-all-but-long", "c"),
                    "ValidationError: Invalid ARN:  Could not be parsed!",
                ),
                (
                    |draft| add_client_id(draft, account(), &ARN.replace("Realm/", "Realm"), "c"),
                    "NoSuchEntity: OpenIDConnect Provider not found for arn \
                     arn:aws:iam::123456789012:oidc-provider/Idp.example/Realm",
                ),
                (|draft| delete(draft, account(), ARN), "ok"),
                (|draft| delete(draft, account(), ARN), "ok"),
                (
                    |draft| delete(draft, account(), "arn:aws:iam::210987654321:oidc-provider/a"),
                    "NoSuchEntity: OpenIDConnect Provider not found for arn arn:aws:iam::210987654321:oidc-provider/a",
                ),
                (
                    |draft| delete(draft, account(), "not-an-arn-at-all-but-long"),
                    "ValidationError: Invalid ARN:  Could not be parsed!",
                ),
            ],
        );
    }

    #[test]
    fn what_is_stored_is_what_was_given() {
        let directory = started();
        let ids = ["b", "a", "b"].map(str::to_owned);
        let new = NewOidcProvider {
            url: "https://Idp.example/Realm/",
            client_ids: &ids,
            thumbprints: &["AB".repeat(20)],
            tags: &tags(&[("k", "v")]),
        };
        directory.change(now(), |draft| create(draft, account(), &new)).unwrap();
        let snapshot = directory.snapshot();
        let found = snapshot.oidc_provider_with_arn(ARN).unwrap();
        assert_eq!(found.arn(), ARN);
        assert_eq!(found.client_ids, [Box::from("b"), Box::from("a")]);
        assert_eq!(found.thumbprints, [Box::from("ab".repeat(20))]);
        assert_eq!(found.tags.value("k"), Some("v"));
        assert!(snapshot.oidc_provider_with_arn(&ARN.replace("Idp", "idp")).is_none(), "ARNs are exact");
        assert_eq!(snapshot.account_summary(account(), directory.limits())["Providers"], 1);
        assert_reloads(&directory);
    }

    #[test]
    fn trust_needs_a_provider_of_the_same_account_and_outlives_it() {
        let directory = started();
        let trust = trusting(&format!(r#""Federated":"{ARN}""#));
        let refused =
            format!("MalformedPolicyDocument: Invalid principal in policy: \"FEDERATED\":\"{ARN}\"");
        assert_eq!(outcome(&directory, |draft| add_role(draft, "ci", &trust)), refused);
        directory.change(now(), |draft| made(draft, "https://Idp.example/Realm/")).unwrap();
        let elsewhere =
            trusting(&format!(r#""Federated":"{}""#, ARN.replace(testing::ACCOUNT, testing::OTHER)));
        directory
            .change(now(), |draft| {
                super::super::accounts::create(draft, testing::OTHER.parse().unwrap(), "other")?;
                create(draft, testing::OTHER.parse().unwrap(), &provider("https://Idp.example/Realm/", &[]))
            })
            .unwrap();
        let refused = outcome(&directory, |draft| add_role(draft, "ci", &elsewhere));
        assert!(refused.starts_with("MalformedPolicyDocument: Invalid principal in policy: \"FEDERATED\""));
        directory.change(now(), |draft| add_role(draft, "ci", &trust)).unwrap();
        directory.change(now(), |draft| delete(draft, account(), ARN)).unwrap();
        let snapshot = directory.snapshot();
        let text = snapshot.trust_text(snapshot.role(account(), "ci").unwrap()).unwrap();
        assert_eq!(text, trust);
    }

    #[test]
    fn two_writers_lose_nothing() {
        let directory = open(Arc::new(doorward_store::Memory::default()), Limits::default(), 3);
        let first = crate::bootstrap::FirstStart {
            account: account(),
            account_name: "example".into(),
            root_key: None,
        };
        crate::bootstrap::bootstrap(&directory, &first, now()).unwrap();
        directory.change(now(), |draft| made(draft, "https://Idp.example/Realm/")).unwrap();
        std::thread::scope(|scope| {
            for worker in 0..4 {
                let directory = &directory;
                scope.spawn(move || {
                    for item in 0..8 {
                        let id = format!("{worker}-{item}");
                        let add = |draft: &mut Draft<'_>| add_client_id(draft, account(), ARN, &id);
                        while directory.change(now(), add).is_err() {}
                    }
                });
            }
        });
        let snapshot = directory.snapshot();
        assert_eq!(snapshot.oidc_provider_with_arn(ARN).unwrap().client_ids.len(), 33);
    }
}

//! SAML providers.

use std::sync::Arc;

use doorward_federation::{metadata, private_key};
use doorward_policy::{AccountId, Arn};
use jiff::civil::DateTime;
use jiff::{Span, Timestamp, tz::Offset};

use super::{Draft, exceeds, owned};
use crate::keys::{Counted, Key};
use crate::name::Name;
use crate::provider::{Encryption, SamlPrivateKey, SamlProvider};
use crate::record::Fact;
use crate::refusal::Refusal;
use crate::seal::Purpose;
use crate::tags::Tag;

/// The longest metadata document, in bytes. AWS takes ten million characters; a record of the store has to hold it.
pub const METADATA_BYTES_MAX: usize = 900_000;

/// How long metadata is valid that does not say, in years.
///
/// Source: <https://docs.aws.amazon.com/cli/latest/reference/iam/get-saml-provider.html>, the output of its example
const VALID_YEARS: i32 = 100;

/// The length of the ids of SAML providers and of their private keys, which AWS has 22 to 64 long.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SAMLPrivateKey.html>
const ID_CHARACTERS: usize = 26;

/// A SAML provider to be.
#[derive(Clone, Copy)]
pub struct NewSamlProvider<'a> {
    /// Its name.
    pub name: &'a Name,
    /// What the identity provider says of itself.
    pub metadata: &'a str,
    /// Whether assertions have to be encrypted.
    pub encryption: Option<Encryption>,
    /// A private key, PEM.
    pub private_key: Option<&'a str>,
    /// Its tags.
    pub tags: &'a [Tag],
}

/// What becomes of a SAML provider; what is `None` stays as it is.
#[derive(Clone, Copy, Default)]
pub struct SamlChange<'a> {
    /// What the identity provider says of itself from now on.
    pub metadata: Option<&'a str>,
    /// Whether assertions have to be encrypted.
    pub encryption: Option<Encryption>,
    /// A private key to add, PEM.
    pub add_private_key: Option<&'a str>,
    /// The id of a private key to take away.
    pub remove_private_key: Option<&'a str>,
}

/// Creates a SAML provider.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html>
///
/// # Errors
/// [`Refusal`]: the name is taken, the metadata or the key cannot be used, a quota is used up, or the tags are not
/// possible.
pub fn create(
    draft: &mut Draft<'_>,
    account: AccountId,
    new: &NewSamlProvider<'_>,
) -> Result<SamlProvider, Refusal> {
    draft.account(account)?;
    if let Some(found) = draft.snapshot().saml_provider(account, new.name.as_str()) {
        return Err(Refusal::SamlProviderExists(found.name.to_string()));
    }
    let valid_until = valid_until(draft, new.metadata)?;
    let tags = draft.tags(new.tags)?;
    let limit = draft.limits().saml_providers_per_account;
    draft.count(account, Counted::SamlProviders, limit, "SAMLProvidersPerAccount")?;
    let mut provider = SamlProvider {
        account,
        name: new.name.clone(),
        id: new_id(draft)?,
        metadata: new.metadata.into(),
        created: draft.now(),
        valid_until,
        encryption: new.encryption,
        private_keys: Vec::new(),
        tags,
    };
    if let Some(pem) = new.private_key {
        add_key(draft, &mut provider, pem)?;
    }
    decryptable(&provider)?;
    let arn = provider.arn();
    write(draft, provider)?;
    find(draft, account, &arn)
}

/// Changes a SAML provider.
///
/// AWS's page has a key added and another removed in separate requests. That AWS refuses both in one is
/// UNCONFIRMED (saml-key-rotation).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html>
///
/// # Errors
/// [`Refusal`]: there is no such provider or key, the request changes nothing or adds a key and removes one, the metadata
/// or the key cannot be used, or there would be too many keys.
pub fn update(
    draft: &mut Draft<'_>,
    account: AccountId,
    arn: &str,
    change: &SamlChange<'_>,
) -> Result<(), Refusal> {
    let mut provider = find(draft, account, arn)?;
    match (change.add_private_key, change.remove_private_key) {
        (None, None) if change.metadata.is_none() && change.encryption.is_none() => {
            return Err(Refusal::NothingToChange);
        }
        (None, None) => {}
        (Some(pem), None) => add_key(draft, &mut provider, pem)?,
        (None, Some(id)) => remove_key(&mut provider, id)?,
        (Some(_), Some(_)) => return Err(Refusal::AddAndRemoveKey),
    }
    if let Some(metadata) = change.metadata {
        provider.valid_until = valid_until(draft, metadata)?;
        provider.metadata = metadata.into();
    }
    provider.encryption = change.encryption.or(provider.encryption);
    decryptable(&provider)?;
    write(draft, provider)
}

/// Deletes a SAML provider. Roles that trust it keep its ARN.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSAMLProvider.html>
///
/// # Errors
/// [`Refusal`]: there is no such provider.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, arn: &str) -> Result<(), Refusal> {
    let provider = find(draft, account, arn)?;
    draft.delete(key(&provider));
    Ok(())
}

/// When metadata ends. What has ended already is refused, which is UNCONFIRMED (saml-expired-metadata).
fn valid_until(draft: &Draft<'_>, document: &str) -> Result<Timestamp, Refusal> {
    if document.len() > METADATA_BYTES_MAX {
        let text = format!("it has {} bytes, {METADATA_BYTES_MAX} are allowed", document.len());
        return Err(Refusal::Metadata(text));
    }
    let read = metadata::read(document).map_err(|fault| Refusal::Metadata(fault.to_string()))?;
    let limit = draft.limits().keys_per_saml_provider;
    if exceeds(read.certificates.len(), limit) {
        // (Name: ours.)
        return Err(Refusal::Quota { name: "KeysPerSAMLProvider", limit });
    }
    match read.valid_until {
        Some(end) if end <= draft.now() => Err(Refusal::Metadata(format!("it has ended on {end}"))),
        Some(end) => Ok(end),
        None => Ok(in_a_hundred_years(draft.now())),
    }
}

fn in_a_hundred_years(now: Timestamp) -> Timestamp {
    let civil: DateTime = Offset::UTC.to_datetime(now);
    let later = civil.checked_add(Span::new().years(VALID_YEARS)).ok();
    later.and_then(|later| Offset::UTC.to_timestamp(later).ok()).unwrap_or(Timestamp::MAX)
}

fn add_key(draft: &mut Draft<'_>, provider: &mut SamlProvider, pem: &str) -> Result<(), Refusal> {
    private_key::check(pem).map_err(Refusal::PrivateKey)?;
    let limit = draft.limits().private_keys_per_saml_provider;
    if exceeds(provider.private_keys.len() + 1, limit) {
        // (Name: ours.)
        return Err(Refusal::Quota { name: "PrivateKeysPerSAMLProvider", limit });
    }
    let id = new_id(draft)?;
    let sealed = draft.seal(Purpose::SamlPrivateKey, &provider.place(&id), pem.as_bytes())?;
    provider.private_keys.push(SamlPrivateKey { id, created: draft.now(), sealed });
    Ok(())
}

fn remove_key(provider: &mut SamlProvider, id: &str) -> Result<(), Refusal> {
    let before = provider.private_keys.len();
    provider.private_keys.retain(|key| *key.id != *id);
    if provider.private_keys.len() == before {
        return Err(Refusal::NoSuchPrivateKey(id.to_owned()));
    }
    Ok(())
}

/// Whoever wants encrypted assertions has a key that opens them. That AWS insists is UNCONFIRMED (saml-encryption-key).
fn decryptable(provider: &SamlProvider) -> Result<(), Refusal> {
    match provider.encryption {
        Some(mode) if provider.private_keys.is_empty() => Err(Refusal::NoPrivateKey(mode.name())),
        Some(_) | None => Ok(()),
    }
}

fn new_id(draft: &Draft<'_>) -> Result<Box<str>, Refusal> {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bytes = draft.random::<ID_CHARACTERS>()?;
    let letter = |byte: &u8| char::from(ALPHABET.get(usize::from(byte & 31)).copied().unwrap_or(b'A'));
    Ok(bytes.iter().map(letter).collect::<String>().into())
}

/// A SAML provider of the account to change.
pub(super) fn find(draft: &Draft<'_>, account: AccountId, arn: &str) -> Result<SamlProvider, Refusal> {
    arn.parse::<Arn>().map_err(|_| Refusal::InvalidArn(arn.to_owned()))?;
    let found = draft.snapshot().saml_provider_with_arn(arn).filter(|found| found.account == account);
    found.map(owned).ok_or_else(|| Refusal::NoSuchSamlProvider(arn.to_owned()))
}

/// Writes a SAML provider as it shall be.
pub(super) fn write(draft: &mut Draft<'_>, provider: SamlProvider) -> Result<(), Refusal> {
    draft.put(key(&provider), Fact::Saml(provider))
}

fn key(provider: &SamlProvider) -> Key {
    Key::Saml(provider.account, Arc::clone(provider.name.folded()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::seal::SealBroken;
    use crate::testing::{account, assert_reloads, check, name, now, outcome, started, started_with};

    const METADATA: &str = include_str!("../../../../conformance/saml/metadata.xml");
    const KEY: &str = include_str!("../../../../conformance/saml/private-key.pem");
    const ARN: &str = "arn:aws:iam::123456789012:saml-provider/Adfs";

    fn new<'a>(name: &'a Name, metadata: &'a str) -> NewSamlProvider<'a> {
        NewSamlProvider { name, metadata, encryption: None, private_key: None, tags: &[] }
    }

    fn made(draft: &mut Draft<'_>, text: &str) -> Result<(), Refusal> {
        create(draft, account(), &new(&name(text), METADATA)).map(drop)
    }

    fn changed(draft: &mut Draft<'_>, change: SamlChange<'_>) -> Result<(), Refusal> {
        update(draft, account(), ARN, &change)
    }

    const ADD: SamlChange<'_> =
        SamlChange { metadata: None, encryption: None, add_private_key: Some(KEY), remove_private_key: None };

    #[test]
    fn a_providers_life() {
        check(
            &started_with(Limits {
                saml_providers_per_account: 1,
                private_keys_per_saml_provider: 1,
                ..Limits::default()
            }),
            &[
                (|draft| made(draft, "Adfs"), "ok"),
                (|draft| made(draft, "adfs"), "EntityAlreadyExists: Provider with name Adfs already exists."),
                (
                    |draft| made(draft, "other"),
                    "LimitExceeded: Cannot exceed quota for SAMLProvidersPerAccount: 1",
                ),
                (
                    |draft| changed(draft, SamlChange::default()),
                    "InvalidInput: The request must contain something to change.",
                ),
                (
                    |draft| {
                        changed(
                            draft,
                            SamlChange { encryption: Some(Encryption::Required), ..SamlChange::default() },
                        )
                    },
                    "InvalidInput: AssertionEncryptionMode Required needs a private key.",
                ),
                (
                    |draft| changed(draft, SamlChange { metadata: Some("<a/>"), ..SamlChange::default() }),
                    "InvalidInput: Could not parse metadata: its element is not an EntityDescriptor of SAML 2.0 metadata",
                ),
                (
                    |draft| changed(draft, SamlChange { add_private_key: Some("x"), ..ADD }),
                    "InvalidInput: The private key cannot be used: it is not a private key in PEM, unencrypted.",
                ),
                (|draft| changed(draft, SamlChange { encryption: Some(Encryption::Allowed), ..ADD }), "ok"),
                (
                    |draft| changed(draft, ADD),
                    "LimitExceeded: Cannot exceed quota for PrivateKeysPerSAMLProvider: 1",
                ),
                (
                    |draft| changed(draft, SamlChange { remove_private_key: Some("NONE"), ..ADD }),
                    "InvalidInput: AddPrivateKey and RemovePrivateKey must be sent in separate requests.",
                ),
                (
                    |draft| {
                        changed(
                            draft,
                            SamlChange { remove_private_key: Some("NONE"), ..SamlChange::default() },
                        )
                    },
                    "NoSuchEntity: The private key with id NONE cannot be found.",
                ),
                (
                    |draft| delete(draft, account(), &ARN.to_lowercase()),
                    "NoSuchEntity: Manifest not found for arn arn:aws:iam::123456789012:saml-provider/adfs",
                ),
                (
                    |draft| delete(draft, account(), "no arn"),
                    "ValidationError: Invalid ARN:  Could not be parsed!",
                ),
                (|draft| delete(draft, account(), ARN), "ok"),
                (
                    |draft| delete(draft, account(), ARN),
                    "NoSuchEntity: Manifest not found for arn arn:aws:iam::123456789012:saml-provider/Adfs",
                ),
            ],
        );
    }

    #[test]
    fn metadata_without_an_end_is_valid_for_a_hundred_years() {
        let directory = started();
        directory.change(now(), |draft| made(draft, "Adfs")).unwrap();
        let end = |text: &str| METADATA.replace("entityID", &format!(r#"validUntil="{text}" entityID"#));
        let valid_until = || directory.snapshot().saml_provider(account(), "adfs").unwrap().valid_until;
        assert_eq!(valid_until(), "2126-11-22T10:00:00Z".parse().unwrap());
        let (later, past) = (end("2030-01-01T00:00:00Z"), end("2026-11-22T10:00:00Z"));
        let change = SamlChange { metadata: Some(&later), ..SamlChange::default() };
        directory.change(now(), |draft| changed(draft, change)).unwrap();
        assert_eq!(valid_until(), "2030-01-01T00:00:00Z".parse().unwrap());
        let change = SamlChange { metadata: Some(&past), ..SamlChange::default() };
        assert_eq!(
            outcome(&directory, |draft| changed(draft, change)),
            "InvalidInput: Could not parse metadata: it has ended on 2026-11-22T10:00:00Z"
        );
        let long = format!("{METADATA}<!-- {} -->", "x".repeat(METADATA_BYTES_MAX));
        let change = SamlChange { metadata: Some(&long), ..SamlChange::default() };
        let refused = outcome(&directory, |draft| changed(draft, change));
        assert!(refused.ends_with("bytes, 900000 are allowed"), "{refused}");
        assert_reloads(&directory);
    }

    #[test]
    fn private_keys_open_where_they_belong_and_nowhere_else() {
        let directory = started_with(Limits { keys_per_saml_provider: 2, ..Limits::default() });
        let (one, two) = (name("Adfs"), name("two"));
        let (sealed, _) = directory
            .change(now(), |draft| {
                let with_key = |name| NewSamlProvider { private_key: Some(KEY), ..new(name, METADATA) };
                Ok([create(draft, account(), &with_key(&one))?, create(draft, account(), &with_key(&two))?])
            })
            .unwrap();
        let [one, two] = sealed;
        let (sealer, key) = (directory.sealer(), &one.private_keys[0]);
        assert_eq!(one.private_key(sealer, key).unwrap().as_slice(), KEY.as_bytes());
        assert_eq!(two.private_key(sealer, key), Err(SealBroken));
        assert_eq!((key.id.len(), one.id.len()), (26, 26));
        assert!(!format!("{one:?}").contains("PRIVATE"));
        let id = key.id.to_string();
        let remove = SamlChange { remove_private_key: Some(&id), ..SamlChange::default() };
        directory.change(now(), |draft| changed(draft, remove)).unwrap();
        assert_eq!(directory.snapshot().saml_provider_with_arn(ARN).unwrap().private_keys, []);
        assert_reloads(&directory);
    }

    #[test]
    fn there_are_only_so_many_certificates() {
        let directory = started_with(Limits { keys_per_saml_provider: 1, ..Limits::default() });
        assert_eq!(
            outcome(&directory, |draft| made(draft, "Adfs")),
            "LimitExceeded: Cannot exceed quota for KeysPerSAMLProvider: 1"
        );
    }
}

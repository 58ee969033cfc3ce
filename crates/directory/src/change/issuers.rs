//! Issuers of web identity tokens.

use std::fmt::Write as _;

use doorward_federation::issue::{Algorithm, SigningKey};
use doorward_policy::AccountId;
use jiff::Timestamp;

use super::{Draft, owned};
use crate::issuer::{Issuer, PUBLISHED_BEFORE, TokenKey, Vending, place};
use crate::keys::Key;
use crate::record::Fact;
use crate::refusal::Refusal;
use crate::seal::Purpose;

/// Makes an account's issuer, with these keys, which sign at once; or enables it again, when it keeps its own.
///
/// That its address stays when it is disabled and enabled again is UNCONFIRMED (issuer-kept): whoever trusts it then goes on
/// trusting it, as the account that enables it means them to.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOutboundWebIdentityFederation.html>
///
/// # Errors
/// [`Refusal`]: it is enabled.
pub fn enable(draft: &mut Draft<'_>, account: AccountId, keys: &[SigningKey]) -> Result<Issuer, Refusal> {
    draft.account(account)?;
    let issuer = match draft.snapshot().issuer(account) {
        Some(found) if found.vending == Vending::Enabled => return Err(Refusal::FeatureEnabled),
        Some(found) => Issuer { vending: Vending::Enabled, ..owned(found) },
        None => {
            let id = hexadecimal(&*draft.random::<16>()?);
            let now = draft.now();
            let keys = keys.iter().map(|key| token_key(draft, account, key, now));
            Issuer { account, id, vending: Vending::Enabled, keys: keys.collect::<Result<_, _>>()? }
        }
    };
    write(draft, issuer)?;
    draft.snapshot().issuer(account).map(owned).ok_or(Refusal::FeatureDisabled)
}

/// Disables an account's issuer. What it has issued stays valid, and its keys stay published.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOutboundWebIdentityFederation.html>
///
/// # Errors
/// [`Refusal`]: it is disabled, or was never enabled.
pub fn disable(draft: &mut Draft<'_>, account: AccountId) -> Result<(), Refusal> {
    let issuer = enabled(draft, account)?;
    write(draft, Issuer { vending: Vending::Disabled, ..issuer })
}

/// Adds a key to an account's issuer, if it needs one of its kind: others may have been faster. It is published at once and
/// signs later; keys whose last token has ended go.
///
/// # Errors
/// [`Refusal`]: the issuer is disabled.
pub fn rotate(draft: &mut Draft<'_>, account: AccountId, key: &SigningKey) -> Result<(), Refusal> {
    let issuer = enabled(draft, account)?;
    if issuer.needs_key(key.algorithm(), draft.now()) { add(draft, issuer, key) } else { Ok(()) }
}

/// Adds a key to an account's issuer before the one that signs has lived its life, if it has one of its kind. From then on
/// all is as in [`rotate`].
///
/// # Errors
/// [`Refusal`]: the issuer is disabled, or another key is published that does not sign yet.
pub fn replace(draft: &mut Draft<'_>, account: AccountId, key: &SigningKey) -> Result<(), Refusal> {
    let (issuer, algorithm, now) = (enabled(draft, account)?, key.algorithm(), draft.now());
    let mut own = issuer.keys.iter().filter(|key| key.public.algorithm() == algorithm).peekable();
    if own.peek().is_none() {
        return Ok(());
    }
    if let Some(next) = own.find(|key| key.signs_from > now) {
        let reason =
            format!("key {} of account {account} is published, and signs from {}", next.id, next.signs_from);
        return Err(Refusal::InvalidValue { field: "ring", reason });
    }
    add(draft, issuer, key)
}

fn add(draft: &mut Draft<'_>, mut issuer: Issuer, key: &SigningKey) -> Result<(), Refusal> {
    let (account, algorithm, now): (AccountId, Algorithm, Timestamp) =
        (issuer.account, key.algorithm(), draft.now());
    // Where nothing could be signed otherwise, there is nothing to wait for.
    let signs_from = match issuer.signing_key(algorithm, now) {
        Some(_) => now.checked_add(PUBLISHED_BEFORE).unwrap_or(now),
        None => now,
    };
    let kept: Vec<TokenKey> = issuer.keys.iter().filter(|key| !issuer.is_over(key, now)).cloned().collect();
    issuer.keys = kept;
    issuer.keys.push(token_key(draft, account, key, signs_from)?);
    write(draft, issuer)
}

fn enabled(draft: &Draft<'_>, account: AccountId) -> Result<Issuer, Refusal> {
    let found = draft.snapshot().issuer(account).filter(|found| found.vending == Vending::Enabled);
    found.map(owned).ok_or(Refusal::FeatureDisabled)
}

fn token_key(
    draft: &mut Draft<'_>,
    account: AccountId,
    key: &SigningKey,
    signs_from: Timestamp,
) -> Result<TokenKey, Refusal> {
    let id = hexadecimal(&*draft.random::<8>()?);
    let (public, private) = (key.public()?, key.to_pkcs8()?);
    let sealed = draft.seal(Purpose::TokenKey, &place(account, &id), &private)?;
    Ok(TokenKey { id, public, signs_from, sealed })
}

fn hexadecimal(bytes: &[u8]) -> Box<str> {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text.into()
}

fn write(draft: &mut Draft<'_>, issuer: Issuer) -> Result<(), Refusal> {
    draft.put(Key::Issuer(issuer.account), Fact::Issuer(issuer))
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::issuer::{KEY_LIFE, PUBLISHED_AFTER};
    use crate::testing::{account, assert_reloads, check, now, started};
    use crate::{Directory, Snapshot};

    fn elliptic() -> SigningKey {
        SigningKey::generate(Algorithm::Es384).unwrap()
    }

    #[test]
    fn an_issuers_life() {
        check(
            &started(),
            &[
                (
                    |draft| disable(draft, account()),
                    "FeatureDisabled: Outbound web identity federation is not enabled for this account.",
                ),
                (|draft| enable(draft, account(), &[elliptic()]).map(drop), "ok"),
                (
                    |draft| enable(draft, account(), &[elliptic()]).map(drop),
                    "FeatureEnabled: Outbound web identity federation is already enabled for this account.",
                ),
                (|draft| disable(draft, account()), "ok"),
                (
                    |draft| rotate(draft, account(), &elliptic()),
                    "FeatureDisabled: Outbound web identity federation is not enabled for this account.",
                ),
                (|draft| enable(draft, account(), &[]).map(drop), "ok"),
            ],
        );
    }

    #[test]
    fn an_issuer_keeps_its_id_and_keys() {
        let directory = started();
        let (first, _) = directory.change(now(), |draft| enable(draft, account(), &[elliptic()])).unwrap();
        directory.change(now(), |draft| disable(draft, account())).unwrap();
        let snapshot = directory.snapshot();
        let disabled = snapshot.issuer_with_id(&first.id).unwrap();
        assert_eq!((disabled.vending, &disabled.keys), (Vending::Disabled, &first.keys));
        let (again, _) = directory.change(now(), |draft| enable(draft, account(), &[elliptic()])).unwrap();
        assert_eq!(again, first);
        assert!(snapshot.issuer_with_id("0").is_none());
        assert_reloads(&directory);
    }

    #[test]
    fn keys_open_where_they_belong_and_nowhere_else() {
        let directory = started();
        let key = elliptic();
        let public = key.public().unwrap();
        let (issuer, _) = directory
            .change(now(), |draft| enable(draft, account(), &[elliptic(), key_again(&key)]))
            .unwrap();
        let opened = issuer.open(directory.sealer(), &issuer.keys[1]).unwrap();
        assert_eq!(opened.public(), Ok(public));
        let moved = TokenKey { id: issuer.keys[0].id.clone(), ..issuer.keys[1].clone() };
        assert!(issuer.open(directory.sealer(), &moved).is_err());
    }

    fn key_again(key: &SigningKey) -> SigningKey {
        SigningKey::from_pkcs8(key.algorithm(), &key.to_pkcs8().unwrap()).unwrap()
    }

    fn rotate_at(directory: &Directory, at: Timestamp) {
        directory.change(at, |draft| rotate(draft, account(), &elliptic())).unwrap();
    }

    fn signing(snapshot: &Snapshot, at: Timestamp) -> Option<usize> {
        let issuer = snapshot.issuer(account()).unwrap();
        let key = issuer.signing_key(Algorithm::Es384, at)?;
        issuer.keys.iter().position(|other| other.id == key.id)
    }

    /// The number of keys, which of them signs, and how many are published, at a time after the beginning.
    #[test]
    fn keys_are_published_before_they_sign_and_after_their_last_token() {
        let directory = started();
        directory.change(now(), |draft| enable(draft, account(), &[elliptic()])).unwrap();
        let second = SignedDuration::from_secs(1);
        let due = KEY_LIFE - PUBLISHED_BEFORE;
        for (after, rotated, expected) in [
            (-second, true, (1, Some(0), 1)),
            (SignedDuration::ZERO, true, (1, Some(0), 1)),
            (due - second, true, (1, Some(0), 1)),
            (due, false, (1, Some(0), 1)),
            (due, true, (2, Some(0), 2)),
            (due + second, true, (2, Some(0), 2)),
            (KEY_LIFE - second, true, (2, Some(0), 2)),
            (KEY_LIFE, true, (2, Some(1), 2)),
            (KEY_LIFE + PUBLISHED_AFTER, true, (2, Some(1), 2)),
            (KEY_LIFE + PUBLISHED_AFTER + second, true, (2, Some(1), 1)),
            (KEY_LIFE + due, true, (2, Some(0), 2)),
            (KEY_LIFE * 3, true, (2, Some(0), 2)),
            (KEY_LIFE * 3 + PUBLISHED_BEFORE, true, (2, Some(1), 2)),
        ] {
            // The directory keeps whole seconds.
            let at = Timestamp::from_second(now().as_second()).unwrap() + after;
            if rotated {
                rotate_at(&directory, at);
            }
            let snapshot = directory.snapshot();
            let issuer = snapshot.issuer(account()).unwrap();
            let seen = (issuer.keys.len(), signing(&snapshot, at), issuer.published(at).count());
            assert_eq!(seen, expected, "{after:#}");
        }
        // A kind of which there is none signs at once.
        let rsa = SigningKey::generate(Algorithm::Rs256).unwrap();
        directory.change(now(), |draft| rotate(draft, account(), &rsa)).unwrap();
        assert!(
            directory.snapshot().issuer(account()).unwrap().signing_key(Algorithm::Rs256, now()).is_some()
        );
        assert_reloads(&directory);
    }

    #[test]
    fn keys_are_replaced_before_their_time() {
        let directory = started();
        directory.change(now(), |draft| enable(draft, account(), &[elliptic()])).unwrap();
        let replace_at = |at, key: &SigningKey| directory.change(at, |draft| replace(draft, account(), key));
        replace_at(now(), &elliptic()).unwrap();
        // Not of a kind that the account does not have.
        replace_at(now(), &SigningKey::generate(Algorithm::Rs256).unwrap()).unwrap();
        let refused = replace_at(now(), &elliptic()).unwrap_err().to_string();
        assert!(refused.contains("is published, and signs from 2026-11-23T10:00:00Z"), "{refused}");
        let later = now() + PUBLISHED_BEFORE;
        let at = |at| {
            let snapshot = directory.snapshot();
            (signing(&snapshot, at), snapshot.issuer(account()).unwrap().published(at).count())
        };
        assert_eq!((at(now()), at(later)), ((Some(0), 2), (Some(1), 2)));
        assert_eq!(at(later + PUBLISHED_AFTER), (Some(1), 1));
        replace_at(later + PUBLISHED_AFTER, &elliptic()).unwrap();
        assert_eq!(directory.snapshot().issuer(account()).unwrap().keys.len(), 2);
    }

    #[test]
    fn of_many_that_rotate_at_once_one_does() {
        let directory = started();
        directory.change(now(), |draft| enable(draft, account(), &[elliptic()])).unwrap();
        let later = now() + KEY_LIFE;
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| rotate_at(&directory, later));
            }
        });
        assert_eq!(directory.snapshot().issuer(account()).unwrap().keys.len(), 2);
    }
}

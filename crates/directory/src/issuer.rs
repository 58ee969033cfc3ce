//! What an account proves its identities with to others: an issuer of web identity tokens, and the keys it signs them with.
//!
//! A new key is published before anything is signed with it, and an old one after for as long as its last token lives, so
//! that whoever keeps the published keys for a while always has the right one.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound.html>

use doorward_federation::issue::{Algorithm, KeyFailed, PublicKey, SigningKey};
use doorward_policy::AccountId;
use jiff::{SignedDuration, Timestamp};

use crate::keys::Key;
use crate::seal::{Purpose, Sealer};

/// How long a key signs before another takes its place. AWS does not say how often its own do.
pub const KEY_LIFE: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How long a new key is published before anything is signed with it.
pub const PUBLISHED_BEFORE: SignedDuration = SignedDuration::from_hours(24);

/// How long an old key is published after the last token was signed with it: the longest life of a token, and some time
/// for clocks that differ.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html>, `DurationSeconds`
pub const PUBLISHED_AFTER: SignedDuration = SignedDuration::from_secs(3_600 + 600);

/// An account's issuer. It is made when the account first enables it, and keeps its id from then on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Issuer {
    /// Its account.
    pub account: AccountId,
    /// What tells it from the issuers of other accounts: 32 hexadecimal digits that say nothing of the account.
    pub id: Box<str>,
    /// Whether it issues tokens.
    pub vending: Vending,
    /// Its keys, in the order in which they were made.
    pub keys: Vec<TokenKey>,
}

/// Whether an issuer issues tokens. What it has issued stays valid either way.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Vending {
    /// It does.
    Enabled,
    /// It does not, until it is enabled again.
    Disabled,
}

/// A key that tokens are signed with. Its private half is sealed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenKey {
    /// What tokens call it: 16 hexadecimal digits.
    pub id: Box<str>,
    /// Its public half.
    pub public: PublicKey,
    /// From when on tokens are signed with it, in whole seconds.
    pub signs_from: Timestamp,
    pub(crate) sealed: Box<[u8]>,
}

impl Issuer {
    /// The key that signs now. By a clock that is behind the one it was made by, that is the first.
    #[must_use]
    pub fn signing_key(&self, algorithm: Algorithm, now: Timestamp) -> Option<&TokenKey> {
        let begun = self.of(algorithm).filter(|key| key.signs_from <= now);
        let newest = begun.max_by_key(|key| key.signs_from);
        newest.or_else(|| self.of(algorithm).min_by_key(|key| key.signs_from))
    }

    /// Whether it is time for a new key: the newest has signed for its life, less the time for which the next has to be
    /// published first.
    #[must_use]
    pub fn needs_key(&self, algorithm: Algorithm, now: Timestamp) -> bool {
        let newest = self.of(algorithm).map(|key| key.signs_from).max();
        let age = newest.map(|signs_from| now.duration_since(signs_from));
        age.is_none_or(|age| age >= KEY_LIFE - PUBLISHED_BEFORE)
    }

    /// The keys that tokens may still be signed with, or may be soon.
    pub fn published(&self, now: Timestamp) -> impl Iterator<Item = &TokenKey> {
        self.keys.iter().filter(move |key| !self.is_over(key, now))
    }

    /// Whether the last token of a key has ended: another has been signing for longer than a token lives.
    pub(crate) fn is_over(&self, key: &TokenKey, now: Timestamp) -> bool {
        let later = self.of(key.public.algorithm()).filter(|other| other.signs_from > key.signs_from);
        let next = later.map(|other| other.signs_from).min();
        next.is_some_and(|next| now.duration_since(next) > PUBLISHED_AFTER)
    }

    fn of(&self, algorithm: Algorithm) -> impl Iterator<Item = &TokenKey> {
        self.keys.iter().filter(move |key| key.public.algorithm() == algorithm)
    }

    /// The private half of one of its keys.
    ///
    /// # Errors
    /// [`KeyFailed`] if the master key is another one, or the key was moved here from elsewhere.
    pub fn open(&self, sealer: &Sealer, key: &TokenKey) -> Result<SigningKey, KeyFailed> {
        let place = place(self.account, &key.id);
        let der = sealer.open(Purpose::TokenKey, &place, &key.sealed).map_err(|_| KeyFailed)?;
        SigningKey::from_pkcs8(key.public.algorithm(), &der)
    }
}

/// Where a key belongs: it opens nowhere else.
pub(crate) fn place(account: AccountId, key: &str) -> Vec<u8> {
    [&Key::Issuer(account).bytes()[..], b"/", key.as_bytes()].concat()
}

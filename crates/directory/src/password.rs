//! Passwords of users: what an account asks of them, and how they are kept.
//!
//! A password is kept as an Argon2id hash, and the hash sealed: whoever has the store without the master key cannot even
//! begin to guess. Hashing takes tens of milliseconds and many megabytes on purpose. It happens before a change is planned,
//! never while: see [`Directory::new_password`](crate::Directory::new_password).

use std::fmt;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use jiff::{SignedDuration, Timestamp};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use crate::account::Account;
use crate::change::Draft;
use crate::keys::Key;
use crate::refusal::{Failure, Refusal};
use crate::seal::{Purpose, SealBroken, Sealer};
use crate::unique_id::UniqueId;

/// The memory that one hash takes, in KiB, and with [`HASH_PASSES`] and [`HASH_LANES`] what makes guessing dear. Hashes say
/// what they were made with, so that any of them can be raised.
///
/// Source: <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id>
pub const HASH_MEMORY_KIB: u32 = 19 * 1024;

/// How often a hash goes over its memory.
pub const HASH_PASSES: u32 = 2;

/// How many lanes a hash has. They are computed one after the other here.
pub const HASH_LANES: u32 = 1;

/// How long the salt of a hash is, in bytes.
const SALT_BYTES: usize = 16;

/// How long a hash is, in bytes.
const TAG_BYTES: usize = 32;

/// The shortest password where the account says nothing, in characters.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html#default-policy-details>
pub const DEFAULT_LENGTH_MIN: u32 = 8;

/// How many of the four kinds of characters a password must have where the account says nothing.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html#default-policy-details>
pub const DEFAULT_KINDS_MIN: usize = 3;

/// The shortest password that an account's policy asks for if it names no other, in characters.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>
pub const POLICY_LENGTH_MIN: u32 = 6;

/// The characters that count as symbols.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>, `RequireSymbols`
const SYMBOLS: &str = "!@#$%^&*()_+-=[]{}|'";

/// What an account asks of its users' passwords. [`PasswordPolicy::default`] is what it asks where it names nothing.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PasswordPolicy.html>
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PasswordPolicy {
    /// How many characters at least: 6 to 128.
    pub length_min: u32,
    /// Whether one of the characters must be a symbol.
    pub symbols: bool,
    /// Whether one must be a digit.
    pub numbers: bool,
    /// Whether one must be of A to Z.
    pub uppercase: bool,
    /// Whether one must be of a to z.
    pub lowercase: bool,
    /// Whether every user may change its own password, whatever its policies allow.
    pub users_may_change: bool,
    /// After how many days a password expires: 1 to 1,095.
    pub age_days_max: Option<u32>,
    /// How many earlier passwords may not be used again: 1 to 24.
    pub reuse_prevention: Option<u32>,
    /// Whether an expired password can only be replaced by an administrator.
    pub hard_expiry: Option<bool>,
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self {
            length_min: POLICY_LENGTH_MIN,
            symbols: false,
            numbers: false,
            uppercase: false,
            lowercase: false,
            users_may_change: false,
            age_days_max: None,
            reuse_prevention: None,
            hard_expiry: None,
        }
    }
}

impl PasswordPolicy {
    /// Whether a password has the length and the characters that the policy asks for.
    #[must_use]
    pub fn admits(&self, text: &str) -> bool {
        let kinds = Kinds::of(text);
        is_long(text, self.length_min)
            && (kinds.symbols || !self.symbols)
            && (kinds.numbers || !self.numbers)
            && (kinds.uppercase || !self.uppercase)
            && (kinds.lowercase || !self.lowercase)
    }

    /// How many earlier passwords may not be used again, none for no rule.
    #[must_use]
    pub fn remembered(&self) -> usize {
        self.reuse_prevention.and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
    }
}

/// Whether a password may be used in an account: by the account's policy or, where it has none, by AWS's default: eight
/// characters of three kinds, and not the name of the account.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html>
#[must_use]
pub fn is_admitted(account: &Account, policy: Option<&PasswordPolicy>, text: &str) -> bool {
    if let Some(policy) = policy {
        return policy.admits(text);
    }
    let names = [Some(&*account.name), account.alias.as_deref()];
    let is_name = names.into_iter().flatten().any(|name| name.to_lowercase() == text.to_lowercase());
    is_long(text, DEFAULT_LENGTH_MIN) && Kinds::of(text).count() >= DEFAULT_KINDS_MIN && !is_name
}

fn is_long(text: &str, length_min: u32) -> bool {
    u32::try_from(text.chars().count()).is_ok_and(|length| length >= length_min)
}

/// The kinds of characters in a password.
struct Kinds {
    symbols: bool,
    numbers: bool,
    uppercase: bool,
    lowercase: bool,
}

impl Kinds {
    fn of(text: &str) -> Self {
        Self {
            symbols: text.contains(|character| SYMBOLS.contains(character)),
            numbers: text.contains(|character: char| character.is_ascii_digit()),
            uppercase: text.contains(|character: char| character.is_ascii_uppercase()),
            lowercase: text.contains(|character: char| character.is_ascii_lowercase()),
        }
    }

    fn count(&self) -> usize {
        [self.symbols, self.numbers, self.uppercase, self.lowercase].into_iter().filter(|kind| *kind).count()
    }
}

/// A user's password, which lets it into the console. The hashes are sealed; nobody can read them without the
/// installation's [`Sealer`].
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_LoginProfile.html>
#[derive(Clone, PartialEq, Eq)]
pub struct LoginProfile {
    /// When the user was first given a password, in whole seconds.
    pub created: Timestamp,
    /// When the password was last changed, in whole seconds.
    pub changed: Timestamp,
    /// Whether the user must choose another password when it next signs in.
    pub reset_required: bool,
    pub(crate) sealed_hash: Box<[u8]>,
    /// The passwords before, newest first, as many as the account's policy remembers.
    pub(crate) sealed_previous: Vec<Box<[u8]>>,
}

impl fmt::Debug for LoginProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginProfile")
            .field("created", &self.created)
            .field("changed", &self.changed)
            .field("reset_required", &self.reset_required)
            .finish_non_exhaustive()
    }
}

impl LoginProfile {
    /// Whether the password has expired under its account's policy.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>, `MaxPasswordAge`
    #[must_use]
    pub fn is_expired(&self, policy: Option<&PasswordPolicy>, now: Timestamp) -> bool {
        let Some(days) = policy.and_then(|policy| policy.age_days_max) else { return false };
        let age = SignedDuration::from_hours(24 * i64::from(days));
        self.changed.checked_add(age).is_ok_and(|expires| now >= expires)
    }

    /// The present hash, then those before it, newest first.
    pub(crate) fn sealed(&self) -> impl Iterator<Item = &[u8]> {
        std::iter::once(&*self.sealed_hash).chain(self.sealed_previous.iter().map(|hash| &**hash))
    }
}

/// What comes of a password that someone signs in with.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html>
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is not the user's, or the user has none.
    Wrong,
    /// It is the user's.
    Right,
    /// It is the user's, and the user must choose another one before it does anything else: an administrator wants it so,
    /// or the password has expired.
    MustChange,
    /// It is the user's and has expired, and only an administrator can give it another one.
    Expired,
}

/// A new password: its hash, and the state of the user's login profile that it was compared with.
pub struct NewPassword<'p> {
    pub(crate) text: &'p str,
    pub(crate) hash: PasswordHash,
    /// The salt of the password compared with, which no other has; `None` for no password.
    pub(crate) compared: Option<[u8; SALT_BYTES]>,
    /// How many earlier passwords it was compared with at most.
    pub(crate) remembered: usize,
}

impl fmt::Debug for NewPassword<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPassword(redacted)")
    }
}

/// A hash that says what it was made with.
#[derive(Clone, Encode, Decode)]
pub(crate) struct PasswordHash {
    #[n(0)]
    memory_kib: u32,
    #[n(1)]
    passes: u32,
    #[n(2)]
    lanes: u32,
    #[cbor(n(3), with = "minicbor::bytes")]
    salt: [u8; SALT_BYTES],
    #[cbor(n(4), with = "minicbor::bytes")]
    tag: [u8; TAG_BYTES],
}

impl PasswordHash {
    /// The hash of a password with this salt.
    pub(crate) fn new(text: &str, salt: [u8; SALT_BYTES]) -> Result<Self, Failure> {
        let (memory_kib, passes, lanes) = (HASH_MEMORY_KIB, HASH_PASSES, HASH_LANES);
        let mut hash = Self { memory_kib, passes, lanes, salt, tag: [0; TAG_BYTES] };
        hash.tag = hash.computed(text)?;
        Ok(hash)
    }

    pub(crate) const fn salt(&self) -> [u8; SALT_BYTES] {
        self.salt
    }

    /// Whether this is the hash of a password. Takes as long for a wrong one.
    pub(crate) fn is_of(&self, text: &str) -> Result<bool, Failure> {
        Ok(verify_slices_are_equal(&self.computed(text)?, &self.tag).is_ok())
    }

    fn computed(&self, text: &str) -> Result<[u8; TAG_BYTES], Failure> {
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(TAG_BYTES));
        let params = params.map_err(|_| Failure::Hash)?;
        let mut memory = Zeroizing::new(vec![Block::default(); params.block_count()]);
        let mut tag = [0; TAG_BYTES];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(text.as_bytes(), &self.salt, &mut tag, memory.as_mut_slice())
            .map_err(|_| Failure::Hash)?;
        Ok(tag)
    }

    /// The hash, sealed to be opened as this user's only.
    pub(crate) fn sealed(&self, draft: &mut Draft<'_>, user: UniqueId) -> Result<Box<[u8]>, Refusal> {
        let plain = Zeroizing::new(minicbor::to_vec(self).map_err(|_| Failure::Hash)?);
        draft.seal(Purpose::Password, &Key::Login(user).bytes(), &plain)
    }

    /// The hash that [`sealed`](Self::sealed) sealed.
    pub(crate) fn opened(sealer: &Sealer, user: UniqueId, sealed: &[u8]) -> Result<Self, SealBroken> {
        let plain = sealer.open(Purpose::Password, &Key::Login(user).bytes(), sealed)?;
        minicbor::decode(&plain).map_err(|_| SealBroken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::TokenVersion;
    use crate::properties::RoleManager;
    use crate::testing::{account, now, started};

    #[test]
    fn what_the_default_asks_for() {
        let account = Account {
            id: account(),
            name: "Example-1".into(),
            created: Timestamp::UNIX_EPOCH,
            alias: None,
            token_version: TokenVersion::One,
            role_manager: RoleManager::Disabled,
        };
        let aliased = Account { alias: Some("prod-2026A".into()), ..account.clone() };
        for (text, admitted) in [
            ("abcdEF12", true),
            ("abcdefg!1", true),
            ("abcdEFG", false),
            ("abcdefgh", false),
            ("abcdEFGH", false),
            ("abcd1234", false),
            ("ABCD!!!!", false),
            ("abc~EF12", true),
            // Symbols outside the list count for nothing.
            ("abcdef1~", false),
            ("aB1\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}", true),
            ("example-1", false),
            ("EXAMPLE-1", false),
            ("Example-12", true),
        ] {
            assert_eq!(is_admitted(&account, None, text), admitted, "{text}");
        }
        assert!(is_admitted(&account, None, "prod-2026A") && !is_admitted(&aliased, None, "prod-2026A"));
    }

    #[test]
    fn what_a_policy_asks_for() {
        let none = PasswordPolicy::default();
        for (policy, right, wrong) in [
            (none, "aaaaaa", "aaaaa"),
            (PasswordPolicy { length_min: 12, ..none }, "aaaaaaaaaaaa", "aaaaaaaaaaa"),
            (PasswordPolicy { symbols: true, ..none }, "aaaaaa'", "aaaaaa\""),
            (PasswordPolicy { numbers: true, ..none }, "aaaaaa1", "aaaaaa\u{b2}"),
            (PasswordPolicy { uppercase: true, ..none }, "aaaaaaA", "aaaaaa\u{c9}"),
            (PasswordPolicy { lowercase: true, ..none }, "AAAAAAa", "AAAAAA\u{e9}"),
        ] {
            assert!(policy.admits(right) && !policy.admits(wrong), "{policy:?}");
        }
    }

    #[test]
    fn a_hash_is_of_one_password_and_opens_for_one_user() {
        let hash = PasswordHash::new("correct horse", [7; SALT_BYTES]).unwrap();
        assert!(hash.is_of("correct horse").unwrap());
        assert!(!hash.is_of("correct horse ").unwrap() && !hash.is_of("").unwrap());
        let other_salt = PasswordHash::new("correct horse", [8; SALT_BYTES]).unwrap();
        assert_ne!(hash.tag, other_salt.tag);
        let user = "AIDACKCEVSQ6C2EXAMPLE".parse().unwrap();
        let directory = started();
        let (sealed, _) = directory.change(now(), |draft| hash.sealed(draft, user)).unwrap();
        assert_eq!(PasswordHash::opened(directory.sealer(), user, &sealed).unwrap().tag, hash.tag);
        let other = "AIDACKCEVSQ6C3EXAMPLE".parse().unwrap();
        assert!(PasswordHash::opened(directory.sealer(), other, &sealed).is_err());
    }

    #[test]
    fn argon2id_computes_what_others_compute() {
        // Computed by the reference implementation, through Python's argon2-cffi.
        let hash = PasswordHash {
            memory_kib: 256,
            passes: 2,
            lanes: 1,
            salt: *b"somesaltsomesalt",
            tag: [0; TAG_BYTES],
        };
        let expected = [
            0xca, 0xb7, 0x46, 0xb4, 0x62, 0x19, 0x93, 0xfd, 0xc9, 0x1e, 0xc5, 0x07, 0x87, 0x98, 0x0b, 0x41,
            0x4a, 0x90, 0xa6, 0x92, 0xf0, 0xbc, 0x68, 0xdf, 0xe1, 0x9f, 0x9c, 0x25, 0xb3, 0xcb, 0xa9, 0xec,
        ];
        assert_eq!(hash.computed("password").unwrap(), expected);
    }

    #[test]
    fn passwords_grow_old() {
        let changed: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let login = LoginProfile {
            created: changed,
            changed,
            reset_required: false,
            sealed_hash: Box::default(),
            sealed_previous: Vec::new(),
        };
        let policy = PasswordPolicy { age_days_max: Some(1), ..PasswordPolicy::default() };
        for (policy, now, expired) in [
            (Some(policy), "2026-11-23T09:59:59Z", false),
            (Some(policy), "2026-11-23T10:00:00Z", true),
            (Some(PasswordPolicy::default()), "2036-11-23T10:00:00Z", false),
            (None, "2036-11-23T10:00:00Z", false),
        ] {
            assert_eq!(login.is_expired(policy.as_ref(), now.parse().unwrap()), expired, "{policy:?} {now}");
        }
    }
}

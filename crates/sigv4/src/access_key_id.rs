//! Access key ids: their kinds, and the account that newer ones carry.

use std::fmt;
use std::str::FromStr;

/// The 32 characters that stand for five bits each (RFC 4648).
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// Set in every key id that carries its account; keys issued before 2019 have it unset.
const CARRIES_ACCOUNT: u64 = 1 << 47;
/// The largest account id: twelve digits.
const ACCOUNT_MAX: u64 = 999_999_999_999;

/// What an access key id is the id of.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccessKeyKind {
    /// `AKIA`: a long-term access key of a user or of the root user. So are those with another beginning than the ones here,
    /// which come from elsewhere.
    LongTerm,
    /// `ASIA`: a temporary access key, good only with its session token.
    Temporary,
    /// `ABIA`: an STS service bearer token.
    BearerToken,
    /// `ACCA`: a context-specific credential.
    ContextSpecific,
}

impl AccessKeyKind {
    /// The four letters every id of this kind begins with.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::LongTerm => "AKIA",
            Self::Temporary => "ASIA",
            Self::BearerToken => "ABIA",
            Self::ContextSpecific => "ACCA",
        }
    }

    fn of(prefix: &[u8]) -> Option<Self> {
        [Self::LongTerm, Self::Temporary, Self::BearerToken, Self::ContextSpecific]
            .into_iter()
            .find(|kind| kind.prefix().as_bytes() == prefix)
    }
}

/// An access key id of AWS's length and alphabet: 20 of `A`–`Z`, `0`–`9`. Those that are made here begin with the four
/// letters of their kind; those that were brought along from elsewhere need not.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccessKeyId([u8; 20]);

impl AccessKeyId {
    /// A new key id that carries its account, as AWS's own have since 2019.
    ///
    /// `random` makes it unique: the low seven bits of the first byte and all of the other four, 39 bits in all.
    ///
    /// # Errors
    ///
    /// [`AccessKeyIdError::Account`] if the account has more than twelve digits.
    ///
    /// Source: <https://awsteele.com/blog/2020/09/26/aws-access-key-format.html> (AWS documents only that
    /// `GetAccessKeyInfo` knows the account:
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html>)
    pub fn encode(kind: AccessKeyKind, account: u64, random: [u8; 5]) -> Result<Self, AccessKeyIdError> {
        if account > ACCOUNT_MAX {
            return Err(AccessKeyIdError::Account { account });
        }
        let [first, rest @ ..] = random;
        let head = CARRIES_ACCOUNT | account << 7 | u64::from(first & 0x7f);
        // 48 bits of head, 32 of tail: 80 bits, 16 characters.
        let bits = u128::from(head) << 32 | u128::from(u32::from_be_bytes(rest));
        let mut text = [b'A'; 20];
        let (prefix, body) = text.split_at_mut(4);
        prefix.copy_from_slice(kind.prefix().as_bytes());
        for (position, character) in body.iter_mut().rev().enumerate() {
            let five = usize::try_from(bits >> (5 * position) & 31).unwrap_or_default();
            *character = BASE32.get(five).copied().unwrap_or(b'A');
        }
        Ok(Self(text))
    }

    /// The id as text, 20 characters.
    pub fn as_str(&self) -> &str {
        // Made of ASCII only; the fallback is never taken.
        std::str::from_utf8(&self.0).unwrap_or("")
    }

    /// What it is the id of.
    pub fn kind(&self) -> AccessKeyKind {
        AccessKeyKind::of(self.prefix()).unwrap_or(AccessKeyKind::LongTerm)
    }

    /// The account the id carries, at most twelve digits; `None` for an id from before 2019 or from elsewhere, which
    /// carries none.
    ///
    /// Anyone can write such an id, so this tells where a key would be, not that it is.
    pub fn account(&self) -> Option<u64> {
        AccessKeyKind::of(self.prefix())?;
        let mut bits: u128 = 0;
        for character in self.0.get(4..)? {
            let five = BASE32.iter().position(|own| own == character)?;
            bits = bits << 5 | u128::try_from(five).ok()?;
        }
        let head = u64::try_from(bits >> 32).ok()?;
        let account = (head & !CARRIES_ACCOUNT) >> 7;
        (head & CARRIES_ACCOUNT != 0 && account <= ACCOUNT_MAX).then_some(account)
    }

    fn prefix(&self) -> &[u8] {
        self.0.get(..4).unwrap_or_default()
    }
}

impl FromStr for AccessKeyId {
    type Err = AccessKeyIdError;

    fn from_str(text: &str) -> Result<Self, AccessKeyIdError> {
        let refuse = || AccessKeyIdError::Shape { text: text.to_owned() };
        let id = Self(text.as_bytes().try_into().map_err(|_| refuse())?);
        let plain = id.0.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if plain { Ok(id) } else { Err(refuse()) }
    }
}

impl fmt::Display for AccessKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AccessKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccessKeyId({self})")
    }
}

/// Why something is no access key id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccessKeyIdError {
    /// The text does not have the shape of an access key id.
    #[error("`{text}` is not an access key id: 20 of A-Z and 0-9")]
    Shape {
        /// The text.
        text: String,
    },
    /// The account has more than twelve digits.
    #[error("account `{account}` has more than 12 digits")]
    Account {
        /// The account.
        account: u64,
    },
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn published_ids_decode() {
        for (text, kind, account) in [
            ("ASIAQNZGKIQY56JQ7WML", AccessKeyKind::Temporary, Some(29_608_264_753)),
            ("ASIAY34FZKBOKMUTVV7A", AccessKeyKind::Temporary, Some(609_629_065_308)),
            ("AKIAIOSFODNN7EXAMPLE", AccessKeyKind::LongTerm, None),
            ("AKIAI44QH8DHBEXAMPLE", AccessKeyKind::LongTerm, None),
            ("ABIAIOSFODNN7EXAMPLE", AccessKeyKind::BearerToken, None),
            ("ACCAIOSFODNN7EXAMPLE", AccessKeyKind::ContextSpecific, None),
            ("V5VNN2OZ52N1QEDFZMP5", AccessKeyKind::LongTerm, None),
            ("MINIY34FZKBOKMUTVV7A", AccessKeyKind::LongTerm, None),
        ] {
            let id: AccessKeyId = text.parse().unwrap();
            assert_eq!((id.as_str(), id.kind(), id.account()), (text, kind, account));
        }
    }

    #[test]
    fn other_shapes_are_refused() {
        for text in [
            "",
            "AKIDEXAMPLE",
            "AKIAIOSFODNN7EXAMPL",
            "AKIAIOSFODNN7EXAMPLES",
            "akiaiosfodnn7example",
            "AKIAIOSFODNN7EXAMPL/",
            "AKIAIOSFODNN7EXAMPÉ",
        ] {
            assert!(text.parse::<AccessKeyId>().is_err(), "{text}");
        }
        let error = AccessKeyId::encode(AccessKeyKind::LongTerm, 1_000_000_000_000, [0; 5]);
        assert_eq!(error, Err(AccessKeyIdError::Account { account: 1_000_000_000_000 }));
    }

    #[test]
    fn an_account_of_more_than_twelve_digits_is_not_believed() {
        let id: AccessKeyId = "AKIA7777777777777777".parse().unwrap();
        assert_eq!(id.account(), None);
    }

    proptest! {
        #[test]
        fn an_encoded_id_carries_its_account(account in 0..=ACCOUNT_MAX, random: [u8; 5], temporary: bool) {
            let kind = if temporary { AccessKeyKind::Temporary } else { AccessKeyKind::LongTerm };
            let id = AccessKeyId::encode(kind, account, random).unwrap();
            prop_assert_eq!(id.as_str().parse(), Ok(id));
            prop_assert_eq!((id.kind(), id.account()), (kind, Some(account)));
        }

        #[test]
        fn every_random_bit_that_counts_makes_another_id(account in 0..=ACCOUNT_MAX, bit in 0_usize..39) {
            let id = |random| AccessKeyId::encode(AccessKeyKind::LongTerm, account, random).unwrap();
            let mut random = [0; 5];
            random[(bit + 1) / 8] |= 0x80 >> ((bit + 1) % 8);
            prop_assert_ne!(id([0; 5]), id(random));
        }
    }
}

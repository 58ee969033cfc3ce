//! Account ids: twelve decimal digits.

use std::fmt;
use std::str::FromStr;

/// An AWS account id: twelve decimal digits, leading zeros included. Eight bytes, `Copy`.
///
/// Source: <https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html>
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(u64);

/// Why a text is not an account id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("account id `{0}` is not twelve decimal digits")]
pub struct NotAnAccountId(pub String);

/// One more than the largest account id.
const ACCOUNT_IDS: u64 = 1_000_000_000_000;

impl AccountId {
    /// The account with this number, or `None` when it has more than twelve digits.
    #[must_use]
    pub const fn new(number: u64) -> Option<Self> {
        if number < ACCOUNT_IDS { Some(Self(number)) } else { None }
    }

    /// The id as a number, 0 to 999,999,999,999.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}

impl FromStr for AccountId {
    type Err = NotAnAccountId;

    fn from_str(text: &str) -> Result<Self, NotAnAccountId> {
        if text.len() != 12 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotAnAccountId(text.to_owned()));
        }
        text.parse().map(Self).map_err(|_| NotAnAccountId(text.to_owned()))
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Every request writes some: digit by digit takes a third of what the library's padding takes.
        let (mut digits, mut left) = ([b'0'; 12], self.0);
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (left % 10) as u8;
            left /= 10;
        }
        f.pad(std::str::from_utf8(&digits).unwrap_or_default())
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_digits_and_nothing_else() {
        for (text, accepted) in [
            ("123456789012", true),
            ("000000000001", true),
            ("12345678901", false),
            ("1234567890123", false),
            ("12345678901a", false),
            ("+12345678901", false),
            ("", false),
        ] {
            assert_eq!(text.parse::<AccountId>().is_ok(), accepted, "{text}");
        }
        assert_eq!("000000000001".parse::<AccountId>().unwrap().to_string(), "000000000001");
        assert_eq!(AccountId::new(1_000_000_000_000), None);
    }
}

//! The ids of an organization and of what is in it.
//!
//! Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html> and the pages beside it

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::random::{NoRandomness, Random};

/// The alphabet of new ids, of which every five random bits choose one without bias.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The policies that AWS manages.
const FULL_ACCESS: &str = "p-FullAWSAccess";
const RESOURCE_FULL_ACCESS: &str = "p-RCPFullAWSAccess";

/// Why a text is no id of its kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not the id of {kind}")]
pub struct NotAnOrganizationId {
    /// What it should be the id of.
    pub kind: &'static str,
    /// The text.
    pub text: String,
}

/// One type of id for each row: its name, what it is of, its prefix, how many characters a new one has after it, and how
/// many any may have, and which.
macro_rules! ids {
    ($($(#[$attribute:meta])* $name:ident: $kind:literal, $prefix:literal, $new:literal, $range:expr, $plain:expr;)*) => {$(
        $(#[$attribute])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(Arc<str>);

        impl $name {
            /// A new id.
            ///
            /// # Errors
            /// [`NoRandomness`] if the source fails.
            pub(crate) fn new(random: &dyn Random) -> Result<Self, NoRandomness> {
                let mut bytes = [0; $new];
                random.fill(&mut bytes)?;
                Ok(Self(format!(concat!($prefix, "{}"), letters(&bytes)).into()))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NotAnOrganizationId;

            fn from_str(text: &str) -> Result<Self, NotAnOrganizationId> {
                let sound = text
                    .strip_prefix($prefix)
                    .is_some_and(|rest| $range.contains(&rest.len()) && rest.bytes().all($plain));
                if sound {
                    Ok(Self(text.into()))
                } else {
                    Err(NotAnOrganizationId { kind: $kind, text: text.to_owned() })
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// The id of an organization: `o-` and 10 to 32 lower-case letters and digits.
    OrganizationId: "an organization", "o-", 10, (10..=32), small;
    /// The id of a root: `r-` and 4 to 32 lower-case letters and digits.
    RootId: "a root", "r-", 4, (4..=32), small;
    /// The id of a policy: `p-` and 8 to 128 letters, digits and underscores.
    PolicyId: "a policy", "p-", 10, (8..=128), word;
    /// The id of a handshake: `h-` and 8 to 32 lower-case letters and digits.
    HandshakeId: "a handshake", "h-", 32, (8..=32), small;
    /// The id of a request to create an account: `car-` and 8 to 32 lower-case letters and digits.
    CreationId: "a request to create an account", "car-", 32, (8..=32), small;
    /// The id of a resource policy: `rp-` and 4 to 128 letters, digits and underscores.
    ResourcePolicyId: "a resource policy", "rp-", 10, (4..=128), word;
}

/// The id of a unit: `ou-`, its root's id without `r-`, and after a hyphen 8 to 32 lower-case letters and digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UnitId(Arc<str>);

impl UnitId {
    /// A new id under a root.
    pub(crate) fn new(root: &RootId, random: &dyn Random) -> Result<Self, NoRandomness> {
        let mut bytes = [0; 8];
        random.fill(&mut bytes)?;
        let root = root.0.strip_prefix("r-").unwrap_or(&root.0);
        Ok(Self(format!("ou-{root}-{}", letters(&bytes)).into()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for UnitId {
    type Err = NotAnOrganizationId;

    fn from_str(text: &str) -> Result<Self, NotAnOrganizationId> {
        let plain = |part: &str, least| (least..=32).contains(&part.len()) && part.bytes().all(small);
        let parts = text.strip_prefix("ou-").and_then(|rest| rest.split_once('-'));
        if parts.is_some_and(|(root, own)| plain(root, 4) && plain(own, 8)) {
            Ok(Self(text.into()))
        } else {
            Err(NotAnOrganizationId { kind: "an organizational unit", text: text.to_owned() })
        }
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PolicyId {
    /// `p-FullAWSAccess`.
    #[must_use]
    pub fn full_access() -> Self {
        Self(FULL_ACCESS.into())
    }

    /// `p-RCPFullAWSAccess`.
    #[must_use]
    pub fn resource_full_access() -> Self {
        Self(RESOURCE_FULL_ACCESS.into())
    }

    /// Whether AWS manages the policy.
    #[must_use]
    pub fn is_managed(&self) -> bool {
        matches!(&*self.0, FULL_ACCESS | RESOURCE_FULL_ACCESS)
    }
}

const fn small(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

const fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn letters(bytes: &[u8]) -> String {
    let letter = |byte: &u8| ALPHABET.get(usize::from(byte & 31)).copied().unwrap_or(b'a');
    bytes.iter().map(letter).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Counter;

    #[test]
    fn ids_read_back() {
        let random = Counter::default();
        let root = RootId::new(&random).unwrap();
        let unit = UnitId::new(&root, &random).unwrap();
        assert_eq!(unit.as_str().parse(), Ok(unit.clone()));
        assert!(unit.as_str().starts_with(&format!("ou-{}-", &root.as_str()[2..])));
        let policy = PolicyId::new(&random).unwrap();
        assert_eq!(policy.as_str().parse(), Ok(policy));
        assert_eq!("p-FullAWSAccess".parse(), Ok(PolicyId::full_access()));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "o-", "o-123456789", "o-A123456789", "r-1234567890", "o-12345678901/"] {
            assert!(text.parse::<OrganizationId>().is_err(), "{text}");
        }
        for text in ["ou-abc-12345678", "ou-abcd-1234567", "ou-abcd12345678", "ou-abcd-1234-5678", "r-abcd"] {
            assert!(text.parse::<UnitId>().is_err(), "{text}");
        }
        assert_eq!(
            "h-1".parse::<HandshakeId>().unwrap_err().to_string(),
            "`h-1` is not the id of a handshake"
        );
    }
}

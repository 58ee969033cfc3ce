//! Unique ids: what an entity is called for ever, whatever its name.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::random::{NoRandomness, Random};

/// The length of a unique id: a prefix of four characters and seventeen more.
const LENGTH: usize = 21;

/// The alphabet of new ids: base32, of which every five random bits choose one without bias.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The unique id of an entity: 21 characters of `[A-Z0-9]`, the first four of which say what it is of. `Copy`, 21 bytes.
///
/// An id is never used again, so whoever keeps one can never mistake a new entity for a deleted one of the same name.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UniqueId([u8; LENGTH]);

/// What a [`UniqueId`] is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum IdKind {
    /// `AIDA…`: a user.
    User,
    /// `AGPA…`: a group.
    Group,
    /// `AROA…`: a role.
    Role,
    /// `ANPA…`: a managed policy.
    Policy,
    /// `AIPA…`: an instance profile.
    InstanceProfile,
    /// `ASCA…`: a server certificate.
    ServerCertificate,
}

/// Why a text is not a unique id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a unique id: AIDA, AGPA, AROA, ANPA, AIPA or ASCA and seventeen upper-case letters or digits"
)]
pub struct NotAUniqueId(pub String);

impl IdKind {
    const ALL: [Self; 6] =
        [Self::User, Self::Group, Self::Role, Self::Policy, Self::InstanceProfile, Self::ServerCertificate];

    /// The four characters every id of this kind begins with.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::User => "AIDA",
            Self::Group => "AGPA",
            Self::Role => "AROA",
            Self::Policy => "ANPA",
            Self::InstanceProfile => "AIPA",
            Self::ServerCertificate => "ASCA",
        }
    }

    fn of(prefix: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.prefix().as_bytes() == prefix)
    }
}

impl UniqueId {
    /// A new id of 85 random bits.
    ///
    /// # Errors
    /// [`NoRandomness`] if the source fails.
    pub fn new(kind: IdKind, random: &dyn Random) -> Result<Self, NoRandomness> {
        let mut bytes = [0; LENGTH];
        random.fill(&mut bytes)?;
        let tail = bytes.map(letter);
        let mut id = tail;
        for (place, byte) in id.iter_mut().zip(kind.prefix().bytes()) {
            *place = byte;
        }
        Ok(Self(id))
    }

    /// What it is of.
    #[must_use]
    pub fn kind(&self) -> IdKind {
        // Every constructor has seen a known prefix.
        self.0.get(..4).and_then(IdKind::of).unwrap_or(IdKind::User)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Every constructor admits ASCII only.
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

/// The letter that the low five bits of a byte choose.
pub(crate) fn letter(byte: u8) -> u8 {
    ALPHABET.get(usize::from(byte & 31)).copied().unwrap_or(b'A')
}

/// An id of another form: a prefix, and a letter for each of these random bytes.
pub(crate) fn lettered(prefix: &str, random: &[u8]) -> Arc<str> {
    let letters = random.iter().map(|byte| char::from(letter(*byte)));
    prefix.chars().chain(letters).collect::<String>().into()
}

impl FromStr for UniqueId {
    type Err = NotAUniqueId;

    fn from_str(text: &str) -> Result<Self, NotAUniqueId> {
        let refuse = || NotAUniqueId(text.to_owned());
        let bytes: [u8; LENGTH] = text.as_bytes().try_into().map_err(|_| refuse())?;
        let known = bytes.get(..4).and_then(IdKind::of).is_some();
        let plain = bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if known && plain { Ok(Self(bytes)) } else { Err(refuse()) }
    }
}

impl fmt::Display for UniqueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for UniqueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Counter;

    #[test]
    fn reads_what_it_makes() {
        let random = Counter::default();
        for kind in IdKind::ALL {
            let id = UniqueId::new(kind, &random).unwrap();
            assert_eq!((id.kind(), id.as_str().len()), (kind, 21));
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn refuses_everything_else() {
        for text in [
            "",
            "AIDA",
            "AIDACKCEVSQ6C2EXAMPL",
            "AIDACKCEVSQ6C2EXAMPLEX",
            "AKIACKCEVSQ6C2EXAMPLE",
            "AIDAckcevsq6c2example",
            "AIDACKCEVSQ6C2EXAMPL\u{e9}",
        ] {
            assert_eq!(text.parse::<UniqueId>(), Err(NotAUniqueId(text.to_owned())), "{text}");
        }
        assert!("AIDACKCEVSQ6C2EXAMPLE".parse::<UniqueId>().is_ok());
    }
}

//! Access keys.

use std::sync::Arc;

use doorward_policy::AccountId;
use doorward_sigv4::{AccessKeyId, SecretAccessKey};
use jiff::Timestamp;

use crate::keys::Key;
use crate::seal::{Purpose, SealBroken, Sealer};
use crate::unique_id::UniqueId;

/// A long-term access key. Its secret is sealed here; nobody can read it without the installation's [`Sealer`].
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html>
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccessKey {
    /// `AKIA…`.
    pub id: AccessKeyId,
    /// The account that it belongs to.
    pub account: AccountId,
    /// Whose it is.
    pub owner: KeyOwner,
    /// Whether requests may be signed with it.
    pub status: KeyStatus,
    /// When it was made, in whole seconds.
    pub created: Timestamp,
    pub(crate) sealed_secret: Box<[u8]>,
}

/// Whose an access key is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum KeyOwner {
    /// The root user of this account.
    Root(AccountId),
    /// The user with this id.
    User(UniqueId),
    /// The service of this name.
    Service(Arc<str>),
}

/// Whether requests may be signed with an access key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum KeyStatus {
    /// They may.
    Active,
    /// They may not, until it is made active again.
    Inactive,
}

/// An access key just made, with the secret that is shown this once.
#[derive(Clone, Debug)]
pub struct NewAccessKey {
    /// The key.
    pub key: AccessKey,
    /// Its secret.
    pub secret: SecretAccessKey,
}

impl AccessKey {
    /// The secret as it is stored, sealed: the same bytes are the same secret, and say nothing of it.
    #[must_use]
    pub const fn sealed_secret(&self) -> &[u8] {
        &self.sealed_secret
    }

    /// The secret. Costs one AES-GCM opening, under a microsecond; whoever verifies signatures caches signing keys.
    ///
    /// # Errors
    /// [`SealBroken`] if the master key is another one, or the stored secret was tampered with or moved here from
    /// another key.
    pub fn secret(&self, sealer: &Sealer) -> Result<SecretAccessKey, SealBroken> {
        let plain = sealer.open(Purpose::AccessKey, &Key::AccessKey(self.id).bytes(), &self.sealed_secret)?;
        let text = std::str::from_utf8(&plain).map_err(|_| SealBroken)?;
        Ok(SecretAccessKey::new(text))
    }
}

impl KeyStatus {
    /// Active or not.
    pub(crate) const fn of(active: bool) -> Self {
        if active { Self::Active } else { Self::Inactive }
    }

    /// The word in requests and answers.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html>
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Inactive => "Inactive",
        }
    }
}

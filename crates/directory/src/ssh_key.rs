//! SSH public keys of users.

use std::sync::Arc;

use jiff::Timestamp;

use crate::access_key::KeyStatus;
use crate::refusal::credentials::CredentialFault;
use crate::ssh::{NotAPublicKey, RsaPublicKey};
use crate::unique_id::UniqueId;

/// A public key that a user may show to a service that speaks SSH.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SSHPublicKey.html>
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SshKey {
    /// `APKA…`, 20 characters.
    pub id: Arc<str>,
    /// The user whose it is.
    pub user: UniqueId,
    /// Whether it may be used.
    pub status: KeyStatus,
    /// When it was uploaded, in whole seconds.
    pub uploaded: Timestamp,
    /// The key as it was uploaded.
    pub body: Arc<str>,
    pub(crate) key: RsaPublicKey,
}

/// How a public key is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// `ssh-rsa AAAA…`.
    Ssh,
    /// `-----BEGIN PUBLIC KEY-----…`.
    Pem,
}

/// A text that is found to be a public key.
#[derive(Clone, Debug)]
pub struct SshMaterial {
    pub(crate) body: Arc<str>,
    pub(crate) key: RsaPublicKey,
}

impl SshMaterial {
    /// Reads a public key of RSA, 2,048 bits or more, as an `ssh-rsa` line or PEM.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html>
    ///
    /// # Errors
    /// [`CredentialFault`]: it is written in another way, or broken or too short.
    pub fn read(body: &str) -> Result<Self, CredentialFault> {
        let key = RsaPublicKey::from_text(body).map_err(|fault| match fault {
            NotAPublicKey::Encoding => CredentialFault::UnknownKeyEncoding,
            NotAPublicKey::Key => CredentialFault::InvalidPublicKey,
        })?;
        Ok(Self { body: body.into(), key })
    }
}

impl SshKey {
    /// The MD5 digest of the key, as `16:27:…`.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.key.fingerprint()
    }

    /// The key written so: as it was uploaded where that is how it was written, and else without the comment that it had.
    /// `None` for a key that is too long for the encoding, which none is that was uploaded.
    #[must_use]
    pub fn written(&self, encoding: Encoding) -> Option<String> {
        let pem = self.body.trim_start().starts_with("-----BEGIN PUBLIC KEY-----");
        let line = self.body.trim_start().starts_with("ssh-rsa");
        match encoding {
            Encoding::Ssh if line => Some(self.body.to_string()),
            Encoding::Ssh => Some(self.key.line()),
            Encoding::Pem if pem => Some(self.body.to_string()),
            Encoding::Pem => self.key.pem(),
        }
    }
}

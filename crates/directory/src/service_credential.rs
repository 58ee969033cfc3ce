//! Credentials of users that are good for one service: a user name and a password, or a key.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::access_key::KeyStatus;
use crate::unique_id::UniqueId;

/// How many random bytes a secret is made of.
pub(crate) const SECRET_BYTES: usize = 45;

/// A service that has credentials of its own.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_service-specific-creds.html>
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ServiceKind {
    /// Amazon Bedrock: keys.
    Bedrock,
    /// Amazon Keyspaces, for Apache Cassandra: passwords.
    Cassandra,
    /// AWS CodeCommit: passwords.
    CodeCommit,
    /// Amazon CloudWatch Logs: keys.
    Logs,
}

/// How a service is asked with its credentials.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// With a user name and a password.
    Password,
    /// With a key that says whose it is, and may expire.
    Key,
}

impl ServiceKind {
    const ALL: [Self; 4] = [Self::Bedrock, Self::Cassandra, Self::CodeCommit, Self::Logs];

    /// The service of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its name, such as `codecommit.amazonaws.com`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bedrock => "bedrock.amazonaws.com",
            Self::Cassandra => "cassandra.amazonaws.com",
            Self::CodeCommit => "codecommit.amazonaws.com",
            Self::Logs => "logs.amazonaws.com",
        }
    }

    /// What its credentials are.
    #[must_use]
    pub const fn form(self) -> Form {
        match self {
            Self::Bedrock | Self::Logs => Form::Key,
            Self::Cassandra | Self::CodeCommit => Form::Password,
        }
    }

    /// What its keys begin with.
    const fn prefix(self) -> &'static str {
        match self {
            Self::Bedrock => "ABSK",
            Self::Logs => "ACWL",
            Self::Cassandra | Self::CodeCommit => "",
        }
    }
}

/// A credential of a user for one service. Its secret is not kept, only a digest of it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServiceSpecificCredential.html>
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceCredential {
    /// `ACCA…`, 21 characters.
    pub id: Arc<str>,
    /// The user whose it is.
    pub user: UniqueId,
    /// The one service that it is for.
    pub service: ServiceKind,
    /// What the service knows the user by: `ana-at-123456789012`. Unique in the installation, and never changed.
    pub alias: Arc<str>,
    /// Whether it may be used, expiry aside.
    pub status: KeyStatus,
    /// When it was made, in whole seconds.
    pub created: Timestamp,
    /// When it ends, in whole seconds; `None` for never.
    pub expires: Option<Timestamp>,
    pub(crate) digest: [u8; 32],
}

impl ServiceCredential {
    /// Whether this is its secret. The comparison takes the same time for every secret.
    #[must_use]
    pub fn is_secret(&self, secret: &str) -> bool {
        aws_lc_rs::constant_time::verify_slices_are_equal(&self.digest, &digest_of(secret)).is_ok()
    }

    /// Whether its time is over.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|expires| now >= expires)
    }
}

/// A credential with its secret, which is shown this once.
#[derive(Clone)]
pub struct NewServiceCredential {
    /// The credential.
    pub credential: ServiceCredential,
    /// Its password, or its key.
    pub secret: Zeroizing<String>,
}

impl fmt::Debug for NewServiceCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewServiceCredential({}, secret redacted)", self.credential.id)
    }
}

/// The secret of a credential: 360 random bits, in a key together with whose it is.
pub(crate) fn secret(service: ServiceKind, alias: &str, random: &[u8; SECRET_BYTES]) -> Zeroizing<String> {
    let password = Zeroizing::new(STANDARD.encode(random));
    match service.form() {
        Form::Password => password,
        Form::Key => {
            let pair = Zeroizing::new(format!("{alias}:{}", *password));
            Zeroizing::new(format!("{}{}", service.prefix(), STANDARD.encode(&*pair)))
        }
    }
}

/// What is kept of a secret. Its 360 random bits need no slower digest.
pub(crate) fn digest_of(secret: &str) -> [u8; 32] {
    let mut kept = [0; 32];
    kept.copy_from_slice(digest(&SHA256, secret.as_bytes()).as_ref());
    kept
}

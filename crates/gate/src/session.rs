//! Temporary credentials: a session is its sealed token. Nothing is written when one is made.

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use doorward_directory::UniqueId;
use doorward_directory::delegation::Approver;
use doorward_directory::seal::{Purpose, SEAL_BYTES, SealFailed, Sealer};
use doorward_policy::AccountId;
use doorward_sigv4::{AccessKeyId, SecretAccessKey};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::record;

/// The longest session token that is made or read, in characters. AWS publishes no limit; 4,096 is the typical size
/// that it tells its users to expect, and fits the header limits of common servers.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html>
pub const TOKEN_CHARACTERS_MAX: usize = 4_096;

/// The letters that every session token begins with: they name the format.
const TOKEN_PREFIX: &str = "Dw1.";

/// The longest record that is sealed without being compressed, in bytes.
const PLAIN_BYTES_MAX: usize = 1_536;

/// The bit of a record's length that says that it is compressed.
const COMPRESSED: u16 = 1 << 15;

/// The largest record that is unpacked, in bytes: several times what fits into a token uncompressed.
const RECORD_BYTES_MAX: u64 = 64 * 1024;

/// What a sealed token is bound to beside its content.
const ASSOCIATED: &[u8] = b"session token";

/// What temporary credentials stand for, frozen when they were made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    /// The id of the access key that goes with the token, `ASIA…`.
    pub access_key_id: AccessKeyId,
    /// The account that the credentials belong to.
    pub account: AccountId,
    /// When the session was made, in whole seconds.
    pub issued: Timestamp,
    /// When it ends, in whole seconds.
    pub expires: Timestamp,
    /// When the user showed a second factor for it, where one was shown.
    pub mfa: Option<Timestamp>,
    /// Who it makes of its holder.
    pub subject: Subject,
}

/// Who holds a session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Subject {
    /// The account's root user, through `GetSessionToken`.
    Root,
    /// An IAM user, through `GetSessionToken`.
    User(UniqueId),
    /// A federated user, through `GetFederationToken`.
    Federated(FederatedSession),
    /// A role.
    Role(RoleSession),
    /// A member account's root user, through `AssumeRoot`.
    AssumedRoot(RootSession),
    /// Whoever accepted a delegation request, through `GetDelegatedAccessToken`.
    Delegated(DelegatedSession),
}

impl Session {
    /// The policies that were passed when it was made.
    #[must_use]
    pub const fn policies(&self) -> Option<&SessionPolicies> {
        match &self.subject {
            Subject::Federated(session) => session.policies.as_ref(),
            Subject::Role(session) => session.policies.as_ref(),
            Subject::AssumedRoot(session) => Some(&session.task),
            Subject::Delegated(session) => Some(&session.policies),
            Subject::Root | Subject::User(_) => None,
        }
    }

    /// The managed policies that were passed when it was made.
    #[must_use]
    pub fn managed_policies(&self) -> &[UniqueId] {
        self.policies().map_or(&[], |policies| &policies.managed)
    }
}

/// A session that `GetFederationToken` made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FederatedSession {
    /// The name given to it.
    pub name: String,
    /// The user that asked for it; `None` for the account's root user.
    pub issuer: Option<UniqueId>,
    /// Session tags, in the order given.
    pub tags: Vec<(String, String)>,
    /// The policies passed; `None` when none were, which allows nothing.
    pub policies: Option<SessionPolicies>,
}

/// A session of a role.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoleSession {
    /// The role.
    pub role: UniqueId,
    /// The session's name.
    pub name: String,
    /// Session tags: those passed and those inherited.
    pub tags: Vec<(String, String)>,
    /// The keys of the tags that the next session of a chain inherits.
    pub transitive: Vec<String>,
    /// The source identity, once set.
    pub source_identity: Option<String>,
    /// The policies passed; `None` when none were, which takes nothing away.
    pub policies: Option<SessionPolicies>,
}

/// A session of a member account's root user, for one task.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RootSession {
    /// The task's managed policy, and no other. It denies all that is not the task and allows nothing by itself.
    pub task: SessionPolicies,
    /// The source identity that the caller's session had.
    pub source_identity: Option<String>,
}

/// A session that `GetDelegatedAccessToken` made: its holder is whoever accepted the request, and may do what they may, as
/// far as the request asks for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DelegatedSession {
    /// Who accepted the request.
    pub approver: Approver,
    /// The account of the provider that holds the session.
    pub provider: AccountId,
    /// What the request asks for.
    pub policies: SessionPolicies,
}

/// The session policies passed when a session was made.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SessionPolicies {
    /// The inline policy's text.
    pub inline: Option<String>,
    /// The managed policies, read in their current default version at every request. When one is deleted the session
    /// ends: what it denied would otherwise be allowed.
    pub managed: Vec<UniqueId>,
}

/// What the holder of a session is given. `Debug` shows neither secret nor token.
pub struct SessionCredentials {
    /// The access key id, `ASIA…`.
    pub access_key_id: AccessKeyId,
    /// The secret that signs.
    pub secret: SecretAccessKey,
    /// The token that must accompany every request.
    pub token: String,
    /// When they end.
    pub expires: Timestamp,
}

impl std::fmt::Debug for SessionCredentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SessionCredentials")
            .field("access_key_id", &self.access_key_id)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

/// Why a session cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotSealed {
    /// The token would be longer than [`TOKEN_CHARACTERS_MAX`].
    #[error("the session token would have {characters} characters, {TOKEN_CHARACTERS_MAX} are allowed")]
    TooLong {
        /// How many it would have.
        characters: usize,
    },
    /// It could not be written.
    #[error("the session could not be written")]
    Unwritten,
    /// The operating system gave no randomness, or the cipher failed.
    #[error("the session token could not be sealed")]
    Failed(#[source] SealFailed),
}

/// A text that is no session token of this installation: truncated, tampered with, or from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a session token of this installation")]
pub struct NotAToken;

/// Seals a session with the secret of its access key. `secret` is 30 random bytes. A token that would be shorter than
/// `characters_min` is padded, so that clients can be tested against long ones.
///
/// Cost: one encryption of a few hundred bytes; no write.
///
/// # Errors
/// [`NotSealed`].
pub fn seal(
    sealer: &Sealer,
    session: &Session,
    secret: &[u8; 30],
    characters_min: usize,
) -> Result<SessionCredentials, NotSealed> {
    let plain = packed(session, secret, characters_min).ok_or(NotSealed::Unwritten)?;
    let sealed = sealer.seal(Purpose::SessionToken, ASSOCIATED, &plain).map_err(NotSealed::Failed)?;
    let token = format!("{TOKEN_PREFIX}{}", URL_SAFE_NO_PAD.encode(sealed));
    if token.len() > TOKEN_CHARACTERS_MAX {
        return Err(NotSealed::TooLong { characters: token.len() });
    }
    Ok(SessionCredentials {
        access_key_id: session.access_key_id,
        secret: SecretAccessKey::from_random(secret),
        token,
        expires: session.expires,
    })
}

/// Opens a token: the session it stands for, and the secret of its access key. Whether it has expired, and whether its
/// user or role still exists, is for the caller to check.
///
/// # Errors
/// [`NotAToken`] for anything but an untouched token of this installation.
pub fn open(sealer: &Sealer, token: &str) -> Result<(Session, SecretAccessKey), NotAToken> {
    if token.len() > TOKEN_CHARACTERS_MAX {
        return Err(NotAToken);
    }
    let encoded = token.strip_prefix(TOKEN_PREFIX).ok_or(NotAToken)?;
    let sealed = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| NotAToken)?;
    let plain = sealer.open(Purpose::SessionToken, ASSOCIATED, &sealed).map_err(|_| NotAToken)?;
    let (session, secret) = unpacked(&plain).and_then(|record| record::decode(&record)).ok_or(NotAToken)?;
    Ok((session, SecretAccessKey::from_random(&secret)))
}

/// A session's record as it is sealed: its length, itself, and zeros up to the length asked for. A long record is
/// compressed, which the top bit of the length tells; a short one is not worth the time.
fn packed(session: &Session, secret: &[u8; 30], characters_min: usize) -> Option<Zeroizing<Vec<u8>>> {
    let record = record::encode(session, secret)?;
    let (mark, record) = if record.len() > PLAIN_BYTES_MAX {
        let mut encoder = DeflateEncoder::new(Vec::with_capacity(record.len()), Compression::default());
        encoder.write_all(&record).ok()?;
        (COMPRESSED, Zeroizing::new(encoder.finish().ok()?))
    } else {
        (0, record)
    };
    let length = u16::try_from(record.len()).ok().filter(|length| length & COMPRESSED == 0)?;
    let mut plain = Zeroizing::new(Vec::with_capacity(record.len() + 2));
    plain.extend_from_slice(&(mark | length).to_be_bytes());
    plain.extend_from_slice(&record);
    let sealed_min =
        (characters_min.min(TOKEN_CHARACTERS_MAX).saturating_sub(TOKEN_PREFIX.len()) * 3).div_ceil(4);
    let length = plain.len().max(sealed_min.saturating_sub(SEAL_BYTES));
    plain.resize(length, 0);
    Some(plain)
}

/// The record that [`packed`] packed.
fn unpacked(plain: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (head, rest) = plain.split_first_chunk()?;
    let head = u16::from_be_bytes(*head);
    let stored = rest.get(..usize::from(head & !COMPRESSED))?;
    let mut record = Zeroizing::new(Vec::new());
    if head & COMPRESSED == 0 {
        record.extend_from_slice(stored);
    } else {
        DeflateDecoder::new(stored).take(RECORD_BYTES_MAX).read_to_end(&mut record).ok()?;
    }
    Some(record)
}

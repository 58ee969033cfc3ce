//! Wrapping: data keys are stored under a master key, which seals nothing else.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce};
use zeroize::Zeroizing;

use super::{MasterKey, SealFailed, derive, fingerprint};
use crate::random::{NoRandomness, Random};

/// A master key, wherever it is: here, or with a service that uses it for us.
pub trait Wrap: Send + Sync {
    /// What tells it from other master keys. Stands in the store beside what it has wrapped; no secret.
    fn name(&self) -> &str;

    /// Wraps a key.
    ///
    /// # Errors
    /// [`WrapFailed`].
    fn wrap(&self, key: &[u8]) -> Result<Vec<u8>, WrapFailed>;

    /// Opens what [`wrap`](Self::wrap) wrapped.
    ///
    /// # Errors
    /// [`WrapFailed`].
    fn open(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, WrapFailed>;

    /// Where the key is used.
    fn reach(&self) -> Reach;
}

/// Where a master key is used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// In this process: wrapping and opening take microseconds.
    Here,
    /// By a service: they may take seconds, and fail.
    Service,
}

/// Why a key cannot be wrapped, or a wrapped one not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WrapFailed {
    /// Another master key wrapped it, or it was changed.
    #[error("another master key wrapped it, or it was changed")]
    Broken,
    /// No nonce could be made.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The service that has the master key does not do it; what it says, in one line.
    #[error("{0}")]
    Service(String),
}

/// A master key that this process holds.
pub(super) struct Held {
    name: String,
    key: LessSafeKey,
    random: Arc<dyn Random>,
}

impl MasterKey {
    /// The key, ready to wrap others.
    ///
    /// # Errors
    /// [`SealFailed::Refused`] if nothing can be derived from it.
    pub fn wrapping(&self, random: Arc<dyn Random>) -> Result<Arc<dyn Wrap>, SealFailed> {
        let name = format!("key/{}", hexadecimal(&fingerprint(&self.0[..])?));
        Ok(Arc::new(Held { name, key: derive(&self.0[..], b"doorward data key")?, random }))
    }
}

/// A fingerprint in hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Wrap for Held {
    fn name(&self) -> &str {
        &self.name
    }

    fn wrap(&self, key: &[u8]) -> Result<Vec<u8>, WrapFailed> {
        let mut nonce = [0; NONCE_LEN];
        self.random.fill(&mut nonce)?;
        let mut wrapped = Vec::with_capacity(NONCE_LEN + key.len() + AES_256_GCM.tag_len());
        wrapped.extend_from_slice(&nonce);
        wrapped.extend_from_slice(key);
        let (_, body) = wrapped.split_at_mut(NONCE_LEN);
        let nonce = Nonce::assume_unique_for_key(nonce);
        let tag = self.key.seal_in_place_separate_tag(nonce, Aad::empty(), body);
        wrapped.extend_from_slice(tag.map_err(|_| WrapFailed::Broken)?.as_ref());
        Ok(wrapped)
    }

    fn open(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, WrapFailed> {
        let (nonce, body) = wrapped.split_first_chunk::<NONCE_LEN>().ok_or(WrapFailed::Broken)?;
        let mut plain = Zeroizing::new(body.to_vec());
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened = self.key.open_in_place(nonce, Aad::empty(), &mut plain);
        let length = opened.map_err(|_| WrapFailed::Broken)?.len();
        plain.truncate(length);
        Ok(plain)
    }

    fn reach(&self) -> Reach {
        Reach::Here
    }
}

//! Keys that are open: one for each purpose, derived from those of the keyring.

use std::sync::Arc;

use aws_lc_rs::aead::{Aad, LessSafeKey, NONCE_LEN, Nonce};
use zeroize::Zeroizing;

use super::{
    Fingerprint, KEY_ID_BYTES, Purpose, Ring, SEAL_BYTES, SealBroken, SealFailed, derive, fingerprint,
};
use crate::keyring::{KeyState, Keyring};
use crate::random::Random;
use crate::snapshot::Stored;

/// The keys of a keyring, open.
#[derive(Default)]
pub(crate) struct Keys {
    /// The keyring, if all of its keys are here.
    ring: Option<Arc<Stored<Keyring>>>,
    data: Option<Arc<Opened>>,
    sessions: Option<Arc<Opened>>,
    all: Vec<Arc<Opened>>,
}

/// One key of the keyring, and those derived from it.
pub(super) struct Opened {
    id: u32,
    ring: Ring,
    fingerprint: Fingerprint,
    access_key: LessSafeKey,
    mfa_seed: LessSafeKey,
    password: LessSafeKey,
    installation: LessSafeKey,
    session_token: LessSafeKey,
    server_certificate: LessSafeKey,
    authorization_message: LessSafeKey,
    saml_private_key: LessSafeKey,
    token_key: LessSafeKey,
    exchange_token: LessSafeKey,
}

impl Opened {
    pub(super) fn new(id: u32, ring: Ring, key: &[u8]) -> Result<Arc<Self>, SealFailed> {
        Ok(Arc::new(Self {
            id,
            ring,
            fingerprint: fingerprint(key)?,
            access_key: derive(key, b"doorward access key secret")?,
            mfa_seed: derive(key, b"doorward mfa seed")?,
            password: derive(key, b"doorward password hash")?,
            installation: derive(key, b"doorward installation")?,
            session_token: derive(key, b"doorward session token")?,
            server_certificate: derive(key, b"doorward server certificate")?,
            authorization_message: derive(key, b"doorward authorization message")?,
            saml_private_key: derive(key, b"doorward saml private key")?,
            token_key: derive(key, b"doorward token key")?,
            exchange_token: derive(key, b"doorward exchange token")?,
        }))
    }

    const fn key(&self, purpose: Purpose) -> &LessSafeKey {
        match purpose {
            Purpose::AccessKey => &self.access_key,
            Purpose::MfaSeed => &self.mfa_seed,
            Purpose::Password => &self.password,
            Purpose::Installation => &self.installation,
            Purpose::SessionToken => &self.session_token,
            Purpose::ServerCertificate => &self.server_certificate,
            Purpose::AuthorizationMessage => &self.authorization_message,
            Purpose::SamlPrivateKey => &self.saml_private_key,
            Purpose::TokenKey => &self.token_key,
            Purpose::ExchangeToken => &self.exchange_token,
        }
    }
}

impl Keys {
    /// Whether these are all the keys of a keyring.
    pub(super) fn are_of(&self, ring: Option<&Arc<Stored<Keyring>>>) -> bool {
        match (&self.ring, ring) {
            (Some(own), Some(ring)) => Arc::ptr_eq(own, ring),
            (None, None) => self.all.is_empty(),
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    pub(super) fn complete(self, ring: &Arc<Stored<Keyring>>) -> Self {
        Self { ring: Some(Arc::clone(ring)), ..self }
    }

    /// A key that is open already.
    pub(super) fn reused(&self, id: u32, fingerprint: &Fingerprint) -> Option<Arc<Opened>> {
        let same = |key: &&Arc<Opened>| key.id == id && key.fingerprint == *fingerprint;
        self.all.iter().find(same).map(Arc::clone)
    }

    pub(super) fn put(&mut self, key: Arc<Opened>, state: KeyState) {
        if state == KeyState::Current {
            let current = match key.ring {
                Ring::Data => &mut self.data,
                Ring::Sessions => &mut self.sessions,
            };
            *current = Some(Arc::clone(&key));
        }
        self.all.push(key);
    }

    /// The id of the key that seals.
    pub(crate) fn current(&self, ring: Ring) -> Option<u32> {
        self.sealing(ring).map(|key| key.id)
    }

    const fn sealing(&self, ring: Ring) -> Option<&Arc<Opened>> {
        match ring {
            Ring::Data => self.data.as_ref(),
            Ring::Sessions => self.sessions.as_ref(),
        }
    }

    /// See [`Sealer::seal`](super::Sealer::seal).
    pub(crate) fn seal(
        &self,
        random: &dyn Random,
        purpose: Purpose,
        place: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, SealFailed> {
        let key = self.sealing(purpose.ring()).ok_or(SealFailed::NoKey)?;
        let mut nonce = [0; NONCE_LEN];
        random.fill(&mut nonce)?;
        let mut sealed = Vec::with_capacity(plain.len() + SEAL_BYTES);
        sealed.extend_from_slice(&key.id.to_be_bytes());
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let (_, body) = sealed.split_at_mut(KEY_ID_BYTES + NONCE_LEN);
        let tag = key
            .key(purpose)
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(place), body)
            .map_err(|_| SealFailed::Refused)?;
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// See [`Sealer::open`](super::Sealer::open).
    pub(crate) fn open(
        &self,
        purpose: Purpose,
        place: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealBroken> {
        let (id, rest) = sealed.split_first_chunk::<KEY_ID_BYTES>().ok_or(SealBroken)?;
        let (nonce, body) = rest.split_first_chunk::<NONCE_LEN>().ok_or(SealBroken)?;
        let (id, ring) = (u32::from_be_bytes(*id), purpose.ring());
        let key = self.all.iter().find(|key| key.id == id && key.ring == ring).ok_or(SealBroken)?;
        let mut plain = Zeroizing::new(body.to_vec());
        let length = key
            .key(purpose)
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(place), &mut plain)
            .map_err(|_| SealBroken)?
            .len();
        plain.truncate(length);
        Ok(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Counter;

    fn keys(key: u8) -> Keys {
        let mut keys = Keys::default();
        keys.put(Opened::new(1, Ring::Data, &[key; 32]).unwrap(), KeyState::Current);
        keys.put(Opened::new(2, Ring::Sessions, &[key; 32]).unwrap(), KeyState::Current);
        keys
    }

    fn seal(keys: &Keys, purpose: Purpose, plain: &[u8]) -> Vec<u8> {
        keys.seal(&Counter::default(), purpose, b"place", plain).unwrap()
    }

    #[test]
    fn opens_only_where_it_was_sealed() {
        let sealed = seal(&keys(1), Purpose::AccessKey, b"secret");
        assert_eq!(sealed.len(), 6 + SEAL_BYTES);
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
        for (key, purpose, place, opens) in [
            (1, Purpose::AccessKey, &b"place"[..], true),
            (2, Purpose::AccessKey, b"place", false),
            (1, Purpose::Installation, b"place", false),
            (1, Purpose::SessionToken, b"place", false),
            (1, Purpose::ServerCertificate, b"place", false),
            (1, Purpose::AccessKey, b"other", false),
        ] {
            let opened = keys(key).open(purpose, place, &sealed);
            assert_eq!(opened.map(|plain| plain.to_vec()).ok(), opens.then(|| b"secret".to_vec()));
        }
    }

    #[test]
    fn every_changed_or_missing_byte_breaks_it() {
        let keys = keys(1);
        let sealed = seal(&keys, Purpose::Installation, b"secret");
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert_eq!(keys.open(Purpose::Installation, b"place", &changed), Err(SealBroken), "byte {index}");
            assert_eq!(keys.open(Purpose::Installation, b"place", &sealed[..index]), Err(SealBroken));
        }
    }

    #[test]
    fn the_same_value_never_looks_the_same() {
        let (keys, random) = (keys(1), Counter::default());
        let seal = || keys.seal(&random, Purpose::SessionToken, b"", b"secret").unwrap();
        assert_ne!(seal(), seal());
    }

    #[test]
    fn the_current_key_seals_and_all_open() {
        let mut keys = keys(1);
        let before = seal(&keys, Purpose::AccessKey, b"secret");
        keys.put(Opened::new(3, Ring::Data, &[3; 32]).unwrap(), KeyState::Next);
        assert_eq!(super::super::key_of(&seal(&keys, Purpose::AccessKey, b"secret")), Some(1));
        keys.put(Opened::new(4, Ring::Data, &[4; 32]).unwrap(), KeyState::Current);
        let after = seal(&keys, Purpose::AccessKey, b"secret");
        assert_eq!(super::super::key_of(&after), Some(4));
        for sealed in [before, after] {
            assert!(keys.open(Purpose::AccessKey, b"place", &sealed).is_ok());
        }
        assert_eq!(
            Keys::default().seal(&Counter::default(), Purpose::AccessKey, b"", b""),
            Err(SealFailed::NoKey)
        );
    }
}

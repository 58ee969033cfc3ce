//! What is sealed: where it stands, and under which key.

use super::Snapshot;
use crate::keyring::Uses;
use crate::keys::Key;
use crate::seal::key_of;

impl Snapshot {
    /// How many stored values each data key has sealed. Costs a pass over all of them.
    #[must_use]
    pub fn data_key_uses(&self) -> Uses {
        let mut uses = Uses::new();
        self.each_sealed(|_, sealed| {
            if let Some(id) = key_of(sealed) {
                *uses.entry(id).or_default() += 1;
            }
        });
        uses
    }

    /// The records in which something is sealed under another data key than this one, each once, in the order in which they
    /// were written.
    pub(crate) fn sealed_under_others(&self, current: u32) -> Vec<Key> {
        let mut places = Vec::new();
        self.each_sealed(|key, sealed| {
            if key_of(sealed) != Some(current) {
                places.push(key());
            }
        });
        places.sort_unstable();
        places.dedup();
        places.sort_by_key(|key| self.revision_of(key));
        places
    }

    /// Shows every sealed value, with the key of its record.
    fn each_sealed(&self, mut see: impl FnMut(&dyn Fn() -> Key, &[u8])) {
        for (id, key) in self.keys.iter() {
            see(&|| Key::AccessKey(*id), &key.sealed_secret);
        }
        for (user, login) in self.logins.iter() {
            login.sealed().for_each(|sealed| see(&|| Key::Login(*user), sealed));
        }
        for (account, held) in &self.accounts {
            for (place, device) in &held.devices {
                see(&|| Key::MfaDevice(*account, place.clone()), &device.sealed_seed);
            }
            for (name, certificate) in &held.server_certificates {
                see(&|| Key::ServerCertificate(*account, name.clone()), &certificate.sealed_key);
            }
            for (name, provider) in &held.saml {
                let keys = provider.private_keys.iter();
                keys.for_each(|key| see(&|| Key::Saml(*account, name.clone()), &key.sealed));
            }
            if let Some(issuer) = &held.issuer {
                issuer.keys.iter().for_each(|key| see(&|| Key::Issuer(*account), &key.sealed));
            }
        }
        if let Some(ring) = &self.keyring {
            ring.sessions.iter().for_each(|key| see(&|| Key::Keyring, &key.sealed));
        }
    }
}

//! Signing keys of long-term access keys, derived once for the day, not with each request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use doorward_sigv4::{AccessKeyId, Scope, SigningKey};

/// Signing keys by what they were derived from.
///
/// Whether an access key may be used at all is asked of the snapshot first, each time: nothing here lets anybody in. Only
/// keys that a signature was verified with are kept, so that strangers leave nothing. They wipe themselves when they go.
///
/// Two generations: what is asked for moves to the young one; when that has [`ACCESS_KEYS_MAX`], it becomes the old one,
/// and what was left in the old one goes.
#[derive(Debug, Default)]
pub(crate) struct SigningKeys {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    young: HashMap<AccessKeyId, Known>,
    old: HashMap<AccessKeyId, Known>,
}

/// What is known of one access key.
#[derive(Debug)]
struct Known {
    /// The secret that everything here was derived from, sealed: under another one all of it is void.
    sealed: Box<[u8]>,
    scopes: Vec<(OwnedScope, Arc<SigningKey>)>,
}

/// A [`Scope`] that is kept.
#[derive(Debug)]
struct OwnedScope {
    date: Box<str>,
    region: Box<str>,
    service: Box<str>,
}

/// How many access keys a generation holds. One takes about a kilobyte.
const ACCESS_KEYS_MAX: usize = 4096;

/// How many days, regions and services of one access key are kept: those used first go first.
const SCOPES_MAX: usize = 8;

impl SigningKeys {
    /// The signing key for a scope that was derived from an access key's secret, given as it is stored, if it is kept.
    pub(crate) fn find(&self, id: AccessKeyId, sealed: &[u8], scope: &Scope<'_>) -> Option<Arc<SigningKey>> {
        let mut kept = self.kept();
        let known = kept.known(id)?;
        if *known.sealed != *sealed {
            return None;
        }
        known.scopes.iter().find(|(own, _)| own.is(scope)).map(|(_, key)| Arc::clone(key))
    }

    /// Keeps a signing key that a signature was verified with.
    pub(crate) fn keep(&self, id: AccessKeyId, sealed: &[u8], scope: &Scope<'_>, key: SigningKey) {
        let mut kept = self.kept();
        let mut known = match kept.young.remove(&id) {
            Some(known) if *known.sealed == *sealed => known,
            Some(_) | None => Known { sealed: sealed.into(), scopes: Vec::new() },
        };
        known.scopes.retain(|(own, _)| !own.is(scope));
        if known.scopes.len() == SCOPES_MAX {
            known.scopes.remove(0);
        }
        known.scopes.push((OwnedScope::of(scope), Arc::new(key)));
        kept.put(id, known);
    }

    // Nothing is done under this lock that could leave it half done.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn known(&mut self, id: AccessKeyId) -> Option<&Known> {
        if !self.young.contains_key(&id) {
            let known = self.old.remove(&id)?;
            self.put(id, known);
        }
        self.young.get(&id)
    }

    fn put(&mut self, id: AccessKeyId, known: Known) {
        if self.young.len() == ACCESS_KEYS_MAX {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(id, known);
    }
}

impl OwnedScope {
    fn of(scope: &Scope<'_>) -> Self {
        Self { date: scope.date.into(), region: scope.region.into(), service: scope.service.into() }
    }

    fn is(&self, scope: &Scope<'_>) -> bool {
        *self.date == *scope.date && *self.region == *scope.region && *self.service == *scope.service
    }
}

#[cfg(test)]
mod tests {
    use doorward_sigv4::SecretAccessKey;

    use super::*;

    fn id(number: usize) -> AccessKeyId {
        let letters =
            [number / 676, number / 26 % 26, number % 26].map(|letter| char::from(b'A' + letter as u8));
        format!("AKIAIOSFODNN7EXAM{}", letters.iter().collect::<String>()).parse().unwrap()
    }

    const TODAY: Scope<'_> = Scope { date: "20261122", region: "us-east-1", service: "iam" };

    fn keep(keys: &SigningKeys, number: usize, sealed: &[u8], scope: &Scope<'_>) {
        let key = SigningKey::derive(&SecretAccessKey::new("secret"), scope);
        keys.keep(id(number), sealed, scope, key);
    }

    #[test]
    fn a_key_is_found_by_all_that_it_was_derived_from() {
        let keys = SigningKeys::default();
        keep(&keys, 0, b"sealed", &TODAY);
        let found = |number, sealed: &[u8], scope| keys.find(id(number), sealed, &scope).is_some();
        assert!(found(0, b"sealed", TODAY));
        assert!(!found(1, b"sealed", TODAY));
        assert!(!found(0, b"resealed", TODAY));
        assert!(!found(0, b"sealed", Scope { date: "20261123", ..TODAY }));
        assert!(!found(0, b"sealed", Scope { region: "eu-west-1", ..TODAY }));
        assert!(!found(0, b"sealed", Scope { service: "sts", ..TODAY }));
        keep(&keys, 0, b"resealed", &Scope { service: "sts", ..TODAY });
        assert!(!found(0, b"sealed", TODAY) && !found(0, b"resealed", TODAY));
        assert!(found(0, b"resealed", Scope { service: "sts", ..TODAY }));
    }

    #[test]
    fn only_so_many_are_kept_and_those_in_use_stay() {
        let keys = SigningKeys::default();
        for number in 0..2 * ACCESS_KEYS_MAX + 10 {
            keep(&keys, number, b"sealed", &TODAY);
            assert!(keys.find(id(0), b"sealed", &TODAY).is_some(), "{number}");
        }
        assert!(keys.find(id(1), b"sealed", &TODAY).is_none());
        let kept = keys.kept();
        assert!(kept.young.len() <= ACCESS_KEYS_MAX && kept.old.len() <= ACCESS_KEYS_MAX);
    }

    #[test]
    fn a_key_has_so_many_scopes() {
        let keys = SigningKeys::default();
        let regions: Vec<String> = (0..=SCOPES_MAX).map(|number| format!("region-{number}")).collect();
        for region in &regions {
            keep(&keys, 0, b"sealed", &Scope { region, ..TODAY });
            keep(&keys, 0, b"sealed", &Scope { region, ..TODAY });
        }
        let found = |region: &&String| keys.find(id(0), b"sealed", &Scope { region, ..TODAY }).is_some();
        assert_eq!(regions.iter().filter(found).count(), SCOPES_MAX);
        assert!(!found(&&regions[0]));
    }
}

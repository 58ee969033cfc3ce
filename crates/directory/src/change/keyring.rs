//! The keys of the installation: made, turned, dropped, and what they seal sealed anew.
//!
//! Each function is one step, and each step leaves an installation in which everything opens: whoever is stopped between
//! two of them, or meets another who does the same, goes on from where the keyring is.

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::{Draft, owned};
use crate::access_key::AccessKey;
use crate::certificate::ServerCertificate;
use crate::issuer::{self, Issuer};
use crate::keyring::{
    DataKey, KEY_BYTES, KeyState, Keyring, SessionKey, Step, Wrapped, session_place, turns,
};
use crate::keys::Key;
use crate::mfa::MfaDevice;
use crate::password::LoginProfile;
use crate::provider::SamlProvider;
use crate::record::Fact;
use crate::refusal::Refusal;
use crate::seal::{Asking, Keys, Purpose, SealFailed, Sealer, fingerprint};

/// Makes the first keys, which seal at once.
pub(crate) fn begin(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let (ring, keys) = first(draft.sealer(), draft.now())?;
    draft.sealing = keys.into();
    put(draft, ring)
}

/// The keys that an installation begins with: the ring, and its data key, open.
pub(crate) fn first(sealer: &Sealer, now: Timestamp) -> Result<(Keyring, Keys), Refusal> {
    let data = DataKey { state: KeyState::Current, ..sealer.new_data_key(1, now)? };
    let ring = Keyring { data: vec![data], sessions: Vec::new(), last_id: 1 };
    let (keys, opened) = sealer.opened(&Keys::default(), &ring, Asking::Allowed);
    opened.map_err(|unopened| invalid("keyring", unopened.to_string()))?;
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    sealer.random().fill(&mut key[..])?;
    let sealed = keys.seal(sealer.random(), Purpose::Installation, &session_place(2), &key[..])?.into();
    let (state, fingerprint) = (KeyState::Current, fingerprint(&key[..])?);
    let session = SessionKey { id: 2, state, created: now, since: now, fingerprint, sealed };
    Ok((Keyring { sessions: vec![session], last_id: 2, ..ring }, keys))
}

/// Makes another session key. It seals once it has been published for a while.
///
/// # Errors
/// [`Refusal`]: one is on its way already.
pub fn rotate_sessions(draft: &mut Draft<'_>) -> Result<u32, Refusal> {
    let mut ring = keyring(draft)?;
    if let Some(next) = ring.sessions.iter().find(|key| key.state == KeyState::Next) {
        return Err(invalid("ring", format!("session key {} is about to seal", next.id)));
    }
    let id = next_id(&mut ring)?;
    ring.sessions.push(new_session_key(draft, id)?);
    put(draft, ring).map(|()| id)
}

/// Makes another data key. It seals once it has been published for a while; then everything is sealed anew under it.
///
/// # Errors
/// [`Refusal`]: one is on its way already, the master key changes, or it cannot wrap the key.
pub fn rotate_data(draft: &mut Draft<'_>) -> Result<u32, Refusal> {
    let mut ring = keyring(draft)?;
    if ring.rotates_data() {
        return Err(invalid("ring", "the data key changes already".to_owned()));
    }
    let own = draft.sealer().master();
    if let Some(key) = ring.data.iter().find(|key| key.wraps.len() != 1 || !key.is_under(own)) {
        let reason = format!(
            "the master key changes: data key {} is under {}, and this server has `{own}`",
            key.id,
            key.masters()
        );
        return Err(invalid("ring", reason));
    }
    let id = next_id(&mut ring)?;
    let made = draft.sealer().new_data_key(id, draft.now()).map_err(|failed| match failed {
        SealFailed::Unwrapped(cause) => invalid("ring", format!("the master key cannot be used: {cause}")),
        SealFailed::NoRandomness(_) | SealFailed::Refused | SealFailed::NoKey => failed.into(),
    });
    ring.data.push(made?);
    put(draft, ring).map(|()| id)
}

/// Adds to every data key what another master key wraps it as: from now on both open them.
///
/// # Errors
/// [`Refusal`]: the data keys are others by now, or another change of the master key is under way.
pub fn add_master(draft: &mut Draft<'_>, wraps: &[(u32, Wrapped)]) -> Result<(), Refusal> {
    let mut ring = keyring(draft)?;
    let Some((_, Wrapped { master, .. })) = wraps.first() else {
        return Err(invalid("wraps", "there are none".to_owned()));
    };
    let others = || ring.masters().into_iter().filter(|name| **name != **master);
    if others().count() > 1 {
        let reason = "the master key changes already, to another one".to_owned();
        return Err(invalid("wraps", reason));
    }
    let ids = ring.data.iter().map(|key| key.id);
    if !ids.eq(wraps.iter().map(|(id, _)| *id)) || wraps.iter().any(|(_, wrapped)| wrapped.master != *master)
    {
        return Err(invalid(
            "wraps",
            "they are not those of the present data keys, under one master key".to_owned(),
        ));
    }
    for (key, (_, wrapped)) in ring.data.iter_mut().zip(wraps) {
        key.wraps.retain(|other| other.master != *master);
        key.wraps.push(wrapped.clone());
    }
    put(draft, ring)
}

/// Takes from every data key what other master keys than this one wrap it as: they open nothing any more.
///
/// # Errors
/// [`Refusal`]: the master key of this name does not open all of them.
pub fn keep_master(draft: &mut Draft<'_>, master: &str) -> Result<(), Refusal> {
    let mut ring = keyring(draft)?;
    if !ring.masters().contains(&master) {
        return Err(invalid("master", format!("`{master}` does not open the data keys")));
    }
    if ring.data.iter().all(|key| key.wraps.len() == 1) {
        return Ok(());
    }
    for key in &mut ring.data {
        key.wraps.retain(|wrapped| *wrapped.master == *master);
    }
    put(draft, ring)
}

/// Turns the keys that are next and have been published for long enough, drops the session keys that are over, and makes
/// another one when the one that seals has done so for long.
pub(crate) fn turn(draft: &mut Draft<'_>) -> Result<Vec<Step>, Refusal> {
    let Some(ring) = draft.snapshot().keyring() else { return Ok(Vec::new()) };
    let (mut ring, now, mut steps) = (owned(ring), whole_second(draft.now()), Vec::new());
    let data = ring.data.iter().position(|key| turns(key.state, key.since, now));
    if let Some(at) = data {
        for (index, key) in ring.data.iter_mut().enumerate() {
            let turned = turned(key.state, index == at);
            if turned != key.state {
                (key.state, key.since) = (turned, now);
            }
            if index == at {
                steps.push(Step::DataTurned(key.id));
            }
        }
    }
    let sessions = ring.sessions.iter().position(|key| turns(key.state, key.since, now));
    if let Some(at) = sessions {
        for (index, key) in ring.sessions.iter_mut().enumerate() {
            let turned = turned(key.state, index == at);
            if turned != key.state {
                (key.state, key.since) = (turned, now);
            }
            if index == at {
                steps.push(Step::SessionsTurned(key.id));
            }
        }
    }
    steps.extend(ring.sessions.iter().filter(|key| key.is_over(now)).map(|key| Step::SessionDropped(key.id)));
    ring.sessions.retain(|key| !key.is_over(now));
    if ring.wants_session_key(now) {
        let id = next_id(&mut ring)?;
        ring.sessions.push(new_session_key(draft, id)?);
        steps.push(Step::SessionsMade(id));
    }
    if !steps.is_empty() {
        put(draft, ring)?;
    }
    Ok(steps)
}

/// What a key is after another of its ring, or itself, has become current.
const fn turned(state: KeyState, is_new: bool) -> KeyState {
    match (state, is_new) {
        (_, true) => KeyState::Current,
        (KeyState::Current | KeyState::Old, false) => KeyState::Old,
        (KeyState::Next, false) => KeyState::Next,
    }
}

/// Seals the secrets of these records under the data key that seals now. How many values that were.
pub(crate) fn reseal(draft: &mut Draft<'_>, places: &[Key]) -> Result<usize, Refusal> {
    let mut count = 0;
    for place in places {
        if let Some((fact, values)) = resealed(draft, place)? {
            draft.put(place.clone(), fact)?;
            count += values;
        }
    }
    Ok(count)
}

/// Drops the old data keys, if nothing is sealed under them. That nothing is now is enough: whatever seals under them after
/// that has planned on an older keyring, and is not committed.
pub(crate) fn drop_data(draft: &mut Draft<'_>) -> Result<Vec<Step>, Refusal> {
    let mut ring = keyring(draft)?;
    let uses = draft.snapshot().data_key_uses();
    let goes = |state: KeyState, id: u32| state == KeyState::Old && !uses.contains_key(&id);
    let gone = ring.data.iter().filter(|key| goes(key.state, key.id));
    let steps: Vec<Step> = gone.map(|key| Step::DataDropped(key.id)).collect();
    if !steps.is_empty() {
        ring.data.retain(|key| !goes(key.state, key.id));
        put(draft, ring)?;
    }
    Ok(steps)
}

/// A record with its secrets sealed anew, and how many were.
fn resealed(draft: &mut Draft<'_>, place: &Key) -> Result<Option<(Fact, usize)>, Refusal> {
    let base = draft.base;
    Ok(match place {
        Key::Keyring => {
            let mut ring = keyring(draft)?;
            let mut count = 0;
            for key in &mut ring.sessions {
                count += renew(draft, Purpose::Installation, &key.place(), &mut key.sealed)?;
            }
            (count > 0).then_some((Fact::Keyring(ring), count))
        }
        Key::AccessKey(id) => {
            let Some(found) = base.access_key(*id) else { return Ok(None) };
            let again = draft.resealed(Purpose::AccessKey, &place.bytes(), &found.sealed_secret)?;
            again.map(|sealed_secret| (Fact::AccessKey(AccessKey { sealed_secret, ..found.clone() }), 1))
        }
        Key::Login(user) => {
            let Some(found) = base.login_profile(*user) else { return Ok(None) };
            let mut login: LoginProfile = owned(found);
            let mut count = renew(draft, Purpose::Password, &place.bytes(), &mut login.sealed_hash)?;
            for sealed in &mut login.sealed_previous {
                count += renew(draft, Purpose::Password, &place.bytes(), sealed)?;
            }
            (count > 0).then_some((Fact::Login(login), count))
        }
        Key::MfaDevice(account, path_and_name) => {
            let Some(found) = base.mfa_device_at(*account, path_and_name) else { return Ok(None) };
            let again = draft.resealed(Purpose::MfaSeed, &place.bytes(), &found.sealed_seed)?;
            again.map(|sealed_seed| (Fact::MfaDevice(MfaDevice { sealed_seed, ..owned(found) }), 1))
        }
        Key::ServerCertificate(account, name) => {
            let Some(found) = base.server_certificate(*account, name) else { return Ok(None) };
            let own = found.id.as_str().as_bytes();
            let again = draft.resealed(Purpose::ServerCertificate, own, &found.sealed_key)?;
            again.map(|sealed| {
                let certificate = ServerCertificate { sealed_key: sealed.into(), ..owned(found) };
                (Fact::ServerCertificate(certificate), 1)
            })
        }
        Key::Saml(account, name) => {
            let Some(found) = base.saml_provider(*account, name) else { return Ok(None) };
            let (mut provider, mut count): (SamlProvider, usize) = (owned(found), 0);
            for key in &mut provider.private_keys {
                count += renew(draft, Purpose::SamlPrivateKey, &found.place(&key.id), &mut key.sealed)?;
            }
            (count > 0).then_some((Fact::Saml(provider), count))
        }
        Key::Issuer(account) => {
            let Some(found) = base.issuer(*account) else { return Ok(None) };
            let (mut issuer, mut count): (Issuer, usize) = (owned(found), 0);
            for key in &mut issuer.keys {
                let own = issuer::place(*account, &key.id);
                count += renew(draft, Purpose::TokenKey, &own, &mut key.sealed)?;
            }
            (count > 0).then_some((Fact::Issuer(issuer), count))
        }
        // Nothing in these is sealed.
        Key::Format
        | Key::Installation
        | Key::Account(_)
        | Key::Alias(_)
        | Key::User(..)
        | Key::Group(..)
        | Key::Role(..)
        | Key::Policy(..)
        | Key::Profile(..)
        | Key::Version(..)
        | Key::Inline(..)
        | Key::PasswordPolicy(_)
        | Key::Oidc(..)
        | Key::Service(_)
        | Key::SigningCertificate(..)
        | Key::SshKey(..)
        | Key::ServiceCredential(..)
        | Key::LinkedDeletion(..)
        | Key::CredentialReport(_)
        | Key::KeyUse(_)
        | Key::RoleUse(_)
        | Key::Report(..)
        | Key::Delegation(_)
        | Key::Organization(_)
        | Key::Guard(_)
        | Key::Fence(..) => None,
    })
}

/// Seals one value anew, if it is under another key; how many that were.
fn renew(
    draft: &mut Draft<'_>,
    purpose: Purpose,
    place: &[u8],
    sealed: &mut Box<[u8]>,
) -> Result<usize, Refusal> {
    let Some(again) = draft.resealed(purpose, place, sealed)? else { return Ok(0) };
    *sealed = again;
    Ok(1)
}

fn new_session_key(draft: &mut Draft<'_>, id: u32) -> Result<SessionKey, Refusal> {
    let key: Zeroizing<[u8; KEY_BYTES]> = draft.random()?;
    let sealed = draft.seal(Purpose::Installation, &session_place(id), &key[..])?;
    let (state, now, fingerprint) = (KeyState::Next, draft.now(), fingerprint(&key[..])?);
    Ok(SessionKey { id, state, created: now, since: now, fingerprint, sealed })
}

fn next_id(ring: &mut Keyring) -> Result<u32, Refusal> {
    ring.last_id = ring.last_id.checked_add(1).ok_or_else(|| invalid("ring", "it is full".to_owned()))?;
    Ok(ring.last_id)
}

fn keyring(draft: &Draft<'_>) -> Result<Keyring, Refusal> {
    let ring = draft.snapshot().keyring().map(owned);
    ring.ok_or_else(|| invalid("ring", "the installation has not had its first start".to_owned()))
}

fn put(draft: &mut Draft<'_>, ring: Keyring) -> Result<(), Refusal> {
    draft.put(Key::Keyring, Fact::Keyring(ring))
}

fn invalid(field: &'static str, reason: String) -> Refusal {
    Refusal::InvalidValue { field, reason }
}

/// Times are stored in whole seconds.
fn whole_second(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

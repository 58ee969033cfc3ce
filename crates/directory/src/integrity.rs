//! Whether a stored directory holds together: every record reads back, everything that is named is there, policies
//! parse, and secrets open.
//!
//! A server needs none of this to be right: it refuses what it cannot read, and denies where something is missing. This is
//! for whoever wants to know before it matters: after a restore, a fault of a disk, or a change by hand.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use doorward_policy::AccountId;
use doorward_store::{KeyRange, ReadError, Revision, Scan};

use crate::format::{self, FORMAT};
use crate::keys::delegation::Place as DelegationPlace;
use crate::keys::{Key, PREFIX};
use crate::record::{Fact, decode};
use crate::seal::{Asking, Sealer};
use crate::snapshot::{LoadError, Snapshot, Stored};
use crate::text::Texts;
use crate::unique_id::UniqueId;

mod links;
mod organization;

/// What a check found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// The revision that was checked.
    pub revision: Revision,
    /// How many records there are of each kind, such as `user`.
    pub counts: BTreeMap<String, u64>,
    /// What is wrong, in the order of the keys.
    pub findings: Vec<Finding>,
}

/// Something that is wrong.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Finding {
    /// The key of the record.
    pub key: String,
    /// What is wrong with it.
    pub fault: String,
    /// What can be done.
    pub remedy: &'static str,
    /// How bad it is.
    pub severity: Severity,
}

/// How bad a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Nothing is decided otherwise because of it.
    Warning,
    /// Something is refused because of it, or everything.
    Error,
}

/// What to do where nothing of the directory's own can help.
const RESTORE: &str = "restore a backup";

/// What to do about something left over.
const REPORT: &str = "nothing needs it; please report how it came about";

/// Checks everything that a store holds of a directory. With a sealer, also whether the secrets of access keys open.
///
/// Costs a pass over all records, and about the memory of a server.
///
/// # Errors
/// [`ReadError`] if the store cannot be read. What is wrong with its contents is in the report.
pub fn check(stored: &dyn doorward_store::Snapshot, sealer: Option<&Sealer>) -> Result<Report, ReadError> {
    let mut check = Check::new(stored.revision());
    if let Some(source) = doorward_store::fill::unfinished(stored)? {
        let fault = format!("the restore of `{source}` was interrupted: a part of it is missing");
        check.find(doorward_store::fill::MARK.to_owned(), fault, "empty the store and restore again");
    }
    if let Some((fault, remedy)) = unserved(stored)? {
        check.find(Key::Format.to_string(), fault, remedy);
        // Nothing can be said about records of another format.
        let Check { revision, counts, findings, .. } = check;
        return Ok(Report { revision, counts, findings });
    }
    for item in Scan::new(stored, KeyRange::prefix(PREFIX.as_bytes())) {
        let (key, entry) = item?;
        check.read(key.as_bytes(), entry.value.as_bytes(), entry.revision);
    }
    check.indexes();
    check.installation();
    check.keyring(sealer);
    for (key, fact) in &check.facts {
        let found = check.faults(key, fact, sealer);
        check.findings.extend(found);
    }
    check.findings.sort();
    let Check { revision, counts, findings, .. } = check;
    Ok(Report { revision, counts, findings })
}

/// What is wrong with the format of a store, and what can be done.
fn unserved(stored: &dyn doorward_store::Snapshot) -> Result<Option<(String, &'static str)>, ReadError> {
    let served = format::of(stored).and_then(|found| match found {
        Some((format, _)) => Ok(format.served_by(FORMAT)?),
        // What else there may be is told with the records.
        None => Ok(()),
    });
    match served {
        Ok(()) => Ok(None),
        Err(LoadError::Store(error)) => Err(error),
        Err(error) => Ok(Some((error.to_string(), "check it with the version that serves it"))),
    }
}

/// What is known while checking.
struct Check {
    revision: Revision,
    texts: Texts,
    facts: BTreeMap<Key, Fact>,
    revisions: Vec<Revision>,
    /// Which record has an id.
    ids: HashMap<UniqueId, Key>,
    counts: BTreeMap<String, u64>,
    findings: Vec<Finding>,
}

impl Check {
    fn new(revision: Revision) -> Self {
        Self {
            revision,
            texts: Texts::default(),
            facts: BTreeMap::new(),
            revisions: Vec::new(),
            ids: HashMap::new(),
            counts: BTreeMap::new(),
            findings: Vec::new(),
        }
    }

    fn find(&mut self, key: String, fault: String, remedy: &'static str) {
        self.findings.push(Finding { key, fault, remedy, severity: Severity::Error });
    }

    /// Takes one record in.
    fn read(&mut self, key: &[u8], value: &[u8], revision: Revision) {
        let shown = key.escape_ascii().to_string();
        let Ok(key) = Key::read(key) else {
            return self.find(shown, "this version knows no such key".to_owned(), "use a newer program");
        };
        *self.counts.entry(kind(&shown).to_owned()).or_default() += 1;
        let fact = match decode(&key, value, &self.texts) {
            Ok(fact) => fact,
            Err(bad) => return self.find(shown, format!("it cannot be read: {}", bad.reason), RESTORE),
        };
        if let Some(id) = id_of(&fact)
            && let Some(other) = self.ids.insert(id, key.clone())
        {
            self.find(shown, format!("its unique id `{id}` is also that of `{other}`"), RESTORE);
        }
        self.revisions.push(revision);
        self.facts.insert(key, fact);
    }

    /// Indexes made from the first record to the last, and from the last to the first, must be the same.
    fn indexes(&mut self) {
        let (mut forth, mut back) = (Snapshot::empty(), Snapshot::empty());
        let newest = self.revision;
        let all = || self.facts.iter().map(|(key, fact)| (key, Some((fact.clone(), newest))));
        all().for_each(|(key, new)| forth.set(key, new));
        all().rev().for_each(|(key, new)| back.set(key, new));
        if forth != back {
            let fault = "records exclude each other: what is found depends on their order".to_owned();
            self.find(PREFIX.to_owned(), fault, RESTORE);
        }
    }

    /// There must be an installation where there is anything.
    fn installation(&mut self) {
        if !self.facts.is_empty() && !self.facts.contains_key(&Key::Installation) {
            let fault = "it is missing, and other records are there".to_owned();
            self.find(Key::Installation.to_string(), fault, RESTORE);
        }
        if self.facts.contains_key(&Key::Installation) && !self.facts.contains_key(&Key::Format) {
            let fault = "it is missing: nothing says how the records are to be read".to_owned();
            self.find(Key::Format.to_string(), fault, RESTORE);
        }
    }

    /// There must be keys where there is an installation, and the master key that is given must open them.
    fn keyring(&mut self, sealer: Option<&Sealer>) {
        let Some(Fact::Keyring(ring)) = self.facts.get(&Key::Keyring) else {
            if self.facts.contains_key(&Key::Installation) {
                let fault = "it is missing: nothing that is sealed opens".to_owned();
                self.find(Key::Keyring.to_string(), fault, RESTORE);
            }
            return;
        };
        let stored = Arc::new(Stored { value: ring.clone(), revision: self.revision });
        if let Some(Err(unopened)) = sealer.map(|sealer| sealer.follow(Some(&stored), Asking::Allowed)) {
            self.find(
                Key::Keyring.to_string(),
                unopened.to_string(),
                "give the installation's own master key",
            );
        }
    }

    fn has_account(&self, id: AccountId) -> bool {
        self.facts.contains_key(&Key::Account(id))
    }

    /// What is wrong with one record.
    fn faults(&self, key: &Key, fact: &Fact, sealer: Option<&Sealer>) -> Vec<Finding> {
        let mut faults = Faults { key, found: Vec::new() };
        if let Some(account) = account_of(key)
            && !self.has_account(account)
        {
            faults.error(format!("there is no account {account}"), RESTORE);
        }
        self.links(key, fact, sealer, &mut faults);
        faults.found
    }
}

/// What is wrong with one record.
struct Faults<'a> {
    key: &'a Key,
    found: Vec<Finding>,
}

impl Faults<'_> {
    fn error(&mut self, fault: String, remedy: &'static str) {
        let key = self.key.to_string();
        self.found.push(Finding { key, fault, remedy, severity: Severity::Error });
    }

    fn warning(&mut self, fault: String, remedy: &'static str) {
        let key = self.key.to_string();
        self.found.push(Finding { key, fault, remedy, severity: Severity::Warning });
    }

    fn unless(&mut self, holds: bool, fault: impl FnOnce() -> String, remedy: &'static str) {
        if !holds {
            self.error(fault(), remedy);
        }
    }
}

/// The kind of record that a key is of: its first word.
fn kind(key: &str) -> &str {
    let rest = key.strip_prefix(PREFIX).unwrap_or(key);
    rest.split_once('/').map_or(rest, |(kind, _)| kind)
}

/// The account that a key is below.
fn account_of(key: &Key) -> Option<AccountId> {
    match key {
        Key::User(account, _)
        | Key::Group(account, _)
        | Key::Role(account, _)
        | Key::Policy(account, _)
        | Key::Profile(account, _)
        | Key::MfaDevice(account, _)
        | Key::PasswordPolicy(account)
        | Key::Issuer(account)
        | Key::Oidc(account, _)
        | Key::Saml(account, _)
        | Key::ServerCertificate(account, _)
        | Key::SigningCertificate(account, _)
        | Key::LinkedDeletion(account, _)
        | Key::CredentialReport(account)
        | Key::Report(account, _)
        | Key::Delegation(DelegationPlace::Request(account, _))
        | Key::Fence(account, _) => Some(*account),
        Key::Format
        | Key::Installation
        | Key::Keyring
        | Key::Account(_)
        | Key::Alias(_)
        | Key::Version(..)
        | Key::Inline(..)
        | Key::AccessKey(_)
        | Key::Login(_)
        | Key::Service(_)
        | Key::SshKey(..)
        | Key::ServiceCredential(..)
        | Key::KeyUse(_)
        | Key::RoleUse(_)
        | Key::Delegation(DelegationPlace::Notice(..))
        // Members are checked with the organization.
        | Key::Organization(_)
        | Key::Guard(_) => None,
    }
}

/// The unique id that a record gives something.
fn id_of(fact: &Fact) -> Option<UniqueId> {
    match fact {
        Fact::User(user) => Some(user.id),
        Fact::Group(group) => Some(group.id),
        Fact::Role(role) => Some(role.id),
        Fact::Policy(policy) => Some(policy.id),
        Fact::Profile(profile) => Some(profile.id),
        Fact::ServerCertificate(certificate) => Some(certificate.id),
        Fact::Format(_)
        | Fact::Installation(_)
        | Fact::Keyring(_)
        | Fact::Account(_)
        | Fact::Alias(_)
        | Fact::Version(_)
        | Fact::Inline(_)
        | Fact::AccessKey(_)
        | Fact::Login(_)
        | Fact::MfaDevice(_)
        | Fact::PasswordPolicy(_)
        | Fact::Issuer(_)
        | Fact::Oidc(_)
        | Fact::Saml(_)
        | Fact::Service(_)
        | Fact::SigningCertificate(_)
        | Fact::SshKey(_)
        | Fact::ServiceCredential(_)
        | Fact::LinkedDeletion(_)
        | Fact::CredentialReport(_)
        | Fact::Use(_)
        | Fact::Report(_)
        | Fact::Delegation(_)
        | Fact::Organization(_)
        | Fact::Guard
        | Fact::Fence(_) => None,
    }
}

#[cfg(test)]
mod tests;

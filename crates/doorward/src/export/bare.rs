//! Importing without secrets: what is nothing without one is left out, and the installation begins with keys of its own.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use doorward_directory::bootstrap::{FirstStart, bootstrap};
use doorward_directory::format::Unservable;
use doorward_directory::portable::{self, Bare, Secrets};
use doorward_directory::random::SystemRandom;
use doorward_directory::seal::Sealer;
use doorward_policy::AccountId;
use doorward_store::{Key, KeyRange, Memory, Revision, Scan, Store, Value};
use jiff::Timestamp;
use serde_json::Value as Json;

use super::{BadLine, Lines};
use crate::administer::table;
use crate::arguments::ImportedSecrets;
use crate::config::{Config, FixedKey};
use crate::credentials::{Credentials, Keys, ROOT_PROFILE};
use crate::installation::{self, not_written};
use crate::progress::grouped;
use crate::restore;

/// What is taken of a first start: the installation's keys, and the root user's access key.
const TAKEN: [&str; 2] = ["iam/keyring", "iam/key/"];

/// Imports an export, with or without secrets in it, as if it had none.
///
/// # Errors
/// A line is not as it must be, the place is not empty, or the new keys cannot be made or kept.
pub(super) fn import(config: &Config, mut file: File, path: &Path, name: &str) -> Result<()> {
    // Everything is read before anything is written.
    let survey = survey(Lines::begin(&file, path, ImportedSecrets::None)?)?;
    restore::check_empty(&config.data)?;
    let key = installation::new_key(survey.management)?;
    let made = first_records(config, survey.management, &key)?;
    file.rewind()?;
    let lines = Kept(Lines::begin(&file, path, ImportedSecrets::None)?);
    let entries = merged(made, lines);
    // As at a first start: the key is in the file before it is good.
    let profile = config.data.local().map(|place| Profile::put(place, key)).transpose()?;
    let filled = restore::fill_place(&config.data, name, entries, "importing");
    let count = match (filled, profile) {
        (Ok(count), _) => count,
        (Err(error), None) => return Err(error),
        (Err(error), Some(profile)) => return profile.undo().and(Err(error)),
    };
    say(&survey, count, config)
}

/// What is known of an export before it is imported.
struct Survey {
    management: AccountId,
    lost: Vec<(String, &'static str)>,
}

fn survey<R: Read>(mut lines: Lines<R>) -> Result<Survey> {
    let (mut management, mut lost, mut format) = (None, Vec::new(), Vec::new());
    while let Some(bare) = lines.bare() {
        match bare? {
            Bare::Whole(key, value) if key.as_bytes() == b"iam/installation" => {
                let line = portable::line(key.as_bytes(), value.as_bytes(), Secrets::Omitted)?;
                let line: Json = serde_json::from_str(&line)?;
                management =
                    line.pointer("/record/management_account").and_then(Json::as_str).map(str::parse);
            }
            Bare::Whole(key, value) if key.as_bytes() == b"iam/format" => format.push((key, value)),
            Bare::Whole(..) => {}
            Bare::Lessened { key, lost: what, .. } => lost.push((key.to_string(), what)),
            Bare::Dropped { key, lost: what } => lost.push((key, what)),
        }
    }
    let missing = "the record `installation` is missing: this is not all of an export";
    let management = management.ok_or_else(|| lines.bad(missing.to_owned()))??;
    if format.is_empty() {
        bail!(Unservable::Missing);
    }
    restore::readable(format)?;
    Ok(Survey { management, lost })
}

/// The records of what an installation cannot do without, made as a first start makes them.
fn first_records(config: &Config, account: AccountId, key: &FixedKey) -> Result<Vec<(Key, Value)>> {
    let store = Arc::new(Memory::default());
    let master = installation::master_key(&config.master_key, Revision::ZERO)?;
    let sealer = Arc::new(Sealer::under(master, Arc::new(SystemRandom)));
    let directory = restore::open(store.clone(), sealer)?;
    let root_key = Some((key.id, key.secret.clone()));
    let first = FirstStart { account, account_name: installation::ACCOUNT_NAME.into(), root_key };
    bootstrap(&directory, &first, Timestamp::now())?;
    let snapshot = store.snapshot()?;
    let all = TAKEN.iter().flat_map(|key| Scan::new(&*snapshot, KeyRange::prefix(key.as_bytes())));
    let mut made =
        all.map(|entry| entry.map(|(key, entry)| (key, entry.value))).collect::<Result<Vec<_>, _>>()?;
    made.sort_by(|(left, _), (right, _)| left.cmp(right));
    Ok(made)
}

/// What is left of an export, without what is left out.
struct Kept<R>(Lines<R>);

impl<R: Read> Iterator for Kept<R> {
    type Item = Result<(Key, Value), BadLine>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            return Some(match self.0.bare()? {
                Ok(Bare::Dropped { .. }) => continue,
                Ok(Bare::Whole(key, value) | Bare::Lessened { key, value, .. }) => Ok((key, value)),
                Err(bad) => Err(bad),
            });
        }
    }
}

/// Both, in the order of their keys.
fn merged<E>(
    made: Vec<(Key, Value)>,
    lines: impl Iterator<Item = Result<(Key, Value), E>>,
) -> impl Iterator<Item = Result<(Key, Value), E>> {
    let (mut made, mut lines) = (made.into_iter().peekable(), lines.peekable());
    std::iter::from_fn(move || {
        let first = match (made.peek(), lines.peek()) {
            (Some((new, _)), Some(Ok((old, _)))) => new < old,
            (Some(_), None) => true,
            (_, Some(_)) | (None, None) => false,
        };
        if first { made.next().map(Ok) } else { lines.next() }
    })
}

/// The root user's profile in the credentials file, and what it was before.
struct Profile {
    file: Credentials,
    before: Option<Keys>,
}

impl Profile {
    fn put(place: &Path, FixedKey { id, secret }: FixedKey) -> Result<Self> {
        let file = Credentials::of(place);
        let keys = Keys { access_key_id: id.to_string(), secret_access_key: secret };
        let before = installation::put_root(&file, &keys)?;
        Ok(Self { file, before })
    }

    fn undo(self) -> Result<()> {
        let Self { file, before } = self;
        let undone = before.map_or_else(|| file.remove(ROOT_PROFILE), |keys| file.put(ROOT_PROFILE, &keys));
        undone.with_context(|| not_written(file.path()))
    }
}

fn say(survey: &Survey, count: u64, config: &Config) -> Result<()> {
    let row = |(key, what): &(String, &str)| vec![key.clone(), (*what).to_owned()];
    if !survey.lost.is_empty() {
        table(["LEFT OUT", "WHAT"], survey.lost.iter().map(row))?;
    }
    let mut kinds = BTreeMap::<_, u64>::new();
    for (_, what) in &survey.lost {
        *kinds.entry(*what).or_default() += 1;
    }
    let kinds: Vec<String> =
        kinds.iter().map(|(what, count)| format!("{what}: {}", grouped(*count))).collect();
    let mut said = anstream::stderr();
    writeln!(said, "Imported {} records without secrets. Left out: {}.", grouped(count), kinds.join("; "))?;
    if let Some(place) = config.data.local() {
        let file = Credentials::of(place);
        writeln!(
            said,
            "Nobody can sign in but the root user of the management account {}, by a new access key: {}, profile \
             {ROOT_PROFILE}. Users, services and the root users of other accounts need new keys, passwords and MFA devices.",
            survey.management,
            file.path().display()
        )?;
    }
    Ok(())
}

//! `doorward keys …`, `doorward service rotate-key` and `doorward account rotate-key`: the keys of an installation shown, and
//! changed while its server runs.
//!
//! The data keys go from one master key to another here, where both are at hand: the server sees them wrapped only.

use std::io::Write as _;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use doorward_directory::random::SystemRandom;
use doorward_directory::seal::{MasterKey, Wrap, rewrapped};
use doorward_server::administration::{
    self, AccessKeyRotated, HolderOfKey, KeyRing, KeyRings, KeysToRotate, MasterToKeep, NoInput, Operation,
    WrappedKey, WrappedKeys,
};
use doorward_store::Revision;
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::administer::{Reached, hand_over, reach, table};
use crate::arguments;
use crate::config::{Config, MasterKeySource, NEW_MASTER_KEY, Place, Sources};
use crate::credentials::{ROOT_PROFILE, root_profile};
use crate::{client, installation};

/// A revision at which no file is made: the store has secrets.
const NOT_FIRST: Revision = Revision(1);

/// `doorward keys` and `doorward keys list`.
///
/// # Errors
/// The installation cannot be reached, or refuses.
pub fn list(options: &arguments::ListKeys) -> Result<()> {
    let (place, reached) = reach(&options.installation)?;
    let rings: KeyRings = match reached {
        Reached::Server => client::ask(&place, Operation::ListKeys, &NoInput {})?,
        Reached::Store(directory) => administration::key_rings(&directory.snapshot(), Timestamp::now()),
    };
    if options.json {
        return Ok(writeln!(anstream::stdout(), "{}", serde_json::to_string_pretty(&rings)?)?);
    }
    show(rings)
}

fn show(rings: KeyRings) -> Result<()> {
    let masters = rings.masters.iter().map(|master| {
        let next =
            if rings.masters.len() > 1 { "`doorward keys rotate master --finish` keeps one" } else { "" };
        vec![
            "master".to_owned(),
            master.clone(),
            "current".to_owned(),
            String::new(),
            String::new(),
            next.to_owned(),
        ]
    });
    let keys = rings.keys.iter().map(|key| {
        let id = match &key.account {
            Some(account) => format!("{} ({account})", key.id),
            None => key.id.clone(),
        };
        let values = key.values.map(|values| values.to_string()).unwrap_or_default();
        let (ring, next) = (key.ring.name().to_owned(), key.next.clone().unwrap_or_default());
        vec![ring, id, key.state.clone(), key.made.clone(), values, next]
    });
    table(["RING", "KEY", "STATE", "MADE", "VALUES", "NEXT"], masters.chain(keys))
}

/// `doorward keys rotate`, of any ring but the master key's.
///
/// # Errors
/// The installation cannot be reached, or refuses.
pub fn rotate(ring: KeyRing, account: Option<String>, options: &arguments::Installation) -> Result<()> {
    let (place, reached) = reach(options)?;
    let asked = KeysToRotate { ring, account };
    let rings: KeyRings = match reached {
        Reached::Server => client::ask(&place, Operation::RotateKeys, &asked)?,
        Reached::Store(directory) => administration::rotate_keys(&directory, Timestamp::now(), &asked)?.0,
    };
    show(KeyRings {
        masters: Vec::new(),
        keys: rings.keys.into_iter().filter(|key| key.ring == ring).collect(),
    })?;
    let rest = match ring {
        KeyRing::Data => "\nA running server does the rest: `doorward keys` shows how far it is.",
        KeyRing::Sessions => {
            "\nA running server does the rest. Sessions under the old key stay valid until they end."
        }
        KeyRing::Tokens => {
            "\nThe new key is published now. It signs when whoever keeps the old ones has had time to see it."
        }
    };
    Ok(writeln!(anstream::stdout(), "{rest}")?)
}

/// `doorward keys rotate master`.
///
/// # Errors
/// A master key cannot be had or does not open the data keys, or the installation cannot be reached, or refuses.
pub fn rotate_master(options: &arguments::RotateMaster) -> Result<()> {
    let config = installation::config(&options.installation)?;
    let present = installation::master_key(&config.master_key, NOT_FIRST)?;
    if options.finish {
        return finish(options, &*present);
    }
    let new = successor(options, &config)?;
    let (place, reached) = reach(&options.installation)?;
    let wrapped: WrappedKeys = match &reached {
        Reached::Server => client::ask(&place, Operation::GetWrappedKeys, &NoInput {})?,
        Reached::Store(directory) => administration::wrapped_keys(&directory.snapshot()),
    };
    let own = wrapped.keys.iter().filter(|key| *key.master == *present.name());
    let again = own.map(|key| {
        let bytes = STANDARD.decode(&key.wrapped).context("the server sent a key that is not in base64")?;
        let again = rewrapped(key.id, &bytes, &*present, &*new)?;
        Ok(WrappedKey { id: key.id, master: new.name().to_owned(), wrapped: STANDARD.encode(again) })
    });
    let again = WrappedKeys { keys: again.collect::<Result<_>>()? };
    if again.keys.is_empty() {
        bail!("the data keys are not under `{}`, which is the master key configured here", present.name());
    }
    match reached {
        Reached::Server => client::ask::<NoInput>(&place, Operation::AddMasterKey, &again).map(drop)?,
        Reached::Store(directory) => {
            administration::add_master_key(&directory, Timestamp::now(), &again).map(drop)?
        }
    }
    let mut out = anstream::stdout();
    if new.name() == present.name() {
        return Ok(writeln!(out, "The data keys are wrapped anew under `{}`.", new.name())?);
    }
    writeln!(out, "The data keys open under `{}` and under `{}`.\n", present.name(), new.name())?;
    writeln!(
        out,
        "Next: configure the new master key on every server, restart them one after the other, and then run"
    )?;
    Ok(writeln!(out, "`doorward keys rotate master --finish` with the new configuration.")?)
}

fn finish(options: &arguments::RotateMaster, present: &dyn Wrap) -> Result<()> {
    let keep = MasterToKeep { master: present.name().to_owned() };
    let (place, reached) = reach(&options.installation)?;
    match reached {
        Reached::Server => client::ask::<NoInput>(&place, Operation::KeepMasterKey, &keep).map(drop)?,
        Reached::Store(directory) => {
            administration::keep_master_key(&directory, Timestamp::now(), &keep).map(drop)?
        }
    }
    Ok(writeln!(anstream::stdout(), "`{}` alone opens the data keys.", keep.master)?)
}

/// The master key that shall take the present one's place: of a file, which is made if there is none, of a configuration, or
/// of the environment; where Vault has the present one and nothing is said, the same, in its newest version.
fn successor(options: &arguments::RotateMaster, config: &Config) -> Result<Arc<dyn Wrap>> {
    let text = std::env::var_os(NEW_MASTER_KEY).map(|text| text.into_string());
    match (&options.to_file, &options.to_config, text) {
        (Some(file), None, None) => {
            Ok(MasterKey::load_or_make(file.as_ref(), &SystemRandom)?.wrapping(Arc::new(SystemRandom))?)
        }
        (None, Some(file), None) => {
            let data = match &config.data {
                Place::Memory => Some("memory".to_owned()),
                Place::Directory(path) => Some(path.display().to_string()),
                // The file must say the rest of it too.
                Place::Etcd(_) => None,
            };
            let flags = vec![("data", "--data", data)];
            // Other secrets of the environment are the present configuration's.
            let kept = ["DOORWARD_MASTER_KEY_VAULT_TOKEN", "DOORWARD_ETCD_PASSWORD"];
            let tokens = std::env::vars_os().filter(|(name, _)| kept.iter().any(|kept| name == kept));
            let sources = Sources { config: Some(file.clone()), flags, environment: tokens.collect() };
            let new = Config::read(sources)?;
            if let MasterKeySource::File(file) = &new.master_key
                && *file != std::path::Path::new("")
            {
                return Ok(MasterKey::load_or_make(file, &SystemRandom)?.wrapping(Arc::new(SystemRandom))?);
            }
            installation::master_key(&new.master_key, NOT_FIRST)
        }
        (None, None, Some(text)) => {
            let text =
                text.map(Zeroizing::new).ok().with_context(|| format!("{NEW_MASTER_KEY} is not text"))?;
            let key =
                MasterKey::from_text(&text).with_context(|| format!("{NEW_MASTER_KEY} cannot be used"))?;
            Ok(key.wrapping(Arc::new(SystemRandom))?)
        }
        (None, None, None) => match &config.master_key {
            MasterKeySource::Vault(_) => installation::master_key(&config.master_key, NOT_FIRST),
            MasterKeySource::File(_) | MasterKeySource::Environment(_) | MasterKeySource::Fresh => bail!(
                "no new master key is given: name one with --to-file or --to-config, or set {NEW_MASTER_KEY}"
            ),
        },
        (..) => {
            bail!("more than one new master key is given: by --to-file, --to-config and {NEW_MASTER_KEY}")
        }
    }
}

/// `doorward service rotate-key`.
///
/// # Errors
/// The installation cannot be reached, or refuses.
pub fn rotate_service_key(options: &arguments::RotateServiceKey) -> Result<()> {
    let holder = HolderOfKey { service: Some(options.name.clone()), account: None };
    rotate_access_key(&holder, &options.name, |_| options.name.clone(), &options.installation)
}

/// `doorward account rotate-key`.
///
/// # Errors
/// The installation cannot be reached, or refuses.
pub fn rotate_root_key(options: &arguments::RotateRootKey) -> Result<()> {
    let holder = HolderOfKey { service: None, account: Some(options.account.clone()) };
    let profile = |management: Option<String>| match management.as_deref() == Some(&*options.account) {
        true => ROOT_PROFILE.to_owned(),
        false => root_profile(&options.account),
    };
    rotate_access_key(&holder, &format!("account {}", options.account), profile, &options.installation)
}

fn rotate_access_key(
    holder: &HolderOfKey,
    whose: &str,
    profile: impl FnOnce(Option<String>) -> String,
    options: &arguments::Installation,
) -> Result<()> {
    let (place, reached) = reach(options)?;
    let (rotated, management): (AccessKeyRotated, _) = match reached {
        Reached::Server => {
            let rotated: AccessKeyRotated = client::ask(&place, Operation::RotateAccessKey, holder)?;
            // The root profile signed the request, and so it is of the management account.
            let own = crate::credentials::Credentials::of(&place).profile(ROOT_PROFILE)?;
            let id = own.and_then(|keys| keys.access_key_id.parse::<doorward_sigv4::AccessKeyId>().ok());
            let account = id.and_then(|id| id.account()).map(|number| format!("{number:012}"));
            (rotated, account)
        }
        Reached::Store(directory) => {
            let rotated = administration::rotate_access_key(&directory, Timestamp::now(), holder)?.0;
            let snapshot = directory.snapshot();
            let management =
                snapshot.installation().map(|installation| installation.management_account.to_string());
            (rotated, management)
        }
    };
    let mut made = format!("Made a new access key for {whose}.");
    if let Some(id) = &rotated.still_valid {
        made.push_str(&format!("\n{id} goes on working until the next rotation."));
    }
    for id in &rotated.deleted {
        made.push_str(&format!("\n{id} is deleted."));
    }
    hand_over(&place, &made, "access key", &profile(management), rotated.access_key)
}

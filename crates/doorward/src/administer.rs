//! `doorward account …` and `doorward service …`: through the running server, or on the store where none runs.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use comfy_table::Table;
use comfy_table::presets::NOTHING;
use doorward_directory::Directory;
use doorward_directory::random::{Random as _, SystemRandom};
use doorward_directory::snapshot::Progress;
use doorward_server::administration::{
    self, AccountCreated, Accounts, KeyShown, NewAccount, NewServicePrincipal, NoInput, Operation,
    ServicePrincipalCreated, ServicePrincipals,
};
use doorward_store::Store;
use jiff::Timestamp;

use crate::arguments;
use crate::config::Config;
use crate::credentials::{Credentials, Keys, root_profile};
use crate::installation::Found;
use crate::{client, installation};

/// How an installation is reached.
pub enum Reached {
    /// Through the server that has it open.
    Server,
    /// Directly: nobody else has it open.
    Store(Arc<Directory>),
}

/// `doorward account create`.
///
/// # Errors
/// The installation cannot be reached, or refuses.
pub fn create_account(options: &arguments::CreateAccount) -> Result<()> {
    let (place, reached) = reach(&options.installation)?;
    let new = NewAccount { name: options.name.clone(), id: options.id.clone() };
    let AccountCreated { account, root_access_key } = match reached {
        Reached::Server => client::ask(&place, Operation::CreateAccount, &new)?,
        Reached::Store(directory) => {
            let random = |bytes: &mut [u8]| SystemRandom.fill(bytes);
            administration::create_account(&directory, &random, Timestamp::now(), &new)?.0
        }
    };
    let made = format!("Made account {} ({}).", account.id, account.name);
    hand_over(&place, &made, "root access key", &root_profile(&account.id), root_access_key)
}

/// `doorward service create`.
///
/// # Errors
/// The installation cannot be reached, or refuses.
pub fn create_service(options: &arguments::CreateService) -> Result<()> {
    let (place, reached) = reach(&options.installation)?;
    let new = NewServicePrincipal { name: options.name.clone(), account: options.account.clone() };
    let ServicePrincipalCreated { service_principal, access_key } = match reached {
        Reached::Server => client::ask(&place, Operation::CreateServicePrincipal, &new)?,
        Reached::Store(directory) => {
            administration::create_service_principal(&directory, Timestamp::now(), &new)?.0
        }
    };
    let made =
        format!("Registered service {} (account {}).", service_principal.name, service_principal.account);
    hand_over(&place, &made, "access key", &service_principal.name, access_key)
}

/// `doorward account list`.
///
/// # Errors
/// The installation cannot be reached, or refuses.
pub fn list_accounts(options: &arguments::Installation) -> Result<()> {
    let (place, reached) = reach(options)?;
    let Accounts { accounts } = match reached {
        Reached::Server => client::ask(&place, Operation::ListAccounts, &NoInput {})?,
        Reached::Store(directory) => administration::accounts(&directory.snapshot()),
    };
    let rows = accounts.into_iter().map(|account| vec![account.id, account.name, account.created]);
    table(["ACCOUNT", "NAME", "CREATED"], rows)
}

/// `doorward service list`.
///
/// # Errors
/// The installation cannot be reached, or refuses.
pub fn list_services(options: &arguments::Installation) -> Result<()> {
    let (place, reached) = reach(options)?;
    let ServicePrincipals { service_principals } = match reached {
        Reached::Server => client::ask(&place, Operation::ListServicePrincipals, &NoInput {})?,
        Reached::Store(directory) => administration::service_principals(&directory.snapshot()),
    };
    let rows = service_principals.into_iter().map(|row| vec![row.name, row.account, row.created]);
    table(["SERVICE", "ACCOUNT", "CREATED"], rows)
}

/// The data directory, and how to reach what is in it.
pub fn reach(options: &arguments::Installation) -> Result<(PathBuf, Reached)> {
    let config = installation::config(options)?;
    let (place, found) = installation::find(&config)?;
    let reached = match found {
        Found::Server => Reached::Server,
        Found::Store(store) => Reached::Store(open(&config, &store)?),
    };
    Ok((place, reached))
}

fn open(config: &Config, store: &Arc<dyn Store>) -> Result<Arc<Directory>> {
    let directory = installation::open_directory(config, store, &Progress::default())?;
    if directory.snapshot().installation().is_none() {
        bail!("the installation has not had its first start: `doorward serve` does that");
    }
    Ok(directory)
}

/// Shows a new access key, once, and keeps it in the credentials file.
pub fn hand_over(place: &Path, made: &str, what: &str, profile: &str, key: KeyShown) -> Result<()> {
    let file = Credentials::of(place);
    let keys = Keys { access_key_id: key.access_key_id, secret_access_key: key.secret_access_key };
    // Kept before it is shown: whoever reads may have gone, and nobody can ask for the secret again.
    let kept = file.put(profile, &keys).with_context(|| installation::not_written(file.path()));
    let mut out = anstream::stdout().lock();
    writeln!(out, "{made}\n")?;
    writeln!(out, "  {what:<20}{}", keys.access_key_id)?;
    writeln!(out, "  {:<20}{}\n", "secret access key", keys.secret_access_key.expose())?;
    kept?;
    writeln!(out, "The secret is not shown again. It is in {}, profile {profile}.", file.path().display())?;
    Ok(())
}

/// Shows rows under a header.
pub fn table<const N: usize>(header: [&str; N], rows: impl Iterator<Item = Vec<String>>) -> Result<()> {
    let mut table = Table::new();
    table.load_style(NOTHING).set_header(header).add_rows(rows);
    for line in table.lines() {
        writeln!(anstream::stdout(), "{}", line.strip_prefix(' ').unwrap_or(&line).trim_end())?;
    }
    Ok(())
}

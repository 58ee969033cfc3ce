//! The command `doorward`: the server, and what one does beside it.
//!
//! It reads configuration, opens the installation, and speaks on the terminal; everything else is done by the crates
//! below. `doorward help` tells what it can do.
//!
//! Reading order: [`arguments`], [`config`], [`serve`] with [`installation`], [`credentials`], [`banner`] and
//! [`supervisor`]; [`log`] and [`traces`]; [`administer`] with [`client`]; [`keys`] with [`vault`]; [`secrecy`];
//! [`importing`], [`import_aws`], [`import_minio`]; [`explain`]; [`doctor`]; [`settings`], [`pages`].

mod administer;
mod arguments;
mod backup;
mod banner;
mod check;
mod client;
mod config;
mod credentials;
mod doctor;
mod explain;
mod export;
mod files;
mod import_aws;
mod import_minio;
mod importing;
mod installation;
mod keys;
mod loading;
mod log;
mod pages;
mod progress;
mod providers;
mod restore;
mod role_templates;
mod secrecy;
mod serve;
mod settings;
mod supervisor;
mod traces;
mod upgrade;
mod vault;

use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use doorward_server::administration::KeyRing;

use crate::arguments::{AccountTask, Arguments, KeysTask, RotateTask, ServiceTask, Task};
use crate::explain::BadInput;

fn main() -> ExitCode {
    secrecy::keep();
    match run(Arguments::parse().task) {
        Ok(code) => code,
        // Whoever reads the output has seen enough.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            if let Some(bad) = error.downcast_ref::<BadInput>() {
                let _ = writeln!(anstream::stderr(), "{}", bad.report());
                return ExitCode::from(2);
            }
            // Nobody is left to tell if this fails.
            let _ = writeln!(anstream::stderr(), "\x1b[1;31merror\x1b[0m: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<ExitCode> {
    match task {
        Task::Serve(options) => serve::run(&options)?,
        Task::Account { task: AccountTask::Create(options) } => administer::create_account(&options)?,
        Task::Account { task: AccountTask::List(options) } => administer::list_accounts(&options)?,
        Task::Service { task: ServiceTask::Create(options) } => administer::create_service(&options)?,
        Task::Service { task: ServiceTask::List(options) } => administer::list_services(&options)?,
        Task::Account { task: AccountTask::RotateKey(options) } => keys::rotate_root_key(&options)?,
        Task::Service { task: ServiceTask::RotateKey(options) } => keys::rotate_service_key(&options)?,
        Task::Keys(arguments::Keys { task: None, list }) => keys::list(&list)?,
        Task::Keys(arguments::Keys { task: Some(task), .. }) => change_keys(task)?,
        Task::Backup(options) => backup::run(&options)?,
        Task::Restore(options) => restore::restore(&options)?,
        Task::Check(options) => return check::run(&options),
        Task::Doctor(options) => return doctor::run(&options),
        Task::Export(options) => export::export(&options)?,
        Task::Import(options) => export::import(&options)?,
        Task::ImportAws(options) => return import_aws::run(&options),
        Task::ImportMinio(options) => return import_minio::run(&options),
        Task::Migrate(options) => restore::migrate(&options)?,
        Task::Explain(options) => return explain::run(&options),
        Task::Settings(options) => settings::run(&options)?,
        Task::Completion { shell } => pages::completion(shell)?,
        Task::Man => pages::man()?,
        Task::Version => pages::version()?,
    }
    Ok(ExitCode::SUCCESS)
}

fn change_keys(task: KeysTask) -> anyhow::Result<()> {
    match task {
        KeysTask::List(options) => keys::list(&options),
        KeysTask::Rotate { ring: RotateTask::Master(options) } => keys::rotate_master(&options),
        KeysTask::Rotate { ring: RotateTask::Data(options) } => keys::rotate(KeyRing::Data, None, &options),
        KeysTask::Rotate { ring: RotateTask::Sessions(options) } => {
            keys::rotate(KeyRing::Sessions, None, &options)
        }
        KeysTask::Rotate { ring: RotateTask::Tokens(options) } => {
            keys::rotate(KeyRing::Tokens, options.account, &options.installation)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

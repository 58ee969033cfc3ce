//! `doorward import-minio`: users, groups, policies and service accounts of a MinIO cluster.

mod documents;
mod file;
mod person;
mod steps;

use std::process::ExitCode;

use anyhow::{Context as _, Result};

use crate::arguments;
use crate::importing;

/// What such files do not hold.
const MISSING: &str =
    "Not in such files, and so not imported: policies of buckets, the root user, and temporary credentials.";

/// Imports what `mc admin cluster iam export` wrote.
///
/// # Errors
/// The file is not understood, there is no such account, the store fails, or a file cannot be written.
pub fn run(options: &arguments::ImportMinio) -> Result<ExitCode> {
    let named = || format!("`{}` cannot be imported", options.file);
    let assets = file::read(options.file.as_ref()).with_context(named)?;
    let account = match &options.account {
        Some(id) => Some(id.parse().with_context(|| format!("--account must be twelve digits, got `{id}`"))?),
        None => None,
    };
    let new_keys = options.new_keys.as_deref();
    importing::run(account, &options.importing, new_keys.map(AsRef::as_ref), |account| {
        steps::imported(&assets, account, new_keys.is_some(), MISSING)
    })
}

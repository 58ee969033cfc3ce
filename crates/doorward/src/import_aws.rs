//! `doorward import-aws`: an account of AWS's, with its users, groups, roles, policies and instance profiles.

mod file;
mod steps;

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use doorward_policy::AccountId;

use crate::arguments;
use crate::importing::{self, Imported};

/// What does not stand in the file.
const MISSING: &str = "Not in such files, and so not imported: passwords, access keys, MFA devices and certificates of users; \
                       descriptions and maximum session durations of roles (they are 1 hour now); when roles were last used.";

/// Imports an account.
///
/// # Errors
/// The file is not understood, there is no such account, the store fails, or the report cannot be written.
pub fn run(options: &arguments::ImportAws) -> Result<ExitCode> {
    let unreadable = || format!("`{}` cannot be read", options.file);
    let text = std::fs::read_to_string(&options.file).with_context(unreadable)?;
    let details = file::read(&text)?;
    let from = steps::account(&details)?;
    let to: AccountId = match &options.account {
        Some(id) => id.parse().with_context(|| format!("--account must be twelve digits, got `{id}`"))?,
        None => from,
    };
    let steps = steps::steps(&details, from, to)?;
    importing::run(Some(to), &options.importing, None, |_| {
        Ok(Imported { steps, missing: MISSING, ..Imported::default() })
    })
}

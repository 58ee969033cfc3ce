//! `doorward import-aws`: an account of AWS's, with its users, groups, roles, policies and instance profiles.

mod file;
mod steps;

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use doorward_directory::{Directory, Refusal};
use doorward_policy::AccountId;
use jiff::Timestamp;
use serde::Serialize;

use self::steps::Step;
use crate::administer::{Reached, reach, table};
use crate::progress::{Progress, grouped};
use crate::{arguments, files};

/// The exit code when something was refused.
const REFUSED: u8 = 1;

/// What does not stand in the file.
const MISSING: &str = "Not in such files, and so not imported: passwords, access keys, MFA devices and certificates of users; \
                       descriptions and maximum session durations of roles (they are 1 hour now); when roles were last used.";

/// What came of an import.
#[derive(Debug, Default, Serialize)]
struct Report {
    /// The account that it went to.
    account: String,
    /// How many things were made, or would have been.
    made: usize,
    /// How many were there already, with the same ids.
    already: usize,
    /// Whether anything was written.
    written: bool,
    /// What was refused.
    refused: Vec<Refused>,
}

/// Something that was refused.
#[derive(Debug, Serialize)]
struct Refused {
    kind: &'static str,
    name: String,
    reason: String,
}

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
    let directory = match reach(&options.installation)?.1 {
        Reached::Store(directory) => directory,
        Reached::Server => bail!("a server has the installation open: stop it, import, and start it again"),
    };
    if directory.snapshot().account(to).is_none() {
        bail!(
            "there is no account {to}: make it with `doorward account create --name NAME --id {to}`, or name another by --account"
        );
    }
    let report = imported(&directory, &steps, to, options)?;
    if let Some(path) = &options.report {
        files::replace(path.as_ref(), &serde_json::to_string_pretty(&report)?)
            .with_context(|| format!("`{path}` cannot be written"))?;
    }
    show(&report, options)?;
    Ok(if report.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) })
}

/// Tries everything first; then, unless something is in the way, makes it, each entity in a change of its own. Whoever is
/// interrupted begins again: what is there already is left as it is.
fn imported(
    directory: &Directory,
    steps: &[Step],
    account: AccountId,
    options: &arguments::ImportAws,
) -> Result<Report> {
    let now = Timestamp::now();
    let mut report = Report { account: account.to_string(), ..Report::default() };
    let before = directory.snapshot();
    let (mut rehearsal, mut sound) = (directory.rehearsal(), Vec::new());
    for step in steps {
        if step.is_done(&before) {
            report.already += 1;
            continue;
        }
        match rehearsal.change(now, |draft| step.plan(draft)) {
            Ok(()) => sound.push(step),
            Err(refusal) => report.refused.push(refused(step, &refusal)),
        }
    }
    report.made = sound.len();
    if options.dry_run || (!report.refused.is_empty() && !options.skip_refused) {
        return Ok(report);
    }
    let mut progress = Progress::new("importing");
    for (count, step) in sound.iter().enumerate() {
        directory.change(now, |draft| step.plan(draft)).with_context(|| {
            format!("{} `{}`, after {count} others; run it again to go on", step.kind, step.name)
        })?;
        progress.at(count as u64 + 1);
    }
    report.written = true;
    Ok(report)
}

fn refused(step: &Step, refusal: &Refusal) -> Refused {
    Refused { kind: step.kind, name: step.name.clone(), reason: format!("{}: {refusal}", refusal.code()) }
}

fn show(report: &Report, options: &arguments::ImportAws) -> Result<()> {
    let rows = report.refused.iter();
    if !report.refused.is_empty() {
        let row = |one: &Refused| vec![one.kind.to_owned(), one.name.clone(), one.reason.clone()];
        table(["REFUSED", "NAME", "REASON"], rows.map(row))?;
    }
    let Report { account, made, already, written, refused } = report;
    let (made, already) = (grouped(*made as u64), grouped(*already as u64));
    let mut out = anstream::stdout();
    let there = format!("{already} were there already");
    match (written, refused.len()) {
        (true, _) => writeln!(out, "Imported {made} things into account {account}; {there}.\n{MISSING}")?,
        (false, 0) => {
            writeln!(out, "{made} things can be imported into account {account}; {there}.\n{MISSING}")?
        }
        (false, count) => {
            writeln!(
                out,
                "\n{count} are refused, and {made} would be imported into account {account}; {there}."
            )?;
            if !options.dry_run {
                writeln!(out, "Nothing was imported. --skip-refused imports the rest.")?;
            }
        }
    }
    Ok(())
}

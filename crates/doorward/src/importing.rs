//! Importing from elsewhere, one step for each entity: all are tried before the first is made.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use doorward_directory::change::Draft;
use doorward_directory::snapshot::Snapshot;
use doorward_directory::{Directory, Refusal};
use doorward_policy::AccountId;
use jiff::Timestamp;
use serde::Serialize;

use crate::administer::{Reached, reach, table};
use crate::credentials::{Credentials, Keys};
use crate::progress::{Progress, grouped};
use crate::{arguments, files};

/// The exit code when something was refused.
const REFUSED: u8 = 1;

/// What plans the change of a step.
pub type Plan = Box<dyn Fn(&mut Draft<'_>) -> Result<(), Refusal>>;

/// What tells that a step was made before.
pub type Done = Box<dyn Fn(&Snapshot) -> bool>;

/// The kind and the name of something to make.
pub type Entity = (&'static str, String);

/// Something to make.
pub struct Step {
    /// What it is, such as `user`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// The steps before it that must be sound: another thing of that name may be here, and mean more.
    pub needs: Vec<Entity>,
    /// Whether it is there already.
    pub done: Done,
    /// Plans the change.
    pub plan: Plan,
    /// A new access key that it makes, and the profile that it is told as.
    pub key: Option<(String, Keys)>,
}

/// What came of an import.
#[derive(Debug, Default, Serialize)]
struct Report {
    /// The account that it went to.
    account: String,
    /// How many things were made, or would have been.
    made: usize,
    /// How many were there already.
    already: usize,
    /// Whether anything was written.
    written: bool,
    /// What was refused.
    refused: Vec<Note>,
    /// What is otherwise than where it comes from.
    remarks: Vec<Note>,
}

/// Something to say of an entity.
#[derive(Debug, Serialize)]
pub struct Note {
    /// What it is, such as `user`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// What there is to say.
    pub reason: String,
}

/// What is imported.
#[derive(Default)]
pub struct Imported {
    /// The steps, in an order in which each finds what it needs.
    pub steps: Vec<Step>,
    /// What is refused whatever is there already.
    pub refused: Vec<Note>,
    /// What is otherwise than where it comes from.
    pub remarks: Vec<Note>,
    /// What such files do not hold, as a sentence.
    pub missing: &'static str,
}

/// Imports into an account, the management account unless another is named. New access keys are written to `new_keys`, before
/// they can be used: a key that nobody knows would be lost.
///
/// # Errors
/// There is no such account, a server has the installation open, the store fails, or a file cannot be written.
pub fn run(
    account: Option<AccountId>,
    options: &arguments::Importing,
    new_keys: Option<&Path>,
    imported: impl FnOnce(AccountId) -> Result<Imported>,
) -> Result<ExitCode> {
    let directory = match reach(&options.installation)?.1 {
        Reached::Store(directory) => directory,
        Reached::Server => bail!("a server has the installation open: stop it, import, and start it again"),
    };
    let first = || directory.snapshot().installation().map(|installation| installation.management_account);
    let account = account.or_else(first).context("the installation has had no first start")?;
    if directory.snapshot().account(account).is_none() {
        bail!(
            "there is no account {account}: make it with `doorward account create --name NAME --id {account}`, or name another \
             by --account"
        );
    }
    let imported = imported(account)?;
    let missing = imported.missing;
    let report = made(&directory, imported, account, options, new_keys)?;
    if let Some(path) = &options.report {
        files::replace(path.as_ref(), &serde_json::to_string_pretty(&report)?)
            .with_context(|| format!("`{path}` cannot be written"))?;
    }
    show(&report, missing, options)?;
    Ok(if report.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) })
}

/// Tries everything first; then, unless something is in the way, makes it, each entity in a change of its own. Whoever is
/// interrupted begins again: what is there already is left as it is.
fn made(
    directory: &Directory,
    imported: Imported,
    account: AccountId,
    options: &arguments::Importing,
    new_keys: Option<&Path>,
) -> Result<Report> {
    let Imported { steps, refused, remarks, missing: _ } = imported;
    let now = Timestamp::now();
    let mut report = Report { account: account.to_string(), refused, remarks, ..Report::default() };
    let before = directory.snapshot();
    let (mut rehearsal, mut sound, mut usable) = (directory.rehearsal(), Vec::new(), BTreeSet::new());
    for step in &steps {
        if (step.done)(&before) {
            report.already += 1;
        } else if let Some(need) = step.needs.iter().find(|need| !usable.contains(*need)) {
            report.refused.push(without(step, need));
            continue;
        } else if let Err(refusal) = rehearsal.change(now, |draft| (step.plan)(draft)) {
            report.refused.push(refused_by(step, &refusal));
            continue;
        } else {
            sound.push(step);
        }
        usable.insert((step.kind, step.name.clone()));
    }
    report.made = sound.len();
    if options.dry_run || (!report.refused.is_empty() && !options.skip_refused) {
        return Ok(report);
    }
    for (profile, keys) in sound.iter().filter_map(|step| step.key.as_ref()) {
        let path = new_keys.context("there are new access keys, and no file for them")?;
        let unwritable = || format!("`{}` cannot be written", path.display());
        Credentials::at(path).put(profile, keys).with_context(unwritable)?;
    }
    let mut progress = Progress::new("importing");
    for (count, step) in sound.iter().enumerate() {
        directory.change(now, |draft| (step.plan)(draft)).with_context(|| {
            format!("{} `{}`, after {count} others; run it again to go on", step.kind, step.name)
        })?;
        progress.at(count as u64 + 1);
    }
    report.written = true;
    Ok(report)
}

fn without(step: &Step, (kind, name): &Entity) -> Note {
    let reason = format!("it needs the {kind} `{name}`, which is refused or is not in the file");
    Note { kind: step.kind, name: step.name.clone(), reason }
}

fn refused_by(step: &Step, refusal: &Refusal) -> Note {
    Note { kind: step.kind, name: step.name.clone(), reason: format!("{}: {refusal}", refusal.code()) }
}

fn show(report: &Report, missing: &str, options: &arguments::Importing) -> Result<()> {
    let mut out = anstream::stdout();
    for (heading, notes) in [("OTHERWISE", &report.remarks), ("REFUSED", &report.refused)] {
        if !notes.is_empty() {
            let row = |one: &Note| vec![one.kind.to_owned(), one.name.clone(), one.reason.clone()];
            table([heading, "NAME", "REASON"], notes.iter().map(row))?;
            writeln!(out)?;
        }
    }
    let Report { account, made, already, written, refused, remarks: _ } = report;
    let (made, already) = (grouped(*made as u64), grouped(*already as u64));
    let there = format!("{already} were there already");
    match (written, refused.len()) {
        (true, _) => writeln!(out, "Imported {made} things into account {account}; {there}.\n{missing}")?,
        (false, 0) => {
            writeln!(out, "{made} things can be imported into account {account}; {there}.\n{missing}")?
        }
        (false, count) => {
            writeln!(
                out,
                "{count} are refused, and {made} would be imported into account {account}; {there}."
            )?;
            if !options.dry_run {
                writeln!(out, "Nothing was imported. --skip-refused imports the rest.")?;
            }
        }
    }
    Ok(())
}

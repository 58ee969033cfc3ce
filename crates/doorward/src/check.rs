//! `doorward check`.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use doorward_directory::integrity::{Report, Severity, check};
use doorward_store::{Memory, Store};
use serde_json::json;

use crate::installation::Found;
use crate::progress::{Progress, grouped};
use crate::{arguments, backup, installation};

/// The exit code when something was found.
const FOUND: u8 = 1;

/// The exit code when nothing could be checked.
const UNCHECKED: u8 = 2;

/// Checks an installation or a backup, and tells what is wrong with it.
///
/// # Errors
/// The report cannot be written. Where nothing can be checked, that is said, and is an exit code of its own.
pub fn run(options: &arguments::Check) -> Result<ExitCode> {
    match report(options) {
        Ok(report) => {
            if options.json {
                print_json(&report)?
            } else {
                print(&report)?
            }
            Ok(if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
        }
        Err(error) => {
            writeln!(anstream::stderr(), "\x1b[1;31merror\x1b[0m: {error:#}")?;
            Ok(ExitCode::from(UNCHECKED))
        }
    }
}

fn report(options: &arguments::Check) -> Result<Report> {
    let config = installation::config(&options.installation)?;
    let sealer = installation::sealer_at_hand(&config)?;
    if let Some(path) = options.file.as_deref().map(Path::new) {
        let unreadable = || format!("`{}` cannot be checked", path.display());
        let mut file = File::open(path).map(BufReader::new).with_context(unreadable)?;
        let store = loaded(&mut file).with_context(unreadable)?;
        // The backup may be of another installation than the one whose master key is here.
        return Ok(check(&*store.snapshot()?, None)?);
    }
    let (place, found) = installation::find(&config)?;
    match found {
        Found::Store(store) => Ok(check(&*store.snapshot()?, sealer.as_deref())?),
        Found::Server => {
            let mut file = Vec::new();
            backup::fetch(&place, &mut file)?;
            Ok(check(&*loaded(&mut Cursor::new(file))?.snapshot()?, sealer.as_deref())?)
        }
    }
}

/// What a backup holds, in memory.
fn loaded(file: &mut (impl Read + Seek)) -> Result<Memory> {
    let (store, mut progress) = (Memory::default(), Progress::new("reading"));
    doorward_archive::restore(file, &store, "a check", &mut |entries| progress.at(entries))?;
    Ok(store)
}

fn print(report: &Report) -> Result<()> {
    let mut out = anstream::stdout().lock();
    for (kind, count) in &report.counts {
        writeln!(out, "{:>12}  {kind}", grouped(*count))?;
    }
    for finding in &report.findings {
        let severity = severity(finding.severity);
        writeln!(out, "{severity}: {}: {}; {}", finding.key, finding.fault, finding.remedy)?;
    }
    match report.findings.len() {
        0 => writeln!(out, "Nothing is wrong.")?,
        1 => writeln!(out, "1 finding.")?,
        count => writeln!(out, "{count} findings.")?,
    }
    Ok(())
}

fn print_json(report: &Report) -> Result<()> {
    let findings: Vec<_> = report
        .findings
        .iter()
        .map(|finding| {
            json!({
                "severity": severity(finding.severity),
                "key": finding.key,
                "fault": finding.fault,
                "remedy": finding.remedy,
            })
        })
        .collect();
    let whole = json!({ "counts": report.counts, "findings": findings });
    writeln!(anstream::stdout(), "{}", serde_json::to_string_pretty(&whole)?)?;
    Ok(())
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

//! `doorward export` and `doorward import`: an installation as lines of JSON, and back.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Cursor, Read, Seek, Write};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use doorward_archive::entries;
use doorward_directory::format as records;
use doorward_directory::portable::{self, Bare, Secrets};
use doorward_store::{Key, KeyRange, Scan, Value};
use serde::{Deserialize, Serialize};

use crate::arguments::{self, ExportedSecrets, ImportedSecrets};
use crate::installation::Found;
use crate::progress::grouped;
use crate::{backup, files, installation, restore};

mod bare;

/// What stands for standard output.
const STANDARD: &str = "-";

/// The format of exports.
const FORMAT: u32 = 1;

/// The longest line of an import, in bytes: a value's longest, written as base64 or with escapes.
const LINE_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// What the first line of an export says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    /// The format.
    doorward_export: u32,
    /// The format of the records.
    format: u32,
    /// The revision of the store.
    revision: u64,
    /// `sealed` or `none`.
    secrets: String,
}

/// Exports an installation.
///
/// # Errors
/// It cannot be read, or the file is there already or cannot be written.
pub fn export(options: &arguments::Export) -> Result<()> {
    let config = installation::config(&options.installation)?;
    let (place, found) = installation::find(&config)?;
    let mut draft = None;
    let out: Box<dyn Write> = if options.file == STANDARD {
        Box::new(std::io::stdout().lock())
    } else {
        let made = draft.insert(files::Draft::beside(Path::new(&options.file))?);
        Box::new(made.file().try_clone()?)
    };
    let mut out = BufWriter::new(out);
    let count = match found {
        Found::Store(store) => {
            let snapshot = store.snapshot()?;
            let scan = Scan::new(&*snapshot, KeyRange::all());
            let all = scan.map(|entry| Ok(entry.map(|(key, entry)| (key, entry.value))?));
            lines(&mut out, snapshot.revision().0, options.secrets, all)?
        }
        Found::Server => {
            let mut file = Vec::new();
            let verified = backup::fetch(&place, &mut file)?;
            let all = entries(Cursor::new(file))?.map(|entry| Ok(entry?));
            lines(&mut out, verified.header.revision, options.secrets, all)?
        }
    };
    out.flush()?;
    drop(out);
    draft.map(files::Draft::keep).transpose()?;
    let secrets = match options.secrets {
        ExportedSecrets::Sealed => "Secrets are in it, sealed under the master key, which is not.",
        ExportedSecrets::None => {
            "No secrets are in it: what is imported from it has no access keys, passwords or MFA devices."
        }
    };
    Ok(writeln!(anstream::stderr(), "Exported {} records. {secrets}", grouped(count))?)
}

/// Writes the header and the lines; how many records.
fn lines(
    out: &mut impl Write,
    revision: u64,
    secrets: ExportedSecrets,
    all: impl Iterator<Item = Result<(Key, Value)>>,
) -> Result<u64> {
    let (secrets, named) = match secrets {
        ExportedSecrets::Sealed => (Secrets::Sealed, "sealed"),
        ExportedSecrets::None => (Secrets::Omitted, "none"),
    };
    let header =
        Header { doorward_export: FORMAT, format: records::FORMAT, revision, secrets: named.to_owned() };
    writeln!(out, "{}", serde_json::to_string(&header)?)?;
    let mut count = 0;
    for entry in all {
        let (key, value) = entry?;
        writeln!(out, "{}", portable::line(key.as_bytes(), value.as_bytes(), secrets)?)?;
        count += 1;
    }
    Ok(count)
}

/// Imports what was exported, into an empty place.
///
/// # Errors
/// A line is not as it must be, the place is not empty, or the master key is another one.
pub fn import(options: &arguments::Import) -> Result<()> {
    let (config, path) = (installation::config(&options.installation)?, Path::new(&options.file));
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let mut file = File::open(path).with_context(|| format!("`{}` cannot be read", path.display()))?;
    match options.secrets {
        ImportedSecrets::Sealed => {}
        ImportedSecrets::None => return bare::import(&config, file, path, &name),
    }
    // Everything is read before anything is written.
    let mut known = Vec::new();
    for entry in Lines::begin(&file, path, ImportedSecrets::Sealed)? {
        let (key, value) = entry?;
        if restore::is_sealed_first(&key) {
            known.push((key, value));
        }
    }
    let known = restore::readable(known)?;
    let checked = restore::check_master_key(&config, &known)?;
    file.rewind()?;
    let count = restore::fill_place(
        &config.data,
        &name,
        Lines::begin(&file, path, ImportedSecrets::Sealed)?,
        "importing",
    )?;
    writeln!(anstream::stderr(), "Imported {} records.", grouped(count))?;
    if !checked {
        writeln!(anstream::stderr(), "The master key is not here, and so was not checked.")?;
    }
    Ok(())
}

/// A line that cannot be imported.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {reason}")]
struct BadLine {
    file: String,
    line: u64,
    reason: String,
}

/// The records of an export, in order.
struct Lines<R> {
    from: BufReader<R>,
    file: String,
    line: u64,
    last: Option<Key>,
}

impl<R: Read> Lines<R> {
    /// Reads the header.
    fn begin(from: R, path: &Path, secrets: ImportedSecrets) -> Result<Self> {
        let mut lines =
            Self { from: BufReader::new(from), file: path.display().to_string(), line: 0, last: None };
        let text = lines.text()?.unwrap_or_default();
        let header: Header = serde_json::from_str(&text)
            .map_err(|error| lines.bad(format!("it must be the header of an export: {error}")))?;
        if header.doorward_export != FORMAT {
            let format = header.doorward_export;
            bail!(lines.bad(format!("the export has format {format}, and this version knows {FORMAT} only")));
        }
        if header.format != records::FORMAT {
            let (format, known) = (header.format, records::FORMAT);
            bail!(lines.bad(format!(
                "its records have format {format}, and this version imports format {known} only: bring a backup instead"
            )));
        }
        match (header.secrets.as_str(), secrets) {
            ("sealed", _) | ("none", ImportedSecrets::None) => Ok(lines),
            ("none", ImportedSecrets::Sealed) => {
                let reason = "the export has no secrets: export with --secrets sealed, or import it with --secrets none, \
                              without access keys, passwords and MFA devices";
                bail!(lines.bad(reason.to_owned()))
            }
            (other, _) => bail!(lines.bad(format!("`secrets` must be `sealed` or `none`, not `{other}`"))),
        }
    }

    fn bad(&self, reason: String) -> BadLine {
        BadLine { file: self.file.clone(), line: self.line, reason }
    }

    /// The next line; `None` at the end.
    fn text(&mut self) -> Result<Option<String>, BadLine> {
        self.line += 1;
        let mut text = String::new();
        let read = self.from.by_ref().take(LINE_BYTES_MAX).read_line(&mut text);
        if read.map_err(|error| self.bad(error.to_string()))? == 0 {
            return Ok(None);
        }
        match text.strip_suffix('\n') {
            Some(line) => Ok(Some(line.to_owned())),
            None => Err(self.bad("it has no end: the file is cut off".to_owned())),
        }
    }

    fn entry(&mut self, text: &str) -> Result<(Key, Value), BadLine> {
        let (key, value) = portable::entry(text).map_err(|bad| self.bad(bad.to_string()))?;
        self.in_order(&key)?;
        Ok((key, value))
    }

    /// The next line without its secrets.
    fn bare(&mut self) -> Option<Result<Bare, BadLine>> {
        let text = self.text().transpose()?;
        Some(text.and_then(|text| {
            let bare = portable::bare(&text).map_err(|bad| self.bad(bad.to_string()))?;
            match &bare {
                Bare::Whole(key, _) | Bare::Lessened { key, .. } => self.in_order(key)?,
                Bare::Dropped { .. } => {}
            }
            Ok(bare)
        }))
    }

    fn in_order(&mut self, key: &Key) -> Result<(), BadLine> {
        if self.last.as_ref().is_some_and(|last| last >= key) {
            return Err(self.bad(format!("the key `{key}` is not in order")));
        }
        self.last = Some(key.clone());
        Ok(())
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = Result<(Key, Value), BadLine>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.text() {
            Ok(text) => text.map(|text| self.entry(&text)),
            Err(bad) => Some(Err(bad)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_headers_are_refused() {
        for (header, secrets, expected) in [
            (
                r#"{"doorward_export":1,"format":1,"revision":7,"secrets":"sealed"}"#,
                ImportedSecrets::Sealed,
                None,
            ),
            (
                r#"{"doorward_export":1,"format":1,"revision":7,"secrets":"none"}"#,
                ImportedSecrets::None,
                None,
            ),
            (
                r#"{"doorward_export":1,"revision":7,"secrets":"sealed"}"#,
                ImportedSecrets::Sealed,
                Some("it must be the header of an export: missing field `format`"),
            ),
            (
                r#"{"doorward_export":1,"format":2,"revision":7,"secrets":"sealed"}"#,
                ImportedSecrets::Sealed,
                Some(
                    "its records have format 2, and this version imports format 1 only: bring a backup instead",
                ),
            ),
            (
                r#"{"doorward_export":2,"format":1,"revision":7,"secrets":"sealed"}"#,
                ImportedSecrets::Sealed,
                Some("the export has format 2, and this version knows 1 only"),
            ),
            (
                r#"{"doorward_export":1,"format":1,"revision":7,"secrets":"none"}"#,
                ImportedSecrets::Sealed,
                Some("the export has no secrets"),
            ),
            (
                r#"{"doorward_export":1,"format":1,"revision":7,"secrets":"some"}"#,
                ImportedSecrets::None,
                Some("`secrets` must be `sealed` or `none`, not `some`"),
            ),
            (r#"{"key":"account/1"}"#, ImportedSecrets::Sealed, Some("it must be the header of an export: ")),
            ("", ImportedSecrets::Sealed, Some("it must be the header of an export: ")),
        ] {
            let text = format!("{header}\n");
            let begun = Lines::begin(text.as_bytes(), Path::new("x.jsonl"), secrets);
            match (begun, expected) {
                (Ok(_), None) => {}
                (Err(error), Some(expected)) => {
                    let error = error.to_string();
                    assert!(error.starts_with(&format!("x.jsonl:1: {expected}")), "{header}: {error}");
                }
                (Ok(_), Some(_)) => panic!("{header} was taken"),
                (Err(error), None) => panic!("{header}: {error}"),
            }
        }
    }
}

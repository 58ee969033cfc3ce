//! `doorward backup`.

use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};
use doorward_archive::{Header, Made, Verified, verify, write};
use doorward_server::administration::{NoInput, Operation};
use doorward_store::Store;
use jiff::Timestamp;

use crate::files::Draft;
use crate::installation::Found;
use crate::progress::{Progress, grouped};
use crate::{arguments, client, installation};

/// What stands for standard output.
const STANDARD: &str = "-";

/// Backs the installation up.
///
/// # Errors
/// The file is there already or cannot be written, or the installation cannot be read.
pub fn run(options: &arguments::Backup) -> Result<()> {
    let begun = Instant::now();
    let config = installation::config(&options.installation)?;
    let (place, found) = installation::find(&config)?;
    let (verified, where_to) = if options.file == STANDARD {
        (make(&place, &found, &mut std::io::stdout().lock())?, "standard output".to_owned())
    } else {
        let path = Path::new(&options.file);
        let mut draft = Draft::beside(path)?;
        let mut out = BufWriter::new(draft.file());
        let verified = make(&place, &found, &mut out)?;
        out.flush().and_then(|()| drop_writer(out)).with_context(|| not_written(path))?;
        draft.keep()?;
        (verified, format!("`{}`", path.display()))
    };
    let (entries, bytes) = (grouped(verified.contents.entries), grouped(verified.contents.bytes));
    let (revision, seconds) = (verified.header.revision, begun.elapsed().as_secs_f64());
    let mut said = anstream::stderr();
    writeln!(
        said,
        "Backed up {entries} entries ({bytes} bytes) at revision {revision} to {where_to} in {seconds:.1} s."
    )?;
    writeln!(
        said,
        "Secrets in it are sealed under the master key, which is not in it: keep that apart, and as safe."
    )?;
    Ok(())
}

fn drop_writer<W: Write>(writer: BufWriter<W>) -> std::io::Result<()> {
    writer.into_inner().map(drop).map_err(std::io::IntoInnerError::into_error)
}

fn not_written(path: &Path) -> String {
    format!("`{}` cannot be written", path.display())
}

/// Writes a backup of what was found.
fn make(place: &Path, found: &Found, out: &mut dyn Write) -> Result<Verified> {
    match found {
        Found::Server => fetch(place, out),
        Found::Store(store) => {
            let snapshot = Store::snapshot(&**store)?;
            let made = Made { program: env!("CARGO_PKG_VERSION").to_owned(), created: Timestamp::now() };
            let mut progress = Progress::new("backing up");
            let contents = write(&*snapshot, &made, out, &mut |so_far| progress.at(so_far.entries))?;
            Ok(Verified { header: Header { made, revision: snapshot.revision().0 }, contents })
        }
    }
}

/// Has the running server make a backup, and verifies it as it comes: a connection can end early.
///
/// # Errors
/// The server cannot be reached or refuses, or what came is not whole.
pub fn fetch(place: &Path, out: &mut dyn Write) -> Result<Verified> {
    let mut verified = None;
    client::receive(place, Operation::Backup, &NoInput {}, |body| {
        let tee = Tee { from: BufReader::new(body), to: &mut *out };
        verified = Some(verify(tee).context("the server's backup did not arrive whole")?);
        Ok(())
    })?;
    verified.context("the server sent no backup")
}

/// Writes down what is read.
struct Tee<'a, R> {
    from: R,
    to: &'a mut dyn Write,
}

impl<R: Read> Read for Tee<'_, R> {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        let count = self.from.read(bytes)?;
        self.to.write_all(bytes.get(..count).unwrap_or_default())?;
        Ok(count)
    }
}

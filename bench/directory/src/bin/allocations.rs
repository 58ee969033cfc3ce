//! Prints how often publishing a change asks for memory, and for how much, in directories that `doorward-bench-directory`
//! has made; a row for each size, in `directory-changes.json` too.
#![expect(clippy::print_stdout, reason = "a command speaks on its terminal")]

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use allocation_counter::measure;
use doorward_directory::random::SystemRandom;
use doorward_directory::sample::{Sample, published};
use doorward_directory::seal::{MasterKey, Sealer};
use doorward_directory::{Directory, Limits, Opening, Revision, STALENESS_MAX};
use doorward_store::Embedded;
use doorward_store::embedded::Options;

/// How many changes are published.
const CHANGES: u32 = 1_000;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("a folder is needed")?;
    let rows: Result<Vec<_>, _> = arguments.map(|size| row(Path::new(&folder), &size)).collect();
    Ok(std::fs::write(
        Path::new(&folder).join("directory-changes.json"),
        serde_json::to_string_pretty(&rows?)?,
    )?)
}

fn row(folder: &Path, size: &str) -> Result<serde_json::Value, Box<dyn Error + Send + Sync>> {
    let sample = Sample::of(size.parse()?);
    let random = Arc::new(SystemRandom);
    let sealer = Arc::new(Sealer::new(&MasterKey::from_bytes([7; 32]), random.clone())?);
    let store = Arc::new(Embedded::open(&folder.join(format!("directory-{size}")), Options::default())?);
    let directory = Directory::open(Opening {
        store,
        sealer,
        limits: Limits::default(),
        random,
        staleness_max: STALENESS_MAX,
    })?;
    let mut snapshot = directory.snapshot();
    let (mut calls, mut bytes) = (0, 0);
    for (number, revision) in (0..CHANGES).zip(snapshot.revision().0 + 1..) {
        // New roles with an inline policy and two managed ones: two records each.
        let change = sample.change(sample.principals + number, Revision(revision))?;
        let mut next = None;
        let allocated = measure(|| next = Some(published(&snapshot, &change)));
        snapshot = next.ok_or("nothing was measured")??;
        calls += allocated.count_total;
        bytes += allocated.bytes_total;
    }
    let each = u64::from(CHANGES);
    let row = serde_json::json!({
        "principals": sample.principals,
        "allocations_per_change": calls / each,
        "bytes_allocated_per_change": bytes / each,
    });
    println!("{row}");
    Ok(row)
}

//! Doorward's engine beside other engines: the same policies and requests, in one process, taking turns on one core.
//!
//! ```text
//! doorward-peers FOLDER [--node FOLDER] [--engines NAME,NAME…]
//! ```
//!
//! Prints one table, and writes `engine.json` and `engine.svg` to the folder. `cargo xtask bench engine` builds and
//! calls it; it is no part of what anybody runs otherwise.
//!
//! Reading order: this page; [`measured`] asks and measures; [`layers`] and the engines ([`cedar`], [`iam_rs`], [`rego`],
//! [`simulate`]); [`costs`] of compiling; [`table`] and [`curve`] show.

mod allocations;
mod cedar;
mod costs;
mod curve;
#[cfg(feature = "fakecloud")]
mod fakecloud;
mod iam_rs;
mod layers;
mod measured;
mod rego;
mod simulate;
mod table;

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use doorward_bench::generate::{self, Services};
use doorward_bench::measure;
use doorward_bench::threads;
use doorward_bench::workload::Workload;
use serde_json::{Value, json};

#[global_allocator]
static ALLOCATOR: allocations::Counting = allocations::Counting;

/// What is asked for on the command line.
struct Arguments {
    folder: PathBuf,
    node: Option<PathBuf>,
    engines: Option<Vec<String>>,
}

impl Arguments {
    fn read() -> Result<Self> {
        let mut words = std::env::args().skip(1);
        let folder = words.next().context("which folder are the results to be written to?")?.into();
        let mut arguments = Self { folder, node: None, engines: None };
        while let Some(word) = words.next() {
            let value = words.next().with_context(|| format!("`{word}` needs a value"))?;
            match word.as_str() {
                "--node" => arguments.node = Some(value.into()),
                "--engines" => arguments.engines = Some(value.split(',').map(str::to_owned).collect()),
                _ => bail!("`{word}` is not an option"),
            }
        }
        Ok(arguments)
    }
}

fn main() -> Result<()> {
    let arguments = Arguments::read()?;
    // Before anything is pinned: threads want several cores.
    let workload = Workload::read(generate::workload(500, Services::All))?;
    let cores = measure::allowed_cores().len().clamp(1, 4);
    let throughputs = threads::throughput(&workload, cores);
    let core = measure::pin();
    // Some engines go as deep as a policy has statements.
    let work = std::thread::Builder::new().stack_size(1 << 30);
    let results = std::thread::scope(|scope| {
        let work =
            work.spawn_scoped(scope, || measured::everything(&arguments.node, arguments.engines.as_deref()));
        work?.join().map_err(|_| anyhow::anyhow!("an engine has panicked"))?
    })?;
    let costs = costs::all()?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", table::markdown(&results, &costs, &throughputs, core))?;
    let json: Vec<Value> = table::rows(&results, &costs, &throughputs);
    for (name, text) in
        [("engine.json", format!("{:#}\n", json!(json))), ("engine.svg", curve::drawn(&results))]
    {
        let path = arguments.folder.join(name);
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
        writeln!(out, "written: {}", path.display())?;
    }
    Ok(())
}

//! Doorward's engine beside others.

use super::{results, succeed};
use crate::setup;
use anyhow::{Context, Result};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The workspace of the other engines.
const PEERS: &str = "bench/peers/Cargo.toml";

/// The engine that runs in Node. Its licence is AGPL-3.0-or-later: it is fetched to this machine, and nowhere else.
const SIMULATOR: &str = "@cloud-copilot/iam-simulate@0.1.173";

/// The picture in the documentation.
const PICTURE: &str = "docs/images/engine.svg";

/// What may be chosen.
#[derive(Args)]
pub struct Options {
    /// Only these engines, by their names in the table; none of the others is loaded.
    #[arg(long, value_delimiter = ',')]
    engines: Vec<String>,
    /// Put the growth curve into the documentation too (docs/images/engine.svg).
    #[arg(long)]
    publish: bool,
}

/// Builds the other engines, fetches the one that runs in Node, and measures.
///
/// # Errors
/// When something does not build or run. An engine that is not to be had is left out, and that is said.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    let folder = results(root)?;
    let target = setup::target_folder(root).join("peers");
    println!(
        "building the engines (fakecloud-iam is AGPL-3.0-or-later: for measuring here, not to be passed on)"
    );
    let mut build = setup::cargo(root);
    build.args(["build", "--release", "--manifest-path", PEERS, "--features", "fakecloud", "--target-dir"]);
    succeed(build.arg(&target))?;
    let mut measure = Command::new(target.join("release").join("doorward-peers"));
    measure.arg(&folder);
    if !options.engines.is_empty() {
        measure.arg("--engines").arg(options.engines.join(","));
    }
    if let Some(node) = simulator(&folder) {
        measure.arg("--node").arg(node);
    }
    succeed(&mut measure)?;
    if options.publish {
        let picture = root.join(PICTURE);
        std::fs::create_dir_all(picture.parent().unwrap_or(root)).context("making docs/images")?;
        std::fs::copy(folder.join("engine.svg"), &picture).with_context(|| format!("writing {PICTURE}"))?;
        println!("written: {}", picture.display());
    }
    Ok(())
}

/// The folder with the simulator in it, fetched if need be. Says why, where there is none.
fn simulator(folder: &Path) -> Option<PathBuf> {
    let here = folder.join("node");
    let there = here.join("node_modules/@cloud-copilot/iam-simulate/package.json");
    let has = |program: &str| setup::answers(Command::new(program).arg("--version"));
    let missing = if !has("node") || !has("npm") {
        "Node and npm are missing: apt-get install -y nodejs npm"
    } else if there.is_file() || fetched(&here) {
        return Some(here);
    } else {
        "npm could not fetch it; is there a network?"
    };
    println!("iam-simulate is left out: {missing}");
    None
}

fn fetched(folder: &Path) -> bool {
    let made = std::fs::create_dir_all(folder).is_ok();
    let mut install = Command::new("npm");
    install.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]).arg(folder);
    let status = install.arg(SIMULATOR).stdin(Stdio::null()).stdout(Stdio::null()).status();
    made && status.is_ok_and(|status| status.success())
}

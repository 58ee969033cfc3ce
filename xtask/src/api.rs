//! `cargo xtask api`: what the crates that people embed offer, held to the lists in the repository.
//!
//! Each such crate has `api.txt`, one line for each public item, written by `--renew` and read in review. `--release`
//! copies it to `api-released.txt`, with the version: from then on a change that breaks users needs a version that may.
//!
//! rustdoc describes a crate as JSON only when it is told that it is unstable. The format is numbered: the reader of
//! another Rust is another version of `public-api`.

mod breaking;
mod listing;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::setup;

/// The crates that people embed, by their folders.
const CRATES: [(&str, &str); 2] =
    [("doorward-policy", "crates/policy"), ("doorward-engine", "crates/engine")];

/// The version of rustdoc's format that `public-api` reads as it is pinned, and the Rust that writes it.
const FORMAT: (u64, &str) = (57, "1.95");

/// What to do with the lists.
#[derive(clap::Args)]
pub struct Options {
    /// Write the lists instead of checking them.
    #[arg(long)]
    renew: bool,
    /// Keep the lists as those of the release with the present version.
    #[arg(long, conflicts_with = "renew")]
    release: bool,
}

/// Runs the command.
///
/// # Errors
/// When a list is out of date, or a change breaks users without a version that may, or rustdoc fails.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    if options.renew {
        return CRATES.iter().try_for_each(|(name, folder)| {
            let path = root.join(folder).join("api.txt");
            let text = described(root, name)?.listing;
            std::fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))
        });
    }
    check(root)?;
    if options.release {
        return CRATES.iter().try_for_each(|(name, folder)| keep(root, name, folder));
    }
    Ok(())
}

/// Checks the lists, and that what is new breaks nobody or says so in the version.
///
/// # Errors
/// When a list is out of date, or a change breaks users without a version that may, or rustdoc fails.
pub fn check(root: &Path) -> Result<()> {
    let mut objections = Vec::new();
    for (name, folder) in CRATES {
        let folder = root.join(folder);
        let Described { version, listing } = described(root, name)?;
        let kept = read(&folder.join("api.txt"))?.unwrap_or_default();
        objections.extend(breaking::difference(&kept, &listing).map(|lines| format!("{name}:\n{lines}")));
        if let Some(released) = read(&folder.join("api-released.txt"))? {
            let broken = breaking::unannounced(&released, &version, &listing)
                .with_context(|| format!("the released list of {name}"))?;
            objections.extend(broken.map(|lines| format!("{name} {version} breaks its users:\n{lines}")));
        }
    }
    match objections.is_empty() {
        true => Ok(()),
        false => bail!("{}\nif this is meant: cargo xtask api --renew", objections.join("\n")),
    }
}

fn keep(root: &Path, name: &str, folder: &str) -> Result<()> {
    let path = root.join(folder).join("api-released.txt");
    let Described { version, listing } = described(root, name)?;
    std::fs::write(&path, format!("# {version}\n{listing}"))
        .with_context(|| format!("cannot write `{}`", path.display()))
}

fn read(path: &Path) -> Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read `{}`", path.display())),
    }
}

/// A crate as it is.
struct Described {
    version: String,
    /// One line for each public item.
    listing: String,
}

/// What rustdoc says first of all.
#[derive(Deserialize)]
struct Heading {
    format_version: u64,
    crate_version: Option<String>,
}

fn described(root: &Path, name: &str) -> Result<Described> {
    let path = rustdoc(root, name)?;
    let text = read(&path)?.context("rustdoc wrote nothing")?;
    let heading: Heading = serde_json::from_str(&text).context("rustdoc wrote something else than JSON")?;
    let (format, rust) = FORMAT;
    if heading.format_version != format {
        let found = heading.format_version;
        bail!(
            "this rustdoc writes format {found}, and {format} is read here, that of Rust {rust}: cargo +{rust} xtask api"
        );
    }
    let api = public_api::Builder::from_rustdoc_json(&path)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()
        .with_context(|| format!("reading the description of {name}"))?;
    let lines = api.items().map(|item| item.to_string()).collect();
    let version = heading.crate_version.context("the crate has no version")?;
    Ok(Described { version, listing: listing::of(lines) })
}

/// Has rustdoc describe a crate as JSON; where it did. A folder of its own keeps other builds from being thrown away,
/// because some dependencies are built anew when unstable features come or go.
fn rustdoc(root: &Path, name: &str) -> Result<PathBuf> {
    let target = setup::target_folder(root).join("api");
    let mut cargo = setup::cargo(root);
    cargo.args(["rustdoc", "--locked", "--quiet", "--lib", "--package", name, "--target-dir"]).arg(&target);
    cargo.args(["--", "-Z", "unstable-options", "--output-format", "json"]);
    let status = cargo.env("RUSTC_BOOTSTRAP", "1").env_remove("RUSTDOCFLAGS").status();
    if !status.context("cannot start cargo")?.success() {
        bail!("rustdoc does not describe {name}");
    }
    Ok(target.join("doc").join(format!("{}.json", name.replace('-', "_"))))
}

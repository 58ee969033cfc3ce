//! `cargo xtask generate`: writes the service shapes of `crates/wire` from the public service models, and the tables of
//! `crates/catalog`.
//!
//! The models come from the Python package `botocore` on PyPI. What is taken are facts: names, types, constraints,
//! error codes and which members page; no text of AWS. Where the tables come from is said where they are written.

mod model;
mod names;
mod policies;
mod rust;
mod wheel;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// The package the models are read from, and its version.
pub const BOTOCORE: &str = "1.44.5";

/// What to do with the generated files.
#[derive(clap::Args)]
pub struct Options {
    /// Write nothing; fail and name the files that differ from what would be written.
    #[arg(long)]
    check: bool,
}

/// A service whose model is generated.
struct Service {
    /// The Rust module, and the model's directory with its version.
    module: &'static str,
    version: &'static str,
    /// Where AWS's API reference of the service lives.
    reference: &'static str,
    /// Shapes the model does not mark as sensitive although they are credentials.
    secrets: &'static [&'static str],
    /// Members that the model requires and AWS leaves out: structure, member.
    absent: &'static [(&'static str, &'static str)],
    /// Shapes whose pattern does not let through what their documentation asks for, and what it has to be.
    patterns: &'static [(&'static str, &'static str)],
}

const SERVICES: [Service; 3] = [
    Service {
        module: "iam",
        version: "2010-05-08",
        reference: "https://docs.aws.amazon.com/IAM/latest/APIReference",
        secrets: &[],
        // The root user has no name.
        absent: &[("User", "UserName")],
        // Names may have wildcards here.
        // Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_InlinePolicyIdentifierType.html>
        patterns: &[("AttachmentName", r"[\w+=,.@*?-]+")],
    },
    Service {
        module: "organizations",
        version: "2016-11-28",
        reference: "https://docs.aws.amazon.com/organizations/latest/APIReference",
        secrets: &[],
        absent: &[],
        patterns: &[],
    },
    Service {
        module: "sts",
        version: "2011-06-15",
        reference: "https://docs.aws.amazon.com/STS/latest/APIReference",
        secrets: &["tokenType"],
        absent: &[],
        patterns: &[],
    },
];

/// Where the shapes lie, below the root of the repository.
const SHAPES: &str = "crates/wire/src/shapes";

/// Runs the command.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    let cache = root.join("target/generate");
    let shapes = shapes(&cache)?;
    let stale = stale(root, &shapes)?;
    let files: BTreeMap<PathBuf, Vec<u8>> = shapes.into_iter().chain(policies::generated(&cache)?).collect();
    let differing: Vec<&PathBuf> = files
        .iter()
        .filter(|(path, bytes)| std::fs::read(root.join(path)).ok().as_ref() != Some(bytes))
        .map(|(path, _)| path)
        .collect();
    if options.check {
        let names: Vec<String> =
            differing.into_iter().chain(&stale).map(|path| root.join(path).display().to_string()).collect();
        if !names.is_empty() {
            bail!("generated files differ; run `cargo xtask generate`:\n{}", names.join("\n"));
        }
        return Ok(());
    }
    for path in differing {
        let target = root.join(path);
        std::fs::create_dir_all(target.parent().context("a file stands in a directory")?)?;
        std::fs::write(&target, files.get(path).context("the file was generated")?)
            .with_context(|| format!("cannot write `{}`", target.display()))?;
    }
    for path in stale {
        std::fs::remove_file(root.join(path))?;
    }
    Ok(())
}

/// Every generated file of shapes, by its path below the root.
fn shapes(cache: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut wheel = wheel::open(cache, "botocore", BOTOCORE)?;
    let mut files = BTreeMap::new();
    for service in &SERVICES {
        let directory = format!("botocore/data/{}/{}", service.module, service.version);
        let mut model: model::Model = wheel::read(&mut wheel, &format!("{directory}/service-2.json"))?;
        correct(&mut model, service)?;
        let paginators: model::Paginators =
            wheel::read(&mut wheel, &format!("{directory}/paginators-1.json"))?;
        let written = rust::Writer::new(service, &model, &paginators)?.files();
        files.extend(
            written.into_iter().map(|(path, text)| (Path::new(SHAPES).join(path), text.into_bytes())),
        );
    }
    Ok(files)
}

/// Writes into a model what it says otherwise than AWS answers.
fn correct(model: &mut model::Model, service: &Service) -> Result<()> {
    for (structure, member) in service.absent {
        shape(model, structure)?.required.retain(|required| required != member);
    }
    for (name, pattern) in service.patterns {
        shape(model, name)?.pattern = Some((*pattern).to_owned());
    }
    Ok(())
}

fn shape<'m>(model: &'m mut model::Model, name: &str) -> Result<&'m mut model::Shape> {
    model.shapes.get_mut(name).with_context(|| format!("the model has no shape `{name}` to correct"))
}

/// Files of the services' directories that are no longer generated.
fn stale(root: &Path, files: &BTreeMap<PathBuf, Vec<u8>>) -> Result<Vec<PathBuf>> {
    let mut stale = Vec::new();
    for service in &SERVICES {
        let folder = Path::new(SHAPES).join(service.module);
        let Ok(entries) = std::fs::read_dir(root.join(&folder)) else { continue };
        for entry in entries {
            let path = folder.join(entry?.file_name());
            if !files.contains_key(&path) {
                stale.push(path);
            }
        }
    }
    stale.sort();
    Ok(stale)
}

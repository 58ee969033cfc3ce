//! Writes AWS's managed policies: a table in Rust, and the documents packed one by one.
//!
//! They come from the Python package `moto` on PyPI, which keeps what IAM's own operations list. Names, paths, times,
//! version numbers and documents are taken; descriptions are prose and stay out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::wheel;

/// The package the policies are read from, and its version.
const MOTO: &str = "5.2.5";

/// The file in the package: Python, with one JSON text between its triple quotes and nothing escaped in it.
const FILE: &str = "moto/iam/aws_managed_policies.py";

/// The letters of unique ids.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Policy {
    path: String,
    create_date: String,
    update_date: String,
    default_version_id: String,
    document: serde_json::Value,
}

/// Every generated file, by its path below the root of the repository.
pub fn generated(cache: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut wheel = wheel::open(cache, "moto", MOTO)?;
    let python = String::from_utf8(wheel::bytes(&mut wheel, FILE)?)?;
    let json = python.split("\"\"\"").nth(1).with_context(|| format!("`{FILE}` has another form"))?;
    let policies: BTreeMap<String, Policy> = serde_json::from_str(json)?;
    let ordered: BTreeMap<String, (&String, &Policy)> =
        policies.iter().map(|(name, policy)| (name.to_ascii_lowercase(), (name, policy))).collect();
    let (mut rows, mut packed) = (String::new(), Vec::new());
    for (name, policy) in ordered.values() {
        let start = packed.len();
        let mut encoder = DeflateEncoder::new(&mut packed, Compression::best());
        encoder.write_all(policy.document.to_string().as_bytes())?;
        encoder.finish()?;
        row(&mut rows, name, policy, (start, packed.len() - start))
            .with_context(|| format!("`{name}` has another form"))?;
    }
    let shapes = Path::new("crates/catalog/src/shapes");
    let table = table(ordered.len(), &rows);
    Ok([(shapes.join("policies.rs"), table.into_bytes()), (shapes.join("policies.deflate"), packed)].into())
}

fn table(count: usize, rows: &str) -> String {
    format!(
        "//! AWS's managed policies, ordered by name.\n\
         //!\n\
         //! Generated from moto {MOTO} by `cargo xtask generate`; do not edit.\n\n\
         use super::AwsPolicy;\n\n\
         const fn row(\n    name: &'static str,\n    path: &'static str,\n    id: &'static str,\n    \
         created_s: i64,\n    updated_s: i64,\n    version: u32,\n    place: (usize, usize),\n) -> AwsPolicy {{\n    \
         AwsPolicy {{ name, path, id, created_s, updated_s, version, place }}\n}}\n\n\
         #[rustfmt::skip]\n\
         pub(super) static POLICIES: [AwsPolicy; {count}] = [\n{rows}];\n"
    )
}

fn row(rows: &mut String, name: &str, policy: &Policy, place: (usize, usize)) -> Result<()> {
    let id = id(&format!("arn:aws:iam::aws:policy{}{name}", policy.path));
    let (created, updated) = (second(&policy.create_date)?, second(&policy.update_date)?);
    let version: u32 = policy.default_version_id.strip_prefix('v').context("no version")?.parse()?;
    writeln!(
        rows,
        "    row({name:?}, {:?}, \"{id}\", {created}, {updated}, {version}, {place:?}),",
        policy.path
    )?;
    Ok(())
}

/// The id that stands for the one that the source does not have: a digest of the ARN.
fn id(arn: &str) -> String {
    let digest = Sha256::digest(arn);
    let letter = |byte: &u8| LETTERS.get(usize::from(byte & 31)).copied().map(char::from);
    let letters = digest.iter().take(17).filter_map(letter);
    "ANPA".chars().chain(letters).collect()
}

/// The second of `2026-03-26T03:42:09+00:00`.
fn second(time: &str) -> Result<i64> {
    let time: jiff::Timestamp = time.parse()?;
    Ok(time.as_second())
}

//! Packages from PyPI: downloaded once into a cache, read from there.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde::de::DeserializeOwned;
use zip::ZipArchive;

/// The wheel of a package, downloaded with pip when the cache does not have it.
pub fn open(cache: &Path, package: &str, version: &str) -> Result<ZipArchive<File>> {
    let path = cache.join(format!("{package}-{version}-py3-none-any.whl"));
    if !path.exists() {
        std::fs::create_dir_all(cache)?;
        let status = Command::new("python3")
            .args(["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest"])
            .arg(cache)
            .arg(format!("{package}=={version}"))
            .status()
            .context("cannot run `python3 -m pip`")?;
        if !status.success() {
            bail!("pip could not download {package} {version}");
        }
    }
    let file = File::open(&path).with_context(|| format!("cannot open `{}`", path.display()))?;
    ZipArchive::new(file).with_context(|| format!("`{}` is not a wheel", path.display()))
}

/// A JSON file of the wheel, which may be compressed once more.
pub fn read<T: DeserializeOwned>(wheel: &mut ZipArchive<File>, name: &str) -> Result<T> {
    let packed = format!("{name}.gz");
    let bytes = if wheel.index_for_name(&packed).is_some() {
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(wheel.by_name(&packed)?).read_to_end(&mut bytes)?;
        bytes
    } else {
        bytes(wheel, name)?
    };
    serde_json::from_slice(&bytes).with_context(|| format!("`{name}` is not a model this program knows"))
}

/// A file of the wheel.
pub fn bytes(wheel: &mut ZipArchive<File>, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    wheel.by_name(name).with_context(|| format!("the wheel has no `{name}`"))?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

//! `cargo xtask formats`: writes the fixture of the format that records have now, `conformance/formats/N/records.tsv`.
//!
//! The tests of the directory write down every record that they come across; of each kind the shortest, the longest and
//! some between are kept. What is there already stays, so a fixture grows with new kinds of record and never forgets; one that
//! no longer reads back is for the tests to find.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// What to write.
#[derive(clap::Args)]
pub struct Options {
    /// The format that records have now.
    #[arg(long, default_value_t = 1)]
    format: u32,
}

/// How many records are kept of each kind.
const KEPT: usize = 4;

/// The longest record that is kept, in characters of its line.
const LINE_MAX: usize = 12_000;

/// What a fixture begins with.
const HEAD: &str = "# Records of every kind: key, bytes in hexadecimal, line of an export. Made by `cargo xtask formats` from what\n\
                    # tests write. Secrets in it are sealed under a master key of 32 bytes that are all 7: a key for tests only.\n";

/// Runs the command.
///
/// # Errors
/// When the tests fail, or the file cannot be written.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    let folder = root.join(format!("conformance/formats/{}", options.format));
    std::fs::create_dir_all(&folder)?;
    let (file, seen) = (folder.join("records.tsv"), root.join("target/formats-records.tsv"));
    std::fs::create_dir_all(root.join("target"))?;
    std::fs::write(&seen, "")?;
    // Those of the fixture fail until it is made.
    let status = Command::new("cargo")
        .args([
            "nextest",
            "run",
            "-p",
            "doorward-directory",
            "-E",
            "not test(tests::formats)",
            "--no-fail-fast",
        ])
        .env("DOORWARD_RECORDS", &seen)
        .current_dir(root)
        .status()
        .context("cargo-nextest cannot be run")?;
    if !status.success() {
        bail!("the tests of the directory fail");
    }
    let before = std::fs::read_to_string(&file).unwrap_or_default();
    std::fs::write(&file, chosen(&before, &std::fs::read_to_string(&seen)?))?;
    Ok(std::fs::remove_file(&seen)?)
}

/// The fixture of what was there before and what was seen.
fn chosen(before: &str, seen: &str) -> String {
    let key = |line: &str| line.split('\t').next().unwrap_or_default().to_owned();
    let mut kept: BTreeMap<String, String> = before
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| (key(line), line.to_owned()))
        .collect();
    let known: BTreeSet<_> = kept.keys().map(|key| kind(key)).collect();
    let mut kinds: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let all: BTreeSet<&str> = seen.lines().filter(|line| line.len() <= LINE_MAX).collect();
    for line in all {
        kinds.entry(kind(&key(line))).or_default().push(line);
    }
    for mut lines in kinds.into_iter().filter(|(kind, _)| !known.contains(kind)).map(|(_, lines)| lines) {
        lines.sort_by_key(|line| line.len());
        let last = lines.len() - 1;
        // From the longest on: what there is once only is the shortest.
        for place in (0..KEPT).rev() {
            let line = lines.get(last * place / (KEPT - 1)).copied().unwrap_or_default();
            kept.insert(key(line), line.to_owned());
        }
    }
    kept.into_values().fold(HEAD.to_owned(), |text, line| text + &line + "\n")
}

/// What kind of record stands under a key: its second part, and the third where there are kinds in it.
fn kind(key: &str) -> String {
    let parts =
        if key.starts_with("iam/organization/") || key.starts_with("iam/delegation/") { 3 } else { 2 };
    key.split('/').take(parts).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_of_each_kind_are_kept_and_old_ones_stay() {
        let seen: String = (1..=9).map(|n| format!("iam/user/{n}\t{}\tx\n", "0".repeat(n))).collect();
        let of = |text: &str| -> Vec<String> {
            text.lines().skip(2).map(|line| line.split('\t').next().unwrap().to_owned()).collect()
        };
        let first = chosen("", &seen);
        assert_eq!(of(&first), ["iam/user/1", "iam/user/3", "iam/user/6", "iam/user/9"]);
        let second = chosen(&first, &(seen + "iam/role/1\t0\tx\niam/organization/unit/1\t0\tx\n"));
        assert_eq!(of(&second)[..3], ["iam/organization/unit/1", "iam/role/1", "iam/user/1"]);
        assert_eq!(second.lines().count(), first.lines().count() + 2);
    }
}

//! `cargo xtask formats`: writes the fixture of the format that records have now, `conformance/formats/N`: `records.tsv`, and
//! where there are none yet a store, a backup and an export of a small installation.
//!
//! The tests of the directory write down every record that they come across; of each kind one of every form is
//! kept, the shortest. What is there already stays, so a fixture grows with new kinds of record and never forgets; one that
//! no longer reads back is for the tests to find.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// What to write.
#[derive(clap::Args)]
pub struct Options {
    /// The format that records have now.
    #[arg(long, default_value_t = 1)]
    format: u32,
}

/// The files of an installation.
const FILES: [&str; 3] = ["store.redb.gz", "backup", "export.jsonl"];

/// How many records are kept of each kind at most.
const KEPT: usize = 24;

/// The longest record that is kept, in bytes of its line.
const LINE_MAX: usize = 60_000;

/// What a fixture begins with.
const HEAD: &str = "# Records of every kind: key, bytes in hexadecimal, line of an export, meaning. Made by `cargo xtask formats` from what\n\
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
    std::fs::remove_file(&seen)?;
    files(root, &folder)
}

/// Makes the files of an installation. Those that are there are of some version, and stay.
fn files(root: &Path, folder: &Path) -> Result<()> {
    let (there, missing): (Vec<&str>, Vec<&str>) =
        FILES.into_iter().partition(|name| folder.join(name).exists());
    match (there.as_slice(), missing.as_slice()) {
        (_, []) => {
            println!("the files of {} are there, and stay", folder.display());
            return Ok(());
        }
        ([], _) => {}
        _ => bail!(
            "{}: {} missing; they are of one installation: restore them",
            folder.display(),
            missing.join(", ")
        ),
    }
    let test = ["nextest", "run", "-p", "doorward", "-E", "test(files_of_every_format_are_opened)"];
    let status = Command::new("cargo")
        .args(test)
        .env("DOORWARD_MAKE_FORMAT", folder)
        .current_dir(root)
        .status()
        .context("cargo-nextest cannot be run")?;
    if !status.success() {
        bail!("the files cannot be made, or opened");
    }
    Ok(())
}

/// The fixture of what was there before and what was seen. Records of one key stand one after the other.
fn chosen(before: &str, seen: &str) -> String {
    let key = |line: &str| line.split('\t').next().unwrap_or_default().to_owned();
    // What the bytes of a record are told to be is renewed, and the bytes never are.
    let bytes = |line: &str| line.split('\t').take(2).collect::<Vec<_>>().join("\t");
    let told: BTreeMap<String, &str> = seen.lines().map(|line| (bytes(line), line)).collect();
    let old = before.lines().filter(|line| !line.starts_with('#'));
    let mut kept: Vec<&str> = old.map(|line| told.get(&bytes(line)).copied().unwrap_or(line)).collect();
    let known: BTreeSet<_> = kept.iter().map(|line| kind(&key(line))).collect();
    let all: BTreeSet<&str> = seen.lines().filter(|line| line.len() <= LINE_MAX).collect();
    let mut kinds: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for line in all {
        kinds.entry(kind(&key(line))).or_default().push(line);
    }
    for mut lines in kinds.into_iter().filter(|(kind, _)| !known.contains(kind)).map(|(_, lines)| lines) {
        lines.sort_by_key(|line| line.len());
        let mut forms = BTreeSet::new();
        let first = |line: &&str| {
            let record = line.split('\t').nth(2).and_then(|json| serde_json::from_str(json).ok());
            forms.insert(form(&record.unwrap_or_default()))
        };
        kept.extend(lines.into_iter().filter(first).take(KEPT));
    }
    // Stable: the shortest of a key comes first.
    kept.sort_by_key(|line| key(line));
    kept.into_iter().fold(HEAD.to_owned(), |text, line| text + line + "\n")
}

/// What a record looks like: which fields are there, flags and small numbers as they are, and of the rest whether it is empty.
/// Two fields of which one could be taken for the other differ in some record, if they do in any that was seen.
fn form(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) => value.to_string(),
        Value::Number(number) => {
            number.as_u64().filter(|number| *number < 10).map_or("n".to_owned(), |n| n.to_string())
        }
        Value::String(text) => if text.is_empty() { "-" } else { "s" }.to_owned(),
        Value::Array(values) => format!("[{}]", values.first().map(form).unwrap_or_default()),
        Value::Object(fields) => {
            let one = |(name, value): (&String, &Value)| {
                if name == "key" { String::new() } else { format!("{name}:{},", form(value)) }
            };
            format!("{{{}}}", fields.iter().map(one).collect::<String>())
        }
    }
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
    fn one_of_each_form_is_kept_and_old_ones_stay() {
        let line =
            |key: &str, record: &str| format!("iam/{key}\t00\t{{\"key\":\"{key}\",\"record\":{record}}}\n");
        let of = |text: &str| -> Vec<String> {
            text.lines().skip(2).map(|line| line.split('\t').next().unwrap().to_owned()).collect()
        };
        let seen = [
            line("user/1", r#"{"a":true,"b":false}"#),
            line("user/2", r#"{"a":true,"b":false}"#),
            line("user/3", r#"{"a":false,"b":true}"#),
            line("user/4", r#"{"a":true,"b":false,"c":["x"]}"#),
            line("user/5", r#"{"a":true,"b":false,"c":["longer"]}"#),
        ]
        .concat();
        let first = chosen("", &seen);
        assert_eq!(of(&first), ["iam/user/1", "iam/user/3", "iam/user/4"]);
        let more = line("role/1", "1") + &line("organization/unit/1", "1") + &line("user/6", "7");
        let second = chosen(&first, &(seen + &more));
        assert_eq!(of(&second)[..3], ["iam/organization/unit/1", "iam/role/1", "iam/user/1"]);
        assert_eq!(second.lines().count(), first.lines().count() + 2);
    }
}

//! `cargo xtask reliability`: stores under faults, by the program `doorward-reliability`, and figures of whole processes.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use crate::{bench, setup};

/// The package of the program, and the program.
const PROGRAM: &str = "doorward-reliability";

/// Where the rows of a whole run go, in the target folder.
const ROWS: &str = "reliability.json";

/// How many principals the directories have that are loaded.
const SIZES: [u32; 3] = [10_000, 100_000, 1_000_000];

/// The directory that is backed up.
const BACKED_UP: &str = "directory-100000";

/// What takes figures of whole processes.
const MEASURE: &str = "conformance/clients/measure.py";

/// Options of the program that ask for a part of all.
const NARROWING: [&str; 5] = ["--backend", "--fault", "--short", "--help", "-h"];

/// Builds the program for release and runs it; then, unless a part was asked for, takes the figures that need whole
/// processes.
///
/// # Errors
/// When something was lost or a history was wrong, besides when it does not build or run.
pub fn run(root: &Path, arguments: &[OsString]) -> Result<()> {
    build(root, &["--release", "--package", PROGRAM])?;
    let target = setup::target_folder(root);
    let file = target.join(ROWS);
    let mut command = Command::new(target.join("release").join(PROGRAM));
    check(command.arg("--out").arg(&file).args(arguments))?;
    let given = |option: &str| {
        let is = |argument: &str| argument == option || argument.starts_with(&format!("{option}="));
        arguments.iter().any(|argument| argument.to_str().is_some_and(is))
    };
    if NARROWING.iter().any(|option| given(option)) {
        return Ok(());
    }
    let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let mut rows: Vec<Value> = serde_json::from_str(&text).context("the rows of the program")?;
    rows.extend(whole_processes(root, given("--figures"))?);
    std::fs::write(&file, serde_json::to_string_pretty(&rows)? + "\n")
        .with_context(|| format!("writing {}", file.display()))
}

/// Every fault for a second, by a program that was built for tests.
///
/// # Errors
/// As [`run`].
pub fn smoke(root: &Path) -> Result<()> {
    // With the features of the whole workspace, as the tests were built: nothing else is built a second time.
    build(root, &["--workspace", "--bin", PROGRAM])?;
    check(Command::new(setup::target_folder(root).join("debug").join(PROGRAM)).arg("--short"))
}

fn build(root: &Path, what: &[&str]) -> Result<()> {
    check(setup::cargo(root).args(["build", "--locked", "--quiet"]).args(what))
}

fn check(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("cannot run {program}"))?;
    ensure!(status.success(), "{program} ended with {status}");
    Ok(())
}

/// How directories load, how soon another process decides by a write, how long backups take, and what jumping clocks lose.
fn whole_processes(root: &Path, figures_alone: bool) -> Result<Vec<Value>> {
    build(root, &["--release", "--package", "doorward"])?;
    let mut table = Table::default();
    for row in loads(root)? {
        table.add(row);
    }
    let store = setup::target_folder(root).join("bench").join(BACKED_UP);
    let store = store.to_string_lossy().into_owned();
    measured(root, &["propagation"], &mut table)?;
    measured(root, &["backup", &store], &mut table)?;
    if !figures_alone {
        measured(root, &["clock"], &mut table)?;
    }
    Ok(table.rows)
}

/// The rows of the bench of directories.
fn loads(root: &Path) -> Result<Vec<Value>> {
    bench::run(root, &bench::Bench::Directory { sizes: SIZES.to_vec() })?;
    let file = setup::target_folder(root).join("bench").join("directory.json");
    let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let rows: Vec<Value> = serde_json::from_str(&text).context("the rows of the bench")?;
    let number = |row: &Value, name: &str| row.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
    let mebibytes = |row: &Value, name: &str| (number(row, name) / f64::from(1 << 20)).round();
    let shown = |row: &Value| {
        json!({
            "backend": "embedded",
            "figure": "load",
            "principals": row.get("principals"),
            "ready_s": (number(row, "load_ms") / 100.0).round() / 10.0,
            "memory_mib": mebibytes(row, "rss_bytes"),
            "peak_mib": mebibytes(row, "peak_bytes"),
            "publish_p50_us": (number(row, "publish_ns_p50") / 1e3).round(),
            "publish_p99_us": (number(row, "publish_ns_p99") / 1e3).round(),
        })
    };
    Ok(rows.iter().map(shown).collect())
}

/// Lets the client tests' program measure; its rows.
fn measured(root: &Path, arguments: &[&str], table: &mut Table) -> Result<()> {
    let binary = setup::target_folder(root).join("release").join("doorward");
    let mut command = Command::new(setup::python(root)?);
    command.arg(MEASURE).args(arguments).current_dir(root).env("DOORWARD_BINARY", binary);
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot run Python")?;
    for line in BufReader::new(child.stdout.take().context("its output")?).lines() {
        table.add(serde_json::from_str(&line?).context("a row that it prints")?);
    }
    let status = child.wait()?;
    ensure!(status.success(), "{MEASURE} {arguments:?} ended with {status}");
    Ok(())
}

/// Rows, printed as they come: those with the same names as one table.
#[derive(Default)]
struct Table {
    rows: Vec<Value>,
    head: Vec<String>,
}

impl Table {
    fn add(&mut self, row: Value) {
        let empty = Map::new();
        let cells = row.as_object().unwrap_or(&empty);
        let head: Vec<String> = cells.keys().cloned().collect();
        if head != self.head {
            println!("\n| {} |\n|{}", head.join(" | "), "---|".repeat(head.len()));
            self.head = head;
        }
        let text = |cell: &Value| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned);
        println!("| {} |", cells.values().map(text).collect::<Vec<_>>().join(" | "));
        self.rows.push(row);
    }
}

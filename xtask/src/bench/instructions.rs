//! How many instructions decisions take: a measure that other programs on the machine cannot disturb.

use super::{results, succeed};
use crate::setup;
use crate::test::counts::Counts;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// Where the counts are kept.
const FILE: &str = "bench/instructions.toml";

/// Its first lines.
const HEAD: &str = "# Instructions per decision, and per statement compiled. `cargo xtask test` compares; after a change that is meant:\n\
                    # cargo xtask bench instructions --record\n\n";

/// How many more there may be, as a share.
const RISE_MAX: f64 = 0.03;

/// The same for what asks for memory: allocators differ from one C library to the next.
const RISE_MAX_ALLOCATING: f64 = 0.15;

/// How many fewer there may be before that must be recorded: else it could be lost again unseen.
const FALL_MAX: f64 = 0.10;

/// What is counted: the function of that name in the program.
const COUNTED: &str = "instructions::counted";

/// The file.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    /// The compiler, as it names itself. Another one makes other code.
    rustc: String,
    /// The machine's architecture.
    architecture: String,
    /// Instructions by case.
    instructions: BTreeMap<String, f64>,
}

/// Counts, and compares with what is recorded.
///
/// # Errors
/// When a case takes more or far fewer instructions than recorded, or is not recorded; on a build machine also when
/// valgrind is missing.
pub fn compare(root: &Path) -> Result<Counts> {
    if !has_valgrind() {
        if setup::is_build_machine() {
            bail!("valgrind is missing: apt-get install -y valgrind");
        }
        println!("skipped: valgrind is missing: apt-get install -y valgrind");
        return Ok(Counts::default());
    }
    let text = std::fs::read_to_string(root.join(FILE)).with_context(|| format!("reading {FILE}"))?;
    let recorded: Recorded = toml::from_str(&text).with_context(|| format!("reading {FILE}"))?;
    let (rustc, architecture) = (rustc()?, std::env::consts::ARCH);
    if (recorded.rustc.as_str(), recorded.architecture.as_str()) != (rustc.as_str(), architecture) {
        println!(
            "skipped: recorded with {} on {}, this is {rustc} on {architecture}",
            recorded.rustc, recorded.architecture
        );
        return Ok(Counts::default());
    }
    let problems = problems(&recorded.instructions, &count(root)?);
    for problem in &problems {
        println!("{problem}");
    }
    let failed = problems.len() as u64;
    if failed > 0 {
        println!("if that is meant: cargo xtask bench instructions --record");
    }
    Ok(Counts { passed: (recorded.instructions.len() as u64).saturating_sub(failed), failed })
}

/// Counts, and records.
///
/// # Errors
/// When valgrind is missing, or the file cannot be written.
pub fn record(root: &Path) -> Result<()> {
    if !has_valgrind() {
        bail!("valgrind is missing: apt-get install -y valgrind");
    }
    let recorded = Recorded {
        rustc: rustc()?,
        architecture: std::env::consts::ARCH.to_owned(),
        instructions: count(root)?,
    };
    for (name, count) in &recorded.instructions {
        println!("{count:>12.1}  {name}");
    }
    let text = toml::to_string(&recorded).context("writing TOML")?;
    std::fs::write(root.join(FILE), format!("{HEAD}{text}")).with_context(|| format!("writing {FILE}"))?;
    println!("written: {FILE}");
    Ok(())
}

fn has_valgrind() -> bool {
    setup::answers(Command::new("valgrind").arg("--version"))
}

fn rustc() -> Result<String> {
    let program = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(program).arg("--version").output().context("cannot start `rustc`")?;
    let said = String::from_utf8_lossy(&output.stdout);
    Ok(said.split(' ').take(2).collect::<Vec<_>>().join(" "))
}

/// What differs too much.
fn problems(recorded: &BTreeMap<String, f64>, counted: &BTreeMap<String, f64>) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, now) in counted {
        let Some(before) = recorded.get(name) else {
            problems.push(format!("`{name}` is not recorded"));
            continue;
        };
        let change = now / before - 1.0;
        let allocates = ["compile", "its request", "its plan"].iter().any(|end| name.ends_with(end));
        let rise_max = if allocates { RISE_MAX_ALLOCATING } else { RISE_MAX };
        if change > rise_max || change < -FALL_MAX {
            let percent = change * 100.0;
            problems
                .push(format!("`{name}`: {now:.0} instructions, {before:.0} are recorded ({percent:+.1} %)"));
        }
    }
    let gone = recorded.keys().filter(|name| !counted.contains_key(*name));
    problems.extend(gone.map(|name| format!("`{name}` is recorded, but not counted any more")));
    problems
}

/// Instructions per decision of each case: callgrind runs the program, and writes one file each time that the counted
/// function returns.
fn count(root: &Path) -> Result<BTreeMap<String, f64>> {
    let build =
        ["build", "--release", "--locked", "--quiet", "--package", "doorward-bench", "--bin", "instructions"];
    succeed(setup::cargo(root).args(build))?;
    let folder = results(root)?.join("instructions");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let files = folder.join("counted");
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["-q", "--tool=callgrind", "--collect-atstart=no"]);
    valgrind.arg(format!("--toggle-collect={COUNTED}")).arg(format!("--dump-after={COUNTED}"));
    valgrind.arg(format!("--callgrind-out-file={}", files.display()));
    valgrind.arg(setup::target_folder(root).join("release").join("instructions"));
    let output = valgrind.stderr(Stdio::inherit()).output().context("cannot start `valgrind`")?;
    if !output.status.success() {
        bail!("`valgrind` failed");
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let mut counted = BTreeMap::new();
    for (line, part) in said.lines().zip(1..) {
        let part = files.with_extension(part.to_string());
        let text = std::fs::read_to_string(&part).with_context(|| format!("reading {}", part.display()))?;
        let (name, instructions) =
            case(line, &text).with_context(|| format!("reading {}", part.display()))?;
        counted.insert(name, instructions);
    }
    Ok(counted)
}

/// The name of a case and its instructions for each of what it does: the line says `name times`, the file the sum.
fn case(line: &str, file: &str) -> Option<(String, f64)> {
    let (name, times) = line.rsplit_once(' ')?;
    let sum = file.lines().find_map(|line| line.strip_prefix("summary: "))?;
    let (sum, times): (f64, f64) = (sum.trim().parse().ok()?, times.parse().ok()?);
    Some((name.to_owned(), (sum / times * 10.0).round() / 10.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(rows: &[(&str, f64)]) -> BTreeMap<String, f64> {
        rows.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    }

    #[test]
    fn more_is_refused_and_much_less_must_be_recorded() {
        let recorded = counts(&[("a", 1_000.0), ("b compile", 1_000.0)]);
        let rows: &[(f64, f64, &[&str])] = &[
            (1_000.0, 1_000.0, &[]),
            (1_029.0, 1_149.0, &[]),
            (1_031.0, 1_151.0, &["+3.1 %", "+15.1 %"]),
            (901.0, 901.0, &[]),
            (899.0, 899.0, &["-10.1 %", "-10.1 %"]),
        ];
        for (a, b, expected) in rows {
            let found = problems(&recorded, &counts(&[("a", *a), ("b compile", *b)]));
            assert_eq!(found.len(), expected.len(), "{found:?}");
            assert!(found.iter().zip(*expected).all(|(found, part)| found.contains(part)), "{found:?}");
        }
        assert_eq!(
            problems(&recorded, &counts(&[("a", 1_000.0), ("c", 1.0)])),
            ["`c` is not recorded", "`b compile` is recorded, but not counted any more"]
        );
    }

    #[test]
    fn cases_are_read_from_a_line_and_a_file() {
        let file = "version: 1\nevents: Ir\nsummary: 2221130\n\ntotals: 2221130\n";
        assert_eq!(case("w50 R1-allow 100", file), Some(("w50 R1-allow".to_owned(), 22_211.3)));
        assert_eq!(case("w50", file), None);
        assert_eq!(case("w50 R1-allow 100", "version: 1\n"), None);
    }
}

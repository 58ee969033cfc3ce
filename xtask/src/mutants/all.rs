//! Every fault that cargo-mutants can think of.
//!
//! What it need not try stands with the reasons in `conformance/mutants-spec.toml` and `conformance/mutants-engine.toml`.

use crate::setup;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::path::Path;
use std::process::Command;

/// A crate that faults are put into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Crate {
    /// The reference model.
    Spec,
    /// The engine.
    Engine,
}

impl Crate {
    fn name(self) -> &'static str {
        match self {
            Self::Spec => "spec",
            Self::Engine => "engine",
        }
    }

    /// Where cargo-mutants is told what to do.
    fn configuration(self) -> String {
        format!("conformance/mutants-{}.toml", self.name())
    }
}

/// How many random cases each fault may show itself in: a fault that shows at all mostly does in the first hundred.
const CASES: &str = "200000";

/// The longest that the tests may run on one fault, which may be one of never coming to an end.
const TIMEOUT_SECONDS: &str = "120";

/// Which tests judge the faults: the part of the configuration that tells.
#[derive(Debug, Deserialize)]
struct Judges {
    test_package: Vec<String>,
    additional_cargo_test_args: Vec<String>,
}

impl Judges {
    fn read(root: &Path, which: Crate) -> Result<Self> {
        let path = which.configuration();
        let text = std::fs::read_to_string(root.join(&path)).with_context(|| format!("reading {path}"))?;
        toml::from_str(&text).with_context(|| format!("reading {path}"))
    }
}

/// Runs the tests without any fault, and then with each.
///
/// # Errors
/// When cargo-mutants is not there, when its configuration cannot be read, when the tests fail without a fault, and when
/// they do not fail with one.
pub fn run(root: &Path, which: Crate) -> Result<()> {
    ensure!(
        setup::answers(setup::cargo(root).args(["mutants", "--version"])),
        "cargo-mutants is missing: cargo install cargo-mutants --locked"
    );
    let judges = Judges::read(root, which)?;
    let mut sound = setup::cargo(root);
    sound.args(["test", "--quiet"]).args(judges.test_package.iter().flat_map(|name| ["--package", name]));
    sound.args(&judges.additional_cargo_test_args);
    ensure!(
        few(&mut sound).status().context("cannot start cargo")?.success(),
        "the tests fail without any fault"
    );
    let report = setup::target_folder(root).join(format!("mutants-{}", which.name()));
    let mut mutants = setup::cargo(root);
    mutants.args(["mutants", "--config", &which.configuration(), "--baseline", "skip", "--jobs", "1"]);
    mutants.args(["--timeout", TIMEOUT_SECONDS, "--output"]).arg(&report);
    // Each fault is built in a copy: a target folder shared with us would be built anew each time.
    mutants.env_remove("CARGO_TARGET_DIR").env("CARGO_PROFILE_DEV_DEBUG", "false");
    let passed = few(&mut mutants).status().context("cannot start cargo")?.success();
    ensure!(
        passed,
        "some faults are not found, or cannot be tried: see {}",
        report.join("mutants.out").display()
    );
    Ok(())
}

fn few(command: &mut Command) -> &mut Command {
    command.env("DOORWARD_DIFFERENTIAL_CASES", CASES)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left out is left out for a reason, and tests that are named are there.
    #[test]
    fn configurations_are_complete() {
        for which in [Crate::Spec, Crate::Engine] {
            let path = crate::root().join(which.configuration());
            let text = std::fs::read_to_string(&path).unwrap();
            let table: toml::Table = toml::from_str(&text).unwrap();
            assert_eq!(table["examine_globs"][0].as_str(), Some(&*format!("crates/{}/src/**", which.name())));
            let judges = Judges::read(crate::root(), which).unwrap();
            let own = judges.additional_cargo_test_args.iter().take_while(|argument| *argument != "--");
            for test in own.filter(|argument| !argument.starts_with("--")) {
                let folders = ["conformance/tests", "crates/engine/tests"];
                let is_there =
                    |folder: &&str| crate::root().join(folder).join(format!("{test}.rs")).is_file();
                assert!(folders.iter().any(is_there), "{}: no test `{test}`", path.display());
            }
            let mut reason = false;
            for line in text.lines().skip_while(|line| !line.starts_with("exclude_re")) {
                let line = line.trim();
                let is_excluded = line.starts_with(['\'', '"']);
                assert!(!is_excluded || reason, "{}: no reason above `{line}`", path.display());
                reason = line.starts_with('#') || is_excluded;
            }
        }
    }
}

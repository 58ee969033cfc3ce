//! Licences, origins and duplicate versions of everything the workspace uses.
//!
//! The rules are in `deny.toml`, in the words of cargo-deny, which checks the same and the advisories too.
//! This check of our own needs neither the network nor the minutes it takes to build cargo-deny.

mod expression;

use crate::finding::{Finding, conclude};
use crate::graph::{Graph, Kind, Origin, Package};
use crate::setup;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Where the rules lie.
const RULES: &str = "deny.toml";

/// The rules, as far as this check reads them. An unknown key is an error: it would have no effect here.
#[expect(dead_code, reason = "named so that a key this check does not know is refused")]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    graph: toml::Table,
    advisories: toml::Table,
    licenses: Licences,
    bans: Bans,
    sources: Sources,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Licences {
    allow: BTreeSet<String>,
    #[serde(default)]
    exceptions: Vec<Exception>,
    #[expect(dead_code, reason = "for cargo-deny only")]
    unused_allowed_license: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Bans {
    multiple_versions: Deny,
    #[serde(default)]
    skip: Vec<Skip>,
    #[serde(default)]
    deny: Vec<Skip>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Skip {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

#[expect(dead_code, reason = "only one level can be read, and it is always meant")]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sources {
    unknown_registry: Deny,
    unknown_git: Deny,
}

/// The only level this check knows.
#[derive(Debug, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Deny {
    Deny,
}

/// Checks the workspace at `root` and prints what is wrong.
///
/// # Errors
/// When a rule is broken, or the rules or the workspace cannot be read.
pub fn run(root: &Path) -> Result<()> {
    let text = std::fs::read_to_string(root.join(RULES)).with_context(|| format!("reading {RULES}"))?;
    let rules: Rules = toml::from_str(&text).with_context(|| format!("reading {RULES}"))?;
    let graph = Graph::load(root)?;
    conclude("licences", &format!("{} packages", graph.packages.len()), check(&rules, &graph))
}

/// Asks cargo-deny about published advisories. It fetches the database of advisories by git.
///
/// # Errors
/// When cargo-deny is missing, cannot fetch, or finds an advisory.
pub fn advisories(root: &Path) -> Result<()> {
    if !setup::answers(setup::cargo(root).args(["deny", "--version"])) {
        bail!("cargo-deny is missing, install it: cargo install cargo-deny --locked");
    }
    let status = setup::cargo(root).args(["deny", "check", "advisories"]).status();
    match status.context("cannot start cargo-deny")?.success() {
        true => Ok(()),
        false => bail!("cargo-deny found advisories, or could not fetch them"),
    }
}

fn check(rules: &Rules, graph: &Graph) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in graph.packages.values() {
        let problems = [licence_problem(&rules.licenses, package), origin_problem(package)];
        let problems = problems.into_iter().flatten();
        findings.extend(problems.map(|(rule, text)| Finding::at(&package.name, 0, rule, text)));
        let banned = rules.bans.deny.iter().find(|ban| ban.name == package.name);
        findings.extend(banned.map(|ban| Finding::at(&package.name, 0, "ban", &ban.reason)));
    }
    findings.extend(duplicates(&rules.bans, graph));
    findings
}

fn licence_problem(rules: &Licences, package: &Package) -> Option<(&'static str, String)> {
    let Some(licence) = &package.licence else {
        return Some(("licence", "names no licence".to_owned()));
    };
    let allowed = |name: &str| {
        let mut exceptions = rules.exceptions.iter().filter(|exception| exception.name == package.name);
        rules.allow.contains(name) || exceptions.any(|exception| exception.allow.contains(name))
    };
    match expression::satisfied(licence, &allowed) {
        Ok(true) => None,
        Ok(false) => Some(("licence", format!("`{licence}` is not allowed by {RULES}"))),
        Err(error) => Some(("licence", format!("`{licence}` cannot be read: {error}"))),
    }
}

fn origin_problem(package: &Package) -> Option<(&'static str, String)> {
    match &package.origin {
        Origin::Workspace(_) | Origin::CratesIo => None,
        Origin::Elsewhere(place) => Some(("origin", format!("comes from `{place}`, not from crates.io"))),
    }
}

/// Packages present in more than one version in what is built; what only tests use does not count.
fn duplicates(rules: &Bans, graph: &Graph) -> Vec<Finding> {
    let Deny::Deny = rules.multiple_versions;
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in built(graph) {
        versions.entry(&package.name).or_default().insert(&package.version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    let mut findings = Vec::new();
    for skip in &rules.skip {
        if versions.remove(skip.name.as_str()).is_none() {
            let text = format!("`{}` is skipped but not duplicated: remove the line", skip.name);
            findings.push(Finding::at(RULES, 0, "duplicate", text));
        }
    }
    for (name, versions) in versions {
        let versions = versions.into_iter().collect::<Vec<_>>().join(", ");
        findings.push(Finding::at(name, 0, "duplicate", format!("in versions {versions}")));
    }
    findings
}

fn built(graph: &Graph) -> Vec<&Package> {
    let mut seen = BTreeSet::new();
    let mut built = graph.members();
    let mut next = 0;
    while let Some(&package) = built.get(next) {
        next += 1;
        let uses = graph.uses(package).filter(|(kind, _)| *kind != Kind::Test);
        built.extend(uses.map(|(_, used)| used).filter(|used| seen.insert((&used.name, &used.version))));
    }
    built
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sketch;

    fn rules(bans: &str) -> Rules {
        let text = format!(
            "[graph]\n[advisories]\n[licenses]\nallow = ['MIT']\nunused-allowed-license = 'allow'\n\
             exceptions = [{{ crate = 'odd', allow = ['ISC'] }}]\n\
             [bans]\nmultiple-versions = 'deny'\n{bans}\n\
             [sources]\nunknown-registry = 'deny'\nunknown-git = 'deny'\n"
        );
        toml::from_str(&text).unwrap()
    }

    fn check_packages(bans: &str, packages: &[(&str, &str, Option<&str>)], lines: &str) -> Vec<String> {
        let mut graph = sketch(lines);
        for (id, name, licence) in packages {
            let package = graph.packages.get_mut(*id).unwrap();
            package.name = (*name).to_owned();
            package.version = (*id).to_owned();
            package.licence = licence.map(str::to_owned);
        }
        check(&rules(bans), &graph).into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn licences() {
        let rows = [
            (("a", Some("MIT")), None),
            (("a", Some("ISC")), Some("a: licence: `ISC` is not allowed by deny.toml")),
            (("odd", Some("ISC")), None),
            (("a", None), Some("a: licence: names no licence")),
            (("a", Some("(MIT")), Some("a: licence: `(MIT` cannot be read: a bracket is not closed")),
        ];
        for ((name, licence), expected) in rows {
            let found = check_packages("", &[("x", name, licence)], "x");
            assert_eq!(found.first().map(String::as_str), expected, "{name} {licence:?}");
        }
    }

    #[test]
    fn two_versions() {
        let packages = [("x1", "x", Some("MIT")), ("x2", "x", Some("MIT"))];
        let both = "crates/wire -> x1 \n crates/gate -> a \n a -> x2";
        let in_tests = "crates/wire -> x1 \n crates/gate -test-> x2";
        let skip = "skip = [{ crate = 'x', reason = 'r' }]";
        let idle = "deny.toml: duplicate: `x` is skipped but not duplicated: remove the line";
        let rows: [(&str, &str, &[&str]); 4] = [
            ("", both, &["x: duplicate: in versions x1, x2"]),
            ("", in_tests, &[]),
            (skip, both, &[]),
            (skip, in_tests, &[idle]),
        ];
        for (bans, lines, expected) in rows {
            assert_eq!(check_packages(bans, &packages, lines), expected, "{bans} {lines}");
        }
    }

    #[test]
    fn bans_and_origins() {
        let ban = "deny = [{ crate = 'x', reason = 'one TLS stack' }]";
        assert_eq!(check_packages(ban, &[], "x"), ["x: ban: one TLS stack"]);
        let mut graph = sketch("x");
        graph.packages.get_mut("x").unwrap().origin = Origin::Elsewhere("git+https://x.example".to_owned());
        let found: Vec<_> = check(&rules(""), &graph).iter().map(Finding::to_string).collect();
        assert_eq!(found, ["x: origin: comes from `git+https://x.example`, not from crates.io"]);
    }
}

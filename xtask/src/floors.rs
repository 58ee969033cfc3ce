//! Floors: a crate may use only crates on lower floors, and what a floor must not know it cannot reach.
//!
//! The order and its reasons are told in `ARCHITECTURE.md`.

mod purity;

use crate::finding::{Finding, conclude};
use crate::graph::{Graph, Kind, Package};
use crate::tree;
use anyhow::Result;
use std::collections::BTreeSet;
use std::path::Path;

/// The floor of every crate of the workspace. A crate that is not here is refused.
pub const FLOORS: &[(&str, u8)] = &[
    ("doorward-policy", 0),
    ("doorward-sigv4", 0),
    ("doorward-wire", 0),
    ("doorward-catalog", 0),
    ("doorward-store", 0),
    ("doorward-federation", 0),
    ("doorward-engine", 1),
    ("doorward-spec", 1),
    ("doorward-archive", 1),
    ("doorward-audit", 1),
    ("doorward-conformance", 2),
    ("doorward-directory", 2),
    ("doorward-analyze", 2),
    ("doorward-gate", 3),
    ("doorward-services", 4),
    ("doorward-server", SERVER),
    ("doorward", 6),
    ("doorward-bench", 7),
    ("doorward-bench-directory", 7),
    ("doorward-bench-server", 7),
    ("doorward-reliability", 7),
    ("xtask", 7),
];

/// The lowest floor that may be asynchronous and touch the network.
const SERVER: u8 = 5;

/// Edges of tests that do not have to lead down, with the reason of each.
const TEST_EDGES: &[(&str, &str, &str)] =
    &[("doorward-engine", "doorward-spec", "the engine is tested against the reference model beside it")];

/// Crates that compute and nothing else: the same arguments give the same answer.
pub const PURE: &[&str] = &["doorward-policy", "doorward-engine", "doorward-spec", "doorward-analyze"];

/// Third-party crates that some of our crates must not reach, directly or through others.
struct Ban {
    reason: &'static str,
    crates: &'static [&'static str],
    applies: fn(&str, u8) -> bool,
}

const BANS: &[Ban] = &[
    Ban {
        reason: "below the server everything is synchronous and off the network",
        crates: &[
            "async-std",
            "axum",
            "curl",
            "futures-executor",
            "h2",
            "hyper",
            "hyper-util",
            "mio",
            "quinn",
            "reqwest",
            "smol",
            "socket2",
            "tokio",
            "tonic",
            "tower",
            "ureq",
        ],
        // A store backend may run its own runtime behind its synchronous trait.
        applies: |name, floor| floor < SERVER && name != "doorward-store",
    },
    Ban {
        reason: "time, randomness, files and storage come in as arguments here",
        crates: &[
            "chrono",
            "fastrand",
            "fs4",
            "fs-err",
            "getrandom",
            "memmap2",
            "notify",
            "rand",
            "redb",
            "rusqlite",
            "tempfile",
            "time",
            "walkdir",
        ],
        applies: |name, _| PURE.contains(&name),
    },
];

/// Checks the workspace at `root` and prints what is wrong.
///
/// # Errors
/// When a rule is broken, or the workspace cannot be read.
pub fn run(root: &Path) -> Result<()> {
    let graph = Graph::load(root)?;
    let mut findings = check(&graph);
    findings.extend(purity::check(&graph, &tree::read(root)?)?);
    conclude("floors", &format!("{} crates", graph.members().len()), findings)
}

/// Every broken rule in the graph of crates.
fn check(graph: &Graph) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in graph.members() {
        let manifest = format!("{}/Cargo.toml", package.folder().unwrap_or_default());
        let Some(floor) = floor_of(&package.name) else {
            let text = format!("`{}` has no floor: give it one in xtask/src/floors.rs", package.name);
            findings.push(Finding::at(&manifest, 0, "floor", text));
            continue;
        };
        for (kind, used) in graph.uses(package) {
            let problem = edge_problem(package, floor, kind, used);
            findings.extend(problem.map(|text| Finding::at(&manifest, 0, "floor", text)));
        }
        for ban in BANS.iter().filter(|ban| (ban.applies)(&package.name, floor)) {
            let reached = banned_chains(graph, package, ban.crates);
            let said = |chain: String| format!("{chain}: {}", ban.reason);
            findings.extend(reached.map(|chain| Finding::at(&manifest, 0, "floor-ban", said(chain))));
        }
    }
    findings
}

fn floor_of(name: &str) -> Option<u8> {
    FLOORS.iter().find(|(known, _)| *known == name).map(|(_, floor)| *floor)
}

/// What is wrong with one crate of ours using another package.
fn edge_problem(package: &Package, floor: u8, kind: Kind, used: &Package) -> Option<String> {
    used.folder()?;
    let used_floor = floor_of(&used.name)?;
    let excused = TEST_EDGES.iter().any(|(from, to, _)| (*from, *to) == (&package.name, &used.name));
    if used_floor < floor || (kind == Kind::Test && excused) {
        return None;
    }
    let (user, used) = (&package.name, &used.name);
    Some(format!(
        "`{user}` (floor {floor}) uses `{used}` (floor {used_floor}): an edge must lead to a lower floor"
    ))
}

/// The ways by which `package` reaches one of the `banned` crates, one for each, as `a -> b -> c`.
///
/// Only what ends in the product counts: tests, build scripts and macros may use what they like. Other crates
/// of the workspace are not followed, they are checked for themselves.
fn banned_chains(graph: &Graph, package: &Package, banned: &[&str]) -> impl Iterator<Item = String> {
    let mut seen = BTreeSet::new();
    let mut chains = Vec::new();
    let mut open = vec![(package, format!("`{}`", package.name))];
    while let Some((user, chain)) = open.pop() {
        for (kind, used) in graph.uses(user) {
            let in_product = kind == Kind::Normal && used.folder().is_none() && !used.proc_macro;
            if !in_product || !seen.insert((&used.name, &used.version)) {
                continue;
            }
            let chain = format!("{chain} -> `{}`", used.name);
            match banned.contains(&used.name.as_str()) {
                true => chains.push(chain),
                false => open.push((used, chain)),
            }
        }
    }
    chains.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sketch;

    /// The findings on a sketched graph, one a line, without their places.
    fn check_sketch(lines: &str) -> String {
        check(&sketch(lines)).into_iter().map(|finding| finding.text).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn graphs() {
        let rows = [
            ("downwards", "crates/engine -> crates/policy \n crates/doorward -> crates/server", ""),
            (
                "upwards",
                "crates/policy -> crates/engine",
                "`doorward-policy` (floor 0) uses `doorward-engine` (floor 1): an edge must lead to a lower floor",
            ),
            (
                "sideways",
                "crates/wire -> crates/policy",
                "`doorward-wire` (floor 0) uses `doorward-policy` (floor 0): an edge must lead to a lower floor",
            ),
            ("the engine's tests use the model", "crates/engine -test-> crates/spec", ""),
            (
                "the engine itself does not",
                "crates/engine -> crates/spec",
                "`doorward-engine` (floor 1) uses `doorward-spec` (floor 1): an edge must lead to a lower floor",
            ),
            (
                "other tests are held to the floors",
                "crates/policy -test-> crates/engine",
                "`doorward-policy` (floor 0) uses `doorward-engine` (floor 1): an edge must lead to a lower floor",
            ),
            (
                "build scripts too",
                "crates/policy -build-> crates/gate",
                "`doorward-policy` (floor 0) uses `doorward-gate` (floor 3): an edge must lead to a lower floor",
            ),
            (
                "a newcomer",
                "crates/newcomer",
                "`doorward-newcomer` has no floor: give it one in xtask/src/floors.rs",
            ),
            (
                "async below the server",
                "crates/gate -> tokio",
                "`doorward-gate` -> `tokio`: below the server everything is synchronous and off the network",
            ),
            (
                "async through another crate",
                "crates/gate -> hidden \n hidden -> deeper \n deeper -> hyper",
                "`doorward-gate` -> `hidden` -> `deeper` -> `hyper`: \
                 below the server everything is synchronous and off the network",
            ),
            ("async in the server", "crates/server -> tokio", ""),
            ("a store backend's own runtime", "crates/store -> tokio \n crates/gate -> crates/store", ""),
            ("async in tests", "crates/gate -test-> tokio", ""),
            (
                "randomness in the engine",
                "crates/engine -> ahash \n ahash -> getrandom",
                "`doorward-engine` -> `ahash` -> `getrandom`: \
                 time, randomness, files and storage come in as arguments here",
            ),
            ("randomness in the gate", "crates/gate -> getrandom", ""),
        ];
        for (name, lines, expected) in rows {
            assert_eq!(check_sketch(lines), expected, "{name}");
        }
    }

    #[test]
    fn macros_run_in_the_compiler() {
        let mut graph = sketch("crates/engine -> derive \n derive -> getrandom");
        graph.packages.get_mut("derive").unwrap().proc_macro = true;
        assert_eq!(check(&graph), []);
    }

    #[test]
    fn the_table_names_each_crate_once() {
        let names: BTreeSet<_> = FLOORS.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), FLOORS.len());
        let unknown = PURE.iter().filter(|name| floor_of(name).is_none());
        assert_eq!(unknown.count(), 0);
    }
}

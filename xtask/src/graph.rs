//! The packages of the workspace and everything they use, as `cargo metadata` tells it.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// All packages, by cargo's package id.
#[derive(Debug, Default)]
pub struct Graph {
    /// Every package of the resolution, workspace and registry alike.
    pub packages: BTreeMap<String, Package>,
    /// Names in the root manifest's `[workspace.dependencies]` that are not crates of this workspace.
    pub offered: BTreeSet<String>,
}

/// One package.
#[derive(Debug, Clone)]
pub struct Package {
    /// The name in its manifest.
    pub name: String,
    /// The version in its manifest.
    pub version: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The SPDX expression in its manifest.
    pub licence: Option<String>,
    /// Whether it only runs inside the compiler.
    pub proc_macro: bool,
    /// The first source file of its library, or else of its first binary, from the root of the checkout.
    pub front: String,
    /// What it uses.
    pub edges: Vec<Edge>,
}

/// Where a package comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A member of this workspace; holds its folder from the root of the checkout.
    Workspace(String),
    /// The crates.io registry.
    CratesIo,
    /// Anything else: git, another registry, a path outside the workspace.
    Elsewhere(String),
}

/// One package using another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The id of the package that is used.
    pub to: String,
    /// What for.
    pub kind: Kind,
}

/// What a dependency is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The crate itself.
    Normal,
    /// Its tests, examples and benches.
    Test,
    /// Its build script.
    Build,
}

impl Package {
    /// The package's folder when it is a member of the workspace.
    pub fn folder(&self) -> Option<&str> {
        match &self.origin {
            Origin::Workspace(folder) => Some(folder),
            Origin::CratesIo | Origin::Elsewhere(_) => None,
        }
    }
}

impl Graph {
    /// Asks cargo about the workspace at `root`, with all features and for all platforms.
    ///
    /// # Errors
    /// When cargo fails (also when `Cargo.lock` is out of date) or answers something unreadable.
    pub fn load(root: &Path) -> Result<Self> {
        let output = crate::setup::cargo(root)
            .args(["metadata", "--format-version", "1", "--all-features", "--locked"])
            .output()
            .context("cannot start `cargo metadata`")?;
        if !output.status.success() {
            bail!("`cargo metadata` failed: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        let metadata: Metadata =
            serde_json::from_slice(&output.stdout).context("reading cargo's metadata")?;
        let manifest = std::fs::read_to_string(root.join("Cargo.toml")).context("reading Cargo.toml")?;
        let manifest: RootManifest = toml::from_str(&manifest).context("reading Cargo.toml")?;
        let mut graph = metadata.into_graph(root)?;
        let built = built(root)?;
        graph.packages.retain(|_, package| built.contains(&(package.name.clone(), package.version.clone())));
        graph.offered = manifest.workspace.dependencies.into_keys().collect();
        graph.offered.retain(|name| graph.packages.values().all(|p| p.folder().is_none() || p.name != *name));
        graph.offered.retain(|name| !name.starts_with("doorward"));
        Ok(graph)
    }

    /// The members of the workspace, in order of name.
    pub fn members(&self) -> Vec<&Package> {
        let mut members: Vec<_> = self.packages.values().filter(|p| p.folder().is_some()).collect();
        members.sort_by(|a, b| a.name.cmp(&b.name));
        members
    }

    /// What a package uses directly, with the purpose of each edge.
    pub fn uses<'a>(&'a self, package: &'a Package) -> impl Iterator<Item = (Kind, &'a Package)> {
        package.edges.iter().filter_map(|edge| Some((edge.kind, self.packages.get(&edge.to)?)))
    }
}

/// Names and versions of everything that some build of the workspace compiles. `cargo metadata` also names what only a
/// feature that nobody turns on would bring in.
fn built(root: &Path) -> Result<BTreeSet<(String, String)>> {
    let output = crate::setup::cargo(root)
        .args(["tree", "--workspace", "--all-features", "--target", "all", "--edges", "all", "--locked"])
        .args(["--prefix", "none", "--format", "{p}"])
        .output()
        .context("cannot start `cargo tree`")?;
    if !output.status.success() {
        bail!("`cargo tree` failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let lines = String::from_utf8_lossy(&output.stdout);
    let package = |line: &str| {
        let mut words = line.split(' ');
        Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
    };
    Ok(lines.lines().filter_map(package).collect())
}

#[derive(Deserialize)]
struct RootManifest {
    workspace: RootWorkspace,
}

#[derive(Deserialize)]
struct RootWorkspace {
    #[serde(default)]
    dependencies: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<PackageRow>,
    workspace_members: BTreeSet<String>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct PackageRow {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
    manifest_path: PathBuf,
    targets: Vec<TargetRow>,
}

#[derive(Deserialize)]
struct TargetRow {
    kind: Vec<String>,
    src_path: PathBuf,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<NodeEdge>,
}

#[derive(Deserialize)]
struct NodeEdge {
    pkg: String,
    dep_kinds: Vec<DepKind>,
}

#[derive(Deserialize)]
struct DepKind {
    kind: Option<String>,
}

impl Metadata {
    fn into_graph(self, root: &Path) -> Result<Graph> {
        let mut packages = BTreeMap::new();
        for row in self.packages {
            let member = self.workspace_members.contains(&row.id);
            packages.insert(row.id.clone(), row.into_package(root, member)?);
        }
        for node in self.resolve.nodes {
            let edges = node.edges()?;
            if let Some(package) = packages.get_mut(&node.id) {
                package.edges = edges;
            }
        }
        Ok(Graph { packages, offered: BTreeSet::new() })
    }
}

impl Node {
    fn edges(&self) -> Result<Vec<Edge>> {
        let mut edges = Vec::new();
        for dependency in &self.deps {
            let mut kinds = BTreeSet::new();
            for row in &dependency.dep_kinds {
                kinds.insert(match row.kind.as_deref() {
                    None => Kind::Normal,
                    Some("dev") => Kind::Test,
                    Some("build") => Kind::Build,
                    Some(other) => bail!("cargo names a kind of dependency unknown here: `{other}`"),
                });
            }
            edges.extend(kinds.into_iter().map(|kind| Edge { to: dependency.pkg.clone(), kind }));
        }
        Ok(edges)
    }
}

impl PackageRow {
    fn into_package(self, root: &Path, member: bool) -> Result<Package> {
        let from_root = |path: &Path| -> Result<String> {
            let path = path.strip_prefix(root).with_context(|| format!("{} is outside", path.display()))?;
            Ok(path.to_string_lossy().replace('\\', "/"))
        };
        let origin = match (member, self.source.as_deref()) {
            (true, _) => Origin::Workspace(from_root(self.manifest_path.parent().unwrap_or(root))?),
            (false, Some("registry+https://github.com/rust-lang/crates.io-index")) => Origin::CratesIo,
            (false, Some(source)) => Origin::Elsewhere(source.to_owned()),
            (false, None) => Origin::Elsewhere(self.manifest_path.display().to_string()),
        };
        let front = match member {
            true => from_root(self.front_source().unwrap_or(&self.manifest_path))?,
            false => String::new(),
        };
        let proc_macro =
            self.targets.iter().any(|target| target.kind.iter().any(|kind| kind == "proc-macro"));
        let Self { name, version, license, .. } = self;
        Ok(Package { name, version, origin, licence: license, proc_macro, front, edges: Vec::new() })
    }

    fn front_source(&self) -> Option<&Path> {
        let of_kind = |kind: &str| {
            let has_kind = |target: &&TargetRow| target.kind.iter().any(|k| k == kind);
            self.targets.iter().find(has_kind).map(|target| target.src_path.as_path())
        };
        of_kind("lib").or_else(|| of_kind("proc-macro")).or_else(|| of_kind("bin"))
    }
}

/// Graphs for tests, written as lines `user -> used`, `user -test-> used`, `user -build-> used`.
///
/// Names with a `/` are members of the workspace (`crates/policy` is the package `doorward-policy`), all
/// others come from crates.io. A line without an arrow adds a package without edges.
#[cfg(test)]
pub fn sketch(lines: &str) -> Graph {
    let mut graph = Graph::default();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words: Vec<_> = line.split_whitespace().collect();
        let user = sketch_package(&mut graph, words[0]);
        if let [_, arrow, used] = words[..] {
            let to = sketch_package(&mut graph, used);
            let kind = match arrow {
                "->" => Kind::Normal,
                "-test->" => Kind::Test,
                "-build->" => Kind::Build,
                other => panic!("no such arrow: {other}"),
            };
            graph.packages.get_mut(&user).unwrap().edges.push(Edge { to, kind });
        }
    }
    graph
}

#[cfg(test)]
fn sketch_package(graph: &mut Graph, word: &str) -> String {
    let (name, origin) = match word.strip_prefix("crates/") {
        Some("doorward") => ("doorward".to_owned(), Origin::Workspace(word.to_owned())),
        Some(short) => (format!("doorward-{short}"), Origin::Workspace(word.to_owned())),
        None => (word.to_owned(), Origin::CratesIo),
    };
    graph.packages.entry(word.to_owned()).or_insert_with(|| Package {
        name,
        version: "1.0.0".to_owned(),
        origin,
        licence: Some("MIT".to_owned()),
        proc_macro: false,
        front: format!("{word}/src/lib.rs"),
        edges: Vec::new(),
    });
    word.to_owned()
}

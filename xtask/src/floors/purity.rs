//! What the source of a pure crate must not say: the clock, files, the network, the process it runs in.

use super::PURE;
use crate::finding::Finding;
use crate::graph::Graph;
use crate::rust::{self, Part, Place};
use crate::tree::TextFile;
use anyhow::{Context, Result};

/// Beginnings of paths that lead outside.
const MODULES: &[&[&str]] =
    &[&["std", "fs"], &["std", "net"], &["std", "env"], &["std", "process"], &["std", "os"]];

/// Addresses as values, which `std::net` holds beside its sockets.
const ADDRESSES: &[&str] = &["IpAddr", "Ipv4Addr", "Ipv6Addr", "AddrParseError"];

/// Types of which `now` is the clock.
const CLOCKS: &[&str] = &["SystemTime", "Instant", "Timestamp", "Zoned", "Utc", "Local"];

/// Reads the product source of every pure crate, tests excepted.
///
/// # Errors
/// When a file is not Rust source.
pub fn check(graph: &Graph, files: &[TextFile]) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for package in graph.members().into_iter().filter(|package| PURE.contains(&package.name.as_str())) {
        let source = format!("{}/src/", package.folder().unwrap_or_default());
        for file in files.iter().filter(|file| file.is_rust() && file.path.starts_with(&source)) {
            let problems = problems(file).with_context(|| file.path.clone())?;
            let said = |what| format!("`{what}` in `{}`, which does no I/O and reads no clock", package.name);
            let found = |(line, what): (usize, String)| Finding::at(&file.path, line, "purity", said(what));
            findings.extend(problems.into_iter().map(found));
        }
    }
    Ok(findings)
}

fn problems(file: &TextFile) -> Result<Vec<(usize, String)>> {
    let mut found = Vec::new();
    let part = rust::part_of_path(&file.path);
    rust::visit(rust::tokens(&file.text)?, part, &mut |place| {
        if place.part == Part::Product {
            found.extend(problem(place).map(|what| (rust::line(place.tokens), what)));
        }
    });
    found.dedup();
    Ok(found)
}

fn problem(place: Place<'_>) -> Option<String> {
    let path = rust::path(place.tokens);
    let imports = rust::imports(place.tokens);
    let mut all = imports.into_iter().chain([path.clone()]);
    if let Some(path) = all.find(|path| leads_outside(path)) {
        return Some(path.join("::"));
    }
    let reads_clock =
        matches!(&path[..], [clock, now, ..] if now == "now" && CLOCKS.contains(&clock.as_str()));
    reads_clock.then(|| path.join("::"))
}

fn leads_outside(path: &[String]) -> bool {
    let is_address = matches!(path, [_, net, name, ..] if net == "net" && ADDRESSES.contains(&name.as_str()));
    !is_address && MODULES.iter().any(|module| path.iter().take(2).eq(module.iter()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sketch;

    fn check_source(path: &str, source: &str) -> Vec<String> {
        let graph = sketch("crates/policy \n crates/engine \n crates/spec \n crates/store");
        let file = TextFile { path: path.to_owned(), text: source.to_owned() };
        check(&graph, &[file]).unwrap().into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn the_outside_is_refused() {
        let rows = [
            ("fn a() { let t = std::time::SystemTime::now(); }", "SystemTime::now"),
            ("fn a() { Instant::now() }", "Instant::now"),
            ("fn a() { jiff::Timestamp::now() }", "Timestamp::now"),
            ("use std::fs;", "std::fs"),
            ("use std::{sync::Arc, net::TcpStream};", "std::net::TcpStream"),
            ("use std::net;", "std::net"),
            ("fn a() { std::fs::read(\"x\") }", "std::fs::read"),
            ("macro_rules! m { () => { std::env::var(\"x\") } }", "std::env::var"),
        ];
        for (source, what) in rows {
            let found = check_source("crates/policy/src/lib.rs", source);
            let expected = format!(
                "crates/policy/src/lib.rs:1: purity: `{what}` in `doorward-policy`, which does no I/O and reads no clock"
            );
            assert_eq!(found, [expected], "{source}");
        }
    }

    #[test]
    fn what_is_fine() {
        let rows = [
            ("crates/policy/src/lib.rs", "use std::sync::Arc; // std::fs in a comment"),
            ("crates/policy/src/lib.rs", "use std::net::{IpAddr, Ipv4Addr}; fn a(x: std::net::Ipv6Addr) {}"),
            ("crates/policy/src/lib.rs", "const A: &str = \"std::fs\";"),
            ("crates/policy/src/lib.rs", "#[cfg(test)] mod tests { use std::fs; }"),
            ("crates/policy/tests/cases.rs", "use std::fs;"),
            ("crates/store/src/lib.rs", "use std::fs;"),
        ];
        for (path, source) in rows {
            assert!(check_source(path, source).is_empty(), "{path}: {source}");
        }
    }
}

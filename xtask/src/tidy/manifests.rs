//! Rules about crates and what they use: a front page for each crate, a line for each dependency.

use super::Finding;
use crate::graph::{Graph, Origin};
use crate::tree::TextFile;
use std::collections::{BTreeMap, BTreeSet};

/// The page with a line for every direct third-party dependency.
const LIST: &str = "docs/decisions/dependencies.md";

/// Checks every member of the workspace.
pub fn check(graph: &Graph, files: &[TextFile]) -> Vec<Finding> {
    let mut findings = front_pages(graph, files);
    let text = files.iter().find(|file| file.path == LIST).map_or("", |file| &file.text);
    findings.extend(dependency_lines(graph, text));
    findings
}

fn front_pages(graph: &Graph, files: &[TextFile]) -> Vec<Finding> {
    let has_page = |path: &str| {
        let file = files.iter().find(|file| file.path == path);
        file.is_some_and(|file| {
            file.text.lines().find(|line| !line.trim().is_empty()).is_some_and(is_page_line)
        })
    };
    let bare = graph.members().into_iter().filter(|package| !has_page(&package.front));
    let text = "the crate has no front page: begin with `//!`, saying what it is and what it is not";
    bare.map(|package| Finding::at(&package.front, 1, "front-page", text)).collect()
}

fn is_page_line(line: &str) -> bool {
    line.strip_prefix("//!").is_some_and(|text| !text.trim().is_empty())
}

fn dependency_lines(graph: &Graph, list: &str) -> Vec<Finding> {
    let listed = listed(list);
    let mut used = BTreeSet::new();
    for package in graph.members() {
        let third_party = graph.uses(package).filter(|(_, used)| used.origin == Origin::CratesIo);
        used.extend(third_party.map(|(_, used)| used.name.as_str()));
    }
    let missing = used.iter().filter(|name| !listed.contains_key(**name)).map(|name| {
        let text =
            format!("`{name}` is used but has no line: what for, what else was weighed, what it costs");
        Finding::at(LIST, 0, "dependency-line", text)
    });
    let idle = listed.iter().filter(|&(&name, _)| !used.contains(name) && !graph.offered.contains(name));
    let idle = idle.map(|(name, line)| {
        Finding::at(LIST, *line, "dependency-line", format!("`{name}` has a line but is not used"))
    });
    missing.chain(idle).collect()
}

/// The crates that have a row in a table, first column in backticks, with the line of each.
fn listed(list: &str) -> BTreeMap<&str, usize> {
    let rows = list.lines().enumerate();
    rows.filter_map(|(index, line)| {
        let (name, _) = line.strip_prefix("| `")?.split_once('`')?;
        Some((name, index + 1))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sketch;

    fn check_list(graph: &str, offered: &[&str], list: &str) -> Vec<String> {
        let mut graph = sketch(graph);
        graph.offered = offered.iter().map(|name| (*name).to_owned()).collect();
        dependency_lines(&graph, list).into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn dependencies_have_lines() {
        let graph = "crates/policy -> serde \n crates/policy -test-> proptest \n serde -> inner";
        let both = "| Crate | For |\n|---|---|\n| `serde` | reading |\n| `proptest` | tests |\n";
        let rows: &[(&[&str], &str, &[&str])] = &[
            (&[], both, &[]),
            (
                &[],
                "| `serde` | reading |\n",
                &["docs/decisions/dependencies.md: dependency-line: `proptest` is used but has no line: \
                 what for, what else was weighed, what it costs"],
            ),
            (
                &[],
                &format!("{both}| `inner` | x |\n"),
                &["docs/decisions/dependencies.md:5: dependency-line: `inner` has a line but is not used"],
            ),
            (&["inner"], &format!("{both}| `inner` | x |\n"), &[]),
        ];
        for (offered, list, expected) in rows {
            assert_eq!(check_list(graph, offered, list), *expected, "{list}");
        }
    }

    #[test]
    fn crates_have_front_pages() {
        let rows = [
            ("//! The policy language.\n", 0),
            ("\n//! The policy language.\n", 0),
            ("//!\n", 1),
            ("mod a;\n", 1),
            ("// A comment.\n", 1),
        ];
        for (text, expected) in rows {
            let file = TextFile { path: "crates/policy/src/lib.rs".to_owned(), text: text.to_owned() };
            assert_eq!(front_pages(&sketch("crates/policy"), &[file]).len(), expected, "{text}");
        }
        assert_eq!(front_pages(&sketch("crates/policy"), &[]).len(), 1);
    }
}

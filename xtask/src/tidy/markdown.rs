//! Rules about Markdown: links lead somewhere, every page can be found, the map of the house stays a map.

use super::Finding;
use crate::tree::TextFile;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Lines the page about the architecture may have.
const ARCHITECTURE_LINES_MAX: usize = 250;

/// Pages from which readers start.
const STARTS: &[&str] = &["README.md", "docs/README.md"];

/// A link to something in this checkout.
#[derive(Debug, PartialEq, Eq)]
struct Link {
    line: usize,
    /// Path from the root of the checkout.
    path: String,
    /// The heading in that file, without `#`.
    heading: Option<String>,
}

/// Checks every Markdown file of the checkout at `root`.
pub fn check(root: &Path, files: &[TextFile]) -> Vec<Finding> {
    check_pages(files, &|path| root.join(path).exists())
}

fn check_pages(files: &[TextFile], exists: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    let pages: BTreeMap<&str, &str> =
        files.iter().filter(|f| f.has_ending("md")).map(|f| (f.path.as_str(), f.text.as_str())).collect();
    let mut findings = Vec::new();
    let mut ways = BTreeMap::new();
    for (path, text) in &pages {
        let (links, outside) = links(path, text);
        findings.extend(outside);
        findings.extend(links.iter().filter_map(|link| broken(path, link, &pages, exists)));
        ways.insert(*path, links);
    }
    findings.extend(unreachable(&ways));
    findings.extend(architecture(&pages));
    findings
}

/// The links of a page into the checkout, and findings for those that lead out of it.
fn links(page: &str, text: &str) -> (Vec<Link>, Vec<Finding>) {
    let mut links = Vec::new();
    let mut findings = Vec::new();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        let (Event::Start(Tag::Link { dest_url, .. }) | Event::Start(Tag::Image { dest_url, .. })) = event
        else {
            continue;
        };
        if is_elsewhere(&dest_url) {
            continue;
        }
        let line = text.get(..range.start).unwrap_or_default().matches('\n').count() + 1;
        let (file, heading) = match dest_url.split_once('#') {
            Some((file, heading)) => (file, Some(heading.to_owned())),
            None => (&*dest_url, None),
        };
        match resolve(page, file) {
            Some(path) => links.push(Link { line, path, heading }),
            None => findings.push(Finding::at(
                page,
                line,
                "link",
                format!("`{dest_url}` leads out of the checkout"),
            )),
        }
    }
    (links, findings)
}

/// Whether a link begins with a scheme, like `https:`.
fn is_elsewhere(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// The path a link on `page` means, from the root of the checkout; `None` when it leads out.
fn resolve(page: &str, file: &str) -> Option<String> {
    if file.is_empty() {
        return Some(page.to_owned());
    }
    if file.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn broken(
    page: &str,
    link: &Link,
    pages: &BTreeMap<&str, &str>,
    exists: &dyn Fn(&str) -> bool,
) -> Option<Finding> {
    if !exists(&link.path) {
        return Some(Finding::at(page, link.line, "link", format!("`{}` does not exist", link.path)));
    }
    let heading = link.heading.as_ref()?;
    let text = pages.get(link.path.as_str())?;
    let missing = !headings(text).contains(heading);
    missing
        .then(|| Finding::at(page, link.line, "link", format!("`{}` has no heading `#{heading}`", link.path)))
}

/// The anchors GitHub gives to the headings of a page, and those that it sets itself, as `<a id="name">`.
fn headings(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        if let Event::Start(Tag::Heading { .. }) = event {
            heading = Some(String::new());
        } else if let Event::End(TagEnd::Heading(_)) = event {
            let anchor = anchor(&heading.take().unwrap_or_default());
            let again = (1..).map(|count| format!("{anchor}-{count}"));
            let free = [anchor.clone()].into_iter().chain(again).find(|name| !anchors.contains(name));
            anchors.extend(free);
        } else if let Event::InlineHtml(html) = &event {
            let name = html.strip_prefix("<a id=\"").and_then(|rest| rest.strip_suffix("\">"));
            anchors.extend(name.map(str::to_owned));
        } else if let (Event::Text(words) | Event::Code(words), Some(heading)) = (event, &mut heading) {
            heading.push_str(&words);
        }
    }
    anchors
}

fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).flat_map(char::to_lowercase).collect()
}

/// A finding for each page below `docs` that no chain of links reaches.
fn unreachable(ways: &BTreeMap<&str, Vec<Link>>) -> Vec<Finding> {
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = STARTS.to_vec();
    while let Some(page) = open.pop() {
        let Some((page, links)) = ways.get_key_value(page) else { continue };
        if reached.insert(*page) {
            open.extend(links.iter().map(|link| link.path.as_str()));
        }
    }
    let lost = ways.keys().filter(|page| page.starts_with("docs/") && !reached.contains(**page));
    let text = "no link from README.md or docs/README.md leads here";
    lost.map(|page| Finding::at(page, 0, "unreachable-page", text)).collect()
}

fn architecture(pages: &BTreeMap<&str, &str>) -> Option<Finding> {
    let lines = pages.get("ARCHITECTURE.md")?.lines().count();
    let text = format!("{lines} lines, {ARCHITECTURE_LINES_MAX} are allowed: a map, not the land");
    (lines > ARCHITECTURE_LINES_MAX).then(|| Finding::at("ARCHITECTURE.md", 0, "lines", text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_texts(pages: &[(&str, &str)]) -> Vec<String> {
        let file =
            |(path, text): &(&str, &str)| TextFile { path: (*path).to_owned(), text: (*text).to_owned() };
        let files: Vec<_> = pages.iter().map(file).collect();
        let exists = |path: &str| path == "docs" || files.iter().any(|file| file.path == path);
        check_pages(&files, &exists).into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn links_lead_somewhere() {
        let rows: &[(&str, &[&str])] = &[
            ("[a](docs/a.md) [b](./docs/../docs/a.md#one-two) <https://x.example> [d](docs/)", &[]),
            ("`[a](missing.md)`\n```\n[a](missing.md)\n```\n[x](docs/a.md)", &[]),
            ("[a](docs/a.md)\n\n[b](missing.md)", &["README.md:3: link: `missing.md` does not exist"]),
            (
                "[a][r]\n\n[r]: docs/a.md\n[b][s]\n\n[s]: gone.md",
                &["README.md:4: link: `gone.md` does not exist"],
            ),
            ("![a](docs/a.png) [a](docs/a.md)", &["README.md:1: link: `docs/a.png` does not exist"]),
            ("[a](docs/a.md#three)", &["README.md:1: link: `docs/a.md` has no heading `#three`"]),
            ("[a](../x.md) [a](docs/a.md)", &["README.md:1: link: `../x.md` leads out of the checkout"]),
            (
                "[a](/docs/a.md) [a](docs/a.md)",
                &["README.md:1: link: `/docs/a.md` leads out of the checkout"],
            ),
            (
                "nothing",
                &["docs/a.md: unreachable-page: no link from README.md or docs/README.md leads here"],
            ),
        ];
        for (text, expected) in rows {
            let found = check_texts(&[("README.md", text), ("docs/a.md", "# `One` two!\n")]);
            assert_eq!(found, *expected, "{text}");
        }
    }

    #[test]
    fn pages_are_reached_through_pages() {
        let pages = [("README.md", "[a](docs/a.md)"), ("docs/a.md", "[b](b.md)"), ("docs/b.md", "")];
        assert!(check_texts(&pages).is_empty());
    }

    #[test]
    fn equal_headings_are_counted() {
        let found = headings("# A\n## A\n## B & c\n\n| <a id=\"d\"></a>1 |\n|---|\n");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["a", "a-1", "b--c", "d"]);
    }

    #[test]
    fn the_map_stays_a_map() {
        let rows = [(250, 0), (251, 1)];
        for (lines, expected) in rows {
            let found = check_texts(&[("ARCHITECTURE.md", &"x\n".repeat(lines))]);
            assert_eq!(found.len(), expected, "{lines}");
        }
    }
}

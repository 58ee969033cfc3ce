//! Where operations are named: the file that has one, the tests and the clients that ask for it.

use std::collections::{BTreeMap, BTreeSet};

use super::operations::Entry;
use crate::tree::TextFile;

/// Where the operations are.
const SOURCES: &str = "crates/services/src/";
/// Where the tests are that ask without a network.
const TESTS: &str = "crates/services/tests/";
/// Where the real clients are.
const CLIENTS: &str = "conformance/clients/";
/// What stands before the name of an operation where its behaviour is.
const IMPL: [&str; 3] = ["impl Operation for ", "impl Gathered for ", "impl Unsigned for "];

/// Where operations are named.
#[derive(Default)]
pub(super) struct Named {
    /// The file that has each, by its name in a plain form, and the folder of its service.
    sources: BTreeMap<(String, String), String>,
    /// The tests that name each.
    tests: BTreeMap<String, BTreeSet<String>>,
    /// The clients that name each.
    clients: BTreeMap<String, BTreeSet<String>>,
    /// How many lines each `impl` has, the shortest first.
    lines: Vec<usize>,
}

impl Named {
    /// Looks through the files of the checkout.
    pub fn find(files: &[TextFile]) -> Self {
        let mut named = Self::default();
        for TextFile { path, text } in files {
            if let Some(place) = path.strip_prefix(SOURCES) {
                named.sources.extend(implemented(place, text));
                named.lines.extend(lengths(text));
            } else if let Some(test) = path.strip_prefix(TESTS).filter(|test| !is_furniture(test)) {
                note(&mut named.tests, text, test.trim_end_matches(".rs"));
            } else if let Some(client) = path.strip_prefix(CLIENTS).and_then(client) {
                note(&mut named.clients, text, client);
            }
        }
        named.lines.sort_unstable();
        named
    }

    /// How many lines the `impl` of an operation has at most, in so many of a hundred operations.
    pub fn lines(&self, of_hundred: usize) -> usize {
        let at = (self.lines.len() * of_hundred).div_ceil(100).saturating_sub(1);
        self.lines.get(at).copied().unwrap_or(0)
    }

    /// The file that has an operation.
    pub fn source(&self, entry: &Entry) -> Option<&str> {
        self.sources.get(&(entry.prefix.clone(), plain(&entry.name))).map(String::as_str)
    }

    /// The tests that ask for it.
    pub fn tests(&self, entry: &Entry) -> Vec<&str> {
        of(&self.tests, entry)
    }

    /// The clients that ask for it.
    pub fn clients(&self, entry: &Entry) -> Vec<&str> {
        of(&self.clients, entry)
    }

    /// Operations that are there, and that nothing asks for.
    pub fn faults(&self, entries: &[Entry]) -> Vec<String> {
        let mut faults = Vec::new();
        for entry in entries.iter().filter(|entry| entry.is_there()) {
            let lacks = [
                (self.source(entry).is_none(), "no file has it"),
                (self.tests(entry).is_empty(), "no test of `crates/services/tests` asks for it"),
                (self.clients(entry).is_empty(), "no client of `conformance/clients` asks for it"),
            ];
            let lacks = lacks.into_iter().filter(|(lacks, _)| *lacks);
            faults.extend(lacks.map(|(_, what)| format!("`{}`: {what}", entry.key())));
        }
        faults
    }
}

/// The operations that a file of the services has.
fn implemented(place: &str, text: &str) -> Vec<((String, String), String)> {
    let service = place.split(['/', '.']).next().unwrap_or_default().to_owned();
    let lines = text.lines().filter_map(|line| {
        let shape = IMPL.iter().find_map(|start| line.strip_prefix(start))?;
        let name = shape.split([' ', '<']).next()?.rsplit("::").next()?;
        Some(((service.clone(), plain(name)), format!("{SOURCES}{place}")))
    });
    lines.collect()
}

/// The lines of each `impl` of an operation in a text.
fn lengths(text: &str) -> Vec<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let starts =
        lines.iter().enumerate().filter(|(_, line)| IMPL.iter().any(|start| line.starts_with(start)));
    let length = |(at, _): (usize, _)| lines.iter().skip(at).take_while(|line| **line != "}").count() + 1;
    starts.map(length).collect()
}

/// Whether a file is no test of operations: what tests stand on, and the matrix, which has every operation.
fn is_furniture(test: &str) -> bool {
    test.starts_with("door/") || test.starts_with("matrix/") || !test.ends_with(".rs")
}

/// The client whose file it is; `None` for what the clients stand on.
fn client(path: &str) -> Option<&str> {
    match path.split_once('/') {
        Some((folder, _)) => Some(folder),
        None => path.strip_prefix("test_")?.strip_suffix(".py"),
    }
}

/// Notes every word of a text under its plain form.
fn note(places: &mut BTreeMap<String, BTreeSet<String>>, text: &str, place: &str) {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && !"_-".contains(letter));
    for word in words.filter(|word| word.len() > 3).map(plain) {
        let word = word.strip_suffix("command").map(str::to_owned).unwrap_or(word);
        places.entry(word).or_default().insert(place.to_owned());
    }
}

/// A name without what languages change in it: `CreateRole`, `create_role` and `create-role` are the same.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

fn of<'n>(places: &'n BTreeMap<String, BTreeSet<String>>, entry: &Entry) -> Vec<&'n str> {
    places.get(&plain(&entry.name)).into_iter().flatten().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::operations;

    fn file(path: &str, text: &str) -> TextFile {
        TextFile { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn operations_are_found_where_they_are_named() {
        let files = [
            file(
                "crates/services/src/iam/roles.rs",
                "impl Operation for iam::CreateRole {\n    fn run() {}\n}\n",
            ),
            file("crates/services/src/organizations/roles.rs", "impl Operation for wire::DeleteRole {}\n}\n"),
            file("crates/services/tests/policies/inline.rs", "door.ask(\"CreateRole\", &[]);"),
            file("crates/services/tests/matrix/requests.rs", "CreateRole DeleteRole"),
            file("conformance/clients/test_cli.py", "aws(\"iam\", \"create-role\")"),
            file("conformance/clients/node/roles.mjs", "new CreateRoleCommand({})"),
            file("conformance/clients/conftest.py", "client.create_role()"),
            file("conformance/clients/rust/main.rs", "iam.create_role_later()"),
        ];
        let named = Named::find(&files);
        let entries = "IAM\t1\tiam\tCreateRole\thttps://a\twrites\nIAM\t1\tiam\tDeleteRole\thttps://a\twrites\nIAM\t1\tiam\tListRoles\thttps://a\tmissing";
        let entries = operations::parse(entries).unwrap();
        let [made, deleted, listed] = &entries[..] else { panic!("{entries:?}") };
        assert_eq!(named.source(made), Some("crates/services/src/iam/roles.rs"));
        assert_eq!(named.tests(made), ["policies/inline"]);
        assert_eq!(named.clients(made), ["cli", "node"]);
        assert_eq!((named.lines(50), named.lines(51)), (2, 3));
        assert_eq!(named.source(deleted), None, "it is another service's");
        assert_eq!(named.clients(listed), [""; 0]);
        let faults = named.faults(&entries);
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults.iter().all(|fault| fault.starts_with("`iam:DeleteRole`")), "{faults:?}");
    }
}

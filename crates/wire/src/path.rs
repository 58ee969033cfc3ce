//! Where in a request a value is. Nothing is allocated until an error has to name it.

/// The way to a value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Path<'p> {
    /// The input itself.
    Root,
    /// A member of a structure, by its name on the wire.
    Member(&'p Path<'p>, &'static str),
    /// An element of a list, counted from 1.
    Element(&'p Path<'p>, usize),
    /// An entry of a map, counted from 1, with its key.
    Entry(&'p Path<'p>, usize, &'p str),
    /// A half of a map's entry: `key` or `value`.
    Half(&'p Path<'p>, &'static str),
}

impl Path<'_> {
    /// As a query parameter is named: `Tags.member.1.Key`.
    pub(crate) fn parameter(&self) -> String {
        match self {
            Path::Root => String::new(),
            Path::Member(parent, name) => joined(parent.parameter(), name),
            Path::Element(parent, at) => format!("{}.member.{at}", parent.parameter()),
            Path::Entry(parent, at, _) => format!("{}.entry.{at}", parent.parameter()),
            Path::Half(parent, half) => format!("{}.{half}", parent.parameter()),
        }
    }

    /// As AWS's validation errors name it: `tags.1.member.key`. Of a member's name only the first letter changes:
    /// `SAMLAssertion` is `sAMLAssertion`.
    pub(crate) fn validation(&self) -> String {
        match self {
            Path::Root => String::new(),
            Path::Member(parent, name) => {
                let mut letters = name.chars();
                let first = letters.next().map(|letter| letter.to_ascii_lowercase());
                let name: String = first.into_iter().chain(letters).collect();
                joined(parent.validation(), &name)
            }
            Path::Element(parent, at) => format!("{}.{at}.member", parent.validation()),
            Path::Entry(parent, _, key) => format!("{}.{key}", parent.validation()),
            Path::Half(parent, "value") => format!("{}.member", parent.validation()),
            Path::Half(parent, half) => format!("{}.{half}", parent.validation()),
        }
    }
}

fn joined(mut parent: String, name: &str) -> String {
    if !parent.is_empty() {
        parent.push('.');
    }
    parent + name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_named_in_two_ways() {
        let tags = Path::Member(&Path::Root, "Tags");
        let first = Path::Element(&tags, 1);
        let entry = Path::Entry(&tags, 2, "k");
        let rows = [
            (Path::Root, "", ""),
            (Path::Member(&Path::Root, "SAMLAssertion"), "SAMLAssertion", "sAMLAssertion"),
            (first, "Tags.member.1", "tags.1.member"),
            (Path::Member(&first, "Key"), "Tags.member.1.Key", "tags.1.member.key"),
            (Path::Half(&entry, "key"), "Tags.entry.2.key", "tags.k.key"),
            (Path::Half(&entry, "value"), "Tags.entry.2.value", "tags.k.member"),
        ];
        for (path, parameter, validation) in rows {
            assert_eq!((path.parameter().as_str(), path.validation().as_str()), (parameter, validation));
        }
    }
}

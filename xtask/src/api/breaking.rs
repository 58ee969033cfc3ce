//! Which changes of a list break whoever uses the crate.

use std::collections::HashSet;

use anyhow::{Context as _, Result};

/// The lines that one list has and the other has not, each after `-` (gone) or `+` (new); `None` where there are none.
pub fn difference(before: &str, after: &str) -> Option<String> {
    let (old, new): (HashSet<&str>, HashSet<&str>) = (before.lines().collect(), after.lines().collect());
    let gone = before.lines().filter(|line| !new.contains(line)).map(|line| format!("- {line}"));
    let added = after.lines().filter(|line| !old.contains(line)).map(|line| format!("+ {line}"));
    let lines: Vec<String> = gone.chain(added).collect();
    match (lines.is_empty(), before == after) {
        (true, true) => None,
        (true, false) => Some("the same lines in another order".to_owned()),
        (false, _) => Some(lines.join("\n")),
    }
}

/// What breaks users of the released list, whose first line is `# version`, under a version that promises not to;
/// `None` where nothing does or the version may.
///
/// # Errors
/// When one of the versions is none.
pub fn unannounced(released: &str, version: &str, listing: &str) -> Result<Option<String>> {
    let (heading, released) = released.split_once('\n').context("it is empty")?;
    let from = heading.strip_prefix("# ").context("its first line is not `# version`")?;
    if series(from)? < series(version)? {
        return Ok(None);
    }
    let lines = breaks(released, listing);
    Ok(if lines.is_empty() { None } else { Some(lines.join("\n")) })
}

/// The part of a version that must grow when users break: the first number, or the second while the first is zero.
///
/// Source: <https://doc.rust-lang.org/cargo/reference/semver.html>
fn series(version: &str) -> Result<(u64, u64)> {
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<u64>().ok());
    let mut numbers = version.split('.');
    let (major, minor) = (number(numbers.next()), number(numbers.next()));
    let (major, minor) = major.zip(minor).with_context(|| format!("`{version}` is not a version"))?;
    Ok(if major == 0 { (0, minor) } else { (major, 0) })
}

/// What is gone or changed, and what is new in an enum that users match, a struct that they make, or a trait that they
/// implement. A struct with private fields cannot be made, but the list does not tell: its new fields count as breaking.
fn breaks(before: &str, after: &str) -> Vec<String> {
    let (old, new): (HashSet<&str>, HashSet<&str>) = (before.lines().collect(), after.lines().collect());
    let wholes: HashSet<Item> = before.lines().filter_map(Item::read).collect();
    let gone = before.lines().filter(|line| !new.contains(line)).map(|line| format!("- {line}"));
    let added = after.lines().filter(|line| !old.contains(line));
    let joined = added.filter(|line| Item::read(line).is_some_and(|item| item.completes(&wholes)));
    gone.chain(joined.map(|line| format!("+ {line}"))).collect()
}

/// What a line declares, by its path without parameters.
#[derive(PartialEq, Eq, Hash)]
struct Item {
    sort: Sort,
    path: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Sort {
    /// A struct, enum or union to which users hold on as it is.
    Type,
    Trait,
    /// A variant or a field.
    Member,
    /// A function, a constant, an open type, or anything else.
    Other,
}

impl Item {
    fn read(line: &str) -> Option<Self> {
        let bare = without_parameters(line);
        let (open, declared) = match bare.strip_prefix("#[non_exhaustive] ") {
            Some(rest) => (true, rest),
            None => (false, &*bare),
        };
        let mut words = declared.strip_prefix("pub ")?.split(' ').peekable();
        let mut sort = Sort::Member;
        while let Some(keyword) = words.next_if(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())) {
            sort = match keyword {
                "struct" | "enum" | "union" if !open => Sort::Type,
                "trait" => Sort::Trait,
                _ => Sort::Other,
            };
        }
        let path = words.next()?.split(['(', '=']).next()?.trim_end_matches(':');
        Some(Self { sort, path: path.to_owned() })
    }

    /// Whether this belongs to something that was whole without it.
    fn completes(&self, wholes: &HashSet<Self>) -> bool {
        let sort = match self.sort {
            Sort::Member => Sort::Type,
            Sort::Other => Sort::Trait,
            Sort::Type | Sort::Trait => return false,
        };
        let parent = self.path.rsplit_once("::").map(|(parent, _)| parent.to_owned());
        parent.is_some_and(|path| wholes.contains(&Self { sort, path }))
    }
}

/// The line without what stands between angle brackets.
fn without_parameters(line: &str) -> String {
    let mut depth = 0usize;
    let mut bare = String::with_capacity(line.len());
    for character in line.replace("->", "").chars() {
        depth = depth.saturating_sub(usize::from(character == '>'));
        if depth == 0 && !matches!(character, '<' | '>') {
            bare.push(character);
        }
        depth += usize::from(character == '<');
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "pub mod a\n\
                          pub enum a::E\n\
                          pub a::E::One\n\
                          #[non_exhaustive] pub enum a::Open\n\
                          pub a::Open::One\n\
                          pub struct a::S\n\
                          pub a::S::x: u8\n\
                          pub trait a::T\n\
                          pub fn a::T::f(&self)\n\
                          pub fn a::free(u8) -> a::E\n";

    fn check(gone: &str, new: &str, broken: bool) {
        let after = BEFORE.replace(&format!("{gone}\n"), "") + new;
        assert_eq!(!breaks(BEFORE, &after).is_empty(), broken, "-{gone} +{new}");
    }

    #[test]
    fn knows_what_breaks() {
        for (gone, new, broken) in [
            ("-", "", false),
            ("pub fn a::free(u8) -> a::E", "", true),
            ("pub fn a::free(u8) -> a::E", "pub fn a::free(u16) -> a::E", true),
            ("-", "pub fn a::other(u8) -> a::E", false),
            ("-", "pub fn a::S::method(&self)", false),
            ("-", "pub const a::S::MAX: usize", false),
            ("-", "pub a::E::Two", true),
            ("-", "pub a::E::Two(alloc::string::String)", true),
            ("-", "pub a::Open::Two", false),
            ("-", "pub a::S::y: alloc::vec::Vec<a::E>", true),
            ("-", "pub fn a::T::g(&self) -> a::S", true),
            ("-", "pub type a::T::Output", true),
            ("-", "pub fn a::T<'b>::g<U: a::T<'b>>(&self) -> a::S", true),
            ("-", "#[non_exhaustive] pub enum a::New", false),
            ("-", "pub enum a::New", false),
            ("-", "pub enum a::New\npub a::New::One", false),
            ("-", "pub struct a::Sextant\npub a::Sextant::x: u8", false),
            ("-", "impl core::clone::Clone for a::S", false),
        ] {
            check(gone, new, broken);
        }
    }

    #[test]
    fn a_version_may_break() {
        let released = |version: &str| format!("# {version}\n{BEFORE}");
        let broken = BEFORE.replace("pub a::E::One\n", "");
        for (from, to, free) in [
            ("0.1.0", "0.1.1", false),
            ("0.1.9", "0.2.0", true),
            ("1.2.0", "1.3.0", false),
            ("1.2.0", "2.0.0", true),
            ("0.9.0", "1.0.0", true),
        ] {
            assert_eq!(unannounced(&released(from), to, &broken).unwrap().is_none(), free, "{from} to {to}");
            assert_eq!(unannounced(&released(from), to, BEFORE).unwrap(), None);
        }
        for text in ["", "# x\n", "0.1.0\n", "# 1\n"] {
            assert!(unannounced(text, "0.1.0", BEFORE).is_err(), "{text:?}");
        }
    }

    #[test]
    fn differences_are_shown() {
        assert_eq!(difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(difference("a\nb\n", "a\nc\n").as_deref(), Some("- b\n+ c"));
        assert_eq!(difference("", "a\n").as_deref(), Some("+ a"));
        assert_eq!(difference("a\nb\n", "b\na\n").as_deref(), Some("the same lines in another order"));
    }
}

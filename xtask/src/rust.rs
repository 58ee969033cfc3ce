//! Rust source as tokens: free of comments and of what merely stands in strings, and exact inside macros.

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::str::FromStr;

/// Whether code is part of the product or of its tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Compiled into what users run.
    Product,
    /// Under `#[cfg(test)]`, or in a file that holds nothing but tests.
    Test,
}

/// A place in the source: the tokens from there to the end of the enclosing bracket.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// What follows, beginning with the token at this place.
    pub tokens: &'a [TokenTree],
    /// The part of the code it belongs to.
    pub part: Part,
}

/// Reads source text into tokens.
///
/// # Errors
/// When the text is not Rust at the level of tokens; names the line.
pub fn tokens(text: &str) -> Result<TokenStream> {
    TokenStream::from_str(text)
        .map_err(|error| anyhow!("line {}: not rust source: {error}", error.span().start().line))
}

/// What a file's path says about the code in it: test files of Cargo and modules named `tests`.
pub fn part_of_path(path: &str) -> Part {
    let test_folder = |part: &str| matches!(part, "tests" | "benches" | "examples");
    let is_test = path.split('/').any(test_folder) || path.ends_with("/tests.rs");
    if is_test { Part::Test } else { Part::Product }
}

/// Calls `visit` for every token of `stream` in order, inside brackets too.
pub fn visit(stream: TokenStream, part: Part, visitor: &mut dyn FnMut(Place<'_>)) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut test_item = false;
    for index in 0..tokens.len() {
        let rest = tokens.get(index..).unwrap_or_default();
        let Some(token) = rest.first() else { break };
        test_item |= is_cfg_test(rest);
        let part = if test_item { Part::Test } else { part };
        visitor(Place { tokens: rest, part });
        if let TokenTree::Group(group) = token {
            visit(group.stream(), part, visitor);
        }
        // A `#[cfg(test)]` reaches to the end of its item: a semicolon, or a body in braces.
        let ends_item = is_punct(token, ';') || is_group(token, Delimiter::Brace).is_some();
        test_item &= !ends_item;
    }
}

/// Whether an attribute `#[cfg(.. test ..)]` stands here. `not(test)` does not count.
fn is_cfg_test(tokens: &[TokenTree]) -> bool {
    let Some(attribute) = attribute(tokens) else { return false };
    let text = attribute.stream().to_string().replace(' ', "");
    text.starts_with("cfg(")
        && text.contains("test")
        && !text.contains("not(")
        && text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '"').any(|word| word == "test")
}

/// The bracket of an attribute that stands here, as in `#[..]` and `#![..]`.
pub fn attribute(tokens: &[TokenTree]) -> Option<&Group> {
    let (hash, rest) = tokens.split_first()?;
    if !is_punct(hash, '#') {
        return None;
    }
    let (next, rest) = rest.split_first()?;
    let bracket = if is_punct(next, '!') { rest.first()? } else { next };
    is_group(bracket, Delimiter::Bracket)
}

/// Whether `token` is this word.
pub fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

/// Whether `token` is this sign.
pub fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// The group, when `token` is one with these brackets.
pub fn is_group(token: &TokenTree, brackets: Delimiter) -> Option<&Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == brackets => Some(group),
        TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    }
}

/// The word at this place.
pub fn word(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    }
}

/// The line of the first token, counted from one.
pub fn line(tokens: &[TokenTree]) -> usize {
    tokens.first().map_or(0, |token| token.span().start().line)
}

/// The words of the path that begins here, as in `std::fs::read` (generic arguments end it).
///
/// Empty when the path branches, as in `std::{fs, io}`: [`imports`] tells those.
pub fn path(tokens: &[TokenTree]) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = tokens;
    while let Some(found) = rest.first().and_then(word) {
        words.push(found);
        match rest.get(1..3) {
            Some([a, b]) if is_punct(a, ':') && is_punct(b, ':') => rest = rest.get(3..).unwrap_or_default(),
            _ => return words,
        }
    }
    match rest.first().and_then(|token| is_group(token, Delimiter::Brace)) {
        Some(_) => Vec::new(),
        None => words,
    }
}

/// Every path a `use` item brings in, when one begins here: `use std::{fs, io::Read}` has two.
///
/// A glob is the word `*`; a new name (`as other`) is dropped.
pub fn imports(tokens: &[TokenTree]) -> Vec<Vec<String>> {
    let Some((first, rest)) = tokens.split_first() else { return Vec::new() };
    if !is_word(first, "use") {
        return Vec::new();
    }
    let end = rest.iter().position(|token| is_punct(token, ';')).unwrap_or(rest.len());
    let mut found = Vec::new();
    import_tree(rest.get(..end).unwrap_or_default(), &[], &mut found);
    found
}

fn import_tree(tokens: &[TokenTree], prefix: &[String], found: &mut Vec<Vec<String>>) {
    for branch in tokens.split(|token| is_punct(token, ',')) {
        let mut path = prefix.to_vec();
        let mut nested = None;
        for token in branch {
            if is_word(token, "as") {
                break;
            }
            if is_punct(token, '*') {
                path.push("*".to_owned());
            }
            path.extend(word(token));
            nested = is_group(token, Delimiter::Brace).or(nested);
        }
        match nested {
            Some(group) => import_tree(&group.stream().into_iter().collect::<Vec<_>>(), &path, found),
            None if path.len() > prefix.len() => found.push(path),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of `source` that are visited as part of the product.
    fn product_words(source: &str) -> String {
        let mut words = Vec::new();
        visit(tokens(source).unwrap(), Part::Product, &mut |place| {
            if place.part == Part::Product {
                words.extend(word(&place.tokens[0]));
            }
        });
        words.join(" ")
    }

    #[test]
    fn test_code_is_told_apart() {
        let rows = [
            ("fn a() {} #[cfg(test)] mod tests { fn b() {} } fn c() {}", "fn a fn c"),
            ("#[cfg(test)] use x::y; use z;", "use z"),
            ("#[cfg(all(test, unix))] fn b() {} fn c() {}", "fn c"),
            ("#[cfg(not(test))] fn b() {}", "cfg not test fn b"),
            ("#[cfg(feature = \"test\")] fn b() {}", "cfg feature fn b"),
            ("#[cfg(test)] fn b(x: [u8; 2]) { b } fn c() {}", "fn c"),
            ("/* fn x */ fn c() { \"fn d\" } // fn e", "fn c"),
        ];
        for (source, expected) in rows {
            assert_eq!(product_words(source), expected, "{source}");
        }
    }

    #[test]
    fn paths_of_tests() {
        let rows = [
            ("crates/store/src/lib.rs", Part::Product),
            ("crates/store/src/tests.rs", Part::Test),
            ("crates/store/tests/kill.rs", Part::Test),
            ("crates/store/examples/a.rs", Part::Test),
            ("crates/store/src/contests.rs", Part::Product),
        ];
        for (path, expected) in rows {
            assert_eq!(part_of_path(path), expected, "{path}");
        }
    }

    #[test]
    fn imports_are_flattened() {
        let rows = [
            ("use std::fs;", "std::fs"),
            ("use std::{fs, io::{self, Read as R}};", "std::fs std::io::self std::io::Read"),
            ("use a::*;", "a::*"),
            ("fn not_one() {}", ""),
        ];
        for (source, expected) in rows {
            let tokens: Vec<_> = tokens(source).unwrap().into_iter().collect();
            let found: Vec<_> = imports(&tokens).iter().map(|path| path.join("::")).collect();
            assert_eq!(found.join(" "), expected, "{source}");
        }
    }

    #[test]
    fn paths_end_where_they_end() {
        let rows = [
            ("std::fs::read(x)", "std::fs::read"),
            ("std::fs::read::<X>(x)", "std::fs::read"),
            ("now { x }", "now"),
            ("std::{fs, io}", ""),
        ];
        for (source, expected) in rows {
            let tokens: Vec<_> = tokens(source).unwrap().into_iter().collect();
            assert_eq!(path(&tokens).join("::"), expected, "{source}");
        }
    }
}

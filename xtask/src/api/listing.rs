//! A crate's public items as a list for people to read.

/// The lines in the order of the crate's modules, each once, without what goes without saying: the functions of the
/// standard library's traits, of which the line with the trait says enough, and a marker that comes with `PartialEq`.
pub fn of(lines: Vec<String>) -> String {
    let mut listing = String::new();
    let mut seen = std::collections::HashSet::new();
    let mut implied = None;
    for line in lines {
        if let Some(header) = line.strip_prefix("impl") {
            implied = standard(header).map(str::to_owned);
        } else if implied.as_deref().is_some_and(|of| belongs(&line, of)) {
            continue;
        } else {
            implied = None;
        }
        if !line.contains("core::marker::StructuralPartialEq") && seen.insert(line.clone()) {
            listing.push_str(&line);
            listing.push('\n');
        }
    }
    listing
}

/// The type for which a trait of the standard library is implemented, if the line says that, without its parameters.
fn standard(header: &str) -> Option<&str> {
    let (of, type_name) = header.rsplit_once(" for ")?;
    let of = of.trim_start_matches(|character| character != ' ').trim_start();
    let from_library = ["core::", "alloc::", "std::"].iter().any(|prefix| of.starts_with(prefix));
    from_library.then(|| type_name.split('<').next().unwrap_or(type_name).trim_start_matches('&'))
}

/// Whether an item stands in an implementation for that type.
fn belongs(line: &str, type_name: &str) -> bool {
    let mut words =
        line.split_whitespace().filter(|word| !matches!(*word, "pub" | "fn" | "const" | "type" | "unsafe"));
    let path = words.next().unwrap_or_default();
    let rest = path.strip_prefix(type_name).unwrap_or_default();
    rest.starts_with("::") || rest.starts_with('<')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_each_thing_once_and_leaves_out_the_obvious() {
        let lines = [
            "pub mod a",
            "pub struct a::T<'b>",
            "impl<'b> a::T<'b>",
            "pub const fn a::T<'b>::new(u64) -> Self",
            "impl core::clone::Clone for a::T<'_>",
            "pub fn a::T<'_>::clone(&self) -> a::T<'_>",
            "impl core::marker::StructuralPartialEq for a::T<'_>",
            "impl core::str::traits::FromStr for a::T<'_>",
            "pub type a::T<'_>::Err = a::E",
            "pub fn a::T<'_>::from_str(&str) -> Self",
            "pub fn a::Third(u8)",
            "impl<'b> a::T<'b>",
            "pub struct a::U",
            "impl a::Own for a::U",
            "pub fn a::U::own(&self)",
        ];
        let expected = [0, 1, 2, 3, 4, 7, 10, 12, 13, 14].map(|index| lines[index]).join("\n") + "\n";
        assert_eq!(of(lines.iter().map(|line| (*line).to_owned()).collect()), expected);
    }
}

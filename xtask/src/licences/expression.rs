//! SPDX licence expressions: `(MIT OR Apache-2.0) AND Unicode-3.0`.
//!
//! Source: <https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/>

/// Whether the licences for which `allowed` holds satisfy the expression.
///
/// `AND` binds tighter than `OR`; a licence with an exception (`A WITH B`) is one name; `A+`, this version or
/// a later one, is satisfied by `A`; the old form `A/B` means `A OR B`.
///
/// # Errors
/// Says what is wrong with the expression.
pub fn satisfied(expression: &str, allowed: &dyn Fn(&str) -> bool) -> Result<bool, &'static str> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (verdict, rest) = any_of(&words, allowed)?;
    if rest.is_empty() { Ok(verdict) } else { Err("something follows its end") }
}

type Read<'a> = Result<(bool, &'a [&'a str]), &'static str>;

fn any_of<'a>(words: &'a [&'a str], allowed: &dyn Fn(&str) -> bool) -> Read<'a> {
    let (mut verdict, mut rest) = all_of(words, allowed)?;
    while let [word, after @ ..] = rest
        && *word == "OR"
    {
        let (next, after) = all_of(after, allowed)?;
        (verdict, rest) = (verdict | next, after);
    }
    Ok((verdict, rest))
}

fn all_of<'a>(words: &'a [&'a str], allowed: &dyn Fn(&str) -> bool) -> Read<'a> {
    let (mut verdict, mut rest) = one(words, allowed)?;
    while let [word, after @ ..] = rest
        && *word == "AND"
    {
        let (next, after) = one(after, allowed)?;
        (verdict, rest) = (verdict & next, after);
    }
    Ok((verdict, rest))
}

fn one<'a>(words: &'a [&'a str], allowed: &dyn Fn(&str) -> bool) -> Read<'a> {
    match words {
        ["(", inside @ ..] => match any_of(inside, allowed)? {
            (verdict, [")", rest @ ..]) => Ok((verdict, rest)),
            _ => Err("a bracket is not closed"),
        },
        [] | [")" | "OR" | "AND" | "WITH", ..] => Err("a licence is missing"),
        [licence, "WITH", exception, rest @ ..] => {
            Ok((allowed(&format!("{licence} WITH {exception}")), rest))
        }
        [licence, rest @ ..] => Ok((allowed(licence.strip_suffix('+').unwrap_or(licence)), rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions() {
        let rows = [
            ("MIT", Ok(true)),
            ("GPL-3.0", Ok(false)),
            ("ISC+", Ok(true)),
            ("GPL-3.0 OR MIT", Ok(true)),
            ("GPL-3.0/MIT", Ok(true)),
            ("GPL-3.0 AND MIT", Ok(false)),
            ("MIT OR GPL-3.0 AND GPL-3.0", Ok(true)),
            ("(MIT OR GPL-3.0) AND GPL-3.0", Ok(false)),
            ("(MIT OR GPL-3.0) AND ISC", Ok(true)),
            ("Apache-2.0 WITH LLVM-exception", Ok(true)),
            ("MIT WITH LLVM-exception", Ok(false)),
            ("", Err("a licence is missing")),
            ("MIT OR", Err("a licence is missing")),
            ("(MIT", Err("a bracket is not closed")),
            ("MIT ISC", Err("something follows its end")),
        ];
        let allowed = |name: &str| ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].contains(&name);
        for (expression, expected) in rows {
            assert_eq!(satisfied(expression, &allowed), expected, "{expression}");
        }
    }
}

//! Patterns made of texts: a little wider than the text, or beside it.

use super::Dice;
use super::words::VARIABLES;

/// A place to cut a text at, between characters.
pub(super) fn place(dice: &mut Dice, text: &str) -> usize {
    let place = dice.below(text.len() + 1);
    (0..=place).rev().find(|index| text.is_char_boundary(*index)).unwrap_or(0)
}

/// A text in three parts at two places.
fn thirds<'a>(dice: &mut Dice, text: &'a str) -> [&'a str; 3] {
    let (one, other) = (place(dice, text), place(dice, text));
    let (start, end) = (one.min(other), one.max(other));
    let (rest, last) = text.split_at_checked(end).unwrap_or((text, ""));
    let (first, middle) = rest.split_at_checked(start).unwrap_or((rest, ""));
    [first, middle, last]
}

/// The most `*` in a pattern: patterns made of patterns would have ever more of them, and show nothing new.
const STARS_MAX: usize = 8;

/// The pattern without the `*` that are too many.
fn bounded(pattern: &str) -> String {
    let mut stars = 0;
    let keeps = |character: &char| {
        stars += usize::from(*character == '*');
        *character != '*' || stars <= STARS_MAX
    };
    pattern.chars().filter(keeps).collect()
}

/// A pattern that mostly matches the text: with a wildcard or two in it, cut, or with a letter in the other case.
pub(super) fn widen(dice: &mut Dice, text: &str) -> String {
    bounded(&widened(dice, text))
}

fn widened(dice: &mut Dice, text: &str) -> String {
    let [first, middle, last] = thirds(dice, text);
    let without_first = |text: &str| text.chars().skip(1).collect::<String>();
    match dice.below(16) {
        0 | 1 => format!("{first}{middle}*"),
        2 => format!("*{middle}{last}"),
        3 => format!("*{middle}*"),
        4 => format!("{first}*{last}"),
        5 => format!("{first}*{middle}*{last}"),
        6 => format!("{first}?{}", without_first(&format!("{middle}{last}"))),
        7 => format!("{first}?{}{last}", without_first(middle)),
        8 => beside_colon(dice, text),
        9 => overlapping(text),
        10 => format!("{first}{}{last}", other_case(middle)),
        11 => format!("{first}?*{last}"),
        12 => format!("{first}**{}?{last}", without_first(middle)),
        13 => with_variable(dice, text),
        14 => format!("{first}*{middle}{}", without_first(last)),
        _ => escaped(dice, text),
    }
}

/// A wildcard in place of a colon, or before or behind one.
fn beside_colon(dice: &mut Dice, text: &str) -> String {
    let colons: Vec<usize> = text.match_indices(':').map(|(index, _)| index).collect();
    if colons.is_empty() {
        return format!("{text}*");
    }
    let colon = *dice.pick(&colons);
    let (before, after) = (text.get(..colon).unwrap_or(""), text.get(colon + 1..).unwrap_or(""));
    let cut = |text: &str| text.char_indices().next_back().map_or(0, |(index, _)| index);
    let shorter = before.get(..cut(before)).unwrap_or("");
    let behind: String = after.chars().skip(1).collect();
    match dice.below(8) {
        0 => format!("{before}?{after}"),
        1 => format!("{before}*{after}"),
        2 => format!("{before}*:{after}"),
        3 => format!("{before}:*{after}"),
        4 => format!("{shorter}?:{after}"),
        5 => format!("{before}:?{behind}"),
        6 => format!("{shorter}?*:{after}"),
        _ => format!("{before}:*:{after}"),
    }
}

/// A `*` and an end that overlaps itself where the text ends: `*aab` for `aaaab`.
fn overlapping(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let end: String = characters.iter().skip(characters.len().saturating_sub(3)).collect();
    let start: String = characters.iter().take(3).collect();
    format!("{start}*{end}")
}

fn other_case(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            'a'..='z' => character.to_ascii_uppercase(),
            'A'..='Z' => character.to_ascii_lowercase(),
            '\u{e9}' => '\u{c9}',
            '\u{c9}' => '\u{e9}',
            other => other,
        })
        .collect()
}

/// A variable for a part of the text, mostly one that stands for a name.
pub(super) fn with_variable(dice: &mut Dice, text: &str) -> String {
    let variable = *dice.pick(&VARIABLES);
    for name in ["alice", "Alice", "bob", "Dev"] {
        if text.contains(name) && dice.percent(80) {
            return text.replacen(name, variable, 1);
        }
    }
    let [first, _, last] = thirds(dice, text);
    format!("{first}{variable}{last}")
}

/// The characters that could be wildcards written so that they are none; or a wildcard written so put somewhere.
fn escaped(dice: &mut Dice, text: &str) -> String {
    if text.contains(['*', '?', '$']) {
        return text.replace('$', "${$}").replace('*', "${*}").replace('?', "${?}");
    }
    let [first, middle, last] = thirds(dice, text);
    format!("{first}{}{}*{last}", dice.pick(&["${*}", "${?}", "${$}", "*"]), middle)
}

/// A resource pattern that mostly matches the resource: field by field, or as one text.
pub(super) fn resource(dice: &mut Dice, arn: &str) -> String {
    bounded(&made_of(dice, arn))
}

fn made_of(dice: &mut Dice, arn: &str) -> String {
    match dice.below(20) {
        0..5 => return widen(dice, arn),
        5..7 => return ending(dice, arn),
        _ => {}
    }
    let mut fields: Vec<String> = arn.splitn(6, ':').map(str::to_owned).collect();
    for _ in 0..=dice.below(3) {
        let chosen = dice.below(fields.len() + 2);
        // The last field is the one that patterns are mostly about.
        let chosen = chosen.min(fields.len().saturating_sub(1));
        let Some(field) = fields.get_mut(chosen) else { continue };
        let cut = place(dice, field);
        let start = field.get(..cut).unwrap_or("").to_owned();
        *field = match dice.below(6) {
            0 => "*".to_owned(),
            1 => format!("{start}*"),
            2 => format!("*{}", field.get(cut..).unwrap_or("")),
            3 => format!("{start}?*"),
            4 => format!("?{}", field.chars().skip(1).collect::<String>()),
            _ => widen(dice, &field.clone()),
        };
    }
    if dice.percent(8) {
        fields.truncate(dice.below(fields.len()) + 1);
    }
    fields.join(":")
}

/// The same pattern in another spelling: with stars doubled, or with a variable for a name that the variable may stand for.
pub(super) fn respelt(dice: &mut Dice, pattern: &str) -> String {
    let other = match dice.below(4) {
        0 | 1 => pattern.replace('*', "**"),
        2 => pattern.replace("alice", "${aws:PrincipalTag/team}"),
        _ => with_variable(dice, pattern),
    };
    bounded(&other)
}

/// The head of an ARN, and behind a `*` its end: many such patterns share a beginning, and what follows the `*`.
fn ending(dice: &mut Dice, arn: &str) -> String {
    let head: String = arn.split_inclusive(':').take(5).collect();
    let tail = arn.get(head.len()..).unwrap_or("");
    let slashes: Vec<usize> = tail.match_indices(['/', '-']).map(|(index, _)| index).collect();
    let start = if slashes.is_empty() { 0 } else { *dice.pick(&slashes) };
    let end = tail.get(start..).unwrap_or("");
    let cut = end.len() / 2 + place(dice, end) / 2;
    let cut = (0..=cut).rev().find(|index| end.is_char_boundary(*index)).unwrap_or(0);
    let (kept, rest) = end.split_at_checked(cut).unwrap_or((end, ""));
    match dice.below(4) {
        0 => format!("{head}*{end}"),
        1 => format!("{head}*{kept}*"),
        2 => format!("{head}*{kept}?{}", rest.chars().skip(1).collect::<String>()),
        _ => format!("{head}*{kept}{}", widen(dice, rest)),
    }
}

/// An action pattern that mostly matches the action. The service's prefix has no wildcards.
pub(super) fn action(dice: &mut Dice, action: &str) -> String {
    let (service, name) = action.split_once(':').unwrap_or((action, ""));
    let service = service.replace('\u{212a}', "k");
    match dice.below(8) {
        0 => "*".to_owned(),
        1 => format!("{service}:*"),
        2 => format!("{}:{name}", service.to_uppercase()),
        3 => format!("{service}:{}", name.to_lowercase()),
        4 => format!("{service}:{name}"),
        5 => format!("{service}:{}*", name.get(..place(dice, name)).unwrap_or("")),
        _ => format!("{service}:{}", widen(dice, name).replace(':', "?")),
    }
}

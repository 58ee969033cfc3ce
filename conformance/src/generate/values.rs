//! Values of context keys, well-formed for their type and not, and values that compare with a given one.

use std::net::IpAddr;

use super::Dice;
use super::patterns::{place, widen};
use super::words::{ARNS, TYPES, Type};

/// A value as a request has it: of the type mostly, of another or of none now and then.
pub(super) fn value(dice: &mut Dice, kind: Type) -> String {
    let kind = if dice.percent(4) { *dice.pick(&TYPES) } else { kind };
    if dice.percent(60) {
        return (*dice.pick(listed(kind))).to_owned();
    }
    let text = unlisted(dice, kind);
    if dice.percent(25) { spoilt(dice, &text) } else { text }
}

/// A text with one character more, less, or other.
fn spoilt(dice: &mut Dice, text: &str) -> String {
    let cut = place(dice, text);
    let (before, after) = text.split_at_checked(cut).unwrap_or((text, ""));
    let shorter: String = after.chars().skip(1).collect();
    let character =
        *dice.pick(&['0', '1', '9', '-', '+', '.', ':', '/', 'T', 'Z', 'e', 'x', '=', ' ', '\u{e9}']);
    match dice.below(3) {
        0 => format!("{before}{shorter}"),
        1 => format!("{before}{character}{after}"),
        _ => format!("{before}{character}{shorter}"),
    }
}

fn unlisted(dice: &mut Dice, kind: Type) -> String {
    match kind {
        Type::Text | Type::Truth | Type::Binary => (*dice.pick(listed(kind))).to_owned(),
        Type::Number => number(dice),
        Type::Date => date(dice),
        Type::Address => address(dice),
        Type::Arn => (*dice.pick(&ARNS)).to_owned(),
    }
}

/// A value for a policy to compare with what a request has: the same written otherwise, or a near miss.
pub(super) fn near(dice: &mut Dice, found: &str, kind: Type) -> String {
    if dice.percent(20) {
        return found.to_owned();
    }
    match kind {
        Type::Text | Type::Arn => widen(dice, found),
        Type::Number => near_number(dice, found),
        Type::Date => near_date(dice, found),
        Type::Truth => dice.pick(&["true", "false", "TRUE", "False", "yes"]).to_string(),
        Type::Binary => dice.pick(&["QmluYXJ5", "qmluYXJ5", "QmluYXJ5QQ=="]).to_string(),
        Type::Address => near_address(dice, found),
    }
}

/// Digits, with a sign, a fraction and a power of ten if need be; some of many digits or of a power out of range.
fn number(dice: &mut Dice) -> String {
    let sign = *dice.pick(&["", "", "", "-", "+", "--"]);
    let units = digits(dice, &[0, 1, 1, 2, 3, 20, 40]);
    let fraction =
        if dice.percent(35) { format!(".{}", digits(dice, &[0, 1, 2, 20])) } else { String::new() };
    let powers =
        ["e1", "E2", "e-1", "e+3", "e0", "e2147483647", "e2147483648", "e-2147483648", "e", "e-2147483649"];
    let power = if dice.percent(35) { *dice.pick(&powers) } else { "" };
    format!("{sign}{units}{fraction}{power}")
}

/// As many digits as one of the lengths says, zeros more often than others.
fn digits(dice: &mut Dice, lengths: &[usize]) -> String {
    let length = *dice.pick(lengths);
    (0..length).map(|_| *dice.pick(&['0', '0', '1', '5', '9'])).collect()
}

fn near_number(dice: &mut Dice, found: &str) -> String {
    match dice.below(9) {
        0 => format!("{found}.0"),
        1 => format!("0{found}"),
        2 => format!("+{found}"),
        3 => format!("-{found}"),
        4 => format!("{found}0e-1"),
        5 => format!("{found}e0"),
        6 => format!("{found}.0000000000000000000000000000000000001"),
        7 => format!("{found}5"),
        _ => number(dice),
    }
}

/// Texts of instants: groups of the same instant written in several ways, and of its neighbours.
const DATES: [[&str; 10]; 4] = [
    [
        "2026-01-01T00:00:00Z",
        "2026-01-01",
        "2026-01",
        "1767225600",
        "1767225600.0",
        "2026-01-01T01:00:00+01:00",
        "2025-12-31T23:59:59.999999999Z",
        "2025-12-31t23:00-01",
        "1767225600.000000001",
        "2026-01-01T00Z",
    ],
    [
        "2024-02-29T12:00Z",
        "2024-02-29T12:00:00",
        "1709208000",
        "2024-02-29T12:00:00.0z",
        "2024-02-29T12:60Z",
        "2024-02-28T24:00Z",
        "2023-02-29",
        "2024-2-29T12",
        "2024-03-01T00:30+12:30",
        "2024-02-29T11:59:60Z",
    ],
    [
        "1970-01-01",
        "0",
        "1970",
        "1970-01-01T00:00:00Z",
        "-1",
        "1969-12-31T23:59:59Z",
        "+0",
        "00000000000000000000",
        "0000000000000000000",
        "1970-01-01T00:00:00.0000000001Z",
    ],
    [
        "292278993-12-31T23:59:59.999999999Z",
        "292278993-12-31T23:59:59-23:59",
        "292278994-01-01",
        "-292275054-01-01T00:00+23:59",
        "-292275055-12-31",
        "-0001-12-31T23:59",
        "0000-02-29",
        "9223372036854775807",
        "9223372036854775808",
        "9223372036854775807.999999999",
    ],
];

fn date(dice: &mut Dice) -> String {
    if dice.percent(60) {
        let group = *dice.pick(&DATES);
        return (*dice.pick(&group)).to_owned();
    }
    let year = digits(dice, &[0, 1, 4, 4, 9, 10]);
    let mut text = format!("{}{year}", dice.pick(&["", "", "", "-"]));
    for separator in ["-", "-", "T", ":", ":", "."] {
        if dice.percent(25) {
            break;
        }
        text.push_str(separator);
        let length = if separator == "." { 9 } else { 2 };
        match dice.below(9) {
            0 => text.push_str(&digits(dice, &[0, 1, 2, 3])),
            8 => text.push_str("00:00"),
            1 => text
                .push_str(dice.pick::<&str>(&["00", "12", "13", "23", "24", "29", "30", "31", "59", "60"])),
            _ if length == 9 => text.push_str(&digits(dice, &[1, 3, 9, 10])),
            _ => text.push_str(dice.pick::<&str>(&["01", "02", "10", "11", "12"])),
        }
    }
    let zones =
        ["", "", "Z", "z", "+01:00", "-23:59", "+24:00", "+01", "-1:00", "+00:60", "+01:0", "+01:x0", "Z0"];
    text.push_str(dice.pick::<&str>(&zones));
    text
}

fn near_date(dice: &mut Dice, found: &str) -> String {
    match DATES.iter().find(|group| group.contains(&found)) {
        Some(group) if dice.percent(85) => (*dice.pick::<&str>(group)).to_owned(),
        Some(_) | None => date(dice),
    }
}

fn address(dice: &mut Dice) -> String {
    let octet = |dice: &mut Dice| *dice.pick(&["0", "1", "2", "10", "127", "255", "256", "01"]);
    match dice.below(4) {
        0 | 1 => [(); 4].map(|()| octet(dice)).join("."),
        2 => format!("::ffff:{}", [(); 4].map(|()| octet(dice)).join(".")),
        _ => {
            (*dice.pick(&["2001:db8::1", "2001:DB8:0::1", "::", "::1", "fe80::1%eth0", "1::2::3"])).to_owned()
        }
    }
}

/// A range in which the address lies, or just does not: one of its bits differs, often that on which the range ends.
fn near_address(dice: &mut Dice, found: &str) -> String {
    let Ok(found) = found.parse::<IpAddr>() else { return address(dice) };
    let (bits, width) = match found {
        IpAddr::V4(found) => (u128::from(found.to_bits()), 32_u32),
        IpAddr::V6(found) => (found.to_bits(), 128),
    };
    let length = u32::try_from(dice.below(width as usize + 1)).unwrap_or(0);
    let place = if dice.percent(50) { length } else { u32::try_from(dice.below(129)).unwrap_or(0) };
    let flipped = bits ^ (1 << width.saturating_sub(place + dice.below(2) as u32).min(width - 1));
    let bits = if dice.percent(50) { flipped } else { bits };
    let start = match found {
        IpAddr::V4(_) => IpAddr::V4(std::net::Ipv4Addr::from_bits(u32::try_from(bits).unwrap_or(0))),
        IpAddr::V6(_) => IpAddr::V6(std::net::Ipv6Addr::from_bits(bits)),
    };
    match dice.below(12) {
        0 if length > 100 => format!("{start}/99999999999"),
        0 => start.to_string(),
        1 => format!("{start}/0{length}"),
        2 => format!("{start}/{}", width + 1),
        3 => format!("::ffff:{start}/{}", u64::from(length) + 96),
        _ => format!("{start}/{length}"),
    }
}

/// Values of each type that come up again and again: what requests hold, and policies too.
pub(super) const fn listed(kind: Type) -> &'static [&'static str] {
    match kind {
        Type::Text => &[
            "alice",
            "alice",
            "Alice",
            "bob",
            "a*",
            "*",
            "x*y",
            "xay",
            "",
            "\u{c9}",
            "\u{e9}",
            "e\u{301}",
            "$",
            "?",
            "\u{df}",
            "\u{1e9e}",
            "\u{130}",
            "i\u{307}",
            "\u{3a3}",
            "\u{3c2}",
            "\u{3c3}",
            "\u{212a}",
            "k",
            "aaab",
            "abab",
            "b/k",
            "111111111111",
            "s3:",
            "\u{1f600}",
        ],
        Type::Number => &[
            "5",
            "5",
            "5",
            "05",
            "5.0",
            "+5",
            "-1",
            "-0",
            "0",
            "10",
            "0.5",
            ".5",
            "5.",
            "9007199254740993",
            "9007199254740992.5",
            "abc",
            "",
            "1e1",
            "-5e-1",
            " 5",
            "0x5",
            "340282366920938463463374607431768211456",
        ],
        Type::Date => {
            &["2026-01-01T00:00:00Z", "2026-01-01", "1767225600", "1709208000", "0", "tomorrow", ""]
        }
        Type::Truth => &["true", "true", "true", "TRUE", "false", "false", "False", "yes", "", "tru\u{e9}"],
        Type::Binary => &[
            "QmluYXJ5",
            "QmluYXJ5",
            "Binary",
            "QmluYXJ5QQ==",
            "QmluYXJ5QQ",
            "",
            "Qmlu YXJ5",
            "QUI=",
            "Q===",
            "Q+/=",
            "Q-_=",
        ],
        Type::Address => &[
            "10.1.2.3",
            "10.1.2.3",
            "10.1.2.3",
            "192.168.0.1",
            "2001:db8::1",
            "2001:db8::1",
            "::ffff:10.1.2.3",
            "10.1.2",
            "10.0.0.0/8",
            "",
            "0.0.0.0",
            "255.255.255.255",
            "::",
        ],
        Type::Arn => &[
            "arn:aws:s3:::b",
            "arn:aws:s3:::b",
            "arn:aws:sns:us-east-1:1:t:sub",
            "arn:aws:iam::111111111111:role/Dev",
            "arn:aws:iam::111111111111:user/alice",
            "arn:aws:sns",
            "alice",
            "",
            "arn:aws:s3:::b/\u{e9}",
        ],
    }
}

/// Values that only policies write: patterns, ranges and variables.
pub(super) const fn written(kind: Type) -> &'static [&'static str] {
    match kind {
        Type::Text => &[
            "a*",
            "*",
            "?lice",
            "*l?c*",
            "*a*i*e",
            "*aab",
            "a*b*",
            "x${*}y",
            "x${?}y",
            "${$}",
            "${?}",
            "${*}",
            "${aws:username}",
            "${aws:username}*",
            "${aws:PrincipalTag/team}",
            "${aws:PrincipalTag/team, 'alice'}",
            "${aws:PrincipalTag/none, ''}",
            "${aws:PrincipalTag/none, 'a*'}",
            "${aws:PrincipalTag/none}",
            "${aws:PrincipalTag/\u{c9}tage}",
            "${aws:TagKeys}",
            "${aws:TagKeys, 'alice'}",
            "${s3:prefix}",
            "${aws:username}${s3:prefix}",
            "?",
            "??",
            "",
        ],
        Type::Number | Type::Binary => {
            &["${aws:MultiFactorAuthAge}", "5", "QmluYXJ5", "5e0", "${s3:max-keys}"]
        }
        Type::Date => &["2026-01-01T00:00:00Z", "2024-02-29T12:00Z", "1767225600", "1709208000"],
        Type::Truth => &[
            "${aws:SecureTransport}",
            "${aws:PrincipalTag/none, 'TRUE'}",
            "${aws:PrincipalTag/team}",
            "true",
            "false",
            "${aws:MultiFactorAuthPresent, 'false'}",
            "True",
        ],
        Type::Address => &[
            "10.0.0.0/8",
            "10.0.0.5/8",
            "0.0.0.0/0",
            "::/0",
            "2001:db8::/32",
            "10.1.2.3/32",
            "10.0.0.0/33",
            "10.0.0.0/4294967304",
            "::ffff:10.0.0.0/104",
            "2001:db8::1/128",
            "2001:db8::/129",
            "10.1.2.2/31",
            "10.1.2.3/",
        ],
        Type::Arn => &[
            "arn:aws:s3:::*",
            "arn:aws:sns:*:1:*",
            "arn:*:*:*:*:*",
            "arn:aws:iam::*",
            "arn:aws:iam::111111111111:*/*",
            "arn:aws:iam:*:role/Dev",
            "arn:aws:iam::111111111111:role/${aws:PrincipalTag/team}",
            "arn:aws:iam::111111111111:user/${aws:username}",
            "${aws:PrincipalArn}",
            "${aws:SourceArn}",
            "${s3:prefix}:aws:s3:::b",
            "arn:aws:${s3:prefix}:b",
            "${s3:prefix}",
            "arn:aws:s3:::${*}",
            "*",
            "arn:aws:s?:::b",
            "arn:aws:*3:::?",
            "arn:${aws:PrincipalTag/team}:s3:::b",
            "${s3:prefix}s3:::b",
        ],
    }
}

/// Texts that, as the value of a key, bring colons into the patterns above.
pub(super) const PREFIXES: [&str; 7] = ["arn", "s3::", "s3:::b", "alice", "arn:aws:s3:::b", "arn:aws:", ":"];

/// A value of a policy out of nothing.
pub(super) fn written_value(dice: &mut Dice, kind: Type) -> String {
    match dice.below(10) {
        0..5 => (*dice.pick(written(kind))).to_owned(),
        5..8 => value(dice, kind),
        8 => {
            let text = value(dice, kind);
            widen(dice, &text)
        }
        _ => {
            let mut text = value(dice, kind);
            let cut = place(dice, &text);
            text.insert_str(cut, dice.pick::<&str>(&["${*}", "${?}", "${$}", "*", "?"]));
            text
        }
    }
}

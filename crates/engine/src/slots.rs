//! The values of a request's keys, each read once as what the tests on it want.

use std::net::IpAddr;

use doorward_policy::request::{Context, ContextValue};
use doorward_policy::value::{self, Instant};

/// What to read a value as.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Reading {
    Text,
    Number,
    Date,
    Truth,
    Address,
}

/// The value of one key in a request. 24 bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Slot<'r> {
    /// Not looked at yet.
    Unread,
    /// The request has no such key, or an empty list.
    Missing,
    /// Several values: each test goes through them itself.
    Several,
    /// One value, that is wanted as text or could not be read as anything else.
    Text(&'r str),
    /// One number, exact, in millionths.
    Millionths(i64),
    Date(Instant),
    Truth(bool),
    V4(u32),
    V6([u8; 16]),
}

impl<'r> Slot<'r> {
    /// Reads the value of a key, given by its folded name and that name's hash.
    #[inline]
    pub(crate) fn read(context: &'r Context, hash: u64, key: &str, reading: Reading) -> Self {
        let value = match context.value_hashed(hash, key) {
            None => return Self::Missing,
            Some(ContextValue::Single(value)) => value.as_str(),
            Some(ContextValue::Multiple(values)) if values.is_empty() => return Self::Missing,
            Some(ContextValue::Multiple(_)) => return Self::Several,
        };
        match reading {
            Reading::Text => Self::Text(value),
            Reading::Number => millionths(value).map_or(Self::Text(value), Self::Millionths),
            Reading::Date => Instant::parse(value).map_or(Self::Text(value), Self::Date),
            Reading::Truth => truth(value).map_or(Self::Text(value), Self::Truth),
            Reading::Address => address(value).unwrap_or(Self::Text(value)),
        }
    }
}

/// Reads a truth value, as it is mostly written first.
#[inline]
fn truth(text: &str) -> Option<bool> {
    match text.as_bytes() {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => value::boolean(text),
    }
}

/// Reads an address, of version 4 first: in four numbers of up to three digits, none with a zero before others.
#[inline]
fn address<'r>(text: &str) -> Option<Slot<'r>> {
    let mut bits = 0u32;
    let mut rest = text.as_bytes();
    for last in [false, false, false, true] {
        let mut part = 0u32;
        let mut digits = 0;
        while let Some((byte, after)) = rest.split_first() {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            if digit > 9 {
                break;
            }
            if digits == 3 || (digits > 0 && part == 0) {
                return other_address(text);
            }
            part = part * 10 + digit;
            digits += 1;
            rest = after;
        }
        let ended = match rest.split_first() {
            Some((b'.', after)) if !last => {
                rest = after;
                true
            }
            None => last,
            Some(_) => return other_address(text),
        };
        if !ended || digits == 0 || part > 255 {
            return other_address(text);
        }
        bits = bits << 8 | part;
    }
    Some(Slot::V4(bits))
}

#[cold]
fn other_address<'r>(text: &str) -> Option<Slot<'r>> {
    Some(match text.parse().ok()? {
        IpAddr::V4(address) => Slot::V4(address.to_bits()),
        IpAddr::V6(address) => Slot::V6(address.octets()),
    })
}

/// The most digits before the point of a number kept in millionths.
const WHOLE_DIGITS_MAX: usize = 12;

/// How many millionths a unit is.
const UNIT: i64 = 1_000_000;

/// An unsigned decimal number in millionths; `None` where it is not one, or does not fit.
#[inline]
pub(crate) fn millionths(text: &str) -> Option<i64> {
    let mut number = 0i64;
    for (place, byte) in text.bytes().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 || place == WHOLE_DIGITS_MAX {
            return if byte == b'.' { with_fraction(number, place, text) } else { None };
        }
        number = number * 10 + i64::from(digit);
    }
    if text.is_empty() { None } else { Some(number * UNIT) }
}

/// The number whose whole part, and the place of whose point, are known.
fn with_fraction(whole: i64, point: usize, text: &str) -> Option<i64> {
    let fraction = text.get(point + 1..)?;
    let (mut millionths, mut scale) = (whole * UNIT, UNIT);
    for byte in fraction.bytes() {
        scale /= 10;
        if !byte.is_ascii_digit() || scale == 0 {
            return None;
        }
        millionths += i64::from(byte - b'0') * scale;
    }
    (text.len() > 1).then_some(millionths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use doorward_policy::value::Number;
    use proptest::prelude::*;

    #[test]
    fn numbers_in_millionths() {
        for (text, expected) in [
            ("0", Some(0)),
            ("1.2", Some(1_200_000)),
            ("300", Some(300_000_000)),
            (".5", Some(500_000)),
            ("5.", Some(5_000_000)),
            ("999999999999.999999", Some(999_999_999_999_999_999)),
            ("1999999999999", None),
            ("0.1234567", None),
            ("", None),
            (".", None),
            ("-1", None),
            ("+1", None),
            ("1e3", None),
            ("1.2.3", None),
            ("x", None),
        ] {
            assert_eq!(millionths(text), expected, "{text}");
        }
    }

    #[test]
    fn addresses_of_both_versions() {
        for text in [
            "10.20.30.40",
            "0.0.0.0",
            "255.255.255.255",
            "256.1.1.1",
            "01.2.3.4",
            "1.2.3",
            "1.2.3.4.5",
            "1.2.3.4.",
            "1..2.3",
            ".1.2.3",
            "1.2.3.4444",
            "",
            "2001:db8::1",
            "20::",
            "::1",
            "::ffff:10.0.0.1",
            "fe80::1%1",
            "1.2.3.4 ",
        ] {
            let read = match address(text) {
                Some(Slot::V4(bits)) => Some(IpAddr::from(bits.to_be_bytes())),
                Some(Slot::V6(octets)) => Some(IpAddr::from(octets)),
                _ => None,
            };
            assert_eq!(read, text.parse().ok(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn addresses_are_read_as_the_standard_library_reads_them(
            close in "[0-9]{1,3}(\\.[0-9]{1,3}){2,4}",
            any in "[0-9a-f.:/%]{0,20}",
        ) {
            for text in [close, any] {
                let read = match address(&text) {
                    Some(Slot::V4(bits)) => Some(IpAddr::from(bits.to_be_bytes())),
                    Some(Slot::V6(octets)) => Some(IpAddr::from(octets)),
                    _ => None,
                };
                prop_assert_eq!(read, text.parse().ok(), "{}", text);
            }
        }

        #[test]
        fn millionths_compare_as_numbers_do(one in "[0-9.]{0,9}", other in "[0-9.]{0,9}") {
            let small = [&one, &other].map(|text| millionths(text));
            if let [Some(one_small), Some(other_small)] = small {
                let (one, other) = (Number::parse(&one).unwrap(), Number::parse(&other).unwrap());
                prop_assert_eq!(one_small.cmp(&other_small), one.cmp(&other));
            }
            for (text, small) in [&one, &other].into_iter().zip(small) {
                prop_assert!(small.is_none() || Number::parse(text).is_some());
            }
        }
    }
}

//! Typed values: numbers, instants, addresses, base64.

use std::cmp::Ordering;
use std::net::IpAddr;

/// A decimal number of any size: zero, or ±0.DIGITS × 10^exponent, in which DIGITS starts and ends with no zero.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Number {
    negative: bool,
    exponent: i64,
    digits: String,
}

impl Number {
    fn compare(&self, other: &Self) -> Ordering {
        let magnitude = |number: &Self| (!number.digits.is_empty(), number.exponent, number.digits.clone());
        match (self.negative, other.negative) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => magnitude(self).cmp(&magnitude(other)),
            (true, true) => magnitude(other).cmp(&magnitude(self)),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.compare(other)
    }
}

/// The number that a text writes: digits, with a sign, a fraction and a power of ten if need be. Here all
/// digits count; how many AWS keeps is UNCONFIRMED (numeric-digits).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric>
pub(crate) fn number(text: &str) -> Option<Number> {
    let (negative, unsigned) = sign(text);
    let (decimal, power) = match unsigned.split_once(['e', 'E']) {
        Some((decimal, power)) => (decimal, whole(power)?),
        None => (unsigned, 0),
    };
    let (units, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let all = format!("{units}{fraction}");
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let significant = all.trim_start_matches('0');
    let digits = significant.trim_end_matches('0').to_owned();
    if digits.is_empty() {
        return Some(Number { negative: false, exponent: 0, digits });
    }
    let leading_zeros = i64::try_from(all.len() - significant.len()).ok()?;
    let exponent = i64::try_from(units.len()).ok()?.checked_sub(leading_zeros)?.checked_add(power)?;
    Some(Number { negative, exponent, digits })
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// A whole number of 32 bits with an optional sign.
fn whole(text: &str) -> Option<i64> {
    let (negative, digits) = sign(text);
    let value = digits_only(digits).map(|value| if negative { -value } else { value })?;
    i32::try_from(value).ok().map(i64::from)
}

fn digits_only(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// An instant: nanoseconds since 1970 began, in UTC.
///
/// A text with neither `T` nor `-` is seconds since then, with a fraction if need be; any other is a date of the W3C's
/// profile of ISO 8601, of which everything after the year may be left out. Without a zone it is UTC.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date>
pub(crate) fn instant(text: &str) -> Option<i128> {
    if text.contains(['T', 't', '-']) { calendar(text) } else { seconds(text, 19) }
}

const NANOSECONDS: i128 = 1_000_000_000;

/// So many digits at most, and a fraction of at most nine if need be, in nanoseconds.
fn seconds(text: &str, digits_max: usize) -> Option<i128> {
    let (seconds, fraction) = match text.split_once('.') {
        Some((seconds, fraction)) => (seconds, up_to(9, fraction).map(|_| format!("{fraction:0<9}"))?),
        None => (text, "0".to_owned()),
    };
    Some(i128::from(up_to(digits_max, seconds)?) * NANOSECONDS + i128::from(digits_only(&fraction)?))
}

/// One digit at least, so many at most.
fn up_to(digits_max: usize, text: &str) -> Option<i64> {
    if (1..=digits_max).contains(&text.len()) { digits_only(text) } else { None }
}

/// `Y`, `Y-M` or `Y-M-D`, then possibly `T` and a time.
fn calendar(text: &str) -> Option<i128> {
    let (date, time) = text.split_once(['T', 't']).unwrap_or((text, ""));
    let (negative, unsigned) = match date.strip_prefix('-') {
        Some(unsigned) => (true, unsigned),
        None => (false, date),
    };
    let fields: Vec<&str> = unsigned.split('-').collect();
    let (year, month, day) = match fields[..] {
        [year] => (year, "1", "1"),
        [year, month] => (year, month, "1"),
        [year, month, day] => (year, month, day),
        _ => return None,
    };
    let year = up_to(9, year).map(|year| if negative { -year } else { year })?;
    let (month, day) = (up_to(2, month)?, up_to(2, day)?);
    if !YEARS.contains(&year) || !(1..=12).contains(&month) || day < 1 {
        return None;
    }
    let (first, next) = (days_before(year, month), days_before(year, month + 1));
    if first + day > next {
        return None;
    }
    Some(i128::from(first + day - 1) * 86_400 * NANOSECONDS + time_of_day(time)?)
}

/// The years that AWS accepts in a date.
const YEARS: std::ops::RangeInclusive<i64> = -292_275_054..=292_278_993;

/// Days from 1970 to the first of a month, in the Gregorian calendar extended both ways. Month 13 is the next January.
fn days_before(year: i64, month: i64) -> i64 {
    let leap = year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0);
    let february = if leap { 29 } else { 28 };
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let past = year - 1;
    let leap_days = past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400);
    let in_year: i64 = months.iter().zip(1..month).map(|(days, _)| days).sum();
    past * 365 + leap_days + in_year - DAYS_BEFORE_1970
}

/// Days from the first of January of the year 1.
const DAYS_BEFORE_1970: i64 = 719_162;

/// `hh[:mm[:ss[.fraction]]]`, then possibly `Z` or an offset from UTC; or nothing at all.
fn time_of_day(text: &str) -> Option<i128> {
    if text.is_empty() {
        return Some(0);
    }
    let (clock, offset) = match text.find(['Z', 'z', '+', '-']) {
        Some(place) => (text.get(..place)?, offset_seconds(text.get(place..)?)?),
        None => (text, 0),
    };
    let fields: Vec<&str> = clock.split(':').collect();
    let (hour, minute, second) = match fields[..] {
        [hour] => (hour, "0", "0"),
        [hour, minute] => (hour, minute, "0"),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let (hour, minute, second) = (up_to(2, hour)?, up_to(2, minute)?, seconds(second, 2)?);
    if hour > 23 || minute > 59 || second >= 60 * NANOSECONDS {
        return None;
    }
    Some(i128::from(hour * 3600 + minute * 60 - offset) * NANOSECONDS + second)
}

/// `Z`, `+hh`, `+hh:mm`, and the same with `-`.
fn offset_seconds(text: &str) -> Option<i64> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (negative, unsigned) = sign(text);
    let (hours, minutes) = unsigned.split_once(':').unwrap_or((unsigned, "00"));
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes) = (digits_only(hours)?, digits_only(minutes)?);
    let seconds = hours * 3600 + minutes * 60;
    (hours <= 23 && minutes <= 59).then_some(if negative { -seconds } else { seconds })
}

/// A range of addresses: those that share its first bits.
pub(crate) struct Range {
    start: IpAddr,
    prefix_bits: u32,
}

impl Range {
    /// Whether the address is of the range's family and in it.
    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        match (self.start, address) {
            (IpAddr::V4(start), IpAddr::V4(found)) => {
                let differing = u32::from(start) ^ u32::from(found);
                differing.leading_zeros() >= self.prefix_bits
            }
            (IpAddr::V6(start), IpAddr::V6(found)) => {
                let differing = u128::from(start) ^ u128::from(found);
                differing.leading_zeros() >= self.prefix_bits
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

/// An address range: `address/bits`, or one address alone. Bits of the address beyond the prefix do not count,
/// UNCONFIRMED (ip-host-bits).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress>
pub(crate) fn range(text: &str) -> Option<Range> {
    let (start, bits) = match text.split_once('/') {
        Some((start, bits)) => (address(start)?, Some(bits)),
        None => (address(text)?, None),
    };
    let bits_max = if start.is_ipv4() { 32 } else { 128 };
    let prefix_bits = match bits {
        Some(bits) if bits.len() > 1 && bits.starts_with('0') => return None,
        Some(bits) => u32::try_from(digits_only(bits)?).ok()?,
        None => bits_max,
    };
    (prefix_bits <= bits_max).then_some(Range { start, prefix_bits })
}

/// An IPv4 or IPv6 address.
pub(crate) fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok()
}

/// Whether a text is base64 in the standard alphabet, padded.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals>
pub(crate) fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let padding = text.len() - body.len();
    let in_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    text.len().is_multiple_of(4) && padding <= 2 && body.bytes().all(in_alphabet)
}

#[cfg(test)]
mod tests {
    use super::*;
    use doorward_policy::value;
    use proptest::prelude::*;

    #[test]
    fn numbers_in_order() {
        let ascending = [
            "-1e3",
            "-2.5",
            "-2.4",
            "0",
            "0.001",
            "0.01",
            "1",
            "9007199254740992",
            "9007199254740993",
            "1e17",
        ];
        for pair in ascending.windows(2) {
            assert!(number(pair[0]).unwrap() < number(pair[1]).unwrap(), "{pair:?}");
        }
        for (left, right) in
            [("1", "1.0"), ("01", "1"), ("-0", "0"), ("1e2", "100"), ("+5", "5"), (".5", "0.5")]
        {
            assert_eq!(number(left), number(right), "{left} {right}");
        }
        for text in ["", ".", "abc", "1,5", "1e", "0x1", "--1", " 1"] {
            assert_eq!(number(text), None, "`{text}`");
        }
    }

    #[test]
    fn instants() {
        for (text, seconds) in [
            ("0", 0),
            ("2020", 2020),
            ("01T", -62_135_596_800),
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-02", 86_400),
            ("2000-03-01", 951_868_800),
            ("2024-02-29T12:00:00Z", 1_709_208_000),
            ("2024-02-29T12:00+02:00", 1_709_200_800),
            ("1969-12-31T23:59:59Z", -1),
            ("2020-06", 1_590_969_600),
        ] {
            assert_eq!(instant(text), Some(seconds * NANOSECONDS), "{text}");
        }
        assert_eq!(instant("1.5"), Some(1_500_000_000));
        assert_eq!(instant("1970-01-01T00:00:00.25Z"), Some(250_000_000));
        for text in ["", "2020-13-01", "2021-02-29", "2020-01-01T24:00Z", "soon", "2020-01-01T00:00+1"] {
            assert_eq!(instant(text), None, "`{text}`");
        }
    }

    proptest! {
        /// Two readers, written apart, read alike: the language's own, which everything else uses, and this one.
        #[test]
        fn reads_as_the_language_does(
            texts in prop::collection::vec(prop_oneof![
                "[-+]?[0-9]{0,3}[.]?[0-9]{0,3}([eE][-+]?[0-9]{0,3})?",
                "-?[0-9]{1,4}(-[0-9]{1,2}){0,3}([Tt][0-9]{0,2}(:[0-9]{1,2}){0,3}([.][0-9]{0,10})?([Zz]|[-+][0-9]{1,2}(:[0-9]{2})?)?)?",
                "[-+0-9.:TtZzEe/]{0,12}",
            ], 2),
        ) {
            let numbers = [value::Number::parse(&texts[0]), value::Number::parse(&texts[1])];
            let ours = [number(&texts[0]), number(&texts[1])];
            prop_assert_eq!(numbers[0].is_some(), ours[0].is_some(), "{}", texts[0]);
            prop_assert_eq!(numbers[0].cmp(&numbers[1]), ours[0].cmp(&ours[1]), "{:?}", texts);
            let exactly = |instant: value::Instant| {
                i128::from(instant.seconds()) * NANOSECONDS + i128::from(instant.nanoseconds())
            };
            prop_assert_eq!(value::Instant::parse(&texts[0]).map(exactly), instant(&texts[0]), "{}", texts[0]);
        }

        #[test]
        fn ranges_hold_what_the_language_says(
            start in any::<IpAddr>(), found in any::<IpAddr>(), bits in 0u32..140, near in any::<bool>(),
        ) {
            let text = format!("{start}/{bits}");
            let found = if near { start } else { found };
            let theirs = value::Network::parse(&text).map(|network| network.contains(found));
            prop_assert_eq!(theirs, range(&text).map(|range| range.contains(found)), "{} {}", text, found);
        }
    }

    #[test]
    fn base64() {
        for (text, expected) in [
            ("", true),
            ("QQ==", true),
            ("QUI=", true),
            ("QUJD", true),
            ("QUJ", false),
            ("Q===", false),
            ("Q-==", false),
        ] {
            assert_eq!(is_base64(text), expected, "`{text}`");
        }
    }
}

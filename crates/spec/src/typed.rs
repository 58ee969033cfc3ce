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

/// The number that a text writes: digits, with a sign, a fraction and a power of ten if need be. How many digits AWS
/// keeps is not documented; here all count.
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

/// A whole number with an optional sign.
fn whole(text: &str) -> Option<i64> {
    let (negative, digits) = sign(text);
    let value = digits_only(digits)?;
    Some(if negative { -value } else { value })
}

fn digits_only(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// An instant: nanoseconds since 1970 began, in UTC.
///
/// Either seconds since 1970 with an optional fraction, or a date of the W3C's profile of ISO 8601.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date>
pub(crate) fn instant(text: &str) -> Option<i128> {
    epoch_seconds(text).or_else(|| calendar(text))
}

const NANOSECONDS: i128 = 1_000_000_000;

fn epoch_seconds(text: &str) -> Option<i128> {
    let (negative, unsigned) = sign(text);
    let (seconds, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let magnitude = i128::from(digits_only(seconds)?) * NANOSECONDS + nanoseconds(fraction)?;
    Some(if negative { -magnitude } else { magnitude })
}

/// Up to nine digits after a point.
fn nanoseconds(fraction: &str) -> Option<i128> {
    if fraction.is_empty() || fraction.len() > 9 {
        return None;
    }
    digits_only(&format!("{fraction:0<9}")).map(i128::from)
}

/// `Y`, `Y-M` or `Y-M-D`, then possibly `T` and a time.
fn calendar(text: &str) -> Option<i128> {
    let (date, time) = match text.split_once(['T', 't']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let (negative, unsigned) = sign(date);
    let mut fields = unsigned.splitn(3, '-');
    let year = digits_only(fields.next()?)?;
    let month = fields.next().map_or(Some(1), digits_only)?;
    let day = fields.next().map_or(Some(1), digits_only)?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || year > YEAR_MAX {
        return None;
    }
    let days = days_before(if negative { -year } else { year }, month) + day - 1;
    Some(i128::from(days) * 86_400 * NANOSECONDS + time.map_or(Some(0), time_of_day)?)
}

/// The last year that AWS accepts in a date.
const YEAR_MAX: i64 = 292_278_993;

/// Days from 1970 to the first of a month, in the Gregorian calendar extended both ways.
fn days_before(year: i64, month: i64) -> i64 {
    const BEFORE_MONTH: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let leap = year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0);
    let past = year - 1;
    let leap_days = past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400);
    let in_year = usize::try_from(month - 1).ok().and_then(|index| BEFORE_MONTH.get(index)).unwrap_or(&0);
    let days_to_1970 = 719_162;
    past * 365 + leap_days + in_year + i64::from(leap && month > 2) - days_to_1970
}

/// `hh[:mm[:ss[.fraction]]]`, then `Z` or an offset from UTC.
fn time_of_day(text: &str) -> Option<i128> {
    let (clock, offset) = match text.find(['Z', 'z', '+', '-']) {
        Some(place) => (text.get(..place)?, offset_seconds(text.get(place..)?)?),
        None => (text, 0),
    };
    let mut fields = clock.splitn(3, ':');
    let hour = digits_only(fields.next()?)?;
    let minute = fields.next().map_or(Some(0), digits_only)?;
    let (second, fraction) = match fields.next() {
        Some(second) => second.split_once('.').unwrap_or((second, "0")),
        None => ("0", "0"),
    };
    let second = digits_only(second)?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = hour * 3600 + minute * 60 + second - offset;
    Some(i128::from(seconds) * NANOSECONDS + nanoseconds(fraction)?)
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
    let seconds = digits_only(hours)? * 3600 + digits_only(minutes)? * 60;
    Some(if negative { -seconds } else { seconds })
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

/// An address range: `address/bits`, or one address alone. Bits of the address beyond the prefix do not count, which
/// AWS does not document.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress>
pub(crate) fn range(text: &str) -> Option<Range> {
    let (start, bits) = match text.split_once('/') {
        Some((start, bits)) => (address(start)?, Some(bits)),
        None => (address(text)?, None),
    };
    let bits_max = if start.is_ipv4() { 32 } else { 128 };
    let prefix_bits = match bits {
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
            ("-1", -1),
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
        for text in ["", "2020-13-01", "2020-01-01T24:00Z", "soon", "2020-01-01T00:00+1"] {
            assert_eq!(instant(text), None, "`{text}`");
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

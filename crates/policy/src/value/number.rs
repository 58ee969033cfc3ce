//! Decimal numbers of any length, compared exactly.

use std::cmp::Ordering;

/// A decimal number, borrowed from its text: `[+-]`, digits with or without a point, and optionally an exponent.
///
/// Comparison is exact at any length, allocates nothing, and costs at most the length of the shorter text. AWS does not
/// document the precision of its comparisons; rounding would make different numbers equal, so nothing is rounded.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric>
#[derive(Clone, Copy, Debug)]
pub struct Number<'a> {
    negative: bool,
    /// The power of ten of the first digit. Zero has no digits, and 0 here.
    top: i64,
    /// The significant digits, in two pieces: from the first that is not `0` to the last that is not.
    digits: [&'a [u8]; 2],
}

/// A [`Number`] that owns its digits.
#[derive(Clone, Debug)]
pub struct NumberBuf {
    negative: bool,
    top: i64,
    digits: Box<[u8]>,
}

impl<'a> Number<'a> {
    /// Reads a number. Exponents that do not fit 32 bits are refused, as is white space.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        Self::whole(text.as_bytes()).or_else(|| Self::any(text))
    }

    /// Reads the form that most numbers have: one to eighteen digits, the first of them not `0`, after a `-` or nothing.
    fn whole(text: &'a [u8]) -> Option<Self> {
        let (negative, digits) = match text {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        if !(1..=18).contains(&digits.len()) || digits.first() == Some(&b'0') {
            return None;
        }
        let mut zeros = 0;
        for digit in digits {
            match digit {
                b'0' => zeros += 1,
                b'1'..=b'9' => zeros = 0,
                _ => return None,
            }
        }
        let top = i64::try_from(digits.len()).ok()? - 1;
        Some(Self { negative, top, digits: [digits.get(..digits.len() - zeros)?, &[]] })
    }

    /// Reads a number of any form.
    fn any(text: &'a str) -> Option<Self> {
        let negative = text.starts_with('-');
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (digits, exponent) = match unsigned.split_once(['e', 'E']) {
            None => (unsigned, 0),
            Some((digits, exponent)) => (digits, i64::from(exponent_of(exponent)?)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
            return None;
        }
        let head = whole.trim_start_matches('0');
        let (top, tail) = if head.is_empty() {
            let tail = fraction.trim_start_matches('0');
            (-length(fraction) + length(tail) - 1, tail)
        } else {
            (length(head) - 1, fraction)
        };
        let tail = tail.trim_end_matches('0');
        let head = if tail.is_empty() { head.trim_end_matches('0') } else { head };
        let zero = head.is_empty() && tail.is_empty();
        let top = if zero { 0 } else { top + exponent };
        Some(Self { negative: negative && !zero, top, digits: [head.as_bytes(), tail.as_bytes()] })
    }

    /// The same number with its own copy of its digits.
    #[must_use]
    pub fn to_buf(self) -> NumberBuf {
        NumberBuf { negative: self.negative, top: self.top, digits: self.digits.concat().into() }
    }

    fn sign(&self) -> i8 {
        match (self.digits.iter().all(|digits| digits.is_empty()), self.negative) {
            (true, _) => 0,
            (false, false) => 1,
            (false, true) => -1,
        }
    }

    fn magnitude(&self, other: &Self) -> Ordering {
        let digits = |number: &Self| number.digits.into_iter().flatten();
        self.top.cmp(&other.top).then_with(|| match (self.digits, other.digits) {
            ([left, []], [right, []]) => left.cmp(right),
            _ => digits(self).cmp(digits(other)),
        })
    }
}

impl NumberBuf {
    /// The number, to compare with.
    #[must_use]
    pub fn as_number(&self) -> Number<'_> {
        Number { negative: self.negative, top: self.top, digits: [&self.digits, &[]] }
    }
}

fn length(text: &str) -> i64 {
    i64::try_from(text.len()).unwrap_or(i64::MAX)
}

fn exponent_of(text: &str) -> Option<i32> {
    text.bytes().next_back().filter(u8::is_ascii_digit)?;
    text.parse().ok()
}

impl Ord for Number<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sign().cmp(&other.sign()).then_with(|| {
            let magnitude = self.magnitude(other);
            if self.negative { magnitude.reverse() } else { magnitude }
        })
    }
}

impl PartialOrd for Number<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Number<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number<'_> {}

impl PartialEq for NumberBuf {
    fn eq(&self, other: &Self) -> bool {
        self.as_number() == other.as_number()
    }
}

impl Eq for NumberBuf {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(left: &str, right: &str, expected: Ordering) {
        let (a, b) = (Number::parse(left).unwrap(), Number::parse(right).unwrap());
        assert_eq!(a.cmp(&b), expected, "{left} {right}");
        assert_eq!(b.cmp(&a), expected.reverse(), "{right} {left}");
        assert_eq!(a.to_buf().as_number().cmp(&b), expected, "{left} owned");
    }

    #[test]
    fn compares_exactly() {
        for (left, right, expected) in [
            ("1", "1.0", Ordering::Equal),
            ("0", "-0.00", Ordering::Equal),
            ("007", "7", Ordering::Equal),
            ("1e3", "1000", Ordering::Equal),
            ("100", "1E+2", Ordering::Equal),
            (".5", "0.50", Ordering::Equal),
            ("5.", "5", Ordering::Equal),
            ("0.01", "1e-2", Ordering::Equal),
            ("+3", "3", Ordering::Equal),
            ("9007199254740992", "9007199254740993", Ordering::Less),
            ("0.1", "0.10000000000000000001", Ordering::Less),
            ("-1", "1", Ordering::Less),
            ("-2", "-1", Ordering::Less),
            ("-0.5", "0", Ordering::Less),
            ("99", "100", Ordering::Less),
            ("12.5", "125", Ordering::Less),
            (
                "123456789012345678901234567890123456789012",
                "123456789012345678901234567890123456789013",
                Ordering::Less,
            ),
        ] {
            check(left, right, expected);
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in [
            "",
            "-",
            ".",
            "1.2.3",
            "1e",
            "1e+",
            "e5",
            "0x10",
            "1 ",
            " 1",
            "NaN",
            "inf",
            "--1",
            "1e99999999999",
            "１",
        ] {
            assert!(Number::parse(text).is_none(), "{text}");
        }
    }

    /// All that is compared.
    fn fields(number: Option<Number<'_>>) -> Option<(bool, i64, Vec<u8>)> {
        number.map(|number| (number.negative, number.top, number.digits.concat()))
    }

    fn check_forms(text: &str) {
        let whole = fields(Number::whole(text.as_bytes()));
        assert!(whole.is_none() || whole == fields(Number::any(text)), "{text}");
        assert_eq!(fields(Number::parse(text)), fields(Number::any(text)), "{text}");
    }

    proptest! {
        #[test]
        fn whole_numbers_are_read_alike(text in "[-+]?[0-9]{0,20}", close in "[-+0-9.e:/ \u{661}]{0,6}", number in any::<i64>()) {
            check_forms(&text);
            check_forms(&close);
            check_forms(&number.to_string());
        }

        #[test]
        fn pieces_compare_as_digits(left in "[1-9][0-9]{0,4}", right in "[1-9][0-9]{0,4}", zeros in 0usize..3) {
            let (a, b) = (Number::any(&left).unwrap(), Number::any(&right).unwrap());
            let expected = a.cmp(&b);
            let point = |text: &str| format!("{}.{}", text, "0".repeat(zeros));
            check(&left, &point(&right), expected);
            check(&point(&left), &right, expected);
        }

        #[test]
        fn agrees_with_integers(a in any::<i64>(), b in any::<i64>(), scale in 0usize..4) {
            let shift = 10i128.pow(u32::try_from(scale).unwrap());
            let (left, right) = (format!("{a}{}", "0".repeat(scale)), b.to_string());
            check(&left, &right, (i128::from(a) * shift).cmp(&i128::from(b)));
        }
    }
}

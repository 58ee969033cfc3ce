//! Points in time.

/// A point in time, to the nanosecond, some 292 million years each way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Instant {
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    seconds: i64,
    nanoseconds: u32,
}

/// The years that AWS accepts: those whose milliseconds fit 64 bits.
const YEARS: std::ops::RangeInclusive<i64> = -292_275_054..=292_278_993;

const DAY_SECONDS: i64 = 86_400;

impl Instant {
    /// The instant so many seconds and nanoseconds after 1970-01-01T00:00:00Z; nanoseconds beyond a second are
    /// `None`.
    #[must_use]
    pub const fn new(seconds: i64, nanoseconds: u32) -> Option<Self> {
        if nanoseconds < 1_000_000_000 { Some(Self { seconds, nanoseconds }) } else { None }
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds since that second, below 1,000,000,000.
    #[must_use]
    pub const fn nanoseconds(self) -> u32 {
        self.nanoseconds
    }

    /// Reads seconds since 1970-01-01T00:00:00Z, with or without a fraction, or a date.
    ///
    /// A text with neither `T` nor `-` is seconds, so that `2020` is not a year. A date is `[-]year[-month[-day]]`,
    /// then optionally `T` and a time `[hour[:minute[:second[.fraction]]]]`, then optionally a zone: `Z`, `+hh[:mm]`
    /// or `-hh[:mm]`. Fields but the zone's may leave out leading zeros, fractions have at most nine digits, and `t`
    /// and `z` may be small. What is left out is the earliest possible; without a zone, the time is UTC, which AWS does
    /// not document.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date>
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        usual(text.as_bytes()).or_else(|| of_any_form(text))
    }

    /// Whether a policy may be written with this text as the value of a date comparison: as [`Instant::parse`], but
    /// seconds must be whole.
    ///
    /// Source: the answers of `CreatePolicy` on record in `conformance/documents/identity.json`.
    #[must_use]
    pub fn is_writable(text: &str) -> bool {
        let whole = !text.contains('.') || text.contains(['t', 'T', '-']);
        whole && Self::parse(text).is_some()
    }
}

/// Reads the forms that most instants have: `2026-11-22T10:00:00Z`, and up to eighteen digits of seconds.
fn usual(text: &[u8]) -> Option<Instant> {
    if let Some(
        &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', n1, n2, b':', s1, s2, b'Z'],
    ) = text.as_array::<20>()
    {
        let (year, month, day) = (number(&[y1, y2, y3, y4])?, number(&[m1, m2])?, number(&[d1, d2])?);
        let (hour, minute, second) = (number(&[h1, h2])?, number(&[n1, n2])?, number(&[s1, s2])?);
        let exists = (1..=12).contains(&month)
            && (1..=month_days(year, month)).contains(&day)
            && hour <= 23
            && minute <= 59
            && second <= 59;
        let seconds = days_of_civil(year, month, day) * DAY_SECONDS + hour * 3_600 + minute * 60 + second;
        return if exists { Instant::new(seconds, 0) } else { None };
    }
    if (1..=18).contains(&text.len()) { Instant::new(number(text)?, 0) } else { None }
}

/// Up to eighteen digits as a number.
fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |number, digit| match digit {
        b'0'..=b'9' => Some(number * 10 + i64::from(digit - b'0')),
        _ => None,
    })
}

/// Reads an instant of any form.
fn of_any_form(text: &str) -> Option<Instant> {
    if text.contains(['t', 'T', '-']) { date_and_time(text) } else { since_epoch(text) }
}

fn since_epoch(text: &str) -> Option<Instant> {
    let (seconds, fraction) = match text.split_once('.') {
        None => (text, 0),
        Some((seconds, fraction)) => (seconds, nanoseconds(fraction)?),
    };
    digits(seconds, 1..=19)?;
    Instant::new(seconds.parse().ok()?, fraction)
}

fn date_and_time(text: &str) -> Option<Instant> {
    let (date, time) = text.split_once(['t', 'T']).unwrap_or((text, ""));
    let days = days(date)?;
    let (time, offset) = zone(time)?;
    let (second_of_day, nanoseconds) = time_of_day(time)?;
    Instant::new(days * DAY_SECONDS + second_of_day - offset, nanoseconds)
}

/// Days since 1970-01-01 of `[-]year[-month[-day]]`.
fn days(date: &str) -> Option<i64> {
    let (sign, date) = date.strip_prefix('-').map_or((1, date), |date| (-1, date));
    let mut fields = date.split('-');
    let year = sign * digits(fields.next()?, 1..=9)?;
    let mut field = || fields.next().map_or(Some(1), |text| digits(text, 1..=2));
    let (month, day) = (field()?, field()?);
    let exists =
        YEARS.contains(&year) && (1..=12).contains(&month) && (1..=month_days(year, month)).contains(&day);
    if fields.next().is_some() || !exists { None } else { Some(days_of_civil(year, month, day)) }
}

fn month_days(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The day's number in the proleptic Gregorian calendar: years begin in March, so that the leap day ends them; 400 of
/// them have 146,097 days, and 719,468 days lie between the start of year 0 and 1970.
fn days_of_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// What stands before the zone, and how many seconds the zone is ahead of UTC.
fn zone(time: &str) -> Option<(&str, i64)> {
    if let Some(time) = time.strip_suffix(['z', 'Z']) {
        // A zone belongs to a time: `2020T` may stand, `2020TZ` not.
        return if time.is_empty() { None } else { Some((time, 0)) };
    }
    let Some(at) = time.find(['+', '-']) else {
        return Some((time, 0));
    };
    let (time, zone) = time.split_at(at);
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = zone.get(1..)?.split_once(':').unwrap_or((zone.get(1..)?, "00"));
    let (hours, minutes) = (digits(hours, 2..=2)?, digits(minutes, 2..=2)?);
    let exists = !time.is_empty() && hours <= 23 && minutes <= 59;
    exists.then_some((time, sign * (hours * 3_600 + minutes * 60)))
}

/// Seconds and nanoseconds since midnight of `[hour[:minute[:second[.fraction]]]]`.
fn time_of_day(time: &str) -> Option<(i64, u32)> {
    if time.is_empty() {
        return Some((0, 0));
    }
    let mut fields = time.split(':');
    let hour = digits(fields.next()?, 1..=2)?;
    let minute = fields.next().map_or(Some(0), |text| digits(text, 1..=2))?;
    let (second, fraction) = match fields.next() {
        None => (0, 0),
        Some(text) => match text.split_once('.') {
            None => (digits(text, 1..=2)?, 0),
            Some((second, fraction)) => (digits(second, 1..=2)?, nanoseconds(fraction)?),
        },
    };
    let exists = fields.next().is_none() && hour <= 23 && minute <= 59 && second <= 59;
    exists.then_some((hour * 3_600 + minute * 60 + second, fraction))
}

/// A fraction of one to nine digits.
fn nanoseconds(fraction: &str) -> Option<u32> {
    let value = u32::try_from(digits(fraction, 1..=9)?).ok()?;
    let missing = 9 - u32::try_from(fraction.len()).ok()?;
    Some(value * 10u32.pow(missing))
}

/// A number of so many digits and nothing else.
fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<i64> {
    let plain = length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check_forms(text: &str) {
        let usual = usual(text.as_bytes());
        assert!(usual.is_none() || usual == of_any_form(text), "{text}");
        assert_eq!(Instant::parse(text), of_any_form(text), "{text}");
    }

    proptest! {
        #[test]
        fn usual_forms_are_read_alike(
            date in "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",
            valid in "[0-9]{4}-(0[0-9]|1[0-3])-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z",
            seconds in "[0-9]{0,20}",
            close in "[-0-9]{4}[-0-9]{3}[-0-9]{3}[tTz0-9][0-9:+-]{8}[zZ0-9]",
        ) {
            for text in [date, valid, seconds, close] {
                check_forms(&text);
            }
        }
    }

    #[test]
    fn usual_forms_are_found() {
        for text in [
            "2026-11-22T10:00:00Z",
            "0000-01-01T00:00:00Z",
            "2024-02-29T23:59:59Z",
            "0",
            "999999999999999999",
        ] {
            assert!(usual(text.as_bytes()).is_some(), "{text}");
        }
    }

    fn check(text: &str, expected: Option<(i64, u32)>) {
        let actual = Instant::parse(text).map(|instant| (instant.seconds(), instant.nanoseconds()));
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn reads_dates_and_seconds() {
        for (text, seconds, nanoseconds) in [
            ("0", 0, 0),
            ("2020", 2_020, 0),
            ("1700000000", 1_700_000_000, 0),
            ("1700000000.25", 1_700_000_000, 250_000_000),
            ("9223372036854775807", i64::MAX, 0),
            ("1970-01-01T00:00:00Z", 0, 0),
            ("2000-02-29", 951_782_400, 0),
            ("2023-11-14T22:13:20Z", 1_700_000_000, 0),
            ("2023-11-14t22:13:20z", 1_700_000_000, 0),
            ("2023-11-14T22:13:20", 1_700_000_000, 0),
            ("2023-11-15T00:13:20+02:00", 1_700_000_000, 0),
            ("2023-11-14T17:13:20-05", 1_700_000_000, 0),
            ("2023-11-14T22:13+00:00", 1_699_999_980, 0),
            ("2023-11-14T22Z", 1_699_999_200, 0),
            ("2023-11", 1_698_796_800, 0),
            ("1969-12-31T23:59:59.5Z", -1, 500_000_000),
            ("2016-12-13t2:00:00.593194+23", 1_481_511_600, 593_194_000),
            ("01T", -62_135_596_800, 0),
            ("-1", -62_198_755_200, 0),
            ("0000-03-01T", -62_162_035_200, 0),
            ("-292275054", -9_223_372_017_043_200, 0),
        ] {
            check(text, Some((seconds, nanoseconds)));
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "sdfdsf",
            "234-13",
            "2016-12-13t2:00:00.593194+1",
            "2016-12-13t2:00:00.1999999999+10:59",
            "9223372036854775808",
            "-292275055",
            "292278994-01",
            "2021-02-29",
            "1900-02-29",
            "2021-04-31",
            "2021-00-01",
            "2021-01-00",
            "2021-1-1-1",
            "2021-01-01T24:00",
            "2021-01-01T23:60",
            "2021-01-01T23:59:60",
            "2021-01-01TZ",
            "2021-01-01T1:2:3:4",
            "1.",
            ".5",
            "1.0123456789",
            "+5",
            " 5",
            "2021-01-01T12:00:00 Z",
            "2021-01-01T12:00:00+24:00",
            "2021-01-01T12:00:00+02:60",
            "--5",
            "2021-01-01T12:00:00Z+01:00",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn order_is_the_order_of_time() {
        let instant = |text| Instant::parse(text).unwrap();
        assert!(instant("2030-01-01T00:00:00Z") > instant("2029-12-31T23:59:59.999999999Z"));
        assert!(instant("1969-12-31T23:59:59.5Z") < instant("0"));
        assert!(instant("-292275054") < instant("-292275053"));
    }

    #[test]
    fn fractions_of_seconds_are_not_written() {
        assert!(Instant::is_writable("2021-01-01T00:00:00.5Z"));
        assert!(Instant::is_writable("1700000000"));
        assert!(!Instant::is_writable("1700000000.5"));
    }

    #[test]
    fn days_follow_one_another() {
        let mut expected = days_of_civil(-401, 1, 1);
        for year in -401..=2_405 {
            for month in 1..=12 {
                for day in 1..=month_days(year, month) {
                    assert_eq!(days_of_civil(year, month, day), expected, "{year}-{month}-{day}");
                    expected += 1;
                }
            }
        }
    }
}

//! Time-based one-time passwords: six digits, half a minute, SHA-1.
//!
//! Source: <https://www.rfc-editor.org/rfc/rfc6238>, <https://www.rfc-editor.org/rfc/rfc4226#section-5.3>

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;
use jiff::Timestamp;

/// How long a code is shown, in seconds.
pub const STEP_S: i64 = 30;

/// How many codes there are: those of six digits.
const CODES: u32 = 1_000_000;

/// The step that a moment is in.
#[must_use]
pub fn step(now: Timestamp) -> i64 {
    now.as_second().div_euclid(STEP_S)
}

/// The code of a step, six digits.
#[must_use]
pub fn code(seed: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, seed);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    format!("{:06}", truncated(tag.as_ref()) % CODES)
}

/// Whether a text is the code of a step. Takes as long for a wrong one.
pub(crate) fn is_code(seed: &[u8], step: i64, text: &str) -> bool {
    verify_slices_are_equal(code(seed, step).as_bytes(), text.as_bytes()).is_ok()
}

/// Four bytes of a digest, from where its last four bits point to, without the sign.
fn truncated(digest: &[u8]) -> u32 {
    let at = digest.last().map_or(0, |last| usize::from(last & 0xf));
    let bytes = digest.get(at..).and_then(|rest| rest.first_chunk()).copied().unwrap_or_default();
    u32::from_be_bytes(bytes) & 0x7fff_ffff
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The last six of the eight digits in RFC 6238, appendix B.
    #[test]
    fn codes_of_the_rfc() {
        let seed = b"12345678901234567890";
        for (second, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let step = step(Timestamp::from_second(second).unwrap());
            assert_eq!(code(seed, step), expected, "{second}");
            assert!(is_code(seed, step, expected) && !is_code(seed, step + 1, expected));
        }
        for text in ["", "28708", "2870822", "287083"] {
            assert!(!is_code(seed, 1, text), "{text}");
        }
    }

    #[test]
    fn steps_are_half_minutes() {
        for (second, expected) in [(0, 0), (29, 0), (30, 1), (-1, -1)] {
            assert_eq!(step(Timestamp::from_second(second).unwrap()), expected, "{second}");
        }
    }
}

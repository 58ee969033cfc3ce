//! Base32, as authenticators read seeds.
//!
//! Source: <https://www.rfc-editor.org/rfc/rfc4648#section-6>

/// The 32 digits.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The bytes in base32, without padding, which seeds do not need: their length is a multiple of five bytes.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    for chunk in bytes.chunks(5) {
        let mut word = [0; 8];
        for (place, byte) in word.iter_mut().skip(3).zip(chunk) {
            *place = *byte;
        }
        let word = u64::from_be_bytes(word);
        for digit in 0..(chunk.len() * 8).div_ceil(5) {
            let index = usize::try_from((word >> (35 - 5 * digit)) & 31).unwrap_or(0);
            text.push(ALPHABET.get(index).copied().map_or('A', char::from));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648, section 10, without the padding.
    #[test]
    fn texts_of_the_rfc() {
        for (plain, expected) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(encode(plain.as_bytes()), expected);
        }
        assert_eq!(encode(&[0xff; 40]), "7".repeat(64));
    }
}

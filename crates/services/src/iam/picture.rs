//! QR codes, as pictures that every program can show: PNG in black and white.
//!
//! Source: <https://www.w3.org/TR/png-3/>

use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use qrcode::{Color, EcLevel, QrCode};

/// How many pixels wide a square of the code is.
const SQUARE: usize = 4;

/// How many squares are left white around the code.
///
/// Source: <https://www.qrcode.com/en/howto/code.html>
const MARGIN: usize = 4;

/// What every PNG begins with.
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// One bit a pixel, in grey, packed and filtered in the one way there is, not interlaced.
const FORMAT: [u8; 5] = [1, 0, 0, 0, 0];

/// A text as a QR code; `None` if it is longer than a code can hold.
pub(super) fn qr_code(text: &str) -> Option<Vec<u8>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let squares = code.width() + 2 * MARGIN;
    let side = u32::try_from(squares * SQUARE).ok()?.to_be_bytes();
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    for row in 0..squares {
        packed.write_all(&line(&code, row).repeat(SQUARE)).ok()?;
    }
    let mut bytes = SIGNATURE.to_vec();
    push(&mut bytes, b"IHDR", &[&side[..], &side, &FORMAT].concat())?;
    push(&mut bytes, b"IDAT", &packed.finish().ok()?)?;
    push(&mut bytes, b"IEND", &[])?;
    Some(bytes)
}

/// A line of pixels through a row of squares, behind the byte that says that it is not filtered.
fn line(code: &QrCode, row: usize) -> Vec<u8> {
    let width = (code.width() + 2 * MARGIN) * SQUARE;
    let is_white = |pixel: usize| pixel < width && is_light(code, row, pixel / SQUARE);
    let byte = |byte: usize| (0..8).fold(0, |bits, bit| bits << 1 | u8::from(is_white(byte * 8 + bit)));
    std::iter::once(0).chain((0..width.div_ceil(8)).map(byte)).collect()
}

/// Whether a square is light; those of the margin are.
fn is_light(code: &QrCode, row: usize, column: usize) -> bool {
    let inside = |at: usize| at.checked_sub(MARGIN).filter(|at| *at < code.width());
    inside(row).zip(inside(column)).is_none_or(|(row, column)| code[(column, row)] == Color::Light)
}

/// A chunk: its length, kind, content and checksum.
fn push(bytes: &mut Vec<u8>, kind: &[u8; 4], content: &[u8]) -> Option<()> {
    let mut checksum = Crc::new();
    checksum.update(kind);
    checksum.update(content);
    bytes.extend_from_slice(&u32::try_from(content.len()).ok()?.to_be_bytes());
    bytes.extend_from_slice(kind);
    bytes.extend_from_slice(content);
    bytes.extend_from_slice(&checksum.sum().to_be_bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::ZlibDecoder;

    use super::*;

    #[test]
    fn the_picture_is_the_code_with_a_margin() {
        let text = "otpauth://totp/Amazon%20Web%20Services:phone@111111111111?secret=ABC&issuer=Amazon";
        let bytes = qr_code(text).unwrap();
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let width = (code.width() + 2 * MARGIN) * SQUARE;
        assert!(bytes.starts_with(SIGNATURE));
        assert_eq!(bytes[16..20], u32::try_from(width).unwrap().to_be_bytes());
        // The end of every PNG, checksum and all.
        assert!(bytes.ends_with(b"\0\0\0\0IEND\xae\x42\x60\x82"));
        let packed = bytes.windows(4).position(|window| window == b"IDAT").unwrap() + 4;
        let mut pixels = Vec::new();
        ZlibDecoder::new(&bytes[packed..]).read_to_end(&mut pixels).unwrap();
        let stride = 1 + width.div_ceil(8);
        assert_eq!(pixels.len(), stride * width);
        for row in 0..width {
            for column in 0..width {
                let bit = pixels[row * stride + 1 + column / 8] >> (7 - column % 8) & 1;
                let (row, column) = (row / SQUARE, column / SQUARE);
                let within = |at: usize| (MARGIN..MARGIN + code.width()).contains(&at);
                let white =
                    !(within(row) && within(column)) || code[(column - MARGIN, row - MARGIN)] == Color::Light;
                assert_eq!(bit == 1, white, "{row} {column}");
            }
        }
    }

    #[test]
    fn too_long_a_text_has_no_picture() {
        assert!(qr_code(&"x".repeat(3_000)).is_none());
    }
}

//! The form of the file: a line that says what it is, and frames.
//!
//! ```text
//! file   = "doorward backup 1\n" header block* end
//! frame  = kind (1 byte) length (4 bytes) payload (length bytes) checksum (32 bytes)
//! header = frame of kind `H`: JSON
//! block  = frame of kind `E`: entries
//! entry  = length of the key (2 bytes) length of the value (4 bytes) key value
//! end    = frame of kind `Z`: JSON
//! ```
//!
//! Numbers are big-endian. A checksum is SHA-256 of the checksum before it (of the first line, before the first), the
//! kind, the length and the payload. So the last one is a checksum of the whole file, and no frame can be changed, left
//! out, doubled or moved without being found where it is.

use std::io::{self, Read, Write};

use sha2::{Digest as _, Sha256};

/// The version of the form that this program writes, and the greatest it reads.
pub const FORMAT: u32 = 1;

/// A block ends with the entry that brings it to this many bytes (256 KiB).
pub const BLOCK_BYTES: usize = 256 * 1024;

/// The longest payload: a block that one more entry, of the longest key and value, was added to.
const PAYLOAD_BYTES_MAX: usize =
    BLOCK_BYTES + ENTRY_HEAD + doorward_store::KEY_BYTES_MAX + doorward_store::VALUE_BYTES_MAX;

/// The lengths before an entry.
pub(crate) const ENTRY_HEAD: usize = 6;

/// What the first line begins with; the format and a line break follow.
const FIRST_LINE: &str = "doorward backup ";

/// The longest format number, in digits.
const FORMAT_DIGITS_MAX: usize = 9;

/// The bytes of a checksum.
const CHECKSUM: usize = 32;

/// What a frame holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Header,
    Block,
    End,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// It does not begin as backups do.
    #[error("it is not a backup: it does not begin with `doorward backup`")]
    NotABackup,
    /// A newer program made it.
    #[error("it has format {found}, and this program reads up to format {FORMAT}: use a newer program")]
    NewerFormat {
        /// Its format.
        found: u32,
    },
    /// It ends too early.
    #[error("it is cut off in part {part}, which begins at byte {at}")]
    CutOff {
        /// Which part; the header is 0.
        part: u64,
        /// Where the part begins.
        at: u64,
    },
    /// A part is not as it was written.
    #[error("part {part}, which begins at byte {at}, is damaged: its checksum does not match")]
    Checksum {
        /// Which part; the header is 0.
        part: u64,
        /// Where the part begins.
        at: u64,
    },
    /// A part cannot be read, although its checksum matches.
    #[error("part {part}, which begins at byte {at}, cannot be read: {reason}")]
    Malformed {
        /// Which part; the header is 0.
        part: u64,
        /// Where the part begins.
        at: u64,
        /// What is wrong.
        reason: String,
    },
    /// Something follows the end.
    #[error("something follows its end at byte {at}")]
    Longer {
        /// Where the end is.
        at: u64,
    },
}

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file is damaged, or something else.
    #[error("the file cannot be used")]
    Damaged(#[from] Damage),
    /// The file cannot be read.
    #[error("the file cannot be read")]
    Unreadable(#[from] io::Error),
}

impl Kind {
    const fn byte(self) -> u8 {
        match self {
            Self::Header => b'H',
            Self::Block => b'E',
            Self::End => b'Z',
        }
    }

    const fn of(byte: u8) -> Option<Self> {
        match byte {
            b'H' => Some(Self::Header),
            b'E' => Some(Self::Block),
            b'Z' => Some(Self::End),
            _ => None,
        }
    }
}

/// Writes frames.
pub(crate) struct FrameWriter<W> {
    out: W,
    checksum: [u8; CHECKSUM],
}

impl<W: Write> FrameWriter<W> {
    pub(crate) fn begin(mut out: W) -> io::Result<Self> {
        let line = first_line(FORMAT);
        out.write_all(line.as_bytes())?;
        Ok(Self { out, checksum: Sha256::digest(line.as_bytes()).into() })
    }

    pub(crate) fn frame(&mut self, kind: Kind, payload: &[u8]) -> io::Result<()> {
        let length = u32::try_from(payload.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
        self.checksum = checksum(&self.checksum, kind.byte(), length, payload);
        self.out.write_all(&[kind.byte()])?;
        self.out.write_all(&length.to_be_bytes())?;
        self.out.write_all(payload)?;
        self.out.write_all(&self.checksum)
    }

    pub(crate) fn end(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Reads frames.
pub(crate) struct FrameReader<R> {
    from: R,
    checksum: [u8; CHECKSUM],
    /// Which part comes next, and where it begins.
    pub(crate) part: u64,
    pub(crate) at: u64,
}

impl<R: Read> FrameReader<R> {
    /// Reads the first line.
    pub(crate) fn begin(mut from: R) -> Result<Self, ReadError> {
        let mut start = [0; FIRST_LINE.len()];
        fill(&mut from, &mut start)?.then_some(()).ok_or(Damage::NotABackup)?;
        if start != FIRST_LINE.as_bytes() {
            return Err(Damage::NotABackup.into());
        }
        let found = format_number(&mut from)?;
        if found != FORMAT {
            return Err(Damage::NewerFormat { found }.into());
        }
        let line = first_line(found);
        Ok(Self { from, checksum: Sha256::digest(line.as_bytes()).into(), part: 0, at: line.len() as u64 })
    }

    /// Reads the next frame, whose checksum matches.
    pub(crate) fn frame(&mut self) -> Result<(Kind, Vec<u8>), ReadError> {
        let mut head = [0; 5];
        self.take(&mut head)?;
        let [kind, length @ ..] = head;
        let length = u32::from_be_bytes(length);
        let bytes = usize::try_from(length).unwrap_or(usize::MAX);
        let Some(known) = Kind::of(kind).filter(|_| bytes <= PAYLOAD_BYTES_MAX) else {
            return Err(self.mismatch());
        };
        let (mut payload, mut stated) = (vec![0; bytes], [0; CHECKSUM]);
        self.take(&mut payload)?;
        self.take(&mut stated)?;
        let found = checksum(&self.checksum, kind, length, &payload);
        if found != stated {
            return Err(self.mismatch());
        }
        self.checksum = found;
        Ok((known, payload))
    }

    /// Goes on to the next part, after one of so many bytes.
    pub(crate) const fn advance(&mut self, payload: usize) {
        self.part += 1;
        self.at += (5 + payload + CHECKSUM) as u64;
    }

    /// Makes sure that nothing follows.
    pub(crate) fn end(&mut self) -> Result<(), ReadError> {
        if fill(&mut self.from, &mut [0])? { Err(Damage::Longer { at: self.at }.into()) } else { Ok(()) }
    }

    pub(crate) fn malformed(&self, reason: impl Into<String>) -> ReadError {
        Damage::Malformed { part: self.part, at: self.at, reason: reason.into() }.into()
    }

    fn mismatch(&self) -> ReadError {
        Damage::Checksum { part: self.part, at: self.at }.into()
    }

    fn take(&mut self, bytes: &mut [u8]) -> Result<(), ReadError> {
        let (part, at) = (self.part, self.at);
        if fill(&mut self.from, bytes)? { Ok(()) } else { Err(Damage::CutOff { part, at }.into()) }
    }
}

/// Fills `bytes`; false if there are not that many.
fn fill(from: &mut impl Read, bytes: &mut [u8]) -> io::Result<bool> {
    match from.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn first_line(format: u32) -> String {
    format!("{FIRST_LINE}{format}\n")
}

/// The number that ends the first line.
fn format_number(from: &mut impl Read) -> Result<u32, ReadError> {
    let mut digits = String::new();
    while digits.len() <= FORMAT_DIGITS_MAX {
        let mut byte = [0];
        fill(from, &mut byte)?.then_some(()).ok_or(Damage::NotABackup)?;
        match byte {
            [b'\n'] => return digits.parse().map_err(|_| Damage::NotABackup.into()),
            [digit @ b'0'..=b'9'] => digits.push(char::from(digit)),
            _ => break,
        }
    }
    Err(Damage::NotABackup.into())
}

fn checksum(before: &[u8; CHECKSUM], kind: u8, length: u32, payload: &[u8]) -> [u8; CHECKSUM] {
    let mut digest = Sha256::new();
    digest.update(before);
    digest.update([kind]);
    digest.update(length.to_be_bytes());
    digest.update(payload);
    digest.finalize().into()
}

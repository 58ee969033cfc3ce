//! From text to [`Document`].

use crate::document::{Document, Kind, Malformed};
use crate::span::Span;

pub(crate) fn document(_text: &str, _kind: Kind) -> Result<Document, Malformed> {
    Err(Malformed { message: String::new(), detail: String::new(), span: Span::default() })
}

//! XML from outside, event by event: no document type, no entities of its own, not too deep.

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

/// How deep elements may be nested.
const DEPTH_MAX: usize = 64;

/// What is wrong with a document, before anybody looks at what it says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum XmlFault {
    /// It is not well formed.
    #[error("it is not well-formed XML: {0}")]
    IllFormed(String),
    /// It begins with a byte order mark.
    #[error("it begins with a byte order mark")]
    ByteOrderMark,
    /// It says that it has another encoding or version.
    #[error("it says that it is not XML 1.0 in UTF-8")]
    Encoding,
    /// It has a document type, which could define entities.
    #[error("it has a document type declaration")]
    DocumentType,
    /// It names an entity that XML does not have by itself.
    #[error("it names the entity `{0}`, which is not defined")]
    Entity(String),
    /// It is nested too deep.
    #[error("it is nested deeper than {DEPTH_MAX} elements")]
    TooDeep,
    /// It has no element, more than one, or text outside of it.
    #[error("it is not one element")]
    NotOneElement,
}

/// What a reader is told of a document.
pub(crate) enum Part<'d> {
    /// An element begins.
    Begin(Element<'d>),
    /// The element that began last and has not ended, ends.
    End,
    /// Text in it.
    Text(&'d str),
}

/// The beginning of an element.
pub(crate) struct Element<'d> {
    /// Its namespace; empty if it has none.
    pub(crate) namespace: &'d str,
    /// Its name without prefix.
    pub(crate) name: &'d str,
    start: &'d BytesStart<'d>,
}

impl Element<'_> {
    /// The value of an attribute without a namespace.
    ///
    /// # Errors
    /// [`XmlFault`] when the attributes do not read.
    pub(crate) fn attribute(&self, name: &str) -> Result<Option<String>, XmlFault> {
        let found = self.start.try_get_attribute(name).map_err(ill_formed)?;
        found.as_ref().map(value).transpose()
    }
}

fn value(attribute: &Attribute<'_>) -> Result<String, XmlFault> {
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    value.map(std::borrow::Cow::into_owned).map_err(ill_formed)
}

fn ill_formed(error: impl ToString) -> XmlFault {
    XmlFault::IllFormed(error.to_string().replace('\n', " "))
}

/// Reads a document from beginning to end, and tells `see` of its parts.
///
/// # Errors
/// [`XmlFault`], or the error of `see`.
pub(crate) fn walk<E: From<XmlFault>>(
    document: &str,
    mut see: impl FnMut(Part<'_>) -> Result<(), E>,
) -> Result<(), E> {
    if document.starts_with('\u{feff}') {
        return Err(XmlFault::ByteOrderMark.into());
    }
    let mut reader = NsReader::from_str(document);
    reader.config_mut().expand_empty_elements = true;
    let (mut depth, mut roots) = (0_usize, 0_usize);
    loop {
        let (resolved, event) = reader.read_resolved_event().map_err(ill_formed)?;
        match event {
            Event::Start(start) => {
                let namespace = namespace(&resolved)?;
                every_attribute(&start)?;
                roots += usize::from(depth == 0);
                if roots > 1 {
                    return Err(XmlFault::NotOneElement.into());
                }
                depth += 1;
                if depth > DEPTH_MAX {
                    return Err(XmlFault::TooDeep.into());
                }
                let name = start.local_name();
                see(Part::Begin(Element { namespace, name: name.as_ref(), start: &start }))?;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                see(Part::End)?;
            }
            Event::Text(text) => text_at(depth, &text.xml10_content(), &mut see)?,
            Event::CData(text) if depth > 0 => see(Part::Text(&text.xml10_content()))?,
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(ill_formed)?;
                let text = match character {
                    Some(character) => character.to_string(),
                    None => predefined(&reference.xml10_content())?.to_owned(),
                };
                text_at(depth, &text, &mut see)?;
            }
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().transpose().map_err(ill_formed)?;
                let version = declaration.version().map_err(ill_formed)?;
                let utf8 = encoding.is_none_or(|encoding| encoding.eq_ignore_ascii_case("utf-8"));
                if !utf8 || &*version != "1.0" {
                    return Err(XmlFault::Encoding.into());
                }
            }
            Event::DocType(_) => return Err(XmlFault::DocumentType.into()),
            Event::Comment(_) | Event::PI(_) => {}
            Event::Empty(_) | Event::CData(_) => return Err(XmlFault::NotOneElement.into()),
            Event::Eof if depth == 0 && roots == 1 => return Ok(()),
            Event::Eof => return Err(XmlFault::NotOneElement.into()),
        }
    }
}

fn namespace<'d>(resolved: &'d ResolveResult<'_>) -> Result<&'d str, XmlFault> {
    match resolved {
        ResolveResult::Unbound => Ok(""),
        ResolveResult::Bound(namespace) => Ok(namespace.0),
        ResolveResult::Unknown(prefix) => {
            Err(XmlFault::IllFormed(format!("nothing is known of `{prefix}:`")))
        }
    }
}

/// Attributes are read when they are asked for; whether they can be read is asked of all of them.
fn every_attribute(start: &BytesStart<'_>) -> Result<(), XmlFault> {
    start.attributes().try_for_each(|attribute| value(&attribute.map_err(ill_formed)?).map(drop))
}

fn text_at<E: From<XmlFault>>(
    depth: usize,
    text: &str,
    see: &mut impl FnMut(Part<'_>) -> Result<(), E>,
) -> Result<(), E> {
    match depth {
        0 if text.trim().is_empty() => Ok(()),
        0 => Err(XmlFault::NotOneElement.into()),
        _ => see(Part::Text(text)),
    }
}

fn predefined(name: &str) -> Result<&'static str, XmlFault> {
    match name {
        "amp" => Ok("&"),
        "lt" => Ok("<"),
        "gt" => Ok(">"),
        "quot" => Ok("\""),
        "apos" => Ok("'"),
        other => Err(XmlFault::Entity(other.to_owned())),
    }
}

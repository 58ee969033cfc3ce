//! From text to [`Document`].

use crate::document::{Document, Kind, Malformed};
use crate::draft;
use crate::fault::{Fault, Refusal};
use crate::span::Span;
use crate::text::Whole;
use crate::{identity, organization, read, resource_policy, trust};

/// Parses `text` and checks it by the grammar of `kind`.
pub(crate) fn document(text: &str, kind: Kind) -> Result<Document, Malformed> {
    parse(text, kind).map_err(|refusal| refusal.into_malformed(kind))
}

fn parse(text: &str, kind: Kind) -> Result<Document, Refusal> {
    // AWS answers a trust policy that begins with white space before it looks at the JSON.
    if kind == Kind::Trust && starts_with_space(text) {
        return read::refuse(Fault::LeadingSpace, Span { start: 0, end: 1 });
    }
    let tree = draft::tree(text)?;
    let draft = draft::document(&tree)?;
    let whole = Whole::new(text);
    let (version, statements) = match kind {
        Kind::Managed | Kind::Inline | Kind::Session => identity::statements(&draft, &whole, kind)?,
        Kind::Trust => trust::statements(&draft, &whole)?,
        Kind::Resource | Kind::Endpoint => resource_policy::statements(&draft, &whole)?,
        Kind::ServiceControl => organization::service_control(&draft, &whole)?,
        Kind::ResourceControl => organization::resource_control(&draft, &whole)?,
    };
    let id = draft.id.map(|id| id.text.to_owned());
    Ok(Document { kind, text: whole.into_text(), version, id, statements })
}

/// Whether white space stands before the document.
pub(crate) fn starts_with_space(text: &str) -> bool {
    text.starts_with([' ', '\t', '\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_grammar() {
        let statement = |rest: &str| format!(r#"{{"Version":"2012-10-17","Statement":[{{{rest}}}]}}"#);
        let identity = statement(r#""Effect":"Allow","Action":"s3:*","Resource":"*""#);
        let trust =
            statement(r#""Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"123456789012"}"#);
        let resource = statement(r#""Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*""#);
        let denial = statement(r#""Effect":"Deny","Action":"s3:*","Resource":"*","Principal":"*""#);
        for (kind, accepted) in [
            (Kind::Managed, [true, false, false, false]),
            (Kind::Inline, [true, false, false, false]),
            (Kind::Session, [true, false, false, false]),
            (Kind::Trust, [false, true, false, false]),
            (Kind::Resource, [false, false, true, true]),
            (Kind::Endpoint, [false, false, true, true]),
            (Kind::ServiceControl, [true, false, false, false]),
            (Kind::ResourceControl, [false, false, false, true]),
        ] {
            let actual = [&identity, &trust, &resource, &denial].map(|text| document(text, kind).is_ok());
            assert_eq!(actual, accepted, "{kind:?}");
        }
    }
}

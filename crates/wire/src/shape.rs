//! The tables that describe a service: its operations, structures, members, constraints and errors.
//!
//! Everything here is `static` and generated; the codecs read these tables instead of having code per operation.

use crate::pattern::Pattern;

/// One service of AWS, as its public model describes it.
#[derive(Debug)]
pub struct ServiceShape {
    /// The model's service id, such as `IAM` or `STS`.
    pub id: &'static str,
    /// The service name in a signature's credential scope, such as `iam`.
    pub signing_name: &'static str,
    /// The API version a request names, such as `2010-05-08`.
    pub api_version: &'static str,
    /// How requests and answers are written.
    pub protocol: Protocol,
    /// The XML namespace of answers; empty for services that do not speak XML.
    pub namespace: &'static str,
    /// What stands before the operation's name in `x-amz-target`; empty unless the protocol is [`Protocol::Json11`].
    pub target_prefix: &'static str,
    /// Every operation, sorted by name.
    pub operations: &'static [&'static OperationShape],
}

impl ServiceShape {
    /// The operation called `name`, compared exactly. Logarithmic in the number of operations; allocates nothing.
    pub fn operation(&self, name: &str) -> Option<&'static OperationShape> {
        let at = self.operations.binary_search_by(|operation| operation.name.cmp(name)).ok()?;
        self.operations.get(at).copied()
    }
}

/// The protocol a service speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Form parameters in; XML out, or JSON for `Accept: application/json`.
    Query,
    /// JSON 1.1: one path, the operation named by `x-amz-target`.
    Json11,
    /// JSON bodies over paths and methods.
    RestJson,
}

/// One operation.
#[derive(Debug)]
pub struct OperationShape {
    /// The operation's name, such as `CreateRole`.
    pub name: &'static str,
    /// The service it belongs to.
    pub service: &'static ServiceShape,
    /// The HTTP method of the model, such as `POST`; a query service also accepts `GET`.
    pub http_method: &'static str,
    /// The HTTP path of the model, such as `/`.
    pub http_path: &'static str,
    /// The shape of its input.
    pub input: fn() -> &'static StructureShape,
    /// The shape of its output.
    pub output: fn() -> &'static StructureShape,
    /// The element that holds the output in an XML answer; `None` for an operation that answers nothing.
    pub result: Option<&'static str>,
    /// The errors the model lists, beyond those every operation may answer.
    pub errors: &'static [&'static ErrorShape],
    /// Whether a request must be signed.
    pub authentication: Authentication,
    /// How it is paged, if it is.
    pub pagination: Option<Pagination>,
    /// The page of AWS's API reference.
    pub documentation: &'static str,
}

/// Whether an operation's requests are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authentication {
    /// A request must be signed.
    Signed,
    /// A request carries its own proof (a token or an assertion) and is not signed.
    Unsigned,
}

/// The members that page an operation. Source: `paginators-1.json` of the service model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// The input member that resumes a listing.
    pub input_token: &'static str,
    /// The output member that says where to resume.
    pub output_token: &'static str,
    /// The input member that limits a page; empty when the model names none.
    pub limit_key: &'static str,
    /// The output member that says there is more; empty when the model names none.
    pub more_results: &'static str,
    /// The output members that are listed.
    pub result_keys: &'static [&'static str],
}

/// An error a service can answer.
#[derive(Debug, PartialEq, Eq)]
pub struct ErrorShape {
    /// The code on the wire, such as `NoSuchEntity`.
    pub code: &'static str,
    /// The HTTP status, 400 to 599.
    pub http_status: u16,
    /// Whose fault it is.
    pub fault: Fault,
}

/// Whose fault an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The request's.
    Sender,
    /// The service's.
    Receiver,
}

impl Fault {
    /// The word on the wire: `Sender` or `Receiver`.
    pub fn as_str(self) -> &'static str {
        match self {
            Fault::Sender => "Sender",
            Fault::Receiver => "Receiver",
        }
    }
}

/// A structure: an ordered list of members.
#[derive(Debug)]
pub struct StructureShape {
    /// The model's name of the structure, such as `CreateRoleRequest`.
    pub name: &'static str,
    /// The members in the model's order.
    pub members: &'static [Member],
    /// Whether any number of members may be set, or exactly one.
    pub kind: StructureKind,
}

/// How many members of a structure are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StructureKind {
    /// Any number.
    Record,
    /// Exactly one.
    Union,
}

/// A member of a structure.
#[derive(Debug)]
pub struct Member {
    /// The name on the wire, such as `RoleName`.
    pub name: &'static str,
    /// Whether a value must be there.
    pub presence: Presence,
    /// What the value looks like.
    pub shape: &'static Shape,
}

/// Whether a member must have a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It must.
    Required,
    /// It may.
    Optional,
}

/// What a value looks like, with its constraints.
#[derive(Debug)]
pub enum Shape {
    /// Text.
    Text(TextShape),
    /// A whole number.
    Integer(IntegerShape),
    /// A number that need not be whole.
    Double,
    /// `true` or `false`.
    Boolean,
    /// A point in time, whole seconds on the wire.
    Timestamp,
    /// Bytes; base64 on the wire.
    Blob(Sensitivity),
    /// A list.
    List(ListShape),
    /// A map from text.
    Map(MapShape),
    /// A structure; a function, because structures may contain themselves.
    Structure(fn() -> &'static StructureShape),
}

/// Constraints of a text.
#[derive(Debug)]
pub struct TextShape {
    /// Least length in UTF-16 units, as Java counts; zero when the model sets none.
    pub min: u32,
    /// Greatest length in UTF-16 units; [`u32::MAX`] when the model sets none.
    pub max: u32,
    /// What the whole text must match.
    pub pattern: Option<&'static Pattern>,
    /// The only values allowed; empty when any is.
    pub values: &'static [&'static str],
    /// Whether the text may be shown.
    pub sensitivity: Sensitivity,
}

impl TextShape {
    /// A text that may be anything. The generated tables start from it.
    pub const ANY: TextShape =
        TextShape { min: 0, max: u32::MAX, pattern: None, values: &[], sensitivity: Sensitivity::Public };
}

/// Constraints of a whole number; both ends included.
#[derive(Debug)]
pub struct IntegerShape {
    /// The least value.
    pub min: i64,
    /// The greatest value.
    pub max: i64,
    /// How wide the number is on the wire.
    pub width: Width,
}

/// How wide a whole number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// 32 bits, signed.
    Bits32,
    /// 64 bits, signed.
    Bits64,
}

/// Whether a value may appear in error texts and logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sensitivity {
    /// It may.
    Public,
    /// It may not.
    Secret,
}

/// Constraints of a list.
#[derive(Debug)]
pub struct ListShape {
    /// What each element looks like.
    pub member: &'static Shape,
    /// Least number of elements; zero when the model sets none.
    pub min: u32,
    /// Greatest number of elements; [`u32::MAX`] when the model sets none.
    pub max: u32,
}

/// Constraints of a map.
#[derive(Debug)]
pub struct MapShape {
    /// What each key looks like; always a text.
    pub key: &'static Shape,
    /// What each value looks like.
    pub value: &'static Shape,
    /// Least number of entries; zero when the model sets none.
    pub min: u32,
    /// Greatest number of entries; [`u32::MAX`] when the model sets none.
    pub max: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_sorted_and_found() {
        for (service, count) in
            [(&crate::iam::SERVICE, 180), (&crate::organizations::SERVICE, 63), (&crate::sts::SERVICE, 11)]
        {
            assert_eq!(service.operations.len(), count);
            assert!(service.operations.is_sorted_by_key(|operation| operation.name));
            for operation in service.operations {
                assert!(
                    service.operation(operation.name).is_some_and(|found| std::ptr::eq(found, *operation))
                );
                assert!(operation.documentation.ends_with(&format!("API_{}.html", operation.name)));
                assert_eq!(operation.service.id, service.id);
            }
            assert!(service.operation("Createrole").is_none());
        }
        let unsigned: Vec<&str> = [&crate::iam::SERVICE, &crate::sts::SERVICE]
            .iter()
            .flat_map(|service| service.operations)
            .filter(|operation| operation.authentication == Authentication::Unsigned)
            .map(|operation| operation.name)
            .collect();
        assert_eq!(unsigned, ["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"]);
    }

    #[test]
    fn operations_know_their_errors_and_pages() {
        use crate::{Operation as _, iam, sts};
        assert!(iam::CreateRole::may_answer(&iam::errors::ENTITY_ALREADY_EXISTS));
        assert!(!iam::CreateRole::may_answer(&iam::errors::NO_SUCH_ENTITY));
        assert_eq!(iam::errors::SERVICE_FAILURE.fault, Fault::Receiver);
        assert_eq!(iam::errors::REPORT_EXPIRED.http_status, 410);
        assert_eq!(sts::errors::EXPIRED_TOKEN.code, "ExpiredTokenException");
        let pages = iam::ListUsers::shape().pagination.unwrap();
        assert_eq!(
            (pages.input_token, pages.limit_key, pages.result_keys),
            ("Marker", "MaxItems", &["Users"][..])
        );
        assert_eq!(iam::CreateRole::shape().pagination, None);
    }
}

//! AWS protocols: requests become typed inputs, typed outputs and errors become answers.
//!
//! The types of every operation are generated from the public service models (`cargo xtask generate`); two generic codecs
//! read their tables, so that no operation has code of its own. What this crate is not: it opens no connection, checks no
//! signature, decides nothing and keeps nothing. Sizes of bodies are bounded by whoever reads them.
//!
//! ```
//! use doorward_wire::answer::{self, Format};
//! use doorward_wire::form::Form;
//! use doorward_wire::{iam, query, target};
//!
//! let form = Form::parse("", b"Action=GetUser&Version=2010-05-08&UserName=alice")?;
//! let operation = target::resolve(&form, &[&iam::SERVICE])?;
//! assert_eq!(operation.name, "GetUser");
//!
//! let input = query::decode::<iam::GetUser>(&form)?;
//! assert_eq!(input.user_name.as_deref(), Some("alice"));
//!
//! let error = doorward_wire::ApiError::new(
//!     &iam::errors::NO_SUCH_ENTITY,
//!     "The user with name alice cannot be found.",
//! );
//! let answer = answer::failure(&error, Some(&iam::SERVICE), Format::Xml, "a-request-id");
//! assert_eq!(answer.http_status, 404);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The types
//! - An operation is an empty type such as [`iam::CreateRole`] that implements [`Operation`]: its `Input`, its `Output` and
//!   its table. Operations without input or output have [`Nothing`].
//! - A required member is `T`, an optional one `Option<T>`, without exception: an absent list is `None` and left out of
//!   answers, an empty one `Some(vec![])` and answered as an empty element.
//! - Whole numbers are `i64` (the model's 32-bit limit holds when decoding), times [`jiff::Timestamp`], blobs
//!   `Vec<u8>`, maps `BTreeMap<String, _>`; what the model calls sensitive is a [`Secret`]. Enumerations are `String`;
//!   their values are constraints.
//! - Structures whose members are all optional implement `Default`; others do not, so that no required
//!   member is forgotten.
//!
//! # Modules in reading order
//! [`shape`], [`form`], [`target`], [`query`], [`validate`], [`json`], [`xml`], [`answer`];
//! [`iam`], [`organizations`] and [`sts`] are generated.

pub mod answer;
mod document;
mod error;
pub mod form;
pub mod json;
mod macros;
pub mod node;
mod path;
pub mod pattern;
pub mod query;
mod rules;
mod secret;
pub mod shape;
mod shapes;
pub mod target;
pub mod validate;
mod value;
pub mod xml;

pub use document::percent_encode_document;
pub use error::{ApiError, Origin, errors};
pub use secret::Secret;
pub use shapes::{iam, organizations, sts};
pub use value::{Container, Element, Members, Nothing, Operation, Sink, Structure, Value};

//! The values that structures of the model have: STS, version 2011-06-15.
//!
//! Written by `cargo xtask generate` from `botocore/data/sts/2011-06-15` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

#[allow(unused_imports, reason = "not every model has every kind")]
use crate::shape::{IntegerShape, ListShape, MapShape, Sensitivity, Shape, TextShape, Width};

crate::macros::patterns! {
    PATTERN_0 = r#"[\d]*"#;
    PATTERN_1 = r#"[\p{L}\p{Z}\p{N}_.:/=+\-@]*"#;
    PATTERN_2 = r#"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"#;
    PATTERN_3 = r#"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+"#;
    PATTERN_4 = r#"[\u0009\u000A\u000D\u0020-\u00FF]+"#;
    PATTERN_5 = r#"[\w+=,.@-]*"#;
    PATTERN_6 = r#"[\w+=,.@:-]*"#;
    PATTERN_7 = r#"[\w+=,.@:\/-]*"#;
    PATTERN_8 = r#"[\w+=,.@\:-]*"#;
    PATTERN_9 = r#"[\w+=/:,.@-]*"#;
    PATTERN_10 = r#"[\w]*"#;
}

pub(super) static ASSUMED_ROLE_USER: Shape = Shape::Structure(<super::AssumedRoleUser as crate::Structure>::shape);
pub(super) static AUDIENCE: Shape = Shape::Text(TextShape::ANY);
pub(super) static CREDENTIALS: Shape = Shape::Structure(<super::Credentials as crate::Structure>::shape);
pub(super) static FEDERATED_USER: Shape = Shape::Structure(<super::FederatedUser as crate::Structure>::shape);
pub(super) static ISSUER: Shape = Shape::Text(TextShape::ANY);
pub(super) static NAME_QUALIFIER: Shape = Shape::Text(TextShape::ANY);
pub(super) static POLICY_DESCRIPTOR_TYPE: Shape = Shape::Structure(<super::PolicyDescriptorType as crate::Structure>::shape);
pub(super) static PROVIDED_CONTEXT: Shape = Shape::Structure(<super::ProvidedContext as crate::Structure>::shape);
pub(super) static PROVIDED_CONTEXTS_LIST_TYPE: Shape = Shape::List(ListShape { member: &PROVIDED_CONTEXT, min: 1, max: 5 });
pub(super) static ROOT_DURATION_SECONDS_TYPE: Shape = Shape::Integer(IntegerShape { min: 0, max: 900, width: Width::Bits32 });
pub(super) static SAML_ASSERTION_TYPE: Shape = Shape::Text(TextShape { min: 4, max: 100000, sensitivity: Sensitivity::Secret, ..TextShape::ANY });
pub(super) static SUBJECT: Shape = Shape::Text(TextShape::ANY);
pub(super) static SUBJECT_TYPE: Shape = Shape::Text(TextShape::ANY);
pub(super) static TAG: Shape = Shape::Structure(<super::Tag as crate::Structure>::shape);
pub(super) static TARGET_PRINCIPAL_TYPE: Shape = Shape::Text(TextShape { min: 12, max: 2048, ..TextShape::ANY });
pub(super) static ACCESS_KEY_ID_TYPE: Shape = Shape::Text(TextShape { min: 16, max: 128, pattern: Some(&PATTERN_10), ..TextShape::ANY });
pub(super) static ACCESS_KEY_SECRET_TYPE: Shape = Shape::Text(TextShape { sensitivity: Sensitivity::Secret, ..TextShape::ANY });
pub(super) static ACCOUNT_TYPE: Shape = Shape::Text(TextShape::ANY);
pub(super) static ARN_TYPE: Shape = Shape::Text(TextShape { min: 20, max: 2048, pattern: Some(&PATTERN_3), ..TextShape::ANY });
pub(super) static ASSUMED_ROLE_ID_TYPE: Shape = Shape::Text(TextShape { min: 2, max: 193, pattern: Some(&PATTERN_6), ..TextShape::ANY });
pub(super) static CLIENT_TOKEN_TYPE: Shape = Shape::Text(TextShape { min: 4, max: 20000, sensitivity: Sensitivity::Secret, ..TextShape::ANY });
pub(super) static CONTEXT_ASSERTION_TYPE: Shape = Shape::Text(TextShape { min: 4, max: 2048, ..TextShape::ANY });
pub(super) static DATE_TYPE: Shape = Shape::Timestamp;
pub(super) static DECODED_MESSAGE_TYPE: Shape = Shape::Text(TextShape::ANY);
pub(super) static DURATION_SECONDS_TYPE: Shape = Shape::Integer(IntegerShape { min: 900, max: 129600, width: Width::Bits32 });
pub(super) static ENCODED_MESSAGE_TYPE: Shape = Shape::Text(TextShape { min: 1, max: 10240, ..TextShape::ANY });
pub(super) static EXTERNAL_ID_TYPE: Shape = Shape::Text(TextShape { min: 2, max: 1224, pattern: Some(&PATTERN_7), ..TextShape::ANY });
pub(super) static FEDERATED_ID_TYPE: Shape = Shape::Text(TextShape { min: 2, max: 193, pattern: Some(&PATTERN_8), ..TextShape::ANY });
pub(super) static JWT_ALGORITHM_TYPE: Shape = Shape::Text(TextShape { min: 5, max: 5, ..TextShape::ANY });
pub(super) static MINIMUM_SESSION_TOKEN_SIZE_TYPE: Shape = Shape::Integer(IntegerShape { min: 0, max: 4096, width: Width::Bits32 });
pub(super) static NON_NEGATIVE_INTEGER_TYPE: Shape = Shape::Integer(IntegerShape { min: 0, max: i32::MAX as i64, width: Width::Bits32 });
pub(super) static POLICY_DESCRIPTOR_LIST_TYPE: Shape = Shape::List(ListShape { member: &POLICY_DESCRIPTOR_TYPE, min: 0, max: u32::MAX });
pub(super) static ROLE_DURATION_SECONDS_TYPE: Shape = Shape::Integer(IntegerShape { min: 900, max: 43200, width: Width::Bits32 });
pub(super) static ROLE_SESSION_NAME_TYPE: Shape = Shape::Text(TextShape { min: 2, max: 64, pattern: Some(&PATTERN_5), ..TextShape::ANY });
pub(super) static SERIAL_NUMBER_TYPE: Shape = Shape::Text(TextShape { min: 9, max: 256, pattern: Some(&PATTERN_9), ..TextShape::ANY });
pub(super) static SESSION_POLICY_DOCUMENT_TYPE: Shape = Shape::Text(TextShape { min: 1, max: 2048, pattern: Some(&PATTERN_4), ..TextShape::ANY });
pub(super) static SESSION_TOKEN_SIZE_TYPE: Shape = Shape::Integer(IntegerShape { min: 0, max: i32::MAX as i64, width: Width::Bits32 });
pub(super) static SESSION_TOKEN_UTILIZATION_TYPE: Shape = Shape::Integer(IntegerShape { min: 0, max: i32::MAX as i64, width: Width::Bits32 });
pub(super) static SOURCE_IDENTITY_TYPE: Shape = Shape::Text(TextShape { min: 2, max: 64, pattern: Some(&PATTERN_5), ..TextShape::ANY });
pub(super) static TAG_KEY_LIST_TYPE: Shape = Shape::List(ListShape { member: &TAG_KEY_TYPE, min: 0, max: 50 });
pub(super) static TAG_KEY_TYPE: Shape = Shape::Text(TextShape { min: 1, max: 128, pattern: Some(&PATTERN_2), ..TextShape::ANY });
pub(super) static TAG_LIST_TYPE: Shape = Shape::List(ListShape { member: &TAG, min: 0, max: 50 });
pub(super) static TAG_VALUE_TYPE: Shape = Shape::Text(TextShape { max: 256, pattern: Some(&PATTERN_1), ..TextShape::ANY });
pub(super) static TOKEN_CODE_TYPE: Shape = Shape::Text(TextShape { min: 6, max: 6, pattern: Some(&PATTERN_0), ..TextShape::ANY });
pub(super) static TOKEN_TYPE: Shape = Shape::Text(TextShape { sensitivity: Sensitivity::Secret, ..TextShape::ANY });
pub(super) static TRADE_IN_TOKEN_TYPE: Shape = Shape::Text(TextShape { sensitivity: Sensitivity::Secret, ..TextShape::ANY });
pub(super) static UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE: Shape = Shape::Text(TextShape { min: 1, pattern: Some(&PATTERN_4), ..TextShape::ANY });
pub(super) static URL_TYPE: Shape = Shape::Text(TextShape { min: 4, max: 2048, ..TextShape::ANY });
pub(super) static USER_ID_TYPE: Shape = Shape::Text(TextShape::ANY);
pub(super) static USER_NAME_TYPE: Shape = Shape::Text(TextShape { min: 2, max: 32, pattern: Some(&PATTERN_5), ..TextShape::ANY });
pub(super) static WEB_IDENTITY_SUBJECT_TYPE: Shape = Shape::Text(TextShape { min: 6, max: 255, ..TextShape::ANY });
pub(super) static WEB_IDENTITY_TOKEN_AUDIENCE_LIST_TYPE: Shape = Shape::List(ListShape { member: &WEB_IDENTITY_TOKEN_AUDIENCE_STRING_TYPE, min: 1, max: 10 });
pub(super) static WEB_IDENTITY_TOKEN_AUDIENCE_STRING_TYPE: Shape = Shape::Text(TextShape { min: 1, max: 1000, ..TextShape::ANY });
pub(super) static WEB_IDENTITY_TOKEN_DURATION_SECONDS_TYPE: Shape = Shape::Integer(IntegerShape { min: 60, max: 3600, width: Width::Bits32 });
pub(super) static WEB_IDENTITY_TOKEN_TYPE: Shape = Shape::Text(TextShape { sensitivity: Sensitivity::Secret, ..TextShape::ANY });

//! The file: what `aws iam get-account-authorization-details` prints.
//!
//! A field that is not known here may limit what an entity may do; so it is an error, and not left out.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>

use std::borrow::Cow;

use anyhow::{Context as _, Result, bail};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// All of it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Details {
    /// The users.
    #[serde(default)]
    pub user_detail_list: Vec<User>,
    /// The groups.
    #[serde(default)]
    pub group_detail_list: Vec<Group>,
    /// The roles, with their instance profiles.
    #[serde(default)]
    pub role_detail_list: Vec<Role>,
    /// The managed policies.
    #[serde(default)]
    pub policies: Vec<Policy>,
    /// Whether this is one page of several.
    #[serde(default)]
    pub is_truncated: bool,
    #[serde(default, rename = "Marker")]
    _marker: Option<String>,
    #[serde(default, rename = "ResponseMetadata")]
    _response: Option<serde::de::IgnoredAny>,
}

/// A user.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct User {
    pub path: String,
    pub user_name: String,
    pub user_id: String,
    pub arn: String,
    pub create_date: Date,
    #[serde(default)]
    pub user_policy_list: Vec<Inline>,
    #[serde(default)]
    pub group_list: Vec<String>,
    #[serde(default)]
    pub attached_managed_policies: Vec<Attached>,
    pub permissions_boundary: Option<Boundary>,
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// A group.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Group {
    pub path: String,
    pub group_name: String,
    pub group_id: String,
    pub arn: String,
    pub create_date: Date,
    #[serde(default)]
    pub group_policy_list: Vec<Inline>,
    #[serde(default)]
    pub attached_managed_policies: Vec<Attached>,
}

/// A role.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Role {
    pub path: String,
    pub role_name: String,
    pub role_id: String,
    pub arn: String,
    pub create_date: Date,
    pub assume_role_policy_document: Document,
    #[serde(default)]
    pub instance_profile_list: Vec<Profile>,
    #[serde(default)]
    pub role_policy_list: Vec<Inline>,
    #[serde(default)]
    pub attached_managed_policies: Vec<Attached>,
    pub permissions_boundary: Option<Boundary>,
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// When it was last used there; it is not carried over.
    #[serde(default, rename = "RoleLastUsed")]
    _last_used: Option<serde::de::IgnoredAny>,
}

/// An instance profile.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Profile {
    pub path: String,
    pub instance_profile_name: String,
    pub instance_profile_id: String,
    pub create_date: Date,
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// As its path and name say.
    #[serde(default, rename = "Arn")]
    _arn: Option<String>,
    /// The role that it stands with, once more.
    #[serde(default, rename = "Roles")]
    _roles: Option<serde::de::IgnoredAny>,
}

/// A managed policy.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Policy {
    pub policy_name: String,
    pub policy_id: String,
    pub arn: String,
    pub path: String,
    pub default_version_id: String,
    pub description: Option<String>,
    pub create_date: Date,
    #[serde(default)]
    pub policy_version_list: Vec<Version>,
    #[serde(default)]
    pub tags: Vec<Tag>,
    #[serde(default, rename = "AttachmentCount")]
    _attachments: Option<u64>,
    #[serde(default, rename = "PermissionsBoundaryUsageCount")]
    _bounded: Option<u64>,
    #[serde(default, rename = "IsAttachable")]
    _attachable: Option<bool>,
    #[serde(default, rename = "UpdateDate")]
    _updated: Option<Date>,
}

/// A version of a managed policy.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Version {
    pub document: Document,
    pub version_id: String,
    pub create_date: Date,
    #[serde(default, rename = "IsDefaultVersion")]
    _default: Option<bool>,
}

/// An inline policy.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Inline {
    pub policy_name: String,
    pub policy_document: Document,
}

/// A managed policy that is attached.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Attached {
    pub policy_arn: String,
    #[serde(default, rename = "PolicyName")]
    _name: Option<String>,
}

/// A permissions boundary.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Boundary {
    pub permissions_boundary_arn: String,
    #[serde(default, rename = "PermissionsBoundaryType")]
    _type: Option<String>,
}

/// A tag.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Tag {
    pub key: String,
    pub value: String,
}

/// A policy document: an object, as the AWS CLI and boto3 print it, or a text, percent-encoded as the API sends it or not.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Document(Box<RawValue>);

impl Document {
    /// What it says, as it was written.
    ///
    /// # Errors
    /// It is neither an object nor a text.
    pub fn text(&self) -> Result<Cow<'_, str>> {
        let raw = self.0.get();
        if raw.starts_with('{') {
            return Ok(Cow::Borrowed(raw));
        }
        let text: String = serde_json::from_str(raw).context("it must be an object or a text")?;
        if text.trim_start().starts_with('{') {
            return Ok(Cow::Owned(text));
        }
        let decoded = percent_encoding::percent_decode_str(&text).decode_utf8();
        Ok(Cow::Owned(decoded.context("it is not UTF-8, percent-encoded")?.into_owned()))
    }
}

/// A time: ISO 8601, or seconds since 1970 as older clients print it.
#[derive(Debug, Clone, Copy)]
pub struct Date(pub Timestamp);

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Text(String),
            Seconds(f64),
        }
        let read = match Written::deserialize(deserializer)? {
            Written::Text(text) => text.parse().map_err(serde::de::Error::custom)?,
            Written::Seconds(seconds) => {
                let milliseconds = seconds * 1e3;
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "out of range is refused by the next line"
                )]
                Timestamp::from_millisecond(milliseconds as i64).map_err(serde::de::Error::custom)?
            }
        };
        Ok(Self(read))
    }
}

/// Reads the file.
///
/// # Errors
/// It is not such a file, has a field that is not known, or is one page of several.
pub fn read(text: &str) -> Result<Details> {
    let details: Details = serde_json::from_str(text)
        .context("the file is not what `aws iam get-account-authorization-details` prints")?;
    if details.is_truncated {
        bail!(
            "the file is one page of several: let the client fetch all of them (without --max-items or --no-paginate)"
        );
    }
    Ok(details)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_come_in_three_forms() {
        for json in
            [r#"{"Statement": []}"#, r#""{\"Statement\": []}""#, r#""%7B%22Statement%22%3A%20%5B%5D%7D""#]
        {
            let document: Document = serde_json::from_str(json).unwrap();
            assert_eq!(document.text().unwrap(), r#"{"Statement": []}"#);
        }
        let number: Document = serde_json::from_str("1").unwrap();
        assert!(number.text().is_err());
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for (json, expected) in [
            ("1", "invalid type"),
            (r#"{"IsTruncated": true}"#, "one page of several"),
            (r#"{"Leashes": []}"#, "unknown field `Leashes`"),
            (r#"{"GroupDetailList": [{"Path": "/"}]}"#, "missing field"),
        ] {
            let error = format!("{:#}", read(json).unwrap_err());
            assert!(error.contains(expected), "{error}");
        }
        for json in
            [r#""2026-01-02T03:04:05+00:00""#, r#""2026-01-02 03:04:05Z""#, "1767323045", "1767323045.0"]
        {
            let Date(date) = serde_json::from_str(json).unwrap();
            assert_eq!(date.as_second(), 1_767_323_045, "{json}");
        }
    }
}

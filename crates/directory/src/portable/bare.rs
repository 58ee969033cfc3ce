//! What is left of a line whose secrets are not there, or not wanted.

use doorward_store::Value as StoredValue;
use serde_json::Value;

use super::{BadLine, Said, encoded};
use crate::keys::Key;

/// A line without its secrets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Bare {
    /// It holds none, and is as it was.
    Whole(doorward_store::Key, StoredValue),
    /// It is there without them.
    Lessened {
        /// Its key.
        key: doorward_store::Key,
        /// What is left of its record.
        value: StoredValue,
        /// What is gone.
        lost: &'static str,
    },
    /// It is nothing without them.
    Dropped {
        /// Its key, as it stands in the line.
        key: String,
        /// What it was.
        lost: &'static str,
    },
}

/// What becomes of the records of a kind.
enum Fate {
    Keeps,
    /// The list of this name becomes empty.
    Empties(&'static str, &'static str),
    Goes(&'static str),
}

/// What is left of a line without secrets, whether it has some or was exported without.
///
/// # Errors
/// [`BadLine`]: what is wrong with it.
pub fn bare(line: &str) -> Result<Bare, BadLine> {
    let Said { key, parsed, record } = Said::read(line)?;
    let whole = |record: &Value| encoded(&key, &parsed, record);
    match fate(&parsed) {
        Fate::Keeps => whole(&record).map(|(key, value)| Bare::Whole(key, value)),
        Fate::Empties(list, lost) => {
            let (left, count) = emptied(&key, &record, list)?;
            let (key, value) = whole(&left)?;
            Ok(if count == 0 { Bare::Whole(key, value) } else { Bare::Lessened { key, value, lost } })
        }
        Fate::Goes(lost) if record.is_object() => Ok(Bare::Dropped { key, lost }),
        Fate::Goes(_) => Err(BadLine::Record { key, reason: format!("it must be an object, not {record}") }),
    }
}

/// The record with an empty list in the place of this one, and how many it held.
fn emptied(key: &str, record: &Value, list: &str) -> Result<(Value, usize), BadLine> {
    let bad = |reason: String| BadLine::Record { key: key.to_owned(), reason };
    let mut left = record.clone();
    let found = left.get_mut(list).ok_or_else(|| bad(format!("the field `{list}` is missing")))?;
    let Value::Array(held) = found else {
        return Err(bad(format!("the field `{list}`: it must be a list, not {found}")));
    };
    let count = held.len();
    held.clear();
    Ok((left, count))
}

const fn fate(key: &Key) -> Fate {
    match key {
        Key::Keyring => Fate::Goes("the installation's keys"),
        Key::AccessKey(_) => Fate::Goes("access key"),
        Key::KeyUse(_) => Fate::Goes("last use of an access key"),
        Key::Login(_) => Fate::Goes("password"),
        Key::MfaDevice(..) => Fate::Goes("MFA device"),
        Key::Issuer(_) => Fate::Goes("issuer of web identity tokens"),
        Key::ServerCertificate(..) => Fate::Goes("server certificate"),
        Key::ServiceCredential(..) => Fate::Goes("credential for a service"),
        Key::Saml(..) => Fate::Empties("private_keys", "private keys of a SAML provider"),
        Key::Format
        | Key::Installation
        | Key::Account(_)
        | Key::Alias(_)
        | Key::User(..)
        | Key::Group(..)
        | Key::Role(..)
        | Key::Policy(..)
        | Key::Profile(..)
        | Key::Version(..)
        | Key::Inline(..)
        | Key::PasswordPolicy(_)
        | Key::Oidc(..)
        | Key::Service(_)
        | Key::SigningCertificate(..)
        | Key::SshKey(..)
        | Key::LinkedDeletion(..)
        | Key::CredentialReport(_)
        | Key::RoleUse(_)
        | Key::Report(..)
        | Key::Delegation(_)
        | Key::Organization(_)
        | Key::Guard(_)
        | Key::Fence(..) => Fate::Keeps,
    }
}

/// Checks that the same is left of a line with secrets and of one without, and that it holds none; what that is.
#[cfg(test)]
pub(crate) fn assert_bare(whole: &str, omitted: &str) -> Option<(doorward_store::Key, StoredValue)> {
    let (from_whole, from_omitted) = (bare(whole).unwrap(), bare(omitted).unwrap());
    let left = kept(&from_whole);
    assert_eq!(left, kept(&from_omitted), "{omitted}");
    match from_whole {
        Bare::Whole(key, value) => {
            assert_eq!(Ok((key, value)), super::entry(whole));
            assert_eq!(whole, omitted, "a record with secrets is kept");
        }
        Bare::Lessened { key, value, .. } => {
            let line = |secrets| super::line(key.as_bytes(), value.as_bytes(), secrets).unwrap();
            assert_eq!(line(super::Secrets::Sealed), line(super::Secrets::Omitted), "a secret is left");
        }
        Bare::Dropped { lost, .. } => {
            assert!(whole != omitted || lost == "last use of an access key", "dropped for nothing: {whole}");
        }
    }
    left
}

/// What is written.
#[cfg(test)]
fn kept(bare: &Bare) -> Option<(doorward_store::Key, StoredValue)> {
    match bare {
        Bare::Whole(key, value) | Bare::Lessened { key, value, .. } => Some((key.clone(), value.clone())),
        Bare::Dropped { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let found = match bare(line) {
            Ok(Bare::Whole(key, _)) => format!("{key} as it was"),
            Ok(Bare::Lessened { key, lost, .. }) => format!("{key} without {lost}"),
            Ok(Bare::Dropped { key, lost }) => format!("no {key}: {lost}"),
            Err(bad) => bad.to_string(),
        };
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn what_needs_a_secret_goes_and_the_rest_is_read_as_ever() {
        check(r#"{"key":"alias/x","record":"123456789012"}"#, "iam/alias/x as it was");
        let id = "AIDACKCEVSQ6C2EXAMPLE";
        check(&format!(r#"{{"key":"login/{id}","record":{{}}}}"#), &format!("no login/{id}: password"));
        check(
            &format!(r#"{{"key":"login/{id}","record":7}}"#),
            &format!("the record of `login/{id}`: it must be an object, not 7"),
        );
        check(
            r#"{"key":"alias/x","record":7}"#,
            "the record of `alias/x`: it must be the twelve digits of an account, not 7",
        );
        check(
            r#"{"key":"saml/123456789012/idp","record":{"private_keys":1}}"#,
            "the record of `saml/123456789012/idp`: the field `private_keys`: it must be a list, not 1",
        );
        check(
            r#"{"key":"saml/123456789012/idp","record":{}}"#,
            "the record of `saml/123456789012/idp`: the field `private_keys` is missing",
        );
        check(r#"{"key":"cat/x","record":1}"#, "the key `cat/x` is none that this version knows");
    }
}

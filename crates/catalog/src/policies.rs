//! AWS's managed policies: a table that is there at once, and documents that are unpacked one by one.
//!
//! Source: <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>

use std::io::Read as _;

use flate2::read::DeflateDecoder;

#[path = "shapes/policies.rs"]
mod shapes;

/// Every managed policy of AWS, ordered by name in lower case. Static: costs nothing until it is read.
pub static ALL: &[AwsPolicy] = &shapes::POLICIES;

/// The documents, each packed by itself, one after the other.
static DOCUMENTS: &[u8] = include_bytes!("shapes/policies.deflate");

/// A managed policy of AWS, in the version that counts.
#[derive(Debug)]
#[non_exhaustive]
pub struct AwsPolicy {
    /// Its name, at most 128 characters. No two names are the same but for case.
    pub name: &'static str,
    /// `/`, or `/service-role/` and the like.
    pub path: &'static str,
    /// `ANPA…`, 21 characters. The source has no ids, so these are digests of the ARN: the same in every version of the
    /// table, and not those that AWS shows.
    pub id: &'static str,
    /// When it was made, in seconds since 1970.
    pub created_s: i64,
    /// When its default version was made, in seconds since 1970.
    pub updated_s: i64,
    /// The number of its default version, from 1.
    pub version: u32,
    /// Where its packed document begins, and how long that is, in bytes.
    place: (usize, usize),
}

/// A document that does not unpack: the program is damaged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the document of the AWS managed policy `{0}` cannot be unpacked")]
pub struct Damaged(pub &'static str);

impl AwsPolicy {
    /// `arn:aws:iam::aws:policy/path/name`.
    #[must_use]
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::aws:policy{}{}", self.path, self.name)
    }

    /// Its document, as JSON in one line. Unpacks it anew each time: some ten microseconds, and an allocation.
    ///
    /// # Errors
    /// [`Damaged`] if the packed document is broken.
    pub fn document(&self) -> Result<String, Damaged> {
        let (start, length) = self.place;
        let damaged = || Damaged(self.name);
        let packed = DOCUMENTS.get(start..).and_then(|rest| rest.get(..length)).ok_or_else(damaged)?;
        let mut text = String::new();
        DeflateDecoder::new(packed).read_to_string(&mut text).map_err(|_| damaged())?;
        Ok(text)
    }
}

/// The policy of this name, in any case.
#[must_use]
pub fn named(name: &str) -> Option<&'static AwsPolicy> {
    let folded = name.bytes().map(|byte| byte.to_ascii_lowercase());
    let found = ALL.binary_search_by(|policy| {
        policy.name.bytes().map(|byte| byte.to_ascii_lowercase()).cmp(folded.clone())
    });
    found.ok().and_then(|place| ALL.get(place))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_is_ordered_and_says_everything_once() {
        assert!(ALL.len() > 1500, "{}", ALL.len());
        let names: Vec<String> = ALL.iter().map(|policy| policy.name.to_ascii_lowercase()).collect();
        assert!(names.is_sorted_by(|one, next| one < next));
        let ids: BTreeSet<&str> = ALL.iter().map(|policy| policy.id).collect();
        assert_eq!(ids.len(), ALL.len());
        for policy in ALL {
            let sound = policy.id.len() == 21
                && policy.id.starts_with("ANPA")
                && policy.path.starts_with('/')
                && policy.path.ends_with('/')
                && policy.version > 0
                && policy.created_s <= policy.updated_s;
            assert!(sound, "{policy:?}");
            assert_eq!(named(policy.name).map(|found| found.id), Some(policy.id));
        }
    }

    #[test]
    fn every_document_unpacks_and_nothing_is_left_over() {
        for policy in ALL {
            let document: serde_json::Value = serde_json::from_str(&policy.document().unwrap()).unwrap();
            assert_eq!(document["Version"], "2012-10-17", "{}", policy.name);
        }
        let end = ALL.iter().map(|policy| policy.place.0 + policy.place.1).max();
        assert_eq!(end, Some(DOCUMENTS.len()));
    }

    #[test]
    fn names_are_found_in_any_case() {
        let arn = |name| named(name).map(AwsPolicy::arn);
        assert_eq!(
            arn("amazons3readonlyaccess").as_deref(),
            Some("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
        );
        assert_eq!(arn("Billing").as_deref(), Some("arn:aws:iam::aws:policy/job-function/Billing"),);
        assert_eq!((arn(""), arn("ReadOnlyAccesz")), (None, None));
    }

    #[test]
    fn a_broken_place_is_damage() {
        let broken = |place| AwsPolicy {
            name: "X",
            path: "/",
            id: "ANPACKCEVSQ6C2EXAMPLE",
            created_s: 0,
            updated_s: 0,
            version: 1,
            place,
        };
        for place in [(usize::MAX, 1), (0, usize::MAX), (0, 1)] {
            assert_eq!(broken(place).document(), Err(Damaged("X")), "{place:?}");
        }
    }
}

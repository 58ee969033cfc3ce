//! Tags.

/// A label of an entity. Neither part has a shape of its own here: that is checked where requests are read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tag {
    /// The key, 1 to 128 characters, case kept.
    pub key: Box<str>,
    /// The value, 0 to 256 characters.
    pub value: Box<str>,
}

/// The tags of one entity in the order in which they were first put; no two keys are the same but for case.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_creating>
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tags(Box<[Tag]>);

/// Why tags cannot be put.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TagFault {
    /// Two keys are the same but for case.
    #[error("the tag key `{0}` is given more than once")]
    Duplicate(Box<str>),
    /// A key begins with `aws:`.
    #[error("the tag key `{0}` begins with the reserved aws:")]
    Reserved(Box<str>),
}

impl Tags {
    /// These tags.
    ///
    /// # Errors
    /// [`TagFault`] for the first key that is reserved or stands twice.
    pub fn new(tags: Vec<Tag>) -> Result<Self, TagFault> {
        let mut seen = std::collections::BTreeSet::new();
        for tag in &tags {
            let folded = fold(&tag.key);
            if folded.starts_with("aws:") {
                return Err(TagFault::Reserved(tag.key.clone()));
            }
            if !seen.insert(folded) {
                return Err(TagFault::Duplicate(tag.key.clone()));
            }
        }
        Ok(Self(tags.into()))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The tags in order.
    pub fn iter(&self) -> impl Iterator<Item = &Tag> {
        self.0.iter()
    }

    /// The value under a key, which is compared without regard to case.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&str> {
        let folded = fold(key);
        self.0.iter().find(|tag| fold(&tag.key) == folded).map(|tag| &*tag.value)
    }

    /// These tags with `others` put on top: a key that stands here already gets the new value and the new case in its
    /// old place, the rest follow.
    #[must_use]
    pub fn with(&self, others: &Self) -> Self {
        let mut tags = self.0.to_vec();
        for other in others.iter() {
            let folded = fold(&other.key);
            match tags.iter_mut().find(|tag| fold(&tag.key) == folded) {
                Some(tag) => *tag = other.clone(),
                None => tags.push(other.clone()),
            }
        }
        Self(tags.into())
    }

    /// These tags without those of the given keys, which are compared without regard to case.
    #[must_use]
    pub fn without(&self, keys: &[&str]) -> Self {
        let gone: Vec<String> = keys.iter().map(|key| fold(key)).collect();
        Self(self.0.iter().filter(|tag| !gone.contains(&fold(&tag.key))).cloned().collect())
    }
}

fn fold(key: &str) -> String {
    key.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> Result<Tags, TagFault> {
        Tags::new(
            pairs.iter().map(|(key, value)| Tag { key: (*key).into(), value: (*value).into() }).collect(),
        )
    }

    #[test]
    fn keys_are_unique_but_for_case() {
        assert_eq!(tags(&[("Team", "a"), ("team", "b")]), Err(TagFault::Duplicate("team".into())));
        assert_eq!(tags(&[("AWS:x", "a")]), Err(TagFault::Reserved("AWS:x".into())));
        assert_eq!(tags(&[("awsx", "a")]).unwrap().len(), 1);
    }

    #[test]
    fn putting_and_removing_ignore_case_and_keep_order() {
        let before = tags(&[("Team", "a"), ("Cost", "1")]).unwrap();
        let after = before.with(&tags(&[("new", "n"), ("TEAM", "b")]).unwrap());
        assert_eq!(after, tags(&[("TEAM", "b"), ("Cost", "1"), ("new", "n")]).unwrap());
        assert_eq!(after.value("team"), Some("b"));
        assert_eq!(after.without(&["cost", "absent"]), tags(&[("TEAM", "b"), ("new", "n")]).unwrap());
    }
}

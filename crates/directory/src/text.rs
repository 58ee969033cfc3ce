//! Policy texts: each distinct one kept once, parsed when first needed.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use doorward_engine::CompiledDocument;
use doorward_policy::limits::counted_chars;
use doorward_policy::{Document, Kind, Malformed, Principal, PrincipalEntry};

use crate::unique_id::UniqueId;
use crate::words::Words;

/// The text of a policy as it was stored. Cloning shares it; equal texts of the same kind are one allocation in a
/// [`Snapshot`](crate::Snapshot), however many entities hold them.
#[derive(Clone)]
pub struct PolicyText(Arc<Held>);

struct Held {
    kind: Kind,
    text: Box<str>,
    bindings: Box<[Binding]>,
    compiled: OnceLock<Result<Arc<CompiledDocument>, Unreadable>>,
}

/// A principal's ARN in a trust policy, and the unique id that it had when the policy was stored.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Binding {
    pub(crate) arn: Box<str>,
    pub(crate) id: UniqueId,
}

/// A stored policy that cannot be used. Whoever needs it must refuse; skipping it could skip a `Deny`.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// The text is no policy of its kind.
    #[error("a stored policy does not parse: {0}")]
    Malformed(#[source] Malformed),
    /// A trust policy names a principal that it was not bound to.
    #[error("a stored trust policy names `{0}` without its unique id")]
    Unbound(String),
    /// A policy or a place of the organization that should be there is not.
    #[error("the organization refers to {0}, which is not stored")]
    MissingInOrganization(String),
    /// A policy that should be there is not.
    #[error("the policy `{0}` is attached and not stored")]
    Missing(UniqueId),
}

impl PolicyText {
    /// A text that is in no snapshot.
    pub(crate) fn alone(kind: Kind, text: impl Into<Box<str>>) -> Self {
        Self(Arc::new(Held { kind, text: text.into(), bindings: Box::default(), compiled: OnceLock::new() }))
    }

    /// The text, exactly as it was stored.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The kind of policy that it was stored as.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// What it says, ready to be judged by. Parsed and compiled at the first call, a clone of an `Arc` afterwards. The
    /// users and roles that a trust policy names carry the unique ids that they were bound to.
    ///
    /// # Errors
    /// [`Unreadable`] if the stored text is no policy of its kind.
    pub fn compiled(&self) -> Result<Arc<CompiledDocument>, Unreadable> {
        let compile = |document| Arc::new(CompiledDocument::new(Arc::new(document)));
        self.0.compiled.get_or_init(|| self.0.read().map(compile)).clone()
    }

    /// What it says. Costs as [`compiled`](Self::compiled).
    ///
    /// # Errors
    /// [`Unreadable`] if the stored text is no policy of its kind.
    pub fn document(&self) -> Result<Arc<Document>, Unreadable> {
        self.compiled().map(|compiled| Arc::clone(compiled.document()))
    }

    /// What it counts towards quotas: characters that are not white space.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length>
    #[must_use]
    pub fn counted_characters(&self) -> usize {
        counted_chars(&self.0.text, self.0.kind)
    }

    pub(crate) fn bindings(&self) -> &[Binding] {
        &self.0.bindings
    }
}

impl PartialEq for PolicyText {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.kind == other.0.kind
                && self.0.text == other.0.text
                && self.0.bindings == other.0.bindings)
    }
}

impl std::fmt::Debug for PolicyText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PolicyText").field(&self.0.kind).field(&self.0.text).field(&self.0.bindings).finish()
    }
}

impl Held {
    fn read(&self) -> Result<Document, Unreadable> {
        let document = Document::parse(&self.text, self.kind).map_err(Unreadable::Malformed)?;
        let unbound = document.principals().find(|entry| is_bindable(entry) && self.id_of(entry).is_none());
        if let Some(entry) = unbound.filter(|_| self.kind == Kind::Trust) {
            return Err(Unreadable::Unbound(entry.text.clone()));
        }
        Ok(document.with_principal_ids(|entry| self.id_of(entry)))
    }

    fn id_of(&self, entry: &PrincipalEntry) -> Option<String> {
        self.bindings.iter().find(|binding| *binding.arn == *entry.text).map(|binding| binding.id.to_string())
    }
}

/// Whether a principal is one that is bound to a unique id when a trust policy is stored.
pub(crate) const fn is_bindable(entry: &PrincipalEntry) -> bool {
    matches!(entry.principal, Principal::User { .. } | Principal::Role { .. })
}

/// The texts in use. Cheap to share; what nobody holds any more is dropped now and then.
#[derive(Default)]
pub(crate) struct Texts {
    hasher: RandomState,
    /// Chosen by hash, so that those who read records on several threads seldom wait for each other.
    tables: [Mutex<Table>; TABLES],
    pub(crate) words: Words,
}

/// Into how many parts texts are divided.
const TABLES: usize = 16;

#[derive(Default)]
struct Table {
    by_hash: HashMap<u64, Vec<Weak<Held>>>,
    /// How many texts were added since the last sweep.
    added: usize,
}

/// How many texts are added before the dead are looked for, at least.
const SWEEP_AFTER_MIN: usize = 1024;

impl Texts {
    /// The one allocation of this text.
    pub(crate) fn intern(&self, kind: Kind, text: &str, bindings: Box<[Binding]>) -> PolicyText {
        let hash = self.hasher.hash_one((kind, text, &bindings));
        let [first, ..] = &self.tables;
        // By the high bits: the low ones place the text in the table.
        let part = self.tables.get((hash >> 60) as usize % TABLES).unwrap_or(first);
        let mut table = part.lock().unwrap_or_else(PoisonError::into_inner);
        let held = table
            .by_hash
            .get(&hash)
            .into_iter()
            .flatten()
            .filter_map(Weak::upgrade)
            .find(|held| held.kind == kind && *held.text == *text && held.bindings == bindings);
        if let Some(held) = held {
            return PolicyText(held);
        }
        let held = Arc::new(Held { kind, text: text.into(), bindings, compiled: OnceLock::new() });
        table.by_hash.entry(hash).or_default().push(Arc::downgrade(&held));
        table.added += 1;
        table.sweep();
        PolicyText(held)
    }
}

impl Table {
    /// Forgets the dead once as many were added as were alive: constant work per text in the long run.
    fn sweep(&mut self) {
        if self.added < SWEEP_AFTER_MIN.max(self.by_hash.len() / 2) {
            return;
        }
        self.by_hash.retain(|_, texts| {
            texts.retain(|text| text.strong_count() > 0);
            !texts.is_empty()
        });
        self.added = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_one_allocation() {
        let texts = Texts::default();
        let one = texts.intern(Kind::Inline, "{}", Box::default());
        let same = texts.intern(Kind::Inline, "{}", Box::default());
        let other = texts.intern(Kind::Managed, "{}", Box::default());
        assert!(Arc::ptr_eq(&one.0, &same.0));
        assert_ne!(one, other);
    }

    #[test]
    fn dropped_texts_are_forgotten() {
        let texts = Texts::default();
        for number in 0..10 * TABLES * SWEEP_AFTER_MIN {
            texts.intern(Kind::Inline, &number.to_string(), Box::default());
        }
        for table in &texts.tables {
            assert!(table.lock().unwrap().by_hash.len() <= 2 * SWEEP_AFTER_MIN);
        }
    }

    #[test]
    fn what_does_not_parse_is_an_error_every_time() {
        let text = Texts::default().intern(Kind::Inline, "not json", Box::default());
        assert!(matches!(text.document(), Err(Unreadable::Malformed(_))));
        assert_eq!(text.document(), text.document());
    }
}

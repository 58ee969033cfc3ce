//! AWS's managed policies as the directory's own types: the same in every snapshot, made when first asked for.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use doorward_catalog::policies::{self, AwsPolicy};
use doorward_policy::Kind;
use doorward_store::Revision;
use jiff::Timestamp;

use super::Stored;
use crate::managed::{ManagedPolicy, Owner, PolicyVersion, VersionNumber};
use crate::name::{Name, Path};
use crate::tags::Tags;
use crate::text::PolicyText;
use crate::unique_id::{IdKind, UniqueId};

/// What the ARN of every managed policy of AWS begins with; its path and name follow.
pub(super) const ARN_PREFIX: &str = "arn:aws:iam::aws:policy";

/// Every policy, ordered by folded name. Half a megabyte once it is there.
static CATALOGUE: LazyLock<Vec<Entry>> =
    LazyLock::new(|| policies::ALL.iter().filter_map(Entry::of).collect());

/// Where each id stands in [`CATALOGUE`].
static PLACES: LazyLock<HashMap<UniqueId, usize>> = LazyLock::new(|| {
    CATALOGUE.iter().enumerate().map(|(place, entry)| (entry.policy.value.id, place)).collect()
});

/// One policy, and its document from its first use on.
struct Entry {
    facts: &'static AwsPolicy,
    policy: Stored<ManagedPolicy>,
    version: OnceLock<Option<Stored<PolicyVersion>>>,
}

impl Entry {
    /// `None` for facts that break the rules of names; a test holds that there are none.
    fn of(facts: &'static AwsPolicy) -> Option<Self> {
        let version = VersionNumber(facts.version);
        let policy = ManagedPolicy {
            owner: Owner::Aws,
            id: facts.id.parse().ok()?,
            name: Name::new(facts.name).ok()?,
            path: Path::new(facts.path).ok()?,
            created: Timestamp::from_second(facts.created_s).ok()?,
            updated: Timestamp::from_second(facts.updated_s).ok()?,
            description: None,
            default_version: version,
            latest_version: version,
            tags: Tags::default(),
        };
        Some(Self { facts, policy: stored(policy), version: OnceLock::new() })
    }

    /// The default version; nothing if the program is damaged, so that whoever needs the policy is refused.
    fn versions(&self) -> &[Stored<PolicyVersion>] {
        let read = || {
            let document = self.facts.document();
            let text = document.inspect_err(|damaged| tracing::error!(%damaged, "the catalogue")).ok()?;
            let (number, created) = (self.policy.value.default_version, self.policy.value.updated);
            Some(stored(PolicyVersion { number, text: PolicyText::alone(Kind::Managed, text), created }))
        };
        self.version.get_or_init(read).as_slice()
    }
}

/// No commit ever wrote it.
const fn stored<T>(value: T) -> Stored<T> {
    Stored { value, revision: Revision::ZERO }
}

/// Every policy, ordered by folded name.
pub(super) fn all<'s>() -> impl DoubleEndedIterator<Item = &'s Stored<ManagedPolicy>> {
    CATALOGUE.iter().map(|entry| &entry.policy)
}

/// The policy with this path and name, which are one text; case counts.
pub(super) fn with_path_and_name(path_and_name: &str) -> Option<&'static Stored<ManagedPolicy>> {
    let (path, name) = path_and_name.split_at_checked(path_and_name.rfind('/')? + 1)?;
    let facts = policies::named(name).filter(|facts| facts.path == path && facts.name == name)?;
    with_id(facts.id.parse().ok()?)
}

/// The policy with this id.
pub(super) fn with_id(id: UniqueId) -> Option<&'static Stored<ManagedPolicy>> {
    entry(id).map(|entry| &entry.policy)
}

/// Its default version, the only one that is known; none for other ids.
pub(super) fn versions(id: UniqueId) -> &'static [Stored<PolicyVersion>] {
    entry(id).map(Entry::versions).unwrap_or_default()
}

fn entry(id: UniqueId) -> Option<&'static Entry> {
    if id.kind() != IdKind::Policy {
        return None;
    }
    CATALOGUE.get(*PLACES.get(&id)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_is_there_and_can_be_decided_with() {
        assert_eq!(CATALOGUE.len(), policies::ALL.len());
        let folded = |policy: &'static Stored<ManagedPolicy>| policy.name.folded();
        assert!(all().map(folded).is_sorted());
        for entry in CATALOGUE.iter() {
            let arn = entry.policy.arn();
            assert_eq!(arn, entry.facts.arn());
            let found = with_path_and_name(arn.strip_prefix(ARN_PREFIX).unwrap());
            assert_eq!(found.map(|found| found.id), Some(entry.policy.id));
            let [version] = versions(entry.policy.id) else { panic!("{arn} has one version") };
            if let Err(error) = version.text.compiled() {
                panic!("{arn}: {error}");
            }
        }
    }

    #[test]
    fn other_arns_and_ids_find_nothing() {
        for text in ["", "/", "/readonlyaccess", "/job-function/ReadOnlyAccess", "/Billing", "ReadOnlyAccess"]
        {
            assert_eq!(with_path_and_name(text).map(|found| found.arn()), None, "{text}");
        }
        for text in ["ANPACKCEVSQ6C2EXAMPLE", "AIDACKCEVSQ6C2EXAMPLE"] {
            let id = text.parse().unwrap();
            assert_eq!((with_id(id), versions(id).len()), (None, 0), "{text}");
        }
    }
}

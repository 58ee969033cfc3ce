//! The plans of a set of policies: one for each class of actions, made when an action is first asked for.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use doorward_policy::ContextKey;
use doorward_policy::explain::Layer;
use doorward_policy::request::{Context, ContextValue, Requester};

use crate::actions::{AskedAction, service};
use crate::bytes::same;
use crate::compile::{ActionKeys, CompiledDocument};
use crate::organization::is_resource_controlled;
use crate::plan::build::Builder;
use crate::plan::{GROUPS_MAX, Plan};
use crate::shelf::Room;
use crate::table::{Keyed, Table, action_hash};

/// What a set of documents says, action by action. Depends on the documents and on the layer of each alone: principals with
/// the same policies share it.
#[derive(Debug)]
pub(crate) struct Plans {
    documents: Arc<[Filed]>,
    /// The requester's tags that the documents depend on, where the plans are made for requesters with these tags.
    tags: Option<Tags>,
    actions: Table<Action>,
    classes: Mutex<Classes>,
    /// About how many bytes all of this takes, the documents left out.
    bytes: AtomicUsize,
    /// The shelf that keeps these, if one does, which must know when they grow.
    pub(crate) room: Weak<Room>,
    /// In which turn of the shelf these were last asked for; [`GONE`] once it has let them go.
    pub(crate) asked: AtomicU64,
}

/// The turn of plans that their shelf keeps no more.
pub(crate) const GONE: u64 = u64::MAX;

/// A document, with the number of its group and its layer.
#[derive(Clone, Debug)]
pub(crate) struct Filed {
    pub(crate) group: usize,
    pub(crate) layer: Layer,
    pub(crate) document: Arc<CompiledDocument>,
}

/// A plan for each class: for each set of statements that are about an action.
type Classes = HashMap<Class, Option<Arc<Plan>>, BuildHasherDefault<DefaultHasher>>;

/// The number of the document and the place in it of each statement about an action, packed.
type Class = Box<[u64]>;

/// What is known about an action.
#[derive(Debug)]
pub(crate) struct Action {
    /// The action as it was asked for.
    name: Box<str>,
    /// `None` where the policies are too many for a plan.
    pub(crate) plan: Option<Arc<Plan>>,
    pub(crate) traits: Traits,
}

/// What follows from an action, whatever the policies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traits {
    pub(crate) free: Free,
    /// Whether it is one of STS.
    pub(crate) of_sts: bool,
    pub(crate) resource_controlled: bool,
}

/// Who needs no permission for an action.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Free {
    Nobody,
    Accounts,
    Users,
}

/// The tags of a requester that some documents depend on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Tags {
    /// Each with its value; `None` where the requester has no such tag.
    entries: Box<[(ContextKey, Option<ContextValue>)]>,
    /// Those that the requester has.
    context: Context,
}

/// Whether a key, given by its folded name, is a tag of the principal: the same in all requests of a session.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principaltag>
pub(crate) fn is_principal_tag(folded: &str) -> bool {
    folded.starts_with("aws:principaltag/")
}

/// The names of the tags that documents depend on, sorted.
pub(crate) fn tag_names(documents: &[Filed]) -> Box<[ContextKey]> {
    let mut names: Vec<&ContextKey> = documents.iter().flat_map(|filed| filed.document.tags()).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().cloned().collect()
}

impl Tags {
    /// The values in `context` of the tags of these names.
    pub(crate) fn of(names: &[ContextKey], context: &Context) -> Self {
        let mut known = Context::default();
        let entries = names.iter().map(|key| {
            let value = context.value_hashed(key.hash(), key.folded()).cloned();
            if let Some(value) = &value {
                known.insert(key.as_str(), value.clone());
            }
            (key.clone(), value)
        });
        Self { entries: entries.collect(), context: known }
    }

    /// Whether the tags are the same in `context`.
    #[inline]
    pub(crate) fn are_in(&self, context: &Context) -> bool {
        self.entries.iter().all(|(key, value)| {
            match (context.value_hashed(key.hash(), key.folded()), value) {
                (None, None) => true,
                (Some(ContextValue::Single(one)), Some(ContextValue::Single(other))) => {
                    same(one.as_bytes(), other.as_bytes())
                }
                (one, other) => one == other.as_ref(),
            }
        })
    }
}

/// By the values alone: the keys follow from the documents.
impl Hash for Tags {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for (_, value) in &self.entries {
            match value {
                None => 0u8.hash(state),
                Some(ContextValue::Single(value)) => (1u8, value).hash(state),
                Some(ContextValue::Multiple(values)) => (2u8, values).hash(state),
            }
        }
    }
}

impl Keyed for Action {
    #[inline]
    fn is(&self, name: &str) -> bool {
        same(self.name.as_bytes(), name.as_bytes()) || self.name.eq_ignore_ascii_case(name)
    }
}

impl Plans {
    pub(crate) fn new(documents: Arc<[Filed]>, tags: Option<Tags>, room: Weak<Room>) -> Self {
        let bytes = AtomicUsize::new(size_of::<Self>() + size_of_val(&*documents));
        Self {
            documents,
            tags,
            actions: Table::default(),
            classes: Mutex::default(),
            bytes,
            room,
            asked: AtomicU64::new(0),
        }
    }

    pub(crate) const fn tags(&self) -> Option<&Tags> {
        self.tags.as_ref()
    }

    pub(crate) const fn documents(&self) -> &Arc<[Filed]> {
        &self.documents
    }

    /// About how many bytes the plans made so far take.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    #[inline]
    pub(crate) fn with_action<T>(&self, name: &str, then: impl FnOnce(&Action) -> T) -> T {
        let hash = action_hash(name);
        match self.actions.find(hash, name) {
            Some(action) => then(action),
            None => self.with_new_action(hash, name, then),
        }
    }

    #[cold]
    fn with_new_action<T>(&self, hash: u64, name: &str, then: impl FnOnce(&Action) -> T) -> T {
        let before = self.bytes();
        let action = self.prepare(name);
        let homeless = if name.len() > NAME_BYTES_MAX { Some(action) } else { self.insert(hash, action) };
        if let Some(room) = self.room.upgrade() {
            room.grew(self, self.bytes().saturating_sub(before));
        }
        match homeless {
            Some(homeless) => then(&homeless),
            None => match self.actions.find(hash, name) {
                Some(action) => then(action),
                None => then(&self.prepare(name)),
            },
        }
    }

    /// Remembers an action, or hands it back.
    fn insert(&self, hash: u64, action: Action) -> Option<Action> {
        let (before, name) = (self.actions.bytes(), action.name.len());
        let homeless = self.actions.insert(hash, action);
        let name = if homeless.is_none() { name } else { 0 };
        self.bytes.fetch_add(self.actions.bytes().saturating_sub(before) + name, Ordering::Relaxed);
        homeless
    }

    fn prepare(&self, name: &str) -> Action {
        let asked = AskedAction::new(name);
        let folded = asked.as_str();
        Action {
            name: name.into(),
            plan: self.plan(folded),
            traits: Traits {
                free: Free::of(folded),
                of_sts: service(folded) == "sts",
                resource_controlled: is_resource_controlled(folded),
            },
        }
    }

    /// The plan of an action, given in lower case.
    fn plan(&self, action: &str) -> Option<Arc<Plan>> {
        if self.documents.iter().any(|filed| filed.group >= GROUPS_MAX) {
            return None;
        }
        let class = self.class(action);
        let classes = || self.classes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = classes().get(&class) {
            return plan.clone();
        }
        let plan = self.build(&class).map(Arc::new);
        let bytes = plan.as_ref().map_or(0, |plan| plan.bytes()) + size_of_val(&*class);
        let mut classes = classes();
        if let Some(other) = classes.get(&class) {
            return other.clone();
        }
        if classes.len() < CLASSES_MAX {
            self.bytes.fetch_add(bytes, Ordering::Relaxed);
            classes.insert(class, plan.clone());
        }
        plan
    }

    fn class(&self, action: &str) -> Class {
        let keys = ActionKeys::new(action);
        let (mut class, mut places) = (Vec::new(), Vec::new());
        for (number, filed) in (0u64..).zip(&*self.documents) {
            filed.document.statements_about(action, keys, &mut places);
            class.extend(places.iter().map(|place| number << 32 | u64::from(*place)));
        }
        class.into()
    }

    fn build(&self, class: &Class) -> Option<Plan> {
        let mut builder = Builder::new(self.tags.as_ref().map(|tags| &tags.context));
        for packed in class {
            let filed = self.documents.get(usize::try_from(packed >> 32).ok()?)?;
            let place = usize::try_from(packed & u64::from(u32::MAX)).ok()?;
            let document = filed.document.document();
            let group = u8::try_from(filed.group).ok()?;
            builder.add(group, filed.layer, document, document.statements.get(place)?);
        }
        builder.finish()
    }
}

/// How many plans are kept: AWS's 22,091 actions came to 111 classes under 5,000 statements. Made-up names under policies full
/// of wildcards could come to any number; what finds no room is made anew each time.
const CLASSES_MAX: usize = 1_024;

/// The longest name of an action that is remembered, in bytes. The longest that AWS publishes are under 80.
const NAME_BYTES_MAX: usize = 128;

impl Free {
    /// Who needs no permission for the action, given in lower case.
    ///
    /// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html>
    pub(crate) fn of(action: &str) -> Self {
        match action {
            "sts:getcalleridentity" => Self::Accounts,
            "sts:getsessiontoken" => Self::Users,
            _ => Self::Nobody,
        }
    }

    pub(crate) const fn to(self, requester: &Requester) -> bool {
        match self {
            Self::Nobody => false,
            Self::Accounts => !matches!(requester, Requester::Anonymous | Requester::Federated { .. }),
            Self::Users => matches!(requester, Requester::User { .. } | Requester::Root { .. }),
        }
    }
}

//! Plans kept by what they are made of.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use doorward_policy::explain::Layer;
use doorward_policy::request::{Choices, Context};

use crate::compile::CompiledPolicies;
use crate::plans::{Filed, Plans, Tags};
use crate::policies::{Policies, filed};

/// Keeps the plans of policies, so that requesters with the same policies and the same tags share them, whoever they are,
/// and so that they outlive a request.
///
/// Plans are found by the documents that they are made of: a policy's new version is a new document, so what was made of
/// the old one is never found again, and what was made of others stays. Documents are the same if they are one
/// [`CompiledDocument`](crate::CompiledDocument) in memory: share each version of a document.
///
/// What has not been asked for the longest is let go when all plans together take more than the budget; a plan in use
/// stays with who uses it.
#[derive(Debug)]
pub struct Shelf {
    bytes_max: usize,
    kept: Mutex<Kept>,
}

/// Two generations. What is asked for moves to the young one; when that fills half the budget, it becomes the old one, and
/// what is left in the old one goes.
#[derive(Debug, Default)]
struct Kept {
    young: Generation,
    old: Generation,
    /// How many questions until the young generation is weighed again.
    until_weighed: usize,
}

type Generation = HashMap<u64, Vec<Arc<Plans>>>;

impl Shelf {
    /// A shelf for plans of about so many bytes in all, documents left out.
    #[must_use]
    pub fn new(bytes_max: usize) -> Self {
        Self { bytes_max, kept: Mutex::default() }
    }

    /// Prepares policies as [`Policies::for_tags`] does, with the plans made before for the same documents and tags.
    /// Takes time in proportion to the number of documents.
    #[must_use]
    pub fn prepare(&self, attached: CompiledPolicies, choices: Choices, context: &Context) -> Policies {
        let documents = filed(&attached);
        let tags = Tags::of(&documents, context);
        let plans = self.plans(documents, tags);
        Policies::with_plans(attached, choices, plans)
    }

    /// About how many bytes the plans take that are kept.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        bytes(&kept.young) + bytes(&kept.old)
    }

    fn plans(&self, documents: Box<[Filed]>, tags: Tags) -> Arc<Plans> {
        let key = key(&documents, &tags);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |plans: &Arc<Plans>| is_of(plans, &documents, &tags);
        if let Some(plans) = kept.young.get(&key).and_then(|some| some.iter().find(|one| same(one))) {
            return Arc::clone(plans);
        }
        let aged = kept.old.get_mut(&key).and_then(|some| some.extract_if(.., |one| same(one)).next());
        let plans = aged.unwrap_or_else(|| Arc::new(Plans::new(documents, Some(tags))));
        kept.young.entry(key).or_default().push(Arc::clone(&plans));
        kept.weigh(self.bytes_max);
        plans
    }
}

impl Kept {
    /// Lets the young generation grow old when it is too heavy. Plans grow while they are kept, so that all of them are
    /// looked at, each time that their number may have doubled.
    fn weigh(&mut self, bytes_max: usize) {
        self.until_weighed = self.until_weighed.saturating_sub(1);
        if self.until_weighed > 0 {
            return;
        }
        self.until_weighed = (self.young.len() / 2).min(WEIGHED_EVERY_MAX);
        if bytes(&self.young) > bytes_max / 2 {
            self.old = std::mem::take(&mut self.young);
        }
    }
}

/// After how many new plans at the latest all are weighed.
const WEIGHED_EVERY_MAX: usize = 256;

fn bytes(generation: &Generation) -> usize {
    generation.values().flatten().map(|plans| plans.bytes()).sum()
}

/// A hash of what plans are made of.
fn key(documents: &[Filed], tags: &Tags) -> u64 {
    let mut hasher = DefaultHasher::new();
    for filed in documents {
        (filed.group, filed.layer, Arc::as_ptr(&filed.document).addr()).hash(&mut hasher);
    }
    tags.hash(&mut hasher);
    hasher.finish()
}

fn is_of(plans: &Plans, documents: &[Filed], tags: &Tags) -> bool {
    let identity = |filed: &Filed| -> (usize, Layer, usize) {
        (filed.group, filed.layer, Arc::as_ptr(&filed.document).addr())
    };
    plans.documents().iter().map(identity).eq(documents.iter().map(identity)) && plans.tags() == Some(tags)
}

//! Plans kept by what they are made of.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use doorward_policy::ContextKey;
use doorward_policy::explain::Layer;
use doorward_policy::request::{Choices, Context};

use crate::compile::CompiledPolicies;
use crate::plans::{Filed, GONE, Plans, Tags, tag_names};
use crate::policies::{Groups, Policies, filed};

/// Keeps the plans of policies, so that requesters with the same policies and the same tags share them, whoever they are,
/// and so that they outlive a request.
///
/// Plans are found by the documents that they are made of: a policy's new version is a new document, so what was made of
/// the old one is never found again, and what was made of others stays. Documents are the same if they are one
/// [`CompiledDocument`](crate::CompiledDocument) in memory: share each version of a document.
///
/// When all plans together take more than the budget, those that have not been asked for the longest are let go until
/// half of it is free. Plans grow as further actions are asked about, and that counts as it happens. A plan in use stays
/// with who uses it.
#[derive(Debug)]
pub struct Shelf {
    room: Arc<Room>,
}

/// Policies gathered once, to be prepared for many requests: what a [`Shelf`] finds their plans by is known, and the
/// plans that were found last are tried first. Use it with one shelf.
///
/// It does not keep plans alive that the shelf lets go. Immutable otherwise; keep it for as long as the policies stay
/// what they are. Takes about 40 bytes for each document.
#[derive(Debug)]
pub struct Listing {
    attached: Arc<CompiledPolicies>,
    groups: Groups,
    documents: Arc<[Filed]>,
    tag_names: Box<[ContextKey]>,
    reads_context: bool,
    /// A hash of the documents.
    hash: u64,
    last: Mutex<Weak<Plans>>,
}

/// What a shelf and the plans on it know of each other.
#[derive(Debug)]
pub(crate) struct Room {
    bytes_max: usize,
    /// About how many bytes all plans take: never less than they do.
    bytes: AtomicUsize,
    /// How many plans have been put here.
    turn: AtomicU64,
    kept: Mutex<Kept>,
    hasher: RandomState,
}

/// Plans by a hash of what they are made of.
type Kept = HashMap<u64, Vec<Arc<Plans>>>;

impl Listing {
    /// Gathers policies. Takes time in proportion to the number of documents.
    #[must_use]
    pub fn new(attached: CompiledPolicies) -> Self {
        let documents = filed(&attached);
        let mut hasher = DefaultHasher::new();
        documents.iter().for_each(|filed| identity(filed).hash(&mut hasher));
        Self {
            groups: Groups::of(&attached),
            tag_names: tag_names(&documents),
            reads_context: documents.iter().any(|filed| filed.document.reads_context()),
            hash: hasher.finish(),
            attached: Arc::new(attached),
            documents,
            last: Mutex::default(),
        }
    }

    /// The policies.
    #[must_use]
    pub fn attached(&self) -> &CompiledPolicies {
        &self.attached
    }

    /// Whether decisions depend on any key of a request's context. Where they do not, they are the same in an empty one;
    /// explanations show the context, and need it all the same.
    #[must_use]
    pub const fn reads_context(&self) -> bool {
        self.reads_context
    }

    /// How many documents they are.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.documents.len()
    }
}

impl Shelf {
    /// A shelf for plans of about so many bytes in all, documents left out.
    #[must_use]
    pub fn new(bytes_max: usize) -> Self {
        let (bytes, turn) = (AtomicUsize::new(0), AtomicU64::new(0));
        let room = Room { bytes_max, bytes, turn, kept: Mutex::default(), hasher: RandomState::new() };
        Self { room: Arc::new(room) }
    }

    /// Prepares policies as [`Policies::for_tags`] does, with the plans made before for the same documents and tags.
    /// Takes time in proportion to the number of documents: whoever asks again should keep a [`Listing`].
    #[must_use]
    pub fn prepare(&self, attached: CompiledPolicies, choices: Choices, context: &Context) -> Policies {
        self.prepare_listed(&Listing::new(attached), choices, context)
    }

    /// The same for policies that were gathered before. Allocates nothing, and takes time in proportion to the number of
    /// tags that the documents depend on, where the plans that were found last are still the right ones.
    #[must_use]
    pub fn prepare_listed(&self, listing: &Listing, choices: Choices, context: &Context) -> Policies {
        let last = listing.last.lock().unwrap_or_else(PoisonError::into_inner).upgrade();
        let plans = last.filter(|plans| self.room.keeps(plans) && is_for(plans, context));
        let plans = plans.unwrap_or_else(|| {
            let plans = self.room.find(listing, context);
            *listing.last.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(&plans);
            plans
        });
        Policies::with_plans(Arc::clone(&listing.attached), choices, listing.groups.clone(), plans)
    }

    /// About how many bytes the plans take that are kept.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.room.kept().values().flatten().map(|plans| plans.bytes()).sum()
    }
}

impl Room {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether plans are on this shelf. Notes that they were asked for.
    fn keeps(self: &Arc<Self>, plans: &Plans) -> bool {
        let (asked, turn) = (plans.asked.load(Ordering::Relaxed), self.turn.load(Ordering::Relaxed));
        if asked == GONE || !std::ptr::eq(plans.room.as_ptr(), Arc::as_ptr(self)) {
            return false;
        }
        // They may be let go at this moment, and stay so: then this is the last time that they are used.
        asked == turn
            || plans.asked.compare_exchange(asked, turn, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    /// The plans of these documents for these tags, made if there are none.
    fn find(self: &Arc<Self>, listing: &Listing, context: &Context) -> Arc<Plans> {
        let tags = Tags::of(&listing.tag_names, context);
        let key = self.hasher.hash_one((listing.hash, &tags));
        let mut kept = self.kept();
        let same = kept.entry(key).or_default();
        if let Some(plans) = same.iter().find(|plans| is_of(plans, &listing.documents, &tags)) {
            let plans = Arc::clone(plans);
            plans.asked.store(self.turn.load(Ordering::Relaxed), Ordering::Relaxed);
            return plans;
        }
        let plans = Plans::new(Arc::clone(&listing.documents), Some(tags), Arc::downgrade(self));
        let plans = Arc::new(plans);
        plans.asked.store(self.turn.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
        same.push(Arc::clone(&plans));
        drop(kept);
        self.grew(&plans, plans.bytes());
        plans
    }

    /// Notes that plans have grown, and sees that there is room.
    pub(crate) fn grew(&self, plans: &Plans, bytes: usize) {
        if plans.asked.load(Ordering::Relaxed) == GONE {
            return;
        }
        let before = self.bytes.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > self.bytes_max {
            self.make_room(plans);
        }
    }

    /// Weighs everything, and lets plans go if that is too much. `growing` have just been asked for.
    #[cold]
    fn make_room(&self, growing: &Plans) {
        let mut gone = Vec::new();
        let mut kept = self.kept();
        let counted = self.bytes.load(Ordering::Relaxed);
        let mut bytes: usize = kept.values().flatten().map(|plans| plans.bytes()).sum();
        if bytes > self.bytes_max {
            (bytes, gone) = halve(&mut kept, self.bytes_max / 2, growing);
        }
        // What has grown since the count was read is counted, and may be in the sum as well: never too little.
        if counted > bytes {
            self.bytes.fetch_sub(counted - bytes, Ordering::Relaxed);
        } else {
            self.bytes.fetch_add(bytes - counted, Ordering::Relaxed);
        }
        drop(kept);
        // Taking plans down takes a while, and nobody waits for it.
        drop(gone);
    }
}

/// Lets plans go until the others take no more than `bytes_max`: those first that have not been asked for the longest.
/// Those that have no room even alone go without the others. The bytes of what stays, and what goes.
fn halve(kept: &mut Kept, bytes_max: usize, growing: &Plans) -> (usize, Vec<Arc<Plans>>) {
    let each = kept.drain().flat_map(|(key, some)| some.into_iter().map(move |plans| (key, plans)));
    let mut all: Vec<(u64, Arc<Plans>)> = each.collect();
    let asked = |plans: &Plans| (std::ptr::eq(plans, growing), plans.asked.load(Ordering::Relaxed));
    all.sort_by_cached_key(|(_, plans)| Reverse(asked(plans)));
    let (mut bytes, mut full, mut gone) = (0, false, Vec::new());
    for (key, plans) in all {
        let own = plans.bytes();
        full |= own <= bytes_max && bytes + own > bytes_max;
        if !full && own <= bytes_max {
            bytes += own;
            kept.entry(key).or_default().push(plans);
        } else {
            plans.asked.store(GONE, Ordering::Relaxed);
            gone.push(plans);
        }
    }
    (bytes, gone)
}

fn is_for(plans: &Plans, context: &Context) -> bool {
    plans.tags().is_none_or(|tags| tags.are_in(context))
}

fn is_of(plans: &Plans, documents: &Arc<[Filed]>, tags: &Tags) -> bool {
    let same = || plans.documents().iter().map(identity).eq(documents.iter().map(identity));
    (Arc::ptr_eq(plans.documents(), documents) || same()) && plans.tags() == Some(tags)
}

/// By what documents are told apart.
fn identity(filed: &Filed) -> (usize, Layer, usize) {
    (filed.group, filed.layer, Arc::as_ptr(&filed.document).addr())
}

#[cfg(test)]
mod tests {
    use doorward_policy::request::{Attached, Attachments, Request, Requester, Resource, Source};
    use doorward_policy::{Document, Kind};

    use super::*;
    use crate::decide;

    /// How many actions the policies here name, each about others than the next.
    const ACTIONS: usize = 400;

    /// Identity-based policies that allow [`ACTIONS`] actions, each on a resource of its own, to those with a tag.
    fn compiled(bucket: &str) -> CompiledPolicies {
        let statement = |action| {
            format!(
                r#"{{"Effect": "Allow", "Action": "s3:A{action}", "Resource": "arn:aws:s3:::{bucket}/{action}",
                    "Condition": {{"StringEquals": {{"aws:PrincipalTag/team": "${{aws:ResourceTag/team}}"}}}}}}"#
            )
        };
        let statements: Vec<String> = (0..ACTIONS).map(statement).collect();
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(","));
        let document = Arc::new(Document::parse(&text, Kind::Managed).unwrap());
        let source = Source { name: bucket.to_owned(), arn: None, attached_to: "ana".to_owned() };
        let identity = vec![Attached { document, source }];
        CompiledPolicies::new(&Attachments { identity, ..Attachments::default() })
    }

    fn context(team: &str) -> Context {
        let mut context = Context::default();
        context.put("aws:PrincipalTag/team", team);
        context.put("aws:ResourceTag/team", "red");
        context
    }

    fn ask(policies: &Policies, bucket: &str, action: usize, team: &str) -> bool {
        let account = "111122223333".parse().unwrap();
        let requester =
            Requester::User { account, id: "AIDA".to_owned(), path: "/".to_owned(), name: "ana".to_owned() };
        let resource = Resource { arn: format!("arn:aws:s3:::{bucket}/{action}"), account: Some(account) };
        let action = format!("s3:A{action}");
        decide(&Request { requester, action, resource, context: context(team) }, policies).is_allowed()
    }

    #[test]
    fn listings_know_whether_the_context_is_read() {
        let reads = |resource: &str, condition: &str| {
            let text = format!(
                r#"{{"Version": "2012-10-17", "Statement": [
                    {{"Effect": "Allow", "Action": "s3:List*", "Resource": "*"}},
                    {{"Effect": "Deny", "Action": "s3:Get*", "Resource": ["arn:aws:s3:::b", "{resource}"]{condition}}}]}}"#
            );
            let document = Arc::new(Document::parse(&text, Kind::Managed).unwrap());
            let source = Source { name: "p".to_owned(), arn: None, attached_to: "ana".to_owned() };
            let policies = vec![Attached { document, source }];
            let identity = Attachments { identity: policies.clone(), ..Attachments::default() };
            let session = Attachments { session: Some(policies), ..Attachments::default() };
            [identity, session].map(|all| Listing::new(CompiledPolicies::new(&all)).reads_context())
        };
        let condition = |test: &str| format!(r#", "Condition": {{{test}}}"#);
        let any = "arn:aws:s3:::b/*";
        assert_eq!(reads(any, ""), [false; 2]);
        assert_eq!(reads("*", ""), [false; 2]);
        assert_eq!(reads("arn:aws:s3:::b/${*}${$}", ""), [false; 2]);
        assert_eq!(reads("arn:aws:s3:::b/${aws:username}/*", ""), [true; 2]);
        assert_eq!(reads(any, &condition(r#""Null": {"aws:MultiFactorAuthAge": "true"}"#)), [true; 2]);
        assert_eq!(reads(any, &condition(r#""StringLike": {"s3:prefix": "${aws:userid}"}"#)), [true; 2]);
        assert!(!Listing::new(CompiledPolicies::default()).reads_context());
    }

    #[test]
    fn the_budget_holds_while_plans_only_grow() {
        const BYTES_MAX: usize = 1 << 20;
        let shelf = Shelf::new(BYTES_MAX);
        let buckets = ["a", "b", "c", "d", "e"];
        let prepared: Vec<Policies> = buckets
            .iter()
            .map(|bucket| shelf.prepare(compiled(bucket), Choices::default(), &context("red")))
            .collect();
        let mut most = 0;
        for action in 0..ACTIONS {
            for (policies, bucket) in prepared.iter().zip(buckets) {
                assert!(ask(policies, bucket, action, "red"));
                let bytes = shelf.bytes();
                assert!(bytes <= BYTES_MAX, "{bytes}");
                most = most.max(bytes);
            }
        }
        assert!(most > BYTES_MAX / 2, "{most}");
        assert!(prepared.iter().map(Policies::bytes).sum::<usize>() > BYTES_MAX);
    }

    #[test]
    fn the_budget_holds_while_documents_come() {
        const BYTES_MAX: usize = 40_000;
        let shelf = Shelf::new(BYTES_MAX);
        let (hot, hot_listing) = ("hot", Listing::new(compiled("hot")));
        let prepare_hot = || shelf.prepare_listed(&hot_listing, Choices::default(), &context("red"));
        assert!(ask(&prepare_hot(), hot, 0, "red"));
        let grown = prepare_hot().bytes();
        let cold = Listing::new(compiled("cold"));
        assert!(ask(&shelf.prepare_listed(&cold, Choices::default(), &context("red")), "cold", 0, "red"));
        for other in 0..50 {
            let bucket = format!("b{other}");
            let policies = shelf.prepare(compiled(&bucket), Choices::default(), &context("red"));
            assert!((0..5).all(|action| ask(&policies, &bucket, action, "red")));
            assert!(shelf.bytes() <= BYTES_MAX);
            assert_eq!(prepare_hot().bytes(), grown, "what is in use is made anew");
        }
        let again = shelf.prepare_listed(&cold, Choices::default(), &context("red"));
        assert!(again.bytes() < grown, "what was let go is still there");
        assert!(ask(&again, "cold", 0, "red"));
    }

    #[test]
    fn plans_are_shared_by_documents_and_tags() {
        let (shelf, other_shelf) = (Shelf::new(1 << 24), Shelf::new(1 << 24));
        let policies = compiled("a");
        let listing = Listing::new(policies.clone());
        let prepare =
            |shelf: &Shelf, team| shelf.prepare_listed(&listing, Choices::default(), &context(team));
        let red = prepare(&shelf, "red");
        let fresh = red.bytes();
        assert!(ask(&red, "a", 0, "red"));
        let grown = red.bytes();
        assert!(grown > fresh);
        // Plans are told apart by what they have grown to: those for "red", in whatever way they are found.
        for (what, found, expected) in [
            ("the same listing", prepare(&shelf, "red"), grown),
            ("other tags", prepare(&shelf, "blue"), fresh),
            ("the first tags again", prepare(&shelf, "red"), grown),
            ("another listing", shelf.prepare(policies, Choices::default(), &context("red")), grown),
            ("other documents", shelf.prepare(compiled("a"), Choices::default(), &context("red")), fresh),
            ("another shelf", prepare(&other_shelf, "red"), fresh),
            ("the first shelf again", prepare(&shelf, "red"), grown),
        ] {
            assert_eq!(found.bytes(), expected, "{what}");
        }
        for team in ["red", "blue", "red", "green", "blue"] {
            assert_eq!(ask(&prepare(&shelf, team), "a", 1, team), team == "red", "{team}");
        }
    }

    #[test]
    fn a_listing_does_not_keep_what_was_let_go() {
        let shelf = Shelf::new(0);
        let listing = Listing::new(compiled("a"));
        let policies = shelf.prepare_listed(&listing, Choices::default(), &context("red"));
        assert!(ask(&policies, "a", 0, "red"));
        let again = shelf.prepare_listed(&listing, Choices::default(), &context("red"));
        assert!(again.bytes() < policies.bytes());
        assert_eq!(shelf.bytes(), 0);
        drop((policies, again));
        assert!(listing.last.lock().unwrap().upgrade().is_none());
    }
}

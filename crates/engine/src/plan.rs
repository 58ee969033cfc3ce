//! All that a set of policies says about one action, in one flat piece: one walk along the resource finds every
//! statement of every layer that can matter.

mod anchored;
mod automaton;
pub(crate) mod build;
mod crowd;
pub(crate) mod glob;
mod joint;
mod occurrences;
pub(crate) mod set;
mod sweep;
pub(crate) mod text;
mod tree;

use doorward_policy::Effect;
use doorward_policy::request::{Choices, Context, Requester};

use crate::conditions::{Quick, Test};
use crate::principals::{Circumstance, Claims, Everyone, Kinds, Principals, Reach};
use crate::resources::{AskedResource, ResourceMatcher, Resources};
use crate::slots::{Reading, Slot};
use crowd::{Crowd, EFFORT_MAX};
use glob::{Glob, Marks, marks};
use joint::{Joint, Member, Verdicts};
use tree::Tree;

/// What policies say about one action on any resource.
///
/// Statements are found through the resource: those about every resource stand in a list, the others hang in a tree by
/// the literal beginnings of their patterns. The criteria that they share, conditions above all, are looked at when a
/// statement that is about the resource asks for them, and once for each request.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// The groups that allow, and those that deny, whatever the request.
    always: Says,
    /// The statements about every resource.
    everywhere: Box<[Rule]>,
    tree: Tree<Leaf>,
    clusters: Box<[Cluster]>,
    endings: Box<[Ending]>,
    rules: Box<[Rule]>,
    globs: Box<[CarefulGlob]>,
    complex: Box<[ResourceMatcher]>,
    criteria: Box<[Criterion]>,
    slots: Box<[SlotKey]>,
    more: Box<[Box<[u32]>]>,
    named: Box<[Named]>,
    /// Whether enough patterns have wildcards for a look at the resource's marks to pay.
    looks_at_marks: bool,
    /// All endings, where they are so many that to look at them one by one may take long.
    crowd: Option<Box<Crowd>>,
    joint: Joint,
}

/// What the groups say: a bit for each. Groups are numbered in the order in which they are checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Says {
    pub(crate) allow: u64,
    pub(crate) deny: u64,
    /// The claims on the requester by which the resource's policy allows.
    pub(crate) granted: Claims,
}

/// One statement in a plan: what it needs besides its resource, and what it says then. 16 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Rule {
    head: Head,
    /// Which of [`Plan::more`] must hold as well, counted from 1; 0 for none.
    more: u32,
    /// The criteria that must hold, a bit for each of the first 64.
    needs: u64,
}

/// Who says what to whom: 6 bits for the group, one for the effect, and the rest for which of [`Plan::named`] must name
/// the requester, counted from 1; 0 where that is no question.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Head(u32);

const GROUP_BITS: u32 = 6;

/// How many groups a plan can hold.
pub(crate) const GROUPS_MAX: usize = 1 << GROUP_BITS;

/// One more than the most lists of principals that a plan can hold.
const NAMED_MAX: usize = 1 << (u32::BITS - GROUP_BITS - 1);

impl Head {
    fn new(group: u8, effect: Effect, named: u32) -> Self {
        let denies = match effect {
            Effect::Allow => 0,
            Effect::Deny => 1,
        };
        Self((named << 1 | denies) << GROUP_BITS | u32::from(group))
    }

    /// The group's bit in [`Says`].
    const fn bit(self) -> u64 {
        1 << (self.0 & (GROUPS_MAX as u32 - 1))
    }

    const fn denies(self) -> bool {
        self.0 >> GROUP_BITS & 1 == 1
    }

    const fn named(self) -> u32 {
        self.0 >> (GROUP_BITS + 1)
    }
}

/// Things that stand one after another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Run {
    start: u32,
    count: u32,
}

impl Run {
    /// This and what stands right behind it.
    const fn longer(self, next: Self) -> Self {
        if self.count == 0 { next } else { Self { start: self.start, count: self.count + next.count } }
    }

    #[inline]
    fn of<T>(self, all: &[T]) -> &[T] {
        all.get(self.start as usize..self.start as usize + self.count as usize).unwrap_or_default()
    }
}

/// The patterns with one literal beginning.
#[derive(Clone, Copy, Debug, Default)]
struct Leaf {
    /// The rules of the pattern that is nothing but the beginning.
    whole: Run,
    /// The rules of the pattern that goes on with `*` and ends there.
    open: Run,
    /// The other patterns, in clusters.
    clusters: Run,
}

/// Endings that have something in common.
#[derive(Clone, Copy, Debug)]
struct Cluster {
    /// What must be found behind the beginning, or none of them matches.
    marks: Marks,
    endings: Run,
}

/// A resource pattern behind its literal beginning, and the statements that it stands in.
#[derive(Clone, Copy, Debug)]
struct Ending {
    rest: Rest,
    rules: Run,
    /// The fewest bytes behind the beginning that can match.
    shortest: u32,
    /// The byte with which everything that matches ends, if it is always the same; 0 if not.
    last: u8,
    /// How many times its length a text counts that is matched with this, as a power of two.
    shift: u8,
    /// What must be found behind the beginning, or nothing matches.
    marks: Marks,
}

/// What may follow the literal beginning of a pattern.
#[derive(Clone, Copy, Debug)]
enum Rest {
    /// What matches this one of [`Plan::globs`].
    Glob(u32),
    /// Whatever makes the whole resource match this one of [`Plan::complex`].
    Complex(u32),
    /// What [`Plan::crowd`] says.
    Crowd,
}

#[derive(Debug)]
struct CarefulGlob {
    glob: Glob,
    /// What is matched instead, where that makes a difference, for resources that are not ASCII.
    characters: Characters,
}

#[derive(Debug)]
enum Characters {
    Same,
    Whole(ResourceMatcher),
    /// What [`Plan::crowd`] says.
    Crowd,
}

/// Something about a request that statements ask for.
#[derive(Debug)]
struct Criterion {
    quick: Quick,
    /// Where its key's value is kept; [`NO_SLOT`] where there is no room for it.
    slot: u8,
    /// Whether it holds where the key is missing.
    without: bool,
    whole: Whole,
}

/// A criterion, for whatever takes more to tell.
#[derive(Debug)]
enum Whole {
    Condition(Box<Test>, Member),
    /// The resource is none of those that a `NotResource` lists.
    Outside(Resources, Member),
}

impl Whole {
    /// About how many bytes sets of patterns take.
    fn bytes(&self) -> usize {
        match self {
            Self::Condition(test, _) => test.bytes(),
            Self::Outside(resources, _) => resources.bytes(),
        }
    }
}

/// A key whose value some criterion wants.
#[derive(Debug)]
struct SlotKey {
    hash: u64,
    key: Box<str>,
    reading: Reading,
}

/// Principals that a statement names, and how they are read there.
#[derive(Debug)]
struct Named {
    principals: Principals,
    effect: Effect,
    /// Whether they stand in a resource's policy that allows: then it counts how the requester is named.
    grants: bool,
    /// Whether a condition on `aws:PrincipalArn` narrows them down.
    narrowed: bool,
    /// The kinds of requester that they may name.
    kinds: Kinds,
}

/// How many values of a request are kept while it is decided. More keys than that are looked up each time.
pub(crate) const SLOTS: usize = 8;

const NO_SLOT: u8 = u8::MAX;

/// The values of a request's keys that a plan asks for.
pub(crate) type Slots<'r> = [Slot<'r>; SLOTS];

/// A question about an action of the plan, and what else it takes to answer it.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'r> {
    pub(crate) requester: &'r Requester,
    pub(crate) resource: &'r str,
    pub(crate) context: &'r Context,
    pub(crate) choices: Choices,
    pub(crate) has_boundary: bool,
}

impl Plan {
    /// What the groups say.
    #[inline]
    pub(crate) fn says<'r>(&self, asked: Asked<'r>, slots: &mut Slots<'r>) -> Says {
        let says = self.always;
        let mut walk = Walk {
            plan: self,
            asked,
            slots,
            known: 0,
            holding: 0,
            says,
            split: None,
            effort: 0,
            crowd: None,
            verdicts: None,
        };
        walk.apply_all(&self.everywhere);
        let resource = asked.resource.as_bytes();
        let mut seen = None;
        self.tree.walk(resource, |leaf, rest| walk.look(leaf, rest, &mut seen));
        walk.says
    }

    /// Reads every value that the plan can ask for, but those that there is no room for.
    pub(crate) fn read<'r>(&self, context: &'r Context) -> Slots<'r> {
        let mut slots = [Slot::Unread; SLOTS];
        for (slot, key) in slots.iter_mut().zip(&self.slots) {
            *slot = key.read(context);
        }
        slots
    }

    /// About how many bytes the plan takes.
    pub(crate) fn bytes(&self) -> usize {
        let globs =
            self.globs.iter().map(|one| size_of::<CarefulGlob>() + one.glob.heap_bytes()).sum::<usize>();
        // Criteria, principals and complex patterns own their texts, which are not counted one by one.
        let owned = (self.criteria.len() + self.named.len() + self.complex.len()) * OWNED_BYTES;
        let more = self.more.iter().map(|one| 16 + size_of_val(&**one)).sum::<usize>();
        size_of::<Self>()
            + size_of_val(&*self.everywhere)
            + self.tree.bytes()
            + size_of_val(&*self.clusters)
            + size_of_val(&*self.endings)
            + size_of_val(&*self.rules)
            + size_of_val(&*self.slots)
            + globs
            + owned
            + more
            + self.crowd.as_ref().map_or(0, |crowd| crowd.bytes())
            + self.joint.bytes()
            + self.criteria.iter().map(|criterion| criterion.whole.bytes()).sum::<usize>()
    }
}

/// A guess at the bytes of a criterion, a list of principals or a complex pattern, with its texts.
const OWNED_BYTES: usize = 256;

impl SlotKey {
    #[inline(never)]
    fn read<'r>(&self, context: &'r Context) -> Slot<'r> {
        Slot::read(context, self.hash, &self.key, self.reading)
    }
}

/// How many bytes the values of a key count that has several, or is not kept.
const VALUES_BYTES: usize = 2_048;

/// How many bytes of text a value counts.
fn text_bytes(slot: &Slot<'_>) -> usize {
    if let Slot::Text(text) = slot { text.len() } else { VALUES_BYTES }
}

/// A request on its way through a plan.
struct Walk<'p, 's, 'r> {
    plan: &'p Plan,
    asked: Asked<'r>,
    slots: &'s mut Slots<'r>,
    /// The criteria that have been looked at, and those of them that hold.
    known: u64,
    holding: u64,
    says: Says,
    /// The resource, taken apart when something wants it so.
    split: Option<AskedResource<'r>>,
    /// How much has been looked at pattern by pattern, in bytes.
    effort: usize,
    /// The patterns that have been looked at together.
    crowd: Option<&'p Crowd>,
    /// What came of criteria that have been looked at together.
    verdicts: Option<Box<Verdicts>>,
}

impl<'p, 'r> Walk<'p, '_, 'r> {
    /// Looks at the patterns with one beginning. `seen` are the resource's marks, once something has asked for them.
    #[inline]
    fn look(&mut self, leaf: &Leaf, rest: &[u8], seen: &mut Option<u64>) {
        let plan = self.plan;
        if leaf.open.count != 0 {
            self.apply_all(leaf.open.of(&plan.rules));
        }
        if rest.is_empty() {
            self.apply_all(leaf.whole.of(&plan.rules));
        }
        if leaf.clusters.count == 0 || self.crowd.is_some() {
            return;
        }
        // What follows later beginnings, which are longer, is part of what is marked here.
        let seen = *seen.get_or_insert_with(|| if plan.looks_at_marks { marks(rest) } else { u64::MAX });
        for cluster in leaf.clusters.of(&plan.clusters) {
            if cluster.marks.may_be_in(seen) {
                self.look_closer(cluster.endings, rest, seen);
            }
        }
    }

    fn look_closer(&mut self, endings: Run, rest: &[u8], seen: u64) {
        let last = rest.last().copied().unwrap_or_default();
        for ending in endings.of(&self.plan.endings) {
            let differs = ending.last != 0 && ending.last != last;
            if differs || rest.len() < ending.shortest as usize || !ending.marks.may_be_in(seen) {
                continue;
            }
            self.effort += rest.len() << ending.shift;
            if self.effort > EFFORT_MAX && self.has_looked_at_all() {
                return;
            }
            let matches = match ending.rest {
                Rest::Glob(glob) => self.is_glob(glob, rest),
                Rest::Complex(complex) => self.is_complex(complex),
                Rest::Crowd => !self.has_looked_at_all(),
            };
            if matches {
                self.apply_all(ending.rules.of(&self.plan.rules));
            }
        }
    }

    #[inline(never)]
    fn apply_all(&mut self, rules: &[Rule]) {
        for rule in rules {
            self.apply(rule);
        }
    }

    fn is_glob(&mut self, place: u32, rest: &[u8]) -> bool {
        let Some(careful) = self.plan.globs.get(place as usize) else { return false };
        match &careful.characters {
            Characters::Whole(whole) if !self.asked.resource.is_ascii() => {
                let context = self.asked.context;
                whole.matches(self.split(), context)
            }
            Characters::Crowd if !self.asked.resource.is_ascii() => !self.has_looked_at_all(),
            Characters::Same | Characters::Whole(_) | Characters::Crowd => careful.glob.matches(rest),
        }
    }

    /// Whether all patterns have been looked at together, and what they say taken down: which is done now, where it can be.
    /// To take down twice what a rule says is to take it down once.
    #[cold]
    fn has_looked_at_all(&mut self) -> bool {
        let Some(crowd) = self.plan.crowd.as_deref() else { return false };
        if self.crowd.is_none() {
            self.crowd = Some(crowd);
            let asked = self.split.take().unwrap_or_else(|| AskedResource::new(self.asked.resource));
            crowd.each(&asked, self.asked.context, |rules| self.apply_all(rules.of(&self.plan.rules)));
            self.split = Some(asked);
        }
        true
    }

    #[cold]
    fn is_complex(&mut self, place: u32) -> bool {
        let Some(complex) = self.plan.complex.get(place as usize) else { return false };
        let context = self.asked.context;
        complex.matches(self.split(), context)
    }

    fn split(&mut self) -> &AskedResource<'r> {
        self.split.get_or_insert_with(|| AskedResource::new(self.asked.resource))
    }

    /// Takes down what a statement that is about the resource says, if everything else about it matches.
    #[inline]
    fn apply(&mut self, rule: &Rule) {
        let bit = rule.head.bit();
        let denies = rule.head.denies();
        // Each claim that a resource's policy makes counts, so that one which allows does not make others needless.
        let said = match (denies, rule.head.named()) {
            (true, _) => self.says.deny,
            (false, 0) => self.says.allow,
            (false, _) => 0,
        };
        if said & bit != 0 || !self.hold(rule.needs) || !self.holds_more(rule.more) {
            return;
        }
        let Some(claims) = self.claims(rule.head.named()) else { return };
        if denies {
            self.says.deny |= bit;
        } else {
            self.says.allow |= bit;
            self.says.granted = self.says.granted.with(claims);
        }
    }

    /// Whether all these criteria hold.
    #[inline]
    fn hold(&mut self, needs: u64) -> bool {
        if needs & self.known & !self.holding != 0 {
            return false;
        }
        let mut open = needs & !self.known;
        while open != 0 {
            let place = open.trailing_zeros();
            open &= open - 1;
            let holds = self.plan.criteria.get(place as usize).is_some_and(|one| self.holds(one));
            self.known |= 1 << place;
            self.holding |= u64::from(holds) << place;
            if !holds {
                return false;
            }
        }
        true
    }

    #[inline]
    fn holds_more(&mut self, more: u32) -> bool {
        more == 0 || self.holds_all_more(more)
    }

    #[cold]
    fn holds_all_more(&mut self, more: u32) -> bool {
        let plan = self.plan;
        let Some(places) = plan.more.get(more as usize - 1) else { return false };
        places.iter().all(|place| plan.criteria.get(*place as usize).is_some_and(|one| self.holds(one)))
    }

    #[inline]
    fn holds(&mut self, criterion: &'p Criterion) -> bool {
        if let Some(Slot::Unread) = self.slots.get(usize::from(criterion.slot)) {
            self.read(criterion.slot);
        }
        let kept = self.slots.get(usize::from(criterion.slot));
        match kept.and_then(|kept| criterion.quick.holds(kept)) {
            Some(holds) => holds,
            None => self.holds_otherwise(criterion),
        }
    }

    #[inline]
    fn read(&mut self, slot: u8) {
        let place = usize::from(slot);
        if let (Some(kept), Some(key)) = (self.slots.get_mut(place), self.plan.slots.get(place)) {
            *kept = key.read(self.asked.context);
        }
    }

    #[inline(never)]
    fn holds_otherwise(&mut self, criterion: &'p Criterion) -> bool {
        let context = self.asked.context;
        let kept = self.slots.get(usize::from(criterion.slot));
        match (&criterion.whole, kept) {
            (Whole::Outside(resources, member), _) => match self.covered_together(*member) {
                Some(covered) => !covered,
                None => resources.cover(self.split(), context),
            },
            (Whole::Condition(..), Some(Slot::Missing)) => criterion.without,
            (Whole::Condition(test, member), kept) => {
                self.effort += member.weight as usize * kept.map_or(VALUES_BYTES, text_bytes);
                if self.effort > EFFORT_MAX
                    && let Some(verdict) =
                        self.plan.joint.verdict(*member, test, context, self.verdicts.get_or_insert_default())
                {
                    return test.holds_by(verdict, context);
                }
                match self.slots.get(usize::from(criterion.slot)) {
                    Some(kept) => test.holds_for(kept, context),
                    None => test.holds(context),
                }
            }
        }
    }

    /// Whether the patterns of a `NotResource` cover the resource, where that is found out together with all others.
    fn covered_together(&mut self, member: Member) -> Option<bool> {
        self.effort += member.weight as usize * self.asked.resource.len();
        if self.effort <= EFFORT_MAX {
            return None;
        }
        let (joint, asked) = (&self.plan.joint, self.asked);
        let split = self.split.get_or_insert_with(|| AskedResource::new(asked.resource));
        joint.covers(member, split, asked.context, self.verdicts.get_or_insert_default())
    }

    /// The claims by which principals name the requester; `None` where they do not.
    #[inline]
    fn claims(&self, named: u32) -> Option<Claims> {
        let place = (named as usize).checked_sub(1);
        place.map_or(Some(Claims::NONE), |place| self.claims_of(self.plan.named.get(place)?))
    }

    #[inline]
    fn claims_of(&self, named: &Named) -> Option<Claims> {
        if named.kinds.include(self.asked.requester) { self.claims_by(named) } else { None }
    }

    #[inline(never)]
    fn claims_by(&self, named: &Named) -> Option<Claims> {
        let circumstance = Circumstance {
            effect: named.effect,
            everyone: if named.grants { Everyone::AllButFederated } else { Everyone::All },
            exemption: self.asked.choices.not_principal,
            has_boundary: self.asked.has_boundary,
        };
        match named.principals.reach(self.asked.requester, circumstance) {
            Reach::No => None,
            Reach::Unclaimed => Some(Claims::NONE),
            Reach::Claimed(_) if !named.grants => Some(Claims::NONE),
            Reach::Claimed(claims) if named.narrowed => Some(claims.narrowed()),
            Reach::Claimed(claims) => Some(claims),
        }
    }
}

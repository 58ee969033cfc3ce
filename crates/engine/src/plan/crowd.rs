//! The patterns of a plan, to be looked at together where one by one takes long.

use std::ops::ControlFlow;

use doorward_policy::request::Context;

use super::Run;
use crate::resources::AskedResource;
use crate::resources::set::{LateResourceSet, ResourceSetBuilder};

/// Every pattern of a plan that goes on behind its literal beginning with more than a `*`, with its rules.
///
/// Most resources are short, and have little in common with most patterns: to look at the few that are left one by one is
/// quickest. The set is made when a resource comes for which it is not, and from then on serves all such.
#[derive(Debug)]
pub(super) struct Crowd {
    patterns: LateResourceSet,
    /// The rules of each pattern.
    rules: Box<[Run]>,
}

/// How much may be looked at one by one before the others are looked at together: bytes of text, for each pattern.
pub(super) const EFFORT_MAX: usize = 1 << 16;

/// How many times as much a pattern with `?` counts, or one that is matched field by field or has variables, as a power
/// of two.
pub(super) const WILD_SHIFT: u8 = 4;

/// From how many patterns on one way through the tree on there must be a crowd, those counted that count more.
pub(super) const CROWDED: u32 = 32;

impl Crowd {
    pub(super) fn new(patterns: ResourceSetBuilder, rules: Vec<Run>) -> Self {
        Self { patterns: patterns.into(), rules: rules.into() }
    }

    /// Calls `visit` with the rules of each pattern that covers the resource.
    pub(super) fn each(&self, asked: &AskedResource<'_>, context: &Context, mut visit: impl FnMut(Run)) {
        let set = self.patterns.set();
        let flow = set.each(asked, context, |number| {
            self.rules.get(number as usize).copied().into_iter().for_each(&mut visit);
            ControlFlow::Continue(())
        });
        debug_assert!(flow.is_continue());
    }

    /// About how many bytes the crowd takes, with its set.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>() + self.patterns.bytes() + size_of_val(&*self.rules)
    }
}

//! Policies prepared to be asked many times.

use std::sync::{Arc, Weak};

use doorward_policy::explain::{Decision, Grant, Layer};
use doorward_policy::request::{Attachments, Choices, Context, Request, Requester, Resource};

use crate::compile::{CompiledAttached, CompiledGuardrails, CompiledPolicies};
use crate::decide::{Findings, Stand, Subject, conclude, is_implied, needs_session};
use crate::explain::decide_attached;
use crate::organization::{resource_control_binds, service_control_binds};
use crate::plan::{Asked, GROUPS_MAX, Plan, SLOTS, Says, Slots};
use crate::plans::{Filed, Plans, Tags, Traits, tag_names};
use crate::slots::Slot;

/// Every policy that bears on some requests, prepared to decide them: the policies of one requester, or of all
/// requesters that have the same, on one resource, or on all that have the same policy.
///
/// For each action that is asked for, everything that all these policies say about it is put together into one plan,
/// the first time; actions about which they say the same share a plan. Making one of these is cheap, the plans are what
/// costs: keep it for as long as the policies stay what they are, or let a [`Shelf`](crate::Shelf) keep the plans. It is
/// immutable, and any number of threads can use it at once without waiting for each other. Cloning shares everything.
#[derive(Clone, Debug)]
pub struct Policies {
    attached: Arc<CompiledPolicies>,
    choices: Choices,
    groups: Groups,
    plans: Arc<Plans>,
}

/// Which bits of what a plan says belong to which layer. A layer without policies has none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groups {
    layers: Arc<[Layer]>,
    /// Every layer that has a say in the requests of an account's own users and roles, the resource's policy left out; 0
    /// where some layer can never allow.
    all: u64,
    resource_control: u64,
    service_control: u64,
    endpoint: u64,
    identity: u64,
    boundary: u64,
    session: u64,
}

/// A question, but for its action.
#[derive(Clone, Copy)]
struct Whom<'r> {
    requester: &'r Requester,
    resource: &'r Resource,
    context: &'r Context,
}

impl Policies {
    /// Compiles documents and prepares them: see [`Policies::new`]. Whoever has documents in many sets compiles each once,
    /// and makes sets of [`CompiledPolicies`] from them.
    #[must_use]
    pub fn compile(attachments: &Attachments, choices: Choices) -> Self {
        Self::new(CompiledPolicies::new(attachments), choices)
    }

    /// Prepares policies. `choices` says how to read what AWS leaves open.
    #[must_use]
    pub fn new(attached: CompiledPolicies, choices: Choices) -> Self {
        Self::unshelved(attached, choices, None)
    }

    /// Prepares policies for requesters with the same tags as in `context`, a request's or a session's: whatever depends on
    /// `aws:PrincipalTag/…` alone is settled once, when a plan is made. Requests with other tags are decided as well, but
    /// slowly.
    #[must_use]
    pub fn for_tags(attached: CompiledPolicies, choices: Choices, context: &Context) -> Self {
        Self::unshelved(attached, choices, Some(context))
    }

    fn unshelved(attached: CompiledPolicies, choices: Choices, context: Option<&Context>) -> Self {
        let (groups, documents) = (Groups::of(&attached), filed(&attached));
        let tags = context.map(|context| Tags::of(&tag_names(&documents), context));
        let plans = Arc::new(Plans::new(documents, tags, Weak::new()));
        Self::with_plans(Arc::new(attached), choices, groups, plans)
    }

    pub(crate) const fn with_plans(
        attached: Arc<CompiledPolicies>,
        choices: Choices,
        groups: Groups,
        plans: Arc<Plans>,
    ) -> Self {
        Self { attached, choices, groups, plans }
    }

    /// The policies.
    #[must_use]
    pub fn attached(&self) -> &CompiledPolicies {
        &self.attached
    }

    /// How to read what AWS leaves open.
    #[must_use]
    pub const fn choices(&self) -> &Choices {
        &self.choices
    }

    /// About how many bytes the plans made so far take, the documents left out.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.plans.bytes()
    }

    /// Prepares to ask whether the requester may do the action on many resources, with the same context for all: what of the
    /// context the policies ask for is read once.
    #[must_use]
    pub fn asking<'r>(
        &'r self,
        requester: &'r Requester,
        action: &'r str,
        context: &'r Context,
    ) -> Asking<'r> {
        let settled = self.is_settled(context);
        let known = self.plans.with_action(action, |known| {
            let plan = known.plan.as_ref().filter(|_| settled);
            plan.map(|plan| (Arc::clone(plan), known.traits, plan.read(context)))
        });
        Asking { policies: self, requester, action, context, known }
    }

    /// Decides a request.
    #[inline]
    pub(crate) fn decide(&self, request: &Request) -> Decision {
        let Request { requester, action, resource, context } = request;
        let whom = Whom { requester, resource, context };
        let settled = self.is_settled(context);
        self.plans.with_action(action, |known| match &known.plan {
            Some(plan) if settled => self.decide_by(known.traits, plan, whom, &mut [Slot::Unread; SLOTS]),
            Some(_) | None => self.decide_by_reading(action, whom),
        })
    }

    /// Whether plans can decide: there is a bit for each group, those without documents too, and the requester's tags are
    /// those that the plans were made for, if they were made for any.
    #[inline]
    fn is_settled(&self, context: &Context) -> bool {
        self.groups.layers.len() <= GROUPS_MAX && self.plans.tags().is_none_or(|tags| tags.are_in(context))
    }

    /// Decides without a plan, by reading every statement.
    #[cold]
    fn decide_by_reading(&self, action: &str, whom: Whom<'_>) -> Decision {
        let Whom { requester, resource, context } = whom;
        let request = Request {
            requester: requester.clone(),
            action: action.to_owned(),
            resource: resource.clone(),
            context: context.clone(),
        };
        decide_attached(&request, &self.attached, &self.choices)
    }

    #[inline]
    fn decide_by<'r>(&self, traits: Traits, plan: &Plan, whom: Whom<'r>, slots: &mut Slots<'r>) -> Decision {
        let Whom { requester, resource, context } = whom;
        if traits.free.to(requester) {
            return Decision::Allow(Grant::Always);
        }
        let has_boundary = self.groups.boundary != 0;
        let resource = resource.arn.as_str();
        let asked = Asked { requester, resource, context, choices: self.choices, has_boundary };
        let says = plan.says(asked, slots);
        self.conclude(traits, whom, says)
    }

    /// From what the groups say to the decision.
    #[inline]
    fn conclude(&self, traits: Traits, whom: Whom<'_>, says: Says) -> Decision {
        let Whom { requester, resource, .. } = whom;
        let subject = Subject::of(traits.of_sts, &resource.arn);
        let stand = Stand::new(requester, resource.account, subject, &self.choices);
        if says.deny == 0 && self.groups.all != 0 && says.allow & self.groups.all == self.groups.all {
            // Whatever binds allows, whether or not it has to.
            let session = self.groups.session != 0 || !needs_session(requester);
            if session && let Some(decision) = stand.of_member_allowed_by_all(says.granted) {
                return decision;
            }
        }
        self.conclude_by_layer(traits, whom, &stand, says)
    }

    fn conclude_by_layer(&self, traits: Traits, whom: Whom<'_>, stand: &Stand<'_>, says: Says) -> Decision {
        let Whom { requester, resource, .. } = whom;
        let groups = &self.groups;
        let resource_control = self.attached.resource_control.as_ref().filter(|rails| {
            traits.resource_controlled
                && resource_control_binds(requester, resource.account, rails.management_account)
        });
        let service_control = self.attached.service_control.as_ref();
        let service_control =
            service_control.filter(|rails| service_control_binds(requester, rails.management_account));
        // What does not bind neither denies nor fails to allow.
        let loose = |rails: Option<&CompiledGuardrails>, mask| if rails.is_some() { 0 } else { mask };
        let allowed = |rails: Option<&CompiledGuardrails>, mask| {
            rails.is_none_or(|rails| !rails.levels.is_empty() && says.allow & mask == mask)
        };
        let loose =
            loose(resource_control, groups.resource_control) | loose(service_control, groups.service_control);
        let deny = says.deny & !loose;
        if deny != 0 {
            let layer = groups.layers.get(deny.trailing_zeros() as usize).copied();
            // There is a layer for each bit; were there none, a denial would still be one.
            let layer = layer.unwrap_or(Layer::Identity);
            let named = if layer == Layer::Resource { stand.resource_layer() } else { layer };
            return Decision::ExplicitDeny(named);
        }
        let allows = |mask: u64| mask == 0 || says.allow & mask != 0;
        let findings = Findings {
            resource_control: allowed(resource_control, groups.resource_control),
            service_control: allowed(service_control, groups.service_control),
            endpoint: allows(groups.endpoint),
            granted: says.granted,
            identity: is_implied(requester) || says.allow & groups.identity != 0,
            boundary: allows(groups.boundary),
            session: if groups.session == 0 {
                !needs_session(requester)
            } else {
                says.allow & groups.session != 0
            },
        };
        conclude(stand, &findings)
    }
}

/// A requester, an action and a context, to be asked about many resources: see [`Policies::asking`].
#[derive(Debug)]
pub struct Asking<'r> {
    policies: &'r Policies,
    requester: &'r Requester,
    action: &'r str,
    context: &'r Context,
    /// `None` where statements must be read one by one.
    known: Option<(Arc<Plan>, Traits, Slots<'r>)>,
}

impl<'r> Asking<'r> {
    /// Decides for one resource. Allocates as little as [`decide`](crate::decide()).
    ///
    /// Keys that belong to a resource, such as `aws:ResourceTag/…`, must be the same for all resources that are asked about
    /// so; where they differ, ask with a [`Request`] for each.
    #[must_use]
    #[inline]
    pub fn decide(&mut self, resource: &'r Resource) -> Decision {
        let whom = Whom { requester: self.requester, resource, context: self.context };
        match &mut self.known {
            Some((plan, traits, slots)) => self.policies.decide_by(*traits, plan, whom, slots),
            None => self.policies.decide_by_reading(self.action, whom),
        }
    }
}

/// The documents of policies, with the number of the group of each, in the order of checking.
pub(crate) fn filed(attached: &CompiledPolicies) -> Arc<[Filed]> {
    let groups = each_group(attached).enumerate();
    let filed = groups.flat_map(|(group, (layer, policies))| {
        policies.iter().map(move |policy| Filed { group, layer, document: Arc::clone(&policy.document) })
    });
    filed.collect()
}

/// Every group of policies of which any one may allow, in the order of checking.
fn each_group(attached: &CompiledPolicies) -> impl Iterator<Item = (Layer, &[CompiledAttached])> {
    levels(Layer::ResourceControl, attached.resource_control.as_ref())
        .chain(levels(Layer::ServiceControl, attached.service_control.as_ref()))
        .chain(single(Layer::Endpoint, attached.endpoint.as_ref()))
        .chain(single(Layer::Resource, attached.resource.as_ref()))
        .chain(std::iter::once((Layer::Identity, attached.identity.as_slice())))
        .chain(single(Layer::Boundary, attached.boundary.as_ref()))
        .chain(attached.session.iter().map(|session| (Layer::Session, session.as_slice())))
}

fn levels(
    layer: Layer,
    rails: Option<&CompiledGuardrails>,
) -> impl Iterator<Item = (Layer, &[CompiledAttached])> {
    let levels = rails.map_or(&[][..], |rails| &rails.levels);
    levels.iter().map(move |level| (layer, level.policies.as_slice()))
}

fn single(
    layer: Layer,
    policy: Option<&CompiledAttached>,
) -> impl Iterator<Item = (Layer, &[CompiledAttached])> {
    policy.into_iter().map(move |policy| (layer, std::slice::from_ref(policy)))
}

impl Groups {
    pub(crate) fn of(attached: &CompiledPolicies) -> Self {
        let mut groups =
            Self { layers: each_group(attached).map(|(layer, _)| layer).collect(), ..Self::default() };
        let mut rails = [&attached.resource_control, &attached.service_control].into_iter().flatten();
        let barred = rails.any(|rails| rails.levels.is_empty());
        for (group, layer) in (0u32..).zip(groups.layers.iter().copied()) {
            let bit = 1u64.checked_shl(group).unwrap_or(0);
            match layer {
                Layer::ResourceControl => groups.resource_control |= bit,
                Layer::ServiceControl => groups.service_control |= bit,
                Layer::Endpoint => groups.endpoint |= bit,
                Layer::Resource | Layer::Trust => {}
                Layer::Identity => groups.identity |= bit,
                Layer::Boundary => groups.boundary |= bit,
                Layer::Session => groups.session |= bit,
            }
            let must_allow = !barred && layer != Layer::Resource;
            groups.all |= if must_allow { bit } else { 0 };
        }
        groups
    }
}

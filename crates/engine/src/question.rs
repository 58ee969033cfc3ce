//! A request, made ready to be put to many statements.

use doorward_policy::Effect;
use doorward_policy::explain::Layer;
use doorward_policy::request::{Choices, Request};

use crate::actions::AskedAction;
use crate::compile::{CompiledAttached, CompiledGuardrails, CompiledPolicies, CompiledStatement};
use crate::decide::{Stand, Subject};
use crate::organization::{is_resource_controlled, resource_control_binds, service_control_binds};
use crate::plans::Free;
use crate::principals::{Circumstance, Everyone, Reach};
use crate::resources::AskedResource;

/// A request under its policies: what of it every statement needs, worked out once.
pub(crate) struct Question<'a> {
    pub(crate) request: &'a Request,
    pub(crate) policies: &'a CompiledPolicies,
    pub(crate) choices: &'a Choices,
    pub(crate) action: AskedAction,
    pub(crate) resource: AskedResource<'a>,
    /// How the requester stands to the resource.
    pub(crate) stand: Stand<'a>,
}

/// The policies that one check looks at: a layer's; one node's, in an organization.
pub(crate) struct Group<'a> {
    pub(crate) layer: Layer,
    /// The node of the organization, for its policies.
    pub(crate) node: Option<&'a str>,
    pub(crate) policies: &'a [CompiledAttached],
}

impl<'a> Question<'a> {
    pub(crate) fn new(request: &'a Request, policies: &'a CompiledPolicies, choices: &'a Choices) -> Self {
        let action = AskedAction::new(&request.action);
        let resource = AskedResource::new(&request.resource.arn);
        let subject = Subject::of(action.service() == "sts", &request.resource.arn);
        let stand = Stand::new(&request.requester, request.resource.account, subject, choices);
        Self { request, policies, choices, action, resource, stand }
    }

    /// Whether the action needs no permission, so that nothing can deny it.
    pub(crate) fn is_always_allowed(&self) -> bool {
        Free::of(self.action.as_str()).to(&self.request.requester)
    }

    /// The policies that apply, in the order of checking.
    pub(crate) fn groups(&self) -> impl Iterator<Item = Group<'a>> {
        let policies = self.policies;
        let group = |layer, policies| Group { layer, node: None, policies };
        let single = move |layer, policy: &'a Option<CompiledAttached>| {
            policy.iter().map(move |policy| group(layer, std::slice::from_ref(policy)))
        };
        let nodes = |layer, rails: Option<&'a CompiledGuardrails>| {
            let levels = rails.map_or(&[][..], |rails| &rails.levels);
            levels.iter().map(move |level| Group {
                layer,
                node: Some(&level.target),
                policies: &level.policies,
            })
        };
        nodes(Layer::ResourceControl, self.resource_control())
            .chain(nodes(Layer::ServiceControl, self.service_control()))
            .chain(single(Layer::Endpoint, &policies.endpoint))
            .chain(single(self.stand.resource_layer(), &policies.resource))
            .chain(std::iter::once(group(Layer::Identity, &policies.identity)))
            .chain(single(Layer::Boundary, &policies.boundary))
            .chain(policies.session.iter().map(move |session| group(Layer::Session, session)))
    }

    /// The resource control policies, if there are any that bind this request.
    pub(crate) fn resource_control(&self) -> Option<&'a CompiledGuardrails> {
        let rails = self.policies.resource_control.as_ref()?;
        let binds = is_resource_controlled(self.action.as_str())
            && resource_control_binds(
                &self.request.requester,
                self.request.resource.account,
                rails.management_account,
            );
        binds.then_some(rails)
    }

    /// The service control policies, if there are any that bind this request.
    pub(crate) fn service_control(&self) -> Option<&'a CompiledGuardrails> {
        let rails = self.policies.service_control.as_ref()?;
        service_control_binds(&self.request.requester, rails.management_account).then_some(rails)
    }

    /// Whether the statement, in a policy of the layer, reaches the requester, and by which claims.
    pub(crate) fn reach(&self, statement: &CompiledStatement, layer: Layer) -> Reach {
        let grants = matches!(layer, Layer::Resource | Layer::Trust) && statement.effect == Effect::Allow;
        let everyone = if grants { Everyone::AllButFederated } else { Everyone::All };
        let circumstance = Circumstance {
            effect: statement.effect,
            everyone,
            exemption: self.choices.not_principal,
            has_boundary: self.policies.boundary.is_some(),
        };
        match statement.principals.reach(&self.request.requester, circumstance) {
            Reach::Claimed(claims) if statement.narrowed => Reach::Claimed(claims.narrowed()),
            other @ (Reach::No | Reach::Unclaimed | Reach::Claimed(_)) => other,
        }
    }

    pub(crate) fn is_about_resource(&self, statement: &CompiledStatement) -> bool {
        match &statement.resources {
            Some(resources) => resources.cover(&self.resource, &self.request.context),
            None => true,
        }
    }
}

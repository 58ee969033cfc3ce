//! A request, made ready to be put to many statements.

use doorward_policy::Effect;
use doorward_policy::explain::Layer;
use doorward_policy::request::{Choices, Request, Requester};

use crate::actions::AskedAction;
use crate::compile::{ActionKeys, CompiledAttached, CompiledGuardrails, CompiledPolicies, CompiledStatement};
use crate::organization::{resource_control_binds, service_control_binds};
use crate::principals::{Circumstance, Claims, Everyone, Reach};
use crate::resources::AskedResource;

/// A request under its policies: what of it every statement needs, worked out once.
pub(crate) struct Question<'a> {
    pub(crate) request: &'a Request,
    pub(crate) policies: &'a CompiledPolicies,
    pub(crate) choices: &'a Choices,
    pub(crate) action: AskedAction,
    keys: ActionKeys,
    pub(crate) resource: AskedResource<'a>,
    /// What kind of resource it is, where that changes the rules.
    pub(crate) subject: Subject,
}

/// The kinds of resource for which the rules differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Subject {
    /// A role that someone asks to become: its trust policy must name them.
    Role,
    /// A KMS key: its policy must name them, or their account.
    Key,
    /// Everything else: in one account, either side's policy suffices.
    Other,
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
        let subject = Subject::of(action.service(), &resource);
        let keys = ActionKeys::new(action.as_str());
        Self { request, policies, choices, action, keys, resource, subject }
    }

    /// Whether the action needs no permission, so that nothing can deny it.
    ///
    /// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html>
    pub(crate) fn is_always_allowed(&self) -> bool {
        let requester = &self.request.requester;
        match self.action.as_str() {
            "sts:getcalleridentity" => {
                !matches!(requester, Requester::Anonymous | Requester::Federated { .. })
            }
            "sts:getsessiontoken" => matches!(requester, Requester::User { .. } | Requester::Root { .. }),
            _ => false,
        }
    }

    /// What the layer of the resource's own policy is called.
    pub(crate) const fn resource_layer(&self) -> Layer {
        match self.subject {
            Subject::Role => Layer::Trust,
            Subject::Key | Subject::Other => Layer::Resource,
        }
    }

    /// Whether the resource's policy must name the requester or its account, even in one account.
    ///
    /// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html>
    /// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
    pub(crate) const fn must_be_named(&self) -> bool {
        match self.subject {
            Subject::Role | Subject::Key => true,
            Subject::Other => false,
        }
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
            .chain(single(self.resource_layer(), &policies.resource))
            .chain(std::iter::once(group(Layer::Identity, &policies.identity)))
            .chain(single(Layer::Boundary, &policies.boundary))
            .chain(policies.session.iter().map(move |session| group(Layer::Session, session)))
    }

    /// The resource control policies, if there are any that bind this request.
    pub(crate) fn resource_control(&self) -> Option<&'a CompiledGuardrails> {
        let rails = self.policies.resource_control.as_ref()?;
        resource_control_binds(self.request, self.action.as_str(), rails.management_account).then_some(rails)
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

    pub(crate) fn is_about_action(&self, statement: &CompiledStatement) -> bool {
        statement.actions.include(self.action.as_str(), &self.request.context)
    }

    pub(crate) fn is_about_resource(&self, statement: &CompiledStatement) -> bool {
        match &statement.resources {
            Some(resources) => resources.cover(&self.resource, &self.request.context),
            None => true,
        }
    }

    /// The claims by which the statement, of a policy of the layer, matches; `None` where it does not match.
    fn matches(&self, statement: &CompiledStatement, layer: Layer) -> Option<Claims> {
        let context = &self.request.context;
        if !self.is_about_action(statement) || !self.is_about_resource(statement) {
            return None;
        }
        let claims = match self.reach(statement, layer) {
            Reach::No => return None,
            Reach::Unclaimed => Claims::NONE,
            Reach::Claimed(claims) => claims,
        };
        statement.tests.iter().all(|test| test.holds(context)).then_some(claims)
    }

    /// The claims of the matching statements with the given effect.
    fn matching(
        &self,
        policies: &'a [CompiledAttached],
        layer: Layer,
        effect: Effect,
    ) -> impl Iterator<Item = Claims> {
        let about = move |policy: &'a CompiledAttached| policy.document.statements_about(self.keys, effect);
        policies.iter().flat_map(about).filter_map(move |statement| self.matches(statement, layer))
    }

    /// Whether any of the policies denies.
    pub(crate) fn denied(&self, group: &Group<'a>) -> bool {
        self.matching(group.policies, group.layer, Effect::Deny).next().is_some()
    }

    /// Whether any of the policies allows.
    pub(crate) fn allowed(&self, policies: &'a [CompiledAttached], layer: Layer) -> bool {
        self.matching(policies, layer, Effect::Allow).next().is_some()
    }

    /// Whether each level allows. Where there is no level, nothing does.
    pub(crate) fn allowed_by_rails(&self, rails: &'a CompiledGuardrails, layer: Layer) -> bool {
        !rails.levels.is_empty() && rails.levels.iter().all(|level| self.allowed(&level.policies, layer))
    }

    /// All claims on the requester that the resource's policy makes where it allows.
    pub(crate) fn granted(&self) -> Claims {
        self.matching(self.policies.resource.as_slice(), self.resource_layer(), Effect::Allow)
            .fold(Claims::NONE, Claims::with)
    }
}

impl Subject {
    fn of(service_asked: &str, resource: &AskedResource<'_>) -> Self {
        match resource.service_and_rest() {
            Some(("iam", rest)) if service_asked == "sts" && rest.starts_with("role/") => Self::Role,
            Some(("kms", rest)) if rest.starts_with("key/") => Self::Key,
            Some(_) | None => Self::Other,
        }
    }
}

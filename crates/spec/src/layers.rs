//! Which layers apply to a request, and which of their statements match.

use doorward_policy::explain::{CheckEffect, Layer};
use doorward_policy::request::{Attached, Guardrails, Requester};
use doorward_policy::{Arn, Effect};

use crate::statement::{Everyone, Matched, Surroundings, matching};

/// One layer's part in a judgement; one node's, for the policies of an organization.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LayerCheck {
    /// Which layer.
    pub layer: Layer,
    /// The organization's node, for the policies of an organization; otherwise empty.
    pub target: String,
    /// What comes of it.
    pub effect: CheckEffect,
    /// The statements that match, in the order of the policies.
    pub matched: Vec<Matched>,
}

/// Whether any of these statements has the effect.
pub(crate) fn any(matched: &[Matched], effect: Effect) -> bool {
    matched.iter().any(|statement| statement.effect == effect)
}

/// A layer that must allow whatever else does: nodes of an organization, and the endpoint.
pub(crate) fn gate(layer: Layer, target: &str, matched: Vec<Matched>) -> LayerCheck {
    let effect = if any(&matched, Effect::Deny) {
        CheckEffect::ExplicitDeny
    } else if any(&matched, Effect::Allow) {
        CheckEffect::Allow
    } else {
        CheckEffect::ImplicitDeny
    };
    LayerCheck { layer, target: target.to_owned(), effect, matched }
}

/// The checks of the resource control policies, from the root to the account; `None` where they do not apply.
///
/// They bind the resources of an organization's member accounts, whoever asks: a service, the root user, nobody at all.
/// They do not bind the management account's resources, nor requests of service-linked roles, nor services that do not
/// support them, nor `kms:RetireGrant`. (AWS attaches a policy that allows everything to every node for good, so there
/// they only ever deny; but a node without it would allow nothing, as with service control policies.)
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
pub(crate) fn resource_control(around: &Surroundings<'_>) -> Option<Vec<LayerCheck>> {
    let guardrails = around.policies.resource_control.as_ref()?;
    let request = around.request;
    let action = request.action.to_lowercase();
    let applies = request.resource.account != Some(guardrails.management_account)
        && !request.requester.is_service_linked()
        && RCP_SERVICES.contains(&prefix(&action))
        && action != "kms:retiregrant";
    applies.then(|| levels(Layer::ResourceControl, guardrails, around))
}

/// The checks of the service control policies, from the root to the account; `None` where they do not apply.
///
/// They bind the users, the roles and the root user of an organization's member accounts. They do not bind those of
/// the management account, nor service-linked roles, nor services, nor who belongs to no account.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>
pub(crate) fn service_control(around: &Surroundings<'_>) -> Option<Vec<LayerCheck>> {
    let guardrails = around.policies.service_control.as_ref()?;
    let requester = &around.request.requester;
    let applies = match requester {
        Requester::Anonymous | Requester::Service { .. } | Requester::Federated { .. } => false,
        Requester::Root { account }
        | Requester::User { account, .. }
        | Requester::RoleSession { account, .. }
        | Requester::FederatedUser { account, .. } => {
            *account != guardrails.management_account && !requester.is_service_linked()
        }
    };
    applies.then(|| levels(Layer::ServiceControl, guardrails, around))
}

/// One check for each node on the path: every one of them must allow, by any of its policies.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html>
fn levels(layer: Layer, guardrails: &Guardrails, around: &Surroundings<'_>) -> Vec<LayerCheck> {
    guardrails
        .levels
        .iter()
        .map(|level| gate(layer, &level.target, matching(&level.policies, Everyone::All, around)))
        .collect()
}

/// The check of the VPC endpoint's policy; `None` where the request came through none.
///
/// Source: <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>
pub(crate) fn endpoint(around: &Surroundings<'_>) -> Option<LayerCheck> {
    let policy = around.policies.endpoint.as_ref()?;
    Some(gate(Layer::Endpoint, "", matching([policy], Everyone::All, around)))
}

/// The matching statements of a list of policies that grant to whoever they are attached to.
pub(crate) fn of_requester(policies: &[Attached], around: &Surroundings<'_>) -> Vec<Matched> {
    matching(policies, Everyone::All, around)
}

/// The matching statements of the resource's own policy.
pub(crate) fn of_resource(around: &Surroundings<'_>) -> Vec<Matched> {
    matching(&around.policies.resource, Everyone::Principals, around)
}

/// The service's prefix of an action.
fn prefix(action: &str) -> &str {
    action.split_once(':').map_or(action, |(prefix, _)| prefix)
}

/// What kind of resource policy a request meets, and whether that policy must name the requester for anything else to
/// count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ResourceSide {
    /// A role, about to be assumed: its trust policy must allow.
    Role,
    /// A KMS key: its key policy must allow.
    Key,
    /// Anything else: either side may allow within one account.
    Other,
}

impl ResourceSide {
    /// Of the request at hand.
    ///
    /// Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html>,
    /// <https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html>
    pub(crate) fn of(action: &str, resource: &str) -> Self {
        let Ok(arn) = resource.parse::<Arn>() else { return Self::Other };
        let assumes = prefix(&action.to_lowercase()) == "sts";
        if assumes && arn.service() == "iam" && arn.resource().starts_with("role/") {
            Self::Role
        } else if arn.service() == "kms" && arn.resource().starts_with("key/") {
            Self::Key
        } else {
            Self::Other
        }
    }

    /// The layer by whose name a denial goes.
    pub(crate) fn layer(self) -> Layer {
        match self {
            Self::Role => Layer::Trust,
            Self::Key | Self::Other => Layer::Resource,
        }
    }

    /// Whether nothing is allowed that the resource's policy does not speak of.
    pub(crate) fn must_allow(self) -> bool {
        match self {
            Self::Role | Self::Key => true,
            Self::Other => false,
        }
    }
}

/// The services that support resource control policies, as of August 2026.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services>
const RCP_SERVICES: &[&str] = &[
    "aoss",
    "appconfig",
    "appstream",
    "autoscaling",
    "cloudfront",
    "cloudsearch",
    "codebuild",
    "codecommit",
    "codepipeline",
    "cognito-identity",
    "cognito-idp",
    "comprehend",
    "comprehendmedical",
    "cost-optimization-hub",
    "dax",
    "dynamodb",
    "ecr",
    "events",
    "firehose",
    "fis",
    "health",
    "inspector-scan",
    "kendra",
    "kinesisvideo",
    "kms",
    "logs",
    "memorydb",
    "networkmonitor",
    "opensearch",
    "pca-connector-ad",
    "polly",
    "pricing",
    "s3",
    "secretsmanager",
    "signin",
    "sqs",
    "sts",
    "support",
    "textract",
    "timestream-influxdb",
    "transcribe",
    "transfer",
    "translate",
    "wafv2",
];

//! Whom and what the policies of an organization bind.

use doorward_policy::AccountId;
use doorward_policy::request::Requester;

use crate::actions::service;

/// The services whose actions resource control policies bind, by prefix, sorted.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>, read in August 2026
const RESOURCE_CONTROL_SERVICES: [&str; 44] = [
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

/// The one action of those services that resource control policies do not bind, in lower case.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
const NOT_RESOURCE_CONTROLLED: &str = "kms:retiregrant";

/// Whether resource control policies can bind requests for the action, given in lower case.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
pub(crate) fn is_resource_controlled(action: &str) -> bool {
    action != NOT_RESOURCE_CONTROLLED && RESOURCE_CONTROL_SERVICES.binary_search(&service(action)).is_ok()
}

/// Whether resource control policies with this management account bind the request, if they can bind its action.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
pub(crate) fn resource_control_binds(
    requester: &Requester,
    owner: Option<AccountId>,
    management: AccountId,
) -> bool {
    owner != Some(management) && !requester.is_service_linked()
}

/// Whether service control policies with this management account bind the requester: users, roles and root users of
/// other accounts; no service, no service-linked role, nobody without an account.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>
pub(crate) fn service_control_binds(requester: &Requester, management: AccountId) -> bool {
    let exempt = requester.is_service_linked() || matches!(requester, Requester::Service { .. });
    !exempt && requester.account().is_some_and(|account| account != management)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_sorted() {
        assert!(RESOURCE_CONTROL_SERVICES.is_sorted());
    }
}

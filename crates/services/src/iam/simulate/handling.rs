//! `ResourceHandlingOption`: the resources that a simulation of EC2's must name.

use doorward_policy::Arn;
use doorward_wire::ApiError;

use super::invalid;
use crate::call::Call;

/// What every scenario must name.
const ALWAYS: [&str; 4] = ["instance", "image", "security-group", "network-interface"];

/// The scenarios, with what each must name beside that.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>
const SCENARIOS: [(&str, &[&str]); 4] = [
    ("EC2-VPC-InstanceStore", &[]),
    ("EC2-VPC-InstanceStore-Subnet", &["subnet"]),
    ("EC2-VPC-EBS", &["volume"]),
    ("EC2-VPC-EBS-Subnet", &["subnet", "volume"]),
];

/// Checks that the resources are those of the scenario, where one is named.
///
/// # Errors
/// `InvalidInput` for a scenario that there is not, and for a resource that is missing.
pub(super) fn check(call: &Call<'_>, option: Option<&str>, resources: &[String]) -> Result<(), ApiError> {
    let Some(option) = option else { return Ok(()) };
    let Some((_, more)) = SCENARIOS.iter().find(|(name, _)| *name == option) else {
        return Err(invalid(call, format!("ResourceHandlingOption: {option} is not a valid option.")));
    };
    let arns: Vec<Arn> = resources.iter().filter_map(|resource| resource.parse().ok()).collect();
    let is_there = |kind: &&str| {
        arns.iter().any(|arn| {
            let rest = arn.resource().strip_prefix(*kind);
            arn.service() == "ec2" && rest.is_some_and(|rest| rest.starts_with('/'))
        })
    };
    match ALWAYS.iter().chain(*more).find(|kind| !is_there(kind)) {
        None => Ok(()),
        Some(kind) => {
            let message = format!("ResourceHandlingOption: {option} requires a resource of type {kind}.");
            Err(invalid(call, message))
        }
    }
}

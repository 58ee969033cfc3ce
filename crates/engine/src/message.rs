//! The text with which a request is refused.

use doorward_policy::Effect;
use doorward_policy::explain::{Decision, Explanation, Layer};
use doorward_policy::request::Request;

use crate::explain::name;

/// The text with which AWS refuses a request: who may not do what on what, and the one reason that is named. `None`
/// where the decision allows.
///
/// `policy` is the ARN of the policy that denies, which AWS appends where the requester may know it: see
/// [`denying_policy`]. It is left out of denials that no statement makes. The resource is left out where the request
/// names none (`*`).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>
#[must_use]
pub fn denial(request: &Request, decision: Decision, policy: Option<&str>) -> Option<String> {
    let resource = match request.resource.arn.as_str() {
        "*" => None,
        arn => Some(arn),
    };
    denial_on(request, decision, policy, resource)
}

/// The same text for a service that has words of its own for its resources: `resource` is what it calls this one, `None`
/// to leave it out.
///
/// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.create-cluster.html>, where IAM calls a
/// role `role NAME`
#[must_use]
pub fn denial_on(
    request: &Request,
    decision: Decision,
    policy: Option<&str>,
    resource: Option<&str>,
) -> Option<String> {
    let reason = reason(decision, &request.action)?;
    let resource = resource.map(|name| format!(" on resource: {name}")).unwrap_or_default();
    let policy = match (decision, policy) {
        (Decision::ExplicitDeny(_), Some(arn)) => format!(": {arn}"),
        (Decision::ExplicitDeny(_) | Decision::ImplicitDeny(_) | Decision::Allow(_), _) => String::new(),
    };
    let Request { requester, action, .. } = request;
    Some(format!(
        "User: {} is not authorized to perform: {action}{resource}{reason}{policy}",
        name(requester)
    ))
}

/// The reason for a denial as AWS words it, with a space before it; `None` where the decision allows.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>
#[must_use]
pub fn reason(decision: Decision, action: &str) -> Option<String> {
    match decision {
        Decision::Allow(_) => None,
        Decision::ImplicitDeny(layer) => {
            Some(format!(" because no {} allows the {action} action", kind(layer)))
        }
        Decision::ExplicitDeny(layer) => {
            let article = match layer {
                Layer::Identity => "an",
                Layer::Trust => "the",
                Layer::ResourceControl
                | Layer::ServiceControl
                | Layer::Endpoint
                | Layer::Resource
                | Layer::Boundary
                | Layer::Session => "a",
            };
            Some(format!(" with an explicit deny in {article} {}", kind(layer)))
        }
    }
}

/// What AWS calls the policies of a layer in its texts.
const fn kind(layer: Layer) -> &'static str {
    match layer {
        Layer::ResourceControl => "resource control policy",
        Layer::ServiceControl => "service control policy",
        Layer::Endpoint => "VPC endpoint policy",
        Layer::Resource => "resource-based policy",
        Layer::Trust => "role trust policy",
        Layer::Identity => "identity-based policy",
        Layer::Boundary => "permissions boundary",
        Layer::Session => "session policy",
    }
}

/// The ARN that AWS appends to the text of an explicit denial, to requesters of the same account or organization: that
/// of the first managed policy that denies, in the layer that is named. `None` where the denial is not explicit, comes
/// of a policy without an ARN, or of the resource's or the endpoint's policy.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>
#[must_use]
pub fn denying_policy(explanation: &Explanation) -> Option<&str> {
    let layer = match explanation.decision {
        Decision::ExplicitDeny(layer) => layer,
        Decision::Allow(_) | Decision::ImplicitDeny(_) => return None,
    };
    match layer {
        Layer::Endpoint | Layer::Resource | Layer::Trust => return None,
        Layer::ResourceControl
        | Layer::ServiceControl
        | Layer::Identity
        | Layer::Boundary
        | Layer::Session => {}
    }
    let checks = explanation.checks.iter().filter(|check| check.layer == layer);
    let denying =
        checks.flat_map(|check| &check.matched).find(|matched| matched.place.effect == Effect::Deny)?;
    denying.place.policy.arn.as_deref()
}

#[cfg(test)]
mod tests {
    use super::*;
    use doorward_policy::AccountId;
    use doorward_policy::explain::Grant;
    use doorward_policy::request::{Context, Requester, Resource};

    fn check(requester: Requester, arn: &str, decision: Decision, policy: Option<&str>, text: Option<&str>) {
        let resource = Resource { arn: arn.to_owned(), account: None };
        let request =
            Request { requester, action: "s3:GetObject".to_owned(), resource, context: Context::default() };
        assert_eq!(denial(&request, decision, policy).as_deref(), text);
    }

    #[test]
    fn texts() {
        let account = AccountId::new(111_122_223_333).unwrap();
        let root = || Requester::Root { account };
        let bucket = "arn:aws:s3:::b";
        check(root(), bucket, Decision::Allow(Grant::Root), None, None);
        check(
            root(),
            bucket,
            Decision::ImplicitDeny(Layer::ServiceControl),
            Some("arn:unused"),
            Some(
                "User: arn:aws:iam::111122223333:root is not authorized to perform: s3:GetObject on resource: \
                 arn:aws:s3:::b because no service control policy allows the s3:GetObject action",
            ),
        );
        check(
            Requester::Anonymous,
            "*",
            Decision::ExplicitDeny(Layer::Identity),
            Some("arn:aws:iam::111122223333:policy/P"),
            Some(
                "User: anonymous is not authorized to perform: s3:GetObject with an explicit deny in an \
                 identity-based policy: arn:aws:iam::111122223333:policy/P",
            ),
        );
    }

    #[test]
    fn services_may_name_the_resource() {
        let requester = Requester::Root { account: AccountId::new(111_122_223_333).unwrap() };
        let resource = Resource { arn: "*".to_owned(), account: None };
        let action = "iam:ListRoles".to_owned();
        let request = Request { requester, action, resource, context: Context::default() };
        for (name, shown) in
            [(None, ""), (Some("*"), " on resource: *"), (Some("role r"), " on resource: role r")]
        {
            let text = denial_on(&request, Decision::ImplicitDeny(Layer::Boundary), None, name).unwrap();
            let expected = format!(
                "User: arn:aws:iam::111122223333:root is not authorized to perform: iam:ListRoles{shown} because no \
                 permissions boundary allows the iam:ListRoles action"
            );
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn one_reason_for_each_layer() {
        for (layer, implicit, explicit) in [
            (Layer::ResourceControl, "resource control policy", "a resource control policy"),
            (Layer::ServiceControl, "service control policy", "a service control policy"),
            (Layer::Endpoint, "VPC endpoint policy", "a VPC endpoint policy"),
            (Layer::Resource, "resource-based policy", "a resource-based policy"),
            (Layer::Trust, "role trust policy", "the role trust policy"),
            (Layer::Identity, "identity-based policy", "an identity-based policy"),
            (Layer::Boundary, "permissions boundary", "a permissions boundary"),
            (Layer::Session, "session policy", "a session policy"),
        ] {
            let actual = reason(Decision::ImplicitDeny(layer), "a:B").unwrap();
            assert_eq!(actual, format!(" because no {implicit} allows the a:B action"));
            let actual = reason(Decision::ExplicitDeny(layer), "a:B").unwrap();
            assert_eq!(actual, format!(" with an explicit deny in {explicit}"));
        }
    }
}

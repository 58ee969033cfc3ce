//! The text with which a request is refused.

use doorward_policy::Effect;
use doorward_policy::explain::{Decision, Explanation, Layer};
use doorward_policy::request::Request;

use crate::explain::name;

/// The text with which AWS refuses a request that was explained so: who may not do what on what, and the one reason that
/// is named. `None` where it is allowed. This is what [`Explanation::message`] holds.
///
/// The resource is left out where the request names none (`*`). The ARN of the policy that denies is appended where the
/// requester may know it: see [`denying_policy`].
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>
#[must_use]
pub fn denial(request: &Request, explanation: &Explanation) -> Option<String> {
    let resource = match request.resource.arn.as_str() {
        "*" => None,
        arn => Some(arn),
    };
    denial_on(request, explanation, resource)
}

/// The same text for a service that has words of its own for its resources: `resource` is what it calls this one, `None`
/// to leave it out.
///
/// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.create-cluster.html>, where IAM calls a
/// role `role NAME`
#[must_use]
pub fn denial_on(request: &Request, explanation: &Explanation, resource: Option<&str>) -> Option<String> {
    let reason = reason(explanation.decision, &request.action)?;
    let resource = resource.map(|name| format!(" on resource: {name}")).unwrap_or_default();
    let policy = denying_policy(request, explanation).map(|arn| format!(": {arn}")).unwrap_or_default();
    let Request { requester, action, .. } = request;
    let who = name(requester);
    Some(format!("User: {who} is not authorized to perform: {action}{resource}{reason}{policy}"))
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
/// Whether requester and resource are of one organization is not known here: the ARN of a resource control policy is given
/// to requesters of the resource's own account alone.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>
#[must_use]
pub fn denying_policy<'a>(request: &Request, explanation: &'a Explanation) -> Option<&'a str> {
    let layer = match explanation.decision {
        Decision::ExplicitDeny(layer) => layer,
        Decision::Allow(_) | Decision::ImplicitDeny(_) => return None,
    };
    match layer {
        Layer::Endpoint | Layer::Resource | Layer::Trust => return None,
        Layer::ResourceControl => {
            let own = request.requester.account()?;
            (request.resource.account == Some(own)).then_some(())?;
        }
        Layer::ServiceControl | Layer::Identity | Layer::Boundary | Layer::Session => {}
    }
    let checks = explanation.checks.iter().filter(|check| check.layer == layer);
    let denying =
        checks.flat_map(|check| &check.matched).find(|matched| matched.place.effect == Effect::Deny)?;
    denying.place.policy.arn.as_deref()
}

#[cfg(test)]
mod tests {
    use super::*;
    use doorward_policy::explain::{Check, CheckEffect, Grant, Remedy, StatementMatch, StatementPlace};
    use doorward_policy::request::{Context, Requester, Resource, Source};
    use doorward_policy::{AccountId, Position, Span};

    const POLICY: &str = "arn:aws:iam::111122223333:policy/P";

    fn account() -> AccountId {
        AccountId::new(111_122_223_333).unwrap()
    }

    fn request(requester: Requester, arn: &str, account: Option<AccountId>) -> Request {
        let resource = Resource { arn: arn.to_owned(), account };
        Request { requester, action: "s3:GetObject".to_owned(), resource, context: Context::default() }
    }

    /// An explanation of this decision, in which every layer has a managed policy that denies.
    fn explanation(decision: Decision) -> Explanation {
        let check = |layer| {
            let policy = Source { name: "P".into(), arn: Some(POLICY.into()), attached_to: "x".into() };
            let position = Position { line: 1, column: 1 };
            let place = StatementPlace {
                policy,
                sid: None,
                index: 0,
                effect: Effect::Deny,
                span: Span::default(),
                position,
            };
            let matched = vec![StatementMatch { place, claim: None, conditions: Vec::new() }];
            Check {
                layer,
                target: String::new(),
                effect: CheckEffect::ExplicitDeny,
                matched,
                missed: Vec::new(),
            }
        };
        Explanation {
            decision,
            message: None,
            principal: String::new(),
            action: "s3:GetObject".into(),
            resource: String::new(),
            context: Context::default(),
            checks: LAYERS.map(|(layer, _, _)| check(layer)).into(),
            remedy: Remedy::default(),
        }
    }

    const LAYERS: [(Layer, &str, &str); 8] = [
        (Layer::ResourceControl, "resource control policy", "a resource control policy"),
        (Layer::ServiceControl, "service control policy", "a service control policy"),
        (Layer::Endpoint, "VPC endpoint policy", "a VPC endpoint policy"),
        (Layer::Resource, "resource-based policy", "a resource-based policy"),
        (Layer::Trust, "role trust policy", "the role trust policy"),
        (Layer::Identity, "identity-based policy", "an identity-based policy"),
        (Layer::Boundary, "permissions boundary", "a permissions boundary"),
        (Layer::Session, "session policy", "a session policy"),
    ];

    fn check(requester: Requester, arn: &str, decision: Decision, text: Option<&str>) {
        let request = request(requester, arn, None);
        assert_eq!(denial(&request, &explanation(decision)).as_deref(), text);
    }

    #[test]
    fn texts() {
        let root = || Requester::Root { account: account() };
        let bucket = "arn:aws:s3:::b";
        check(root(), bucket, Decision::Allow(Grant::Root), None);
        check(
            root(),
            bucket,
            Decision::ImplicitDeny(Layer::ServiceControl),
            Some(
                "User: arn:aws:iam::111122223333:root is not authorized to perform: s3:GetObject on resource: \
                 arn:aws:s3:::b because no service control policy allows the s3:GetObject action",
            ),
        );
        check(
            Requester::Anonymous,
            "*",
            Decision::ExplicitDeny(Layer::Identity),
            Some(
                "User: anonymous is not authorized to perform: s3:GetObject with an explicit deny in an \
                 identity-based policy: arn:aws:iam::111122223333:policy/P",
            ),
        );
    }

    #[test]
    fn services_may_name_the_resource() {
        let request = request(Requester::Root { account: account() }, "*", None);
        for (name, shown) in
            [(None, ""), (Some("*"), " on resource: *"), (Some("role r"), " on resource: role r")]
        {
            let decision = Decision::ImplicitDeny(Layer::Boundary);
            let text = denial_on(&request, &explanation(decision), name).unwrap();
            let expected = format!(
                "User: arn:aws:iam::111122223333:root is not authorized to perform: s3:GetObject{shown} because no \
                 permissions boundary allows the s3:GetObject action"
            );
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn the_policy_is_named_to_those_who_may_know_it() {
        let request = |account| request(Requester::Root { account: self::account() }, "*", account);
        let (own, other) = (request(Some(account())), request(AccountId::new(1)));
        for (layer, _, _) in LAYERS {
            let explanation = explanation(Decision::ExplicitDeny(layer));
            let (to_own, to_other) = match layer {
                Layer::ResourceControl => (Some(POLICY), None),
                Layer::Endpoint | Layer::Resource | Layer::Trust => (None, None),
                Layer::ServiceControl | Layer::Identity | Layer::Boundary | Layer::Session => {
                    (Some(POLICY), Some(POLICY))
                }
            };
            assert_eq!(denying_policy(&own, &explanation), to_own, "{layer:?}");
            assert_eq!(denying_policy(&other, &explanation), to_other, "{layer:?}");
            let implicit = self::explanation(Decision::ImplicitDeny(layer));
            assert_eq!(denying_policy(&own, &implicit), None, "{layer:?}");
        }
    }

    #[test]
    fn one_reason_for_each_layer() {
        for (layer, implicit, explicit) in LAYERS {
            let actual = reason(Decision::ImplicitDeny(layer), "a:B").unwrap();
            assert_eq!(actual, format!(" because no {implicit} allows the a:B action"));
            let actual = reason(Decision::ExplicitDeny(layer), "a:B").unwrap();
            assert_eq!(actual, format!(" with an explicit deny in {explicit}"));
        }
    }
}

//! Policies of resources, in one account and across two, for users and for roles.

use crate::door::{ALLOW_ALL, allows, denies, trusts};
use crate::{check, root, simulate};

const ANA: &str = "arn:aws:iam::111111111111:user/ana";
const WEB: &str = "arn:aws:iam::111111111111:role/app/Web";
const HERE: &str = "arn:aws:sqs:eu-west-1:111111111111:q";
const THERE: &str = "arn:aws:sqs:eu-west-1:222222222222:q";

fn queue(effect: &str, principal: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"{effect}","Principal":{{"AWS":"{principal}"}},"Action":"sqs:*","Resource":"*"}}}}"#
    )
}

#[test]
fn both_sides() {
    let (door, root) = root();
    let (allow, nothing, deny) = (allows("sqs:*", "*"), allows("s3:*", "*"), denies("sqs:*", "*"));
    let account = "arn:aws:iam::111111111111:root";
    let details = |identity: &str, resource: &str| {
        format!(
            "<entry><key>IAM Policy</key><value>{identity}</value></entry><entry><key>Resource Policy</key>\
             <value>{resource}</value></entry>"
        )
    };
    let twice = |text: String| format!("{text},{text}");
    for (identity, caller, resource, policy, decision, detail) in [
        (&nothing, ANA, HERE, Some(queue("Allow", ANA)), "allowed", ",-"),
        (&nothing, WEB, HERE, Some(queue("Allow", WEB)), "allowed", ",-"),
        (&nothing, WEB, HERE, Some(queue("Allow", ANA)), "implicitDeny", ",-"),
        (&allow, ANA, HERE, Some(queue("Deny", ANA)), "explicitDeny", ",-"),
        (&allow, ANA, HERE, None, "allowed", ",-"),
        (&allow, ANA, THERE, Some(queue("Allow", account)), "allowed", &*details("allowed", "allowed")),
        (
            &nothing,
            ANA,
            THERE,
            Some(queue("Allow", ANA)),
            "implicitDeny",
            &details("implicitDeny", "allowed"),
        ),
        (&allow, WEB, THERE, Some(queue("Allow", WEB)), "allowed", &details("allowed", "allowed")),
        (&allow, ANA, THERE, Some(queue("Deny", ANA)), "explicitDeny", &details("allowed", "explicitDeny")),
        (&deny, ANA, THERE, Some(queue("Allow", ANA)), "explicitDeny", &details("explicitDeny", "allowed")),
        (&allow, ANA, THERE, None, "implicitDeny", &details("allowed", "implicitDeny")),
    ] {
        let mut parameters = vec![
            ("PolicyInputList.member.1", identity.as_str()),
            ("ActionNames.member.1", "sqs:SendMessage"),
            ("ResourceArns.member.1", resource),
            ("CallerArn", caller),
        ];
        parameters.extend(policy.as_deref().map(|policy| ("ResourcePolicy", policy)));
        let answer = simulate(&door, &root, "Custom", &parameters);
        let wanted = if detail == ",-" { String::new() } else { twice(detail.to_owned()) };
        check(&answer, &[("EvalDecision", decision), ("EvalDecisionDetails", &wanted)]);
    }
}

#[test]
fn statements_of_both_sides_are_named() {
    let (door, root) = root();
    let (identity, policy) = (allows("sqs:*", "*"), queue("Allow", ANA));
    let answer = simulate(
        &door,
        &root,
        "Custom",
        &[
            ("PolicyInputList.member.1", &identity),
            ("ActionNames.member.1", "sqs:SendMessage"),
            ("ResourceArns.member.1", THERE),
            ("ResourcePolicy", &policy),
            ("CallerArn", ANA),
        ],
    );
    let ids = "PolicyInputList.1,ResourcePolicy";
    let types = "IAM Policy,Resource Policy";
    check(
        &answer,
        &[("SourcePolicyId", &format!("{ids},{ids}")), ("SourcePolicyType", &format!("{types},{types}"))],
    );
}

#[test]
fn an_owner_is_told_where_the_arn_does_not() {
    let (door, root) = root();
    let bucket = "arn:aws:s3:::bucket/a";
    let policy = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":"{ANA}"}},"Action":"s3:*","Resource":"*"}}}}"#
    );
    for (owner, decision) in [
        (None, "allowed"),
        (Some("111111111111"), "allowed"),
        (Some("222222222222"), "implicitDeny"),
        (Some("arn:aws:iam::222222222222:root"), "implicitDeny"),
    ] {
        let nothing = allows("ec2:*", "*");
        let mut parameters = vec![
            ("PolicyInputList.member.1", nothing.as_str()),
            ("ActionNames.member.1", "s3:GetObject"),
            ("ResourceArns.member.1", bucket),
            ("ResourcePolicy", &policy),
            ("CallerArn", ANA),
        ];
        parameters.extend(owner.map(|owner| ("ResourceOwner", owner)));
        check(&simulate(&door, &root, "Custom", &parameters), &[("EvalDecision", decision)]);
    }
}

#[test]
fn a_trust_policy_is_a_roles_policy() {
    let (door, root) = root();
    let role = "arn:aws:iam::111111111111:role/Target";
    let foreign = "arn:aws:iam::222222222222:role/Target";
    let (allow, nothing) = (allows("sts:*", "*"), allows("s3:*", "*"));
    for (identity, caller, target, trust, decision) in [
        (&nothing, ANA, role, Some(trusts(ANA)), "allowed"),
        (&nothing, WEB, role, Some(trusts(WEB)), "allowed"),
        (&nothing, ANA, role, Some(trusts("111111111111")), "implicitDeny"),
        (&allow, ANA, role, Some(trusts("111111111111")), "allowed"),
        (&allow, ANA, role, Some(trusts(WEB)), "implicitDeny"),
        // Nothing is known of its trust policy: as in AWS, the caller's own policies say.
        (&allow, ANA, role, None, "allowed"),
        (&nothing, ANA, role, None, "implicitDeny"),
        (&allow, WEB, foreign, Some(trusts(WEB)), "allowed"),
        (&allow, WEB, foreign, None, "implicitDeny"),
    ] {
        let mut parameters = vec![
            ("PolicyInputList.member.1", identity.as_str()),
            ("ActionNames.member.1", "sts:AssumeRole"),
            ("ResourceArns.member.1", target),
            ("CallerArn", caller),
        ];
        parameters.extend(trust.as_deref().map(|trust| ("ResourcePolicy", trust)));
        let answer = simulate(&door, &root, "Custom", &parameters);
        assert_eq!(answer.ok().text("EvalDecision"), decision, "{caller} {target} {trust:?}");
    }
}

#[test]
fn a_policy_must_apply_to_all_resources() {
    let (door, root) = root();
    let mismatch = "400 InvalidInput: ResourcePolicy: the policy does not apply to every resource and action of the \
                    simulation.";
    let (trust, queue) = (trusts(ANA), queue("Allow", ANA));
    let role = "arn:aws:iam::111111111111:role/Target";
    for (action, resource, policy, outcome) in [
        ("sqs:SendMessage", HERE, trust.as_str(), mismatch),
        ("sts:AssumeRole", role, &queue, mismatch),
        ("sts:AssumeRole", HERE, &trust, mismatch),
        ("sts:AssumeRole", role, &trust, "ok"),
        ("sqs:SendMessage", HERE, &queue, "ok"),
        (
            "sqs:SendMessage",
            HERE,
            "{",
            "400 InvalidInput: ResourcePolicy: Policy is not valid for its resource.",
        ),
        ("sts:AssumeRole", role, "{", "400 InvalidInput: ResourcePolicy: This policy contains invalid Json"),
    ] {
        let answer = simulate(
            &door,
            &root,
            "Custom",
            &[
                ("PolicyInputList.member.1", ALLOW_ALL),
                ("ActionNames.member.1", action),
                ("ResourceArns.member.1", resource),
                ("ResourcePolicy", policy),
                ("CallerArn", ANA),
            ],
        );
        assert_eq!(answer.outcome(), outcome, "{action} {resource} {policy}");
    }
}

#[test]
fn scenarios_of_instances() {
    let (door, root) = root();
    let kinds = ["instance", "image", "security-group", "network-interface", "subnet", "volume"];
    for (option, needed) in
        [("EC2-VPC-InstanceStore", 4), ("EC2-VPC-InstanceStore-Subnet", 5), ("EC2-VPC-EBS-Subnet", 6)]
    {
        for given in 1..=kinds.len() {
            let arns: Vec<(String, String)> = (1..=given)
                .map(|at| {
                    let arn = format!("arn:aws:ec2:eu-west-1:111111111111:{}/*", kinds[at - 1]);
                    (format!("ResourceArns.member.{at}"), arn)
                })
                .collect();
            let mut parameters = vec![
                ("PolicyInputList.member.1", ALLOW_ALL),
                ("ActionNames.member.1", "ec2:RunInstances"),
                ("ResourceHandlingOption", option),
            ];
            parameters.extend(arns.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            let answer = simulate(&door, &root, "Custom", &parameters);
            assert_eq!(answer.status == 200, given >= needed, "{option} with {given}: {}", answer.outcome());
        }
    }
}

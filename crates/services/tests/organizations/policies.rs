//! Policies, their types, and what they are attached to.

use doorward_directory::Limits;

use crate::door::{MANAGEMENT, OTHER, denies};
use crate::world::{EVERYTHING, World};

const SCP: &str = "SERVICE_CONTROL_POLICY";
const RCP: &str = "RESOURCE_CONTROL_POLICY";
const NO_POLICY: &str = "PolicyNotFoundException: You specified a policy that doesn't exist.";
const NO_TARGET: &str = "TargetNotFoundException: You specified a target that doesn't exist.";
const IMMUTABLE: &str =
    "InvalidInputException: You specified a policy that is managed by AWS and cannot be modified.";

fn new<'a>(kind: &'a str, name: &'a str, content: &'a str) -> [(&'a str, &'a str); 4] {
    [("Type", kind), ("Name", name), ("Description", "what for"), ("Content", content)]
}

#[test]
fn policies_are_kept() {
    let world = World::new();
    let made = world.ok("CreatePolicy", &new(SCP, "guard", &denies("s3:*", "*")));
    world.keep("guard", &made.text("Id"));
    for shown in [made, world.ok("DescribePolicy", &[("PolicyId", "{guard}")])] {
        assert_eq!(
            shown.text("Arn"),
            world.filled("arn:aws:organizations::111111111111:policy/{o}/service_control_policy/{guard}")
        );
        assert_eq!(
            (shown.text("Name"), shown.text("Description")),
            ("guard".to_owned(), "what for".to_owned())
        );
        assert_eq!((shown.text("Type"), shown.text("AwsManaged")), (SCP.to_owned(), "false".to_owned()));
        assert_eq!(shown.text("Content"), denies("s3:*", "*"));
    }
    let managed = world.ok("DescribePolicy", &[("PolicyId", "p-FullAWSAccess")]);
    assert_eq!(
        managed.text("Arn"),
        "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess"
    );
    assert_eq!(managed.text("AwsManaged"), "true");
    let mut both = vec![world.filled("{guard}"), "p-FullAWSAccess".to_owned()];
    both.sort();
    assert_eq!(world.pages("ListPolicies", &[("Filter", SCP)], "Id"), both);
    assert_eq!(world.pages("ListPolicies", &[("Filter", RCP)], "Id"), ["p-RCPFullAWSAccess"]);
    assert_eq!(world.pages("ListPolicies", &[("Filter", "TAG_POLICY")], "Id"), [""; 0]);
    let changed = world.ok(
        "UpdatePolicy",
        &[("PolicyId", "{guard}"), ("Name", "other"), ("Content", &denies("ec2:*", "*"))],
    );
    assert_eq!(
        (changed.text("Name"), changed.text("Description"), changed.text("Content")),
        ("other".to_owned(), "what for".to_owned(), denies("ec2:*", "*"))
    );
}

#[test]
fn policies_are_refused() {
    let limits = Limits {
        control_policy_characters: 200,
        service_control_policies_per_organization: 2,
        resource_control_policies_per_organization: 1,
        ..Limits::default()
    };
    let world = World::of("ALL", limits);
    world.control("guard", EVERYTHING);
    let duplicate = "DuplicatePolicyException: A policy with the same name already exists.";
    let malformed = |text: &str| {
        format!(
            "MalformedPolicyDocumentException: The provided policy document does not meet the requirements of the specified policy type. {text}"
        )
    };
    let long = denies("s3:*", &"x".repeat(200));
    let open = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}"#;
    let deny = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}}"#;
    world.check_admin(&[
        ("CreatePolicy", &new(SCP, "guard", EVERYTHING), duplicate),
        ("CreatePolicy", &new(SCP, "FullAWSAccess", EVERYTHING), duplicate),
        (
            "CreatePolicy",
            &new(SCP, "long", &long),
            "ConstraintViolationException: The policy has more than the allowed 200 characters.",
        ),
        (
            "CreatePolicy",
            &new("TAG_POLICY", "tags", "{}"),
            "InvalidInputException: You specified the policy type TAG_POLICY, which this server does not have.",
        ),
        ("CreatePolicy", &new(RCP, "guard", deny), "ok"),
        (
            "CreatePolicy",
            &new(RCP, "second", deny),
            "ConstraintViolationException: You have exceeded the allowed number of policies of this type.",
        ),
        ("CreatePolicy", &new(SCP, "second", &denies("s3:*", "*")), "ok"),
        (
            "CreatePolicy",
            &new(SCP, "third", EVERYTHING),
            "ConstraintViolationException: You have exceeded the allowed number of policies of this type.",
        ),
        ("UpdatePolicy", &[("PolicyId", "{guard}"), ("Name", "second")], duplicate),
        ("UpdatePolicy", &[("PolicyId", "p-FullAWSAccess"), ("Name", "x")], IMMUTABLE),
        ("UpdatePolicy", &[("PolicyId", "p-12345678")], NO_POLICY),
        ("DescribePolicy", &[("PolicyId", "p-12345678")], NO_POLICY),
        ("DeletePolicy", &[("PolicyId", "p-12345678")], NO_POLICY),
        ("DeletePolicy", &[("PolicyId", "p-RCPFullAWSAccess")], IMMUTABLE),
        ("DeletePolicy", &[("PolicyId", "{guard}")], "ok"),
        ("DeletePolicy", &[("PolicyId", "{guard}")], NO_POLICY),
    ]);
    for (kind, content) in [(SCP, "not json"), (SCP, open), (RCP, open), (RCP, EVERYTHING)] {
        let answer = world.ask(&world.admin, "CreatePolicy", &new(kind, "bad", content));
        assert!(answer.outcome().starts_with(&format!("400 {}", malformed(""))), "{}", answer.outcome());
    }
}

#[test]
fn policies_are_attached_and_detached() {
    let limits = Limits { service_control_policies_per_target: 2, ..Limits::default() };
    let world = World::of("ALL", limits);
    world.unit("{root}", "a");
    world.control("guard", EVERYTHING);
    world.control("third", EVERYTHING);
    let request = |policy, target| [("PolicyId", policy), ("TargetId", target)];
    let full = "p-FullAWSAccess";
    world.check_admin(&[
        ("AttachPolicy", &request("{guard}", "{a}"), "ok"),
        (
            "AttachPolicy",
            &request("{guard}", "{a}"),
            "DuplicatePolicyAttachmentException: The policy is already attached to the specified target.",
        ),
        (
            "AttachPolicy",
            &request(full, "{a}"),
            "DuplicatePolicyAttachmentException: The policy is already attached to the specified target.",
        ),
        (
            "AttachPolicy",
            &request("{third}", "{a}"),
            "ConstraintViolationException: You have attached the maximum number of policies of this type to the specified target.",
        ),
        ("AttachPolicy", &request("{guard}", "ou-abcd-12345678"), NO_TARGET),
        ("AttachPolicy", &request("{guard}", OTHER), NO_TARGET),
        ("AttachPolicy", &request("p-12345678", "{a}"), NO_POLICY),
        ("AttachPolicy", &request("{guard}", "{root}"), "ok"),
        ("AttachPolicy", &request("{guard}", MANAGEMENT), "ok"),
        (
            "DeletePolicy",
            &[("PolicyId", "{guard}")],
            "PolicyInUseException: The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.",
        ),
        ("DetachPolicy", &request(full, "{a}"), "ok"),
        (
            "DetachPolicy",
            &request(full, "{a}"),
            "PolicyNotAttachedException: The policy is not attached to the specified target.",
        ),
        (
            "DetachPolicy",
            &request("{guard}", "{a}"),
            "ConstraintViolationException: You cannot detach the last service control policy of the specified target.",
        ),
        ("DetachPolicy", &request("{guard}", "ou-abcd-12345678"), NO_TARGET),
        ("DetachPolicy", &request("p-12345678", "{a}"), NO_POLICY),
    ]);
    let mut targets = vec![MANAGEMENT.to_owned(), world.filled("{a}"), world.filled("{root}")];
    targets.sort();
    assert_eq!(world.pages("ListTargetsForPolicy", &[("PolicyId", "{guard}")], "TargetId"), targets);
    let here = [("TargetId", "{a}"), ("Filter", SCP)];
    assert_eq!(world.pages("ListPoliciesForTarget", &here, "Id"), [world.filled("{guard}")]);
    let there = [("TargetId", "{root}"), ("Filter", SCP)];
    let mut both = vec![world.filled("{guard}"), full.to_owned()];
    both.sort();
    assert_eq!(world.pages("ListPoliciesForTarget", &there, "Id"), both);
    world.check_admin(&[
        ("ListTargetsForPolicy", &[("PolicyId", "p-12345678")], NO_POLICY),
        ("ListPoliciesForTarget", &[("TargetId", OTHER), ("Filter", SCP)], NO_TARGET),
    ]);
}

#[test]
fn types_are_enabled_and_disabled() {
    let world = World::new();
    world.unit("{root}", "a");
    world.control("guard", EVERYTHING);
    world.attach("{guard}", "{a}");
    world.detach("p-FullAWSAccess", "{a}");
    let request = |kind| [("RootId", "{root}"), ("PolicyType", kind)];
    let not_enabled =
        "PolicyTypeNotEnabledException: This operation can be performed only for enabled policy types.";
    let no_root = "RootNotFoundException: You specified a root that doesn't exist.";
    world.check_admin(&[
        (
            "EnablePolicyType",
            &request(SCP),
            "PolicyTypeAlreadyEnabledException: The specified policy type is already enabled.",
        ),
        ("EnablePolicyType", &[("RootId", "r-abcd0000"), ("PolicyType", SCP)], no_root),
        ("DisablePolicyType", &[("RootId", "r-abcd0000"), ("PolicyType", SCP)], no_root),
        ("DisablePolicyType", &request(RCP), not_enabled),
        (
            "EnablePolicyType",
            &request("BACKUP_POLICY"),
            "InvalidInputException: You specified the policy type BACKUP_POLICY, which this server does not have.",
        ),
        ("DisablePolicyType", &request(SCP), "ok"),
        ("AttachPolicy", &[("PolicyId", "{guard}"), ("TargetId", "{root}")], not_enabled),
        ("DetachPolicy", &[("PolicyId", "{guard}"), ("TargetId", "{a}")], not_enabled),
    ]);
    let here = [("TargetId", "{a}"), ("Filter", SCP)];
    assert_eq!(world.pages("ListPoliciesForTarget", &here, "Id"), [""; 0]);
    let root = world.ok("EnablePolicyType", &request(SCP));
    assert_eq!(root.texts("Type"), [SCP]);
    // What was attached before is attached no more.
    assert_eq!(world.pages("ListPoliciesForTarget", &here, "Id"), ["p-FullAWSAccess"]);
    world.enable(RCP);
    let here = [("TargetId", "{a}"), ("Filter", RCP)];
    assert_eq!(world.pages("ListPoliciesForTarget", &here, "Id"), ["p-RCPFullAWSAccess"]);
    world.check_admin(&[(
        "DetachPolicy",
        &[("PolicyId", "p-RCPFullAWSAccess"), ("TargetId", "{a}")],
        "InvalidInputException: You cannot detach this AWS managed policy.",
    )]);
    world.ok("DeletePolicy", &[("PolicyId", "{guard}")]);
}

#[test]
fn without_all_features_there_are_no_policies() {
    let world = World::of("CONSOLIDATED_BILLING", Limits::default());
    assert_eq!(world.ok("ListRoots", &[]).texts("Type"), [""; 0]);
    let none = "PolicyTypeNotAvailableForOrganizationException: The policy type SERVICE_CONTROL_POLICY is not available in this organization.";
    world.check_admin(&[
        ("EnablePolicyType", &[("RootId", "{root}"), ("PolicyType", SCP)], none),
        ("CreatePolicy", &new(SCP, "x", EVERYTHING), none),
    ]);
}

#[test]
fn there_are_no_effective_policies() {
    let world = World::joined();
    let none = "EffectivePolicyNotFoundException: There is no effective policy of this type.";
    let request = |target| [("PolicyType", "TAG_POLICY"), ("TargetId", target)];
    world.check_admin(&[
        ("DescribeEffectivePolicy", &[("PolicyType", "TAG_POLICY")], none),
        ("DescribeEffectivePolicy", &request(OTHER), none),
        ("DescribeEffectivePolicy", &request("333333333333"), NO_TARGET),
    ]);
    let member = world.member_admin();
    world.check(&member, &[("DescribeEffectivePolicy", &request(OTHER), none)]);
    let refused = world.ask(&member, "DescribeEffectivePolicy", &request(MANAGEMENT));
    assert_eq!(refused.verdict(), "AccessDeniedException");
    let refused = world.ask(&world.admin, "DescribeEffectivePolicy", &[("PolicyType", SCP)]);
    assert_eq!(refused.text("Reason"), "INVALID_ENUM");
}

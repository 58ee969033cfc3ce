//! `SimulatePrincipalPolicy`: the policies of users, groups and roles that are there.

use doorward_directory::change::boundaries::{self, Bounded};
use doorward_directory::change::{Holder, attachments};

use crate::door::{ALLOW_ALL, Door, Keys, MANAGEMENT, OTHER, account, allows, denies, trusts};
use crate::{check, root, simulate};

const ANA: &str = "arn:aws:iam::111111111111:user/team/Ana";
const OPS: &str = "arn:aws:iam::111111111111:group/ops";
const WEB: &str = "arn:aws:iam::111111111111:role/app/Web";
const READ: &str = "arn:aws:iam::111111111111:policy/p/Read";

/// A user of a group, and a role, with policies of all sorts.
fn world() -> (Door, Keys) {
    let (door, root) = root();
    let own = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::${aws:username}/*"}}"#;
    door.tagged_user(MANAGEMENT, "/team/Ana", &[("Team", "red")], &[own]);
    door.group("ops", &[&allows("ec2:Stop*", "*")], &["Ana"]);
    let tagged = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/Team":"red"}}}}"#;
    door.tagged_role(MANAGEMENT, "/app/Web", &trusts("*"), &[("Team", "red")], &[tagged]);
    door.managed("/p/Read", &allows("dynamodb:Get*", "*"));
    door.managed("Guard", &allows("s3:*", "*"));
    door.change(|draft| {
        let here = account(MANAGEMENT);
        attachments::attach(draft, here, Holder::User("Ana"), READ)?;
        attachments::attach(draft, here, Holder::Role("Web"), READ)
    });
    (door, root)
}

#[test]
fn policies_of_the_source() {
    let (door, root) = world();
    let bucket = ("ResourceArns.member.1", "arn:aws:s3:::Ana/x");
    for (source, action, more, decision, policy) in [
        (ANA, "s3:GetObject", &[bucket][..], "allowed", "user_Ana_inline-0,user_Ana_inline-0"),
        (ANA, "s3:GetObject", &[("ResourceArns.member.1", "arn:aws:s3:::bob/x")], "implicitDeny", "-"),
        (ANA, "ec2:StopInstances", &[], "allowed", "group_ops_inline-0"),
        (ANA, "dynamodb:GetItem", &[], "allowed", "Read"),
        (ANA, "sqs:SendMessage", &[], "implicitDeny", "-"),
        (OPS, "ec2:StopInstances", &[], "allowed", "group_ops_inline-0"),
        (OPS, "dynamodb:GetItem", &[], "implicitDeny", "-"),
        (WEB, "sqs:SendMessage", &[], "allowed", "role_Web_inline-0"),
        (WEB, "dynamodb:GetItem", &[], "allowed", "Read"),
        (
            WEB,
            "ec2:StopInstances",
            &[("PolicyInputList.member.1", ALLOW_ALL)],
            "allowed",
            "PolicyInputList.1",
        ),
        // As Bob with Ana's policies: the variable is Bob's, and Ana's tags are not known of him.
        (
            ANA,
            "s3:GetObject",
            &[
                ("ResourceArns.member.1", "arn:aws:s3:::bob/x"),
                ("CallerArn", "arn:aws:iam::111111111111:user/bob"),
            ],
            "allowed",
            "user_Ana_inline-0,user_Ana_inline-0",
        ),
        (
            WEB,
            "sqs:SendMessage",
            &[("CallerArn", "arn:aws:iam::111111111111:role/other")],
            "implicitDeny",
            "-",
        ),
        (WEB, "sqs:SendMessage", &[("CallerArn", WEB)], "allowed", "role_Web_inline-0"),
    ] {
        let parameters = [&[("PolicySourceArn", source), ("ActionNames.member.1", action)], more].concat();
        let answer = simulate(&door, &root, "Principal", &parameters);
        check(&answer, &[("EvalDecision", decision), ("SourcePolicyId", policy)]);
    }
}

#[test]
fn what_a_caller_is_known_by() {
    let (door, root) = world();
    let policy = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"x:*","Resource":"*","Condition":{"StringLike":{
        "aws:userid":"*","aws:username":"*","aws:PrincipalArn":"*","aws:PrincipalType":"*","aws:PrincipalAccount":"*",
        "aws:PrincipalTag/Team":"*","aws:SourceIp":"*","aws:ResourceAccount":"*"}}}}"#;
    for (source, caller, missing) in [
        (ANA, None, "aws:SourceIp"),
        (WEB, None, "aws:SourceIp,aws:userid,aws:username"),
        (OPS, None, "aws:PrincipalArn,aws:PrincipalTag/Team,aws:SourceIp,aws:userid,aws:username"),
        (ANA, Some("arn:aws:iam::111111111111:user/bob"), "aws:PrincipalTag/Team,aws:SourceIp,aws:userid"),
    ] {
        let mut parameters = vec![
            ("PolicySourceArn", source),
            ("ActionNames.member.1", "x:Y"),
            ("PolicyInputList.member.1", policy),
        ];
        parameters.extend(caller.map(|caller| ("CallerArn", caller)));
        let answer = simulate(&door, &root, "Principal", &parameters);
        let members: String = missing.split(',').map(|key| format!("<member>{key}</member>")).collect();
        check(&answer, &[("EvalDecision", "implicitDeny"), ("MissingContextValues", &members)]);
    }
}

#[test]
fn a_boundary_counts_unless_another_is_given() {
    let (door, root) = world();
    door.change(|draft| {
        let guard = "arn:aws:iam::111111111111:policy/Guard";
        boundaries::put(draft, account(MANAGEMENT), Bounded::User("Ana"), guard)
    });
    let other = allows("ec2:*", "*");
    let excluded = ("PolicyExclusionList.member.1.PolicyType", "permission-boundary");
    for (action, more, decision, allowed) in [
        ("ec2:StopInstances", &[][..], "implicitDeny", "false"),
        ("ec2:StopInstances", &[("PermissionsBoundaryPolicyInputList.member.1", &*other)], "allowed", "true"),
        ("ec2:StopInstances", &[excluded], "allowed", "-"),
    ] {
        let parameters = [&[("PolicySourceArn", ANA), ("ActionNames.member.1", action)], more].concat();
        let answer = simulate(&door, &root, "Principal", &parameters);
        check(&answer, &[("EvalDecision", decision), ("AllowedByPermissionsBoundary", allowed)]);
    }
}

#[test]
fn exclusions() {
    let (door, root) = world();
    let entry = |member: &str| format!("PolicyExclusionList.member.1.{member}");
    let (kind, arn) = (entry("PolicyType"), entry("PolicyArn"));
    let inline = |name: &'static str, holder: &'static str, of: &'static str| {
        vec![
            (entry("InlinePolicyIdentifier.PolicyName"), name),
            (entry("InlinePolicyIdentifier.AttachmentType"), of),
            (entry("InlinePolicyIdentifier.AttachmentName"), holder),
        ]
    };
    // Which of the three policies are left: the user's own, its group's, the managed one.
    for (excluded, left) in [
        (vec![], "yyy"),
        (vec![(kind.clone(), "inline")], "nny"),
        (vec![(kind.clone(), "user-managed")], "yyn"),
        (vec![(kind.clone(), "aws-managed")], "yyy"),
        (vec![(kind.clone(), "scp")], "yyy"),
        (vec![(kind.clone(), "rcp")], "yyy"),
        (vec![(arn.clone(), READ)], "yyn"),
        (vec![(arn.clone(), "arn:aws:iam::111111111111:policy/p/R*")], "yyn"),
        (vec![(arn.clone(), "arn:aws:iam::111111111111:policy/p/R??d")], "yyn"),
        (vec![(arn.clone(), "arn:aws:iam::111111111111:policy/Other")], "yyy"),
        (inline("inline-0", "Ana", "user"), "nyy"),
        (inline("inline-0", "ops", "group"), "yny"),
        (inline("inline-0", "A*", "user"), "nyy"),
        (inline("inline-0", "A?a", "user"), "nyy"),
        (inline("inline-0", "*", "group"), "yny"),
        (inline("inline-0", "A?", "user"), "yyy"),
        (inline("inline-0", "ana", "user"), "yyy"),
        (inline("Inline-0", "Ana", "user"), "yyy"),
        (inline("inline-0", "Ana", "role"), "yyy"),
        (inline("inline-1", "Ana", "user"), "yyy"),
    ] {
        let mut parameters = vec![
            ("PolicySourceArn", ANA),
            ("ActionNames.member.1", "s3:GetObject"),
            ("ActionNames.member.2", "ec2:StopInstances"),
            ("ActionNames.member.3", "dynamodb:GetItem"),
            ("ResourceArns.member.1", "arn:aws:s3:::Ana/x"),
        ];
        parameters.extend(excluded.iter().map(|(name, value)| (name.as_str(), *value)));
        let decisions = simulate(&door, &root, "Principal", &parameters).ok().texts("EvalDecision");
        let found: String =
            decisions.iter().map(|decision| if decision == "allowed" { 'y' } else { 'n' }).collect();
        assert_eq!(found, left, "{excluded:?}");
    }
    for (entries, text) in [
        (
            vec![(arn.as_str(), "arn:aws:iam::1111111111*:policy/x")],
            "400 InvalidInput: PolicyExclusionList: arn:aws:iam::1111111111*:policy/x is not the ARN of a managed policy.",
        ),
        (
            vec![(&arn, "arn:aws:iam::111111111111:policy/*x*")],
            "400 InvalidInput: PolicyExclusionList: arn:aws:iam::111111111111:policy/*x* is not the ARN of a managed policy.",
        ),
        (
            inline("inline-0", "*n*", "user").iter().map(|(name, value)| (name.as_str(), *value)).collect(),
            "400 InvalidInput: PolicyExclusionList: *n* has more than one *.",
        ),
        (
            inline("inline-*", "Ana", "user").iter().map(|(name, value)| (name.as_str(), *value)).collect(),
            "400 ValidationError: The specified value for policyExclusionList.1.member.inlinePolicyIdentifier.policyName is \
             invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
        ),
        (
            vec![(&arn, READ), (&kind, "inline")],
            "400 ValidationError: 1 validation error detected: Value at 'policyExclusionList.1.member' failed to satisfy \
             constraint: Member must have exactly one member set",
        ),
    ] {
        let base = vec![("PolicySourceArn", ANA), ("ActionNames.member.1", "s3:GetObject")];
        simulate(&door, &root, "Principal", &[base, entries].concat()).refused(text);
    }
}

#[test]
fn who_may_simulate_whom() {
    let (door, root) = world();
    let tagged = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:SimulatePrincipalPolicy","Resource":"*","Condition":{"StringEquals":{"iam:ResourceTag/Team":"red"}}}}"#;
    let by_tag = door.user("by-tag", &[tagged]);
    let by_arn = door.user("by-arn", &[&allows("iam:SimulatePrincipalPolicy", OPS)]);
    let denied = door.user("denied", &[ALLOW_ALL, &denies("iam:SimulatePrincipalPolicy", WEB)]);
    let foreign = door.user_in(OTHER, "foreign", &[ALLOW_ALL]);
    let nobody = "arn:aws:iam::111111111111:user/nobody";
    let elsewhere = "arn:aws:iam::111111111111:user/Ana";
    for (name, keys, source, outcome) in [
        ("by-tag", &by_tag, ANA, "ok"),
        ("by-tag", &by_tag, WEB, "ok"),
        ("by-tag", &by_tag, OPS, "AccessDenied"),
        ("by-tag", &by_tag, nobody, "AccessDenied"),
        ("by-arn", &by_arn, OPS, "ok"),
        ("by-arn", &by_arn, ANA, "AccessDenied"),
        ("denied", &denied, ANA, "ok"),
        ("denied", &denied, WEB, "AccessDenied"),
        ("foreign", &foreign, ANA, "AccessDenied"),
        ("root", &root, nobody, "NoSuchEntity"),
        ("root", &root, elsewhere, "NoSuchEntity"),
        ("root", &root, "arn:aws:iam::111111111111:group/none", "NoSuchEntity"),
        ("root", &root, "arn:aws:iam::111111111111:role/none", "NoSuchEntity"),
        ("root", &root, "arn:aws:iam::222222222222:user/foreign", "AccessDenied"),
        ("root", &root, READ, "InvalidInput"),
        ("root", &root, "arn:aws:iam::111111111111:root", "InvalidInput"),
        ("root", &root, "arn:aws:sts::111111111111:assumed-role/Web/s", "InvalidInput"),
    ] {
        let parameters = [("PolicySourceArn", source), ("ActionNames.member.1", "s3:GetObject")];
        let answer = simulate(&door, keys, "Principal", &parameters);
        assert_eq!(answer.verdict(), outcome, "{name} {source}");
        let keys_of = door.call(keys, "iam:GetContextKeysForPrincipalPolicy", &parameters[..1]);
        if name == "root" {
            assert_eq!(keys_of.verdict(), outcome, "{name} {source}");
        }
    }
    simulate(
        &door,
        &root,
        "Principal",
        &[("PolicySourceArn", nobody), ("ActionNames.member.1", "s3:GetObject")],
    )
    .refused("404 NoSuchEntity: The user with name nobody cannot be found.");
}

/// Whether a user or role of another account is there, and with which tags, nobody learns.
#[test]
fn tags_of_other_accounts_are_not_told() {
    let (door, _) = world();
    let red = [("Team", "red")];
    let trust = trusts("*");
    door.tagged_user(OTHER, "red", &red, &[]);
    door.user_in(OTHER, "blue", &[]);
    door.tagged_role(OTHER, "red", &trust, &red, &[]);
    let unless_red = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{"iam:ResourceTag/Team":"red"}}}}"#;
    let curious = door.user("curious", &[ALLOW_ALL, unless_red]);
    for (operation, name, more) in [
        ("SimulatePrincipalPolicy", "PolicySourceArn", &[("ActionNames.member.1", "s3:GetObject")][..]),
        ("GetContextKeysForPrincipalPolicy", "PolicySourceArn", &[]),
        ("GenerateServiceLastAccessedDetails", "Arn", &[]),
    ] {
        let ask = |kind: &str, who: &str| {
            let arn = format!("arn:aws:iam::{OTHER}:{kind}/{who}");
            let parameters = [&[(name, arn.as_str())], more].concat();
            let answer = door.call(&curious, &format!("iam:{operation}"), &parameters);
            assert_eq!(answer.verdict(), "AccessDenied", "{operation}");
            answer.message.replace(&arn, "ARN")
        };
        for (kind, who) in [("user", "red"), ("user", "blue"), ("role", "red"), ("role", "none")] {
            assert_eq!(ask(kind, who), ask(kind, "nobody"), "{operation} {kind} {who}");
        }
    }
}

//! Who may assume a role, by its trust policy and by the caller's own policies.

use crate::cast::{Cast, Pairs, SERVICE};
use crate::door::{Ask, Door, OTHER, allows, denies, trusting, trusts};

const NO_TRUST: &str = "no role trust policy allows the sts:AssumeRole action";
const NO_IDENTITY: &str = "no identity-based policy allows the sts:AssumeRole action";

/// Who calls `AssumeRole` on a role with this trust policy: `ok`, or the reason of the denial.
fn check(rows: &[(&str, &str, &str)]) {
    let cast = Cast::new();
    for (number, (who, trust, expected)) in rows.iter().enumerate() {
        let role = cast.door.role(&format!("role-{number}"), trust, &[]);
        let answer = cast.assume(who, &role, &[]);
        assert!(matches!(answer.verdict(), "ok" | "AccessDenied"), "{who}, {trust}: {}", answer.outcome());
        let outcome =
            answer.message.split_once(" because ").map_or(answer.outcome(), |(_, why)| why.to_owned());
        assert_eq!(outcome, *expected, "{who}, {trust}");
    }
}

fn user(name: &str) -> String {
    trusts(&format!("arn:aws:iam::111111111111:user/{name}"))
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html>,
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html>
#[test]
fn both_accounts_and_the_role_have_a_say() {
    let own = trusts("arn:aws:iam::111111111111:root");
    let number = trusts("111111111111");
    let other = trusts(OTHER);
    let everyone = trusts("*");
    let olga = trusts("arn:aws:iam::222222222222:user/olga");
    let otto = trusts("arn:aws:iam::222222222222:user/otto");
    let hop = trusts("arn:aws:iam::111111111111:role/hop");
    let bare = trusts("arn:aws:iam::111111111111:role/bare");
    let bare_session = trusts("arn:aws:sts::111111111111:assumed-role/bare/session");
    let bare_elsewhere = trusts("arn:aws:sts::111111111111:assumed-role/bare/elsewhere");
    let service = trusting(&format!(r#""Service":"{SERVICE}""#), r#""sts:AssumeRole""#);
    let other_service = trusting(r#""Service":"ec2.amazonaws.com""#, r#""sts:AssumeRole""#);
    let other_action = trusting(r#""AWS":"*""#, r#""sts:AssumeRoleWithSAML""#);
    check(&[
        // The user itself is named: in one account that is enough.
        ("ana", &user("ana"), "ok"),
        ("bea", &user("bea"), "ok"),
        ("ana-token", &user("ana"), "ok"),
        ("ana", &user("bea"), NO_TRUST),
        ("hop", &user("ana"), NO_TRUST),
        // Its account is named: its own policies decide.
        ("ana", &own, "ok"),
        ("ana", &number, "ok"),
        ("bea", &own, NO_IDENTITY),
        ("bea", &number, NO_IDENTITY),
        ("olga", &own, NO_TRUST),
        ("hop", &own, "ok"),
        ("bare", &own, NO_IDENTITY),
        // A role is named: all its sessions are.
        ("hop", &hop, "ok"),
        ("bare", &bare, "ok"),
        ("bare", &hop, NO_TRUST),
        ("ana", &hop, NO_TRUST),
        // One session is named.
        ("bare", &bare_session, "ok"),
        ("bare", &bare_elsewhere, NO_TRUST),
        // Across accounts both sides must allow it.
        ("olga", &other, "ok"),
        ("otto", &other, NO_IDENTITY),
        ("olga", &olga, "ok"),
        ("otto", &otto, NO_IDENTITY),
        ("olga", &otto, NO_TRUST),
        ("ana", &other, NO_TRUST),
        // Everyone is named.
        ("ana", &everyone, "ok"),
        ("bea", &everyone, "ok"),
        ("olga", &everyone, "ok"),
        ("otto", &everyone, NO_IDENTITY),
        // A service is named.
        ("ci", &service, "ok"),
        ("ana", &service, NO_TRUST),
        ("ci", &other_service, NO_TRUST),
        ("ci", &own, NO_TRUST),
        ("ana", &other_service, NO_TRUST),
        // Another action is.
        ("ana", &other_action, NO_TRUST),
    ]);
}

/// Source: <https://aws.amazon.com/blogs/security/announcing-an-update-to-iam-role-trust-policy-behavior/>
#[test]
fn a_role_assumes_itself_only_where_it_trusts_itself() {
    let cast = Cast::new();
    let (ana, itself) =
        ("arn:aws:iam::111111111111:user/ana", "arn:aws:iam::111111111111:role/self".to_owned());
    let role = cast.door.role("self", &trusts(ana), &[&allows("*", "*")]);
    let session = cast.door.assume(cast.keys("ana"), &role);
    let again = [("RoleArn", role.as_str()), ("RoleSessionName", "again")];
    let denied = cast.door.call(&session, "sts:AssumeRole", &again);
    denied.refused(&format!(
        "403 AccessDenied: User: arn:aws:sts::111111111111:assumed-role/self/session is not authorized to perform: \
         sts:AssumeRole on resource: {itself} because {NO_TRUST}"
    ));
    let trust = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":["{ana}","{itself}"]}},"Action":"sts:AssumeRole"}}}}"#
    );
    let update = [("RoleName", "self"), ("PolicyDocument", trust.as_str())];
    cast.door.call(&cast.door.root(), "iam:UpdateAssumeRolePolicy", &update).ok();
    cast.door.call(&session, "sts:AssumeRole", &again).ok();
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
#[test]
fn a_denial_on_either_side_counts() {
    let door = Door::new();
    let trust = trusts("arn:aws:iam::111111111111:root");
    let role = door.role("reader", &trust, &[]);
    let denying = r#"{"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"},
        {"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::111111111111:user/eva"},"Action":"sts:AssumeRole"}]}"#;
    let (assume, deny) = (allows("sts:AssumeRole", "*"), denies("sts:AssumeRole", &role));
    let eva = door.user("eva", &[&assume]);
    let guarded = door.role("guarded", denying, &[]);
    let udo = door.user("udo", &[&assume, &deny]);
    let rows = [
        (&eva, &role, "ok"),
        (&eva, &guarded, " with an explicit deny in the role trust policy"),
        (&udo, &guarded, "ok"),
        (&udo, &role, " with an explicit deny in an identity-based policy"),
    ];
    for (who, role, expected) in rows {
        let answer = door.call(who, "sts:AssumeRole", &[("RoleArn", role), ("RoleSessionName", "session")]);
        assert!(answer.outcome().ends_with(expected), "{}", answer.outcome());
    }
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html>
#[test]
fn conditions_of_the_trust_policy_see_the_request() {
    let cast = Cast::new();
    let role = |name: &str, condition: &str| {
        let trust = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":"*"}},"Action":"sts:AssumeRole","Condition":{condition}}}}}"#
        );
        cast.door.role(name, &trust, &[])
    };
    let external = role("external", r#"{"StringEquals":{"sts:ExternalId":"Unit-7"}}"#);
    let named = role("named", r#"{"StringLike":{"sts:RoleSessionName":"${aws:username}"}}"#);
    let mfa = role("mfa", r#"{"Bool":{"aws:MultiFactorAuthPresent":"true"}}"#);
    let no_mfa = role("no-mfa", r#"{"Bool":{"aws:MultiFactorAuthPresent":"false"}}"#);
    let near = role("near", r#"{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}"#);
    let far = role("far", r#"{"IpAddress":{"aws:SourceIp":"198.51.100.0/24"}}"#);
    let by_role =
        role("by-role", r#"{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/hop"}}"#);
    let none: &[(&str, &str)] = &[];
    let rows: &[(&str, &str, Pairs<'_>, &str)] = &[
        ("ana", &external, none, "AccessDenied"),
        ("ana", &external, &[("ExternalId", "Unit-7")], "ok"),
        ("ana", &external, &[("ExternalId", "unit-7")], "AccessDenied"),
        ("ana", &external, &[("ExternalId", "Unit-8")], "AccessDenied"),
        ("olga", &external, &[("ExternalId", "Unit-7")], "ok"),
        ("ana", &named, none, "AccessDenied"),
        ("ana", &mfa, none, "AccessDenied"),
        ("ana", &no_mfa, none, "AccessDenied"),
        ("ana-token", &no_mfa, none, "ok"),
        ("hop", &no_mfa, none, "ok"),
        ("hop", &mfa, none, "AccessDenied"),
        ("ana", &near, none, "ok"),
        ("ana", &far, none, "AccessDenied"),
        ("hop", &by_role, none, "ok"),
        ("ana", &by_role, none, "AccessDenied"),
    ];
    for (who, role, more, expected) in rows {
        assert_eq!(cast.assume(who, role, more).verdict(), *expected, "{who} {role} {more:?}");
    }
    let own_name = [("RoleArn", named.as_str()), ("RoleSessionName", "ana")];
    cast.door.call(cast.keys("ana"), "sts:AssumeRole", &own_name).ok();
    cast.door.call(cast.keys("bea"), "sts:AssumeRole", &own_name).refused(&format!(
        "403 AccessDenied: User: arn:aws:iam::111111111111:user/bea is not authorized to perform: sts:AssumeRole on \
         resource: {named} because {NO_TRUST}"
    ));
}

/// Only a service acts for a resource of somebody else; from anybody else the headers mean nothing.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>
#[test]
fn only_services_say_for_whom_they_act() {
    let cast = Cast::new();
    let role = |name: &str, principal: &str, operator: &str, condition: &str| {
        let trust = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{{principal}}},"Action":"sts:AssumeRole","Condition":{{"{operator}":{{{condition}}}}}}}}}"#
        );
        cast.door.role(name, &trust, &[])
    };
    let service = format!(r#""Service":"{SERVICE}""#);
    let (account, arn) =
        (r#""aws:SourceAccount":"333333333333""#, r#""aws:SourceArn":"arn:aws:sqs:*:333333333333:*""#);
    let for_account = role("for-account", &service, "StringEquals", account);
    let for_arn = role("for-arn", &service, "ArnLike", arn);
    let everyone = role("everyone", r#""AWS":"*""#, "StringEquals", account);
    let nobody = role("nobody", r#""AWS":"*""#, "Null", r#""aws:SourceAccount":"true""#);
    let (right, wrong) =
        ([("x-amz-source-account", "333333333333")], [("x-amz-source-account", "444444444444")]);
    let right_arn = [("x-amz-source-arn", "arn:aws:sqs:eu-west-1:333333333333:jobs")];
    let wrong_arn = [("x-amz-source-arn", "arn:aws:sqs:eu-west-1:444444444444:jobs")];
    let rows: &[(&str, &str, Pairs<'_>, &str)] = &[
        ("ci", &for_account, &right, "ok"),
        ("ci", &for_account, &wrong, "AccessDenied"),
        ("ci", &for_account, &[], "AccessDenied"),
        ("ci", &for_arn, &right_arn, "ok"),
        ("ci", &for_arn, &wrong_arn, "AccessDenied"),
        ("ci", &for_arn, &right, "AccessDenied"),
        ("ana", &everyone, &right, "AccessDenied"),
        ("hop", &everyone, &right, "AccessDenied"),
        ("ana", &nobody, &right, "ok"),
    ];
    for (who, role, headers, expected) in rows {
        let parameters = [("RoleArn", *role), ("RoleSessionName", "session")];
        let ask = Ask { headers, ..Ask::of(cast.keys(who), "sts:AssumeRole", &parameters) };
        assert_eq!(cast.door.send(&ask).verdict(), *expected, "{who} {role} {headers:?}");
    }
}

/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
#[test]
fn what_cannot_be_assumed() {
    let cast = Cast::new();
    let root = "403 AccessDenied: Roles may not be assumed by root accounts.";
    let role = cast.door.role("reader", &trusts("*"), &[]);
    let pathed = cast.door.role("/team/pathed", &trusts("*"), &[]);
    let denied = |role: &str| {
        format!(
            "403 AccessDenied: User: arn:aws:iam::111111111111:user/ana is not authorized to perform: sts:AssumeRole \
             on resource: {role} because {NO_TRUST}"
        )
    };
    let invalid = |text: &str| format!("400 ValidationError: {text} is invalid");
    let missing = "arn:aws:iam::111111111111:role/missing";
    let no_path = "arn:aws:iam::111111111111:role/pathed";
    let other_case = "arn:aws:iam::111111111111:role/Reader";
    let nowhere = "arn:aws:iam::999999999999:role/reader";
    let user = "arn:aws:iam::111111111111:user/ana";
    let session = "arn:aws:sts::111111111111:assumed-role/reader/session";
    let rows = [
        ("root", role.as_str(), root.to_owned()),
        ("other-root", &role, root.to_owned()),
        ("ana", &role, "ok".to_owned()),
        ("ana", &pathed, "ok".to_owned()),
        ("ana", missing, denied(missing)),
        ("ana", no_path, denied(no_path)),
        ("ana", other_case, denied(other_case)),
        ("ana", nowhere, denied(nowhere)),
        ("ana", user, invalid(user)),
        ("ana", session, invalid(session)),
        ("ana", "reader-reader-reader-reader", invalid("reader-reader-reader-reader")),
    ];
    for (who, role, expected) in rows {
        assert_eq!(cast.assume(who, role, &[]).outcome(), expected, "{who} {role}");
    }
}

#[test]
fn parameters_that_are_not_served_are_refused() {
    let cast = Cast::new();
    let role = cast.door.role("reader", &trusts("*"), &[]);
    let both = "403 AccessDenied: MultiFactorAuthentication failed, must provide both MFA serial number and one time \
                pass code.";
    let neither = "403 AccessDenied: MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your \
                   MFA serial number is valid and associated with this user.";
    let serial = ("SerialNumber", "arn:aws:iam::111111111111:mfa/ana");
    let contexts = [
        ("ProvidedContexts.member.1.ProviderArn", "arn:aws:iam::aws:contextProvider/IdentityCenter"),
        ("ProvidedContexts.member.1.ContextAssertion", "assertion"),
    ];
    let rows: &[(&[(&str, &str)], &str)] = &[
        (&[serial], both),
        (&[("TokenCode", "123456")], both),
        (&[serial, ("TokenCode", "123456")], neither),
        (&contexts, "501 NotImplemented: The parameter ProvidedContexts of AssumeRole is not implemented."),
        (&[("Unknown", "1")], "400 ValidationError: AssumeRole has no parameter `Unknown`."),
    ];
    for (more, expected) in rows {
        assert_eq!(cast.assume("ana", &role, more).outcome(), *expected, "{more:?}");
    }
}

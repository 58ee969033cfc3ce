//! Which policies grant access to a service.

use doorward_directory::change::{Holder, attachments};

use crate::door::{Door, MANAGEMENT, account, allows, denies, trusts};
use crate::{check, send};

const READ_ONLY: &str = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
const ANA: &str = "arn:aws:iam::111111111111:user/team/Ana";

fn furnished() -> Door {
    let door = Door::new();
    door.tagged_user(
        MANAGEMENT,
        "/team/Ana",
        &[],
        &[&allows("s3:GetObject", "*"), &denies("sqs:*", "*"), &allows("SNS:*", "*")],
    );
    door.group("Staff", &[&allows("*", "*")], &["ana"]);
    door.group("Empty", &[], &["ana"]);
    let except = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":["iam:*","s3:Get*"],"Resource":"*"}}"#;
    door.role("Web", &trusts("*"), &[except]);
    door.change(|draft| {
        let here = account(MANAGEMENT);
        attachments::attach(draft, here, Holder::User("ana"), READ_ONLY)?;
        attachments::attach(draft, here, Holder::Group("staff"), READ_ONLY)
    });
    door
}

/// The policies of each service asked about, as `TYPE NAME holder`, and the services.
fn granting(door: &Door, arn: &str, services: &[&str]) -> Vec<String> {
    let asked: Vec<String> = services
        .iter()
        .enumerate()
        .map(|(place, one)| format!("ServiceNamespaces.member.{}={one}", place + 1))
        .collect();
    let request = format!("ListPoliciesGrantingServiceAccess Arn={arn} {}", asked.join(" "));
    let answer = send(door, &door.root(), &request).ok();
    assert_eq!(answer.texts("ServiceNamespace"), services);
    assert_eq!(answer.text("IsTruncated"), "false");
    let names = answer.texts("PolicyName").into_iter().zip(answer.texts("PolicyType"));
    let mut holders = answer.texts("EntityType").into_iter().zip(answer.texts("EntityName"));
    let mut arns = answer.texts("PolicyArn").into_iter();
    let shown = names.map(|(name, kind)| match kind.as_str() {
        "INLINE" => {
            let (kind, holder) = holders.next().unwrap();
            format!("{name} of {kind} {holder}")
        }
        _ => format!("{name} {}", arns.next().unwrap()),
    });
    shown.collect()
}

#[test]
fn what_grants() {
    let door = furnished();
    let managed = format!("AmazonS3ReadOnlyAccess {READ_ONLY}");
    let (staff, web) = ("inline-0 of GROUP Staff", "inline-0 of ROLE Web");
    let group = "arn:aws:iam::111111111111:group/Staff";
    let role = "arn:aws:iam::111111111111:role/Web";
    let own = "inline-0 of USER Ana";
    for (arn, services, expected) in [
        (ANA, &["s3"][..], &[own, &managed, staff][..]),
        (ANA, &["S3"], &[own, &managed, staff]),
        (ANA, &["sqs"], &[staff]),
        (ANA, &["sns"], &["inline-2 of USER Ana", staff]),
        (group, &["s3"], &[staff, &managed]),
        (group, &["ec2"], &[staff]),
        (role, &["ec2", "iam", "s3"], &[web, web]),
        ("arn:aws:iam::111111111111:group/Empty", &["s3", "ec2"], &[]),
    ] {
        assert_eq!(granting(&door, arn, services), expected, "{arn} {services:?}");
    }
}

#[test]
fn many_services_come_in_pages() {
    let door = furnished();
    let asked: Vec<String> =
        (1..=150).map(|number| format!("ServiceNamespaces.member.{number}=s{number}")).collect();
    let request = format!("ListPoliciesGrantingServiceAccess Arn={ANA} {}", asked.join(" "));
    let first = send(&door, &door.root(), &request).ok();
    assert_eq!(first.text("IsTruncated"), "true");
    let second = send(&door, &door.root(), &format!("{request} Marker={}", first.text("Marker"))).ok();
    assert_eq!((second.text("IsTruncated"), second.has("Marker")), ("false".into(), false));
    let seen = [first.texts("ServiceNamespace"), second.texts("ServiceNamespace")].concat();
    assert_eq!(seen, (1..=150).map(|number| format!("s{number}")).collect::<Vec<_>>());
}

#[test]
fn refused() {
    let door = furnished();
    let request =
        |arn: &str| format!("ListPoliciesGrantingServiceAccess Arn={arn} ServiceNamespaces.member.1=s3");
    let invalid =
        |arn: &str| format!("400 InvalidInput: The ARN {arn} is not that of a user, group or role.");
    let here = "arn:aws:iam::111111111111:";
    for kind in ["user", "group", "role"] {
        let absent = format!("404 NoSuchEntity: The {kind} with name none cannot be found.");
        check(&door, &door.root(), &[(&request(&format!("{here}{kind}/none")), &absent)]);
    }
    // Another path is another ARN.
    let moved = "404 NoSuchEntity: The user with name Ana cannot be found.";
    check(&door, &door.root(), &[(&request(&format!("{here}user/Ana")), moved)]);
    let foreign = "arn:aws:iam::222222222222:user/team/Ana";
    check(&door, &door.root(), &[(&request(foreign), moved)]);
    for arn in [
        format!("{here}policy/Some-policy"),
        format!("{here}user-without-slash"),
        "not-an-arn-but-long-enough".to_owned(),
    ] {
        check(&door, &door.root(), &[(&request(&arn), &invalid(&arn))]);
    }
    check(
        &door,
        &door.root(),
        &[(&format!("{} Marker=x", request(ANA)), "400 ValidationError: Invalid Marker.")],
    );
}

#[test]
fn asked_about_by_arn() {
    let door = furnished();
    let action = "iam:ListPoliciesGrantingServiceAccess";
    let asker = door.user("asker", &[&allows(action, "arn:aws:iam::111111111111:user/team/*")]);
    let ask = |arn: &str| {
        let request = format!("ListPoliciesGrantingServiceAccess Arn={arn} ServiceNamespaces.member.1=s3");
        send(&door, &asker, &request).verdict().to_owned()
    };
    assert_eq!(ask(ANA), "ok");
    // What is not there, or could not be, is nobody's business who may not ask.
    for arn in ["group/Staff", "role/Web", "user/none", "policy/x"] {
        assert_eq!(ask(&format!("arn:aws:iam::111111111111:{arn}")), "AccessDenied", "{arn}");
    }
    assert_eq!(ask("arn:aws:iam::222222222222:user/team/Ana"), "AccessDenied");
}

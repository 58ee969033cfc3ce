//! Reports of last access.

use doorward_directory::change::{Holder, attachments};
use doorward_directory::reports::REPORT_KEPT;

use crate::door::{ALLOW_ALL, Answer, Door, Keys, MANAGEMENT, OTHER, account, allows, trusts};
use crate::{Parameters, check};

const GRANT: &str = r#"{"Version":"2012-10-17","Statement":[
    {"Effect":"Allow","Action":["s3:*","sqs:Send*","ec2:Run*"],"Resource":"*"},{"Effect":"Deny","Action":"kms:*","Resource":"*"}]}"#;
const READ: &str = "arn:aws:iam::111111111111:policy/Read";

/// A user of a group, a role, and a managed policy on all three.
fn world() -> (Door, Keys) {
    let door = Door::new();
    let ana = door.user("/team/Ana", &[ALLOW_ALL]);
    door.user("bob", &[]);
    door.group("ops", &[&allows("logs:*", "*")], &["Ana", "bob"]);
    door.role("web", &trusts("*"), &[GRANT]);
    door.managed("Read", &allows("dynamodb:Get*", "*"));
    door.change(|draft| {
        for holder in [Holder::User("Ana"), Holder::Group("ops"), Holder::Role("web")] {
            attachments::attach(draft, account(MANAGEMENT), holder, READ)?;
        }
        Ok(())
    });
    (door, ana)
}

fn call(door: &Door, keys: &Keys, operation: &str, parameters: Parameters<'_>) -> Answer {
    door.call(keys, &format!("iam:{operation}"), parameters)
}

fn job(door: &Door, keys: &Keys, arn: &str) -> String {
    call(door, keys, "GenerateServiceLastAccessedDetails", &[("Arn", arn)]).ok().text("JobId")
}

#[test]
fn what_is_granted_is_listed() {
    let (door, ana) = world();
    let action = ("Granularity", "ACTION_LEVEL");
    for (arn, more, services) in [
        ("role/web", &[][..], "dynamodb,ec2,s3,sqs"),
        ("group/ops", &[action], "dynamodb,logs"),
        ("policy/Read", &[("Granularity", "SERVICE_LEVEL")], "dynamodb"),
        ("user/bob", &[], "dynamodb,logs"),
    ] {
        let arn = format!("arn:aws:iam::111111111111:{arn}");
        let ask = [&[("Arn", arn.as_str())], more].concat();
        let made = call(&door, &ana, "GenerateServiceLastAccessedDetails", &ask).ok();
        let job = made.text("JobId");
        assert_eq!(job.len(), 36);
        let answer = call(&door, &ana, "GetServiceLastAccessedDetails", &[("JobId", &job)]);
        let zeros = vec!["0"; services.split(',').count()].join(",");
        check(
            &answer,
            &[
                ("JobStatus", "COMPLETED"),
                ("JobType", if more == [action] { "ACTION_LEVEL" } else { "SERVICE_LEVEL" }),
                ("JobCreationDate", "2026-11-22T10:00:00Z"),
                ("JobCompletionDate", "2026-11-22T10:00:00Z"),
                ("ServiceNamespace", services),
                ("ServiceName", services),
                ("TotalAuthenticatedEntities", &zeros),
                ("LastAuthenticated", "-"),
                ("LastAuthenticatedEntity", "-"),
                ("TrackedActionsLastAccessed", "-"),
                ("IsTruncated", "false"),
                ("Error", "-"),
            ],
        );
    }
    // What allows everything allows at least what this server speaks.
    let job = job(&door, &ana, "arn:aws:iam::111111111111:user/team/Ana");
    let answer = call(&door, &ana, "GetServiceLastAccessedDetails", &[("JobId", &job)]).ok();
    let names = answer.texts("ServiceName");
    assert!(names.contains(&"AWS Identity and Access Management".to_owned()), "{names:?}");
    assert!(names.contains(&"AWS Security Token Service".to_owned()), "{names:?}");
}

#[test]
fn who_could_have_used_it() {
    let (door, ana) = world();
    for (arn, service, names, kinds) in [
        ("user/team/Ana", "dynamodb", "Ana", "USER"),
        ("role/web", "s3", "web", "ROLE"),
        ("group/ops", "logs", "bob,Ana", "USER,USER"),
        ("policy/Read", "dynamodb", "web,bob,Ana", "ROLE,USER,USER"),
        ("policy/Read", "s3", "-", "-"),
    ] {
        let job = job(&door, &ana, &format!("arn:aws:iam::111111111111:{arn}"));
        let ask = [("JobId", job.as_str()), ("ServiceNamespace", service)];
        let answer = call(&door, &ana, "GetServiceLastAccessedDetailsWithEntities", &ask);
        let fields =
            [("JobStatus", "COMPLETED"), ("Name", names), ("Type", kinds), ("LastAuthenticated", "-")];
        check(&answer, &fields);
    }
    let job = job(&door, &ana, "arn:aws:iam::111111111111:user/team/Ana");
    let ask = [("JobId", job.as_str()), ("ServiceNamespace", "dynamodb")];
    let answer = call(&door, &ana, "GetServiceLastAccessedDetailsWithEntities", &ask);
    check(&answer, &[("Arn", "arn:aws:iam::111111111111:user/team/Ana"), ("Path", "/team/")]);
    assert!(answer.text("Id").starts_with("AIDA"));
}

#[test]
fn pages() {
    let (door, ana) = world();
    let of_role = job(&door, &ana, "arn:aws:iam::111111111111:role/web");
    let of_policy = job(&door, &ana, READ);
    let service = ("ServiceNamespace", "dynamodb");
    for (operation, ask, element, all) in [
        (
            "GetServiceLastAccessedDetails",
            vec![("JobId", &*of_role)],
            "ServiceNamespace",
            "dynamodb,ec2 s3,sqs",
        ),
        (
            "GetServiceLastAccessedDetailsWithEntities",
            vec![("JobId", &*of_policy), service],
            "Name",
            "web,bob Ana",
        ),
    ] {
        let mut marker: Option<String> = None;
        let mut seen = Vec::new();
        loop {
            let mut ask = [&ask[..], &[("MaxItems", "2")]].concat();
            ask.extend(marker.as_deref().map(|marker| ("Marker", marker)));
            let answer = call(&door, &ana, operation, &ask).ok();
            seen.push(answer.texts(element).join(","));
            marker = answer.has("Marker").then(|| answer.text("Marker"));
            if marker.is_none() {
                break;
            }
        }
        assert_eq!(seen.join(" "), all, "{operation}");
        let bad = [&ask[..], &[("Marker", "x")]].concat();
        call(&door, &ana, operation, &bad).refused("400 ValidationError: Invalid Marker.");
    }
}

#[test]
fn a_report_is_its_requesters() {
    let (door, ana) = world();
    let job = job(&door, &ana, READ);
    let ask = [("JobId", job.as_str())];
    let missing = format!("404 NoSuchEntity: The report with job id {job} cannot be found.");
    let other = door.user("other", &[ALLOW_ALL]);
    let foreign = door.user_in(OTHER, "foreign", &[ALLOW_ALL]);
    for keys in [&other, &foreign, &door.root()] {
        call(&door, keys, "GetServiceLastAccessedDetails", &ask).refused(&missing);
        let with = [ask[0], ("ServiceNamespace", "dynamodb")];
        call(&door, keys, "GetServiceLastAccessedDetailsWithEntities", &with).refused(&missing);
        call(&door, keys, "GetOrganizationsAccessReport", &ask).refused(&missing);
    }
    // Of a role, it belongs to the session that asked, and to the next of the same name.
    let role = door.role("auditor", &trusts("arn:aws:iam::111111111111:user/other"), &[ALLOW_ALL]);
    let session = door.assume(&other, &role);
    let own = self::job(&door, &session, READ);
    let same = door.assume(&other, &role);
    let next =
        door.call(&other, "sts:AssumeRole", &[("RoleArn", &role), ("RoleSessionName", "else")]).ok().keys();
    for (keys, verdict) in
        [(&session, "ok"), (&same, "ok"), (&next, "NoSuchEntity"), (&other, "NoSuchEntity")]
    {
        let answer = call(&door, keys, "GetServiceLastAccessedDetails", &[("JobId", &own)]);
        assert_eq!(answer.verdict(), verdict);
    }
    // It does not last.
    call(&door, &ana, "GetServiceLastAccessedDetails", &ask).ok();
    door.wait(REPORT_KEPT.as_secs());
    call(&door, &ana, "GetServiceLastAccessedDetails", &ask).refused(&missing);
}

#[test]
fn a_report_stays_as_it_was() {
    let (door, ana) = world();
    let job = job(&door, &ana, "arn:aws:iam::111111111111:group/ops");
    door.change(|draft| attachments::detach(draft, account(MANAGEMENT), Holder::Group("ops"), READ));
    let answer = call(&door, &ana, "GetServiceLastAccessedDetails", &[("JobId", &job)]);
    check(&answer, &[("ServiceNamespace", "dynamodb,logs")]);
}

#[test]
fn refused() {
    let (door, ana) = world();
    let generate = "GenerateServiceLastAccessedDetails";
    let by_arn = door.user("by-arn", &[&allows("iam:Generate*", READ)]);
    for (keys, arn, outcome) in [
        (&by_arn, READ, "ok"),
        (&by_arn, "arn:aws:iam::111111111111:role/web", "AccessDenied"),
        (&ana, "arn:aws:iam::111111111111:user/nobody", "NoSuchEntity"),
        (&ana, "arn:aws:iam::111111111111:policy/None", "NoSuchEntity"),
        (&ana, "arn:aws:iam::222222222222:policy/None", "NoSuchEntity"),
        (&ana, "arn:aws:iam::222222222222:user/foreign", "AccessDenied"),
        (&ana, "arn:aws:iam::111111111111:instance-profile/x", "InvalidInput"),
        (&ana, "arn:aws:s3:::a-bucket-of-mine", "InvalidInput"),
    ] {
        let answer = call(&door, keys, generate, &[("Arn", arn)]);
        assert_eq!(answer.verdict(), outcome, "{arn}");
    }
    let none = "00000000-0000-4000-8000-000000000000";
    call(&door, &ana, "GetServiceLastAccessedDetails", &[("JobId", none)]).refused(
        "404 NoSuchEntity: The report with job id 00000000-0000-4000-8000-000000000000 cannot be found.",
    );
}

#[test]
fn an_organization_that_is_not_there() {
    let (door, ana) = world();
    let path = ("EntityPath", "o-abcdefghij/r-abcd/111111111111");
    let generate = "GenerateOrganizationsAccessReport";
    let policy = ("OrganizationsPolicyId", "p-abcdefgh");
    for ask in [&[path][..], &[path, policy]] {
        let job = call(&door, &ana, generate, ask).ok().text("JobId");
        let answer = call(&door, &ana, "GetOrganizationsAccessReport", &[("JobId", &job)]);
        check(
            &answer,
            &[
                ("JobStatus", "FAILED"),
                ("JobCreationDate", "2026-11-22T10:00:00Z"),
                ("Code", "OrganizationNotFoundException"),
                ("AccessDetails", "-"),
            ],
        );
        let as_entity = call(&door, &ana, "GetServiceLastAccessedDetails", &[("JobId", &job)]);
        assert_eq!(as_entity.verdict(), "NoSuchEntity");
    }
    let elsewhere = door.user_in(OTHER, "admin", &[ALLOW_ALL]);
    call(&door, &elsewhere, generate, &[path]).refused(
        "403 AccessDenied: This operation can be called only from the organization's management account.",
    );
    let narrow = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:GenerateOrganizationsAccessReport",
        "Resource":"arn:aws:iam::111111111111:access-report/o-abcdefghij/*","Condition":{"StringEquals":{"iam:OrganizationsPolicyId":"p-abcdefgh"}}}}"#;
    let narrow = door.user("narrow", &[narrow]);
    let other_path = ("EntityPath", "o-klmnopqrst/r-abcd");
    for (ask, verdict) in [
        ([path, policy], "ok"),
        ([other_path, policy], "AccessDenied"),
        ([path, ("OrganizationsPolicyId", "p-other123")], "AccessDenied"),
    ] {
        assert_eq!(call(&door, &narrow, generate, &ask).verdict(), verdict, "{ask:?}");
    }
}

/// The longest paths and names that there are, and services that policies made up.
#[test]
fn markers_of_long_keys_can_be_sent_back() {
    let (door, ana) = world();
    let path = format!("/{}/", "p".repeat(510));
    let users: Vec<String> = (0..3).map(|number| format!("{}{number}", "n".repeat(63))).collect();
    let long = (0..3).map(|number| format!("{}{number}", "s".repeat(400)));
    let services: Vec<String> = std::iter::once("s3".to_owned()).chain(long).collect();
    let actions: Vec<String> = services.iter().map(|service| format!(r#""{service}:*""#)).collect();
    let grant = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":[{}],"Resource":"*"}}}}"#,
        actions.join(",")
    );
    let arn = door.managed("Long", &grant);
    for name in &users {
        door.user(&format!("{path}{name}"), &[]);
        door.change(|draft| attachments::attach(draft, account(MANAGEMENT), Holder::User(name), &arn));
    }
    let job = job(&door, &ana, &arn);
    let s3 = ("ServiceNamespace", "s3");
    for (operation, more, element, all) in [
        ("GetServiceLastAccessedDetails", &[][..], "ServiceNamespace", &services),
        ("GetServiceLastAccessedDetailsWithEntities", &[s3], "Name", &users),
    ] {
        let mut seen = Vec::new();
        let mut marker: Option<String> = None;
        loop {
            let mut ask = [&[("JobId", job.as_str()), ("MaxItems", "1")], more].concat();
            ask.extend(marker.as_deref().map(|marker| ("Marker", marker)));
            let answer = call(&door, &ana, operation, &ask).ok();
            seen.extend(answer.texts(element));
            marker = answer.has("Marker").then(|| answer.text("Marker"));
            if marker.is_none() {
                break;
            }
        }
        seen.sort_unstable();
        assert_eq!(seen, *all, "{operation}");
    }
}

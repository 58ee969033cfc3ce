//! Role templates, and roles that are made from them.

use doorward_directory::Tag;
use doorward_directory::role_template::{
    Need, Parameter, ParameterKind, RoleTemplates, TemplateState, TemplateVersion,
};

use crate::door::{ALLOW_ALL, Door, Keys, trusts};
use crate::{allows_if, check, send};

const POWER: &str = "arn:aws:iam::aws:role-template/iam.amazonaws.com/PowerUserRoleTemplate:1";
const RUNNER: &str = "arn:aws:iam::aws:role-template/ci.example.internal/Runner:2";
const NONE: &str = "arn:aws:iam::aws:role-template/ci.example.internal/None:1";
const BOUNDARY: &str = "arn:aws:iam::111111111111:policy/boundary";
const READ_ONLY: &str = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const CI: &str = "arn:aws:iam::111111111111:role/ci/web/runner-web";

fn parameter(name: &str, kind: ParameterKind, need: Need, default: Option<&str>) -> Parameter {
    Parameter {
        name: name.into(),
        kind,
        description: None,
        need: Some(need),
        default: default.map(Into::into),
        immutable: None,
    }
}

/// A template that has everything.
fn runner() -> TemplateVersion {
    TemplateVersion {
        arn: RUNNER.into(),
        minor: 3,
        default_minor: 3,
        id: Some("RTVEXAMPLEEXAMPLE1".into()),
        description: Some("runs".into()),
        managed_by: Some("ci.example.internal".into()),
        template_state: TemplateState::Enabled,
        state: TemplateState::Enabled,
        role_name: "runner-@{team}".into(),
        role_path: Some("/ci/@{team}/".into()),
        role_description: Some("Runs for @{team} (@{limit})".into()),
        trust: r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"#.into(),
        inline: vec![(
            "buckets".into(),
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"@{buckets}/*"},{"@Enabled":"writes","Effect":"Allow","Action":"s3:Put*","Resource":"@{target}"}]}"#.into(),
        )],
        managed: vec![READ_ONLY.into()],
        boundary: Some(BOUNDARY.into()),
        parameters: vec![
            parameter("team", ParameterKind::String, Need::Required, None),
            parameter("buckets", ParameterKind::ArnList, Need::Required, None),
            parameter("writes", ParameterKind::String, Need::Optional, Some("False")),
            parameter("target", ParameterKind::Arn, Need::Optional, None),
            parameter("limit", ParameterKind::Number, Need::Optional, Some("-1.5")),
        ],
        tags: vec![Tag { key: "team".into(), value: "@{team}".into() }],
        max_session_s: Some(7200),
        created: None,
        updated: None,
    }
}

fn door() -> Door {
    let older = TemplateVersion { minor: 1, role_name: "older-@{team}".into(), ..runner() };
    let disabled = TemplateVersion { minor: 4, state: TemplateState::Disabled, ..runner() };
    let of = |name: &str| TemplateVersion { arn: RUNNER.replace("Runner", name).into(), ..runner() };
    let retired = TemplateVersion { template_state: TemplateState::Disabled, ..of("Retired") };
    let all = vec![runner(), older, disabled, retired];
    let mut door = Door::new();
    door.gate = door.gate.clone().with_role_templates(RoleTemplates::new(all).unwrap());
    door.managed("boundary", ALLOW_ALL);
    door
}

/// `AcquireRole`, with values written as `team=web buckets=a,b`.
fn acquire(arn: &str, values: &str) -> String {
    let mut request = format!("AcquireRole TemplateArn={arn}");
    let values = values.split(' ').filter(|value| !value.is_empty());
    for (number, (name, values)) in (1..).zip(values.map(|value| value.split_once('=').unwrap())) {
        let entry = format!("ReplacementValues.entry.{number}");
        request += &format!(" {entry}.key={name}");
        for (place, value) in (1..).zip(values.split(',')) {
            request += &format!(" {entry}.value.Values.member.{place}={value}");
        }
    }
    request
}

fn web() -> String {
    acquire(RUNNER, "team=web buckets=arn:aws:s3:::a,arn:aws:s3:::b")
}

#[test]
fn templates_are_shown() {
    let door = door();
    let root = door.root();
    let power = send(&door, &root, &format!("GetRoleTemplateVersion TemplateArn={POWER}")).ok();
    let trust = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"@{AWSServiceName}"},"Action":"sts:AssumeRole"}]}"#;
    for (name, text) in [
        ("TemplateArn", POWER),
        ("TemplateName", "PowerUserRoleTemplate"),
        ("MajorVersion", "1"),
        ("Enabled", "true"),
        ("VersionEnabled", "true"),
        ("RoleNamePattern", "@{RoleName}"),
        ("RolePathPattern", "/"),
        ("AssumeRolePolicyDocumentTemplate", &doorward_wire::percent_encode_document(trust)),
    ] {
        assert_eq!(power.text(name), text, "{name}");
    }
    assert_eq!(power.texts("Name"), ["AWSServiceName", "RoleName"]);
    assert!(power.xml.contains("<member>arn:aws:iam::aws:policy/PowerUserAccess</member>"));
    let runner = send(&door, &root, &format!("GetRoleTemplateVersion TemplateArn={RUNNER}")).ok();
    for (name, text) in [
        ("MinorVersion", "3"),
        ("DefaultMinorVersion", "3"),
        ("TemplateVersionId", "RTVEXAMPLEEXAMPLE1"),
        ("ManagedByType", "Service"),
        ("ManagedByValue", "ci.example.internal"),
        ("PermissionBoundaryArn", BOUNDARY),
        ("MaxSessionDuration", "7200"),
        ("DefaultValue", "False"),
        ("PolicyName", "buckets"),
    ] {
        assert_eq!(runner.texts(name)[0], text, "{name}");
    }
    let version = |minor: i64| format!("GetRoleTemplateVersion TemplateArn={RUNNER} MinorVersion={minor}");
    assert_eq!(send(&door, &root, &version(1)).ok().text("RoleNamePattern"), "older-@{team}");
    assert_eq!(send(&door, &root, &version(4)).ok().text("VersionEnabled"), "false");
    let no_version =
        |minor: i64| format!("404 NoSuchEntity: The role template {RUNNER} has no minor version {minor}.");
    check(
        &door,
        &root,
        &[
            (&version(2), &no_version(2)),
            (&version(-1), &no_version(-1)),
            (
                &format!("GetRoleTemplateVersion TemplateArn={NONE}"),
                &format!("404 NoSuchEntity: The role template {NONE} cannot be found."),
            ),
            (
                "GetRoleTemplateVersion TemplateArn=xxxxxxxxxxxxxxxxxxxxxxxx",
                "400 ValidationError: Invalid ARN:  Could not be parsed!",
            ),
        ],
    );
}

#[test]
fn a_role_is_made_and_found_again() {
    let door = door();
    let root = door.root();
    let made = send(&door, &root, &web()).ok();
    for (name, text) in [
        ("RoleName", "runner-web"),
        ("Arn", CI),
        ("Path", "/ci/web/"),
        ("Description", "Runs for web (-1.5)"),
        ("MaxSessionDuration", "7200"),
        ("PermissionsBoundaryArn", BOUNDARY),
        ("Key", "team"),
        ("Value", "web"),
        ("TemplateArn", RUNNER),
        ("TemplateMinorVersion", "3"),
    ] {
        assert_eq!(made.text(name), text, "{name}");
    }
    let shown = send(&door, &root, "GetRole RoleName=runner-web").ok();
    assert_eq!((shown.text("TemplateArn"), shown.text("TemplateMinorVersion")), (RUNNER.into(), "3".into()));
    let inline = send(&door, &root, "GetRolePolicy RoleName=runner-web PolicyName=buckets").ok();
    let expected = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":["arn:aws:s3:::a/*","arn:aws:s3:::b/*"]}]}"#;
    assert_eq!(inline.text("PolicyDocument"), doorward_wire::percent_encode_document(expected));
    let attached = send(&door, &root, "ListAttachedRolePolicies RoleName=runner-web").ok();
    assert_eq!(attached.texts("PolicyArn"), [READ_ONLY]);
    // The same is found, also where a default is given as a value and the description is another.
    check(&door, &root, &[("UpdateRoleDescription RoleName=runner-web Description=other", "ok")]);
    for request in [web(), format!("{} TemplateMinorVersion=3", web())] {
        let found = send(&door, &root, &request).ok();
        assert_eq!(
            (found.text("RoleId"), found.text("Description")),
            (made.text("RoleId"), "other".into()),
            "{request}"
        );
    }
    let said = acquire(RUNNER, "team=web buckets=arn:aws:s3:::a,arn:aws:s3:::b writes=False limit=-1.5");
    assert_eq!(send(&door, &root, &said).ok().text("RoleId"), made.text("RoleId"));
    // A plain role shows no template.
    door.role("plain", &trusts("*"), &[]);
    assert!(!send(&door, &root, "GetRole RoleName=plain").ok().has("SourceRoleTemplate"));
    let writer = acquire(RUNNER, "team=w buckets=arn:aws:s3:::a writes=True target=arn:aws:s3:::t");
    send(&door, &root, &writer).ok();
    let inline = send(&door, &root, "GetRolePolicy RoleName=runner-w PolicyName=buckets").ok();
    assert!(inline.text("PolicyDocument").contains("s3%3APut%2A"), "{}", inline.xml);
    let power = acquire(POWER, "RoleName=power AWSServiceName=ec2.amazonaws.com");
    let power = send(&door, &root, &power).ok();
    assert_eq!(power.text("Arn"), "arn:aws:iam::111111111111:role/power");
}

#[test]
fn other_roles_of_that_name_are_in_the_way() {
    let door = door();
    let root = door.root();
    let conflict = "409 NameConflict: A role with this name already exists but was not created from this template and parameters.";
    send(&door, &root, &web()).ok();
    door.role("RUNNER-plain", &trusts("*"), &[]);
    for request in [
        acquire(RUNNER, "team=web buckets=arn:aws:s3:::a"),
        acquire(RUNNER, "team=web buckets=arn:aws:s3:::b,arn:aws:s3:::a"),
        acquire(RUNNER, "team=web buckets=arn:aws:s3:::a,arn:aws:s3:::b target=arn:aws:s3:::t"),
        acquire(RUNNER, "team=plain buckets=arn:aws:s3:::a"),
        acquire(POWER, "RoleName=runner-web AWSServiceName=ec2.amazonaws.com"),
    ] {
        check(&door, &root, &[(&request, conflict)]);
    }
}

#[test]
fn a_role_that_was_modified_is_not_returned() {
    let modified =
        "409 RoleModified: Role runner-web has been modified since it was created and is no longer managed.";
    let trust = trusts("*");
    let own = format!("PolicyDocument={ALLOW_ALL}");
    for change in [
        "DetachRolePolicy PolicyArn=arn:aws:iam::aws:policy/ReadOnlyAccess",
        "AttachRolePolicy PolicyArn=arn:aws:iam::aws:policy/PowerUserAccess",
        &format!("PutRolePolicy PolicyName=buckets {own}"),
        &format!("PutRolePolicy PolicyName=other {own}"),
        "DeleteRolePolicy PolicyName=buckets",
        "DeleteRolePermissionsBoundary",
        "PutRolePermissionsBoundary PermissionsBoundary=arn:aws:iam::aws:policy/PowerUserAccess",
        "TagRole Tags.member.1.Key=a Tags.member.1.Value=b",
        "TagRole Tags.member.1.Key=team Tags.member.1.Value=other",
        "UntagRole TagKeys.member.1=team",
        "UpdateRole MaxSessionDuration=3600",
        &format!("UpdateAssumeRolePolicy PolicyDocument={trust}"),
    ] {
        let door = door();
        let change = format!("{change} RoleName=runner-web");
        check(&door, &door.root(), &[(&web(), "ok"), (&change, "ok"), (&web(), modified)]);
    }
}

#[test]
fn values_are_checked_and_nothing_is_made() {
    let door = door();
    let root = door.root();
    let long = "x".repeat(58);
    for (values, expected) in [
        ("team=web", "The role template needs a value for the parameter buckets."),
        ("buckets=arn:aws:s3:::a", "The role template needs a value for the parameter team."),
        (
            "team=web buckets=arn:aws:s3:::a writes=True",
            "The role template needs a value for the parameter target.",
        ),
        ("team=web buckets=arn:aws:s3:::a x=y", "The role template has no parameter x."),
        ("team=a,b buckets=arn:aws:s3:::a", "The parameter team is a String and takes one value."),
        (
            "team=web buckets=arn:aws:s3:::a,b",
            "The value b of the parameter buckets is not of the type ArnList.",
        ),
        (
            "team=web buckets=arn:aws:s3:::a limit=1e3",
            "The value 1e3 of the parameter limit is not of the type Number.",
        ),
        (
            "team=a/b buckets=arn:aws:s3:::a",
            "The values make no role name of the role template: `runner-a/b` is not a name: it must have 1 to 128 letters, digits or characters of _+=,.@-.",
        ),
        (
            &format!("team={long} buckets=arn:aws:s3:::a"),
            &format!(
                "The values make no role name of the role template: `runner-{long}` has more than 64 characters."
            ),
        ),
    ] {
        check(&door, &root, &[(&acquire(RUNNER, values), &format!("400 InvalidInput: {expected}"))]);
    }
    let disabled = "400 RoleTemplateDisabled: The role template version is disabled.";
    let retired = acquire(&RUNNER.replace("Runner", "Retired"), "team=web buckets=arn:aws:s3:::a");
    check(
        &door,
        &root,
        &[
            (&format!("{} TemplateMinorVersion=4", web()), disabled),
            (&retired, disabled),
            (
                &format!("{} TemplateMinorVersion=2", web()),
                &format!("404 NoSuchEntity: The role template {RUNNER} has no minor version 2."),
            ),
            (&acquire(NONE, ""), &format!("404 NoSuchEntity: The role template {NONE} cannot be found.")),
            (
                &acquire(POWER, "RoleName=power AWSServiceName=x\""),
                "400 MalformedPolicyDocument: Invalid principal in policy: \"SERVICE\":\"x\"\"",
            ),
        ],
    );
    assert!(send(&door, &root, "ListRoles").ok().texts("RoleName").is_empty());
}

#[test]
fn a_role_is_made_whole_or_not_at_all() {
    let mut door = Door::new();
    door.gate = door.gate.clone().with_role_templates(RoleTemplates::new(vec![runner()]).unwrap());
    let root = door.root();
    let absent = format!("404 NoSuchEntity: Scope ARN: {BOUNDARY} does not exist or is not attachable.");
    check(&door, &root, &[(&web(), &absent)]);
    let unknown = TemplateVersion {
        managed: vec![READ_ONLY.into(), "arn:aws:iam::aws:policy/None".into()],
        boundary: None,
        ..runner()
    };
    door.gate = door.gate.clone().with_role_templates(RoleTemplates::new(vec![unknown]).unwrap());
    let absent = "404 NoSuchEntity: Policy arn:aws:iam::aws:policy/None does not exist or is not attachable.";
    check(&door, &root, &[(&web(), absent)]);
    assert!(send(&door, &root, "ListRoles").ok().texts("RoleName").is_empty());
    assert_eq!(
        send(&door, &root, "GetRolePolicy RoleName=runner-web PolicyName=buckets").verdict(),
        "NoSuchEntity"
    );
}

/// What somebody needs to make the role of the tests, each permission as narrow as can be.
fn permissions(template: &str) -> Vec<String> {
    let template = |action: &str| allows_if(action, CI, "iam:RoleTemplateARN", template);
    vec![
        crate::door::allows("iam:GetRoleTemplateVersion", RUNNER),
        template("iam:CreateRole"),
        allows_if("iam:AttachRolePolicy", CI, "iam:PolicyARN", READ_ONLY),
        allows_if("iam:PutRolePolicy", CI, "iam:PermissionsBoundary", BOUNDARY),
        template("iam:PutRolePermissionsBoundary"),
        allows_if("iam:TagRole", CI, "aws:RequestTag/team", "web"),
    ]
}

fn with(door: &Door, name: &str, permissions: &[String]) -> Keys {
    let texts: Vec<&str> = permissions.iter().map(String::as_str).collect();
    door.user(name, &texts)
}

#[test]
fn every_part_of_a_new_role_is_asked_about() {
    let door = door();
    for missing in 0..permissions(RUNNER).len() {
        let mut some = permissions(RUNNER);
        some.remove(missing);
        let maker = with(&door, &format!("maker{missing}"), &some);
        assert_eq!(send(&door, &maker, &web()).verdict(), "AccessDenied", "{missing}");
    }
    let elsewhere = with(&door, "elsewhere", &permissions(&RUNNER.replace(":2", ":1")));
    assert_eq!(send(&door, &elsewhere, &web()).verdict(), "AccessDenied");
    let maker = with(&door, "maker", &permissions(RUNNER));
    send(&door, &maker, &web()).ok();
    // Once it is there, it is read.
    assert_eq!(
        send(&door, &maker, &web()).outcome(),
        "403 AccessDenied: User: arn:aws:iam::111111111111:user/maker is not authorized to perform: iam:GetRole on \
         resource: role runner-web because no identity-based policy allows the iam:GetRole action"
    );
    let read = allows_if("iam:GetRole", CI, "iam:RoleTemplateARN", RUNNER);
    let reader =
        with(&door, "reader", &[crate::door::allows("iam:GetRoleTemplateVersion", RUNNER), read.clone()]);
    send(&door, &reader, &web()).ok();
    let blind = with(&door, "blind", &[read]);
    assert_eq!(
        send(&door, &blind, &web()).outcome(),
        format!(
            "403 AccessDenied: User: arn:aws:iam::111111111111:user/blind is not authorized to perform: \
             iam:GetRoleTemplateVersion on resource: {RUNNER} because no identity-based policy allows the \
             iam:GetRoleTemplateVersion action"
        )
    );
    // What is wrong with the values is told to whoever may read the template, and nobody else.
    for (keys, expected) in [(&reader, "InvalidInput"), (&blind, "AccessDenied")] {
        assert_eq!(send(&door, keys, &acquire(RUNNER, "team=web")).verdict(), expected);
    }
}

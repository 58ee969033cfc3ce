//! `SimulateCustomPolicy`: policies as texts.

use crate::door::{ALLOW_ALL, Door, allows, denies};
use crate::{TWO, check, root, simulate};

/// An action and parameters beside it, and what the answer must say.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a [(&'a str, &'a str)]);

const POLICY: &str = "PolicyInputList.member.1";
const ACTION: &str = "ActionNames.member.1";
const RESOURCE: &str = "ResourceArns.member.1";

/// A policy that allows under a condition, written as in JSON.
fn when(condition: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{condition}}}}}"#
    )
}

#[test]
fn decisions_statements_and_positions() {
    let (door, root) = root();
    // The document of which AWS's own answer is on record.
    let recorded = r#"{"Version": "2012-10-17", "Statement": {"Sid": "", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}}"#;
    let cases: [Case<'_>; 5] = [
        (
            &[(POLICY, recorded), (ACTION, "s3:PutObject")],
            &[
                ("EvalActionName", "s3:PutObject"),
                ("EvalResourceName", "*"),
                ("EvalDecision", "allowed"),
                ("SourcePolicyId", "PolicyInputList.1"),
                ("SourcePolicyType", "IAM Policy"),
                ("StartPosition", "<Line>1</Line><Column>41</Column>"),
                ("EndPosition", "<Line>1</Line><Column>113</Column>"),
                ("AllowedByOrganizations", "true"),
                ("AllowedByPermissionsBoundary", "-"),
                ("EvalDecisionDetails", "-"),
                ("ResourceSpecificResults", "-"),
                ("IsTruncated", "false"),
            ],
        ),
        (
            &[(POLICY, recorded), (ACTION, "s3:GetObject")],
            &[("EvalDecision", "implicitDeny"), ("MatchedStatements", ""), ("MissingContextValues", "")],
        ),
        (
            &[(POLICY, TWO), (ACTION, "s3:GetObject"), (RESOURCE, "arn:aws:s3:::open/a")],
            &[
                ("EvalDecision", "allowed"),
                ("EvalResourceName", "*,arn:aws:s3:::open/a"),
                ("EvalResourceDecision", "allowed"),
                ("EvalDecisionDetails", ""),
                ("StartPosition", "<Line>4</Line><Column>6</Column>,<Line>4</Line><Column>6</Column>"),
                ("EndPosition", "<Line>4</Line><Column>62</Column>,<Line>4</Line><Column>62</Column>"),
            ],
        ),
        (
            // Both match; a denial alone is named.
            &[
                (POLICY, TWO),
                (ACTION, "s3:GetObject"),
                (RESOURCE, "arn:aws:s3:::secret/a"),
                ("ResourceArns.member.2", "arn:aws:s3:::open/a"),
                ("ResourceArns.member.3", "*"),
            ],
            &[
                ("EvalDecision", "explicitDeny"),
                ("EvalResourceDecision", "explicitDeny,allowed,allowed"),
                (
                    "StartPosition",
                    "<Line>5</Line><Column>6</Column>,<Line>5</Line><Column>6</Column>,\
                     <Line>4</Line><Column>6</Column>,<Line>4</Line><Column>6</Column>",
                ),
            ],
        ),
        (
            &[
                (POLICY, TWO),
                ("PolicyInputList.member.2", ALLOW_ALL),
                (ACTION, "s3:GetObject"),
                (RESOURCE, "*"),
            ],
            &[("SourcePolicyId", "PolicyInputList.1,PolicyInputList.2"), ("ResourceSpecificResults", "-")],
        ),
    ];
    for (parameters, fields) in cases {
        check(&simulate(&door, &root, "Custom", parameters), fields);
    }
}

#[test]
fn context_entries_of_every_type() {
    let (door, root) = root();
    for (condition, kind, values, expected) in [
        (r#"{"StringEquals":{"aws:RequestTag/a":"x"}}"#, "string", &["x"][..], "allowed"),
        (r#"{"StringEquals":{"aws:RequestTag/a":"x"}}"#, "string", &["y"], "implicitDeny"),
        (
            r#"{"ForAllValues:StringEquals":{"aws:RequestTag/a":["x","y"]}}"#,
            "stringList",
            &["x", "y"],
            "allowed",
        ),
        (r#"{"ForAnyValue:StringEquals":{"aws:RequestTag/a":"z"}}"#, "stringList", &["x"], "implicitDeny"),
        (r#"{"Null":{"aws:RequestTag/a":"true"}}"#, "stringList", &[], "allowed"),
        (r#"{"NumericLessThan":{"aws:RequestTag/a":"10"}}"#, "numeric", &["9.5"], "allowed"),
        (r#"{"ForAnyValue:NumericEquals":{"aws:RequestTag/a":"1"}}"#, "numericList", &["1", "2"], "allowed"),
        (r#"{"Bool":{"aws:RequestTag/a":"true"}}"#, "boolean", &["true"], "allowed"),
        (
            r#"{"ForAllValues:Bool":{"aws:RequestTag/a":"true"}}"#,
            "booleanList",
            &["true", "false"],
            "implicitDeny",
        ),
        (r#"{"IpAddress":{"aws:RequestTag/a":"10.0.0.0/8"}}"#, "ip", &["10.1.2.3"], "allowed"),
        (
            r#"{"ForAnyValue:IpAddress":{"aws:RequestTag/a":"10.0.0.0/8"}}"#,
            "ipList",
            &["192.0.2.1"],
            "implicitDeny",
        ),
        (r#"{"BinaryEquals":{"aws:RequestTag/a":"QmluYXJ5"}}"#, "binary", &["QmluYXJ5"], "allowed"),
        (
            r#"{"ForAnyValue:BinaryEquals":{"aws:RequestTag/a":"QmluYXJ5"}}"#,
            "binaryList",
            &["QmluYXJ5"],
            "allowed",
        ),
        (
            r#"{"DateLessThan":{"aws:RequestTag/a":"2030-01-01T00:00:00Z"}}"#,
            "date",
            &["2029-01-01"],
            "allowed",
        ),
        (
            r#"{"ForAnyValue:DateLessThan":{"aws:RequestTag/a":"2030-01-01"}}"#,
            "dateList",
            &["2031-01-01"],
            "implicitDeny",
        ),
    ] {
        let policy = when(condition);
        let mut parameters = vec![
            (POLICY, policy.as_str()),
            (ACTION, "s3:GetObject"),
            ("ContextEntries.member.1.ContextKeyName", "AWS:requesttag/A"),
            ("ContextEntries.member.1.ContextKeyType", kind),
        ];
        let names = [
            "ContextEntries.member.1.ContextKeyValues.member.1",
            "ContextEntries.member.1.ContextKeyValues.member.2",
        ];
        parameters.extend(names.into_iter().zip(values.iter().copied()));
        let answer = simulate(&door, &root, "Custom", &parameters);
        assert_eq!(answer.clone().ok().texts("EvalDecision"), [expected], "{condition} {values:?}");
        check(&answer, &[("MissingContextValues", "")]);
    }
}

#[test]
fn what_is_missing_is_named() {
    let (door, root) = root();
    let policy = when(
        r#"{"StringEquals":{"aws:PrincipalTag/team":"${aws:username}"},"DateLessThan":{"aws:CurrentTime":"2030-01-01"}}"#,
    );
    let base = [(POLICY, policy.as_str()), (ACTION, "s3:GetObject")];
    let with =
        |more: &[(&'static str, &'static str)]| simulate(&door, &root, "Custom", &[&base, more].concat());
    let all =
        "<member>aws:CurrentTime</member><member>aws:PrincipalTag/team</member><member>aws:username</member>";
    check(&with(&[]), &[("EvalDecision", "implicitDeny"), ("MissingContextValues", all)]);
    // The caller's ARN says its name.
    let known = "<member>aws:CurrentTime</member><member>aws:PrincipalTag/team</member>";
    let ana = ("CallerArn", "arn:aws:iam::111111111111:user/ana");
    check(&with(&[ana]), &[("MissingContextValues", known)]);
    check(
        &with(&[ana, (RESOURCE, "arn:aws:s3:::a/b")]),
        &[("MissingContextValues", &format!("{known},{known}"))],
    );
    // A statement that cannot match any more depends on nothing.
    let team = [
        ana,
        ("ContextEntries.member.1.ContextKeyName", "aws:PrincipalTag/team"),
        ("ContextEntries.member.1.ContextKeyType", "string"),
    ];
    let value = "ContextEntries.member.1.ContextKeyValues.member.1";
    check(&with(&[&team[..], &[(value, "bob")]].concat()), &[("MissingContextValues", "")]);
    let time = [
        (value, "ana"),
        ("ContextEntries.member.2.ContextKeyName", "aws:CurrentTime"),
        ("ContextEntries.member.2.ContextKeyType", "date"),
        ("ContextEntries.member.2.ContextKeyValues.member.1", "2029-12-31"),
    ];
    check(&with(&[&team[..], &time].concat()), &[("EvalDecision", "allowed"), ("MissingContextValues", "")]);
}

#[test]
fn a_boundary_limits_and_says_so() {
    let (door, root) = root();
    let boundary = "PermissionsBoundaryPolicyInputList.member.1";
    let get = allows("s3:GetObject", "arn:aws:s3:::a/*");
    for (text, resource, decision, allowed) in [
        (get.as_str(), "arn:aws:s3:::a/b", "allowed", "true,true"),
        (&get, "arn:aws:s3:::c/b", "implicitDeny", "false,false"),
        (&denies("s3:*", "*"), "arn:aws:s3:::a/b", "explicitDeny", "false,false"),
    ] {
        let answer = simulate(
            &door,
            &root,
            "Custom",
            &[(POLICY, TWO), (boundary, text), (ACTION, "s3:GetObject"), (RESOURCE, resource)],
        );
        let fields = [("EvalDecision", decision), ("AllowedByPermissionsBoundary", allowed)];
        check(&answer, &fields);
        assert_eq!(answer.has("StartPosition"), decision == "allowed");
    }
}

#[test]
fn every_level_of_an_organization_must_allow() {
    let (door, root) = root();
    let first = "OrderedOrganizationPolicyInputList.member.1.ServiceControlPolicyInputList.member.1";
    let second = "OrderedOrganizationPolicyInputList.member.2.ServiceControlPolicyInputList.member.1";
    let conditional = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
        {"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}}]}"#;
    for (levels, decision, allowed) in [
        (&[(first, ALLOW_ALL), (second, ALLOW_ALL)][..], "allowed", "true"),
        (&[(first, ALLOW_ALL), (second, &*allows("ec2:*", "*"))], "implicitDeny", "false"),
        (&[(first, &*denies("s3:*", "*")), (second, ALLOW_ALL)], "explicitDeny", "false"),
        // A key that only the organization asks for is not named as missing.
        (&[(first, conditional)], "allowed", "true"),
    ] {
        let ask = [(POLICY, ALLOW_ALL), (ACTION, "s3:GetObject"), (RESOURCE, "arn:aws:s3:::a/b")];
        let answer = simulate(&door, &root, "Custom", &[&ask, levels].concat());
        check(
            &answer,
            &[
                ("EvalDecision", decision),
                ("AllowedByOrganizations", allowed),
                ("EvalDecisionDetails", if allowed == "true" { "" } else { "-" }),
                ("MissingContextValues", ","),
                (
                    "SourcePolicyId",
                    if allowed == "true" { "PolicyInputList.1,PolicyInputList.1" } else { "-" },
                ),
            ],
        );
    }
}

#[test]
fn pages_of_actions() {
    let (door, root) = root();
    let names: Vec<(String, String)> =
        (1..=5).map(|at| (format!("ActionNames.member.{at}"), format!("s3:Get{at}"))).collect();
    let names: Vec<(&str, &str)> =
        names.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut marker: Option<String> = None;
    let mut seen = Vec::new();
    loop {
        let mut parameters = vec![(POLICY, TWO), ("MaxItems", "2")];
        parameters.extend(&names);
        parameters.extend(marker.as_deref().map(|marker| ("Marker", marker)));
        let answer = simulate(&door, &root, "Custom", &parameters).ok();
        seen.push(answer.texts("EvalActionName").join(","));
        assert_eq!(answer.text("IsTruncated"), answer.has("Marker").to_string());
        marker = answer.has("Marker").then(|| answer.text("Marker"));
        if marker.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["s3:Get1,s3:Get2", "s3:Get3,s3:Get4", "s3:Get5"]);
}

#[test]
fn a_page_ends_before_it_takes_long() {
    let (door, root) = root();
    let statements = vec![r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}"#; 199];
    let policy = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
    let ask = |resources: usize| {
        let arns: Vec<(String, String)> = (1..=resources)
            .map(|at| (format!("ResourceArns.member.{at}"), format!("arn:aws:s3:::a/{at}")))
            .collect();
        let mut parameters = vec![
            (POLICY, policy.as_str()),
            (ACTION, "ec2:RunInstances"),
            ("ActionNames.member.2", "ec2:StopInstances"),
        ];
        parameters.extend(arns.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        simulate(&door, &root, "Custom", &parameters)
    };
    check(&ask(100), &[("EvalActionName", "ec2:RunInstances,ec2:StopInstances"), ("IsTruncated", "false")]);
    check(&ask(200), &[("EvalActionName", "ec2:RunInstances"), ("IsTruncated", "true")]);
    ask(501).refused(
        "400 InvalidInput: The policies have 200 statements, which is too many to simulate with 501 resources.",
    );
}

#[test]
fn refused() {
    let door = Door::new();
    let asker = door.user("asker", &[&allows("iam:SimulateCustomPolicy", "*")]);
    let nobody = door.user("nobody", &[]);
    let entry = |name, value| [("ContextEntries.member.1.ContextKeyName", "aws:x/y"), (name, value)];
    let kind = "ContextEntries.member.1.ContextKeyType";
    let number = ["numeric", "boolean", "ip", "binary", "date"].map(|name| {
        let text = format!(
            "400 InvalidInput: ContextEntries: the value what? of the key aws:x/y is not of type {name}."
        );
        (name, text)
    });
    let value = ("ContextEntries.member.1.ContextKeyValues.member.1", "what?");
    for (name, text) in &number {
        let parameters = [&[(POLICY, TWO), (ACTION, "s3:Get")], &entry(kind, name)[..], &[value]].concat();
        simulate(&door, &asker, "Custom", &parameters).refused(text);
    }
    let cases: &[(&[(&str, &str)], &str)] = &[
        (
            &[(POLICY, "{}"), (ACTION, "s3:Get")],
            "400 InvalidInput: PolicyInputList.1: Syntax errors in policy.",
        ),
        (
            &[
                (POLICY, r#"{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}"#),
                (ACTION, "s3:Get"),
            ],
            "400 InvalidInput: PolicyInputList.1: Syntax errors in policy.",
        ),
        (
            &[(POLICY, TWO), (ACTION, "s3:*")],
            "400 InvalidInput: ActionNames: s3:* is not an action of the form service:Name.",
        ),
        (
            &[(POLICY, TWO), (ACTION, "GetObject")],
            "400 InvalidInput: ActionNames: GetObject is not an action of the form service:Name.",
        ),
        (
            &[(POLICY, TWO), (ACTION, "s3:Get"), (RESOURCE, "bucket")],
            "400 InvalidInput: ResourceArns: bucket is not the ARN of a resource.",
        ),
        (
            &[(POLICY, TWO), (ACTION, "s3:Get"), ("ResourceOwner", "somebody")],
            "400 InvalidInput: ResourceOwner: somebody is neither an account id nor the ARN of an account.",
        ),
        (
            &[(POLICY, TWO), (ACTION, "s3:Get"), ("ResourcePolicy", TWO)],
            "400 InvalidInput: CallerArn is required when ResourcePolicy is specified.",
        ),
        (
            &[(POLICY, TWO), (ACTION, "s3:Get"), ("CallerArn", "arn:aws:sts::111111111111:assumed-role/a/b")],
            "400 InvalidInput: Invalid Entity Arn: arn:aws:sts::111111111111:assumed-role/a/b does not clearly define \
             entity type and name.",
        ),
        (
            &[
                (POLICY, TWO),
                (ACTION, "s3:Get"),
                ("PermissionsBoundaryPolicyInputList.member.1", TWO),
                ("PermissionsBoundaryPolicyInputList.member.2", TWO),
            ],
            "400 InvalidInput: PermissionsBoundaryPolicyInputList may hold one policy only.",
        ),
        (
            &[(POLICY, TWO), (ACTION, "s3:Get"), entry(kind, "string")[0], entry(kind, "string")[1]],
            "400 InvalidInput: ContextEntries: the key aws:x/y of type string must have exactly one value.",
        ),
        (
            &[(POLICY, TWO), (ACTION, "s3:Get"), entry(kind, "string")[0]],
            "400 InvalidInput: ContextEntries: entry 1 has no ContextKeyType.",
        ),
        (
            &[(POLICY, TWO), (ACTION, "s3:Get"), (kind, "string")],
            "400 InvalidInput: ContextEntries: entry 1 has no ContextKeyName.",
        ),
        (
            &[
                (POLICY, TWO),
                (ACTION, "s3:Get"),
                entry(kind, "stringList")[0],
                entry(kind, "stringList")[1],
                ("ContextEntries.member.2.ContextKeyName", "AWS:X/y"),
                ("ContextEntries.member.2.ContextKeyType", "stringList"),
            ],
            "400 InvalidInput: ContextEntries: the key AWS:X/y is specified more than once.",
        ),
        (
            &[(POLICY, TWO), (ACTION, "s3:Get"), ("ResourceHandlingOption", "EC2-Classic-EBS")],
            "400 InvalidInput: ResourceHandlingOption: EC2-Classic-EBS is not a valid option.",
        ),
        (
            &[
                (POLICY, TWO),
                (ACTION, "s3:Get"),
                ("ResourceHandlingOption", "EC2-VPC-EBS"),
                (RESOURCE, "arn:aws:ec2:eu-west-1:111111111111:instance/*"),
            ],
            "400 InvalidInput: ResourceHandlingOption: EC2-VPC-EBS requires a resource of type image.",
        ),
        (&[(POLICY, TWO), (ACTION, "s3:Get"), ("Marker", "x")], "400 ValidationError: Invalid Marker."),
    ];
    for (parameters, text) in cases {
        simulate(&door, &asker, "Custom", parameters).refused(text);
    }
    simulate(&door, &nobody, "Custom", &[(POLICY, "{}"), (ACTION, "s3:Get")]).refused(
        "403 AccessDenied: User: arn:aws:iam::111111111111:user/nobody is not authorized to perform: \
         iam:SimulateCustomPolicy on resource: * because no identity-based policy allows the iam:SimulateCustomPolicy \
         action",
    );
}

//! Which condition keys a caller brings, by its kind.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>

use std::collections::BTreeMap;

use doorward_gate::Transport;
use doorward_policy::request::ContextValue;

use crate::door::{ALLOW_ALL, Ask, Door, Keys, MANAGEMENT, trusting};

/// The keys that say who calls, with `AIDA…` and `AROA…` for ids; the keys of the request itself are left out.
fn keys_of(door: &Door, keys: &Keys) -> String {
    let caller = door.authenticate(keys, "s3").unwrap();
    let of_request = [
        "aws:CurrentTime",
        "aws:EpochTime",
        "aws:SourceIp",
        "aws:SecureTransport",
        "aws:ViaAWSService",
        "aws:RequestedRegion",
    ];
    let pairs: BTreeMap<&str, String> = caller
        .context()
        .iter()
        .map(|(key, value)| {
            let value = match value {
                ContextValue::Single(value) => value.clone(),
                ContextValue::Multiple(values) => format!("{values:?}"),
            };
            let id = value.get(..4).filter(|prefix| matches!(*prefix, "AIDA" | "AROA"));
            let session = value.split_once(':').map_or(String::new(), |(_, session)| format!(":{session}"));
            (key, id.map_or(value.clone(), |prefix| format!("{prefix}…{session}")))
        })
        .collect();
    let service = pairs.contains_key("aws:PrincipalServiceName");
    for key in of_request {
        assert_eq!(pairs.contains_key(key), !service || key != "aws:SourceIp", "{key}");
    }
    let shown = pairs.iter().filter(|(key, _)| !of_request.contains(*key));
    shown
        .map(|(key, value)| format!("{}={value}", key.trim_start_matches("aws:")))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn every_kind_of_caller() {
    let door = Door::new();
    let ana = door.tagged_user(MANAGEMENT, "/team/ana", &[("Team", "red"), ("cost", "7")], &[ALLOW_ALL]);
    let open = trusting(r#""AWS":"*""#, r#"["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]"#);
    let role =
        door.tagged_role(MANAGEMENT, "/team/reader", &open, &[("team", "green"), ("kind", "role")], &[]);
    let tag = [("Tags.member.1.Key", "TEAM"), ("Tags.member.1.Value", "blue"), ("SourceIdentity", "ana")];
    let session = door.assume(&ana, &role);
    let tagged = door.assume_with(&ana, &role, &tag);
    let token = door.call(&ana, "sts:GetSessionToken", &[]).ok().keys();
    let root_token = door.call(&door.root(), "sts:GetSessionToken", &[]).ok().keys();
    let fred = [("Name", "fred"), ("Tags.member.1.Key", "TEAM"), ("Tags.member.1.Value", "blue")];
    let federated = door.call(&ana, "sts:GetFederationToken", &fred).ok().keys();
    let root_federated = door.call(&door.root(), "sts:GetFederationToken", &fred[..1]).ok().keys();
    let service = door.service_in(MANAGEMENT, "ci.example.internal");
    door.wait(60);
    let account = "PrincipalAccount=111111111111";
    let (ana_arn, role_arn) = (
        "PrincipalArn=arn:aws:iam::111111111111:user/team/ana",
        "PrincipalArn=arn:aws:iam::111111111111:role/team/reader",
    );
    let fred_arn = "PrincipalArn=arn:aws:sts::111111111111:federated-user/fred";
    let no = "PrincipalIsAWSService=false";
    let issued = "TokenIssueTime=2026-11-22T10:00:00Z";
    let rows = [
        (
            "root",
            &door.root(),
            format!(
                "{account} PrincipalArn=arn:aws:iam::111111111111:root {no} PrincipalType=Account userid=111111111111"
            ),
        ),
        (
            "user",
            &ana,
            format!(
                "{account} {ana_arn} {no} PrincipalTag/Team=red PrincipalTag/cost=7 PrincipalType=User userid=AIDA… \
                 username=ana"
            ),
        ),
        (
            "user's session token",
            &token,
            format!(
                "MultiFactorAuthPresent=false {account} {ana_arn} {no} PrincipalTag/Team=red PrincipalTag/cost=7 \
                 PrincipalType=User {issued} userid=AIDA… username=ana"
            ),
        ),
        (
            "root's session token",
            &root_token,
            format!(
                "MultiFactorAuthPresent=false {account} PrincipalArn=arn:aws:iam::111111111111:root {no} \
                 PrincipalType=Account {issued} userid=111111111111"
            ),
        ),
        (
            "role session",
            &session,
            format!(
                "MultiFactorAuthPresent=false {account} {role_arn} {no} PrincipalTag/kind=role PrincipalTag/team=green \
                 PrincipalType=AssumedRole {issued} userid=AROA…:session"
            ),
        ),
        (
            "tagged role session",
            &tagged,
            format!(
                "MultiFactorAuthPresent=false {account} {role_arn} {no} PrincipalTag/TEAM=blue PrincipalTag/kind=role \
                 PrincipalType=AssumedRole SourceIdentity=ana {issued} userid=AROA…:session"
            ),
        ),
        (
            "federated user",
            &federated,
            format!(
                "{account} {fred_arn} {no} PrincipalTag/TEAM=blue PrincipalTag/cost=7 PrincipalType=FederatedUser {issued} \
                 userid=111111111111:fred"
            ),
        ),
        (
            "root's federated user",
            &root_federated,
            format!(
                "{account} {fred_arn} {no} PrincipalType=FederatedUser {issued} userid=111111111111:fred"
            ),
        ),
        (
            "service",
            &service,
            format!(
                "{account} PrincipalIsAWSService=true PrincipalServiceName=ci.example.internal \
                 PrincipalServiceNamesList=[\"ci.example.internal\"]"
            ),
        ),
    ];
    for (who, keys, expected) in rows {
        assert_eq!(keys_of(&door, keys), expected, "{who}");
    }
}

/// How a request comes.
type Way = for<'a> fn(Ask<'a>) -> Ask<'a>;

/// The keys of the request itself, as policies see them.
#[test]
fn the_request_itself() {
    let plain: Way = |ask| ask;
    let in_clear: Way = |ask| Ask { transport: Transport::Plain, ..ask };
    let from_v6: Way = |ask| Ask { source_ip: "2001:db8::1".parse().unwrap(), ..ask };
    let mapped: Way = |ask| Ask { source_ip: "::ffff:192.0.2.1".parse().unwrap(), ..ask };
    let with_headers: Way =
        |ask| Ask { headers: &[("user-agent", "probe/1"), ("referer", "https://example.com/page")], ..ask };
    let rows: &[(&str, Way, bool)] = &[
        (r#"{"Bool":{"aws:SecureTransport":"true"}}"#, plain, true),
        (r#"{"Bool":{"aws:SecureTransport":"true"}}"#, in_clear, false),
        (r#"{"IpAddress":{"aws:SourceIp":"192.0.2.1"}}"#, plain, true),
        (r#"{"IpAddress":{"aws:SourceIp":"192.0.2.1"}}"#, mapped, true),
        (r#"{"IpAddress":{"aws:SourceIp":"192.0.2.1"}}"#, from_v6, false),
        (r#"{"IpAddress":{"aws:SourceIp":"2001:db8::/32"}}"#, from_v6, true),
        (r#"{"DateGreaterThan":{"aws:CurrentTime":"2026-11-22T09:59:59Z"}}"#, plain, true),
        (r#"{"DateGreaterThan":{"aws:CurrentTime":"2026-11-22T10:00:00Z"}}"#, plain, false),
        (r#"{"NumericEquals":{"aws:EpochTime":"1795341600"}}"#, plain, true),
        (r#"{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}"#, plain, true),
        (r#"{"Null":{"aws:UserAgent":"true","aws:referer":"true"}}"#, plain, true),
        (r#"{"StringEquals":{"aws:UserAgent":"probe/1"}}"#, with_headers, true),
        (r#"{"StringLike":{"aws:Referer":"https://example.com/*"}}"#, with_headers, true),
        (r#"{"StringEquals":{"aws:ResourceAccount":"111111111111"}}"#, plain, true),
        (r#"{"Bool":{"aws:ViaAWSService":"false"}}"#, plain, true),
        (r#"{"Null":{"aws:SourceArn":"true","aws:SourceAccount":"true"}}"#, plain, true),
    ];
    let door = Door::new();
    for (number, (condition, way, expected)) in rows.iter().enumerate() {
        let policy = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"iam:*","Resource":"*","Condition":{condition}}}}}"#
        );
        let keys = door.user(&format!("user-{number}"), &[&policy]);
        let answer = door.send(&way(Ask::of(&keys, "iam:ListUsers", &[])));
        assert_eq!(answer.verdict() == "ok", *expected, "{condition}: {}", answer.outcome());
    }
}

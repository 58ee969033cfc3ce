//! The condition keys of policies.

use crate::door::{ALLOW_ALL, MANAGEMENT, allows, trusts};
use crate::{check, root};

const DOCUMENT: &str = r#"{"Version":"2012-10-17","Statement":[
    {"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::a/${aws:username}/${aws:PrincipalTag/Team, 'none'}/${*}",
     "Condition":{"StringEquals":{"s3:prefix":["${aws:userid}","x"],"AWS:USERNAME":"ana"},"Null":{"aws:TagKeys":"true"}}},
    {"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}"#;

const KEYS: &str = "aws:PrincipalTag/Team,aws:SecureTransport,aws:TagKeys,aws:userid,aws:username,s3:prefix";

fn members(keys: &str) -> String {
    keys.split(',').filter(|key| !key.is_empty()).map(|key| format!("<member>{key}</member>")).collect()
}

#[test]
fn of_texts() {
    let (door, root) = root();
    let trust =
        trusts("*").replace("\"Action\"", r#""Condition":{"StringEquals":{"sts:ExternalId":"x"}},"Action""#);
    let old = DOCUMENT.replace("2012", "2008");
    for (documents, keys) in [
        (&[DOCUMENT][..], KEYS),
        (&[ALLOW_ALL, DOCUMENT, DOCUMENT], KEYS),
        (&[ALLOW_ALL], ""),
        // A document of the old version has no variables.
        (&[&*old], "aws:SecureTransport,aws:TagKeys,AWS:USERNAME,s3:prefix"),
        (&[&*trust], "sts:ExternalId"),
    ] {
        let names: Vec<String> =
            (1..=documents.len()).map(|at| format!("PolicyInputList.member.{at}")).collect();
        let parameters: Vec<(&str, &str)> =
            names.iter().map(String::as_str).zip(documents.iter().copied()).collect();
        let answer = door.call(&root, "iam:GetContextKeysForCustomPolicy", &parameters);
        let found = answer.clone().ok().text("ContextKeyNames");
        assert_eq!(found.to_lowercase(), members(keys).to_lowercase(), "{documents:?}");
    }
    door.call(&root, "iam:GetContextKeysForCustomPolicy", &[("PolicyInputList.member.1", "{}")])
        .refused("400 InvalidInput: PolicyInputList.1: Syntax errors in policy.");
}

#[test]
fn of_principals() {
    let (door, root) = root();
    door.user("ana", &[DOCUMENT]);
    let grouped = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}}"#;
    door.group("ops", &[grouped], &["ana"]);
    door.tagged_role(MANAGEMENT, "web", &trusts("*"), &[], &[&allows("s3:*", "*")]);
    let more = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"a:b":"true"}}}}"#;
    // A key that is written in two ways is told in one.
    let with =
        KEYS.replace("aws:TagKeys", "aws:SourceIp,aws:TagKeys").replace("aws:username", "AWS:USERNAME");
    for (source, given, keys) in [
        ("user/ana", None, with.as_str()),
        ("group/ops", None, "aws:SourceIp"),
        ("role/web", None, ""),
        ("role/web", Some(more), "a:b"),
    ] {
        let arn = format!("arn:aws:iam::111111111111:{source}");
        let mut parameters = vec![("PolicySourceArn", arn.as_str())];
        parameters.extend(given.map(|text| ("PolicyInputList.member.1", text)));
        let answer = door.call(&root, "iam:GetContextKeysForPrincipalPolicy", &parameters);
        check(&answer, &[("ContextKeyNames", &members(keys))]);
    }
}

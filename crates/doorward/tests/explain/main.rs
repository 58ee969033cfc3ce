//! `doorward explain` as people and programs see it: the whole output, word for word.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs `doorward explain` among the policies of this folder; the command, what it said, and its exit status.
fn explained(arguments: &str, input: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explain/policies");
    let mut command = Command::new(env!("CARGO_BIN_EXE_doorward"));
    command.arg("explain").args(arguments.split_whitespace()).current_dir(folder).env_remove("NO_COLOR");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    let (out, err) = (String::from_utf8(ended.stdout).unwrap(), String::from_utf8(ended.stderr).unwrap());
    let words = arguments.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("$ doorward explain {words}\n{out}{err}exit status {}\n", ended.status.code().unwrap())
}

fn check(name: &str, arguments: &str) {
    insta::with_settings!({snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, explained(arguments, ""));
    });
}

const ANA: &str = "--principal arn:aws:iam::111122223333:user/ana";
const READ: &str = "--action s3:GetObject --resource arn:aws:s3:::home/ana/notes";
const PUT: &str = "--action s3:PutObject --resource arn:aws:s3:::b/k";
const ASSUME: &str = "--action sts:AssumeRole --resource arn:aws:iam::111122223333:role/app";

#[test]
fn reports() {
    let scps =
        "--scp r-1=full.json --scp ou-1=full.json --scp ou-1=eu-only.json --scp 111122223333=full.json";
    for (name, arguments) in [
        ("no-grant", format!("--policy put.json {ANA} {READ} --context aws:SourceIp=10.0.0.1")),
        ("condition", format!("--policy home.json {ANA} {READ}")),
        ("allowed", format!("--policy home.json {ANA} {READ} --context aws:MultiFactorAuthPresent=true")),
        ("allowed-twice", format!("--policy put.json {ANA} {PUT} --context aws:SourceIp=10.0.0.1")),
        ("explicit-deny", format!("--policy put.json {ANA} {PUT} --context aws:SourceIp=192.0.2.7")),
        ("boundary", format!("--policy full.json --boundary read-only.json {ANA} {PUT}")),
        ("scp", format!("--policy home.json {scps} {ANA} {READ} --context aws:RequestedRegion=us-east-1")),
        (
            "rcp",
            format!(
                "--policy full.json --rcp r-1=rcp-full.json --rcp r-1=perimeter.json {ANA} {PUT} \
                 --context aws:PrincipalOrgID=o-other"
            ),
        ),
        ("endpoint", format!("--policy full.json --endpoint endpoint.json {ANA} {PUT}")),
        (
            "resource-deny",
            format!("--resource-policy bucket.json {ANA} {PUT} --context aws:SecureTransport=false"),
        ),
        ("cross-account", format!("{ANA} {PUT} --resource-account 222222222222")),
        (
            "trust",
            format!(
                "--policy assume.json --trust trust.json --principal arn:aws:iam::222222222222:user/eve {ASSUME}"
            ),
        ),
        ("service", format!("--trust trust.json --principal ec2.amazonaws.com {ASSUME}")),
        ("root", "--principal arn:aws:iam::111122223333:root --action iam:ListUsers".to_owned()),
        ("request-file", "--request request.json".to_owned()),
    ] {
        check(name, &arguments);
    }
}

#[test]
fn what_is_wrong_is_named() {
    for (name, arguments) in [
        ("bad-policy", format!("--policy bad.json {ANA} {READ}")),
        ("bad-file", format!("--policy none.json {ANA} {READ}")),
        ("bad-request-file", "--request home.json".to_owned()),
        ("bad-principal", format!("--principal ana {READ}")),
        ("bad-action", format!("{ANA} --action GetObject")),
        ("bad-resource", format!("{ANA} --action s3:GetObject --resource b/k")),
        ("bad-account", format!("{ANA} {READ} --resource-account 1")),
        ("bad-context", format!("{ANA} {READ} --context SourceIp")),
        ("bad-node", format!("{ANA} {READ} --scp full.json")),
        ("bad-message", "--decoded full.json".to_owned()),
    ] {
        check(name, &arguments);
    }
}

#[test]
fn colours_on_demand() {
    check(
        "colours",
        &format!("--policy put.json {ANA} {PUT} --context aws:SourceIp=192.0.2.7 --color always"),
    );
}

#[test]
fn json_is_the_published_schema() {
    check("json", &format!("--policy home.json {ANA} {READ} --json"));
}

#[test]
fn a_decoded_message_is_explained_without_its_policies() {
    let json = explained(&format!("--policy home.json {ANA} {READ} --json"), "");
    let (first, last) = (json.find('{').unwrap(), json.rfind('}').unwrap());
    let evaluation: serde_json::Value = serde_json::from_str(json.get(first..=last).unwrap()).unwrap();
    let message = serde_json::json!({"allowed": false, "evaluation": evaluation}).to_string();
    let printed = serde_json::json!({"DecodedMessage": message}).to_string();
    insta::with_settings!({snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("decoded", explained("--decoded -", &printed));
    });
    for input in [message, evaluation.to_string()] {
        assert_eq!(explained("--decoded -", &input), explained("--decoded -", &printed));
    }
    let mut short = evaluation;
    let check = short.pointer_mut("/checks/0").unwrap().as_object_mut().unwrap();
    check.retain(|name, _| name != "matchedPolicies" && name != "missedStatements");
    let said = explained("--decoded -", &short.to_string());
    assert!(
        said.contains("IMPLICIT_DENY  the message leaves the statements out, being too long\n"),
        "{said}"
    );
}

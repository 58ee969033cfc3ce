//! The credential report: made, read, and too old.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::door::{Answer, Door, allows};
use crate::{BEGINNING, check, send};

const ABSENT: &str = "410 ReportNotPresent: Credential report not present";
const EXPIRED: &str = "410 ReportExpired: Credential report expired";

fn users(report: &Answer) -> Vec<String> {
    let text = String::from_utf8(STANDARD.decode(report.text("Content")).unwrap()).unwrap();
    text.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect()
}

#[test]
fn made_once_in_four_hours() {
    let door = Door::new();
    let root = door.root();
    door.user("bob", &[]);
    let generate = || {
        let answer = send(&door, &root, "GenerateCredentialReport").ok();
        (answer.text("State"), answer.texts("Description").join(""))
    };
    check(&door, &root, &[("GetCredentialReport", ABSENT)]);
    let first = "No report exists. Starting a new report generation task";
    assert_eq!(generate(), ("STARTED".into(), first.into()));
    door.user("Ana", &[]);
    door.wait(4 * 3600);
    assert_eq!(generate(), ("COMPLETE".into(), String::new()));
    let report = send(&door, &root, "GetCredentialReport").ok();
    assert_eq!(
        (report.text("ReportFormat"), report.text("GeneratedTime")),
        ("text/csv".into(), BEGINNING.into())
    );
    assert_eq!(users(&report), ["<root_account>", "bob"]);
    door.wait(1);
    check(&door, &root, &[("GetCredentialReport", EXPIRED)]);
    assert_eq!(generate().0, "STARTED");
    let report = send(&door, &root, "GetCredentialReport").ok();
    assert_eq!(users(&report), ["<root_account>", "Ana", "bob"]);
    check(&door, &door.other_root(), &[("GetCredentialReport", ABSENT)]);
}

#[test]
fn asked_about_without_resource() {
    let door = Door::new();
    send(&door, &door.root(), "GenerateCredentialReport").ok();
    for operation in ["GenerateCredentialReport", "GetCredentialReport"] {
        let other = door.user(
            &format!("no-{operation}"),
            &[&allows(&format!("iam:{operation}"), "arn:aws:iam::*:user/*")],
        );
        assert_eq!(send(&door, &other, operation).verdict(), "AccessDenied");
        let asker = door.user(&format!("may-{operation}"), &[&allows(&format!("iam:{operation}"), "*")]);
        send(&door, &asker, operation).ok();
    }
}

//! The protocol of Organizations, JSON 1.1, as a client meets it.
//!
//! Source: <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>

use crate::client::{Answer, Asked, Client};
use crate::process::{Server, new_data, root_keys};

const JSON: &str = "application/x-amz-json-1.1";
const DESCRIBE: &str = "AWSOrganizationsV20161128.DescribeOrganization";

fn ask(server: &Server, data: &std::path::Path, target: &str, asked: &Asked<'_>) -> Answer {
    let headers = [("x-amz-target", target)];
    let asked = Asked { headers: &headers, ..*asked };
    Client::to(server.address()).unwrap().ask(&root_keys(data), &asked).unwrap()
}

fn plain<'a>() -> Asked<'a> {
    Asked { content_type: JSON, body: b"{}", service: "organizations", ..Asked::default() }
}

#[test]
fn errors_come_in_json_with_their_type() {
    let (_folder, data) = new_data();
    let server = Server::on(&data);
    let rows: [(&str, Asked<'_>, u16, &str); 6] = [
        (DESCRIBE, plain(), 400, "AWSOrganizationsNotInUseException"),
        ("AWSOrganizationsV20161128.Cats", plain(), 404, "UnknownOperationException"),
        (DESCRIBE, Asked { service: "iam", ..plain() }, 400, "InvalidSignatureException"),
        (DESCRIBE, Asked { body: b"{", ..plain() }, 400, "SerializationException"),
        (
            DESCRIBE,
            Asked { body: b"a=b", content_type: "application/x-www-form-urlencoded", ..plain() },
            400,
            "SerializationException",
        ),
        (DESCRIBE, Asked { query: "a=b", ..plain() }, 404, "UnknownOperationException"),
    ];
    for (target, asked, status, code) in rows {
        let answer = ask(&server, &data, target, &asked);
        assert_eq!((answer.status, answer.header("content-type")), (status, Some(JSON)), "{answer:?}");
        assert_eq!(answer.header("x-amzn-errortype"), Some(code));
        assert!(answer.body.starts_with(&format!(r#"{{"__type":"{code}","Message":""#)), "{}", answer.body);
        assert!(answer.header("x-amzn-requestid").is_some());
    }
    let form = Asked { body: b"Action=ListAccounts&Version=2016-11-28", ..Asked::default() };
    let answer = Client::to(server.address()).unwrap().ask(&root_keys(&data), &form).unwrap();
    assert_eq!((answer.status, answer.element("Code")), (400, Some("InvalidAction")));
}

#[test]
fn the_organization_is_there_after_a_restart() {
    let (_folder, data) = new_data();
    let server = Server::on(&data);
    let made = ask(&server, &data, "AWSOrganizationsV20161128.CreateOrganization", &plain());
    assert_eq!((made.status, made.header("content-type")), (200, Some(JSON)), "{made:?}");
    assert_eq!(made.header("x-amzn-errortype"), None);
    assert!(made.header("x-doorward-revision").is_some());
    server.kill();
    let server = Server::on(&data);
    let shown = ask(&server, &data, DESCRIBE, &plain());
    assert_eq!((shown.status, shown.body), (200, made.body));
}

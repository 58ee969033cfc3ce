//! `doorward account` and `doorward service`, with and without a server.

use std::path::Path;

use crate::client::{Asked, Client, Keys};
use crate::process::{Doorward, Server, new_data, profile, root_keys};

fn run(data: &Path, arguments: &[&str]) -> Result<String, String> {
    let all = [arguments, &["--data", data.to_str().unwrap()]].concat();
    let ended = Doorward::new(&all).ended();
    if ended.status.success() { Ok(ended.out) } else { Err(ended.err) }
}

fn whoami(server: &Server, keys: &Keys) -> String {
    let answer = Client::to(server.address()).unwrap().whoami(keys).unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.element("Arn").unwrap().to_owned()
}

fn ask(server: &Server, keys: &Keys, operation: &str, body: &str) -> (u16, String) {
    let target = format!("Doorward.{operation}");
    let asked = Asked {
        content_type: "application/x-amz-json-1.1",
        headers: &[("x-amz-target", &target)],
        body: body.as_bytes(),
        service: "doorward",
        ..Asked::default()
    };
    let answer = Client::to(server.address()).unwrap().ask(keys, &asked).unwrap();
    (answer.status, answer.body)
}

#[test]
fn accounts_and_services_are_made_with_and_without_a_server() {
    let (_folder, data) = new_data();
    let none = run(&data, &["account", "list"]).unwrap_err();
    assert!(none.contains("there is no installation"), "{none}");
    assert!(!data.exists());

    let mut server = Server::on(&data);
    let made = run(&data, &["account", "create", "--name", "team-a", "--id", "123456789012"]).unwrap();
    assert!(made.contains("Made account 123456789012 (team-a)."), "{made}");
    run(&data, &["service", "create", "objects.example.com", "--account", "123456789012"]).unwrap();
    let team = profile(&data, "doorward-root-123456789012");
    assert!(made.contains(&team.secret), "{made}");
    assert_eq!(whoami(&server, &team), "arn:aws:iam::123456789012:root");
    let service = profile(&data, "objects.example.com");
    assert_eq!(whoami(&server, &service), "arn:aws:iam::123456789012:service/objects.example.com");
    assert!(!server.log().contains(&team.secret) && !server.log().contains(&service.secret));
    let listed = (run(&data, &["account", "list"]).unwrap(), run(&data, &["service", "list"]).unwrap());

    server.terminate();
    assert!(server.wait().success());
    let offline = (run(&data, &["account", "list"]).unwrap(), run(&data, &["service", "list"]).unwrap());
    assert_eq!(listed, offline);
    assert_eq!(listed.0.lines().count(), 3, "{}", listed.0);
    run(&data, &["account", "create", "--name", "team-b", "--id", "000000000001"]).unwrap();
    run(&data, &["service", "create", "queue.example.com"]).unwrap();
    let server = Server::on(&data);
    assert_eq!(
        whoami(&server, &profile(&data, "doorward-root-000000000001")),
        "arn:aws:iam::000000000001:root"
    );
    whoami(&server, &profile(&data, "queue.example.com"));
    assert!(run(&data, &["account", "list"]).unwrap().contains("team-b"));
}

#[test]
fn refusals_are_the_same_with_and_without_a_server() {
    let (_folder, data) = new_data();
    let check = || {
        for (arguments, expected) in [
            (
                &["account", "create", "--name", "x", "--id", "123456789012"][..],
                "123456789012 already exists",
            ),
            (&["account", "create", "--name", ""], "1 to 50 characters"),
            (&["account", "create", "--name", "x", "--id", "12"], "twelve digits"),
            (&["service", "create", "Objects"], "lower-case host name"),
            (&["service", "create", "a.b", "--account", "999999999999"], "999999999999"),
        ] {
            let refused = run(&data, arguments).unwrap_err();
            assert!(refused.contains(expected), "{arguments:?}: {refused}");
        }
    };
    let mut server = Server::on(&data);
    run(&data, &["account", "create", "--name", "a", "--id", "123456789012"]).unwrap();
    check();
    server.terminate();
    assert!(server.wait().success());
    check();
}

#[test]
fn the_door_is_for_those_who_are_allowed() {
    let (_folder, data) = new_data();
    let server = Server::on(&data);
    run(&data, &["account", "create", "--name", "a", "--id", "123456789012"]).unwrap();
    run(&data, &["service", "create", "a.example.com"]).unwrap();
    let root = root_keys(&data);
    let new = r#"{"Name":"b"}"#;
    for keys in [profile(&data, "doorward-root-123456789012"), profile(&data, "a.example.com")] {
        for (operation, body) in [
            ("CreateAccount", new),
            ("ListAccounts", "{}"),
            ("CreateServicePrincipal", r#"{"Name":"b.example.com"}"#),
            ("ListServicePrincipals", "{}"),
        ] {
            let (status, body) = ask(&server, &keys, operation, body);
            assert!(status == 403 && body.contains("AccessDenied"), "{operation}: {status} {body}");
        }
    }
    for (operation, body, status, expected) in [
        ("ListAccounts", "{}", 200, "123456789012"),
        ("ListAccounts", "{\"A\":1}", 400, "SerializationException"),
        ("CreateAccount", "{\"Name\":", 400, "SerializationException"),
        ("CreateAccount", r#"{"Name":"b","Colour":"red"}"#, 400, "Colour"),
        (
            "CreateAccount",
            &format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000)),
            400,
            "SerializationException",
        ),
        ("DeleteAccount", "{}", 404, "UnknownOperationException"),
    ] {
        let (found, answer) = ask(&server, &root, operation, body);
        assert!(found == status && answer.contains(expected), "{operation} {body:.40}: {found} {answer}");
    }
    let unknown = Keys { id: "AKIAIOSFODNN7EXAMPLE".into(), ..root };
    assert_eq!(ask(&server, &unknown, "ListAccounts", "{}").0, 403);
}

#[test]
fn a_denial_brings_its_sealed_reasons() {
    let (_folder, data) = new_data();
    let server = Server::on(&data);
    run(&data, &["service", "create", "a.example.com"]).unwrap();
    let mut client = Client::to(server.address()).unwrap();
    let denied = client.iam(&profile(&data, "a.example.com"), "ListUsers").unwrap();
    assert_eq!((denied.status, denied.element("Code")), (403, Some("AccessDenied")), "{denied:?}");
    let message = denied.header("x-doorward-encoded-authorization-message").unwrap();
    let body = format!("Action=DecodeAuthorizationMessage&Version=2011-06-15&EncodedMessage={message}");
    let asked = Asked { body: body.as_bytes(), service: "sts", ..Asked::default() };
    let decoded = client.ask(&root_keys(&data), &asked).unwrap();
    assert!(decoded.status == 200 && decoded.body.contains("iam:ListUsers"), "{decoded:?}");
    let line = server.log();
    let line = line.lines().find(|line| line.contains("AccessDenied")).unwrap();
    for part in
        ["ListUsers", "service/a.example.com", "status=403", denied.header("x-amzn-requestid").unwrap()]
    {
        assert!(line.contains(part), "{part} in {line}");
    }
}

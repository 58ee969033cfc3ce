//! What a client can do wrong: each gets an answer in AWS's shape, nothing is written, and the server lives.

use doorward_sigv4::AccessKeyId;
use jiff::{SignedDuration, Timestamp};

use crate::client::{Answer, Asked, Client, FORM, Keys, message};
use crate::process::{Server, new_data, root_keys};

/// A case: what is sent, and the status, code and part of the message that must come back.
type Row<'a> = (&'a str, Vec<u8>, u16, &'a str, &'a str);

fn check(server: &Server, keys: &Keys, rows: Vec<Row<'_>>) {
    let before = users(server, keys);
    for (name, message, status, code, text) in rows {
        let mut client = Client::to(server.address()).unwrap();
        let answer = client.raw(&message).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(answer.status, status, "{name}: {answer:?}");
        assert_eq!(answer.element("Code").unwrap_or_default(), code, "{name}: {answer:?}");
        assert!(answer.body.contains(text), "{name}: {answer:?}");
        let id = answer.header("x-amzn-requestid").map(str::len);
        assert_eq!(id, Some(36), "{name}: {answer:?}");
        if !code.is_empty() {
            assert_eq!(answer.element("RequestId"), answer.header("x-amzn-requestid"), "{name}: {answer:?}");
        }
    }
    assert_eq!(users(server, keys), before);
}

fn users(server: &Server, keys: &Keys) -> String {
    let answer = Client::to(server.address()).unwrap().iam(keys, "ListUsers").unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.element("ListUsersResult").unwrap().to_owned()
}

/// A server with a user, and its root user's keys.
fn served() -> (tempfile::TempDir, Server, Keys) {
    let (folder, data) = new_data();
    let server = Server::on(&data);
    let keys = root_keys(&data);
    let answer = Client::to(server.address()).unwrap().iam(&keys, "CreateUser&UserName=alice").unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    (folder, server, keys)
}

/// The same bytes with one piece replaced.
fn with(message: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(message.to_vec()).unwrap();
    assert!(text.contains(from), "{from} in {text}");
    text.replace(from, to).into_bytes()
}

#[test]
fn signatures_and_keys() {
    let (_folder, server, keys) = served();
    let client = Client::to(server.address()).unwrap();
    let body = b"Action=CreateUser&Version=2010-05-08&UserName=bob";
    let now = Timestamp::now();
    let at = |minutes: i64| now + SignedDuration::from_mins(minutes);
    let signed = |asked: Asked<'_>| client.signed(&keys, &Asked { body, ..asked });
    let good = signed(Asked::default());
    let host = server.address().to_string();
    let unsigned = message(
        &Asked { body, ..Asked::default() },
        &[("host", host.as_bytes()), ("content-type", FORM.as_bytes())],
    );
    let other = |id: &str, token: Option<&str>| {
        let keys = Keys { id: id.to_owned(), token: token.map(str::to_owned), ..keys.clone() };
        client.signed(&keys, &Asked { body, ..Asked::default() })
    };
    let invalid = "The security token included in the request is invalid";
    check(
        &server,
        &keys,
        vec![
            ("not signed", unsigned.clone(), 403, "MissingAuthenticationToken", "Authentication Token"),
            (
                "other scheme",
                with(&unsigned, "\r\ncontent-type", "\r\nauthorization: Bearer x\r\ncontent-type"),
                403,
                "MissingAuthenticationToken",
                "Authentication Token",
            ),
            (
                "malformed signature",
                with(&good, "Credential=", "Credentials="),
                400,
                "IncompleteSignature",
                "",
            ),
            (
                "wrong signature",
                with(&good, "Signature=", "Signature=0"),
                403,
                "SignatureDoesNotMatch",
                "does not match",
            ),
            (
                "other body",
                with(&good, "UserName=bob", "UserName=eve"),
                403,
                "SignatureDoesNotMatch",
                "does not match",
            ),
            (
                "clock 16 minutes behind",
                signed(Asked { now: at(-16), ..Asked::default() }),
                403,
                "SignatureDoesNotMatch",
                "Signature expired: ",
            ),
            (
                "clock 16 minutes ahead",
                signed(Asked { now: at(16), ..Asked::default() }),
                403,
                "SignatureDoesNotMatch",
                "Signature not yet current: ",
            ),
            ("unknown key", other("AKIAIOSFODNN7EXAMPLE", None), 403, "InvalidClientTokenId", invalid),
            ("no key id", other("x", None), 403, "InvalidClientTokenId", invalid),
            (
                "token with a long-term key",
                other(&keys.id, Some("Dw1abc")),
                403,
                "InvalidClientTokenId",
                invalid,
            ),
            (
                "made-up token",
                other("ASIAIOSFODNN7EXAMPLE", Some("Dw1abc")),
                403,
                "InvalidClientTokenId",
                invalid,
            ),
            (
                "signed for another service",
                signed(Asked { service: "sts", ..Asked::default() }),
                403,
                "SignatureDoesNotMatch",
                "Credential should be scoped to correct service: 'iam'.",
            ),
        ],
    );
}

#[test]
fn tampered_tokens() {
    let (_folder, server, keys) = served();
    let mut client = Client::to(server.address()).unwrap();
    // A session of a user: root users may not have one of a role.
    let made = client.iam(&keys, "CreateAccessKey&UserName=alice").unwrap();
    if made.status == 501 {
        // Without keys for users, the root user's own session serves.
        return tampered(&server, &keys, &keys);
    }
    let text = |name| made.element(name).unwrap().to_owned();
    let alice = Keys { id: text("AccessKeyId"), secret: text("SecretAccessKey"), token: None };
    tampered(&server, &keys, &alice);
}

fn tampered(server: &Server, root: &Keys, long_term: &Keys) {
    let mut client = Client::to(server.address()).unwrap();
    let body = b"Action=GetSessionToken&Version=2011-06-15";
    let made = client.ask(long_term, &Asked { body, service: "sts", ..Asked::default() }).unwrap();
    assert_eq!(made.status, 200, "{made:?}");
    let text = |name| made.element(name).unwrap().to_owned();
    let token = text("SessionToken");
    let session =
        |token: String| Keys { id: text("AccessKeyId"), secret: text("SecretAccessKey"), token: Some(token) };
    assert_eq!(client.whoami(&session(token.clone())).unwrap().status, 200);
    let mut flipped = token.clone().into_bytes();
    let middle = flipped.len() / 2;
    flipped[middle] = if flipped[middle] == b'A' { b'B' } else { b'A' };
    let other_id =
        session(token.clone()).id.parse::<AccessKeyId>().unwrap().to_string().replace("ASIA", "AKIA");
    let body = b"Action=GetCallerIdentity&Version=2011-06-15";
    let ask = |keys: Keys| client.signed(&keys, &Asked { body, service: "sts", ..Asked::default() });
    let rows = vec![
        ("flipped", ask(session(String::from_utf8(flipped).unwrap()))),
        ("shortened", ask(session(token[..token.len() - 4].to_owned()))),
        ("lengthened", ask(session(format!("{token}AAAA")))),
        ("left out", ask(Keys { token: None, ..session(String::new()) })),
        ("with another id", ask(Keys { id: other_id, ..session(token.clone()) })),
        ("endless", ask(session("A".repeat(20_000)))),
    ];
    let rows =
        rows.into_iter().map(|(name, message)| (name, message, 403, "InvalidClientTokenId", "invalid"));
    check(server, root, rows.collect());
}

#[test]
fn parameters_and_documents() {
    let (_folder, server, keys) = served();
    let client = Client::to(server.address()).unwrap();
    let ask =
        |parameters: &str| client.signed(&keys, &Asked { body: parameters.as_bytes(), ..Asked::default() });
    let create = "Action=CreateUser&Version=2010-05-08";
    let role = |document: &str| {
        ask(&format!("Action=CreateRole&Version=2010-05-08&RoleName=r&AssumeRolePolicyDocument={document}"))
    };
    let deep = format!("{}{}", "%5B".repeat(5000), "%5D".repeat(5000));
    let identity = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3A%2A%22%2C%22Resource%22%3A%22%2A%22%7D%7D";
    let not_text = [b"Action=CreateUser&Version=2010-05-08&UserName=".as_slice(), b"\xff"].concat();
    check(
        &server,
        &keys,
        vec![
            (
                "unknown action",
                ask("Action=Foo&Version=2010-05-08"),
                400,
                "InvalidAction",
                "Could not find operation Foo for version 2010-05-08",
            ),
            (
                "unknown version",
                ask("Action=CreateUser&Version=2010-05-09"),
                400,
                "InvalidAction",
                "Could not find operation CreateUser for version 2010-05-09",
            ),
            ("no version", ask("Action=CreateUser"), 400, "InvalidAction", "NO_VERSION_SPECIFIED"),
            (
                "the other service's version",
                ask("Action=CreateUser&Version=2011-06-15"),
                400,
                "InvalidAction",
                "Could not find operation CreateUser for version 2011-06-15",
            ),
            ("no action", ask("Version=2010-05-08"), 400, "MissingAction", ""),
            (
                "unsigned operation",
                ask("Action=AssumeRoleWithWebIdentity&Version=2011-06-15"),
                400,
                "ValidationError",
                "webIdentityToken",
            ),
            (
                "parameter twice",
                ask(&format!("{create}&UserName=a&UserName=b")),
                400,
                "MalformedInput",
                "UserName",
            ),
            (
                "action twice",
                ask(&format!("{create}&Action=GetUser&UserName=a")),
                400,
                "MalformedInput",
                "Action",
            ),
            ("parameter missing", ask(create), 400, "ValidationError", "userName"),
            (
                "parameter too long",
                ask(&format!("{create}&UserName={}", "a".repeat(65))),
                400,
                "ValidationError",
                "userName",
            ),
            (
                "exists",
                ask(&format!("{create}&UserName=Alice")),
                409,
                "EntityAlreadyExists",
                "already exists",
            ),
            ("broken escape", ask(&format!("{create}&UserName=%zz")), 400, "MalformedInput", "hexadecimal"),
            (
                "not UTF-8",
                client.signed(&keys, &Asked { body: &not_text, ..Asked::default() }),
                400,
                "MalformedInput",
                "UTF-8",
            ),
            ("not UTF-8, escaped", ask(&format!("{create}&UserName=%ff")), 400, "MalformedInput", "UTF-8"),
            ("broken JSON", role("%7B%22Version%22%3A"), 400, "MalformedPolicyDocument", ""),
            ("deep nesting", role(&deep), 400, "MalformedPolicyDocument", ""),
            ("a policy of the wrong kind", role(identity), 400, "MalformedPolicyDocument", ""),
            (
                "a user of another account's service",
                client.signed(
                    &keys,
                    &Asked {
                        body: b"Action=GetCallerIdentity&Version=2011-06-15",
                        service: "iam",
                        ..Asked::default()
                    },
                ),
                403,
                "SignatureDoesNotMatch",
                "correct service: 'sts'",
            ),
        ],
    );
}

#[test]
fn http() {
    let (_folder, server, keys) = served();
    let client = Client::to(server.address()).unwrap();
    let body = b"Action=CreateUser&Version=2010-05-08&UserName=bob";
    let signed = |asked: Asked<'_>| client.signed(&keys, &Asked { body, ..asked });
    let large = vec![b'a'; 1024 * 1024 + 1];
    let head = |text: &str| format!("{text} HTTP/1.1\r\nhost: x\r\n\r\n").into_bytes();
    let chunk = format!("{:x}\r\n{}\r\n", 65_536, "a".repeat(65_536));
    let chunked = format!(
        "POST / HTTP/1.1\r\nhost: x\r\ncontent-type: {FORM}\r\ntransfer-encoding: chunked\r\n\r\n{}",
        chunk.repeat(17)
    );
    check(
        &server,
        &keys,
        vec![
            (
                "body too large",
                client.signed(&keys, &Asked { body: &large, ..Asked::default() }),
                413,
                "RequestEntityTooLarge",
                "1048576",
            ),
            ("body too large, in chunks", chunked.into_bytes(), 413, "RequestEntityTooLarge", "1048576"),
            (
                "wrong content type",
                signed(Asked { content_type: "application/json", ..Asked::default() }),
                400,
                "MalformedInput",
                "application/x-www-form-urlencoded",
            ),
            (
                "wrong charset",
                signed(Asked {
                    content_type: "application/x-www-form-urlencoded; charset=utf-16",
                    ..Asked::default()
                }),
                400,
                "MalformedInput",
                "utf-16",
            ),
            (
                "compressed",
                signed(Asked { headers: &[("content-encoding", "gzip")], ..Asked::default() }),
                400,
                "MalformedInput",
                "gzip",
            ),
            ("PUT", head("PUT /?Action=ListUsers&Version=2010-05-08"), 405, "MethodNotAllowed", ""),
            ("DELETE", head("DELETE /"), 405, "MethodNotAllowed", ""),
            ("another path", head("GET /users"), 404, "", "<UnknownOperationException/>"),
            ("the page for people", head("GET /"), 200, "", "Doorward"),
            ("alive", head("GET /healthz"), 200, "", "ok"),
            ("ready", head("GET /readyz"), 200, "", "ready"),
            (
                "POST to a probe",
                b"POST /healthz HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n".to_vec(),
                405,
                "MethodNotAllowed",
                "",
            ),
            (
                "another JSON service",
                signed(Asked {
                    headers: &[("x-amz-target", "DynamoDB_20120810.ListTables")],
                    content_type: "application/x-amz-json-1.1",
                    ..Asked::default()
                }),
                404,
                "",
                "UnknownOperationException",
            ),
        ],
    );
}

#[test]
fn headers_beyond_the_limit_and_no_http_at_all() {
    let (_folder, server, keys) = served();
    let large = format!("GET / HTTP/1.1\r\nhost: x\r\nx-large: {}\r\n\r\n", "a".repeat(65_536));
    for (name, text, status) in [("large", large.as_str(), 431), ("no HTTP", "hello\r\n\r\n", 400)] {
        let mut client = Client::to(server.address()).unwrap();
        // The server may close before it has read everything.
        let _ = client.send(text.as_bytes());
        match client.answer() {
            Ok(answer) => assert_eq!(answer.status, status, "{name}: {answer:?}"),
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{name}"),
        }
    }
    // Half a request, and then nothing more.
    let mut client = Client::to(server.address()).unwrap();
    client.send(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc").unwrap();
    drop(client);
    users(&server, &keys);
}

#[test]
fn well_formed_requests_in_every_form() {
    let (_folder, server, keys) = served();
    let mut client = Client::to(server.address()).unwrap();
    let ask = |client: &mut Client, asked: Asked<'_>| -> Answer {
        let answer = client.ask(&keys, &asked).unwrap();
        assert_eq!(answer.status, 200, "{answer:?}");
        answer
    };
    let query = "Action=GetUser&UserName=alice&Version=2010-05-08";
    let body = query.as_bytes();
    let get = ask(&mut client, Asked { method: "GET", query, ..Asked::default() });
    let post = ask(&mut client, Asked { body, ..Asked::default() });
    assert_eq!(get.element("Arn"), post.element("Arn"));
    assert_eq!(post.header("content-type"), Some("text/xml"));
    let json =
        ask(&mut client, Asked { body, headers: &[("accept", "application/json")], ..Asked::default() });
    assert_eq!(json.header("content-type"), Some("application/json"));
    assert!(json.body.starts_with("{\"GetUserResponse\":{"), "{json:?}");

    let wait = Asked { body, headers: &[("expect", "100-continue")], ..Asked::default() };
    let message = client.signed(&keys, &wait);
    let (head, body) = message.split_at(message.len() - body.len());
    assert_eq!(client.raw(head).unwrap().status, 100);
    assert_eq!(client.raw(body).unwrap().status, 200);

    let made = client.iam(&keys, "CreateUser&UserName=carol").unwrap();
    let first: u64 = made.header("x-doorward-revision").unwrap().parse().unwrap();
    let made = client.iam(&keys, "DeleteUser&UserName=carol").unwrap();
    let second: u64 = made.header("x-doorward-revision").unwrap().parse().unwrap();
    assert!(second > first);
}

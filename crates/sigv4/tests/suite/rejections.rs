//! Every refusal, with the code, the status and the text that go out.

use doorward_sigv4::{
    Credentials, Expected, PayloadRule, PresignExpiry, Regions, Rejection, SecretAccessKey, Target, parse,
    presign, sign,
};

use crate::wire::{SECRET, Wire, at};

const NOW: &str = "2026-11-22T04:30:00Z";
const HASH_TAIL: &str = "(Hashed with SHA-256 and encoded with Base64) Authorization=";

/// A request to IAM, signed in its header with a session token.
fn header() -> Wire {
    let mut wire = Wire::post("iam", "Action=ListUsers&Version=2010-05-08");
    let added = wire.with(|request| {
        sign(request, &credentials(&SecretAccessKey::new(SECRET)), &Target::of("iam", "us-east-1"), at(NOW))
            .unwrap()
    });
    for (name, value) in added {
        wire.add(name, &value);
    }
    wire
}

/// A request to IAM, signed in its query string with a session token.
fn query() -> Wire {
    let mut wire = Wire::post("iam", "");
    wire.method = "GET".to_owned();
    wire.query = "Action=ListUsers&Version=2010-05-08".to_owned();
    wire.query = wire.with(|request| {
        let secret = SecretAccessKey::new(SECRET);
        presign(request, &credentials(&secret), &Target::of("iam", "us-east-1"), at(NOW), 60).unwrap()
    });
    wire
}

fn credentials(secret: &SecretAccessKey) -> Credentials<'_> {
    Credentials {
        access_key_id: "ASIAQNZGKIQY56JQ7WML",
        secret_access_key: secret,
        session_token: Some("tok/en=="),
    }
}

fn expected() -> Expected<'static> {
    Expected::of("iam", Regions::Only(&["us-east-1", "us-east-2"]))
}

fn answer(wire: &Wire, expected: &Expected<'_>, now: &str) -> Result<(), Rejection> {
    wire.with(|request| {
        let presented = parse(request, expected, at(now))?;
        presented.verify(&presented.signing_key(&SecretAccessKey::new(SECRET))).map(drop)
    })
}

/// Spoils a good request and looks at the answer.
#[track_caller]
fn check(mut wire: Wire, spoil: impl FnOnce(&mut Wire), code: &str, status: u16, text: &str) {
    spoil(&mut wire);
    let rejection = answer(&wire, &expected(), NOW).unwrap_err();
    assert_eq!(
        (rejection.code(), rejection.http_status(), rejection.to_string().as_str()),
        (code, status, text)
    );
}

fn replace(text: &mut String, from: &str, to: &str) {
    assert!(text.contains(from), "{from} in {text}");
    *text = text.replace(from, to);
}

fn authorization(from: &str, to: &str) -> impl FnOnce(&mut Wire) {
    move |wire| replace(wire.header("authorization"), from, to)
}

fn in_query(from: &str, to: &str) -> impl FnOnce(&mut Wire) {
    move |wire| replace(&mut wire.query, from, to)
}

/// The answer that shows no more than the hash of the header it could not use.
fn hashed(wire: &Wire) -> String {
    use base64::Engine as _;
    use sha2::Digest as _;
    let authorization = wire.clone().header("authorization").clone();
    base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(authorization.trim()))
}

#[test]
fn good_requests_are_accepted() {
    assert_eq!(answer(&header(), &expected(), NOW), Ok(()));
    assert_eq!(answer(&query(), &expected(), NOW), Ok(()));
    let any = Expected { regions: Regions::Any, ..expected() };
    assert_eq!(answer(&header(), &any, NOW), Ok(()));
}

#[test]
fn spacing_that_clients_use_is_accepted() {
    for separator in [",", ", ", " , ", ",\t", " "] {
        let mut wire = header();
        replace(wire.header("authorization"), ", ", separator);
        assert_eq!(answer(&wire, &expected(), NOW), Ok(()), "{separator:?}");
    }
    let mut wire = header();
    wire.header("authorization").insert_str(0, "  ");
    replace(wire.header("authorization"), "SHA256 ", "SHA256   ");
    assert_eq!(answer(&wire, &expected(), NOW), Ok(()));
}

#[test]
fn headers_that_are_not_ours_may_be_unsigned() {
    let mut wire = header();
    wire.add("X-Amzn-Trace-Id", "Root=1");
    wire.add("X-Vault-AWS-IAM-Server-ID", "vault");
    wire.add("Date", "whatever");
    assert_eq!(answer(&wire, &expected(), NOW), Ok(()));
}

#[test]
fn http_2_may_name_the_host_otherwise() {
    let mut wire = header();
    wire.headers[0].0 = ":authority".to_owned();
    assert_eq!(answer(&wire, &expected(), NOW), Ok(()));
    wire.add("host", "iam.example.com");
    assert_eq!(answer(&wire, &expected(), NOW), Ok(()));
    *wire.header("host") = "sts.example.com".to_owned();
    assert_eq!(answer(&wire, &expected(), NOW), Err(Rejection::Repeated { name: "host".to_owned() }));
}

#[test]
fn no_signature() {
    let missing = "Request is missing Authentication Token";
    let check = |wire, spoil: &dyn Fn(&mut Wire), text| {
        check(wire, spoil, "MissingAuthenticationToken", 403, text);
    };
    check(header(), &|wire| wire.remove("authorization"), missing);
    check(header(), &|wire| *wire.header("authorization") = " ".to_owned(), missing);
    check(query(), &|wire| in_query("X-Amz-Algorithm=AWS4-HMAC-SHA256&", "")(wire), missing);
    for scheme in [
        "Bearer",
        "Basic",
        "AWS",
        "AWS3-HTTPS",
        "AWS4-ECDSA-P256-SHA256",
        "AWS4-HMAC-SHA25",
        "aws4-hmac-sha256",
    ] {
        check(header(), &|wire| authorization("AWS4-HMAC-SHA256", scheme)(wire), missing);
    }
    for algorithm in ["AWS4-ECDSA-P256-SHA256", "AWS4-SHA256"] {
        let spoil = |wire: &mut Wire| in_query("=AWS4-HMAC-SHA256", &format!("={algorithm}"))(wire);
        check(query(), &spoil, "Missing Authentication Token");
    }
}

#[test]
fn another_signature_version() {
    for query in ["AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=s", "SignatureVersion=2&Signature=s"] {
        check(
            header(),
            |wire| {
                wire.remove("authorization");
                wire.query = query.to_owned();
            },
            "IncompleteSignature",
            400,
            "AWS Signature Version 2 is not supported.",
        );
    }
}

#[test]
fn two_signatures() {
    check(
        header(),
        |wire| wire.query = query().query,
        "SignatureDoesNotMatch",
        403,
        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    );
}

#[test]
fn what_must_be_single_is_given_twice() {
    let twice = |name: &str| {
        format!("The request signature does not conform to AWS standards. '{name}' is given more than once.")
    };
    for name in ["host", "x-amz-date", "x-amz-security-token", "authorization"] {
        let again = |wire: &mut Wire| {
            let value = wire.header(name).clone();
            wire.headers.insert(0, (name.to_owned(), value));
        };
        check(header(), again, "IncompleteSignature", 400, &twice(name));
    }
    let hash = |wire: &mut Wire| {
        wire.add("x-amz-content-sha256", "a");
        wire.add("X-Amz-Content-Sha256", "b");
        replace(wire.header("authorization"), ";x-amz-date", ";x-amz-content-sha256;x-amz-date");
    };
    check(header(), hash, "IncompleteSignature", 400, &twice("x-amz-content-sha256"));
    for name in ["Credential", "SignedHeaders", "Signature"] {
        let again = |wire: &mut Wire| wire.header("authorization").push_str(&format!(", {name}=x"));
        check(header(), again, "IncompleteSignature", 400, &twice(name));
    }
    for name in ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Security-Token", "Signature"]
    {
        let name = format!("X-Amz-{name}");
        let again = |wire: &mut Wire| wire.query.insert_str(0, &format!("{name}=x&"));
        check(query(), again, "IncompleteSignature", 400, &twice(&name));
        // An escaped spelling is the same parameter.
        let again = |wire: &mut Wire| wire.query.insert_str(0, &format!("{}=x&", name.replace('-', "%2D")));
        check(query(), again, "IncompleteSignature", 400, &twice(&name));
    }
}

#[test]
fn what_would_be_ignored() {
    let there = |name: &str| {
        format!("The request signature does not conform to AWS standards. '{name}' is not expected there.")
    };
    let check = |wire, spoil: &dyn Fn(&mut Wire), name| {
        check(wire, spoil, "IncompleteSignature", 400, &there(name));
    };
    check(header(), &|wire| wire.header("authorization").push_str(", Expires=9"), "Expires");
    check(header(), &|wire| wire.query = "X-Amz-Security-Token=x".to_owned(), "X-Amz-Security-Token");
    check(header(), &|wire| wire.query = "X-Amz-Date=x".to_owned(), "X-Amz-Date");
    check(query(), &|wire| wire.add("X-Amz-Security-Token", "x"), "x-amz-security-token");
}

#[test]
fn what_is_not_text() {
    let headers: [(&str, &[u8]); 2] = [("host", b"h"), ("authorization", b"AWS4-HMAC-SHA256 \xff")];
    let request =
        doorward_sigv4::Request { method: "GET", path: "/", query: "", headers: &headers, body: b"" };
    let rejection = parse(&request, &expected(), at(NOW)).unwrap_err();
    assert_eq!(rejection, Rejection::NotText { name: "authorization".to_owned() });
    check(
        query(),
        in_query("X-Amz-Security-Token=tok", "X-Amz-Security-Token=%ff"),
        "IncompleteSignature",
        400,
        "The request signature does not conform to AWS standards. 'X-Amz-Security-Token' is not text.",
    );
}

#[test]
fn the_header_is_incomplete() {
    let lacks = |name: &str| format!("Authorization header requires '{name}' parameter. ");
    let date = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
    let check = |spoil: &dyn Fn(&mut Wire), text: &str| {
        let mut spoilt = header();
        spoil(&mut spoilt);
        let text = format!("{text}{HASH_TAIL}{}", hashed(&spoilt));
        check(header(), spoil, "IncompleteSignature", 400, &text);
    };
    let rename = |name: &str, wire: &mut Wire| {
        // Cuts `Name=value` out, wherever it stands.
        let text = wire.header("authorization");
        let start = text.find(&format!("{name}=")).unwrap();
        let end = text[start..].find(',').map_or(text.len(), |comma| start + comma + 1);
        text.replace_range(start..end, "");
    };
    for name in ["Credential", "SignedHeaders", "Signature"] {
        check(&|wire| rename(name, wire), &lacks(name));
    }
    check(&|wire| wire.remove("x-amz-date"), date);
    check(&|wire| *wire.header("x-amz-date") = String::new(), date);
    check(
        &|wire| {
            wire.remove("x-amz-date");
            *wire.header("authorization") = "AWS4-HMAC-SHA256".to_owned();
        },
        &[&lacks("Credential"), &lacks("Signature"), &lacks("SignedHeaders"), date].concat(),
    );
    check(
        &|wire| *wire.header("authorization") = "AWS4-HMAC-SHA256 Credential=,Signature=".to_owned(),
        &[lacks("Credential"), lacks("Signature"), lacks("SignedHeaders")].concat(),
    );
}

#[test]
fn the_hash_of_the_header_is_the_one_it_shows() {
    let mut wire = header();
    wire.remove("x-amz-date");
    *wire.header("authorization") = "AWS4-HMAC-SHA256".to_owned();
    let text = answer(&wire, &expected(), NOW).unwrap_err().to_string();
    assert!(text.ends_with("Authorization=YI2YWea8FSxnksZL2ETHbs5elHm9HQufxTLK0W0ffV0="), "{text}");
}

#[test]
fn a_part_of_the_header_is_not_key_and_value() {
    for spoil in [authorization("Signature=", "Signature "), authorization("Signature=", "Signature")] {
        let mut spoilt = header();
        spoil(&mut spoilt);
        let text = format!(
            "Invalid key=value pair (missing equal-sign) in Authorization header \
             (hashed with SHA-256 and encoded with Base64): '{}'.",
            hashed(&spoilt)
        );
        check(spoilt, |_| (), "IncompleteSignature", 400, &text);
    }
    // A space before the key id, as when one was pasted with the key.
    let mut spoilt = header();
    authorization("Credential=", "Credential= ")(&mut spoilt);
    let rejection = answer(&spoilt, &expected(), NOW).unwrap_err();
    assert_eq!(rejection, Rejection::NotKeyValue { authorization_hash: hashed(&spoilt) });
}

#[test]
fn the_query_string_is_incomplete() {
    let lacks = |name: &str| format!("AWS query-string parameters must include '{name}'. ");
    let check = |spoil: &dyn Fn(&mut Wire), text: &str| {
        let text = format!("{text}Re-examine the query-string parameters.");
        check(query(), spoil, "IncompleteSignature", 400, &text);
    };
    for name in ["X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"] {
        check(&|wire| replace(&mut wire.query, &format!("{name}="), "other="), &lacks(name));
    }
    check(
        &|wire| wire.query = "X-Amz-Algorithm".to_owned(),
        &["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"]
            .map(lacks)
            .concat(),
    );
}

#[test]
fn the_date_has_another_format() {
    for got in
        ["2026-11-22T04:30:00Z", "20261122", "x", "Sun, 22 Nov 2026 04:30:00 GMT", "20261122T043000+0000"]
    {
        let text = format!(
            "Date must be in ISO-8601 'basic format'. Got '{got}'. See http://en.wikipedia.org/wiki/ISO_8601"
        );
        let spoil = |wire: &mut Wire| *wire.header("x-amz-date") = got.to_owned();
        check(header(), spoil, "IncompleteSignature", 400, &text);
    }
    check(
        query(),
        in_query("20261122T043000Z", "yesterday"),
        "IncompleteSignature",
        400,
        "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See http://en.wikipedia.org/wiki/ISO_8601",
    );
}

#[test]
fn the_clock_differs() {
    let expired = "Signature expired: 20261122T043000Z is now earlier than 20261122T043001Z (20261122T044501Z - 15 min.)";
    let early = "Signature not yet current: 20261122T043000Z is still later than 20261122T042959Z \
                 (20261122T041459Z + 15 min.)";
    for wire in [header(), query()] {
        for (now, text) in [
            ("2026-11-22T04:40:00Z", None),
            ("2026-11-22T04:45:00Z", None),
            ("2026-11-22T04:45:00.999Z", None),
            ("2026-11-22T04:45:01Z", Some(expired)),
            ("2026-11-22T04:15:00Z", None),
            ("2026-11-22T04:14:59.999Z", Some(early)),
            ("2026-11-22T04:14:59Z", Some(early)),
        ] {
            let rejection = answer(&wire, &expected(), now).err();
            assert_eq!(rejection.as_ref().map(Rejection::to_string).as_deref(), text, "{now}");
            if let Some(rejection) = rejection {
                assert_eq!((rejection.code(), rejection.http_status()), ("SignatureDoesNotMatch", 403));
            }
        }
    }
    let five = Expected { clock_skew_minutes: 5, ..expected() };
    let text = answer(&header(), &five, "2026-11-22T04:35:01Z").unwrap_err().to_string();
    assert!(text.ends_with("(20261122T043501Z - 5 min.)"), "{text}");
}

#[test]
fn the_lifetime_is_no_lifetime() {
    let honoured = Expected { presign_expiry: PresignExpiry::Honoured, ..expected() };
    for value in ["", "=", "=0", "=604801", "=-1", "=+60", "=6e1", "=99999999999999999999"] {
        let mut wire = query();
        in_query("X-Amz-Expires=60", &format!("X-Amz-Expires{value}"))(&mut wire);
        let rejection = answer(&wire, &honoured, NOW).unwrap_err();
        assert_eq!(
            (rejection.code(), rejection.http_status(), rejection.to_string().as_str()),
            (
                "AuthorizationQueryParametersError",
                400,
                "X-Amz-Expires must be a number of seconds from 1 to 604800"
            ),
            "{value}"
        );
    }
    let mut wire = query();
    in_query("&X-Amz-Expires=60", "")(&mut wire);
    assert_eq!(answer(&wire, &honoured, NOW), Err(Rejection::PresignLifetime { got: None }));

    let rejection = answer(&query(), &honoured, "2026-11-22T04:31:01Z").unwrap_err();
    assert_eq!(
        (rejection.code(), rejection.http_status(), rejection.to_string().as_str()),
        ("AccessDenied", 403, "Request has expired")
    );
}

#[test]
fn the_host_is_not_signed() {
    let text = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
    for (from, to) in
        [("host;", ""), ("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token", "SignedHeaders=")]
    {
        check(header(), authorization(from, to), "SignatureDoesNotMatch", 403, text);
    }
    check(query(), in_query("%3Bhost", ""), "SignatureDoesNotMatch", 403, text);
}

#[test]
fn the_list_of_signed_headers_is_malformed() {
    for list in ["host;content-type", "Host", "host;host", "host;", ";host", "host;;x", "héader;host"] {
        let text = format!(
            "The request signature does not conform to AWS standards. \
             SignedHeaders must be lower case and sorted. Got '{list}'."
        );
        let from = "content-type;host;x-amz-date;x-amz-security-token";
        check(header(), authorization(from, list), "IncompleteSignature", 400, &text);
    }
}

#[test]
fn aws_headers_are_not_signed() {
    let text = |names: &str| {
        format!("The request signature does not conform to AWS standards. Header(s) not signed: {names}.")
    };
    let check = |wire, spoil: &dyn Fn(&mut Wire), names| {
        check(wire, spoil, "IncompleteSignature", 400, &text(names));
    };
    let token = |wire: &mut Wire| authorization(";x-amz-security-token", "")(wire);
    check(header(), &token, "x-amz-security-token");
    let two = |wire: &mut Wire| {
        wire.add("X-Amz-Tagging", "a=b");
        wire.add("X-AMZ-Content-Sha256", "x");
    };
    check(header(), &two, "x-amz-tagging, x-amz-content-sha256");
    check(query(), &two, "x-amz-tagging, x-amz-content-sha256");
}

#[test]
fn a_signed_header_is_absent() {
    check(
        header(),
        |wire| wire.remove("content-type"),
        "IncompleteSignature",
        400,
        "The request signature does not conform to AWS standards. Signed header is absent: content-type.",
    );
}

#[test]
fn the_credential_does_not_have_five_parts() {
    for got in ["a/b/c/d", "a/b/c/d/e/f", "a", "ASIAQNZGKIQY56JQ7WML/20261122/us-east-1/iam/aws4_request/"] {
        let text = format!(
            "Credential must have exactly 5 slash-delimited elements, \
             e.g. keyid/date/region/service/term, got '{got}'"
        );
        let from = "ASIAQNZGKIQY56JQ7WML/20261122/us-east-1/iam/aws4_request";
        check(header(), authorization(from, got), "IncompleteSignature", 400, &text);
        let (from, to) = (from.replace('/', "%2F"), got.replace('/', "%2F"));
        check(query(), in_query(&from, &to), "IncompleteSignature", 400, &text);
    }
}

#[test]
fn the_scope_is_another() {
    let region = "Credential should be scoped to a valid region. ";
    let service = "Credential should be scoped to correct service: 'iam'. ";
    let terminator = "Credential should be scoped with a valid terminator: 'aws4_request'.";
    let date = |scoped: &str| {
        format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: \
             '{scoped}' != '20261122', from '20261122T043000Z'."
        )
    };
    for (scope, text) in [
        ("20261122/eu-west-1/iam/aws4_request", region.to_owned()),
        ("20261122//iam/aws4_request", region.to_owned()),
        ("20261122/US-EAST-1/iam/aws4_request", region.to_owned()),
        ("20261122/us-east-1/sts/aws4_request", service.to_owned()),
        ("20261122/us-east-1/IAM/aws4_request", service.to_owned()),
        ("20261122/us-east-1/iam/aws5_request", terminator.to_owned()),
        ("20261121/us-east-1/iam/aws4_request", date("20261121")),
        ("202611220/us-east-1/iam/aws4_request", date("202611220")),
        ("20261122/x/y/aws4_request", format!("{region}{service}")),
        ("b/c/d/e", format!("{region}{service}{terminator} {}", date("b"))),
    ] {
        let from = "20261122/us-east-1/iam/aws4_request";
        check(header(), authorization(from, scope), "SignatureDoesNotMatch", 403, &text);
    }
}

#[test]
fn any_region_is_any_well_formed_region() {
    let any = Expected { regions: Regions::Any, ..expected() };
    for (region, accepted) in [
        ("eu-home-1", true),
        ("a", true),
        ("", false),
        ("EU", false),
        ("eu_1", false),
        ("a-region-name-that-is-much-too-long", false),
    ] {
        let mut wire = header();
        authorization("/us-east-1/", &format!("/{region}/"))(&mut wire);
        let scoped = wire.with(|request| parse(request, &any, at(NOW)).map(drop));
        assert_eq!(scoped.is_ok(), accepted, "{region}");
    }
}

#[test]
fn the_query_string_is_malformed() {
    for (query, text) in [
        ("a=%", "Incomplete trailing escape % sequence"),
        ("a=%4", "Incomplete trailing escape % sequence"),
        ("a=%zz", "Illegal hex character in escape % pattern: %zz"),
    ] {
        check(header(), |wire| wire.query = query.to_owned(), "MalformedQueryString", 404, text);
    }
}

#[test]
fn the_path_is_malformed() {
    for path in ["*", "x/y", "/..", "/a/../../b"] {
        let text = format!("The request signature does not conform to AWS standards. Got the path '{path}'.");
        check(header(), |wire| wire.path = path.to_owned(), "IncompleteSignature", 400, &text);
    }
}

#[test]
fn the_payload_is_not_the_one_signed() {
    let hash_is = |value: &'static str| {
        move |wire: &mut Wire| {
            wire.add("x-amz-content-sha256", value);
            replace(wire.header("authorization"), ";x-amz-date", ";x-amz-content-sha256;x-amz-date");
        }
    };
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    for value in [empty, "", "x", "unsigned-payload"] {
        check(
            header(),
            hash_is(value),
            "XAmzContentSHA256Mismatch",
            400,
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
        );
    }
    for value in
        ["UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"]
    {
        let text = format!(
            "The request signature does not conform to AWS standards. The payload is not signed: {value}."
        );
        check(header(), hash_is(value), "IncompleteSignature", 400, &text);
    }
    // Even where a payload may be unsigned, one signed in chunks is not checked, and so not accepted.
    let lax = Expected { payload: PayloadRule::MayBeUnsigned, ..expected() };
    let mut wire = header();
    hash_is("STREAMING-AWS4-HMAC-SHA256-PAYLOAD")(&mut wire);
    assert_eq!(answer(&wire, &lax, NOW).unwrap_err().code(), "IncompleteSignature");
    // A presigned request is taken to be unsigned there, so one that signs its empty body does not match.
    assert_eq!(answer(&query(), &lax, NOW), Err(Rejection::SignatureMismatch));
}

#[test]
fn the_signature_is_wrong() {
    let text = "The request signature we calculated does not match the signature you provided. Check your AWS \
                Secret Access Key and signing method. Consult the service documentation for details.";
    let upper = |wire: &mut Wire| {
        let start = wire.header("authorization").rfind('=').unwrap() + 1;
        let upper = wire.header("authorization")[start..].to_uppercase();
        wire.header("authorization").replace_range(start.., &upper);
    };
    let check = |wire, spoil: &dyn Fn(&mut Wire)| check(wire, spoil, "SignatureDoesNotMatch", 403, text);
    check(header(), &|wire| wire.header("authorization").truncate(200));
    check(header(), &|wire| wire.header("authorization").push('0'));
    check(header(), &upper);
    check(header(), &|wire| wire.body.push('x'));
    check(header(), &|wire| wire.method = "post".to_owned());
    check(header(), &|wire| wire.query.push_str("a=b"));
    check(query(), &|wire| wire.query.push_str("&a=b"));
    check(query(), &|wire| replace(&mut wire.query, "Expires=60", "Expires=61"));
}

#[test]
fn what_the_caller_answers() {
    for (rejection, code, text) in [
        (
            Rejection::InvalidKey,
            "InvalidClientTokenId",
            "The security token included in the request is invalid.",
        ),
        (Rejection::ExpiredToken, "ExpiredToken", "The security token included in the request is expired"),
    ] {
        assert_eq!(
            (rejection.code(), rejection.http_status(), rejection.to_string().as_str()),
            (code, 403, text)
        );
    }
}

/// The first of several faults is the one AWS names first.
#[test]
fn the_order_of_the_checks() {
    let mut wire = header();
    let mut faults = Vec::new();
    let mut next = |wire: &mut Wire, spoil: &dyn Fn(&mut Wire)| {
        spoil(wire);
        faults.push(answer(wire, &expected(), "2026-11-22T04:29:00Z").unwrap_err().code_and_start());
    };
    next(&mut wire, &|wire| wire.body.push('x'));
    next(&mut wire, &|wire| wire.add("x-amz-tagging", "x"));
    next(&mut wire, &|wire| authorization("/iam/", "/sts/")(wire));
    next(&mut wire, &|wire| authorization("ASIA", "AS/IA")(wire));
    next(&mut wire, &|wire| authorization("host;", "")(wire));
    next(&mut wire, &|wire| {
        *wire.header("x-amz-date") = "20251122T043000Z".to_owned();
    });
    next(&mut wire, &|wire| *wire.header("x-amz-date") = "x".to_owned());
    next(&mut wire, &|wire| authorization("Signature=", "Signature=,Other=")(wire));
    next(&mut wire, &|wire| authorization("AWS4-HMAC", "AWS5-HMAC")(wire));
    assert_eq!(
        faults,
        [
            "SignatureDoesNotMatch The request",
            "IncompleteSignature The request",
            "SignatureDoesNotMatch Credential should",
            "IncompleteSignature Credential must",
            "SignatureDoesNotMatch 'Host' or",
            "SignatureDoesNotMatch Signature expired:",
            "IncompleteSignature Date must",
            "IncompleteSignature The request",
            "MissingAuthenticationToken Request is",
        ]
    );
}

trait CodeAndStart {
    fn code_and_start(&self) -> String;
}

impl CodeAndStart for Rejection {
    fn code_and_start(&self) -> String {
        let text = self.to_string();
        let words: Vec<&str> = text.split(' ').take(2).collect();
        format!("{} {}", self.code(), words.join(" "))
    }
}

//! Requests as the AWS SDK for Python signs them; see `README.md` beside the data.

use doorward_sigv4::{
    ContentHash, Credentials, Expected, PathStyle, Payload, PayloadRule, PresignExpiry, Regions, Rejection,
    SecretAccessKey, Target, parse, presign, sign,
};
use serde::Deserialize;

use crate::wire::{Wire, at};

#[derive(Deserialize)]
struct Recording {
    timestamp: String,
    secret_access_key: String,
    session_token: String,
    requests: Vec<Recorded>,
}

#[derive(Deserialize)]
struct Recorded {
    name: String,
    service: String,
    region: String,
    request: Wire,
}

impl Recorded {
    fn expected<'a>(&'a self, regions: &'a [&'a str]) -> Expected<'a> {
        let usual = Expected::of(&self.service, Regions::Only(regions));
        match self.service.as_str() {
            "s3" => Expected {
                path_style: PathStyle::S3,
                payload: PayloadRule::MayBeUnsigned,
                presign_expiry: PresignExpiry::Honoured,
                ..usual
            },
            _ => usual,
        }
    }
}

fn recording() -> Recording {
    serde_json::from_str(include_str!("../sdk_requests.json")).unwrap()
}

#[test]
fn every_request_of_the_sdk_verifies() {
    let recording = recording();
    assert_eq!(recording.requests.len(), 18);
    let secret = SecretAccessKey::new(&*recording.secret_access_key);
    let other_secret = SecretAccessKey::new("another");
    for recorded in &recording.requests {
        let (name, regions) = (recorded.name.as_str(), [recorded.region.as_str()]);
        recorded.request.with(|request| {
            let parsed = parse(request, &recorded.expected(&regions), at(&recording.timestamp));
            // The SDK writes a `Date` header its caller has set as an e-mail date; AWS documents ISO 8601 only.
            if name == "sts-date-header" {
                let got = "Sun, 22 Nov 2026 04:30:00 -0000".to_owned();
                assert_eq!(parsed.err(), Some(Rejection::DateFormat { got }));
                return;
            }
            let presented = parsed.unwrap();
            let temporary = presented.access_key_id().starts_with("ASIA");
            assert_eq!(
                presented.session_token(),
                temporary.then_some(recording.session_token.as_str()),
                "{name}"
            );

            let verified = presented.verify(&presented.signing_key(&secret)).unwrap();
            let unsigned = name == "s3-get-presigned";
            assert_eq!(
                verified.payload(),
                if unsigned { Payload::Unsigned } else { Payload::Signed },
                "{name}"
            );
            let by_another = presented.verify(&presented.signing_key(&other_secret));
            assert_eq!(by_another.err(), Some(Rejection::SignatureMismatch), "{name}");
        });
    }
}

/// Our own side signs S3's requests as the SDK does: the same signature, and a body that anyone may change.
#[test]
fn an_unsigned_payload_is_signed_and_accepted_as_such() {
    let recording = recording();
    let secret = SecretAccessKey::new(&*recording.secret_access_key);
    let credentials = Credentials {
        access_key_id: "ASIAQNZGKIQY56JQ7WML",
        secret_access_key: &secret,
        session_token: Some(&recording.session_token),
    };
    let target = Target {
        path_style: PathStyle::S3,
        content_hash: ContentHash::Unsigned,
        ..Target::of("s3", "us-east-1")
    };
    let (now, regions) = (at(&recording.timestamp), ["us-east-1"]);
    let recorded = recording.requests.iter().find(|recorded| recorded.name == "s3-get-presigned").unwrap();
    let mut wire = recorded.request.clone();
    wire.query.clear();
    let query = wire.with(|request| presign(request, &credentials, &target, now, 604_800).unwrap());
    assert_eq!(query, recorded.request.query);

    let added = wire.with(|request| sign(request, &credentials, &target, now).unwrap());
    for (name, value) in added {
        wire.add(name, &value);
    }
    for body in ["", "changed"] {
        wire.body = body.to_owned();
        let payload = wire.with(|request| {
            let presented = parse(request, &recorded.expected(&regions), now).unwrap();
            presented.verify(&presented.signing_key(&secret)).map(|verified| verified.payload())
        });
        assert_eq!(payload, Ok(Payload::Unsigned), "{body}");
    }
}

/// IAM and STS take a presigned request for 15 minutes, whatever it says; where the lifetime is honoured, it ends.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html>
#[test]
fn the_lifetime_of_a_presigned_request_is_ignored_or_honoured() {
    let recording = recording();
    let eks = recording.requests.iter().find(|recorded| recorded.name == "sts-presigned-eks").unwrap();
    let regions = ["us-east-1"];
    let ignored = eks.expected(&regions);
    let honoured = Expected { presign_expiry: PresignExpiry::Honoured, ..ignored };
    for (expected, now, accepted) in [
        (&ignored, "2026-11-22T04:35:00Z", true),
        (&ignored, "2026-11-22T04:45:00Z", true),
        (&ignored, "2026-11-22T04:45:01Z", false),
        (&honoured, "2026-11-22T04:31:00Z", true),
        (&honoured, "2026-11-22T04:31:01Z", false),
        (&honoured, "2026-11-22T04:15:00Z", true),
        (&honoured, "2026-11-22T04:14:59Z", false),
    ] {
        let parsed = eks.request.with(|request| parse(request, expected, at(now)).map(drop));
        assert_eq!(parsed.is_ok(), accepted, "{now} {:?}: {parsed:?}", expected.presign_expiry);
    }
}

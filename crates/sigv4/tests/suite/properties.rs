//! Whatever is signed verifies; whatever is changed afterwards does not.

use doorward_sigv4::{
    ContentHash, Credentials, Expected, PathStyle, Regions, Rejection, Request, SecretAccessKey, Target,
    parse, presign, sign,
};
use proptest::prelude::*;

use crate::wire::{SECRET, Wire, at};

const NOW: &str = "2026-11-22T04:30:00Z";

#[derive(Clone, Debug)]
struct Case {
    wire: Wire,
    token: Option<String>,
    path_style: PathStyle,
    content_hash: ContentHash,
}

prop_compose! {
    /// Paths, queries and header values as clients write them: text, escapes, spaces in headers.
    fn case()(
        method in "[A-Z]{1,7}",
        segments in prop::collection::vec("([a-zA-Z0-9_~*@-]|%[0-9A-F]{2}){2,6}", 0..4),
        query in prop::collection::vec(("([a-z]|%[2-7][0-9A-F]){1,6}", "([a-zA-Z0-9+*.~-]|%[2-7][0-9A-F]){0,6}"), 0..5),
        headers in prop::collection::vec(("h-[a-z]{1,4}", "[a-zA-Z0-9,;=]( {0,3}[a-zA-Z0-9,;=]){0,6}"), 0..5),
        body in "\\PC{0,40}",
        token in prop::option::of("[A-Za-z0-9+/]{1,40}={0,2}"),
        path_style in prop_oneof![Just(PathStyle::Standard), Just(PathStyle::S3)],
        content_hash in prop_oneof![Just(ContentHash::Omitted), Just(ContentHash::Sent)],
    ) -> Case {
        let mut wire = Wire::post("iam", &body);
        wire.method = method;
        wire.path = segments.iter().map(|segment| format!("/{segment}")).collect();
        wire.query = query.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
        wire.headers.extend(headers);
        Case { wire, token, path_style, content_hash }
    }
}

impl Case {
    fn in_header(&self) -> Wire {
        let mut signed = self.wire.clone();
        let added = self
            .as_client(|request, credentials, target| sign(request, credentials, target, at(NOW)).unwrap());
        for (name, value) in added {
            signed.add(name, &value);
        }
        signed
    }

    fn in_query(&self) -> Wire {
        let query = self.as_client(|request, credentials, target| {
            presign(request, credentials, target, at(NOW), 60).unwrap()
        });
        Wire { query, ..self.wire.clone() }
    }

    fn as_client<T>(&self, act: impl FnOnce(&Request<'_>, &Credentials<'_>, &Target<'_>) -> T) -> T {
        let secret = SecretAccessKey::new(SECRET);
        let credentials = Credentials {
            access_key_id: "AKIAIOSFODNN7EXAMPLE",
            secret_access_key: &secret,
            session_token: self.token.as_deref(),
        };
        let target = Target {
            path_style: self.path_style,
            content_hash: self.content_hash,
            ..Target::of("iam", "us-east-1")
        };
        self.wire.with(|request| act(request, &credentials, &target))
    }

    fn answer(&self, signed: &Wire) -> Result<(), Rejection> {
        let expected = Expected { path_style: self.path_style, ..Expected::of("iam", Regions::Any) };
        signed.with(|request| {
            let presented = parse(request, &expected, at(NOW))?;
            assert_eq!(presented.session_token(), self.token.as_deref());
            presented.verify(&presented.signing_key(&SecretAccessKey::new(SECRET))).map(drop)
        })
    }
}

/// Everything a signature covers, in one list, so that any byte of it can be picked.
///
/// The names of the algorithm and the access key id are left out of the header: the one selects how to verify,
/// the other whose secret to take; neither is signed there.
fn signed_parts(wire: &mut Wire) -> Vec<&mut String> {
    let mut parts = vec![&mut wire.method, &mut wire.path, &mut wire.query, &mut wire.body];
    for (name, value) in &mut wire.headers {
        if name != "authorization" {
            parts.push(name);
            parts.push(value);
        }
    }
    parts
}

/// Changes one letter or digit into another one, keeping escapes well-formed half of the time.
fn change(text: &mut String, position: usize) {
    let changed = text.char_indices().map(|(index, character)| {
        if index != position {
            return character;
        }
        match character {
            '9' => '0',
            'z' => 'a',
            'Z' => 'A',
            other => char::from(u8::try_from(other).unwrap() + 1),
        }
    });
    *text = changed.collect();
}

/// Where the letters and digits are.
fn places(text: &str) -> Vec<usize> {
    text.char_indices()
        .filter(|(_, character)| character.is_ascii_alphanumeric())
        .map(|(index, _)| index)
        .collect()
}

fn change_one(mut wire: Wire, pick: prop::sample::Index) -> Wire {
    let mut parts = signed_parts(&mut wire);
    let all: Vec<(usize, usize)> = parts
        .iter()
        .enumerate()
        .flat_map(|(part, text)| places(text).into_iter().map(move |place| (part, place)))
        .collect();
    let (part, place) = *pick.get(&all);
    change(parts[part], place);
    wire
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_signed_verifies(case in case()) {
        prop_assert_eq!(case.answer(&case.in_header()), Ok(()));
        prop_assert_eq!(case.answer(&case.in_query()), Ok(()));
    }

    #[test]
    fn one_byte_changed_fails_in_the_header(case in case(), pick: prop::sample::Index) {
        let spoilt = change_one(case.in_header(), pick);
        let expected = Expected { path_style: case.path_style, ..Expected::of("iam", Regions::Any) };
        let accepted = verifies(&spoilt, &expected);
        prop_assert!(!accepted, "{spoilt:?}");
    }

    #[test]
    fn one_byte_changed_fails_in_the_query(case in case(), pick: prop::sample::Index) {
        let spoilt = change_one(case.in_query(), pick);
        let expected = Expected { path_style: case.path_style, ..Expected::of("iam", Regions::Any) };
        let accepted = verifies(&spoilt, &expected);
        prop_assert!(!accepted, "{spoilt:?}");
    }

    #[test]
    fn one_byte_changed_fails_in_the_authorization(case in case(), pick: prop::sample::Index) {
        let mut spoilt = case.in_header();
        let text = spoilt.header("authorization");
        let start = text.find("/20261122").unwrap();
        let all: Vec<usize> = places(text).into_iter().filter(|place| *place > start).collect();
        change(text, *pick.get(&all));
        let expected = Expected { path_style: case.path_style, ..Expected::of("iam", Regions::Any) };
        let accepted = verifies(&spoilt, &expected);
        prop_assert!(!accepted, "{spoilt:?}");
    }

    #[test]
    fn a_body_byte_changed_fails(body in prop::collection::vec(any::<u8>(), 1..60), pick: prop::sample::Index, bit in 0..8_u8) {
        let secret = SecretAccessKey::new(SECRET);
        let headers: [(&str, &[u8]); 1] = [("host", b"iam.example.com")];
        let request = Request { method: "POST", path: "/", query: "", headers: &headers, body: &body };
        let credentials = Credentials { access_key_id: "AKIA", secret_access_key: &secret, session_token: None };
        let added = sign(&request, &credentials, &Target::of("iam", "us-east-1"), at(NOW)).unwrap();
        let mut headers = headers.to_vec();
        headers.extend(added.iter().map(|(name, value)| (*name, value.as_bytes())));
        let mut other = body.clone();
        other[pick.index(body.len())] ^= 1 << bit;
        for (body, accepted) in [(&body, true), (&other, false)] {
            let request = Request { headers: &headers, body, ..request };
            let presented = parse(&request, &Expected::of("iam", Regions::Any), at(NOW)).unwrap();
            prop_assert_eq!(presented.verify(&presented.signing_key(&secret)).is_ok(), accepted);
        }
    }

    /// Nothing a client sends may bring the server down.
    #[test]
    fn anything_is_answered(
        path in "\\PC{0,20}",
        query in "(X-Amz-(Algorithm|Credential|Date|SignedHeaders|Signature|Expires)|[%&=+a]|\\PC){0,12}",
        headers in prop::collection::vec(
            ("(host|authorization|x-amz-date|x-amz-content-sha256|\\PC{0,5})", prop::collection::vec(any::<u8>(), 0..20)),
            0..5,
        ),
        authorization in "(AWS4-HMAC-SHA256|Credential=|SignedHeaders=|Signature=|[,/; =]|host|\\PC){0,20}",
    ) {
        let mut pairs: Vec<(&str, &[u8])> =
            headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        pairs.push(("authorization", authorization.as_bytes()));
        pairs.push(("x-amz-date", b"20261122T043000Z"));
        let request = Request { method: "GET", path: &path, query: &query, headers: &pairs, body: b"" };
        if let Ok(presented) = parse(&request, &Expected::of("iam", Regions::Any), at(NOW)) {
            let verified = presented.verify(&presented.signing_key(&SecretAccessKey::new(SECRET)));
            prop_assert!(verified.is_err());
        }
    }
}

fn verifies(wire: &Wire, expected: &Expected<'_>) -> bool {
    wire.with(|request| {
        parse(request, expected, at(NOW)).is_ok_and(|presented| {
            presented.verify(&presented.signing_key(&SecretAccessKey::new(SECRET))).is_ok()
        })
    })
}

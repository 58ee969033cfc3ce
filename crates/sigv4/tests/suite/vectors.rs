//! The AWS signing test suite; see `README.md` beside the data.

use doorward_sigv4::{
    ContentHash, Credentials, Expected, PathStyle, Regions, Rejection, SecretAccessKey, Target, parse,
    presign, sign,
};
use serde::Deserialize;

use crate::wire::{Wire, at};

#[derive(Deserialize)]
struct Vector {
    name: String,
    access_key_id: String,
    secret_access_key: String,
    session_token: Option<String>,
    token_is_signed: bool,
    region: String,
    service: String,
    timestamp: String,
    seconds: u32,
    path_is_normalized: bool,
    hash_is_sent: bool,
    request: Wire,
    header: Form,
    query: Form,
}

#[derive(Deserialize)]
struct Form {
    canonical_request: String,
    string_to_sign: String,
    signed: Wire,
}

/// The one vector that is not accepted, on purpose: its session token is put into the request after signing.
/// An `x-amz-*` header that is not signed is refused, and in a query string everything is signed.
const TOKEN_NOT_SIGNED: &str = "post-sts-header-after";

fn vectors() -> Vec<Vector> {
    let vectors: Vec<Vector> = serde_json::from_str(include_str!("../vectors.json")).unwrap();
    assert_eq!(vectors.len(), 38);
    vectors
}

impl Vector {
    fn path_style(&self) -> PathStyle {
        if self.path_is_normalized { PathStyle::Standard } else { PathStyle::S3 }
    }

    /// Presented as sent, the texts are AWS's texts, and the signature is right.
    fn verifies(&self, form: &Form) -> Result<(), Rejection> {
        let regions = [self.region.as_str()];
        let expected = Expected {
            path_style: self.path_style(),
            ..Expected::of(&self.service, Regions::Only(&regions))
        };
        form.signed.with(|request| {
            let presented = parse(request, &expected, at(&self.timestamp))?;
            assert_eq!(presented.access_key_id(), self.access_key_id, "{}", self.name);
            assert_eq!(presented.session_token(), self.session_token.as_deref(), "{}", self.name);
            let texts = presented.texts()?;
            assert_eq!(texts.canonical_request, form.canonical_request, "{}", self.name);
            assert_eq!(texts.string_to_sign, form.string_to_sign, "{}", self.name);
            let key = presented.signing_key(&SecretAccessKey::new(&*self.secret_access_key));
            presented.verify(&key).map(drop)
        })
    }

    fn target(&self) -> Target<'_> {
        Target {
            path_style: self.path_style(),
            content_hash: if self.hash_is_sent { ContentHash::Sent } else { ContentHash::Omitted },
            ..Target::of(&self.service, &self.region)
        }
    }
}

#[test]
fn every_vector_verifies() {
    for vector in vectors() {
        if vector.name == TOKEN_NOT_SIGNED {
            let names = vec!["x-amz-security-token".to_owned()];
            assert_eq!(vector.verifies(&vector.header), Err(Rejection::HeadersNotSigned { names }));
            continue;
        }
        assert_eq!(vector.verifies(&vector.header), Ok(()), "{}, header", vector.name);
        assert_eq!(vector.verifies(&vector.query), Ok(()), "{}, query", vector.name);
    }
}

#[test]
fn signing_makes_the_same_signatures() {
    for vector in vectors() {
        let secret = SecretAccessKey::new(&*vector.secret_access_key);
        let credentials = Credentials {
            access_key_id: &vector.access_key_id,
            secret_access_key: &secret,
            session_token: vector.session_token.as_deref().filter(|_| vector.token_is_signed),
        };
        let (now, target) = (at(&vector.timestamp), vector.target());
        // The suite signs the path of a URL and then escapes it; ours is the path that goes over the wire.
        let wire = Wire { path: vector.header.signed.path.clone(), ..vector.request.clone() };
        wire.with(|request| {
            let added = sign(request, &credentials, &target, now).unwrap();
            let (name, value) = added.last().unwrap();
            let mut signed = vector.header.signed.clone();
            assert_eq!(
                (*name, value),
                ("authorization", &*signed.header("Authorization")),
                "{}",
                vector.name
            );

            let query = presign(request, &credentials, &target, now, vector.seconds).unwrap();
            let signature = |query: &str| query.rsplit_once("X-Amz-Signature=").unwrap().1.to_owned();
            assert_eq!(signature(&query), signature(&vector.query.signed.query), "{}", vector.name);
        });
    }
}

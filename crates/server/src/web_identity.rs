//! What others verify this installation's web identity tokens with: unsigned, public, and the same for everybody.
//!
//! Below an issuer's address there are its metadata and its keys; no other path, and nothing that tells its account.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound.html>,
//! <https://openid.net/specs/openid-connect-discovery-1_0.html>

use doorward_directory::issuer::Issuer;
use doorward_federation::issue::Algorithm;
use doorward_gate::{Gate, ISSUER_PATH};
use doorward_wire::answer::Answer;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::reply::Reply;

/// How long an answer may be kept, in seconds. A new key is published for a day before it signs.
const CACHED_S: u32 = 3_600;

const METADATA: &str = "/.well-known/openid-configuration";
const KEYS: &str = "/.well-known/jwks.json";

/// Whether a path is of an issuer.
pub(crate) fn is_here(path: &str) -> bool {
    path.starts_with(ISSUER_PATH)
}

/// Answers a request for a path of an issuer.
pub(crate) fn answer(gate: &Gate, path: &str, now: Timestamp) -> Reply {
    if gate.directory().health().is_err() {
        return json_reply(503, &json!({"error": "the policy state may be out of date"}), None);
    }
    let found = path.strip_prefix(ISSUER_PATH).and_then(|rest| {
        let (id, page) = rest.split_at(rest.find('/')?);
        let snapshot = gate.directory().snapshot();
        let issuer = snapshot.issuer_with_id(id)?;
        match page {
            METADATA => Some(metadata(&gate.issuer_url(issuer))),
            KEYS => Some(keys(issuer, now)),
            _ => None,
        }
    });
    match found {
        Some(page) => json_reply(200, &page, Some(CACHED_S)),
        None => json_reply(404, &json!({"error": "there is no such issuer or page"}), None),
    }
}

fn metadata(issuer: &str) -> Value {
    json!({
        "issuer": issuer,
        "jwks_uri": format!("{issuer}{KEYS}"),
        "response_types_supported": ["id_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": Algorithm::ALL.map(Algorithm::name),
        "claims_supported": ["iss", "aud", "sub", "iat", "exp", "jti", "https://sts.amazonaws.com/"],
    })
}

fn keys(issuer: &Issuer, now: Timestamp) -> Value {
    let keys: Vec<Value> = issuer.published(now).map(|key| key.public.jwk(&key.id)).collect();
    json!({ "keys": keys })
}

fn json_reply(http_status: u16, body: &Value, cached_s: Option<u32>) -> Reply {
    let answer = Answer { http_status, content_type: "application/json", body: body.to_string() };
    Reply { cached_s, ..Reply::of(answer) }
}

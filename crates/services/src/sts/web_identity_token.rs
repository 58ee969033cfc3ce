//! `GetWebIdentityToken`: who the caller is, signed, for others to verify.

use std::error::Error;

use doorward_directory::change::issuers;
use doorward_directory::delegation::Approver;
use doorward_directory::issuer::{Issuer, Vending};
use doorward_federation::issue::{Algorithm, SigningKey};
use doorward_gate::session::{DelegatedSession, Subject};
use doorward_gate::{Permit, Question};
use doorward_policy::request::ContextValue;
use doorward_wire::{ApiError, sts};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::passed;
use crate::call::Call;
use crate::operation::{Access, Operation};

/// How long a token lives when the request says nothing, in seconds.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html>, `DurationSeconds`
const SECONDS_DEFAULT: i64 = 300;

/// How long the claims of a token may be, in bytes of JSON. AWS has a limit and does not say which:
/// UNCONFIRMED (token-size).
const CLAIMS_BYTES_MAX: usize = 8_192;

/// The claim that holds what AWS's tokens say beyond the standard.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_token_claims.html>
const NAMESPACE: &str = "https://sts.amazonaws.com/";

/// The key that a caller's tags are under.
const PRINCIPAL_TAG: &str = "aws:principaltag/";

/// Writes when it is time for a new key; and signatures take longer than the loop of connections should wait.
///
/// `sts:DurationSeconds` is the duration that the token will have, also when the request names none:
/// UNCONFIRMED (default-token-duration).
///
/// The texts of the refusals are ours.
impl Operation for sts::GetWebIdentityToken {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &sts::GetWebIdentityTokenRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let algorithm = algorithm(&input.signing_algorithm)?;
        let tags = passed::tags(input.tags.as_deref())?;
        let seconds = input.duration_seconds.unwrap_or(SECONDS_DEFAULT);
        let ask = |action| {
            let pairs = tags.iter().map(|(key, value)| (key.as_str(), value.as_str()));
            let mut question = Question::new(action, "*", call.account)
                .with("sts:DurationSeconds", &seconds.to_string())
                .with("sts:SigningAlgorithm", algorithm.name())
                .with_request_tags(pairs);
            question.context.put_all("sts:IdentityTokenAudience", input.audience.clone());
            question
        };
        let mut questions = vec![ask("sts:GetWebIdentityToken")];
        if !tags.is_empty() {
            questions.push(ask("sts:TagGetWebIdentityToken"));
        }
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: sts::GetWebIdentityTokenRequest,
    ) -> Result<sts::GetWebIdentityTokenResponse, ApiError> {
        let issuer = call.snapshot().issuer(call.account);
        let issuer = issuer.filter(|issuer| issuer.vending == Vending::Enabled).ok_or_else(|| {
            let text = "Outbound web identity federation is not enabled for this account.";
            call.fault("OutboundWebIdentityFederationDisabledException", text)
        })?;
        let algorithm = algorithm(&input.signing_algorithm)?;
        let (issued, expires) = life(call, input.duration_seconds.unwrap_or(SECONDS_DEFAULT))?;
        let claims = claims(call, issuer, &input, issued, expires)?;
        if claims.to_string().len() > CLAIMS_BYTES_MAX {
            let text = "The requested token payload size exceeds the maximum allowed size.";
            return Err(call.fault("JWTPayloadSizeExceededException", text));
        }
        rotate(call, issuer, algorithm)?;
        let token = sign(call, issuer, algorithm, &claims)?;
        Ok(sts::GetWebIdentityTokenResponse {
            web_identity_token: Some(token.into()),
            expiration: Some(expires),
        })
    }
}

fn algorithm(name: &str) -> Result<Algorithm, ApiError> {
    name.parse().map_err(|_| {
        ApiError::validation_error(
            "1 validation error detected: Value at 'signingAlgorithm' failed to satisfy constraint: \
             Member must satisfy enum value set: [RS256, ES384]",
        )
    })
}

/// When the token begins and ends. It may not outlive the session of whoever asks for it. (Text: ours.)
fn life(call: &Call<'_>, seconds: i64) -> Result<(Timestamp, Timestamp), ApiError> {
    let issued = Timestamp::from_second(call.now().as_second()).map_err(|_| ApiError::internal_failure())?;
    let expires = issued.checked_add(SignedDuration::from_secs(seconds));
    let expires = expires.map_err(|_| ApiError::internal_failure())?;
    match call.caller.session() {
        Some(session) if expires > session.expires => {
            let text = "The requested DurationSeconds would extend the token beyond the expiration of the calling session.";
            Err(call.fault("SessionDurationEscalationException", text))
        }
        Some(_) | None => Ok((issued, expires)),
    }
}

/// What the token says. Members that there is nothing to say of are left out.
///
/// The names are AWS's; in which form it writes times and lists is UNCONFIRMED (token-claim-forms).
fn claims(
    call: &Call<'_>,
    issuer: &Issuer,
    input: &sts::GetWebIdentityTokenRequest,
    issued: Timestamp,
    expires: Timestamp,
) -> Result<Value, ApiError> {
    let mut id = [0; 16];
    call.gate.fill_random(&mut id).map_err(|failure| ApiError::internal_failure().caused_by(&failure))?;
    let audience = match input.audience.as_slice() {
        [only] => json!(only),
        several => json!(several),
    };
    Ok(json!({
        "iss": call.gate.issuer_url(issuer),
        "aud": audience,
        "sub": subject(call)?,
        "iat": issued.as_second(),
        "exp": expires.as_second(),
        "jti": uuid::Builder::from_random_bytes(id).into_uuid().to_string(),
        NAMESPACE: details(call, input),
    }))
}

/// The ARN of the user or root user; of a session, the role's own.
fn subject(call: &Call<'_>) -> Result<String, ApiError> {
    let arn_of = |role| call.snapshot().role_with_id(role).map(|role| role.arn());
    let arn = match call.caller.session().map(|session| &session.subject) {
        Some(Subject::Role(session)) => arn_of(session.role),
        Some(Subject::Delegated(DelegatedSession { approver: Approver::Role { role, .. }, .. })) => {
            arn_of(*role)
        }
        Some(
            Subject::Root
            | Subject::User(_)
            | Subject::Federated(_)
            | Subject::AssumedRoot(_)
            | Subject::Delegated(_),
        )
        | None => call.caller.arn(),
    };
    arn.ok_or_else(ApiError::internal_failure)
}

fn details(call: &Call<'_>, input: &sts::GetWebIdentityTokenRequest) -> Value {
    let mut details = Map::new();
    details.insert("aws_account".to_owned(), json!(call.account.to_string()));
    let context = call.caller.context();
    for (name, key) in [
        ("source_region", "aws:requestedregion"),
        ("org_id", "aws:principalorgid"),
        ("ou_path", "aws:principalorgpaths"),
    ] {
        let value = match context.value(key) {
            Some(ContextValue::Single(value)) => json!(value),
            Some(ContextValue::Multiple(values)) => json!(values),
            None => continue,
        };
        details.insert(name.to_owned(), value);
    }
    if let Some(session) = call.caller.session() {
        details.insert("original_session_exp".to_owned(), json!(session.expires.to_string()));
    }
    let tags = context.iter().filter_map(|(key, value)| match value {
        ContextValue::Single(value) if key.to_lowercase().starts_with(PRINCIPAL_TAG) => {
            Some((key.get(PRINCIPAL_TAG.len()..)?.to_owned(), json!(value)))
        }
        ContextValue::Single(_) | ContextValue::Multiple(_) => None,
    });
    insert_some(&mut details, "principal_tags", tags.collect());
    let passed = input.tags.iter().flatten().map(|tag| (tag.key.clone(), json!(tag.value)));
    insert_some(&mut details, "request_tags", passed.collect());
    Value::Object(details)
}

fn insert_some(details: &mut Map<String, Value>, name: &str, tags: Map<String, Value>) {
    if !tags.is_empty() {
        details.insert(name.to_owned(), Value::Object(tags));
    }
}

/// Adds a key when it is time: it is published now, and signs when everybody has had time to see it.
fn rotate(call: &Call<'_>, issuer: &Issuer, algorithm: Algorithm) -> Result<(), ApiError> {
    if !issuer.needs_key(algorithm, call.now()) {
        return Ok(());
    }
    let key = SigningKey::generate(algorithm)
        .map_err(|failure| ApiError::internal_failure().caused_by(&failure))?;
    call.change(|draft| issuers::rotate(draft, call.account, &key))
}

/// Signs with the key that the call's snapshot has for now: a key that was just added does not sign yet.
fn sign(call: &Call<'_>, issuer: &Issuer, algorithm: Algorithm, claims: &Value) -> Result<String, ApiError> {
    let failed = |failure: &dyn Error| ApiError::internal_failure().caused_by(failure);
    let key = issuer.signing_key(algorithm, call.now()).ok_or_else(ApiError::internal_failure)?;
    let opened = issuer.open(call.directory().sealer(), key).map_err(|failure| failed(&failure))?;
    opened.sign(&key.id, claims).map_err(|failure| failed(&failure))
}

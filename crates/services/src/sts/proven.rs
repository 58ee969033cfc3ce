//! `AssumeRoleWithWebIdentity` and `AssumeRoleWithSAML`: who asks is told by a proof from outside, not by a signature.
//!
//! Everything about such a request is checked that can be without verifying the proof: the request itself, the form of the
//! proof, the role, and whether the role's account knows who issued the proof. Verifying is not there yet, and until then
//! no proof is good: what has passed every check is answered with `NotImplemented`. Which managed policies the role's account
//! has is told to nobody without a proof, so they are not looked up before.

use doorward_directory::Stored;
use doorward_directory::identity::Role;
use doorward_directory::provider::ProviderUrl;
use doorward_federation::token::Unverified;
use doorward_federation::{assertion, token};
use doorward_gate::Stranger;
use doorward_wire::{ApiError, Operation as _, errors, sts};

use super::{assume_role, passed};
use crate::fault;
use crate::operation::Unsigned;

/// The code of a proof that is none.
const INVALID: &str = "InvalidIdentityToken";

/// How long a session lasts when the request says nothing, in seconds.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>, `DurationSeconds`
const SECONDS_DEFAULT: i64 = 3_600;

/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>
impl Unsigned for sts::AssumeRoleWithWebIdentity {
    fn run(
        stranger: &Stranger,
        input: sts::AssumeRoleWithWebIdentityRequest,
    ) -> Result<sts::AssumeRoleWithWebIdentityResponse, ApiError> {
        passed::sound(Self::shape(), input.policy.as_deref(), input.policy_arns.as_deref())?;
        if input.provider_id.is_some() {
            return Err(not_implemented("The parameter ProviderId of AssumeRoleWithWebIdentity"));
        }
        let token = token::read(input.web_identity_token.expose()).map_err(|_| {
            let text =
                "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)";
            refused::<Self>(INVALID, text)
        })?;
        let role = role::<Self>(stranger, &input.role_arn)?;
        let text = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
        lasting(role, input.duration_seconds, text)?;
        known_issuer::<Self>(stranger, role, &token)?;
        Err(not_implemented("Verifying web identity tokens"))
    }
}

/// The role's account must have the provider, written as the token has its issuer. (Text for a token without one: ours.)
fn known_issuer<O: Unsigned>(stranger: &Stranger, role: &Role, token: &Unverified) -> Result<(), ApiError> {
    let issuer = token.issuer().ok_or_else(|| refused::<O>(INVALID, "Missing a required claim: iss"))?;
    let url = ProviderUrl::new(issuer).ok();
    let known = url.and_then(|url| {
        stranger.snapshot().oidc_provider(role.account, &url).filter(|provider| provider.url == url)
    });
    known.map(drop).ok_or_else(|| {
        refused::<O>(INVALID, format!("No OpenIDConnect provider found in your account for {issuer}"))
    })
}

/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html>
impl Unsigned for sts::AssumeRoleWithSAML {
    fn run(
        stranger: &Stranger,
        input: sts::AssumeRoleWithSAMLRequest,
    ) -> Result<sts::AssumeRoleWithSAMLResponse, ApiError> {
        passed::sound(Self::shape(), input.policy.as_deref(), input.policy_arns.as_deref())?;
        // AWS's text for this is not documented; after the colon it is ours.
        assertion::open(input.saml_assertion.expose())
            .map_err(|fault| refused::<Self>(INVALID, format!("Invalid SAML response: {fault}")))?;
        let role = role::<Self>(stranger, &input.role_arn)?;
        let provider = stranger.snapshot().saml_provider_with_arn(&input.principal_arn);
        if provider.is_none_or(|provider| provider.account != role.account) {
            return Err(refused::<Self>(INVALID, "Specified provider doesn't exist."));
        }
        let text = "Requested DurationSeconds exceeds MaxSessionDuration set for this role.";
        lasting(role, input.duration_seconds, text)?;
        Err(not_implemented("Verifying SAML responses"))
    }
}

/// The role of this ARN. One that is not there is answered as one that does not trust whoever asks.
fn role<'s, O: Unsigned>(stranger: &'s Stranger, arn: &str) -> Result<&'s Stored<Role>, ApiError> {
    let denied = || ApiError::access_denied(format!("Not authorized to perform sts:{}", O::shape().name));
    assume_role::found(stranger.snapshot(), arn).ok_or_else(denied)
}

fn lasting(role: &Role, asked: Option<i64>, text: &str) -> Result<(), ApiError> {
    if asked.unwrap_or(SECONDS_DEFAULT) > i64::from(role.max_session_s) {
        return Err(ApiError::validation_error(text));
    }
    Ok(())
}

fn refused<O: Unsigned>(code: &str, text: impl Into<String>) -> ApiError {
    fault::with_code(O::shape(), code, text.into())
}

fn not_implemented(what: &str) -> ApiError {
    ApiError::new(&errors::NOT_IMPLEMENTED, format!("{what} is not implemented."))
}

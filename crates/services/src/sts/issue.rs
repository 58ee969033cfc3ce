//! Issuing temporary credentials.

use doorward_gate::session::{NotSealed, Session, Subject, TOKEN_CHARACTERS_MAX};
use doorward_policy::AccountId;
use doorward_sigv4::{AccessKeyId, AccessKeyKind};
use doorward_wire::{ApiError, sts};
use jiff::{SignedDuration, Timestamp};
use zeroize::Zeroizing;

use crate::call::Call;

/// A session to issue.
pub(crate) struct Issue {
    /// The account that the credentials belong to.
    pub account: AccountId,
    /// How long they last, in seconds.
    pub seconds: i64,
    /// When the caller showed a second factor for them.
    pub mfa: Option<Timestamp>,
    /// Whom they stand for.
    pub subject: Subject,
    /// How long the token must be at least, in characters.
    pub token_characters_min: Option<i64>,
}

/// Credentials, and how much of the room for their token they take.
pub(crate) struct Issued {
    /// The credentials.
    pub credentials: sts::Credentials,
    /// The token's length in characters.
    pub token_characters: Option<i64>,
    /// The same in percent of the greatest length. AWS publishes neither what it counts nor its limit.
    pub token_percent: Option<i64>,
}

/// Makes the credentials. Nothing is stored: the session is its sealed token.
///
/// # Errors
/// `PackedPolicyTooLarge` when the token would be too long, `InternalFailure` without randomness.
pub(crate) fn issue(call: &Call<'_>, issue: Issue) -> Result<Issued, ApiError> {
    let (mut id, mut secret) = ([0; 5], Zeroizing::new([0; 30]));
    for bytes in [&mut id[..], &mut secret[..]] {
        call.gate.fill_random(bytes).map_err(|failure| ApiError::internal_failure().caused_by(&failure))?;
    }
    let access_key_id = AccessKeyId::encode(AccessKeyKind::Temporary, issue.account.number(), id)
        .map_err(|_| ApiError::internal_failure())?;
    let issued = Timestamp::from_second(call.now().as_second()).map_err(|_| ApiError::internal_failure())?;
    let expires = issued
        .checked_add(SignedDuration::from_secs(issue.seconds))
        .map_err(|_| ApiError::internal_failure())?;
    let Issue { account, mfa, subject, .. } = issue;
    let session = Session { access_key_id, account, issued, expires, mfa, subject };
    let characters_min = issue.token_characters_min.and_then(|size| usize::try_from(size).ok()).unwrap_or(0);
    let sealed = call.gate.seal_session(&session, &secret, characters_min).map_err(|error| match error {
        NotSealed::TooLong { characters } => {
            let percent = characters * 100 / TOKEN_CHARACTERS_MAX;
            let what =
                if session.policies().is_some() { "Packed policy" } else { "Packed size of session tags" };
            let text = format!("{what} consumes {percent}% of allotted space.");
            call.fault("PackedPolicyTooLarge", text)
        }
        NotSealed::Unwritten | NotSealed::Failed(_) => ApiError::internal_failure().caused_by(&error),
    })?;
    let characters = sealed.token.len();
    Ok(Issued {
        token_characters: i64::try_from(characters).ok(),
        token_percent: i64::try_from((characters * 100).div_ceil(TOKEN_CHARACTERS_MAX)).ok(),
        credentials: sts::Credentials {
            access_key_id: sealed.access_key_id.to_string(),
            secret_access_key: sealed.secret.expose().to_owned().into(),
            session_token: sealed.token.into(),
            expiration: sealed.expires,
        },
    })
}

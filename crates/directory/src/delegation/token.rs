//! The exchange token: what a provider trades in for credentials, again and again until the session ends.
//!
//! It is sealed, names one request and its provider, and stands nowhere in the store.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/temporary-delegation-building-integration.html>

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use doorward_policy::AccountId;
use jiff::Timestamp;

use super::DelegationRequest;
use crate::seal::{Purpose, SealFailed, Sealer};

/// The letters that every token begins with: they name the format.
const PREFIX: &str = "Dwx1.";

/// The longest text that is read as a token, in characters.
const CHARACTERS_MAX: usize = 1_024;

/// What a sealed token is bound to beside its content.
const ASSOCIATED: &[u8] = b"exchange token";

/// A token and its end. `Debug` does not show the token.
pub struct ExchangeToken {
    /// The token.
    pub token: String,
    /// When it ends, and with it every session that was had for it, in whole seconds.
    pub expires: Timestamp,
}

impl std::fmt::Debug for ExchangeToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ExchangeToken").field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// What a token says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TradeIn {
    /// The account of the provider that it is for.
    pub provider: AccountId,
    /// The request.
    pub request: Box<str>,
    /// When it ends.
    pub expires: Timestamp,
}

/// A text that is no token of this installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an exchange token of this installation")]
pub struct NotAToken;

/// The token of a request that was released.
///
/// # Errors
/// [`SealFailed`], also for a request that was not released.
pub fn seal(request: &DelegationRequest, sealer: &Sealer) -> Result<ExchangeToken, SealFailed> {
    let expires = request.session_ends().ok_or(SealFailed::Refused)?;
    let plain = format!("{} {} {}", request.requestor, request.id, expires.as_second());
    let sealed = sealer.seal(Purpose::ExchangeToken, ASSOCIATED, plain.as_bytes())?;
    Ok(ExchangeToken { token: format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(sealed)), expires })
}

/// What a token says. Whether it has ended, and whose it is, is for the caller to check.
///
/// # Errors
/// [`NotAToken`] for anything but an untouched token of this installation.
pub fn open(text: &str, sealer: &Sealer) -> Result<TradeIn, NotAToken> {
    if text.len() > CHARACTERS_MAX {
        return Err(NotAToken);
    }
    let encoded = text.strip_prefix(PREFIX).ok_or(NotAToken)?;
    let sealed = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| NotAToken)?;
    let plain = sealer.open(Purpose::ExchangeToken, ASSOCIATED, &sealed).map_err(|_| NotAToken)?;
    let text = std::str::from_utf8(&plain).map_err(|_| NotAToken)?;
    read(text).ok_or(NotAToken)
}

fn read(plain: &str) -> Option<TradeIn> {
    let mut parts = plain.split(' ');
    let (provider, request, second) = (parts.next()?, parts.next()?, parts.next()?);
    Some(TradeIn {
        provider: provider.parse().ok()?,
        request: request.into(),
        expires: Timestamp::from_second(second.parse().ok()?).ok()?,
    })
}

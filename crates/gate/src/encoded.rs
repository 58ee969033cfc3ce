//! Authorization messages: the explanation of a denial, sealed, for those who may read it.
//!
//! AWS hands out such messages with some denials and decodes them for callers that are allowed
//! `sts:DecodeAuthorizationMessage`. Ours go with every denial, and open only in the account of the caller that was denied.
//!
//! Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use doorward_directory::seal::Purpose;
use doorward_policy::AccountId;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde_json::Value;

use crate::Gate;
use crate::authorize::Denied;
use crate::caller::Caller;

/// The largest explanation that is unpacked, in bytes.
const EXPLANATION_BYTES_MAX: u64 = 1 << 20;

/// A text that is no message of this installation for this account. (Text: ours.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The encoded authorization message is not valid.")]
pub struct NotAMessage;

/// The longest message that goes with a denial, in characters: it travels in a header, and common proxies hold all headers
/// of an answer in 4 KiB.
const HANDED_OUT_CHARACTERS_MAX: usize = 3_072;

impl Gate {
    /// The sealed explanation of a denial: where it would be too long, without the statements of its checks, and then without
    /// the explanation beyond what AWS tells. `None` when it cannot be sealed within bounds, which must not stand in the way
    /// of the denial itself.
    #[must_use]
    pub fn encode_message(&self, caller: &Caller, denied: &Denied) -> Option<String> {
        let account = caller.account()?;
        let seal = |message: &Value| self.seal_message(account, &message.to_string());
        seal(&denied.decoded).or_else(|| {
            let mut short = denied.decoded.clone();
            leave_statements_out(&mut short);
            seal(&short).or_else(|| {
                short.as_object_mut()?.remove("evaluation");
                seal(&short)
            })
        })
    }

    fn seal_message(&self, account: AccountId, text: &str) -> Option<String> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).ok()?;
        let packed = encoder.finish().ok()?;
        let place = place(account);
        let sealer = self.directory.sealer();
        let sealed = sealer.seal(Purpose::AuthorizationMessage, place.as_bytes(), &packed).ok()?;
        let message = URL_SAFE_NO_PAD.encode(sealed);
        (message.len() <= HANDED_OUT_CHARACTERS_MAX).then_some(message)
    }

    /// The explanation in a message, as JSON.
    ///
    /// # Errors
    /// [`NotAMessage`] for anything but an untouched message for `account`.
    pub fn decode_message(&self, account: AccountId, message: &str) -> Result<String, NotAMessage> {
        let sealed = URL_SAFE_NO_PAD.decode(message).map_err(|_| NotAMessage)?;
        let place = place(account);
        let packed = self
            .directory
            .sealer()
            .open(Purpose::AuthorizationMessage, place.as_bytes(), &sealed)
            .map_err(|_| NotAMessage)?;
        let mut text = String::new();
        let mut decoder = DeflateDecoder::new(packed.as_slice()).take(EXPLANATION_BYTES_MAX);
        decoder.read_to_string(&mut text).map_err(|_| NotAMessage)?;
        Ok(text)
    }
}

/// Takes the statements out of the checks of an explanation, whose effects and remedy stay.
fn leave_statements_out(message: &mut Value) {
    let checks = message.pointer_mut("/evaluation/checks").and_then(Value::as_array_mut);
    for check in checks.into_iter().flatten().filter_map(Value::as_object_mut) {
        check.remove("matchedPolicies");
        check.remove("missedStatements");
    }
}

fn place(account: AccountId) -> String {
    format!("authorization message of {account}")
}

//! What a provider is told about its requests.
//!
//! A notice is stored in the same transaction as the change that it tells of, and stays until it was delivered. It holds no
//! secret: the token that one may carry is sealed anew whenever the notice is written out.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/temporary-delegation-building-integration.html>

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{DelegationRequest, State, token};
use crate::seal::{SealFailed, Sealer};

/// A notice that is to be delivered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// The request that it is about.
    pub request: Arc<str>,
    /// Which of the request's notices it is, from 1.
    pub number: u32,
    /// What it tells.
    pub event: Event,
    /// When that happened, in milliseconds.
    pub at: Timestamp,
}

/// What a notice tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// The request has come into a state.
    StateChange(State),
    /// The token is released; the notice carries it.
    ExchangeToken,
}

impl Notice {
    /// The message: one JSON object. Secret where it carries a token.
    ///
    /// # Errors
    /// [`SealFailed`] when its token cannot be sealed.
    pub fn message(&self, request: &DelegationRequest, sealer: &Sealer) -> Result<String, SealFailed> {
        let (kind, state) = match self.event {
            Event::StateChange(state) => ("StateChange", state),
            Event::ExchangeToken => ("ExchangeToken", State::Finalized),
        };
        let mut message = json!({
            "Type": kind,
            "RequestId": *request.id,
            "RequestorWorkflowId": *request.workflow,
            "State": state.name(),
            "OwnerAccountId": request.owner_account.map(|account| account.to_string()),
            "UpdatedAt": milliseconds(self.at),
        });
        if let (Event::ExchangeToken, Some(members)) = (self.event, message.as_object_mut()) {
            let sealed = token::seal(request, sealer)?;
            members.insert("ExchangeToken".to_owned(), Value::String(sealed.token));
            members.insert("ExpiresAt".to_owned(), Value::String(milliseconds(sealed.expires)));
        }
        Ok(message.to_string())
    }
}

/// ISO 8601 with milliseconds: `2026-11-22T10:00:00.750Z`.
fn milliseconds(time: Timestamp) -> String {
    format!("{time:.3}")
}

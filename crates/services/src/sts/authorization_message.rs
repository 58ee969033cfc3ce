//! `DecodeAuthorizationMessage`.

use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, sts};

use crate::call::Call;
use crate::operation::{Access, Operation};

/// Opens the message that came with a denial in the caller's own account.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>
impl Operation for sts::DecodeAuthorizationMessage {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &sts::DecodeAuthorizationMessageRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![Question::new("sts:DecodeAuthorizationMessage", "*", call.account)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: sts::DecodeAuthorizationMessageRequest,
    ) -> Result<sts::DecodeAuthorizationMessageResponse, ApiError> {
        let decoded = call.gate.decode_message(call.account, &input.encoded_message);
        let decoded =
            decoded.map_err(|error| call.fault("InvalidAuthorizationMessageException", error.to_string()))?;
        Ok(sts::DecodeAuthorizationMessageResponse { decoded_message: Some(decoded) })
    }
}

//! `GetAccessKeyInfo`.

use doorward_gate::{Permit, Question};
use doorward_policy::AccountId;
use doorward_sigv4::AccessKeyId;
use doorward_wire::{ApiError, sts};

use crate::call::Call;
use crate::operation::{Access, Operation};

/// An access key's id says which account it belongs to, whether or not the key exists.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html>
impl Operation for sts::GetAccessKeyInfo {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, _: &sts::GetAccessKeyInfoRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![Question::new("sts:GetAccessKeyInfo", "*", call.account)])
    }

    fn run(
        _: &Call<'_>,
        _: &Permit<'_, Self>,
        input: sts::GetAccessKeyInfoRequest,
    ) -> Result<sts::GetAccessKeyInfoResponse, ApiError> {
        let id: Option<AccessKeyId> = input.access_key_id.parse().ok();
        let account = id.and_then(|id| id.account()).and_then(AccountId::new);
        // The text is ours: AWS's is not recorded.
        let account = account.ok_or_else(|| {
            ApiError::validation_error(format!("{} is not a valid access key ID.", input.access_key_id))
        })?;
        Ok(sts::GetAccessKeyInfoResponse { account: Some(account.to_string()) })
    }
}

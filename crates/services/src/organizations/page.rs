//! Pages: `NextToken` and `MaxResults` in, `NextToken` out.

use doorward_directory::refusal::InvalidInput;
use doorward_wire::ApiError;

use crate::call::Call;
use crate::iam::page;

/// The size of a page when the request names none; the greatest that one may name.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html>
const ITEMS_DEFAULT: i64 = 20;

/// One page of a list that is ordered by key: its items, and the token of the next page.
///
/// # Errors
/// `InvalidInputException` for a token that this server never gave.
pub(super) fn of<T>(
    call: &Call<'_>,
    items: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> String,
    token: Option<&str>,
    max: Option<i64>,
) -> Result<(Vec<T>, Option<String>), ApiError> {
    let page = page::of(items, key, token, max.or(Some(ITEMS_DEFAULT)));
    page.map_err(|_| call.refused(&InvalidInput::NextToken.into()))
}

//! The delegation request that an operation is about, in the state that the operation asks of it.

use crate::door::{Door, MANAGEMENT, allows};
use crate::organization::Names;

/// Registers the management account as a provider, which asks itself.
pub fn make(door: &mut Door, operation: &str) -> Names {
    door.register_provider(MANAGEMENT);
    let steps = match operation {
        "iam:AssociateDelegationRequest" => "",
        "iam:SendDelegationToken" => "ac",
        "sts:GetDelegatedAccessToken" => "acs",
        _ => "a",
    };
    let id = door.delegation(MANAGEMENT, MANAGEMENT, &allows("s3:GetObject", "*"), steps);
    let mut names = Names::new();
    if steps == "acs" {
        names.insert("trade-in", door.exchange_token(&id));
    }
    names.insert("delegation-arn", format!("arn:aws:iam::{MANAGEMENT}:delegation-request/{id}"));
    names.insert("delegation-id", id);
    names
}

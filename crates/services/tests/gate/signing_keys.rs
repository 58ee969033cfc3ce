//! What is kept of a key that has proved right lets nobody in that the directory does not.

use doorward_directory::access_key::KeyStatus;
use doorward_directory::change::keys::{self, KeyHolder};
use doorward_sigv4::SecretAccessKey;

use crate::door::{Door, Keys, MANAGEMENT, account, allows};

#[test]
fn a_key_that_was_used_counts_only_as_long_as_it_is_there_and_active() {
    let door = Door::new();
    let keys = door.user("ana", &[&allows("iam:*", "*")]);
    let id = keys.id.clone();
    let activate = |status| {
        door.change(|draft| keys::set_status(draft, account(MANAGEMENT), KeyHolder::User("ana"), &id, status))
    };
    let asks =
        |keys: &Keys| ["iam", "sts", "iam"].map(|service| door.authenticate(keys, service).map(|_| ()));
    assert_eq!(asks(&keys), [Ok(()); 3]);
    let forged = Keys { secret: SecretAccessKey::new("another"), ..keys.clone() };
    assert_eq!(asks(&forged), [Err("SignatureDoesNotMatch"); 3]);
    assert_eq!(asks(&keys), [Ok(()); 3]);
    activate(KeyStatus::Inactive);
    assert_eq!(asks(&keys), [Err("InvalidClientTokenId"); 3]);
    activate(KeyStatus::Active);
    assert_eq!(asks(&keys), [Ok(()); 3]);
    door.change(|draft| keys::delete(draft, account(MANAGEMENT), KeyHolder::User("ana"), &id));
    assert_eq!(asks(&keys), [Err("InvalidClientTokenId"); 3]);
}

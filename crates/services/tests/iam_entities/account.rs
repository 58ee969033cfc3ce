//! The account's alias, and the account in numbers.

use std::collections::BTreeMap;

use doorward_directory::Limits;
use doorward_policy::request::Choices;

use crate::door::{ALLOW_ALL, Door, trusts};
use crate::{check, send};

#[test]
fn an_aliass_life() {
    let door = Door::new();
    let (root, other) = (door.root(), door.other_root());
    let aliases = |keys| send(&door, keys, "ListAccountAliases").ok().texts("member");
    assert_eq!(aliases(&root), [""; 0]);
    check(
        &door,
        &root,
        &[
            (
                "DeleteAccountAlias AccountAlias=example",
                "404 NoSuchEntity: The account alias example cannot be found.",
            ),
            ("CreateAccountAlias AccountAlias=example", "ok"),
            ("CreateAccountAlias AccountAlias=example", "ok"),
        ],
    );
    assert_eq!(aliases(&root), ["example"]);
    check(
        &door,
        &other,
        &[
            (
                "CreateAccountAlias AccountAlias=example",
                "409 EntityAlreadyExists: The account alias example already exists.",
            ),
            (
                "DeleteAccountAlias AccountAlias=example",
                "404 NoSuchEntity: The account alias example cannot be found.",
            ),
        ],
    );
    check(&door, &root, &[("CreateAccountAlias AccountAlias=better", "ok")]);
    assert_eq!(aliases(&root), ["better"], "an alias replaces the one before");
    check(&door, &other, &[("CreateAccountAlias AccountAlias=example", "ok")]);
    check(
        &door,
        &root,
        &[
            (
                "DeleteAccountAlias AccountAlias=example",
                "404 NoSuchEntity: The account alias example cannot be found.",
            ),
            ("DeleteAccountAlias AccountAlias=better", "ok"),
            ("ListAccountAliases Marker=x", "400 ValidationError: Invalid Marker."),
        ],
    );
    assert_eq!(aliases(&root), [""; 0]);
    for alias in ["ab", "a--b", "-ab", "ab-", "Abc", "a_b"] {
        let answer = send(&door, &root, &format!("CreateAccountAlias AccountAlias={alias}"));
        assert_eq!((answer.status, answer.verdict()), (400, "ValidationError"), "{alias}");
    }
}

#[test]
fn the_account_in_numbers() {
    let limits = Limits { users_per_account: 7, ..Limits::default() };
    let door = Door::with(0, limits, Choices::default());
    door.user("ana", &[]);
    door.group("staff", &[], &["ana"]);
    door.role("admin", &trusts("arn:aws:iam::111111111111:user/ana"), &[]);
    door.managed("everything", ALLOW_ALL);
    let root = door.root();
    send(&door, &root, "CreateInstanceProfile InstanceProfileName=web").ok();
    let answer = send(&door, &root, "GetAccountSummary").ok();
    let numbers = answer.texts("value").into_iter().map(|number| number.parse::<i64>().unwrap());
    let summary: BTreeMap<String, i64> = answer.texts("key").into_iter().zip(numbers).collect();
    for (name, number) in [
        ("Users", 1),
        ("UsersQuota", 7),
        ("Groups", 1),
        ("Roles", 1),
        ("Policies", 1),
        ("PolicyVersionsInUse", 1),
        ("InstanceProfiles", 1),
        ("AccountAccessKeysPresent", 1),
        ("AccountMFAEnabled", 0),
        ("AccessKeysPerUserQuota", 2),
        ("PolicySizeQuota", 6144),
    ] {
        assert_eq!(summary.get(name), Some(&number), "{name}");
    }
    let empty = send(&door, &door.other_root(), "GetAccountSummary").ok();
    assert_eq!(empty.texts("key").len(), summary.len(), "every account shows the same names");
}

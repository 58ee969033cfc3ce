use doorward_store::{Key as StoreKey, Memory, Store, Transaction, Value, Write};

use super::*;
use crate::change::attachments;
use crate::change::keys::{KeyHolder, create};
use crate::change::{Holder, groups, inline};
use crate::directory::Directory;
use crate::testing::*;

/// A directory with one of each thing that others name.
fn filled() -> Directory {
    let directory = started();
    let (_, _) = directory
        .change(now(), |draft| {
            add_user(draft, "ana")?;
            add_group(draft, "team")?;
            add_policy(draft, "read")?;
            add_role(draft, "app", &trusting(r#""AWS":"*""#))?;
            groups::add_member(draft, account(), "team", "ana")?;
            attachments::attach(draft, account(), Holder::Role("app"), &policy_arn("read"))?;
            inline::put(draft, account(), Holder::Role("app"), &name("own"), ANY)?;
            create(draft, account(), KeyHolder::User("ana")).map(drop)
        })
        .unwrap();
    directory
}

/// The findings after some records were deleted or overwritten behind the directory's back.
fn check(spoil: impl Fn(&str, &[u8]) -> Option<Option<Vec<u8>>>) -> Vec<String> {
    let directory = filled();
    let stored = directory.stored().unwrap();
    let copy = Memory::default();
    for entry in Scan::new(&*stored, KeyRange::all()) {
        let (key, entry) = entry.unwrap();
        let value = match spoil(&key.to_string(), entry.value.as_bytes()) {
            Some(None) => continue,
            Some(Some(bytes)) => Value::new(bytes).unwrap(),
            None => entry.value,
        };
        let write = (StoreKey::new(key.as_bytes()).unwrap(), Write::Put(value));
        copy.commit(Transaction::new(vec![], vec![write]).unwrap()).unwrap();
    }
    let report = super::check(&*copy.snapshot().unwrap(), Some(directory.sealer())).unwrap();
    report.findings.iter().map(|finding| format!("{}: {}", kind(&finding.key), finding.fault)).collect()
}

#[test]
fn a_sound_directory_has_no_findings() {
    assert_eq!(check(|_, _| None), Vec::<String>::new());
    let report = super::check(&*filled().stored().unwrap(), None).unwrap();
    let counts: Vec<_> = report.counts.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    assert_eq!(
        counts.join(", "),
        "account 1, format 1, group 1, guard 2, inline 1, installation 1, key 2, keyring 1, policy 1, role 1, user 1, version 1"
    );
}

#[test]
fn what_is_missing_is_found_where_it_is_named() {
    for (gone, expected) in [
        ("iam/installation", "installation: it is missing, and other records are there"),
        ("iam/keyring", "keyring: it is missing: nothing that is sealed opens"),
        ("iam/group/", "user: there is no group `…` in its account"),
        ("iam/policy/", "role: there is no policy `…` for it"),
        ("iam/version/", "policy: its default version v1 is missing"),
        ("iam/user/", "key: there is no user `…` that it belongs to"),
        ("iam/role/", "inline: there is no `…` that it belongs to"),
        ("iam/account/", "user: there is no account 123456789012"),
    ] {
        let found = check(|key, _| key.starts_with(gone).then_some(None));
        let found: Vec<_> = found.iter().map(|finding| without_id(finding)).collect();
        assert!(found.iter().any(|finding| finding == expected), "{gone}: {found:?}");
    }
}

/// The text with what is in backticks left out.
fn without_id(text: &str) -> String {
    let parts: Vec<_> = text.split('`').collect();
    if let [before, _, after] = parts[..] { format!("{before}`…`{after}") } else { text.to_owned() }
}

#[test]
fn what_cannot_be_read_is_found() {
    for (spoilt, bytes, expected) in [
        ("iam/user/", &b""[..], "user: it cannot be read: it is empty"),
        ("iam/user/", b"\x09", "user: it cannot be read: its format is 9, and this version knows 1 only"),
    ] {
        let found = check(|key, _| key.starts_with(spoilt).then(|| Some(bytes.to_vec())));
        assert!(found.iter().any(|finding| finding == expected), "{spoilt}: {found:?}");
    }
    // Another byte in the middle of a sealed secret, and in a policy.
    let flip = |bytes: &[u8], at: usize| {
        let mut bytes = bytes.to_vec();
        bytes[at] ^= 1;
        bytes
    };
    let found = check(|key, value| key.starts_with("iam/key/").then(|| Some(flip(value, value.len() - 1))));
    assert_eq!(found, ["key: its secret does not open under the master key"; 2]);
    let found = check(|key, value| key.starts_with("iam/inline/").then(|| Some(flip(value, 6))));
    assert!(
        matches!(&found[..], [one] if one.starts_with("inline: a stored policy does not parse")),
        "{found:?}"
    );
}

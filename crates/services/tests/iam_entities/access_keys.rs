//! Access keys of users, of oneself and of the root user.

use crate::door::{ALLOW_ALL, Door, Keys, MANAGEMENT, trusts};
use crate::{BEGINNING, check, pages, send};

const FULL: &str = "409 LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2";
const NOT_A_USER: &str = "400 ValidationError: Must specify userName when calling with non-User credentials";

fn unknown(id: &str) -> String {
    format!("404 NoSuchEntity: The Access Key with id {id} cannot be found")
}

/// Whether requests can be signed with these keys: `ok` or the refusal's code.
fn who_am_i(door: &Door, keys: &Keys) -> String {
    door.call(keys, "sts:GetCallerIdentity", &[]).verdict().to_owned()
}

/// A user's keys, made by the root user under the user's name and by the user itself without one.
#[test]
fn a_keys_life() {
    for (named, by_itself) in [(" UserName=ana", false), ("", true)] {
        let door = Door::new();
        let first = door.user("Ana", &[ALLOW_ALL]);
        let by = if by_itself { first.clone() } else { door.root() };
        let ask = |request: &str| send(&door, &by, &format!("{request}{named}"));

        let made = ask("CreateAccessKey").ok();
        assert_eq!(made.text("UserName"), "Ana");
        assert_eq!(made.text("Status"), "Active");
        assert_eq!(made.text("CreateDate"), BEGINNING);
        let new = made.keys();
        assert!(new.id.starts_with("AKIA"));
        assert_eq!(new.secret.expose().len(), 40);
        assert_eq!(who_am_i(&door, &new), "ok");
        ask("CreateAccessKey").refused(FULL);

        let listed = ask("ListAccessKeys").ok();
        let mut ids = vec![first.id.clone(), new.id.clone()];
        ids.sort_unstable();
        assert_eq!(listed.texts("AccessKeyId"), ids);
        assert_eq!(listed.texts("UserName"), ["Ana", "Ana"]);
        assert!(!listed.xml.contains(new.secret.expose()), "a secret is shown once");

        let key = format!("AccessKeyId={}", new.id);
        ask(&format!("UpdateAccessKey {key} Status=Inactive")).ok();
        assert_eq!(ask("ListAccessKeys").ok().texts("Status").len(), 2);
        assert!(ask("ListAccessKeys").ok().texts("Status").contains(&"Inactive".to_owned()));
        assert_eq!(who_am_i(&door, &new), "InvalidClientTokenId");
        ask(&format!("UpdateAccessKey {key} Status=Active")).ok();
        assert_eq!(who_am_i(&door, &new), "ok");
        ask(&format!("DeleteAccessKey {key}")).ok();
        assert_eq!(who_am_i(&door, &new), "InvalidClientTokenId");
        ask(&format!("DeleteAccessKey {key}")).refused(&unknown(&new.id));
        ask(&format!("UpdateAccessKey {key} Status=Active")).refused(&unknown(&new.id));
    }
}

#[test]
fn the_root_users_own_keys() {
    let door = Door::new();
    let root = door.root();
    let made = send(&door, &root, "CreateAccessKey").ok();
    assert_eq!(made.text("UserName"), "");
    let second = made.keys();
    assert_eq!(
        door.call(&second, "sts:GetCallerIdentity", &[]).ok().text("Arn"),
        "arn:aws:iam::111111111111:root"
    );
    send(&door, &root, "CreateAccessKey").refused(FULL);
    let listed = send(&door, &root, "ListAccessKeys").ok();
    assert_eq!(listed.texts("AccessKeyId").len(), 2);
    assert!(!listed.has("UserName"));
    check(
        &door,
        &second,
        &[
            (&format!("UpdateAccessKey AccessKeyId={} Status=Inactive", root.id), "ok"),
            (&format!("DeleteAccessKey AccessKeyId={}", root.id), "ok"),
            (&format!("DeleteAccessKey AccessKeyId={}", root.id), &unknown(&root.id)),
        ],
    );
    assert_eq!(who_am_i(&door, &root), "InvalidClientTokenId");
}

#[test]
fn keys_are_their_owners_only() {
    let door = Door::new();
    let (ana, bob) = (door.user("ana", &[ALLOW_ALL]), door.user("bob", &[]));
    let (root, other) = (door.root(), door.other_root());
    let bobs = format!("AccessKeyId={}", bob.id);
    for by in [&ana, &root, &other] {
        send(&door, by, &format!("DeleteAccessKey {bobs}")).refused(&unknown(&bob.id));
        send(&door, by, &format!("UpdateAccessKey {bobs} Status=Inactive")).refused(&unknown(&bob.id));
    }
    let gone = "404 NoSuchEntity: The user with name bob cannot be found.";
    check(
        &door,
        &other,
        &[
            ("CreateAccessKey UserName=bob", gone),
            ("ListAccessKeys UserName=bob", gone),
            (&format!("DeleteAccessKey {bobs} UserName=bob"), gone),
            (&format!("UpdateAccessKey {bobs} Status=Inactive UserName=bob"), gone),
        ],
    );
    assert_eq!(who_am_i(&door, &bob), "ok");
}

#[test]
fn a_session_without_a_user_must_name_one() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let role = door.role("admin", &trusts("arn:aws:iam::111111111111:user/ana"), &[ALLOW_ALL]);
    let session = door.assume(&ana, &role);
    let key = format!("AccessKeyId={}", ana.id);
    let service = door.service_in(MANAGEMENT, "machines.example.com");
    for keys in [&session, &service] {
        check(
            &door,
            keys,
            &[
                ("CreateAccessKey", NOT_A_USER),
                ("ListAccessKeys", NOT_A_USER),
                (&format!("UpdateAccessKey {key} Status=Inactive"), NOT_A_USER),
                (&format!("DeleteAccessKey {key}"), NOT_A_USER),
            ],
        );
    }
    check(&door, &session, &[("CreateAccessKey UserName=ana", "ok"), ("CreateAccessKey UserName=ana", FULL)]);
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html>
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html>
#[test]
fn temporary_credentials_must_name_the_user_whose_keys_they_list_or_update() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let device = door.device_of("ana", "phone");
    door.wait(30);
    let factor = [("SerialNumber", &*device.serial), ("TokenCode", &device.code(door.now(), 0))];
    let session = door.call(&ana, "sts:GetSessionToken", &factor).ok().keys();
    let update = format!("UpdateAccessKey AccessKeyId={} Status=Active", ana.id);
    check(
        &door,
        &session,
        &[
            ("ListAccessKeys", NOT_A_USER),
            ("ListAccessKeys UserName=ana", "ok"),
            (&update, NOT_A_USER),
            (&format!("{update} UserName=ana"), "ok"),
            ("CreateAccessKey", "ok"),
        ],
    );
    check(&door, &ana, &[("ListAccessKeys", "ok"), (&update, "ok")]);
}

#[test]
fn what_is_asked_wrongly() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let status = "400 ValidationError: 1 validation error detected: Value at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]";
    // What the model's constraints refuse is refused before permissions count; so is this.
    let nobody = door.user("nobody", &[]);
    check(&door, &nobody, &[(&format!("UpdateAccessKey AccessKeyId={} Status=Expired", ana.id), status)]);
    check(
        &door,
        &ana,
        &[
            (&format!("UpdateAccessKey AccessKeyId={} Status=Expired", ana.id), status),
            ("DeleteAccessKey AccessKeyId=AKIAAAAAAAAAAAAAAAAA", &unknown("AKIAAAAAAAAAAAAAAAAA")),
            ("DeleteAccessKey AccessKeyId=not_a_key_at_all", &unknown("not_a_key_at_all")),
            ("ListAccessKeys Marker=x", "400 ValidationError: Invalid Marker."),
            ("CreateAccessKey UserName=none", "404 NoSuchEntity: The user with name none cannot be found."),
        ],
    );
}

#[test]
fn lists_come_in_pages() {
    let limits = doorward_directory::Limits { access_keys_per_user: 5, ..Default::default() };
    let door = Door::with(0, limits, Default::default());
    let ana = door.user("ana", &[ALLOW_ALL]);
    let mut ids = vec![ana.id.clone()];
    for _ in 1..5 {
        ids.push(send(&door, &ana, "CreateAccessKey").ok().text("AccessKeyId"));
    }
    ids.sort_unstable();
    let seen = pages(&door, &ana, "ListAccessKeys", "AccessKeyId", || ());
    assert_eq!(seen, [&ids[..2], &ids[2..4], &ids[4..]]);
}

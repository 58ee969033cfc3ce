//! Writers that meet: nobody loses an update, nothing is deleted while something is linked to it, quotas hold exactly.

use std::sync::Arc;
use std::thread;

use doorward_store::Memory;

use crate::certificate::{ServerMaterial, SigningMaterial};
use crate::change::boundaries::{self, Bounded};
use crate::change::keys::{self, KeyHolder};
use crate::change::passwords::{self, Reset};
use crate::change::policies::{self, Standing};
use crate::change::tags::{self as tagging, Tagged};
use crate::change::{
    Draft, Holder, attachments, groups, inline, profiles, roles, server_certificates, service_credentials,
    signing_certificates, ssh_keys, users,
};
use crate::directory::Directory;
use crate::limits::Limits;
use crate::managed::VersionNumber;
use crate::name::Path;
use crate::refusal::Refusal;
use crate::service_credential::ServiceKind;
use crate::snapshot::Listing;
use crate::ssh_key::SshMaterial;
use crate::testing::*;

type Operation = fn(&mut Draft<'_>) -> Result<(), Refusal>;

fn fill(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    add_user(draft, "u")?;
    add_group(draft, "g")?;
    add_role(draft, "r", &open_trust())?;
    add_policy(draft, "p")?;
    policies::create_version(draft, account(), &policy_arn("p"), DENY, Standing::Spare)?;
    profiles::create(draft, account(), name("i"), Path::root(), &[]).map(drop)
}

/// Runs `late`, with `early` done between its first plan and that plan's commit.
fn overtaken(directory: &Directory, late: Operation, early: Operation) -> String {
    let mut first = true;
    outcome(directory, |draft| {
        late(draft)?;
        if std::mem::take(&mut first) {
            directory.change(now(), early)?;
        }
        Ok(())
    })
}

/// Each of the two operations forbids the other: whichever commits first wins, in either order.
fn check(one: Operation, other: Operation, one_too_late: &str, other_too_late: &str) {
    for (late, early, expected) in [(one, other, one_too_late), (other, one, other_too_late)] {
        let directory = started();
        directory.change(now(), fill).unwrap();
        assert_eq!(overtaken(&directory, late, early), expected);
        assert_reloads(&directory);
        let snapshot = directory.snapshot();
        for user in snapshot.users(account(), &Listing::ALL).items {
            assert!(snapshot.user_permissions(user.id).unwrap().is_ok());
        }
        for role in snapshot.roles(account(), &Listing::ALL).items {
            assert!(snapshot.role_permissions(role.id).unwrap().is_ok());
        }
    }
}

fn delete_policy(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    if draft
        .snapshot()
        .policy(account(), "p")
        .is_some_and(|policy| draft.snapshot().versions(policy.id).len() > 1)
    {
        policies::delete_version(draft, account(), &policy_arn("p"), VersionNumber(2))?;
    }
    policies::delete(draft, account(), &policy_arn("p"))
}

const ATTACHED: &str = "DeleteConflict: Cannot delete a policy attached to entities.";
const NOT_ATTACHABLE: &str =
    "NoSuchEntity: Policy arn:aws:iam::123456789012:policy/p does not exist or is not attachable.";

#[test]
fn attaching_and_deleting_a_policy() {
    let holders: [Operation; 3] = [
        |draft| attachments::attach(draft, account(), Holder::User("u"), &policy_arn("p")),
        |draft| attachments::attach(draft, account(), Holder::Group("g"), &policy_arn("p")),
        |draft| attachments::attach(draft, account(), Holder::Role("r"), &policy_arn("p")),
    ];
    for attach in holders {
        check(attach, delete_policy, NOT_ATTACHABLE, ATTACHED);
    }
}

#[test]
fn bounding_and_deleting_a_policy() {
    check(
        |draft| boundaries::put(draft, account(), Bounded::User("u"), &policy_arn("p")),
        delete_policy,
        "NoSuchEntity: Scope ARN: arn:aws:iam::123456789012:policy/p does not exist or is not attachable.",
        ATTACHED,
    );
}

#[test]
fn attaching_to_and_deleting_a_user() {
    check(
        |draft| attachments::attach(draft, account(), Holder::User("u"), &policy_arn("p")),
        |draft| users::delete(draft, account(), "u"),
        "NoSuchEntity: The user with name u cannot be found.",
        "DeleteConflict: Cannot delete entity, must detach all policies first.",
    );
}

#[test]
fn joining_and_deleting_a_group() {
    check(
        |draft| groups::add_member(draft, account(), "g", "u"),
        |draft| groups::delete(draft, account(), "g"),
        "NoSuchEntity: The group with name g cannot be found.",
        "DeleteConflict: Cannot delete entity, must remove users from group first.",
    );
}

#[test]
fn joining_a_group_and_deleting_the_user() {
    check(
        |draft| groups::add_member(draft, account(), "g", "u"),
        |draft| users::delete(draft, account(), "u"),
        "NoSuchEntity: The user with name u cannot be found.",
        "DeleteConflict: Cannot delete entity, must remove users from group first.",
    );
}

#[test]
fn using_and_deleting_a_role() {
    check(
        |draft| profiles::add_role(draft, account(), "i", "r"),
        |draft| roles::delete(draft, account(), "r"),
        "NoSuchEntity: The role with name r cannot be found.",
        "DeleteConflict: Cannot delete entity, must remove roles from instance profile first.",
    );
    check(
        |draft| inline::put(draft, account(), Holder::Role("r"), &name("i"), ANY),
        |draft| roles::delete(draft, account(), "r"),
        "NoSuchEntity: The role with name r cannot be found.",
        "DeleteConflict: Cannot delete entity, must delete policies first.",
    );
}

#[test]
fn making_a_key_and_deleting_the_user() {
    check(
        |draft| keys::create(draft, account(), KeyHolder::User("u")).map(drop),
        |draft| users::delete(draft, account(), "u"),
        "NoSuchEntity: The user with name u cannot be found.",
        "DeleteConflict: Cannot delete entity, must delete access keys first.",
    );
}

const NO_USER: &str = "NoSuchEntity: The user with name u cannot be found.";
const REFERENCED: &str = "DeleteConflict: Cannot delete entity, must remove referenced objects first.";

fn sign(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let material = SigningMaterial::read(pem!("leaf.pem"), now())?;
    signing_certificates::upload(draft, account(), KeyHolder::User("u"), &material).map(drop)
}

fn show_ssh_key(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let material = SshMaterial::read(pem!("ssh.pub"))?;
    ssh_keys::upload(draft, account(), "u", &material).map(drop)
}

#[test]
fn making_a_credential_and_deleting_the_user() {
    let delete: Operation = |draft| users::delete(draft, account(), "u");
    let service: Operation =
        |draft| service_credentials::create(draft, account(), "u", ServiceKind::Logs, None).map(drop);
    check(sign, delete, NO_USER, "DeleteConflict: Cannot delete entity, must delete certificates first.");
    check(show_ssh_key, delete, NO_USER, REFERENCED);
    check(service, delete, NO_USER, REFERENCED);
}

#[test]
fn making_a_password_or_factor_and_deleting_the_user() {
    let delete: Operation = |draft| users::delete(draft, account(), "u");
    let sign_in: Operation =
        |draft| passwords::create(draft, account(), "u", &first_password(), Reset::NotRequired).map(drop);
    let factor: Operation = |draft| add_device(draft, "u", "phone");
    check(sign_in, delete, NO_USER, "DeleteConflict: Cannot delete entity, must delete login profile first.");
    check(factor, delete, NO_USER, "DeleteConflict: Cannot delete entity, must delete MFA device first.");
}

#[test]
fn one_certificate_is_uploaded_once() {
    const DUPLICATE: &str =
        "DuplicateCertificate: The certificate is already associated with an IAM user in the account.";
    let root: Operation = |draft| {
        let material = SigningMaterial::read(pem!("leaf.pem"), now())?;
        signing_certificates::upload(draft, account(), KeyHolder::Root, &material).map(drop)
    };
    check(sign, root, DUPLICATE, DUPLICATE);
    const SSH: &str = "DuplicateSSHPublicKey: The SSH public key is already associated with the user.";
    check(show_ssh_key, show_ssh_key, SSH, SSH);
}

#[test]
fn renaming_and_tagging_a_server_certificate() {
    let directory = started();
    let material = ServerMaterial::read(pem!("leaf.pem"), pem!("leaf.key.pem"), None, now()).unwrap();
    let new = server_certificates::NewServerCertificate {
        name: name("web"),
        path: Path::root(),
        material: &material,
        tags: &[],
    };
    directory.change(now(), |draft| server_certificates::upload(draft, account(), &new)).unwrap();
    let tag: Operation =
        |draft| tagging::put(draft, account(), Tagged::ServerCertificate("web"), &tags(&[("a", "1")]));
    let path: Operation = |draft| {
        let update = server_certificates::ServerCertificateUpdate { name: None, path: Some(path("/p/")) };
        server_certificates::update(draft, account(), "web", &update).map(drop)
    };
    let rename: Operation = |draft| {
        let update = server_certificates::ServerCertificateUpdate { name: Some(name("new")), path: None };
        server_certificates::update(draft, account(), "web", &update).map(drop)
    };
    assert_eq!(overtaken(&directory, tag, path), "ok");
    let snapshot = directory.snapshot();
    let both = snapshot.server_certificate(account(), "web").unwrap();
    assert_eq!((both.path.as_str(), both.tags.value("a")), ("/p/", Some("1")));
    assert_eq!(
        overtaken(&directory, tag, rename),
        "NoSuchEntity: The Server Certificate with name web cannot be found."
    );
    assert_reloads(&directory);
}

#[test]
fn choosing_and_deleting_a_version() {
    check(
        |draft| policies::choose_default(draft, account(), &policy_arn("p"), VersionNumber(2)),
        |draft| policies::delete_version(draft, account(), &policy_arn("p"), VersionNumber(2)),
        "NoSuchEntity: Policy arn:aws:iam::123456789012:policy/p version v2 does not exist or is not attachable.",
        "DeleteConflict: Cannot delete the default version of a policy.",
    );
}

#[test]
fn one_name_is_taken_once() {
    check(
        |draft| add_user(draft, "new").map(drop),
        |draft| add_user(draft, "NEW").map(drop),
        "EntityAlreadyExists: User with name NEW already exists.",
        "EntityAlreadyExists: User with name new already exists.",
    );
    check(
        |draft| add_user(draft, "new").map(drop),
        |draft| {
            let rename = users::UserUpdate { name: Some(name("new")), path: None };
            users::update(draft, account(), "u", &rename).map(drop)
        },
        "EntityAlreadyExists: User with name new already exists.",
        "EntityAlreadyExists: User with name new already exists.",
    );
}

#[test]
fn links_do_not_disturb_each_other() {
    let directory = started();
    directory.change(now(), fill).unwrap();
    let mut attempts = 0;
    let late = outcome(&directory, |draft| {
        attempts += 1;
        attachments::attach(draft, account(), Holder::User("u"), &policy_arn("p"))?;
        directory.change(now(), |draft| {
            attachments::attach(draft, account(), Holder::Role("r"), &policy_arn("p"))
        })?;
        Ok(())
    });
    assert_eq!((late.as_str(), attempts), ("ok", 1));
    let snapshot = directory.snapshot();
    assert_eq!(snapshot.attachment_count(account(), snapshot.policy(account(), "p").unwrap().id), 2);
}

#[test]
fn no_update_is_lost() {
    let directory = started();
    directory.change(now(), fill).unwrap();
    thread::scope(|scope| {
        for writer in 0..8 {
            let directory = &directory;
            scope.spawn(move || {
                for number in 0..6 {
                    let tag = tags(&[(&format!("{writer}-{number}"), "x")]);
                    let put = |draft: &mut Draft<'_>| tagging::put(draft, account(), Tagged::User("u"), &tag);
                    assert_eq!(outcome(directory, put), "ok");
                }
            });
        }
    });
    assert_eq!(directory.snapshot().user(account(), "u").unwrap().tags.len(), 48);
    assert_reloads(&directory);
}

/// Many threads, on two servers over one store, create users until the quota refuses: exactly as many as it allows.
fn crowd(limit: u32, threads: usize) {
    let store = Arc::new(Memory::default());
    let limits = Limits { users_per_account: limit, ..Limits::default() };
    let servers = [open(store.clone(), limits, 1), open(store, limits, 2)];
    let first = crate::bootstrap::FirstStart { account: account(), account_name: "x".into(), root_key: None };
    for server in &servers {
        crate::bootstrap::bootstrap(server, &first, now()).unwrap();
    }
    thread::scope(|scope| {
        for number in 0..threads {
            let server = &servers[number % 2];
            scope.spawn(move || {
                for user in 0.. {
                    match server.change(now(), |draft| add_user(draft, &format!("{number}-{user}"))) {
                        Ok(_) => {}
                        Err(Refusal::Quota { .. }) => break,
                        Err(other) => panic!("{other:?}"),
                    }
                }
            });
        }
    });
    for server in &servers {
        let revision = server.store().revision().unwrap();
        let snapshot = server.snapshot_at(revision, std::time::Duration::from_secs(10)).unwrap();
        assert_eq!(snapshot.account_summary(account(), &limits)["Users"], i64::from(limit));
        assert_reloads(server);
    }
}

#[test]
fn quotas_are_exact_near_the_limit() {
    crowd(40, 16);
}

#[test]
fn quotas_are_exact_coming_from_afar() {
    crowd(600, 16);
}

#[test]
fn two_servers_see_each_others_changes() {
    let store = Arc::new(Memory::default());
    let (one, other) = (open(store.clone(), Limits::default(), 1), open(store, Limits::default(), 2));
    let first = crate::bootstrap::FirstStart { account: account(), account_name: "x".into(), root_key: None };
    crate::bootstrap::bootstrap(&one, &first, now()).unwrap();
    // The second server plans on a snapshot without the installation, loses, and finds it.
    let started = crate::bootstrap::bootstrap(&other, &first, now()).unwrap();
    assert!(matches!(started, crate::bootstrap::Started::Already(_)));
    let (user, revision) = one.change(now(), |draft| add_user(draft, "bob")).unwrap();
    let seen = other.snapshot_at(revision, std::time::Duration::from_secs(10)).unwrap();
    assert_eq!(seen.user(account(), "bob").map(|user| user.id), Some(user.id));
}

//! Any sequence of changes: the snapshot folded from them is the one that loading gives.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use doorward_federation::issue::{Algorithm, SigningKey};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::access_key::{KeyOwner, KeyStatus};
use crate::certificate::{ServerMaterial, SigningMaterial};
use crate::change::boundaries::{self, Bounded};
use crate::change::keys::{self, KeyHolder};
use crate::change::linked_roles::{self, NewLinkedRole};
use crate::change::mfa::{self, MfaHolder};
use crate::change::oidc::{self, NewOidcProvider};
use crate::change::passwords::{self, Reset};
use crate::change::policies::{self, Standing};
use crate::change::reports::{self, NewReport};
use crate::change::saml::{self, NewSamlProvider};
use crate::change::server_certificates::{self, NewServerCertificate, ServerCertificateUpdate};
use crate::change::tags::{self as tagging, Tagged};
use crate::change::{
    Draft, Holder, accounts, attachments, credential_reports, groups, inline, issuers, profiles, roles,
    service_credentials, services, signing_certificates, ssh_keys, users,
};
use crate::managed::VersionNumber;
use crate::name::Path;
use crate::password::PasswordPolicy;
use crate::refusal::Refusal;
use crate::reports::{Granularity, ReportSubject};
use crate::service_credential::ServiceKind;
use crate::snapshot::{Entity, Listing, Snapshot};
use crate::ssh_key::SshMaterial;
use crate::testing::*;

/// Few names, so that changes meet; two of them the same but for case.
const NAMES: [&str; 4] = ["a", "A", "b", "c"];

/// One of the operations on some of the names.
fn apply(draft: &mut Draft<'_>, (operation, one, two): (u8, usize, usize)) -> Result<(), Refusal> {
    let (account, one, two) = (account(), NAMES[one], NAMES[two]);
    let holder = [Holder::User(two), Holder::Group(two), Holder::Role(two)][usize::from(operation) % 3];
    let bounded = [Bounded::User(two), Bounded::Role(two)][usize::from(operation) % 2];
    let arn = policy_arn(one);
    let key = draft.snapshot().access_keys_of_user(account, one);
    match operation {
        0 => add_user(draft, one).map(drop),
        1 => add_group(draft, one).map(drop),
        2 => add_role(draft, one, &trusting(&format!(r#""AWS":"arn:aws:iam::{ACCOUNT}:user/{two}""#)))
            .map(drop),
        3 => add_policy(draft, one).map(drop),
        4 => profiles::create(draft, account, name(one), Path::root(), &tags(&[(two, "x")])).map(drop),
        5 => users::delete(draft, account, one),
        6 => groups::delete(draft, account, one),
        7 => roles::delete(draft, account, one),
        8 => policies::delete(draft, account, &arn),
        9 => profiles::delete(draft, account, one),
        10..=12 => attachments::attach(draft, account, holder, &arn),
        13..=15 => attachments::detach(draft, account, holder, &arn),
        16..=18 => inline::put(draft, account, holder, &name(one), ANY),
        19..=21 => inline::delete(draft, account, holder, one),
        22..=23 => boundaries::put(draft, account, bounded, &arn),
        24..=25 => boundaries::delete(draft, account, bounded),
        26..=27 => groups::add_member(draft, account, one, two),
        28 => groups::remove_member(draft, account, one, two),
        29 => profiles::add_role(draft, account, one, two),
        30 => profiles::remove_role(draft, account, one, two),
        31 => keys::create(draft, account, KeyHolder::User(one)).map(drop),
        32 => keys::delete(draft, account, KeyHolder::User(one), &key),
        33 => keys::set_status(draft, account, KeyHolder::User(one), &key, KeyStatus::Inactive),
        34 => policies::create_version(draft, account, &arn, DENY, Standing::Default).map(drop),
        35 => policies::delete_version(draft, account, &arn, VersionNumber(1)),
        36 => policies::choose_default(draft, account, &arn, VersionNumber(1)),
        37 => {
            let update = users::UserUpdate { name: Some(name(two)), path: Some(path("/x/")) };
            users::update(draft, account, one, &update).map(drop)
        }
        38 => {
            let update = groups::GroupUpdate { name: Some(name(two)), path: None };
            groups::update(draft, account, one, &update).map(drop)
        }
        39 => tagging::put(draft, account, Tagged::User(one), &tags(&[(two, "y")])),
        40 => tagging::remove(draft, account, Tagged::User(one), &[two]),
        41 => accounts::put_alias(draft, account, &format!("alias-{}", two.to_lowercase())),
        42 => services::register(draft, account, &format!("{}.example", one.to_lowercase())).map(drop),
        43 => services::rotate(draft, &format!("{}.example", one.to_lowercase())).map(drop),
        44 => accounts::delete_alias(draft, account, &format!("alias-{}", two.to_lowercase())),
        45..=54 => credential(draft, operation, one, two),
        _ => other(draft, operation, one, two),
    }
}

/// One of the operations on credentials of users.
fn credential(draft: &mut Draft<'_>, operation: u8, one: &str, two: &str) -> Result<(), Refusal> {
    let (account, id) = (account(), draft.snapshot().user(account(), one).map(|user| user.id));
    let view = draft.snapshot();
    match operation {
        45 => add_device(draft, one, two),
        46 => mfa::deactivate(draft, account, MfaHolder::User(one), &serial_number(two)),
        47 => mfa::delete(draft, account, &serial_number(two)),
        48 => passwords::create(draft, account, one, &first_password(), Reset::Required).map(drop),
        49 => passwords::delete(draft, account, one),
        50 => {
            let pem = if two == "b" { pem!("curve.pem") } else { pem!("leaf.pem") };
            let material = SigningMaterial::read(pem, now())?;
            signing_certificates::upload(draft, account, KeyHolder::User(one), &material).map(drop)
        }
        51 => {
            let own = id.and_then(|id| view.signing_certificates(&KeyOwner::User(id)).next());
            let own = own.map(|own| own.id.to_string()).unwrap_or_default();
            signing_certificates::delete(draft, account, KeyHolder::User(one), &own)
        }
        52 => ssh_keys::upload(draft, account, one, &SshMaterial::read(pem!("ssh.pub"))?).map(drop),
        53 => service_credentials::create(draft, account, one, ServiceKind::Logs, None).map(drop),
        _ => {
            let ssh = id.and_then(|id| view.ssh_keys(id).next()).map(|own| own.id.to_string());
            let own = id.and_then(|id| view.service_credentials(id).next()).map(|own| own.id.to_string());
            match ssh.filter(|_| two == "a") {
                Some(ssh) => ssh_keys::delete(draft, account, one, &ssh),
                None => service_credentials::delete(draft, account, one, &own.unwrap_or_default()),
            }
        }
    }
}

/// One of the operations on what an account has besides.
fn other(draft: &mut Draft<'_>, operation: u8, one: &str, two: &str) -> Result<(), Refusal> {
    let account = account();
    match operation {
        55 => {
            static WEB: LazyLock<ServerMaterial> = LazyLock::new(|| {
                ServerMaterial::read(pem!("leaf.pem"), pem!("leaf.key.pem"), None, now()).unwrap()
            });
            let new = NewServerCertificate { name: name(one), path: Path::root(), material: &WEB, tags: &[] };
            server_certificates::upload(draft, account, &new).map(drop)
        }
        56 => {
            let update = ServerCertificateUpdate { name: Some(name(two)), path: None };
            server_certificates::update(draft, account, one, &update).map(drop)
        }
        57 => server_certificates::delete(draft, account, one),
        58 => {
            let url = format!("https://{}.example", one.to_lowercase());
            let new = NewOidcProvider { url: &url, client_ids: &[], thumbprints: &[], tags: &[] };
            oidc::create(draft, account, &new).map(drop)
        }
        59 => {
            let url = format!("{}.example", one.to_lowercase());
            oidc::delete(draft, account, &format!("arn:aws:iam::{ACCOUNT}:oidc-provider/{url}"))
        }
        60 => {
            let metadata = include_str!("../../../../conformance/saml/metadata.xml");
            let name = &name(one);
            let new = NewSamlProvider { name, metadata, encryption: None, private_key: None, tags: &[] };
            saml::create(draft, account, &new).map(drop)
        }
        61 => saml::delete(draft, account, &format!("arn:aws:iam::{ACCOUNT}:saml-provider/{one}")),
        62 => issuers::enable(draft, account, &[SigningKey::generate(Algorithm::Es384)?]).map(drop),
        63 => issuers::disable(draft, account),
        64 => {
            let (service, suffix) = ("autoscaling.amazonaws.com", Some(one));
            let new = NewLinkedRole { service, suffix, description: None };
            linked_roles::create(draft, account, &new).map(drop)
        }
        65 => linked_roles::delete(draft, account, &format!("AWSServiceRoleForAutoScaling_{one}")).map(drop),
        66 => match two {
            "a" => passwords::delete_policy(draft, account),
            _ => passwords::put_policy(draft, account, PasswordPolicy::default()),
        },
        67 => credential_reports::generate(draft, account).map(drop),
        _ => {
            let id = draft.snapshot().user(account, one).map(|user| user.id);
            let id = id.ok_or_else(|| Refusal::NoSuchUser(one.to_owned()))?;
            let subject = ReportSubject::Entity { id, granularity: Granularity::Service };
            let new = NewReport { requester: two, subject, services: [].into() };
            reports::create(draft, account, &new).map(drop)
        }
    }
}

impl Snapshot {
    /// The first access key of a user; a text that names none if it has none.
    fn access_keys_of_user(&self, account: doorward_policy::AccountId, name: &str) -> String {
        let owner = self.user(account, name).map(|user| KeyOwner::User(user.id));
        let key = owner.and_then(|owner| self.access_keys(&owner).next().map(|key| key.id.to_string()));
        key.unwrap_or_default()
    }
}

/// Everything that names something names something that is there, and is named by it in turn.
fn assert_sound(snapshot: &Snapshot) {
    for user in snapshot.users(account(), &Listing::ALL).items {
        assert!(snapshot.user_permissions(user.id).unwrap().is_ok());
        assert_eq!(snapshot.entity(user.id), Some(&Entity::User(user.clone().into())));
        for group in &user.groups {
            assert!(snapshot.members(*group).any(|member| member.id == user.id));
        }
    }
    for group in snapshot.groups(account(), &Listing::ALL).items {
        let members: Vec<_> = snapshot.members(group.id).collect();
        assert!(members.is_sorted_by_key(|member| member.name.folded()));
        assert!(members.iter().all(|member| snapshot.user(account(), member.name.as_str()) == Some(member)));
        assert!(members.iter().all(|member| member.groups.contains(&group.id)));
    }
    let mut aliases = BTreeSet::new();
    for (user, credential) in snapshot.all_service_credentials(account(), "") {
        assert!(aliases.insert(credential.alias.to_ascii_lowercase()), "{}", credential.alias);
        assert_eq!(user.id, credential.user);
    }
    for device in snapshot.mfa_devices(account()) {
        let owner = device.assigned.as_ref().map(|assigned| assigned.owner);
        assert!(owner.is_none_or(|owner| snapshot.mfa_devices_of(owner).any(|own| own.name == device.name)));
    }
    for role in snapshot.roles(account(), &Listing::ALL).items {
        assert!(snapshot.role_permissions(role.id).unwrap().is_ok());
        assert!(snapshot.trust(role).is_ok() && snapshot.trust_text(role).is_ok());
    }
    for policy in snapshot.policies(account(), &Listing::ALL).items {
        assert_eq!(
            snapshot.attachments(account(), policy.id).count(),
            snapshot.attachment_count(account(), policy.id)
        );
        assert!(snapshot.version(policy.id, policy.default_version).is_some());
    }
    for profile in snapshot.profiles(account(), &Listing::ALL).items {
        assert!(profile.role.is_none_or(|role| snapshot.role_with_id(role).is_some()));
    }
}

/// How many operations there are in [`apply`].
const OPERATIONS: u8 = 69;

#[test]
fn folding_changes_is_loading_them() {
    let step = || (0..OPERATIONS, 0..NAMES.len(), 0..NAMES.len());
    let change = prop_oneof![4 => vec(step(), 1), 1 => vec(step(), 2)];
    let succeeded = RefCell::new(BTreeSet::new());
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() });
    let result = runner.run(&vec(change, 1..160), |changes| {
        let directory = started();
        directory.change(now(), |draft| (0..5).try_for_each(|kind| apply(draft, (kind, 0, 0)))).unwrap();
        for change in &changes {
            let plan = |draft: &mut Draft<'_>| change.iter().try_for_each(|step| apply(draft, *step));
            if outcome(&directory, plan) == "ok" {
                succeeded.borrow_mut().extend(change.iter().map(|(operation, ..)| *operation));
            }
        }
        assert_reloads(&directory);
        assert_sound(&directory.snapshot());
        Ok(())
    });
    result.unwrap();
    // Operations that never came about would have shown nothing; a rare one may be missing now and then.
    let succeeded = succeeded.into_inner();
    assert!(succeeded.len() >= usize::from(OPERATIONS) - 5, "only {succeeded:?} came about");
}

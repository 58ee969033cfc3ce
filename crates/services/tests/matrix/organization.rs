//! The organization in the world of an operation of Organizations.

use std::collections::BTreeMap;

use doorward_directory::change::organization::accounts::{self, NewMember};
use doorward_directory::change::organization::handshakes::{self, Invitation};
use doorward_directory::change::organization::policies::{self, NewControlPolicy};
use doorward_directory::change::organization::tags::{self, Tagged};
use doorward_directory::change::organization::{self, administrators, delegation, root_access, units};
use doorward_directory::organization::{Features, IAM_SERVICE, PolicyKind, RootFeature, Target};

use crate::door::{self, Door, MANAGEMENT, OTHER, account, allows};

/// What parameters such as `{root}` stand for.
pub type Names = BTreeMap<&'static str, String>;

/// A policy that lets an account read that is not there.
const DELEGATION: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"444444444444"},"Action":"organizations:ListRoots","Resource":"*"}}"#;

/// The operations of other services that need an organization.
const CENTRAL: [&str; 6] = [
    "iam:DisableOrganizationsRootCredentialsManagement",
    "iam:DisableOrganizationsRootSessions",
    "iam:EnableOrganizationsRootCredentialsManagement",
    "iam:EnableOrganizationsRootSessions",
    "iam:ListOrganizationsFeatures",
    "sts:AssumeRoot",
];

/// Makes what the operation needs to succeed; nothing for other operations of other services.
pub fn make(door: &Door, operation: &str) -> Names {
    if CENTRAL.contains(&operation) {
        let mut names = Names::new();
        tree(door, &mut names);
        door.change(|draft| {
            administrators::trust(draft, account(MANAGEMENT), IAM_SERVICE)?;
            root_access::enable(draft, account(MANAGEMENT), RootFeature::Sessions)
        });
        return names;
    }
    let Some(operation) = operation.strip_prefix("organizations:") else { return Names::new() };
    let mut names = Names::from([("delegation", DELEGATION.to_owned())]);
    match operation {
        "CreateOrganization" => {}
        "DeleteOrganization" => {
            door.change(|draft| organization::create(draft, account(MANAGEMENT), Features::All));
        }
        "AcceptHandshake" | "CancelHandshake" | "DeclineHandshake" | "DescribeHandshake" => {
            let handshake = door.change(|draft| {
                organization::create(draft, account(MANAGEMENT), Features::ConsolidatedBilling)?;
                handshakes::enable_all_features(draft, account(MANAGEMENT))
            });
            names.insert("handshake", handshake.id.to_string());
        }
        "EnableAllFeatures" => {
            door.change(|draft| {
                organization::create(draft, account(MANAGEMENT), Features::ConsolidatedBilling)
            });
        }
        _ => tree(door, &mut names),
    }
    names
}

/// An organization with a member, an account of its own that administers a service, and one of everything else.
fn tree(door: &Door, names: &mut Names) {
    let here = account(MANAGEMENT);
    let team = door::tags(&[("team", "red")]);
    let made = door.change(|draft| {
        let mut names = Names::new();
        doorward_directory::change::accounts::create(draft, account("444444444444"), "invited")?;
        let own = organization::create(draft, here, Features::All)?;
        let root = own.root.to_string();
        let invitation = Invitation { account: account(OTHER), notes: None, tags: &[] };
        let handshake = handshakes::invite(draft, here, &invitation)?;
        handshakes::accept(draft, account(OTHER), &handshake.id)?;
        for name in ["unit", "empty"] {
            names.insert(name, units::create(draft, here, &root, name, &[])?.id.to_string());
        }
        let unit = names["unit"].clone();
        let target = organization::target(draft.snapshot(), &unit).unwrap();
        assert!(matches!(target, Target::Unit(_)));
        tags::put(draft, here, &Tagged::Target(target), &team)?;
        for name in ["control", "attached"] {
            let (kind, content) = (PolicyKind::ServiceControl, allows("*", "*"));
            let new = NewControlPolicy { kind, name, description: "", content: &content, tags: &[] };
            let policy = policies::create(draft, here, &new)?;
            names.insert(name, policy.id.to_string());
            if name == "attached" {
                policies::attach(draft, here, &policy.id, &unit)?;
            }
        }
        let new = NewMember { name: "own", email: "own@example.com", role: None, tags: &[] };
        let creation = accounts::create(draft, here, &new)?;
        let administrator = creation.outcome.unwrap();
        for service in ["config.amazonaws.com", "sso.amazonaws.com"] {
            administrators::trust(draft, here, service)?;
        }
        administrators::register(draft, here, administrator, "config.amazonaws.com")?;
        delegation::put(draft, here, DELEGATION, None)?;
        names.insert("root", root);
        names.insert("creation", creation.id.to_string());
        names.insert("administrator", administrator.to_string());
        Ok(names)
    });
    names.extend(made);
}

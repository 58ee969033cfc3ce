//! What is to be made of the file: here each means what it meant there, or less, or is refused.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use anyhow::{Context as _, Result};
use doorward_directory::Refusal;
use doorward_directory::access_key::{KeyOwner, KeyStatus};
use doorward_directory::change::{Draft, Holder, attachments, groups};
use doorward_directory::limits::Limits;
use doorward_directory::name::{Name, Path};
use doorward_directory::random::{Random as _, SystemRandom};
use doorward_directory::snapshot::Snapshot;
use doorward_policy::AccountId;
use doorward_sigv4::{AccessKeyId, AccessKeyKind, SecretAccessKey};
use jiff::Timestamp;
use serde_json::json;

use super::documents::converted;
use super::file::{Assets, ServiceAccount, Status, User, split};
use super::person::{GivenKey, Person, are, arns, give, managed, says};
use crate::credentials::Keys;
use crate::importing::{Entity, Imported, Note, Step};

/// What is to be imported into an account. With `new_keys`, those get new access keys whose own cannot be kept.
///
/// # Errors
/// There is no randomness for new access keys.
pub fn imported(
    assets: &Assets,
    account: AccountId,
    new_keys: bool,
    missing: &'static str,
) -> Result<Imported> {
    let imported = Imported { missing, ..Imported::default() };
    let mut making = Making { assets, account, new_keys, imported, policies: BTreeMap::new() };
    making.policies();
    making.groups();
    let mut held = BTreeMap::new();
    for (name, user) in &assets.users.0 {
        let counted = making.user(name, user)?;
        held.insert(name.as_str(), counted);
    }
    for (id, found) in &assets.service_accounts.0 {
        making.service_account(id, found, &mut held)?;
    }
    making.outside();
    Ok(making.imported)
}

struct Making<'a> {
    assets: &'a Assets,
    account: AccountId,
    new_keys: bool,
    imported: Imported,
    /// The policies that there are or could be, and whether they speak of the name of whoever asks.
    policies: BTreeMap<&'a str, Known>,
}

/// What is known of a policy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    /// It is here, or is refused; and whether it speaks of the name of whoever asks.
    Policy { names_user: bool },
    /// It would allow nothing here.
    Nothing,
}

impl<'a> Making<'a> {
    fn refuse(&mut self, kind: &'static str, name: &str, reason: impl Into<String>) {
        self.imported.refused.push(Note { kind, name: name.to_owned(), reason: reason.into() });
    }

    fn remark(&mut self, kind: &'static str, name: &str, reason: impl Into<String>) {
        self.imported.remarks.push(Note { kind, name: name.to_owned(), reason: reason.into() });
    }

    fn policies(&mut self) {
        let assets = self.assets;
        for (name, document) in &assets.policies.0 {
            let known = match converted(document.get()) {
                Err(reason) => {
                    self.refuse("policy", name, reason);
                    Known::Policy { names_user: true }
                }
                Ok(None) => {
                    self.remark("policy", name, "left out: it allows nothing but administering MinIO");
                    Known::Nothing
                }
                Ok(Some(read)) => {
                    if read.left_out > 0 {
                        let reason = format!(
                            "without {} statements that allow only administering MinIO",
                            read.left_out
                        );
                        self.remark("policy", name, reason);
                    }
                    self.policy(name, read.text);
                    Known::Policy { names_user: read.names_user }
                }
            };
            self.policies.insert(name, known);
        }
    }

    fn policy(&mut self, name: &str, text: String) {
        let (account, own, same) = (self.account, name.to_owned(), text.clone());
        let done = move |snapshot: &Snapshot| says(snapshot, account, &own, &same);
        let own = name.to_owned();
        let plan = move |draft: &mut Draft<'_>| managed(draft, account, &own, "/", &text);
        self.step("policy", name, Vec::new(), done, plan, None);
    }

    fn groups(&mut self) {
        let assets = self.assets;
        for (name, group) in &assets.groups.0 {
            let policies = match (assets.group_policies.0.get(name), group.status) {
                (Some(mapping), Status::Enabled) => self.known(mapping.policies()),
                (Some(_), Status::Disabled) => {
                    self.remark(
                        "group",
                        name,
                        "without its policies: it is disabled, and they count for nobody",
                    );
                    Vec::new()
                }
                (None, _) => Vec::new(),
            };
            for member in
                group.members.iter().flatten().filter(|member| !assets.users.0.contains_key(*member))
            {
                self.remark(
                    "group",
                    name,
                    format!("without its member `{member}`, who is no user of the file"),
                );
            }
            let (account, own, arns) = (self.account, name.clone(), arns(self.account, &policies));
            let needs = needed("policy", &policies);
            let done = move |snapshot: &Snapshot| {
                let group = snapshot.group(account, &own).filter(|group| group.name.as_str() == own);
                group.is_some_and(|group| {
                    are(snapshot, account, &group.attached, &policies) && snapshot.inline(group.id).len() == 0
                })
            };
            let own = name.clone();
            let plan = move |draft: &mut Draft<'_>| {
                groups::create(draft, account, Name::new(&own)?, Path::new("/")?)?;
                arns.iter().try_for_each(|arn| attachments::attach(draft, account, Holder::Group(&own), arn))
            };
            self.step("group", name, needs, done, plan, None);
        }
    }

    /// Adds a user; how many access keys it gets.
    fn user(&mut self, name: &str, user: &User) -> Result<u32> {
        let key = match &user.secret_key {
            None => None,
            Some(secret) => self.key("user", name, (name, secret), user.status)?,
        };
        let count = u32::from(key.is_some());
        let (policies, groups) = (self.policies_of(name, user), self.groups_of(name));
        let person = Person {
            name: name.to_owned(),
            path: "/".to_owned(),
            groups,
            policies,
            boundary: None,
            expires: None,
            key,
        };
        self.person("user", name, person);
        Ok(count)
    }

    /// A service account is another access key of its parent, where it may do all that its parent may, and there is room;
    /// else a user of its own with the parent's policies and groups.
    fn service_account(
        &mut self,
        id: &str,
        found: &ServiceAccount,
        held: &mut BTreeMap<&'a str, u32>,
    ) -> Result<()> {
        const KIND: &str = "service account";
        let assets = self.assets;
        let Some((parent, user)) = assets.users.0.get_key_value(&found.parent) else {
            let reason = format!(
                "its parent `{}` is no user of the file, but root or of an identity provider: make a role, and let it be assumed",
                found.parent
            );
            self.refuse(KIND, id, reason);
            return Ok(());
        };
        let restriction = match restriction(found) {
            Ok(restriction) => restriction,
            Err(reason) => {
                self.refuse(KIND, id, reason);
                return Ok(());
            }
        };
        let Some(secret) = &found.secret_key else {
            self.refuse(KIND, id, "it has no secret in the file");
            return Ok(());
        };
        let enabled = user.status == Status::Enabled && found.status == Status::Enabled;
        let status = if enabled { Status::Enabled } else { Status::Disabled };
        let expires = expiry(found);
        let (keys, most) = (held.entry(parent).or_default(), Limits::default().access_keys_per_user);
        let kept = id.parse::<AccessKeyId>().is_ok();
        if restriction.is_none() && expires.is_none() && kept && *keys < most {
            *keys += 1;
            return self.another_key((id, secret), parent, status);
        }
        let (policies, groups) = (self.policies_of(parent, user), self.groups_of(parent));
        if restriction.as_ref().is_some_and(|(_, names_user)| *names_user)
            || self.name_user(&policies, &groups)
        {
            let reason =
                "it would be a user with a name of its own, and its policies speak of `${aws:username}`";
            self.refuse(KIND, id, reason);
            return Ok(());
        }
        let Some(key) = self.key(KIND, id, (id, secret), status)? else { return Ok(()) };
        self.remark(KIND, id, format!("is a user of its own, in the path `/service-accounts/{parent}/`"));
        let person = Person {
            name: id.to_owned(),
            path: format!("/service-accounts/{parent}/"),
            groups,
            policies,
            boundary: restriction.map(|(text, _)| (format!("service-account-{id}"), text)),
            expires,
            key: Some(key),
        };
        self.person(KIND, id, person);
        Ok(())
    }

    fn another_key(&mut self, key: (&str, &SecretAccessKey), parent: &str, status: Status) -> Result<()> {
        let id = key.0;
        let Some(key) = self.key("service account", id, key, status)? else { return Ok(()) };
        let (account, own) = (self.account, key.id);
        let (holder, parent) = (parent.to_owned(), parent.to_owned());
        let needs = vec![("user", parent.clone())];
        let done = move |snapshot: &Snapshot| {
            let user = snapshot.user(account, &holder).map(|user| KeyOwner::User(user.id));
            snapshot.access_key(own).is_some_and(|key| Some(&key.owner) == user.as_ref())
        };
        let plan = move |draft: &mut Draft<'_>| give(draft, account, &parent, &key);
        self.step("service account", id, needs, done, plan, None);
        Ok(())
    }

    fn outside(&mut self) {
        let assets = self.assets;
        for (kind, mappings) in
            [("outside user", &assets.outside_users), ("outside group", &assets.outside_groups)]
        {
            for (name, mapping) in &mappings.0 {
                let policies: Vec<&str> = mapping.policies().collect();
                let reason = format!(
                    "it is of an identity provider: make a role that trusts the provider, with the policies {}",
                    policies.join(", ")
                );
                self.refuse(kind, name, reason);
            }
        }
    }

    /// The names without those of policies that would allow nothing here.
    fn known<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<String> {
        let means = |name: &&str| self.policies.get(*name) != Some(&Known::Nothing);
        names.filter(means).map(str::to_owned).collect()
    }

    fn policies_of(&self, name: &str, user: &User) -> Vec<String> {
        let mapped = self.assets.user_policies.0.get(name).into_iter().flat_map(|mapping| mapping.policies());
        let all: BTreeSet<&str> = mapped.chain(split(&user.policy)).collect();
        self.known(all.into_iter())
    }

    fn groups_of(&self, name: &str) -> Vec<String> {
        let has = |members: &Option<Vec<String>>| members.iter().flatten().any(|member| member == name);
        let groups = self.assets.groups.0.iter().filter(|(_, group)| has(&group.members));
        groups.map(|(name, _)| name.clone()).collect()
    }

    /// Whether one of the policies, or of those of the groups, speaks of the name of whoever asks.
    fn name_user(&self, policies: &[String], groups: &[String]) -> bool {
        let of_groups = groups.iter().filter_map(|group| self.assets.group_policies.0.get(group));
        let mut all =
            policies.iter().map(String::as_str).chain(of_groups.flat_map(|mapping| mapping.policies()));
        all.any(|name| self.policies.get(name) == Some(&Known::Policy { names_user: true }))
    }

    /// The access key to give for one of MinIO's: the same, or a new one where new ones are wanted.
    fn key(
        &mut self,
        kind: &'static str,
        name: &str,
        (id, secret): (&str, &SecretAccessKey),
        status: Status,
    ) -> Result<Option<GivenKey>> {
        let status = if status == Status::Enabled { KeyStatus::Active } else { KeyStatus::Inactive };
        if let Some(id) = id.parse::<AccessKeyId>().ok().filter(|id| id.kind() == AccessKeyKind::LongTerm) {
            return Ok(Some(GivenKey { id, secret: secret.clone(), status, is_new: false }));
        }
        if self.new_keys {
            self.remark(kind, name, "has another access key: ids are 20 capital letters and digits");
            let (mut id, mut secret) = ([0; 5], [0; 30]);
            for bytes in [&mut id[..], &mut secret[..]] {
                SystemRandom.fill(bytes).context("there is no randomness for access keys")?;
            }
            let id = AccessKeyId::encode(AccessKeyKind::LongTerm, self.account.number(), id)?;
            let secret = SecretAccessKey::from_random(&secret);
            return Ok(Some(GivenKey { id, secret, status, is_new: true }));
        }
        let reason = "its access key cannot be kept, as ids are 20 capital letters and digits: --new-keys FILE makes another";
        if kind == "user" {
            self.remark(kind, name, reason);
        } else {
            self.refuse(kind, name, reason);
        }
        Ok(None)
    }

    fn person(&mut self, kind: &'static str, name: &str, person: Person) {
        let told = person.key.as_ref().filter(|key| key.is_new).map(|key| {
            let keys = Keys { access_key_id: key.id.to_string(), secret_access_key: key.secret.clone() };
            (name.to_owned(), keys)
        });
        let needs = [needed("policy", &person.policies), needed("group", &person.groups)].concat();
        let (account, person) = (self.account, Rc::new(person));
        let same = Rc::clone(&person);
        let done = move |snapshot: &Snapshot| same.is_there(snapshot, account);
        let plan = move |draft: &mut Draft<'_>| person.make(draft, account);
        self.step(kind, name, needs, done, plan, told);
    }

    fn step(
        &mut self,
        kind: &'static str,
        name: &str,
        needs: Vec<Entity>,
        done: impl Fn(&Snapshot) -> bool + 'static,
        plan: impl Fn(&mut Draft<'_>) -> Result<(), Refusal> + 'static,
        key: Option<(String, Keys)>,
    ) {
        let (name, done, plan) = (name.to_owned(), Box::new(done), Box::new(plan));
        let step = Step { kind, name, needs, done, plan, key };
        self.imported.steps.push(step);
    }
}

/// What a step needs, all of one kind.
fn needed<'n>(kind: &'static str, names: impl IntoIterator<Item = &'n String>) -> Vec<Entity> {
    names.into_iter().map(|name| (kind, name.clone())).collect()
}

/// What a service account is restricted to, and whether that speaks of the name of whoever asks.
///
/// # Errors
/// Why it cannot be restricted so here.
fn restriction(found: &ServiceAccount) -> Result<Option<(String, bool)>, String> {
    let kind =
        found.claims.as_ref().and_then(|claims| claims.get("sa-policy")).and_then(|kind| kind.as_str());
    let text = found
        .session_policy
        .as_ref()
        .map(|policy| policy.get())
        .filter(|text| !matches!(*text, "null" | "{}"));
    match (kind, text) {
        (Some("inherited-policy") | None, None) | (Some("inherited-policy"), Some(_)) => Ok(None),
        (Some("embedded-policy") | None, Some(text)) => {
            let read = converted(text).map_err(|reason| format!("its session policy: {reason}"))?;
            let read = read.ok_or("its session policy allows nothing but administering MinIO")?;
            Ok(Some((read.text, read.names_user)))
        }
        (Some("embedded-policy"), None) => Err("its session policy is not in the file".to_owned()),
        (Some(other), _) => Err(format!("its claim `sa-policy` is `{other}`, which is not known")),
    }
}

/// The policy that ends a service account when it expires. MinIO writes the beginning of 1970 for never.
fn expiry(found: &ServiceAccount) -> Option<String> {
    let claimed =
        found.claims.as_ref().and_then(|claims| claims.get("exp")).and_then(serde_json::Value::as_i64);
    let claimed = claimed.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let ends = found.expiration.or(claimed).filter(|ends| ends.as_second() > 0)?;
    let ends = Timestamp::from_second(ends.as_second()).unwrap_or(ends);
    let statement = json!({
        "Effect": "Deny", "Action": "*", "Resource": "*",
        "Condition": {"DateGreaterThanEquals": {"aws:CurrentTime": ends.to_string()}},
    });
    Some(json!({"Version": "2012-10-17", "Statement": [statement]}).to_string())
}

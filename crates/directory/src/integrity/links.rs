//! What the records of accounts name, and whether it is there.

use doorward_policy::AccountId;

use super::{Check, Faults, REPORT, RESTORE};
use crate::access_key::KeyOwner;
use crate::keys::Key;
use crate::managed::{ManagedPolicy, VersionNumber};
use crate::mfa::MfaOwner;
use crate::record::Fact;
use crate::record::delegation::DelegationFact;
use crate::seal::Sealer;
use crate::snapshot::Snapshot;
use crate::text::PolicyText;
use crate::unique_id::{IdKind, UniqueId};

/// What to do about a link that leads nowhere.
const UNLINK: &str = "remove the link through the API, or restore a backup";

/// What to do about a policy that does not parse.
const REWRITE: &str = "write the policy anew";

impl Check {
    pub(super) fn links(&self, key: &Key, fact: &Fact, sealer: Option<&Sealer>, faults: &mut Faults<'_>) {
        match fact {
            Fact::Installation(installation) => {
                let account = installation.management_account;
                faults.unless(self.has_account(account), || no_account(account), RESTORE);
            }
            Fact::Account(account) => {
                if let Some(alias) = &account.alias {
                    let theirs = self.facts.get(&Key::Alias(alias.as_ref().into()));
                    let same = matches!(theirs, Some(Fact::Alias(id)) if *id == account.id);
                    faults.unless(same, || format!("its alias `{alias}` is not registered"), RESTORE);
                }
            }
            Fact::Alias(id) => {
                let theirs = self.facts.get(&Key::Account(*id));
                let own = |alias: &str| *key == Key::Alias(alias.into());
                let same = matches!(theirs, Some(Fact::Account(account)) if account.alias.as_deref().is_some_and(own));
                faults.unless(same, || format!("account {id} does not have this alias"), RESTORE);
            }
            Fact::User(user) => {
                for group in &user.groups {
                    let found = self.is_in(*group, IdKind::Group, user.account);
                    faults.unless(found, || format!("there is no group `{group}` in its account"), UNLINK);
                }
                self.attached(user.account, user.attached.iter().chain(&user.boundary), faults);
            }
            Fact::Group(group) => self.attached(group.account, group.attached.iter(), faults),
            Fact::Role(role) => {
                self.attached(role.account, role.attached.iter().chain(&role.boundary), faults);
                parses(&role.trust, faults);
            }
            Fact::Policy(policy) => self.versions(policy, faults),
            Fact::Profile(profile) => {
                if let Some(role) = &profile.role {
                    let found = self.is_in(*role, IdKind::Role, profile.account);
                    faults.unless(found, || format!("there is no role `{role}` in its account"), UNLINK);
                }
            }
            Fact::Version(version) => {
                if let Key::Version(policy, _) = key {
                    self.exists(*policy, &[IdKind::Policy], faults);
                }
                parses(&version.text, faults);
            }
            Fact::Inline(inline) => {
                if let Key::Inline(holder, _) = key {
                    self.exists(*holder, &[IdKind::User, IdKind::Group, IdKind::Role], faults);
                }
                parses(&inline.text, faults);
            }
            Fact::AccessKey(access_key) => {
                self.owner(&access_key.owner, access_key.account, faults);
                let opens = sealer.is_none_or(|sealer| access_key.secret(sealer).is_ok());
                faults.unless(
                    opens,
                    || "its secret does not open under the master key".to_owned(),
                    "give the installation's own master key, or replace the access key",
                );
            }
            Fact::SigningCertificate(certificate) => {
                self.owner(&certificate.owner, certificate.account, faults);
            }
            Fact::Login(_) => {
                if let Key::Login(user) = key {
                    self.exists(*user, &[IdKind::User], faults);
                }
            }
            Fact::SshKey(ssh_key) => self.exists(ssh_key.user, &[IdKind::User], faults),
            Fact::ServiceCredential(credential) => self.exists(credential.user, &[IdKind::User], faults),
            Fact::MfaDevice(device) => {
                if let Some(MfaOwner::User(user)) = device.assigned.as_ref().map(|assigned| assigned.owner) {
                    let found = self.is_in(user, IdKind::User, device.account);
                    faults.unless(found, || format!("there is no user `{user}` in its account"), UNLINK);
                }
            }
            Fact::Service(service) => {
                faults.unless(self.has_account(service.account), || no_account(service.account), RESTORE);
            }
            Fact::Use(_) => self.used(key, faults),
            Fact::Delegation(DelegationFact::Notice(notice)) => {
                let requests = self.facts.values();
                let found = requests.into_iter().any(|fact| {
                    matches!(fact, Fact::Delegation(DelegationFact::Request(request)) if request.id == notice.request)
                });
                faults.unless(found, || format!("there is no request `{}`", notice.request), REPORT);
            }
            Fact::Guard => {
                if let Key::Guard(id) = key
                    && !self.is_known(*id)
                {
                    faults.warning(format!("there is no `{id}` that it guards"), REPORT);
                }
            }
            Fact::Organization(fact) => self.organization(fact, faults),
            Fact::PasswordPolicy(_)
            | Fact::Issuer(_)
            | Fact::Oidc(_)
            | Fact::Saml(_)
            | Fact::ServerCertificate(_)
            | Fact::LinkedDeletion(_)
            | Fact::CredentialReport(_)
            | Fact::Report(_)
            | Fact::Delegation(DelegationFact::Request(_))
            | Fact::Fence(_) => {}
        }
    }

    /// Whether something is there under this id, of the directory or of AWS's managed policies.
    fn is_known(&self, id: UniqueId) -> bool {
        self.ids.contains_key(&id) || Snapshot::empty().policy_with_id(id).is_some()
    }

    /// Whether this id is of this kind, and of something in this account.
    fn is_in(&self, id: UniqueId, kind: IdKind, account: AccountId) -> bool {
        let found = self.ids.get(&id);
        id.kind() == kind && found.and_then(super::account_of) == Some(account)
    }

    fn exists(&self, id: UniqueId, kinds: &[IdKind], faults: &mut Faults<'_>) {
        let found = kinds.contains(&id.kind()) && self.ids.contains_key(&id);
        faults.unless(found, || format!("there is no `{id}` that it belongs to"), REPORT);
    }

    /// Policies that are attached, or a boundary.
    fn attached<'a>(
        &self,
        account: AccountId,
        ids: impl Iterator<Item = &'a UniqueId>,
        faults: &mut Faults<'_>,
    ) {
        for id in ids {
            let own = self.is_in(*id, IdKind::Policy, account);
            let found = own || Snapshot::empty().policy_with_id(*id).is_some();
            faults.unless(found, || format!("there is no policy `{id}` for it"), UNLINK);
        }
    }

    fn versions(&self, policy: &ManagedPolicy, faults: &mut Faults<'_>) {
        let default = policy.default_version;
        let found = self.facts.contains_key(&Key::Version(policy.id, default));
        faults.unless(found, || format!("its default version v{} is missing", default.0), RESTORE);
        let all =
            Key::Version(policy.id, VersionNumber(0))..=Key::Version(policy.id, VersionNumber(u32::MAX));
        let newest = self.facts.range(all).next_back().map(|(key, _)| key);
        if let Some(Key::Version(_, newest)) = newest {
            let fault = || format!("its version v{} is newer than its newest", newest.0);
            faults.unless(*newest <= policy.latest_version, fault, RESTORE);
        }
    }

    fn owner(&self, owner: &KeyOwner, account: AccountId, faults: &mut Faults<'_>) {
        faults.unless(self.has_account(account), || no_account(account), RESTORE);
        match owner {
            KeyOwner::Root(_) => {}
            KeyOwner::User(user) => {
                let found = self.is_in(*user, IdKind::User, account);
                faults.unless(found, || format!("there is no user `{user}` that it belongs to"), REPORT);
            }
            KeyOwner::Service(name) => {
                let found = self.facts.contains_key(&Key::Service(name.as_ref().into()));
                faults.unless(found, || format!("there is no service `{name}` that it belongs to"), REPORT);
            }
        }
    }

    fn used(&self, key: &Key, faults: &mut Faults<'_>) {
        let key_is_gone = matches!(key, Key::KeyUse(id) if !self.facts.contains_key(&Key::AccessKey(*id)));
        let role_is_gone = matches!(key, Key::RoleUse(id) if !self.ids.contains_key(id));
        if key_is_gone || role_is_gone {
            faults.warning("what was used is gone".to_owned(), REPORT);
        }
    }
}

fn no_account(account: AccountId) -> String {
    format!("there is no account {account}")
}

pub(super) fn parses(text: &PolicyText, faults: &mut Faults<'_>) {
    if let Err(unreadable) = text.document() {
        faults.error(unreadable.to_string().replace('\n', " "), REWRITE);
    }
}

//! What the records of accounts name, and whether it is there.

use doorward_policy::AccountId;

use super::{Check, Faults, REPORT, RESTORE};
use crate::access_key::{AccessKey, KeyOwner};
use crate::account::Account;
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
            // Looked at before all others.
            Fact::Format(_) | Fact::Keyring(_) => {}
            Fact::Account(account) => self.alias_of(account, faults),
            Fact::Alias(id) => self.account_with(key, *id, faults),
            Fact::User(user) => {
                let groups = user.groups.iter();
                self.all_in(groups, IdKind::Group, user.account, "group", faults);
                self.attached(user.account, user.attached.iter().chain(&user.boundary), faults);
            }
            Fact::Group(group) => self.attached(group.account, group.attached.iter(), faults),
            Fact::Role(role) => {
                self.attached(role.account, role.attached.iter().chain(&role.boundary), faults);
                parses(&role.trust, faults);
            }
            Fact::Policy(policy) => self.versions(policy, faults),
            Fact::Profile(profile) => {
                self.all_in(profile.role.iter(), IdKind::Role, profile.account, "role", faults);
            }
            Fact::Version(version) => parses(&version.text, faults),
            Fact::Inline(inline) => parses(&inline.text, faults),
            Fact::AccessKey(access_key) => {
                self.owner(&access_key.owner, access_key.account, faults);
                opens(access_key, sealer, faults);
            }
            Fact::SigningCertificate(certificate) => {
                self.owner(&certificate.owner, certificate.account, faults);
            }
            Fact::MfaDevice(device) => {
                if let Some(MfaOwner::User(user)) = device.assigned.as_ref().map(|assigned| assigned.owner) {
                    self.all_in([user].iter(), IdKind::User, device.account, "user", faults);
                }
            }
            Fact::Service(service) => {
                faults.unless(self.has_account(service.account), || no_account(service.account), RESTORE);
            }
            Fact::Delegation(DelegationFact::Notice(notice)) => self.request(&notice.request, faults),
            Fact::Organization(fact) => self.organization(fact, faults),
            Fact::Login(_)
            | Fact::SshKey(_)
            | Fact::ServiceCredential(_)
            | Fact::Use(_)
            | Fact::Guard
            | Fact::PasswordPolicy(_)
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
        self.belongs(key, faults);
    }

    /// What a record belongs to, by its key.
    fn belongs(&self, key: &Key, faults: &mut Faults<'_>) {
        if let Key::Version(policy, _) = key {
            self.exists(*policy, &[IdKind::Policy], faults);
        }
        if let Key::Inline(holder, _) = key {
            self.exists(*holder, &[IdKind::User, IdKind::Group, IdKind::Role], faults);
        }
        if let Key::Login(user) | Key::SshKey(user, _) | Key::ServiceCredential(user, _) = key {
            self.exists(*user, &[IdKind::User], faults);
        }
        let key_is_gone = matches!(key, Key::KeyUse(id) if !self.facts.contains_key(&Key::AccessKey(*id)));
        let role_is_gone = matches!(key, Key::RoleUse(id) if !self.ids.contains_key(id));
        if key_is_gone || role_is_gone {
            faults.warning("what was used is gone".to_owned(), REPORT);
        }
        if let Key::Guard(id) = key
            && !self.is_known(*id)
        {
            faults.warning(format!("there is no `{id}` that it guards"), REPORT);
        }
    }

    fn alias_of(&self, account: &Account, faults: &mut Faults<'_>) {
        let Some(alias) = &account.alias else { return };
        let theirs = self.facts.get(&Key::Alias(alias.as_ref().into()));
        let same = matches!(theirs, Some(Fact::Alias(id)) if *id == account.id);
        faults.unless(same, || format!("its alias `{alias}` is not registered"), RESTORE);
    }

    fn account_with(&self, key: &Key, id: AccountId, faults: &mut Faults<'_>) {
        let theirs = self.facts.get(&Key::Account(id));
        let own = |alias: &str| *key == Key::Alias(alias.into());
        let same =
            matches!(theirs, Some(Fact::Account(account)) if account.alias.as_deref().is_some_and(own));
        faults.unless(same, || format!("account {id} does not have this alias"), RESTORE);
    }

    fn request(&self, id: &str, faults: &mut Faults<'_>) {
        let found = self.facts.values().any(
            |fact| matches!(fact, Fact::Delegation(DelegationFact::Request(request)) if *request.id == *id),
        );
        faults.unless(found, || format!("there is no request `{id}`"), REPORT);
    }

    /// Whether all of these are there, of one kind and in the same account.
    fn all_in<'a>(
        &self,
        ids: impl Iterator<Item = &'a UniqueId>,
        kind: IdKind,
        account: AccountId,
        word: &str,
        faults: &mut Faults<'_>,
    ) {
        for id in ids {
            let found = self.is_in(*id, kind, account);
            faults.unless(found, || format!("there is no {word} `{id}` in its account"), UNLINK);
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
}

fn no_account(account: AccountId) -> String {
    format!("there is no account {account}")
}

fn opens(access_key: &AccessKey, sealer: Option<&Sealer>, faults: &mut Faults<'_>) {
    let opens = sealer.is_none_or(|sealer| access_key.secret(sealer).is_ok());
    let fault = || "its secret does not open under the master key".to_owned();
    faults.unless(opens, fault, "give the installation's own master key, or replace the access key");
}

pub(super) fn parses(text: &PolicyText, faults: &mut Faults<'_>) {
    if let Err(unreadable) = text.document() {
        faults.error(unreadable.to_string().replace('\n', " "), REWRITE);
    }
}

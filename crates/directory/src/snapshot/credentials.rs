//! Certificates, SSH keys and credentials for services.

use std::ops::Bound;
use std::sync::Arc;

use doorward_policy::AccountId;

use super::{Snapshot, Stored, find};
use crate::access_key::KeyOwner;
use crate::certificate::{ServerCertificate, SigningCertificate};
use crate::identity::User;
use crate::service_credential::ServiceCredential;
use crate::ssh_key::SshKey;
use crate::unique_id::UniqueId;

impl Snapshot {
    /// The server certificate of this name, in any case.
    #[must_use]
    pub fn server_certificate(&self, account: AccountId, name: &str) -> Option<&Stored<ServerCertificate>> {
        find(&self.holdings(account)?.server_certificates, name)
    }

    /// The signing certificates of a user or a root user, ordered by id.
    pub fn signing_certificates(
        &self,
        owner: &KeyOwner,
    ) -> impl ExactSizeIterator<Item = &SigningCertificate> {
        values(self.signing_certificates.get(owner))
    }

    /// The signing certificate of this id in an account, whoever has it.
    #[must_use]
    pub fn signing_certificate(&self, account: AccountId, id: &str) -> Option<&SigningCertificate> {
        self.stored_signing_certificate(account, id).map(|stored| &**stored)
    }

    pub(super) fn stored_signing_certificate(
        &self,
        account: AccountId,
        id: &str,
    ) -> Option<&Stored<SigningCertificate>> {
        let owner = self.signers.get(&(account, Arc::from(id)))?;
        self.signing_certificates.get(owner)?.iter().find(|stored| *stored.id == *id)
    }

    /// The SSH keys of a user, ordered by id.
    pub fn ssh_keys(&self, user: UniqueId) -> impl ExactSizeIterator<Item = &SshKey> {
        values(self.ssh_keys.get(&user))
    }

    /// The credentials of a user for services, ordered by id.
    pub fn service_credentials(&self, user: UniqueId) -> impl ExactSizeIterator<Item = &ServiceCredential> {
        values(self.service_credentials.get(&user))
    }

    /// The credentials for services of all users of an account from a folded name on (the empty one for all) with their
    /// users, ordered by the users' names and then by id. Costs a look-up per user.
    pub fn all_service_credentials(
        &self,
        account: AccountId,
        from: &str,
    ) -> impl Iterator<Item = (&User, &ServiceCredential)> {
        let from = (Bound::Included(from), Bound::Unbounded);
        let users = self.holdings(account).into_iter().flat_map(move |held| held.users.range::<_, str>(from));
        let users = users.map(|(_, user)| user);
        users.flat_map(|user| self.service_credentials(user.id).map(move |credential| (&***user, credential)))
    }
}

fn values<T>(stored: Option<&Arc<[Stored<T>]>>) -> impl ExactSizeIterator<Item = &T> {
    stored.map_or(&[][..], |stored| stored).iter().map(|stored| &stored.value)
}

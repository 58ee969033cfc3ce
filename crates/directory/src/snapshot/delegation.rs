//! Temporary delegation in a snapshot.

use std::sync::Arc;

use doorward_policy::AccountId;
use doorward_store::Revision;
use imbl::{OrdMap, OrdSet};

use super::{Snapshot, Stored};
use crate::delegation::DelegationRequest;
use crate::delegation::notice::Notice;
use crate::keys::delegation::Place;
use crate::record::delegation::DelegationFact;

/// The records of temporary delegation.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Records {
    requests: OrdMap<Arc<str>, Arc<Stored<DelegationRequest>>>,
    /// Ids of requests by provider and digest of the workflow's id.
    workflows: OrdMap<(AccountId, Arc<str>), Arc<str>>,
    /// Ids of the requests that have an owner, by its account.
    owned: OrdMap<AccountId, OrdSet<Arc<str>>>,
    notices: OrdMap<(Arc<str>, u32), Arc<Stored<Notice>>>,
}

impl Records {
    /// Sets what stands at a place.
    pub(super) fn set(&mut self, place: &Place, new: Option<(DelegationFact, Revision)>) {
        match place {
            Place::Request(account, workflow) => {
                let value = new.and_then(|(fact, revision)| Some((fact.into_request()?, revision)));
                self.set_request((*account, Arc::clone(workflow)), value);
            }
            Place::Notice(request, number) => {
                let place = (Arc::clone(request), *number);
                match new.and_then(|(fact, revision)| Some((fact.into_notice()?, revision))) {
                    Some((value, revision)) => {
                        self.notices.insert(place, Arc::new(Stored { value, revision }));
                    }
                    None => {
                        self.notices.remove(&place);
                    }
                }
            }
        }
    }

    fn set_request(&mut self, place: (AccountId, Arc<str>), new: Option<(DelegationRequest, Revision)>) {
        if let Some(old) = self.workflows.remove(&place).and_then(|id| self.requests.remove(&id))
            && let Some(account) = owner(&old)
        {
            let emptied = self.owned.get_mut(&account).is_some_and(|ids| {
                ids.remove(&old.id);
                ids.is_empty()
            });
            if emptied {
                self.owned.remove(&account);
            }
        }
        let Some((value, revision)) = new else { return };
        let id = Arc::clone(&value.id);
        if let Some(account) = owner(&value) {
            self.owned.entry(account).or_default().insert(Arc::clone(&id));
        }
        self.workflows.insert(place, Arc::clone(&id));
        self.requests.insert(id, Arc::new(Stored { value, revision }));
    }

    /// The revision that last wrote the record at a place.
    pub(super) fn revision_of(&self, place: &Place) -> Option<Revision> {
        match place {
            Place::Request(account, workflow) => {
                let id = self.workflows.get(&(*account, Arc::clone(workflow)))?;
                self.requests.get(id).map(|stored| stored.revision)
            }
            Place::Notice(request, number) => {
                self.notices.get(&(Arc::clone(request), *number)).map(|stored| stored.revision)
            }
        }
    }

    /// How many requests of a provider there are.
    pub(super) fn count(&self, provider: AccountId) -> usize {
        let from = (provider, Arc::from(""));
        self.workflows.range(from..).take_while(|((account, _), _)| *account == provider).count()
    }
}

/// The account of a request's owner, once it has one.
fn owner(request: &DelegationRequest) -> Option<AccountId> {
    request.owner.as_ref().and(request.owner_account)
}

impl Snapshot {
    /// The delegation request of this id, whoever may see it; those that can be read no more may be there or not.
    #[must_use]
    pub fn delegation_request(&self, id: &str) -> Option<&DelegationRequest> {
        self.delegations.requests.get(id).map(|stored| &stored.value)
    }

    /// The requests whose owners are of an account, ordered by id.
    pub fn owned_delegation_requests(&self, account: AccountId) -> impl Iterator<Item = &DelegationRequest> {
        let ids = self.delegations.owned.get(&account).into_iter().flat_map(OrdSet::iter);
        ids.filter_map(|id| self.delegation_request(id))
    }

    /// All requests, ordered by id.
    pub fn delegation_requests(&self) -> impl Iterator<Item = &DelegationRequest> {
        self.delegations.requests.values().map(|stored| &stored.value)
    }

    /// Whether a provider has a request of a workflow.
    pub(crate) fn has_workflow(&self, place: &Place) -> bool {
        self.delegations.revision_of(place).is_some()
    }

    /// The notices that are to be delivered, ordered by request and number.
    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        self.delegations.notices.values().map(|stored| &stored.value)
    }

    /// The numbers of the notices about a request that are to be delivered.
    pub(crate) fn notices_about(&self, request: &Arc<str>) -> Vec<u32> {
        let from = self.delegations.notices.range((Arc::clone(request), 0)..);
        from.take_while(|((other, _), _)| other == request).map(|((_, number), _)| *number).collect()
    }
}

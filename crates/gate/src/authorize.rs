//! From a caller and what it asks to a permit, or a denial with its reasons.

use std::marker::PhantomData;
use std::sync::Arc;

use doorward_directory::Snapshot;
use doorward_directory::text::Unreadable;
use doorward_engine::{CompiledAttached, CompiledPolicies, Listing, Policies};
use doorward_policy::AccountId;
use doorward_policy::explain::{Clause, Decision, Edit, Element, Explanation, Layer};
use doorward_policy::request::{Choices, Context, Request, Requester, Resource};

use crate::Gate;
use crate::caller::Caller;
use crate::listings::Subject;
use crate::policies::{self, Guarded};
use crate::question::Question;

/// The right to run operation `Op` once, for this caller. Only [`Gate::authorize`] makes one.
pub struct Permit<'c, Op> {
    caller: &'c Caller,
    operation: PhantomData<fn() -> Op>,
}

impl<'c, Op> Permit<'c, Op> {
    /// Who was permitted.
    #[must_use]
    pub fn caller(&self) -> &'c Caller {
        self.caller
    }
}

/// A denial.
#[derive(Clone, Debug)]
pub struct Denied {
    /// AWS's text, with the reason.
    pub message: String,
    /// What `DecodeAuthorizationMessage` tells of it: AWS's members, and the whole explanation as `evaluation`.
    pub decoded: serde_json::Value,
    /// Everything that led to it.
    pub explanation: Box<Explanation>,
}

/// Why there is no permit.
#[derive(Clone, Debug)]
pub enum Unauthorized {
    /// The judge says no.
    Denied(Denied),
    /// A policy that bears on the request cannot be read, so nothing can be decided.
    Undecidable(Unreadable),
    /// The operation asked nothing: a fault of ours, and no reason to let anybody through.
    NothingAsked,
}

impl From<Unreadable> for Unauthorized {
    fn from(unreadable: Unreadable) -> Self {
        Self::Undecidable(unreadable)
    }
}

impl Gate {
    /// Puts every question to the judge; all must be allowed.
    ///
    /// # Errors
    /// [`Unauthorized`], for the first question that is not allowed.
    pub fn authorize<'c, Op>(
        &self,
        caller: &'c Caller,
        questions: Vec<Question>,
    ) -> Result<Permit<'c, Op>, Unauthorized> {
        if questions.is_empty() {
            return Err(Unauthorized::NothingAsked);
        }
        for question in questions {
            self.ask(caller, question)?;
        }
        Ok(Permit { caller, operation: PhantomData })
    }

    /// The policies that a user, a role or a group has by itself, as decisions about its requests take them; for the group,
    /// the requester is a user with the group's id.
    ///
    /// # Errors
    /// [`Unreadable`], as for requests.
    pub fn policies_of(
        &self,
        snapshot: &Snapshot,
        requester: &Requester,
    ) -> Result<CompiledPolicies, Unreadable> {
        policies::of_requester(snapshot, requester)
    }

    /// How decisions read what AWS leaves open.
    #[must_use]
    pub const fn choices(&self) -> Choices {
        self.choices
    }

    fn ask(&self, caller: &Caller, question: Question) -> Result<(), Unauthorized> {
        let Question { action, resource, account, context: own, policy, shown } = question;
        let guarded = Guarded::of(&caller.snapshot, &caller.requester, account);
        let listing = self.listing(caller, guarded, policy.as_ref())?;
        // Where no policy reads the context, none is put together to be read, but to be shown in a denial.
        let reads = listing.reads_context();
        let context = if reads { full_context(caller, account, &own) } else { Context::default() };
        let prepared = self.shelf.prepare_listed(&listing, self.choices, &context);
        let resource = Resource { arn: resource, account };
        let decision = prepared.asking(&caller.requester, action, &context).decide(&resource);
        if decision.is_allowed() {
            return Ok(());
        }
        let context = if reads { context } else { full_context(caller, account, &own) };
        let (requester, action) = (caller.requester.clone(), action.to_owned());
        let request = Request { requester, action, resource, context };
        Err(Unauthorized::Denied(denied(caller, request, &prepared, shown.as_deref())))
    }

    /// The policies on the caller's side and the resource's own, gathered once for each state of the directory.
    fn listing(
        &self,
        caller: &Caller,
        guarded: Guarded,
        resource: Option<&CompiledAttached>,
    ) -> Result<Arc<Listing>, Unreadable> {
        let subject = Subject::of(caller, guarded, resource);
        if let Some(listing) = self.listings.find(&caller.snapshot, &subject) {
            return Ok(listing);
        }
        let mut policies = policies::of_caller(caller, guarded, &self.documents)?;
        policies.resource = resource.cloned();
        let listing = Arc::new(Listing::new(policies));
        if Arc::ptr_eq(&self.directory.snapshot(), &caller.snapshot) {
            self.listings.keep(&caller.snapshot, &subject, &listing);
        }
        Ok(listing)
    }
}

/// Every condition key of a question: the caller's, and its own.
fn full_context(caller: &Caller, owner: Option<AccountId>, own: &Context) -> Context {
    let mut context = caller.context().clone();
    if let Some(account) = owner {
        context.put("aws:ResourceAccount", &account.to_string());
        put_organization(&mut context, &caller.snapshot, account, "aws:Resource");
    }
    context.extend(own.clone());
    context
}

/// `aws:PrincipalOrgID` and `aws:PrincipalOrgPaths` and their like, for an account that is in the organization. `prefix` is
/// what stands before `Org`: `aws:Principal`, `aws:Resource` or `aws:Source`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid>
pub fn put_organization(context: &mut Context, snapshot: &Snapshot, account: AccountId, prefix: &str) {
    let Some((organization, member)) = snapshot.organization().zip(snapshot.member(account)) else { return };
    context.put(&format!("{prefix}OrgID"), organization.id.as_str());
    if let Some(path) = snapshot.path_down_to(&member.parent) {
        context.put_all(&format!("{prefix}OrgPaths"), vec![path]);
    }
}

/// A denial in words.
fn denied(caller: &Caller, mut request: Request, prepared: &Policies, shown: Option<&str>) -> Denied {
    let mut explanation = doorward_engine::explain(&request, prepared);
    if let Some(name) = shown {
        explanation.message = doorward_engine::denial_on(&request, &explanation, Some(name));
    }
    // The judge has just denied it, so there is a text; were there none, it would be denied all the same.
    let message = explanation.message.clone().unwrap_or_default();
    let mut policies = prepared.attached().clone();
    if request.resource.account != caller.account() {
        // What another account's policies and tags say is not the caller's to read.
        conceal(&mut explanation, &mut request.context);
        policies.resource = None;
    }
    let mut decoded = doorward_engine::decoded_message(&request, &policies, &explanation);
    if let Some(members) = decoded.as_object_mut() {
        members.insert("evaluation".to_owned(), doorward_engine::schema::evaluation(&explanation));
    }
    Denied { message, decoded, explanation: Box::new(explanation) }
}

/// Takes away what belongs to the resource's account: the checks of its policies, what they would need to allow, and the
/// resource's tags and place in its organization.
///
/// What the caller's own policies would need stays where the denial itself tells that the other side allows: it names the
/// resource's policies before the caller's.
fn conceal(explanation: &mut Explanation, context: &mut Context) {
    explanation.checks.retain(|check| match check.layer {
        Layer::ResourceControl | Layer::Resource | Layer::Trust => false,
        Layer::ServiceControl | Layer::Endpoint | Layer::Identity | Layer::Boundary | Layer::Session => true,
    });
    explanation.remedy.settings.clear();
    match explanation.decision {
        Decision::ImplicitDeny(Layer::Identity | Layer::Boundary | Layer::Session) => {}
        Decision::Allow(_) | Decision::ImplicitDeny(_) | Decision::ExplicitDeny(_) => {
            explanation.remedy.edits.clear();
        }
    }
    for context in [context, &mut explanation.context] {
        let keys: Vec<String> = context.iter().map(|(key, _)| key.to_owned()).collect();
        keys.iter().filter(|key| is_of_owner(key)).for_each(|key| context.remove(key));
    }
    for clause in clauses(explanation) {
        if matches!(&clause.element, Element::Condition { key, .. } if is_of_owner(key)) {
            clause.found = None;
        }
    }
}

/// Whether a key says what the resource's account alone knows: its resources' tags, and where it stands in its organization.
fn is_of_owner(key: &str) -> bool {
    let folded = key.to_lowercase();
    let tag = folded.starts_with("aws:resourcetag/") || folded.starts_with("iam:resourcetag/");
    tag || matches!(&*folded, "aws:resourceorgid" | "aws:resourceorgpaths")
}

/// Every clause that shows what the request has.
fn clauses(explanation: &mut Explanation) -> impl Iterator<Item = &mut Clause> {
    let nearest = explanation.remedy.edits.iter_mut().filter_map(|edit| match edit {
        Edit::Remove { .. } => None,
        Edit::Grant { nearest, .. } => nearest.as_mut(),
    });
    let checks = explanation.checks.iter_mut().flat_map(|check| {
        let matched = check.matched.iter_mut().flat_map(|matched| &mut matched.conditions);
        matched.chain(check.missed.iter_mut().flat_map(|missed| &mut missed.failures))
    });
    checks.chain(nearest.flat_map(|missed| &mut missed.failures))
}

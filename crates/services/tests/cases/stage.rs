//! An installation made after a case.

use std::sync::Arc;

use doorward_conformance::cases::Case;
use doorward_directory::change::boundaries::Bounded;
use doorward_directory::change::{self, Draft, Holder};
use doorward_directory::{Limits, Name, Path, Refusal};
use doorward_engine::{CompiledAttached, CompiledPolicies};
use doorward_gate::Caller;
use doorward_policy::Effect;
use doorward_policy::request::{Attached, Context, ContextValue, FederationIssuer, Requester, SessionOrigin};
use doorward_policy::{AccountId, Arn, Principal};

use crate::door::{ALLOW_ALL, Answer, Door, Keys, MANAGEMENT, OTHER, trusts};
use crate::organization;

/// Why a case cannot be made true in an installation.
pub struct Unfit(pub &'static str);

/// An installation in which a case holds, and the requester of the case.
pub struct Stage {
    pub door: Door,
    keys: Keys,
    pub caller: Caller,
    /// The keys of the case that do not come with the caller.
    pub context: Context,
    /// The case's role and its trust policy, where its resource is one.
    role: Option<String>,
}

const PRINCIPAL_TAG: &str = "aws:PrincipalTag/";

impl Stage {
    /// Makes everything that the case describes.
    pub fn set(case: &Case) -> Result<Self, Unfit> {
        refuse_missing(case)?;
        let management = organization::management(case)?.unwrap_or(MANAGEMENT.to_owned());
        let door = Door::managed_by(&management, 0, Limits::default(), case.choices);
        let (tags, rest) = split_context(case);
        let role = case
            .policies
            .resource
            .as_ref()
            .filter(|_| is_role(case))
            .map(|_| case.request.resource.arn.clone());
        let keys = Players { door: &door, case, tags: &tags }.enter()?;
        if let Some(arn) = &role {
            trust(&door, case, arn)?;
        }
        organization::make(&door, case)?;
        let service = case.request.action.split_once(':').map_or("", |(service, _)| service).to_lowercase();
        let federated = matches!(case.request.requester, Requester::FederatedUser { .. });
        if federated && matches!(&*service, "iam" | "sts") {
            return Err(Unfit("federated users cannot call IAM, nor much of STS"));
        }
        let caller = door.authenticate(&keys, service.leak()).unwrap();
        let context = differing(case, &caller, rest)?;
        Ok(Self { door, keys, caller, context, role })
    }

    /// The policy of the resource: a role's is the stored one, another's comes with the question.
    pub fn resource_policy(&self, case: &Case) -> Option<CompiledAttached> {
        match &self.role {
            Some(arn) => {
                let snapshot = self.door.directory().snapshot();
                Some(snapshot.trust(snapshot.role_with_arn(arn).unwrap()).unwrap())
            }
            None => CompiledPolicies::new(&case.policies).resource,
        }
    }

    /// What `AssumeRole` itself answers, where that is what the case asks.
    pub fn assume(&self, case: &Case) -> Option<Answer> {
        let asked = case.request.action.eq_ignore_ascii_case("sts:AssumeRole");
        let role = self.role.as_deref().filter(|_| asked && self.context.iter().next().is_none())?;
        if let Requester::Root { .. } = case.request.requester {
            return None;
        }
        let parameters = [("RoleArn", role), ("RoleSessionName", "session")];
        Some(self.door.call(&self.keys, "sts:AssumeRole", &parameters))
    }
}

fn refuse_missing(case: &Case) -> Result<(), Unfit> {
    let policies = &case.policies;
    if policies.endpoint.is_some() {
        return Err(Unfit("there are no VPC endpoints"));
    }
    if policies.session.as_ref().is_some_and(Vec::is_empty) {
        return Err(Unfit("an empty list of session policies cannot be passed"));
    }
    match &case.request.requester {
        Requester::Root { .. } if policies.session.is_some() => {
            return Err(Unfit("sessions of the root user cannot be passed policies"));
        }
        Requester::Root { .. } if policies.identity.iter().any(denies) => {
            return Err(Unfit("only AWS's policies for tasks bind a root user"));
        }
        Requester::Anonymous => return Err(Unfit("unsigned requests are not let in")),
        Requester::Federated { .. } => return Err(Unfit("identity providers are not in the directory")),
        Requester::RoleSession { origin: SessionOrigin::Provider(_), .. } => {
            return Err(Unfit("identity providers are not in the directory"));
        }
        Requester::Service { names, .. } if names.len() > 1 => {
            return Err(Unfit("a registered service has one name"));
        }
        Requester::Root { .. }
        | Requester::User { .. }
        | Requester::RoleSession { .. }
        | Requester::FederatedUser { .. }
        | Requester::Service { .. } => {}
    }
    if case.request.requester.is_service_linked() {
        return Err(Unfit("service-linked roles cannot be created"));
    }
    if names_an_id(case) {
        return Err(Unfit("unique ids are made at random"));
    }
    for document in documents(case) {
        let bound = document.document.principals().any(|entry| {
            matches!(
                entry.principal,
                Principal::User { id: Some(_), .. }
                    | Principal::Role { id: Some(_), .. }
                    | Principal::UniqueId(_)
            )
        });
        if bound || document.document.text.contains("AIDA") || document.document.text.contains("AROA") {
            return Err(Unfit("unique ids are made at random"));
        }
    }
    Ok(())
}

/// Whether the case's resource, or a key that does not follow from who asks, has a unique id in it.
fn names_an_id(case: &Case) -> bool {
    let is_id = |text: &str| text.contains("AIDA") || text.contains("AROA");
    let own = case.request.requester.context();
    let brought = |key: &str| own.iter().all(|(other, _)| !other.eq_ignore_ascii_case(key));
    let in_context = case.request.context.iter().any(|(key, value)| {
        brought(key)
            && match value {
                ContextValue::Single(value) => is_id(value),
                ContextValue::Multiple(values) => values.iter().any(|value| is_id(value)),
            }
    });
    is_id(&case.request.resource.arn) || in_context
}

fn documents(case: &Case) -> impl Iterator<Item = &Attached> {
    let policies = &case.policies;
    policies
        .identity
        .iter()
        .chain(&policies.boundary)
        .chain(policies.session.iter().flatten())
        .chain(&policies.resource)
        .chain(
            organization::rails(case).flat_map(|(_, rails)| &rails.levels).flat_map(|level| &level.policies),
        )
}

fn denies(policy: &Attached) -> bool {
    policy.document.statements.iter().any(|statement| statement.effect == Effect::Deny)
}

/// Whether any policy of the case can see a key.
fn mentions(case: &Case, key: &str) -> bool {
    let key = key.to_lowercase();
    documents(case).any(|policy| policy.document.text.to_lowercase().contains(&key))
}

fn is_role(case: &Case) -> bool {
    let arn: Option<Arn> = case.request.resource.arn.parse().ok();
    arn.is_some_and(|arn| arn.service() == "iam" && arn.resource().starts_with("role/"))
}

type Pairs = Vec<(String, String)>;

/// The tags of the requester, and the keys that do not follow from who it is.
fn split_context(case: &Case) -> (Pairs, Context) {
    let own = case.request.requester.context();
    let (mut tags, mut rest) = (Pairs::new(), Context::default());
    for (key, value) in case.request.context.iter() {
        let folded = key.to_lowercase();
        match (key.get(..PRINCIPAL_TAG.len()), value) {
            (Some(prefix), ContextValue::Single(value)) if prefix.eq_ignore_ascii_case(PRINCIPAL_TAG) => {
                tags.push((key[PRINCIPAL_TAG.len()..].to_owned(), value.clone()));
            }
            _ if own.iter().any(|(other, same)| other.to_lowercase() == folded && same == value) => {}
            _ => rest.insert(key, value.clone()),
        }
    }
    (tags, rest)
}

/// What the question has to bring. A case that is about a key's absence cannot be made with a caller that has it.
fn differing(case: &Case, caller: &Caller, rest: Context) -> Result<Context, Unfit> {
    let has = |name: &str| case.request.context.iter().any(|(key, _)| key.eq_ignore_ascii_case(name));
    let of_owner: &[&str] = match case.request.resource.account {
        Some(owner) if caller.snapshot().member(owner).is_some() => {
            &["aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths"]
        }
        _ => &["aws:ResourceAccount"],
    };
    let brought = caller.context().iter().map(|(key, _)| key).chain(of_owner.iter().copied());
    for key in brought {
        if !has(key) && mentions(case, key) {
            return Err(Unfit("every signed request has the key that must be missing"));
        }
    }
    Ok(rest)
}

/// The requester and whoever else a case names.
struct Players<'s> {
    door: &'s Door,
    case: &'s Case,
    tags: &'s Pairs,
}

impl Players<'_> {
    /// Makes the requester with its policies; answers with its credentials.
    fn enter(&self) -> Result<Keys, Unfit> {
        match &self.case.request.requester {
            Requester::Root { account } => Ok(self.root(*account)),
            Requester::User { account, path, name, .. } => self.user(*account, path, name),
            Requester::FederatedUser { account, name, issuer } => match issuer {
                FederationIssuer::Root => self.federated(*account, &self.root(*account), name),
                FederationIssuer::User { path, name: issuer, .. } => {
                    self.federated_by(*account, path, issuer, name)
                }
            },
            Requester::RoleSession { account, role_path, role_name, session_name, .. } => {
                self.session(*account, role_path, role_name, session_name)
            }
            Requester::Service { names, account } => {
                let account = account.map_or_else(|| MANAGEMENT.to_owned(), |account| account.to_string());
                Ok(self.door.service_in(&account, &names[0]))
            }
            Requester::Anonymous | Requester::Federated { .. } => panic!("refused before"),
        }
    }

    fn root(&self, account: AccountId) -> Keys {
        if account.to_string() == OTHER { self.door.other_root() } else { self.door.root() }
    }

    fn user(&self, owner: AccountId, path: &str, name: &str) -> Result<Keys, Unfit> {
        let tags = borrowed(self.tags);
        let keys = self.door.tagged_user(&owner.to_string(), &format!("{path}{name}"), &tags, &[]);
        self.give(owner, Holder::User(name), Bounded::User(name))?;
        Ok(keys)
    }

    /// A session of a role that everyone is trusted to assume; the case's trust policy comes later.
    fn session(&self, owner: AccountId, path: &str, role: &str, session: &str) -> Result<Keys, Unfit> {
        let tags = borrowed(self.tags);
        let owner_text = owner.to_string();
        let arn = self.door.tagged_role(&owner_text, &format!("{path}{role}"), &trusts("*"), &tags, &[]);
        let assumer = self.door.user_in(&owner_text, "assumer-of-the-role", &[ALLOW_ALL]);
        let parameters = self.passed(owner)?;
        let mut all = vec![("RoleArn", arn.as_str()), ("RoleSessionName", session)];
        all.extend(borrowed(&parameters));
        let keys = self.door.call(&assumer, "sts:AssumeRole", &all).ok().keys();
        self.give(owner, Holder::Role(role), Bounded::Role(role))?;
        Ok(keys)
    }

    /// A federated user of a user. Asking for it needs a permission that the case may not give, so it is there before the
    /// case's policies are.
    fn federated_by(&self, owner: AccountId, path: &str, issuer: &str, name: &str) -> Result<Keys, Unfit> {
        let tags = borrowed(self.tags);
        let full = format!("{path}{issuer}");
        let user = self.door.tagged_user(&owner.to_string(), &full, &tags, &[ALLOW_ALL]);
        let keys = self.federated(owner, &user, name)?;
        self.door.change(|draft| change::inline::delete(draft, owner, Holder::User(issuer), "inline-0"));
        self.give(owner, Holder::User(issuer), Bounded::User(issuer))?;
        Ok(keys)
    }

    fn federated(&self, owner: AccountId, issuer: &Keys, name: &str) -> Result<Keys, Unfit> {
        let parameters = self.passed(owner)?;
        let mut all = vec![("Name", name)];
        all.extend(borrowed(&parameters));
        Ok(self.door.call(issuer, "sts:GetFederationToken", &all).ok().keys())
    }

    /// The parameters that pass the case's session policies.
    fn passed(&self, owner: AccountId) -> Result<Pairs, Unfit> {
        let Some(policies) = &self.case.policies.session else { return Ok(Pairs::new()) };
        let mut parameters = Pairs::new();
        for (number, policy) in policies.iter().enumerate() {
            let text = &policy.document.text;
            if number == 0 {
                parameters.push(("Policy".to_owned(), text.to_string()));
            } else {
                let arn = self.managed(owner, &format!("session-{number}"), text)?;
                parameters.push((format!("PolicyArns.member.{number}.arn"), arn));
            }
        }
        Ok(parameters)
    }

    /// The case's identity policies and boundary.
    fn give(&self, owner: AccountId, holder: Holder<'_>, bounded: Bounded<'_>) -> Result<(), Unfit> {
        for (number, policy) in self.case.policies.identity.iter().enumerate() {
            let text = &policy.document.text;
            let name = Name::new(&format!("identity-{number}")).unwrap();
            let put = self.attempt(|draft| change::inline::put(draft, owner, holder, &name, text));
            put.map_err(|_| Unfit("an identity policy that cannot be stored"))?;
        }
        if let Some(policy) = &self.case.policies.boundary {
            let arn = self.managed(owner, "boundary", &policy.document.text)?;
            self.door.change(|draft| change::boundaries::put(draft, owner, bounded, &arn));
        }
        Ok(())
    }

    fn managed(&self, owner: AccountId, name: &str, document: &str) -> Result<String, Unfit> {
        let made = self.attempt(|draft| {
            let (name, path) = (Name::new(name).unwrap(), Path::root());
            let new = change::policies::NewPolicy { name, path, document, description: None, tags: &[] };
            change::policies::create(draft, owner, &new)
        });
        made.map(|policy| policy.arn()).map_err(|_| Unfit("a managed policy that cannot be stored"))
    }

    fn attempt<T>(&self, plan: impl FnMut(&mut Draft<'_>) -> Result<T, Refusal>) -> Result<T, Refusal> {
        self.door.directory().change(self.door.now(), plan).map(|(made, _)| made)
    }
}

/// The role that the case is about, with its trust policy, and every principal that it names.
fn trust(door: &Door, case: &Case, arn: &str) -> Result<(), Unfit> {
    let owner: AccountId = case.request.resource.account.ok_or(Unfit("a role without an account"))?;
    let policy = case.policies.resource.as_ref().map(|policy| Arc::clone(&policy.document)).unwrap();
    for entry in policy.principals() {
        make_principal(door, &entry.principal);
    }
    let parsed: Arn = arn.parse().map_err(|_| Unfit("an ARN that cannot be stored"))?;
    let path_and_name = parsed.resource().strip_prefix("role").unwrap().to_owned();
    if door.directory().snapshot().role_with_arn(arn).is_none() {
        door.role_in(&owner.to_string(), &path_and_name, &trusts("*"), &[]);
    }
    let name = path_and_name.rsplit('/').next().unwrap();
    let text = &policy.text;
    let update =
        door.directory().change(door.now(), |draft| change::roles::update_trust(draft, owner, name, text));
    update.map(drop).map_err(|_| Unfit("a trust policy that cannot be stored"))
}

/// Whoever a trust policy names must exist.
fn make_principal(door: &Door, principal: &Principal) {
    let snapshot = door.directory().snapshot();
    if let Principal::User { arn, .. } = principal
        && snapshot.user_with_arn(arn.as_str()).is_none()
    {
        door.user_in(arn.account(), arn.resource().strip_prefix("user").unwrap(), &[]);
    }
    if let Principal::Role { arn, .. } = principal
        && snapshot.role_with_arn(arn.as_str()).is_none()
    {
        door.role_in(arn.account(), arn.resource().strip_prefix("role").unwrap(), &trusts("*"), &[]);
    }
}

fn borrowed(pairs: &Pairs) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

//! Whom a statement names, and how strongly.

use doorward_policy::explain::Claim;
use doorward_policy::request::{Exemption, FederationIssuer, Requester, SessionOrigin};
use doorward_policy::{AccountId, Arn, Effect, Principal, PrincipalClause};

/// A statement's `Principal` or `NotPrincipal`, compiled.
#[derive(Debug)]
pub(crate) enum Principals {
    /// The kind of policy names no principals: its statements are about whoever it is attached to.
    Unsaid,
    /// Requests of any of these.
    Any(Box<[Named]>),
    /// Requests of everyone but these.
    AllBut(Box<[Named]>),
}

/// One principal, ready to be compared with a requester.
#[derive(Debug)]
pub(crate) enum Named {
    Anyone,
    Account(AccountId),
    User(Entity),
    Role(Entity),
    AssumedRole {
        account: AccountId,
        role: Box<str>,
        session: Box<str>,
    },
    FederatedUser {
        account: AccountId,
        name: Box<str>,
    },
    /// The unique id of a user or a role.
    UniqueId(Box<str>),
    Service(Box<str>),
    Provider(Box<str>),
    Nobody,
}

/// How a user or role is recognised.
#[derive(Debug)]
pub(crate) enum Entity {
    /// By its unique id alone.
    Id(Box<str>),
    /// By its account, path and name.
    Name { account: AccountId, path_and_name: Box<str> },
}

/// Whom `*` names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Everyone {
    /// Every requester.
    All,
    /// Every requester but one that has only an identity provider's proof: to grant something to such a requester, a
    /// policy must name the provider. UNCONFIRMED (token-everyone).
    AllButFederated,
}

/// A set of claims.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Claims(u16);

/// The claims, weakest first, as [`Claim`] orders them.
const CLAIMS: [Claim; 8] = [
    Claim::Account,
    Claim::Role,
    Claim::Provider,
    Claim::Service,
    Claim::IssuingUser,
    Claim::User,
    Claim::Everyone,
    Claim::Session,
];

/// A mark beside [`Claim::Everyone`]: some statement that makes it is narrowed by `aws:PrincipalArn`.
const NARROWED: u16 = 1 << CLAIMS.len();

impl Claims {
    pub(crate) const NONE: Self = Self(0);

    pub(crate) const fn one(claim: Claim) -> Self {
        Self(1 << claim as u16)
    }

    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn has(self, claim: Claim) -> bool {
        self.0 & Self::one(claim).0 != 0
    }

    pub(crate) const fn has_all(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The claims as a statement with a narrowing condition makes them.
    pub(crate) const fn narrowed(self) -> Self {
        if self.has(Claim::Everyone) { Self(self.0 | NARROWED) } else { self }
    }

    /// Whether everyone is named by a statement that is narrowed.
    pub(crate) const fn has_narrowed(self) -> bool {
        self.0 & NARROWED != 0
    }

    /// The strongest of the claims.
    pub(crate) fn strongest(self) -> Option<Claim> {
        // The mark beside the claims is not one of them.
        let highest = (self.0 & !NARROWED).checked_ilog2()?;
        CLAIMS.get(highest as usize).copied()
    }

    /// The claims, each alone.
    pub(crate) fn iter(self) -> impl Iterator<Item = Claim> {
        CLAIMS.into_iter().filter(move |claim| self.has(*claim))
    }
}

impl Principals {
    pub(crate) fn compile(clause: Option<&PrincipalClause>) -> Self {
        let named = |clause: &PrincipalClause| {
            clause.entries().iter().map(|entry| Named::compile(&entry.principal)).collect()
        };
        match clause {
            None => Self::Unsaid,
            Some(any @ PrincipalClause::Principal(_)) => Self::Any(named(any)),
            Some(others @ PrincipalClause::NotPrincipal(_)) => Self::AllBut(named(others)),
        }
    }
}

impl Principals {
    /// Whether they name every requester, whoever it is.
    pub(crate) fn name_everyone(&self) -> bool {
        match self {
            Self::Unsaid => true,
            Self::Any(entries) => entries.iter().any(|entry| matches!(entry, Named::Anyone)),
            Self::AllBut(_) => false,
        }
    }
}

/// Kinds of requester, a bit for each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kinds(u8);

impl Kinds {
    const NONE: Self = Self(0);
    const ROOT: Self = Self(1);
    const USER: Self = Self(1 << 1);
    const ROLE_SESSION: Self = Self(1 << 2);
    const FEDERATED_USER: Self = Self(1 << 3);
    const SERVICE: Self = Self(1 << 4);
    const FEDERATED: Self = Self(1 << 5);
    const ANONYMOUS: Self = Self(1 << 6);
    const ALL: Self = Self(u8::MAX);

    const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether the requester is of one of the kinds.
    #[inline]
    pub(crate) const fn include(self, requester: &Requester) -> bool {
        let kind = match requester {
            Requester::Anonymous => Self::ANONYMOUS,
            Requester::Root { .. } => Self::ROOT,
            Requester::User { .. } => Self::USER,
            Requester::RoleSession { .. } => Self::ROLE_SESSION,
            Requester::FederatedUser { .. } => Self::FEDERATED_USER,
            Requester::Service { .. } => Self::SERVICE,
            Requester::Federated { .. } => Self::FEDERATED,
        };
        self.0 & kind.0 != 0
    }
}

impl Principals {
    /// The kinds of requester that may be meant. Of no other kind is any.
    pub(crate) fn kinds(&self) -> Kinds {
        match self {
            Self::Unsaid | Self::AllBut(_) => Kinds::ALL,
            Self::Any(entries) => entries.iter().fold(Kinds::NONE, |all, entry| all.and(entry.kinds())),
        }
    }
}

/// Every claim that any of `entries` makes on the requester.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
pub(crate) fn claims(entries: &[Named], requester: &Requester, everyone: Everyone) -> Claims {
    entries
        .iter()
        .filter_map(|entry| entry.claim(requester, everyone))
        .fold(Claims::NONE, |all, claim| all.with(Claims::one(claim)))
}

/// Whether a `NotPrincipal` with these entries leaves the requester out.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
pub(crate) fn exempts(entries: &[Named], requester: &Requester, exemption: Exemption) -> bool {
    let listed = claims(entries, requester, Everyone::AllButFederated);
    if listed.has(Claim::Everyone) {
        return true;
    }
    match exemption {
        Exemption::AnyEntry => !listed.is_empty(),
        Exemption::WholeChain => match chain(requester) {
            Some(chain) => listed.has_all(chain),
            None => false,
        },
    }
}

/// Everything that a requester is, and that a `NotPrincipal` must list to leave it out; `None` for nobody.
fn chain(requester: &Requester) -> Option<Claims> {
    let claims: &[Claim] = match requester {
        Requester::Anonymous => return None,
        Requester::Root { .. } => &[Claim::Session],
        Requester::User { .. } => &[Claim::Account, Claim::User],
        Requester::RoleSession { .. } => &[Claim::Account, Claim::Role, Claim::Session],
        Requester::FederatedUser { issuer: FederationIssuer::Root, .. } => &[Claim::Account, Claim::Session],
        Requester::FederatedUser { issuer: FederationIssuer::User { .. }, .. } => {
            &[Claim::Account, Claim::IssuingUser, Claim::Session]
        }
        Requester::Service { .. } => &[Claim::Service],
        Requester::Federated { .. } => &[Claim::Provider],
    };
    Some(claims.iter().fold(Claims::NONE, |all, claim| all.with(Claims::one(*claim))))
}

/// Whether the statement, whose principals these are, reaches the requester, and by which claims.
pub(crate) enum Reach {
    /// It does not.
    No,
    /// It does, by no claim: it names no principals, or all but some.
    Unclaimed,
    /// It does, by these claims.
    Claimed(Claims),
}

/// What else decides whether a statement reaches a requester.
#[derive(Clone, Copy)]
pub(crate) struct Circumstance {
    pub(crate) effect: Effect,
    pub(crate) everyone: Everyone,
    pub(crate) exemption: Exemption,
    pub(crate) has_boundary: bool,
}

impl Principals {
    pub(crate) fn reach(&self, requester: &Requester, circumstance: Circumstance) -> Reach {
        match self {
            Self::Unsaid => Reach::Unclaimed,
            Self::Any(entries) => {
                let claims = claims(entries, requester, circumstance.everyone);
                if claims.is_empty() { Reach::No } else { Reach::Claimed(claims) }
            }
            Self::AllBut(entries) => match circumstance.effect {
                Effect::Allow => Reach::No,
                // A requester with a boundary is denied whoever is listed.
                Effect::Deny if circumstance.has_boundary => Reach::Unclaimed,
                Effect::Deny if exempts(entries, requester, circumstance.exemption) => Reach::No,
                Effect::Deny => Reach::Unclaimed,
            },
        }
    }
}

impl Named {
    fn compile(principal: &Principal) -> Self {
        match principal {
            Principal::Anyone => Self::Anyone,
            Principal::Account(account) => Self::Account(*account),
            Principal::User { arn, id } => {
                Entity::compile(arn, id.as_deref(), "user").map_or(Self::Nobody, Self::User)
            }
            Principal::Role { arn, id } => {
                Entity::compile(arn, id.as_deref(), "role").map_or(Self::Nobody, Self::Role)
            }
            Principal::AssumedRole { account, role, session } => Self::AssumedRole {
                account: *account,
                role: role.as_str().into(),
                session: session.as_str().into(),
            },
            Principal::FederatedUser { account, name } => {
                Self::FederatedUser { account: *account, name: name.as_str().into() }
            }
            Principal::UniqueId(id) => Self::UniqueId(id.as_str().into()),
            Principal::Service(name) => Self::Service(name.as_str().into()),
            Principal::Federated(provider) => Self::Provider(provider.as_str().into()),
            Principal::CanonicalUser(_) => Self::Nobody,
        }
    }

    /// The kinds of requester that the entry may name.
    fn kinds(&self) -> Kinds {
        match self {
            Self::Anyone => Kinds::ALL,
            Self::Nobody => Kinds::NONE,
            Self::Account(_) => {
                Kinds::ROOT.and(Kinds::USER).and(Kinds::ROLE_SESSION).and(Kinds::FEDERATED_USER)
            }
            Self::User(_) => Kinds::USER.and(Kinds::FEDERATED_USER),
            Self::Role(_) | Self::AssumedRole { .. } => Kinds::ROLE_SESSION,
            Self::UniqueId(_) => Kinds::USER.and(Kinds::ROLE_SESSION).and(Kinds::FEDERATED_USER),
            Self::FederatedUser { .. } => Kinds::FEDERATED_USER,
            Self::Service(_) => Kinds::SERVICE,
            Self::Provider(_) => Kinds::FEDERATED.and(Kinds::ROLE_SESSION),
        }
    }

    /// How the entry names the requester, if it does. A requester has at most one claim by one entry.
    fn claim(&self, requester: &Requester, everyone: Everyone) -> Option<Claim> {
        match self {
            Self::Anyone => {
                let federated = matches!(requester, Requester::Federated { .. });
                let spared = federated && everyone == Everyone::AllButFederated;
                (!spared).then_some(Claim::Everyone)
            }
            Self::Nobody => None,
            Self::Account(account) => account_claim(*account, requester),
            Self::User(user) => user_claim(user, requester),
            Self::Role(role) => role_claim(role, requester),
            Self::UniqueId(id) => id_claim(id, requester),
            Self::AssumedRole { account, role, session } => {
                let Requester::RoleSession { account: own, role_name, session_name, .. } = requester else {
                    return None;
                };
                let same = own == account && **role == *role_name && **session == *session_name;
                same.then_some(Claim::Session)
            }
            Self::FederatedUser { account, name } => {
                let Requester::FederatedUser { account: own, name: own_name, .. } = requester else {
                    return None;
                };
                (own == account && **name == *own_name).then_some(Claim::Session)
            }
            Self::Service(name) => {
                let Requester::Service { names, .. } = requester else { return None };
                names.iter().any(|own| **name == *own).then_some(Claim::Service)
            }
            Self::Provider(name) => {
                let (Requester::Federated { provider: own }
                | Requester::RoleSession { origin: SessionOrigin::Provider(own), .. }) = requester
                else {
                    return None;
                };
                (**name == *own).then_some(Claim::Provider)
            }
        }
    }
}

/// A service's credentials never count as its account's.
fn account_claim(account: AccountId, requester: &Requester) -> Option<Claim> {
    let (own, claim) = match requester {
        Requester::Root { account } => (account, Claim::Session),
        Requester::User { account, .. }
        | Requester::RoleSession { account, .. }
        | Requester::FederatedUser { account, .. } => (account, Claim::Account),
        Requester::Anonymous | Requester::Service { .. } | Requester::Federated { .. } => return None,
    };
    (*own == account).then_some(claim)
}

/// The IAM user that the requester is or was issued by: its account, id, path and name, and the claim by it.
fn user_of(requester: &Requester) -> Option<(AccountId, &str, &str, &str, Claim)> {
    match requester {
        Requester::User { account, id, path, name } => Some((*account, id, path, name, Claim::User)),
        Requester::FederatedUser { account, issuer: FederationIssuer::User { id, path, name }, .. } => {
            Some((*account, id, path, name, Claim::IssuingUser))
        }
        Requester::FederatedUser { issuer: FederationIssuer::Root, .. }
        | Requester::Anonymous
        | Requester::Root { .. }
        | Requester::RoleSession { .. }
        | Requester::Service { .. }
        | Requester::Federated { .. } => None,
    }
}

fn user_claim(user: &Entity, requester: &Requester) -> Option<Claim> {
    let (account, id, path, name, claim) = user_of(requester)?;
    user.is(account, id, path, name).then_some(claim)
}

fn role_claim(role: &Entity, requester: &Requester) -> Option<Claim> {
    let Requester::RoleSession { account, role_id, role_path, role_name, .. } = requester else {
        return None;
    };
    role.is(*account, role_id, role_path, role_name).then_some(Claim::Role)
}

fn id_claim(wanted: &str, requester: &Requester) -> Option<Claim> {
    if let Requester::RoleSession { role_id, .. } = requester {
        return (role_id == wanted).then_some(Claim::Role);
    }
    let (_, id, _, _, claim) = user_of(requester)?;
    (id == wanted).then_some(claim)
}

impl Entity {
    /// `None` for an ARN that is not an IAM ARN of the given type in the partition `aws`: nobody has such a name.
    fn compile(arn: &Arn, id: Option<&str>, kind: &str) -> Option<Self> {
        if let Some(id) = id {
            return Some(Self::Id(id.into()));
        }
        let iam = arn.partition() == "aws" && arn.service() == "iam" && arn.region().is_empty();
        let path_and_name = arn.resource().strip_prefix(kind).filter(|_| iam)?;
        Some(Self::Name { account: arn.account().parse().ok()?, path_and_name: path_and_name.into() })
    }

    fn is(&self, account: AccountId, id: &str, path: &str, name: &str) -> bool {
        match self {
            Self::Id(wanted) => **wanted == *id,
            Self::Name { account: wanted, path_and_name } => {
                *wanted == account && path_and_name.strip_prefix(path) == Some(name)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The grammar refuses such statements, so that no document can show it.
    #[test]
    fn allowing_with_not_principal_reaches_nobody() {
        for has_boundary in [false, true] {
            let circumstance = Circumstance {
                effect: Effect::Allow,
                everyone: Everyone::All,
                exemption: Exemption::WholeChain,
                has_boundary,
            };
            let reach = Principals::AllBut(Box::default()).reach(&Requester::Anonymous, circumstance);
            assert!(matches!(reach, Reach::No), "boundary: {has_boundary}");
        }
    }

    #[test]
    fn claims_are_ordered_by_strength() {
        assert!(CLAIMS.is_sorted());
        let both = Claims::one(Claim::Account).with(Claims::one(Claim::Everyone));
        assert_eq!(both.strongest(), Some(Claim::Everyone));
        assert!(both.narrowed().has_narrowed() && !both.has_narrowed());
        assert_eq!(Claims::one(Claim::Role).narrowed(), Claims::one(Claim::Role));
        assert_eq!(Claims::NONE.strongest(), None);
    }
}

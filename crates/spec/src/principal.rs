//! How a statement names the requester.

use doorward_policy::explain::Claim;
use doorward_policy::request::{Attachments, Choices, Exemption, FederationIssuer, Requester, SessionOrigin};
use doorward_policy::{AccountId, Arn, Principal, PrincipalEntry};

/// Everything that a requester is to a policy that names principals.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
#[derive(Default)]
struct Faces {
    /// The account whose root user it is.
    root_of: Option<AccountId>,
    /// The account to which it belongs, unless it is the root user. A service belongs to nobody's.
    member_of: Option<AccountId>,
    /// The IAM user that it is.
    user: Option<Entity>,
    /// The IAM user that issued its federated session.
    issuer: Option<Entity>,
    /// The role whose session it is.
    role: Option<Entity>,
    /// Its account, role and session.
    role_session: Option<(AccountId, String, String)>,
    /// Its account and the name of its federated session.
    federated_session: Option<(AccountId, String)>,
    /// Its names as a service.
    services: Vec<String>,
    /// The identity provider that vouches for it.
    provider: Option<String>,
}

/// An IAM user or role.
struct Entity {
    id: String,
    arn: String,
}

fn faces(requester: &Requester) -> Faces {
    let mut faces = Faces::default();
    match requester {
        Requester::Anonymous => {}
        Requester::Root { account } => faces.root_of = Some(*account),
        Requester::User { account, id, path, name } => {
            faces.member_of = Some(*account);
            faces.user = Some(user(*account, id, path, name));
        }
        Requester::RoleSession { account, role_id, role_path, role_name, session_name, origin } => {
            faces.member_of = Some(*account);
            let arn = format!("arn:aws:iam::{account}:role{role_path}{role_name}");
            faces.role = Some(Entity { id: role_id.clone(), arn });
            faces.role_session = Some((*account, role_name.clone(), session_name.clone()));
            match origin {
                SessionOrigin::AssumeRole => {}
                SessionOrigin::Provider(provider) => faces.provider = Some(provider.clone()),
            }
        }
        Requester::FederatedUser { account, name, issuer } => {
            faces.member_of = Some(*account);
            faces.federated_session = Some((*account, name.clone()));
            match issuer {
                FederationIssuer::Root => {}
                FederationIssuer::User { id, path, name } => {
                    faces.issuer = Some(user(*account, id, path, name));
                }
            }
        }
        Requester::Service { names, .. } => faces.services.clone_from(names),
        Requester::Federated { provider } => faces.provider = Some(provider.clone()),
    }
    faces
}

fn user(account: AccountId, id: &str, path: &str, name: &str) -> Entity {
    Entity { id: id.to_owned(), arn: format!("arn:aws:iam::{account}:user{path}{name}") }
}

/// The claims that these entries make on the requester: one for each entry that names it.
pub(crate) fn claims(entries: &[PrincipalEntry], requester: &Requester) -> Vec<Claim> {
    let faces = faces(requester);
    entries.iter().filter_map(|entry| claim(&entry.principal, &faces)).collect()
}

impl Faces {
    /// The claim as the user that this is, where it is one, or that issued its session.
    fn as_user(&self, is_meant: impl Fn(&Entity) -> bool) -> Option<Claim> {
        if self.user.as_ref().is_some_and(&is_meant) {
            Some(Claim::User)
        } else {
            self.issuer.as_ref().is_some_and(&is_meant).then_some(Claim::IssuingUser)
        }
    }

    /// The claim as the role whose session this is.
    fn as_role(&self, is_meant: impl Fn(&Entity) -> bool) -> Option<Claim> {
        self.role.as_ref().is_some_and(is_meant).then_some(Claim::Role)
    }
}

/// How one principal names the requester, if it does.
fn claim(principal: &Principal, faces: &Faces) -> Option<Claim> {
    match principal {
        Principal::Anyone => Some(Claim::Everyone),
        Principal::Account(account) if faces.root_of == Some(*account) => Some(Claim::Session),
        Principal::Account(account) => (faces.member_of == Some(*account)).then_some(Claim::Account),
        Principal::User { arn, id } => faces.as_user(|user| names(arn, id.as_deref(), user)),
        Principal::Role { arn, id } => faces.as_role(|role| names(arn, id.as_deref(), role)),
        Principal::UniqueId(id) => {
            faces.as_user(|user| user.id == *id).or_else(|| faces.as_role(|role| role.id == *id))
        }
        Principal::AssumedRole { account, role, session } => {
            let named = (*account, role.clone(), session.clone());
            (faces.role_session == Some(named)).then_some(Claim::Session)
        }
        Principal::FederatedUser { account, name } => {
            (faces.federated_session == Some((*account, name.clone()))).then_some(Claim::Session)
        }
        Principal::Service(service) => faces.services.contains(service).then_some(Claim::Service),
        Principal::Federated(provider) => {
            (faces.provider.as_ref() == Some(provider)).then_some(Claim::Provider)
        }
        Principal::CanonicalUser(_) => None,
    }
}

/// Whether a principal's ARN means this user or role. An ARN that was bound to a unique id when its policy was stored
/// means that id alone, not whoever has taken the name since.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
fn names(arn: &Arn, bound: Option<&str>, entity: &Entity) -> bool {
    match bound {
        Some(id) => entity.id == id,
        None => entity.arn == arn.as_str(),
    }
}

/// Whether a `Deny` with `NotPrincipal` is about the requester.
///
/// It always is when the requester has a permissions boundary. Otherwise it is unless the list exempts the requester,
/// which takes its account as well as its user, and its account, role and session: a list that leaves one of them out
/// is documented to deny, or to deny in some services ([`Exemption`]).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
pub(crate) fn is_not_exempt(
    listed: &[PrincipalEntry],
    requester: &Requester,
    policies: &Attachments,
    choices: &Choices,
) -> bool {
    if policies.boundary.is_some() {
        return true;
    }
    let named = without_everyone_for_federated(claims(listed, requester), requester);
    match choices.not_principal {
        Exemption::AnyEntry => named.is_empty(),
        Exemption::WholeChain => {
            let whole = chain(requester).iter().all(|link| named.contains(link));
            !whole && !named.contains(&Claim::Everyone)
        }
    }
}

/// What must be listed to exempt a requester. For a federated user it is UNCONFIRMED (not-principal-federated-user).
fn chain(requester: &Requester) -> Vec<Claim> {
    match requester {
        Requester::Anonymous => vec![Claim::Everyone],
        Requester::Root { .. } => vec![Claim::Session],
        Requester::User { .. } => vec![Claim::Account, Claim::User],
        Requester::RoleSession { .. } => vec![Claim::Account, Claim::Role, Claim::Session],
        Requester::FederatedUser { issuer: FederationIssuer::Root, .. } => {
            vec![Claim::Account, Claim::Session]
        }
        Requester::FederatedUser { issuer: FederationIssuer::User { .. }, .. } => {
            vec![Claim::Account, Claim::IssuingUser, Claim::Session]
        }
        Requester::Service { .. } => vec![Claim::Service],
        Requester::Federated { .. } => vec![Claim::Provider],
    }
}

/// `{"AWS": "*"}` does not stand for someone who has only a proof from an identity provider: only `Federated` does.
/// So it is for what grants or exempts, UNCONFIRMED (token-everyone); a `Deny` of everyone does deny them,
/// UNCONFIRMED (token-deny-everyone).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity>
pub(crate) fn without_everyone_for_federated(mut claims: Vec<Claim>, requester: &Requester) -> Vec<Claim> {
    if matches!(requester, Requester::Federated { .. }) {
        claims.retain(|claim| *claim != Claim::Everyone);
    }
    claims
}

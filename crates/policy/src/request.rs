//! The question: may this requester do this action on this resource, in this context, under these policies?

mod context;

use std::sync::Arc;

use crate::account::AccountId;
use crate::document::Document;

pub use context::{Context, ContextValue};

/// One question to the judge.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who asks.
    pub requester: Requester,
    /// What for: `service:Name`, compared without regard to case.
    pub action: String,
    /// On what.
    pub resource: Resource,
    /// What else is known about the request.
    pub context: Context,
}

/// What a request is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resource {
    /// The ARN, or `*` for actions that name no resource.
    pub arn: String,
    /// The account that owns it. For `*`, the requester's own. `None` when nobody is known to own it,
    /// which makes every decision about it one across accounts.
    pub account: Option<AccountId>,
}

/// Who asks: the principal of a request, as authentication established it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Requester {
    /// Nobody: an unsigned request.
    Anonymous,
    /// An account's root user.
    Root {
        /// The account.
        account: AccountId,
    },
    /// An IAM user, with long-term credentials or those of `GetSessionToken`.
    User {
        /// The user's account.
        account: AccountId,
        /// The unique id, `AIDA…`.
        id: String,
        /// The path, `/` or `/…/`.
        path: String,
        /// The name.
        name: String,
    },
    /// A session of a role, however it came to be.
    RoleSession {
        /// The role's account.
        account: AccountId,
        /// The role's unique id, `AROA…`.
        role_id: String,
        /// The role's path, `/` or `/…/`.
        role_path: String,
        /// The role's name.
        role_name: String,
        /// The session's name.
        session_name: String,
        /// The provider behind the session, where there is one.
        origin: SessionOrigin,
    },
    /// A session that `GetFederationToken` made.
    FederatedUser {
        /// The account.
        account: AccountId,
        /// The name given to the session.
        name: String,
        /// Who asked for the session.
        issuer: FederationIssuer,
    },
    /// A service, with credentials of its own.
    Service {
        /// Its names, the one that called first: `ec2.amazonaws.com`.
        names: Vec<String>,
        /// The account that the service's own credentials belong to, where it has one.
        account: Option<AccountId>,
    },
    /// Someone with a proof from an identity provider, who has no session yet: the caller of
    /// `AssumeRoleWithWebIdentity` or `AssumeRoleWithSAML`.
    Federated {
        /// What a trust policy's `Federated` must say: a provider's ARN or a built-in provider's name.
        provider: String,
    },
}

/// Where a role session comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SessionOrigin {
    /// `AssumeRole`, or credentials delivered to a service.
    AssumeRole,
    /// `AssumeRoleWithWebIdentity` or `AssumeRoleWithSAML`, with the provider as a policy's `Federated` names it.
    Provider(String),
}

/// Who asked for a federated user's session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FederationIssuer {
    /// The account's root user.
    Root,
    /// An IAM user of the account.
    User {
        /// The user's unique id, `AIDA…`.
        id: String,
        /// The user's path.
        path: String,
        /// The user's name.
        name: String,
    },
}

impl Requester {
    /// The account that the requester belongs to, where it has one.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Anonymous | Self::Federated { .. } => None,
            Self::Root { account }
            | Self::User { account, .. }
            | Self::RoleSession { account, .. }
            | Self::FederatedUser { account, .. } => Some(*account),
            Self::Service { account, .. } => *account,
        }
    }

    /// The requester's own ARN, as `GetCallerIdentity` answers and denials name it. A role session's is its session's.
    #[must_use]
    pub fn arn(&self) -> Option<String> {
        match self {
            Self::Anonymous | Self::Federated { .. } | Self::Service { .. } => None,
            Self::Root { account } => Some(format!("arn:aws:iam::{account}:root")),
            Self::User { account, path, name, .. } => {
                Some(format!("arn:aws:iam::{account}:user{path}{name}"))
            }
            Self::RoleSession { account, role_name, session_name, .. } => {
                Some(format!("arn:aws:sts::{account}:assumed-role/{role_name}/{session_name}"))
            }
            Self::FederatedUser { account, name, .. } => {
                Some(format!("arn:aws:sts::{account}:federated-user/{name}"))
            }
        }
    }

    /// The value of `aws:PrincipalArn`: as [`Requester::arn`], but a role session's is its role's.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn>
    #[must_use]
    pub fn principal_arn(&self) -> Option<String> {
        match self {
            Self::RoleSession { account, role_path, role_name, .. } => {
                Some(format!("arn:aws:iam::{account}:role{role_path}{role_name}"))
            }
            Self::Anonymous
            | Self::Root { .. }
            | Self::User { .. }
            | Self::FederatedUser { .. }
            | Self::Service { .. }
            | Self::Federated { .. } => self.arn(),
        }
    }

    /// Whether this is a session of a service-linked role: such sessions are bound by no service or resource control policy.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>
    #[must_use]
    pub fn is_service_linked(&self) -> bool {
        match self {
            Self::RoleSession { role_path, .. } => role_path.starts_with("/aws-service-role/"),
            Self::Anonymous
            | Self::Root { .. }
            | Self::User { .. }
            | Self::FederatedUser { .. }
            | Self::Service { .. }
            | Self::Federated { .. } => false,
        }
    }

    /// The condition keys that say who the requester is: `aws:PrincipalArn`, `aws:PrincipalAccount`,
    /// `aws:PrincipalType`, `aws:userid`, `aws:username`, `aws:PrincipalIsAWSService`, `aws:PrincipalServiceName` and
    /// `aws:PrincipalServiceNamesList`, each present exactly where AWS sends it.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>
    #[must_use]
    pub fn context(&self) -> Context {
        let mut context = Context::default();
        let mut put = |key: &str, value: &str| context.put(key, value);
        let (kind, user_id) = match self {
            Self::Anonymous => ("Anonymous", "anonymous".to_owned()),
            Self::Root { account } => ("Account", account.to_string()),
            Self::User { id, name, .. } => {
                put("aws:username", name);
                ("User", id.clone())
            }
            Self::RoleSession { role_id, session_name, .. } => {
                ("AssumedRole", format!("{role_id}:{session_name}"))
            }
            Self::FederatedUser { account, name, .. } => ("FederatedUser", format!("{account}:{name}")),
            Self::Service { names, account } => {
                put("aws:PrincipalIsAWSService", "true");
                if let Some(account) = account {
                    put("aws:PrincipalAccount", &account.to_string());
                }
                if let Some(first) = names.first() {
                    put("aws:PrincipalServiceName", first);
                }
                context.put_all("aws:PrincipalServiceNamesList", names.clone());
                return context;
            }
            Self::Federated { .. } => return context,
        };
        put("aws:PrincipalType", kind);
        put("aws:userid", &user_id);
        match self.account() {
            Some(account) => {
                put("aws:PrincipalAccount", &account.to_string());
                put("aws:PrincipalIsAWSService", "false");
            }
            None => put("aws:PrincipalAccount", "anonymous"),
        }
        if let Some(arn) = self.principal_arn() {
            put("aws:PrincipalArn", &arn);
        }
        context
    }
}

/// The points on which AWS's documentation is silent or contradicts itself, and how to read them. The default reading of
/// each is the one that denies more.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Choices {
    /// Whether a permissions boundary limits what a trust policy grants to the user that it names, or to everyone. By the
    /// general rule for resource policies it does not; by the note on trust policies it does.
    /// UNCONFIRMED (trust-policy-boundary).
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html>
    pub trust_policy_boundary: Limit,
    /// Whether permissions boundary and session policies limit what a resource policy of the same account grants to
    /// everyone (`"*"`) without narrowing it by `aws:PrincipalArn`. With that condition they are documented not to.
    /// UNCONFIRMED (plain-everyone).
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
    pub plain_everyone: Limit,
    /// Which entries a `NotPrincipal` must hold to exempt a requester. UNCONFIRMED (not-principal-list).
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
    pub not_principal: Exemption,
}

/// Whether a policy that does not allow stands in the way of a grant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Limit {
    /// It does.
    #[default]
    Limits,
    /// It does not; its denials still count.
    Ignored,
}

/// What a `NotPrincipal` must list to exempt a requester.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Exemption {
    /// Everything that the requester is: its account and its user, or its account, its role and its session.
    #[default]
    WholeChain,
    /// Any one entry that names the requester.
    AnyEntry,
}

/// Every policy that bears on a request. What does not apply is absent; an empty list is present and allows nothing.
#[derive(Clone, Debug, Default)]
pub struct Attachments {
    /// The requester's identity-based policies: its own and its groups', inline and managed. Role sessions have their
    /// role's, federated users those of the user that issued their session.
    pub identity: Vec<Attached>,
    /// The permissions boundary of the requester's user or role.
    pub boundary: Option<Attached>,
    /// The session policies passed when the session was made: `None` when none were.
    pub session: Option<Vec<Attached>>,
    /// The service control policies over the requester's account; `None` outside an organization or when the policy
    /// type is not enabled.
    pub service_control: Option<Guardrails>,
    /// The resource control policies over the resource's account; `None` outside an organization or when the policy
    /// type is not enabled.
    pub resource_control: Option<Guardrails>,
    /// The policy of the interface VPC endpoint through which the request came. An account in it is everybody in the
    /// account; in the policy of a gateway endpoint, which S3 and DynamoDB have, AWS means the root user alone, and
    /// nothing here would tell the two apart: name principals there by `aws:PrincipalArn`, as AWS asks for.
    ///
    /// Source: <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>
    pub endpoint: Option<Attached>,
    /// The resource's own policy; for a role, its trust policy.
    pub resource: Option<Attached>,
}

/// An organization's policies of one type along the path from its root down to one account.
#[derive(Clone, Debug)]
pub struct Guardrails {
    /// The organization's management account, which they never bind.
    pub management_account: AccountId,
    /// The levels: root first, then each organizational unit, the account last.
    pub levels: Vec<Level>,
}

/// What is attached to one node of an organization.
#[derive(Clone, Debug)]
pub struct Level {
    /// The node: `r-…`, `ou-…`, or an account id.
    pub target: String,
    /// The policies attached there: any one of them may allow.
    pub policies: Vec<Attached>,
}

/// A policy, and where it comes from.
#[derive(Clone, Debug)]
pub struct Attached {
    /// What it says.
    pub document: Arc<Document>,
    /// What to call it in reasons.
    pub source: Source,
}

/// Where a policy comes from, for reasons and messages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// The policy's name.
    pub name: String,
    /// The ARN of a managed policy; inline policies have none.
    pub arn: Option<String>,
    /// What it is attached to: the ARN or id of a user, group, role, resource, or organization node.
    pub attached_to: String,
}

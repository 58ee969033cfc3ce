//! `Principal` and `NotPrincipal`.

use crate::account::AccountId;
use crate::arn::Arn;
use crate::span::Span;

/// What a statement says about principals.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PrincipalClause {
    /// The statement is about requests of any of these.
    Principal(Vec<PrincipalEntry>),
    /// The statement (a `Deny`) is about requests of everyone but these.
    NotPrincipal(Vec<PrincipalEntry>),
}

/// One principal that a statement names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PrincipalEntry {
    /// The value as written, such as `123456789012` or `lambda.amazonaws.com`.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
    /// Whom it means.
    pub principal: Principal,
}

/// The forms that a principal can take.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Principal {
    /// `"*"` or `{"AWS": "*"}`: everyone, anonymous callers included.
    Anyone,
    /// `{"AWS": "123456789012"}` or that account's root ARN: the account delegates to its own policies.
    Account(AccountId),
    /// An IAM user.
    User {
        /// `arn:aws:iam::A:user/path/name`.
        arn: Arn,
        /// The unique id (`AIDA…`) that the ARN was bound to when the policy was stored. Where it is present, it alone counts.
        id: Option<String>,
    },
    /// A role: any of its sessions.
    Role {
        /// `arn:aws:iam::A:role/path/name`.
        arn: Arn,
        /// The unique id (`AROA…`) that the ARN was bound to when the policy was stored. Where it is present, it alone counts.
        id: Option<String>,
    },
    /// One session of a role.
    AssumedRole {
        /// The role's account.
        account: AccountId,
        /// The role's name, without its path.
        role: String,
        /// The session's name.
        session: String,
    },
    /// A session that `GetFederationToken` made.
    FederatedUser {
        /// The account of the user that asked for the session.
        account: AccountId,
        /// The name given to the session.
        name: String,
    },
    /// A unique id of a user or role that no longer exists (`AIDA…`, `AROA…`): matches no ARN, only that id.
    UniqueId(String),
    /// `{"Service": "ec2.amazonaws.com"}`.
    Service(String),
    /// `{"Federated": …}`: the name of a built-in provider, or the ARN of an OIDC or SAML provider.
    Federated(String),
    /// `{"CanonicalUser": …}`: S3's own name for an account.
    CanonicalUser(String),
}

impl PrincipalClause {
    /// The entries, whichever way they are meant.
    #[must_use]
    pub fn entries(&self) -> &[PrincipalEntry] {
        match self {
            Self::Principal(entries) | Self::NotPrincipal(entries) => entries,
        }
    }
}

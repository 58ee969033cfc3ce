//! `Principal` and `NotPrincipal`.

use crate::account::AccountId;
use crate::arn::{Arn, PARTITIONS};
use crate::document::{Kind, Malformed};
use crate::fault::{Fault, Refusal};
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

impl PrincipalEntry {
    /// The refusal of a policy of this kind whose principal, well-formed as it is, does not exist: for whoever knows
    /// which users, roles and providers there are. AWS says the same of a unique id that is written out.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
    #[must_use]
    pub fn no_such_principal(&self, kind: Kind) -> Malformed {
        let fault = Fault::NoSuchPrincipal { key: self.principal.key(), value: self.text.clone() };
        Refusal { fault, span: self.span }.into_malformed(kind)
    }
}

/// The kinds of principal that an object may list, by the names that policies give them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "the names are AWS's own")]
pub enum PrincipalKey {
    Aws,
    Service,
    Federated,
    CanonicalUser,
}

impl PrincipalKey {
    /// The key with this name, case included.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "AWS" => Some(Self::Aws),
            "Service" => Some(Self::Service),
            "Federated" => Some(Self::Federated),
            "CanonicalUser" => Some(Self::CanonicalUser),
            _ => None,
        }
    }

    /// The name in policies.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Service => "Service",
            Self::Federated => "Federated",
            Self::CanonicalUser => "CanonicalUser",
        }
    }
}

/// The identity providers that need no ARN.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
pub const BUILT_IN_PROVIDERS: [&str; 4] =
    ["cognito-identity.amazonaws.com", "www.amazon.com", "graph.facebook.com", "accounts.google.com"];

impl Principal {
    /// Reads one value listed under `key`. `None` when the value is no principal of that kind: groups, ARNs with
    /// wildcards (only `*` alone may be one), ARNs of other services, providers that are neither built in nor ARNs.
    /// Whether the user, role, provider or service exists is not known here.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
    #[must_use]
    pub fn parse(key: PrincipalKey, text: &str) -> Option<Self> {
        match key {
            PrincipalKey::Aws => aws(text),
            PrincipalKey::Service => is_service(text).then(|| Self::Service(text.to_owned())),
            PrincipalKey::Federated => is_provider(text).then(|| Self::Federated(text.to_owned())),
            PrincipalKey::CanonicalUser => {
                let hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
                hex.then(|| Self::CanonicalUser(text.to_owned()))
            }
        }
    }

    /// The key under which an object lists this principal.
    #[must_use]
    pub const fn key(&self) -> PrincipalKey {
        match self {
            Self::Anyone
            | Self::Account(_)
            | Self::User { .. }
            | Self::Role { .. }
            | Self::AssumedRole { .. }
            | Self::FederatedUser { .. }
            | Self::UniqueId(_) => PrincipalKey::Aws,
            Self::Service(_) => PrincipalKey::Service,
            Self::Federated(_) => PrincipalKey::Federated,
            Self::CanonicalUser(_) => PrincipalKey::CanonicalUser,
        }
    }
}

fn aws(text: &str) -> Option<Principal> {
    if text == "*" {
        return Some(Principal::Anyone);
    }
    if let Ok(account) = text.parse() {
        return Some(Principal::Account(account));
    }
    if is_unique_id(text) {
        return Some(Principal::UniqueId(text.to_owned()));
    }
    let arn: Arn = text.parse().ok()?;
    let account: AccountId = arn.account().parse().ok()?;
    if !PARTITIONS.contains(&arn.partition()) || !arn.region().is_empty() {
        return None;
    }
    if arn.service() == "iam" && arn.resource() == "root" {
        return Some(Principal::Account(account));
    }
    let (kind, rest) = arn.resource().split_once('/')?;
    match (arn.service(), kind) {
        ("iam", "user") => is_path_and_name(rest).then_some(Principal::User { arn, id: None }),
        ("iam", "role") => is_path_and_name(rest).then_some(Principal::Role { arn, id: None }),
        ("sts", "assumed-role") => {
            let (role, session) = rest.split_once('/')?;
            let (role, session) = (name(role)?, name(session)?);
            Some(Principal::AssumedRole { account, role, session })
        }
        ("sts", "federated-user") => Some(Principal::FederatedUser { account, name: name(rest)? }),
        _ => None,
    }
}

/// A name of a user, role or session: `[\w+=,.@-]+`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
fn name(text: &str) -> Option<String> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
    (!text.is_empty() && text.bytes().all(fits)).then(|| text.to_owned())
}

/// `name` or `path/to/name`. Paths may hold any printable character, but a wildcard in a principal is refused.
fn is_path_and_name(text: &str) -> bool {
    let (path, last) = text.rsplit_once('/').unwrap_or(("", text));
    let fits = |byte: u8| (0x21..=0x7E).contains(&byte) && byte != b'*' && byte != b'?';
    name(last).is_some() && path.bytes().all(fits)
}

/// `AIDA…` of a user or `AROA…` of a role.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
fn is_unique_id(text: &str) -> bool {
    let known = text.starts_with("AIDA") || text.starts_with("AROA");
    let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    known && (16..=128).contains(&text.len()) && text.bytes().all(fits)
}

/// A host name in lower case with at least two labels. Wildcards are refused.
fn is_service(text: &str) -> bool {
    let label = |label: &str| {
        let fits =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
        !label.is_empty() && label.bytes().all(fits)
    };
    text.len() <= 255 && text.contains('.') && text.split('.').all(label)
}

/// A built-in provider, or the ARN of an OIDC or SAML provider.
fn is_provider(text: &str) -> bool {
    if BUILT_IN_PROVIDERS.contains(&text) {
        return true;
    }
    let Ok(arn) = text.parse::<Arn>() else {
        return false;
    };
    let fits = |byte: u8| (0x21..=0x7E).contains(&byte) && byte != b'*' && byte != b'?';
    let named = ["oidc-provider/", "saml-provider/"]
        .iter()
        .any(|prefix| arn.resource().strip_prefix(prefix).is_some_and(|name| !name.is_empty()));
    PARTITIONS.contains(&arn.partition())
        && arn.service() == "iam"
        && arn.region().is_empty()
        && arn.account().parse::<AccountId>().is_ok()
        && named
        && arn.resource().bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "123456789012";

    fn account() -> AccountId {
        ACCOUNT.parse().unwrap()
    }

    fn check(key: PrincipalKey, text: &str, expected: Option<Principal>) {
        if let Some(principal) = &expected {
            assert_eq!(principal.key(), key, "{text}");
        }
        assert_eq!(Principal::parse(key, text), expected, "{text}");
    }

    #[test]
    fn reads_every_form() {
        let arn = |text: &str| text.parse::<Arn>().unwrap();
        let aws = |text: &str, principal| check(PrincipalKey::Aws, text, Some(principal));
        aws("*", Principal::Anyone);
        aws(ACCOUNT, Principal::Account(account()));
        aws("arn:aws-cn:iam::123456789012:root", Principal::Account(account()));
        let user = "arn:aws:iam::123456789012:user/a/b!/Bob";
        aws(user, Principal::User { arn: arn(user), id: None });
        let role = "arn:aws:iam::123456789012:role/aws-service-role/x.amazonaws.com/R";
        aws(role, Principal::Role { arn: arn(role), id: None });
        aws(
            "arn:aws:sts::123456789012:assumed-role/R/me@x",
            Principal::AssumedRole { account: account(), role: "R".to_owned(), session: "me@x".to_owned() },
        );
        aws(
            "arn:aws:sts::123456789012:federated-user/Bob",
            Principal::FederatedUser { account: account(), name: "Bob".to_owned() },
        );
        aws("AIDACKCEVSQ6C2EXAMPLE", Principal::UniqueId("AIDACKCEVSQ6C2EXAMPLE".to_owned()));
        let service = "ec2.amazonaws.com";
        check(PrincipalKey::Service, service, Some(Principal::Service(service.to_owned())));
        for provider in BUILT_IN_PROVIDERS {
            check(PrincipalKey::Federated, provider, Some(Principal::Federated(provider.to_owned())));
        }
        let hex = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
        check(PrincipalKey::CanonicalUser, hex, Some(Principal::CanonicalUser(hex.to_owned())));
    }

    #[test]
    fn those_that_do_not_exist_are_named() {
        let text = "arn:aws:iam::123456789012:user/Bob";
        let principal = Principal::parse(PrincipalKey::Aws, text).unwrap();
        let entry = PrincipalEntry { text: text.to_owned(), span: Span { start: 3, end: 5 }, principal };
        let malformed = entry.no_such_principal(Kind::Trust);
        assert_eq!(malformed.message, format!("Invalid principal in policy: \"AWS\":\"{text}\""));
        assert_eq!(malformed.span, entry.span);
    }

    #[test]
    fn refuses_everything_else() {
        for text in [
            "",
            "12345678901",
            "arn:aws:iam::123456789012:group/g",
            "arn:aws:iam::123456789012:user/",
            "arn:aws:iam::123456789012:user",
            "arn:aws:iam::123456789012:user/*",
            "arn:aws:iam::123456789012:role/a?b",
            "arn:aws:iam::123456789012:role/a*/b",
            "arn:aws:iam::*:root",
            "arn:aws:iam::12345678901:root",
            "arn:aws:iam:us-east-1:123456789012:root",
            "arn:aws:sts::123456789012:assumed-role/R",
            "arn:aws:sts::123456789012:assumed-role/R/",
            "arn:aws:sts::123456789012:role/R",
            "arn:aws:iam::123456789012:assumed-role/R/s",
            "arn:xyz:iam::123456789012:root",
            "arn:aws:iam::123456789012:Root",
            "AIDA",
            "AROAcase56789012345",
            "ASIAIOSFODNN7EXAMPLE",
            "bob",
        ] {
            check(PrincipalKey::Aws, text, None);
        }
        for text in [
            "*",
            "ec2",
            "*.amazonaws.com",
            "EC2.amazonaws.com",
            "ec2..amazonaws.com",
            ".com",
            "",
            "ec2.amazonaws.com/",
        ] {
            check(PrincipalKey::Service, text, None);
        }
        for text in [
            "*",
            "example.com",
            "arn:aws:iam::123456789012:oidc-provider/",
            "arn:aws:iam::1:saml-provider/x",
            "arn:aws:iam::123456789012:oidc-provider/*",
        ] {
            check(PrincipalKey::Federated, text, None);
        }
        for text in ["", "79a59df9", "g9a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"] {
            check(PrincipalKey::CanonicalUser, text, None);
        }
    }
}

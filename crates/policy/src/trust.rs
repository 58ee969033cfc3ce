//! Trust policies: their grammar, and the guard on identity providers that many organizations share.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html>

use std::collections::HashSet;

use crate::action::ActionClause;
use crate::condition::{Comparison, ConditionTest, ConditionValue, Operator, Qualifier};
use crate::document::{Document, Effect, Malformed, Statement, Version};
use crate::draft::{Draft, DraftStatement};
use crate::fault::{Fault, Refusal};
use crate::json::{Member, Node, Value};
use crate::key::ContextKey;
use crate::principal::{Principal, PrincipalClause, PrincipalEntry, PrincipalKey};
use crate::read::{self, refuse};
use crate::template::Part;
use crate::text::Whole;

/// Checks a trust policy and gives its version and statements: statement by statement, each in the order effect,
/// principal, condition, action, resource, and its id last.
pub(crate) fn statements(draft: &Draft<'_>, whole: &Whole) -> Result<(Version, Vec<Statement>), Refusal> {
    let version = read::version(draft)?;
    if draft.statements.is_empty() {
        return refuse(Fault::NoStatement, draft.span);
    }
    let mut sids = HashSet::new();
    let mut statements = Vec::with_capacity(draft.statements.len());
    for draft in &draft.statements {
        statements.push(statement(draft, version, whole)?);
        if let Some(sid) = draft.sid {
            read::sid_is_plain(sid)?;
            if !sid.text.is_empty() && !sids.insert(sid.text) {
                return refuse(Fault::RepeatedSid(sid.text.to_owned()), sid.span);
            }
        }
    }
    Ok((version, statements))
}

fn statement(draft: &DraftStatement<'_>, version: Version, whole: &Whole) -> Result<Statement, Refusal> {
    let effect = read::effect(draft)?;
    if let Some(node) = draft.not_principal {
        return match effect {
            Effect::Allow => refuse(Fault::AllowNotPrincipal, node.span()),
            Effect::Deny => refuse(Fault::Forbidden("NotPrincipal"), node.span()),
        };
    }
    let Some(node) = draft.principal else {
        return refuse(Fault::NoPrincipal, draft.span);
    };
    let principals = principals(node)?;
    if effect == Effect::Allow && draft.condition.is_none() {
        cognito_has_condition(&principals)?;
    }
    let conditions = read::tests(draft.condition, version, whole)?;
    read::dates(&conditions)?;
    let action = read::actions(draft, whole)?;
    sts_only(&action)?;
    for (list, name) in [(draft.resource, "Resource"), (draft.not_resource, "NotResource")] {
        if let Some(list) = list {
            return refuse(Fault::Forbidden(name), list.span());
        }
    }
    Ok(Statement {
        sid: draft.sid.map(|sid| whole.text(sid)),
        effect,
        principal: Some(PrincipalClause::Principal(principals)),
        action,
        resource: None,
        conditions,
        span: draft.span,
    })
}

/// The principals: always an object, even for everyone, and never canonical users.
fn principals(node: Node<'_>) -> Result<Vec<PrincipalEntry>, Refusal> {
    match node.value() {
        Value::String(_) => return refuse(Fault::PrincipalNotObject, node.span()),
        Value::Object(mut members) => {
            if let Some(Member { name, .. }) = members.find(|member| member.name.text == "CanonicalUser") {
                return refuse(Fault::PrincipalKey(name.text.to_owned()), name.span);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            return refuse(Fault::PrincipalType, node.span());
        }
    }
    read::principals(node)
}

/// Refuses Cognito as a principal, in a statement without a condition.
fn cognito_has_condition(principals: &[PrincipalEntry]) -> Result<(), Refusal> {
    match principals
        .iter()
        .find(|entry| entry.text == COGNITO && entry.principal.key() == PrincipalKey::Federated)
    {
        Some(entry) => refuse(Fault::CognitoCondition, entry.span),
        None => Ok(()),
    }
}

/// Checks that all actions, listed or excepted, are of STS.
fn sts_only(action: &ActionClause) -> Result<(), Refusal> {
    for pattern in action.patterns() {
        if !pattern.folded().starts_with("sts:") {
            return refuse(Fault::ActionNotSts(pattern.text.to_string()), pattern.span);
        }
        read::action_form(pattern)?;
    }
    Ok(())
}

/// A condition that a trust policy must have when it trusts a provider that many organizations share.
struct Narrowing {
    /// The provider's address without its scheme, as it stands in the provider's ARN.
    provider: &'static str,
    /// The claim, or the key, that tells the organizations apart.
    key: &'static str,
}

/// The shared providers and what tells their tenants apart. IBM Turbonomic is shared too, but AWS gives no fixed
/// address for it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html>
const SHARED: [Narrowing; 15] = [
    narrowing("token.actions.githubusercontent.com", ":sub"),
    narrowing("vstoken.actions.githubusercontent.com", ":sub"),
    narrowing("oidc-configuration.audit-log.githubusercontent.com", ":sub"),
    narrowing("gitlab.com", ":sub"),
    narrowing("agent.buildkite.com", ":sub"),
    narrowing("app.terraform.io", ":sub"),
    narrowing("oidc.codefresh.io", ":sub"),
    narrowing("studio.datachain.ai/api", ":sub"),
    narrowing("scalr.io", ":sub"),
    narrowing("tokens.cloud.shisho.dev", ":sub"),
    narrowing("proidc.upbound.io", ":sub"),
    narrowing("api.pulumi.com/oidc", ":aud"),
    narrowing("sandboxes.cloud", ":aud"),
    narrowing("oidc.vercel.com", ":aud"),
    narrowing("sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d", "sts:RoleSessionName"),
];

const COGNITO: &str = "cognito-identity.amazonaws.com";

/// The key is a claim of the provider where it begins with a colon.
const fn narrowing(provider: &'static str, key: &'static str) -> Narrowing {
    Narrowing { provider, key }
}

/// Checks that every statement that lets a shared identity provider in narrows it to a tenant.
///
/// Anybody can have GitHub, GitLab or Cognito sign a token. A statement that allows such a provider must therefore test
/// the claim that names the tenant with `StringEquals`, `StringEqualsIgnoreCase` or `StringLike`, and each of the values
/// must hold more than wildcards and variables. `…IfExists` and `ForAllValues:` do not count, because they hold when the
/// claim is missing; AWS does not document whether it takes them. AWS checks this when a trust policy is written; roles
/// that exist are left alone until then, which is why [`Document::parse`] does not.
///
/// For Cognito the text of the refusal is AWS's. For the others it is ours, since AWS's is not on record.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html>
///
/// # Errors
/// [`Malformed`] for the first statement that trusts too many.
pub fn shared_provider_guard(document: &Document) -> Result<(), Malformed> {
    for statement in document.statements.iter().filter(|statement| statement.effect == Effect::Allow) {
        let entries = statement.principal.as_ref().map_or(&[][..], PrincipalClause::entries);
        for entry in entries {
            let Principal::Federated(provider) = &entry.principal else {
                continue;
            };
            if let Some((key, fault)) = demanded(provider)
                && !narrows(&statement.conditions, &key)
            {
                return Err(Refusal { fault, span: entry.span }.into_malformed(document.kind));
            }
        }
    }
    Ok(())
}

/// The key that a condition must narrow for this provider, and the fault when none does.
fn demanded(provider: &str) -> Option<(ContextKey, Fault)> {
    if provider == COGNITO {
        return Some((ContextKey::new("cognito-identity.amazonaws.com:aud"), Fault::CognitoCondition));
    }
    let (_, address) = provider.split_once(":oidc-provider/")?;
    let shared = SHARED.iter().find(|shared| shared.provider.eq_ignore_ascii_case(address))?;
    let key = match shared.key.strip_prefix(':') {
        Some(_) => format!("{}{}", shared.provider, shared.key),
        None => shared.key.to_owned(),
    };
    let fault = Fault::SharedProvider { provider: shared.provider.to_owned(), key: key.clone() };
    Some((ContextKey::new(&key), fault))
}

/// Whether some test holds only for some values of the key.
fn narrows(tests: &[ConditionTest], key: &ContextKey) -> bool {
    tests.iter().filter(|test| test.key == *key).any(|test| {
        let compares = matches!(
            test.operator,
            Operator {
                comparison: Comparison::StringEquals
                    | Comparison::StringEqualsIgnoreCase
                    | Comparison::StringLike,
                qualifier: None | Some(Qualifier::ForAnyValue),
                if_exists: false,
            }
        );
        compares && !test.values.is_empty() && test.values.iter().all(says_something)
    })
}

/// Whether a value has a character of its own: one that is neither a wildcard nor part of a variable. A lone `*` counts
/// as a wildcard under every operator.
fn says_something(value: &ConditionValue) -> bool {
    value.template.parts().iter().any(|part| match part {
        Part::Text(text) => text.contains(|character| character != '*' && character != '?'),
        Part::Literal(_) => true,
        Part::Variable { .. } => false,
    })
}

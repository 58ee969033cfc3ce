//! Trust policies as they are written: every principal must exist, and users and roles are bound to their unique ids.

use doorward_policy::limits::counted_chars;
use doorward_policy::trust::shared_provider_guard;
use doorward_policy::{AccountId, Document, Kind, Principal, PrincipalEntry};

use super::{Draft, exceeds};
use crate::refusal::Refusal;
use crate::snapshot::Snapshot;
use crate::text::{Binding, PolicyText};

/// The trust policy to store for `text`.
///
/// Bound principals are not checked again at the commit: one that is deleted in the same instant leaves an id that
/// nobody has any more, just as if it had been deleted the instant after.
///
/// That an identity provider has to be of the role's own account is UNCONFIRMED (foreign-provider); no session can come of
/// one of another.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
pub(super) fn trust(draft: &Draft<'_>, account: AccountId, text: &str) -> Result<PolicyText, Refusal> {
    let document = Document::parse(text, Kind::Trust)?;
    shared_provider_guard(&document)?;
    let limit = draft.limits().trust_policy_characters;
    if exceeds(counted_chars(text, Kind::Trust), limit) {
        return Err(Refusal::Quota { name: "ACLSizePerRole", limit });
    }
    let mut bindings = Vec::new();
    for entry in document.principals() {
        bindings.extend(bound(draft.snapshot(), account, entry)?);
    }
    bindings.sort_unstable();
    bindings.dedup();
    Ok(draft.snapshot().texts().intern(Kind::Trust, text, bindings.into()))
}

/// What to bind a principal to; an error if it does not exist.
fn bound(
    snapshot: &Snapshot,
    account: AccountId,
    entry: &PrincipalEntry,
) -> Result<Option<Binding>, Refusal> {
    let exists = match &entry.principal {
        Principal::User { arn, .. } => {
            let user = snapshot.user_with_arn(arn.as_str());
            return user.map(|user| Some(binding(entry, user.id))).ok_or_else(|| invalid("AWS", entry));
        }
        Principal::Role { arn, .. } => {
            let role = snapshot.role_with_arn(arn.as_str());
            return role.map(|role| Some(binding(entry, role.id))).ok_or_else(|| invalid("AWS", entry));
        }
        Principal::Anyone => true,
        Principal::Account(account)
        | Principal::AssumedRole { account, .. }
        | Principal::FederatedUser { account, .. } => snapshot.account(*account).is_some(),
        Principal::Service(name) => return known_service(snapshot, name, entry),
        Principal::Federated(arn) if arn.starts_with("arn:") && !snapshot.has_provider(account, arn) => {
            return Err(invalid("FEDERATED", entry));
        }
        Principal::Federated(_) => true,
        // Ids are shown for principals that are gone; written back, they are refused.
        Principal::UniqueId(_) | Principal::CanonicalUser(_) => false,
    };
    if exists { Ok(None) } else { Err(invalid("AWS", entry)) }
}

/// AWS knows its own services; here a name below `amazonaws.com` is taken for one, and nobody can act as it until it is
/// registered. Any other name must be registered.
fn known_service(
    snapshot: &Snapshot,
    name: &str,
    entry: &PrincipalEntry,
) -> Result<Option<Binding>, Refusal> {
    let of_aws = [".amazonaws.com", ".amazonaws.com.cn"]
        .iter()
        .filter_map(|domain| name.strip_suffix(domain))
        .any(|host| host.split('.').all(is_label));
    if of_aws || snapshot.service(name).is_some() { Ok(None) } else { Err(invalid("SERVICE", entry)) }
}

fn is_label(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn binding(entry: &PrincipalEntry, id: crate::unique_id::UniqueId) -> Binding {
    Binding { arn: entry.text.as_str().into(), id }
}

fn invalid(kind: &'static str, entry: &PrincipalEntry) -> Refusal {
    Refusal::InvalidPrincipal { kind, principal: entry.text.clone() }
}

#[cfg(test)]
mod tests {
    use doorward_policy::PrincipalClause;

    use super::*;
    use crate::change::{roles, services, users};
    use crate::testing::*;

    /// What writing a trust policy with this principal answers, in a directory with the user and role `Bob`.
    fn check(principal: &str, expected: &str) {
        let directory = started();
        let answer = outcome(&directory, |draft| {
            add_user(draft, "Bob")?;
            services::register(draft, account(), "ci.example.internal")?;
            add_role(draft, "Bob", &open_trust())?;
            roles::update_trust(draft, account(), "bob", &trusting(principal))
        });
        assert_eq!(answer, expected, "{principal}");
    }

    #[test]
    fn every_principal_must_exist() {
        for principal in [
            r#""AWS":"*""#,
            r#""AWS":"123456789012""#,
            r#""AWS":"arn:aws:iam::123456789012:root""#,
            r#""AWS":["arn:aws:iam::123456789012:user/Bob","arn:aws:iam::123456789012:role/Bob"]"#,
            r#""AWS":"arn:aws:sts::123456789012:assumed-role/any/session""#,
            r#""Service":"ec2.amazonaws.com""#,
            r#""Service":["lambda.eu-west-1.amazonaws.com","ci.example.internal"]"#,
            r#""Federated":"accounts.google.com""#,
        ] {
            check(principal, "ok");
        }
        for (key, value) in [
            ("AWS", "210987654321"),
            ("AWS", "arn:aws:iam::210987654321:root"),
            ("AWS", "arn:aws:iam::210987654321:user/Bob"),
            ("AWS", "arn:aws:iam::123456789012:user/bob"),
            ("AWS", "arn:aws:iam::123456789012:user/x/Bob"),
            ("AWS", "arn:aws:iam::123456789012:role/none"),
            ("AWS", "AIDACKCEVSQ6C2EXAMPLE"),
            ("AWS", "arn:aws:sts::210987654321:assumed-role/any/session"),
            ("Service", "cd.example.internal"),
            ("Service", "evil.amazonaws.com.example"),
            ("Federated", "arn:aws:iam::123456789012:saml-provider/none"),
        ] {
            let shown = key.to_uppercase();
            let refused =
                format!("MalformedPolicyDocument: Invalid principal in policy: \"{shown}\":\"{value}\"");
            check(&format!(r#""{key}":"{value}""#), &refused);
        }
    }

    /// How a role that trusts the user `bob` reads back, and whom the judge sees in it.
    fn trusted(directory: &crate::Directory) -> (String, String) {
        let snapshot = directory.snapshot();
        let role = snapshot.role(account(), "ci").unwrap();
        let document = snapshot.trust(role).unwrap().document;
        let Some(PrincipalClause::Principal(entries)) = &document.document().statements[0].principal else {
            panic!()
        };
        let Principal::User { id: Some(id), .. } = &entries[0].principal else { panic!() };
        (snapshot.trust_text(role).unwrap(), id.clone())
    }

    #[test]
    fn principals_follow_renames_and_never_mean_another() {
        let directory = started();
        let written = trusting(r#""AWS" : "arn:aws:iam::123456789012:user/bob""#);
        let (bob, _) = directory
            .change(now(), |draft| {
                let bob = add_user(draft, "bob")?;
                add_role(draft, "ci", &written)?;
                Ok(bob)
            })
            .unwrap();
        assert_eq!(trusted(&directory), (written.clone(), bob.id.to_string()));

        let rename = users::UserUpdate { name: Some(name("robert")), path: Some(path("/staff/")) };
        directory.change(now(), |draft| users::update(draft, account(), "bob", &rename)).unwrap();
        let renamed = written.replace("user/bob", "user/staff/robert");
        assert_eq!(trusted(&directory), (renamed, bob.id.to_string()));

        // Someone else of the old name, in whose place the old one's trust must not be.
        directory
            .change(now(), |draft| {
                users::delete(draft, account(), "robert")?;
                add_user(draft, "bob")
            })
            .unwrap();
        let orphaned = written.replace("arn:aws:iam::123456789012:user/bob", bob.id.as_str());
        assert_eq!(trusted(&directory), (orphaned.clone(), bob.id.to_string()));

        // What was read back cannot be written back: the id is nobody's.
        let refused = outcome(&directory, |draft| roles::update_trust(draft, account(), "ci", &orphaned));
        let expected =
            format!("MalformedPolicyDocument: Invalid principal in policy: \"AWS\":\"{}\"", bob.id);
        assert_eq!(refused, expected);
    }

    #[test]
    fn accounts_read_back_as_root_arns() {
        let directory = started();
        directory.change(now(), |draft| add_role(draft, "ci", &trusting(r#""AWS":"123456789012""#))).unwrap();
        let snapshot = directory.snapshot();
        let text = snapshot.trust_text(snapshot.role(account(), "ci").unwrap()).unwrap();
        assert_eq!(text, trusting(r#""AWS":"arn:aws:iam::123456789012:root""#));
    }

    #[test]
    fn shared_providers_must_be_narrowed() {
        let refused = outcome(&started(), |draft| {
            add_role(draft, "ci", &trusting(r#""Federated":"cognito-identity.amazonaws.com""#))
        });
        assert!(refused.starts_with("MalformedPolicyDocument: "), "{refused}");
    }
}

//! Who asks, from one word.

use doorward_policy::principal::PrincipalKey;
use doorward_policy::request::{FederationIssuer, Requester, SessionOrigin};
use doorward_policy::{AccountId, Arn, Principal};

use super::bad_input::BadInput;

/// What there is to say of who asks.
#[derive(Debug, Default)]
pub struct Words<'a> {
    /// An ARN, a service, or `anonymous`.
    pub principal: &'a str,
    /// The unique id of the user or role.
    pub id: Option<&'a str>,
    /// The name of the session, where the principal is a role.
    pub session_name: Option<&'a str>,
    /// The ARN of a federated user's issuer.
    pub issuer: Option<&'a str>,
}

const RULE: &str = "must be the ARN of a user, root user, role, role session, federated user or identity provider, a \
                    service such as `ec2.amazonaws.com`, or `anonymous`";

/// The requester that is meant. An id that is not given is the empty text.
///
/// # Errors
/// [`BadInput::Value`] for a word that names nobody, and for one that goes with another principal.
pub fn requester(words: &Words<'_>) -> Result<Requester, BadInput> {
    let unknown = || BadInput::value("principal", words.principal, RULE);
    if words.principal == "anonymous" {
        return checked(words, Requester::Anonymous);
    }
    let keys = [PrincipalKey::Federated, PrincipalKey::Service, PrincipalKey::Aws];
    let parse = |key| Principal::parse(key, words.principal);
    let principal = keys.into_iter().find_map(parse).ok_or_else(unknown)?;
    let requester = match principal {
        Principal::Service(name) => Requester::Service { names: vec![name], account: None },
        Principal::Federated(provider) => Requester::Federated { provider },
        Principal::Account(account) if words.principal.ends_with(":root") => Requester::Root { account },
        Principal::User { arn, .. } => {
            let (account, path, name) = entity(&arn, "user").ok_or_else(unknown)?;
            Requester::User { account, id: words.id.unwrap_or_default().to_owned(), path, name }
        }
        Principal::Role { arn, .. } => {
            let (account, path, name) = entity(&arn, "role").ok_or_else(unknown)?;
            session(words, account, (path, name), words.session_name.unwrap_or("session"))
        }
        Principal::AssumedRole { account, role, session: name } => {
            session(words, account, ("/".to_owned(), role), &name)
        }
        Principal::FederatedUser { account, name } => {
            Requester::FederatedUser { account, name, issuer: issuer(words, account)? }
        }
        Principal::Anyone | Principal::Account(_) | Principal::UniqueId(_) | Principal::CanonicalUser(_) => {
            return Err(unknown());
        }
    };
    checked(words, requester)
}

fn session(
    words: &Words<'_>,
    account: AccountId,
    (role_path, role_name): (String, String),
    name: &str,
) -> Requester {
    Requester::RoleSession {
        account,
        role_id: words.id.unwrap_or_default().to_owned(),
        role_path,
        role_name,
        session_name: name.to_owned(),
        origin: SessionOrigin::AssumeRole,
    }
}

/// The account, the path and the name in `arn:aws:iam::ACCOUNT:KIND/PATH/NAME`.
fn entity(arn: &Arn, kind: &str) -> Option<(AccountId, String, String)> {
    let path_and_name = arn.resource().strip_prefix(kind)?;
    let (path, name) = path_and_name.split_at(path_and_name.rfind('/')? + 1);
    Some((arn.account().parse().ok()?, path.to_owned(), name.to_owned()))
}

fn issuer(words: &Words<'_>, account: AccountId) -> Result<FederationIssuer, BadInput> {
    let rule =
        "a federated user needs the ARN of the user or root user of its account that asked for the session";
    let given = words.issuer.unwrap_or_default();
    let refused = || BadInput::value("issuer", given, rule);
    match Principal::parse(PrincipalKey::Aws, given) {
        Some(Principal::Account(other)) if other == account && given.ends_with(":root") => {
            Ok(FederationIssuer::Root)
        }
        Some(Principal::User { arn, .. }) => {
            let (other, path, name) = entity(&arn, "user").ok_or_else(refused)?;
            if other != account {
                return Err(refused());
            }
            Ok(FederationIssuer::User { id: words.id.unwrap_or_default().to_owned(), path, name })
        }
        Some(_) | None => Err(refused()),
    }
}

/// Refuses words that go with another kind of principal.
fn checked(words: &Words<'_>, requester: Requester) -> Result<Requester, BadInput> {
    let (takes_id, takes_issuer) = match &requester {
        Requester::User { .. } | Requester::RoleSession { .. } => (true, false),
        Requester::FederatedUser { .. } => (true, true),
        Requester::Anonymous
        | Requester::Root { .. }
        | Requester::Service { .. }
        | Requester::Federated { .. } => (false, false),
    };
    let is_role = words.principal.contains(":role/");
    for (field, given, fits) in [
        ("principal-id", words.id, takes_id),
        ("issuer", words.issuer, takes_issuer),
        ("session-name", words.session_name, is_role),
    ] {
        if let Some(value) = given.filter(|_| !fits) {
            let rule = format!("does not go with principal `{}`", words.principal);
            return Err(BadInput::value(field, value, rule));
        }
    }
    Ok(requester)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &Words<'_>, expected: Result<&str, &str>) {
        let actual =
            requester(words).map(|requester| format!("{requester:?}")).map_err(|bad| bad.to_string());
        match (&actual, expected) {
            (Ok(actual), Ok(part)) => assert!(actual.contains(part), "{words:?}: {actual}"),
            (Err(actual), Err(part)) => assert!(actual.contains(part), "{words:?}: {actual}"),
            (Ok(_) | Err(_), _) => panic!("{words:?}: {actual:?}"),
        }
    }

    #[test]
    fn every_kind_of_principal() {
        for (principal, expected) in [
            ("anonymous", Ok("Anonymous")),
            ("ec2.amazonaws.com", Ok(r#"Service { names: ["ec2.amazonaws.com"], account: None }"#)),
            ("accounts.google.com", Ok("Federated")),
            ("arn:aws:iam::111122223333:saml-provider/idp", Ok("Federated")),
            ("arn:aws:iam::111122223333:root", Ok("Root { account: 111122223333 }")),
            ("arn:aws:iam::111122223333:user/a/b/ana", Ok(r#"path: "/a/b/", name: "ana""#)),
            (
                "arn:aws:iam::111122223333:role/a/Dev",
                Ok(r#"role_path: "/a/", role_name: "Dev", session_name: "session""#),
            ),
            (
                "arn:aws:sts::111122223333:assumed-role/Dev/i-1",
                Ok(r#"role_path: "/", role_name: "Dev", session_name: "i-1""#),
            ),
            ("arn:aws:sts::111122223333:federated-user/fay", Err("issuer ``: a federated user needs")),
            ("111122223333", Err("principal `111122223333`: must be")),
            ("*", Err("must be")),
            ("ana", Err("must be")),
        ] {
            check(&Words { principal, ..Words::default() }, expected);
        }
    }

    #[test]
    fn words_go_with_their_principal() {
        let user = "arn:aws:iam::111122223333:user/ana";
        let federated = "arn:aws:sts::111122223333:federated-user/fay";
        check(&Words { principal: user, id: Some("AIDAX"), ..Words::default() }, Ok(r#"id: "AIDAX""#));
        check(
            &Words { principal: user, session_name: Some("x"), ..Words::default() },
            Err("session-name `x`: does not go with principal"),
        );
        check(
            &Words { principal: "anonymous", id: Some("AIDAX"), ..Words::default() },
            Err("principal-id `AIDAX`: does not go with principal `anonymous`"),
        );
        check(&Words { principal: federated, issuer: Some(user), ..Words::default() }, Ok("issuer: User"));
        let elsewhere = "arn:aws:iam::222222222222:root";
        check(
            &Words { principal: federated, issuer: Some(elsewhere), ..Words::default() },
            Err("of its account"),
        );
    }
}

//! Random requests, and requests that differ from others in one respect.

use doorward_policy::AccountId;
use doorward_policy::request::{
    Context, ContextValue, FederationIssuer, Request, Requester, Resource, SessionOrigin,
};

use super::Dice;
use super::patterns::widen;
use super::values::{PREFIXES, value};
use super::words::{
    ACCOUNTS, ACTIONS, ARNS, FREE_ACTIONS, KEYS, NAMES, PROVIDERS, ROLE_IDS, SERVICES, SEVERAL, Type,
    USER_IDS,
};

/// A random request. Its context starts from [`Requester::context`].
#[must_use]
pub fn request(dice: &mut Dice) -> Request {
    let requester = requester(dice);
    let action = if dice.percent(2) { *dice.pick(&FREE_ACTIONS) } else { *dice.pick(&ACTIONS) };
    let arn = arn(dice, action);
    let account = owner(dice, &requester, &arn);
    let context = context(dice, &requester);
    Request { requester, action: action.to_owned(), resource: Resource { arn, account }, context }
}

/// The account of the resource: the requester's mostly, or the one that the ARN names, or another, or none.
fn owner(dice: &mut Dice, requester: &Requester, arn: &str) -> Option<AccountId> {
    let named = arn.split(':').nth(4).and_then(|field| field.parse().ok());
    match dice.below(20) {
        0 => None,
        1..5 => Some(named.unwrap_or_else(|| account(dice))),
        _ => requester.account().or(named),
    }
}

/// A resource, more often than not one of the action's service.
fn arn(dice: &mut Dice, action: &str) -> String {
    let service = action.split(':').next().unwrap_or("").to_lowercase();
    let wanted = if service == "sts" { "iam" } else { &service };
    let fits = |arn: &str| arn.split(':').nth(2) == Some(wanted);
    let mut arn = *dice.pick(&ARNS);
    for _ in 0..dice.below(24) {
        if fits(arn) {
            break;
        }
        arn = *dice.pick(&ARNS);
    }
    arn.to_owned()
}

fn account(dice: &mut Dice) -> AccountId {
    #[expect(clippy::expect_used, reason = "the constants are twelve digits each")]
    dice.pick(&ACCOUNTS).parse().expect("the accounts are valid")
}

fn requester(dice: &mut Dice) -> Requester {
    let account = account(dice);
    let name = |dice: &mut Dice| (*dice.pick(&NAMES)).to_owned();
    match dice.below(24) {
        0 => Requester::Anonymous,
        1 | 2 => Requester::Root { account },
        3..=9 => {
            let (id, path) = user(dice);
            Requester::User { account, id, path, name: name(dice) }
        }
        10..=15 => {
            let paths =
                ["/", "/", "/", "/team/", "/aws-service-role/x.amazonaws.com/", "/aws-service-roles/"];
            Requester::RoleSession {
                account,
                role_id: (*dice.pick(&ROLE_IDS)).to_owned(),
                role_path: (*dice.pick(&paths)).to_owned(),
                role_name: (*dice.pick(&["Dev", "Dev", "bob"])).to_owned(),
                session_name: name(dice),
                origin: origin(dice),
            }
        }
        16..=19 => Requester::FederatedUser { account, name: name(dice), issuer: issuer(dice) },
        20 | 21 => Requester::Service {
            names: dice.some(1, 2, |dice| (*dice.pick(&SERVICES)).to_owned()),
            account: dice.percent(30).then_some(account),
        },
        _ => Requester::Federated { provider: (*dice.pick(&PROVIDERS)).to_owned() },
    }
}

fn user(dice: &mut Dice) -> (String, String) {
    ((*dice.pick(&USER_IDS)).to_owned(), (*dice.pick(&["/", "/", "/team/"])).to_owned())
}

fn origin(dice: &mut Dice) -> SessionOrigin {
    if dice.percent(45) {
        SessionOrigin::Provider((*dice.pick(&PROVIDERS)).to_owned())
    } else {
        SessionOrigin::AssumeRole
    }
}

fn issuer(dice: &mut Dice) -> FederationIssuer {
    if dice.percent(25) {
        return FederationIssuer::Root;
    }
    // A policy seldom names a session's issuer: mostly it is the user that policies name most.
    if dice.percent(60) {
        let id = USER_IDS.first().copied().unwrap_or_default().to_owned();
        return FederationIssuer::User { id, path: "/".to_owned(), name: "alice".to_owned() };
    }
    let (id, path) = user(dice);
    FederationIssuer::User { id, path, name: (*dice.pick(&NAMES)).to_owned() }
}

fn context(dice: &mut Dice, requester: &Requester) -> Context {
    let mut context = requester.context();
    for place in 0..KEYS.len() {
        if dice.percent(50) {
            set(dice, &mut context, place);
        }
    }
    context
}

/// Gives a key a value, several, none, or takes it away.
fn set(dice: &mut Dice, context: &mut Context, place: usize) {
    let Some(&(key, kind)) = KEYS.get(place) else { return };
    match dice.below(20) {
        0 => context.remove(key),
        _ if SEVERAL.contains(&key) || dice.percent(7) => {
            context.insert(key, ContextValue::Multiple(dice.some(0, 3, |dice| one(dice, key, kind))));
        }
        _ => context.insert(key, ContextValue::Single(one(dice, key, kind))),
    }
}

fn one(dice: &mut Dice, key: &str, kind: Type) -> String {
    if key == "s3:prefix" && dice.percent(50) {
        return (*dice.pick(&PREFIXES)).to_owned();
    }
    // What tags say must stand in resources now and then.
    if key.ends_with("/team") && dice.percent(50) {
        return (*dice.pick(&NAMES)).to_owned();
    }
    value(dice, kind)
}

/// A request that differs from another in one respect, or in none.
#[must_use]
pub fn variant(dice: &mut Dice, of: &Request) -> Request {
    let mut request = of.clone();
    match dice.below(13) {
        0 => {}
        1 | 2 => retag(dice, &mut request.context),
        3 | 4 => {
            let place = dice.below(KEYS.len());
            set(dice, &mut request.context, place);
        }
        5 => request.context = respelled(&request.context),
        6 => request.action = recased(dice, &request.action),
        7 => request.action = (*dice.pick(&ACTIONS)).to_owned(),
        8 => request.resource.arn = arn(dice, &request.action),
        // What policies write as a pattern may well be the name of a resource.
        9 => request.resource.arn = widen(dice, &request.resource.arn),
        10 => request.resource.account = owner(dice, &request.requester, &request.resource.arn),
        _ => become_another(dice, &mut request),
    }
    request
}

/// Changes the principal's tags and nothing else.
fn retag(dice: &mut Dice, context: &mut Context) {
    let tags: Vec<usize> =
        (0..KEYS.len()).filter(|place| KEYS.get(*place).is_some_and(|(key, _)| is_tag(key))).collect();
    let place = *dice.pick(&tags);
    set(dice, context, place);
}

fn is_tag(key: &str) -> bool {
    key.to_lowercase().starts_with("aws:principaltag/")
}

/// The same keys, written in capitals.
fn respelled(context: &Context) -> Context {
    let mut other = Context::default();
    for (key, value) in context.iter() {
        other.insert(&key.to_uppercase(), value.clone());
    }
    other
}

fn recased(dice: &mut Dice, action: &str) -> String {
    match dice.below(3) {
        0 => action.to_lowercase(),
        1 => action.to_ascii_uppercase(),
        _ => action.chars().map(|c| if dice.percent(50) { c.to_ascii_uppercase() } else { c }).collect(),
    }
}

/// Someone else asks the same: the same one in one respect, or anyone. The keys that say who asks follow.
fn become_another(dice: &mut Dice, request: &mut Request) {
    let name = (*dice.pick(&NAMES)).to_owned();
    let mut other = request.requester.clone();
    match &mut other {
        Requester::User { id, path, name: own, .. } => match dice.below(3) {
            0 => *own = name,
            _ => (*id, *path) = user(dice),
        },
        Requester::RoleSession { role_id, role_path, session_name, origin: own, .. } => match dice.below(4) {
            0 => *session_name = name,
            1 => *own = origin(dice),
            2 => *role_id = (*dice.pick(&ROLE_IDS)).to_owned(),
            _ => *role_path = (*dice.pick(&["/", "/team/", "/aws-service-role/x.amazonaws.com/"])).to_owned(),
        },
        Requester::FederatedUser { name: own, issuer: from, .. } => match dice.below(2) {
            0 => *own = name,
            _ => *from = issuer(dice),
        },
        Requester::Service { account: own, .. } => *own = dice.percent(50).then(|| account(dice)),
        Requester::Federated { provider } => *provider = (*dice.pick(&PROVIDERS)).to_owned(),
        Requester::Anonymous | Requester::Root { .. } => other = requester(dice),
    }
    if dice.percent(25) {
        other = requester(dice);
    }
    for (key, _) in request.requester.context().iter() {
        request.context.remove(key);
    }
    request.context.extend(other.context());
    request.requester = other;
}

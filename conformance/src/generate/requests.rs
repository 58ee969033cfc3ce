//! Random requests.

use doorward_policy::AccountId;
use doorward_policy::request::{
    Context, ContextValue, FederationIssuer, Request, Requester, Resource, SessionOrigin,
};

use super::Dice;
use super::words::{
    ACCOUNTS, ACTIONS, ARNS, FREE_ACTIONS, KEYS, NAMES, PREFIXES, PROVIDERS, ROLE_IDS, SERVICES, USER_IDS,
    values,
};

/// A random request. Its context starts from [`Requester::context`].
#[must_use]
pub fn request(dice: &mut Dice) -> Request {
    let requester = requester(dice);
    let action = if dice.percent(2) { *dice.pick(&FREE_ACTIONS) } else { *dice.pick(&ACTIONS) };
    let arn = arn(dice, action);
    let owner = arn.split(':').nth(4).and_then(|field| field.parse().ok());
    let account = match dice.below(20) {
        0 => None,
        1..5 => Some(owner.unwrap_or_else(|| account(dice))),
        _ => requester.account().or(owner),
    };
    let context = context(dice, &requester);
    Request { requester, action: action.to_owned(), resource: Resource { arn, account }, context }
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
    match dice.below(20) {
        0 => Requester::Anonymous,
        1 | 2 => Requester::Root { account },
        3..=8 => {
            let (id, path) = user(dice);
            Requester::User { account, id, path, name: name(dice) }
        }
        9..=13 => Requester::RoleSession {
            account,
            role_id: (*dice.pick(&ROLE_IDS)).to_owned(),
            role_path: (*dice.pick(&["/", "/", "/team/", "/aws-service-role/x.amazonaws.com/"])).to_owned(),
            role_name: (*dice.pick(&["Dev", "Dev", "bob"])).to_owned(),
            session_name: name(dice),
            origin: origin(dice),
        },
        14..=16 => Requester::FederatedUser { account, name: name(dice), issuer: issuer(dice) },
        17 | 18 => Requester::Service {
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
    if dice.percent(40) {
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
    if dice.percent(70) {
        let id = USER_IDS.first().copied().unwrap_or_default().to_owned();
        return FederationIssuer::User { id, path: "/".to_owned(), name: "alice".to_owned() };
    }
    let (id, path) = user(dice);
    FederationIssuer::User { id, path, name: (*dice.pick(&NAMES)).to_owned() }
}

fn context(dice: &mut Dice, requester: &Requester) -> Context {
    let mut context = requester.context();
    for (key, kind) in KEYS {
        if dice.percent(50) {
            continue;
        }
        let one = |dice: &mut Dice| {
            let list = if key == "s3:prefix" && dice.percent(50) { &PREFIXES[..] } else { values(kind) };
            (*dice.pick(list)).to_owned()
        };
        let several = key == "aws:TagKeys" || dice.percent(7);
        match dice.below(20) {
            0 => context.remove(key),
            _ if several => context.insert(key, ContextValue::Multiple(dice.some(0, 3, one))),
            _ => context.insert(key, ContextValue::Single(one(dice))),
        }
    }
    context
}

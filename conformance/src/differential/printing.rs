//! Random cases as they stand in files, and back.

use doorward_policy::explain::{Claim, Decision, Grant, Layer};
use doorward_policy::request::{
    Attachments, Choices, Context, ContextValue, FederationIssuer, Request, Requester, SessionOrigin,
};
use doorward_spec::Judgement;
use serde_json::{Map, Value, json};

use crate::cases::{self, Case};

/// The case of generated policies and a request.
pub(super) fn case(members: &Map<String, Value>, request: &Request) -> Value {
    let resource = &request.resource;
    let mut case = blank(0);
    let mut put = |name: &str, value: Value| case.insert(name.to_owned(), value);
    put("requester", requester(&request.requester));
    put("action", json!(request.action));
    put("resource", json!({"arn": resource.arn, "account": resource.account.map(|id| id.to_string())}));
    put("context", context(&request.context, &request.requester.context()));
    case.extend(members.clone());
    case.into()
}

/// What a case has besides its question.
fn blank(index: usize) -> Map<String, Value> {
    let page = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html";
    [
        ("id", json!(if index == 0 { "random".to_owned() } else { format!("random-{index}") })),
        ("title", json!("engine and model agree")),
        ("rule", json!("random")),
        ("source", json!(page)),
        ("confidence", json!("D")),
        ("expect", json!({"decision": "implicit_deny", "layer": "identity"})),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

/// The members of a case that questions about the same policies do not share.
const OF_A_QUESTION: [&str; 4] = ["requester", "action", "resource", "context"];

/// Questions about the same policies: the members that they share, and under `questions` each one's own.
pub(super) fn questions(members: &Map<String, Value>, requests: &[Request]) -> Value {
    let own = |request: &Request| {
        let mut case = case(&Map::new(), request);
        if let Some(case) = case.as_object_mut() {
            case.retain(|name, _| OF_A_QUESTION.contains(&&**name));
        }
        case
    };
    let mut shared = members.clone();
    shared.insert("questions".to_owned(), requests.iter().map(own).collect());
    shared.into()
}

/// The cases that [`questions`] stand for, in order.
pub(super) fn cases(questions: &Value) -> Vec<Value> {
    let mut shared = questions.as_object().cloned().unwrap_or_default();
    let own = shared.remove("questions").unwrap_or_default();
    let case = |(index, question): (usize, &Value)| {
        let mut case = blank(index);
        case.extend(shared.clone());
        case.extend(question.as_object().cloned().unwrap_or_default());
        case.into()
    };
    own.as_array().into_iter().flatten().enumerate().map(case).collect()
}

/// The case that a value stands for; `None` where it is none.
pub(super) fn read(case: &Value) -> Option<Case> {
    cases::parse(&json!({"cases": [case]}).to_string()).ok()?.pop()
}

/// The policies and choices among generated members.
pub(super) fn policies(members: &Map<String, Value>) -> (Attachments, Choices) {
    let request = Request {
        requester: Requester::Anonymous,
        action: String::new(),
        resource: doorward_policy::request::Resource { arn: String::new(), account: None },
        context: Context::default(),
    };
    #[expect(clippy::expect_used, reason = "what cannot be read must not pass for what agrees")]
    let case = read(&case(members, &request)).expect("generated policies are cases");
    (case.policies, case.choices)
}

fn requester(requester: &Requester) -> Value {
    match requester {
        Requester::Anonymous => json!("anonymous"),
        Requester::Root { account } => json!({"root": {"account": account.to_string()}}),
        Requester::User { account, id, path, name } => {
            json!({"user": {"account": account.to_string(), "id": id, "path": path, "name": name}})
        }
        Requester::RoleSession { account, role_id, role_path, role_name, session_name, origin } => {
            let provider = match origin {
                SessionOrigin::AssumeRole => None,
                SessionOrigin::Provider(provider) => Some(provider),
            };
            json!({"role_session": {
                "account": account.to_string(), "role_id": role_id, "role_path": role_path, "role_name": role_name,
                "session_name": session_name, "provider": provider,
            }})
        }
        Requester::FederatedUser { account, name, issuer } => {
            let issuer = match issuer {
                FederationIssuer::Root => json!("root"),
                FederationIssuer::User { id, path, name } => {
                    json!({"user": {"id": id, "path": path, "name": name}})
                }
            };
            json!({"federated_user": {"account": account.to_string(), "name": name, "issuer": issuer}})
        }
        Requester::Service { names, account } => {
            json!({"service": {"names": names, "account": account.map(|account| account.to_string())}})
        }
        Requester::Federated { provider } => json!({"federated": {"provider": provider}}),
    }
}

/// The keys that the requester alone does not explain; `null` for those of its own that are missing.
fn context(context: &Context, own: &Context) -> Value {
    let missing = own.iter().filter(|(key, _)| context.value(&key.to_lowercase()).is_none());
    let missing = missing.map(|(key, _)| (key.to_owned(), Value::Null));
    let further = context.iter().filter(|(key, value)| own.value(&key.to_lowercase()) != Some(*value));
    let further = further.map(|(key, value)| {
        let value = match value {
            ContextValue::Single(value) => json!(value),
            ContextValue::Multiple(values) => json!(values),
        };
        (key.to_owned(), value)
    });
    Value::Object(missing.chain(further).collect())
}

/// What a judgement says, as cases expect it.
pub(super) fn expect(judgement: &Judgement) -> Value {
    let mut matched = Vec::new();
    for (place, check) in judgement.checks.iter().enumerate() {
        let level = judgement.checks.iter().take(place).filter(|other| other.layer == check.layer).count();
        matched.extend(check.matched.iter().map(|statement| {
            let mut members = json!({
                "layer": layer(check.layer), "level": level,
                "policy": statement.policy, "statement": statement.statement,
            });
            if let (Some(named), Some(members)) = (statement.claim(), members.as_object_mut()) {
                members.insert("claim".to_owned(), json!(claim(named)));
            }
            members
        }));
    }
    let mut expected = match judgement.decision {
        Decision::Allow(grant) => {
            let grant = match grant {
                Grant::Always => json!("always"),
                Grant::Root => json!("root"),
                Grant::Identity => json!("identity"),
                Grant::Resource(named) => json!({"resource": claim(named)}),
                Grant::Both(named) => json!({"both": claim(named)}),
            };
            json!({"decision": "allow", "grant": grant})
        }
        Decision::ImplicitDeny(from) => json!({"decision": "implicit_deny", "layer": layer(from)}),
        Decision::ExplicitDeny(from) => json!({"decision": "explicit_deny", "layer": layer(from)}),
    };
    if let Some(members) = expected.as_object_mut() {
        members.insert("matched".to_owned(), matched.into());
    }
    expected
}

const fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::Account => "account",
        Claim::Role => "role",
        Claim::Provider => "provider",
        Claim::Service => "service",
        Claim::IssuingUser => "issuing_user",
        Claim::User => "user",
        Claim::Everyone => "everyone",
        Claim::Session => "session",
    }
}

const fn layer(layer: Layer) -> &'static str {
    match layer {
        Layer::ResourceControl => "resource_control",
        Layer::ServiceControl => "service_control",
        Layer::Endpoint => "endpoint",
        Layer::Resource => "resource",
        Layer::Trust => "trust",
        Layer::Identity => "identity",
        Layer::Boundary => "boundary",
        Layer::Session => "session",
    }
}

//! The question: from arguments, or from the members of a request file.

use std::collections::BTreeMap;
use std::sync::Arc;

use doorward_policy::request::{
    Attached, Attachments, Choices, Context, ContextValue, Guardrails, Level, Request, Requester, Resource,
    Source,
};
use doorward_policy::{AccountId, Document, Kind};

use super::bad_input::BadInput;
use super::principal::{self, Words};
use super::text_at;
use crate::arguments::Explain;

/// A question, and what its policies read like.
pub struct Question {
    /// Who asks, for what, on what.
    pub request: Request,
    /// Under which policies.
    pub policies: Attachments,
    /// How what AWS leaves open is read: closed.
    pub choices: Choices,
    /// The texts of the policies.
    pub texts: Texts,
}

/// The texts of policies by the places that they come from: files, or members of a file.
#[derive(Debug, Default)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// The text that comes from this place.
    #[must_use]
    pub fn of(&self, place: &str) -> Option<&str> {
        self.0.get(place).map(String::as_str)
    }

    /// Reads a policy and keeps its text.
    ///
    /// # Errors
    /// [`BadInput::Policy`] for one that breaks the grammar of its kind.
    pub fn policy(&mut self, place: &str, text: String, kind: Kind, of: &str) -> Result<Attached, BadInput> {
        let document = Document::parse(&text, kind).map_err(|malformed| BadInput::Policy {
            place: place.to_owned(),
            text: text.clone(),
            malformed,
        })?;
        self.0.insert(place.to_owned(), text);
        let source = Source { name: place.to_owned(), arn: None, attached_to: of.to_owned() };
        Ok(Attached { document: Arc::new(document), source })
    }
}

/// A request as it is put together.
pub struct Draft<'a> {
    /// Who asks.
    pub who: Words<'a>,
    /// What for.
    pub action: &'a str,
    /// On what; every resource where it is not said.
    pub resource: Option<&'a str>,
    /// Whose that is.
    pub resource_account: Option<&'a str>,
    /// Keys over those that follow from the requester.
    pub context: Vec<(String, ContextValue)>,
}

impl Draft<'_> {
    /// The request that is meant.
    ///
    /// # Errors
    /// [`BadInput::Value`] for the first value that breaks its rule.
    pub fn request(self) -> Result<Request, BadInput> {
        let requester = principal::requester(&self.who)?;
        if !self.action.split_once(':').is_some_and(|(service, name)| !service.is_empty() && !name.is_empty())
        {
            return Err(BadInput::value("action", self.action, "must read `service:Name`"));
        }
        let arn = self.resource.unwrap_or("*");
        let fields: Vec<&str> = arn.splitn(6, ':').collect();
        if arn != "*" && (fields.len() < 6 || fields.first() != Some(&"arn")) {
            return Err(BadInput::value("resource", arn, "must be an ARN of six fields, or `*`"));
        }
        let stated = self.resource_account.map(|id| account("resource-account", id)).transpose()?;
        let in_arn = fields.get(4).and_then(|field| field.parse().ok());
        let account = stated.or(in_arn).or(requester.account());
        let mut context = own_context(&requester, self.who.id);
        if let Some(account) = account {
            context.put("aws:ResourceAccount", &account.to_string());
        }
        for (key, value) in self.context {
            context.insert(&key, value);
        }
        let resource = Resource { arn: arn.to_owned(), account };
        Ok(Request { requester, action: self.action.to_owned(), resource, context })
    }
}

/// The keys that follow from the requester. What would be made of an id that was not given is missing.
fn own_context(requester: &Requester, id: Option<&str>) -> Context {
    let mut context = requester.context();
    if id.is_none() && matches!(requester, Requester::User { .. } | Requester::RoleSession { .. }) {
        context.remove("aws:userid");
    }
    context
}

/// The account with this id.
///
/// # Errors
/// [`BadInput::Value`] for what is no id.
pub fn account(field: &str, id: &str) -> Result<AccountId, BadInput> {
    id.parse().map_err(|_| BadInput::value(field, id, "must be twelve decimal digits"))
}

/// The management account where none is given: one that binds nothing here.
///
/// # Errors
/// [`BadInput::Value`] for what is no id.
pub fn management_account(id: Option<&str>) -> Result<AccountId, BadInput> {
    account("management-account", id.unwrap_or("000000000000"))
}

/// The question that the arguments put.
///
/// # Errors
/// [`BadInput`], for the first argument that breaks its rule.
pub fn of_arguments(options: &Explain) -> Result<Question, BadInput> {
    let draft = Draft {
        who: Words {
            principal: options.principal.as_deref().unwrap_or_default(),
            id: options.principal_id.as_deref(),
            session_name: options.session_name.as_deref(),
            issuer: options.issuer.as_deref(),
        },
        action: options.action.as_deref().unwrap_or_default(),
        resource: options.resource.as_deref(),
        resource_account: options.resource_account.as_deref(),
        context: context(&options.context)?,
    };
    let request = draft.request()?;
    let mut texts = Texts::default();
    let policies = policies(options, &request, &mut texts)?;
    Ok(Question { request, policies, choices: Choices::default(), texts })
}

fn policies(options: &Explain, request: &Request, texts: &mut Texts) -> Result<Attachments, BadInput> {
    let management = management_account(options.management_account.as_deref())?;
    let (who, resource) = (who(&request.requester), request.resource.arn.clone());
    let mut read = |place: &String, kind, of: &str| texts.policy(place, text_at(place)?, kind, of);
    let mut list = |places: &[String], kind| {
        places.iter().map(|place| read(place, kind, &who)).collect::<Result<Vec<_>, _>>()
    };
    let (identity, session) = (list(&options.policy, Kind::Inline)?, list(&options.session, Kind::Session)?);
    let mut one = |place: &Option<String>, kind, of: &str| {
        place.as_ref().map(|place| read(place, kind, of)).transpose()
    };
    Ok(Attachments {
        identity,
        session: (!session.is_empty()).then_some(session),
        boundary: one(&options.boundary, Kind::Managed, &who)?,
        endpoint: one(&options.endpoint, Kind::Endpoint, "VPC endpoint")?,
        resource: match one(&options.resource_policy, Kind::Resource, &resource)? {
            Some(policy) => Some(policy),
            None => one(&options.trust, Kind::Trust, &resource)?,
        },
        service_control: rails("scp", &options.scp, Kind::ServiceControl, management, &mut read)?,
        resource_control: rails("rcp", &options.rcp, Kind::ResourceControl, management, &mut read)?,
    })
}

/// What to call a requester.
pub fn who(requester: &Requester) -> String {
    match requester {
        Requester::Anonymous => "anonymous".to_owned(),
        Requester::Service { names, .. } => names.join(", "),
        Requester::Federated { provider } => provider.clone(),
        Requester::Root { .. }
        | Requester::User { .. }
        | Requester::RoleSession { .. }
        | Requester::FederatedUser { .. } => requester.principal_arn().unwrap_or_default(),
    }
}

/// `NODE=FILE`, again and again: the nodes in the order in which each first comes up.
fn rails(
    field: &str,
    words: &[String],
    kind: Kind,
    management_account: AccountId,
    read: &mut impl FnMut(&String, Kind, &str) -> Result<Attached, BadInput>,
) -> Result<Option<Guardrails>, BadInput> {
    let mut levels: Vec<Level> = Vec::new();
    for word in words {
        let Some((target, file)) = word.split_once('=') else {
            return Err(BadInput::value(field, word, "must read `NODE=FILE`, as `r-1=full.json`"));
        };
        let policy = read(&file.to_owned(), kind, target)?;
        match levels.iter_mut().find(|level| level.target == target) {
            Some(level) => level.policies.push(policy),
            None => levels.push(Level { target: target.to_owned(), policies: vec![policy] }),
        }
    }
    Ok((!levels.is_empty()).then_some(Guardrails { management_account, levels }))
}

/// `KEY=VALUE`, again and again. A key that comes up more than once has several values.
fn context(words: &[String]) -> Result<Vec<(String, ContextValue)>, BadInput> {
    let mut all: Vec<(String, ContextValue)> = Vec::new();
    for word in words {
        let Some((key, value)) = word.split_once('=').filter(|(key, _)| key.contains(':')) else {
            return Err(BadInput::value(
                "context",
                word,
                "must read `KEY=VALUE`, as `aws:SourceIp=192.0.2.7`",
            ));
        };
        match all.iter_mut().find(|(other, _)| other.eq_ignore_ascii_case(key)) {
            None => all.push((key.to_owned(), ContextValue::Single(value.to_owned()))),
            Some((_, ContextValue::Multiple(values))) => values.push(value.to_owned()),
            Some((_, one @ ContextValue::Single(_))) => {
                let first = std::mem::replace(one, ContextValue::Multiple(Vec::new()));
                if let (ContextValue::Single(first), ContextValue::Multiple(values)) = (first, one) {
                    values.extend([first, value.to_owned()]);
                }
            }
        }
    }
    Ok(all)
}

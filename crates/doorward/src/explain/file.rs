//! A question in a file.

use std::collections::BTreeMap;

use doorward_policy::Kind;
use doorward_policy::request::{Attached, Attachments, Choices, ContextValue, Guardrails, Level, Request};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::bad_input::BadInput;
use super::principal::Words;
use super::question::{Draft, Question, Texts, management_account, who};

/// The members of the file's object.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct File<'a> {
    principal: String,
    principal_id: Option<String>,
    session_name: Option<String>,
    issuer: Option<String>,
    action: String,
    resource: Option<String>,
    resource_account: Option<String>,
    management_account: Option<String>,
    #[serde(default)]
    context: BTreeMap<String, ContextText>,
    #[serde(default, borrow)]
    identity_policies: Vec<&'a RawValue>,
    #[serde(borrow)]
    permissions_boundary: Option<&'a RawValue>,
    #[serde(borrow)]
    session_policies: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    service_control_policies: Option<Vec<LevelText<'a>>>,
    #[serde(borrow)]
    resource_control_policies: Option<Vec<LevelText<'a>>>,
    #[serde(borrow)]
    endpoint_policy: Option<&'a RawValue>,
    #[serde(borrow)]
    resource_policy: Option<&'a RawValue>,
    #[serde(borrow)]
    trust_policy: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelText<'a> {
    target: String,
    #[serde(borrow)]
    policies: Vec<&'a RawValue>,
}

/// The value of a context key as JSON writes it: a list is a multivalued key.
#[derive(Deserialize)]
#[serde(untagged)]
enum ContextText {
    One(Scalar),
    Several(Vec<Scalar>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Truth(bool),
    Number(serde_json::Number),
}

impl Scalar {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Truth(truth) => truth.to_string(),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl From<ContextText> for ContextValue {
    fn from(text: ContextText) -> Self {
        match text {
            ContextText::One(one) => Self::Single(one.text()),
            ContextText::Several(several) => Self::Multiple(several.into_iter().map(Scalar::text).collect()),
        }
    }
}

/// The question in a file's text.
///
/// # Errors
/// [`BadInput`], for a text that is no such object, and for the first value that breaks its rule.
pub fn question(text: &str, place: &str) -> Result<Question, BadInput> {
    let file: File<'_> = serde_json::from_str(text).map_err(|source| BadInput::Form {
        place: place.to_owned(),
        wanted: "a request file",
        source,
    })?;
    let draft = Draft {
        who: Words {
            principal: &file.principal,
            id: file.principal_id.as_deref(),
            session_name: file.session_name.as_deref(),
            issuer: file.issuer.as_deref(),
        },
        action: &file.action,
        resource: file.resource.as_deref(),
        resource_account: file.resource_account.as_deref(),
        context: Vec::new(),
    };
    let mut request = draft.request()?;
    let mut reading = Reading { place, texts: Texts::default() };
    let policies = reading.policies(&file, &request)?;
    for (key, value) in file.context {
        request.context.insert(&key, value.into());
    }
    Ok(Question { request, policies, choices: Choices::default(), texts: reading.texts })
}

/// The file as its policies are read.
struct Reading<'a> {
    place: &'a str,
    texts: Texts,
}

impl Reading<'_> {
    fn policies(&mut self, file: &File<'_>, request: &Request) -> Result<Attachments, BadInput> {
        if file.resource_policy.is_some() && file.trust_policy.is_some() {
            let rule = "does not go with `resourcePolicy`: a resource has one policy";
            return Err(BadInput::value("member", "trustPolicy", rule));
        }
        let (who, resource) = (who(&request.requester), request.resource.arn.as_str());
        let session = file.session_policies.as_ref();
        let resource_policy = self.one(file.resource_policy, "resourcePolicy", Kind::Resource, resource)?;
        Ok(Attachments {
            identity: self.list(&file.identity_policies, "identityPolicies", Kind::Inline, &who)?,
            boundary: self.one(file.permissions_boundary, "permissionsBoundary", Kind::Managed, &who)?,
            session: session
                .map(|list| self.list(list, "sessionPolicies", Kind::Session, &who))
                .transpose()?,
            service_control: self.rails(file, "serviceControlPolicies", Kind::ServiceControl)?,
            resource_control: self.rails(file, "resourceControlPolicies", Kind::ResourceControl)?,
            endpoint: self.one(file.endpoint_policy, "endpointPolicy", Kind::Endpoint, "VPC endpoint")?,
            resource: match resource_policy {
                Some(policy) => Some(policy),
                None => self.one(file.trust_policy, "trustPolicy", Kind::Trust, resource)?,
            },
        })
    }

    /// A policy as it stands in the file, or the text that a string there holds.
    fn policy(&mut self, raw: &RawValue, member: &str, kind: Kind, of: &str) -> Result<Attached, BadInput> {
        let text = serde_json::from_str::<String>(raw.get()).unwrap_or_else(|_| raw.get().to_owned());
        self.texts.policy(&format!("{}#{member}", self.place), text, kind, of)
    }

    fn one(
        &mut self,
        raw: Option<&RawValue>,
        member: &str,
        kind: Kind,
        of: &str,
    ) -> Result<Option<Attached>, BadInput> {
        raw.map(|raw| self.policy(raw, member, kind, of)).transpose()
    }

    fn list(
        &mut self,
        list: &[&RawValue],
        member: &str,
        kind: Kind,
        of: &str,
    ) -> Result<Vec<Attached>, BadInput> {
        let numbered = list.iter().enumerate();
        numbered.map(|(index, raw)| self.policy(raw, &format!("{member}[{index}]"), kind, of)).collect()
    }

    fn rails(&mut self, file: &File<'_>, member: &str, kind: Kind) -> Result<Option<Guardrails>, BadInput> {
        let written = match kind {
            Kind::ServiceControl => file.service_control_policies.as_ref(),
            Kind::ResourceControl => file.resource_control_policies.as_ref(),
            Kind::Managed | Kind::Inline | Kind::Trust | Kind::Session | Kind::Resource | Kind::Endpoint => {
                None
            }
        };
        let Some(written) = written else { return Ok(None) };
        let mut levels = Vec::new();
        for level in written {
            let member = format!("{member}.{}", level.target);
            let policies = self.list(&level.policies, &member, kind, &level.target)?;
            levels.push(Level { target: level.target.clone(), policies });
        }
        let management_account = management_account(file.management_account.as_deref())?;
        Ok(Some(Guardrails { management_account, levels }))
    }
}

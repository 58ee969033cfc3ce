//! The statement that would allow a request.

use doorward_policy::explain::Layer;
use doorward_policy::request::{ContextValue, Requester};
use doorward_policy::trust::shared_provider_guard;
use doorward_policy::{Document, Kind, Version};

use crate::actions;
use crate::compile::CompiledStatement;
use crate::principals::{Claims, Reach};
use crate::question::Question;

/// A statement that allows the request in the layer, as JSON, and the claims that it makes on the requester. `None` where
/// the layer's grammar has none: for requesters that no policy can name, or for identity providers shared by many whose
/// tenant the request does not say.
///
/// It allows what was asked and no more: this action, on this resource, to this requester (all sessions of its role). Where
/// the grammar refuses the resource, all resources.
pub(super) fn statement(question: &Question<'_>, layer: Layer) -> Option<(String, Claims)> {
    if layer == Layer::ResourceControl {
        return checked(question, layer, Kind::ResourceControl, Version::V2012, FULL_ACCESS.to_owned());
    }
    let present = match layer {
        Layer::Boundary => question.policies.boundary.as_ref(),
        Layer::Endpoint => question.policies.endpoint.as_ref(),
        Layer::Resource | Layer::Trust => question.policies.resource.as_ref(),
        Layer::ResourceControl | Layer::ServiceControl | Layer::Identity | Layer::Session => None,
    };
    let present = present.map(|policy| policy.document.document());
    let kind = present.map_or_else(|| kind(layer), |document| document.kind);
    let version = present.map_or(Version::V2012, |document| document.version);
    let arn = escaped_resource(&question.request.resource.arn, version);
    [arn.as_str(), "*"].into_iter().find_map(|resource| {
        let text = written(question, kind, version, resource)?;
        checked(question, layer, kind, version, text)
    })
}

/// What `RCPFullAWSAccess` says: the one resource control policy that allows.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>
const FULL_ACCESS: &str = r#"{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}"#;

const fn kind(layer: Layer) -> Kind {
    match layer {
        Layer::ResourceControl => Kind::ResourceControl,
        Layer::ServiceControl => Kind::ServiceControl,
        Layer::Endpoint => Kind::Endpoint,
        Layer::Resource => Kind::Resource,
        Layer::Trust => Kind::Trust,
        Layer::Identity => Kind::Inline,
        Layer::Boundary => Kind::Managed,
        Layer::Session => Kind::Session,
    }
}

/// The statement with its claims, where the grammar takes it and it matches the request.
fn checked(
    question: &Question<'_>,
    layer: Layer,
    kind: Kind,
    version: Version,
    text: String,
) -> Option<(String, Claims)> {
    let version = match version {
        Version::V2008 => "2008-10-17",
        Version::V2012 => "2012-10-17",
    };
    let document = format!(r#"{{"Version":"{version}","Statement":[{text}]}}"#);
    let document = Document::parse(&document, kind).ok()?;
    if kind == Kind::Trust {
        shared_provider_guard(&document).ok()?;
    }
    let written = document.statements.first()?;
    let statement = &CompiledStatement::new(written, &document);
    let context = &question.request.context;
    let matches = actions::include(&written.action, question.action.as_str())
        && question.is_about_resource(statement)
        && statement.tests.iter().all(|test| test.holds(context));
    match question.reach(statement, layer) {
        Reach::Unclaimed if matches => Some((text, Claims::NONE)),
        Reach::Claimed(claims) if matches => Some((text, claims)),
        Reach::No | Reach::Unclaimed | Reach::Claimed(_) => None,
    }
}

fn written(question: &Question<'_>, kind: Kind, version: Version, resource: &str) -> Option<String> {
    let mut members = vec![r#""Effect":"Allow""#.to_owned()];
    match kind {
        Kind::Trust | Kind::Resource => {
            members.push(format!(r#""Principal":{}"#, principal(&question.request.requester, kind)?));
        }
        Kind::Endpoint | Kind::ResourceControl => members.push(r#""Principal":"*""#.to_owned()),
        Kind::Managed | Kind::Inline | Kind::Session | Kind::ServiceControl => {}
    }
    members.push(format!(r#""Action":{}"#, quoted(&question.request.action)));
    if kind != Kind::Trust {
        members.push(format!(r#""Resource":{}"#, quoted(resource)));
    } else if let Requester::Federated { provider } = &question.request.requester {
        members.extend(tenant(question, provider, version));
    }
    Some(format!("{{{}}}", members.join(",")))
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// How a policy names the requester: a role's sessions by their role.
fn principal(requester: &Requester, kind: Kind) -> Option<String> {
    let (key, value) = match requester {
        Requester::Anonymous if kind == Kind::Trust => ("AWS", "*".to_owned()),
        Requester::Anonymous => return Some(quoted("*")),
        Requester::Root { .. }
        | Requester::User { .. }
        | Requester::RoleSession { .. }
        | Requester::FederatedUser { .. } => ("AWS", requester.principal_arn()?),
        Requester::Service { names, .. } => ("Service", names.first()?.clone()),
        Requester::Federated { provider } => ("Federated", provider.clone()),
    };
    Some(format!(r#"{{"{key}":{}}}"#, quoted(&value)))
}

/// A `Condition` that holds identity providers to this request's tenant, where the request says which.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html>
fn tenant(question: &Question<'_>, provider: &str, version: Version) -> Option<String> {
    let address = match provider.split_once(":oidc-provider/") {
        Some((_, address)) => address,
        None if provider.contains(":saml-provider/") => "SAML",
        None => provider,
    };
    let test = |claim: &str| {
        let key = format!("{address}:{claim}");
        match question.request.context.value(&key.to_lowercase())? {
            ContextValue::Single(value) => {
                Some(format!("{}:{}", quoted(&key), quoted(&escaped_text(value, version))))
            }
            ContextValue::Multiple(_) => None,
        }
    };
    let tests: Vec<String> = ["aud", "sub"].into_iter().filter_map(test).collect();
    (!tests.is_empty()).then(|| format!(r#""Condition":{{"StringEquals":{{{}}}}}"#, tests.join(",")))
}

/// The pattern that covers just this resource. What is no ARN only `*` covers.
fn escaped_resource(arn: &str, version: Version) -> String {
    let fields: Vec<&str> = arn.splitn(6, ':').collect();
    let [head @ .., tail] = &fields[..] else { return "*".to_owned() };
    if head.len() < 5 {
        return "*".to_owned();
    }
    let tail = match version {
        Version::V2008 => (*tail).to_owned(),
        Version::V2012 => escaped_text(tail, version).chars().fold(String::new(), widen),
    };
    format!("{}:{tail}", head.join(":"))
}

/// Writes a wildcard so that it stands for itself. Of what [`escaped_text`] has written, there is none.
fn widen(mut text: String, character: char) -> String {
    match character {
        '*' => text.push_str("${*}"),
        '?' => text.push_str("${?}"),
        other => text.push(other),
    }
    text
}

/// The text with nothing in it that begins a policy variable.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
fn escaped_text(text: &str, version: Version) -> String {
    match version {
        Version::V2008 => text.to_owned(),
        Version::V2012 => text.replace("${", "${$}{"),
    }
}

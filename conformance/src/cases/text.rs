//! The cases as they are written.

mod meaning;

use std::collections::BTreeMap;

use doorward_policy::AccountId;
use doorward_policy::explain::{Claim, Layer};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

pub(super) use meaning::cases;

use super::{Confidence, MatchedPlace};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    #[serde(default)]
    fixtures: BTreeMap<String, Value>,
    #[serde(default)]
    defaults: Map<String, Value>,
    cases: Vec<Map<String, Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseText {
    id: String,
    title: String,
    rule: RulesText,
    source: String,
    #[serde(default)]
    example: bool,
    confidence: Confidence,
    #[serde(default)]
    policies: PoliciesText,
    #[serde(default)]
    principal_ids: BTreeMap<String, String>,
    requester: RequesterText,
    action: String,
    resource: ResourceText,
    #[serde(default)]
    principal_tags: BTreeMap<String, String>,
    #[serde(default)]
    context: Map<String, Value>,
    #[serde(default)]
    choices: ChoicesText,
    expect: ExpectText,
}

/// One rule, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum RulesText {
    One(String),
    Several(Vec<String>),
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct PoliciesText {
    #[serde(default)]
    identity: Vec<Value>,
    boundary: Option<Value>,
    session: Option<Vec<Value>>,
    service_control: Option<GuardrailsText>,
    resource_control: Option<GuardrailsText>,
    endpoint: Option<Value>,
    resource: Option<Value>,
    trust: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GuardrailsText {
    #[serde(deserialize_with = "account")]
    management_account: AccountId,
    levels: Vec<LevelText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelText {
    target: String,
    policies: Vec<Value>,
}

/// A policy with a name of its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedText {
    document: Value,
    name: Option<String>,
    arn: Option<String>,
    attached_to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResourceText {
    arn: String,
    #[serde(deserialize_with = "optional_account")]
    account: Option<AccountId>,
}

fn root_path() -> String {
    "/".to_owned()
}

fn user_id() -> String {
    "AIDAEXAMPLEUSER00000".to_owned()
}

fn role_id() -> String {
    "AROAEXAMPLEROLE00000".to_owned()
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum RequesterText {
    Anonymous,
    Root {
        #[serde(deserialize_with = "account")]
        account: AccountId,
    },
    User {
        #[serde(deserialize_with = "account")]
        account: AccountId,
        #[serde(default = "user_id")]
        id: String,
        #[serde(default = "root_path")]
        path: String,
        name: String,
    },
    RoleSession {
        #[serde(deserialize_with = "account")]
        account: AccountId,
        #[serde(default = "role_id")]
        role_id: String,
        #[serde(default = "root_path")]
        role_path: String,
        role_name: String,
        session_name: String,
        /// The provider behind the session, where there is one.
        provider: Option<String>,
    },
    FederatedUser {
        #[serde(deserialize_with = "account")]
        account: AccountId,
        name: String,
        issuer: IssuerText,
    },
    Service {
        names: Vec<String>,
        #[serde(default, deserialize_with = "optional_account")]
        account: Option<AccountId>,
    },
    Federated {
        provider: String,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum IssuerText {
    Root,
    User {
        #[serde(default = "user_id")]
        id: String,
        #[serde(default = "root_path")]
        path: String,
        name: String,
    },
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct ChoicesText {
    trust_policy_boundary: LimitText,
    plain_everyone: LimitText,
    not_principal: ExemptionText,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum LimitText {
    #[default]
    Limits,
    Ignored,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum ExemptionText {
    #[default]
    WholeChain,
    AnyEntry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectText {
    decision: DecisionText,
    grant: Option<GrantText>,
    #[serde(default, with = "optional_layer")]
    layer: Option<Layer>,
    matched: Option<Vec<MatchedPlace>>,
    message_suffix: Option<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum DecisionText {
    Allow,
    ImplicitDeny,
    ExplicitDeny,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum GrantText {
    Always,
    Root,
    Identity,
    #[serde(with = "ClaimText")]
    Resource(Claim),
    #[serde(with = "ClaimText")]
    Both(Claim),
}

#[derive(Deserialize)]
#[serde(remote = "Claim", rename_all = "snake_case")]
pub(super) enum ClaimText {
    Account,
    Role,
    Provider,
    Service,
    IssuingUser,
    User,
    Everyone,
    Session,
}

#[derive(Deserialize)]
#[serde(remote = "Layer", rename_all = "snake_case")]
pub(super) enum LayerText {
    ResourceControl,
    ServiceControl,
    Endpoint,
    Resource,
    Trust,
    Identity,
    Boundary,
    Session,
}

/// A claim that may be absent.
pub(super) mod optional_claim {
    use super::{Claim, ClaimText, Deserializer};

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Claim>, D::Error> {
        ClaimText::deserialize(deserializer).map(Some)
    }
}

/// A layer that may be absent.
mod optional_layer {
    use super::{Deserializer, Layer, LayerText};

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Layer>, D::Error> {
        LayerText::deserialize(deserializer).map(Some)
    }
}

fn account<'de, D: Deserializer<'de>>(deserializer: D) -> Result<AccountId, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

fn optional_account<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<AccountId>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| text.parse()).transpose().map_err(serde::de::Error::custom)
}

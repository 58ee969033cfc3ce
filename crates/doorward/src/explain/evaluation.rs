//! An explanation, read from the JSON of [`doorward_engine::schema`].

use serde::Deserialize;
use serde_json::Value;

use super::bad_input::BadInput;

/// The explanation. Members that people are not shown are left out.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evaluation {
    pub principal: String,
    pub message: Option<String>,
    pub action: String,
    pub resource: String,
    pub evaluated_effect: Effect,
    pub reason: Reason,
    pub checks: Vec<Check>,
    pub remedy: Remedy,
}

/// What a decision, a check or a statement comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Effect {
    Allow,
    NoImpact,
    ImplicitDeny,
    ExplicitDeny,
    /// Of a statement.
    Deny,
}

/// The kinds of policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Layer {
    ResourceControlPolicy,
    ServiceControlPolicy,
    VpcEndpointPolicy,
    ResourcePolicy,
    TrustPolicy,
    IdentityPolicy,
    PermissionsBoundary,
    SessionPolicy,
}

/// The layer that denies, or what grants.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Reason {
    Denied { layer: Layer },
    Allowed { grant: Grant },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Grant {
    Always,
    Root,
    Identity,
    Resource,
    Both,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    pub layer: Layer,
    pub target: String,
    pub effect: Effect,
    /// `None` where the statements were left out of a message that was too long.
    pub matched_policies: Option<Vec<MatchedPolicy>>,
    #[serde(default)]
    pub missed_statements: Vec<Missed>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatchedPolicy {
    #[serde(flatten)]
    pub policy: Policy,
    pub matched_statements: Vec<Statement>,
}

#[derive(Debug, Deserialize)]
pub struct Policy {
    pub uri: String,
    pub name: String,
}

/// A statement and where it stands: line and column from 1, bytes from 0.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    pub sid: String,
    pub evaluated_effect: Effect,
    pub line: u32,
    pub column: u32,
    pub start: usize,
    pub end: usize,
    #[serde(default)]
    pub conditions: Vec<Clause>,
}

/// A statement of a policy.
#[derive(Debug, Deserialize)]
pub struct Placed {
    pub policy: Policy,
    #[serde(flatten)]
    pub statement: Statement,
}

/// A statement that did not match.
#[derive(Debug, Deserialize)]
pub struct Missed {
    #[serde(flatten)]
    pub placed: Placed,
    pub failures: Vec<Clause>,
}

/// A part of a statement.
#[derive(Debug, Deserialize)]
pub struct Clause {
    #[serde(flatten)]
    pub part: Part,
    pub wanted: Vec<String>,
    pub found: Option<Vec<String>>,
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "part", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Part {
    Principal,
    NotPrincipal,
    Resource,
    NotResource,
    Condition { operator: String, key: String },
}

#[derive(Debug, Deserialize)]
pub struct Remedy {
    pub edits: Vec<Edit>,
    pub settings: Vec<Setting>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Edit {
    Remove { layer: Layer, target: String, statement: Placed },
    Grant { layer: Layer, target: String, statement: Value, nearest: Option<Box<Missed>> },
}

#[derive(Debug, Deserialize)]
pub struct Setting {
    pub key: String,
    pub value: Option<String>,
}

impl Evaluation {
    /// Reads an explanation.
    ///
    /// # Errors
    /// [`BadInput::Form`] for JSON of another shape.
    pub fn read(json: &Value) -> Result<Self, BadInput> {
        Self::deserialize(json).map_err(|source| BadInput::Form {
            place: "evaluation".to_owned(),
            wanted: "an explanation of this version",
            source,
        })
    }

    /// Whether the request is allowed.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.evaluated_effect == Effect::Allow
    }
}

impl Policy {
    /// What people know it by: the ARN of a managed policy, the name of another.
    #[must_use]
    pub fn shown(&self) -> &str {
        if self.uri.starts_with("arn:") { &self.uri } else { &self.name }
    }
}

impl Layer {
    /// What AWS calls its policies.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ResourceControlPolicy => "resource control policy",
            Self::ServiceControlPolicy => "service control policy",
            Self::VpcEndpointPolicy => "VPC endpoint policy",
            Self::ResourcePolicy => "resource-based policy",
            Self::TrustPolicy => "role trust policy",
            Self::IdentityPolicy => "identity-based policy",
            Self::PermissionsBoundary => "permissions boundary",
            Self::SessionPolicy => "session policy",
        }
    }
}

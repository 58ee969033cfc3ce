//! Why account properties and role templates are refused.

/// Why account properties are refused. The text is AWS's, [`code`](Self::code) its error code; texts that are not recorded
/// are marked *ours*.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutAccountProperties.html>
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PropertyFault {
    /// A key is not `Namespace/Name`.
    #[error("Property key must be in format Namespace/PropertyName: {0}")]
    Key(String),
    /// The keys are of several namespaces.
    #[error("All properties must belong to the same namespace")]
    Namespaces,
    /// There is no such namespace.
    #[error("Unsupported namespace: {0}")]
    Unsupported(String),
    /// The namespace has no such property. AWS ignores it. (Text: ours.)
    #[error("Unsupported property: {0}")]
    Unknown(String),
    /// It is not said whether the role manager shall be enabled.
    #[error("RoleManager namespace requires Enabled property")]
    EnabledMissing,
    /// What is said is neither `true` nor `false`.
    #[error("Enabled must be 'true' or 'false'")]
    EnabledValue,
}

impl PropertyFault {
    /// The error code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "InvalidInput"
    }
}

/// Why a role template is not shown, or makes no role. Unless they are marked *recorded*, the texts are ours: AWS documents
/// none of them.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcquireRole.html>
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RoleTemplateFault {
    /// There is no such template.
    #[error("The role template {0} cannot be found.")]
    NoSuchTemplate(String),
    /// The template has no such minor version.
    #[error("The role template {arn} has no minor version {minor}.")]
    NoSuchVersion {
        /// The template.
        arn: String,
        /// The version asked for.
        minor: i64,
    },
    /// No roles are made from the template, or from this version of it.
    #[error("The role template version is disabled.")]
    Disabled,
    /// The template has no such parameter.
    #[error("The role template has no parameter {0}.")]
    UnknownParameter(String),
    /// A parameter that is needed has no value.
    #[error("The role template needs a value for the parameter {0}.")]
    MissingParameter(String),
    /// A parameter of one value has several.
    #[error("The parameter {name} is a {kind} and takes one value.")]
    SeveralValues {
        /// The parameter.
        name: String,
        /// Its kind.
        kind: &'static str,
    },
    /// A value is of another kind than its parameter.
    #[error("The value {value} of the parameter {name} is not of the type {kind}.")]
    OtherKind {
        /// The parameter.
        name: String,
        /// Its kind.
        kind: &'static str,
        /// The value.
        value: String,
    },
    /// The values make no role.
    #[error("The values make no {part} of the role template: {reason}.")]
    Unmade {
        /// Which part of the role.
        part: &'static str,
        /// Why.
        reason: String,
    },
    /// The role that was made so is not as it was made. (Text: recorded.)
    #[error("Role {0} has been modified since it was created and is no longer managed.")]
    Modified(String),
    /// There is another role of that name. (Text: recorded.)
    #[error("A role with this name already exists but was not created from this template and parameters.")]
    NameConflict,
}

impl RoleTemplateFault {
    /// The error code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSuchTemplate(_) | Self::NoSuchVersion { .. } => "NoSuchEntity",
            Self::Disabled => "RoleTemplateDisabled",
            Self::UnknownParameter(_)
            | Self::MissingParameter(_)
            | Self::SeveralValues { .. }
            | Self::OtherKind { .. }
            | Self::Unmade { .. } => "InvalidInput",
            Self::Modified(_) => "RoleModified",
            Self::NameConflict => "NameConflict",
        }
    }
}

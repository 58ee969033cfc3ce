//! Role templates: patterns of whole roles, with parameters.
//!
//! AWS's own are not stored here, nor anybody's: an installation is told of them when it starts. What is stored is, with a
//! role that was made from one, of which and with which values.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_role-template.html>

mod render;
mod sound;

use std::collections::{BTreeMap, BTreeSet};

use doorward_catalog::role_templates;
use doorward_policy::placeholder::Values;
use jiff::Timestamp;

use crate::refusal::RoleTemplateFault;
use crate::tags::Tag;

pub use render::RenderedRole;
pub use sound::BadTemplate;

/// One version of a template, as `GetRoleTemplateVersion` shows it. `@{name}` stands for a parameter in the patterns of the
/// name, the path, the description, the policies and the tags.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleTemplateVersion.html>
#[derive(Clone, PartialEq, Debug)]
pub struct TemplateVersion {
    /// `arn:aws:iam::aws:role-template/SERVICE/NAME:MAJOR`.
    pub arn: Box<str>,
    /// Its minor version. What it holds never changes.
    pub minor: u32,
    /// The minor version that is meant where none is named.
    pub default_minor: u32,
    /// An id of its own.
    pub id: Option<Box<str>>,
    /// What the template is for.
    pub description: Option<Box<str>>,
    /// The service that manages it.
    pub managed_by: Option<Box<str>>,
    /// Whether roles are made from the template.
    pub template_state: TemplateState,
    /// Whether roles are made from this version of it.
    pub state: TemplateState,
    /// The pattern of the role's name.
    pub role_name: Box<str>,
    /// The pattern of the role's path; `/` where there is none.
    pub role_path: Option<Box<str>>,
    /// The pattern of the role's description.
    pub role_description: Option<Box<str>>,
    /// The template of the trust policy.
    pub trust: Box<str>,
    /// Names and templates of the inline policies.
    pub inline: Vec<(Box<str>, Box<str>)>,
    /// The ARNs of the managed policies.
    pub managed: Vec<Box<str>>,
    /// The ARN of the permissions boundary.
    pub boundary: Option<Box<str>>,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// The patterns of the tags.
    pub tags: Vec<Tag>,
    /// How long the role's sessions may last, in seconds.
    pub max_session_s: Option<u32>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was changed last.
    pub updated: Option<Timestamp>,
}

/// Whether roles are made from something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TemplateState {
    /// They are.
    Enabled,
    /// They are not.
    Disabled,
}

impl TemplateState {
    /// Enabled, if so.
    #[must_use]
    pub const fn of(enabled: bool) -> Self {
        if enabled { Self::Enabled } else { Self::Disabled }
    }
}

/// A parameter of a template.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ParameterDefinition.html>
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parameter {
    /// Its name, 1 to 128 characters.
    pub name: Box<str>,
    /// What values it takes.
    pub kind: ParameterKind,
    /// What it is for.
    pub description: Option<Box<str>>,
    /// Whether a role needs a value for it.
    pub need: Option<Need>,
    /// What stands for it where none is given.
    pub default: Option<Box<str>>,
    /// Whether its value could be changed on a role. Nothing changes the values that a role was made with.
    pub immutable: Option<bool>,
}

/// Whether a role needs a value for a parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// It does.
    Required,
    /// It does where the value is used.
    Optional,
}

/// What values a parameter takes.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ParameterDefinition.html>
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParameterKind {
    /// One text.
    String,
    /// Texts.
    StringList,
    /// One decimal number.
    Number,
    /// Decimal numbers.
    NumberList,
    /// One ARN.
    Arn,
    /// ARNs.
    ArnList,
}

impl ParameterKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::String, Self::StringList, Self::Number, Self::NumberList, Self::Arn, Self::ArnList];

    /// What the API calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::StringList => "StringList",
            Self::Number => "Number",
            Self::NumberList => "NumberList",
            Self::Arn => "Arn",
            Self::ArnList => "ArnList",
        }
    }

    const fn is_list(self) -> bool {
        match self {
            Self::String | Self::Number | Self::Arn => false,
            Self::StringList | Self::NumberList | Self::ArnList => true,
        }
    }
}

/// From which template a role was made, and with which values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoleSource {
    /// The template, with its major version.
    pub arn: Box<str>,
    /// The minor version.
    pub minor: u32,
    /// The values of its parameters, those not given being their defaults.
    pub values: BTreeMap<Box<str>, Values>,
}

/// The templates that an installation knows: sound, and complete.
#[derive(Clone, Debug)]
pub struct RoleTemplates(BTreeMap<Box<str>, BTreeMap<u32, TemplateVersion>>);

impl Default for RoleTemplates {
    /// Those of AWS's that are known.
    fn default() -> Self {
        let known = role_templates::ALL.iter().map(of_aws);
        Self(known.map(|known| (known.arn.clone(), BTreeMap::from([(known.minor, known)]))).collect())
    }
}

/// AWS does not publish the number of the minor version: UNCONFIRMED (template-minor).
fn of_aws(known: &role_templates::RoleTemplate) -> TemplateVersion {
    let parameter = |parameter: &role_templates::Parameter| Parameter {
        name: parameter.name.into(),
        kind: ParameterKind::String,
        description: Some(parameter.description.into()),
        need: Some(Need::Required),
        default: None,
        immutable: None,
    };
    TemplateVersion {
        arn: known.arn.into(),
        minor: 1,
        default_minor: 1,
        id: None,
        description: Some(known.description.into()),
        managed_by: None,
        template_state: TemplateState::Enabled,
        state: TemplateState::Enabled,
        role_name: known.role_name.into(),
        role_path: Some(known.role_path.into()),
        role_description: None,
        trust: known.trust.into(),
        inline: Vec::new(),
        managed: known.managed.iter().map(|arn| (*arn).into()).collect(),
        boundary: None,
        parameters: known.parameters.iter().map(parameter).collect(),
        tags: Vec::new(),
        max_session_s: None,
        created: None,
        updated: None,
    }
}

impl RoleTemplates {
    /// These templates, and those of AWS's that are known and not among them.
    ///
    /// # Errors
    /// [`BadTemplate`] for the first version that is not sound, stands twice, or has a default version that is not among
    /// them or is another than that of the template's other versions.
    pub fn new(versions: Vec<TemplateVersion>) -> Result<Self, BadTemplate> {
        let mut own: BTreeMap<Box<str>, BTreeMap<u32, TemplateVersion>> = BTreeMap::new();
        for version in versions {
            version.check()?;
            let (of_template, minor) = (own.entry(version.arn.clone()).or_default(), version.minor);
            if of_template.insert(minor, version).is_some() {
                return Err(BadTemplate::new("MinorVersion", format!("{minor} stands twice")));
            }
        }
        for (arn, versions) in &own {
            let defaults: BTreeSet<u32> = versions.values().map(|version| version.default_minor).collect();
            if let Some(default) =
                defaults.iter().find(|default| defaults.len() > 1 || !versions.contains_key(default))
            {
                let reason =
                    format!("{default} of `{arn}` must be a version that there is, and the same in all");
                return Err(BadTemplate::new("DefaultMinorVersion", reason));
            }
        }
        let mut all = Self::default();
        all.0.extend(own);
        Ok(all)
    }

    /// The version of a template: its default one, where no minor version is named.
    ///
    /// # Errors
    /// [`RoleTemplateFault`]: there is no such template, or no such version.
    pub fn version(&self, arn: &str, minor: Option<i64>) -> Result<&TemplateVersion, RoleTemplateFault> {
        let unknown = || RoleTemplateFault::NoSuchTemplate(arn.to_owned());
        let versions = self.0.get(arn).ok_or_else(unknown)?;
        let default = versions.values().next().map(|version| i64::from(version.default_minor));
        let minor = minor.or(default).ok_or_else(unknown)?;
        let found = u32::try_from(minor).ok().and_then(|minor| versions.get(&minor));
        found.ok_or_else(|| RoleTemplateFault::NoSuchVersion { arn: arn.to_owned(), minor })
    }
}

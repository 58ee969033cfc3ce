//! From a template and values to a role.

use std::collections::BTreeMap;

use doorward_policy::Arn;
use doorward_policy::placeholder::{TemplateFault, Values, fill, render};

use super::{Need, Parameter, ParameterKind, RoleSource, TemplateState, TemplateVersion};
use crate::limits::{ROLE_SESSION_S_MAX, ROLE_SESSION_S_MIN};
use crate::name::{Name, Path};
use crate::refusal::RoleTemplateFault;
use crate::tags::Tag;

/// The longest name of a role, in characters.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length>
pub(crate) const ROLE_NAME_CHARACTERS_MAX: usize = 64;

/// The longest description of a role, in characters.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
const DESCRIPTION_CHARACTERS_MAX: usize = 1000;

/// The longest key and the longest value of a tag, in characters.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html>
const TAG_CHARACTERS_MAX: [usize; 2] = [128, 256];

/// What a template makes of values: a role that there may be, or not.
#[derive(Clone, PartialEq, Debug)]
pub struct RenderedRole<'t> {
    /// Of which template, with which values.
    pub source: RoleSource,
    /// Its name.
    pub name: Name,
    /// Its path.
    pub path: Path,
    /// Its description.
    pub description: Option<String>,
    /// Its trust policy.
    pub trust: String,
    /// Its inline policies.
    pub inline: Vec<(Name, String)>,
    /// The ARNs of its managed policies.
    pub managed: &'t [Box<str>],
    /// The ARN of its boundary.
    pub boundary: Option<&'t str>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// How long its sessions may last, in seconds.
    pub max_session_s: Option<u32>,
}

impl TemplateVersion {
    /// The role that the template makes of these values: of each parameter those that are given.
    ///
    /// That a disabled template does not find the roles either that were made from it is UNCONFIRMED (template-disabled).
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcquireRole.html>
    ///
    /// # Errors
    /// [`RoleTemplateFault`]: the template is disabled, there is no such parameter, a value is missing or of another kind,
    /// or they make no role.
    pub fn rendered(
        &self,
        given: &BTreeMap<String, Vec<String>>,
    ) -> Result<RenderedRole<'_>, RoleTemplateFault> {
        for state in [self.template_state, self.state] {
            match state {
                TemplateState::Enabled => {}
                TemplateState::Disabled => return Err(RoleTemplateFault::Disabled),
            }
        }
        let values = self.values(given)?;
        let name = filled("role name", &self.role_name, &values)?;
        let path = self.role_path.as_deref().map(|path| filled("role path", path, &values)).transpose()?;
        let description = self.role_description.as_deref();
        let policy = |(name, text): &(Box<str>, Box<str>)| {
            let made = render(text, &values).map_err(|fault| unfilled("inline policy", &fault))?;
            let name = Name::new(name).map_err(|fault| unmade("inline policy", fault.to_string()))?;
            Ok((name, made))
        };
        Ok(RenderedRole {
            name: named(&name)?,
            path: path.map_or_else(|| Ok(Path::root()), |path| placed(&path))?,
            description: description.map(|text| described(text, &values)).transpose()?,
            trust: render(&self.trust, &values).map_err(|fault| unfilled("trust policy", &fault))?,
            inline: self.inline.iter().map(policy).collect::<Result<_, _>>()?,
            managed: &self.managed,
            boundary: self.boundary.as_deref(),
            tags: self.tags.iter().map(|tag| tagged(tag, &values)).collect::<Result<_, _>>()?,
            max_session_s: self.max_session_s,
            source: RoleSource { arn: self.arn.clone(), minor: self.minor, values },
        })
    }

    /// The values of its parameters.
    fn values(
        &self,
        given: &BTreeMap<String, Vec<String>>,
    ) -> Result<BTreeMap<Box<str>, Values>, RoleTemplateFault> {
        let known = |name: &str| self.parameters.iter().any(|parameter| *parameter.name == *name);
        if let Some(unknown) = given.keys().find(|name| !known(name)) {
            return Err(RoleTemplateFault::UnknownParameter(unknown.clone()));
        }
        let mut values = BTreeMap::new();
        for parameter in &self.parameters {
            let value = match (given.get(&*parameter.name), &parameter.default) {
                (Some(given), _) => typed(parameter, given)?,
                (None, Some(default)) => Values::One(default.clone()),
                (None, None) if parameter.need == Some(Need::Required) => {
                    return Err(RoleTemplateFault::MissingParameter(parameter.name.to_string()));
                }
                (None, None) => continue,
            };
            values.insert(parameter.name.clone(), value);
        }
        Ok(values)
    }
}

/// What is given for a parameter, if it is of its kind.
fn typed(parameter: &Parameter, given: &[String]) -> Result<Values, RoleTemplateFault> {
    let (name, kind) = (parameter.name.to_string(), parameter.kind);
    if let Some(value) = given.iter().find(|value| !fits(kind, value)) {
        return Err(RoleTemplateFault::OtherKind { name, kind: kind.name(), value: value.clone() });
    }
    match given {
        [] => Err(RoleTemplateFault::MissingParameter(name)),
        values if kind.is_list() => {
            Ok(Values::List(values.iter().map(|value| value.as_str().into()).collect()))
        }
        [one] => Ok(Values::One(one.as_str().into())),
        [..] => Err(RoleTemplateFault::SeveralValues { name, kind: kind.name() }),
    }
}

/// Whether a text is a value of the kind, or of its lists. Numbers are decimal digits with a minus sign before and a fraction
/// after them, or without: UNCONFIRMED (template-number).
pub(super) fn fits(kind: ParameterKind, text: &str) -> bool {
    match kind {
        ParameterKind::String | ParameterKind::StringList => true,
        ParameterKind::Number | ParameterKind::NumberList => {
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let unsigned = text.strip_prefix('-').unwrap_or(text);
            let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
            digits(whole) && digits(fraction)
        }
        ParameterKind::Arn | ParameterKind::ArnList => text.parse::<Arn>().is_ok(),
    }
}

pub(super) fn is_session_length(seconds: u32) -> bool {
    (ROLE_SESSION_S_MIN..=ROLE_SESSION_S_MAX).contains(&seconds)
}

fn named(text: &str) -> Result<Name, RoleTemplateFault> {
    let name = Name::new(text).map_err(|fault| unmade("role name", fault.to_string()))?;
    if text.len() > ROLE_NAME_CHARACTERS_MAX {
        let reason = format!("`{text}` has more than {ROLE_NAME_CHARACTERS_MAX} characters");
        return Err(unmade("role name", reason));
    }
    Ok(name)
}

fn placed(text: &str) -> Result<Path, RoleTemplateFault> {
    Path::new(text).map_err(|fault| unmade("role path", fault.to_string()))
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
fn described(pattern: &str, values: &BTreeMap<Box<str>, Values>) -> Result<String, RoleTemplateFault> {
    let text = filled("role description", pattern, values)?;
    let plain = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a1}'..='\u{ff}');
    if text.chars().count() > DESCRIPTION_CHARACTERS_MAX || !text.chars().all(plain) {
        let reason = format!("it must be {DESCRIPTION_CHARACTERS_MAX} characters of Latin-1 at most");
        return Err(unmade("role description", reason));
    }
    Ok(text)
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html>
fn tagged(tag: &Tag, values: &BTreeMap<Box<str>, Values>) -> Result<Tag, RoleTemplateFault> {
    let tag = Tag {
        key: filled("tag", &tag.key, values)?.into(),
        value: filled("tag", &tag.value, values)?.into(),
    };
    let space = |c: char| c.is_whitespace() && !c.is_control();
    let plain = |c: char| c.is_alphanumeric() || space(c) || "_.:/=+-@".contains(c);
    let long = |text: &str, max: usize| text.chars().count() > max;
    let [key_max, value_max] = TAG_CHARACTERS_MAX;
    let sound = !tag.key.is_empty() && !long(&tag.key, key_max) && !long(&tag.value, value_max);
    if sound && tag.key.chars().chain(tag.value.chars()).all(plain) {
        return Ok(tag);
    }
    let reason = format!(
        "`{}` and `{}` must be up to {key_max} and {value_max} letters, digits, spaces or characters of _.:/=+-@",
        tag.key, tag.value
    );
    Err(unmade("tag", reason))
}

fn filled(
    part: &'static str,
    pattern: &str,
    values: &BTreeMap<Box<str>, Values>,
) -> Result<String, RoleTemplateFault> {
    fill(pattern, values).map_err(|fault| unfilled(part, &fault))
}

fn unfilled(part: &'static str, fault: &TemplateFault) -> RoleTemplateFault {
    if let TemplateFault::Missing(name) = fault {
        return RoleTemplateFault::MissingParameter(name.to_string());
    }
    unmade(part, fault.to_string())
}

const fn unmade(part: &'static str, reason: String) -> RoleTemplateFault {
    RoleTemplateFault::Unmade { part, reason }
}

//! What a template must be like before anybody may use it.

use std::collections::{BTreeMap, BTreeSet};

use doorward_policy::Arn;
use doorward_policy::placeholder::{TemplateFault, Values, fill, render};

use super::render::{fits, is_session_length};
use super::{Parameter, TemplateVersion};
use crate::name::Name;

/// What the ARN of every template begins with.
const ARN_PREFIX: &str = "arn:aws:iam::aws:role-template/";

/// The longest name of a template or a parameter, in characters.
const NAME_CHARACTERS_MAX: usize = 128;

/// Why a template cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{field}` {reason}")]
pub struct BadTemplate {
    /// The field, as the API calls it.
    pub field: &'static str,
    /// What is wrong with it.
    pub reason: String,
}

impl BadTemplate {
    pub(super) fn new(field: &'static str, reason: impl Into<String>) -> Self {
        Self { field, reason: reason.into() }
    }
}

impl TemplateVersion {
    /// Its name and its major version, which its ARN says.
    #[must_use]
    pub fn name_and_major(&self) -> Option<(&str, u32)> {
        let (service, rest) = self.arn.strip_prefix(ARN_PREFIX)?.split_once('/')?;
        let (name, major) = rest.rsplit_once(':')?;
        let plain = |text: &str, more: &[u8]| {
            let sound = |byte: u8| byte.is_ascii_alphanumeric() || more.contains(&byte);
            !text.is_empty() && text.len() <= NAME_CHARACTERS_MAX && text.bytes().all(sound)
        };
        let number: u32 = major.parse().ok()?;
        let sound = plain(service, b"-.") && plain(name, b"_+=,.-") && number.to_string() == major;
        sound.then_some((name, number))
    }

    /// Whether a role can be made from it, with values of the right kinds.
    ///
    /// # Errors
    /// [`BadTemplate`] with the first fault.
    pub fn check(&self) -> Result<(), BadTemplate> {
        if self.name_and_major().is_none() {
            let reason = "must read arn:aws:iam::aws:role-template/SERVICE/NAME:MAJOR";
            return Err(BadTemplate::new("TemplateArn", reason));
        }
        self.check_parameters()?;
        self.check_references()?;
        // Of a statement that is there in one of the two only, every other part is looked at too.
        for word in ["True", "False"] {
            self.check_patterns(&self.samples(word))?;
        }
        Ok(())
    }

    fn check_parameters(&self) -> Result<(), BadTemplate> {
        let fault = |reason: String| Err(BadTemplate::new("ParametersDefinition", reason));
        let mut names = BTreeSet::new();
        for Parameter { name, kind, default, .. } in &self.parameters {
            if name.is_empty()
                || name.chars().count() > NAME_CHARACTERS_MAX
                || name.contains(['{', '}', '@', '!'])
            {
                return fault(format!(
                    "has the name `{name}`, which must be 1 to 128 characters other than {{}}@!"
                ));
            }
            if !names.insert(name) {
                return fault(format!("has `{name}` twice"));
            }
            match default {
                Some(_) if kind.is_list() => {
                    return fault(format!(
                        "has a DefaultValue for the list `{name}`, of which the form is not known"
                    ));
                }
                Some(default) if !fits(*kind, default) => {
                    return fault(format!(
                        "has the DefaultValue `{default}`, which is no {} (`{name}`)",
                        kind.name()
                    ));
                }
                Some(_) | None => {}
            }
        }
        Ok(())
    }

    fn check_references(&self) -> Result<(), BadTemplate> {
        let arns = self.managed.iter().map(|arn| ("ManagedPolicyArns", arn));
        for (field, arn) in arns.chain(self.boundary.iter().map(|arn| ("PermissionBoundaryArn", arn))) {
            if arn.parse::<Arn>().is_err() {
                return Err(BadTemplate::new(field, format!("has `{arn}`, which is no ARN")));
            }
        }
        if let Some(seconds) = self.max_session_s.filter(|seconds| !is_session_length(*seconds)) {
            let reason = format!("is {seconds}, and must be from 3600 to 43200 seconds");
            return Err(BadTemplate::new("MaxSessionDuration", reason));
        }
        let mut names = BTreeSet::new();
        for (name, _) in &self.inline {
            if Name::new(name).is_err() || !names.insert(name) {
                let reason = format!("has the PolicyName `{name}`, which is no name, or stands twice");
                return Err(BadTemplate::new("InlinePolicyTemplates", reason));
            }
        }
        Ok(())
    }

    fn check_patterns(&self, samples: &BTreeMap<Box<str>, Values>) -> Result<(), BadTemplate> {
        let pattern = |field, text: &str| fill(text, samples).map(drop).map_err(|fault| bad(field, &fault));
        let policy = |field, text: &str| match render(text, samples) {
            Ok(_) | Err(TemplateFault::NothingLeft) => Ok(()),
            Err(fault) => Err(bad(field, &fault)),
        };
        pattern("RoleNamePattern", &self.role_name)?;
        pattern("RolePathPattern", self.role_path.as_deref().unwrap_or_default())?;
        pattern("RoleDescriptionPattern", self.role_description.as_deref().unwrap_or_default())?;
        policy("AssumeRolePolicyDocumentTemplate", &self.trust)?;
        for (_, text) in &self.inline {
            policy("InlinePolicyTemplates", text)?;
        }
        for tag in &self.tags {
            pattern("RoleTagsTemplate", &tag.key)?;
            pattern("RoleTagsTemplate", &tag.value)?;
        }
        Ok(())
    }

    /// A value for every parameter.
    fn samples(&self, word: &str) -> BTreeMap<Box<str>, Values> {
        let sample = |parameter: &Parameter| match parameter.kind.is_list() {
            true => Values::List(vec![word.into()]),
            false => Values::One(word.into()),
        };
        self.parameters.iter().map(|parameter| (parameter.name.clone(), sample(parameter))).collect()
    }
}

fn bad(field: &'static str, fault: &TemplateFault) -> BadTemplate {
    if let TemplateFault::Missing(name) = fault {
        return BadTemplate::new(field, format!("has the parameter `{name}`, which is not defined"));
    }
    BadTemplate::new(field, format!("cannot be filled: {fault}"))
}

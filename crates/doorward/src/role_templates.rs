//! Role templates from files: each what `aws iam get-role-template-version` prints.
//!
//! A file that cannot be read, that is not of this form, or whose template could make no role keeps the server from
//! starting: what a role looks like must not depend on which files were whole.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use doorward_directory::Tag;
use doorward_directory::role_template::{
    Need, Parameter, ParameterKind, RoleTemplates, TemplateState, TemplateVersion,
};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

/// The largest file, in bytes: the longest documents that a template may have, and room for the rest.
const FILE_BYTES_MAX: u64 = 4 << 20;

/// The templates of a directory's `*.json` files, and those of AWS's that are known.
///
/// # Errors
/// A file cannot be read, is not of the form, or is unsound: with the file, the field and the rule.
pub fn load(directory: Option<&Path>) -> Result<RoleTemplates> {
    let Some(directory) = directory else { return Ok(RoleTemplates::default()) };
    let mut versions = Vec::new();
    for file in files(directory).with_context(|| format!("cannot read `{}`", directory.display()))? {
        versions.push(version(&file).with_context(|| format!("`{}` is no role template", file.display()))?);
    }
    RoleTemplates::new(versions).with_context(|| format!("the role templates in `{}`", directory.display()))
}

/// The files, in the order of their names.
fn files(directory: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn version(file: &Path) -> Result<TemplateVersion> {
    if fs::metadata(file)?.len() > FILE_BYTES_MAX {
        bail!("it has more than {FILE_BYTES_MAX} bytes");
    }
    let printed: Printed = serde_json::from_str(&fs::read_to_string(file)?)?;
    let version = printed.role_template_version.read()?;
    version.check()?;
    Ok(version)
}

/// What the AWS CLI prints.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Printed {
    role_template_version: Version,
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleTemplateVersion.html>
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Version {
    template_arn: Box<str>,
    template_name: Option<String>,
    template_version_id: Option<Box<str>>,
    description: Option<Box<str>>,
    major_version: Option<u32>,
    default_minor_version: u32,
    managed_by_type: Option<ManagedBy>,
    managed_by_value: Option<Box<str>>,
    enabled: bool,
    minor_version: u32,
    role_name_pattern: Box<str>,
    role_path_pattern: Option<Box<str>>,
    role_description_pattern: Option<Box<str>>,
    assume_role_policy_document_template: Box<RawValue>,
    #[serde(default)]
    inline_policy_templates: Vec<Inline>,
    #[serde(default)]
    managed_policy_arns: Vec<Box<str>>,
    permission_boundary_arn: Option<Box<str>>,
    #[serde(default)]
    parameters_definition: Vec<Definition>,
    #[serde(default)]
    role_tags_template: Vec<TagTemplate>,
    max_session_duration: Option<u32>,
    version_enabled: Option<bool>,
    create_timestamp: Option<String>,
    update_timestamp: Option<String>,
}

#[derive(Deserialize)]
enum ManagedBy {
    Service,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Inline {
    policy_name: Box<str>,
    policy_document: Box<RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Definition {
    name: Box<str>,
    r#type: String,
    sub_type: Option<String>,
    description: Option<Box<str>>,
    is_required: Option<bool>,
    default_value: Option<Box<str>>,
    immutable: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct TagTemplate {
    key: Box<str>,
    value: Box<str>,
}

impl Version {
    fn read(self) -> Result<TemplateVersion> {
        if self.managed_by_type.is_some() != self.managed_by_value.is_some() {
            bail!("`ManagedByType` and `ManagedByValue` go together");
        }
        let inline = |inline: Inline| {
            Ok((inline.policy_name, document("InlinePolicyTemplates", &inline.policy_document)?))
        };
        let tag = |tag: TagTemplate| Tag { key: tag.key, value: tag.value };
        let version = TemplateVersion {
            minor: self.minor_version,
            default_minor: self.default_minor_version,
            id: self.template_version_id,
            description: self.description,
            managed_by: self.managed_by_value,
            template_state: TemplateState::of(self.enabled),
            state: TemplateState::of(self.version_enabled.unwrap_or(true)),
            role_name: self.role_name_pattern,
            role_path: self.role_path_pattern,
            role_description: self.role_description_pattern,
            trust: document("AssumeRolePolicyDocumentTemplate", &self.assume_role_policy_document_template)?,
            inline: self.inline_policy_templates.into_iter().map(inline).collect::<Result<_>>()?,
            managed: self.managed_policy_arns,
            boundary: self.permission_boundary_arn,
            parameters: self.parameters_definition.into_iter().map(parameter).collect::<Result<_>>()?,
            tags: self.role_tags_template.into_iter().map(tag).collect(),
            max_session_s: self.max_session_duration,
            created: time("CreateTimestamp", self.create_timestamp)?,
            updated: time("UpdateTimestamp", self.update_timestamp)?,
            arn: self.template_arn,
        };
        let said = version.name_and_major();
        let differs = |name: &String| said.is_some_and(|(own, _)| own != name);
        if self.template_name.as_ref().is_some_and(differs) {
            bail!("`TemplateName` is not the name in `TemplateArn`");
        }
        if self.major_version.is_some_and(|major| said.is_some_and(|(_, own)| own != major)) {
            bail!("`MajorVersion` is not the version at the end of `TemplateArn`");
        }
        Ok(version)
    }
}

fn time(field: &str, text: Option<String>) -> Result<Option<Timestamp>> {
    let read = |text: String| text.parse().with_context(|| format!("`{field}` is no time: `{text}`"));
    text.map(read).transpose()
}

/// A document's text: an object as it is written, or a string that holds one.
fn document(field: &str, value: &RawValue) -> Result<Box<str>> {
    let text = value.get();
    if text.starts_with('{') {
        return Ok(text.into());
    }
    let text: Option<String> = serde_json::from_str(text).ok();
    match text.filter(|text| text.trim_start().starts_with('{')) {
        Some(text) => Ok(text.into()),
        None => bail!("`{field}` must be a JSON object, or a string that holds one"),
    }
}

fn parameter(definition: Definition) -> Result<Parameter> {
    let (name, kind) = (definition.name, definition.r#type);
    if let Some(sub_type) = definition.sub_type {
        bail!(
            "`ParametersDefinition` has the SubType `{sub_type}` (`{name}`), of which the rules are not known"
        );
    }
    let known = ParameterKind::ALL.into_iter().find(|known| known.name() == kind);
    let kind = known.with_context(|| format!("`ParametersDefinition` has no Type `{kind}` (`{name}`)"))?;
    let need = |required| if required { Need::Required } else { Need::Optional };
    Ok(Parameter {
        name,
        kind,
        description: definition.description,
        need: definition.is_required.map(need),
        default: definition.default_value,
        immutable: definition.immutable,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:iam::aws:role-template/ci.example.internal/Runner:1";
    const SOUND: &str = r#"{"RoleTemplateVersion": {
        "TemplateArn": "arn:aws:iam::aws:role-template/ci.example.internal/Runner:1",
        "TemplateName": "Runner",
        "MajorVersion": 1,
        "DefaultMinorVersion": 0,
        "ManagedByType": "Service",
        "ManagedByValue": "ci.example.internal",
        "Enabled": true,
        "MinorVersion": 0,
        "RoleNamePattern": "runner-@{team}",
        "AssumeRolePolicyDocumentTemplate": {
            "Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Principal": {"Service": "ci.example.internal"}, "Action": "sts:AssumeRole"}
        },
        "InlinePolicyTemplates": [{"PolicyName": "own", "PolicyDocument":
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"@{buckets}\"}}"}],
        "ManagedPolicyArns": [],
        "ParametersDefinition": [
            {"Name": "team", "Type": "String", "IsRequired": true},
            {"Name": "buckets", "Type": "ArnList", "Description": "which"}
        ],
        "RoleTagsTemplate": [{"Key": "team", "Value": "@{team}"}],
        "MaxSessionDuration": 7200,
        "VersionEnabled": true,
        "CreateTimestamp": "2026-11-22T10:00:00+00:00",
        "UpdateTimestamp": "2026-11-22T10:00:00+00:00"
    }}"#;

    fn load_all(texts: &[&str]) -> Result<RoleTemplates, String> {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("notes.txt"), "not JSON").unwrap();
        for (number, text) in texts.iter().enumerate() {
            fs::write(directory.path().join(format!("{number}.json")), text).unwrap();
        }
        let root = format!("{}/", directory.path().display());
        load(Some(directory.path())).map_err(|error| format!("{error:#}").replace(&root, ""))
    }

    #[test]
    fn what_the_client_prints_is_a_template() {
        let templates = load_all(&[SOUND]).unwrap();
        let version = templates.version(ARN, None).unwrap();
        assert!(version.trust.starts_with("{\n"));
        assert!(version.inline[0].1.starts_with(r#"{"Version""#));
        assert_eq!((version.parameters.len(), version.max_session_s), (2, Some(7200)));
        let known = "arn:aws:iam::aws:role-template/iam.amazonaws.com/PowerUserRoleTemplate:1";
        assert!(templates.version(known, None).is_ok());
    }

    #[test]
    fn several_versions_of_one_template() {
        let second = SOUND.replace(r#""MinorVersion": 0"#, r#""MinorVersion": 3"#);
        let templates = load_all(&[SOUND, &second]).unwrap();
        for (minor, found) in [(None, Some(0)), (Some(3), Some(3)), (Some(1), None), (Some(-1), None)] {
            assert_eq!(templates.version(ARN, minor).ok().map(|version| version.minor), found, "{minor:?}");
        }
        let others = second.replace(r#""DefaultMinorVersion": 0"#, r#""DefaultMinorVersion": 3"#);
        for (files, reason) in [
            ([SOUND, SOUND], "`MinorVersion` 0 stands twice"),
            ([SOUND, &others], "must be a version that there is, and the same in all"),
        ] {
            let refused = load_all(&files).unwrap_err();
            assert!(refused.ends_with(reason), "{refused}");
        }
        let alone = load_all(&[&second]).unwrap_err();
        assert!(alone.contains("`DefaultMinorVersion` 0 of `"), "{alone}");
    }

    #[test]
    fn what_is_unsound_is_refused_with_file_field_and_rule() {
        for (from, to, expected) in [
            (r#""Enabled": true,"#, "", "missing field `Enabled`"),
            (r#""Enabled""#, r#""Enables""#, "unknown field `Enables`"),
            (r#""MajorVersion": 1"#, r#""MajorVersion": 2"#, "`MajorVersion` is not the version at the end"),
            (r#""TemplateName": "Runner""#, r#""TemplateName": "Other""#, "`TemplateName` is not the name"),
            ("Runner:1", "Runner:01", "`TemplateArn` must read arn:aws:iam::aws:role-template/"),
            ("::aws:role", "::123456789012:role", "`TemplateArn` must read"),
            (r#""Service","#, r#""Partner","#, "unknown variant `Partner`"),
            (r#""ManagedByType": "Service","#, "", "`ManagedByType` and `ManagedByValue` go together"),
            (
                "runner-@{team}",
                "runner-@{teams}",
                "`RoleNamePattern` has the parameter `teams`, which is not defined",
            ),
            (
                "runner-@{team}",
                "runner-@{buckets}",
                "`RoleNamePattern` cannot be filled: parameter `buckets` is a list",
            ),
            ("@{buckets}", "@{buckets", "`InlinePolicyTemplates` cannot be filled: `@{buckets"),
            (r#""Value": "@{team}""#, r#""Value": "@{x}""#, "`RoleTagsTemplate` has the parameter `x`"),
            (r#""Effect": "Allow", "Pr"#, r#""@enabled": "team", "Pr"#, "`@enabled` is not a directive"),
            (
                r#""Effect": "Allow", "Pr"#,
                r#""@Enabled": "!x", "Pr"#,
                "has the parameter `x`, which is not defined",
            ),
            (r#""PolicyName": "own""#, r#""PolicyName": "o n""#, "has the PolicyName `o n`"),
            (r#""ManagedPolicyArns": []"#, r#""ManagedPolicyArns": ["x"]"#, "`ManagedPolicyArns` has `x`"),
            (r#""Type": "ArnList""#, r#""Type": "Arns""#, "has no Type `Arns` (`buckets`)"),
            (
                r#""Type": "ArnList""#,
                r#""Type": "ArnList", "DefaultValue": "x""#,
                "a DefaultValue for the list `buckets`",
            ),
            (
                r#""Type": "String""#,
                r#""Type": "Number", "DefaultValue": "x""#,
                "the DefaultValue `x`, which is no Number",
            ),
            (r#""Type": "String""#, r#""Type": "String", "SubType": "Team""#, "the SubType `Team` (`team`)"),
            (r#""Name": "buckets""#, r#""Name": "team""#, "`ParametersDefinition` has `team` twice"),
            (
                "\"CreateTimestamp\": \"2026",
                "\"CreateTimestamp\": \"today",
                "`CreateTimestamp` is no time: `today",
            ),
            ("7200", "60", "`MaxSessionDuration` is 60, and must be from 3600 to 43200 seconds"),
            (r#""{\"Version"#, r#""x{\"Version"#, "`InlinePolicyTemplates` must be a JSON object"),
        ] {
            assert!(SOUND.contains(from), "{from}");
            let refused = load_all(&[&SOUND.replace(from, to)]).unwrap_err();
            assert!(refused.starts_with("`0.json` is no role template: "), "{refused}");
            assert!(refused.contains(expected), "{to}: {refused}");
        }
    }

    #[test]
    fn a_directory_that_is_not_there_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let gone = directory.path().join("gone");
        assert!(load(Some(&gone)).unwrap_err().to_string().starts_with("cannot read `"));
        assert!(load(None).is_ok());
    }
}

//! The file that registers product providers for temporary delegation.
//!
//! ```toml
//! [[provider]]
//! account = "222222222222"
//! name = "Example Product"
//!
//! [[provider.topic]]
//! arn = "arn:aws:sns:us-east-1:222222222222:delegation"
//! directory = "notices"
//!
//! [[provider.template]]
//! arn = "arn:aws:iam::aws:delegation-template/example.com/ReadBuckets"
//! file = "read-buckets.json"
//! ```
//!
//! Paths are relative to the directory of the file.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use doorward_directory::delegation::provider::{NAME_CHARACTERS_MAX, Provider, Providers};
use doorward_policy::{AccountId, Arn};
use serde::Deserialize;

use crate::files;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    provider: Vec<WrittenProvider>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenProvider {
    account: String,
    name: String,
    #[serde(default)]
    topic: Vec<WrittenTopic>,
    #[serde(default)]
    template: Vec<WrittenTemplate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTopic {
    arn: String,
    directory: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTemplate {
    arn: String,
    file: PathBuf,
}

/// Reads the file.
///
/// # Errors
/// It, or a template that it names, cannot be read, or something in it is wrong: the file, the provider and the rule are named.
pub fn load(path: &Path) -> Result<Providers> {
    let whole = || format!("the file of providers `{}`", path.display());
    let text = std::fs::read_to_string(path).with_context(whole)?;
    let written: Written = toml::from_str(&text).with_context(whole)?;
    let mut providers = Providers::new();
    for one in written.provider {
        let which = format!("{}: the provider `{}`", path.display(), one.account);
        let account: AccountId =
            one.account.parse().ok().with_context(|| format!("{which}: `account` must be twelve digits"))?;
        let provider = provider(files::folder(path), account, one).context(which.clone())?;
        ensure!(providers.insert(account, provider).is_none(), "{which} is given twice");
    }
    Ok(providers)
}

fn provider(folder: &Path, account: AccountId, written: WrittenProvider) -> Result<Provider> {
    let characters = written.name.chars().count();
    ensure!(
        (1..=NAME_CHARACTERS_MAX).contains(&characters),
        "`name` must have 1 to {NAME_CHARACTERS_MAX} characters, got `{}`",
        written.name
    );
    let mut provider = Provider { name: written.name.into(), ..Provider::default() };
    for WrittenTopic { arn, directory } in written.topic {
        let own = arn.parse::<Arn>().ok();
        let own = own.is_some_and(|arn| arn.service() == "sns" && arn.account() == account.to_string());
        ensure!(own, "`topic.arn` must be the ARN of an SNS topic of the account, got `{arn}`");
        let directory = folder.join(directory);
        ensure!(directory.is_dir(), "`topic.directory` must be a directory, got `{}`", directory.display());
        ensure!(provider.topics.insert(arn.as_str().into(), directory).is_none(), "`{arn}` is given twice");
    }
    for WrittenTemplate { arn, file } in written.template {
        ensure!(arn.parse::<Arn>().is_ok(), "`template.arn` must be an ARN, got `{arn}`");
        let template = template(&folder.join(file))?;
        ensure!(provider.templates.insert(arn.as_str().into(), template).is_none(), "`{arn}` is given twice");
    }
    Ok(provider)
}

/// A template is a policy but for what is filled in, so that no more can be said of it than that it is an object.
fn template(file: &Path) -> Result<Box<str>> {
    let name = || format!("the template `{}`", file.display());
    let text = std::fs::read_to_string(file).with_context(name)?;
    let value: serde_json::Value = serde_json::from_str(&text).with_context(name)?;
    if value.get("Statement").is_none() {
        bail!("{} must be a JSON object with `Statement`", name());
    }
    Ok(text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOPIC: &str = "[[provider.topic]]\narn = 'arn:aws:sns:us-east-1:222222222222:t'\ndirectory = '.'\n";
    const TEMPLATE: &str =
        "[[provider.template]]\narn = 'arn:aws:iam::aws:delegation-template/e/R'\nfile = 'r.json'\n";

    fn check(text: &str) -> Result<Providers, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("p.toml");
        std::fs::write(&file, text).unwrap();
        std::fs::write(folder.path().join("r.json"), r#"{"Statement": []}"#).unwrap();
        std::fs::write(folder.path().join("list.json"), "[]").unwrap();
        let place = format!("{}/", folder.path().display());
        load(&file).map_err(|error| format!("{error:#}").replace(&place, ""))
    }

    fn head(name: &str) -> String {
        format!("[[provider]]\naccount = '222222222222'\nname = '{name}'\n")
    }

    #[test]
    fn providers_are_read() {
        let providers = check(&format!("{}{TOPIC}{TEMPLATE}", head("Example"))).unwrap();
        let provider = &providers[&"222222222222".parse().unwrap()];
        assert_eq!(&*provider.name, "Example");
        assert!(provider.topics.contains_key("arn:aws:sns:us-east-1:222222222222:t"));
        assert_eq!(&*provider.templates["arn:aws:iam::aws:delegation-template/e/R"], r#"{"Statement": []}"#);
        assert_eq!(check(""), Ok(Providers::new()));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let head = head("Example");
        for (text, expected) in [
            ("x = 1".to_owned(), "unknown field `x`"),
            (format!("{head}x = 1"), "unknown field `x`"),
            (format!("{head}{TOPIC}x = 1"), "unknown field `x`"),
            (format!("{head}{TEMPLATE}x = 1"), "unknown field `x`"),
            (
                "[[provider]]\naccount = '1'\nname = 'e'".to_owned(),
                "p.toml: the provider `1`: `account` must be twelve digits",
            ),
            (format!("{head}{head}"), "p.toml: the provider `222222222222` is given twice"),
            (
                self::head(""),
                "p.toml: the provider `222222222222`: `name` must have 1 to 30 characters, got ``",
            ),
            (self::head(&"n".repeat(31)), "`name` must have 1 to 30 characters"),
            (
                format!("{head}{}", TOPIC.replace(":222", ":333")),
                "`topic.arn` must be the ARN of an SNS topic of the account, got `arn:aws:sns:us-east-1:333222222222:t`",
            ),
            (
                format!("{head}{}", TOPIC.replace(":sns:", ":sqs:")),
                "`topic.arn` must be the ARN of an SNS topic",
            ),
            (
                format!("{head}{}", TOPIC.replace("'.'", "'nowhere'")),
                "`topic.directory` must be a directory, got `nowhere`",
            ),
            (format!("{head}{TOPIC}{TOPIC}"), "`arn:aws:sns:us-east-1:222222222222:t` is given twice"),
            (
                format!("{head}{TEMPLATE}{TEMPLATE}"),
                "`arn:aws:iam::aws:delegation-template/e/R` is given twice",
            ),
            (format!("{head}{}", TEMPLATE.replace("arn:aws", "x")), "`template.arn` must be an ARN"),
            (
                format!("{head}{}", TEMPLATE.replace("r.json", "s.json")),
                "the template `s.json`: No such file",
            ),
            (format!("{head}{}", TEMPLATE.replace("r.json", "p.toml")), "the template `p.toml`: expected"),
            (
                format!("{head}{}", TEMPLATE.replace("r.json", "list.json")),
                "the template `list.json` must be a JSON object with `Statement`",
            ),
        ] {
            let error = check(&text).unwrap_err();
            assert!(error.contains(expected), "{error}\nnot: {expected}");
        }
        assert!(load(Path::new("/nowhere.toml")).is_err());
    }
}

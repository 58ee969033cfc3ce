//! The configuration file.

use toml::de::{DeTable, DeValue};

use super::keys::{self, Kind};
use super::layers::{Found, Origin};
use super::{ConfigError, layers};

/// What a configuration file sets. `file` names it in errors.
///
/// # Errors
/// [`ConfigError`]: it is not TOML, or holds a key or a kind of value that there is not.
pub(super) fn read(file: &str, text: &str) -> Result<Vec<Found>, ConfigError> {
    let table = DeTable::parse(text).map_err(|error| ConfigError::NotToml {
        file: file.to_owned(),
        line: line(text, error.span().map_or(0, |span| span.start)),
        reason: error.message().to_owned(),
    })?;
    let mut found = Vec::new();
    walk(file, text, "", table.get_ref(), &mut found)?;
    Ok(found)
}

fn walk(
    file: &str,
    text: &str,
    prefix: &str,
    table: &DeTable<'_>,
    found: &mut Vec<Found>,
) -> Result<(), ConfigError> {
    for (name, value) in table {
        let key = format!("{prefix}{}", name.get_ref());
        let origin = Origin::File { file: file.to_owned(), line: line(text, name.span().start) };
        if let DeValue::Table(inner) = value.get_ref()
            && keys::SETTINGS.iter().any(|setting| setting.key.starts_with(&format!("{key}.")))
        {
            walk(file, text, &format!("{key}."), inner, found)?;
            continue;
        }
        let Some(setting) = keys::setting(&key) else {
            return Err(layers::unknown(origin, key));
        };
        let read = match (setting.kind, value.get_ref()) {
            (Kind::Text, DeValue::String(text)) => Some(text.to_string()),
            (Kind::Number, DeValue::Integer(number)) if number.radix() == 10 => {
                Some(number.as_str().to_owned())
            }
            _ => None,
        };
        let Some(value_text) = read else {
            let value = text.get(value.span()).unwrap_or_default().to_owned();
            return Err(ConfigError::Value { origin, key: setting.key, rule: setting.rule, value });
        };
        found.push(Found { key: setting.key, text: value_text, origin });
    }
    Ok(())
}

fn line(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<Vec<String>, String> {
        let found = read("d.toml", text).map_err(|error| error.to_string())?;
        let mut rows: Vec<_> =
            found.into_iter().map(|found| format!("{}={} {}", found.key, found.text, found.origin)).collect();
        rows.sort();
        Ok(rows)
    }

    #[test]
    fn files_say_where_their_values_are() {
        let text = "listen = \"1.2.3.4:5\"\n\n[log]\nlevel = 'debug'\n[limits]\nusers_per_account = 10_000\n";
        let expected = [
            "limits.users_per_account=10000 d.toml:6",
            "listen=1.2.3.4:5 d.toml:1",
            "log.level=debug d.toml:4",
        ];
        assert_eq!(check(text), Ok(expected.map(str::to_owned).to_vec()));
        assert_eq!(check("log.level = 'debug'"), Ok(vec!["log.level=debug d.toml:1".to_owned()]));
        assert_eq!(check(""), Ok(vec![]));
    }

    #[test]
    fn unknown_keys_and_other_kinds_are_errors() {
        for (text, expected) in [
            (
                "data = '/x'\nlisten_on = 'x'",
                "d.toml:2: there is no setting `listen_on`; did you mean `listen`?",
            ),
            ("[log]\nlvel = 'x'", "d.toml:2: there is no setting `log.lvel`; did you mean `log.level`?"),
            ("[colours]\na = 1", "d.toml:1: there is no setting `colours`"),
            ("log = 'x'", "d.toml:1: there is no setting `log`"),
            (
                "[listen]\na = 1",
                "d.toml:1: `listen` must be an address and a port, such as `127.0.0.1:8426`, got `[listen]`",
            ),
            (
                "limits.users_per_account = '5'",
                "d.toml:1: `limits.users_per_account` must be a whole number from 0 to 4294967295, got `'5'`",
            ),
            (
                "account = 123456789012",
                "d.toml:1: `account` must be an account id of twelve digits, got `123456789012`",
            ),
        ] {
            assert_eq!(check(text), Err(expected.to_owned()), "{text}");
        }
        let broken = check("listen = \n").unwrap_err();
        assert!(broken.starts_with("d.toml:1: "), "{broken}");
    }
}

//! `doorward settings`.

use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::{Result, bail};

use crate::config::reference::{Section, Shown, sections, variables};
use crate::{arguments, serve};

/// Prints the settings that there are.
///
/// # Errors
/// No setting's key begins so, or standard output is closed.
pub fn run(options: &arguments::Settings) -> Result<()> {
    let begins = options.key.as_deref().unwrap_or_default();
    let mut found = sections();
    for (_, settings) in &mut found {
        settings.retain(|shown| shown.key.starts_with(begins));
    }
    found.retain(|(_, settings)| !settings.is_empty());
    if found.is_empty() {
        bail!("there is no setting whose key begins with `{begins}`");
    }
    let text = if options.markdown { page(&found) } else { listed(&found) };
    Ok(write!(anstream::stdout(), "{text}")?)
}

/// The flag of a setting, if it has one.
fn flag(key: &str) -> Option<&'static str> {
    let flags = serve::sources(&arguments::Serve::default()).flags;
    flags.into_iter().find(|(of, ..)| *of == key).map(|(_, flag, _)| flag)
}

/// For a terminal: each setting with what there is to know about it.
fn listed(sections: &[Section]) -> String {
    let mut text = String::new();
    for (title, settings) in sections {
        // Writing to a text does not fail.
        let _ = writeln!(text, "\x1b[1;4m{title}\x1b[0m\n");
        for Shown { key, variable, default, rule, about } in settings {
            let flag = flag(key).map(|flag| format!(", {flag}")).unwrap_or_default();
            let _ = writeln!(text, "  \x1b[1m{key}\x1b[0m ({variable}{flag})");
            let _ = writeln!(text, "      {about}");
            let _ = writeln!(text, "      default: {default}; must be {rule}\n");
        }
    }
    text
}

const HEAD: &str = "\
# Settings

Every setting of `doorward serve`, as `doorward settings --markdown` prints it. `doorward settings log` shows those whose keys
begin so, and `doorward serve --print-config` what is in effect, and where each value comes from.

A setting stands in the configuration file under its key (`log.level`, or `level` below `[log]`), in the environment as
`DOORWARD_` and the key in capitals, with `_` for each dot (`DOORWARD_LOG_LEVEL`), and some have a flag. A flag goes before the
environment, and the environment before the file. A key, variable or value that is not understood is an error that names its place.
";

/// The page `docs/settings.md`.
fn page(sections: &[Section]) -> String {
    let mut text = HEAD.to_owned();
    for (title, settings) in sections {
        let _ = writeln!(text, "\n## {title}\n\n| Key | Flag | Default | Must be | |\n|---|---|---|---|---|");
        for Shown { key, default, rule, about, .. } in settings {
            let flag = flag(key).map(|flag| format!("`{flag}`")).unwrap_or_default();
            let _ = writeln!(text, "| `{key}` | {flag} | {default} | {rule} | {about} |");
        }
    }
    text.push_str("\n## In the environment alone\n\n| Variable | |\n|---|---|\n");
    for (variable, about) in variables() {
        let _ = writeln!(text, "| `{variable}` | {about} |");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/settings.md");

    /// `DOORWARD_BLESS=1` writes it anew.
    #[test]
    fn the_page_says_what_the_code_does() {
        let page = page(&sections());
        if std::env::var_os("DOORWARD_BLESS").is_some() {
            std::fs::write(PAGE, &page).unwrap();
        }
        assert!(std::fs::read_to_string(PAGE).unwrap() == page, "docs/settings.md is old; see this test");
    }

    #[test]
    fn settings_are_found_by_their_keys() {
        let shown = listed(&sections());
        for line in ["log.level\x1b[0m (DOORWARD_LOG_LEVEL, --log-level)", "default: `info`; must be `error`"]
        {
            assert!(shown.contains(line), "{line} in {shown}");
        }
        let options = |key: &str| arguments::Settings { key: Some(key.to_owned()), markdown: false };
        assert!(run(&options("nothing.")).is_err());
    }
}

//! `doorward doctor`: looks at everything that a server needs, and says what is wrong before it is felt.
//!
//! Each file below looks at one thing and changes nothing. [`backups`], [`certificates`], [`clock`], [`disk`], [`server`],
//! [`store`].

mod backups;
mod certificates;
mod clock;
mod disk;
mod server;
mod store;

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Result;
use jiff::Timestamp;
use serde::Serialize;

use crate::config::{Config, Place};
use crate::{arguments, installation};

/// The exit code when there is a problem.
const PROBLEM: u8 = 1;

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    /// As it should be.
    Ok,
    /// It could not be looked at.
    Unknown,
    /// It works, and will not always, or not as well as it could.
    Warning,
    /// It does not work, or what it should keep is at risk.
    Problem,
}

/// What was found out about one thing.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Finding {
    about: &'static str,
    verdict: Verdict,
    says: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
}

impl Finding {
    fn ok(about: &'static str, says: impl Into<String>) -> Self {
        Self { about, verdict: Verdict::Ok, says: says.into(), remedy: None }
    }

    fn unknown(about: &'static str, says: impl Into<String>) -> Self {
        Self { verdict: Verdict::Unknown, ..Self::ok(about, says) }
    }

    fn warning(about: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { verdict: Verdict::Warning, remedy: Some(remedy.into()), ..Self::ok(about, says) }
    }

    fn problem(about: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { verdict: Verdict::Problem, ..Self::warning(about, says, remedy) }
    }
}

/// Looks at an installation and its surroundings, and tells what was found.
///
/// # Errors
/// The report cannot be written.
pub fn run(options: &arguments::Doctor) -> Result<ExitCode> {
    let findings = examined(options);
    if options.json {
        writeln!(anstream::stdout(), "{}", serde_json::to_string_pretty(&findings)?)?;
    } else {
        write!(anstream::stdout(), "{}", listed(&findings))?;
    }
    let worst = findings.iter().map(|finding| finding.verdict).max();
    Ok(if worst == Some(Verdict::Problem) { ExitCode::from(PROBLEM) } else { ExitCode::SUCCESS })
}

fn examined(options: &arguments::Doctor) -> Vec<Finding> {
    let now = Timestamp::now();
    let config = match installation::config(&options.installation) {
        Ok(config) => config,
        Err(error) => {
            let remedy = "`doorward settings` tells what each setting must be";
            return vec![Finding::problem("configuration", format!("{error:#}"), remedy)];
        }
    };
    let (mut findings, made) = store::examine(&config, &options.installation);
    findings.insert(0, Finding::ok("configuration", format!("understood; {}", place(&config))));
    findings.extend(config.data.local().map(|local| disk::examine(local, &config)).unwrap_or_default());
    findings.extend(clock::examine(made, now));
    findings.extend(certificates::examine(&config, now));
    findings.extend(server::examine(&config));
    findings.push(backups::examine(options, now));
    findings
}

fn place(config: &Config) -> String {
    match &config.data {
        Place::Memory => "the installation is kept in memory alone".to_owned(),
        Place::Directory(directory) => format!("the installation is in `{}`", directory.display()),
        Place::Etcd(etcd) => {
            format!("the installation is in etcd under `{}`, at {}", etcd.prefix, etcd.endpoints.join(", "))
        }
    }
}

/// The report for people.
fn listed(findings: &[Finding]) -> String {
    let width = findings.iter().map(|finding| finding.about.len()).max().unwrap_or_default();
    let mut text = String::new();
    for Finding { about, verdict, says, remedy } in findings {
        let (color, word) = match verdict {
            Verdict::Ok => ("32", "ok"),
            Verdict::Unknown => ("2", "unknown"),
            Verdict::Warning => ("1;33", "warning"),
            Verdict::Problem => ("1;31", "problem"),
        };
        text.push_str(&format!("\x1b[{color}m{word:<7}\x1b[0m  {about:<width$}  {says}\n"));
        if let Some(remedy) = remedy {
            text.push_str(&format!("{:<7}  {:<width$}  \x1b[2mso:\x1b[0m {remedy}\n", "", ""));
        }
    }
    let count = |verdict| findings.iter().filter(|finding| finding.verdict == verdict).count();
    let counted = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    };
    let problems = counted(count(Verdict::Problem), "problem");
    text + &format!("\n{problems}, {}.\n", counted(count(Verdict::Warning), "warning"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_is_aligned_and_counts() {
        let findings =
            [Finding::ok("disk", "roomy"), Finding::warning("certificate", "ends soon", "renew it")];
        let text = listed(&findings);
        let plain: Vec<String> = text
            .lines()
            .map(|line| {
                let mut parts = line.split('\x1b').map(str::to_owned);
                let first = parts.next().unwrap_or_default();
                first + &parts.map(|part| part.split_once('m').unwrap().1.to_owned()).collect::<String>()
            })
            .collect();
        assert_eq!(
            plain,
            [
                "ok       disk         roomy",
                "warning  certificate  ends soon",
                "                      so: renew it",
                "",
                "0 problems, 1 warning.",
            ]
        );
    }
}

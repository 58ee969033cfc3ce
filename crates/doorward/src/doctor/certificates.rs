//! Certificates: whether they can be read and go with their keys, and how long they are good.

use std::path::Path;

use doorward_server::tls::{Certificate, validity};
use jiff::{SignedDuration, Timestamp};

use super::Finding;
use crate::config::{Config, MasterKeySource, Place};

/// How long before its end people want to know of it.
const WARNED_BEFORE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Looks at every certificate that is configured.
pub fn examine(config: &Config, now: Timestamp) -> Vec<Finding> {
    let mut findings = Vec::new();
    match &config.tls {
        Some(tls) => {
            findings.push(match Certificate::load(&tls.certificate, &tls.key) {
                Ok(_) => ends("TLS", &tls.certificate, now),
                Err(error) => {
                    let says = format!("{:#}", anyhow::Error::new(error));
                    Finding::problem("TLS", says, "give a chain and its private key, both PEM")
                }
            });
        }
        None if config.listen.ip().is_loopback() => {
            findings.push(Finding::ok("TLS", "none; the server is for this machine alone"));
        }
        None => {
            let says = format!("none, and the server listens on {}", config.listen);
            let remedy = "set `tls.certificate` and `tls.key`, or listen behind something that speaks TLS";
            findings.push(Finding::warning("TLS", says, remedy));
        }
    }
    if let Place::Etcd(etcd) = &config.data {
        let own = etcd.identity.iter().map(|files| &files.certificate);
        findings.extend(etcd.ca.iter().chain(own).map(|file| ends("TLS to etcd", file, now)));
    }
    if let MasterKeySource::Vault(vault) = &config.master_key {
        findings.extend(vault.ca.iter().map(|file| ends("TLS to Vault", file, now)));
    }
    findings
}

/// When the first certificate of a file ends.
fn ends(about: &'static str, file: &Path, now: Timestamp) -> Finding {
    let found = match validity(file) {
        Ok(found) => found,
        Err(error) => {
            let says = format!("{:#}", anyhow::Error::new(error));
            return Finding::problem(about, says, "give certificates in PEM");
        }
    };
    let (Some(begins), Some(ends)) =
        (found.iter().map(|one| one.begins).max(), found.iter().map(|one| one.ends).min())
    else {
        return Finding::problem(about, format!("`{}` is empty", file.display()), "give certificates in PEM");
    };
    judged(about, &format!("`{}`", file.display()), (begins, ends), now)
}

fn judged(
    about: &'static str,
    file: &str,
    (begins, ends): (Timestamp, Timestamp),
    now: Timestamp,
) -> Finding {
    let remedy = "replace it, and restart the server";
    if now < begins {
        return Finding::problem(about, format!("{file} is not good before {begins}"), remedy);
    }
    let left = now.duration_until(ends);
    let says = format!("{file} is good until {ends}, {} days", left.as_hours() / 24);
    if left.is_negative() {
        return Finding::problem(about, format!("{file} ended at {ends}"), remedy);
    }
    if left < WARNED_BEFORE { Finding::warning(about, says, remedy) } else { Finding::ok(about, says) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Verdict;

    #[test]
    fn certificates_end() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/certificates");
        let now: Timestamp = "2026-11-23T00:00:00Z".parse().unwrap();
        for (file, expected) in [
            ("leaf.pem", Verdict::Ok),
            ("expired.pem", Verdict::Problem),
            ("early.pem", Verdict::Problem),
            ("leaf.key.pem", Verdict::Problem),
            ("nowhere.pem", Verdict::Problem),
        ] {
            let finding = ends("TLS", &folder.join(file), now);
            assert_eq!(finding.verdict, expected, "{file}: {finding:?}");
        }
        let at = |hours| now + SignedDuration::from_hours(hours);
        for (hours, expected) in [
            (-1, Verdict::Problem),
            (24, Verdict::Warning),
            (29 * 24, Verdict::Warning),
            (31 * 24, Verdict::Ok),
        ] {
            assert_eq!(judged("TLS", "f", (at(-48), at(hours)), now).verdict, expected, "{hours}");
        }
    }
}

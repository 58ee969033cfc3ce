//! The store and the keys: whether both are there, go together, and hold together.

use std::time::Instant;

use doorward_directory::integrity::{self, Severity};
use doorward_server::administration::{self, KeyRings, NoInput, Operation};
use doorward_store::etcd::{Etcd, Options};
use jiff::Timestamp;

use super::Finding;
use crate::administer::{Reached, reach};
use crate::config::{Config, Place};
use crate::installation::{self, Found};
use crate::progress::grouped;
use crate::{arguments, client};

/// Looks at both; and answers with the latest time that a key was made at, if that could be read.
pub fn examine(config: &Config, options: &arguments::Installation) -> (Vec<Finding>, Option<Timestamp>) {
    if config.data == Place::Memory {
        return (vec![Finding::unknown("store", "what is in memory is known to its server alone")], None);
    }
    let mut findings = match &config.data {
        Place::Etcd(_) => members(config),
        Place::Memory | Place::Directory(_) => Vec::new(),
    };
    match installation::find(config) {
        Ok((_, Found::Server)) => {
            findings
                .push(Finding::ok("store", "open in a server; `doorward check` looks through a copy of it"));
        }
        Ok((_, Found::Store(store))) => {
            let sealer = installation::sealer_at_hand(config).ok().flatten();
            let checked = store.snapshot().and_then(|stored| integrity::check(&*stored, sealer.as_deref()));
            findings.push(match checked {
                Ok(report) => holds(&report),
                Err(error) => {
                    Finding::problem("store", error.to_string(), "restore a backup, into another place")
                }
            });
        }
        Err(error) => {
            findings.push(Finding::problem(
                "store",
                format!("{error:#}"),
                "name the installation by --data or --config, and see what the message says",
            ));
            return (findings, None);
        }
    }
    let (found, made) = keys(options);
    findings.push(found);
    (findings, made)
}

fn holds(report: &integrity::Report) -> Finding {
    let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let records = grouped(report.counts.values().sum());
    match (errors, report.findings.len()) {
        (0, 0) => Finding::ok("store", format!("{records} records, and they hold together")),
        (0, warnings) => {
            let says = format!("{records} records; {warnings} that nothing needs");
            Finding::warning("store", says, "`doorward check` names them")
        }
        (errors, _) => {
            let says = format!("{errors} of {records} records are damaged, or do not fit the others");
            Finding::problem(
                "store",
                says,
                "`doorward check` names them; restore a backup, into another place",
            )
        }
    }
}

/// Asks each member of the cluster by itself.
fn members(config: &Config) -> Vec<Finding> {
    let Place::Etcd(place) = &config.data else { return Vec::new() };
    let options = match installation::etcd_options(place) {
        Ok(options) => options,
        Err(error) => {
            return vec![Finding::problem("etcd", format!("{error:#}"), "see `doorward settings etcd`")];
        }
    };
    let one = |endpoint: &String| {
        let begun = Instant::now();
        match Etcd::open(Options { endpoints: vec![endpoint.clone()], ..options.clone() }) {
            Ok(_) => {
                let milliseconds = begun.elapsed().as_millis();
                Finding::ok("etcd", format!("{endpoint} answers, in {milliseconds} ms with the connection"))
            }
            Err(error) => {
                let says = format!("{endpoint}: {:#}", anyhow::Error::new(error));
                Finding::warning("etcd", says, "two of three members are enough for now; mend this one")
            }
        }
    };
    place.endpoints.iter().map(one).collect()
}

/// Whether the master key opens the keys of the installation, and what they wait for.
fn keys(options: &arguments::Installation) -> (Finding, Option<Timestamp>) {
    let rings = reach(options).and_then(|(place, reached)| match reached {
        Reached::Server => client::ask::<KeyRings>(&place, Operation::ListKeys, &NoInput {}),
        Reached::Store(directory) => Ok(administration::key_rings(&directory.snapshot(), Timestamp::now())),
    });
    let rings = match rings {
        Ok(rings) => rings,
        Err(error) => return (Finding::problem("keys", format!("{error:#}"), "see docs/keys.md"), None),
    };
    let made =
        rings.keys.iter().filter(|key| key.state != "next").filter_map(|key| key.made.parse().ok()).max();
    (judged(&rings), made)
}

fn judged(rings: &KeyRings) -> Finding {
    match rings.masters.as_slice() {
        [] => Finding::problem("keys", "no master key opens all data keys", "see docs/keys.md"),
        [master] => Finding::ok("keys", format!("{} of them, under `{master}`", rings.keys.len())),
        masters => {
            let says = format!("the master key changes: {} open the data keys", masters.join(" and "));
            Finding::warning(
                "keys",
                says,
                "`doorward keys rotate master --finish`, once every server has the new one",
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Verdict;

    #[test]
    fn a_change_of_the_master_key_is_to_be_finished() {
        let rings = |masters: &[&str]| KeyRings {
            masters: masters.iter().map(|&master| master.to_owned()).collect(),
            keys: Vec::new(),
        };
        for (masters, expected) in [
            (&[][..], Verdict::Problem),
            (&["key/1"], Verdict::Ok),
            (&["key/1", "vault/transit/d"], Verdict::Warning),
        ] {
            assert_eq!(judged(&rings(masters)).verdict, expected, "{masters:?}");
        }
    }

    #[test]
    fn damage_is_a_problem() {
        let sound = integrity::Report { revision: doorward_store::Revision::ZERO, ..empty() };
        assert_eq!(holds(&sound).verdict, Verdict::Ok);
        for (severity, expected) in
            [(Severity::Warning, Verdict::Warning), (Severity::Error, Verdict::Problem)]
        {
            let finding = integrity::Finding { severity, key: "k".into(), fault: "f".into(), remedy: "r" };
            let report = integrity::Report { findings: vec![finding], ..empty() };
            assert_eq!(holds(&report).verdict, expected);
        }
    }

    fn empty() -> integrity::Report {
        integrity::Report {
            revision: doorward_store::Revision::ZERO,
            counts: Default::default(),
            findings: Vec::new(),
        }
    }
}

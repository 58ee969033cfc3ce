//! The clock, which sessions, signatures and keys hang on.

use std::process::{Command, Stdio};

use jiff::{SignedDuration, Timestamp};

use super::Finding;

/// How far servers' clocks may be apart without anybody noticing, in seconds.
const SKEW_S: SignedDuration = SignedDuration::from_secs(5);

const REMEDY: &str = "have it set by NTP: signatures are good for 15 minutes, and sessions end by it";

/// Looks at the clock. `made` is the latest time that the installation has written down, if that could be read.
pub fn examine(made: Option<Timestamp>, now: Timestamp) -> Vec<Finding> {
    let now = whole_second(now);
    let mut findings = vec![judged(synchronized(), now)];
    if let Some(made) = made.filter(|made| now.duration_since(*made) < -SKEW_S) {
        let says = format!("it is {now}, and the installation has a key that was made at {made}");
        findings.push(Finding::problem("clock", says, REMEDY));
    }
    findings
}

fn whole_second(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

fn judged(synchronized: Option<bool>, now: Timestamp) -> Finding {
    match synchronized {
        Some(true) => Finding::ok("clock", format!("set by NTP; it is {now}")),
        Some(false) => Finding::warning("clock", format!("it is {now}, and nothing sets it"), REMEDY),
        None => Finding::unknown("clock", format!("it is {now}; whether NTP sets it cannot be told here")),
    }
}

/// Whether the system says that its clock is set from outside.
///
/// Source: <https://www.freedesktop.org/software/systemd/man/latest/timedatectl.html>
fn synchronized() -> Option<bool> {
    let mut command = Command::new("timedatectl");
    command
        .args(["show", "--property=NTPSynchronized", "--value"])
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    let said = command.output().ok().filter(|ended| ended.status.success())?.stdout;
    match String::from_utf8(said).ok()?.trim() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Verdict;

    #[test]
    fn a_clock_that_goes_back_is_found() {
        let now: Timestamp = "2026-11-23T00:00:00Z".parse().unwrap();
        for (ahead, expected) in [(-3600, 1), (0, 1), (4, 1), (6, 2), (86_400, 2)] {
            let findings = examine(Some(now + SignedDuration::from_secs(ahead)), now);
            assert_eq!(findings.len(), expected, "{ahead}");
            assert!(findings.iter().skip(1).all(|finding| finding.verdict == Verdict::Problem));
        }
        assert_eq!(examine(None, now).len(), 1);
        for (synchronized, expected) in
            [(Some(true), Verdict::Ok), (Some(false), Verdict::Warning), (None, Verdict::Unknown)]
        {
            assert_eq!(judged(synchronized, now).verdict, expected);
        }
    }
}

//! Telling systemd how the server is: that it is ready, how far it has loaded, that it stops, that it lives.
//!
//! Nothing is told where nobody listens. What cannot be told does not keep the server from serving; the log says so.
//!
//! Source: <https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html>

use std::time::Duration;

use anyhow::{Context as _, Result};
use doorward_server::listen::Pulse;
use sd_notify::NotifyState;

use crate::config::Drain;

/// How much longer systemd is to wait, each time that it is told that the server loads: far more than until the next time.
const LOADING_EXTENSION: Duration = Duration::from_secs(30);

/// What closing the store may take after the last request.
const CLOSING_TIME: Duration = Duration::from_secs(10);

/// For how long a loop may be busy before the server counts as hung.
const HUNG_AFTER: Duration = Duration::from_secs(10);

/// The server loads, and has come so far.
pub fn loading(progress: &str) {
    tell(&[NotifyState::Status(progress), NotifyState::ExtendTimeoutUsec(microseconds(LOADING_EXTENSION))]);
}

/// Requests are answered.
pub fn ready(status: &str) {
    tell(&[NotifyState::Ready, NotifyState::Status(status)]);
}

/// The server stops, in the time that it has for it.
pub fn stopping(drain: Drain) {
    let time = drain.delay + drain.time + CLOSING_TIME;
    let state = [NotifyState::Stopping, NotifyState::Status("stopping")];
    tell(&[&state[..], &[NotifyState::ExtendTimeoutUsec(microseconds(time))]].concat());
}

/// Tells systemd's watchdog again and again that the server lives, as long as each of its loops does; where the unit has
/// a watchdog.
///
/// # Errors
/// The system refuses the thread.
pub fn watch(pulse: Pulse) -> Result<()> {
    let Some(limit) = sd_notify::watchdog_enabled() else { return Ok(()) };
    let thread = std::thread::Builder::new().name("watchdog".to_owned());
    let watched = thread.spawn(move || {
        loop {
            match pulse.hung_for(HUNG_AFTER) {
                None => tell(&[NotifyState::Watchdog]),
                Some(age) => tracing::error!(seconds = age.as_secs(), "a loop of connections does not move"),
            }
            // Twice in the time that it has, as systemd's own documentation advises.
            std::thread::sleep(limit / 2);
        }
    });
    watched.map(drop).context("the watchdog cannot be told")
}

fn tell(state: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(state) {
        tracing::warn!(%error, "systemd cannot be told");
    }
}

fn microseconds(time: Duration) -> u32 {
    u32::try_from(time.as_micros()).unwrap_or(u32::MAX)
}

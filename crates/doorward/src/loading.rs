//! How far the policy state is loaded, for whoever starts a server: a line that changes on a terminal, and else one line of
//! the log a second. What is loaded sooner is not spoken of.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use doorward_directory::snapshot::Progress;

use crate::supervisor;

/// How often the log says it.
const LOGGED: Duration = Duration::from_secs(1);

/// How often a terminal shows it.
const SHOWN: Duration = Duration::from_millis(250);

/// Goes back to the begin of the line, and clears it.
const ANEW: &str = "\r\x1b[K";

/// Does `load`, and shows meanwhile how far it has come.
pub fn shown<T>(progress: &Progress, load: impl FnOnce() -> T) -> T {
    let (loading, ended) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(
            move || if io::stderr().is_terminal() { draw(progress, &ended) } else { log(progress, &ended) },
        );
        let loaded = load();
        drop(loading);
        loaded
    })
}

fn log(progress: &Progress, ended: &Receiver<()>) {
    while ended.recv_timeout(LOGGED) == Err(RecvTimeoutError::Timeout) {
        let (read, about) = (progress.read(), progress.about());
        match progress.migrating_to() {
            Some(format) => tracing::info!(read, about, format, "migrating the store"),
            None => tracing::info!(read, about, "loading the policy state"),
        }
        supervisor::loading(&line(progress));
    }
}

fn draw(progress: &Progress, ended: &Receiver<()>) {
    let mut terminal = io::stderr();
    let mut drawn = false;
    while ended.recv_timeout(SHOWN) == Err(RecvTimeoutError::Timeout) {
        drawn = true;
        // A terminal that has gone does not keep the server from starting.
        let _ = write!(terminal, "{ANEW}{}", line(progress)).and_then(|()| terminal.flush());
    }
    if drawn {
        let _ = write!(terminal, "{ANEW}");
    }
}

fn line(progress: &Progress) -> String {
    let what = match progress.migrating_to() {
        Some(format) => format!("migrating to format {format}"),
        None => "loading".to_owned(),
    };
    match progress.about() {
        Some(about) => format!("{what}: {} of about {about} records", progress.read()),
        None => format!("{what}: {} records", progress.read()),
    }
}

//! The log, on standard error.

use std::io;

use crate::config::{Config, LogFormat};

/// Starts to log as configured.
pub fn start(config: &Config) {
    let log = tracing_subscriber::fmt().with_writer(io::stderr).with_max_level(config.log_level);
    match config.log_format {
        LogFormat::Plain => log.with_target(false).init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

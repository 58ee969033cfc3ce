//! The running server, and what the system lets it use.

use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use bytes::Bytes;
use doorward_server::client;
use doorward_server::limits::CONNECTIONS_MAX;
use doorward_server::tls::Trust;
use http::Request;

use super::Finding;
use crate::config::Config;
use crate::serve::ServerFile;

/// How long a server may take to say how it is.
const PATIENCE: Duration = Duration::from_secs(5);

/// The longest answer that is read, in bytes.
const ANSWER_BYTES_MAX: u64 = 4096;

/// Files that a server has open beside its connections.
const OTHER_FILES: u64 = 128;

/// Looks at the server of this machine.
pub fn examine(config: &Config) -> Vec<Finding> {
    let Some(local) = config.data.local() else { return Vec::new() };
    let Ok(server) = ServerFile::read(local) else {
        let own = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
        return vec![Finding::unknown("server", "none runs here"), judged_files(own)];
    };
    vec![readiness(&server), judged_files(limit_of(server.pid))]
}

fn readiness(server: &ServerFile) -> Finding {
    let at = server.address;
    match asked(server) {
        Ok((200, said)) if said == "ready" => Finding::ok("server", format!("ready, at {at}")),
        Ok((200, said)) => {
            Finding::warning("server", format!("at {at}: {said}"), "see its log; it says what it waits for")
        }
        Ok((_, said)) => {
            Finding::problem("server", format!("at {at}: {said}"), "see its log; it says what it waits for")
        }
        Err(error) => {
            let says =
                format!("`server.json` says that it listens at {at}, and it does not answer: {error:#}");
            Finding::problem("server", says, "see its log, and restart it")
        }
    }
}

/// What the server says of itself.
fn asked(server: &ServerFile) -> Result<(u16, String)> {
    let request = Request::get("/readyz").header("host", server.address.to_string()).body(Bytes::new())?;
    let trust = server.certificate.as_deref();
    let trust = trust.map(|file| Trust::pinned(file, server.address.ip())).transpose()?;
    let answer = client::ask(&[server.address], trust.as_ref(), request, PATIENCE)?;
    let (head, body) = answer.into_parts();
    let mut said = String::new();
    body.take(ANSWER_BYTES_MAX).read_to_string(&mut said)?;
    Ok((head.status.as_u16(), said.trim().to_owned()))
}

/// How many files a process may have open; `None` for any number, or where that cannot be told.
fn limit_of(process: u32) -> Option<u64> {
    let limits = std::fs::read_to_string(Path::new("/proc").join(process.to_string()).join("limits")).ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn judged_files(limit: Option<u64>) -> Finding {
    let wanted = CONNECTIONS_MAX as u64 + OTHER_FILES;
    match limit {
        Some(limit) if limit < wanted => {
            let says = format!("a server may have {limit} open, and {CONNECTIONS_MAX} connections need more");
            Finding::warning(
                "open files",
                says,
                format!("raise the limit to {wanted}: `ulimit -n`, `LimitNOFILE=`"),
            )
        }
        Some(limit) => Finding::ok("open files", format!("a server may have {limit}")),
        None => Finding::ok("open files", "a server may have any number"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Verdict;

    #[test]
    fn connections_need_files() {
        for (limit, expected) in
            [(Some(1024), Verdict::Warning), (Some(1 << 20), Verdict::Ok), (None, Verdict::Ok)]
        {
            assert_eq!(judged_files(limit).verdict, expected, "{limit:?}");
        }
        if cfg!(target_os = "linux") {
            let own = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
            assert_eq!(limit_of(std::process::id()), own);
        }
    }

    #[test]
    fn a_server_that_is_gone_is_a_problem() {
        let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let gone = ServerFile { address, pid: 1, certificate: None };
        let finding = readiness(&gone);
        assert_eq!(finding.verdict, Verdict::Problem, "{finding:?}");
    }
}

//! Running the command.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use tempfile::TempDir;

use crate::client::Keys;

/// A command line, with nothing of the tester's own environment but the path.
pub struct Doorward {
    command: Command,
}

/// What a command that ended left.
pub struct Ended {
    pub status: ExitStatus,
    pub out: String,
    pub err: String,
}

impl Doorward {
    pub fn new(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_doorward"));
        command.args(arguments).env_clear().env("HOME", "/nonexistent").stdin(Stdio::null());
        Self { command }
    }

    /// The same through a shell, which finds the command in `$0` and its arguments in `$@`.
    pub fn shell(script: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new("/bin/bash");
        command.args(["-c", script, env!("CARGO_BIN_EXE_doorward")]).args(arguments);
        command.env_clear().env("HOME", "/nonexistent").stdin(Stdio::null());
        Self { command }
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs it to its end.
    pub fn ended(mut self) -> Ended {
        let output = self.command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ended { status: output.status, out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs it as a server, and waits until it says that it is ready.
    pub fn ready(mut self) -> Server {
        let log = tempfile::tempdir().unwrap();
        let err = File::create(log.path().join("err")).unwrap();
        let mut child = self.command.stdout(Stdio::piped()).stderr(err).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut banner = String::new();
        while !banner.contains("\nNext: ") {
            if out.read_line(&mut banner).unwrap() == 0 {
                let status = child.wait().unwrap();
                let err = std::fs::read_to_string(log.path().join("err")).unwrap();
                panic!("the server ended with {status} before it was ready:\n{banner}\n{err}");
            }
        }
        Server { child, out, banner, log }
    }
}

/// A running server; killed when dropped.
pub struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    /// What it said when it was ready.
    pub banner: String,
    log: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Server {
    /// One on a data directory, on a port that the system chooses.
    pub fn on(data: &Path) -> Self {
        Self::with(data, &[])
    }

    /// The same with further arguments.
    pub fn with(data: &Path, arguments: &[&str]) -> Self {
        let data = data.to_str().unwrap();
        let all = ["serve", "--listen", "127.0.0.1:0", "--data", data];
        Doorward::new(&[&all, arguments].concat()).ready()
    }

    /// The value of an `export` line.
    pub fn exported(&self, name: &str) -> Option<String> {
        let prefix = format!("export {name}=");
        self.banner.lines().find_map(|line| line.strip_prefix(&prefix)).map(str::to_owned)
    }

    pub fn address(&self) -> SocketAddr {
        let url = self.exported("AWS_ENDPOINT_URL").unwrap();
        url.split_once("://").unwrap().1.parse().unwrap()
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop.
    pub fn terminate(&self) {
        assert!(Command::new("kill").args(["-TERM", &self.pid().to_string()]).status().unwrap().success());
    }

    /// Waits until it has ended.
    pub fn wait(&mut self) -> ExitStatus {
        self.out.read_to_string(&mut self.banner).unwrap();
        self.child.wait().unwrap()
    }

    /// Kills it.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log.path().join("err")).unwrap()
    }
}

/// The root user's keys in a data directory.
pub fn root_keys(data: &Path) -> Keys {
    profile(data, "doorward-root")
}

/// The keys of a profile in a data directory.
pub fn profile(data: &Path, name: &str) -> Keys {
    let text = std::fs::read_to_string(data.join("credentials")).unwrap();
    let (_, rest) = text.split_once(&format!("[{name}]\n")).unwrap();
    let value = |key: &str| {
        let line = rest.lines().find_map(|line| line.strip_prefix(key)).unwrap();
        line.trim_start_matches([' ', '=']).to_owned()
    };
    Keys { id: value("aws_access_key_id"), secret: value("aws_secret_access_key"), token: None }
}

/// A folder that goes away, and a data directory in it that does not exist yet.
pub fn new_data() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    (folder, data)
}

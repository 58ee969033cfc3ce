//! Clusters of etcd on this machine, which tests may break.
//!
//! Members are processes of the program `etcd` (Debian's `etcd-server`; `etcdctl` is in `etcd-client`), in a directory
//! and on ports of their own. All are killed when the [`Cluster`] is dropped.
//!
//! ```no_run
//! use doorward_store::conformance::cluster::{Cluster, Plan};
//! use doorward_store::etcd::Etcd;
//!
//! let mut cluster = Cluster::start(&Plan::default());
//! let store = Etcd::open(cluster.options("case-1/")).unwrap();
//! let leader = cluster.leader();
//! cluster.kill(leader);
//! cluster.restart(leader);
//! ```

#![expect(clippy::expect_used, reason = "this module is tests, which fail by panicking")]

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, SanType};

use crate::etcd::{Login, Options, Secret, Tls};

/// How long a cluster may take to come up, or to choose a leader.
const PATIENCE: Duration = Duration::from_secs(30);

/// Between two looks.
const LOOK: Duration = Duration::from_millis(20);

/// How often starting is tried: another process may take a port that was free.
const STARTS_MAX: usize = 3;

/// What a cluster is to be.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How many members.
    pub members: usize,
    /// Whether clients have to encrypt and to show a certificate.
    pub tls: bool,
    /// Whether clients have to give a password: user `doorward`, who may write under `doorward/` alone.
    pub login: bool,
    /// The most bytes of the database (`--quota-backend-bytes`); `None` for etcd's own limit.
    pub quota_bytes: Option<u64>,
}

impl Default for Plan {
    /// Three members, open to everybody.
    fn default() -> Self {
        Self { members: 3, tls: false, login: false, quota_bytes: None }
    }
}

/// The password of the user `doorward` of clusters with a login.
pub const PASSWORD: &str = "correct horse";

/// A member.
struct Member {
    name: String,
    client: u16,
    peer: u16,
    /// The port at which the others reach it: its own, or a relay's.
    reached: u16,
    process: Option<Child>,
}

/// Keys and certificates of a cluster with encryption, as PEM.
struct Certificates {
    ca: String,
    certificate: String,
    key: String,
}

/// Running members of one cluster.
pub struct Cluster {
    plan: Plan,
    directory: tempfile::TempDir,
    members: Vec<Member>,
    certificates: Option<Certificates>,
    /// Whether passwords are asked for by now.
    guarded: bool,
}

impl Cluster {
    /// Starts a cluster and waits until it has a leader.
    ///
    /// # Panics
    /// If etcd is not installed or does not come up.
    pub fn start(plan: &Plan) -> Self {
        Self::start_behind(plan, &mut |_, peer| peer)
    }

    /// As [`start`](Self::start). `relay` is told each member's number and the port at which it listens for the others,
    /// and says at which port they shall reach it. If starting has to be tried again, it is asked again.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    pub fn start_behind(plan: &Plan, relay: &mut dyn FnMut(usize, u16) -> u16) -> Self {
        for _ in 1..STARTS_MAX {
            if let Some(cluster) = Self::try_start(plan, relay) {
                return cluster;
            }
        }
        Self::try_start(plan, relay)
            .expect("etcd does not come up: is it installed? apt-get install etcd-server etcd-client")
    }

    fn try_start(plan: &Plan, relay: &mut dyn FnMut(usize, u16) -> u16) -> Option<Self> {
        let directory = tempfile::tempdir().unwrap();
        let certificates = plan.tls.then(certificates);
        if let Some(made) = &certificates {
            for (name, text) in [("ca", &made.ca), ("certificate", &made.certificate), ("key", &made.key)] {
                std::fs::write(directory.path().join(name), text).unwrap();
            }
        }
        // Held until all are known, so that none is given twice.
        let held: Vec<_> = (0..plan.members * 2).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
        let ports: Vec<u16> = held.iter().map(|port| port.local_addr().unwrap().port()).collect();
        drop(held);
        let member = |(n, ports): (usize, &[u16])| Member {
            name: format!("m{n}"),
            client: ports[0],
            peer: ports[1],
            reached: relay(n, ports[1]),
            process: None,
        };
        let members = ports.chunks(2).enumerate().map(member).collect();
        let mut cluster = Self { plan: plan.clone(), directory, members, certificates, guarded: false };
        (0..plan.members).for_each(|n| cluster.spawn(n, "new"));
        cluster.came_up().then(|| {
            if plan.login {
                cluster.guard();
            }
            cluster
        })
    }

    fn came_up(&mut self) -> bool {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            let ended = |member: &mut Member| {
                member.process.as_mut().is_none_or(|process| process.try_wait().unwrap().is_some())
            };
            if self.members.iter_mut().any(ended) {
                return false;
            }
            if (0..self.members.len()).all(|n| self.is_healthy(n)) {
                return true;
            }
            std::thread::sleep(LOOK);
        }
        false
    }

    fn spawn(&mut self, n: usize, state: &str) {
        let scheme = self.scheme();
        let Member { name, client, peer, reached, .. } = &self.members[n];
        let all: Vec<String> = self
            .members
            .iter()
            .map(|member| format!("{}=http://127.0.0.1:{}", member.name, member.reached))
            .collect();
        let mut command = Command::new("etcd");
        command
            .args(["--name", name, "--initial-cluster-state", state, "--initial-cluster", &all.join(",")])
            .args(["--heartbeat-interval", "50", "--election-timeout", "500", "--logger", "zap"])
            .arg("--data-dir")
            .arg(self.data(n))
            .args(["--listen-client-urls", &format!("{scheme}://127.0.0.1:{client}")])
            .args(["--advertise-client-urls", &format!("{scheme}://127.0.0.1:{client}")])
            .args(["--listen-peer-urls", &format!("http://127.0.0.1:{peer}")])
            .args(["--initial-advertise-peer-urls", &format!("http://127.0.0.1:{reached}")]);
        if let Some(bytes) = self.plan.quota_bytes {
            command.args(["--quota-backend-bytes", &bytes.to_string()]);
        }
        if self.certificates.is_some() {
            let file = |name| self.directory.path().join(name);
            command.arg("--cert-file").arg(file("certificate")).arg("--key-file").arg(file("key"));
            command.arg("--trusted-ca-file").arg(file("ca")).arg("--client-cert-auth");
        }
        let log = File::options().create(true).append(true).open(self.log(n)).unwrap();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        self.members[n].process = command.spawn().ok();
    }

    /// Demands a password from now on.
    fn guard(&mut self) {
        let user = format!("doorward:{PASSWORD}");
        for words in [
            &["user", "add", "root:root"][..],
            &["user", "grant-role", "root", "root"],
            &["user", "add", &user],
            &["role", "add", "doorward"],
            &["role", "grant-permission", "doorward", "--prefix=true", "readwrite", "doorward/"],
            &["user", "grant-role", "doorward", "doorward"],
            &["auth", "enable"],
        ] {
            // `root` has its role from the start in some versions.
            let done = self.run(words);
            assert!(done.is_ok() || words[1] == "grant-role", "{words:?}: {done:?}");
        }
        self.guarded = true;
    }

    fn scheme(&self) -> &'static str {
        if self.plan.tls { "https" } else { "http" }
    }

    fn data(&self, n: usize) -> PathBuf {
        self.directory.path().join(&self.members[n].name)
    }

    /// The file with what a member has logged.
    pub fn log(&self, n: usize) -> PathBuf {
        self.directory.path().join(format!("{}.log", self.members[n].name))
    }

    /// How many members it was planned with.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether it has no members, which it always has.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// A directory for what a test wants to keep beside the cluster; it goes when the cluster goes.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// The address of a member for clients.
    pub fn endpoint(&self, n: usize) -> String {
        format!("{}://127.0.0.1:{}", self.scheme(), self.members[n].client)
    }

    /// The port of a member for clients.
    pub fn port(&self, n: usize) -> u16 {
        self.members[n].client
    }

    /// What a store under `prefix` is opened with.
    pub fn options(&self, prefix: &str) -> Options {
        let mut options = Options::new((0..self.len()).map(|n| self.endpoint(n)).collect());
        options.prefix = prefix.to_owned();
        options.attempt = Duration::from_secs(2);
        options.tls = self.certificates.as_ref().map(|made| Tls {
            ca: made.ca.clone().into_bytes(),
            identity: Some((made.certificate.clone().into_bytes(), Secret::new(made.key.clone()))),
        });
        options.login =
            self.plan.login.then(|| Login { user: "doorward".to_owned(), password: Secret::new(PASSWORD) });
        options
    }

    /// Runs `etcdctl` as root; its output.
    ///
    /// # Panics
    /// If it fails.
    pub fn etcdctl(&self, words: &[&str]) -> String {
        self.run(words).unwrap_or_else(|error| panic!("etcdctl {words:?}: {error}"))
    }

    fn run(&self, words: &[&str]) -> Result<String, String> {
        let running = (0..self.len()).filter(|n| self.members[*n].process.is_some());
        let all: Vec<String> = running.map(|n| self.endpoint(n)).collect();
        self.run_at(&all.join(","), words)
    }

    fn run_at(&self, endpoints: &str, words: &[&str]) -> Result<String, String> {
        let mut command = Command::new("etcdctl");
        command.env("ETCDCTL_API", "3").args(["--endpoints", endpoints, "--command-timeout", "3s"]);
        if self.guarded {
            command.args(["--user", "root:root"]);
        }
        if self.certificates.is_some() {
            let file = |name| self.directory.path().join(name);
            command.arg("--cacert").arg(file("ca"));
            command.arg("--cert").arg(file("certificate")).arg("--key").arg(file("key"));
        }
        let output = command.args(words).output().map_err(|error| error.to_string())?;
        let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        if output.status.success() { Ok(out.into_owned()) } else { Err(error.into_owned()) }
    }

    fn is_healthy(&self, n: usize) -> bool {
        self.run_at(&self.endpoint(n), &["endpoint", "health"]).is_ok()
    }

    /// Which member leads, waiting for one that does.
    ///
    /// # Panics
    /// If none does in time.
    pub fn leader(&self) -> usize {
        let leads = |n: &usize| {
            let said = self.run_at(&self.endpoint(*n), &["endpoint", "status"]).unwrap_or_default();
            said.split(", ").nth(4) == Some("true")
        };
        let running = |n: &usize| self.members[*n].process.is_some();
        let found = self.wait(|| (0..self.len()).filter(running).find(leads));
        found.expect("the cluster has no leader")
    }

    fn wait<T>(&self, found: impl Fn() -> Option<T>) -> Option<T> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if let Some(found) = found() {
                return Some(found);
            }
            std::thread::sleep(LOOK);
        }
        None
    }

    /// Kills a member at once (SIGKILL).
    pub fn kill(&mut self, n: usize) {
        if let Some(mut process) = self.members[n].process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// Starts a killed member again on what it left behind, and waits until it takes part.
    ///
    /// # Panics
    /// If it does not.
    pub fn restart(&mut self, n: usize) {
        self.spawn(n, "existing");
        self.wait(|| self.is_healthy(n).then_some(())).expect("the member does not come back");
    }

    /// Kills a member, removes its data, and lets it join the cluster as a new one.
    ///
    /// # Panics
    /// If the others have no majority, or it does not come back.
    pub fn replace(&mut self, n: usize) {
        self.kill(n);
        let peer = format!("http://127.0.0.1:{}", self.members[n].reached);
        let list = self.wait(|| self.run(&["member", "list"]).ok()).expect("the others have no majority");
        let line = list.lines().find(|line| line.contains(&peer)).expect("the member is in the list");
        let id = line.split(',').next().unwrap();
        self.wait(|| self.run(&["member", "remove", id]).ok()).expect("the others have no majority");
        std::fs::remove_dir_all(self.data(n)).unwrap();
        let name = self.members[n].name.clone();
        let urls = format!("--peer-urls={peer}");
        self.wait(|| self.run(&["member", "add", &name, &urls]).ok()).expect("it is not let in");
        self.restart(n);
    }

    /// Stops a member where it is (SIGSTOP): it keeps its connections and says nothing.
    pub fn pause(&self, n: usize) {
        self.signal(n, "-STOP");
    }

    /// Lets a paused member go on.
    pub fn resume(&self, n: usize) {
        self.signal(n, "-CONT");
    }

    fn signal(&self, n: usize, signal: &str) {
        if let Some(process) = &self.members[n].process {
            let sent = Command::new("kill").args([signal, &process.id().to_string()]).status().unwrap();
            assert!(sent.success());
        }
    }

    /// Forgets all history before `revision` of the cluster.
    pub fn compact(&self, revision: u64) {
        self.etcdctl(&["compact", &revision.to_string()]);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for member in &mut self.members {
            if let Some(mut process) = member.process.take() {
                process.kill().ok();
                process.wait().ok();
            }
        }
    }
}

/// A CA, and a certificate of it for this machine, for members and clients alike.
fn certificates() -> Certificates {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "a CA for tests");
    let ca = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let mut params = CertificateParams::default();
    params.subject_alt_names = vec![SanType::IpAddress(std::net::Ipv4Addr::LOCALHOST.into())];
    params.distinguished_name.push(DnType::OrganizationName, "a member for tests");
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, &ca).unwrap();
    Certificates {
        ca: pem("CERTIFICATE", ca.der()),
        certificate: pem("CERTIFICATE", certificate.der()),
        key: pem("PRIVATE KEY", &key.serialize_der()),
    }
}

fn pem(label: &str, der: &[u8]) -> String {
    pem_rfc7468::encode_string(label, pem_rfc7468::LineEnding::LF, der).unwrap()
}

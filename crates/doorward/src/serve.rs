//! `doorward serve`.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};

use anyhow::{Context as _, Result};
use doorward_directory::migration::STEPS;
use doorward_directory::random::SystemRandom;
use doorward_directory::role_template::RoleTemplates;
use doorward_gate::Gate;
use doorward_server::drain::Hurry;
use doorward_server::listen::Stopped;
use doorward_server::metrics::{self, CountedStore, MetricsAddress};
use doorward_server::tls::Certificate;
use doorward_server::{Address, Encryption, Running, Signals, State};
use doorward_store::Store;
use http::Uri;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::arguments;
use crate::banner::{self, Banner};
use crate::config::{Config, Sources};
use crate::traces::{self, Collector, Spans, Traces};
use crate::upgrade::upgrade;
use crate::{files, installation, loading, log, providers, role_templates, supervisor};

/// The file in a data directory that says where its server listens.
const SERVER_FILE: &str = "server.json";

/// Where the server of a data directory listens.
#[derive(Debug, Serialize, Deserialize)]
pub struct ServerFile {
    /// The address; never the unspecified one.
    pub address: SocketAddr,
    /// The process.
    pub pid: u32,
    /// The certificate it shows, if it speaks TLS.
    pub certificate: Option<PathBuf>,
}

impl ServerFile {
    /// Reads the file of a data directory.
    ///
    /// # Errors
    /// It is missing or damaged.
    pub fn read(directory: &Path) -> Result<Self> {
        let path = directory.join(SERVER_FILE);
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
        serde_json::from_str(&text).with_context(|| format!("`{}` is damaged", path.display()))
    }
}

/// Runs the server until it is asked to stop.
///
/// # Errors
/// The configuration is wrong, or something it needs cannot be had.
pub fn run(options: &arguments::Serve) -> Result<()> {
    let config = Config::read(sources(options))?;
    if options.print_config {
        return Ok(write!(anstream::stdout(), "{}", config.shown)?);
    }
    let tracing =
        config.traces.as_ref().map(|(endpoint, ca)| trace_to(endpoint, ca.as_deref())).transpose()?;
    let (spans, tracing) = tracing.unzip();
    log::start(&config, spans);
    let foreign = traces::foreign(std::env::vars_os().map(|(name, _)| name));
    if !foreign.is_empty() {
        let variables = foreign.join(", ");
        tracing::warn!(%variables, "variables of OpenTelemetry's libraries are not read: `traces.endpoint` says where traces go");
    }
    let (tell, told) = channel();
    let hurry = Arc::new(OnceLock::new());
    watch(Arc::clone(&hurry), tell.clone())?;
    let encryption = encryption(&config)?;
    let templates = role_templates::load(config.role_templates.as_deref())?;
    // Held until the end: another server must not keep its own there.
    let _claim = installation::claim(&config.data)?;
    let counted = Arc::new(CountedStore::new(installation::open_store(&config.data)?));
    let store: Arc<dyn Store> = counted.clone();
    let address =
        Address::take(config.listen).with_context(|| format!("cannot listen on {}", config.listen))?;
    let socket = address.socket();
    let metrics = config.metrics.map(take_metrics).transpose()?;
    let state = State::new(Arc::clone(&store), Timestamp::now, Arc::new(SystemRandom));
    let state = state.with_reads(config.reads);
    let state = Arc::new(if tracing.is_some() { state.traced() } else { state });
    let running = doorward_server::start(address, Arc::clone(&state), &encryption)?;
    if let Some(metrics) = metrics {
        metrics::expose(metrics, running.board(counted)).context("metrics cannot be served")?;
    }
    // Nothing else sets it.
    let _ = hurry.set(running.hurry());
    supervisor::watch(running.pulse())?;
    let opened = std::thread::scope(|scope| {
        scope.spawn(|| {
            let opened = open(&config, &state, &store, socket, templates);
            // The other end is there as long as this scope.
            let _ = tell.send(Event::Opened(opened));
        });
        until_told(&told)
    });
    supervisor::stopping(config.drain);
    if opened.is_ok() && !config.drain.delay.is_zero() {
        running.leave();
        // A second signal cuts it short, and everything after it.
        let _ = told.recv_timeout(config.drain.delay);
    }
    stop(&config, running);
    if let Some(tracing) = tracing {
        tracing.flush();
    }
    opened
}

fn trace_to(endpoint: &Uri, ca: Option<&Path>) -> Result<(Spans, Traces)> {
    traces::start(Collector::new(endpoint, ca).context("`traces.endpoint` cannot be used")?)
}

/// Takes the address of metrics, and says which it is.
fn take_metrics(address: SocketAddr) -> Result<MetricsAddress> {
    let taken = MetricsAddress::take(address);
    let taken = taken.with_context(|| format!("cannot listen on {address} for metrics"))?;
    tracing::info!(address = %taken.socket()?, "metrics are served");
    Ok(taken)
}

/// What happens to a server that may have to stop.
enum Event {
    /// The doors are open, or never will be.
    Opened(Result<()>),
    /// A signal asks it to stop.
    Signal,
}

/// Tells of signals. The second one and those after it hurry the server. Where there is none yet, because its store is not
/// open, the process ends.
fn watch(hurry: Arc<OnceLock<Hurry>>, tell: Sender<Event>) -> Result<()> {
    let mut signals = Signals::catch().context("signals cannot be caught")?;
    let thread = std::thread::Builder::new().name("signals".to_owned());
    let watched = thread.spawn(move || {
        let mut asked = false;
        loop {
            let signal = signals.wait();
            tracing::info!(signal, "{}", if asked { "stopping at once" } else { "stopping" });
            match hurry.get() {
                None => std::process::exit(0),
                Some(hurry) if asked => hurry.cut_off(),
                Some(_) => {}
            }
            asked = true;
            if tell.send(Event::Signal).is_err() {
                return;
            }
        }
    });
    watched.map(drop).context("signals cannot be watched")
}

/// Waits until the server is to stop. Where that is before its doors are open, the process ends here: nothing was
/// acknowledged yet, and what is on disk is sound at every moment.
fn until_told(told: &Receiver<Event>) -> Result<()> {
    match told.recv() {
        Ok(Event::Opened(Ok(()))) => {
            // Whatever comes now, there is nothing to do but stop.
            let _ = told.recv();
            Ok(())
        }
        Ok(Event::Opened(error)) => error,
        Ok(Event::Signal) | Err(_) => std::process::exit(0),
    }
}

/// Everything that settings can come from, with these flags.
pub fn sources(options: &arguments::Serve) -> Sources {
    let flags = vec![
        ("data", "--data", options.data.clone()),
        ("listen", "--listen", options.listen.clone()),
        ("account", "--account", options.account.clone()),
        ("master_key_file", "--master-key-file", options.master_key_file.clone()),
        ("tls.certificate", "--tls-certificate", options.tls_certificate.clone()),
        ("tls.key", "--tls-key", options.tls_key.clone()),
        ("log.format", "--log-format", options.log_format.clone()),
        ("log.level", "--log-level", options.log_level.clone()),
        ("plans.bytes_max", "--plans-bytes-max", options.plans_bytes_max.clone()),
    ];
    Sources { config: options.config.clone(), flags, environment: std::env::vars_os().collect() }
}

fn encryption(config: &Config) -> Result<Encryption> {
    Ok(match &config.tls {
        None => Encryption::Plain,
        Some(tls) => Encryption::Tls(Certificate::load(&tls.certificate, &tls.key)?),
    })
}

/// Loads the policy state, opens the doors, and says so.
fn open(
    config: &Config,
    state: &State,
    store: &Arc<dyn Store>,
    socket: SocketAddr,
    templates: RoleTemplates,
) -> Result<()> {
    let progress = state.progress();
    let directory = loading::shown(progress, || {
        upgrade(&config.data, &**store, STEPS, progress)?;
        installation::open_directory(config, store, progress)
    })?;
    let start = installation::first_start(config, &directory, Timestamp::now())?;
    let gate = Gate::open(Arc::clone(&directory), config.choices, Arc::new(SystemRandom))?
        .with_plan_bytes_max(config.plan_bytes_max)
        .with_issuer_base(&issuer_base(config, socket))
        .with_role_templates(templates)
        .with_providers(config.providers.as_deref().map(providers::load).transpose()?.unwrap_or_default());
    state.open(gate);
    if let Some(path) = config.data.local() {
        let certificate = config.tls.as_ref().map(|tls| std::path::absolute(&tls.certificate)).transpose()?;
        let file = ServerFile { address: reachable(socket), pid: std::process::id(), certificate };
        let path = path.join(SERVER_FILE);
        files::replace(&path, &serde_json::to_string(&file)?)
            .with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    supervisor::ready(&format!("serving at {}", banner::url(config, reachable(socket))));
    let snapshot = directory.snapshot();
    let account = snapshot.installation().map(|installation| installation.management_account);
    banner::print(&Banner { config, socket, account, start: &start })
}

/// Under which address others find the issuers of web identity tokens.
fn issuer_base(config: &Config, socket: SocketAddr) -> String {
    config.issuer_base.clone().unwrap_or_else(|| banner::url(config, reachable(socket)))
}

/// Stops serving; the store closes when the last of its users is dropped, after this.
fn stop(config: &Config, running: Running) {
    if let Some(path) = config.data.local() {
        // It may never have been written; and whoever finds it finds nobody listening.
        let _ = std::fs::remove_file(path.join(SERVER_FILE));
    }
    match running.stop(config.drain.time) {
        Stopped::Cleanly => tracing::info!("stopped"),
        Stopped::CutOff { connections } => {
            tracing::warn!(connections, "stopped; connections with requests in flight were cut off");
        }
    }
}

/// An address at which this machine reaches the server itself.
pub fn reachable(socket: SocketAddr) -> SocketAddr {
    match socket {
        SocketAddr::V4(four) if four.ip().is_unspecified() => ([127, 0, 0, 1], socket.port()).into(),
        SocketAddr::V6(six) if six.ip().is_unspecified() => {
            (std::net::Ipv6Addr::LOCALHOST, socket.port()).into()
        }
        SocketAddr::V4(_) | SocketAddr::V6(_) => socket,
    }
}

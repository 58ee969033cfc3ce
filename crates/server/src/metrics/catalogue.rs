//! Every metric there is. `docs/metrics.md` lists the same.

/// A metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// Its name; that of a counter without the `_total` that its samples have.
    pub name: &'static str,
    /// What sort it is of.
    pub sort: Sort,
    /// The names of its labels.
    pub labels: &'static [&'static str],
    /// What it says, in a sentence without its full stop.
    pub help: &'static str,
}

/// The sorts of metrics.
///
/// Source: <https://prometheus.io/docs/concepts/metric_types/>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Only grows while the process lives.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Counts what was measured, in buckets.
    Histogram,
}

impl Sort {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

const fn counter(name: &'static str, labels: &'static [&'static str], help: &'static str) -> Metric {
    Metric { name, sort: Sort::Counter, labels, help }
}

const fn gauge(name: &'static str, labels: &'static [&'static str], help: &'static str) -> Metric {
    Metric { name, sort: Sort::Gauge, labels, help }
}

const fn histogram(name: &'static str, labels: &'static [&'static str], help: &'static str) -> Metric {
    Metric { name, sort: Sort::Histogram, labels, help }
}

/// All of them, in the order in which they are served.
pub const METRICS: [Metric; 31] = [
    counter(
        "doorward_requests",
        &["service", "operation", "outcome"],
        "Requests answered, by what came of them: answered, denied, unauthenticated, throttled, refused or failed",
    ),
    histogram(
        "doorward_request_duration_seconds",
        &["service"],
        "From a request's head to its answer, in seconds",
    ),
    counter(
        "doorward_denials",
        &["kind", "layer"],
        "Requests for AWS's operations that were denied, explicitly or implicitly, by the layer of policies that did",
    ),
    counter(
        "doorward_authentication_failures",
        &["code"],
        "Requests whose sender could not be established, by the error's code",
    ),
    gauge("doorward_requests_in_flight", &[], "Requests being answered"),
    counter("doorward_connections_accepted", &[], "Connections taken up"),
    gauge("doorward_connections", &[], "Connections open"),
    counter("doorward_tls_failures", &[], "Connections that came to no agreement on TLS"),
    gauge("doorward_ready", &[], "1 where /readyz says 200, else 0"),
    gauge("doorward_stopping", &[], "1 once the server is asked to stop, else 0"),
    gauge(
        "doorward_directory_revision",
        &[],
        "The revision of the policy state that requests are answered from",
    ),
    gauge(
        "doorward_directory_age_seconds",
        &[],
        "For how long the policy state may have missed something that other servers wrote; 0 on a store that is not shared",
    ),
    gauge("doorward_directory_load_duration_seconds", &[], "From the start until requests were answered"),
    gauge("doorward_directory_records", &["kind"], "How much the policy state holds"),
    gauge(
        "doorward_store_health",
        &["state"],
        "1 for the state that the store is in: ready, degraded, read_only or unavailable, else 0",
    ),
    counter(
        "doorward_store_commits",
        &["outcome"],
        "Transactions by what came of them: committed, conflict, unavailable or unknown",
    ),
    histogram(
        "doorward_store_commit_duration_seconds",
        &[],
        "How long transactions took, waiting for others included",
    ),
    histogram(
        "doorward_store_revision_duration_seconds",
        &[],
        "How long the store took to tell how far it has come",
    ),
    counter(
        "doorward_store_watches",
        &["outcome"],
        "Attempts to follow the store: each but the first is a new one",
    ),
    gauge("doorward_plans_bytes", &[], "About how many bytes the plans of policies take that are kept"),
    gauge("doorward_key_age_seconds", &["ring"], "For how long the present key of a ring has been in use"),
    gauge("doorward_keys", &["ring", "state"], "Keys of the installation, by what they are for now"),
    gauge(
        "doorward_certificate_expiry_timestamp_seconds",
        &[],
        "When the certificate ends that the server shows; not there without TLS",
    ),
    gauge(
        "doorward_backup_timestamp_seconds",
        &[],
        "When the last complete backup through this server was begun; not there before the first",
    ),
    gauge("doorward_backup_revision", &[], "The revision of that backup"),
    gauge("doorward_build_info", &["version"], "1; the label tells the version"),
    gauge("process_start_time_seconds", &[], "When the process began"),
    counter("process_cpu_seconds", &[], "Processor time of the process"),
    gauge(
        "process_resident_memory_bytes",
        &[],
        "Memory of the process that is in use; not there but on Linux",
    ),
    gauge("process_open_fds", &[], "Files and connections that the process has open; not there but on Linux"),
    gauge("process_max_fds", &[], "How many it may have"),
];

//! Metrics, for Prometheus to fetch: what was asked and answered, how new the policy state is, how the store does.
//!
//! They are served on an address of their own, at `/metrics`, to whoever asks: nothing in them names an account, a
//! principal or a secret, and no client can make their number grow. Each loop of connections counts for itself; only who
//! fetches them adds up.
//!
//! Source: <https://prometheus.io/docs/practices/naming/>

mod catalogue;
mod collect;
mod door;
mod histogram;
mod process;
mod samples;
mod store;
mod tally;

use std::sync::Arc;

use jiff::Timestamp;

pub use catalogue::{METRICS, Metric, Sort};
pub use door::{MetricsAddress, expose};
pub use store::CountedStore;
pub(crate) use tally::Tally;

use crate::state::State;

/// Where the values of all metrics are found.
#[derive(Clone)]
pub struct Board {
    pub(crate) state: Arc<State>,
    pub(crate) tallies: Arc<[Arc<Tally>]>,
    pub(crate) store: Arc<CountedStore>,
    pub(crate) certificate_ends: Option<Timestamp>,
}

impl std::fmt::Debug for Board {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Board")
    }
}

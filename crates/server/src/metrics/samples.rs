//! Values on their way into the text that Prometheus reads.

use std::fmt;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, MetricEncoder, NoLabelSet};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::exemplar::Exemplar;

use super::catalogue::{METRICS, Sort};
use super::histogram::Counted;

/// The names and values of a sample's labels.
type Labels = Vec<(&'static str, String)>;

/// A value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value {
    Number(f64),
    Times(Counted),
}

/// The values of all metrics at one moment.
#[derive(Debug, Default)]
pub(super) struct Samples(Vec<(&'static str, Labels, Value)>);

impl Samples {
    /// Notes a value of a metric without labels.
    pub(super) fn put(&mut self, metric: &'static str, value: f64) {
        self.0.push((metric, Vec::new(), Value::Number(value)));
    }

    /// Notes a value if there is one.
    pub(super) fn put_if(&mut self, metric: &'static str, value: Option<f64>) {
        if let Some(value) = value {
            self.put(metric, value);
        }
    }

    /// Notes a value of a metric with labels.
    pub(super) fn put_of(&mut self, metric: &'static str, labels: &[(&'static str, &str)], value: Value) {
        let labels = labels.iter().map(|(name, label)| (*name, (*label).to_owned())).collect();
        self.0.push((metric, labels, value));
    }

    /// The names of metrics that have a value, each as often as it has one.
    #[cfg(test)]
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(name, _, _)| *name)
    }
}

impl Collector for Samples {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        for metric in &METRICS {
            let sort = match metric.sort {
                Sort::Counter => MetricType::Counter,
                Sort::Gauge => MetricType::Gauge,
                Sort::Histogram => MetricType::Histogram,
            };
            let mut family = encoder.encode_descriptor(metric.name, metric.help, None, sort)?;
            for (_, labels, value) in self.0.iter().filter(|(name, _, _)| *name == metric.name) {
                if labels.is_empty() {
                    encode(&mut family, metric.sort, *value)?;
                } else {
                    encode(&mut family.encode_family(labels)?, metric.sort, *value)?;
                }
            }
        }
        Ok(())
    }
}

fn encode(encoder: &mut MetricEncoder<'_>, sort: Sort, value: Value) -> fmt::Result {
    const NONE: Option<&Exemplar<NoLabelSet, f64>> = None;
    match (value, sort) {
        (Value::Number(number), Sort::Counter) => encoder.encode_counter(&number, NONE),
        (Value::Number(number), Sort::Gauge | Sort::Histogram) => encoder.encode_gauge(&number),
        (Value::Times(counted), _) => {
            encoder.encode_histogram::<NoLabelSet>(counted.sum_s(), counted.count(), &counted.buckets(), None)
        }
    }
}

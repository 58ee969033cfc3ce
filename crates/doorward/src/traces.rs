//! Traces, for a collector of OpenTelemetry: what each request spent its time on.
//!
//! Spans are those of `tracing`: one that has a `trace_id` is a request, and what happens within it is below it. They are
//! collected as they end and sent by a thread of their own, over OTLP. A collector that is slow or away costs spans, and no
//! request ever waits for it.
//!
//! Source: <https://opentelemetry.io/docs/specs/otlp/#otlphttp>

mod collector;
mod layer;
mod messages;

pub use collector::{Collector, Traces, start};
pub use layer::Spans;

/// The variables by which OpenTelemetry's own libraries are configured begin so. They are not read here.
const FOREIGN: &str = "OTEL_";

/// The variables that are of no effect here, in order. A platform may set them for whatever it runs.
pub fn foreign(names: impl Iterator<Item = std::ffi::OsString>) -> Vec<String> {
    let names = names.filter_map(|name| name.into_string().ok());
    let mut found: Vec<String> = names.filter(|name| name.starts_with(FOREIGN)).collect();
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_of_others_are_found() {
        let check = |names: &[&str], expected: &[&str]| {
            assert_eq!(foreign(names.iter().map(Into::into)), expected);
        };
        check(&["PATH", "DOORWARD_TRACES_ENDPOINT", "HOTEL_NAME"], &[]);
        check(
            &["OTEL_SERVICE_NAME", "PATH", "OTEL_EXPORTER_OTLP_ENDPOINT"],
            &["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SERVICE_NAME"],
        );
    }
}

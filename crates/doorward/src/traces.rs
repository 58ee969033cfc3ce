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

/// Refuses what would be of no effect.
///
/// # Errors
/// The environment has a variable for OpenTelemetry's own libraries.
pub fn refuse_foreign(names: impl Iterator<Item = std::ffi::OsString>) -> anyhow::Result<()> {
    let mut names = names.filter_map(|name| name.into_string().ok());
    match names.find(|name| name.starts_with(FOREIGN)) {
        None => Ok(()),
        Some(name) => anyhow::bail!(
            "environment {name}: variables of OpenTelemetry's libraries are not read: set `traces.endpoint` instead, and unset it"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_of_others_are_refused() {
        let check =
            |names: &[&str]| refuse_foreign(names.iter().map(Into::into)).map_err(|error| error.to_string());
        assert_eq!(check(&["PATH", "DOORWARD_TRACES_ENDPOINT", "HOTEL_NAME"]), Ok(()));
        let refused = check(&["PATH", "OTEL_EXPORTER_OTLP_ENDPOINT"]).unwrap_err();
        assert!(
            refused.contains("OTEL_EXPORTER_OTLP_ENDPOINT") && refused.contains("`traces.endpoint`"),
            "{refused}"
        );
    }
}

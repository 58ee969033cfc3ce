//! The log, on standard error.

use std::cell::RefCell;
use std::fmt::{self, Debug, Write as _};
use std::io;

use jiff::Timestamp;
use tracing::field::{Field, Visit};
use tracing_subscriber::Layer as _;
use tracing_subscriber::field::{RecordFields, VisitOutput as _};
use tracing_subscriber::fmt::FormatFields;
use tracing_subscriber::fmt::format::{DefaultVisitor, Writer};
use tracing_subscriber::fmt::time::FormatTime;

use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::{Config, LogFormat};
use crate::traces::Spans;

/// Starts to log as configured, and to hand spans to `spans` if there is somebody who wants them.
pub fn start(config: &Config, spans: Option<Spans>) {
    let Some(spans) = spans else { return start_alone(config) };
    // The log does not see spans: it would name them in each line.
    let level = LevelFilter::from_level(config.log_level);
    let shown = filter_fn(move |metadata| metadata.is_event() && *metadata.level() <= level);
    let log = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_timer(Clock);
    let all = tracing_subscriber::registry().with(spans.with_filter(filter_fn(Spans::takes)));
    match config.log_format {
        LogFormat::Plain => {
            all.with(log.with_target(false).fmt_fields(Plainly).with_filter(shown)).init();
        }
        LogFormat::Json => all.with(log.json().flatten_event(true).with_filter(shown)).init(),
    }
}

fn start_alone(config: &Config) {
    let log = tracing_subscriber::fmt().with_writer(io::stderr).with_max_level(config.log_level);
    let log = log.with_timer(Clock);
    match config.log_format {
        LogFormat::Plain => log.with_target(false).fmt_fields(Plainly).init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

/// Writes the time as `2026-11-22T04:30:00.123456Z`.
struct Clock;

impl FormatTime for Clock {
    fn format_time(&self, into: &mut Writer<'_>) -> fmt::Result {
        stamp(Timestamp::now(), into)
    }
}

fn stamp(now: Timestamp, into: &mut Writer<'_>) -> fmt::Result {
    thread_local! {
        /// The second that was written last, and how it is written: a server writes many lines in one.
        static LAST: RefCell<(i64, String)> = const { RefCell::new((i64::MIN, String::new())) };
    }
    let second = now.as_second();
    LAST.with_borrow_mut(|(known, text)| {
        if *known != second {
            text.clear();
            write!(text, "{}", now.strftime("%Y-%m-%dT%H:%M:%S"))?;
            *known = second;
        }
        into.write_str(text)
    })?;
    write!(into, ".{:06}Z", now.subsec_microsecond())
}

/// Writes fields as the library does, `name=value`, texts in quotes: the most frequent sorts in a shorter way.
struct Plainly;

impl<'w> FormatFields<'w> for Plainly {
    fn format_fields<R: RecordFields>(&self, writer: Writer<'w>, fields: R) -> fmt::Result {
        let mut line = Line { writer, begun: false, result: Ok(()) };
        fields.record(&mut line);
        line.result
    }
}

struct Line<'w> {
    writer: Writer<'w>,
    /// Whether a field stands there already.
    begun: bool,
    result: fmt::Result,
}

impl Line<'_> {
    fn put(&mut self, field: &Field, value: impl FnOnce(&mut Writer<'_>) -> fmt::Result) {
        let begun = std::mem::replace(&mut self.begun, true);
        if self.result.is_ok() {
            let writer = &mut self.writer;
            self.result = if begun { writer.write_char(' ') } else { Ok(()) }
                .and_then(|()| writer.write_str(field.name()))
                .and_then(|()| writer.write_char('='))
                .and_then(|()| value(writer));
        }
    }

    /// As the library does it.
    fn default(&mut self, record: impl FnOnce(&mut DefaultVisitor<'_>)) {
        let begun = std::mem::replace(&mut self.begun, true);
        if self.result.is_ok() {
            let mut visitor = DefaultVisitor::new(self.writer.by_ref(), !begun);
            record(&mut visitor);
            self.result = visitor.finish();
        }
    }
}

impl Visit for Line<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        let plain = |byte: u8| (b' '..=b'~').contains(&byte) && !matches!(byte, b'"' | b'\\');
        if field.name() == "message" || !value.bytes().all(plain) {
            return self.default(|visitor| visitor.record_str(field, value));
        }
        self.put(field, |writer| {
            writer.write_char('"')?;
            writer.write_str(value)?;
            writer.write_char('"')
        });
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, |writer| write!(writer, "{value}"));
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        self.default(|visitor| visitor.record_error(field, value));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.default(|visitor| visitor.record_debug(field, value));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::fmt::MakeWriter;

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl MakeWriter<'_> for Lines {
        type Writer = Self;

        fn make_writer(&self) -> Self {
            self.clone()
        }
    }

    fn events() {
        let error = io::Error::other("the \x1b disk");
        let error: &dyn std::error::Error = &error;
        let (number, none) = (7u64, None::<&str>);
        tracing::info!(
            operation = "GetRole",
            caller = Some("arn:aws:iam::1:user/a"),
            status = 200u16,
            "request"
        );
        tracing::info!(code = none, quoted = "a\"b\\c\n", shown = %"127.0.0.1", number, truth = true, "said {number}");
        tracing::warn!(error, signed = -1, real = 0.5, "what \x1b[1m failed");
        tracing::error!("nothing beside");
    }

    /// The lines of some events.
    fn lines(subscriber: impl FnOnce(Lines) -> tracing::Dispatch) -> String {
        let lines = Lines::default();
        tracing::dispatcher::with_default(&subscriber(lines.clone()), events);
        String::from_utf8(lines.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn lines_are_the_library_s() {
        let own = lines(|lines| {
            tracing_subscriber::fmt().with_writer(lines).without_time().fmt_fields(Plainly).finish().into()
        });
        let plain =
            lines(|lines| tracing_subscriber::fmt().with_writer(lines).without_time().finish().into());
        assert_eq!(own, plain);
        assert_eq!(own.lines().count(), 4, "{own}");
    }

    #[test]
    fn times_are_written_to_the_microsecond() {
        for (time, expected) in [
            ("2026-11-22T04:30:00.1234567Z", "2026-11-22T04:30:00.123456Z"),
            ("2026-11-22T04:30:00.000007Z", "2026-11-22T04:30:00.000007Z"),
            ("2026-11-22T04:30:01Z", "2026-11-22T04:30:01.000000Z"),
            ("2026-11-22T04:30:00Z", "2026-11-22T04:30:00.000000Z"),
        ] {
            let mut text = String::new();
            stamp(time.parse().unwrap(), &mut Writer::new(&mut text)).unwrap();
            assert_eq!(text, expected);
        }
    }
}

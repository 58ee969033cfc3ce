//! Every operation's input and output through every encoding and back, on random values.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

mod sample;

use doorward_wire::answer::Format;
use doorward_wire::form::Form;
use doorward_wire::shape::Protocol;
use sample::Seed;

const SAMPLES: u64 = 12;

/// Runs `check` on every operation with several seeds and answers how many values it saw.
fn each(mut check: impl FnMut(&sample::Row, Seed)) -> u64 {
    let rows = sample::rows();
    for (at, row) in rows.iter().enumerate() {
        for sample in 0..SAMPLES {
            check(row, Seed(at as u64 * 1000 + sample));
        }
    }
    rows.len() as u64 * SAMPLES
}

fn parsed(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("what is written is JSON")
}

#[test]
fn inputs_survive_the_query_protocol() {
    let mut asked = 0;
    each(|row, mut seed| {
        if row.shape.service.protocol != Protocol::Query {
            return;
        }
        asked += 1;
        let shape = (row.shape.input)();
        let node = sample::structure(shape, &mut seed);
        let text = format!("Action={}&Version=x&{}", row.shape.name, sample::as_form(row.shape.input, &node));
        let form = Form::parse("", text.as_bytes()).unwrap();
        let decoded = (row.decode_query)(&form).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(parsed(&decoded), sample::as_value(shape, &node), "{text}");
    });
    assert_eq!(asked, 191 * SAMPLES);
}

#[test]
fn inputs_survive_json() {
    each(|row, mut seed| {
        let shape = (row.shape.input)();
        let value = sample::as_value(shape, &sample::structure(shape, &mut seed));
        let decoded = (row.decode_json)(value.to_string().as_bytes()).unwrap();
        assert_eq!(parsed(&decoded), value);
    });
}

#[test]
fn outputs_are_written_in_full() {
    each(|row, mut seed| {
        let shape = (row.shape.output)();
        let node = sample::structure(shape, &mut seed);
        let expected = sample::as_value(shape, &node);
        let (answer, output) = (row.answer)(node, Format::Json);
        assert_eq!(parsed(&output), expected);
        let body = parsed(&answer.body);
        if row.shape.service.protocol != Protocol::Query {
            // Times aside, which are numbers there.
            assert_eq!(body.as_object().unwrap().len(), expected.as_object().unwrap().len());
            return;
        }
        let response = &body[format!("{}Response", row.shape.name)];
        assert_eq!(response["ResponseMetadata"]["RequestId"], "request-1");
        assert_eq!(response.as_object().unwrap().len(), if row.shape.result.is_some() { 2 } else { 1 });
    });
}

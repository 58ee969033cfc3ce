//! Records between CBOR, whose fields have numbers, and JSON, whose fields have names.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use minicbor::data::Type;
use minicbor::{Decoder, Encoder};
use serde_json::{Map, Value};

use super::Secrets;
use super::shape::{Field, Shape};

/// Why something cannot be converted, in words.
type Reason = String;

/// The JSON of a record.
pub(super) fn read(shape: &Shape, bytes: &[u8], secrets: Secrets) -> Result<Value, Reason> {
    let mut decoder = Decoder::new(bytes);
    let value = value(shape, &mut decoder, secrets)?;
    if decoder.position() == bytes.len() { Ok(value) } else { Err("something follows it".to_owned()) }
}

fn value(shape: &Shape, decoder: &mut Decoder<'_>, secrets: Secrets) -> Result<Value, Reason> {
    Ok(match shape {
        Shape::Text => Value::from(decoder.str().map_err(cbor)?),
        Shape::Number => Value::from(decoder.i64().map_err(cbor)?),
        Shape::Flag => Value::from(decoder.bool().map_err(cbor)?),
        Shape::Account => Value::from(format!("{:012}", decoder.u64().map_err(cbor)?)),
        Shape::Seconds => {
            let time = Timestamp::from_second(decoder.i64().map_err(cbor)?);
            Value::from(time.map_err(|error| error.to_string())?.to_string())
        }
        Shape::Milliseconds => {
            let time = Timestamp::from_millisecond(decoder.i64().map_err(cbor)?);
            Value::from(time.map_err(|error| error.to_string())?.to_string())
        }
        Shape::Bytes | Shape::Secret => Value::from(STANDARD.encode(decoder.bytes().map_err(cbor)?)),
        Shape::Optional(inner) => value(inner, decoder, secrets)?,
        Shape::List(inner) => {
            let count = decoder.array().map_err(cbor)?.ok_or("a list without a length")?;
            (0..count).map(|_| value(inner, decoder, secrets)).collect::<Result<_, _>>()?
        }
        Shape::Record(fields) => Value::from(record(fields, decoder, secrets)?),
        Shape::Choice(variants) => {
            decoder.array().map_err(cbor)?;
            let number = decoder.u32().map_err(cbor)?;
            let chosen = usize::try_from(number).ok().and_then(|number| variants.get(number));
            let (name, fields) = chosen.ok_or("a variant that no export knows")?;
            let fields = Value::from(record(fields, decoder, secrets)?);
            Value::from(Map::from_iter([((*name).to_owned(), fields)]))
        }
    })
}

fn record(
    fields: &[Field],
    decoder: &mut Decoder<'_>,
    secrets: Secrets,
) -> Result<Map<String, Value>, Reason> {
    let count = decoder.array().map_err(cbor)?.ok_or("a record without a length")?;
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    if count > fields.len() {
        return Err("it has fields that no export knows".to_owned());
    }
    let mut map = Map::new();
    for (name, shape) in fields.iter().take(count) {
        if decoder.datatype().map_err(cbor)? == Type::Null {
            decoder.skip().map_err(cbor)?;
            continue;
        }
        let value = value(shape, decoder, secrets)?;
        if secrets == Secrets::Sealed || !shape.is_secret() {
            map.insert((*name).to_owned(), value);
        }
    }
    Ok(map)
}

/// Appends the CBOR of a record.
pub(super) fn write(shape: &Shape, value: &Value, bytes: &mut Vec<u8>) -> Result<(), Reason> {
    put(shape, value, &mut Encoder::new(bytes))
}

fn put(shape: &Shape, value: &Value, out: &mut Encoder<&mut Vec<u8>>) -> Result<(), Reason> {
    let must_be = |what: &str| format!("it must be {what}, not {value}");
    match shape {
        Shape::Text => out.str(value.as_str().ok_or_else(|| must_be("text"))?),
        Shape::Number => out.i64(value.as_i64().ok_or_else(|| must_be("a number"))?),
        Shape::Flag => out.bool(value.as_bool().ok_or_else(|| must_be("true or false"))?),
        Shape::Account => {
            let digits = value.as_str().filter(|text| text.len() == 12);
            let number = digits.and_then(|digits| digits.parse().ok());
            out.u64(number.ok_or_else(|| must_be("the twelve digits of an account"))?)
        }
        Shape::Seconds | Shape::Milliseconds => {
            let time: Option<Timestamp> = value.as_str().and_then(|text| text.parse().ok());
            let time = time.ok_or_else(|| must_be("a time such as `2026-11-22T10:00:00Z`"))?;
            let whole = matches!(shape, Shape::Seconds);
            out.i64(if whole { time.as_second() } else { time.as_millisecond() })
        }
        Shape::Bytes | Shape::Secret => {
            let bytes = value.as_str().and_then(|text| STANDARD.decode(text).ok());
            out.bytes(&bytes.ok_or_else(|| must_be("base64"))?)
        }
        Shape::Optional(inner) => return put(inner, value, out),
        Shape::List(inner) => {
            let list = value.as_array().ok_or_else(|| must_be("a list"))?;
            out.array(list.len() as u64).map_err(infallible)?;
            return list.iter().try_for_each(|item| put(inner, item, out));
        }
        Shape::Record(fields) => return put_record(fields, value, out),
        Shape::Choice(variants) => {
            let one = value.as_object().filter(|object| object.len() == 1);
            let (name, fields) =
                one.and_then(|object| object.iter().next()).ok_or_else(|| must_be("one variant"))?;
            let place = variants.iter().position(|(own, _)| own == name);
            let chosen = place.and_then(|place| Some((place, variants.get(place)?)));
            let (place, (_, shape)) = chosen.ok_or_else(|| format!("there is no `{name}` for it to be"))?;
            out.array(2).and_then(|out| out.u64(place as u64)).map_err(infallible)?;
            return put_record(shape, fields, out);
        }
    }
    .map(drop)
    .map_err(infallible)
}

fn put_record(fields: &[Field], value: &Value, out: &mut Encoder<&mut Vec<u8>>) -> Result<(), Reason> {
    let object = value.as_object().ok_or_else(|| format!("it must be an object, not {value}"))?;
    if let Some(unknown) = object.keys().find(|name| fields.iter().all(|(own, _)| own != name)) {
        return Err(format!("there is no field `{unknown}`"));
    }
    out.array(fields.len() as u64).map_err(infallible)?;
    for (name, shape) in fields {
        match (object.get(*name), shape) {
            (Some(value), _) => {
                put(shape, value, out).map_err(|reason| format!("the field `{name}`: {reason}"))?;
            }
            (None, Shape::Optional(_)) => drop(out.null().map_err(infallible)?),
            (None, _) => return Err(format!("the field `{name}` is missing")),
        }
    }
    Ok(())
}

fn cbor(error: minicbor::decode::Error) -> Reason {
    error.to_string().replace('\n', " ")
}

/// Writing to memory does not fail; where it did, that would be said.
fn infallible<E: std::fmt::Display>(error: E) -> Reason {
    error.to_string()
}

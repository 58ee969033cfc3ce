//! Answers: a typed output or an error, written as the protocol and the caller's `Accept` ask.

use crate::error::{ApiError, Origin};
use crate::json::{JsonWriter, Times};
use crate::shape::ServiceShape;
use crate::value::Operation;
use crate::xml::XmlWriter;

/// The namespace of errors that no service answers.
const FAULT_NAMESPACE: &str = "http://webservices.amazon.com/AWSFault/2005-15-09";

/// How a query service answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `text/xml`.
    Xml,
    /// `application/json`.
    Json,
}

impl Format {
    /// JSON when the `Accept` header lists `application/json`, otherwise XML.
    pub fn of_accept(accept: Option<&str>) -> Format {
        let lists_json = |accept: &str| {
            let ranges = accept.split(',').filter_map(|range| range.split(';').next());
            ranges.map(str::trim).any(|range| range.eq_ignore_ascii_case("application/json"))
        };
        if accept.is_some_and(lists_json) { Format::Json } else { Format::Xml }
    }

    /// The content type of an answer.
    pub fn content_type(self) -> &'static str {
        match self {
            Format::Xml => "text/xml",
            Format::Json => "application/json",
        }
    }
}

/// The status and body of an HTTP answer. The request id also goes into the header `x-amzn-RequestId`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub http_status: u16,
    /// The content type.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
}

/// The answer of a query service to a request that succeeded.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html#API_CreateRole_Examples>.
pub fn success<O: Operation>(output: &O::Output, format: Format, request_id: &str) -> Answer {
    let operation = O::shape();
    let body = match format {
        Format::Xml => success_xml::<O>(output, request_id),
        Format::Json => {
            let mut writer = JsonWriter::new(Times::EpochSeconds);
            writer.open_object();
            writer.key(&format!("{}Response", operation.name));
            writer.open_object();
            if let Some(result) = operation.result {
                writer.key(result);
                writer.value(output);
            }
            writer.key("ResponseMetadata");
            writer.open_object();
            writer.key("RequestId");
            writer.string(request_id);
            for _ in 0..3 {
                writer.close_object();
            }
            writer.finish()
        }
    };
    Answer { http_status: 200, content_type: format.content_type(), body }
}

fn success_xml<O: Operation>(output: &O::Output, request_id: &str) -> String {
    let operation = O::shape();
    let response = format!("{}Response", operation.name);
    let mut writer = XmlWriter::new();
    writer.open_tag(&response, Some(operation.service.namespace));
    if let Some(result) = operation.result {
        writer.open_tag(result, None);
        writer.value(output);
        writer.close_tag(result);
    }
    writer.open_tag("ResponseMetadata", None);
    writer.element("RequestId", request_id);
    writer.close_tag("ResponseMetadata");
    writer.close_tag(&response);
    writer.finish()
}

/// The answer of a query service to a request that failed; `None` for a request that no service was found for.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>.
pub fn failure(error: &ApiError, service: Option<&ServiceShape>, format: Format, request_id: &str) -> Answer {
    let body = match format {
        Format::Xml => {
            let namespace = match (error.origin, service) {
                (Origin::Service, Some(service)) => service.namespace,
                (Origin::Front, _) | (Origin::Service, None) => FAULT_NAMESPACE,
            };
            failure_xml(error, namespace, request_id)
        }
        Format::Json => {
            let mut writer = JsonWriter::new(Times::EpochSeconds);
            writer.open_object();
            writer.key("Error");
            writer.open_object();
            for (key, text) in
                [("Code", error.code.as_ref()), ("Message", &error.message), ("Type", error.fault.as_str())]
            {
                writer.key(key);
                writer.string(text);
            }
            writer.close_object();
            writer.key("RequestId");
            writer.string(request_id);
            writer.close_object();
            writer.finish()
        }
    };
    Answer { http_status: error.http_status, content_type: format.content_type(), body }
}

fn failure_xml(error: &ApiError, namespace: &str, request_id: &str) -> String {
    let mut writer = XmlWriter::new();
    writer.open_tag("ErrorResponse", Some(namespace));
    writer.open_tag("Error", None);
    writer.element("Type", error.fault.as_str());
    writer.element("Code", &error.code);
    writer.element("Message", &error.message);
    writer.close_tag("Error");
    writer.element("RequestId", request_id);
    writer.close_tag("ErrorResponse");
    writer.finish()
}

/// The answer of a service that speaks JSON 1.1 or REST-JSON to a request that succeeded.
///
/// Source: <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>.
pub fn json_success<O: Operation>(output: &O::Output, times: Times) -> Answer {
    let mut writer = JsonWriter::new(times);
    writer.value(output);
    Answer { http_status: 200, content_type: "application/x-amz-json-1.1", body: writer.finish() }
}

/// The answer of a service that speaks JSON 1.1 or REST-JSON to a request that failed. The code also goes into the
/// header `x-amzn-ErrorType`.
///
/// Source: <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization>.
pub fn json_failure(error: &ApiError) -> Answer {
    let mut writer = JsonWriter::new(Times::EpochSeconds);
    writer.open_object();
    writer.key("__type");
    writer.string(&error.code);
    writer.key("Message");
    writer.string(&error.message);
    writer.close_object();
    let content_type = "application/x-amz-json-1.1";
    Answer { http_status: error.http_status, content_type, body: writer.finish() }
}

//! Answers: a typed output or an error, written as the protocol and the caller's `Accept` ask.

use std::convert::Infallible;

use crate::error::{ApiError, Origin};
use crate::json::{JsonWriter, Times};
use crate::shape::ServiceShape;
use crate::value::{Operation, Sink, Value as _};
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

/// The status and body of an HTTP answer. The request id also goes into the header `x-amzn-RequestId`. `Debug` shows no
/// body: some hold new credentials.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub http_status: u16,
    /// The content type.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer")
            .field("http_status", &self.http_status)
            .field("content_type", &self.content_type)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// The answer of a query service to a request that succeeded.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html#API_CreateRole_Examples>.
pub fn success<O: Operation>(output: &O::Output, format: Format, request_id: &str) -> Answer {
    let written = success_written::<O, Infallible>(format, request_id, |sink| {
        output.write(sink);
        Ok(())
    });
    match written {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}

/// The same for an output that `write` writes, member by member, so that it need not be held beside the answer's text.
///
/// # Errors
/// That of `write`; nothing is answered then.
pub fn success_written<O: Operation, E>(
    format: Format,
    request_id: &str,
    write: impl FnOnce(&mut dyn Sink) -> Result<(), E>,
) -> Result<Answer, E> {
    let body = match format {
        Format::Xml => success_xml::<O, E>(request_id, write)?,
        Format::Json => success_json::<O, E>(request_id, write)?,
    };
    Ok(Answer { http_status: 200, content_type: format.content_type(), body })
}

fn success_json<O: Operation, E>(
    request_id: &str,
    write: impl FnOnce(&mut dyn Sink) -> Result<(), E>,
) -> Result<String, E> {
    let operation = O::shape();
    let mut writer = JsonWriter::new(Times::EpochSeconds);
    writer.open_object();
    writer.key(&format!("{}Response", operation.name));
    writer.open_object();
    if let Some(result) = operation.result {
        writer.key(result);
        write(&mut writer)?;
    }
    writer.key("ResponseMetadata");
    writer.open_object();
    writer.key("RequestId");
    writer.string(request_id);
    for _ in 0..3 {
        writer.close_object();
    }
    Ok(writer.finish())
}

fn success_xml<O: Operation, E>(
    request_id: &str,
    write: impl FnOnce(&mut dyn Sink) -> Result<(), E>,
) -> Result<String, E> {
    let operation = O::shape();
    let response = format!("{}Response", operation.name);
    let mut writer = XmlWriter::new();
    writer.open_tag(&response, Some(operation.service.namespace));
    if let Some(result) = operation.result {
        writer.open_tag(result, None);
        write(&mut writer)?;
        writer.close_tag(result);
    }
    writer.open_tag("ResponseMetadata", None);
    writer.element("RequestId", request_id);
    writer.close_tag("ResponseMetadata");
    writer.close_tag(&response);
    Ok(writer.finish())
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
    let written = json_success_written::<Infallible>(times, |sink| {
        output.write(sink);
        Ok(())
    });
    match written {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}

/// The same for an output that `write` writes.
///
/// # Errors
/// That of `write`; nothing is answered then.
pub fn json_success_written<E>(
    times: Times,
    write: impl FnOnce(&mut dyn Sink) -> Result<(), E>,
) -> Result<Answer, E> {
    let mut writer = JsonWriter::new(times);
    write(&mut writer)?;
    Ok(Answer { http_status: 200, content_type: "application/x-amz-json-1.1", body: writer.finish() })
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
    if let Some(reason) = error.reason {
        writer.key("Reason");
        writer.string(reason);
    }
    writer.close_object();
    let content_type = "application/x-amz-json-1.1";
    Answer { http_status: error.http_status, content_type, body: writer.finish() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Members, Nothing, Secret, errors, iam, sts};

    fn time() -> jiff::Timestamp {
        "2024-01-31T12:00:00Z".parse().unwrap()
    }

    fn role() -> iam::Role {
        iam::Role {
            path: "/".to_owned(),
            role_name: "reader".to_owned(),
            role_id: "AROAEXAMPLE".to_owned(),
            arn: "arn:aws:iam::123456789012:role/reader".to_owned(),
            create_date: time(),
            assume_role_policy_document: Some(crate::percent_encode_document("{\"a\": 1}")),
            description: Some("a<b>\u{1}".to_owned()),
            max_session_duration: Some(3600),
            permissions_boundary: None,
            tags: Some(Vec::new()),
            role_last_used: Some(iam::RoleLastUsed::default()),
            source_role_template: None,
        }
    }

    fn check<O: Operation>(output: &O::Output, xml: &str, json: &str) {
        let answer = success::<O>(output, Format::Xml, "id");
        assert_eq!((answer.http_status, answer.content_type, answer.body.as_str()), (200, "text/xml", xml));
        let answer = success::<O>(output, Format::Json, "id");
        assert_eq!(
            (answer.http_status, answer.content_type, answer.body.as_str()),
            (200, "application/json", json)
        );
    }

    #[test]
    fn a_structure_with_empty_and_absent_members() {
        check::<iam::GetRole>(
            &iam::GetRoleResponse { role: role() },
            "<GetRoleResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><GetRoleResult><Role><Path>/</Path>\
             <RoleName>reader</RoleName><RoleId>AROAEXAMPLE</RoleId><Arn>arn:aws:iam::123456789012:role/reader</Arn>\
             <CreateDate>2024-01-31T12:00:00Z</CreateDate>\
             <AssumeRolePolicyDocument>%7B%22a%22%3A%201%7D</AssumeRolePolicyDocument>\
             <Description>a&lt;b&gt;\u{FFFD}</Description><MaxSessionDuration>3600</MaxSessionDuration><Tags/>\
             <RoleLastUsed/></Role></GetRoleResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata>\
             </GetRoleResponse>",
            r#"{"GetRoleResponse":{"GetRoleResult":{"Role":{"Path":"/","RoleName":"reader","RoleId":"AROAEXAMPLE","Arn":"arn:aws:iam::123456789012:role/reader","CreateDate":1706702400,"AssumeRolePolicyDocument":"%7B%22a%22%3A%201%7D","Description":"a<b>\u0001","MaxSessionDuration":3600,"Tags":[],"RoleLastUsed":{}}},"ResponseMetadata":{"RequestId":"id"}}}"#,
        );
    }

    #[test]
    fn lists_and_booleans() {
        check::<iam::ListRolePolicies>(
            &iam::ListRolePoliciesResponse {
                policy_names: vec!["a".to_owned(), "b".to_owned()],
                is_truncated: Some(true),
                marker: Some("m".to_owned()),
            },
            "<ListRolePoliciesResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ListRolePoliciesResult>\
             <PolicyNames><member>a</member><member>b</member></PolicyNames><IsTruncated>true</IsTruncated>\
             <Marker>m</Marker></ListRolePoliciesResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata>\
             </ListRolePoliciesResponse>",
            r#"{"ListRolePoliciesResponse":{"ListRolePoliciesResult":{"PolicyNames":["a","b"],"IsTruncated":true,"Marker":"m"},"ResponseMetadata":{"RequestId":"id"}}}"#,
        );
    }

    #[test]
    fn an_output_written_member_by_member_reads_the_same() {
        let output = iam::ListRolePoliciesResponse {
            policy_names: vec!["a".to_owned(), "b".to_owned()],
            is_truncated: Some(false),
            marker: None,
        };
        for format in [Format::Xml, Format::Json] {
            let write = |names: Vec<Result<String, &'static str>>| {
                success_written::<iam::ListRolePolicies, &str>(format, "id", |sink| {
                    let mut members = Members::begin(sink, 100);
                    members.list("PolicyNames", names)?;
                    members.value("IsTruncated", Some(&false));
                    members.value::<String>("Marker", None);
                    members.end();
                    Ok(())
                })
            };
            let whole = success::<iam::ListRolePolicies>(&output, format, "id");
            assert_eq!(write(vec![Ok("a".to_owned()), Ok("b".to_owned())]), Ok(whole));
            assert_eq!(write(vec![Ok("a".to_owned()), Err("unreadable")]), Err("unreadable"));
        }
    }

    #[test]
    fn maps() {
        let summary = [("Users".to_owned(), 3), ("UsersQuota".to_owned(), 5000)].into();
        check::<iam::GetAccountSummary>(
            &iam::GetAccountSummaryResponse { summary_map: Some(summary) },
            "<GetAccountSummaryResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><GetAccountSummaryResult>\
             <SummaryMap><entry><key>Users</key><value>3</value></entry><entry><key>UsersQuota</key><value>5000</value>\
             </entry></SummaryMap></GetAccountSummaryResult><ResponseMetadata><RequestId>id</RequestId>\
             </ResponseMetadata></GetAccountSummaryResponse>",
            r#"{"GetAccountSummaryResponse":{"GetAccountSummaryResult":{"SummaryMap":{"Users":3,"UsersQuota":5000}},"ResponseMetadata":{"RequestId":"id"}}}"#,
        );
    }

    #[test]
    fn an_operation_that_answers_nothing() {
        check::<iam::DeleteRole>(
            &Nothing {},
            "<DeleteRoleResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ResponseMetadata>\
             <RequestId>id</RequestId></ResponseMetadata></DeleteRoleResponse>",
            r#"{"DeleteRoleResponse":{"ResponseMetadata":{"RequestId":"id"}}}"#,
        );
    }

    #[test]
    fn secrets_go_out_to_the_caller() {
        let credentials = sts::Credentials {
            access_key_id: "ASIAEXAMPLE".to_owned(),
            secret_access_key: Secret::from("s&k".to_owned()),
            session_token: Secret::from("t+/=".to_owned()),
            expiration: time(),
        };
        check::<sts::GetSessionToken>(
            &sts::GetSessionTokenResponse { credentials: Some(credentials), ..Default::default() },
            "<GetSessionTokenResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetSessionTokenResult>\
             <Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>s&amp;k</SecretAccessKey>\
             <SessionToken>t+/=</SessionToken><Expiration>2024-01-31T12:00:00Z</Expiration></Credentials>\
             </GetSessionTokenResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata>\
             </GetSessionTokenResponse>",
            r#"{"GetSessionTokenResponse":{"GetSessionTokenResult":{"Credentials":{"AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"s&k","SessionToken":"t+/=","Expiration":1706702400}},"ResponseMetadata":{"RequestId":"id"}}}"#,
        );
    }

    #[test]
    fn the_caller_identity_in_json() {
        let output = sts::GetCallerIdentityResponse {
            user_id: Some("AIDAEXAMPLE".to_owned()),
            account: Some("123456789012".to_owned()),
            arn: Some("arn:aws:iam::123456789012:user/alice".to_owned()),
        };
        let format = Format::of_accept(Some("application/json"));
        assert_eq!(
            success::<sts::GetCallerIdentity>(&output, format, "id").body,
            r#"{"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"UserId":"AIDAEXAMPLE","Account":"123456789012","Arn":"arn:aws:iam::123456789012:user/alice"},"ResponseMetadata":{"RequestId":"id"}}}"#
        );
    }

    #[test]
    fn errors_carry_the_namespace_of_who_answers() {
        let denied = ApiError::access_denied("User: <x> is not authorized");
        let unknown = ApiError::invalid_action("Foo", None);
        let failed = ApiError::internal_failure();
        let service = "https://sts.amazonaws.com/doc/2011-06-15/";
        let body = |namespace: &str, fault: &str, code: &str, message: &str| {
            format!(
                "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{fault}</Type><Code>{code}</Code>\
                 <Message>{message}</Message></Error><RequestId>id</RequestId></ErrorResponse>"
            )
        };
        let not_found = "Could not find operation Foo for version NO_VERSION_SPECIFIED";
        let rows = [
            (
                &denied,
                Some(&sts::SERVICE),
                403,
                body(service, "Sender", "AccessDenied", "User: &lt;x&gt; is not authorized"),
            ),
            (&unknown, Some(&sts::SERVICE), 400, body(FAULT_NAMESPACE, "Sender", "InvalidAction", not_found)),
            (&failed, None, 500, body(FAULT_NAMESPACE, "Receiver", "InternalFailure", &failed.message)),
        ];
        for (error, service, http_status, body) in rows {
            let answer = failure(error, service, Format::Xml, "id");
            assert_eq!(answer, Answer { http_status, content_type: "text/xml", body });
        }
        assert_eq!(
            failure(&denied, Some(&sts::SERVICE), Format::Json, "id").body,
            r#"{"Error":{"Code":"AccessDenied","Message":"User: <x> is not authorized","Type":"Sender"},"RequestId":"id"}"#
        );
    }

    #[test]
    fn json_protocols_answer_without_an_envelope() {
        let output = iam::GetRoleResponse { role: iam::Role { tags: None, role_last_used: None, ..role() } };
        assert_eq!(
            json_success::<iam::GetRole>(&output, Times::Iso8601).body,
            r#"{"Role":{"Path":"/","RoleName":"reader","RoleId":"AROAEXAMPLE","Arn":"arn:aws:iam::123456789012:role/reader","CreateDate":"2024-01-31T12:00:00Z","AssumeRolePolicyDocument":"%7B%22a%22%3A%201%7D","Description":"a<b>\u0001","MaxSessionDuration":3600}}"#
        );
        let answer = json_failure(&ApiError::new(&errors::VALIDATION_EXCEPTION, "a\"b\\\n"));
        assert_eq!(
            (answer.http_status, answer.body.as_str()),
            (400, r#"{"__type":"ValidationException","Message":"a\"b\\\n"}"#)
        );
        let answer = json_failure(&ApiError::validation_exception("a").because("INVALID_PATTERN"));
        assert_eq!(
            answer.body,
            r#"{"__type":"ValidationException","Message":"a","Reason":"INVALID_PATTERN"}"#
        );
    }

    #[test]
    fn json_is_answered_when_it_is_accepted() {
        let rows = [
            (None, Format::Xml),
            (Some(""), Format::Xml),
            (Some("*/*"), Format::Xml),
            (Some("text/xml"), Format::Xml),
            (Some("application/json"), Format::Json),
            (Some("text/html, Application/JSON;q=0.9"), Format::Json),
            (Some("application/jsonp"), Format::Xml),
        ];
        for (accept, expected) in rows {
            assert_eq!(Format::of_accept(accept), expected, "{accept:?}");
        }
    }
}

//! Which operation a request asks for: `Action` and `Version` of the query protocol, `x-amz-target` of JSON 1.1.

use crate::error::ApiError;
use crate::form::Form;
use crate::shape::{OperationShape, Protocol, ServiceShape};

/// Why no operation was found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// The request names no `Action`. AWS sends a browser at `/` to the product page (302) and answers other paths with
    /// 404 `<UnknownOperationException/>`.
    #[error("the request names no action")]
    NoAction,
    /// The request names one that is not there.
    #[error(transparent)]
    Refused(#[from] ApiError),
}

/// Finds the operation that `Action` and `Version` name, among the services that answer at the request's address.
/// Both are compared exactly.
///
/// # Errors
/// [`TargetError`]; in particular `InvalidAction` when the version or the action is not there.
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/programming.html>.
pub fn resolve(
    form: &Form<'_>,
    services: &[&'static ServiceShape],
) -> Result<&'static OperationShape, TargetError> {
    let action = form.value("Action")?.filter(|action| !action.is_empty()).ok_or(TargetError::NoAction)?;
    let version = form.value("Version")?;
    let service = services
        .iter()
        .filter(|service| service.protocol == Protocol::Query && version == Some(service.api_version));
    let found = service.into_iter().find_map(|service| service.operation(action));
    found.ok_or_else(|| ApiError::invalid_action(action, version).into())
}

/// Finds the operation that the header `x-amz-target` names, such as `AWSOrganizationsV20161128.ListAccounts`, among the
/// services that answer at the request's address; `None` for any other text. Compared exactly.
///
/// Source: <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>.
pub fn resolve_json(target: &str, services: &[&'static ServiceShape]) -> Option<&'static OperationShape> {
    let (prefix, name) = target.rsplit_once('.')?;
    let named = |service: &&&'static ServiceShape| {
        service.protocol == Protocol::Json11 && service.target_prefix == prefix
    };
    services.iter().find(named)?.operation(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_targets_are_found_by_prefix_and_name() {
        let services = [&crate::iam::SERVICE, &crate::organizations::SERVICE];
        let rows = [
            ("AWSOrganizationsV20161128.ListAccounts", Some("ListAccounts")),
            ("AWSOrganizationsV20161128.listAccounts", None),
            ("AWSOrganizationsV20161128.", None),
            ("AWSOrganizationsV20161129.ListAccounts", None),
            (".CreateRole", None),
            ("ListAccounts", None),
            ("", None),
        ];
        for (target, expected) in rows {
            let found = resolve_json(target, &services).map(|operation| operation.name);
            assert_eq!(found, expected, "{target}");
        }
        let form = Form::parse("Action=ListAccounts&Version=2016-11-28", b"").unwrap();
        assert!(resolve(&form, &services).is_err(), "a service of JSON is not asked in the query protocol");
    }

    #[test]
    fn targets_are_found_by_action_and_version() {
        let rows = [
            ("Action=CreateRole&Version=2010-05-08", Ok("IAM.CreateRole")),
            ("Version=2011-06-15&Action=GetCallerIdentity", Ok("STS.GetCallerIdentity")),
            ("Action=Foo&Version=2010-05-08", Err("Could not find operation Foo for version 2010-05-08")),
            (
                "Action=CreateRole&Version=2011-06-15",
                Err("Could not find operation CreateRole for version 2011-06-15"),
            ),
            (
                "Action=CreateRole",
                Err("Could not find operation CreateRole for version NO_VERSION_SPECIFIED"),
            ),
            ("Action=CreateRole&Version=", Err("Could not find operation CreateRole for version ")),
            (
                "Action=createrole&Version=2010-05-08",
                Err("Could not find operation createrole for version 2010-05-08"),
            ),
            ("Action=A&Action=B", Err("parameter `Action` is given twice")),
            ("Version=2010-05-08", Err("no action")),
            ("Action=&Version=2010-05-08", Err("no action")),
        ];
        for (query, expected) in rows {
            let form = Form::parse(query, b"").unwrap();
            let found = match resolve(&form, &[&crate::iam::SERVICE, &crate::sts::SERVICE]) {
                Ok(operation) => Ok(format!("{}.{}", operation.service.id, operation.name)),
                Err(TargetError::NoAction) => Err("no action".to_owned()),
                Err(TargetError::Refused(error)) => Err(error.message),
            };
            assert_eq!(found.as_deref().map_err(String::as_str), expected, "{query}");
        }
    }
}

//! What is refused, with which code and in which words.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

mod sample;

use doorward_wire::form::Form;
use doorward_wire::{ApiError, iam, json, query, sts, target};

/// Operation, parameters, code, message. `{x*N}` stands for `x` repeated.
type Row<'a> = (&'a str, &'a str, &'a str, &'a str);

fn check(rows: &[Row<'_>]) {
    for (operation, parameters, code, message) in rows {
        let (service, name) = operation.split_once(':').unwrap();
        let version = if service == "iam" { "2010-05-08" } else { "2011-06-15" };
        let text = repeated(&format!("Action={name}&Version={version}&{parameters}"));
        let form = Form::parse("", text.as_bytes()).unwrap();
        let operation = target::resolve(&form, &[&iam::SERVICE, &sts::SERVICE]).unwrap();
        let error = query::validate(operation, &form).unwrap_err();
        assert_eq!(
            (error.code.as_ref(), error.message.as_str()),
            (*code, repeated(message).as_str()),
            "{parameters}"
        );
        assert_eq!(error.http_status, 400);
    }
}

/// Replaces every `{x*N}`.
fn repeated(text: &str) -> String {
    let Some((before, rest)) = text.split_once('{') else { return text.to_owned() };
    let Some((inside, after)) = rest.split_once('}') else { return text.to_owned() };
    match inside.rsplit_once('*').and_then(|(unit, count)| Some((unit, count.parse::<usize>().ok()?))) {
        Some((unit, count)) => format!("{before}{}{}", unit.repeat(count), repeated(after)),
        None => format!("{before}{{{}", repeated(rest)),
    }
}

const VALIDATION: &str = "ValidationError";
const MALFORMED: &str = "MalformedInput";

#[test]
fn constraints_are_told_in_the_words_of_aws() {
    check(&[
        (
            "iam:CreateRole",
            "AssumeRolePolicyDocument=a",
            VALIDATION,
            "1 validation error detected: Value at 'roleName' failed to satisfy constraint: Member must not be null",
        ),
        (
            "iam:CreateRole",
            "",
            VALIDATION,
            "2 validation errors detected: Value at 'roleName' failed to satisfy constraint: Member must not be null; \
             Value at 'assumeRolePolicyDocument' failed to satisfy constraint: Member must not be null",
        ),
        (
            "iam:CreateRole",
            "RoleName={a*65}&AssumeRolePolicyDocument=a",
            VALIDATION,
            "1 validation error detected: Value at 'roleName' failed to satisfy constraint: \
             Member must have length less than or equal to 64",
        ),
        (
            "iam:CreateRole",
            "RoleName=a b&AssumeRolePolicyDocument=a",
            VALIDATION,
            "The specified value for roleName is invalid. \
             It must contain only alphanumeric characters and/or the following: +=,.@_-",
        ),
        (
            "iam:CreateRole",
            "RoleName={/*65}&AssumeRolePolicyDocument=a",
            VALIDATION,
            "1 validation error detected: Value at 'roleName' failed to satisfy constraint: \
             Member must have length less than or equal to 64",
        ),
        (
            "iam:CreateRole",
            "RoleName=a&AssumeRolePolicyDocument=",
            VALIDATION,
            "1 validation error detected: Value at 'assumeRolePolicyDocument' failed to satisfy constraint: \
             Member must have length greater than or equal to 1",
        ),
        (
            "iam:CreateRole",
            "RoleName=a&AssumeRolePolicyDocument=a%00",
            VALIDATION,
            "The specified value for assumeRolePolicyDocument is invalid. \
             It must contain only printable ASCII characters.",
        ),
        (
            "iam:CreateRole",
            "RoleName=a&AssumeRolePolicyDocument=a&Path=a",
            VALIDATION,
            "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric \
             characters and/or / characters.",
        ),
        (
            "iam:CreateRole",
            "RoleName=a&AssumeRolePolicyDocument=a&MaxSessionDuration=3599",
            VALIDATION,
            "1 validation error detected: Value at 'maxSessionDuration' failed to satisfy constraint: \
             Member must have value greater than or equal to 3600",
        ),
        (
            "iam:CreateRole",
            "RoleName=a&AssumeRolePolicyDocument=a&MaxSessionDuration=43201",
            VALIDATION,
            "1 validation error detected: Value at 'maxSessionDuration' failed to satisfy constraint: \
             Member must have value less than or equal to 43200",
        ),
        (
            "iam:CreateRole",
            "RoleName=a&AssumeRolePolicyDocument=a&Description=%7F",
            VALIDATION,
            r"1 validation error detected: Value at 'description' failed to satisfy constraint: Member must satisfy regular expression pattern: [\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*",
        ),
        (
            "iam:CreateRole",
            "RoleName=a&AssumeRolePolicyDocument=a&Description={é*1001}",
            VALIDATION,
            "1 validation error detected: Value at 'description' failed to satisfy constraint: \
             Member must have length less than or equal to 1000",
        ),
        (
            "iam:CreateRole",
            "RoleName=a&AssumeRolePolicyDocument=a&PermissionsBoundary=arn",
            VALIDATION,
            "1 validation error detected: Value at 'permissionsBoundary' failed to satisfy constraint: \
             Member must have length greater than or equal to 20",
        ),
        (
            "iam:TagUser",
            "UserName=a&Tags.member.1.Key=a*b&Tags.member.1.Value=%23",
            VALIDATION,
            r"2 validation errors detected: Value at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+; Value at 'tags.1.member.value' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]*",
        ),
        (
            "iam:TagUser",
            "UserName=a&Tags.member.1.Key=a&Tags.member.1.Value={b*257}",
            VALIDATION,
            "1 validation error detected: Value at 'tags.1.member.value' failed to satisfy constraint: \
             Member must have length less than or equal to 256",
        ),
        (
            "iam:TagUser",
            "UserName=a&Tags.member.1.Key=a&Tags.member.1.Value={🦀*129}",
            VALIDATION,
            r"2 validation errors detected: Value at 'tags.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 256; Value at 'tags.1.member.value' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]*",
        ),
        (
            "iam:TagUser",
            "UserName=a&Tags.member.2.Key=b&Tags.member.1.Key=&Tags.member.1.Value=",
            VALIDATION,
            r"3 validation errors detected: Value at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+; Value at 'tags.2.member.value' failed to satisfy constraint: Member must not be null",
        ),
        (
            "iam:TagUser",
            "UserName=a",
            VALIDATION,
            "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must not be null",
        ),
        (
            "iam:UntagUser",
            "UserName=a&TagKeys.member.1=a&TagKeys.member.2=a*",
            VALIDATION,
            r"1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+]",
        ),
        (
            "iam:UpdateAccessKey",
            "UserName=a&AccessKeyId=AKIAIOSFODNN7EXAMPLE&Status=Off",
            VALIDATION,
            "1 validation error detected: Value at 'status' failed to satisfy constraint: \
             Member must satisfy enum value set: [Active, Inactive, Expired]",
        ),
        (
            "iam:DeleteAccessKey",
            "AccessKeyId=AKIA",
            VALIDATION,
            "1 validation error detected: Value at 'accessKeyId' failed to satisfy constraint: \
             Member must have length greater than or equal to 16",
        ),
        (
            "iam:DeleteAccessKey",
            "AccessKeyId=AKIAIOSFODNN7EXAMPL-",
            VALIDATION,
            "The specified value for accessKeyId is invalid. It must contain only alphanumeric characters.",
        ),
        (
            "iam:ListUsers",
            "PathPrefix=a",
            VALIDATION,
            "The specified value for pathPrefix is invalid. It must begin with the / character and contain only \
             alphanumeric characters and/or / characters.",
        ),
        (
            "iam:ListUsers",
            "MaxItems=0",
            VALIDATION,
            "1 validation error detected: Value '0' at 'maxItems' failed to satisfy constraint: \
             Member must have value between 1 and 1000",
        ),
        (
            "iam:ListUsers",
            "MaxItems=1001&Marker=",
            VALIDATION,
            r"3 validation errors detected: Value at 'marker' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'marker' failed to satisfy constraint: Member must satisfy regular expression pattern: [\u0020-\u00FF]+; Value '1001' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000",
        ),
        (
            "iam:ChangePassword",
            "OldPassword=a&NewPassword={b*129}",
            VALIDATION,
            "1 validation error detected: Value at 'newPassword' failed to satisfy constraint: \
             Member must have length less than or equal to 128",
        ),
        (
            "sts:AssumeRole",
            "RoleSessionName=ab",
            VALIDATION,
            "1 validation error detected: Value null at 'roleArn' failed to satisfy constraint: \
             Member must not be null",
        ),
        (
            "sts:AssumeRole",
            "RoleArn=arn:aws:iam::123456789012:role/a&RoleSessionName=x y",
            VALIDATION,
            r"1 validation error detected: Value 'x y' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*",
        ),
        (
            "sts:AssumeRole",
            "RoleArn=a&RoleSessionName=b",
            VALIDATION,
            "2 validation errors detected: Value 'a' at 'roleArn' failed to satisfy constraint: \
             Member must have length greater than or equal to 20; Value 'b' at 'roleSessionName' failed to satisfy \
             constraint: Member must have length greater than or equal to 2",
        ),
        (
            "sts:AssumeRole",
            "RoleArn=arn:aws:iam::123456789012:role/a&RoleSessionName=ab&DurationSeconds=43201",
            VALIDATION,
            "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: \
             Member must have value less than or equal to 43200",
        ),
        (
            "sts:AssumeRole",
            "RoleArn=arn:aws:iam::123456789012:role/a&RoleSessionName=ab&DurationSeconds=899",
            VALIDATION,
            "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: \
             Member must have value greater than or equal to 900",
        ),
        (
            "sts:AssumeRole",
            "RoleArn=arn:aws:iam::123456789012:role/a&RoleSessionName=ab&TransitiveTagKeys.member.1=a&\
             TransitiveTagKeys.member.2=",
            VALIDATION,
            r"1 validation error detected: Value '[a, ]' at 'transitiveTagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+]",
        ),
        (
            "sts:AssumeRoleWithWebIdentity",
            "RoleArn=arn:aws:iam::123456789012:role/a&RoleSessionName=ab&WebIdentityToken=s",
            VALIDATION,
            "1 validation error detected: Value at 'webIdentityToken' failed to satisfy constraint: \
             Member must have length greater than or equal to 4",
        ),
        (
            "sts:AssumeRoleWithSAML",
            "RoleArn=arn:aws:iam::123456789012:role/a&PrincipalArn=arn:aws:iam::123456789012:a&SAMLAssertion=x",
            VALIDATION,
            "1 validation error detected: Value at 'sAMLAssertion' failed to satisfy constraint: \
             Member must have length greater than or equal to 4",
        ),
        (
            "sts:GetSessionToken",
            "TokenCode=12345",
            VALIDATION,
            "1 validation error detected: Value '12345' at 'tokenCode' failed to satisfy constraint: \
             Member must have length greater than or equal to 6",
        ),
        (
            "sts:GetWebIdentityToken",
            "Audience=&SigningAlgorithm=RS256",
            VALIDATION,
            "1 validation error detected: Value '[]' at 'audience' failed to satisfy constraint: \
             Member must have length greater than or equal to 1",
        ),
        (
            "sts:AssumeRoot",
            "TargetPrincipal=123456789012&TaskPolicyArn.arn=a",
            VALIDATION,
            "1 validation error detected: Value 'a' at 'taskPolicyArn.arn' failed to satisfy constraint: \
             Member must have length greater than or equal to 20",
        ),
    ]);
}

#[test]
fn lists_have_a_greatest_length() {
    let tags: Vec<String> =
        (1..=51).map(|at| format!("Tags.member.{at}.Key=k{at}&Tags.member.{at}.Value=v")).collect();
    let body = format!("UserName=a&{}", tags.join("&"));
    let form = Form::parse("", body.as_bytes()).unwrap();
    let error = query::decode::<iam::TagUser>(&form).unwrap_err();
    assert_eq!(
        error.message,
        "1 validation error detected: Value at 'tags' failed to satisfy constraint: \
         Member must have length less than or equal to 50"
    );
}

#[test]
fn older_operations_name_a_missing_parameter() {
    check(&[
        ("iam:GetRole", "", "MissingParameter", "The request must contain the parameter RoleName."),
        ("iam:DeleteUser", "", "MissingParameter", "The request must contain the parameter UserName."),
        (
            "iam:UpdateUser",
            "NewPath=x",
            "MissingParameter",
            "The request must contain the parameter UserName.",
        ),
        (
            "iam:DeleteAccessKey",
            "UserName=a",
            "MissingParameter",
            "The request must contain the parameter AccessKeyId.",
        ),
        (
            "iam:UpdateAccessKey",
            "AccessKeyId=AKIAIOSFODNN7EXAMPLE",
            "MissingParameter",
            "The request must contain the parameter Status.",
        ),
        (
            "iam:GetAccessKeyLastUsed",
            "",
            "MissingParameter",
            "The request must contain the parameter AccessKeyId.",
        ),
    ]);
}

#[test]
fn requests_that_cannot_be_read_are_refused() {
    let untyped = |name: &str| format!("parameter `{name}` does not have the type the operation expects");
    let gap = |name: &str| format!("parameter `{name}` is missing; lists are numbered from 1 without gaps");
    let rows: &[(&str, &str, String)] = &[
        ("iam:ListUsers", "MaxItems=abc", untyped("MaxItems")),
        ("iam:ListUsers", "MaxItems=", untyped("MaxItems")),
        ("iam:ListUsers", "MaxItems=1.5", untyped("MaxItems")),
        ("iam:ListUsers", "MaxItems=2147483648", untyped("MaxItems")),
        ("iam:ListUsers", "MaxItems=99999999999999999999", untyped("MaxItems")),
        ("iam:ListPolicies", "OnlyAttached=True", untyped("OnlyAttached")),
        ("iam:ListPolicies", "OnlyAttached=1", untyped("OnlyAttached")),
        ("iam:ListPolicies", "OnlyAttached=", untyped("OnlyAttached")),
        ("iam:TagUser", "UserName=a&Tags=x", untyped("Tags")),
        ("iam:TagUser", "UserName=a&Tags.member.1=x", untyped("Tags.member.1")),
        ("iam:TagUser", "UserName=a&Tags.member.1=", untyped("Tags.member.1")),
        ("iam:TagUser", "UserName=a&UserName=b", "parameter `UserName` is given twice".to_owned()),
        ("iam:TagUser", "UserName=a&UserName=a", "parameter `UserName` is given twice".to_owned()),
        (
            "iam:TagUser",
            "Tags.member.1.Key=a&Tags.member.1.Key=a",
            "parameter `Tags.member.1.Key` is given twice".to_owned(),
        ),
        ("iam:TagUser", "Tags.member.2.Key=a", gap("Tags.member.1")),
        ("iam:TagUser", "Tags.member.1.Key=a&Tags.member.3.Key=a", gap("Tags.member.2")),
        ("iam:UntagUser", "TagKeys.member.4294967295=a", gap("TagKeys.member.1")),
        (
            "iam:UntagUser",
            "TagKeys.member.4294967296=a",
            "parameter `TagKeys.member.4294967296`: `4294967296` is not a list index".to_owned(),
        ),
        (
            "iam:UntagUser",
            "TagKeys.member.0=a",
            "parameter `TagKeys.member.0`: `0` is not a list index".to_owned(),
        ),
        (
            "iam:UntagUser",
            "TagKeys.member.01=a",
            "parameter `TagKeys.member.01`: `01` is not a list index".to_owned(),
        ),
        (
            "iam:UntagUser",
            "TagKeys.member.-1=a",
            "parameter `TagKeys.member.-1`: `-1` is not a list index".to_owned(),
        ),
        (
            "iam:UntagUser",
            "TagKeys.member.=a",
            "parameter `TagKeys.member.`: `` is not a list index".to_owned(),
        ),
        ("iam:UntagUser", "{a.*40}b=c", "a parameter has more than 32 segments".to_owned()),
    ];
    for (operation, parameters, message) in rows {
        check(&[(operation, parameters, MALFORMED, message)]);
    }
}

#[test]
fn parameters_the_operation_does_not_have_are_refused() {
    check(&[
        (
            "iam:CreateRole",
            "PermissionBoundary=a",
            VALIDATION,
            "CreateRole has no parameter `PermissionBoundary`.",
        ),
        ("iam:CreateRole", "roleName=a", VALIDATION, "CreateRole has no parameter `roleName`."),
        (
            "iam:CreateRole",
            "RoleName.member.1=a",
            VALIDATION,
            "CreateRole has no parameter `RoleName.member.1`.",
        ),
        ("iam:TagUser", "Tags.entry.1.Key=a", VALIDATION, "TagUser has no parameter `Tags.entry.1.Key`."),
        ("iam:TagUser", "Tags.1.Key=a", VALIDATION, "TagUser has no parameter `Tags.1.Key`."),
        ("iam:TagUser", "Tags.member=a", VALIDATION, "TagUser has no parameter `Tags.member`."),
        ("iam:TagUser", "Tags.member.1.Name=a", VALIDATION, "TagUser has no parameter `Tags.member.1.Name`."),
        (
            "iam:TagUser",
            "Tags=&Tags.member.1.Key=a",
            VALIDATION,
            "TagUser has no parameter `Tags.member.1.Key`.",
        ),
        ("iam:GetAccountSummary", "A=b", VALIDATION, "GetAccountSummary has no parameter `A`."),
        ("sts:GetCallerIdentity", ".=b", VALIDATION, "GetCallerIdentity has no parameter `.`."),
    ]);
}

#[test]
fn no_form_brings_the_decoder_down() {
    const PIECES: [&str; 24] = [
        "Tags",
        "TagKeys",
        "ContextEntries",
        "ReplacementValues",
        "Properties",
        "UserName",
        "RoleName",
        ".member.",
        ".entry.",
        ".key",
        ".value",
        ".Key",
        ".Value",
        "1",
        "2",
        "0",
        "4294967295",
        "=",
        "=",
        "&",
        "&",
        ".",
        "%",
        "%41",
    ];
    let operations = iam::OPERATIONS.iter().chain(sts::OPERATIONS);
    let (mut read, mut refused) = (0, 0);
    for (seed, operation) in (0..).zip(operations.cycle().take(20_000)) {
        let mut seed = sample::Seed(seed);
        let length = seed.below(12);
        let text: String = (0..length).map(|_| PIECES[seed.below(24) as usize]).collect();
        match Form::parse("", text.as_bytes()).and_then(|form| query::validate(operation, &form)) {
            Ok(()) => read += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(read > 100 && refused > 1000, "{read} read, {refused} refused");
}

fn decoded(body: &str) -> Result<iam::TagUserRequest, ApiError> {
    json::decode::<iam::TagUserRequest>(body.as_bytes())
}

#[test]
fn json_bodies_are_held_to_their_shape() {
    let rows = [
        ("[]", "invalid type: sequence, expected an object at line 1 column 2"),
        ("{", "EOF while parsing an object at line 1 column 1"),
        ("{}{}", "trailing characters at line 1 column 3"),
        (r#"{"UserName": 1}"#, "invalid type: integer `1`, expected a string at line 1 column 14"),
        (r#"{"UserNames": "a"}"#, "`TagUserRequest` has no member `UserNames` at line 1 column 12"),
        (r#"{"UserName": "a", "UserName": "a"}"#, "member `UserName` is given twice at line 1 column 28"),
        (r#"{"UserName": null, "UserName": "a"}"#, "member `UserName` is given twice at line 1 column 29"),
        (r#"{"Tags": {}}"#, "invalid type: map, expected a list at line 1 column 11"),
        (r#"{"Tags": [null]}"#, "invalid type: null, expected an object at line 1 column 14"),
    ];
    for (body, message) in rows {
        let error = decoded(body).unwrap_err();
        assert_eq!(
            (error.code.as_ref(), error.message.as_str()),
            ("SerializationException", message),
            "{body}"
        );
    }
    let error = decoded(r#"{"UserName": null, "Tags": []}"#).unwrap_err();
    assert_eq!(error.code, "ValidationException");
    assert_eq!(
        error.message,
        "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must not be null"
    );
    assert_eq!(decoded(r#"{"UserName": "a", "Tags": []}"#).unwrap().user_name, "a");
}

#[test]
fn what_is_valid_is_not_refused() {
    let rows = [
        ("iam:TagUser", "UserName=a&Tags="),
        (
            "iam:TagUser",
            "UserName=a&Tags.member.2.Key=a&Tags.member.2.Value=&Tags.member.1.Value=v&Tags.member.1.Key=b",
        ),
        ("iam:ListUsers", "MaxItems=1000&PathPrefix=/"),
        ("iam:GetUser", ""),
        ("iam:ListPolicies", "OnlyAttached=true&Scope=Local"),
        ("iam:CreateRole", "RoleName={a*64}&AssumeRolePolicyDocument=%7B%7D&Path=/a/b/&Description={é*1000}"),
        ("sts:AssumeRole", "RoleSessionName=ab&RoleArn=arn:aws:iam::123456789012:role/a&DurationSeconds=900"),
        ("sts:GetCallerIdentity", "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0"),
    ];
    for (operation, parameters) in rows {
        let name = operation.split_once(':').unwrap().1;
        let text = repeated(&format!("{parameters}&Action={name}"));
        let form = Form::parse(&text, b"").unwrap();
        let shape = iam::SERVICE.operation(name).or_else(|| sts::SERVICE.operation(name)).unwrap();
        assert_eq!(query::validate(shape, &form), Ok(()), "{parameters}");
    }
}

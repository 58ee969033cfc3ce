//! What each operation asks to be allowed: exactly these actions on exactly these resources, before it tells what exists.

use crate::door::{Door, MANAGEMENT};
use crate::send;

/// A request, in which `{…-id}` stands for an id of Bob's, and what its caller must be allowed: action and resource, after
/// `arn:aws:iam::111111111111:`.
type Row = (&'static str, &'static [(&'static str, &'static str)]);

/// Names are asked for in another case than they are stored in: what counts is the stored ARN.
const ROWS: &[Row] = &[
    (
        "UploadSigningCertificate UserName=BOB CertificateBody={leaf.pem}",
        &[("UploadSigningCertificate", "user/u/Bob")],
    ),
    ("ListSigningCertificates UserName=BOB", &[("ListSigningCertificates", "user/u/Bob")]),
    (
        "UpdateSigningCertificate UserName=BOB CertificateId={signing-id} Status=Inactive",
        &[("UpdateSigningCertificate", "user/u/Bob")],
    ),
    (
        "DeleteSigningCertificate UserName=BOB CertificateId={signing-id}",
        &[("DeleteSigningCertificate", "user/u/Bob")],
    ),
    ("UploadSSHPublicKey UserName=BOB SSHPublicKeyBody={ssh.pem}", &[("UploadSSHPublicKey", "user/u/Bob")]),
    (
        "GetSSHPublicKey UserName=BOB SSHPublicKeyId={ssh-id} Encoding=SSH",
        &[("GetSSHPublicKey", "user/u/Bob")],
    ),
    ("ListSSHPublicKeys UserName=BOB", &[("ListSSHPublicKeys", "user/u/Bob")]),
    (
        "UpdateSSHPublicKey UserName=BOB SSHPublicKeyId={ssh-id} Status=Inactive",
        &[("UpdateSSHPublicKey", "user/u/Bob")],
    ),
    ("DeleteSSHPublicKey UserName=BOB SSHPublicKeyId={ssh-id}", &[("DeleteSSHPublicKey", "user/u/Bob")]),
    (
        "CreateServiceSpecificCredential UserName=BOB ServiceName=bedrock.amazonaws.com",
        &[("CreateServiceSpecificCredential", "user/u/Bob")],
    ),
    ("ListServiceSpecificCredentials UserName=BOB", &[("ListServiceSpecificCredentials", "user/u/Bob")]),
    ("ListServiceSpecificCredentials AllUsers=true", &[("ListServiceSpecificCredentials", "*")]),
    (
        "UpdateServiceSpecificCredential UserName=BOB ServiceSpecificCredentialId={service-id} Status=Inactive",
        &[("UpdateServiceSpecificCredential", "user/u/Bob")],
    ),
    (
        "ResetServiceSpecificCredential UserName=BOB ServiceSpecificCredentialId={service-id}",
        &[("ResetServiceSpecificCredential", "user/u/Bob")],
    ),
    (
        "DeleteServiceSpecificCredential UserName=BOB ServiceSpecificCredentialId={service-id}",
        &[("DeleteServiceSpecificCredential", "user/u/Bob")],
    ),
    (
        "UploadServerCertificate ServerCertificateName=New Path=/p/ CertificateBody={leaf.pem} PrivateKey={leaf.key.pem}",
        &[("UploadServerCertificate", "server-certificate/p/New")],
    ),
    (
        "UploadServerCertificate ServerCertificateName=New CertificateBody={leaf.pem} PrivateKey={leaf.key.pem} Tags.member.1.Key=a Tags.member.1.Value=b",
        &[
            ("UploadServerCertificate", "server-certificate/New"),
            ("TagServerCertificate", "server-certificate/New"),
        ],
    ),
    (
        "GetServerCertificate ServerCertificateName=WEB",
        &[("GetServerCertificate", "server-certificate/w/Web")],
    ),
    ("ListServerCertificates", &[("ListServerCertificates", "*")]),
    (
        "UpdateServerCertificate ServerCertificateName=WEB",
        &[("UpdateServerCertificate", "server-certificate/w/Web")],
    ),
    (
        "UpdateServerCertificate ServerCertificateName=WEB NewServerCertificateName=New",
        &[
            ("UpdateServerCertificate", "server-certificate/w/Web"),
            ("UpdateServerCertificate", "server-certificate/w/New"),
        ],
    ),
    (
        "UpdateServerCertificate ServerCertificateName=WEB NewPath=/n/",
        &[
            ("UpdateServerCertificate", "server-certificate/w/Web"),
            ("UpdateServerCertificate", "server-certificate/n/Web"),
        ],
    ),
    (
        "DeleteServerCertificate ServerCertificateName=WEB",
        &[("DeleteServerCertificate", "server-certificate/w/Web")],
    ),
    (
        "TagServerCertificate ServerCertificateName=WEB Tags.member.1.Key=a Tags.member.1.Value=b",
        &[("TagServerCertificate", "server-certificate/w/Web")],
    ),
    (
        "UntagServerCertificate ServerCertificateName=WEB TagKeys.member.1=a",
        &[("UntagServerCertificate", "server-certificate/w/Web")],
    ),
    (
        "ListServerCertificateTags ServerCertificateName=WEB",
        &[("ListServerCertificateTags", "server-certificate/w/Web")],
    ),
    (
        "SetSecurityTokenServicePreferences GlobalEndpointTokenVersion=v2Token",
        &[("SetSecurityTokenServicePreferences", "*")],
    ),
];

/// An account in which Bob has one of everything, and `request` with his ids.
fn furnished(request: &str) -> (Door, String) {
    let door = Door::new();
    let root = door.root();
    door.user("/u/Bob", &[]);
    let made = |request: &str, element: &str| send(&door, &root, request).ok().text(element);
    let signing = made("UploadSigningCertificate UserName=bob CertificateBody={root.pem}", "CertificateId");
    let ssh = made("UploadSSHPublicKey UserName=bob SSHPublicKeyBody={ssh.other.pub}", "SSHPublicKeyId");
    let service = made(
        "CreateServiceSpecificCredential UserName=bob ServiceName=codecommit.amazonaws.com",
        "ServiceSpecificCredentialId",
    );
    made(
        "UploadServerCertificate ServerCertificateName=Web Path=/w/ CertificateBody={curve.pem} PrivateKey={curve.key.pem} Tags.member.1.Key=Team Tags.member.1.Value=x",
        "Arn",
    );
    let ids = [("{signing-id}", signing), ("{ssh-id}", ssh), ("{service-id}", service)];
    let request = ids.iter().fold(request.to_owned(), |request, (name, id)| request.replace(name, id));
    (door, request)
}

/// A policy that allows what is needed; the one at `missing` on a neighbour only.
fn allowing(needs: &[(&str, &str)], missing: Option<usize>) -> String {
    let arn = |resource: &str| format!("arn:aws:iam::{MANAGEMENT}:{resource}");
    let statements = needs.iter().enumerate().map(|(at, (action, resource))| {
        let resource = match (*resource, missing == Some(at)) {
            ("*", false) => "*".to_owned(),
            ("*", true) => arn("*"),
            (resource, false) => arn(resource),
            (resource, true) => arn(&format!("{resource}x")),
        };
        format!(r#"{{"Effect":"Allow","Action":"iam:{action}","Resource":"{resource}"}}"#)
    });
    let statements = statements.collect::<Vec<_>>().join(",");
    format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#)
}

#[test]
fn what_is_needed_is_enough_and_nothing_less() {
    for (request, needs) in ROWS {
        for missing in std::iter::once(None).chain((0..needs.len()).map(Some)) {
            let (door, request) = furnished(request);
            let asker = door.user("asker", &[&allowing(needs, missing)]);
            let answer = send(&door, &asker, &request);
            let expected = if missing.is_some() { "AccessDenied" } else { "ok" };
            assert_eq!(answer.verdict(), expected, "{request} without {missing:?}: {}", answer.message);
        }
    }
}

#[test]
fn what_does_not_exist_is_told_only_to_those_who_may_ask() {
    for (request, resource, outcome) in [
        ("GetServerCertificate ServerCertificateName=none", "server-certificate/none", "NoSuchEntity"),
        ("ListSigningCertificates UserName=none", "user/none", "NoSuchEntity"),
        ("ListSSHPublicKeys UserName=none", "user/none", "NoSuchEntity"),
        ("ListServiceSpecificCredentials UserName=none", "user/none", "NoSuchEntity"),
        ("CreateServiceSpecificCredential UserName=bob ServiceName=none", "user/u/Bob", "NoSuchEntity"),
        ("UploadSigningCertificate UserName=bob CertificateBody=none", "user/u/Bob", "MalformedCertificate"),
    ] {
        let action = request.split(' ').next().unwrap();
        let (door, request) = furnished(request);
        assert_eq!(send(&door, &door.user("nobody", &[]), &request).verdict(), "AccessDenied", "{request}");
        let asker = door.user("asker", &[&allowing(&[(action, resource)], None)]);
        assert_eq!(send(&door, &asker, &request).verdict(), outcome, "{request}");
    }
}

#[test]
fn what_conditions_see() {
    let git = r#""StringEquals":{"iam:ServiceSpecificCredentialServiceName":"codecommit.amazonaws.com"}"#;
    let month = r#""NumericLessThanEquals":{"iam:ServiceSpecificCredentialAgeDays":"30"}"#;
    let tag = r#""StringEquals":{"aws:ResourceTag/Team":"x"}"#;
    let iam_tag = r#""StringEquals":{"iam:ResourceTag/Team":"x"}"#;
    let request_tag = r#""StringEquals":{"aws:RequestTag/Team":"y"}"#;
    let tag_keys = r#""ForAllValues:StringEquals":{"aws:TagKeys":["Team"]}"#;
    let create = "CreateServiceSpecificCredential UserName=bob ServiceName=";
    let on_credential =
        |operation: &str| format!("{operation} UserName=bob ServiceSpecificCredentialId={{service-id}}");
    let upload = "UploadServerCertificate ServerCertificateName=n CertificateBody={leaf.pem} PrivateKey={leaf.key.pem} Tags.member.1.Key=Team Tags.member.1.Value=";
    for (condition, request, outcome) in [
        (git, format!("{create}codecommit.amazonaws.com"), "ok"),
        (git, format!("{create}cassandra.amazonaws.com"), "AccessDenied"),
        (git, on_credential("ResetServiceSpecificCredential"), "ok"),
        (git, on_credential("DeleteServiceSpecificCredential"), "ok"),
        (git, "ListServiceSpecificCredentials UserName=bob".to_owned(), "AccessDenied"),
        (
            git,
            "ListServiceSpecificCredentials UserName=bob ServiceName=codecommit.amazonaws.com".to_owned(),
            "ok",
        ),
        (month, format!("{create}bedrock.amazonaws.com CredentialAgeDays=30"), "ok"),
        (month, format!("{create}bedrock.amazonaws.com CredentialAgeDays=31"), "AccessDenied"),
        (month, format!("{create}bedrock.amazonaws.com"), "AccessDenied"),
        (tag, "GetServerCertificate ServerCertificateName=web".to_owned(), "ok"),
        (iam_tag, "GetServerCertificate ServerCertificateName=web".to_owned(), "AccessDenied"),
        (request_tag, format!("{upload}y"), "ok"),
        (request_tag, format!("{upload}x"), "AccessDenied"),
        (tag_keys, "UntagServerCertificate ServerCertificateName=web TagKeys.member.1=Team".to_owned(), "ok"),
        (
            tag_keys,
            "UntagServerCertificate ServerCertificateName=web TagKeys.member.1=Cost".to_owned(),
            "AccessDenied",
        ),
    ] {
        let (door, request) = furnished(&request);
        let policy = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"iam:*","Resource":"*","Condition":{{{condition}}}}}}}"#
        );
        let asker = door.user("asker", &[&policy]);
        let answer = send(&door, &asker, &request);
        assert_eq!(answer.verdict(), outcome, "{condition} {request}: {}", answer.message);
    }
}

#[test]
fn accounts_are_apart() {
    let (door, _) = furnished("");
    let other = door.other_root();
    for request in ["ListServerCertificates", "ListServiceSpecificCredentials AllUsers=true"] {
        let answer = send(&door, &other, request).ok();
        assert!(!answer.xml.contains(MANAGEMENT), "{request}");
    }
    let again = "UploadSigningCertificate CertificateBody={root.pem}";
    assert_eq!(send(&door, &other, again).verdict(), "ok", "another account may have the certificate too");
    let get = "GetServerCertificate ServerCertificateName=web";
    assert_eq!(send(&door, &other, get).verdict(), "NoSuchEntity");
}

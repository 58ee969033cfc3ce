//! Server certificates.

use doorward_directory::Limits;
use doorward_policy::request::Choices;

use crate::door::{Door, MANAGEMENT, account};
use crate::{BEGINNING, check, pages, pem, send};

const CHAIN: &str = "400 MalformedCertificate: Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is:";

#[test]
fn a_server_certificates_life() {
    let limits = Limits { server_certificates_per_account: 2, tags_per_entity: 1, ..Limits::default() };
    let door = Door::with(0, limits, Choices::default());
    let root = door.root();
    let upload = "UploadServerCertificate CertificateBody={leaf.pem} PrivateKey={leaf.key.pem}";
    let broken = |index: &str| format!("{CHAIN} {index}");
    check(
        &door,
        &root,
        &[
            (&format!("{upload} ServerCertificateName=Web Path=/web/"), "ok"),
            (
                &format!("{upload} ServerCertificateName=web"),
                "409 EntityAlreadyExists: The Server Certificate with name Web already exists.",
            ),
            (&format!("{upload} ServerCertificateName=x CertificateChain={{root.pem}}"), &broken("-1")),
            (
                &format!("{upload} ServerCertificateName=x CertificateChain={{intermediate.pem+alone.pem}}"),
                &broken("0"),
            ),
            (
                "UploadServerCertificate ServerCertificateName=x CertificateBody={leaf.pem} PrivateKey={other.key.pem}",
                "400 KeyPairMismatch: The public key certificate and the private key do not match.",
            ),
            (
                "UploadServerCertificate ServerCertificateName=x CertificateBody=x PrivateKey={leaf.key.pem}",
                "400 MalformedCertificate: Unable to parse certificate. Please ensure the certificate is in PEM format.",
            ),
            (
                "UploadServerCertificate ServerCertificateName=x CertificateBody={leaf.pem} PrivateKey={leaf.encrypted.key.pem}",
                "400 MalformedCertificate: Unable to parse private key. Please ensure the private key is in PEM format, not encrypted, and an RSA key of 2048 bits or more or a key of the curve P-256, P-384 or P-521.",
            ),
            (
                "UploadServerCertificate ServerCertificateName=x CertificateBody={expired.pem} PrivateKey={leaf.key.pem}",
                "400 MalformedCertificate: The certificate has expired.",
            ),
            (
                "UploadServerCertificate ServerCertificateName=x CertificateBody={early.pem} PrivateKey={leaf.key.pem}",
                "400 MalformedCertificate: The certificate is not valid yet.",
            ),
            (
                &format!(
                    "{upload} ServerCertificateName=x Tags.member.1.Key=a Tags.member.1.Value=1 Tags.member.2.Key=b Tags.member.2.Value=2"
                ),
                "409 LimitExceeded: The number of tags has reached the maximum limit.",
            ),
            (
                &format!("{upload} ServerCertificateName=api CertificateChain={{intermediate.pem+root.pem}}"),
                "ok",
            ),
            (
                &format!("{upload} ServerCertificateName=third"),
                "409 LimitExceeded: Cannot exceed quota for ServerCertificatesPerAccount: 2",
            ),
            (
                "UpdateServerCertificate ServerCertificateName=web NewServerCertificateName=API",
                "409 EntityAlreadyExists: The Server Certificate with name api already exists.",
            ),
            (
                "UpdateServerCertificate ServerCertificateName=web NewServerCertificateName=New NewPath=/new/",
                "ok",
            ),
            (
                "GetServerCertificate ServerCertificateName=web",
                "404 NoSuchEntity: The Server Certificate with name web cannot be found.",
            ),
            ("DeleteServerCertificate ServerCertificateName=NEW", "ok"),
            (
                "DeleteServerCertificate ServerCertificateName=new",
                "404 NoSuchEntity: The Server Certificate with name new cannot be found.",
            ),
            ("ListServerCertificates Marker=x", "400 ValidationError: Invalid Marker."),
        ],
    );
}

#[test]
fn what_is_uploaded_is_shown_but_for_the_private_key() {
    let door = Door::new();
    let root = door.root();
    let made = send(
        &door,
        &root,
        "UploadServerCertificate ServerCertificateName=Web Path=/web/ CertificateBody={leaf.pem} PrivateKey={leaf.pkcs1.key.pem} CertificateChain={intermediate.pem} Tags.member.1.Key=Team Tags.member.1.Value=x",
    )
    .ok();
    let shown = send(&door, &root, "GetServerCertificate ServerCertificateName=WEB").ok();
    let listed = send(&door, &root, "ListServerCertificates PathPrefix=/web/").ok();
    for answer in [&made, &shown, &listed] {
        assert_eq!(answer.text("Arn"), "arn:aws:iam::111111111111:server-certificate/web/Web");
        assert_eq!(
            (answer.text("Path"), answer.text("ServerCertificateName")),
            ("/web/".into(), "Web".into())
        );
        assert!(answer.text("ServerCertificateId").starts_with("ASCA"));
        assert_eq!(answer.text("UploadDate"), BEGINNING);
        assert_eq!(answer.text("Expiration"), "2099-01-01T00:00:00Z");
        assert!(!answer.xml.contains("PRIVATE KEY"));
    }
    assert_eq!((made.text("Key"), shown.text("Key")), ("Team".to_owned(), "Team".to_owned()));
    assert!(!listed.has("Tags") && !listed.has("CertificateBody"));
    assert_eq!(shown.text("CertificateBody"), pem("leaf.pem"));
    assert_eq!(shown.text("CertificateChain"), pem("intermediate.pem"));
    assert!(!send(&door, &root, "ListServerCertificates PathPrefix=/other/").ok().has("Arn"));
    let snapshot = door.directory().snapshot();
    let stored = snapshot.server_certificate(account(MANAGEMENT), "web").unwrap();
    let key = stored.private_key(door.directory().sealer()).unwrap();
    assert_eq!(&**key, pem("leaf.pkcs1.key.pem").as_bytes());
    let count = send(&door, &root, "GetAccountSummary").ok();
    let place = count.texts("key").iter().position(|key| key == "ServerCertificates").unwrap();
    assert_eq!(count.texts("value")[place], "1");
}

#[test]
fn tags_and_pages() {
    let door = Door::new();
    let root = door.root();
    for name in ["c", "A", "b"] {
        let upload = "UploadServerCertificate CertificateBody={curve.pem} PrivateKey={curve.key.pem}";
        send(&door, &root, &format!("{upload} ServerCertificateName={name}")).ok();
    }
    assert_eq!(pages(&door, &root, "ListServerCertificates", "ServerCertificateName"), [["A"], ["b"], ["c"]]);
    let missing = "404 NoSuchEntity: The Server Certificate with name none cannot be found.";
    let tags = "Tags.member.1.Key=Team Tags.member.1.Value=x Tags.member.2.Key=Cost Tags.member.2.Value=1";
    check(
        &door,
        &root,
        &[
            (&format!("TagServerCertificate ServerCertificateName=a {tags}"), "ok"),
            (&format!("TagServerCertificate ServerCertificateName=none {tags}"), missing),
            ("UntagServerCertificate ServerCertificateName=none TagKeys.member.1=x", missing),
            ("ListServerCertificateTags ServerCertificateName=none", missing),
        ],
    );
    let list = "ListServerCertificateTags ServerCertificateName=A";
    assert_eq!(pages(&door, &root, list, "Key"), [["Cost"], ["Team"]]);
    send(&door, &root, "UntagServerCertificate ServerCertificateName=a TagKeys.member.1=cost").ok();
    assert_eq!(send(&door, &root, list).ok().texts("Key"), ["Team"]);
}

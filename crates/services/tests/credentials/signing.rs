//! Signing certificates.

use crate::door::{ALLOW_ALL, Door};
use crate::{BEGINNING, check, pages, pem, send};

#[test]
fn a_signing_certificates_life() {
    let door = Door::new();
    let root = door.root();
    let ana = door.user("Ana", &[ALLOW_ALL]);
    door.user("bob", &[]);
    let made = send(&door, &root, "UploadSigningCertificate UserName=ana CertificateBody={leaf.pem}").ok();
    assert_eq!(made.text("UserName"), "Ana");
    assert_eq!(made.text("CertificateBody"), pem("leaf.pem"));
    assert_eq!((made.text("Status"), made.text("UploadDate")), ("Active".to_owned(), BEGINNING.to_owned()));
    let id = made.text("CertificateId");
    assert_eq!(id.len(), 32);
    // Without a name, the caller's own.
    send(&door, &ana, "UploadSigningCertificate CertificateBody={curve.pem}").ok();
    let both = pages(&door, &ana, "ListSigningCertificates", "CertificateId");
    assert_eq!(both.len(), 2);
    assert!(both.iter().flatten().any(|listed| *listed == id));
    let missing = format!("404 NoSuchEntity: The Certificate with id {id} cannot be found.");
    let unparsed = "400 MalformedCertificate: Unable to parse certificate. Please ensure the certificate is in PEM format.";
    check(
        &door,
        &root,
        &[
            (
                "UploadSigningCertificate UserName=ana CertificateBody={root.pem}",
                "409 LimitExceeded: Cannot exceed quota for CertificatesPerUser: 2",
            ),
            (
                "UploadSigningCertificate UserName=bob CertificateBody={leaf.pem}",
                "409 DuplicateCertificate: The certificate is already associated with an IAM user in the account.",
            ),
            ("UploadSigningCertificate UserName=bob CertificateBody=nonsense", unparsed),
            ("UploadSigningCertificate UserName=bob CertificateBody={root.pem+leaf.pem}", unparsed),
            ("UploadSigningCertificate UserName=bob CertificateBody={leaf.key.pem}", unparsed),
            (
                "UploadSigningCertificate UserName=bob CertificateBody={expired.pem}",
                "400 MalformedCertificate: The certificate has expired.",
            ),
            (
                "UploadSigningCertificate UserName=bob CertificateBody={early.pem}",
                "400 InvalidCertificate: The certificate is not valid yet.",
            ),
            (
                "UploadSigningCertificate UserName=none CertificateBody={root.pem}",
                "404 NoSuchEntity: The user with name none cannot be found.",
            ),
            (&format!("UpdateSigningCertificate UserName=bob CertificateId={id} Status=Inactive"), &missing),
            (&format!("UpdateSigningCertificate CertificateId={id} Status=Inactive"), &missing),
            (&format!("UpdateSigningCertificate UserName=ana CertificateId={id} Status=Inactive"), "ok"),
            (
                &format!("UpdateSigningCertificate UserName=ana CertificateId={id} Status=Expired"),
                "400 ValidationError: 1 validation error detected: Value at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]",
            ),
            (&format!("DeleteSigningCertificate UserName=bob CertificateId={id}"), &missing),
            ("ListSigningCertificates UserName=ana Marker=x", "400 ValidationError: Invalid Marker."),
            (
                "ListSigningCertificates UserName=none",
                "404 NoSuchEntity: The user with name none cannot be found.",
            ),
        ],
    );
    let mut statuses = send(&door, &root, "ListSigningCertificates UserName=ana").ok().texts("Status");
    statuses.sort_unstable();
    assert_eq!(statuses, ["Active", "Inactive"]);
    check(
        &door,
        &root,
        &[
            (&format!("DeleteSigningCertificate UserName=ana CertificateId={id}"), "ok"),
            (&format!("DeleteSigningCertificate UserName=ana CertificateId={id}"), &missing),
        ],
    );
}

#[test]
fn the_root_user_has_its_own() {
    let door = Door::new();
    let root = door.root();
    let made = send(&door, &root, "UploadSigningCertificate CertificateBody={alone.pem}").ok();
    assert_eq!(made.text("UserName"), "");
    let present = |expected: &str| {
        let summary = send(&door, &root, "GetAccountSummary").ok();
        let place = summary.texts("key").iter().position(|key| key == "AccountSigningCertificatesPresent");
        assert_eq!(summary.texts("value")[place.unwrap()], expected);
    };
    present("1");
    let id = send(&door, &root, "ListSigningCertificates").ok().text("CertificateId");
    assert_eq!(id, made.text("CertificateId"));
    send(&door, &root, &format!("UpdateSigningCertificate CertificateId={id} Status=Inactive")).ok();
    send(&door, &root, &format!("DeleteSigningCertificate CertificateId={id}")).ok();
    present("0");
}

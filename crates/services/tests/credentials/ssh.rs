//! SSH public keys.

use crate::door::{ALLOW_ALL, Door};
use crate::{BEGINNING, check, pages, pem, send};

#[test]
fn an_ssh_keys_life() {
    let door = Door::new();
    let root = door.root();
    let ana = door.user("Ana", &[ALLOW_ALL]);
    door.user("bob", &[]);
    let made = send(&door, &root, "UploadSSHPublicKey UserName=ana SSHPublicKeyBody={ssh.pub}").ok();
    assert_eq!((made.text("UserName"), made.text("Status")), ("Ana".to_owned(), "Active".to_owned()));
    assert_eq!(made.text("SSHPublicKeyBody"), pem("ssh.pub"));
    assert_eq!(made.text("UploadDate"), BEGINNING);
    assert_eq!(made.text("Fingerprint").len(), 47);
    let id = made.text("SSHPublicKeyId");
    let get = |encoding: &str| {
        let request = format!("GetSSHPublicKey UserName=ana SSHPublicKeyId={id} Encoding={encoding}");
        send(&door, &root, &request).ok()
    };
    assert_eq!(get("SSH").text("SSHPublicKeyBody"), pem("ssh.pub"));
    assert_eq!(get("PEM").text("SSHPublicKeyBody"), pem("ssh.pem"));
    assert_eq!(get("PEM").text("Fingerprint"), made.text("Fingerprint"));
    send(&door, &root, "UploadSSHPublicKey UserName=ana SSHPublicKeyBody={ssh.other.pub}").ok();
    // Without a name, the caller's own.
    assert_eq!(pages(&door, &ana, "ListSSHPublicKeys", "SSHPublicKeyId").len(), 2);
    let missing = format!("404 NoSuchEntity: The SSH Public Key with id {id} cannot be found.");
    let invalid = "400 InvalidPublicKey: The public key is not a valid RSA key of 2048 bits or more.";
    let unrecognized =
        "400 UnrecognizedPublicKeyEncoding: The public key must be encoded in ssh-rsa format or PEM format.";
    let no_user = "404 NoSuchEntity: The user with name none cannot be found.";
    check(
        &door,
        &root,
        &[
            (
                "UploadSSHPublicKey UserName=ana SSHPublicKeyBody={ssh.pem}",
                "400 DuplicateSSHPublicKey: The SSH public key is already associated with the user.",
            ),
            ("UploadSSHPublicKey UserName=bob SSHPublicKeyBody={ssh.pkcs1.pem}", "ok"),
            ("UploadSSHPublicKey UserName=bob SSHPublicKeyBody={ssh.short.pub}", invalid),
            ("UploadSSHPublicKey UserName=bob SSHPublicKeyBody={ssh.curve.pem}", invalid),
            ("UploadSSHPublicKey UserName=bob SSHPublicKeyBody={ssh.edwards.pub}", unrecognized),
            ("UploadSSHPublicKey UserName=bob SSHPublicKeyBody={leaf.pem}", unrecognized),
            ("UploadSSHPublicKey UserName=none SSHPublicKeyBody={ssh.pub}", no_user),
            (&format!("GetSSHPublicKey UserName=bob SSHPublicKeyId={id} Encoding=SSH"), &missing),
            (&format!("GetSSHPublicKey UserName=none SSHPublicKeyId={id} Encoding=SSH"), no_user),
            (&format!("UpdateSSHPublicKey UserName=bob SSHPublicKeyId={id} Status=Inactive"), &missing),
            (&format!("UpdateSSHPublicKey UserName=ana SSHPublicKeyId={id} Status=Inactive"), "ok"),
            (
                "ListSSHPublicKeys",
                "400 ValidationError: Must specify userName when calling with non-User credentials",
            ),
            ("ListSSHPublicKeys UserName=none", no_user),
            ("ListSSHPublicKeys UserName=ana Marker=x", "400 ValidationError: Invalid Marker."),
            (
                "DeleteUser UserName=bob",
                "409 DeleteConflict: Cannot delete entity, must delete access keys first.",
            ),
            (&format!("DeleteSSHPublicKey UserName=bob SSHPublicKeyId={id}"), &missing),
        ],
    );
    assert_eq!(get("SSH").text("Status"), "Inactive");
    let encoding = format!("GetSSHPublicKey UserName=ana SSHPublicKeyId={id} Encoding=DER");
    assert_eq!(send(&door, &root, &encoding).verdict(), "ValidationError");
    check(
        &door,
        &root,
        &[
            (&format!("DeleteSSHPublicKey UserName=ana SSHPublicKeyId={id}"), "ok"),
            (&format!("DeleteSSHPublicKey UserName=ana SSHPublicKeyId={id}"), &missing),
        ],
    );
}

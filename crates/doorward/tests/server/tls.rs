//! HTTPS.

use crate::process::{Doorward, Server, new_data};

/// Files made for these tests: `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500`.
/// The keys protect nothing.
fn file(name: &str) -> String {
    format!("{}/tests/server/tls/{name}.pem", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_command_reaches_its_server_over_tls() {
    let (folder, data) = new_data();
    let certificate = folder.path().join("certificate.pem").display().to_string();
    std::fs::copy(file("one.certificate"), &certificate).unwrap();
    let key = file("one.key");
    let server = Server::with(&data, &["--tls-certificate", &certificate, "--tls-key", &key]);
    assert!(server.exported("AWS_ENDPOINT_URL").unwrap().starts_with("https://127.0.0.1:"));
    let data = data.to_str().unwrap();
    let made = Doorward::new(&["account", "create", "--name", "a", "--data", data]).ended();
    assert!(made.status.success(), "{}", made.err);
    // Another certificate in its place: the server is not the one that the command knows.
    std::fs::copy(file("other.certificate"), &certificate).unwrap();
    let refused = Doorward::new(&["account", "list", "--data", data]).ended();
    assert!(!refused.status.success() && refused.err.contains("certificate"), "{}", refused.err);
}

#[test]
fn files_that_are_no_certificate_are_refused() {
    let (_folder, data) = new_data();
    let (certificate, key, other) = (file("one.certificate"), file("one.key"), file("other.key"));
    let data = data.to_str().unwrap();
    for (certificate, key, expected) in [
        (key.as_str(), key.as_str(), "holds no certificate"),
        ("/nowhere.pem", &key, "/nowhere.pem"),
        (&certificate, &certificate, "cannot be read as PEM"),
        (&certificate, &other, "cannot be used"),
    ] {
        let refused = Doorward::new(&[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--data",
            data,
            "--tls-certificate",
            certificate,
            "--tls-key",
            key,
        ])
        .ended();
        assert!(!refused.status.success() && refused.err.contains(expected), "{}", refused.err);
    }
}

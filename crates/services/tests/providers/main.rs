//! Identity providers, asked for through the door.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

#[path = "../door/mod.rs"]
mod door;
mod oidc;
mod outbound;
mod permissions;
mod proven;
mod saml;

use crate::door::{Answer, Door, Keys};

/// The metadata of an identity provider.
const METADATA: &str = include_str!("../../../../conformance/saml/metadata.xml");
/// A private key in PEM.
const PRIVATE_KEY: &str = include_str!("../../../../conformance/saml/private-key.pem");

const OIDC: &str = "arn:aws:iam::111111111111:oidc-provider/idp.example/realm";
const SAML: &str = "arn:aws:iam::111111111111:saml-provider/Adfs";
const NO_OIDC: &str = "arn:aws:iam::111111111111:oidc-provider/none.example";
const NO_SAML: &str = "arn:aws:iam::111111111111:saml-provider/none";

/// Sends a request written as `GetSAMLProvider SAMLProviderArn={saml}`; `{…}` stands for the texts above.
fn send(door: &Door, keys: &Keys, request: &str) -> Answer {
    let mut words = request.split(' ');
    let operation = format!("iam:{}", words.next().unwrap());
    let parameters: Vec<(&str, String)> = words
        .map(|word| {
            let (name, value) = word.split_once('=').unwrap();
            (name, filled(value))
        })
        .collect();
    let parameters: Vec<(&str, &str)> = parameters.iter().map(|(name, value)| (*name, &**value)).collect();
    door.call(keys, &operation, &parameters)
}

fn filled(value: &str) -> String {
    let texts = [
        ("{oidc}", OIDC),
        ("{saml}", SAML),
        ("{no-oidc}", NO_OIDC),
        ("{no-saml}", NO_SAML),
        ("{metadata}", METADATA),
        ("{key}", PRIVATE_KEY),
        ("{nonsense}", "<nonsense/>"),
    ];
    let filled = texts.iter().fold(value.to_owned(), |text, (name, value)| text.replace(name, value));
    // The model wants a thousand characters of metadata; what is wrong with the rest comes after.
    if value == "{nonsense}" { format!("{filled}{}", " ".repeat(1000)) } else { filled }
}

/// Sends requests one after the other and compares what comes of each: `ok`, or status, code and text of the refusal.
#[track_caller]
fn check(door: &Door, keys: &Keys, rows: &[(&str, &str)]) {
    for (request, expected) in rows {
        let answer = send(door, keys, request);
        assert_eq!(answer.outcome(), *expected, "{request}\n{}", answer.xml);
    }
}

/// A door behind which there is one provider of each kind.
fn furnished() -> Door {
    let door = Door::new();
    let root = door.root();
    for request in [
        "CreateOpenIDConnectProvider Url=https://idp.example/realm ClientIDList.member.1=app",
        "CreateSAMLProvider Name=Adfs SAMLMetadataDocument={metadata}",
    ] {
        send(&door, &root, request).ok();
    }
    door
}

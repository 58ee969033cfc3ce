//! SAML providers.

use doorward_directory::Limits;
use doorward_policy::request::Choices;

use crate::door::{BEGINNING, Door};
use crate::{METADATA, NO_SAML, SAML, check, send};

#[test]
fn a_providers_life() {
    let limits = Limits { saml_providers_per_account: 1, tags_per_entity: 1, ..Limits::default() };
    let door = Door::with(0, limits, Choices::default());
    let missing = format!("404 NoSuchEntity: Manifest not found for arn {NO_SAML}");
    check(
        &door,
        &door.root(),
        &[
            (
                "CreateSAMLProvider Name=Adfs SAMLMetadataDocument={nonsense}",
                "400 InvalidInput: Could not parse metadata: its element is not an EntityDescriptor of SAML 2.0 metadata",
            ),
            (
                "CreateSAMLProvider Name=Adfs SAMLMetadataDocument={metadata} AssertionEncryptionMode=Required",
                "400 InvalidInput: AssertionEncryptionMode Required needs a private key.",
            ),
            (
                "CreateSAMLProvider Name=Adfs SAMLMetadataDocument={metadata} AddPrivateKey=x",
                "400 InvalidInput: The private key cannot be used: it is not a private key in PEM, unencrypted.",
            ),
            (
                "CreateSAMLProvider Name=Adfs SAMLMetadataDocument={metadata} Tags.member.1.Key=a Tags.member.1.Value=1 Tags.member.2.Key=A Tags.member.2.Value=2",
                "400 InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            ),
            ("CreateSAMLProvider Name=Adfs SAMLMetadataDocument={metadata}", "ok"),
            (
                "CreateSAMLProvider Name=ADFS SAMLMetadataDocument={metadata}",
                "409 EntityAlreadyExists: Provider with name Adfs already exists.",
            ),
            (
                "CreateSAMLProvider Name=other SAMLMetadataDocument={metadata}",
                "409 LimitExceeded: Cannot exceed quota for SAMLProvidersPerAccount: 1",
            ),
            ("UpdateSAMLProvider SAMLProviderArn={saml} SAMLMetadataDocument={metadata}", "ok"),
            (
                "UpdateSAMLProvider SAMLProviderArn={saml} SAMLMetadataDocument={nonsense}",
                "400 InvalidInput: Could not parse metadata: its element is not an EntityDescriptor of SAML 2.0 metadata",
            ),
            (
                "UpdateSAMLProvider SAMLProviderArn={saml}",
                "400 InvalidInput: The request must contain something to change.",
            ),
            (
                "UpdateSAMLProvider SAMLProviderArn={saml} RemovePrivateKey=AAAAAAAAAAAAAAAAAAAAAA",
                "404 NoSuchEntity: The private key with id AAAAAAAAAAAAAAAAAAAAAA cannot be found.",
            ),
            (
                "UpdateSAMLProvider SAMLProviderArn={saml} AddPrivateKey={key} RemovePrivateKey=AAAAAAAAAAAAAAAAAAAAAA",
                "400 InvalidInput: AddPrivateKey and RemovePrivateKey must be sent in separate requests.",
            ),
            ("UpdateSAMLProvider SAMLProviderArn={saml} AddPrivateKey={key}", "ok"),
            ("UpdateSAMLProvider SAMLProviderArn={saml} AddPrivateKey={key}", "ok"),
            (
                "UpdateSAMLProvider SAMLProviderArn={saml} AddPrivateKey={key}",
                "409 LimitExceeded: Cannot exceed quota for PrivateKeysPerSAMLProvider: 2",
            ),
            ("GetSAMLProvider SAMLProviderArn={no-saml}", &missing),
            ("UpdateSAMLProvider SAMLProviderArn={no-saml} AddPrivateKey={key}", &missing),
            ("TagSAMLProvider SAMLProviderArn={no-saml} Tags.member.1.Key=a Tags.member.1.Value=1", &missing),
            ("UntagSAMLProvider SAMLProviderArn={no-saml} TagKeys.member.1=a", &missing),
            ("ListSAMLProviderTags SAMLProviderArn={no-saml}", &missing),
            ("DeleteSAMLProvider SAMLProviderArn={no-saml}", &missing),
            (
                "DeleteSAMLProvider SAMLProviderArn=saml-provider/Adfs-no-arn",
                "400 ValidationError: Invalid ARN:  Could not be parsed!",
            ),
            ("DeleteSAMLProvider SAMLProviderArn={saml}", "ok"),
            (
                "DeleteSAMLProvider SAMLProviderArn={saml}",
                "404 NoSuchEntity: Manifest not found for arn arn:aws:iam::111111111111:saml-provider/Adfs",
            ),
        ],
    );
}

#[test]
fn providers_are_shown_as_they_were_given() {
    let door = Door::new();
    let root = door.root();
    let made = send(
        &door,
        &root,
        "CreateSAMLProvider Name=Adfs SAMLMetadataDocument={metadata} AddPrivateKey={key} \
         AssertionEncryptionMode=Required Tags.member.1.Key=z Tags.member.1.Value=1 Tags.member.2.Key=a Tags.member.2.Value=2",
    )
    .ok();
    assert_eq!(
        (made.text("SAMLProviderArn"), made.texts("Key")),
        (SAML.to_owned(), vec!["a".into(), "z".into()])
    );
    let shown = || send(&door, &root, "GetSAMLProvider SAMLProviderArn={saml}").ok();
    let first = shown();
    assert_eq!(first.text("SAMLMetadataDocument"), METADATA);
    assert_eq!(first.text("AssertionEncryptionMode"), "Required");
    assert_eq!((first.text("CreateDate"), first.text("Timestamp")), (BEGINNING.into(), BEGINNING.into()));
    assert_eq!(first.text("ValidUntil"), "2126-11-22T10:00:00Z");
    assert!(!first.xml.contains("PRIVATE KEY"));
    for id in [first.text("SAMLProviderUUID"), first.text("KeyId")] {
        assert!(
            id.len() == 26 && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()),
            "{id}"
        );
    }
    let listed = send(&door, &root, "ListSAMLProviders").ok();
    assert_eq!(
        (listed.text("Arn"), listed.text("ValidUntil")),
        (SAML.to_owned(), "2126-11-22T10:00:00Z".into())
    );
    assert!(!listed.has("Tags") && !listed.has("SAMLMetadataDocument"));

    // A key is exchanged: the new one in, the old one out.
    send(&door, &root, "UpdateSAMLProvider SAMLProviderArn={saml} AddPrivateKey={key}").ok();
    let old = first.text("KeyId");
    let remove = format!("UpdateSAMLProvider SAMLProviderArn={{saml}} RemovePrivateKey={old}");
    assert_eq!(send(&door, &root, &remove).ok().text("SAMLProviderArn"), SAML);
    let left = shown().texts("KeyId");
    assert!(left.len() == 1 && left[0] != old);
    let last = format!("UpdateSAMLProvider SAMLProviderArn={{saml}} RemovePrivateKey={}", left[0]);
    check(
        &door,
        &root,
        &[(&last, "400 InvalidInput: AssertionEncryptionMode Required needs a private key.")],
    );
    assert_eq!(shown().text("SAMLProviderUUID"), first.text("SAMLProviderUUID"));
}

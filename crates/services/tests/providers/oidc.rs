//! OpenID Connect providers.

use doorward_directory::Limits;
use doorward_policy::request::Choices;

use crate::door::{Door, trusting};
use crate::{NO_OIDC, OIDC, check, furnished, send};

#[test]
fn a_providers_life() {
    let limits = Limits {
        oidc_providers_per_account: 1,
        client_ids_per_oidc_provider: 2,
        tags_per_entity: 1,
        ..Limits::default()
    };
    let door = Door::with(0, limits, Choices::default());
    let missing = format!("404 NoSuchEntity: OpenIDConnect Provider not found for arn {NO_OIDC}");
    let print = "A".repeat(40);
    let create = format!(
        "CreateOpenIDConnectProvider Url=https://idp.example/realm ClientIDList.member.1=app ThumbprintList.member.1={print}"
    );
    let many: Vec<String> = (1..=6).map(|at| format!("ThumbprintList.member.{at}={print}")).collect();
    let (many, five) = (many.join(" "), many[..5].join(" "));
    check(
        &door,
        &door.root(),
        &[
            (
                "CreateOpenIDConnectProvider Url=idp.example",
                "400 ValidationError: Invalid Open ID Connect Provider URL",
            ),
            (
                "CreateOpenIDConnectProvider Url=http://idp.example",
                "400 InvalidInput: Invalid Open ID Connect Provider URL. The URL must begin with https://.",
            ),
            (
                "CreateOpenIDConnectProvider Url=https://idp.example:8443",
                "400 InvalidInput: Invalid Open ID Connect Provider URL. The URL must not have a port number.",
            ),
            (
                &format!("CreateOpenIDConnectProvider Url=https://idp.example {many}"),
                "400 InvalidInput: Thumbprint list must contain fewer than 5 entries.",
            ),
            (
                "CreateOpenIDConnectProvider Url=https://idp.example ClientIDList.member.1=a ClientIDList.member.2=b ClientIDList.member.3=c",
                "409 LimitExceeded: Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 2",
            ),
            (
                "CreateOpenIDConnectProvider Url=https://idp.example Tags.member.1.Key=a Tags.member.1.Value=1 Tags.member.2.Key=b Tags.member.2.Value=2",
                "409 LimitExceeded: The number of tags has reached the maximum limit.",
            ),
            (&create, "ok"),
            (&create, "409 EntityAlreadyExists: Provider with url https://idp.example/realm already exists."),
            (
                "CreateOpenIDConnectProvider Url=https://other.example",
                "409 LimitExceeded: Cannot exceed quota for OpenIDConnectProvidersPerAccount: 1",
            ),
            ("AddClientIDToOpenIDConnectProvider OpenIDConnectProviderArn={oidc} ClientID=app", "ok"),
            ("AddClientIDToOpenIDConnectProvider OpenIDConnectProviderArn={oidc} ClientID=b", "ok"),
            (
                "AddClientIDToOpenIDConnectProvider OpenIDConnectProviderArn={oidc} ClientID=c",
                "409 LimitExceeded: Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 2",
            ),
            ("RemoveClientIDFromOpenIDConnectProvider OpenIDConnectProviderArn={oidc} ClientID=b", "ok"),
            ("RemoveClientIDFromOpenIDConnectProvider OpenIDConnectProviderArn={oidc} ClientID=b", "ok"),
            (
                &format!("UpdateOpenIDConnectProviderThumbprint OpenIDConnectProviderArn={{oidc}} {five}"),
                "ok",
            ),
            ("GetOpenIDConnectProvider OpenIDConnectProviderArn={no-oidc}", &missing),
            ("AddClientIDToOpenIDConnectProvider OpenIDConnectProviderArn={no-oidc} ClientID=c", &missing),
            (
                "RemoveClientIDFromOpenIDConnectProvider OpenIDConnectProviderArn={no-oidc} ClientID=c",
                &missing,
            ),
            (
                &format!("UpdateOpenIDConnectProviderThumbprint OpenIDConnectProviderArn={{no-oidc}} {five}"),
                &missing,
            ),
            (
                "TagOpenIDConnectProvider OpenIDConnectProviderArn={no-oidc} Tags.member.1.Key=a Tags.member.1.Value=1",
                &missing,
            ),
            ("UntagOpenIDConnectProvider OpenIDConnectProviderArn={no-oidc} TagKeys.member.1=a", &missing),
            ("ListOpenIDConnectProviderTags OpenIDConnectProviderArn={no-oidc}", &missing),
            (
                "GetOpenIDConnectProvider OpenIDConnectProviderArn=oidc-provider/idp.example",
                "400 ValidationError: Invalid ARN:  Could not be parsed!",
            ),
            ("DeleteOpenIDConnectProvider OpenIDConnectProviderArn={oidc}", "ok"),
            ("DeleteOpenIDConnectProvider OpenIDConnectProviderArn={oidc}", "ok"),
        ],
    );
}

#[test]
fn providers_are_shown_without_scheme_and_in_order() {
    let door = Door::new();
    let root = door.root();
    let made = send(
        &door,
        &root,
        "CreateOpenIDConnectProvider Url=https://Idp.example/Realm/ ClientIDList.member.1=b ClientIDList.member.2=a \
         Tags.member.1.Key=z Tags.member.1.Value=1 Tags.member.2.Key=Team Tags.member.2.Value=x",
    )
    .ok();
    let arn = "arn:aws:iam::111111111111:oidc-provider/Idp.example/Realm/";
    assert_eq!(made.text("OpenIDConnectProviderArn"), arn);
    assert_eq!(made.texts("Key"), ["Team", "z"]);
    send(&door, &root, "CreateOpenIDConnectProvider Url=https://a.example").ok();
    let shown = send(&door, &root, &format!("GetOpenIDConnectProvider OpenIDConnectProviderArn={arn}")).ok();
    assert_eq!(shown.text("Url"), "Idp.example/Realm/");
    assert_eq!(shown.text("ClientIDList"), "<member>b</member><member>a</member>");
    assert_eq!(
        (shown.text("ThumbprintList"), shown.text("CreateDate")),
        (String::new(), crate::door::BEGINNING.into())
    );
    assert_eq!(shown.texts("Key"), ["Team", "z"]);
    let listed = send(&door, &root, "ListOpenIDConnectProviders").ok();
    assert_eq!(listed.texts("Arn"), ["arn:aws:iam::111111111111:oidc-provider/a.example", arn]);
    assert!(!listed.has("Tags"), "lists leave tags out");
    let numbers = send(&door, &root, "GetAccountSummary").ok();
    assert!(numbers.xml.contains("<key>Providers</key><value>2</value>"), "{}", numbers.xml);
}

#[test]
fn tags_come_in_pages() {
    let door = furnished();
    let root = door.root();
    for key in ["c", "a", "b"] {
        let tag = format!("Tags.member.1.Key={key} Tags.member.1.Value=1");
        send(&door, &root, &format!("TagOpenIDConnectProvider OpenIDConnectProviderArn={{oidc}} {tag}")).ok();
        send(&door, &root, &format!("TagSAMLProvider SAMLProviderArn={{saml}} {tag}")).ok();
    }
    for (operation, name, arn) in [
        ("OpenIDConnectProvider", "OpenIDConnectProviderArn", "{oidc}"),
        ("SAMLProvider", "SAMLProviderArn", "{saml}"),
    ] {
        let list = format!("List{operation}Tags {name}={arn} MaxItems=2");
        let first = send(&door, &root, &list).ok();
        assert_eq!(
            (first.texts("Key"), first.text("IsTruncated")),
            (vec!["a".into(), "b".into()], "true".into())
        );
        send(&door, &root, &format!("Untag{operation} {name}={arn} TagKeys.member.1=A")).ok();
        let rest = send(&door, &root, &format!("{list} Marker={}", first.text("Marker"))).ok();
        assert_eq!((rest.texts("Key"), rest.text("IsTruncated")), (vec!["c".into()], "false".into()));
        check(&door, &root, &[(&format!("{list} Marker=x"), "400 ValidationError: Invalid Marker.")]);
    }
}

#[test]
fn roles_keep_a_provider_that_is_deleted() {
    let door = furnished();
    let root = door.root();
    let trust = trusting(&format!(r#""Federated":"{OIDC}""#), r#""sts:AssumeRoleWithWebIdentity""#);
    let create = [("RoleName", "ci"), ("AssumeRolePolicyDocument", trust.as_str())];
    door.call(&root, "iam:CreateRole", &create).ok();
    send(&door, &root, "DeleteOpenIDConnectProvider OpenIDConnectProviderArn={oidc}").ok();
    let shown = send(&door, &root, "GetRole RoleName=ci").ok();
    assert!(shown.text("AssumeRolePolicyDocument").contains("oidc-provider%2Fidp.example%2Frealm"));
    let refused =
        format!("400 MalformedPolicyDocument: Invalid principal in policy: \"FEDERATED\":\"{OIDC}\"");
    let create = [("RoleName", "cd"), ("AssumeRolePolicyDocument", trust.as_str())];
    assert_eq!(door.call(&root, "iam:CreateRole", &create).outcome(), refused);
}

#[test]
fn shared_providers_must_be_narrowed() {
    let door = Door::new();
    let root = door.root();
    send(&door, &root, "CreateOpenIDConnectProvider Url=https://token.actions.githubusercontent.com").ok();
    let arn = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com";
    let create = |condition: &str| {
        let document = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"Federated":"{arn}"}},
                "Action":"sts:AssumeRoleWithWebIdentity"{condition}}}}}"#
        );
        let parameters = [("RoleName", "ci"), ("AssumeRolePolicyDocument", document.as_str())];
        door.call(&root, "iam:CreateRole", &parameters).verdict().to_owned()
    };
    let narrow = |value: &str| {
        format!(r#","Condition":{{"StringLike":{{"token.actions.githubusercontent.com:sub":"{value}"}}}}"#)
    };
    assert_eq!(create(""), "MalformedPolicyDocument");
    assert_eq!(create(&narrow("*")), "MalformedPolicyDocument");
    assert_eq!(create(&narrow("repo:example/*")), "ok");
}

#[test]
fn accounts_are_apart() {
    let door = furnished();
    let other = door.other_root();
    check(
        &door,
        &other,
        &[
            (
                "GetOpenIDConnectProvider OpenIDConnectProviderArn={oidc}",
                "404 NoSuchEntity: OpenIDConnect Provider not found for arn arn:aws:iam::111111111111:oidc-provider/idp.example/realm",
            ),
            (
                "DeleteOpenIDConnectProvider OpenIDConnectProviderArn={oidc}",
                "404 NoSuchEntity: OpenIDConnect Provider not found for arn arn:aws:iam::111111111111:oidc-provider/idp.example/realm",
            ),
            (
                "DeleteSAMLProvider SAMLProviderArn={saml}",
                "404 NoSuchEntity: Manifest not found for arn arn:aws:iam::111111111111:saml-provider/Adfs",
            ),
            ("CreateOpenIDConnectProvider Url=https://idp.example/realm", "ok"),
            ("CreateSAMLProvider Name=adfs SAMLMetadataDocument={metadata}", "ok"),
        ],
    );
    for request in ["ListOpenIDConnectProviders", "ListSAMLProviders"] {
        assert!(!send(&door, &other, request).ok().xml.contains("111111111111"), "{request}");
    }
}

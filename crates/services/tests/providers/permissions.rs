//! What each operation asks to be allowed: exactly these actions on exactly these resources, before it tells what exists.

use crate::door::Door;
use crate::{furnished, send};

/// A request, the action and the resource (after the account's `arn:aws:iam::…:`) that it needs, and what comes of it then.
type Row = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const HERE: &str = "oidc-provider/idp.example/realm";

const ROWS: &[Row] = &[
    (
        "CreateOpenIDConnectProvider Url=https://New.example",
        &[("CreateOpenIDConnectProvider", "oidc-provider/New.example")],
        "ok",
    ),
    (
        "CreateOpenIDConnectProvider Url=https://new.example Tags.member.1.Key=a Tags.member.1.Value=b",
        &[
            ("CreateOpenIDConnectProvider", "oidc-provider/new.example"),
            ("TagOpenIDConnectProvider", "oidc-provider/new.example"),
        ],
        "ok",
    ),
    ("GetOpenIDConnectProvider OpenIDConnectProviderArn={oidc}", &[("GetOpenIDConnectProvider", HERE)], "ok"),
    (
        "GetOpenIDConnectProvider OpenIDConnectProviderArn={no-oidc}",
        &[("GetOpenIDConnectProvider", "oidc-provider/none.example")],
        "NoSuchEntity",
    ),
    ("ListOpenIDConnectProviders", &[("ListOpenIDConnectProviders", "*")], "ok"),
    (
        "AddClientIDToOpenIDConnectProvider OpenIDConnectProviderArn={oidc} ClientID=x",
        &[("AddClientIDToOpenIDConnectProvider", HERE)],
        "ok",
    ),
    (
        "RemoveClientIDFromOpenIDConnectProvider OpenIDConnectProviderArn={oidc} ClientID=x",
        &[("RemoveClientIDFromOpenIDConnectProvider", HERE)],
        "ok",
    ),
    (
        "UpdateOpenIDConnectProviderThumbprint OpenIDConnectProviderArn={oidc} ThumbprintList.member.1=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        &[("UpdateOpenIDConnectProviderThumbprint", HERE)],
        "ok",
    ),
    (
        "TagOpenIDConnectProvider OpenIDConnectProviderArn={oidc} Tags.member.1.Key=a Tags.member.1.Value=b",
        &[("TagOpenIDConnectProvider", HERE)],
        "ok",
    ),
    (
        "UntagOpenIDConnectProvider OpenIDConnectProviderArn={oidc} TagKeys.member.1=a",
        &[("UntagOpenIDConnectProvider", HERE)],
        "ok",
    ),
    (
        "ListOpenIDConnectProviderTags OpenIDConnectProviderArn={oidc}",
        &[("ListOpenIDConnectProviderTags", HERE)],
        "ok",
    ),
    (
        "DeleteOpenIDConnectProvider OpenIDConnectProviderArn={oidc}",
        &[("DeleteOpenIDConnectProvider", HERE)],
        "ok",
    ),
    (
        "CreateSAMLProvider Name=New SAMLMetadataDocument={metadata}",
        &[("CreateSAMLProvider", "saml-provider/New")],
        "ok",
    ),
    (
        "CreateSAMLProvider Name=New SAMLMetadataDocument={metadata} Tags.member.1.Key=a Tags.member.1.Value=b",
        &[("CreateSAMLProvider", "saml-provider/New"), ("TagSAMLProvider", "saml-provider/New")],
        "ok",
    ),
    ("GetSAMLProvider SAMLProviderArn={saml}", &[("GetSAMLProvider", "saml-provider/Adfs")], "ok"),
    (
        "GetSAMLProvider SAMLProviderArn={no-saml}",
        &[("GetSAMLProvider", "saml-provider/none")],
        "NoSuchEntity",
    ),
    ("ListSAMLProviders", &[("ListSAMLProviders", "*")], "ok"),
    (
        "UpdateSAMLProvider SAMLProviderArn={saml} AddPrivateKey={key}",
        &[("UpdateSAMLProvider", "saml-provider/Adfs")],
        "ok",
    ),
    (
        "TagSAMLProvider SAMLProviderArn={saml} Tags.member.1.Key=a Tags.member.1.Value=b",
        &[("TagSAMLProvider", "saml-provider/Adfs")],
        "ok",
    ),
    (
        "UntagSAMLProvider SAMLProviderArn={saml} TagKeys.member.1=a",
        &[("UntagSAMLProvider", "saml-provider/Adfs")],
        "ok",
    ),
    ("ListSAMLProviderTags SAMLProviderArn={saml}", &[("ListSAMLProviderTags", "saml-provider/Adfs")], "ok"),
    ("DeleteSAMLProvider SAMLProviderArn={saml}", &[("DeleteSAMLProvider", "saml-provider/Adfs")], "ok"),
];

/// Every operation is asked for by a caller that is allowed what it needs and no more; and by callers that are allowed
/// each thing but one, that one on a neighbouring resource instead.
#[test]
fn every_operation_asks_for_what_it_does() {
    for (request, needs, outcome) in ROWS {
        for (missing, (action, resource)) in needs.iter().enumerate() {
            let door = furnished();
            let asker = door.user("asker", &[&allowing(needs, Some(missing))]);
            let shown = match *resource {
                "*" if action.contains("SAML") => "saml-provider/*",
                "*" => "oidc-provider/*",
                named => named,
            };
            let denied = format!(
                "403 AccessDenied: User: arn:aws:iam::111111111111:user/asker is not authorized to perform: \
                 iam:{action} on resource: arn:aws:iam::111111111111:{shown} because no identity-based policy allows \
                 the iam:{action} action"
            );
            assert_eq!(send(&door, &asker, request).outcome(), denied, "{request}");
        }
        let door = furnished();
        let asker = door.user("asker", &[&allowing(needs, None)]);
        assert_eq!(send(&door, &asker, request).verdict(), *outcome, "{request}");
    }
}

/// A policy that allows what is needed; the one at `missing` on a neighbour only.
fn allowing(needs: &[(&str, &str)], missing: Option<usize>) -> String {
    let arn = |resource: &str| format!("arn:aws:iam::111111111111:{resource}");
    let statements = needs.iter().enumerate().map(|(at, (action, resource))| {
        let resource = match (*resource, missing == Some(at)) {
            ("*", false) => "*".to_owned(),
            ("*", true) => arn("saml-provider/*"),
            (named, false) => arn(named),
            (named, true) => arn(&format!("{named}x")),
        };
        format!(r#"{{"Effect":"Allow","Action":"iam:{action}","Resource":"{resource}"}}"#)
    });
    let statements = statements.collect::<Vec<_>>().join(",");
    format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#)
}

#[test]
fn conditions_see_tags() {
    let tag = "Tags.member.1.Key=Team Tags.member.1.Value=x";
    let stored = r#""StringEquals":{"aws:ResourceTag/Team":"x"}"#;
    let passed =
        r#""StringEquals":{"aws:RequestTag/Team":"x"},"ForAllValues:StringEquals":{"aws:TagKeys":["Team"]}"#;
    let create = format!("CreateOpenIDConnectProvider Url=https://new.example {tag}");
    let create_saml = format!("CreateSAMLProvider Name=New SAMLMetadataDocument={{metadata}} {tag}");
    let (other, other_saml) =
        (create.replace("Value=x", "Value=y"), create_saml.replace("Value=x", "Value=y"));
    let rows: &[(&str, &str, &str)] = &[
        (stored, "GetSAMLProvider SAMLProviderArn={saml}", "ok"),
        (stored, "GetSAMLProvider SAMLProviderArn={no-saml}", "AccessDenied"),
        (stored, "DeleteOpenIDConnectProvider OpenIDConnectProviderArn={oidc}", "ok"),
        (stored, "DeleteOpenIDConnectProvider OpenIDConnectProviderArn={no-oidc}", "AccessDenied"),
        (passed, &create, "ok"),
        (passed, &other, "AccessDenied"),
        (passed, &create_saml, "ok"),
        (passed, &other_saml, "AccessDenied"),
        (passed, "CreateOpenIDConnectProvider Url=https://new.example", "AccessDenied"),
    ];
    for (condition, request, outcome) in rows {
        let door = tagged(tag);
        let policy = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"iam:*","Resource":"*","Condition":{{{condition}}}}}}}"#
        );
        let asker = door.user("asker", &[&policy]);
        assert_eq!(send(&door, &asker, request).verdict(), *outcome, "{condition} {request}");
    }
}

fn tagged(tag: &str) -> Door {
    let door = furnished();
    send(&door, &door.root(), &format!("TagOpenIDConnectProvider OpenIDConnectProviderArn={{oidc}} {tag}"))
        .ok();
    send(&door, &door.root(), &format!("TagSAMLProvider SAMLProviderArn={{saml}} {tag}")).ok();
    door
}

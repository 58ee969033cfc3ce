//! `GetDelegationRequest` with its check, `ListDelegationRequests` and `GetHumanReadableSummary`.

use crate::door::{ALLOW_ALL, Door, MANAGEMENT, OTHER, allows, denies};

fn world() -> Door {
    let mut door = Door::new();
    door.register_provider(OTHER);
    door
}

#[test]
fn the_check_says_what_the_caller_can_grant() {
    let door = world();
    let get_any = allows("s3:GetObject", "*");
    let narrow = allows("s3:Get*", "arn:aws:s3:::photos/*");
    let both = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::photos/a"}}"#;
    let all_but =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":"s3:*","Resource":"*"}}"#;
    let conditional = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"s3:prefix":"x"}}}}"#;
    let deny = denies("s3:GetObject", "arn:aws:s3:::other/*");
    let deny_put = denies("s3:PutObject", "*");
    let get = allows("iam:GetDelegationRequest", "*");
    for (number, (asked, own, expected)) in [
        (get_any.as_str(), vec![ALLOW_ALL], "ALLOWED"),
        (get_any.as_str(), vec![], "DENIED"),
        (get_any.as_str(), vec![narrow.as_str()], "DENIED"),
        (both, vec![narrow.as_str()], "DENIED"),
        (both, vec![get_any.as_str(), ALLOW_ALL], "ALLOWED"),
        (both, vec![ALLOW_ALL, deny_put.as_str()], "DENIED"),
        (all_but, vec![ALLOW_ALL], "UNSURE"),
        (narrow.as_str(), vec![ALLOW_ALL], "ALLOWED"),
        (narrow.as_str(), vec![ALLOW_ALL, deny.as_str()], "UNSURE"),
        (get_any.as_str(), vec![conditional], "UNSURE"),
    ]
    .into_iter()
    .enumerate()
    {
        let own: Vec<&str> = own.into_iter().chain([get.as_str()]).collect();
        let user = door.user(&format!("user{number}"), &own);
        let id = door.delegation(OTHER, MANAGEMENT, asked, "a");
        let parameters = [("DelegationRequestId", id.as_str()), ("DelegationPermissionCheck", "true")];
        let answer = door.call(&user, "iam:GetDelegationRequest", &parameters).ok();
        let result = (answer.text("PermissionCheckStatus"), answer.text("PermissionCheckResult"));
        assert_eq!(result, ("COMPLETE".to_owned(), expected.to_owned()), "{asked} by {own:?}");
        let plain = door.call(&user, "iam:GetDelegationRequest", &parameters[..1]).ok();
        assert!(!plain.has("PermissionCheckStatus"));
    }
}

#[test]
fn lists_show_what_has_an_owner_page_by_page() {
    let door = world();
    let admin = door.user("admin", &[ALLOW_ALL]);
    let policy = allows("s3:GetObject", "*");
    door.delegation(OTHER, MANAGEMENT, &policy, "");
    door.delegation(OTHER, OTHER, &policy, "a");
    let mut expected: Vec<String> =
        (0..5).map(|_| door.delegation(OTHER, MANAGEMENT, &policy, "a")).collect();
    expected.sort();
    let (mut seen, mut marker) = (Vec::new(), None);
    loop {
        let mut parameters = vec![("MaxItems", "2")];
        parameters.extend(marker.as_deref().map(|marker| ("Marker", marker)));
        let page = door.call(&admin, "iam:ListDelegationRequests", &parameters).ok();
        seen.extend(page.texts("DelegationRequestId"));
        if page.text("isTruncated") == "false" {
            break;
        }
        marker = Some(page.text("Marker"));
    }
    assert_eq!(seen, expected);
    for (owner, found) in [("root", 5), ("user/ana", 0)] {
        let owner = format!("arn:aws:iam::{MANAGEMENT}:{owner}");
        let listed = door.call(&admin, "iam:ListDelegationRequests", &[("OwnerId", &owner)]).ok();
        assert_eq!(listed.texts("DelegationRequestId").len(), found, "{owner}");
    }
    let strange = door.call(&admin, "iam:ListDelegationRequests", &[("Marker", "x")]);
    strange.refused("400 ValidationError: Invalid Marker.");
    // Whatever has expired says so, and goes in the end.
    door.wait(7 * 24 * 3600);
    let listed = door.call(&admin, "iam:ListDelegationRequests", &[]).ok();
    assert_eq!(listed.texts("State"), ["EXPIRED"; 5]);
    door.wait(7 * 24 * 3600);
    assert!(!door.call(&admin, "iam:ListDelegationRequests", &[]).ok().has("State"));
}

#[test]
fn boundaries_that_a_policy_demands_are_shown() {
    let door = world();
    let boundary = "arn:aws:iam::222222222222:policy/permissions-boundary/example.com/Roles_2026-11-22";
    let policy = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"iam:CreateRole","Resource":"*","Condition":{{"StringEquals":{{"iam:PermissionsBoundary":["{boundary}"]}}}}}}]}}"#
    );
    let id = door.delegation(OTHER, MANAGEMENT, &policy, "a");
    let shown = door.call(&door.root(), "iam:GetDelegationRequest", &[("DelegationRequestId", &id)]).ok();
    assert_eq!(shown.text("RolePermissionRestrictionArns"), format!("<member>{boundary}</member>"));
    assert_eq!(shown.text("PermissionPolicy"), policy);
}

#[test]
fn summaries_are_sentences_in_english() {
    let door = world();
    let policy = r#"{"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::photos/*","Condition":{"Bool":{"aws:SecureTransport":"true"},"StringLike":{"s3:prefix":["a","b"]}}},
        {"Effect":"Deny","NotAction":"s3:*","Resource":"*"},
        {"Effect":"Allow","Action":"*","NotResource":"arn:aws:s3:::secret"}]}"#;
    let id = door.delegation(OTHER, MANAGEMENT, policy, "a");
    let arn = format!("arn:aws:iam::{MANAGEMENT}:delegation-request/{id}");
    let ask = |more: &[(&str, &str)]| {
        let parameters: Vec<_> =
            [("EntityArn", arn.as_str())].into_iter().chain(more.iter().copied()).collect();
        door.call(&door.root(), "iam:GetHumanReadableSummary", &parameters).ok()
    };
    let answer = ask(&[]);
    assert_eq!(
        answer.text("SummaryContent"),
        "Example (account 222222222222) asks for access for 3600 seconds: to look\n\
         Allows s3:GetObject, s3:PutObject on arn:aws:s3:::photos/*, if aws:SecureTransport Bool true and s3:prefix StringLike a or b.\n\
         Denies every action but s3:* on every resource.\n\
         Allows every action on every resource but arn:aws:s3:::secret.\n"
    );
    assert_eq!((answer.text("SummaryState"), answer.text("Locale")), ("AVAILABLE".into(), "en".into()));
    for (locale, state) in
        [("en", "AVAILABLE"), ("en-US", "AVAILABLE"), ("en_GB", "AVAILABLE"), ("fr", "NOT_SUPPORTED")]
    {
        let answer = ask(&[("Locale", locale)]);
        assert_eq!((answer.text("SummaryState"), answer.text("Locale")), (state.into(), locale.into()));
        assert_eq!(answer.text("SummaryContent").is_empty(), state == "NOT_SUPPORTED");
    }
    for wrong in [
        "arn:aws:iam::111111111111:user/ana",
        "arn:aws:iam::222222222222:delegation-request/0000000000000000",
        "notanarnnotanarnnotanarn",
        "arn:aws:iam::111111111111:delegation-request/",
    ] {
        let refused = door.call(&door.root(), "iam:GetHumanReadableSummary", &[("EntityArn", wrong)]);
        refused.refused(&format!("400 InvalidInput: {wrong} is not the ARN of a delegation request."));
    }
}

//! `DecodeAuthorizationMessage`: the explanation of a denial, for those who may read it.
//!
//! Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>

use crate::door::{ALLOW_ALL, Answer, Door, Keys, OTHER, allows, denies, trusts};

fn decode(door: &Door, keys: &Keys, message: &str) -> Answer {
    door.call(keys, "sts:DecodeAuthorizationMessage", &[("EncodedMessage", message)])
}

const INVALID: &str =
    "400 InvalidAuthorizationMessageException: The encoded authorization message is not valid.";

#[test]
fn what_led_to_a_denial() {
    let door = Door::new();
    let deny = denies("iam:GetUser", "arn:aws:iam::111111111111:user/b*");
    let udo = door.user("udo", &[&allows("iam:*", "*"), &deny]);
    let answer = door.call(&udo, "iam:GetUser", &[("UserName", "bea")]);
    let message = answer.denial.clone().unwrap();
    assert_eq!(answer.verdict(), "AccessDenied");
    let text = decode(&door, &door.root(), &message).ok().text("DecodedMessage");
    let decoded: serde_json::Value = serde_json::from_str(&text).unwrap();
    let id =
        door.directory().snapshot().user(crate::door::account("111111111111"), "udo").unwrap().id.to_string();
    let at =
        |pointer: &str| decoded.pointer(pointer).unwrap_or_else(|| panic!("no {pointer} in {text}")).clone();
    for (pointer, expected) in [
        ("/allowed", false.into()),
        ("/explicitDeny", true.into()),
        ("/matchedStatements/items/0/effect", "DENY".into()),
        ("/matchedStatements/items/0/actions/items/0/value", "iam:GetUser".into()),
        ("/matchedStatements/items/0/principals/items/0/value", serde_json::Value::from(id.clone())),
        ("/matchedStatements/items/0/resources/items/0/value", "arn:aws:iam::111111111111:user/b*".into()),
        ("/failures/items", serde_json::json!([])),
        ("/context/principal/id", serde_json::Value::from(id)),
        ("/context/principal/arn", "arn:aws:iam::111111111111:user/udo".into()),
        ("/context/action", "GetUser".into()),
        ("/context/resource", "arn:aws:iam::111111111111:user/bea".into()),
    ] {
        assert_eq!(at(pointer), expected, "{pointer}");
    }
    let keys: Vec<_> = at("/context/conditions/items").as_array().unwrap().clone();
    let named =
        |name: &str| keys.iter().find(|item| item["key"] == name).map(|item| &item["values"]["items"][0]);
    assert_eq!(named("aws:SourceIp").unwrap()["value"], "192.0.2.1");
    assert_eq!(named("aws:username").unwrap()["value"], "udo");
    let implicit = door.user("eva", &[]);
    let answer = door.call(&implicit, "iam:ListUsers", &[]);
    let text = decode(&door, &door.root(), &answer.denial.unwrap()).ok().text("DecodedMessage");
    let decoded: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&decoded["allowed"], &decoded["explicitDeny"]), (&false.into(), &false.into()));
    assert_eq!(decoded["matchedStatements"]["items"], serde_json::json!([]));
}

#[test]
fn only_for_those_who_may_read_it() {
    let door = Door::new();
    let (udo, decoder) =
        (door.user("udo", &[]), door.user("eva", &[&allows("sts:DecodeAuthorizationMessage", "*")]));
    let olga = door.user_in(OTHER, "olga", &[ALLOW_ALL]);
    let message = door.call(&udo, "iam:ListUsers", &[]).denial.unwrap();
    decode(&door, &decoder, &message).ok();
    decode(&door, &udo, &message).refused(
        "403 AccessDenied: User: arn:aws:iam::111111111111:user/udo is not authorized to perform: \
         sts:DecodeAuthorizationMessage because no identity-based policy allows the sts:DecodeAuthorizationMessage action",
    );
    decode(&door, &olga, &message).refused(INVALID);
    decode(&door, &door.other_root(), &message).refused(INVALID);
    let elsewhere = Door::seeded(1);
    decode(&elsewhere, &elsewhere.root(), &message).refused(INVALID);
    // What a caller of another account was denied is that account's to read.
    let message = door.call(&door.user_in(OTHER, "otto", &[]), "iam:ListUsers", &[]).denial.unwrap();
    decode(&door, &olga, &message).ok();
    decode(&door, &door.root(), &message).refused(INVALID);
}

#[test]
fn not_a_character_can_be_changed() {
    let door = Door::new();
    let message = door.call(&door.user("udo", &[]), "iam:ListUsers", &[]).denial.unwrap();
    let root = door.root();
    for at in 0..message.len() {
        let mut bytes = message.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        decode(&door, &root, std::str::from_utf8(&bytes).unwrap()).refused(INVALID);
    }
    let session = door.call(&root, "sts:GetSessionToken", &[]).ok().keys();
    for wrong in ["x", "====", &message[1..], &message[..message.len() - 1], &session.token.unwrap()] {
        decode(&door, &root, wrong).refused(INVALID);
    }
}

/// Another account's trust policy, its conditions and its role's tags stay its own.
#[test]
fn nothing_of_another_account_is_told() {
    let door = Door::new();
    let olga = door.user_in(OTHER, "olga", &[ALLOW_ALL]);
    let trust = r#"{"Version":"2012-10-17","Statement":{"Sid":"Hidden","Effect":"Allow","Principal":{"AWS":"*"},
        "Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"s3cr3t"}}}}"#;
    let role = door.role("vendor", trust, &[]);
    let parameters = [("RoleArn", role.as_str()), ("RoleSessionName", "probe")];
    let denied = door.call(&olga, "sts:AssumeRole", &parameters);
    assert_eq!(denied.verdict(), "AccessDenied");
    let text = decode(&door, &olga, &denied.denial.unwrap()).ok().text("DecodedMessage");
    for hidden in ["s3cr3t", "Hidden", "sts:ExternalId"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    assert!(text.contains("IDENTITY_POLICY"), "{text}");
}

/// What the caller's own policies would need is told where the denial says that the other side allows; the tags of another
/// account's resource are not, even where a condition of one's own asks for them.
#[test]
fn ones_own_side_is_told_across_accounts() {
    let door = Door::new();
    let own = r#"{"Version":"2012-10-17","Statement":{"Sid":"Tagged","Effect":"Allow","Action":"sts:AssumeRole",
        "Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/stage":"open"}}}}"#;
    let olga = door.user_in(OTHER, "olga", &[own]);
    let trust = trusts(&format!("arn:aws:iam::{OTHER}:root"));
    let role = door.tagged_role("111111111111", "vendor", &trust, &[("stage", "s3cr3t")], &[]);
    let parameters = [("RoleArn", role.as_str()), ("RoleSessionName", "probe")];
    let denied = door.call(&olga, "sts:AssumeRole", &parameters);
    assert!(denied.outcome().contains("no identity-based policy allows"), "{}", denied.outcome());
    let text = decode(&door, &olga_reader(&door), &denied.denial.unwrap()).ok().text("DecodedMessage");
    assert!(!text.contains("s3cr3t"), "{text}");
    let decoded: serde_json::Value = serde_json::from_str(&text).unwrap();
    let remedy = &decoded["evaluation"]["remedy"];
    let edit = &remedy["edits"][0];
    assert_eq!((&edit["kind"], &edit["layer"]), (&"grant".into(), &"IDENTITY_POLICY".into()));
    assert_eq!(edit["nearest"]["failures"][0]["key"], "aws:ResourceTag/stage");
    assert_eq!(edit["nearest"]["failures"][0]["found"], serde_json::Value::Null);
    assert_eq!(remedy["settings"], serde_json::json!([]));
}

fn olga_reader(door: &Door) -> Keys {
    door.user_in(OTHER, "reader", &[&allows("sts:DecodeAuthorizationMessage", "*")])
}

/// A message travels in a header: of a long explanation, the statements are left out first.
#[test]
fn long_explanations_travel_without_their_statements() {
    let door = Door::new();
    let statement = |index: usize| {
        format!(
            r#"{{"Sid":"S{index}","Effect":"Allow","Action":"iam:*","Resource":"*",
            "Condition":{{"StringEquals":{{"aws:RequestTag/k{index}{0:x}":"v{0:x}"}}}}}}"#,
            index.wrapping_mul(0x9e37_79b9_7f4a_7c15)
        )
    };
    let decoded = |statements: usize| {
        let list: Vec<String> = (0..statements).map(statement).collect();
        let policy = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, list.join(","));
        let name = format!("user{statements}");
        let user = door.user(&name, &[&allows("sts:AssumeRole", "*")]);
        let role = door.role(&format!("role{statements}"), &trusts("111111111111"), &[&policy]);
        let message = door.call(&door.assume(&user, &role), "iam:ListUsers", &[]).denial.unwrap();
        let text = decode(&door, &door.root(), &message).ok().text("DecodedMessage");
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    };
    for (statements, shown) in [(2, Some(2)), (60, None)] {
        let evaluation = &decoded(statements)["evaluation"];
        let missed = evaluation["checks"][0]["missedStatements"].as_array();
        assert_eq!(missed.map(Vec::len), shown);
        assert_eq!(evaluation["checks"][0]["effect"], "IMPLICIT_DENY");
        assert_eq!(evaluation["remedy"]["edits"][0]["kind"], "grant");
    }
}

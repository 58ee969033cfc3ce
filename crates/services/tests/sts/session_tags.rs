//! Session tags, and those that a chain hands on.

use crate::cast::Cast;
use crate::door::{Door, MANAGEMENT, allows, trusting};

/// Trusts everyone to assume it and to tag the session.
fn open() -> String {
    trusting(r#""AWS":"*""#, r#"["sts:AssumeRole","sts:TagSession"]"#)
}

/// The parameters that pass these tags, the transitive ones marked by a `>`: `>team=red`.
fn passing(tags: &[&'static str]) -> Vec<(String, &'static str)> {
    let mut parameters = Vec::new();
    let mut transitive = 0;
    for (number, tag) in (1..).zip(tags) {
        let (key, value) = tag.split_once('=').unwrap();
        let plain = key.trim_start_matches('>');
        parameters.push((format!("Tags.member.{number}.Key"), plain));
        parameters.push((format!("Tags.member.{number}.Value"), value));
        if plain != key {
            transitive += 1;
            parameters.push((format!("TransitiveTagKeys.member.{transitive}"), plain));
        }
    }
    parameters
}

fn borrowed<'p>(parameters: &'p [(String, &'p str)]) -> Vec<(&'p str, &'p str)> {
    parameters.iter().map(|(name, value)| (name.as_str(), *value)).collect()
}

/// A role whose sessions may see exactly the user that is called like their tag `team`.
fn reader(door: &Door, name: &str, tags: &[(&str, &str)]) -> String {
    let see = allows("iam:GetUser", "arn:aws:iam::111111111111:user/${aws:PrincipalTag/team}");
    door.tagged_role(MANAGEMENT, name, &open(), tags, &[&see, &allows("sts:*", "*")])
}

/// Which of these teams a session may see.
fn sees(cast: &Cast, session: &crate::door::Keys) -> String {
    let may = |team: &&str| cast.door.call(session, "iam:GetUser", &[("UserName", team)]).status == 200;
    ["red", "blue", "green"].into_iter().filter(may).collect::<Vec<_>>().join(" ")
}

/// Each row is a chain of roles, assumed one after the other, and the tags passed at each step; then what the last
/// session may see, or how the last step fails.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html>
#[test]
fn chains() {
    const CONFLICT: &str = "400 InvalidParameterValue: One of the specified transitive tag keys can't be set because it \
                            conflicts with a transitive tag key from the calling session.";
    let cast = Cast::new();
    for team in ["red", "blue", "green"] {
        cast.door.user(team, &[]);
    }
    let plain = reader(&cast.door, "plain", &[]);
    let red = reader(&cast.door, "red", &[("team", "red")]);
    let shouting = reader(&cast.door, "shouting", &[("TEAM", "red")]);
    let (plain, red, shouting) = (plain.as_str(), red.as_str(), shouting.as_str());
    type Step<'s> = (&'s str, &'s [&'static str]);
    let rows: &[(&[Step<'_>], &str)] = &[
        (&[(plain, &[])], ""),
        (&[(plain, &["team=blue"])], "blue"),
        (&[(plain, &["Team=blue"])], "blue"),
        // A role's own tags count, and those of the session count more.
        (&[(red, &[])], "red"),
        (&[(red, &["team=blue"])], "blue"),
        (&[(red, &["TEAM=blue"])], "blue"),
        (&[(shouting, &["team=blue"])], "blue"),
        (&[(red, &["cost=7"])], "red"),
        // Only what is transitive is handed on, and never a role's own tags.
        (&[(plain, &["team=blue"]), (plain, &[])], ""),
        (&[(plain, &[">team=blue"]), (plain, &[])], "blue"),
        (&[(plain, &[">team=blue"]), (red, &[])], "blue"),
        (&[(plain, &[">Team=blue"]), (red, &[])], "blue"),
        (&[(red, &[]), (plain, &[])], ""),
        (&[(plain, &["team=blue"]), (red, &[])], "red"),
        (&[(plain, &[">team=blue"]), (plain, &[]), (red, &[]), (plain, &[])], "blue"),
        (&[(plain, &["team=blue"]), (plain, &["team=green"])], "green"),
        (&[(plain, &["team=blue"]), (plain, &[">team=green"]), (red, &[])], "green"),
        // What was handed on cannot be passed anew.
        (&[(plain, &[">team=blue"]), (plain, &["team=green"])], CONFLICT),
        (&[(plain, &[">team=blue"]), (plain, &["TEAM=green"])], CONFLICT),
        (&[(plain, &[">team=blue"]), (plain, &["team=blue"])], CONFLICT),
        (&[(plain, &[">team=blue"]), (plain, &[]), (plain, &[">team=green"])], CONFLICT),
        (&[(plain, &[">team=blue"]), (plain, &["cost=7"])], "blue"),
    ];
    for (steps, expected) in rows {
        let mut keys = cast.keys("ana").clone();
        let mut outcome = String::new();
        for (number, (role, tags)) in steps.iter().enumerate() {
            let tags = passing(tags);
            let mut parameters = vec![("RoleArn", *role), ("RoleSessionName", "session")];
            parameters.extend(borrowed(&tags));
            let answer = cast.door.call(&keys, "sts:AssumeRole", &parameters);
            if number + 1 < steps.len() || answer.status == 200 {
                keys = answer.ok().keys();
            } else {
                outcome = answer.outcome();
            }
        }
        if outcome.is_empty() {
            outcome = sees(&cast, &keys);
        }
        assert_eq!(outcome, *expected, "{steps:?}");
    }
}

/// What recordings of AWS answer, word for word; reserved keys in words of ours.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_know>
#[test]
fn tags_that_cannot_be_passed() {
    const TWICE: &str = "400 InvalidParameterValue: Duplicate tag keys found. Please note that Tag keys are case insensitive.";
    const NOT_PASSED: &str =
        "400 InvalidParameterValue: The specified transitive tag key must be included in the requested tags.";
    let cast = Cast::new();
    let role = cast.door.role("reader", &open(), &[]);
    let pair = |number: usize, key: &'static str| {
        [(format!("Tags.member.{number}.Key"), key), (format!("Tags.member.{number}.Value"), "value")]
    };
    let twice = |one, other| pair(1, one).into_iter().chain(pair(2, other)).collect::<Vec<_>>();
    let transitive = |key| vec![("TransitiveTagKeys.member.1".to_owned(), key)];
    let with_transitive = |key, other| pair(1, key).into_iter().chain(transitive(other)).collect();
    let names: Vec<&'static str> = (0..51).map(|number| &*format!("key-{number}").leak()).collect();
    let many = |count: usize| (1..=count).flat_map(|n| pair(n, names[n - 1])).collect::<Vec<_>>();
    let rows: Vec<(Vec<(String, &str)>, &str)> = vec![
        (twice("team", "team"), TWICE),
        (twice("team", "Team"), TWICE),
        (twice("STRASSE", "straße"), "ok"),
        (transitive("team"), NOT_PASSED),
        (with_transitive("team", "cost"), NOT_PASSED),
        (with_transitive("team", "TEAM"), "ok"),
        (
            pair(1, "aws:team").to_vec(),
            "400 ValidationError: The tag key aws:team is reserved: it begins with aws:.",
        ),
        (
            pair(1, "AWS:team").to_vec(),
            "400 ValidationError: The tag key AWS:team is reserved: it begins with aws:.",
        ),
        (many(50), "ok"),
    ];
    for (more, expected) in rows {
        assert_eq!(cast.assume("ana", &role, &borrowed(&more)).outcome(), expected, "{more:?}");
    }
    for refused in [many(51), pair(1, "").to_vec(), pair(1, "a*b").to_vec()] {
        assert_eq!(
            cast.assume("ana", &role, &borrowed(&refused)).verdict(),
            "ValidationError",
            "{refused:?}"
        );
    }
}

/// Whoever tags a session needs the permission, on both sides where both decide. That inherited tags need it is not
/// published; we ask for it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required>
#[test]
fn tagging_is_an_action_of_its_own() {
    let cast = Cast::new();
    let assume = allows("sts:AssumeRole", "*");
    let iva = cast.door.user("iva", &[&assume]);
    let closed = cast.door.role("closed", &crate::door::trusts("*"), &[]);
    let account = r#""AWS":"111111111111""#;
    let by_account = trusting(account, r#"["sts:AssumeRole","sts:TagSession"]"#);
    let delegated = cast.door.role("delegated", &by_account, &[]);
    let opened = cast.door.role("open", &open(), &[&allows("sts:*", "*")]);
    let tags = passing(&[">team=red"]);
    let tagged = cast.door.assume_with(cast.keys("ana"), &opened, &borrowed(&tags));
    let reason = |answer: crate::door::Answer| {
        answer
            .message
            .split_once("is not authorized to perform: ")
            .map_or(answer.outcome(), |(_, rest)| rest.to_owned())
    };
    let call = |keys: &_, role: &str, tags: &[(&str, &str)]| {
        let mut parameters = vec![("RoleArn", role), ("RoleSessionName", "session")];
        parameters.extend(tags);
        reason(cast.door.call(keys, "sts:AssumeRole", &parameters))
    };
    let with = borrowed(&tags);
    let no_trust = format!(
        "sts:TagSession on resource: {closed} because no role trust policy allows the sts:TagSession action"
    );
    let no_identity = format!(
        "sts:TagSession on resource: {delegated} because no identity-based policy allows the sts:TagSession action"
    );
    assert_eq!(call(cast.keys("ana"), &closed, &[]), "ok");
    assert_eq!(call(cast.keys("ana"), &closed, &with), no_trust);
    assert_eq!(call(&tagged, &closed, &[]), no_trust, "inherited tags");
    assert_eq!(call(&iva, &delegated, &[]), "ok");
    assert_eq!(call(&iva, &delegated, &with), no_identity);
    assert_eq!(call(cast.keys("ana"), &delegated, &with), "ok");
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html>
#[test]
fn trust_policies_see_the_tags() {
    let cast = Cast::new();
    let role = |name: &str, condition: &str| {
        let trust = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":"*"}},"Action":["sts:AssumeRole","sts:TagSession"],"Condition":{condition}}}}}"#
        );
        cast.door.tagged_role(MANAGEMENT, name, &trust, &[("team", "red")], &[])
    };
    let hop = cast.door.role("start", &open(), &[&allows("sts:*", "*")]);
    let blue = cast.door.assume_with(cast.keys("ana"), &hop, &borrowed(&passing(&[">team=blue"])));
    let requested = role("requested", r#"{"StringEquals":{"aws:RequestTag/team":"blue"}}"#);
    let keys = role(
        "keys",
        r#"{"ForAllValues:StringEquals":{"aws:TagKeys":["team"]},"Null":{"aws:TagKeys":"false"}}"#,
    );
    let transitive = role("transitive", r#"{"ForAnyValue:StringEquals":{"sts:TransitiveTagKeys":"team"}}"#);
    let own = role("own", r#"{"StringEquals":{"aws:ResourceTag/team":"red"}}"#);
    let own_by_iam = role("own-by-iam", r#"{"StringEquals":{"iam:ResourceTag/team":"red"}}"#);
    let handed = role("handed", r#"{"StringEquals":{"aws:ResourceTag/team":"blue"}}"#);
    let caller = role("caller", r#"{"StringEquals":{"aws:PrincipalTag/team":"blue"}}"#);
    let ana = cast.keys("ana");
    let rows: &[(&crate::door::Keys, &str, &[&'static str], &str)] = &[
        (ana, &requested, &["team=blue"], "ok"),
        (ana, &requested, &["Team=blue"], "ok"),
        (ana, &requested, &["team=red"], "AccessDenied"),
        (ana, &requested, &[], "AccessDenied"),
        (ana, &keys, &["team=blue"], "ok"),
        (ana, &keys, &["team=blue", "cost=7"], "AccessDenied"),
        (ana, &keys, &[], "AccessDenied"),
        (ana, &transitive, &[">team=blue"], "ok"),
        (ana, &transitive, &["team=blue"], "AccessDenied"),
        (ana, &own, &[], "ok"),
        (ana, &own_by_iam, &[], "ok"),
        (ana, &own, &["team=blue"], "ok"),
        // A tag that a chain hands on takes the place of the role's own.
        (&blue, &own, &[], "AccessDenied"),
        (&blue, &own_by_iam, &[], "AccessDenied"),
        (&blue, &handed, &[], "ok"),
        (ana, &handed, &["team=blue"], "AccessDenied"),
        (&blue, &caller, &[], "ok"),
        (ana, &caller, &["team=blue"], "AccessDenied"),
    ];
    for (keys, role, tags, expected) in rows {
        let tags = passing(tags);
        let mut parameters = vec![("RoleArn", *role), ("RoleSessionName", "session")];
        parameters.extend(borrowed(&tags));
        let answer = cast.door.call(keys, "sts:AssumeRole", &parameters);
        assert_eq!(answer.verdict(), *expected, "{role} {tags:?}: {}", answer.outcome());
    }
}

//! Policies passed into a session: they take away, and never give.

use doorward_directory::change::policies::{self, Standing};

use crate::cast::Cast;
use crate::door::{Door, Keys, MANAGEMENT, OTHER, account, allows, denies, trusts};

const GET: &str = "iam:GetUser";
const LIST: &str = "iam:ListUsers";

/// Which of two operations a session may do: `get`, `list`, `get list` or nothing.
fn may(door: &Door, keys: &Keys) -> String {
    let calls = [("get", GET, vec![("UserName", "ana")]), ("list", LIST, vec![])];
    let allowed = calls.iter().filter(|(_, operation, parameters)| {
        let answer = door.call(keys, operation, parameters);
        assert!(matches!(answer.verdict(), "ok" | "AccessDenied"), "{}", answer.outcome());
        answer.status == 200
    });
    allowed.map(|(word, ..)| *word).collect::<Vec<_>>().join(" ")
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session>
#[test]
fn the_intersection_counts() {
    let cast = Cast::new();
    let both = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["iam:GetUser","iam:ListUsers"],"Resource":"*"}}"#;
    let full = cast.door.role("full", &trusts("*"), &[both]);
    let getter = cast.door.role("getter", &trusts("*"), &[&allows(GET, "*")]);
    let get_policy = cast.door.managed("get", &allows(GET, "*"));
    let list_policy = cast.door.managed("/team/list", &allows(LIST, "*"));
    let deny_get = cast.door.managed("deny-get", &denies(GET, "*"));
    let (get, list, deny) = (allows(GET, "*"), allows(LIST, "*"), denies(GET, "*"));
    let all = allows("*", "*");
    let elsewhere = allows("iam:*", "arn:aws:iam::111111111111:user/bea");
    let variable = allows(GET, "arn:aws:iam::111111111111:user/${aws:PrincipalTag/team, 'ana'}");
    type Row<'r> = (&'r str, Option<&'r str>, &'r [&'r str], &'r str);
    let rows: &[Row<'_>] = &[
        (&full, None, &[], "get list"),
        (&full, Some(&get), &[], "get"),
        (&full, Some(&all), &[], "get list"),
        (&full, Some(&deny), &[], ""),
        (&full, Some(&elsewhere), &[], ""),
        (&full, Some(&variable), &[], "get"),
        (&full, None, &[&get_policy], "get"),
        (&full, None, &[&get_policy, &list_policy], "get list"),
        (&full, Some(&get), &[&list_policy], "get list"),
        (&full, Some(&all), &[&deny_get], "list"),
        (&getter, None, &[], "get"),
        (&getter, Some(&list), &[], ""),
        (&getter, Some(&all), &[], "get"),
        (&getter, None, &[&list_policy], ""),
    ];
    for (role, inline, managed, expected) in rows {
        let names: Vec<String> = (1..=managed.len()).map(|n| format!("PolicyArns.member.{n}.arn")).collect();
        let mut more: Vec<(&str, &str)> =
            names.iter().map(String::as_str).zip(managed.iter().copied()).collect();
        more.extend(inline.map(|text| ("Policy", text)));
        let answer = cast.assume("ana", role, &more).ok();
        assert_eq!(answer.has("PackedPolicySize"), !more.is_empty());
        assert_eq!(may(&cast.door, &answer.keys()), *expected, "{role} {inline:?} {managed:?}");
    }
    let session = cast.assume("ana", &full, &[("Policy", &list)]).keys();
    cast.door.call(&session, GET, &[("UserName", "ana")]).refused(
        "403 AccessDenied: User: arn:aws:sts::111111111111:assumed-role/full/session is not authorized to perform: \
         iam:GetUser on resource: user ana because no session policy allows the iam:GetUser \
         action",
    );
}

/// A managed policy counts as it is at the time of the request; when it is deleted the session ends.
#[test]
fn managed_policies_are_read_at_every_request() {
    let cast = Cast::new();
    let full = cast.door.role("full", &trusts("*"), &[&allows("iam:*", "*")]);
    let arn = cast.door.managed("narrow", &allows(GET, "*"));
    let session = cast.assume("ana", &full, &[("PolicyArns.member.1.arn", &arn)]).ok().keys();
    assert_eq!(may(&cast.door, &session), "get");
    let list = allows(LIST, "*");
    cast.door
        .change(|draft| policies::create_version(draft, account(MANAGEMENT), &arn, &list, Standing::Default));
    assert_eq!(may(&cast.door, &session), "list");
    cast.door.change(|draft| {
        policies::delete_version(draft, account(MANAGEMENT), &arn, policies_first())?;
        policies::delete(draft, account(MANAGEMENT), &arn)
    });
    cast.door
        .call(&session, GET, &[("UserName", "ana")])
        .refused("403 InvalidClientTokenId: The security token included in the request is invalid.");
}

fn policies_first() -> doorward_directory::managed::VersionNumber {
    doorward_directory::managed::VersionNumber(1)
}

/// A trust policy that names the session itself is not limited by what was passed into it; one that names its role is.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
#[test]
fn what_is_granted_to_the_session_itself_is_not_limited() {
    let cast = Cast::new();
    let start = cast.door.role("start", &trusts("*"), &[]);
    let by_session =
        cast.door.role("by-session", &trusts("arn:aws:sts::111111111111:assumed-role/start/session"), &[]);
    let by_role = cast.door.role("by-role", &trusts(&start), &[]);
    let narrow = cast.assume("ana", &start, &[("Policy", &allows(GET, "*"))]).keys();
    let wide = cast.door.assume(cast.keys("ana"), &start);
    let closed = cast.assume("ana", &start, &[("Policy", &denies("sts:*", "*"))]).keys();
    let rows = [
        (&wide, &by_session, "ok"),
        (&wide, &by_role, "ok"),
        (&narrow, &by_session, "ok"),
        (&narrow, &by_role, "because no session policy allows the sts:AssumeRole action"),
        (&closed, &by_session, "with an explicit deny in a session policy"),
    ];
    for (keys, role, expected) in rows {
        let answer =
            cast.door.call(keys, "sts:AssumeRole", &[("RoleArn", role), ("RoleSessionName", "next")]);
        assert!(answer.outcome().ends_with(expected), "{role}: {}", answer.outcome());
    }
}

/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
#[test]
fn policies_that_cannot_be_passed() {
    let cast = Cast::new();
    let role = cast.door.role("reader", &trusts("*"), &[]);
    let own = cast.door.managed("own", &allows(GET, "*"));
    let others = cast.door.managed_in(OTHER, "others", &allows(GET, "*"));
    let not_there =
        |arn: &str| format!("400 ValidationError: Policy {arn} does not exist or is not attachable.");
    let missing = "arn:aws:iam::111111111111:policy/missing";
    let principal = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#;
    let rows: &[(&[(&str, &str)], String)] = &[
        (&[("PolicyArns.member.1.arn", &own)], "ok".to_owned()),
        (&[("PolicyArns.member.1.arn", &others)], not_there(&others)),
        (&[("PolicyArns.member.1.arn", missing)], not_there(missing)),
    ];
    for (more, expected) in rows {
        assert_eq!(cast.assume("ana", &role, more).outcome(), *expected, "{more:?}");
    }
    for malformed in ["{", "x", principal, r#"{"Version":"2012-10-17","Statement":[]}"#] {
        let answer = cast.assume("ana", &role, &[("Policy", malformed)]);
        assert_eq!((answer.status, answer.verdict()), (400, "MalformedPolicyDocument"), "{malformed}");
    }
    let names: Vec<String> = (1..=11).map(|number| format!("PolicyArns.member.{number}.arn")).collect();
    let arns: Vec<String> =
        (0..11).map(|n| cast.door.managed(&format!("policy-{n}"), &allows(GET, "*"))).collect();
    let all: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(arns.iter().map(String::as_str)).collect();
    cast.assume("ana", &role, &all[..10]).ok();
    cast.assume("ana", &role, &all).refused(
        "400 ValidationError: 1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must \
         have length less than or equal to 10",
    );
    let long = |characters: usize| {
        let shortest = allows(GET, "arn:aws:s3:::b");
        allows(GET, &format!("arn:aws:s3:::b{}", "*".repeat(characters - shortest.len())))
    };
    cast.assume("ana", &role, &[("Policy", &long(2_048))]).ok();
    let arn = ("PolicyArns.member.1.arn", own.as_str());
    let left = 2_048 - own.len();
    cast.assume("ana", &role, &[("Policy", &long(left)), arn]).ok();
    cast.assume("ana", &role, &[("Policy", &long(left + 1)), arn]).refused(
        "400 ValidationError: The session policy and the ARNs of managed session policies are longer than 2048 characters \
         together.",
    );
    cast.assume("ana", &role, &[("Policy", &long(2_049))]).refused(
        "400 ValidationError: 1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must \
         have length less than or equal to 2048",
    );
}

/// Texts that do not compress.
fn noise(characters: usize, seed: u64) -> String {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(
            b"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(state >> 33) as usize % 62],
        )
    };
    (0..characters).map(|_| next()).collect()
}

/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>, `PackedPolicyTooLarge`
#[test]
fn what_is_passed_must_fit() {
    let cast = Cast::new();
    let open = crate::door::trusting(r#""AWS":"*""#, r#"["sts:AssumeRole","sts:TagSession"]"#);
    let role = cast.door.role("reader", &open, &[]);
    let names: Vec<(String, String)> =
        (1..=50).map(|n| (format!("Tags.member.{n}.Key"), format!("Tags.member.{n}.Value"))).collect();
    let (keys, values): (Vec<_>, Vec<_>) = (1..=50).map(|n| (format!("key-{n}"), noise(250, n))).unzip();
    let tags = |count: usize| -> Vec<(&str, &str)> {
        let each = |n: usize| [(&*names[n].0, &*keys[n]), (&*names[n].1, &*values[n])];
        (0..count).flat_map(each).collect()
    };
    let few = cast.assume("ana", &role, &tags(5)).ok();
    let percent: u32 = few.text("PackedPolicySize").parse().unwrap();
    assert!((1..=100).contains(&percent), "{percent}");
    let answer = cast.assume("ana", &role, &tags(50));
    assert_eq!((answer.status, answer.verdict()), (400, "PackedPolicyTooLarge"));
    let consumed = answer.message.strip_prefix("Packed size of session tags consumes ");
    let consumed = consumed.and_then(|rest| rest.strip_suffix("% of allotted space.")).unwrap();
    assert!(consumed.parse::<u32>().unwrap() > 100, "{consumed}");
    let policy = allows("s3:GetObject", &format!("arn:aws:s3:::bucket/{}", noise(1_800, 99)));
    let mut more = tags(8);
    more.push(("Policy", &policy));
    let answer = cast.assume("ana", &role, &more);
    assert_eq!(answer.verdict(), "PackedPolicyTooLarge");
    assert!(
        answer.message.ends_with("% of allotted space, please use smaller policy."),
        "{}",
        answer.message
    );
    cast.assume("ana", &role, &[("Policy", &policy)]).ok();
}

//! How long credentials last.

use doorward_directory::change::roles::{self, RoleUpdate};
use jiff::Timestamp;

use crate::cast::Cast;
use crate::door::{Answer, MANAGEMENT, account, trusts};

/// For how many seconds the credentials in an answer last, or the refusal.
fn lasting(cast: &Cast, answer: &Answer) -> String {
    if answer.status != 200 {
        return answer.outcome();
    }
    let expiration: Timestamp = answer.text("Expiration").parse().unwrap();
    (expiration.as_second() - cast.door.now().as_second()).to_string()
}

/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>,
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining>
#[test]
fn of_roles() {
    const ROLE: &str = "400 ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
    const CHAIN: &str = "400 ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles \
                         assumed by role chaining.";
    const LEAST: &str = "400 ValidationError: 1 validation error detected: Value '899' at 'durationSeconds' failed to \
                         satisfy constraint: Member must have value greater than or equal to 900";
    const MOST: &str = "400 ValidationError: 1 validation error detected: Value '43201' at 'durationSeconds' failed to \
                        satisfy constraint: Member must have value less than or equal to 43200";
    let cast = Cast::new();
    let short = cast.door.role("short", &trusts("*"), &[]);
    let long = cast.door.role("long", &trusts("*"), &[]);
    let update = RoleUpdate { max_session_s: Some(43_200), ..RoleUpdate::default() };
    cast.door.change(|draft| roles::update(draft, account(MANAGEMENT), "long", &update));
    let rows = [
        ("ana", &short, None, "3600"),
        ("ana", &short, Some("900"), "900"),
        ("ana", &short, Some("3600"), "3600"),
        ("ana", &short, Some("3601"), ROLE),
        ("ana", &short, Some("899"), LEAST),
        ("ana", &long, None, "3600"),
        ("ana", &long, Some("43200"), "43200"),
        ("ana", &long, Some("43201"), MOST),
        ("olga", &long, Some("43200"), "43200"),
        ("hop", &long, None, "3600"),
        ("hop", &long, Some("3600"), "3600"),
        ("hop", &long, Some("3601"), CHAIN),
        ("hop", &short, Some("3601"), CHAIN),
        ("ana-token", &long, Some("3600"), "3600"),
        ("ana-token", &long, Some("3601"), CHAIN),
    ];
    for (who, role, asked, expected) in rows {
        let more: Vec<_> = asked.into_iter().map(|seconds| ("DurationSeconds", seconds)).collect();
        assert_eq!(lasting(&cast, &cast.assume(who, role, &more)), expected, "{who} {role} {asked:?}");
    }
}

/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>,
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html>
#[test]
fn of_tokens() {
    let cast = Cast::new();
    let rows = [
        ("ana", None, "43200"),
        ("ana", Some("900"), "900"),
        ("ana", Some("129600"), "129600"),
        ("ana", Some("899"), "ValidationError"),
        ("ana", Some("129601"), "ValidationError"),
        ("root", None, "3600"),
        ("root", Some("900"), "900"),
        ("root", Some("129600"), "3600"),
    ];
    for (operation, name) in [("sts:GetSessionToken", None), ("sts:GetFederationToken", Some("fred"))] {
        for (who, asked, expected) in rows {
            let name = name.map(|name| ("Name", name));
            let parameters: Vec<_> =
                name.into_iter().chain(asked.map(|seconds| ("DurationSeconds", seconds))).collect();
            let answer = cast.door.call(cast.keys(who), operation, &parameters);
            let outcome = if answer.status == 200 { lasting(&cast, &answer) } else { answer.code };
            assert_eq!(outcome, expected, "{operation} {who} {asked:?}");
        }
    }
}

/// Credentials end at their expiration, to the second; what was made of them lives on.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html>
#[test]
fn they_end_when_they_say() {
    let cast = Cast::new();
    let role = cast.door.role("reader", &trusts("*"), &[]);
    let session = cast.assume("ana", &role, &[("DurationSeconds", "900")]).keys();
    let identity = || cast.door.call(&session, "sts:GetCallerIdentity", &[]).outcome();
    assert_eq!(identity(), "ok");
    cast.door.wait(899);
    assert_eq!(identity(), "ok");
    let next = cast.door.assume(cast.keys("hop"), &role);
    cast.door.wait(1);
    let expired = "403 ExpiredToken: The security token included in the request is expired";
    assert_eq!(identity(), expired);
    cast.door.call(&next, "sts:GetCallerIdentity", &[]).ok();
    cast.door.wait(3_600);
    cast.door.call(&next, "sts:GetCallerIdentity", &[]).refused(expired);
}

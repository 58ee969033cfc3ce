//! Clocks that differ, and requests that were signed ahead.

use jiff::{SignedDuration, Timestamp};

use crate::door::{Answer, Ask, Door, MANAGEMENT, Signing, trusting};

/// `GetCallerIdentity`, signed so many seconds after now by the door's clock.
fn signed(door: &Door, signing: Signing, seconds: i64) -> Answer {
    let root = door.root();
    let signed_at: Timestamp = door.now() + SignedDuration::from_secs(seconds);
    let ask = Ask::of(&root, "sts:GetCallerIdentity", &[]);
    door.send(&Ask { signing, signed_at: Some(signed_at), ..ask })
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>
#[test]
fn fifteen_minutes_either_way() {
    let past = "403 SignatureDoesNotMatch: Signature expired: 20261122T094400Z is now earlier than 20261122T094500Z \
                (20261122T100000Z - 15 min.)";
    let future = "403 SignatureDoesNotMatch: Signature not yet current: 20261122T101600Z is still later than \
                  20261122T101500Z (20261122T100000Z + 15 min.)";
    let door = Door::new();
    // What a presigned request says of its own life means nothing to IAM and STS.
    for signing in [Signing::Header, Signing::Query(60), Signing::Query(604_800)] {
        for (seconds, expected) in
            [(0, "ok"), (-600, "ok"), (600, "ok"), (-900, "ok"), (900, "ok"), (-960, past), (960, future)]
        {
            assert_eq!(signed(&door, signing, seconds).outcome(), expected, "{signing:?} {seconds}");
        }
        for seconds in [-901, 901, -86_400, 86_400] {
            assert_eq!(signed(&door, signing, seconds).verdict(), "SignatureDoesNotMatch", "{seconds}");
        }
    }
}

/// What EKS makes a token of: a presigned `GetCallerIdentity` with a header of its own, used minutes later.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
#[test]
fn a_presigned_request_is_good_for_a_while() {
    let door = Door::new();
    let ana = door.user("ana", &[]);
    let role = door.role("node", &crate::door::trusts("*"), &[]);
    let node = door.assume(&ana, &role);
    let made = door.now();
    let headers = [("x-k8s-aws-id", "cluster"), ("accept", "application/json")];
    let send = || {
        let ask = Ask::of(&node, "sts:GetCallerIdentity", &[]);
        door.send(&Ask { signing: Signing::Query(60), signed_at: Some(made), headers: &headers, ..ask })
    };
    assert!(send().ok().xml.contains("arn:aws:sts::111111111111:assumed-role/node/session"));
    door.wait(300);
    send().ok();
    door.wait(601);
    assert_eq!(send().status, 403);
}

/// A presigned request vouches for the headers that it signs; whoever passes it on cannot add some of their own.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>
#[test]
fn what_is_not_signed_does_not_count() {
    let door = Door::new();
    let service = door.service_in(MANAGEMENT, "ci.example.internal");
    let trust = trusting(r#""Service":"ci.example.internal""#, r#""sts:AssumeRole""#);
    let trust = trust.replace(
        r#""Action""#,
        r#""Condition":{"StringEquals":{"aws:SourceAccount":"333333333333"}},"Action""#,
    );
    let role = door.role("deputy", &trust, &[]);
    let parameters = [("RoleArn", role.as_str()), ("RoleSessionName", "session")];
    let (header, none) = ([("x-amz-source-account", "333333333333")], []);
    let ask = |signing, headers, added| {
        let ask = Ask::of(&service, "sts:AssumeRole", &parameters);
        door.send(&Ask { signing, headers, added, ..ask })
    };
    for signing in [Signing::Header, Signing::Query(60)] {
        ask(signing, &header, &none).ok();
        assert_eq!(ask(signing, &none, &none).verdict(), "AccessDenied", "{signing:?}");
        let unsigned = ask(signing, &none, &header);
        assert_ne!(unsigned.status, 200, "{signing:?}: {}", unsigned.outcome());
        assert_ne!(ask(signing, &header, &header).status, 200, "{signing:?}: twice");
    }
}

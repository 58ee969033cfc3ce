//! Which session tokens an account asks of the global endpoint.

use crate::door::Door;
use crate::send;

#[test]
fn the_token_version_is_noted() {
    let door = Door::new();
    let root = door.root();
    let noted = || {
        let summary = send(&door, &root, "GetAccountSummary").ok();
        let place = summary.texts("key").iter().position(|key| key == "GlobalEndpointTokenVersion");
        summary.texts("value")[place.unwrap()].clone()
    };
    assert_eq!(noted(), "1");
    for (version, number) in [("v2Token", "2"), ("v1Token", "1")] {
        send(
            &door,
            &root,
            &format!("SetSecurityTokenServicePreferences GlobalEndpointTokenVersion={version}"),
        )
        .ok();
        assert_eq!(noted(), number);
    }
    let unknown = "SetSecurityTokenServicePreferences GlobalEndpointTokenVersion=v3Token";
    assert_eq!(send(&door, &root, unknown).verdict(), "ValidationError");
}

//! Permissions boundaries of users and roles.

use crate::world::*;

const KINDS: [(&str, &str, &str); 2] = [("User", "UserName", "ana"), ("Role", "RoleName", "web")];

#[test]
fn put_replaced_and_taken_away() {
    let door = world();
    for (kind, parameter, name) in KINDS {
        let [put, delete, get] = [
            format!("Put{kind}PermissionsBoundary"),
            format!("Delete{kind}PermissionsBoundary"),
            format!("Get{kind}"),
        ];
        let holder = (parameter, name);
        let boundary = |arn| ("PermissionsBoundary", arn);
        let nobody =
            format!("404 NoSuchEntity: The {} with name nobody cannot be found.", kind.to_lowercase());
        let missing =
            |arn: &str| format!("404 NoSuchEntity: Scope ARN: {arn} does not exist or is not attachable.");
        let shown = |arn| [("PermissionsBoundaryArn", arn)];
        check(
            &door,
            &door.root(),
            &[
                (&get, &[holder], "ok", &shown(GUARD)),
                (&put, &[holder, boundary(SPARE)], "ok", &[]),
                (&get, &[holder], "ok", &shown(SPARE)),
                (&put, &[holder, boundary(FOREIGN)], &missing(FOREIGN), &[]),
                (&put, &[holder, boundary(MANAGED_BY_AWS)], "ok", &[]),
                (&get, &[holder], "ok", &shown(MANAGED_BY_AWS)),
                (&put, &[(parameter, "nobody"), boundary(SPARE)], &nobody, &[]),
                (&delete, &[(parameter, "nobody")], &nobody, &[]),
                (&delete, &[holder], "ok", &[]),
                (&get, &[holder], "ok", &shown("")),
                (&delete, &[holder], "ok", &[]),
            ],
        );
    }
}

//! Who may do what with a request, and what its owner may by itself.

use crate::door::{ALLOW_ALL, Door, Keys, MANAGEMENT, OTHER, allows, denies, trusts};

const STEPS: [&str; 6] = [
    "GetDelegationRequest",
    "UpdateDelegationRequest",
    "RejectDelegationRequest",
    "SendDelegationToken",
    "AcceptDelegationRequest",
    "GetHumanReadableSummary",
];

fn world() -> Door {
    let mut door = Door::new();
    door.register_provider(OTHER);
    door
}

fn call(door: &Door, keys: &Keys, operation: &str, id: &str) -> String {
    let arn = format!("arn:aws:iam::{MANAGEMENT}:delegation-request/{id}");
    let parameter = if operation == "GetHumanReadableSummary" {
        ("EntityArn", arn.as_str())
    } else {
        ("DelegationRequestId", id)
    };
    door.call(keys, &format!("iam:{operation}"), &[parameter]).verdict().to_owned()
}

/// What each answer is: `ok` and `InvalidInput` (another state) are behind the permission, `AccessDenied` is before it.
fn may(door: &Door, keys: &Keys, id: &str) -> Vec<String> {
    STEPS.iter().map(|step| call(door, keys, step, id)).filter(|verdict| verdict == "AccessDenied").collect()
}

fn associated(door: &Door, keys: &Keys, who: &str) -> String {
    let id = door.delegation(OTHER, MANAGEMENT, &allows("s3:GetObject", "*"), "");
    assert_eq!(call(door, keys, "AssociateDelegationRequest", &id), "ok", "{who}");
    id
}

#[test]
fn the_owner_needs_no_policy_but_to_accept() {
    let door = world();
    let ana = door.user("ana", &[&allows("iam:AssociateDelegationRequest", "*")]);
    let id = associated(&door, &ana, "ana");
    for (step, expected) in STEPS.iter().zip(["ok", "ok", "ok", "InvalidInput", "AccessDenied", "ok"]) {
        assert_eq!(call(&door, &ana, step, &id), expected, "{step}");
    }
    let own = [("OwnerId", "arn:aws:iam::111111111111:user/ana")];
    let listed = door.call(&ana, "iam:ListDelegationRequests", &own).ok();
    assert_eq!(listed.texts("DelegationRequestId"), [id.as_str()]);
    assert_eq!(door.call(&ana, "iam:ListDelegationRequests", &[]).verdict(), "AccessDenied");

    let bob = door.user("bob", &[]);
    assert_eq!(may(&door, &bob, &id).len(), STEPS.len(), "he is not the owner");
    assert_eq!(door.call(&bob, "iam:ListDelegationRequests", &own).verdict(), "AccessDenied");
}

#[test]
fn an_explicit_denial_holds_for_the_owner() {
    let door = world();
    let policies = [
        &*allows("iam:AssociateDelegationRequest", "*"),
        &*denies("iam:*", "arn:aws:iam::111111111111:delegation-request/*"),
    ];
    let ana = door.user("ana", &policies[..1]);
    let id = associated(&door, &ana, "ana");
    let (get, name) =
        ([("DelegationRequestId", id.as_str())], doorward_directory::Name::new("deny").unwrap());
    door.call(&ana, "iam:GetDelegationRequest", &get).ok();
    door.change(|draft| {
        let holder = doorward_directory::change::Holder::User("ana");
        doorward_directory::change::inline::put(
            draft,
            crate::door::account(MANAGEMENT),
            holder,
            &name,
            policies[1],
        )
    });
    assert_eq!(door.call(&ana, "iam:GetDelegationRequest", &get).verdict(), "AccessDenied");
}

/// A name that was given to somebody else does not bring its former bearer's requests.
#[test]
fn owners_are_known_by_their_unique_ids() {
    let door = world();
    let associate = allows("iam:AssociateDelegationRequest", "*");
    let role = door.role("role", &trusts("arn:aws:iam::111111111111:root"), &[&associate]);
    let admin = door.user("admin", &[ALLOW_ALL]);
    let session = door.assume(&admin, &role);
    let id = associated(&door, &session, "session");
    assert_eq!(call(&door, &session, "GetDelegationRequest", &id), "ok");
    let narrow = door.assume_with(&admin, &role, &[("Policy", &allows("s3:GetObject", "*"))]);
    assert_eq!(call(&door, &narrow, "GetDelegationRequest", &id), "AccessDenied", "it is held to its policy");
    door.call(&admin, "iam:DeleteRolePolicy", &[("RoleName", "role"), ("PolicyName", "inline-0")]).ok();
    door.call(&admin, "iam:DeleteRole", &[("RoleName", "role")]).ok();
    door.role("role", &trusts("arn:aws:iam::111111111111:root"), &[]);
    let other = door.assume(&admin, &role);
    assert_eq!(call(&door, &other, "GetDelegationRequest", &id), "AccessDenied");
}

#[test]
fn others_in_the_account_need_policies_and_other_accounts_see_nothing() {
    let door = world();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let id = associated(&door, &ana, "ana");
    let owner = "arn:aws:iam::111111111111:user/ana";
    let by_owner = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"iam:*","Resource":"arn:aws:iam::{MANAGEMENT}:delegation-request/{id}","Condition":{{"StringEquals":{{"iam:DelegationRequestOwner":"{owner}"}}}}}}}}"#
    );
    let bob = door.user("bob", &[&by_owner]);
    assert!(may(&door, &bob, &id).is_empty(), "{:?}", may(&door, &bob, &id));
    let eve = door.user("eve", &[&by_owner.replace(owner, "arn:aws:iam::111111111111:user/eve")]);
    assert_eq!(may(&door, &eve, &id).len(), STEPS.len());
    let foreign = door.user_in(OTHER, "foreign", &[ALLOW_ALL]);
    for step in &STEPS[..5] {
        assert_eq!(call(&door, &foreign, step, &id), "NoSuchEntity", "{step}");
    }
    assert_eq!(call(&door, &ana, "GetDelegationRequest", "0000000000000000"), "NoSuchEntity");
}

#[test]
fn sessions_held_to_policies_accept_nothing() {
    let door = world();
    let admin = door.user("admin", &[ALLOW_ALL]);
    let role = door.role("role", &trusts("arn:aws:iam::111111111111:root"), &[ALLOW_ALL]);
    let id = associated(&door, &admin, "admin");
    let narrow = door.assume_with(&admin, &role, &[("Policy", ALLOW_ALL)]);
    let parameters = [("DelegationRequestId", id.as_str())];
    door.call(&narrow, "iam:AcceptDelegationRequest", &parameters)
        .refused("400 InvalidInput: These credentials cannot accept a delegation request.");
    door.call(&door.assume(&admin, &role), "iam:AcceptDelegationRequest", &parameters).ok();
}

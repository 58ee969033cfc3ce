//! What the organization's policies do to everything else that is asked: at once, for every principal of every member.

use crate::door::{ALLOW_ALL, MANAGEMENT, OTHER, allows, denies, trusts};
use crate::world::World;

const RCP: &str = "RESOURCE_CONTROL_POLICY";
const DENIED_BY_CONTROL: &str = "with an explicit deny in a service control policy";

/// How `ListUsers` ends for somebody, from `because` or `with` on.
fn listing(world: &World, keys: &crate::door::Keys) -> String {
    let answer = world.door.call(keys, "iam:ListUsers", &[]);
    if answer.status == 200 {
        return "ok".to_owned();
    }
    let reason = answer.message.split_once("user/ ").map(|(_, reason)| reason.to_owned());
    reason.unwrap_or_else(|| panic!("{}", answer.outcome()))
}

fn implicit() -> String {
    "because no service control policy allows the iam:ListUsers action".to_owned()
}

#[test]
fn a_denial_binds_every_principal_of_a_member_and_nobody_else() {
    let world = World::joined();
    let member = world.member_admin();
    let role = world.door.role_in(OTHER, "role", &trusts("arn:aws:iam::222222222222:root"), &[ALLOW_ALL]);
    let session = world.door.assume(&member, &role);
    let outside = world.door.role("inside", &trusts("arn:aws:iam::222222222222:root"), &[ALLOW_ALL]);
    let visitor = world.door.assume(&member, &outside);
    let root = world.door.other_root();
    for keys in [&member, &session, &root, &visitor] {
        assert_eq!(listing(&world, keys), "ok");
    }
    world.control("guard", &denies("iam:ListUsers", "*"));
    world.attach("{guard}", "{root}");
    let arn = world.filled("arn:aws:organizations::111111111111:policy/{o}/service_control_policy/{guard}");
    for keys in [&member, &session, &root] {
        assert_eq!(listing(&world, keys), format!("{DENIED_BY_CONTROL}: {arn}"));
    }
    // The management account is not bound, whoever came into it and from where.
    for keys in [&world.admin, &world.door.root(), &visitor] {
        assert_eq!(listing(&world, keys), "ok");
    }
    world.ok("UpdatePolicy", &[("PolicyId", "{guard}"), ("Content", &denies("iam:ListRoles", "*"))]);
    assert_eq!(listing(&world, &member), "ok");
    world.ok("UpdatePolicy", &[("PolicyId", "{guard}"), ("Content", &denies("iam:*", "*"))]);
    assert_eq!(listing(&world, &member), format!("{DENIED_BY_CONTROL}: {arn}"));
    world.detach("{guard}", "{root}");
    assert_eq!(listing(&world, &member), "ok");
}

#[test]
fn a_service_is_not_bound_and_the_role_that_it_assumes_is() {
    let world = World::joined();
    world.control("guard", &denies("*", "*"));
    let service = world.door.service_in(OTHER, "ci.example.internal");
    let role = world.door.role_in(
        OTHER,
        "role",
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ci.example.internal"},"Action":"sts:AssumeRole"}}"#,
        &[ALLOW_ALL],
    );
    world.attach("{guard}", OTHER);
    let session = world.door.assume(&service, &role);
    assert!(listing(&world, &session).starts_with(DENIED_BY_CONTROL));
}

#[test]
fn every_level_must_allow() {
    let world = World::joined();
    let member = world.member_admin();
    world.unit("{root}", "outer");
    world.unit("{outer}", "inner");
    world.relocate("{root}", "{inner}");
    world.control("some", &allows("s3:*", "*"));
    world.control("iam", &allows("iam:*", "*"));
    for node in ["{root}", "{outer}", "{inner}", OTHER] {
        assert_eq!(listing(&world, &member), "ok", "{node}");
        world.attach("{some}", node);
        world.detach("p-FullAWSAccess", node);
        assert_eq!(listing(&world, &member), implicit(), "{node}");
        world.attach("{iam}", node);
        assert_eq!(listing(&world, &member), "ok", "{node}");
        world.detach("{iam}", node);
        world.attach("p-FullAWSAccess", node);
        world.detach("{some}", node);
    }
    // What the levels allow is cut, not added up.
    world.attach("{some}", "{outer}");
    world.detach("p-FullAWSAccess", "{outer}");
    world.attach("{iam}", "{inner}");
    assert_eq!(listing(&world, &member), implicit());
}

#[test]
fn a_move_counts_at_once() {
    let world = World::joined();
    let member = world.member_admin();
    let root = world.door.other_root();
    world.unit("{root}", "closed");
    world.unit("{root}", "open");
    world.control("guard", &denies("iam:*", "*"));
    world.attach("{guard}", "{closed}");
    assert_eq!(listing(&world, &member), "ok");
    world.relocate("{root}", "{closed}");
    for keys in [&member, &root] {
        assert!(listing(&world, keys).starts_with(DENIED_BY_CONTROL));
    }
    world.relocate("{closed}", "{open}");
    for keys in [&member, &root] {
        assert_eq!(listing(&world, keys), "ok");
    }
    world.relocate("{open}", "{closed}");
    assert!(listing(&world, &member).starts_with(DENIED_BY_CONTROL));
    world.ok("RemoveAccountFromOrganization", &[("AccountId", OTHER)]);
    assert_eq!(listing(&world, &member), "ok");
}

#[test]
fn a_type_that_is_not_enabled_binds_nobody() {
    let world = World::joined();
    let member = world.member_admin();
    world.control("guard", &denies("iam:*", "*"));
    world.attach("{guard}", OTHER);
    assert!(listing(&world, &member).starts_with(DENIED_BY_CONTROL));
    let request = [("RootId", "{root}"), ("PolicyType", "SERVICE_CONTROL_POLICY")];
    world.ok("DisablePolicyType", &request);
    assert_eq!(listing(&world, &member), "ok");
    world.ok("EnablePolicyType", &request);
    assert_eq!(listing(&world, &member), "ok");
}

#[test]
fn a_control_policy_grants_nothing() {
    let world = World::joined();
    let nobody = world.door.user_in(OTHER, "nobody", &[]);
    let expected = "because no identity-based policy allows the iam:ListUsers action";
    assert_eq!(listing(&world, &nobody), expected);
}

#[test]
fn an_administrator_by_delegation_is_bound() {
    let world = World::joined();
    let member = world.member_admin();
    let service = ("ServicePrincipal", "config.amazonaws.com");
    world.ok("EnableAWSServiceAccess", &[service]);
    world.ok("RegisterDelegatedAdministrator", &[("AccountId", OTHER), service]);
    world.ask(&member, "ListAccounts", &[]).ok();
    world.control("guard", &denies("organizations:ListAccounts", "*"));
    world.attach("{guard}", OTHER);
    let refused = world.ask(&member, "ListAccounts", &[]);
    assert!(refused.message.contains(DENIED_BY_CONTROL), "{}", refused.message);
    world.ask(&member, "ListRoots", &[]).ok();
}

#[test]
fn one_members_policies_bind_no_other() {
    let world = World::joined();
    let status = world.ok("CreateAccount", &[("Email", "dev@example.com"), ("AccountName", "dev")]);
    let dev = status.text("AccountId");
    let role = format!("arn:aws:iam::{dev}:role/OrganizationAccountAccessRole");
    let session = world.door.assume(&world.admin, &role);
    let member = world.member_admin();
    // Two principals without an identity of their own, whose policies are the same but for the organization's.
    world.door.call(&session, "iam:CreateUser", &[("UserName", "first")]).ok();
    world.control("guard", &denies("iam:*", "*"));
    world.attach("{guard}", OTHER);
    for _ in 0..2 {
        assert!(listing(&world, &member).starts_with(DENIED_BY_CONTROL));
        assert!(listing(&world, &world.door.other_root()).starts_with(DENIED_BY_CONTROL));
        assert_eq!(listing(&world, &session), "ok");
        assert_eq!(listing(&world, &world.door.root()), "ok");
    }
}

/// Denies that anybody but the organization's principals assumes roles.
fn perimeter(world: &World) -> String {
    world.filled(
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"{o}"}}}}"#,
    )
}

#[test]
fn a_resource_control_policy_binds_whoever_comes() {
    let world = World::new();
    let outsider = world.door.user_in(OTHER, "outsider", &[ALLOW_ALL]);
    let status = world.ok("CreateAccount", &[("Email", "dev@example.com"), ("AccountName", "dev")]);
    let dev = status.text("AccountId");
    let trust = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}"#;
    let role = world.door.role_in(&dev, "open", trust, &[]);
    let of_management = world.door.role("open", trust, &[]);
    let assume = |keys: &crate::door::Keys, role: &str| {
        let answer =
            world.door.call(keys, "sts:AssumeRole", &[("RoleArn", role), ("RoleSessionName", "session")]);
        answer.verdict().to_owned()
    };
    assert_eq!(assume(&outsider, &role), "ok");
    world.enable(RCP);
    assert_eq!(assume(&outsider, &role), "ok");
    world.policy(RCP, "perimeter", &perimeter(&world));
    world.attach("{perimeter}", "{root}");
    assert_eq!(assume(&outsider, &role), "AccessDenied");
    assert_eq!(assume(&world.admin, &role), "ok");
    // Resources of the management account are not bound.
    assert_eq!(assume(&outsider, &of_management), "ok");
    world.join();
    assert_eq!(assume(&outsider, &role), "ok");
    world.ok("RemoveAccountFromOrganization", &[("AccountId", OTHER)]);
    assert_eq!(assume(&outsider, &role), "AccessDenied");
    world.detach("{perimeter}", "{root}");
    assert_eq!(assume(&outsider, &role), "ok");
    world.attach("{perimeter}", &dev);
    assert_eq!(assume(&outsider, &role), "AccessDenied");
    let request = [("RootId", "{root}"), ("PolicyType", RCP)];
    world.ok("DisablePolicyType", &request);
    assert_eq!(assume(&outsider, &role), "ok");
}

#[test]
fn a_resource_control_policy_binds_the_member_itself() {
    let world = World::joined();
    let member = world.member_admin();
    let role = world.door.role_in(OTHER, "role", &trusts("arn:aws:iam::222222222222:root"), &[]);
    world.door.assume(&member, &role);
    world.enable(RCP);
    let deny = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"sts:*","Resource":"*"}}"#;
    world.policy(RCP, "deny", deny);
    world.attach("{deny}", OTHER);
    let parameters = [("RoleArn", &*role), ("RoleSessionName", "session")];
    let refused = world.door.call(&member, "sts:AssumeRole", &parameters);
    assert!(
        refused.message.contains("with an explicit deny in a resource control policy"),
        "{}",
        refused.message
    );
    // Other services than those that AWS lists are not bound.
    assert_eq!(listing(&world, &member), "ok");
}

#[test]
fn accounts_are_managed_through_what_binds_them() {
    let world = World::joined();
    let member = world.member_admin();
    world.control("stay", &denies("organizations:LeaveOrganization", "*"));
    world.attach("{stay}", "{root}");
    let refused = world.ask(&member, "LeaveOrganization", &[]);
    assert_eq!((refused.status, refused.verdict()), (400, "AccessDeniedException"));
    assert!(refused.message.contains(DENIED_BY_CONTROL), "{}", refused.message);
    assert_eq!(world.ok("ListAccounts", &[]).texts("Id"), [MANAGEMENT, OTHER]);
}

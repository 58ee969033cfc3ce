//! Units, and walking the tree.

use doorward_directory::Limits;

use crate::door::{MANAGEMENT, OTHER};
use crate::world::World;

#[test]
fn units_stand_in_each_other() {
    let world = World::new();
    world.unit("{root}", "a");
    world.unit("{a}", "b");
    world.unit("{a}", "c");
    let shown = world.ok("DescribeOrganizationalUnit", &[("OrganizationalUnitId", "{b}")]);
    assert_eq!(shown.text("Name"), "b");
    assert_eq!(shown.text("Arn"), world.filled("arn:aws:organizations::111111111111:ou/{o}/{b}"));
    assert_eq!(shown.text("Path"), world.filled("{o}/{root}/{a}/{b}/"));
    let mut inner = vec![world.filled("{b}"), world.filled("{c}")];
    inner.sort();
    assert_eq!(world.pages("ListOrganizationalUnitsForParent", &[("ParentId", "{a}")], "Id"), inner);
    let children = [("ParentId", "{a}"), ("ChildType", "ORGANIZATIONAL_UNIT")];
    assert_eq!(world.pages("ListChildren", &children, "Id"), inner);
    let accounts = [("ParentId", "{root}"), ("ChildType", "ACCOUNT")];
    assert_eq!(world.pages("ListChildren", &accounts, "Id"), [MANAGEMENT]);
    assert_eq!(world.pages("ListAccountsForParent", &[("ParentId", "{root}")], "Id"), [MANAGEMENT]);
    for (child, parent, kind) in
        [("{b}", "{a}", "ORGANIZATIONAL_UNIT"), ("{a}", "{root}", "ROOT"), (MANAGEMENT, "{root}", "ROOT")]
    {
        let parents = world.ok("ListParents", &[("ChildId", child)]);
        assert_eq!((parents.text("Id"), parents.text("Type")), (world.filled(parent), kind.to_owned()));
    }
}

#[test]
fn units_are_refused() {
    let limits = Limits { unit_depth: 2, units_per_organization: 4, ..Limits::default() };
    let world = World::of("ALL", limits);
    world.unit("{root}", "a");
    world.unit("{a}", "b");
    let create = "CreateOrganizationalUnit";
    let (no_parent, no_unit) = (
        "ParentNotFoundException: You specified parent that doesn't exist.",
        "OrganizationalUnitNotFoundException: You specified an organizational unit that doesn't exist.",
    );
    let duplicate = "DuplicateOrganizationalUnitException: An OU with the same name already exists.";
    world.check_admin(&[
        (create, &[("ParentId", "{root}"), ("Name", "a")], duplicate),
        (create, &[("ParentId", "r-abcdefgh"), ("Name", "x")], no_parent),
        (create, &[("ParentId", "ou-abcd-12345678"), ("Name", "x")], no_parent),
        (
            create,
            &[("ParentId", "{b}"), ("Name", "x")],
            "ConstraintViolationException: You have exceeded the allowed depth of organizational units.",
        ),
        (create, &[("ParentId", "{root}"), ("Name", "b")], "ok"),
        (create, &[("ParentId", "{root}"), ("Name", "c")], "ok"),
        (
            create,
            &[("ParentId", "{root}"), ("Name", "d")],
            "ConstraintViolationException: You have exceeded the allowed number of organizational units.",
        ),
        ("UpdateOrganizationalUnit", &[("OrganizationalUnitId", "{a}"), ("Name", "b")], duplicate),
        ("UpdateOrganizationalUnit", &[("OrganizationalUnitId", "{a}"), ("Name", "a")], "ok"),
        ("UpdateOrganizationalUnit", &[("OrganizationalUnitId", "{a}"), ("Name", "z")], "ok"),
        ("UpdateOrganizationalUnit", &[("OrganizationalUnitId", "{a}")], "ok"),
        ("UpdateOrganizationalUnit", &[("OrganizationalUnitId", "ou-abcd-12345678")], no_unit),
        ("DescribeOrganizationalUnit", &[("OrganizationalUnitId", "ou-abcd-12345678")], no_unit),
        ("DeleteOrganizationalUnit", &[("OrganizationalUnitId", "ou-abcd-12345678")], no_unit),
        (
            "DeleteOrganizationalUnit",
            &[("OrganizationalUnitId", "{a}")],
            "OrganizationalUnitNotEmptyException: You must first remove all accounts and organizational units from the organizational unit.",
        ),
        ("DeleteOrganizationalUnit", &[("OrganizationalUnitId", "{b}")], "ok"),
        ("DeleteOrganizationalUnit", &[("OrganizationalUnitId", "{a}")], "ok"),
        ("ListChildren", &[("ParentId", "{a}"), ("ChildType", "ACCOUNT")], no_parent),
        ("ListAccountsForParent", &[("ParentId", "{a}")], no_parent),
        ("ListOrganizationalUnitsForParent", &[("ParentId", "{a}")], no_parent),
        ("ListParents", &[("ChildId", "{a}")], "ChildNotFoundException: You specified a child that doesn't exist."),
        ("ListParents", &[("ChildId", OTHER)], "ChildNotFoundException: You specified a child that doesn't exist."),
    ]);
}

#[test]
fn accounts_move() {
    let world = World::joined();
    world.unit("{root}", "a");
    let request = |from, to| [("AccountId", OTHER), ("SourceParentId", from), ("DestinationParentId", to)];
    let no_source =
        "SourceParentNotFoundException: You specified a source parent that doesn't contain the account.";
    world.check_admin(&[
        ("MoveAccount", &request("{a}", "{root}"), no_source),
        ("MoveAccount", &request("ou-abcd-12345678", "{root}"), no_source),
        (
            "MoveAccount",
            &request("{root}", "ou-abcd-12345678"),
            "DestinationParentNotFoundException: You specified a destination parent that doesn't exist.",
        ),
        (
            "MoveAccount",
            &request("{root}", "{root}"),
            "DuplicateAccountException: The account is already in the specified destination.",
        ),
        (
            "MoveAccount",
            &[("AccountId", "333333333333"), ("SourceParentId", "{root}"), ("DestinationParentId", "{a}")],
            "AccountNotFoundException: You specified an account that doesn't exist.",
        ),
        ("MoveAccount", &request("{root}", "{a}"), "ok"),
        (
            "DeleteOrganizationalUnit",
            &[("OrganizationalUnitId", "{a}")],
            "OrganizationalUnitNotEmptyException: You must first remove all accounts and organizational units from the organizational unit.",
        ),
    ]);
    let shown = world.ok("DescribeAccount", &[("AccountId", OTHER)]);
    assert!(shown.text("Paths").contains(&world.filled("{root}/{a}/222222222222/")));
    assert_eq!(world.ok("ListAccountsForParent", &[("ParentId", "{a}")]).texts("Id"), [OTHER]);
    assert_eq!(world.pages("ListAccounts", &[], "Id"), [MANAGEMENT, OTHER]);
}

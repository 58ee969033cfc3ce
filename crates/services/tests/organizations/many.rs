//! More members, and more to remember, than one transaction of a store holds.

use doorward_directory::Limits;
use doorward_directory::change::accounts;
use doorward_directory::change::organization::accounts::remove;
use doorward_directory::change::organization::handshakes::{self, Invitation};
use doorward_policy::AccountId;

use crate::door::{MANAGEMENT, account};
use crate::world::World;

const MEMBERS: u64 = 140;

fn members() -> Vec<AccountId> {
    (0..MEMBERS).map(|number| AccountId::new(300_000_000_000 + number).unwrap()).collect()
}

/// An organization that so many accounts were invited to.
fn crowded() -> World {
    let limits = Limits { accounts_per_organization: 1_000, invitations_per_day: 1_000, ..Limits::default() };
    let world = World::of("CONSOLIDATED_BILLING", limits);
    for some in members().chunks(30) {
        world.door.change(|draft| {
            some.iter().try_for_each(|member| {
                accounts::create(draft, *member, "x")?;
                let invitation = Invitation { account: *member, notes: None, tags: &[] };
                let invitation = handshakes::invite(draft, account(MANAGEMENT), &invitation)?;
                handshakes::accept(draft, *member, &invitation.id).map(drop)
            })
        });
    }
    world
}

/// The states of what members were asked, counted.
fn parts(world: &World, state: &str) -> usize {
    let snapshot = world.door.directory().snapshot();
    let parts = snapshot.handshakes().filter(|part| part.parent.is_some());
    parts.filter(|part| part.state.name() == state).count()
}

#[test]
fn they_are_asked_for_all_features_and_the_organization_is_deleted() {
    let world = crowded();
    let asked = members().len();
    for (number, end) in [(1, "DeclineHandshake"), (2, "CancelHandshake")] {
        let whole = world.ok("EnableAllFeatures", &[]);
        assert_eq!(whole.text("State"), "REQUESTED");
        assert_eq!(parts(&world, "OPEN"), asked);
        world.keep("whole", &whole.text("Id"));
        world.ok(end, &[("HandshakeId", "{whole}")]);
        assert_eq!((parts(&world, "OPEN"), parts(&world, "CANCELED")), (0, number * asked));
    }
    world.check_admin(&[(
        "DeleteOrganization",
        &[],
        "OrganizationNotEmptyException: To delete an organization you must first remove all member accounts (except the master).",
    )]);
    assert_eq!(parts(&world, "CANCELED"), 2 * asked);
    for some in members().chunks(60) {
        world
            .door
            .change(|draft| some.iter().try_for_each(|member| remove(draft, account(MANAGEMENT), *member)));
    }
    world.ok("DeleteOrganization", &[]);
    let snapshot = world.door.directory().snapshot();
    assert!(snapshot.organization().is_none() && snapshot.handshakes().next().is_none());
}

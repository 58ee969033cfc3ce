//! An account with a little of everything, and how requests to it are checked.

use doorward_directory::change::boundaries::Bounded;
use doorward_directory::change::policies::Standing;
use doorward_directory::change::{self, Holder};
use doorward_directory::{Limits, Name, Path};
use doorward_policy::request::Choices;

use crate::door::{self, Door, Keys, MANAGEMENT, account, allows, trusts};

/// A document that policies of the world have.
pub const READ: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}"#;
/// [`READ`] as answers show it.
pub const READ_ENCODED: &str = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3AGet%2A%22%2C%22Resource%22%3A%22%2A%22%7D%7D";

pub const ANA: &str = "arn:aws:iam::111111111111:user/team/Ana";
pub const OPS: &str = "arn:aws:iam::111111111111:group/team/Ops";
pub const WEB: &str = "arn:aws:iam::111111111111:role/app/Web";
pub const BOX: &str = "arn:aws:iam::111111111111:instance-profile/Box";
/// Attached to all three; two versions, the first the default.
pub const USED: &str = "arn:aws:iam::111111111111:policy/p/Used";
/// The boundary of [`ANA`] and [`WEB`].
pub const GUARD: &str = "arn:aws:iam::111111111111:policy/Guard";
/// Used by nobody.
pub const SPARE: &str = "arn:aws:iam::111111111111:policy/Spare";
/// Of the other account.
pub const FOREIGN: &str = "arn:aws:iam::222222222222:policy/Foreign";
/// One of AWS's.
pub const MANAGED_BY_AWS: &str = "arn:aws:iam::aws:policy/ReadOnlyAccess";

/// The parameters of a request.
pub type Parameters<'a> = &'a [(&'a str, &'a str)];

/// A request, how it must end, and what the answer must say: elements with the texts of all of that name.
pub type Step<'a> = (&'a str, Parameters<'a>, &'a str, &'a [(&'a str, &'a str)]);

/// The account, with these quotas.
pub fn world_with(limits: Limits) -> Door {
    let door = Door::with(0, limits, Choices::default());
    let team = door::tags(&[("Team", "red")]);
    door.tagged_user(MANAGEMENT, "/team/Ana", &[("Team", "red")], &[READ]);
    door.tagged_role(MANAGEMENT, "/app/Web", &trusts("*"), &[("Team", "red")], &[READ]);
    for name in ["/p/Used", "Guard", "Spare"] {
        door.managed(name, READ);
    }
    door.managed_in(door::OTHER, "Foreign", READ);
    door.change(|draft| {
        let here = account(MANAGEMENT);
        change::groups::create(draft, here, Name::new("Ops").unwrap(), Path::new("/team/").unwrap())?;
        change::inline::put(draft, here, Holder::Group("Ops"), &Name::new("inline-0").unwrap(), READ)?;
        change::profiles::create(draft, here, Name::new("Box").unwrap(), Path::root(), &team)?;
        change::policies::create_version(draft, here, USED, READ, Standing::Spare)?;
        change::tags::put(draft, here, change::tags::Tagged::Policy(USED), &team)?;
        for holder in [Holder::User("Ana"), Holder::Group("Ops"), Holder::Role("Web")] {
            change::attachments::attach(draft, here, holder, USED)?;
        }
        for bounded in [Bounded::User("Ana"), Bounded::Role("Web")] {
            change::boundaries::put(draft, here, bounded, GUARD)?;
        }
        Ok(())
    });
    door
}

/// The account.
pub fn world() -> Door {
    world_with(Limits::default())
}

/// Sends the requests one after the other.
#[track_caller]
pub fn check(door: &Door, keys: &Keys, steps: &[Step<'_>]) {
    for (number, (operation, parameters, outcome, fields)) in steps.iter().enumerate() {
        let answer = door.call(keys, &format!("iam:{operation}"), parameters);
        assert_eq!(answer.outcome(), *outcome, "step {} {operation} {parameters:?}", number + 1);
        for (name, texts) in *fields {
            let found = answer.texts(name).join(",");
            assert_eq!(found, *texts, "<{name}> of step {} {operation} {parameters:?}", number + 1);
        }
    }
}

/// Someone who may do just this, on just this.
pub fn allowed(door: &Door, operation: &str, resource: &str) -> Keys {
    door.user("asker", &[&allows(&format!("iam:{operation}"), resource)])
}

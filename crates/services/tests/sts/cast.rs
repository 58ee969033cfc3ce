//! Who calls in these tests.

use std::collections::BTreeMap;

use crate::door::{Answer, Ask, Door, Keys, MANAGEMENT, OTHER, allows, trusts};

/// The service that some roles trust.
pub const SERVICE: &str = "ci.example.internal";

/// Names and values of a request: parameters, or headers.
pub type Pairs<'a> = &'a [(&'a str, &'a str)];

/// An installation and credentials of every kind.
pub struct Cast {
    pub door: Door,
    keys: BTreeMap<&'static str, Keys>,
}

impl Cast {
    /// * `ana` may assume any role by her own policies; `ana-token` are her credentials of `GetSessionToken`.
    /// * `bea` has no policy.
    /// * `hop` is a session, named `session`, of a role that may assume any role; `bare` of one without policies.
    /// * `olga` and `otto` are `ana` and `bea` of the other account.
    /// * `ci` is a service.
    /// * `root` and `other-root` are what they say.
    pub fn new() -> Self {
        let door = Door::new();
        let (assume, trusting_ana) =
            (allows("sts:*", "*"), trusts(&format!("arn:aws:iam::{MANAGEMENT}:root")));
        let ana = door.user("ana", &[&assume]);
        let hop = door.role("hop", &trusting_ana, &[&assume]);
        let bare = door.role("bare", &trusting_ana, &[]);
        let keys = BTreeMap::from([
            ("hop", door.assume(&ana, &hop)),
            ("bare", door.assume(&ana, &bare)),
            ("ana-token", door.call(&ana, "sts:GetSessionToken", &[]).ok().keys()),
            ("bea", door.user("bea", &[])),
            ("olga", door.user_in(OTHER, "olga", &[&assume])),
            ("otto", door.user_in(OTHER, "otto", &[])),
            ("ci", door.service_in(MANAGEMENT, SERVICE)),
            ("root", door.root()),
            ("other-root", door.other_root()),
            ("ana", ana),
        ]);
        Self { door, keys }
    }

    /// Someone's credentials.
    pub fn keys(&self, who: &str) -> &Keys {
        self.keys.get(who).unwrap_or_else(|| panic!("nobody is called `{who}`"))
    }

    /// Someone calls `AssumeRole` in a session named `session`.
    pub fn assume(&self, who: &str, role: &str, more: Pairs<'_>) -> Answer {
        let mut parameters = vec![("RoleArn", role), ("RoleSessionName", "session")];
        parameters.extend(more);
        self.door.send(&Ask::of(self.keys(who), "sts:AssumeRole", &parameters))
    }
}

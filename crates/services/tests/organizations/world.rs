//! An installation with an organization: the first account manages it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use doorward_directory::Limits;
use doorward_policy::request::Choices;

use crate::door::{ALLOW_ALL, Answer, Door, Keys, OTHER};

/// What allows everything, as a service control policy.
pub const EVERYTHING: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

/// A request: operation, parameters, and how it ends: `ok`, or code and text of the refusal.
pub type Row<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

pub struct World {
    pub door: Door,
    /// Whoever may do everything in the management account.
    pub admin: Keys,
    /// What `{name}` stands for in parameters.
    names: RefCell<BTreeMap<String, String>>,
}

impl World {
    /// An organization with all features, and nothing in it: `{root}` is its root, `{o}` itself.
    pub fn new() -> Self {
        Self::of("ALL", Limits::default())
    }

    pub fn of(features: &str, limits: Limits) -> Self {
        let door = Door::with(0, limits, Choices::default());
        let admin = door.user("admin", &[ALLOW_ALL]);
        let world = Self { door, admin, names: RefCell::default() };
        let made = world.ok("CreateOrganization", &[("FeatureSet", features)]);
        world.keep("o", &made.text("Id"));
        world.keep("root", &world.ok("ListRoots", &[]).text("Id"));
        world
    }

    /// The same, with the other account invited and joined.
    pub fn joined() -> Self {
        let world = Self::new();
        world.join();
        world
    }

    /// Lets the other account join.
    pub fn join(&self) {
        let target = format!(r#"json:{{"Type":"ACCOUNT","Id":"{OTHER}"}}"#);
        self.keep("h", &self.ok("InviteAccountToOrganization", &[("Target", &target)]).text("Id"));
        self.ask(&self.door.other_root(), "AcceptHandshake", &[("HandshakeId", "{h}")]).ok();
    }

    /// Somebody in the other account who may do everything, as far as that account is concerned.
    pub fn member_admin(&self) -> Keys {
        self.door.user_in(OTHER, "mia", &[ALLOW_ALL])
    }

    pub fn keep(&self, name: &str, value: &str) {
        self.names.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    /// A text with what names stand for.
    pub fn filled(&self, text: &str) -> String {
        let names = self.names.borrow();
        names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// Asks, and answers with whatever comes of it.
    pub fn ask(&self, keys: &Keys, operation: &str, parameters: &[(&str, &str)]) -> Answer {
        let filled: Vec<(&str, String)> =
            parameters.iter().map(|(name, value)| (*name, self.filled(value))).collect();
        let filled: Vec<(&str, &str)> = filled.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.door.call(keys, &format!("organizations:{operation}"), &filled)
    }

    /// Asks as the management account's administrator, who must succeed.
    #[track_caller]
    pub fn ok(&self, operation: &str, parameters: &[(&str, &str)]) -> Answer {
        self.ask(&self.admin, operation, parameters).ok()
    }

    /// Creates a unit, which is then called `{name}`.
    #[track_caller]
    pub fn unit(&self, parent: &str, name: &str) {
        let made = self.ok("CreateOrganizationalUnit", &[("ParentId", parent), ("Name", name)]);
        self.keep(name, &made.text("Id"));
    }

    /// Creates a service control policy, which is then called `{name}`.
    #[track_caller]
    pub fn control(&self, name: &str, content: &str) {
        self.policy("SERVICE_CONTROL_POLICY", name, content);
    }

    /// Creates a policy, which is then called `{name}`.
    #[track_caller]
    pub fn policy(&self, kind: &str, name: &str, content: &str) {
        let parameters = [("Type", kind), ("Name", name), ("Description", ""), ("Content", content)];
        let made = self.ok("CreatePolicy", &parameters);
        self.keep(name, &made.text("Id"));
    }

    #[track_caller]
    pub fn attach(&self, policy: &str, target: &str) {
        self.ok("AttachPolicy", &[("PolicyId", policy), ("TargetId", target)]);
    }

    #[track_caller]
    pub fn detach(&self, policy: &str, target: &str) {
        self.ok("DetachPolicy", &[("PolicyId", policy), ("TargetId", target)]);
    }

    #[track_caller]
    pub fn enable(&self, kind: &str) {
        self.ok("EnablePolicyType", &[("RootId", "{root}"), ("PolicyType", kind)]);
    }

    #[track_caller]
    pub fn relocate(&self, from: &str, to: &str) {
        let parameters = [("AccountId", OTHER), ("SourceParentId", from), ("DestinationParentId", to)];
        self.ok("MoveAccount", &parameters);
    }

    /// Sends requests one after the other and compares what comes of each.
    #[track_caller]
    pub fn check(&self, keys: &Keys, rows: &[Row<'_>]) {
        for (operation, parameters, expected) in rows {
            let answer = self.ask(keys, operation, parameters);
            let outcome = answer.outcome();
            let outcome = outcome.strip_prefix("400 ").unwrap_or(&outcome);
            assert_eq!(outcome, self.filled(expected), "{operation} {parameters:?}\n{}", answer.xml);
        }
    }

    /// The same, as the management account's administrator.
    #[track_caller]
    pub fn check_admin(&self, rows: &[Row<'_>]) {
        self.check(&self.admin, rows);
    }

    /// The elements called `element` on all pages of a list that is asked for by ones.
    #[track_caller]
    pub fn pages(&self, operation: &str, parameters: &[(&str, &str)], element: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut token: Option<String> = None;
        loop {
            let mut asked = parameters.to_vec();
            asked.push(("MaxResults", "json:1"));
            asked.extend(token.as_deref().map(|token| ("NextToken", token)));
            let answer = self.ok(operation, &asked);
            let page = answer.texts(element);
            assert!(page.len() <= 1, "{page:?}");
            found.extend(page);
            if !answer.has("NextToken") {
                return found;
            }
            token = Some(answer.text("NextToken"));
        }
    }
}

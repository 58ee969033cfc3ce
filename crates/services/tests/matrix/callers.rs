//! Every kind of caller.

use std::sync::Arc;

use doorward_directory::access_key::KeyStatus;
use doorward_directory::change::keys::{self, KeyHolder};
use doorward_directory::change::reports::{self, NewReport};
use doorward_directory::reports::{Granularity, ReportSubject};
use doorward_policy::request::ContextValue;

use crate::door::{ALLOW_ALL, Answer, Ask, Door, Keys, MANAGEMENT, OTHER, Signing, account, allows, trusts};
use crate::requests::give_password;

/// A kind of caller.
pub struct Caller {
    /// What the matrix calls it.
    pub name: &'static str,
    /// Makes one. The operation is the one that it is going to ask for.
    make: fn(&Door, &str) -> Keys,
    /// How it signs.
    signing: Signing,
    /// What must hold of its answers, whatever the matrix says.
    pub must: fn(&str, &str) -> Result<(), &'static str>,
}

/// The operations that need no permission.
const FREE: [&str; 2] = ["sts:GetCallerIdentity", "sts:GetSessionToken"];

pub const CALLERS: [Caller; 13] = [
    Caller {
        name: "root",
        make: |door, _| door.root(),
        signing: Signing::Header,
        must: |operation, verdict| {
            let right = match operation {
                "iam:ChangePassword" => "InvalidUserType",
                "sts:AssumeRole" | "sts:AssumeRoot" => "AccessDenied",
                _ => "ok",
            };
            rule(verdict == right, "the root user may do everything but assume roles, and has no password")
        },
    },
    Caller {
        name: "admin",
        make: |door, _| {
            let keys = admin(door);
            give_password(door, "admin");
            keys
        },
        signing: Signing::Header,
        must: |_, verdict| rule(verdict == "ok", "whoever is allowed everything may do it"),
    },
    Caller {
        name: "no-policy",
        make: |door, _| door.user("nobody", &[]),
        signing: Signing::Header,
        must: |operation, verdict| {
            let right = if FREE.contains(&operation) { "ok" } else { "AccessDenied" };
            rule(verdict == right, "what is not allowed is denied")
        },
    },
    Caller {
        name: "exact-action",
        make: |door, operation| {
            let keys = door.user("exact", &[&allows(operation, "*")]);
            give_password(door, "exact");
            keys
        },
        signing: Signing::Header,
        must: |operation, verdict| {
            let more = matches!(
                operation,
                "iam:AcquireRole"
                    | "iam:AddRoleToInstanceProfile"
                    | "iam:PutAccountProperties"
                    | "organizations:AcceptHandshake"
                    | "organizations:CreateAccount"
                    | "organizations:CreateOrganization"
            );
            rule(
                (verdict == "ok") != more,
                "its own action is enough, but a role must be allowed to be passed, or made",
            )
        },
    },
    Caller {
        name: "role-session",
        make: |door, _| role_session(door),
        signing: Signing::Header,
        must: |operation, verdict| {
            let token = matches!(operation, "sts:GetFederationToken" | "sts:GetSessionToken");
            let password = operation == "iam:ChangePassword";
            rule(
                (verdict == "ok") != (token || password),
                "a role may do what it is allowed, but make no tokens, and has no password",
            )
        },
    },
    Caller {
        name: "session-token",
        make: |door, _| door.call(&admin(door), "sts:GetSessionToken", &[]).ok().keys(),
        signing: Signing::Header,
        must: |operation, verdict| {
            let open = operation.starts_with("sts:") || operation.starts_with("organizations:");
            rule(open || verdict == "InvalidClientTokenId", "without a second factor IAM is closed to it")
        },
    },
    Caller {
        name: "session-token-mfa",
        make: |door, _| {
            let keys = admin(door);
            give_password(door, "admin");
            let device = door.device_of("admin", "admin");
            let code = device.code(door.now(), 1);
            let parameters = [("SerialNumber", &*device.serial), ("TokenCode", &code)];
            door.call(&keys, "sts:GetSessionToken", &parameters).ok().keys()
        },
        signing: Signing::Header,
        must: |operation, verdict| {
            let open = !operation.starts_with("sts:")
                || matches!(operation, "sts:AssumeRole" | "sts:GetCallerIdentity");
            rule(
                (verdict == "ok") == open,
                "with a second factor IAM is open to it, and as much of STS as without",
            )
        },
    },
    Caller {
        name: "federated-user",
        make: |door, _| {
            let parameters = [("Name", "fred"), ("Policy", ALLOW_ALL)];
            door.call(&admin(door), "sts:GetFederationToken", &parameters).ok().keys()
        },
        signing: Signing::Header,
        must: |operation, verdict| {
            let open = operation == "sts:GetCallerIdentity" || operation.starts_with("organizations:");
            rule(verdict != "ok" || open, "of IAM and STS it can only ask who it is")
        },
    },
    Caller {
        name: "service",
        make: |door, _| door.service_in(MANAGEMENT, "ci.example.internal"),
        signing: Signing::Header,
        must: |operation, verdict| {
            let right = if operation == "sts:GetCallerIdentity" { "ok" } else { "AccessDenied" };
            rule(verdict == right, "a service has no policies, and this role does not trust it")
        },
    },
    Caller {
        name: "other-admin",
        make: |door, _| door.user_in(OTHER, "other-admin", &[ALLOW_ALL]),
        signing: Signing::Header,
        must: |operation, verdict| {
            let touches = operation.starts_with("iam:") && verdict == "ok";
            let creates = [
                "iam:AcquireRole",
                "iam:Create",
                "iam:Enable",
                "iam:Generate",
                "iam:GetAccount",
                "iam:GetContextKeysForCustom",
                "iam:GetRoleTemplateVersion",
                "iam:List",
                "iam:PutAccountProperties",
                "iam:SetSecurity",
                "iam:SimulateCustom",
                "iam:UpdateAccountPasswordPolicy",
                "iam:UploadServer",
            ];
            let own = creates.iter().any(|prefix| operation.starts_with(prefix));
            rule(!touches || own, "what it names is not in its account")
        },
    },
    Caller {
        name: "unsigned",
        make: |door, _| door.root(),
        signing: Signing::Unsigned,
        must: |_, verdict| rule(verdict == "MissingAuthenticationToken", "nobody is let in unsigned"),
    },
    Caller {
        name: "inactive-key",
        make: |door, _| {
            let keys = admin(door);
            door.change(|draft| {
                let (owner, holder) = (account(MANAGEMENT), KeyHolder::User("admin"));
                keys::set_status(draft, owner, holder, &keys.id, KeyStatus::Inactive)
            });
            keys
        },
        signing: Signing::Header,
        must: |_, verdict| rule(verdict == "InvalidClientTokenId", "an inactive key is no key"),
    },
    Caller {
        name: "expired-token",
        make: |door, _| {
            let keys = role_session(door);
            door.wait(3_600);
            keys
        },
        signing: Signing::Header,
        must: |_, verdict| rule(verdict == "ExpiredToken", "it has expired"),
    },
];

impl Caller {
    /// Makes one and lets it ask.
    pub fn ask(&self, door: &Door, operation: &str, parameters: &[(&str, &str)]) -> Answer {
        let keys = (self.make)(door, operation);
        let job = parameters.iter().any(|(_, value)| *value == "{job}").then(|| job(door, &keys, operation));
        let fill = |value| if value == "{job}" { job.as_deref().unwrap_or_default() } else { value };
        let parameters: Vec<_> = parameters.iter().map(|(name, value)| (*name, fill(*value))).collect();
        door.send(&Ask { signing: self.signing, ..Ask::of(&keys, operation, &parameters) })
    }
}

/// A report in the management account that whoever has these keys has asked for.
fn job(door: &Door, keys: &Keys, operation: &str) -> String {
    let caller = door.authenticate(keys, "iam");
    let context = caller.map(|caller| caller.context().clone()).unwrap_or_default();
    let requester = match context.value("aws:userid") {
        Some(ContextValue::Single(id)) => id.clone(),
        _ => "nobody".to_owned(),
    };
    let subject = if operation.contains("Organizations") {
        ReportSubject::Organization { path: "o-abcdefghij/r-abcd".into(), policy: None, failure: None }
    } else {
        let id = door.directory().snapshot().user(account(MANAGEMENT), "user").unwrap().id;
        ReportSubject::Entity { id, granularity: Granularity::Service }
    };
    let new = NewReport { requester: &requester, subject, services: Arc::default() };
    door.change(|draft| reports::create(draft, account(MANAGEMENT), &new)).id.to_string()
}

fn admin(door: &Door) -> Keys {
    door.user("admin", &[ALLOW_ALL])
}

fn role_session(door: &Door) -> Keys {
    let role = door.role("caller", &trusts("arn:aws:iam::111111111111:root"), &[ALLOW_ALL]);
    door.assume(&door.user("assumer", &[ALLOW_ALL]), &role)
}

fn rule(holds: bool, rule: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(rule) }
}

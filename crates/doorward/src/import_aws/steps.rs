//! What is to be made of the file, one step for each entity: each is made whole or not at all.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, bail};
use doorward_directory::Refusal;
use doorward_directory::change::carried::{CarriedVersion, Origin, carried, policy};
use doorward_directory::change::groups;
use doorward_directory::change::inline;
use doorward_directory::change::linked_roles::{self, NewLinkedRole};
use doorward_directory::change::policies::NewPolicy;
use doorward_directory::change::profiles;
use doorward_directory::change::roles::{self, NewRole};
use doorward_directory::change::users::{self, NewUser};
use doorward_directory::change::{Draft, Holder, attachments};
use doorward_directory::managed::VersionNumber;
use doorward_directory::name::{Name, Path};
use doorward_directory::tags::Tag;
use doorward_directory::unique_id::UniqueId;
use doorward_policy::AccountId;

use super::file::{self, Date, Details};
use crate::importing::{Done, Entity, Plan, Step};

/// A trust policy that trusts nobody: what a role has until all that its own may name is there.
const NOBODY: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}"#;

/// The path of service-linked roles.
const LINKED: &str = "/aws-service-role/";

/// The account that a file is of.
///
/// # Errors
/// It is of none, or of several.
pub fn account(details: &Details) -> Result<AccountId> {
    let users = details.user_detail_list.iter().map(|user| &user.arn);
    let groups = details.group_detail_list.iter().map(|group| &group.arn);
    let roles = details.role_detail_list.iter().map(|role| &role.arn);
    let policies = details.policies.iter().map(|policy| &policy.arn);
    let arns = users.chain(groups).chain(roles).chain(policies);
    let named: BTreeSet<&str> =
        arns.filter_map(|arn| arn.split(':').nth(4)).filter(|id| *id != "aws").collect();
    match named.into_iter().collect::<Vec<_>>().as_slice() {
        [] => bail!("nothing in the file is of an account"),
        [one] => one.parse().with_context(|| format!("`{one}` in the ARNs of the file is no account")),
        several => bail!("the file is of several accounts: {}", several.join(", ")),
    }
}

/// The steps, in an order in which each finds what it needs.
///
/// # Errors
/// Something in the file is not as it must be, with its place.
pub fn steps(details: &Details, from: AccountId, to: AccountId) -> Result<Vec<Step>> {
    let users = details.user_detail_list.iter().map(|user| ("user", user.user_name.clone()));
    let roles = details.role_detail_list.iter().map(|role| ("role", role.role_name.clone()));
    let making = Making { from, to, people: users.chain(roles).collect() };
    let own = |policy: &&file::Policy| policy.arn.split(':').nth(4) != Some("aws");
    let mut steps = Vec::new();
    for found in details.policies.iter().filter(own) {
        steps.push(making.policy(found).with_context(|| format!("policy `{}`", found.policy_name))?);
    }
    for found in &details.group_detail_list {
        steps.push(making.group(found).with_context(|| format!("group `{}`", found.group_name))?);
    }
    for found in &details.user_detail_list {
        steps.push(making.user(found).with_context(|| format!("user `{}`", found.user_name))?);
    }
    let (mut trusts, mut profiles) = (Vec::new(), Vec::new());
    for found in &details.role_detail_list {
        let named = || format!("role `{}`", found.role_name);
        if found.path.starts_with(LINKED) {
            steps.push(making.linked(found).with_context(named)?);
            continue;
        }
        steps.push(making.role(found).with_context(named)?);
        trusts.push(making.trust(found).with_context(named)?);
        for profile in &found.instance_profile_list {
            profiles.push(making.profile(profile, &found.role_name).with_context(named)?);
        }
    }
    steps.extend(trusts);
    steps.extend(profiles);
    Ok(steps)
}

/// Makes steps for an account.
struct Making {
    from: AccountId,
    to: AccountId,
    /// The users and roles of the file.
    people: BTreeSet<Entity>,
}

/// The parts of a user, group or role that others can be refused for.
struct Parts {
    inline: Vec<(Name, String)>,
    attached: Vec<String>,
}

impl Parts {
    /// The policies of the account that are attached, as steps.
    fn needs(&self, account: AccountId) -> Vec<Entity> {
        self.attached.iter().filter_map(|arn| own_policy(arn, account)).collect()
    }

    fn put(&self, draft: &mut Draft<'_>, account: AccountId, holder: Holder<'_>) -> Result<(), Refusal> {
        for arn in &self.attached {
            attachments::attach(draft, account, holder, arn)?;
        }
        self.inline.iter().try_for_each(|(name, text)| inline::put(draft, account, holder, name, text))
    }
}

impl Making {
    /// A text of the file, with the account that it is imported to instead of the one that it is of.
    fn moved(&self, text: &str) -> String {
        if self.from == self.to {
            return text.to_owned();
        }
        let (from, to) = (self.from.to_string(), self.to.to_string());
        let (mut moved, mut rest) = (String::with_capacity(text.len()), text);
        while let Some(at) = rest.find(&from) {
            let (before, after) = rest.split_at(at);
            let after = after.get(from.len()..).unwrap_or_default();
            let alone = !before.ends_with(|last: char| last.is_ascii_alphanumeric())
                && !after.starts_with(|next: char| next.is_ascii_alphanumeric());
            moved.push_str(before);
            moved.push_str(if alone { &to } else { &from });
            rest = after;
        }
        moved + rest
    }

    fn document(&self, document: &file::Document) -> Result<String> {
        Ok(self.moved(&document.text()?))
    }

    fn parts(&self, inline: &[file::Inline], attached: &[file::Attached]) -> Result<Parts> {
        let inline = inline.iter().map(|policy| {
            let text = self.document(&policy.policy_document);
            let named = || format!("inline policy `{}`", policy.policy_name);
            Ok((Name::new(&policy.policy_name)?, text.with_context(named)?))
        });
        let attached = attached.iter().map(|policy| self.moved(&policy.policy_arn)).collect();
        Ok(Parts { inline: inline.collect::<Result<_>>()?, attached })
    }

    fn boundary(&self, boundary: Option<&file::Boundary>) -> Option<String> {
        boundary.map(|boundary| self.moved(&boundary.permissions_boundary_arn))
    }

    fn policy(&self, found: &file::Policy) -> Result<Step> {
        let (name, path) = (Name::new(&found.policy_name)?, Path::new(&found.path)?);
        let default: VersionNumber = found.default_version_id.parse()?;
        let versions = found.policy_version_list.iter().map(|version| {
            let text =
                self.document(&version.document).with_context(|| format!("version `{}`", version.version_id));
            Ok((version.version_id.parse::<VersionNumber>()?, version.create_date.0, text?))
        });
        let versions = versions.collect::<Result<Vec<_>>>()?;
        let (tags, description, account) = (tagged(&found.tags), found.description.clone(), self.to);
        let plan = move |draft: &mut Draft<'_>| {
            let carried: Vec<CarriedVersion<'_>> = versions
                .iter()
                .map(|(number, created, document)| CarriedVersion {
                    number: *number,
                    created: *created,
                    document,
                })
                .collect();
            let first = carried.first().map_or("", |version| version.document);
            let new = NewPolicy {
                name: name.clone(),
                path: path.clone(),
                document: first,
                description: description.as_deref(),
                tags: &tags,
            };
            policy(draft, account, &new, &carried, default).map(drop)
        };
        entity("policy", &found.policy_name, (&found.policy_id, found.create_date), Vec::new(), plan)
    }

    fn group(&self, found: &file::Group) -> Result<Step> {
        let (name, path) = (Name::new(&found.group_name)?, Path::new(&found.path)?);
        let parts = self.parts(&found.group_policy_list, &found.attached_managed_policies)?;
        let (account, needs) = (self.to, parts.needs(self.to));
        let plan = move |draft: &mut Draft<'_>| {
            groups::create(draft, account, name.clone(), path.clone())?;
            parts.put(draft, account, Holder::Group(name.as_str()))
        };
        entity("group", &found.group_name, (&found.group_id, found.create_date), needs, plan)
    }

    fn user(&self, found: &file::User) -> Result<Step> {
        let (name, path) = (Name::new(&found.user_name)?, Path::new(&found.path)?);
        let parts = self.parts(&found.user_policy_list, &found.attached_managed_policies)?;
        let boundary = self.boundary(found.permissions_boundary.as_ref());
        let (tags, groups, account) = (tagged(&found.tags), found.group_list.clone(), self.to);
        let mut needs = parts.needs(account);
        needs.extend(boundary.iter().filter_map(|arn| own_policy(arn, account)));
        needs.extend(groups.iter().map(|group| ("group", group.clone())));
        let plan = move |draft: &mut Draft<'_>| {
            let new = NewUser {
                name: name.clone(),
                path: path.clone(),
                tags: &tags,
                boundary: boundary.as_deref(),
            };
            users::create(draft, account, &new)?;
            for group in &groups {
                groups::add_member(draft, account, group, name.as_str())?;
            }
            parts.put(draft, account, Holder::User(name.as_str()))
        };
        entity("user", &found.user_name, (&found.user_id, found.create_date), needs, plan)
    }

    fn role(&self, found: &file::Role) -> Result<Step> {
        let (name, path) = (Name::new(&found.role_name)?, Path::new(&found.path)?);
        let parts = self.parts(&found.role_policy_list, &found.attached_managed_policies)?;
        let boundary = self.boundary(found.permissions_boundary.as_ref());
        let (tags, account) = (tagged(&found.tags), self.to);
        let mut needs = parts.needs(account);
        needs.extend(boundary.iter().filter_map(|arn| own_policy(arn, account)));
        let plan = move |draft: &mut Draft<'_>| {
            let new = NewRole {
                name: name.clone(),
                path: path.clone(),
                trust: NOBODY,
                description: None,
                max_session_s: None,
                tags: &tags,
                boundary: boundary.as_deref(),
            };
            roles::create(draft, account, &new)?;
            parts.put(draft, account, Holder::Role(name.as_str()))
        };
        entity("role", &found.role_name, (&found.role_id, found.create_date), needs, plan)
    }

    /// A role's own trust policy, once all that it may name is there.
    fn trust(&self, found: &file::Role) -> Result<Step> {
        let text = self.document(&found.assume_role_policy_document).context("its trust policy")?;
        let (name, account) = (found.role_name.clone(), self.to);
        let (own, trust, trusted) = (name.clone(), text.clone(), text.clone());
        let done: Done = Box::new(move |snapshot| {
            snapshot.role(account, &own).is_some_and(|role| *role.trust.text() == *trust)
        });
        let plan: Plan = Box::new(move |draft| roles::update_trust(draft, account, &name, &text));
        let (kind, name) = ("trust policy of role", found.role_name.clone());
        let mut needs = vec![("role", found.role_name.clone())];
        needs.extend(self.trusted(&trusted));
        Ok(Step { kind, name, needs, done, plan, key: None })
    }

    /// The users and roles of the file whose ARNs stand in a trust policy: others of their names are not trusted for them.
    fn trusted(&self, policy: &str) -> Vec<Entity> {
        let arn = |kind: &str| format!("arn:aws:iam::{}:{kind}/", self.to);
        let (users, roles) = (arn("user"), arn("role"));
        let named = |text: &str| {
            let (kind, path) = match (text.strip_prefix(&users), text.strip_prefix(&roles)) {
                (Some(path), _) => ("user", path),
                (None, Some(path)) => ("role", path),
                (None, None) => return None,
            };
            let entity = (kind, path.rsplit('/').next().unwrap_or(path).to_owned());
            self.people.contains(&entity).then_some(entity)
        };
        policy.split('"').filter_map(named).collect()
    }

    fn linked(&self, found: &file::Role) -> Result<Step> {
        let service = found.path.trim_start_matches(LINKED).trim_end_matches('/').to_owned();
        let suffix = found.role_name.split_once('_').map(|(_, suffix)| suffix.to_owned());
        let (name, account) = (found.role_name.clone(), self.to);
        let plan = move |draft: &mut Draft<'_>| {
            let new = NewLinkedRole { service: &service, suffix: suffix.as_deref(), description: None };
            let made = linked_roles::create(draft, account, &new)?;
            if *made.name.as_str() == *name {
                return Ok(());
            }
            let reason = format!("the role of the service `{service}` is called `{}`", made.name);
            Err(Refusal::InvalidValue { field: "RoleName", reason })
        };
        entity("service-linked role", &found.role_name, (&found.role_id, found.create_date), Vec::new(), plan)
    }

    fn profile(&self, found: &file::Profile, role: &str) -> Result<Step> {
        let (name, path) = (Name::new(&found.instance_profile_name)?, Path::new(&found.path)?);
        let (tags, role, account) = (tagged(&found.tags), role.to_owned(), self.to);
        let needs = vec![("role", role.clone())];
        let plan = move |draft: &mut Draft<'_>| {
            profiles::create(draft, account, name.clone(), path.clone(), &tags)?;
            profiles::add_role(draft, account, name.as_str(), &role)
        };
        let origin = (&found.instance_profile_id, found.create_date);
        entity("instance profile", &found.instance_profile_name, origin, needs, plan)
    }
}

/// The step that makes the policy of this ARN; none for policies of AWS.
fn own_policy(arn: &str, account: AccountId) -> Option<Entity> {
    let path = arn.strip_prefix(&format!("arn:aws:iam::{account}:policy/"))?;
    Some(("policy", path.rsplit('/').next().unwrap_or(path).to_owned()))
}

/// A step that makes an entity with the id and the time that it had.
fn entity(
    kind: &'static str,
    name: &str,
    (id, Date(created)): (&String, Date),
    needs: Vec<Entity>,
    plan: impl Fn(&mut Draft<'_>) -> Result<(), Refusal> + 'static,
) -> Result<Step> {
    let id: UniqueId = id.parse()?;
    let plan: Plan = Box::new(move |draft| carried(draft, Origin { id, created }, &plan));
    let own = name.to_owned();
    let done: Done = Box::new(move |snapshot| snapshot.entity(id).is_some_and(|found| *found.name() == *own));
    Ok(Step { kind, name: name.to_owned(), needs, done, plan, key: None })
}

fn tagged(tags: &[file::Tag]) -> Vec<Tag> {
    tags.iter().map(|tag| Tag { key: tag.key.as_str().into(), value: tag.value.as_str().into() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_move_where_they_stand_alone() {
        let [from, to] = ["111122223333", "444455556666"].map(|id| id.parse().unwrap());
        let making = Making { from, to, people: BTreeSet::new() };
        for (text, expected) in [
            ("arn:aws:iam::111122223333:role/a", "arn:aws:iam::444455556666:role/a"),
            (r#""AWS": "111122223333""#, r#""AWS": "444455556666""#),
            ("bucket-111122223333/x", "bucket-444455556666/x"),
            ("9111122223333", "9111122223333"),
            ("1111222233330", "1111222233330"),
            ("arn:aws:iam::999999999999:root", "arn:aws:iam::999999999999:root"),
            ("", ""),
        ] {
            assert_eq!(making.moved(text), expected);
            assert_eq!(Making { from, to: from, people: BTreeSet::new() }.moved(text), text);
        }
    }
}

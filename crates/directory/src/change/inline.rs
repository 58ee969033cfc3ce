//! Inline policies of users, groups and roles.

use std::sync::Arc;

use doorward_policy::limits::counted_chars;
use doorward_policy::{AccountId, Document, Kind};

use super::{Draft, Holder, exceeds, groups, roles, users};
use crate::keys::Key;
use crate::managed::InlinePolicy;
use crate::name::Name;
use crate::record::Fact;
use crate::refusal::Refusal;
use crate::unique_id::UniqueId;

/// Puts an inline policy in place, over the one of the same name if there is one.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, group or role, the document is not possible, or its inline policies together
/// would be too long.
pub fn put(
    draft: &mut Draft<'_>,
    account: AccountId,
    holder: Holder<'_>,
    name: &Name,
    document: &str,
) -> Result<(), Refusal> {
    let id = find(draft, account, holder)?;
    Document::parse(document, Kind::Inline)?;
    check_size(draft, holder, id, name, document)?;
    let (name, text) = (Arc::<str>::from(name.as_str()), draft.snapshot().texts());
    let text = text.intern(Kind::Inline, document, Box::default());
    draft.put(Key::Inline(id, Arc::clone(&name)), Fact::Inline(InlinePolicy { name, text }))?;
    rewrite(draft, account, holder)
}

/// Deletes an inline policy.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, group or role, or it has no such inline policy.
pub fn delete(
    draft: &mut Draft<'_>,
    account: AccountId,
    holder: Holder<'_>,
    name: &str,
) -> Result<(), Refusal> {
    let id = find(draft, account, holder)?;
    if !draft.snapshot().inline(id).any(|inline| *inline.name == *name) {
        return Err(Refusal::NoSuchInlinePolicy { holder: holder.kind(), name: name.to_owned() });
    }
    draft.delete(Key::Inline(id, name.into()));
    Ok(())
}

fn check_size(
    draft: &Draft<'_>,
    holder: Holder<'_>,
    id: UniqueId,
    name: &Name,
    document: &str,
) -> Result<(), Refusal> {
    let others = draft.snapshot().inline(id).filter(|inline| *inline.name != *name.as_str());
    let characters: usize = others.map(|inline| inline.text.counted_characters()).sum();
    let limits = draft.limits();
    let (limit, holder_name) = match holder {
        Holder::User(name) => (limits.user_inline_characters, name),
        Holder::Group(name) => (limits.group_inline_characters, name),
        Holder::Role(name) => (limits.role_inline_characters, name),
    };
    if exceeds(characters + counted_chars(document, Kind::Inline), limit) {
        return Err(Refusal::InlineTooLong { holder: holder.kind(), name: holder_name.to_owned(), limit });
    }
    Ok(())
}

fn find(draft: &Draft<'_>, account: AccountId, holder: Holder<'_>) -> Result<UniqueId, Refusal> {
    match holder {
        Holder::User(name) => users::find(draft, account, name).map(|user| user.id),
        Holder::Group(name) => groups::find(draft, account, name).map(|group| group.id),
        Holder::Role(name) => roles::changeable(draft, account, name).map(|role| role.id),
    }
}

/// Writes the holder as it is: see the rules of [`crate::change`].
fn rewrite(draft: &mut Draft<'_>, account: AccountId, holder: Holder<'_>) -> Result<(), Refusal> {
    match holder {
        Holder::User(name) => {
            let user = users::find(draft, account, name)?;
            users::write(draft, user).map(drop)
        }
        Holder::Group(name) => {
            let group = groups::find(draft, account, name)?;
            groups::write(draft, group).map(drop)
        }
        Holder::Role(name) => {
            let role = roles::find(draft, account, name)?;
            roles::write(draft, role).map(drop)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::testing::*;

    const BOB: Holder<'_> = Holder::User("Bob");

    #[test]
    fn inline_policies_share_one_quota() {
        // ANY counts 85 characters.
        let directory = started_with(Limits { user_inline_characters: 200, ..Limits::default() });
        check(
            &directory,
            &[
                (|draft| add_user(draft, "bob").map(drop), "ok"),
                (|draft| put(draft, account(), BOB, &name("one"), ANY), "ok"),
                (|draft| put(draft, account(), BOB, &name("Two"), ANY), "ok"),
                (
                    |draft| put(draft, account(), BOB, &name("two"), ANY),
                    "LimitExceeded: Maximum policy size of 200 bytes exceeded for user Bob",
                ),
                (|draft| put(draft, account(), BOB, &name("Two"), DENY), "ok"),
                (
                    |draft| put(draft, account(), BOB, &name("Two"), "[]"),
                    "MalformedPolicyDocument: Syntax errors in policy.",
                ),
                (
                    |draft| put(draft, account(), Holder::Role("none"), &name("i"), ANY),
                    "NoSuchEntity: The role with name none cannot be found.",
                ),
                (
                    |draft| delete(draft, account(), BOB, "two"),
                    "NoSuchEntity: The user policy with name two cannot be found.",
                ),
                (|draft| delete(draft, account(), BOB, "one"), "ok"),
            ],
        );
        let snapshot = directory.snapshot();
        let bob = snapshot.user(account(), "bob").unwrap().id;
        let left: Vec<_> = snapshot.inline(bob).map(|inline| (&*inline.name, inline.text.text())).collect();
        assert_eq!(left, [("Two", DENY)]);
    }

    #[test]
    fn each_kind_of_holder_names_itself() {
        let directory = started_with(Limits {
            group_inline_characters: 10,
            role_inline_characters: 10,
            ..Limits::default()
        });
        check(
            &directory,
            &[
                (|draft| add_group(draft, "g").map(drop), "ok"),
                (|draft| add_role(draft, "r", &open_trust()).map(drop), "ok"),
                (
                    |draft| put(draft, account(), Holder::Group("g"), &name("i"), ANY),
                    "LimitExceeded: Maximum policy size of 10 bytes exceeded for group g",
                ),
                (
                    |draft| put(draft, account(), Holder::Role("r"), &name("i"), ANY),
                    "LimitExceeded: Maximum policy size of 10 bytes exceeded for role r",
                ),
                (
                    |draft| delete(draft, account(), Holder::Group("g"), "i"),
                    "NoSuchEntity: The group policy with name i cannot be found.",
                ),
                (
                    |draft| delete(draft, account(), Holder::Role("r"), "i"),
                    "NoSuchEntity: The role policy with name i cannot be found.",
                ),
            ],
        );
    }
}

//! Tags of users, roles, managed policies and instance profiles.

use doorward_policy::AccountId;

use super::{Draft, exceeds, policies, profiles, roles, users};
use crate::refusal::Refusal;
use crate::tags::{Tag, Tags};

/// What is tagged, by name, a managed policy by ARN.
#[derive(Clone, Copy, Debug)]
pub enum Tagged<'a> {
    /// A user.
    User(&'a str),
    /// A role.
    Role(&'a str),
    /// A managed policy.
    Policy(&'a str),
    /// An instance profile.
    Profile(&'a str),
}

/// Puts tags on an entity, over those with the same keys.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html>
///
/// # Errors
/// [`Refusal`]: there is no such entity, a key is reserved or given twice, or there would be too many.
pub fn put(
    draft: &mut Draft<'_>,
    account: AccountId,
    tagged: Tagged<'_>,
    tags: &[Tag],
) -> Result<(), Refusal> {
    let limit = draft.limits().tags_per_entity;
    edit(draft, account, tagged, |before| {
        let after = before.with(&Tags::new(tags.to_vec())?);
        if exceeds(after.len(), limit) { Err(Refusal::TooManyTags) } else { Ok(after) }
    })
}

/// Takes the tags with these keys away; keys that are not there do not matter.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html>
///
/// # Errors
/// [`Refusal`]: there is no such entity.
pub fn remove(
    draft: &mut Draft<'_>,
    account: AccountId,
    tagged: Tagged<'_>,
    keys: &[&str],
) -> Result<(), Refusal> {
    edit(draft, account, tagged, |before| Ok(before.without(keys)))
}

fn edit(
    draft: &mut Draft<'_>,
    account: AccountId,
    tagged: Tagged<'_>,
    change: impl FnOnce(&Tags) -> Result<Tags, Refusal>,
) -> Result<(), Refusal> {
    match tagged {
        Tagged::User(name) => {
            let mut user = users::find(draft, account, name)?;
            user.tags = change(&user.tags)?;
            users::write(draft, user).map(drop)
        }
        Tagged::Role(name) => {
            let mut role = roles::find(draft, account, name)?;
            role.tags = change(&role.tags)?;
            roles::write(draft, role).map(drop)
        }
        Tagged::Policy(arn) => {
            let mut policy = policies::find(draft, account, arn)?;
            policy.tags = change(&policy.tags)?;
            policies::write(draft, policy).map(drop)
        }
        Tagged::Profile(name) => {
            let mut profile = profiles::find(draft, account, name)?;
            profile.tags = change(&profile.tags)?;
            profiles::write(draft, profile).map(drop)
        }
    }
}

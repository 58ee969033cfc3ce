//! Accounts and their aliases. Accounts are never deleted, so nothing has to guard against that.

use doorward_policy::AccountId;

use super::linked_roles::{self, ROLE_MANAGER};
use super::{Draft, owned};
use crate::account::{Account, TokenVersion};
use crate::keys::Key;
use crate::properties::RoleManager;
use crate::record::Fact;
use crate::refusal::Refusal;

/// The longest name of an account, in characters.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html>
const NAME_CHARACTERS_MAX: usize = 50;

/// Creates an account.
///
/// # Errors
/// [`Refusal`]: there is an account of this id, or the name is not 1 to 50 characters.
pub fn create(draft: &mut Draft<'_>, id: AccountId, name: &str) -> Result<Account, Refusal> {
    if draft.snapshot().account(id).is_some() {
        return Err(Refusal::AccountExists(id.to_string()));
    }
    let account = Account {
        id,
        name: named(name)?,
        created: draft.now(),
        alias: None,
        token_version: TokenVersion::One,
        role_manager: RoleManager::Disabled,
    };
    write(draft, account)
}

/// Calls an account otherwise.
///
/// # Errors
/// [`Refusal`]: there is no such account, or the name is not 1 to 50 characters.
pub fn rename(draft: &mut Draft<'_>, id: AccountId, name: &str) -> Result<(), Refusal> {
    let mut account = find(draft, id)?;
    account.name = named(name)?;
    write(draft, account).map(drop)
}

/// Gives an account its alias, in place of the one it had.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html>
///
/// # Errors
/// [`Refusal`]: there is no such account, the alias is another's, or is not 3 to 63 lower-case letters, digits and
/// single hyphens that begin and end with a letter or digit.
pub fn put_alias(draft: &mut Draft<'_>, id: AccountId, alias: &str) -> Result<(), Refusal> {
    let mut account = find(draft, id)?;
    check_alias(alias)?;
    match draft.snapshot().account_with_alias(alias) {
        Some(owner) if owner == id => return Ok(()),
        Some(_) => return Err(Refusal::AliasExists(alias.to_owned())),
        None => {}
    }
    if let Some(before) = account.alias.replace(alias.into()) {
        draft.delete(Key::Alias((*before).into()));
    }
    draft.put(Key::Alias(alias.into()), Fact::Alias(id))?;
    write(draft, account).map(drop)
}

/// Takes an account's alias away.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html>
///
/// # Errors
/// [`Refusal`]: there is no such account, or this is not its alias.
pub fn delete_alias(draft: &mut Draft<'_>, id: AccountId, alias: &str) -> Result<(), Refusal> {
    let mut account = find(draft, id)?;
    if account.alias.take().is_none_or(|own| *own != *alias) {
        return Err(Refusal::NoSuchAlias(alias.to_owned()));
    }
    draft.delete(Key::Alias(alias.into()));
    write(draft, account).map(drop)
}

/// Sets which session tokens an account asks of the global endpoint.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetSecurityTokenServicePreferences.html>
///
/// # Errors
/// [`Refusal`]: there is no such account.
pub fn set_token_version(draft: &mut Draft<'_>, id: AccountId, version: TokenVersion) -> Result<(), Refusal> {
    let account = find(draft, id)?;
    write(draft, Account { token_version: version, ..account }).map(drop)
}

/// Enables or disables an account's role manager. Enabling makes the role that is linked to it, where it is missing; that
/// role stays when the role manager is disabled.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_role-manager_enable-use.html>
///
/// # Errors
/// [`Refusal`]: there is no such account, or another role has the name of the service-linked one.
pub fn set_role_manager(
    draft: &mut Draft<'_>,
    id: AccountId,
    role_manager: RoleManager,
) -> Result<(), Refusal> {
    let account = find(draft, id)?;
    match role_manager {
        RoleManager::Enabled => linked_roles::ensure(draft, id, &ROLE_MANAGER)?,
        RoleManager::Disabled => {}
    }
    write(draft, Account { role_manager, ..account }).map(drop)
}

fn named(name: &str) -> Result<Box<str>, Refusal> {
    if (1..=NAME_CHARACTERS_MAX).contains(&name.chars().count()) {
        return Ok(name.into());
    }
    let reason = format!("it must have 1 to {NAME_CHARACTERS_MAX} characters");
    Err(Refusal::InvalidValue { field: "accountName", reason })
}

fn check_alias(alias: &str) -> Result<(), Refusal> {
    let plain = alias.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let hyphens = alias.starts_with('-') || alias.ends_with('-') || alias.contains("--");
    if (3..=63).contains(&alias.len()) && plain && !hyphens {
        return Ok(());
    }
    let reason = "it must have 3 to 63 lower-case letters, digits and single hyphens between them".to_owned();
    Err(Refusal::InvalidValue { field: "accountAlias", reason })
}

fn find(draft: &Draft<'_>, id: AccountId) -> Result<Account, Refusal> {
    let found = draft.snapshot().account(id).cloned();
    found.ok_or_else(|| Refusal::NoSuchAccount(id.to_string()))
}

/// Writes an account as it is.
pub(super) fn rewrite(draft: &mut Draft<'_>, id: AccountId) -> Result<(), Refusal> {
    let account = find(draft, id)?;
    write(draft, account).map(drop)
}

fn write(draft: &mut Draft<'_>, account: Account) -> Result<Account, Refusal> {
    let id = account.id;
    draft.put(Key::Account(id), Fact::Account(account.clone()))?;
    Ok(draft.snapshot().stored_account(id).map_or(account, owned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    fn other() -> AccountId {
        OTHER.parse().unwrap()
    }

    #[test]
    fn accounts_and_aliases() {
        let directory = started();
        check(
            &directory,
            &[
                (|draft| create(draft, other(), "second").map(drop), "ok"),
                (
                    |draft| create(draft, other(), "again").map(drop),
                    "EntityAlreadyExists: Account 210987654321 already exists.",
                ),
                (
                    |draft| rename(draft, other(), ""),
                    "ValidationError: The specified value for accountName is invalid: it must have 1 to 50 characters.",
                ),
                (|draft| rename(draft, other(), "renamed"), "ok"),
                (|draft| put_alias(draft, account(), "example"), "ok"),
                (|draft| put_alias(draft, account(), "example"), "ok"),
                (
                    |draft| put_alias(draft, other(), "example"),
                    "EntityAlreadyExists: The account alias example already exists.",
                ),
                (
                    |draft| put_alias(draft, other(), "a--b"),
                    "ValidationError: The specified value for accountAlias is invalid: it must have 3 to 63 lower-case letters, digits and single hyphens between them.",
                ),
                (|draft| put_alias(draft, account(), "better"), "ok"),
                (|draft| put_alias(draft, other(), "example"), "ok"),
                (
                    |draft| delete_alias(draft, account(), "example"),
                    "NoSuchEntity: The account alias example cannot be found.",
                ),
                (|draft| delete_alias(draft, account(), "better"), "ok"),
            ],
        );
        let snapshot = directory.snapshot();
        assert_eq!(snapshot.account_with_alias("example"), Some(other()));
        assert_eq!(snapshot.account_with_alias("better"), None);
        let names: Vec<_> = snapshot.accounts().map(|account| &*account.name).collect();
        assert_eq!(names, ["example", "renamed"]);
    }
}

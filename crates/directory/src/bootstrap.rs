//! The first start: what an installation begins with.

use doorward_policy::AccountId;
use doorward_sigv4::{AccessKeyId, SecretAccessKey};
use jiff::Timestamp;

use crate::access_key::{KeyOwner, NewAccessKey};
use crate::account::Installation;
use crate::change::{self, Draft};
use crate::directory::Directory;
use crate::format::Format;
use crate::keys::Key;
use crate::record::Fact;
use crate::refusal::Refusal;

/// What to make at the first start.
#[derive(Clone, Debug)]
pub struct FirstStart {
    /// The id of the management account.
    pub account: AccountId,
    /// Its name, 1 to 50 characters.
    pub account_name: Box<str>,
    /// The access key of its root user; one is made where none is given.
    pub root_key: Option<(AccessKeyId, SecretAccessKey)>,
}

/// What a start found.
#[derive(Clone, Debug)]
pub enum Started {
    /// The store was new: this is the management account's root access key, whose secret is shown this once.
    New(Box<NewAccessKey>),
    /// The installation was there, with this management account; nothing was changed.
    Already(AccountId),
}

/// Makes the installation, its management account and that account's root access key, all in one transaction, unless
/// they are there. However many servers start at once, one makes them.
///
/// # Errors
/// [`Refusal`]: the account's name is not possible, the keys that were made cannot be opened, or the store failed.
pub fn bootstrap(directory: &Directory, first: &FirstStart, now: Timestamp) -> Result<Started, Refusal> {
    let (started, _) = directory.change(now, |draft| plan(draft, first))?;
    // Whoever follows the store does not ask a service for the keys; and requests come as soon as this is done.
    directory.open_keys()?;
    Ok(started)
}

fn plan(draft: &mut Draft<'_>, first: &FirstStart) -> Result<Started, Refusal> {
    if let Some(installation) = draft.snapshot().installation() {
        return Ok(Started::Already(installation.management_account));
    }
    let (management_account, created) = (first.account, draft.now());
    draft.put(Key::Format, Fact::Format(Format::current()))?;
    draft.put(Key::Installation, Fact::Installation(Installation { management_account, created }))?;
    change::keyring::begin(draft)?;
    change::accounts::create(draft, first.account, &first.account_name)?;
    let key = match &first.root_key {
        Some((id, secret)) => {
            change::keys::store(draft, first.account, KeyOwner::Root(first.account), *id, secret.clone())?
        }
        None => change::keys::make(draft, first.account, KeyOwner::Root(first.account))?,
    };
    Ok(Started::New(Box::new(key)))
}

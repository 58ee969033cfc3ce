//! Users to make, and what comes with them.

use std::collections::BTreeSet;

use doorward_directory::Refusal;
use doorward_directory::access_key::{KeyOwner, KeyStatus};
use doorward_directory::change::keys::{self, CarriedKey, KeyHolder};
use doorward_directory::change::policies::{self, NewPolicy};
use doorward_directory::change::users::{self, NewUser};
use doorward_directory::change::{Draft, Holder, attachments, groups, inline};
use doorward_directory::identity;
use doorward_directory::name::{Name, Path};
use doorward_directory::snapshot::Snapshot;
use doorward_directory::unique_id::UniqueId;
use doorward_policy::AccountId;
use doorward_sigv4::{AccessKeyId, SecretAccessKey};

/// The name of the inline policy that ends a service account.
const EXPIRES: &str = "expires";

/// An access key to give.
pub struct GivenKey {
    /// Its id.
    pub id: AccessKeyId,
    /// Its secret.
    pub secret: SecretAccessKey,
    /// Whether requests may be signed with it.
    pub status: KeyStatus,
    /// Whether it is another one than there.
    pub is_new: bool,
}

/// A user to make, for a user or a service account.
pub struct Person {
    /// Its name.
    pub name: String,
    /// Its path.
    pub path: String,
    /// The names of its groups.
    pub groups: Vec<String>,
    /// The names of its managed policies.
    pub policies: Vec<String>,
    /// The name and text of the managed policy that is its boundary, and is made with it.
    pub boundary: Option<(String, String)>,
    /// The inline policy that ends it.
    pub expires: Option<String>,
    /// Its access key.
    pub key: Option<GivenKey>,
}

impl Person {
    /// Whether it was made before. Somebody else of the name is not it, nor is it once it may do something else: what is
    /// given to it afterwards would be given to them.
    pub fn is_there(&self, snapshot: &Snapshot, account: AccountId) -> bool {
        let user = snapshot.user(account, &self.name).filter(|user| user.name.as_str() == self.name);
        user.is_some_and(|user| {
            self.may_the_same(snapshot, account, user) && self.has_its_key(snapshot, user)
        })
    }

    fn may_the_same(&self, snapshot: &Snapshot, account: AccountId, user: &identity::User) -> bool {
        let groups = user.groups.iter().filter_map(|id| snapshot.group_with_id(*id));
        let groups: BTreeSet<&str> = groups.map(|group| group.name.as_str()).collect();
        let boundary = user.boundary.and_then(|id| snapshot.policy_with_id(id));
        let bounded = match (&self.boundary, boundary) {
            (Some((name, text)), Some(policy)) => {
                policy.name.as_str() == name && says(snapshot, account, name, text)
            }
            (None, None) => user.boundary.is_none(),
            (Some(_), None) | (None, Some(_)) => false,
        };
        let inline = snapshot.inline(user.id).map(|policy| (&*policy.name, policy.text.text()));
        are(snapshot, account, &user.attached, &self.policies)
            && groups == self.groups.iter().map(String::as_str).collect()
            && bounded
            && inline.eq(self.expires.iter().map(|text| (EXPIRES, text.as_str())))
    }

    /// Whether it has the access key that it had there. One that was made anew has an id that nobody can know again.
    fn has_its_key(&self, snapshot: &Snapshot, user: &identity::User) -> bool {
        let id = self.key.as_ref().filter(|key| !key.is_new).map(|key| key.id);
        let owner = KeyOwner::User(user.id);
        id.is_none_or(|id| snapshot.access_key(id).is_some_and(|key| key.owner == owner))
    }

    /// Makes it.
    ///
    /// # Errors
    /// [`Refusal`], where a part of it cannot be made.
    pub fn make(&self, draft: &mut Draft<'_>, account: AccountId) -> Result<(), Refusal> {
        let bounding =
            self.boundary.as_ref().map(|boundary| bounding(draft, account, boundary)).transpose()?;
        let (name, path) = (Name::new(&self.name)?, Path::new(&self.path)?);
        users::create(draft, account, &NewUser { name, path, tags: &[], boundary: bounding.as_deref() })?;
        let (own, holder) = (&self.name, Holder::User(&self.name));
        self.groups.iter().try_for_each(|group| groups::add_member(draft, account, group, own))?;
        let arns = arns(account, &self.policies);
        arns.iter().try_for_each(|arn| attachments::attach(draft, account, holder, arn))?;
        if let Some(text) = &self.expires {
            inline::put(draft, account, holder, &Name::new(EXPIRES)?, text)?;
        }
        self.key.as_ref().map_or(Ok(()), |key| give(draft, account, own, key))
    }
}

/// The ARNs of managed policies.
pub fn arns(account: AccountId, policies: &[String]) -> Vec<String> {
    policies.iter().map(|name| format!("arn:aws:iam::{account}:policy/{name}")).collect()
}

/// Makes a managed policy.
///
/// # Errors
/// [`Refusal`], as of [`policies::create`].
pub fn managed(
    draft: &mut Draft<'_>,
    account: AccountId,
    name: &str,
    path: &str,
    text: &str,
) -> Result<(), Refusal> {
    let (name, path) = (Name::new(name)?, Path::new(path)?);
    policies::create(draft, account, &NewPolicy { name, path, document: text, description: None, tags: &[] })
        .map(drop)
}

/// Whether these are the policies, and no others.
pub fn are(snapshot: &Snapshot, account: AccountId, attached: &[UniqueId], policies: &[String]) -> bool {
    let found = attached.iter().filter_map(|id| snapshot.policy_with_id(*id));
    let found: BTreeSet<String> = found.map(|policy| policy.arn()).collect();
    found == arns(account, policies).into_iter().collect()
}

/// Makes the policy that is somebody's boundary; its ARN.
fn bounding(
    draft: &mut Draft<'_>,
    account: AccountId,
    (name, text): &(String, String),
) -> Result<String, Refusal> {
    managed(draft, account, name, "/service-accounts/", text)?;
    Ok(format!("arn:aws:iam::{account}:policy/service-accounts/{name}"))
}

/// Gives a user an access key.
///
/// # Errors
/// [`Refusal`], as of [`keys::carry`].
pub fn give(draft: &mut Draft<'_>, account: AccountId, user: &str, key: &GivenKey) -> Result<(), Refusal> {
    let GivenKey { id, secret, status, is_new: _ } = key;
    let carried = CarriedKey { id: *id, secret, status: *status };
    keys::carry(draft, account, KeyHolder::User(user), carried)
}

/// Whether a policy is there and its default version has this text.
pub fn says(snapshot: &Snapshot, account: AccountId, name: &str, text: &str) -> bool {
    let Some(policy) = snapshot.policy(account, name).filter(|policy| policy.name.as_str() == name) else {
        return false;
    };
    let version = snapshot.version(policy.id, policy.default_version);
    version.is_some_and(|version| *version.text.text() == *text)
}

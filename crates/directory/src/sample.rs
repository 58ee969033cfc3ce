//! Directories of any size, made for measuring: written straight to a store, as their changes would have.
//!
//! Every principal has one inline policy and two managed ones of its account, out of as many distinct documents as are
//! asked for: half of them managed policies, the most of the others inline, a twentieth trust policies. One in 21
//! is a user with an access key, and a member of a group; the others are roles. The same [`Sample`] is the same
//! directory every time, but for the sealing of secrets and the order of commits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use doorward_policy::{AccountId, Kind};
use doorward_sigv4::{AccessKeyId, AccessKeyKind};
use doorward_store::{Change, OPERATIONS_MAX, Revision, Store, Transaction, Value, Write};
use jiff::Timestamp;

use crate::access_key::{AccessKey, KeyOwner, KeyStatus};
use crate::account::{Account, Installation, TokenVersion};
use crate::change::keyring;
use crate::format::Format;
use crate::identity::{Group, Role, User};
use crate::keys::Key;
use crate::managed::{InlinePolicy, ManagedPolicy, Owner, PolicyVersion, VersionNumber};
use crate::name::{Name, Path};
use crate::properties::RoleManager;
use crate::random::{NoRandomness, Random};
use crate::record::{Fact, encode};
use crate::seal::{Asking, Purpose, Sealer};
use crate::snapshot::{LoadError, Snapshot, Stored};
use crate::tags::{Tag, Tags};
use crate::text::PolicyText;
use crate::unique_id::{IdKind, UniqueId};

/// How many principals there are for one user among them.
const PRINCIPALS_PER_USER: u32 = 21;

/// How many principals there are for one group.
const PRINCIPALS_PER_GROUP: u32 = 1000;

/// How many threads commit at once: the store writes together what comes together.
const WRITERS: usize = 16;

/// How large a directory is to be.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Users and roles.
    pub principals: u32,
    /// The accounts that they are spread over, 1 to 1,000.
    pub accounts: u32,
    /// Distinct documents, 40 or more for each account.
    pub documents: u32,
}

/// Why a sample was not written.
#[derive(Debug, thiserror::Error)]
#[error("the sample cannot be written")]
pub struct SampleError(#[source] Failure);

type Failure = Box<dyn std::error::Error + Send + Sync>;

impl Sample {
    /// The size that the goals for memory are set for: four accounts and 20,000 documents.
    #[must_use]
    pub const fn of(principals: u32) -> Self {
        Self { principals, accounts: 4, documents: 20_000 }
    }

    /// Writes it to a store, which must be empty. Takes seconds for 100,000 principals.
    ///
    /// # Errors
    /// [`SampleError`] if the store fails, or the sample is none that can be.
    pub fn fill(&self, store: &dyn Store, sealer: &Sealer) -> Result<(), SampleError> {
        let first = self.first(sealer).and_then(|facts| commit(store, &facts));
        first.map_err(SampleError)?;
        let next = AtomicU32::new(0);
        let write = || loop {
            // The facts of so many principals fit one transaction.
            let from = next.fetch_add(SHARE, Ordering::Relaxed);
            if from >= self.steps() {
                return Ok(());
            }
            let steps = from..self.steps().min(from + SHARE);
            let facts: Result<Vec<_>, Failure> = steps.map(|step| self.step(step, sealer)).collect();
            commit(store, &facts?.concat())?;
        };
        std::thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS).map(|_| scope.spawn(write)).collect();
            writers
                .into_iter()
                .try_for_each(|writer| writer.join().unwrap_or_else(|_| Err("a writer has ended".into())))
        })
        .map_err(SampleError)
    }

    /// The role of this number, if it is one: the first is 1.
    #[must_use]
    pub fn role_name(number: u32) -> String {
        format!("Service-{number:07}-Worker")
    }

    /// The account of this number.
    #[must_use]
    pub fn account(&self, number: u32) -> Option<AccountId> {
        AccountId::new(111_111_111_111 + u64::from(number % self.accounts))
    }

    /// The commit that writes the principal of this number, anew or for the first time.
    ///
    /// # Errors
    /// [`SampleError`] if the sample is none that can be.
    pub fn change(&self, number: u32, revision: Revision) -> Result<Change, SampleError> {
        let written = self.role(number).and_then(|facts| writes(&facts));
        Ok(Change { revision, writes: written.map_err(SampleError)? })
    }

    /// What begins an installation.
    fn first(&self, sealer: &Sealer) -> Result<Facts, Failure> {
        let (ring, _) = keyring::first(sealer, created(0))?;
        let stored = Arc::new(Stored { value: ring.clone(), revision: Revision::ZERO });
        sealer.follow(Some(&stored), Asking::Allowed)?;
        let installation = Installation { management_account: self.account_of(0)?, created: created(0) };
        let mut facts = vec![
            (Key::Format, Fact::Format(Format::current())),
            (Key::Installation, Fact::Installation(installation)),
            (Key::Keyring, Fact::Keyring(ring)),
        ];
        for number in 0..self.accounts {
            let id = self.account_of(number)?;
            let name = format!("account {number}").into();
            let (token_version, role_manager) = (TokenVersion::One, RoleManager::Disabled);
            let account = Account { id, name, created: created(0), alias: None, token_version, role_manager };
            facts.push((Key::Account(id), Fact::Account(account)));
        }
        Ok(facts)
    }

    const fn policies(&self) -> u32 {
        self.documents / 2
    }

    const fn trusts(&self) -> u32 {
        self.documents / 20
    }

    fn groups(&self) -> u32 {
        (self.principals / PRINCIPALS_PER_GROUP).max(self.accounts)
    }

    /// Policies, then groups, then principals.
    fn steps(&self) -> u32 {
        self.policies() + self.groups() + self.principals
    }

    fn step(&self, step: u32, sealer: &Sealer) -> Result<Facts, Failure> {
        let Some(step) = step.checked_sub(self.policies()) else { return self.policy(step) };
        let Some(number) = step.checked_sub(self.groups()) else { return self.group(step) };
        if number.is_multiple_of(PRINCIPALS_PER_USER) { self.user(number, sealer) } else { self.role(number) }
    }

    fn policy(&self, number: u32) -> Result<Facts, Failure> {
        let account = self.account_of(number)?;
        let (id, name) = (id(IdKind::Policy, number)?, name(&format!("Policy-{number}"))?);
        let (folded, version) = (Arc::clone(name.folded()), VersionNumber(1));
        let policy = ManagedPolicy {
            owner: Owner::Account(account),
            id,
            name,
            path: Path::root(),
            created: created(number),
            updated: created(number),
            description: None,
            default_version: version,
            latest_version: version,
            tags: Tags::default(),
        };
        let text = PolicyText::alone(Kind::Managed, permissions("managed", number, 4));
        let written = PolicyVersion { number: version, text, created: created(number) };
        Ok(vec![
            (Key::Policy(account, folded), Fact::Policy(policy)),
            (Key::Version(id, version), Fact::Version(written)),
            (Key::Guard(id), Fact::Guard),
        ])
    }

    fn group(&self, number: u32) -> Result<Facts, Failure> {
        let account = self.account_of(number)?;
        let (id, name) = (id(IdKind::Group, number)?, name(&format!("team-{number}"))?);
        let folded = Arc::clone(name.folded());
        let attached = self.attached(number)?;
        let group = Group { account, id, name, path: Path::root(), created: created(number), attached };
        Ok(vec![(Key::Group(account, folded), Fact::Group(group)), (Key::Guard(id), Fact::Guard)])
    }

    fn user(&self, number: u32, sealer: &Sealer) -> Result<Facts, Failure> {
        let account = self.account_of(number)?;
        let (id, name) = (id(IdKind::User, number)?, name(&format!("user{number:07}"))?);
        let folded = Arc::clone(name.folded());
        let (path, tags, created) = (path(number)?, tags(number)?, created(number));
        // A group of the same account.
        let group = (number / self.accounts % (self.groups() / self.accounts)) * self.accounts;
        let groups = [group + number % self.accounts].into_iter();
        let groups = groups.map(|group| self::id(IdKind::Group, group)).collect::<Result<_, _>>()?;
        let attached = self.attached(number)?;
        let user = User { account, id, name, path, created, tags, boundary: None, groups, attached };
        let key = access_key(account, id, number, sealer)?;
        Ok(vec![
            (Key::User(account, folded), Fact::User(user)),
            self.inline(id, number),
            (Key::AccessKey(key.id), Fact::AccessKey(key)),
        ])
    }

    fn role(&self, number: u32) -> Result<Facts, Failure> {
        let account = self.account_of(number)?;
        let (id, name) = (id(IdKind::Role, number)?, name(&Self::role_name(number))?);
        let folded = Arc::clone(name.folded());
        let role = Role {
            account,
            id,
            name,
            path: path(number)?,
            created: created(number),
            trust: PolicyText::alone(Kind::Trust, trust(spread(number) % self.trusts())),
            description: number.is_multiple_of(4).then(|| format!("does the work of {number}").into()),
            max_session_s: 3600,
            tags: tags(number)?,
            boundary: None,
            attached: self.attached(number)?,
            source: None,
        };
        Ok(vec![(Key::Role(account, folded), Fact::Role(role)), self.inline(id, number)])
    }

    fn inline(&self, holder: UniqueId, number: u32) -> (Key, Fact) {
        let texts = self.documents - self.policies() - self.trusts();
        let text = permissions("inline", spread(number) % texts, 2);
        let inline = InlinePolicy { name: "access".into(), text: PolicyText::alone(Kind::Inline, text) };
        (Key::Inline(holder, "access".into()), Fact::Inline(inline))
    }

    /// Two policies of the account.
    fn attached<Ids: FromIterator<UniqueId>>(&self, number: u32) -> Result<Ids, Failure> {
        let each = self.policies() / self.accounts;
        let first = spread(number) % each;
        let of_account = |place: u32| (place % each) * self.accounts + number % self.accounts;
        [first, first + 1].into_iter().map(|place| id(IdKind::Policy, of_account(place))).collect()
    }

    fn account_of(&self, number: u32) -> Result<AccountId, Failure> {
        self.account(number).ok_or_else(|| "there are too many accounts".into())
    }
}

type Facts = Vec<(Key, Fact)>;

/// How many steps are one transaction: three facts each at most.
const SHARE: u32 = 42;

const _: () = assert!(SHARE as usize * 3 <= OPERATIONS_MAX);

/// The snapshot after `change`, as a directory publishes it.
///
/// # Errors
/// [`LoadError`] if the change does not read back.
pub fn published(snapshot: &Snapshot, change: &Change) -> Result<Arc<Snapshot>, LoadError> {
    let mut next = snapshot.clone();
    next.fold(change)?;
    Ok(Arc::new(next))
}

fn commit(store: &dyn Store, facts: &[(Key, Fact)]) -> Result<(), Failure> {
    store.commit(Transaction::new(Vec::new(), writes(facts)?)?)?;
    Ok(())
}

fn writes(facts: &[(Key, Fact)]) -> Result<Vec<(doorward_store::Key, Write)>, Failure> {
    let write = |(key, fact): &(Key, Fact)| {
        let value = Value::new(encode(key, fact)?)?;
        Ok((doorward_store::Key::new(key.bytes())?, Write::Put(value)))
    };
    facts.iter().map(write).collect()
}

/// Bytes that a number stands for.
struct Seeded(u64);

impl Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        for (place, chunk) in (1..).zip(bytes.chunks_mut(8)) {
            let word = mixed(self.0.wrapping_add(mixed(place))).to_le_bytes();
            chunk.iter_mut().zip(word).for_each(|(byte, mixed)| *byte = mixed);
        }
        Ok(())
    }
}

/// `SplitMix64`'s mixing function.
const fn mixed(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// A number far from those of its neighbours.
const fn spread(number: u32) -> u32 {
    number.wrapping_mul(0x9e37_79b1).rotate_left(15)
}

fn id(kind: IdKind, number: u32) -> Result<UniqueId, Failure> {
    Ok(UniqueId::new(kind, &Seeded(u64::from(number) << 8 | kind as u64))?)
}

fn name(text: &str) -> Result<Name, Failure> {
    Name::new(text).map_err(Into::into)
}

fn path(number: u32) -> Result<Path, Failure> {
    if number.is_multiple_of(10) {
        Ok(Path::new(&format!("/division/{}/", spread(number) % 100))?)
    } else {
        Ok(Path::root())
    }
}

fn tags(number: u32) -> Result<Tags, Failure> {
    if !number.is_multiple_of(5) {
        return Ok(Tags::default());
    }
    let tag = |key: &str, value: String| Tag { key: key.into(), value: value.into() };
    let center = format!("c{}", spread(number) % 500);
    Ok(Tags::new(vec![tag("CostCenter", center), tag("Owner", format!("team-{}", number % 97))])?)
}

fn created(number: u32) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + i64::from(number)).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn access_key(
    account: AccountId,
    user: UniqueId,
    number: u32,
    sealer: &Sealer,
) -> Result<AccessKey, Failure> {
    let [_, _, _, tail @ ..] = mixed(u64::from(number)).to_be_bytes();
    let id = AccessKeyId::encode(AccessKeyKind::LongTerm, account.number(), tail)?;
    let secret = format!("{:040x}", mixed(u64::from(number) + 1));
    let sealed = sealer.seal(Purpose::AccessKey, &Key::AccessKey(id).bytes(), secret.as_bytes())?;
    let (owner, status, created) = (KeyOwner::User(user), KeyStatus::Active, created(number));
    Ok(AccessKey { id, account, owner, status, created, sealed_secret: sealed.into() })
}

/// A policy of so many statements: 0.2 KB each.
fn permissions(what: &str, number: u32, statements: u32) -> String {
    let statement = |place: u32| {
        let bucket = format!("arn:aws:s3:::{what}-{number}-{place}");
        format!(
            r#"{{"Sid":"S{place}","Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:ListBucket"],"Resource":["{bucket}","{bucket}/*"],"Condition":{{"Bool":{{"aws:SecureTransport":"true"}}}}}}"#
        )
    };
    let statements: Vec<String> = (0..statements).map(statement).collect();
    format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","))
}

fn trust(number: u32) -> String {
    let account = 222_222_222_222 + u64::from(number);
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::{account}:root","Service":"ec2.amazonaws.com"}},"Action":"sts:AssumeRole","Condition":{{"StringEquals":{{"sts:ExternalId":"{number}"}}}}}}]}}"#
    )
}

//! Hashing and comparing passwords: the slow part, done before a change and never inside one.

use jiff::Timestamp;

use super::Directory;
use crate::identity::User;
use crate::keys::Key;
use crate::password::{LoginProfile, NewPassword, PasswordHash, Verdict, is_admitted};
use crate::refusal::{Failure, Refusal};
use crate::snapshot::Snapshot;
use crate::unique_id::UniqueId;

/// How many passwords one server hashes at once; others wait. Bounds what hashing takes of memory, and of the processor.
pub const HASHES_AT_ONCE_MAX: usize = 4;

impl Directory {
    /// A password that a user shall have, ready to be written by [`crate::change::passwords`]: it is as the account wants
    /// it and none that the user may not use again. Costs a hash, tens of milliseconds, for it and for each it is compared
    /// with.
    ///
    /// Whether the present password counts among those that may not be used again is UNCONFIRMED (password-reuse-present);
    /// here it does, beside those before it.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html>
    ///
    /// # Errors
    /// [`Refusal::PasswordPolicy`] if it is not; [`Refusal::NoSuchAccount`]; [`Refusal::Failed`].
    pub fn new_password<'p>(
        &self,
        snapshot: &Snapshot,
        user: &User,
        text: &'p str,
    ) -> Result<NewPassword<'p>, Refusal> {
        let account = snapshot.account(user.account);
        let account = account.ok_or_else(|| Refusal::NoSuchAccount(user.account.to_string()))?;
        let policy = snapshot.password_policy(user.account).map(|policy| &**policy);
        if !is_admitted(account, policy, text) {
            return Err(Refusal::PasswordPolicy);
        }
        let remembered = policy.map_or(0, |policy| policy.remembered());
        let login = snapshot.login_profile(user.id);
        if remembered > 0 {
            for sealed in login.into_iter().flat_map(|login| login.sealed()).take(remembered + 1) {
                if self.is_password(user.id, sealed, text)? {
                    return Err(Refusal::PasswordPolicy);
                }
            }
        }
        let mut salt = [0; 16];
        self.random.fill(&mut salt)?;
        let hash = self.hashing(|| PasswordHash::new(text, salt))?;
        let compared = login.map(|login| PasswordHash::opened(&self.sealer, user.id, &login.sealed_hash));
        let compared = compared.transpose()?.map(|hash| hash.salt());
        Ok(NewPassword { text, hash, compared, remembered })
    }

    /// Checks that a password is the user's present one, for a user that wants to change it. After
    /// [`GUESSES_MAX`](super::GUESSES_MAX) wrong ones in a row none counts for a while.
    ///
    /// # Errors
    /// [`Refusal::WrongPassword`] if it is not; [`Refusal::Failed`].
    pub fn check_password(
        &self,
        user: UniqueId,
        login: &LoginProfile,
        text: &str,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let key = Key::Login(user);
        if !self.guesses.begin(&key, now) {
            return Err(Refusal::WrongPassword);
        }
        if !self.is_password(user, &login.sealed_hash, text)? {
            return Err(Refusal::WrongPassword);
        }
        self.guesses.forget(&key);
        Ok(())
    }

    /// What comes of a password that someone signs in with as this user. A user that is not there, or has no password,
    /// takes as long to refuse as a wrong password. How often somebody may try is for the caller to bound: whoever knows a
    /// name could close its account otherwise.
    ///
    /// # Errors
    /// [`Refusal::Failed`] if the stored hash cannot be opened.
    pub fn verify_password(
        &self,
        snapshot: &Snapshot,
        user: Option<&User>,
        text: &str,
        now: Timestamp,
    ) -> Result<Verdict, Refusal> {
        let login = user.and_then(|user| Some((user, snapshot.login_profile(user.id)?)));
        let Some((user, login)) = login else {
            self.hashing(|| PasswordHash::new(text, [0; 16]))?;
            return Ok(Verdict::Wrong);
        };
        if !self.is_password(user.id, &login.sealed_hash, text)? {
            return Ok(Verdict::Wrong);
        }
        let policy = snapshot.password_policy(user.account).map(|policy| &**policy);
        let expired = login.is_expired(policy, now);
        Ok(if expired && policy.is_some_and(|policy| policy.hard_expiry == Some(true)) {
            Verdict::Expired
        } else if expired || login.reset_required {
            Verdict::MustChange
        } else {
            Verdict::Right
        })
    }

    fn is_password(&self, user: UniqueId, sealed: &[u8], text: &str) -> Result<bool, Refusal> {
        let hash = PasswordHash::opened(&self.sealer, user, sealed)?;
        Ok(self.hashing(|| hash.is_of(text))?)
    }

    fn hashing<T>(&self, hash: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        let _permit = self.hashes.take();
        hash()
    }
}

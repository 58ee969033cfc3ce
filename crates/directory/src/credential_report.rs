//! Credential reports: what every user of an account signs in with, at one time.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html>

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};

use doorward_policy::AccountId;
use doorward_store::VALUE_BYTES_MAX;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use jiff::{SignedDuration, Timestamp};

use crate::access_key::{AccessKey, KeyOwner, KeyStatus};
use crate::certificate::SigningCertificate;
use crate::identity::User;
use crate::mfa::MfaOwner;
use crate::refusal::Refusal;
use crate::snapshot::{Listing, Snapshot};
use crate::usage::Used;

/// How long a report counts; then another is made.
pub const VALIDITY: SignedDuration = SignedDuration::from_hours(4);

/// How many bytes a stored report may have; the rest of a value is its frame.
const PACKED_BYTES_MAX: usize = VALUE_BYTES_MAX - 64;

/// The columns. What the last one shows for users without further credentials, whether `true` and `false` are written so,
/// and in what order users come is UNCONFIRMED (credential-report-details).
const HEADER: &str = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,\
    password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,\
    access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,\
    access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,\
    cert_1_last_rotated,cert_2_active,cert_2_last_rotated,additional_credentials_info";

/// What stands where there is nothing to say.
const NONE: &str = "N/A";

/// An account's credential report, as it was when it was made. Cloning copies it: tens of bytes for each user.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CredentialReport {
    /// When, in whole seconds.
    pub generated: Timestamp,
    /// The text, deflated.
    pub(crate) packed: Box<[u8]>,
}

/// A report that does not unpack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the stored credential report cannot be unpacked")]
pub struct Damaged;

impl CredentialReport {
    /// The report of an account as it is in a snapshot.
    ///
    /// # Errors
    /// [`Refusal::CredentialReportTooLong`]; with names of ordinary length that takes tens of thousands of users.
    pub(crate) fn of(snapshot: &Snapshot, account: AccountId, now: Timestamp) -> Result<Self, Refusal> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        let packed = encoder.write_all(text(snapshot, account).as_bytes()).and_then(|()| encoder.finish());
        // Writing to memory does not fail.
        let packed = packed.map_err(|_| Refusal::CredentialReportTooLong)?;
        if packed.len() > PACKED_BYTES_MAX {
            return Err(Refusal::CredentialReportTooLong);
        }
        Ok(Self { generated: now, packed: packed.into() })
    }

    /// The report: text in the form of RFC 4180, one line for each user after the header and the root user.
    ///
    /// # Errors
    /// [`Damaged`] if what is stored is broken.
    pub fn text(&self) -> Result<String, Damaged> {
        let mut text = String::new();
        DeflateDecoder::new(&*self.packed).read_to_string(&mut text).map_err(|_| Damaged)?;
        Ok(text)
    }

    /// Whether another report is to be made at `now`.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        now.duration_since(self.generated) > VALIDITY
    }
}

fn text(snapshot: &Snapshot, account: AccountId) -> String {
    let mut text = format!("{HEADER}\n");
    if let Some(root) = snapshot.account(account) {
        let user = ["<root_account>".to_owned(), root.root_arn(), time(root.created)];
        let password = ["not_supported", "no_information", "not_supported", "not_supported"];
        line(&mut text, snapshot, &KeyOwner::Root(account), user, password.map(str::to_owned));
    }
    for user in snapshot.users(account, &Listing::ALL).items {
        let owner = KeyOwner::User(user.id);
        let shown = [user.name.to_string(), user.arn(), time(user.created)];
        line(&mut text, snapshot, &owner, shown, password(snapshot, user));
    }
    text
}

/// Adds a line. User names may have commas, and paths quotes too; such fields are quoted.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc4180#section-2>
fn line(text: &mut String, snapshot: &Snapshot, owner: &KeyOwner, user: [String; 3], password: [String; 4]) {
    let mfa = [mfa_active(snapshot, owner).to_string()];
    let (keys, certificates) = (keys(snapshot, owner), certificates(snapshot, owner));
    let columns = [&user[..], &password, &mfa, &keys, &certificates, &[NONE.to_owned()]];
    for (number, column) in columns.into_iter().flatten().enumerate() {
        let comma = if number == 0 { "" } else { "," };
        let quote = if column.contains([',', '"']) { "\"" } else { "" };
        let column = column.replace('"', "\"\"");
        // Writing to a string does not fail.
        write!(text, "{comma}{quote}{column}{quote}").ok();
    }
    text.push('\n');
}

/// Whether there is a password; when it was last used and changed, and must be changed again. Nobody signs in with a
/// password here, so none was ever used.
fn password(snapshot: &Snapshot, user: &User) -> [String; 4] {
    let Some(login) = snapshot.login_profile(user.id) else {
        return ["false", NONE, NONE, NONE].map(str::to_owned);
    };
    let days = snapshot.password_policy(user.account).and_then(|policy| policy.age_days_max);
    let age = days.map(|days| SignedDuration::from_hours(24 * i64::from(days)));
    let next = age.and_then(|age| login.changed.checked_add(age).ok());
    ["true".to_owned(), "no_information".to_owned(), time(login.changed), optional(next)]
}

/// Whether a second factor is in use.
fn mfa_active(snapshot: &Snapshot, owner: &KeyOwner) -> bool {
    let owner = match owner {
        KeyOwner::Root(account) => MfaOwner::Root(*account),
        KeyOwner::User(user) => MfaOwner::User(*user),
        KeyOwner::Service(_) => return false,
    };
    snapshot.mfa_devices_of(owner).len() > 0
}

/// For each of two signing certificates, the older first: whether it is active and when it came.
fn certificates(snapshot: &Snapshot, owner: &KeyOwner) -> [String; 4] {
    let mut certificates: Vec<&SigningCertificate> = snapshot.signing_certificates(owner).collect();
    certificates.sort_by_key(|certificate| (certificate.uploaded, &certificate.id));
    let [first, second] = [certificates.first(), certificates.get(1)].map(|certificate| {
        let active = certificate.is_some_and(|certificate| certificate.status == KeyStatus::Active);
        [active.to_string(), optional(certificate.map(|certificate| certificate.uploaded))]
    });
    let ([first, came], [second, second_came]) = (first, second);
    [first, came, second, second_came]
}

/// For each of two access keys, the older first: whether it is active, when it came, and its last use that is written
/// down (when, where, in which service).
fn keys(snapshot: &Snapshot, owner: &KeyOwner) -> Vec<String> {
    let mut keys: Vec<&AccessKey> = snapshot.access_keys(owner).collect();
    keys.sort_by_key(|key| (key.created, key.id));
    let columns = [keys.first(), keys.get(1)].map(|key| {
        let last = key.and_then(|key| snapshot.stored_use(Used::Key(key.id)));
        let text = |text: Option<&str>| text.unwrap_or(NONE).to_owned();
        [
            key.is_some_and(|key| key.status == KeyStatus::Active).to_string(),
            optional(key.map(|key| key.created)),
            optional(last.map(|last| last.at)),
            text(last.map(|last| &*last.region)),
            text(last.map(|last| &*last.service)),
        ]
    });
    columns.into_iter().flatten().collect()
}

fn optional(at: Option<Timestamp>) -> String {
    at.map_or_else(|| NONE.to_owned(), time)
}

/// `2026-11-22T10:00:00+00:00`.
fn time(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::SigningMaterial;
    use crate::change::keys::{self, KeyHolder};
    use crate::change::passwords::{self, Reset};
    use crate::change::users::{self, NewUser};
    use crate::change::{mfa, signing_certificates};
    use crate::mfa::totp::step;
    use crate::name::Path;
    use crate::password::PasswordPolicy;
    use crate::testing::*;

    #[test]
    fn one_line_for_the_root_user_and_each_user() {
        let directory = started();
        directory
            .change(now(), |draft| {
                add_user(draft, "carol")?;
                let new = NewUser { name: name("Bob,2"), path: Path::root(), tags: &[], boundary: None };
                users::create(draft, account(), &new)?;
                let key = keys::create(draft, account(), KeyHolder::User("bob,2"))?.key;
                keys::create(draft, account(), KeyHolder::User("bob,2"))?;
                let id = key.id.to_string();
                keys::set_status(draft, account(), KeyHolder::User("bob,2"), &id, KeyStatus::Inactive)
            })
            .unwrap();
        let report = CredentialReport::of(&directory.snapshot(), account(), now()).unwrap();
        let text = report.text().unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!((lines.len(), lines[0]), (4, HEADER));
        assert!(lines[1].starts_with(
            "<root_account>,arn:aws:iam::123456789012:root,2026-11-22T10:00:00+00:00,not_supported,no_information,\
             not_supported,not_supported,false,"
        ));
        let bob = lines[2].strip_prefix("\"Bob,2\",\"arn:aws:iam::123456789012:user/Bob,2\",").unwrap();
        let (ids, rest) = bob.split_at("2026-11-22T10:00:00+00:00,false,N/A,N/A,N/A,false,".len());
        assert_eq!(ids, "2026-11-22T10:00:00+00:00,false,N/A,N/A,N/A,false,");
        let mut active: Vec<&str> = rest.split(',').step_by(5).take(2).collect();
        active.sort_unstable();
        assert_eq!(active, ["false", "true"]);
        assert_eq!(
            lines[3],
            "carol,arn:aws:iam::123456789012:user/carol,2026-11-22T10:00:00+00:00,false,N/A,N/A,N/A,false,false,N/A,\
             N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A,N/A"
        );
        for line in [lines[0], lines[1], lines[3]] {
            assert_eq!(line.split(',').count(), 23, "{line}");
        }
    }

    /// A user with one of everything, whose line is read without its name, ARN and time.
    #[test]
    fn passwords_factors_certificates_and_uses() {
        let directory = started();
        directory.change(now(), |draft| add_user(draft, "bob")).unwrap();
        let line = || {
            let report = CredentialReport::of(&directory.snapshot(), account(), now()).unwrap();
            let text = report.text().unwrap();
            text.lines().last().unwrap().splitn(4, ',').last().unwrap().to_owned()
        };
        let at = "2026-11-22T10:00:00+00:00";
        assert_eq!(
            line(),
            format!(
                "false,{0},{0},{0},false,{1},{1},false,{0},false,{0},{0}",
                "N/A", "false,N/A,N/A,N/A,N/A"
            )
        );
        let snapshot = directory.snapshot();
        let password =
            directory.new_password(&snapshot, snapshot.user(account(), "bob").unwrap(), "Correct-horse-1");
        let password = password.unwrap();
        let material = SigningMaterial::read(pem!("leaf.pem"), now()).unwrap();
        let (key, seed) = directory
            .change(now(), |draft| {
                passwords::create(draft, account(), "bob", &password, Reset::NotRequired)?;
                let days = PasswordPolicy { age_days_max: Some(90), ..PasswordPolicy::default() };
                passwords::put_policy(draft, account(), days)?;
                signing_certificates::upload(draft, account(), KeyHolder::User("bob"), &material)?;
                let key = keys::create(draft, account(), KeyHolder::User("bob"))?.key.id;
                Ok((key, mfa::create(draft, account(), name("phone"), Path::root(), &[])?.seed))
            })
            .unwrap()
            .0;
        let codes = [0, 1].map(|later| seed.code(step(now()) + later));
        let serial = "arn:aws:iam::123456789012:mfa/phone";
        directory
            .change(now(), |draft| {
                let codes = codes.each_ref().map(String::as_str);
                mfa::enable(draft, account(), mfa::MfaHolder::User("bob"), serial, codes)
            })
            .unwrap();
        directory.note_use(Used::Key(key), "s3", "eu-west-1", now());
        directory.save_uses(now()).unwrap();
        assert_eq!(
            line(),
            format!(
                "true,no_information,{at},2027-02-20T10:00:00+00:00,true,true,{at},{at},eu-west-1,s3,false,N/A,N/A,\
                 N/A,N/A,true,{at},false,N/A,N/A"
            )
        );
    }

    #[test]
    fn quotes_and_commas_do_not_end_a_field() {
        let directory = started();
        let new = NewUser { name: name("a,b"), path: path("/x\",\"y/"), tags: &[], boundary: None };
        directory.change(now(), |draft| users::create(draft, account(), &new)).unwrap();
        let text = CredentialReport::of(&directory.snapshot(), account(), now()).unwrap().text().unwrap();
        let line = text.lines().last().unwrap();
        let fields = "\"a,b\",\"arn:aws:iam::123456789012:user/x\"\",\"\"y/a,b\",2026-11-22T10:00:00+00:00,";
        assert!(line.starts_with(fields), "{line}");
    }

    #[test]
    fn four_hours_and_no_longer() {
        let report = CredentialReport { generated: now(), packed: Box::default() };
        assert!(!report.is_expired(now() + VALIDITY));
        assert!(report.is_expired(now() + VALIDITY + SignedDuration::from_secs(1)));
    }
}

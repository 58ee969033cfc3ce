//! An installation in memory, and requests that arrive at its door signed: what every test of an operation drives.
//!
//! ```text
//! mod door;
//! use door::{ALLOW_ALL, Door};
//!
//! let door = Door::new();
//! let ana = door.user("ana", &[ALLOW_ALL]);
//! let answer = door.call(&ana, "iam:GetUser", &[("UserName", "ana")]).ok();
//! assert_eq!(answer.text("UserName"), "ana");
//! let root = door.root();
//! door.call(&root, "iam:GetUser", &[("UserName", "bob")]).refused("404 NoSuchEntity: The user with …");
//! ```
//!
//! Nothing here reads a clock or the operating system's randomness: a run is like the one before.
#![allow(dead_code, reason = "no test uses all of it")]

pub mod delegating;

use std::cell::Cell;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use doorward_directory::access_key::NewAccessKey;
use doorward_directory::bootstrap::{FirstStart, Started, bootstrap};
use doorward_directory::change::{self, Draft, Holder, keys::KeyHolder};
use doorward_directory::mfa::{Seed, totp};
use doorward_directory::random::{NoRandomness, Random};
use doorward_directory::seal::{MasterKey, Sealer};
use doorward_directory::{Directory, Limits, Name, Opening, Path, Refusal, STALENESS_MAX, Tag};
use doorward_gate::{Arrival, Caller, Gate, Question, Transport, Unauthorized};
use doorward_policy::AccountId;
use doorward_policy::request::Choices;
use doorward_services::table::{self, Parameters, Request, Served};
use doorward_sigv4::{AccessKeyId, AccessKeyKind, Credentials, SecretAccessKey, Target, presign, sign};
use doorward_store::Memory;
use doorward_wire::answer::{self, Format};
use doorward_wire::form::Form;
use doorward_wire::{organizations, target};
use jiff::{SignedDuration, Timestamp};

/// The management account.
pub const MANAGEMENT: &str = "111111111111";
/// Another account, there from the beginning.
pub const OTHER: &str = "222222222222";
/// When the tests begin.
pub const BEGINNING: &str = "2026-11-22T10:00:00Z";
/// A policy that allows everything.
pub const ALLOW_ALL: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;

/// An installation: one directory in memory behind one gate, two accounts, a clock that stands still.
pub struct Door {
    /// The gate.
    pub gate: Gate,
    directory: Arc<Directory>,
    now: Cell<Timestamp>,
    root: Keys,
    other_root: Keys,
}

/// Credentials.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The access key id.
    pub id: String,
    /// The secret access key.
    pub secret: SecretAccessKey,
    /// The session token, of temporary credentials.
    pub token: Option<String>,
}

/// A virtual MFA device.
#[derive(Clone, Debug)]
pub struct Device {
    /// Its serial number.
    pub serial: String,
    seed: Seed,
}

impl Device {
    /// The code that it shows so many half minutes after a moment.
    pub fn code(&self, moment: Timestamp, steps: i64) -> String {
        self.seed.code(totp::step(moment) + steps)
    }
}

/// A request to sign and send.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// Who signs.
    pub keys: &'a Keys,
    /// How.
    pub signing: Signing,
    /// When, by the signer's clock; `None` for the door's.
    pub signed_at: Option<Timestamp>,
    /// The service and operation, as in `iam:GetUser`.
    pub operation: &'a str,
    /// The parameters, without `Action` and `Version`. For services of JSON, the members of the body: texts, but for what
    /// follows `json:`.
    pub parameters: &'a [(&'a str, &'a str)],
    /// More headers; they are signed.
    pub headers: &'a [(&'a str, &'a str)],
    /// Headers that somebody adds on the way; they are not.
    pub added: &'a [(&'a str, &'a str)],
    /// Where it comes from.
    pub source_ip: IpAddr,
    /// How it comes.
    pub transport: Transport,
}

/// How a request is signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signing {
    /// In its header, parameters in the body of a `POST`.
    Header,
    /// In the query string of a `GET`, for so many seconds.
    Query(u32),
    /// Not at all.
    Unsigned,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The error code; empty for a success.
    pub code: String,
    /// The error's text; empty for a success.
    pub message: String,
    /// The whole body. What came in JSON is written as XML would have it, with `<member>` around what stands in lists.
    pub xml: String,
    /// The sealed explanation, where the request was denied by policies.
    pub denial: Option<String>,
}

/// Bytes that never repeat and are the same in every run.
struct Counter(AtomicU64);

impl Random for Counter {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        for chunk in bytes.chunks_mut(8) {
            // SplitMix64's mixing function: a bijection, so distinct counts give distinct bytes.
            let mut word = self.0.fetch_add(1, Ordering::Relaxed).wrapping_add(0x9e37_79b9_7f4a_7c15);
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let word = (word ^ (word >> 31)).to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

/// An account's id.
pub fn account(text: &str) -> AccountId {
    text.parse().unwrap()
}

/// A trust policy with one statement that lets a principal, written as in JSON (`"AWS":"…"`), do these actions.
pub fn trusting(principal: &str, actions: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{{principal}}},"Action":{actions}}}}}"#
    )
}

/// A trust policy that lets an AWS principal assume the role.
pub fn trusts(principal: &str) -> String {
    trusting(&format!(r#""AWS":"{principal}""#), r#""sts:AssumeRole""#)
}

/// A policy that allows these actions (`"iam:GetUser"`) on this resource.
pub fn allows(action: &str, resource: &str) -> String {
    policy("Allow", action, resource)
}

/// A policy that denies these actions on this resource.
pub fn denies(action: &str, resource: &str) -> String {
    policy("Deny", action, resource)
}

fn policy(effect: &str, action: &str, resource: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"{effect}","Action":"{action}","Resource":"{resource}"}}}}"#
    )
}

impl Door {
    /// A new installation.
    pub fn new() -> Self {
        Self::seeded(0)
    }

    /// A new installation with a master key, ids and secrets of its own.
    pub fn seeded(seed: u8) -> Self {
        Self::with(seed, Limits::default(), Choices::default())
    }

    /// A new installation with these quotas and choices.
    pub fn with(seed: u8, limits: Limits, choices: Choices) -> Self {
        Self::managed_by(MANAGEMENT, seed, limits, choices)
    }

    /// The same, made with another account, which is then the one that can manage an organization. The two others are there.
    pub fn managed_by(first: &str, seed: u8, limits: Limits, choices: Choices) -> Self {
        let random: Arc<Counter> = Arc::new(Counter(AtomicU64::new(u64::from(seed) << 40)));
        let master = MasterKey::from_bytes([seed.wrapping_add(7); 32]);
        let sealer = Arc::new(Sealer::new(&master, random.clone()).unwrap());
        let store = Arc::new(Memory::default());
        let opening = Opening { store, sealer, limits, random: random.clone(), staleness_max: STALENESS_MAX };
        let directory = Arc::new(Directory::open(opening).unwrap());
        let now: Timestamp = BEGINNING.parse().unwrap();
        let id = AccessKeyId::encode(AccessKeyKind::LongTerm, account(first).number(), [seed; 5]);
        let secret = SecretAccessKey::new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        let root_key = Some((id.unwrap(), secret));
        let start = FirstStart { account: account(first), account_name: "management".into(), root_key };
        let Started::New(made) = bootstrap(&directory, &start, now).unwrap() else { panic!("already there") };
        let root_of = |id: &str, name: &str| {
            if id == first {
                return Keys::of(&made);
            }
            let change = directory.change(now, |draft| {
                change::accounts::create(draft, account(id), name)?;
                change::keys::create(draft, account(id), KeyHolder::Root)
            });
            Keys::of(&change.unwrap().0)
        };
        let (root, other_root) = (root_of(MANAGEMENT, "one"), root_of(OTHER, "other"));
        let gate = Gate::open(Arc::clone(&directory), choices, random).unwrap();
        Self { gate, directory, now: Cell::new(now), root, other_root }
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.now.get()
    }

    /// Moves the time on.
    pub fn wait(&self, seconds: i64) {
        self.now.set(self.now() + SignedDuration::from_secs(seconds));
    }

    /// The credentials of the management account's root user.
    pub fn root(&self) -> Keys {
        self.root.clone()
    }

    /// The credentials of the other account's root user.
    pub fn other_root(&self) -> Keys {
        self.other_root.clone()
    }

    /// Changes the directory directly.
    pub fn change<T>(&self, plan: impl FnMut(&mut Draft<'_>) -> Result<T, Refusal>) -> T {
        self.directory.change(self.now(), plan).unwrap().0
    }

    /// The gate.
    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    /// The directory.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// A user of the management account with these inline policies.
    pub fn user(&self, name: &str, policies: &[&str]) -> Keys {
        self.user_in(MANAGEMENT, name, policies)
    }

    /// A user with these inline policies; its name may begin with a path.
    pub fn user_in(&self, owner: &str, name: &str, policies: &[&str]) -> Keys {
        self.tagged_user(owner, name, &[], policies)
    }

    /// A user with tags and inline policies.
    pub fn tagged_user(&self, owner: &str, name: &str, tags: &[(&str, &str)], policies: &[&str]) -> Keys {
        let (path, name) = path_and_name(name);
        let key = self.change(|draft| {
            let new = change::users::NewUser {
                name: Name::new(name).unwrap(),
                path: path.clone(),
                tags: &self::tags(tags),
                boundary: None,
            };
            change::users::create(draft, account(owner), &new)?;
            put_all(draft, owner, Holder::User(name), policies)?;
            change::keys::create(draft, account(owner), KeyHolder::User(name))
        });
        Keys::of(&key)
    }

    /// A virtual MFA device of the management account that is nobody's.
    pub fn device(&self, name: &str) -> Device {
        let (path, name) = path_and_name(name);
        let new = self.change(|draft| {
            change::mfa::create(draft, account(MANAGEMENT), Name::new(name).unwrap(), path.clone(), &[])
        });
        Device { serial: new.device.serial_number(), seed: new.seed }
    }

    /// A virtual MFA device of a user. It has shown the present code.
    pub fn device_of(&self, user: &str, name: &str) -> Device {
        let device = self.device(name);
        let codes = [device.code(self.now(), -1), device.code(self.now(), 0)];
        let (holder, codes) = (change::mfa::MfaHolder::User(user), [&*codes[0], &*codes[1]]);
        self.change(|draft| change::mfa::enable(draft, account(MANAGEMENT), holder, &device.serial, codes));
        device
    }

    /// A role of the management account; answers with its ARN.
    pub fn role(&self, name: &str, trust: &str, policies: &[&str]) -> String {
        self.role_in(MANAGEMENT, name, trust, policies)
    }

    /// A role with these inline policies; its name may begin with a path. Answers with its ARN.
    pub fn role_in(&self, owner: &str, name: &str, trust: &str, policies: &[&str]) -> String {
        self.tagged_role(owner, name, trust, &[], policies)
    }

    /// A role with tags and inline policies. Answers with its ARN.
    pub fn tagged_role(
        &self,
        owner: &str,
        name: &str,
        trust: &str,
        tags: &[(&str, &str)],
        policies: &[&str],
    ) -> String {
        let (path, name) = path_and_name(name);
        self.change(|draft| {
            let new = change::roles::NewRole {
                name: Name::new(name).unwrap(),
                path: path.clone(),
                trust,
                description: None,
                max_session_s: None,
                tags: &self::tags(tags),
                boundary: None,
            };
            let role = change::roles::create(draft, account(owner), &new)?;
            put_all(draft, owner, Holder::Role(name), policies)?;
            Ok(role.arn())
        })
    }

    /// A group of the management account with an inline policy and members; answers with its ARN.
    pub fn group(&self, name: &str, policies: &[&str], members: &[&str]) -> String {
        self.change(|draft| {
            let group =
                change::groups::create(draft, account(MANAGEMENT), Name::new(name).unwrap(), Path::root())?;
            put_all(draft, MANAGEMENT, Holder::Group(name), policies)?;
            for member in members {
                change::groups::add_member(draft, account(MANAGEMENT), name, member)?;
            }
            Ok(group.arn())
        })
    }

    /// A managed policy; answers with its ARN.
    pub fn managed_in(&self, owner: &str, name: &str, document: &str) -> String {
        let (path, name) = path_and_name(name);
        self.change(|draft| {
            let new = change::policies::NewPolicy {
                name: Name::new(name).unwrap(),
                path: path.clone(),
                document,
                description: None,
                tags: &[],
            };
            Ok(change::policies::create(draft, account(owner), &new)?.arn())
        })
    }

    /// A managed policy of the management account; answers with its ARN.
    pub fn managed(&self, name: &str, document: &str) -> String {
        self.managed_in(MANAGEMENT, name, document)
    }

    /// A service that is registered for an account.
    pub fn service_in(&self, owner: &str, name: &str) -> Keys {
        let (_, key) = self.change(|draft| change::services::register(draft, account(owner), name));
        Keys::of(&key)
    }

    /// Signs a request as clients do and sends it.
    pub fn call(&self, keys: &Keys, operation: &str, parameters: &[(&str, &str)]) -> Answer {
        self.send(&Ask::of(keys, operation, parameters))
    }

    /// Signs and sends a request.
    pub fn send(&self, ask: &Ask<'_>) -> Answer {
        let (service, name) = ask.operation.split_once(':').unwrap();
        if service == organizations::SERVICE.signing_name {
            return self.send_json(ask, name);
        }
        let form = encoded(service, name, ask.parameters);
        let mut headers: Vec<(&str, &[u8])> = vec![("host", b"doorward.test")];
        headers.extend(ask.headers.iter().map(|(name, value)| (*name, value.as_bytes())));
        let signed_at = ask.signed_at.unwrap_or(self.now());
        let (credentials, target) = (ask.keys.credentials(), Target::of(service, "us-east-1"));
        if let Signing::Query(seconds) = ask.signing {
            let plain = http("GET", &form, b"", &headers);
            let query = presign(&plain, &credentials, &target, signed_at, seconds).unwrap();
            headers.extend(ask.added.iter().map(|(name, value)| (*name, value.as_bytes())));
            return self.arrive(http("GET", &query, b"", &headers), ask);
        }
        headers.push(("content-type", b"application/x-www-form-urlencoded; charset=utf-8"));
        let body = form.as_bytes();
        let added = match ask.signing {
            Signing::Unsigned => Vec::new(),
            Signing::Header | Signing::Query(_) => {
                sign(&http("POST", "", body, &headers), &credentials, &target, signed_at).unwrap()
            }
        };
        headers.extend(added.iter().map(|(name, value)| (*name, value.as_bytes())));
        headers.extend(ask.added.iter().map(|(name, value)| (*name, value.as_bytes())));
        self.arrive(http("POST", "", body, &headers), ask)
    }

    /// Signs and sends a request in JSON.
    fn send_json(&self, ask: &Ask<'_>, name: &str) -> Answer {
        let body = body_in_json(ask.parameters);
        let (shape, body) = (organizations::SERVICE.operation(name).unwrap(), body.as_bytes());
        let target = format!("{}.{name}", organizations::SERVICE.target_prefix);
        let mut headers: Vec<(&str, &[u8])> = vec![
            ("host", b"doorward.test"),
            ("content-type", b"application/x-amz-json-1.1"),
            ("x-amz-target", target.as_bytes()),
        ];
        headers.extend(ask.headers.iter().map(|(name, value)| (*name, value.as_bytes())));
        let signed_at = ask.signed_at.unwrap_or(self.now());
        let (credentials, service) = (ask.keys.credentials(), Target::of("organizations", "us-east-1"));
        let added = match ask.signing {
            Signing::Unsigned => Vec::new(),
            Signing::Header | Signing::Query(_) => {
                sign(&http("POST", "", body, &headers), &credentials, &service, signed_at).unwrap()
            }
        };
        headers.extend(added.iter().map(|(name, value)| (*name, value.as_bytes())));
        headers.extend(ask.added.iter().map(|(name, value)| (*name, value.as_bytes())));
        let (source_ip, transport) = (ask.source_ip, ask.transport);
        let (service, request) = (shape.service.signing_name, http("POST", "", body, &headers));
        let arrival = Arrival { request, source_ip, transport, service, operation: shape.name };
        let request = Request { arrival, parameters: Parameters::Json(body), id: "request-id" };
        let Served { answer, denial, .. } = table::answer(&self.gate, &request, shape, self.now());
        Answer::of_json(&answer, denial)
    }

    /// What the server does with what it has read.
    fn arrive(&self, request: doorward_sigv4::Request<'_>, ask: &Ask<'_>) -> Answer {
        let form = match Form::parse(request.query, request.body) {
            Ok(form) => form,
            Err(error) => return Answer::of(answer::failure(&error, None, Format::Xml, "request-id"), None),
        };
        let shape = match target::resolve(&form, &table::SERVICES) {
            Ok(shape) => shape,
            Err(target::TargetError::NoAction) => panic!("the request names no action"),
            Err(target::TargetError::Refused(error)) => {
                return Answer::of(answer::failure(&error, None, Format::Xml, "request-id"), None);
            }
        };
        let (source_ip, transport) = (ask.source_ip, ask.transport);
        let service = shape.service.signing_name;
        let arrival = Arrival { request, source_ip, transport, service, operation: shape.name };
        let format = Format::of_accept(arrival.header("accept"));
        let parameters = Parameters::Query { form: &form, format };
        let request = Request { arrival, parameters, id: "request-id" };
        let Served { answer, denial, .. } = table::answer(&self.gate, &request, shape, self.now());
        Answer::of(answer, denial)
    }

    /// Who the gate takes the sender of a request to be, or the code with which it turns it away.
    pub fn authenticate(&self, keys: &Keys, service: &'static str) -> Result<Caller, &'static str> {
        let mut headers: Vec<(&str, &[u8])> = vec![("host", b"doorward.test")];
        let (credentials, target) = (keys.credentials(), Target::of(service, "us-east-1"));
        let added = sign(&http("GET", "", b"", &headers), &credentials, &target, self.now()).unwrap();
        headers.extend(added.iter().map(|(name, value)| (*name, value.as_bytes())));
        let arrival = Arrival {
            request: http("GET", "", b"", &headers),
            source_ip: "192.0.2.1".parse().unwrap(),
            transport: Transport::Tls,
            service,
            operation: "Operation",
        };
        self.gate.authenticate(&arrival, self.now()).map_err(|refusal| refusal.code())
    }

    /// What the gate answers to one who wants to do something in another service, on a resource of the management
    /// account: `ok`, or what the denial's text ends with.
    pub fn ask(&self, keys: &Keys, action: &'static str, resource: &str) -> String {
        let (service, _) = action.split_once(':').unwrap();
        let caller = match self.authenticate(keys, service) {
            Ok(caller) => caller,
            Err(code) => return code.to_owned(),
        };
        let question = Question::new(action, resource, account(MANAGEMENT));
        match self.gate.authorize::<()>(&caller, vec![question]) {
            Ok(_) => "ok".to_owned(),
            Err(Unauthorized::Denied(denied)) => {
                let (_, reason) = denied.message.split_once(&format!("on resource: {resource} ")).unwrap();
                reason.to_owned()
            }
            Err(other) => format!("{other:?}"),
        }
    }

    /// Assumes a role in a session named `session`.
    pub fn assume(&self, keys: &Keys, role: &str) -> Keys {
        self.assume_with(keys, role, &[])
    }

    /// Assumes a role in a session named `session`, with more parameters.
    pub fn assume_with(&self, keys: &Keys, role: &str, more: &[(&str, &str)]) -> Keys {
        let mut parameters = vec![("RoleArn", role), ("RoleSessionName", "session")];
        parameters.extend(more);
        self.call(keys, "sts:AssumeRole", &parameters).ok().keys()
    }
}

impl Keys {
    fn of(new: &NewAccessKey) -> Self {
        Self { id: new.key.id.to_string(), secret: new.secret.clone(), token: None }
    }

    /// These, as signing takes them.
    pub fn credentials(&self) -> Credentials<'_> {
        Credentials {
            access_key_id: &self.id,
            secret_access_key: &self.secret,
            session_token: self.token.as_deref(),
        }
    }
}

impl<'a> Ask<'a> {
    /// A request as clients send it.
    pub fn of(keys: &'a Keys, operation: &'a str, parameters: &'a [(&'a str, &'a str)]) -> Self {
        Self {
            keys,
            signing: Signing::Header,
            signed_at: None,
            operation,
            parameters,
            headers: &[],
            added: &[],
            source_ip: "192.0.2.1".parse().unwrap(),
            transport: Transport::Tls,
        }
    }
}

impl Answer {
    fn of(answer: answer::Answer, denial: Option<String>) -> Self {
        let xml = answer.body;
        let error = |name: &str| elements(&xml, name).next().unwrap_or_default();
        let (code, message) =
            if answer.http_status == 200 { Default::default() } else { (error("Code"), error("Message")) };
        Self { status: answer.http_status, code, message, xml, denial }
    }

    fn of_json(answer: &answer::Answer, denial: Option<String>) -> Self {
        let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        let (code, message) =
            if answer.http_status == 200 { Default::default() } else { (text("__type"), text("Message")) };
        let mut xml = String::new();
        as_xml(&body, &mut xml);
        Self { status: answer.http_status, code, message, xml, denial }
    }

    /// This answer, which is a success.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!((self.status, self.outcome().as_str()), (200, "ok"));
        self
    }

    /// Checks that this is a refusal: `403 AccessDenied: …`.
    #[track_caller]
    pub fn refused(&self, expected: &str) {
        assert_eq!(self.outcome(), expected);
    }

    /// `ok`, or the status, code and text of the refusal: `403 AccessDenied: …`.
    pub fn outcome(&self) -> String {
        if self.status == 200 {
            return "ok".to_owned();
        }
        format!("{} {}: {}", self.status, self.code, self.message)
    }

    /// `ok`, or the refusal's code.
    pub fn verdict(&self) -> &str {
        if self.status == 200 { "ok" } else { &self.code }
    }

    /// The text of the first element of this name.
    #[track_caller]
    pub fn text(&self, name: &str) -> String {
        let found = elements(&self.xml, name).next();
        found.unwrap_or_else(|| panic!("no <{name}> in {}", self.xml))
    }

    /// The texts of all elements of this name, in order.
    pub fn texts(&self, name: &str) -> Vec<String> {
        elements(&self.xml, name).collect()
    }

    /// Whether there is an element of this name.
    pub fn has(&self, name: &str) -> bool {
        elements(&self.xml, name).next().is_some()
    }

    /// The credentials in the answer of `AssumeRole` and its kin, or of `CreateAccessKey`.
    #[track_caller]
    pub fn keys(&self) -> Keys {
        Keys {
            id: self.text("AccessKeyId"),
            secret: SecretAccessKey::new(self.text("SecretAccessKey")),
            token: self.has("SessionToken").then(|| self.text("SessionToken")),
        }
    }
}

/// A body of these members.
fn body_in_json(parameters: &[(&str, &str)]) -> String {
    let value = |value: &str| match value.strip_prefix("json:") {
        Some(json) => serde_json::from_str(json).unwrap(),
        None => serde_json::Value::from(value),
    };
    let members = parameters.iter().map(|(name, text)| ((*name).to_owned(), value(text)));
    serde_json::Value::Object(members.collect()).to_string()
}

/// Writes JSON as XML would have it.
fn as_xml(value: &serde_json::Value, xml: &mut String) {
    let mut element = |name: &str, value: &serde_json::Value| {
        xml.push_str(&format!("<{name}>"));
        as_xml(value, xml);
        xml.push_str(&format!("</{name}>"));
    };
    match value {
        serde_json::Value::Object(members) => members.iter().for_each(|(name, value)| element(name, value)),
        serde_json::Value::Array(values) => values.iter().for_each(|value| element("member", value)),
        serde_json::Value::String(text) => {
            xml.push_str(&text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {
            xml.push_str(&value.to_string());
        }
    }
}

fn put_all(draft: &mut Draft<'_>, owner: &str, holder: Holder<'_>, policies: &[&str]) -> Result<(), Refusal> {
    for (number, document) in policies.iter().enumerate() {
        let name = Name::new(&format!("inline-{number}")).unwrap();
        change::inline::put(draft, account(owner), holder, &name, document)?;
    }
    Ok(())
}

/// Tags as the directory takes them.
pub fn tags(pairs: &[(&str, &str)]) -> Vec<Tag> {
    pairs.iter().map(|(key, value)| Tag { key: (*key).into(), value: (*value).into() }).collect()
}

/// `/team/ana` is the user `ana` on the path `/team/`.
fn path_and_name(text: &str) -> (Path, &str) {
    match text.rfind('/') {
        None => (Path::root(), text),
        Some(at) => (Path::new(&text[..=at]).unwrap(), &text[at + 1..]),
    }
}

/// A request to `/`.
fn http<'r>(
    method: &'r str,
    query: &'r str,
    body: &'r [u8],
    headers: &'r [(&'r str, &'r [u8])],
) -> doorward_sigv4::Request<'r> {
    doorward_sigv4::Request { method, path: "/", query, headers, body }
}

fn encoded(service: &str, action: &str, parameters: &[(&str, &str)]) -> String {
    let version = match service {
        "iam" => "2010-05-08",
        "sts" => "2011-06-15",
        other => panic!("no service `{other}`"),
    };
    let fixed = [("Action", action), ("Version", version)];
    let pairs =
        fixed.iter().chain(parameters).map(|(name, value)| format!("{}={}", escape(name), escape(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let each = |byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(each).collect()
}

/// The texts of the elements of a name, tags inside them included.
fn elements(xml: &str, name: &str) -> impl Iterator<Item = String> {
    let (open, close, empty) = (format!("<{name}>"), format!("</{name}>"), format!("<{name}/>"));
    let mut rest = xml;
    std::iter::from_fn(move || {
        let start = rest.find(&open).map(|at| (at, open.len()));
        let nothing = rest.find(&empty).map(|at| (at, empty.len()));
        let (at, length) = start.into_iter().chain(nothing).min()?;
        let inner = &rest[at + length..];
        let end = if nothing == Some((at, length)) { 0 } else { inner.find(&close)? };
        rest = &inner[end..];
        Some(unescape(&inner[..end]))
    })
}

fn unescape(text: &str) -> String {
    let named =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#xD;", "\r"), ("&amp;", "&")];
    named.iter().fold(text.to_owned(), |text, (name, character)| text.replace(name, character))
}

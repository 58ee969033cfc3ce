//! Doorward, started as anybody would, with a user who may assume a role and look at it.

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use doorward_sigv4::{Credentials, Request, SecretAccessKey, Target, sign};
use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::exchange::{Asked, ask};
use crate::process::Process;

const ACCOUNT: &str = "123456789012";

const USER: &str = "arn:aws:iam::123456789012:user/visitor";
const ROLE: &str = "arn:aws:iam::123456789012:role/visited";
const SESSION: &str = "arn:aws:sts::123456789012:assumed-role/visited/visit";

/// The managed policies of the role.
const POLICIES: [&str; 3] = ["first", "second", "third"];

/// The root user's keys, which are the same each time.
const ROOT_ID: &str = "AKIABENCHDOORWARD000";
const ROOT_SECRET: &str = "bench-bench-bench-bench-bench-bench-benc";

/// Room for more than AWS's quotas.
const LIMITS: [(&str, &str); 3] = [
    ("DOORWARD_LIMITS_USERS_PER_ACCOUNT", "1000000"),
    ("DOORWARD_LIMITS_ROLES_PER_ACCOUNT", "1000000"),
    ("DOORWARD_LIMITS_POLICIES_PER_ACCOUNT", "1000000"),
];

/// What is asked of it again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// The least that a signed request can ask: its signature is verified, and nothing has to be allowed.
    GetCallerIdentity,
    /// A trust policy and a policy of the user are evaluated, and a session token is sealed.
    AssumeRole,
    /// A policy of the user is evaluated, and a role shown with its trust policy.
    GetRole,
    /// A policy of the user is evaluated, and a list of three shown.
    ListAttachedRolePolicies,
}

impl Operation {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::GetCallerIdentity, Self::AssumeRole, Self::GetRole, Self::ListAttachedRolePolicies];

    /// The service that is asked.
    fn service(self) -> &'static str {
        match self {
            Self::GetCallerIdentity | Self::AssumeRole => "sts",
            Self::GetRole | Self::ListAttachedRolePolicies => "iam",
        }
    }

    /// The parameters, and what the answer must hold.
    fn exchange(self) -> (String, String) {
        match self {
            Self::GetCallerIdentity => (String::new(), arn_element(USER)),
            Self::AssumeRole => {
                (format!("&RoleArn={}&RoleSessionName=visit", escaped(ROLE)), arn_element(SESSION))
            }
            Self::GetRole => ("&RoleName=visited".to_owned(), arn_element(ROLE)),
            Self::ListAttachedRolePolicies => (
                "&RoleName=visited".to_owned(),
                ":policy/third</PolicyArn></member></AttachedPolicies>".to_owned(),
            ),
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GetCallerIdentity => "GetCallerIdentity",
            Self::AssumeRole => "AssumeRole",
            Self::GetRole => "GetRole",
            Self::ListAttachedRolePolicies => "ListAttachedRolePolicies",
        })
    }
}

fn arn_element(arn: &str) -> String {
    format!("<Arn>{arn}</Arn>")
}

/// A running server.
pub struct Doorward {
    process: Process,
    address: SocketAddr,
    root: Keys,
}

/// An access key.
pub struct Keys {
    id: String,
    secret: SecretAccessKey,
}

impl Doorward {
    /// Starts the server, whose data is kept in this directory, or in memory for `memory`.
    ///
    /// # Errors
    /// There is no command to start, or it does not become ready.
    pub fn start(data: &Path) -> Result<Self, Box<dyn Error>> {
        let data = data.to_str().ok_or("the data directory must have a name in UTF-8")?;
        let arguments = ["serve", "--data", data, "--listen", "127.0.0.1:0", "--account", ACCOUNT];
        let root =
            [("DOORWARD_ROOT_ACCESS_KEY_ID", ROOT_ID), ("DOORWARD_ROOT_SECRET_ACCESS_KEY", ROOT_SECRET)];
        let mut process =
            Process::start(&built()?, &arguments, &[&root[..], &LIMITS].concat(), Stdio::null())?;
        let mut banner = String::new();
        while !banner.contains("\nNext: ") {
            banner.push_str(&process.line()?);
        }
        let address = between(&banner, "export AWS_ENDPOINT_URL=http://", "\n")?.parse()?;
        let root = Keys { id: ROOT_ID.to_owned(), secret: SecretAccessKey::new(ROOT_SECRET) };
        Ok(Self { process, address, root })
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.process.pid()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Makes the user and the role, through the API; the user's keys.
    ///
    /// # Errors
    /// It refuses what it is asked.
    pub fn set_up(&self) -> Result<Keys, Box<dyn Error>> {
        self.iam("CreateUser&UserName=visitor", USER)?;
        let all = r#"["sts:AssumeRole","iam:GetRole","iam:ListAttachedRolePolicies"]"#;
        let policy = escaped(&allow(all, "Resource", &format!("\"{ROLE}\"")));
        let parameters =
            format!("PutUserPolicy&UserName=visitor&PolicyName=may-visit&PolicyDocument={policy}");
        self.iam(&parameters, "<PutUserPolicyResponse")?;
        let trust = escaped(&trust(USER));
        self.iam(&format!("CreateRole&RoleName=visited&AssumeRolePolicyDocument={trust}"), ROLE)?;
        let document = escaped(&allow("\"s3:GetObject\"", "Resource", "\"*\""));
        for name in POLICIES {
            let arn = format!("arn:aws:iam::{ACCOUNT}:policy/{name}");
            self.iam(&format!("CreatePolicy&PolicyName={name}&PolicyDocument={document}"), &arn)?;
            let parameters = format!("AttachRolePolicy&RoleName=visited&PolicyArn={}", escaped(&arn));
            self.iam(&parameters, "<AttachRolePolicyResponse")?;
        }
        let key = self.iam("CreateAccessKey&UserName=visitor", "<Status>Active</Status>")?;
        Ok(Keys {
            id: between(&key, "<AccessKeyId>", "</AccessKeyId>")?.to_owned(),
            secret: SecretAccessKey::new(between(&key, "<SecretAccessKey>", "</SecretAccessKey>")?),
        })
    }

    /// A request of the user with these keys, signed now.
    ///
    /// # Errors
    /// It cannot be signed.
    pub fn request(&self, keys: &Keys, operation: Operation) -> Result<Asked, Box<dyn Error>> {
        let version = if operation.service() == "sts" { "2011-06-15" } else { "2010-05-08" };
        let (parameters, expected) = operation.exchange();
        let body = format!("Action={operation}&Version={version}{parameters}");
        let message = signed(self.address, keys, operation.service(), &body)?;
        Ok(Asked { address: self.address, message, expected })
    }

    /// A request of the root user to IAM, signed now: an action with its parameters.
    ///
    /// # Errors
    /// It cannot be signed.
    pub fn iam_request(&self, parameters: &str, expected: &str) -> Result<Asked, Box<dyn Error>> {
        let body = format!("Version=2010-05-08&Action={parameters}");
        let message = signed(self.address, &self.root, "iam", &body)?;
        Ok(Asked { address: self.address, message, expected: expected.to_owned() })
    }

    /// The body of the answer to such a request.
    ///
    /// # Errors
    /// It is refused, or answered without what is expected.
    pub fn iam(&self, parameters: &str, expected: &str) -> Result<String, Box<dyn Error>> {
        Ok(ask(&self.iam_request(parameters, expected)?)?.body)
    }
}

/// The command, built as it is in the checkout if Cargo runs this program, and otherwise as it was.
fn built() -> Result<PathBuf, Box<dyn Error>> {
    if let Some(cargo) = std::env::var_os("CARGO") {
        let mut build = Command::new(cargo);
        build.args(["build", "--quiet", "--release", "--package", "doorward"]);
        if !build.current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).status()?.success() {
            return Err("the command `doorward` cannot be built".into());
        }
    }
    Ok(std::env::current_exe()?.with_file_name("doorward"))
}

/// A trust policy that lets a principal in.
fn trust(principal: &str) -> String {
    allow("\"sts:AssumeRole\"", "Principal", &format!("{{\"AWS\":\"{principal}\"}}"))
}

/// A trust policy that lets everybody in whom the account lets.
pub fn trust_in_account() -> String {
    trust(&format!("arn:aws:iam::{ACCOUNT}:root"))
}

/// A policy that allows actions: on a resource, or to a principal.
pub fn allow(actions: &str, element: &str, value: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":{actions},"{element}":{value}}}}}"#
    )
}

/// A request with this form as its body, signed: the bytes to send.
fn signed(address: SocketAddr, keys: &Keys, service: &str, body: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let (host, length) = (address.to_string(), body.len().to_string());
    let mut headers: Vec<(&str, &[u8])> = vec![
        ("host", host.as_bytes()),
        ("content-type", b"application/x-www-form-urlencoded; charset=utf-8"),
        ("content-length", length.as_bytes()),
    ];
    let credentials =
        Credentials { access_key_id: &keys.id, secret_access_key: &keys.secret, session_token: None };
    let request = Request { method: "POST", path: "/", query: "", headers: &headers, body: body.as_bytes() };
    let added = sign(&request, &credentials, &Target::of(service, "us-east-1"), Timestamp::now())?;
    headers.extend(added.iter().map(|(name, value)| (*name, value.as_bytes())));
    let mut message = b"POST / HTTP/1.1\r\n".to_vec();
    for (name, value) in headers {
        message.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    message.extend(b"\r\n");
    message.extend(body.bytes());
    Ok(message)
}

/// A value of a form.
pub fn escaped(value: &str) -> String {
    utf8_percent_encode(value, NON_ALPHANUMERIC).to_string()
}

/// What stands in a text between two marks.
///
/// # Errors
/// It has not both.
pub fn between<'t>(text: &'t str, before: &str, after: &str) -> Result<&'t str, Box<dyn Error>> {
    let rest = text.split_once(before).map(|(_, rest)| rest);
    let value = rest.and_then(|rest| rest.split_once(after)).map(|(value, _)| value);
    value.ok_or_else(|| format!("the server did not say `{before}`").into())
}

//! Doorward, started as anybody would, with a user who may assume a role.

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

/// What is asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// The least that a signed request can ask: its signature is verified, and nothing has to be allowed.
    GetCallerIdentity,
    /// A trust policy and a policy of the user are evaluated, and a session token is sealed.
    AssumeRole,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GetCallerIdentity => "GetCallerIdentity",
            Self::AssumeRole => "AssumeRole",
        })
    }
}

/// A running server, in memory.
pub struct Doorward {
    process: Process,
    address: SocketAddr,
    /// The user's keys.
    visitor: Keys,
}

struct Keys {
    id: String,
    secret: SecretAccessKey,
}

impl Doorward {
    /// Starts the server and makes the user and the role, through the API.
    ///
    /// # Errors
    /// There is no command to start, it does not become ready, or refuses what it is asked.
    pub fn start() -> Result<Self, Box<dyn Error>> {
        let arguments = ["serve", "--data", "memory", "--listen", "127.0.0.1:0", "--account", ACCOUNT];
        let mut process = Process::start(&built()?, &arguments, Stdio::null())?;
        let mut banner = String::new();
        while !banner.contains("\nNext: ") {
            banner.push_str(&process.line()?);
        }
        let address = between(&banner, "export AWS_ENDPOINT_URL=http://", "\n")?.parse()?;
        let root = Keys {
            id: between(&banner, "export AWS_ACCESS_KEY_ID=", "\n")?.to_owned(),
            secret: SecretAccessKey::new(between(&banner, "export AWS_SECRET_ACCESS_KEY=", "\n")?),
        };
        let visitor = set_up(address, &root)?;
        Ok(Self { process, address, visitor })
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.process.pid()
    }

    /// The user's request, signed now.
    ///
    /// # Errors
    /// It cannot be signed.
    pub fn request(&self, operation: Operation) -> Result<Asked, Box<dyn Error>> {
        let (parameters, arn) = match operation {
            Operation::GetCallerIdentity => (String::new(), USER),
            Operation::AssumeRole => (format!("&RoleArn={}&RoleSessionName=visit", escaped(ROLE)), SESSION),
        };
        let body = format!("Action={operation}&Version=2011-06-15{parameters}");
        let message = signed(self.address, &self.visitor, "sts", &body)?;
        Ok(Asked { address: self.address, message, expected: format!("<Arn>{arn}</Arn>") })
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

/// Makes the user and the role; the user's keys.
fn set_up(address: SocketAddr, root: &Keys) -> Result<Keys, Box<dyn Error>> {
    let iam = |parameters: &str, expected: &str| -> Result<String, Box<dyn Error>> {
        let message = signed(address, root, "iam", &format!("Version=2010-05-08&Action={parameters}"))?;
        Ok(ask(&Asked { address, message, expected: expected.to_owned() })?.body)
    };
    iam("CreateUser&UserName=visitor", USER)?;
    let policy = escaped(&allow("Resource", &format!("\"{ROLE}\"")));
    let parameters = format!("PutUserPolicy&UserName=visitor&PolicyName=may-assume&PolicyDocument={policy}");
    iam(&parameters, "<PutUserPolicyResponse")?;
    let trust = escaped(&allow("Principal", &format!("{{\"AWS\":\"{USER}\"}}")));
    iam(&format!("CreateRole&RoleName=visited&AssumeRolePolicyDocument={trust}"), ROLE)?;
    let key = iam("CreateAccessKey&UserName=visitor", "<Status>Active</Status>")?;
    Ok(Keys {
        id: between(&key, "<AccessKeyId>", "</AccessKeyId>")?.to_owned(),
        secret: SecretAccessKey::new(between(&key, "<SecretAccessKey>", "</SecretAccessKey>")?),
    })
}

/// A policy that allows `sts:AssumeRole`: on a resource, or to a principal.
fn allow(element: &str, value: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"sts:AssumeRole","{element}":{value}}}}}"#
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
fn escaped(value: &str) -> String {
    utf8_percent_encode(value, NON_ALPHANUMERIC).to_string()
}

/// What stands in a text between two marks.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Result<&'t str, Box<dyn Error>> {
    let rest = text.split_once(before).map(|(_, rest)| rest);
    let value = rest.and_then(|rest| rest.split_once(after)).map(|(value, _)| value);
    value.ok_or_else(|| format!("the server did not say `{before}`").into())
}

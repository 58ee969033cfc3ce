//! Asking a running server through its administrative door.

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use bytes::Bytes;
use doorward_server::administration::{CONTENT_TYPE, Operation, SIGNING_NAME, TARGET, TARGET_PREFIX};
use doorward_server::client;
use doorward_server::tls::Trust;
use doorward_sigv4::{Credentials as Signer, Request, Target, sign};
use http::StatusCode;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::credentials::{Credentials, ROOT_PROFILE};
use crate::serve::ServerFile;

/// How long the server may take to connect, to answer, and to go on answering.
const PATIENCE: Duration = Duration::from_secs(30);

/// The longest refusal that is read, in bytes.
const REFUSAL_BYTES_MAX: u64 = 64 * 1024;

/// The region that requests are signed for. The door accepts any.
const REGION: &str = "us-east-1";

/// An error as the door answers it.
#[derive(serde::Deserialize)]
struct Refusal {
    #[serde(rename = "__type")]
    code: String,
    #[serde(rename = "Message")]
    message: String,
}

/// Asks the server of a data directory, as the root user of the management account.
///
/// # Errors
/// The server cannot be reached or refuses, or there is no root profile in the credentials file.
pub fn ask<T: DeserializeOwned>(directory: &Path, operation: Operation, input: &impl Serialize) -> Result<T> {
    let mut answer = Vec::new();
    receive(directory, operation, input, |body| Ok(body.read_to_end(&mut answer).map(drop)?))?;
    serde_json::from_slice(&answer).context("the server's answer cannot be read")
}

/// Asks the server of a data directory, as the root user of the management account, and hands the body of its answer
/// over while it comes.
///
/// # Errors
/// Those of [`ask`], and that of `take`.
pub fn receive(
    directory: &Path,
    operation: Operation,
    input: &impl Serialize,
    take: impl FnOnce(&mut dyn Read) -> Result<()>,
) -> Result<()> {
    let server = ServerFile::read(directory)
        .context("a server or another command uses the data directory, and does not say where it listens")?;
    let file = Credentials::of(directory);
    let keys = file.profile(ROOT_PROFILE)?.with_context(|| {
        format!("there is no profile `{ROOT_PROFILE}` in `{}` to sign with", file.path().display())
    })?;
    let (body, host) = (serde_json::to_vec(input)?, server.address.to_string());
    let (target_header, target) = (TARGET, format!("{TARGET_PREFIX}{}", operation.name()));
    let headers: [(&str, &[u8]); 3] = [
        ("host", host.as_bytes()),
        ("content-type", CONTENT_TYPE.as_bytes()),
        (target_header.as_str(), target.as_bytes()),
    ];
    let request = Request { method: "POST", path: "/", query: "", headers: &headers, body: &body };
    let signer = Signer {
        access_key_id: &keys.access_key_id,
        secret_access_key: &keys.secret_access_key,
        session_token: None,
    };
    let added = sign(&request, &signer, &Target::of(SIGNING_NAME, REGION), Timestamp::now())?;
    let mut request = http::Request::post("/");
    for (name, value) in headers {
        request = request.header(name, value);
    }
    for (name, value) in &added {
        request = request.header(*name, value);
    }
    let request = request.body(Bytes::from(body))?;
    let trust = server.certificate.as_deref();
    let trust = trust.map(|certificate| Trust::pinned(certificate, server.address.ip())).transpose()?;
    let asked = || format!("asking the server at {}", server.address);
    let answer = client::ask(&[server.address], trust.as_ref(), request, PATIENCE).with_context(asked)?;
    let (head, mut body) = answer.into_parts();
    if head.status == StatusCode::OK {
        return take(&mut body);
    }
    let mut answer = Vec::new();
    body.take(REFUSAL_BYTES_MAX).read_to_end(&mut answer).with_context(asked)?;
    let refusal: Refusal = serde_json::from_slice(&answer)
        .with_context(|| format!("the server answered with status {}", head.status))?;
    bail!("{}: {}", refusal.code, refusal.message)
}

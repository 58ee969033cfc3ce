//! Asking a running server through its administrative door.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use doorward_server::administration::{CONTENT_TYPE, Operation, SIGNING_NAME, TARGET, TARGET_PREFIX};
use doorward_server::tls::pinned_client;
use doorward_sigv4::{Credentials as Signer, Request, Target, sign};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::credentials::{Credentials, ROOT_PROFILE};
use crate::serve::ServerFile;

/// How long the server may take to connect, and to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// The longest line in the head of an answer.
const HEAD_BYTES_MAX: u64 = 16 * 1024;

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
    let mut headers: Vec<(&str, &[u8])> = vec![
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
    headers.extend(added.iter().map(|(name, value)| (*name, value.as_bytes())));
    let asked = || format!("asking the server at {}", server.address);
    let mut stream = BufReader::new(send(&server, &headers, &body).with_context(asked)?);
    let status = status(&mut stream).with_context(asked)?;
    if status == 200 {
        return take(&mut stream);
    }
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).with_context(asked)?;
    let refusal: Refusal = serde_json::from_slice(&answer)
        .with_context(|| format!("the server answered with status {status}"))?;
    bail!("{}: {}", refusal.code, refusal.message)
}

/// Something to read from and to write to.
trait Stream: Read + Write {}

impl<T: Read + Write> Stream for T {}

/// Sends one request, to whose answer there is nothing after it on the connection.
fn send(server: &ServerFile, headers: &[(&str, &[u8])], body: &[u8]) -> Result<Box<dyn Stream>> {
    let stream = TcpStream::connect_timeout(&server.address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut stream: Box<dyn Stream> = match &server.certificate {
        None => Box::new(stream),
        Some(certificate) => {
            let connection = pinned_client(certificate, server.address.ip())?;
            Box::new(rustls::StreamOwned::new(connection, stream))
        }
    };
    // In this version a body of unknown length comes as it is, and ends with the connection.
    let mut message = b"POST / HTTP/1.0\r\n".to_vec();
    for (name, value) in headers {
        message.extend_from_slice(name.as_bytes());
        message.extend_from_slice(b": ");
        message.extend_from_slice(value);
        message.extend_from_slice(b"\r\n");
    }
    message.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
    message.extend_from_slice(body);
    stream.write_all(&message)?;
    stream.flush()?;
    Ok(stream)
}

/// The status of an answer, whose head is read to its end.
fn status(answer: &mut impl BufRead) -> Result<u16> {
    let mut head = String::new();
    // An empty line ends the head, and so does the end of the connection.
    while answer.by_ref().take(HEAD_BYTES_MAX).read_line(&mut head)? > 2 {}
    let whole = head.ends_with("\r\n\r\n");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    status.filter(|_| whole).context("the server did not answer in HTTP")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_split() {
        for (answer, expected) in [
            ("HTTP/1.1 200 OK\r\na: b\r\n\r\nbody", Some((200, "body"))),
            ("HTTP/1.1 403 Forbidden\r\n\r\n", Some((403, ""))),
            ("HTTP/1.1 200 OK\r\n", None),
            ("nothing of the kind\r\n\r\n", None),
            ("", None),
        ] {
            let mut rest = answer.as_bytes();
            let status = status(&mut rest).ok();
            assert_eq!(status, expected.map(|(status, _)| status), "{answer}");
            if let Some((_, body)) = expected {
                assert_eq!(rest, body.as_bytes(), "{answer}");
            }
        }
    }
}

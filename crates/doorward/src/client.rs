//! Asking a running server through its administrative door.

use std::io::{Read, Write};
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
    let (status, answer) =
        send(&server, &headers, &body).with_context(|| format!("asking the server at {}", server.address))?;
    if status == 200 {
        return serde_json::from_slice(&answer).context("the server's answer cannot be read");
    }
    let refusal: Refusal = serde_json::from_slice(&answer)
        .with_context(|| format!("the server answered with status {status}"))?;
    bail!("{}: {}", refusal.code, refusal.message)
}

/// Sends one request; the status and body of the answer.
fn send(server: &ServerFile, headers: &[(&str, &[u8])], body: &[u8]) -> Result<(u16, Vec<u8>)> {
    let stream = TcpStream::connect_timeout(&server.address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    match &server.certificate {
        None => exchange(stream, headers, body),
        Some(certificate) => {
            let connection = pinned_client(certificate, server.address.ip())?;
            exchange(rustls::StreamOwned::new(connection, stream), headers, body)
        }
    }
}

/// One request and its answer, after which the server closes the connection.
fn exchange(mut stream: impl Read + Write, headers: &[(&str, &[u8])], body: &[u8]) -> Result<(u16, Vec<u8>)> {
    let mut message = b"POST / HTTP/1.1\r\n".to_vec();
    for (name, value) in headers {
        message.extend_from_slice(name.as_bytes());
        message.extend_from_slice(b": ");
        message.extend_from_slice(value);
        message.extend_from_slice(b"\r\n");
    }
    message
        .extend_from_slice(format!("content-length: {}\r\nconnection: close\r\n\r\n", body.len()).as_bytes());
    message.extend_from_slice(body);
    stream.write_all(&message)?;
    stream.flush()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    split(&answer).context("the server did not answer in HTTP")
}

/// The status and body of an answer that was read to its end.
fn split(answer: &[u8]) -> Option<(u16, Vec<u8>)> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let (head, body) = answer.split_at_checked(end + 4)?;
    let status = std::str::from_utf8(head).ok()?.split(' ').nth(1)?.parse().ok()?;
    Some((status, body.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_split() {
        for (answer, expected) in [
            ("HTTP/1.1 200 OK\r\na: b\r\n\r\nbody", Some((200, b"body".to_vec()))),
            ("HTTP/1.1 403 Forbidden\r\n\r\n", Some((403, vec![]))),
            ("HTTP/1.1 200 OK\r\n", None),
            ("", None),
        ] {
            assert_eq!(split(answer.as_bytes()), expected, "{answer}");
        }
    }
}

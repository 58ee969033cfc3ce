//! A master key that HashiCorp Vault holds, or whatever else speaks its transit API: it wraps the data keys, and never
//! leaves. Vault is asked at the start and when keys change, and not to answer requests.
//!
//! Source: <https://developer.hashicorp.com/vault/api-docs/secret/transit#encrypt-data>,
//! <https://developer.hashicorp.com/vault/api-docs/secret/transit#decrypt-data>,
//! <https://developer.hashicorp.com/vault/api-docs#http-status-codes>

use std::io::Read as _;
use std::net::ToSocketAddrs as _;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use doorward_directory::seal::{Reach, Wrap, WrapFailed};
use doorward_server::client;
use doorward_server::tls::Trust;
use http::header::{CONTENT_TYPE, HOST};
use http::{HeaderValue, Request};
use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

use crate::config::{VaultSettings, VaultToken};

/// How long Vault may take to connect, to answer, and to go on answering.
const PATIENCE: Duration = Duration::from_secs(5);

/// The longest answer that is read, in bytes.
const ANSWER_BYTES_MAX: u64 = 1 << 20;

/// A key of Vault's transit engine.
pub struct Vault {
    settings: VaultSettings,
    name: String,
}

/// An answer of Vault's: data, or errors.
#[derive(Default, Deserialize)]
struct Answer {
    data: Option<Output>,
    #[serde(default)]
    errors: Vec<String>,
}

#[derive(Deserialize)]
struct Output {
    ciphertext: Option<String>,
    #[serde(default, deserialize_with = "conceal")]
    plaintext: Option<Zeroizing<String>>,
}

fn conceal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Zeroizing<String>>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.map(Zeroizing::new))
}

impl Vault {
    /// The key that these settings name. Asks nothing yet.
    pub fn new(settings: VaultSettings) -> Self {
        let namespace = settings.namespace.as_deref().map(|name| format!("{name}/")).unwrap_or_default();
        let name = format!("vault/{namespace}{}/{}", settings.mount, settings.key);
        Self { settings, name }
    }

    /// Asks the transit engine to do something with the key.
    fn ask(&self, what: &str, field: &str, value: &str) -> Result<Output, WrapFailed> {
        let VaultSettings { address, mount, key, .. } = &self.settings;
        let fail = |reason: String| WrapFailed::Service(format!("Vault at `{address}`: {reason}"));
        let body = Zeroizing::new(serde_json::json!({ field: value }).to_string());
        let path = format!("/v1/{mount}/{what}/{key}");
        let (status, answer) =
            self.exchange(&path, body.as_bytes()).map_err(|error| fail(format!("{error:#}")))?;
        let parsed: Option<Answer> = serde_json::from_slice(&answer).ok();
        if status == 200 {
            let data = parsed.and_then(|answer| answer.data);
            return data.ok_or_else(|| fail(format!("its answer to `{path}` cannot be read")));
        }
        let said = parsed.map(|answer| answer.errors.join("; ").replace('\n', " ")).unwrap_or_default();
        let meaning = match status {
            400 => "it refuses the request",
            403 => "the token may not use the key, or has ended",
            404 => "there is no such engine or key",
            307 | 429 | 472 | 473 => "it is a standby, give the address of the active server",
            503 => "it is sealed, or under maintenance",
            _ => "it fails",
        };
        let said = if said.is_empty() { said } else { format!(": {said}") };
        Err(fail(format!("{meaning} (status {status}, `{path}`){said}")))
    }

    fn exchange(&self, path: &str, body: &[u8]) -> anyhow::Result<(u16, Zeroizing<Vec<u8>>)> {
        let address = Address::of(&self.settings.address).context("the address names no host")?;
        let trust = match (&self.settings.ca, address.encrypted) {
            (_, false) => None,
            (Some(ca), true) => Some(Trust::issued(ca, address.host)?),
            (None, true) => bail!("no `master_key.vault.ca` is given"),
        };
        let addresses: Vec<_> = (address.host, address.port).to_socket_addrs()?.collect();
        let request = self.request(&address, path, body)?;
        let (head, body) = client::ask(&addresses, trust.as_ref(), request, PATIENCE)?.into_parts();
        let mut answer = Zeroizing::new(Vec::with_capacity(8192));
        body.take(ANSWER_BYTES_MAX).read_to_end(&mut answer)?;
        Ok((head.status.as_u16(), answer))
    }

    fn request(&self, address: &Address<'_>, path: &str, body: &[u8]) -> anyhow::Result<Request<Bytes>> {
        let token = match &self.settings.token {
            VaultToken::Environment(token) => token.clone(),
            VaultToken::File(file) => {
                let read = std::fs::read_to_string(file);
                Zeroizing::new(read.with_context(|| format!("cannot read `{}`", file.display()))?)
            }
        };
        let token = token.trim();
        ensure!(
            !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic()),
            "its token is empty, or has characters that no token has"
        );
        let mut token = HeaderValue::from_str(token)?;
        token.set_sensitive(true);
        let mut request = Request::post(path)
            .header(HOST, address.authority)
            .header("x-vault-request", "true")
            .header("x-vault-token", token)
            .header(CONTENT_TYPE, "application/json");
        if let Some(namespace) = &self.settings.namespace {
            request = request.header("x-vault-namespace", namespace);
        }
        Ok(request.body(Bytes::copy_from_slice(body))?)
    }
}

/// Where an address leads: `https://host:port`.
pub struct Address<'a> {
    authority: &'a str,
    host: &'a str,
    port: u16,
    encrypted: bool,
}

impl<'a> Address<'a> {
    /// The address that a text says. Not encrypted only to this machine: a token goes there.
    pub fn of(text: &'a str) -> Option<Self> {
        let (encrypted, authority) = match text.strip_prefix("https://") {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix("http://")?),
        };
        let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte);
        if authority.is_empty() || !authority.bytes().all(sound) {
            return None;
        }
        let after = authority.rfind(']').unwrap_or(0);
        let (host, port) = match authority.get(after..)?.rfind(':') {
            Some(colon) => {
                (authority.get(..after + colon)?, authority.get(after + colon + 1..)?.parse().ok()?)
            }
            None => (authority, 8200),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let here = matches!(host, "localhost" | "127.0.0.1" | "::1");
        (!host.is_empty() && (encrypted || here)).then_some(Self { authority, host, port, encrypted })
    }

    /// Whether connections to it are encrypted.
    pub const fn is_encrypted(&self) -> bool {
        self.encrypted
    }
}

impl Wrap for Vault {
    fn name(&self) -> &str {
        &self.name
    }

    fn wrap(&self, key: &[u8]) -> Result<Vec<u8>, WrapFailed> {
        let plaintext = Zeroizing::new(STANDARD.encode(key));
        let sealed = self.ask("encrypt", "plaintext", &plaintext)?.ciphertext;
        let malformed = || WrapFailed::Service("Vault answered without a ciphertext".to_owned());
        let sealed = sealed.filter(|text| text.starts_with("vault:v")).ok_or_else(malformed)?;
        Ok(sealed.into_bytes())
    }

    fn open(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, WrapFailed> {
        let ciphertext = std::str::from_utf8(wrapped).map_err(|_| WrapFailed::Broken)?;
        let plaintext = self.ask("decrypt", "ciphertext", ciphertext)?.plaintext;
        let malformed = || WrapFailed::Service("Vault answered without a plaintext in base64".to_owned());
        let plain = plaintext.and_then(|text| STANDARD.decode(text.as_bytes()).ok());
        plain.map(Zeroizing::new).ok_or_else(malformed)
    }

    fn reach(&self) -> Reach {
        Reach::Service
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::TcpListener;

    use doorward_directory::random::SystemRandom;
    use doorward_directory::seal::Sealer;

    use super::*;

    /// What a server of these tests answers: a status and a body.
    type Answers = Vec<(u16, &'static str)>;

    /// A transit engine that answers as it is told, and hands over what it was asked: method and path, headers, body.
    fn served(answers: Answers) -> (String, std::thread::JoinHandle<Vec<[String; 3]>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let serve = move || {
            let mut asked = Vec::new();
            for (status, body) in answers {
                let (stream, _) = listener.accept().unwrap();
                let mut lines = BufReader::new(stream);
                let (mut first, mut headers, mut length) = (String::new(), String::new(), 0);
                lines.read_line(&mut first).unwrap();
                loop {
                    let mut line = String::new();
                    lines.read_line(&mut line).unwrap();
                    if line == "\r\n" {
                        break;
                    }
                    if let Some(digits) = line.to_lowercase().strip_prefix("content-length: ") {
                        length = digits.trim().parse().unwrap();
                    }
                    headers.push_str(&line);
                }
                let mut given = vec![0; length];
                lines.read_exact(&mut given).unwrap();
                let length = body.len();
                let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n\r\n{body}");
                lines.into_inner().write_all(answer.as_bytes()).unwrap();
                asked.push([first, headers, String::from_utf8(given).unwrap()]);
            }
            asked
        };
        (address, std::thread::spawn(serve))
    }

    fn vault(address: &str, namespace: Option<&str>) -> Vault {
        Vault::new(VaultSettings {
            address: address.to_owned(),
            key: "doorward".to_owned(),
            mount: "transit".to_owned(),
            token: VaultToken::Environment(Zeroizing::new("hvs.token".to_owned())),
            ca: None,
            namespace: namespace.map(str::to_owned),
        })
    }

    /// Requests and answers as the documentation shows them.
    ///
    /// Source: <https://developer.hashicorp.com/vault/api-docs/secret/transit#decrypt-data>
    #[test]
    fn what_goes_over_the_wire() {
        let sealed = r#"{"data": {"ciphertext": "vault:v1:abcdefgh", "key_version": 1}, "lease_id": ""}"#;
        let opened = r#"{"data": {"plaintext": "dGhlIHF1aWNrIGJyb3duIGZveAo="}}"#;
        let (address, server) = served(vec![(200, sealed), (200, opened)]);
        let vault = vault(&address, Some("team/a"));
        assert_eq!(vault.name(), "vault/team/a/transit/doorward");
        assert_eq!(vault.wrap(b"the quick brown fox\n").unwrap(), b"vault:v1:abcdefgh");
        assert_eq!(*vault.open(b"vault:v1:abcdefgh").unwrap(), b"the quick brown fox\n");
        let asked = server.join().unwrap();
        let host = address.strip_prefix("http://").unwrap();
        for ([first, headers, body], (path, expected)) in asked.iter().zip([
            ("encrypt", r#"{"plaintext":"dGhlIHF1aWNrIGJyb3duIGZveAo="}"#),
            ("decrypt", r#"{"ciphertext":"vault:v1:abcdefgh"}"#),
        ]) {
            assert_eq!(first, &format!("POST /v1/transit/{path}/doorward HTTP/1.1\r\n"));
            for header in ["x-vault-token: hvs.token", "x-vault-namespace: team/a", "x-vault-request: true"] {
                assert!(headers.contains(&format!("{header}\r\n")), "{header} in {headers}");
            }
            assert!(headers.starts_with(&format!("host: {host}\r\n")), "{headers}");
            assert_eq!(body, expected);
        }
    }

    /// Source: <https://developer.hashicorp.com/vault/api-docs#error-response>
    #[test]
    fn errors_say_what_to_do() {
        for (status, body, expected) in [
            (
                400,
                r#"{"errors": ["invalid ciphertext: no prefix"]}"#,
                "it refuses the request (status 400, PATH): invalid ciphertext: no prefix",
            ),
            (
                403,
                r#"{"errors": ["permission denied"]}"#,
                "the token may not use the key, or has ended (status 403, PATH): permission denied",
            ),
            (404, r#"{"errors": []}"#, "there is no such engine or key (status 404, PATH)"),
            (
                503,
                r#"{"errors": ["Vault is sealed"]}"#,
                "it is sealed, or under maintenance (status 503, PATH): Vault is sealed",
            ),
            (307, "", "it is a standby, give the address of the active server (status 307, PATH)"),
            (500, "<html>", "it fails (status 500, PATH)"),
            (200, "<html>", "its answer to PATH cannot be read"),
            (200, "{}", "its answer to PATH cannot be read"),
        ] {
            let (address, server) = served(vec![(status, body)]);
            let error = vault(&address, None).open(b"vault:v1:x").unwrap_err().to_string();
            let expected = expected.replace("PATH", "`/v1/transit/decrypt/doorward`");
            assert_eq!(error, format!("Vault at `{address}`: {expected}"));
            server.join().unwrap();
        }
        for (body, what) in
            [(r#"{"data": {}}"#, "a ciphertext"), (r#"{"data": {"ciphertext": "x"}}"#, "a ciphertext")]
        {
            let (address, server) = served(vec![(200, body)]);
            let error = vault(&address, None).wrap(b"x").unwrap_err().to_string();
            assert_eq!(error, format!("Vault answered without {what}"));
            server.join().unwrap();
        }
        let (address, server) = served(vec![(200, r#"{"data": {"plaintext": "-"}}"#)]);
        assert!(vault(&address, None).open(b"vault:v1:x").is_err());
        server.join().unwrap();
        // Nobody listens there any more.
        let refused = vault(&address, None).wrap(b"x").unwrap_err().to_string();
        assert!(refused.starts_with(&format!("Vault at `{address}`: ")), "{refused}");
    }

    #[test]
    fn addresses_are_encrypted_or_of_this_machine() {
        for (text, expected) in [
            ("https://vault.example.com", Some(("vault.example.com", 8200, true))),
            ("https://vault.example.com:443", Some(("vault.example.com", 443, true))),
            ("https://[fd00::1]:8200", Some(("fd00::1", 8200, true))),
            ("http://127.0.0.1:8200", Some(("127.0.0.1", 8200, false))),
            ("http://[::1]", Some(("::1", 8200, false))),
            ("http://vault.example.com", None),
            ("https://", None),
            ("https://vault.example.com/v1", None),
            ("https://vault.example.com:x", None),
            ("vault.example.com", None),
        ] {
            let address = Address::of(text).map(|found| (found.host, found.port, found.encrypted));
            assert_eq!(address, expected, "{text}");
        }
    }

    #[test]
    fn a_sealer_has_the_name_of_its_key() {
        let sealer = Sealer::under(
            std::sync::Arc::new(vault("http://127.0.0.1", None)),
            std::sync::Arc::new(SystemRandom),
        );
        assert_eq!(sealer.master(), "vault/transit/doorward");
    }
}

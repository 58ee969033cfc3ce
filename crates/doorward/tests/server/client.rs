//! A client that can also be wrong: requests as text, over connections that are kept.

use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};

use doorward_sigv4::{Credentials, Request, SecretAccessKey, Target, sign};
use jiff::Timestamp;

pub const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

/// An access key.
#[derive(Clone, Debug)]
pub struct Keys {
    pub id: String,
    pub secret: String,
    pub token: Option<String>,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// The text of an element of an XML body.
    pub fn element(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(&format!("<{name}>"))?;
        Some(rest.split_once(&format!("</{name}>"))?.0)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// A connection, kept for many requests.
pub struct Client {
    stream: BufReader<TcpStream>,
    host: String,
}

/// What to send, and how to sign it.
pub struct Asked<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub query: &'a str,
    pub content_type: &'a str,
    pub headers: &'a [(&'a str, &'a str)],
    pub body: &'a [u8],
    pub service: &'a str,
    pub now: Timestamp,
}

impl Default for Asked<'_> {
    fn default() -> Self {
        Self {
            method: "POST",
            path: "/",
            query: "",
            content_type: FORM,
            headers: &[],
            body: b"",
            service: "iam",
            now: Timestamp::now(),
        }
    }
}

impl Client {
    pub fn to(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(std::time::Duration::from_secs(60)))?;
        Ok(Self { stream: BufReader::new(stream), host: address.to_string() })
    }

    /// Sends bytes as they are, and reads an answer.
    pub fn raw(&mut self, message: &[u8]) -> Result<Answer> {
        self.send(message)?;
        self.answer()
    }

    pub fn send(&mut self, message: &[u8]) -> Result<()> {
        self.stream.get_mut().write_all(message)
    }

    /// Signs a request; its text. The `host` header is first.
    pub fn signed(&self, keys: &Keys, asked: &Asked<'_>) -> Vec<u8> {
        let mut headers: Vec<(&str, &[u8])> = vec![("host", self.host.as_bytes())];
        if !asked.body.is_empty() {
            headers.push(("content-type", asked.content_type.as_bytes()));
        }
        headers.extend(asked.headers.iter().map(|(name, value)| (*name, value.as_bytes())));
        let secret = SecretAccessKey::new(keys.secret.as_str());
        let credentials = Credentials {
            access_key_id: &keys.id,
            secret_access_key: &secret,
            session_token: keys.token.as_deref(),
        };
        let Asked { method, path, query, body, .. } = *asked;
        let request = Request { method, path, query, headers: &headers, body };
        let added = sign(&request, &credentials, &Target::of(asked.service, "us-east-1"), asked.now).unwrap();
        headers.extend(added.iter().map(|(name, value)| (*name, value.as_bytes())));
        message(asked, &headers)
    }

    pub fn ask(&mut self, keys: &Keys, asked: &Asked<'_>) -> Result<Answer> {
        self.raw(&self.signed(keys, asked))
    }

    /// An IAM operation, by its parameters.
    pub fn iam(&mut self, keys: &Keys, parameters: &str) -> Result<Answer> {
        let body = format!("Version=2010-05-08&Action={parameters}");
        self.ask(keys, &Asked { body: body.as_bytes(), ..Asked::default() })
    }

    /// `GetCallerIdentity`.
    pub fn whoami(&mut self, keys: &Keys) -> Result<Answer> {
        let body = b"Action=GetCallerIdentity&Version=2011-06-15";
        self.ask(keys, &Asked { body, service: "sts", ..Asked::default() })
    }

    /// Reads an answer.
    pub fn answer(&mut self) -> Result<Answer> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.stream.read_line(&mut head)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            if head == "HTTP/1.1 100 Continue\r\n\r\n" {
                return Ok(Answer { status: 100, head, body: String::new() });
            }
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut answer = Answer { status, head, body: String::new() };
        let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        answer.body = String::from_utf8(body).unwrap();
        Ok(answer)
    }

    /// Whether the server has closed the connection.
    pub fn is_closed(&mut self) -> bool {
        matches!(self.stream.read(&mut [0]), Ok(0) | Err(_))
    }
}

/// The text of a request.
pub fn message(asked: &Asked<'_>, headers: &[(&str, &[u8])]) -> Vec<u8> {
    let query = if asked.query.is_empty() { String::new() } else { format!("?{}", asked.query) };
    let mut text = format!("{} {}{query} HTTP/1.1\r\n", asked.method, asked.path).into_bytes();
    for (name, value) in headers {
        text.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    if asked.method != "GET" && asked.method != "HEAD" {
        text.extend(format!("content-length: {}\r\n", asked.body.len()).bytes());
    }
    text.extend(b"\r\n");
    text.extend(asked.body);
    text
}

//! A request that owns its parts, as it is read from a data file or put together by a test.

use doorward_sigv4::Request;
use jiff::Timestamp;
use serde::Deserialize;

/// The secret of AWS's published examples.
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

#[derive(Clone, Debug, Deserialize)]
pub struct Wire {
    pub method: String,
    pub path: String,
    pub query: String,
    pub headers: Vec<(String, String)>,
    #[serde(default)]
    pub body: String,
    #[serde(default)]
    pub body_base64: String,
}

impl Wire {
    pub fn post(service: &str, body: &str) -> Self {
        Self {
            method: "POST".to_owned(),
            path: "/".to_owned(),
            query: String::new(),
            headers: vec![
                ("Host".to_owned(), format!("{service}.example.com")),
                ("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned()),
            ],
            body: body.to_owned(),
            body_base64: String::new(),
        }
    }

    /// Lends the request to `check`; a body in base64 stands for one that is not text.
    pub fn with<T>(&self, check: impl FnOnce(&Request<'_>) -> T) -> T {
        let headers: Vec<(&str, &[u8])> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        let decoded = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, &self.body_base64);
        let decoded = decoded.unwrap();
        let body = if decoded.is_empty() { self.body.as_bytes() } else { &decoded };
        check(&Request {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            headers: &headers,
            body,
        })
    }

    pub fn header(&mut self, name: &str) -> &mut String {
        let found = self.headers.iter_mut().find(|(own, _)| own.eq_ignore_ascii_case(name));
        &mut found.unwrap_or_else(|| panic!("no header {name}")).1
    }

    pub fn add(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    pub fn remove(&mut self, name: &str) {
        let before = self.headers.len();
        self.headers.retain(|(own, _)| !own.eq_ignore_ascii_case(name));
        assert!(self.headers.len() < before, "no header {name}");
    }
}

/// An instant from `2026-11-22T04:30:00Z`.
pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

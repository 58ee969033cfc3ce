//! Proofs from outside, and proofs for outside: documents come in, verdicts go out.
//!
//! [`metadata`] reads what a SAML identity provider says of itself, [`certificate`] the X.509 certificates in it, and
//! [`private_key`] the keys that open what it encrypts. [`token`] takes a web identity token apart, [`assertion`] opens a SAML response, and [`issue`] makes one.
//!
//! What it is not: it opens no connection, keeps no state and reads no clock; whoever calls it says what time it is. Only
//! new keys and ECDSA signatures draw on the operating system's randomness, inside `aws-lc-rs`.
//!
//! ```
//! use doorward_federation::issue::{Algorithm, SigningKey};
//! use doorward_federation::token;
//!
//! let key = SigningKey::generate(Algorithm::Es384)?;
//! let claims = serde_json::json!({"iss": "https://issuer.example", "sub": "arn:aws:iam::123456789012:role/ci"});
//! let text = key.sign("key-1", &claims)?;
//! let read = token::read(&text)?;
//! assert_eq!(read.issuer(), Some("https://issuer.example"));
//! assert_eq!(read.header.get("kid").and_then(|kid| kid.as_str()), Some("key-1"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod assertion;
pub mod certificate;
pub mod issue;
pub mod metadata;
pub mod private_key;
pub mod token;
mod xml;

//! What the server says when it is ready.

use std::fmt::Write as _;
use std::io::Write as _;
use std::net::SocketAddr;

use anyhow::Result;
use doorward_policy::AccountId;

use crate::config::{Config, MasterKeySource, Place};
use crate::credentials::{Credentials, ROOT_PROFILE};
use crate::installation::Start;
use crate::serve::reachable;

/// What there is to say.
pub struct Banner<'a> {
    /// The settings in effect.
    pub config: &'a Config,
    /// Where the server listens.
    pub socket: SocketAddr,
    /// The management account.
    pub account: Option<AccountId>,
    /// Whether this was the first start.
    pub start: &'a Start,
}

/// Says it, on standard output: plain where that is not a terminal.
///
/// # Errors
/// Standard output is closed.
pub fn print(banner: &Banner<'_>) -> Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text(banner).as_bytes())?;
    Ok(out.flush()?)
}

fn text(banner: &Banner<'_>) -> String {
    let Banner { config, socket, account, start } = banner;
    let url = url(config, reachable(*socket));
    let account = account.map(|account| account.to_string()).unwrap_or_default();
    let data = match &config.data {
        Place::Memory => "memory".to_owned(),
        Place::Directory(directory) => directory.display().to_string(),
        Place::Etcd(etcd) => format!("etcd, under {} at {}", etcd.prefix, etcd.endpoints.join(", ")),
    };
    let mut lines = vec![
        format!("\x1b[1mDoorward {} is ready at {url}\x1b[0m", env!("CARGO_PKG_VERSION")),
        format!("  account      {account}"),
        format!("  data         {data}"),
        "  enforcement  on: every call is authenticated, authorized by policy, and denied unless allowed"
            .to_owned(),
    ];
    lines.extend(notes(banner).into_iter().map(|note| format!("  note         {note}")));
    lines.push(String::new());
    lines.push(format!("export AWS_ENDPOINT_URL={url}"));
    lines.extend(identity(config, start));
    // The AWS CLI 2 and most SDKs read the first; the AWS CLI 1 and boto3 the second.
    lines.push("export AWS_REGION=us-east-1".to_owned());
    lines.push("export AWS_DEFAULT_REGION=us-east-1".to_owned());
    lines.push(String::new());
    lines.push("Next: aws sts get-caller-identity".to_owned());
    lines.push(String::new());
    lines.join("\n")
}

/// The address of a server that listens there.
pub fn url(config: &Config, socket: SocketAddr) -> String {
    let scheme = if config.tls.is_some() { "https" } else { "http" };
    format!("{scheme}://{socket}")
}

/// The lines that make a client the root user.
fn identity(config: &Config, start: &Start) -> Vec<String> {
    match (config.data.local(), start) {
        (Some(directory), _) => {
            let file = std::path::absolute(directory).unwrap_or_else(|_| directory.to_owned());
            let file = Credentials::of(&file).path().display().to_string();
            vec![
                format!("export AWS_SHARED_CREDENTIALS_FILE={}", quoted(&file)),
                format!("export AWS_PROFILE={ROOT_PROFILE}"),
            ]
        }
        (None, Start::First(Some(keys))) if config.root_key.is_none() => vec![
            format!("export AWS_ACCESS_KEY_ID={}", keys.access_key_id),
            format!("export AWS_SECRET_ACCESS_KEY={}", keys.secret_access_key.expose()),
        ],
        // The secret is the one that the environment gave.
        (None, Start::First(Some(keys))) => vec![
            format!("export AWS_ACCESS_KEY_ID={}", keys.access_key_id),
            "export AWS_SECRET_ACCESS_KEY=\"$DOORWARD_ROOT_SECRET_ACCESS_KEY\"".to_owned(),
        ],
        (None, Start::First(None) | Start::Later) => vec![],
    }
}

/// A word for a shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@%".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

fn notes(banner: &Banner<'_>) -> Vec<String> {
    let Banner { config, socket, start, .. } = banner;
    let mut notes = Vec::new();
    let mut note = |applies: bool, text: &str| {
        if applies {
            notes.push(text.to_owned());
        }
    };
    let (first, memory) = (matches!(start, Start::First(_)), config.data == Place::Memory);
    note(memory, "nothing is kept on disk: everything is gone when the server stops");
    note(
        first && !memory,
        "first start: the account was made, and its root access key written to the credentials file",
    );
    note(config.account.is_some(), "the account's number is fixed by configuration");
    note(config.root_key.is_some(), "the root access key is fixed by the environment");
    match &config.master_key {
        MasterKeySource::Environment(_) => note(true, "the master key comes from the environment"),
        MasterKeySource::File(file) => {
            let mut text = String::new();
            // Writing to a string does not fail.
            let _ =
                write!(text, "the master key was made in {}; without it the store is lost", file.display());
            note(first, &text);
        }
        MasterKeySource::Vault(vault) => {
            note(true, &format!("the master key is in Vault at {}", vault.address));
        }
        MasterKeySource::Fresh => {}
    }
    note(
        !socket.ip().is_loopback() && config.tls.is_none(),
        "other machines can connect, and everything goes over the network in clear: configure TLS",
    );
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_for_the_shell() {
        for (word, expected) in
            [("/a/b-c_1.d", "/a/b-c_1.d"), ("/my data", "'/my data'"), ("a'b", r"'a'\''b'"), ("$x", "'$x'")]
        {
            assert_eq!(quoted(word), expected);
        }
    }
}

//! What was acknowledged is there, whole, however often the server is killed.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::client::{Client, Keys};
use crate::process::{Server, new_data, root_keys};

/// How many acknowledged writes it takes.
const WRITES_MIN: usize = 10_000;

/// How often the server is killed at least.
const KILLS_MIN: usize = 8;

/// The clients that write at once.
const CLIENTS: usize = 48;

/// A policy that fits a user of any name.
const DOCUMENT: &str = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3AGetObject%22%2C%22Resource%22%3A%22%2A%22%7D%7D";

/// What one client did to one user, as far as it knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Known {
    /// It asked, and nobody answered.
    Asked,
    /// The server acknowledged it.
    Acknowledged,
}

/// One user: its name, and what is known of its creation and of its policy.
struct Written {
    name: String,
    user: Known,
    policy: Option<Known>,
}

/// Writes until the connection breaks: users, each with a policy.
fn write(address: SocketAddr, keys: &Keys, prefix: &str, acknowledged: &AtomicUsize) -> Vec<Written> {
    let mut all = Vec::new();
    let Ok(mut client) = Client::to(address) else { return all };
    for number in 0.. {
        let name = format!("{prefix}-{number}");
        all.push(Written { name: name.clone(), user: Known::Asked, policy: None });
        let Some(written) = all.last_mut() else { break };
        let Ok(answer) = client.iam(keys, &format!("CreateUser&UserName={name}")) else { break };
        assert_eq!(answer.status, 200, "{answer:?}");
        written.user = Known::Acknowledged;
        acknowledged.fetch_add(1, Ordering::Relaxed);
        written.policy = Some(Known::Asked);
        let put = format!("PutUserPolicy&UserName={name}&PolicyName=p&PolicyDocument={DOCUMENT}");
        let Ok(answer) = client.iam(keys, &put) else { break };
        assert_eq!(answer.status, 200, "{answer:?}");
        written.policy = Some(Known::Acknowledged);
        acknowledged.fetch_add(1, Ordering::Relaxed);
    }
    all
}

/// Checks that everything acknowledged is there, and the rest whole or not at all.
fn check(address: SocketAddr, keys: &Keys, all: &[Written]) {
    let mut client = Client::to(address).unwrap();
    for Written { name, user, policy } in all {
        let found = client.iam(keys, &format!("GetUser&UserName={name}")).unwrap();
        let there = match found.status {
            200 => found.element("UserName") == Some(name) && found.element("UserId").is_some(),
            404 => false,
            _ => panic!("{name}: {found:?}"),
        };
        assert!(there || *user == Known::Asked, "the user {name} was acknowledged and is lost");
        let found = client.iam(keys, &format!("GetUserPolicy&UserName={name}&PolicyName=p")).unwrap();
        match found.status {
            200 => assert_eq!(found.element("PolicyDocument"), Some(DOCUMENT), "{name}"),
            404 => assert_ne!(*policy, Some(Known::Acknowledged), "the policy of {name} is lost"),
            _ => panic!("{name}: {found:?}"),
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let (folder, data) = new_data();
    let config = folder.path().join("doorward.toml");
    std::fs::write(&config, "limits.users_per_account = 1000000\nlog.level = 'warn'\n").unwrap();
    let start = || Server::with(&data, &["--config", config.to_str().unwrap()]);
    let acknowledged = AtomicUsize::new(0);
    let mut all = Vec::new();
    for round in 0.. {
        let server = start();
        let (address, keys) = (server.address(), root_keys(&data));
        let goal = (round + 1) * WRITES_MIN / KILLS_MIN;
        let written: Vec<Written> = std::thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS)
                .map(|number| {
                    let (keys, acknowledged) = (&keys, &acknowledged);
                    scope.spawn(move || write(address, keys, &format!("r{round}c{number}"), acknowledged))
                })
                .collect();
            while acknowledged.load(Ordering::Relaxed) < goal {
                std::thread::yield_now();
            }
            server.kill();
            clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
        });
        all.extend(written);
        if acknowledged.load(Ordering::Relaxed) >= WRITES_MIN {
            break;
        }
    }
    let server = start();
    let (address, keys) = (server.address(), root_keys(&data));
    std::thread::scope(|scope| {
        for part in all.chunks(all.len().div_ceil(8)) {
            let keys = &keys;
            scope.spawn(move || check(address, keys, part));
        }
    });
}

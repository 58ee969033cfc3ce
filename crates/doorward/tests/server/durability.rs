//! What was acknowledged is there, whole, however often the server is killed.

use std::net::SocketAddr;
use std::sync::mpsc::{Sender, channel};

use crate::client::{Client, Keys};
use crate::process::{Server, new_data, root_keys};

/// How many acknowledged writes it takes.
const WRITES_MIN: usize = 10_000;

/// How often the server is killed on the way.
const KILLS: usize = 8;

/// The clients that write at once.
const CLIENTS: usize = 48;

/// A policy that fits a user of any name.
const DOCUMENT: &str = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22AWS%22%3A%22%2A%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%7D";

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
fn write(address: SocketAddr, keys: &Keys, prefix: &str, acknowledged: &Sender<()>) -> Vec<Written> {
    let mut all = Vec::new();
    let Ok(mut client) = Client::to(address) else { return all };
    for number in 0.. {
        let name = format!("{prefix}-{number}");
        all.push(Written { name: name.clone(), user: Known::Asked, policy: None });
        let Some(written) = all.last_mut() else { break };
        let Ok(answer) = client.iam(keys, &format!("CreateUser&UserName={name}")) else { break };
        assert_eq!(answer.status, 200, "{answer:?}");
        written.user = Known::Acknowledged;
        acknowledged.send(()).unwrap();
        written.policy = Some(Known::Asked);
        let put = format!("CreateRole&RoleName={name}&AssumeRolePolicyDocument={DOCUMENT}");
        let Ok(answer) = client.iam(keys, &put) else { break };
        assert_eq!(answer.status, 200, "{answer:?}");
        written.policy = Some(Known::Acknowledged);
        acknowledged.send(()).unwrap();
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
        let found = client.iam(keys, &format!("GetRole&RoleName={name}")).unwrap();
        match found.status {
            200 => assert_eq!(found.element("AssumeRolePolicyDocument"), Some(DOCUMENT), "{name}"),
            404 => assert_ne!(*policy, Some(Known::Acknowledged), "the policy of {name} is lost"),
            _ => panic!("{name}: {found:?}"),
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let (folder, data) = new_data();
    let config = folder.path().join("doorward.toml");
    std::fs::write(
        &config,
        "limits.users_per_account = 1000000\nlimits.roles_per_account = 1000000\nlog.level = 'warn'\n",
    )
    .unwrap();
    let start = || Server::with(&data, &["--config", config.to_str().unwrap()]);
    let (mut kills, mut count, mut all) = (0, 0, Vec::new());
    while kills < KILLS || count < WRITES_MIN {
        let server = start();
        let (address, keys) = (server.address(), root_keys(&data));
        let written: Vec<Written> = std::thread::scope(|scope| {
            let (acknowledged, writes) = channel();
            let clients: Vec<_> = (0..CLIENTS)
                .map(|number| {
                    let (keys, acknowledged) = (&keys, acknowledged.clone());
                    scope.spawn(move || write(address, keys, &format!("k{kills}c{number}"), &acknowledged))
                })
                .collect();
            drop(acknowledged);
            count += writes.iter().take(WRITES_MIN / KILLS).count();
            server.kill();
            count += writes.iter().count();
            clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
        });
        all.extend(written);
        kills += 1;
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

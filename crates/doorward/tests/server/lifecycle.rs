//! Starting, stopping, starting again, and what is on disk.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::client::{Asked, Client, Keys};
use crate::process::{Doorward, Server, new_data, root_keys};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn account(server: &Server, keys: &Keys) -> String {
    let answer = Client::to(server.address()).unwrap().whoami(keys).unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(
        answer.element("Arn").unwrap(),
        format!("arn:aws:iam::{}:root", answer.element("Account").unwrap())
    );
    answer.element("Account").unwrap().to_owned()
}

#[test]
fn the_first_start_makes_what_is_needed_for_its_owner_alone() {
    let (_folder, data) = new_data();
    let mut server = Server::on(&data);
    for (name, expected) in [
        ("", 0o700),
        ("credentials", 0o600),
        ("master.key", 0o600),
        ("store.redb", 0o600),
        ("server.json", 0o600),
    ] {
        assert_eq!(mode(&data.join(name)), expected, "{name}");
    }
    let keys = root_keys(&data);
    let number = account(&server, &keys);
    assert!(server.banner.contains(&number), "{}", server.banner);
    let file = server.exported("AWS_SHARED_CREDENTIALS_FILE").unwrap();
    assert_eq!(Path::new(&file), data.join("credentials"));
    assert_eq!(server.exported("AWS_PROFILE").as_deref(), Some("doorward-root"));
    for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
        assert_eq!(server.exported(name).as_deref(), Some("us-east-1"), "{name}");
    }
    assert!(!server.banner.contains('\x1b'), "{}", server.banner);

    for name in ["credentials", "master.key", "server.json"] {
        assert!(!server.log().contains(&keys.secret), "{name}");
    }
    let store = fs::read(data.join("store.redb")).unwrap();
    let secret = keys.secret.as_bytes();
    assert!(!store.windows(secret.len()).any(|window| window == secret), "the secret is in the store");

    server.terminate();
    assert!(server.wait().success());
    assert!(!data.join("server.json").exists());
    let again = Server::on(&data);
    assert_eq!(account(&again, &keys), number);
    assert!(!again.banner.contains("first start"), "{}", again.banner);
}

#[test]
fn what_was_written_is_there_after_a_restart() {
    let (_folder, data) = new_data();
    let mut server = Server::on(&data);
    let keys = root_keys(&data);
    let mut client = Client::to(server.address()).unwrap();
    assert_eq!(client.iam(&keys, "CreateUser&UserName=alice&Path=/a/").unwrap().status, 200);
    let before = client.iam(&keys, "GetUser&UserName=alice").unwrap();
    server.terminate();
    assert!(server.wait().success());
    assert!(client.is_closed());
    let server = Server::on(&data);
    let after = Client::to(server.address()).unwrap().iam(&keys, "GetUser&UserName=alice").unwrap();
    assert_eq!(before.element("GetUserResult"), after.element("GetUserResult"));
}

#[test]
fn a_second_server_on_the_same_directory_is_refused() {
    let (_folder, data) = new_data();
    let server = Server::on(&data);
    let name = data.to_str().unwrap();
    let second = Doorward::new(&["serve", "--listen", "127.0.0.1:0", "--data", name]).ended();
    assert!(!second.status.success());
    let expected = format!("the data directory `{name}` is in use by process {}", server.pid());
    assert!(second.err.contains(&expected), "{}", second.err);
    account(&server, &root_keys(&data));
}

#[test]
fn a_second_server_on_the_same_address_is_refused() {
    let (_folder, data) = new_data();
    let server = Server::on(&data);
    let address = server.address().to_string();
    let second = Doorward::new(&["serve", "--listen", &address, "--data", "memory"]).ended();
    assert!(!second.status.success());
    assert!(second.err.contains(&format!("cannot listen on {address}")), "{}", second.err);
}

#[test]
fn requests_in_flight_are_answered_before_it_stops() {
    let (_folder, data) = new_data();
    let mut server = Server::on(&data);
    let keys = root_keys(&data);
    let mut client = Client::to(server.address()).unwrap();
    let body = b"Action=CreateUser&Version=2010-05-08&UserName=late";
    let message = client.signed(&keys, &Asked { body, ..Asked::default() });
    let (head, rest) = message.split_at(message.len() - 4);
    client.send(head).unwrap();
    // The answer to another request says that the loops have come by.
    account(&server, &keys);
    server.terminate();
    while Client::to(server.address()).is_ok() {}
    client.send(rest).unwrap();
    let answer = client.answer().unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(server.wait().success());
}

#[test]
fn credentials_of_others_stay() {
    let (_folder, data) = new_data();
    fs::create_dir(&data).unwrap();
    fs::write(data.join("credentials"), "# mine\n[me]\naws_access_key_id = x\n\n[doorward-root]\nold = 1\n")
        .unwrap();
    let server = Server::on(&data);
    let text = fs::read_to_string(data.join("credentials")).unwrap();
    assert!(
        text.starts_with("# mine\n[me]\naws_access_key_id = x\n\n[doorward-root]\naws_access_key_id = AKIA"),
        "{text}"
    );
    assert!(!text.contains("old"), "{text}");
    account(&server, &root_keys(&data));
}

#[test]
fn another_master_key_is_refused_and_none_is_not_made_up() {
    let (_folder, data) = new_data();
    Server::on(&data).kill();
    let key = data.join("master.key");
    let good = fs::read_to_string(&key).unwrap();
    let refused = |environment: &[(&str, &str)]| {
        let mut command =
            Doorward::new(&["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()]);
        for (name, value) in environment {
            command = command.env(name, value);
        }
        let ended = command.ended();
        assert!(!ended.status.success());
        ended.err
    };
    let other = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    let wrong = "the master key is not the one";
    assert!(refused(&[("DOORWARD_MASTER_KEY", other)]).contains(wrong));
    assert!(refused(&[("DOORWARD_MASTER_KEY", "x")]).contains("DOORWARD_MASTER_KEY"));
    fs::write(&key, other).unwrap();
    assert!(refused(&[]).contains(wrong));
    fs::remove_file(&key).unwrap();
    assert!(refused(&[]).contains("is missing"));
    assert!(!key.exists());
    let from_environment =
        Doorward::new(&["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()])
            .env("DOORWARD_MASTER_KEY", good.trim())
            .ready();
    account(&from_environment, &root_keys(&data));
    assert!(from_environment.banner.contains("the master key comes from the environment"));
    assert!(!key.exists());
}

#[test]
fn memory_leaves_nothing_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let server =
        Doorward::new(&["serve", "--listen", "127.0.0.1:0", "--data", "memory", "--account", "123456789012"])
            .env("HOME", folder.path().to_str().unwrap())
            .ready();
    let id = server.exported("AWS_ACCESS_KEY_ID").unwrap();
    let keys = Keys { id, secret: server.exported("AWS_SECRET_ACCESS_KEY").unwrap(), token: None };
    assert_eq!(account(&server, &keys), "123456789012");
    assert!(server.banner.contains("nothing is kept on disk"), "{}", server.banner);
    assert!(server.banner.contains("number is fixed"), "{}", server.banner);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn the_environment_fixes_the_first_root_key() {
    let (_folder, data) = new_data();
    let keys = Keys {
        id: "AKIAIOSFODNN7EXAMPLE".into(),
        secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into(),
        token: None,
    };
    let start = |secret: &str| {
        Doorward::new(&["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()])
            .env("DOORWARD_ROOT_ACCESS_KEY_ID", &keys.id)
            .env("DOORWARD_ROOT_SECRET_ACCESS_KEY", secret)
    };
    for _ in 0..2 {
        let server = start(&keys.secret).ready();
        account(&server, &keys);
        assert!(server.banner.contains("root access key is fixed"), "{}", server.banner);
        assert!(!server.banner.contains(&keys.secret));
        assert_eq!(root_keys(&data).secret, keys.secret);
    }
    let other = start("another-secret-of-some-length").ended();
    assert!(other.err.contains("first start only"), "{}", other.err);
    let number = Doorward::new(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--account",
        "000000000001",
        "--data",
        data.to_str().unwrap(),
    ])
    .ended();
    assert!(number.err.contains("not 000000000001"), "{}", number.err);
}

#[test]
fn a_full_disk_refuses_writes_and_serves_reads() {
    let (_folder, data) = new_data();
    Server::on(&data).kill();
    let keys = root_keys(&data);
    let size = fs::metadata(data.join("store.redb")).unwrap().len();
    // No file may grow beyond what the store is now; the system then fails the write as a full disk does.
    let limit = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", size.div_ceil(1024));
    let server =
        Doorward::shell(&limit, &["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()])
            .ready();
    let mut client = Client::to(server.address()).unwrap();
    let path = format!("/{}/", "p".repeat(500));
    let mut made = 0;
    let refused = loop {
        let answer = client.iam(&keys, &format!("CreateUser&UserName=u{made}&Path={path}")).unwrap();
        if answer.status != 200 {
            break answer;
        }
        made += 1;
        assert!(made < 100_000, "the disk never fills");
    };
    assert!(matches!(refused.status, 500 | 503), "{refused:?}");
    let code = refused.element("Code").unwrap();
    assert!(matches!(code, "ServiceUnavailable" | "InternalFailure" | "ServiceFailure"), "{refused:?}");
    let gone = client.iam(&keys, &format!("GetUser&UserName=u{made}")).unwrap();
    assert_eq!(gone.element("Code"), Some("NoSuchEntity"), "{gone:?}");
    account(&server, &keys);
    server.kill();
    let server = Server::on(&data);
    let mut client = Client::to(server.address()).unwrap();
    for number in 0..made {
        assert_eq!(client.iam(&keys, &format!("GetUser&UserName=u{number}")).unwrap().status, 200);
    }
}

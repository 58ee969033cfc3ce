//! Files of every format: a store, a backup and an export that some version wrote, opened by this one.
//!
//! They are in `conformance/formats/N`, all of one small installation; `cargo xtask formats` makes those that are missing, by
//! way of the test here.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use doorward_directory::format::FORMAT;

use crate::client::{Client, Keys};
use crate::process::{Doorward, Server, new_data};

/// The variable that names the folder that files are made in.
const MAKE: &str = "DOORWARD_MAKE_FORMAT";

/// The master key of the files, for tests only: 32 bytes that are all 7.
const MASTER_KEY: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

/// The account of the files, and the access key of its root user, AWS's examples.
const ACCOUNT: &str = "123456789012";
const KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// Allows everything, percent-encoded.
const DOCUMENT: &str = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22%2A%22%2C%22Resource%22%3A%22%2A%22%7D%7D";

/// What is done to the installation of the files; later versions may do more to theirs.
const DONE: [&str; 7] = [
    "CreateGroup&GroupName=admins",
    "CreateUser&UserName=ada&Tags.member.1.Key=team&Tags.member.1.Value=a",
    "AddUserToGroup&GroupName=admins&UserName=ada",
    "CreatePolicy&PolicyName=everything&PolicyDocument=",
    "AttachGroupPolicy&GroupName=admins&PolicyArn=arn:aws:iam::123456789012:policy/everything",
    "CreateLoginProfile&UserName=ada&Password=Correct-Horse-7",
    "CreateAccessKey&UserName=ada",
];

fn root() -> Keys {
    Keys { id: KEY_ID.to_owned(), secret: SECRET.to_owned(), token: None }
}

fn folders() -> Vec<PathBuf> {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/formats");
    let mut folders: Vec<_> = std::fs::read_dir(all).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    folders
}

/// A server on a data directory, with the master key of the files.
fn serve(data: &Path) -> Server {
    let data = data.to_str().unwrap();
    let server = Doorward::new(&["serve", "--listen", "127.0.0.1:0", "--account", ACCOUNT, "--data", data]);
    let server = server.env("DOORWARD_MASTER_KEY", MASTER_KEY);
    server.env("DOORWARD_ROOT_ACCESS_KEY_ID", KEY_ID).env("DOORWARD_ROOT_SECRET_ACCESS_KEY", SECRET).ready()
}

/// Runs the command, which must succeed; what it printed.
fn ran(arguments: &[&str]) -> String {
    let ended = Doorward::new(arguments).env("DOORWARD_MASTER_KEY", MASTER_KEY).ended();
    assert!(ended.status.success(), "{arguments:?}: {}{}", ended.out, ended.err);
    ended.out
}

/// The lines of an installation's export but the header, which tells the revision.
fn lines(data: &Path) -> Vec<String> {
    ran(&["export", "-", "--data", data.to_str().unwrap()]).lines().skip(1).map(str::to_owned).collect()
}

/// Makes the files of this version's format, where there are none yet.
fn make(folder: &Path) {
    assert_eq!(folder.file_name().unwrap().to_str(), Some(FORMAT.to_string().as_str()), "another format");
    let (_held, data) = new_data();
    let mut server = serve(&data);
    let mut client = Client::to(server.address()).unwrap();
    for parameters in DONE {
        let document = if parameters.ends_with("PolicyDocument=") { DOCUMENT } else { "" };
        let answer = client.iam(&root(), &format!("{parameters}{document}")).unwrap();
        assert_eq!(answer.status, 200, "{parameters}: {answer:?}");
    }
    drop(client);
    server.terminate();
    assert!(server.wait().success());
    let (data_text, file) = (data.to_str().unwrap(), |name: &str| folder.join(name).display().to_string());
    ran(&["backup", &file("backup"), "--data", data_text]);
    ran(&["export", &file("export.jsonl"), "--data", data_text]);
    let mut packed =
        GzEncoder::new(std::fs::File::create(file("store.redb.gz")).unwrap(), Compression::best());
    packed.write_all(&std::fs::read(data.join("store.redb")).unwrap()).unwrap();
    packed.finish().unwrap();
}

#[test]
fn files_of_every_format_are_opened() {
    if let Some(folder) = std::env::var_os(MAKE) {
        make(Path::new(&folder));
    }
    let folders = folders();
    assert!(!folders.is_empty());
    for folder in folders {
        let name = folder.display();
        let mut places = vec![opened(&folder), restored(&folder)];
        places.extend(imported(&folder));
        let told: Vec<_> = places.iter().map(|(_, data)| lines(data)).collect();
        assert!(told[0].len() >= 10, "{name}");
        assert!(told.iter().all(|other| *other == told[0]), "{name}: {told:#?}");
        for (_, data) in &places {
            assert!(ran(&["check", "--data", data.to_str().unwrap()]).contains("Nothing is wrong"), "{name}");
            serves(data);
        }
    }
}

/// The store as a server left it.
fn opened(folder: &Path) -> (tempfile::TempDir, PathBuf) {
    let (held, data) = new_data();
    std::fs::create_dir(&data).unwrap();
    let mut store = Vec::new();
    GzDecoder::new(std::fs::File::open(folder.join("store.redb.gz")).unwrap())
        .read_to_end(&mut store)
        .unwrap();
    std::fs::write(data.join("store.redb"), store).unwrap();
    // Where records are of an earlier format, this migrates them.
    let mut server = serve(&data);
    server.terminate();
    assert!(server.wait().success());
    (held, data)
}

/// The backup, restored and, where it is of an earlier format, migrated.
fn restored(folder: &Path) -> (tempfile::TempDir, PathBuf) {
    let (held, data) = new_data();
    ran(&["restore", folder.join("backup").to_str().unwrap(), "--data", data.to_str().unwrap()]);
    let mut server = serve(&data);
    server.terminate();
    assert!(server.wait().success());
    (held, data)
}

/// The export, imported; one of an earlier format is refused.
fn imported(folder: &Path) -> Option<(tempfile::TempDir, PathBuf)> {
    let (held, data) = new_data();
    let file = folder.join("export.jsonl");
    let import = ["import", file.to_str().unwrap(), "--data", data.to_str().unwrap()];
    if folder.ends_with(FORMAT.to_string()) {
        ran(&import);
        return Some((held, data));
    }
    let refused = Doorward::new(&import).env("DOORWARD_MASTER_KEY", MASTER_KEY).ended();
    assert!(refused.err.contains("bring a backup instead"), "{}", refused.err);
    None
}

/// Secrets open, and what was there is there.
fn serves(data: &Path) {
    let server = serve(data);
    let mut client = Client::to(server.address()).unwrap();
    let found = client.iam(&root(), "GetUser&UserName=ada").unwrap();
    assert_eq!((found.status, found.element("UserName")), (200, Some("ada")), "{found:?}");
    let simulated = "SimulatePrincipalPolicy&PolicySourceArn=arn:aws:iam::123456789012:user/ada&ActionNames.member.1=s3:GetObject";
    let answer = client.iam(&root(), simulated).unwrap();
    assert_eq!(answer.element("EvalDecision"), Some("allowed"), "{answer:?}");
}

//! What the command takes from its file, the environment and its flags.

use crate::process::{Doorward, new_data};

#[test]
fn flags_go_before_the_environment_and_that_before_the_file() {
    let (folder, data) = new_data();
    let file = folder.path().join("doorward.toml");
    std::fs::write(&file, "listen = '127.0.0.1:1'\nlog.level = 'error'\nlimits.users_per_account = 7\n")
        .unwrap();
    let (file, data) = (file.to_str().unwrap(), data.to_str().unwrap());
    let shown = Doorward::new(&["serve", "--print-config", "--config", file, "--data", data])
        .env("DOORWARD_LISTEN", "127.0.0.1:2")
        .env("DOORWARD_DATA", "/elsewhere")
        .ended();
    assert!(shown.status.success(), "{}", shown.err);
    for line in [
        format!("data = \"{data}\" # flag --data"),
        "listen = \"127.0.0.1:2\" # environment DOORWARD_LISTEN".to_owned(),
        format!("log.level = \"error\" # {file}:2"),
        format!("limits.users_per_account = 7 # {file}:3"),
        "log.format = \"plain\" # default".to_owned(),
    ] {
        assert!(shown.out.lines().any(|own| own == line), "{line} in {}", shown.out);
    }
    assert!(!std::path::Path::new(data).exists());
}

#[test]
fn what_is_unknown_is_refused() {
    let (folder, data) = new_data();
    let file = folder.path().join("doorward.toml");
    std::fs::write(&file, "# a file\nlisen = '127.0.0.1:1'\n").unwrap();
    let (file, data) = (file.to_str().unwrap(), data.to_str().unwrap());
    let in_file = Doorward::new(&["serve", "--config", file, "--data", data]).ended();
    let expected = format!("{file}:2: there is no setting `lisen`; did you mean `listen`?");
    assert!(in_file.err.contains(&expected), "{}", in_file.err);
    let in_environment = Doorward::new(&["serve", "--data", data]).env("DOORWARD_COLOUR", "on").ended();
    assert!(in_environment.err.contains("there is no setting `DOORWARD_COLOUR`"), "{}", in_environment.err);
    let flag = Doorward::new(&["serve", "--colour", "--data", data]).ended();
    assert!(flag.err.contains("unexpected argument '--colour'"), "{}", flag.err);
    for ended in [in_file, in_environment, flag] {
        assert!(!ended.status.success());
    }
    assert!(!std::path::Path::new(data).exists());
}

#[test]
fn the_command_tells_about_itself() {
    for (arguments, expected) in [
        (&["help"][..], "doorward serve"),
        (&["serve", "--help"], "--print-config"),
        (&["version"], concat!("doorward ", env!("CARGO_PKG_VERSION"))),
        (&["completion", "bash"], "_doorward"),
        (&["man"], ".TH doorward"),
    ] {
        let ended = Doorward::new(arguments).ended();
        assert!(ended.status.success(), "{arguments:?}: {}", ended.err);
        assert!(ended.out.contains(expected), "{arguments:?}: {}", ended.out);
    }
}

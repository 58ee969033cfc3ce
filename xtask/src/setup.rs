//! The tools the chores need, and the Python environment of the client tests.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Real AWS clients and the runner of their tests, pinned; a library that verifies web identity tokens; and a TOML reader for Pythons that come without one. They are
/// installed below `target/` only.
pub const PYTHON_PACKAGES: &[&str] = &[
    "awscli==1.46.3",
    "boto3==1.44.5",
    "cryptography==50.0.2",
    "pyjwt==2.15.1",
    "pytest==9.2.0",
    "tomli==2.5.0; python_version < '3.11'",
];

/// What to do about a missing tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Name the command that installs it, and fail.
    Name,
    /// Run that command.
    Install,
}

impl Missing {
    /// Install when the user asked to.
    pub fn from_flag(install: bool) -> Self {
        if install { Self::Install } else { Self::Name }
    }

    /// Install on a build machine (`CI=true`), name it to a person.
    pub fn from_environment() -> Self {
        Self::from_flag(is_build_machine())
    }
}

/// Whether this is a build machine (`CI=true`): there nothing is skipped for want of a tool.
pub fn is_build_machine() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true")
}

/// A tool: how to see that it is there, and how to get it.
struct Tool {
    name: &'static str,
    need: Need,
    probe: &'static [&'static str],
    install: Install,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    /// The checks cannot run without it.
    Always,
    /// The checks have a slower way around it.
    Faster,
    /// A build machine's checks cannot run without it; a person's skip what needs it.
    BuildMachine,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Install {
    /// A Debian package.
    Apt(&'static str),
    /// Any other command.
    Run(&'static [&'static str]),
}

/// A Python that is new enough for the pinned packages and can make environments with pip in them.
const PYTHON_PROBE: &str = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";

const TOOLS: &[Tool] = &[
    Tool {
        name: "a C compiler",
        need: Need::Always,
        probe: &["cc", "--version"],
        install: Install::Apt("gcc libc6-dev"),
    },
    Tool {
        name: "Python 3.10 or newer with venv",
        need: Need::Always,
        probe: &["python3", "-c", PYTHON_PROBE],
        install: Install::Apt("python3 python3-venv"),
    },
    Tool {
        name: "rustfmt",
        need: Need::Always,
        probe: &["cargo", "fmt", "--version"],
        install: Install::Run(&["rustup", "component", "add", "rustfmt"]),
    },
    Tool {
        name: "clippy",
        need: Need::Always,
        probe: &["cargo", "clippy", "--version"],
        install: Install::Run(&["rustup", "component", "add", "clippy"]),
    },
    Tool {
        name: "cargo-nextest",
        need: Need::Faster,
        probe: &["cargo", "nextest", "--version"],
        install: Install::Run(&["cargo", "install", "cargo-nextest", "--locked"]),
    },
    Tool {
        name: "valgrind",
        need: Need::BuildMachine,
        probe: &["valgrind", "--version"],
        install: Install::Apt("valgrind"),
    },
    Tool {
        name: "etcd",
        need: Need::Always,
        probe: &["etcd", "--version"],
        install: Install::Apt("etcd-server"),
    },
    Tool {
        name: "etcdctl",
        need: Need::Always,
        probe: &["etcdctl", "version"],
        install: Install::Apt("etcd-client"),
    },
    Tool { name: "age", need: Need::Always, probe: &["age", "--version"], install: Install::Apt("age") },
    Tool {
        name: "faketime",
        need: Need::Always,
        probe: &["faketime", "--version"],
        install: Install::Apt("faketime"),
    },
];

/// Checks every tool and prepares the Python environment.
///
/// # Errors
/// When a tool that is needed is missing, or was not to be installed; names the command that installs it.
pub fn prepare(root: &Path, missing: Missing) -> Result<()> {
    tools(missing)?;
    let python = python(root)?;
    println!("client tests use {}", python.display());
    Ok(())
}

/// Checks every tool; `Missing` says what to do about one that is not there.
///
/// What only makes things faster is installed when somebody asked for it, never on a build machine, where
/// building it would cost more than it saves.
///
/// # Errors
/// When a tool that is needed is missing and stays so.
pub fn tools(missing: Missing) -> Result<()> {
    let mut lacking = Vec::new();
    for tool in TOOLS.iter().filter(|tool| !tool.is_there()) {
        let wanted = tool.need != Need::Faster || std::env::var_os("CI").is_none();
        if missing == Missing::Install && wanted {
            tool.install.run().with_context(|| format!("installing {}", tool.name))?;
        }
        match (tool.is_there(), tool.need) {
            (true, _) => println!("{} is installed now", tool.name),
            (false, Need::Faster) => {
                println!("{} is missing (slower without): {}", tool.name, tool.install.command())
            }
            (false, Need::BuildMachine) if !is_build_machine() => {
                println!("{} is missing (some checks are skipped): {}", tool.name, tool.install.command())
            }
            (false, Need::Always | Need::BuildMachine) => {
                lacking.push(format!("{} is missing: {}", tool.name, tool.install.command()))
            }
        }
    }
    match lacking.is_empty() {
        true => Ok(()),
        false => bail!("{}", lacking.join("\n")),
    }
}

impl Tool {
    fn is_there(&self) -> bool {
        let Some((program, arguments)) = self.probe.split_first() else { return false };
        answers(Command::new(program).args(arguments))
    }
}

impl Install {
    /// The command as a person would type it.
    fn command(self) -> String {
        match self {
            Self::Apt(packages) => format!("apt-get install -y {packages}"),
            Self::Run(words) => words.join(" "),
        }
    }

    fn run(self) -> Result<()> {
        if let Self::Apt(_) = self {
            // A fresh machine has no list of packages yet.
            run_line("apt-get update")?;
        }
        run_line(&self.command())
    }
}

fn run_line(line: &str) -> Result<()> {
    println!("{line}");
    let mut words = line.split_whitespace();
    let program = words.next().unwrap_or_default();
    let mut command = Command::new(program);
    command.args(words).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null());
    let status = command.status().with_context(|| format!("cannot start `{program}`"))?;
    if status.success() { Ok(()) } else { bail!("`{line}` failed") }
}

/// The Python of the environment in which the pinned packages are installed; makes it when it is not there.
///
/// # Errors
/// When the environment cannot be made or the packages cannot be fetched.
pub fn python(root: &Path) -> Result<PathBuf> {
    let folder = target_folder(root).join("venv");
    let python = folder.join("bin").join("python");
    let stamp = folder.join("pins");
    let pins = PYTHON_PACKAGES.join("\n");
    if std::fs::read_to_string(&stamp).is_ok_and(|found| found == pins)
        && answers(Command::new(&python).arg("-V"))
    {
        return Ok(python);
    }
    let made =
        Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder).stdin(Stdio::null()).status();
    if !made.context("cannot start `python3`")?.success() {
        bail!("`python3 -m venv` failed: apt-get install -y python3-venv");
    }
    let pip = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"];
    let installed = Command::new(&python).args(pip).args(PYTHON_PACKAGES).stdin(Stdio::null()).status();
    if !installed.context("cannot start pip")?.success() {
        bail!("pip could not install {}", PYTHON_PACKAGES.join(", "));
    }
    std::fs::write(&stamp, pins).with_context(|| format!("writing {}", stamp.display()))?;
    Ok(python)
}

/// Whether a command can be started and succeeds. Its output is dropped.
pub fn answers(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// The cargo that started this process, to be run at the root of the checkout.
pub fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// The folder cargo builds into.
pub fn target_folder(root: &Path) -> PathBuf {
    root.join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_named_as_typed() {
        let named: Vec<_> = TOOLS.iter().map(|tool| tool.install.command()).collect();
        assert_eq!(
            named,
            [
                "apt-get install -y gcc libc6-dev",
                "apt-get install -y python3 python3-venv",
                "rustup component add rustfmt",
                "rustup component add clippy",
                "cargo install cargo-nextest --locked",
                "apt-get install -y valgrind",
                "apt-get install -y etcd-server",
                "apt-get install -y etcd-client",
                "apt-get install -y age",
                "apt-get install -y faketime",
            ]
        );
    }

    #[test]
    fn absent_programs_do_not_answer() {
        assert!(!answers(&mut Command::new("doorward-has-no-such-program")));
        assert!(answers(Command::new("cargo").arg("--version")));
    }

    #[test]
    fn every_package_is_pinned() {
        assert!(PYTHON_PACKAGES.iter().all(|package| package.contains("==")), "{PYTHON_PACKAGES:?}");
    }
}

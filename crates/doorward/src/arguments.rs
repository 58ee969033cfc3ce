//! The command line.

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  doorward serve                                  start on 127.0.0.1:8426, data in the user's data directory
  doorward serve --data memory --account 123456789012
                                                  nothing on disk, for tests
  doorward account create --name team-a           make an account; its root key goes into the credentials file
  doorward service create objects.example.com     register a service; its key goes into the credentials file

Pages: https://github.com/doorward/doorward/tree/main/docs";

const SERVE_EXAMPLES: &str = "\
Examples:
  doorward serve
  doorward serve --data /var/lib/doorward --listen 0.0.0.0:8426 --config /etc/doorward.toml
  doorward serve --data memory --listen 127.0.0.1:0
  doorward serve --print-config                   what is in effect, and where each value comes from

Every setting can also be given in the configuration file (`log.level`) and in the environment (DOORWARD_LOG_LEVEL).
A flag goes before the environment, and the environment before the file.";

/// IAM you run yourself: AWS-compatible identities, policies and temporary credentials.
#[derive(Debug, Parser)]
#[command(name = "doorward", version, after_help = EXAMPLES, disable_help_subcommand = false)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub task: Task,
}

/// What the command does.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Run the server.
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(Serve),
    /// Make and list accounts.
    Account {
        /// What to do with accounts.
        #[command(subcommand)]
        task: AccountTask,
    },
    /// Register and list services: principals such as `objects.example.com`, with access keys of their own.
    Service {
        /// What to do with services.
        #[command(subcommand)]
        task: ServiceTask,
    },
    /// Print a completion script for a shell.
    #[command(after_help = "Example:\n  doorward completion bash > /etc/bash_completion.d/doorward")]
    Completion {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page.
    #[command(after_help = "Example:\n  doorward man > /usr/local/share/man/man1/doorward.1")]
    Man,
    /// Print the version.
    Version,
}

/// Where an installation is.
#[derive(Debug, Default, Args)]
pub struct Installation {
    /// Directory of the installation.
    #[arg(long, value_name = "DIR")]
    pub data: Option<String>,
    /// Configuration file (TOML).
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
    /// File that holds the master key, made on the first start [default: DIR/master.key].
    #[arg(long, value_name = "FILE")]
    pub master_key_file: Option<String>,
}

/// `doorward serve`.
#[derive(Debug, Default, Args)]
pub struct Serve {
    /// Directory of the installation, or `memory` to keep nothing on disk [default: the user's data directory].
    #[arg(long, value_name = "DIR|memory")]
    pub data: Option<String>,
    /// Address and port; port 0 lets the system choose [default: 127.0.0.1:8426].
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
    /// Configuration file (TOML).
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
    /// Number of the management account, twelve digits; counts on the first start [default: random].
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// File that holds the master key, made on the first start [default: DIR/master.key].
    #[arg(long, value_name = "FILE")]
    pub master_key_file: Option<String>,
    /// Certificate chain (PEM); with --tls-key, serves HTTPS.
    #[arg(long, value_name = "FILE")]
    pub tls_certificate: Option<String>,
    /// Private key of the certificate (PEM).
    #[arg(long, value_name = "FILE")]
    pub tls_key: Option<String>,
    /// Form of the log on standard error: plain or json [default: plain].
    #[arg(long, value_name = "FORM")]
    pub log_format: Option<String>,
    /// Least level that is logged: error, warn, info, debug or trace [default: info].
    #[arg(long, value_name = "LEVEL")]
    pub log_level: Option<String>,
    /// Print the settings in effect and where each comes from, and exit.
    #[arg(long)]
    pub print_config: bool,
}

/// `doorward account …`.
#[derive(Debug, Subcommand)]
pub enum AccountTask {
    /// Make an account and its root user's access key, which is shown once.
    #[command(after_help = "Example:\n  doorward account create --name team-a --id 123456789012")]
    Create(CreateAccount),
    /// List the accounts.
    List(Installation),
}

/// `doorward account create`.
#[derive(Debug, Args)]
pub struct CreateAccount {
    /// What to call it, 1 to 50 characters.
    #[arg(long)]
    pub name: String,
    /// Its twelve digits [default: random].
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Where the installation is.
    #[command(flatten)]
    pub installation: Installation,
}

/// `doorward service …`.
#[derive(Debug, Subcommand)]
pub enum ServiceTask {
    /// Register a service and make its access key, which is shown once.
    #[command(after_help = "Example:\n  doorward service create objects.example.com")]
    Create(CreateService),
    /// List the services.
    List(Installation),
}

/// `doorward service create`.
#[derive(Debug, Args)]
pub struct CreateService {
    /// What policies call it: a lower-case host name with a dot.
    pub name: String,
    /// The account its credentials belong to [default: the management account].
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// Where the installation is.
    #[command(flatten)]
    pub installation: Installation,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}

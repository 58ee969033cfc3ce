//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  doorward serve                                  start on 127.0.0.1:8426, data in the user's data directory
  doorward serve --data memory --account 123456789012
                                                  nothing on disk, for tests
  doorward account create --name team-a           make an account; its root key goes into the credentials file
  doorward service create objects.example.com     register a service; its key goes into the credentials file
  doorward explain --policy read.json --principal arn:aws:iam::111122223333:user/ana \\
      --action s3:GetObject --resource arn:aws:s3:::home/ana/notes
                                                  may ana read it, why, and what would change that

Pages: https://github.com/doorward/doorward/tree/main/docs";

const SERVE_EXAMPLES: &str = "\
Examples:
  doorward serve
  doorward serve --data /var/lib/doorward --listen 0.0.0.0:8426 --config /etc/doorward.toml
  doorward serve --data memory --listen 127.0.0.1:0
  doorward serve --print-config                   what is in effect, and where each value comes from

Every setting can also be given in the configuration file (`log.level`) and in the environment (DOORWARD_LOG_LEVEL).
A flag goes before the environment, and the environment before the file.";

const KEYS_EXAMPLES: &str = "\
Examples:
  doorward keys                                   which keys there are, and what comes next
  doorward keys rotate sessions                   seal new sessions under a new key
  doorward keys rotate data                       seal everything that is stored under a new key
  doorward keys rotate tokens --account 123456789012
                                                  sign web identity tokens with new keys, from tomorrow on
  doorward keys rotate master --to-file /etc/doorward/new.key
  doorward keys rotate master --finish --master-key-file /etc/doorward/new.key
                                                  another master key, in two steps: first both open, then the new one alone

Nothing stops meanwhile. A new master key can also come from the environment (DOORWARD_NEW_MASTER_KEY), or be in Vault
(--to-config, a file with `master_key.vault.…`).";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  doorward explain --policy read.json --boundary limit.json \\
      --principal arn:aws:iam::111122223333:user/ana \\
      --action s3:GetObject --resource arn:aws:s3:::home/ana/notes \\
      --context aws:SourceIp=192.0.2.7 --context aws:MultiFactorAuthPresent=true
  doorward explain --trust trust.json --principal ec2.amazonaws.com \\
      --action sts:AssumeRole --resource arn:aws:iam::111122223333:role/app
  doorward explain --policy all.json --scp r-1=full.json --scp ou-1=deny.json --scp 111122223333=full.json \\
      --principal arn:aws:sts::111122223333:assumed-role/app/i-1 --action s3:PutObject --resource arn:aws:s3:::b/k
  doorward explain --request everything.json --json
  aws sts decode-authorization-message --encoded-message \"$MESSAGE\" | doorward explain --decoded -

A request file is one object: principal, action, resource, and as needed principalId, sessionName, issuer,
resourceAccount, managementAccount, context (an object), identityPolicies, sessionPolicies (lists of policies),
permissionsBoundary, resourcePolicy, trustPolicy, endpointPolicy (a policy each), serviceControlPolicies and
resourceControlPolicies (lists of {target, policies}, the root first).

Exit status: 0 the request is allowed; 1 it is denied; 2 the input is wrong, and nothing was decided.";

const BACKUP_EXAMPLES: &str = "\
Examples:
  doorward backup /backup/doorward-2026-11-22
  doorward backup /backup/today --data /var/lib/doorward
  doorward backup - | age -r age1… > today.age    encrypted; `age -d` before it is restored

The file holds what the store holds. Secrets in it are sealed under the master key, which is not in it.";

const RESTORE_EXAMPLES: &str = "\
Examples:
  doorward restore /backup/doorward-2026-11-22 --data /var/lib/doorward
  doorward restore today --data /srv/doorward --master-key-file /etc/doorward/master.key

The whole file is verified before anything is written. `doorward serve` takes no place that was not restored to its end.";

const EXPORT_EXAMPLES: &str = "\
Examples:
  doorward export today.jsonl
  doorward export - --secrets none | diff yesterday.jsonl -

The first line says the format, the revision, and whether secrets are there. Every other line is a record.";

const CHECK_EXAMPLES: &str = "\
Examples:
  doorward check                                  the installation, whether its server runs or not
  doorward check /backup/doorward-2026-11-22      a backup
  doorward check --json

Exit status: 0 nothing is wrong; 1 something was found; 2 nothing could be checked.";

const IMPORT_AWS_EXAMPLES: &str = "\
Examples:
  aws iam get-account-authorization-details > account.json
  doorward import-aws account.json --dry-run      what can be imported, and what cannot, with the reason
  doorward import-aws account.json
  doorward import-aws account.json --account 444455556666 --skip-refused --report report.json

Ids and times are kept. With another account than the file's, the account is another one in ARNs and documents, too. Each
entity is imported whole or not at all; if any is refused, nothing is imported, unless --skip-refused says otherwise.

Exit status: 0 everything was or can be imported; 1 something is refused.";

const IMPORT_MINIO_EXAMPLES: &str = "\
Examples:
  mc admin cluster iam export ALIAS                        writes ALIAS-iam-info.zip, with secrets in clear
  doorward import-minio ALIAS-iam-info.zip --dry-run       what can be imported, and what cannot, with the reason
  doorward import-minio ALIAS-iam-info.zip --skip-refused --new-keys keys

Access keys whose ids are 20 capital letters and digits, as MinIO makes them, are kept with their secrets. Each entity is
imported whole or not at all; if any is refused, nothing is imported, unless --skip-refused says otherwise.

Exit status: 0 everything was or can be imported; 1 something is refused.";

const DOCTOR_EXAMPLES: &str = "\
Examples:
  doorward doctor                                 beside a running server, or before its start
  doorward doctor --config /etc/doorward.toml --backups /backup --backup-hours-max 26
  doorward doctor --json

Nothing is changed. Exit status: 0 there is no problem; 1 there is one.";

const SETTINGS_EXAMPLES: &str = "\
Examples:
  doorward settings
  doorward settings etcd
  doorward settings limits.users
  doorward serve --print-config                   what is in effect, and where each value comes from";

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
    /// Show the keys that seal secrets, sessions and tokens, and change them.
    #[command(args_conflicts_with_subcommands = true, after_help = KEYS_EXAMPLES)]
    Keys(Keys),
    /// Back the installation up into one file, while its server runs or not.
    #[command(after_help = BACKUP_EXAMPLES)]
    Backup(Backup),
    /// Restore a backup into an empty place.
    #[command(after_help = RESTORE_EXAMPLES)]
    Restore(Restore),
    /// Check that an installation, or a backup, holds together.
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
    /// Look at everything that a server needs: settings, store, keys, disk, clock, certificates, backups.
    #[command(after_help = DOCTOR_EXAMPLES)]
    Doctor(Doctor),
    /// Write the installation as lines of JSON, to read, compare and import.
    #[command(after_help = EXPORT_EXAMPLES)]
    Export(Export),
    /// Import what was exported into an empty place.
    #[command(after_help = "Example:\n  doorward import today.jsonl --data /srv/doorward")]
    Import(Import),
    /// Import users, groups, roles and policies of an AWS account.
    #[command(after_help = IMPORT_AWS_EXAMPLES)]
    ImportAws(ImportAws),
    /// Import users, groups, policies and access keys that MinIO exported.
    #[command(after_help = IMPORT_MINIO_EXAMPLES)]
    ImportMinio(ImportMinio),
    /// Copy an installation from one place to another.
    #[command(after_help = "Example:\n  doorward migrate --from /var/lib/doorward --to /mnt/new/doorward")]
    Migrate(Migrate),
    /// Explain a decision, without a server: may this principal do this, why, and what would change that?
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(Box<Explain>),
    /// Show the settings there are: what each does, what it must be, and its default.
    #[command(after_help = SETTINGS_EXAMPLES)]
    Settings(Settings),
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
    /// Directory of the installation, or `etcd`.
    #[arg(long, value_name = "DIR|etcd")]
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
    /// Directory of the installation, `memory` to keep nothing on disk, or `etcd` for the cluster that `etcd.endpoints`
    /// names [default: the user's data directory].
    #[arg(long, value_name = "DIR|memory|etcd")]
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
    /// Memory for what policies say about actions, kept between requests, in bytes [default: 67108864].
    #[arg(long, value_name = "BYTES")]
    pub plans_bytes_max: Option<String>,
    /// Print the settings in effect and where each comes from, and exit.
    #[arg(long)]
    pub print_config: bool,
}

/// `doorward doctor`.
#[derive(Debug, Default, Args)]
pub struct Doctor {
    /// Where the installation is.
    #[command(flatten)]
    pub installation: Installation,
    /// A backup, or a directory whose newest file is the newest backup.
    #[arg(long, value_name = "FILE|DIR")]
    pub backups: Option<String>,
    /// How old the newest backup may be, in hours.
    #[arg(long, value_name = "HOURS", default_value_t = 26)]
    pub backup_hours_max: u32,
    /// As a JSON array.
    #[arg(long)]
    pub json: bool,
}

/// `doorward settings`.
#[derive(Debug, Default, Args)]
pub struct Settings {
    /// Only those whose keys begin so.
    pub key: Option<String>,
    /// As the page `docs/settings.md`.
    #[arg(long)]
    pub markdown: bool,
}

/// `doorward account …`.
#[derive(Debug, Subcommand)]
pub enum AccountTask {
    /// Make an account and its root user's access key, which is shown once.
    #[command(after_help = "Example:\n  doorward account create --name team-a --id 123456789012")]
    Create(CreateAccount),
    /// List the accounts.
    List(Installation),
    /// Make a new access key for an account's root user; the one before goes on working until the next time.
    #[command(after_help = "Example:\n  doorward account rotate-key 123456789012")]
    RotateKey(RotateRootKey),
}

/// `doorward account rotate-key`.
#[derive(Debug, Args)]
pub struct RotateRootKey {
    /// The account's twelve digits.
    pub account: String,
    /// Where the installation is.
    #[command(flatten)]
    pub installation: Installation,
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
    /// Make a new access key for a service; the one before goes on working until the next time.
    #[command(after_help = "Example:\n  doorward service rotate-key objects.example.com")]
    RotateKey(RotateServiceKey),
}

/// `doorward service rotate-key`.
#[derive(Debug, Args)]
pub struct RotateServiceKey {
    /// The service's name.
    pub name: String,
    /// Where the installation is.
    #[command(flatten)]
    pub installation: Installation,
}

/// `doorward keys …`.
#[derive(Debug, Args)]
pub struct Keys {
    /// What to do with keys; without it they are listed.
    #[command(subcommand)]
    pub task: Option<KeysTask>,
    /// How to list them.
    #[command(flatten)]
    pub list: ListKeys,
}

/// What is done with keys.
#[derive(Debug, Subcommand)]
pub enum KeysTask {
    /// List them: what they are for now, since when, and what comes next.
    List(ListKeys),
    /// Have a new key take the place of the present one, while everything goes on.
    #[command(after_help = KEYS_EXAMPLES)]
    Rotate {
        /// Which.
        #[command(subcommand)]
        ring: RotateTask,
    },
}

/// `doorward keys list`.
#[derive(Debug, Args)]
pub struct ListKeys {
    /// Print them as JSON.
    #[arg(long)]
    pub json: bool,
    /// Where the installation is.
    #[command(flatten)]
    pub installation: Installation,
}

/// Which key is rotated.
#[derive(Debug, Subcommand)]
pub enum RotateTask {
    /// The master key, under which the data keys are wrapped.
    Master(RotateMaster),
    /// The data key, under which all that is stored is sealed: all of it is sealed anew, and the old key goes.
    Data(Installation),
    /// The key that seals sessions. Those under the old key stay valid until they end.
    Sessions(Installation),
    /// The keys that sign web identity tokens. The new ones are published for a day before they sign.
    Tokens(RotateTokens),
}

/// `doorward keys rotate master`.
#[derive(Debug, Args)]
pub struct RotateMaster {
    /// File of the new master key, made if there is none.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["to_config", "finish"])]
    pub to_file: Option<String>,
    /// Configuration file (TOML) that says where the new master key is; of it, only that counts.
    #[arg(long, value_name = "FILE", conflicts_with = "finish")]
    pub to_config: Option<String>,
    /// Have the master key of the configuration alone open the data keys; the one before then opens nothing.
    #[arg(long)]
    pub finish: bool,
    /// Where the installation is.
    #[command(flatten)]
    pub installation: Installation,
}

/// `doorward keys rotate tokens`.
#[derive(Debug, Args)]
pub struct RotateTokens {
    /// The account whose keys are meant [default: every account that issues tokens].
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// Where the installation is.
    #[command(flatten)]
    pub installation: Installation,
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

/// `doorward backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to make; `-` is standard output. A file that is there is not overwritten.
    pub file: String,
    /// Where the installation is.
    #[command(flatten)]
    pub installation: Installation,
}

/// `doorward restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup.
    pub file: String,
    /// Where the installation will be.
    #[command(flatten)]
    pub installation: Installation,
}

/// `doorward export`.
#[derive(Debug, Args)]
pub struct Export {
    /// The file to make; a file that is there is not overwritten [default: standard output].
    #[arg(default_value = "-", hide_default_value = true)]
    pub file: String,
    /// Whether secrets are in it.
    #[arg(long, value_name = "WHICH", default_value = "sealed")]
    pub secrets: ExportedSecrets,
    /// Where the installation is.
    #[command(flatten)]
    pub installation: Installation,
}

/// Whether secrets are in an export.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ExportedSecrets {
    /// As they are stored, sealed under the master key.
    Sealed,
    /// Left out.
    None,
}

/// What an import makes of secrets.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ImportedSecrets {
    /// They are in the export, sealed under the master key, and stay so.
    Sealed,
    /// They are left out, and with them all that is nothing without: access keys, passwords, MFA devices, server
    /// certificates, credentials for services. The root user of the management account gets a new access key.
    None,
}

/// `doorward import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The export.
    pub file: String,
    /// What becomes of secrets.
    #[arg(long, value_name = "WHICH", default_value = "sealed")]
    pub secrets: ImportedSecrets,
    /// Where the installation will be.
    #[command(flatten)]
    pub installation: Installation,
}

/// `doorward import-aws`.
#[derive(Debug, Args)]
pub struct ImportAws {
    /// What `aws iam get-account-authorization-details` printed.
    pub file: String,
    /// The account to import into [default: the file's].
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// How.
    #[command(flatten)]
    pub importing: Importing,
}

/// `doorward import-minio`.
#[derive(Debug, Args)]
pub struct ImportMinio {
    /// What `mc admin cluster iam export` wrote.
    pub file: String,
    /// The account to import into [default: the management account].
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// Make new access keys where MinIO's cannot be kept, and write them to a file as AWS clients read it, each as the profile
    /// of the old access key's name.
    #[arg(long, value_name = "FILE")]
    pub new_keys: Option<String>,
    /// How.
    #[command(flatten)]
    pub importing: Importing,
}

/// How something is imported from elsewhere.
#[derive(Debug, Args)]
pub struct Importing {
    /// Tell what would be imported, and import nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Import the rest where something is refused.
    #[arg(long)]
    pub skip_refused: bool,
    /// Write what came of it to a file, as JSON.
    #[arg(long, value_name = "FILE")]
    pub report: Option<String>,
    /// Where the installation is.
    #[command(flatten)]
    pub installation: Installation,
}

/// `doorward check`.
#[derive(Debug, Args)]
pub struct Check {
    /// A backup to check, instead of the installation.
    pub file: Option<String>,
    /// Print the report as JSON.
    #[arg(long)]
    pub json: bool,
    /// Where the installation is.
    #[command(flatten)]
    pub installation: Installation,
}

/// `doorward migrate`.
#[derive(Debug, Args)]
pub struct Migrate {
    /// Where the installation is. No server may run on it.
    #[arg(long, value_name = "DIR")]
    pub from: String,
    /// Where it will be: an empty place.
    #[arg(long, value_name = "DIR")]
    pub to: String,
}

/// `doorward explain`.
#[derive(Debug, Default, Args)]
pub struct Explain {
    /// Who asks: the ARN of a user, root user, role, role session, federated user or identity provider, a service such as
    /// `ec2.amazonaws.com`, or `anonymous`. A role stands for a session of it.
    #[arg(long, value_name = "PRINCIPAL", required_unless_present_any = ["request", "decoded"])]
    pub principal: Option<String>,
    /// Unique id of the user or role; without it, `aws:userid` is missing.
    #[arg(long, value_name = "ID")]
    pub principal_id: Option<String>,
    /// Name of the session, where --principal is a role [default: session].
    #[arg(long, value_name = "NAME")]
    pub session_name: Option<String>,
    /// Who asked for a federated user's session: ARN of a user, or of the root user.
    #[arg(long, value_name = "ARN")]
    pub issuer: Option<String>,
    /// What for, as `s3:GetObject`.
    #[arg(long, value_name = "ACTION", required_unless_present_any = ["request", "decoded"])]
    pub action: Option<String>,
    /// On what: an ARN, or `*` for actions that name no resource [default: *].
    #[arg(long, value_name = "ARN")]
    pub resource: Option<String>,
    /// Account that owns the resource [default: the one in its ARN, else the principal's].
    #[arg(long, value_name = "ID")]
    pub resource_account: Option<String>,
    /// Condition key and its value; given again, one more value of the key. Keys that follow from the principal are there
    /// already.
    #[arg(long, value_name = "KEY=VALUE")]
    pub context: Vec<String>,
    /// Identity-based policy: the principal's own, or one of its groups.
    #[arg(long, value_name = "FILE")]
    pub policy: Vec<String>,
    /// Permissions boundary.
    #[arg(long, value_name = "FILE")]
    pub boundary: Option<String>,
    /// Session policy.
    #[arg(long, value_name = "FILE")]
    pub session: Vec<String>,
    /// Service control policy at a node of the organization, the root's first.
    #[arg(long, value_name = "NODE=FILE")]
    pub scp: Vec<String>,
    /// Resource control policy at a node of the organization, the root's first.
    #[arg(long, value_name = "NODE=FILE")]
    pub rcp: Vec<String>,
    /// Management account of the organization, which --scp and --rcp do not bind.
    #[arg(long, value_name = "ID")]
    pub management_account: Option<String>,
    /// Policy of the VPC endpoint that the request came through.
    #[arg(long, value_name = "FILE")]
    pub endpoint: Option<String>,
    /// Policy of the resource.
    #[arg(long, value_name = "FILE", conflicts_with = "trust")]
    pub resource_policy: Option<String>,
    /// Trust policy of the role that is the resource.
    #[arg(long, value_name = "FILE")]
    pub trust: Option<String>,
    /// File (JSON) with the whole question; `-` is standard input.
    #[arg(long, value_name = "FILE", conflicts_with_all = QUESTION)]
    pub request: Option<String>,
    /// What `aws sts decode-authorization-message` prints about a denial of this server; `-` is standard input.
    #[arg(long, value_name = "FILE", conflicts_with_all = QUESTION, conflicts_with = "request")]
    pub decoded: Option<String>,
    /// Print the explanation as JSON.
    #[arg(long)]
    pub json: bool,
    /// When to use colours; by default on a terminal, unless NO_COLOR is set.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Colors,
}

/// The arguments that put a question together, and go with no file that holds one.
const QUESTION: [&str; 17] = [
    "principal",
    "principal_id",
    "session_name",
    "issuer",
    "action",
    "resource",
    "resource_account",
    "context",
    "policy",
    "boundary",
    "session",
    "scp",
    "rcp",
    "management_account",
    "endpoint",
    "resource_policy",
    "trust",
];

/// When to use colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Colors {
    /// On a terminal.
    #[default]
    Auto,
    /// Also in a pipe.
    Always,
    /// Nowhere.
    Never,
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

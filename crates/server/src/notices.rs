//! Delivering the notices of temporary delegation: AWS publishes them to a provider's topic; here each becomes a file in the
//! directory that stands for the topic.
//!
//! A notice is in the store until its file is on disk, so none is lost, whatever stops the server; one may be written
//! twice, into the same file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use doorward_directory::Refusal;
use doorward_directory::change::delegation;
use doorward_directory::delegation::notice::Notice;
use doorward_directory::seal::SealFailed;
use doorward_gate::Gate;
use jiff::Timestamp;
use tokio::sync::watch;

use crate::drain::{Phase, reached};
use crate::limits::NOTICES_DELIVERED_EVERY;
use crate::state::State;
use crate::writes::Writes;

/// Why a notice is not delivered, or what comes of requests is not written.
#[derive(Debug, thiserror::Error)]
enum Undelivered {
    #[error("no directory stands for the topic `{0}`")]
    NoTopic(String),
    #[error("the notice cannot be written")]
    Unwritten(#[from] io::Error),
    #[error("the token cannot be sealed")]
    Unsealed(#[from] SealFailed),
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// Delivers them until the server is to stop. What is left then is delivered by the next one.
pub(crate) async fn keep_delivering(state: Arc<State>, writes: Writes, mut stopping: watch::Receiver<Phase>) {
    loop {
        tokio::select! {
            () = reached(Phase::Closing, &mut stopping) => return,
            () = tokio::time::sleep(NOTICES_DELIVERED_EVERY) => {}
        }
        let state = Arc::clone(&state);
        let delivered = writes.run(move || state.gate().map_or(Ok(()), |gate| deliver(gate, state.now())));
        let error: Box<dyn std::error::Error + Send + Sync> = match delivered.await {
            Ok(Ok(())) => continue,
            Ok(Err(error)) => error.into(),
            Err(error) => error.into(),
        };
        tracing::warn!(error, "notices of temporary delegation wait until the next time");
    }
}

/// Writes down which requests have expired, and delivers what is to be delivered. Goes on after a failure, and tells the
/// first.
fn deliver(gate: &Gate, now: Timestamp) -> Result<(), Undelivered> {
    let directory = gate.directory();
    while directory.change(now, delegation::sweep)?.0 {}
    let snapshot = directory.snapshot();
    let mut first = Ok(());
    for notice in snapshot.notices() {
        let delivered = deliver_one(gate, notice)
            .and_then(|()| Ok(directory.change(now, |draft| delegation::delivered(draft, notice))?));
        if let Err(error) = delivered
            && first.is_ok()
        {
            first = Err(error);
        }
    }
    first
}

fn deliver_one(gate: &Gate, notice: &Notice) -> Result<(), Undelivered> {
    let snapshot = gate.directory().snapshot();
    // A request takes its notices with it, so a notice without one is about to go.
    let Some(request) = snapshot.delegation_request(&notice.request) else { return Ok(()) };
    let provider = gate.providers().get(&request.requestor);
    let topic = provider.and_then(|provider| provider.topics.get(&request.channel));
    let topic = topic.ok_or_else(|| Undelivered::NoTopic(request.channel.to_string()))?;
    let message = notice.message(request, gate.directory().sealer())?;
    Ok(write(topic, &format!("{}-{:06}.json", notice.request, notice.number), &message)?)
}

/// Puts a file into a directory, whole, readable by its owner alone: it may hold a token.
fn write(directory: &Path, name: &str, text: &str) -> io::Result<()> {
    let draft = directory.join(format!(".{name}.{}", std::process::id()));
    let written = write_private(&draft, text).and_then(|()| fs::rename(&draft, directory.join(name)));
    if let Err(error) = written {
        // What is left of the draft is of no use, and the first error says why.
        let _ = fs::remove_file(&draft);
        return Err(error);
    }
    File::open(directory)?.sync_all()
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use doorward_directory::bootstrap::{FirstStart, bootstrap};
    use doorward_directory::change::delegation::NewDelegation;
    use doorward_directory::delegation::provider::Provider;
    use doorward_directory::delegation::{Identity, Permission, Sender};
    use doorward_directory::random::SystemRandom;
    use doorward_directory::seal::{MasterKey, Sealer};
    use doorward_directory::{Directory, Limits, Opening, STALENESS_MAX};
    use doorward_policy::AccountId;
    use doorward_policy::request::Choices;
    use doorward_store::Memory;

    use super::*;

    const TOPIC: &str = "arn:aws:sns:us-east-1:123456789012:t";

    fn account() -> AccountId {
        "123456789012".parse().unwrap()
    }

    fn now() -> Timestamp {
        "2026-11-22T10:00:00Z".parse().unwrap()
    }

    /// A gate with one request that was associated, and the path of its notice.
    fn gate(folder: &Path) -> (Gate, std::path::PathBuf) {
        let random = Arc::new(SystemRandom);
        let sealer = Arc::new(Sealer::new(&MasterKey::from_bytes([7; 32]), random.clone()).unwrap());
        let (store, limits) = (Arc::new(Memory::default()), Limits::default());
        let directory = Directory::open(Opening {
            store,
            sealer,
            limits,
            random: random.clone(),
            staleness_max: STALENESS_MAX,
        })
        .unwrap();
        let first = FirstStart { account: account(), account_name: "a".into(), root_key: None };
        bootstrap(&directory, &first, now()).unwrap();
        let permission = Permission { template: "t".into(), parameters: Vec::new(), policy: "{}".into() };
        let new = NewDelegation {
            requestor_name: "Example",
            workflow: "workflow",
            description: "d",
            message: None,
            permission: &permission,
            redirect_url: None,
            channel: TOPIC,
            session_s: 3600,
            sender: Sender::Anyone,
            owner_account: None,
        };
        let owner = Identity { arn: "arn".into(), id: "id".into() };
        let made = directory.change(now(), |draft| {
            let request = delegation::create(draft, account(), &new)?;
            delegation::associate(draft, account(), &owner, &request.id)?;
            Ok(request.id)
        });
        let path = folder.join(format!("{}-000001.json", made.unwrap().0));
        let topics = [(TOPIC.into(), folder.to_owned())].into();
        let provider = Provider { topics, ..Provider::default() };
        let gate = Gate::open(Arc::new(directory), Choices::default(), random).unwrap();
        (gate.with_providers([(account(), provider)].into()), path)
    }

    #[test]
    fn notices_become_files_and_then_go() {
        let folder = tempfile::tempdir().unwrap();
        let (gate, path) = gate(folder.path());
        for _ in 0..2 {
            deliver(&gate, now()).unwrap();
            let message: serde_json::Value =
                serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            assert_eq!(message["State"], "ASSIGNED");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left");
            assert_eq!(gate.directory().snapshot().notices().count(), 0);
        }
    }

    #[test]
    fn what_cannot_be_delivered_waits() {
        let folder = tempfile::tempdir().unwrap();
        let (gate, path) = gate(&folder.path().join("nowhere"));
        for (gate, expected) in [
            (gate.clone(), "the notice cannot be written"),
            (gate.with_providers([].into()), "no directory stands for the topic"),
        ] {
            let error = deliver(&gate, now()).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
            assert_eq!(gate.directory().snapshot().notices().count(), 1);
        }
        assert!(!path.exists());
    }

    #[test]
    fn requests_expire_by_themselves() {
        let folder = tempfile::tempdir().unwrap();
        let (gate, path) = gate(folder.path());
        let late = now() + jiff::SignedDuration::from_hours(7 * 24);
        deliver(&gate, late).unwrap();
        let second =
            path.with_file_name(path.file_name().unwrap().to_str().unwrap().replace("-000001", "-000002"));
        assert!(fs::read_to_string(second).unwrap().contains(r#""State":"EXPIRED""#));
    }
}

//! The embedded store in a process of its own, which is killed while it commits.
//!
//! The process is this program again. It answers over a Unix socket, one line of JSON for each: clients of the run have a
//! connection each. What was under way when the process died has an outcome that nobody knows.

use std::io::{BufRead, BufReader, ErrorKind, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use doorward_store::embedded::Options;
use doorward_store::{
    CommitError, Embedded, Entry, Expected, Key, Revision, Store, Transaction, Value, Write,
};
use serde::{Deserialize, Serialize};

use crate::drive::{Failure, Plan, drive};
use crate::load::{Target, Unanswered};
use crate::verdict::Row;

/// The word that makes this program the process that is killed.
pub const CHILD: &str = "child";

/// How long a process may take until it answers.
const START_TIME: Duration = Duration::from_secs(20);

/// How often it is looked whether it does.
const LOOKED_EVERY: Duration = Duration::from_millis(2);

#[derive(Serialize, Deserialize)]
enum Question {
    Read(String),
    Commit { checks: Vec<(String, Wanted)>, writes: Vec<(String, String)> },
}

#[derive(Serialize, Deserialize)]
enum Wanted {
    Absent,
    Revision(u64),
}

#[derive(Serialize, Deserialize)]
enum Answer {
    Entry(Option<(String, u64)>),
    Committed(u64),
    Conflict { key: String, actual: Option<u64> },
    Unavailable(String),
    Unknown(String),
}

/// Lets clients work while the process is killed again and again.
///
/// # Errors
/// The process does not come up, or the store cannot be opened at the end.
pub fn run(plan: Plan) -> Result<Row, Failure> {
    let folder = tempfile::tempdir().map_err(Failure::of)?;
    let (data, socket) = (folder.path().join("data"), folder.path().join("socket"));
    let mut child = start(&data, &socket)?;
    let lines: Vec<Line> = (0..plan.clients).map(|_| Line::to(&socket)).collect();
    let targets: Vec<&dyn Target> = lines.iter().map(|line| line as &dyn Target).collect();
    let driven = drive(plan, &targets, None, || {
        child.end()?;
        child = start(&data, &socket)?;
        Ok(())
    })?;
    child.end()?;
    let store = Embedded::open(&data, Options::default()).map_err(Failure::of)?;
    driven.judge("embedded", "kill-9", plan, &store)
}

/// A process, killed at the latest when this is dropped.
struct Running(Child);

impl Running {
    fn end(&mut self) -> Result<(), Failure> {
        self.0.kill().map_err(Failure::of)?;
        self.0.wait().map_err(Failure::of).map(drop)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may be dead already, and then there is nothing to do.
        let _ = self.end();
    }
}

fn start(data: &Path, socket: &Path) -> Result<Running, Failure> {
    match std::fs::remove_file(socket) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(Failure::of(error)),
        _ => {}
    }
    let program = std::env::current_exe().map_err(Failure::of)?;
    let mut command = Command::new(program);
    command.arg(CHILD).arg(data).arg(socket).stdin(Stdio::null());
    let running = Running(command.spawn().map_err(Failure::of)?);
    let begun = Instant::now();
    while UnixStream::connect(socket).is_err() {
        if begun.elapsed() > START_TIME {
            return Err(Failure::Broken("the process that was started again does not answer".to_owned()));
        }
        std::thread::sleep(LOOKED_EVERY);
    }
    Ok(running)
}

/// A client's way to the process, connected when it is needed.
struct Line {
    socket: PathBuf,
    connection: Mutex<Option<BufReader<UnixStream>>>,
}

/// Why a question has no answer.
enum Cut {
    /// It was not asked.
    Before,
    /// It was, or may have been.
    After,
}

impl Line {
    fn to(socket: &Path) -> Self {
        Self { socket: socket.to_owned(), connection: Mutex::default() }
    }

    fn ask(&self, question: &Question) -> Result<Answer, Cut> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let mut stream = match connection.take() {
            Some(stream) => stream,
            None => BufReader::new(UnixStream::connect(&self.socket).map_err(|_| Cut::Before)?),
        };
        let mut line = serde_json::to_string(question).map_err(|_| Cut::Before)?;
        line.push('\n');
        stream.get_mut().write_all(line.as_bytes()).map_err(|_| Cut::After)?;
        let mut answer = String::new();
        stream.read_line(&mut answer).map_err(|_| Cut::After)?;
        let answer = serde_json::from_str(&answer).map_err(|_| Cut::After)?;
        *connection = Some(stream);
        Ok(answer)
    }
}

impl Target for Line {
    fn read(&self, key: &Key) -> Result<Option<Entry>, Unanswered> {
        match self.ask(&Question::Read(key.to_string())) {
            Ok(Answer::Entry(None)) => Ok(None),
            Ok(Answer::Entry(Some((text, revision)))) => {
                let value = Value::new(text).map_err(|_| Unanswered)?;
                Ok(Some(Entry { value, revision: Revision(revision) }))
            }
            _ => Err(Unanswered),
        }
    }

    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError> {
        let cause = |text: &str| Arc::new(std::io::Error::other(text.to_owned()));
        match self.ask(&question(&transaction)) {
            Ok(Answer::Committed(revision)) => Ok(Revision(revision)),
            Ok(Answer::Conflict { key, actual }) => Err(conflict(&transaction, &key, actual)),
            Ok(Answer::Unavailable(text)) => Err(CommitError::Unavailable { cause: cause(&text) }),
            Ok(Answer::Unknown(text)) => Err(CommitError::Unknown { cause: cause(&text) }),
            Err(Cut::Before) => Err(CommitError::Unavailable { cause: cause("nobody listens") }),
            Ok(Answer::Entry(_)) | Err(Cut::After) => {
                Err(CommitError::Unknown { cause: cause("the answer did not come") })
            }
        }
    }
}

fn question(transaction: &Transaction) -> Question {
    let wanted = |expected: &Expected| match expected {
        Expected::Absent => Wanted::Absent,
        Expected::Revision(revision) => Wanted::Revision(revision.0),
        Expected::Present => unreachable!("the clients of a run expect a revision, or nothing"),
    };
    let text = |write: &Write| match write {
        Write::Put(value) => String::from_utf8_lossy(value.as_bytes()).into_owned(),
        Write::Delete => unreachable!("the clients of a run delete nothing"),
    };
    Question::Commit {
        checks: transaction.checks().iter().map(|(key, check)| (key.to_string(), wanted(check))).collect(),
        writes: transaction.writes().iter().map(|(key, write)| (key.to_string(), text(write))).collect(),
    }
}

fn conflict(transaction: &Transaction, key: &str, actual: Option<u64>) -> CommitError {
    let found = transaction.checks().iter().find(|(checked, _)| checked.to_string() == key);
    match found {
        Some((key, expected)) => {
            CommitError::Conflict { key: key.clone(), expected: *expected, actual: actual.map(Revision) }
        }
        None => CommitError::Unknown { cause: Arc::new(std::io::Error::other("a conflict about nothing")) },
    }
}

/// The process that is killed: opens the store in `data` and answers on `socket` until then.
///
/// # Errors
/// The store cannot be opened, or nobody can be listened to.
pub fn serve(data: &Path, socket: &Path) -> Result<(), Failure> {
    let store = Embedded::open(data, Options::default()).map_err(Failure::of)?;
    let listener = UnixListener::bind(socket).map_err(Failure::of)?;
    std::thread::scope(|scope| {
        for stream in listener.incoming().flatten() {
            let store = &store;
            scope.spawn(move || attend(store, stream));
        }
    });
    Ok(())
}

/// Answers one client until it goes away.
fn attend(store: &Embedded, stream: UnixStream) {
    let Ok(mut back) = stream.try_clone() else { return };
    for line in BufReader::new(stream).lines() {
        let Some(answer) = line.ok().and_then(|line| answer(store, &line)) else { return };
        let Ok(mut text) = serde_json::to_string(&answer) else { return };
        text.push('\n');
        if back.write_all(text.as_bytes()).is_err() {
            return;
        }
    }
}

/// The answer to a question; `None` if it is none.
fn answer(store: &Embedded, line: &str) -> Option<Answer> {
    Some(match serde_json::from_str(line).ok()? {
        Question::Read(key) => match store.read(&Key::new(key).ok()?) {
            Ok(entry) => Answer::Entry(entry.map(|entry| {
                (String::from_utf8_lossy(entry.value.as_bytes()).into_owned(), entry.revision.0)
            })),
            Err(error) => Answer::Unavailable(error.to_string()),
        },
        Question::Commit { checks, writes } => match store.commit(transaction(checks, writes)?) {
            Ok(revision) => Answer::Committed(revision.0),
            Err(CommitError::Conflict { key, actual, .. }) => {
                Answer::Conflict { key: key.to_string(), actual: actual.map(|revision| revision.0) }
            }
            Err(error @ CommitError::Unavailable { .. }) => Answer::Unavailable(error.to_string()),
            Err(error) => Answer::Unknown(error.to_string()),
        },
    })
}

fn transaction(checks: Vec<(String, Wanted)>, writes: Vec<(String, String)>) -> Option<Transaction> {
    let expected = |wanted| match wanted {
        Wanted::Absent => Expected::Absent,
        Wanted::Revision(revision) => Expected::Revision(Revision(revision)),
    };
    let checks = checks.into_iter().map(|(key, wanted)| Some((Key::new(key).ok()?, expected(wanted))));
    let writes =
        writes.into_iter().map(|(key, text)| Some((Key::new(key).ok()?, Write::Put(Value::new(text).ok()?))));
    Transaction::new(checks.collect::<Option<_>>()?, writes.collect::<Option<_>>()?).ok()
}

//! `@cloud-copilot/iam-simulate`, in a process of its own, whose processor time it says itself.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result};
use doorward_bench::measure::{Ask, Contestant};
use doorward_bench::workload::Expected;
use serde_json::{Value, json};

/// The script that answers; it finds the library in the folder that it is given.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/simulate.mjs");

/// The process; it ends when its input does.
struct Simulator {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

/// Starts Node with the library in `folder/node_modules` and hands it the workload.
pub fn contestant(folder: &Path, workload: &Value) -> Result<Contestant<'static>> {
    let mut command = Command::new("node");
    command.arg(SCRIPT).arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().context("cannot start `node`")?;
    let input = child.stdin.take();
    let output = BufReader::new(child.stdout.take().context("node has no output")?);
    let mut simulator = Simulator { child, input, output };
    simulator.say(&json!({"load": workload}))?;
    Ok(Contestant::new("iam-simulate", simulator))
}

impl Simulator {
    fn say(&mut self, command: &Value) -> Result<Value> {
        let input = self.input.as_mut().context("node's input is closed")?;
        writeln!(input, "{command}").context("node does not listen")?;
        input.flush()?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        serde_json::from_str(&line).context("node has ended, or says something else")
    }
}

impl Ask for Simulator {
    fn ask(&mut self, question: usize) -> Option<Expected> {
        let said = self.say(&json!({"ask": question})).ok()?;
        serde_json::from_value(said.get("answer")?.clone()).ok()
    }

    fn time(&mut self, questions: &[usize], times: u32) -> Duration {
        let said = self.say(&json!({"time": questions, "times": times})).unwrap_or_default();
        // A process that is gone took forever.
        said.get("nanoseconds").and_then(Value::as_u64).map_or(Duration::MAX, Duration::from_nanos)
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.input = None;
        // It has nothing left to say; whether it ended well does not matter any more.
        let _ = self.child.wait();
    }
}

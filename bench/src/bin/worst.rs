//! Prints the worst input that a search finds: `worst FOLDER SECONDS SEED`.
//!
//! Writes policies and request of each family's worst to `worst.json` in the folder.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks on its terminal")]

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use doorward_bench::worst::{Found, search, written};
use serde_json::{Value, json};

/// What a decision on bad input may take, in microseconds of processor time.
const TARGET_US: f64 = 50.0;

/// How much of a long text is printed.
const SHOWN: usize = 120;

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [folder, seconds, seed] = arguments else { return Err("usage: worst FOLDER SECONDS SEED".into()) };
    let _pinned = doorward_bench::measure::pin();
    let before = written();
    let found = search(seed.parse()?, Duration::from_secs(seconds.parse()?));
    println!(
        "| family | as written, µs | worst found, µs | of the target | its first decision, µs |\n|---|---:|---:|---:|---:|"
    );
    for one in &found {
        let name = one.adversary.name;
        let first = before.iter().find(|other| other.adversary.name == name);
        let first = first.map(|other| other.nanoseconds / 1e3).unwrap_or_default();
        let now = one.nanoseconds / 1e3;
        let (share, once) = (now / TARGET_US * 100.0, one.first_nanoseconds / 1e3);
        println!("| {name} | {first:.1} | {now:.1} | {share:.0} % | {once:.1} |");
    }
    let Some(worst) = found.first() else { return Err("there is no family to start from".into()) };
    println!("\nThe worst:\n{}", described(worst));
    let path = Path::new(folder).join("worst.json");
    let rows: Vec<Value> = found.iter().map(row).collect();
    std::fs::write(&path, format!("{:#}\n", json!(rows)))?;
    println!("written: {}", path.display());
    Ok(())
}

fn row(found: &Found) -> Value {
    let Found { adversary, nanoseconds, first_nanoseconds } = found;
    json!({
        "family": adversary.name, "nanoseconds": nanoseconds.round(),
        "first_nanoseconds": first_nanoseconds.round(), "workload": adversary.workload,
    })
}

/// The request, and the first statement of the first policy.
fn described(found: &Found) -> String {
    let workload = &found.adversary.workload;
    let part = |name, pointer| format!("  {name}: {}\n", shortened(workload.pointer(pointer)));
    [
        part("resource", "/requests/0/resource"),
        part("context", "/requests/0/context"),
        part("a statement", "/identity_policies/0/Document/Statement/0"),
    ]
    .concat()
}

fn shortened(value: Option<&Value>) -> String {
    let text = value.map(Value::to_string).unwrap_or_default();
    let length = text.chars().count();
    let start: String = text.chars().take(SHOWN).collect();
    if length > SHOWN { format!("{start}… ({length} characters)") } else { start }
}

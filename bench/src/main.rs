//! Prints how long decisions take: `doorward-bench [WORKLOAD.json …]`; without files, of 50, 500 and 5,000 statements.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks on its terminal")]

use std::process::ExitCode;

use doorward_bench::generate::{self, Services};
use doorward_bench::measure::nanoseconds;
use doorward_bench::workload::{Question, Workload};
use doorward_engine::{CompiledPolicies, decide, explain};
use doorward_policy::explain::Decision;
use doorward_policy::request::Choices;
use doorward_spec::judge;

/// The sizes of the generated workloads.
const SIZES: [u32; 3] = [50, 500, 5_000];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let mut workloads = Vec::new();
    for file in &files {
        workloads.push(Workload::read(serde_json::from_str(&std::fs::read_to_string(file)?)?)?);
    }
    if files.is_empty() {
        for size in SIZES {
            workloads.push(Workload::read(generate::workload(size, Services::All))?);
        }
    }
    println!("Nanoseconds on one core; decisions of the engine and of the model, each checked.\n");
    println!("| statements | request | decide | explain | model | compile all |\n|---|---|---|---|---|---|");
    workloads.iter().try_for_each(print)
}

fn print(workload: &Workload) -> Result<(), Box<dyn std::error::Error>> {
    let choices = Choices::default();
    let compiled = CompiledPolicies::new(&workload.policies);
    let prepared = doorward_engine::Policies::new(compiled, choices);
    let compiling = nanoseconds(|| CompiledPolicies::new(&workload.policies));
    for question in &workload.questions {
        let Question { id, request, .. } = question;
        let decided = decide(request, &prepared);
        demand(question, decided, "the engine")?;
        demand(question, judge(request, &workload.policies, &choices).decision, "the model")?;
        let deciding = nanoseconds(|| decide(request, &prepared));
        let explaining = nanoseconds(|| explain(request, &prepared));
        let judging = nanoseconds(|| judge(request, &workload.policies, &choices));
        let statements = workload.statements;
        println!("| {statements} | {id} | {deciding:.0} | {explaining:.0} | {judging:.0} | {compiling:.0} |");
    }
    Ok(())
}

/// A quick wrong answer is not worth measuring.
fn demand(question: &Question, decision: Decision, judge: &str) -> Result<(), String> {
    let Question { id, expected, .. } = question;
    if expected.is(decision) {
        Ok(())
    } else {
        Err(format!("{id}: {judge} answers {decision:?}, not {expected:?}"))
    }
}

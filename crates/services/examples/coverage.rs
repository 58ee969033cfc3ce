//! Prints `docs/coverage.md`: which operations of AWS's APIs this server has, and why not others where that will stay so.
//! `cargo xtask coverage` runs it.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::collections::BTreeMap;

use doorward_services::table::{SERVICES, row};
use doorward_wire::shape::{Authentication, OperationShape, ServiceShape};

/// Why operations are not there, by their names, such as `iam:AcquireRole`.
type Remarks = BTreeMap<String, String>;

/// Where the remarks stand.
const REMARKS: &str = include_str!("../../../conformance/coverage.toml");

/// Whether a request for it is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Yes,
    /// All that can be checked is, before the proof that comes with it; and that is not verified.
    UpToTheProof,
    NotImplemented,
}

impl State {
    fn of(operation: &OperationShape) -> Self {
        match (row(operation), operation.authentication) {
            (Some(_), Authentication::Signed) => Self::Yes,
            (Some(_), Authentication::Unsigned) => Self::UpToTheProof,
            (None, _) => Self::NotImplemented,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::UpToTheProof => "up to the proof, then `NotImplemented`",
            Self::NotImplemented => "`NotImplemented`",
        }
    }
}

fn main() -> Result<(), String> {
    let remarks = remarks()?;
    check(&remarks)?;
    println!("# Coverage\n");
    println!(
        "Made by `cargo xtask coverage` from the table of operations; `make test` refuses a page that is out of date."
    );
    println!(
        "An operation that is not there yet is answered with the error `NotImplemented`, once its caller is known.\n"
    );
    println!("| Service | Operations | Answered |\n|---|---:|---:|");
    for service in SERVICES {
        println!(
            "| [{0}](#{1}) | {2} | {3} |",
            service.id,
            anchor(service),
            service.operations.len(),
            service.operations.iter().filter(|operation| State::of(operation) == State::Yes).count()
        );
    }
    for service in SERVICES {
        println!("\n## {}\n\nVersion {} of the API.\n", service.id, service.api_version);
        println!("| Operation | Answered |\n|---|---|");
        for operation in service.operations {
            let state = state(operation, &remarks);
            println!("| [{}]({}) | {state} |", operation.name, operation.documentation);
        }
    }
    Ok(())
}

/// The remarks, as they are written down.
fn remarks() -> Result<Remarks, String> {
    let table: toml::Table = REMARKS.parse().map_err(|error| format!("{error}"))?;
    let list = table.get("remark").and_then(toml::Value::as_array).ok_or("there is no remark")?;
    let mut remarks = Remarks::new();
    for entry in list {
        let why = entry.get("why").and_then(toml::Value::as_str).ok_or("a remark without `why`")?;
        let operations = entry.get("operations").and_then(toml::Value::as_array);
        for operation in operations.ok_or("a remark without `operations`")? {
            let name = operation.as_str().ok_or("an operation that is no text")?;
            if remarks.insert(name.to_owned(), why.to_owned()).is_some() {
                return Err(format!("`{name}` has two remarks"));
            }
        }
    }
    Ok(remarks)
}

/// Every remark is about an operation that there is, and that is not answered.
fn check(remarks: &Remarks) -> Result<(), String> {
    let all: Vec<&OperationShape> =
        SERVICES.iter().flat_map(|service| service.operations.iter().copied()).collect();
    for name in remarks.keys() {
        match all.iter().find(|operation| key(operation) == *name) {
            Some(operation) if is_answered(operation) => {
                return Err(format!("`{name}` is answered: its remark must go"));
            }
            Some(_) => {}
            None => return Err(format!("there is no operation `{name}`")),
        }
    }
    Ok(())
}

fn key(operation: &OperationShape) -> String {
    format!("{}:{}", operation.service.signing_name, operation.name)
}

fn is_answered(operation: &OperationShape) -> bool {
    row(operation).is_some()
}

fn state(operation: &OperationShape, remarks: &Remarks) -> String {
    match (is_answered(operation), remarks.get(&key(operation))) {
        (true, _) => State::of(operation).word().to_owned(),
        (false, None) => "`NotImplemented`".to_owned(),
        (false, Some(why)) => format!("`NotImplemented`: {why}"),
    }
}

fn anchor(service: &ServiceShape) -> String {
    service.id.to_lowercase().replace(' ', "-")
}

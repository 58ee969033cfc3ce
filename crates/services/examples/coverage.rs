//! Prints `docs/coverage.md`: which operations of AWS's APIs this server has. `cargo xtask coverage` runs it.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use doorward_services::table::{SERVICES, row};
use doorward_wire::shape::{Authentication, OperationShape, ServiceShape};

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

fn main() {
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
            answered(service)
        );
    }
    for service in SERVICES {
        println!("\n## {}\n\nVersion {} of the API.\n", service.id, service.api_version);
        println!("| Operation | Answered |\n|---|---|");
        for operation in service.operations {
            println!(
                "| [{}]({}) | {} |",
                operation.name,
                operation.documentation,
                State::of(operation).word()
            );
        }
    }
}

fn anchor(service: &ServiceShape) -> String {
    service.id.to_lowercase().replace(' ', "-")
}

fn answered(service: &ServiceShape) -> usize {
    service.operations.iter().filter(|operation| State::of(operation) == State::Yes).count()
}

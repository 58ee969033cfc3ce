//! Prints the table of operations, a line each, tab-separated: the service's id, the version of its API, its prefix in the
//! names of actions, the operation's name, the address of its documentation, and what the server does with it.
//! `cargo xtask coverage` makes the coverage page of it.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use doorward_services::operation::Access;
use doorward_services::table::{SERVICES, row};
use doorward_wire::shape::{Authentication, OperationShape};

fn main() {
    for service in SERVICES {
        for operation in service.operations {
            let OperationShape { name, documentation, .. } = operation;
            println!(
                "{}\t{}\t{}\t{name}\t{documentation}\t{}",
                service.id,
                service.api_version,
                service.signing_name,
                answered(operation)
            );
        }
    }
}

/// What the server does with a request for it.
fn answered(operation: &OperationShape) -> &'static str {
    let Some(row) = row(operation) else { return "missing" };
    match (operation.authentication, row.access) {
        (Authentication::Unsigned, _) => "proof",
        (Authentication::Signed, Access::Read | Access::LongRead) => "reads",
        (Authentication::Signed, Access::Write) => "writes",
        (Authentication::Signed, Access::WriteWith(_)) => "reads or writes",
    }
}

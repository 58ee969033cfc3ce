//! Prints what a running Doorward does in a second: requests, beside a server that does nothing but answer; writes, beside
//! the store alone; and pages of long lists.
//!
//! ```text
//! cargo run --release -p doorward-bench-server                    # all of it
//! cargo run --release -p doorward-bench-server requests GetRole   # one table, and of that one request
//! cargo run --release -p doorward-bench-server writes
//! cargo run --release -p doorward-bench-server size
//! ```
//!
//! In reading order: `doorward` starts the server and sets it up; `bare` is the yardstick; `load` asks them both;
//! `writes` and `size` measure the rest; `exchange` is one request and its answer; `process` starts servers and reads what
//! they use; `table` prints.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks on its terminal")]

mod bare;
mod doorward;
mod exchange;
mod load;
mod process;
mod size;
mod table;
mod writes;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use crate::bare::Bare;
use crate::doorward::{Doorward, Operation};
use crate::exchange::{Asked, ask};
use crate::load::{CONNECTIONS, GENERATORS, Load, REQUESTS, WARM_UP};
use crate::process::processor_time;
use crate::table::Run;

/// How often every pair is measured; the median counts.
const ROUNDS: usize = 3;

/// The word that makes this program the yardstick instead.
const BARE: &str = "bare";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ended = match arguments.as_slice() {
        [] => requests(&Operation::ALL).and_then(|()| writes()).and_then(|()| size()),
        ["requests"] => requests(&Operation::ALL),
        ["requests", name] => one_of(name).and_then(|operation| requests(&[operation])),
        ["writes"] => writes(),
        ["size"] => size(),
        [BARE, length] => bare::serve(length),
        _ => {
            Err(format!("`{}` is not understood: `requests`, `writes` or `size`", arguments.join(" ")).into())
        }
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn one_of(name: &str) -> Result<Operation, Box<dyn Error>> {
    let found = Operation::ALL.into_iter().find(|operation| operation.to_string() == name);
    found.ok_or_else(|| format!("`{name}` is not among {:?}", Operation::ALL).into())
}

fn only_release() -> Result<(), Box<dyn Error>> {
    if cfg!(debug_assertions) {
        return Err("only release builds are worth measuring: `cargo run --release`".into());
    }
    Ok(())
}

fn requests(operations: &[Operation]) -> Result<(), Box<dyn Error>> {
    only_release()?;
    let doorward = Doorward::start(Path::new("memory"))?;
    let visitor = doorward.set_up()?;
    println!(
        "{CONNECTIONS} connections from {GENERATORS} threads, {REQUESTS} requests after {WARM_UP}, \
         the median of {ROUNDS} rounds; every answer is checked.\n"
    );
    println!("{}", table::REQUESTS_HEAD);
    for operation in operations {
        let body = ask(&doorward.request(&visitor, *operation)?)?.body;
        let bare = Bare::start(&body)?;
        let (mut yardstick, mut measured) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            // Signed anew each round: a signature is good for minutes.
            let asked = doorward.request(&visitor, *operation)?;
            yardstick.push(run(&Asked { address: bare.address(), ..asked.clone() }, bare.pid())?);
            measured.push(run(&asked, doorward.pid())?);
        }
        println!("{}", table::rows(*operation, &yardstick, &measured));
    }
    println!();
    Ok(())
}

/// One run against a server.
fn run(asked: &Asked, pid: u32) -> Result<Run, Box<dyn Error>> {
    let load = Load::open(vec![asked.clone()])?;
    load.run(0..WARM_UP)?;
    let (server, client) = (processor_time(pid)?, processor_time(std::process::id())?);
    let taken = load.run(0..REQUESTS)?;
    let used = processor_time(pid)?.saturating_sub(server);
    let driven = processor_time(std::process::id())?.saturating_sub(client);
    Ok(Run::of(&taken, used, driven))
}

fn writes() -> Result<(), Box<dyn Error>> {
    only_release()?;
    println!(
        "{CONNECTIONS} writers, the median of {} rounds; a role is durable before it is answered.\n",
        writes::ROUNDS
    );
    println!("{}", table::WRITES_HEAD);
    let mut rounds = Vec::new();
    for _ in 0..writes::ROUNDS {
        let folder =
            tempfile::tempdir_in(std::env::current_exe()?.parent().ok_or("this program is nowhere")?)?;
        rounds.push(writes::round(folder.path())?);
    }
    println!("{}\n", table::writes(&rounds));
    Ok(())
}

fn size() -> Result<(), Box<dyn Error>> {
    only_release()?;
    println!("{0} users, {0} roles and {0} policies; one request at a time.\n", size::ENTITIES);
    let server = size::filled()?;
    // First, while no memory is left over from other answers.
    let details = size::PAGE_SIZES.iter().rev().map(|size| size::whole(&server, *size));
    let details = details.collect::<Result<Vec<_>, _>>()?;
    println!("{}", table::PAGES_HEAD);
    for pages in size::pages(&server)? {
        println!("{}", table::pages(&pages));
    }
    println!("\n{}", table::WHOLE_HEAD);
    for whole in details {
        println!("{}", table::whole(&whole));
    }
    println!();
    Ok(())
}

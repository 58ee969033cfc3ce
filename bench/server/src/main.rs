//! Prints how many requests a second a running Doorward answers, beside a server that does nothing but answer.
//!
//! ```text
//! cargo run --release -p doorward-bench-server
//! ```
//!
//! In reading order: `doorward` starts the server and sets it up; `bare` is the yardstick; `load` asks them both;
//! `exchange` is one request and its answer; `process` starts them and reads their processor time; `table` prints.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks on its terminal")]

mod bare;
mod doorward;
mod exchange;
mod load;
mod process;
mod table;

use std::error::Error;
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
        [] => measure(),
        [BARE, length] => bare::serve(length),
        _ => Err(format!("`{}` is not understood: this takes no arguments", arguments.join(" ")).into()),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<(), Box<dyn Error>> {
    if cfg!(debug_assertions) {
        return Err("only release builds are worth measuring: `cargo run --release`".into());
    }
    let doorward = Doorward::start()?;
    println!(
        "{CONNECTIONS} connections from {GENERATORS} threads, {REQUESTS} requests after {WARM_UP}, \
         the median of {ROUNDS} rounds; every answer is checked.\n"
    );
    println!("{}", table::HEAD);
    for operation in [Operation::GetCallerIdentity, Operation::AssumeRole] {
        let body = ask(&doorward.request(operation)?)?.body;
        let bare = Bare::start(&body)?;
        let (mut yardstick, mut measured) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            // Signed anew each round: a signature is good for minutes.
            let asked = doorward.request(operation)?;
            yardstick.push(run(&Asked { address: bare.address(), ..asked.clone() }, bare.pid())?);
            measured.push(run(&asked, doorward.pid())?);
        }
        println!("{}", table::rows(operation, &yardstick, &measured));
    }
    Ok(())
}

/// One run against a server.
fn run(asked: &Asked, pid: u32) -> Result<Run, Box<dyn Error>> {
    let load = Load::open(asked)?;
    load.run(WARM_UP)?;
    let (server, client) = (processor_time(pid)?, processor_time(std::process::id())?);
    let taken = load.run(REQUESTS)?;
    let used = processor_time(pid)?.saturating_sub(server);
    let driven = processor_time(std::process::id())?.saturating_sub(client);
    Ok(Run::of(taken, used, driven))
}

//! A fixed number of decisions of each sort, for a tool that counts instructions: [`counted`] begins and ends what counts.
//!
//! Prints what it does, in the order in which it does it, one name a line.
#![expect(clippy::print_stdout, reason = "a command speaks on its terminal")]

use std::error::Error;
use std::hint::black_box;

use doorward_bench::generate::{self, Services};
use doorward_bench::measure::Contestant;
use doorward_bench::workload::Workload;
use doorward_bench::{stream, ways};
use doorward_engine::CompiledPolicies;

/// How often each decision is made. Some engines make something ready at the first.
const TIMES: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    for (name, statements) in [("w50", 50), ("w500", 500)] {
        let mut text = generate::workload(statements, Services::All);
        let own = Workload::read(text.clone())?;
        for (place, question) in own.questions.iter().enumerate() {
            ask(&format!("{name} {}", question.id), ways::prepared(&own), &[place; TIMES]);
        }
        ask(&format!("{name} with its request"), ways::with_request(&own), &[0; TIMES]);
        ask(&format!("{name} with its plan"), ways::cold(&own), &[0]);
        if statements == 50 {
            stream::add_unanswered(&mut text, Services::All);
            let streamed = Workload::read(text)?;
            let places: Vec<usize> = (own.questions.len()..streamed.questions.len()).step_by(4).collect();
            ask(&format!("{name} stream"), ways::prepared(&streamed), &places);
        }
        println!("{name} compile {statements}");
        counted(&mut || drop(black_box(CompiledPolicies::new(&own.policies))));
    }
    Ok(())
}

/// Asks everything once, so that it is ready, and then so that it counts.
fn ask(name: &str, mut contestant: Contestant<'_>, places: &[usize]) {
    for place in places {
        black_box(contestant.judge.ask(*place));
    }
    println!("{name} {}", places.len());
    counted(&mut || {
        for place in places {
            black_box(contestant.judge.ask(black_box(*place)));
        }
    });
}

/// What is counted. The tool knows it by its name.
#[inline(never)]
fn counted(work: &mut dyn FnMut()) {
    work();
    black_box(());
}

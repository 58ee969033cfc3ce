//! The project's own chores: checks, code generation, tests and the development server.
//!
//! Run as `cargo xtask <chore>`; `cargo xtask help` lists them. Nothing here is part of what users run, and no
//! crate may use it.
//!
//! Reading order: [`mod@test`] is the whole gate, and calls the checks [`floors`], [`tidy`] and [`licences`]. These
//! read the workspace through [`graph`] (cargo's packages), [`tree`] (text files) and [`rust`] (source as tokens),
//! and speak through [`finding`]. [`setup`] knows the tools, [`run`] starts the server, [`generate`] writes tables
//! from public sources, [`coverage`] the page of what the server has, [`rules`] those of what shows each rule, [`api`]
//! the lists of what the libraries offer, [`formats`] the records that later versions must read; [`mod@bench`] measures, [`reliability`] breaks stores.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks on its terminal")]

mod api;
mod bench;
mod branches;
mod coverage;
mod finding;
mod floors;
mod formats;
mod fuzz;
mod generate;
mod graph;
mod licences;
mod mutants;
mod nightly;
mod reliability;
mod rules;
mod run;
mod rust;
mod setup;
mod test;
mod tidy;
mod tree;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The project's own chores.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build the server (release) and start it with the given arguments.
    Run {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Write the tables that are generated from public sources.
    Generate(generate::Options),
    /// Check, or write, the lists of what the crates that people embed offer.
    Api(api::Options),
    /// Write the page that says which operations the server has.
    Coverage(coverage::Options),
    /// Write the pages that say what shows each rule of AWS's evaluation, and how we read what AWS leaves open.
    Rules(rules::Options),
    /// Write the fixture of the format that records have now, from what the tests of the directory come across.
    Formats(formats::Options),
    /// Run every check and every test; the last line is `N passed, N failed`.
    Test,
    /// Measure decisions, search for bad input, count instructions.
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Break stores while they are written to, check that nothing is lost, and take all figures of the reliability page; the
    /// rows go to `target/reliability.json`. Takes about twenty minutes, and 3 GB of disk.
    Reliability {
        /// What the program takes, such as `--fault power-cut --seconds 60`; `--help` lists it.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Check that the tools are there, and prepare the Python environment of the client tests.
    Setup {
        /// Install what is missing, where that is possible.
        #[arg(long)]
        install: bool,
    },
    /// Check that every crate uses only crates on lower floors.
    Floors,
    /// Check house rules that no compiler checks: file sizes, names, links, the list of dependencies.
    Tidy,
    /// Check licences, origins and duplicate versions of dependencies (offline).
    Licences,
    /// Check dependencies against the public advisory database (cargo-deny; needs the network).
    Advisories,
    /// Check that random input reaches every branch of the reference model.
    Branches(branches::Options),
    /// Put faults into engine or model, one at a time, and check that the tests find each.
    Mutants(mutants::Options),
    /// Fuzz reading, matching, deciding and explaining, for a while each.
    Fuzz(fuzz::Options),
    /// Compare engine and model on ten million random cases.
    Nightly(nightly::Options),
}

fn main() -> ExitCode {
    match dispatch(Arguments::parse().chore) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(chore: Chore) -> Result<ExitCode> {
    let root = root();
    match chore {
        Chore::Run { arguments } => run::serve(root, &arguments)?,
        Chore::Generate(options) => generate::run(root, &options)?,
        Chore::Api(options) => api::run(root, &options)?,
        Chore::Coverage(options) => coverage::run(root, &options)?,
        Chore::Rules(options) => rules::run(root, &options)?,
        Chore::Formats(options) => formats::run(root, &options)?,
        Chore::Test => return Ok(test::everything(root)),
        Chore::Bench(bench) => bench::run(root, &bench)?,
        Chore::Reliability { arguments } => reliability::run(root, &arguments)?,
        Chore::Setup { install } => setup::prepare(root, setup::Missing::from_flag(install))?,
        Chore::Floors => floors::run(root)?,
        Chore::Tidy => tidy::run(root)?,
        Chore::Licences => licences::run(root)?,
        Chore::Advisories => licences::advisories(root)?,
        Chore::Branches(options) => branches::run(root, &options)?,
        Chore::Mutants(options) => mutants::run(root, &options)?,
        Chore::Fuzz(options) => fuzz::run(root, &options)?,
        Chore::Nightly(options) => nightly::run(root, &options)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The root of the checkout this binary was built from.
fn root() -> &'static Path {
    static ROOT: std::sync::LazyLock<PathBuf> = std::sync::LazyLock::new(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        here.parent().unwrap_or(here).to_path_buf()
    });
    &ROOT
}

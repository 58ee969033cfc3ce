//! What the command says about itself.

use std::io::Write as _;

use anyhow::Result;
use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::arguments::Arguments;

/// Prints a completion script.
///
/// # Errors
/// Standard output is closed.
pub fn completion(shell: Shell) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "doorward", &mut script);
    Ok(anstream::stdout().write_all(&script)?)
}

/// Prints the manual page, with a section for each command.
///
/// # Errors
/// Standard output is closed.
pub fn man() -> Result<()> {
    let mut page = Vec::new();
    let mut command = Arguments::command();
    command.build();
    render(&command, &mut page)?;
    Ok(anstream::stdout().write_all(&page)?)
}

fn render(command: &clap::Command, page: &mut Vec<u8>) -> Result<()> {
    clap_mangen::Man::new(command.clone()).render(page)?;
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
        render(inner, page)?;
    }
    Ok(())
}

/// Prints the version.
///
/// # Errors
/// Standard output is closed.
pub fn version() -> Result<()> {
    Ok(writeln!(anstream::stdout(), "doorward {}", env!("CARGO_PKG_VERSION"))?)
}

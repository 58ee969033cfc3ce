//! The servers' processes: starting them, hearing from them, and their processor time.

use std::io::{BufRead as _, BufReader, Error, ErrorKind, Result, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// The step in which Linux counts the processor time of processes for programs: a hundredth of a second
/// (`USER_HZ`) on every architecture in use for servers.
const TICK: Duration = Duration::from_millis(10);

/// A process; killed when dropped.
pub struct Process {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Process {
    /// Starts a program in this environment, with nothing of this one's.
    ///
    /// # Errors
    /// The system refuses.
    pub fn start(
        program: &Path,
        arguments: &[&str],
        environment: &[(&str, &str)],
        input: Stdio,
    ) -> Result<Self> {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env_clear()
            .envs(environment.iter().copied())
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| {
            Error::new(error.kind(), format!("cannot start `{}`: {error}", program.display()))
        })?;
        let input = child.stdin.take();
        let output = child.stdout.take().ok_or(ErrorKind::BrokenPipe)?;
        Ok(Self { child, input, output: BufReader::new(output) })
    }

    /// Its number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Writes to its standard input, which stays open as long as this lives.
    ///
    /// # Errors
    /// It does not listen.
    pub fn tell(&mut self, text: &[u8]) -> Result<()> {
        self.input.as_mut().ok_or(ErrorKind::BrokenPipe)?.write_all(text)
    }

    /// The next line of its standard output.
    ///
    /// # Errors
    /// It has ended.
    pub fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        match self.output.read_line(&mut line)? {
            0 => Err(Error::new(ErrorKind::UnexpectedEof, "a server ended before it was ready")),
            _ => Ok(line),
        }
    }
}

/// Memory of a process that is in use, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// Now.
    pub now: u64,
    /// The most since the process began, or since [`forget_peak`].
    pub peak: u64,
}

/// How much memory a process uses.
///
/// # Errors
/// This is not Linux, or there is no such process.
pub fn memory(pid: u32) -> Result<Memory> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let both = kibibytes(&text, "VmRSS:").zip(kibibytes(&text, "VmHWM:"));
    let (now, peak) = both.ok_or_else(|| Error::new(ErrorKind::InvalidData, text))?;
    Ok(Memory { now: now << 10, peak: peak << 10 })
}

/// Begins to look anew for the most memory that a process uses.
///
/// # Errors
/// This is not Linux, or the process is another user's.
pub fn forget_peak(pid: u32) -> Result<()> {
    std::fs::write(format!("/proc/{pid}/clear_refs"), "5")
}

/// A line such as `VmHWM:    12345 kB`.
fn kibibytes(status: &str, name: &str) -> Option<u64> {
    let rest = status.lines().find_map(|line| line.strip_prefix(name))?;
    rest.trim().strip_suffix(" kB")?.parse().ok()
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The processor time that a process has used, in all its threads, in user and in system mode.
///
/// # Errors
/// This is not Linux, or there is no such process.
pub fn processor_time(pid: u32) -> Result<Duration> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let ticks = ticks(&text).ok_or_else(|| Error::new(ErrorKind::InvalidData, text))?;
    Ok(TICK.saturating_mul(ticks))
}

/// `utime` and `stime`, fields 14 and 15. The name, field 2, is in parentheses and may hold anything.
fn ticks(stat: &str) -> Option<u32> {
    let (_, after_name) = stat.rsplit_once(") ")?;
    let mut fields = after_name.split(' ').skip(11);
    let user: u32 = fields.next()?.parse().ok()?;
    user.checked_add(fields.next()?.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_process() {
        let stat = "42 (a) b) S 1 2 3 4 5 6 7 8 9 10 250 31 0 0 20 0 6";
        assert_eq!(ticks(stat), Some(281));
        assert_eq!(ticks("42 (a) S 1 2 3 4 5 6 7 8 9 10 250"), None);
        assert_eq!(ticks("42 S 1"), None);
    }

    #[test]
    fn the_memory_of_a_process() {
        let status = "Name:\tx\nVmHWM:\t   20480 kB\nVmRSS:\t    1024 kB\nVmX:\t 5 mB\n";
        assert_eq!(kibibytes(status, "VmHWM:"), Some(20_480));
        assert_eq!(kibibytes(status, "VmRSS:"), Some(1_024));
        assert_eq!(kibibytes(status, "VmX:"), None);
        assert_eq!(kibibytes(status, "VmSwap:"), None);
    }
}

//! What the system says of this process.

use std::fs;

use rustix::process::{Resource, getrlimit};
use rustix::time::{ClockId, clock_gettime};

use super::samples::Samples;

pub(super) fn put(samples: &mut Samples) {
    let cpu = clock_gettime(ClockId::ProcessCPUTime);
    // A process does not live for so many seconds that a number of this kind would not hold them.
    #[expect(clippy::cast_precision_loss, reason = "nanoseconds beyond what the number holds do not count")]
    let cpu_s = cpu.tv_sec as f64 + cpu.tv_nsec as f64 / 1e9;
    samples.put("process_cpu_seconds", cpu_s);
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    samples.put_if("process_resident_memory_bytes", resident_bytes(&status));
    let open = fs::read_dir("/proc/self/fd").map(Iterator::count).ok();
    samples.put_if("process_open_fds", open.and_then(|count| u32::try_from(count).ok()).map(f64::from));
    #[expect(clippy::cast_precision_loss, reason = "systems allow some thousands")]
    let most = getrlimit(Resource::Nofile).current.map(|most| most as f64);
    samples.put_if("process_max_fds", most);
}

/// Source: <https://docs.kernel.org/filesystems/proc.html>
fn resident_bytes(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_its_line() {
        for (text, expected) in [
            ("Name:\tdoorward\nVmRSS:\t    2048 kB\nThreads:\t9\n", Some(2_097_152.0)),
            ("VmRSS: x kB", None),
            ("VmRSS: 1", None),
            ("", None),
        ] {
            assert_eq!(resident_bytes(text), expected, "{text}");
        }
    }
}

//! Keeping what is in memory there: no core dumps, and no reading by other processes of the same user.

/// Forbids them, where the system can. Every run of the command holds secrets, or may.
///
/// Source: <https://man7.org/linux/man-pages/man2/PR_SET_DUMPABLE.2const.html>
pub fn keep() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // Lowering a limit of one's own is always allowed.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        // It fails only for values that there are not.
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

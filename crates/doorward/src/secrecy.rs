//! Keeping what is in memory there, and no longer than it is used: no core dumps, no reading by other processes of the same
//! user, and memory that is given back is wiped first. Whatever buffer a secret went through, of a library too, it is gone
//! with the buffer.

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

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

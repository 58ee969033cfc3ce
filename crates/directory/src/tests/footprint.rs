//! How much memory a principal takes, and a change.

use std::hint::black_box;

use allocation_counter::{AllocationInfo, measure};
use doorward_store::Revision;

use crate::sample::{Sample, published};
use crate::snapshot::Snapshot;

/// Few documents, so that what is counted is the principals.
fn sample(principals: u32) -> Sample {
    Sample { principals, accounts: 4, documents: 80 }
}

/// A directory of so many roles, and what it holds of memory.
fn filled(roles: u32) -> (Snapshot, AllocationInfo) {
    let mut snapshot = Snapshot::empty();
    let allocated = measure(|| {
        for number in 0..roles {
            snapshot.fold(&sample(roles).change(number, Revision(u64::from(number) + 1)).unwrap()).unwrap();
        }
    });
    (snapshot, allocated)
}

#[test]
fn a_role_takes_less_than_a_kilobyte() {
    let roles = 8_000;
    let (snapshot, allocated) = filled(roles);
    let each = allocated.bytes_current / i64::from(roles);
    assert!((300..800).contains(&each), "{each} bytes for a role");
    drop(snapshot);
}

#[test]
fn a_change_costs_as_much_in_a_large_directory_as_in_a_small_one() {
    let costs = [500, 16_000].map(|roles| {
        let mut snapshot = filled(roles).0;
        let changes = 200;
        // Old roles and new ones in turn; the snapshot before stays in use, as requests under way keep it.
        let allocated = measure(|| {
            for number in 0..changes {
                let role = if number % 2 == 0 { number } else { roles + number };
                let change = sample(roles).change(role, Revision(u64::from(roles + number) + 1)).unwrap();
                let next = published(&snapshot, &change).unwrap();
                snapshot = Snapshot::clone(black_box(&next));
            }
        });
        (allocated.count_total / u64::from(changes), allocated.bytes_total / u64::from(changes))
    });
    let [(few_calls, few_bytes), (many_calls, many_bytes)] = costs;
    assert!(many_calls < 2 * few_calls && many_calls < 200, "{costs:?} allocations and bytes");
    assert!(many_bytes < 2 * few_bytes && many_bytes < 64 * 1024, "{costs:?} allocations and bytes");
}

//! What tests share: repeatable randomness, a directory in memory, and short ways to fill it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use doorward_policy::AccountId;
use doorward_store::{Memory, Store};
use jiff::Timestamp;

use crate::bootstrap::{FirstStart, bootstrap};
use crate::directory::{Directory, Opening};
use crate::limits::Limits;
use crate::random::{NoRandomness, Random};
use crate::seal::{MasterKey, Sealer};

/// Bytes that never repeat and are the same in every run.
#[derive(Default)]
pub(crate) struct Counter(AtomicU64);

impl Random for Counter {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        for chunk in bytes.chunks_mut(8) {
            // SplitMix64's mixing function: a bijection, so distinct counts give distinct bytes.
            let mut word = self.0.fetch_add(1, Ordering::Relaxed).wrapping_add(0x9e37_79b9_7f4a_7c15);
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let word = (word ^ (word >> 31)).to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

pub(crate) const ACCOUNT: &str = "123456789012";
pub(crate) const OTHER: &str = "210987654321";
pub(crate) const ANY: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#;
pub(crate) const DENY: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}"#;

pub(crate) fn account() -> AccountId {
    ACCOUNT.parse().unwrap()
}

pub(crate) fn now() -> Timestamp {
    "2026-11-22T10:00:00.75Z".parse().unwrap()
}

/// A trust policy that lets this principal (a key and a value, as in JSON) assume the role.
pub(crate) fn trusting(principal: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{{principal}}},"Action":"sts:AssumeRole"}}]}}"#
    )
}

pub(crate) fn sealer() -> Arc<Sealer> {
    Arc::new(Sealer::new(&MasterKey::from_bytes([7; 32]), Arc::new(Counter::default())).unwrap())
}

pub(crate) fn open(store: Arc<dyn Store>, limits: Limits, seed: u64) -> Directory {
    let random = Arc::new(Counter(AtomicU64::new(seed << 32)));
    Directory::open(Opening { store, sealer: sealer(), limits, random }).unwrap()
}

/// A directory in memory after its first start, with one account.
pub(crate) fn started_with(limits: Limits) -> Directory {
    let directory = open(Arc::new(Memory::default()), limits, 0);
    let first = FirstStart { account: account(), account_name: "example".into(), root_key: None };
    bootstrap(&directory, &first, now()).unwrap();
    directory
}

pub(crate) fn started() -> Directory {
    started_with(Limits::default())
}

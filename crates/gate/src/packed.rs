//! How much of a session's budget its policies and tags take.
//!
//! AWS compresses the policies, policy ARNs and tags of a session into a packed form with a limit of its own and answers with
//! the share that is used. Form and limit are UNCONFIRMED (packed-size); ours is DEFLATE over the plain texts, and a budget
//! that keeps a token, which is compressed the same way, within [`crate::session::TOKEN_CHARACTERS_MAX`].
//!
//! Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>, `PackedPolicySize`

use std::io::Write as _;

use doorward_directory::UniqueId;
use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::session::SessionPolicies;

/// The compressed size that counts as 100 percent, in bytes.
pub const PACKED_BYTES_MAX: usize = 2_048;

/// The share of the budget that these policies and tags take, in percent, rounded up: at least 1, over 100 when
/// they do not fit. `None` when there is nothing to pack.
#[must_use]
pub fn percent(policies: Option<&SessionPolicies>, tags: &[(String, String)]) -> Option<usize> {
    let inline = policies.and_then(|set| set.inline.as_deref());
    let managed = policies.into_iter().flat_map(|set| set.managed.iter().map(UniqueId::as_str));
    let plain: Vec<&str> = inline
        .into_iter()
        .chain(managed)
        .chain(tags.iter().flat_map(|(key, value)| [key.as_str(), value.as_str()]))
        .collect();
    if plain.is_empty() {
        return None;
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail; were it to, the size would count as over the budget.
    let written = plain.iter().try_for_each(|text| encoder.write_all(text.as_bytes()));
    let bytes = written.and_then(|()| encoder.finish()).map_or(usize::MAX / 100, |packed| packed.len());
    Some((bytes * 100).div_ceil(PACKED_BYTES_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_with_what_is_packed() {
        assert_eq!(percent(None, &[]), None);
        let small = percent(None, &[("team".into(), "red".into())]).unwrap();
        assert!((1..10).contains(&small), "{small}");
        let mut state = 7u64;
        let mut noise = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(b'a' + (state >> 33) as u8 % 26)
        };
        let tags: Vec<_> = (0..20).map(|n| (n.to_string(), (0..250).map(|_| noise()).collect())).collect();
        assert!(percent(None, &tags).unwrap() > 100);
    }
}

//! Pages: `Marker` and `MaxItems` in, `Marker` and `IsTruncated` out.
//!
//! A marker says after which name to go on, not how many items were seen: what is created or deleted between two pages
//! moves nothing that is still to come.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use doorward_wire::ApiError;

/// The size of a page when the request names none.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html>
const ITEMS_DEFAULT: usize = 100;

/// What every marker begins with, so that a text that was never one is told apart.
const MARKER_PREFIX: &str = "dw1";

/// How many bytes of a key a marker holds: its 320 characters, in Base64, less what stands around it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html>, `Marker`
const KEY_BYTES_MAX: usize = 200;

/// How many items a page has at most. The model allows 1 to 1,000.
pub(crate) fn size(items: Option<i64>) -> usize {
    items.and_then(|items| usize::try_from(items).ok()).unwrap_or(ITEMS_DEFAULT)
}

/// The marker for the page after the item of this key.
pub(crate) fn marker(key: &str) -> String {
    format!("{MARKER_PREFIX}{}", URL_SAFE_NO_PAD.encode(key))
}

/// The key that a marker was made of.
///
/// # Errors
/// `ValidationError` for a marker that this server never gave.
pub(crate) fn after(marker: Option<&str>) -> Result<Option<String>, ApiError> {
    let Some(marker) = marker else { return Ok(None) };
    let read = || {
        let bytes = URL_SAFE_NO_PAD.decode(marker.strip_prefix(MARKER_PREFIX)?).ok()?;
        String::from_utf8(bytes).ok()
    };
    read().map(Some).ok_or_else(invalid)
}

/// The answer to a marker that this server never gave, or gave for another list.
pub(crate) fn invalid() -> ApiError {
    ApiError::validation_error("Invalid Marker.")
}

/// Where a key stands in the list, short enough for a marker: the key itself or, if that is too long, its beginning and a
/// digest that tells it from others that begin alike.
pub(crate) fn short(key: &str) -> String {
    if key.len() <= KEY_BYTES_MAX {
        return key.to_owned();
    }
    let (beginning, _) = key.split_at(key.floor_char_boundary(KEY_BYTES_MAX));
    // FNV-1a: the same on every server and in every release.
    let digest = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |digest, byte| {
        (digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{beginning}{digest:016x}")
}

/// One page of a list that is in memory, ordered by key: its items, and the marker of the next page.
///
/// # Errors
/// As [`after`].
pub(crate) fn of<T>(
    items: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> String,
    asked: Option<&str>,
    items_max: Option<i64>,
) -> Result<(Vec<T>, Option<String>), ApiError> {
    let after = after(asked)?;
    let mut left = items.into_iter().filter(|item| after.as_ref().is_none_or(|after| key(item) > *after));
    let page: Vec<T> = left.by_ref().take(size(items_max)).collect();
    let next = left.next().and_then(|_| page.last().map(|last| marker(&key(last))));
    Ok((page, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_and_end() {
        let names = ["a", "b", "c", "d", "e"];
        let mut seen = Vec::new();
        let mut next = None;
        loop {
            let (page, marker) = of(names, |name| (*name).to_owned(), next.as_deref(), Some(2)).unwrap();
            assert!(page.len() <= 2);
            seen.extend(page);
            next = marker;
            if next.is_none() {
                break;
            }
        }
        assert_eq!(seen, names);
    }

    #[test]
    fn strange_markers_are_refused() {
        for strange in ["", "x", "dw1%", "dw1_w"] {
            assert!(after(Some(strange)).is_err(), "{strange}");
        }
        assert_eq!(after(Some(&marker("bob"))).unwrap().as_deref(), Some("bob"));
    }

    #[test]
    fn markers_of_the_longest_keys_may_be_sent_back() {
        let longest = |last: &str| format!("{}{last}", "\u{10d4e}".repeat(127));
        let (one, other) = (short(&longest("a")), short(&longest("b")));
        assert_ne!(one, other);
        assert!(marker(&one).len() <= 320, "{}", marker(&one).len());
        let at_the_edge = "k".repeat(KEY_BYTES_MAX);
        assert_eq!(short(&at_the_edge), at_the_edge);
        assert!(marker(&at_the_edge).len() <= 320);
    }
}

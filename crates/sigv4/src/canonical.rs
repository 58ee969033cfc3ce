//! The canonical request: the one text of a request that both sides hash.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

use std::ops::Range;

use crate::escape::{Escape, hex_pair, is_unreserved, pieces, push_escaped};
use crate::{Rejection, Request};

/// How a service writes the path of a request into the canonical request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    /// Every service but S3: empty, `.` and `..` segments are removed, then the path as sent, with its
    /// escapes, is escaped once more (`/a%20b` becomes `/a%2520b`).
    Standard,
    /// S3: the path is taken as it is and escaped once (`/a%20b` stays), because `a//b` is an object key.
    S3,
}

/// What goes into a canonical request besides the request itself.
pub(crate) struct Signing<'a> {
    pub(crate) path_style: PathStyle,
    /// The signature's own query parameter, which cannot be part of what it signs.
    pub(crate) left_out: Option<&'static str>,
    /// Lower-case names, sorted, joined by `;`.
    pub(crate) signed_headers: &'a str,
    pub(crate) payload_hash: &'a [u8],
}

/// Writes the canonical request.
///
/// Cost: one allocation for the text, and two more if there is a query string to be sorted.
pub(crate) fn canonical_request(request: &Request<'_>, signing: &Signing<'_>) -> Result<Vec<u8>, Rejection> {
    let header_bytes: usize = request.headers.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
    let target_bytes = 3 * (request.path.len() + request.query.len());
    let fixed_bytes = request.method.len() + signing.signed_headers.len() + signing.payload_hash.len() + 8;
    let mut out = Vec::with_capacity(header_bytes + target_bytes + fixed_bytes);

    out.extend_from_slice(request.method.as_bytes());
    out.push(b'\n');
    match signing.path_style {
        PathStyle::Standard => write_standard_path(&mut out, request.path)?,
        PathStyle::S3 => write_s3_path(&mut out, request.path)?,
    }
    out.push(b'\n');
    write_query(&mut out, request.query, signing.left_out)?;
    out.push(b'\n');
    for name in pieces(signing.signed_headers, |byte| byte == b';') {
        write_header(&mut out, request, name)?;
    }
    out.push(b'\n');
    out.extend_from_slice(signing.signed_headers.as_bytes());
    out.push(b'\n');
    out.extend_from_slice(signing.payload_hash);
    Ok(out)
}

fn write_standard_path(out: &mut Vec<u8>, path: &str) -> Result<(), Rejection> {
    if path.is_empty() || path == "/" {
        out.push(b'/');
        return Ok(());
    }
    let refuse = || Rejection::Path { path: path.to_owned() };
    let inner = path.strip_prefix('/').ok_or_else(refuse)?;
    let mut segments = Vec::new();
    for segment in inner.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop().ok_or_else(refuse)?),
            name => segments.push(name),
        }
    }
    for segment in &segments {
        out.push(b'/');
        segment.bytes().for_each(|byte| push_escaped(out, byte));
    }
    if path.ends_with('/') || segments.is_empty() {
        out.push(b'/');
    }
    Ok(())
}

/// A slash that was escaped stays escaped: to the client it was part of a name, not a separator.
fn write_s3_path(out: &mut Vec<u8>, path: &str) -> Result<(), Rejection> {
    if path.is_empty() {
        out.push(b'/');
        return Ok(());
    }
    let refuse = || Rejection::Path { path: path.to_owned() };
    if !path.starts_with('/') {
        return Err(refuse());
    }
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'/' => out.push(b'/'),
            b'%' => push_escaped(out, hex_pair(&mut bytes).map_err(|_: Escape| refuse())?),
            other => push_escaped(out, other),
        }
    }
    Ok(())
}

/// One query parameter, escaped canonically: where its name and its value lie in the scratch text.
struct Parameter {
    name: Range<usize>,
    value: Range<usize>,
}

/// Sorts by escaped name, then by escaped value: comparing `name=value` as one text would put `=` after
/// `-` and so `Param-3` before `Param`.
fn write_query(out: &mut Vec<u8>, query: &str, left_out: Option<&str>) -> Result<(), Rejection> {
    if query.is_empty() {
        return Ok(());
    }
    let mut scratch = Vec::with_capacity(3 * query.len());
    let mut parameters = Vec::with_capacity(query.bytes().filter(|byte| *byte == b'&').count() + 1);
    for raw in pieces(query, |byte| byte == b'&').filter(|raw| !raw.is_empty()) {
        let (name, value) = raw.split_once('=').unwrap_or((raw, ""));
        let name = write_query_text(&mut scratch, name)?;
        if left_out.is_some_and(|skip| scratch.get(name.clone()) == Some(skip.as_bytes())) {
            scratch.truncate(name.start);
            continue;
        }
        let value = write_query_text(&mut scratch, value)?;
        parameters.push(Parameter { name, value });
    }
    let text = |range: &Range<usize>| scratch.get(range.clone()).unwrap_or_default();
    parameters.sort_by(|a, b| (text(&a.name), text(&a.value)).cmp(&(text(&b.name), text(&b.value))));
    for (position, parameter) in parameters.iter().enumerate() {
        if position > 0 {
            out.push(b'&');
        }
        out.extend_from_slice(text(&parameter.name));
        out.push(b'=');
        out.extend_from_slice(text(&parameter.value));
    }
    Ok(())
}

/// Unescapes and escapes again, so that every spelling of a parameter has the same canonical form.
///
/// `+` is a space, as it is to whoever reads the parameters afterwards. Were it a plus sign here, someone
/// holding a presigned URL could turn `%2B` into `+`, and so the plus into a space, without breaking it.
fn write_query_text(out: &mut Vec<u8>, raw: &str) -> Result<Range<usize>, Rejection> {
    let start = out.len();
    let mut rest = raw.as_bytes();
    loop {
        // Most of a parameter needs no escape, and is copied as it is.
        let plain = rest.iter().position(|byte| !is_unreserved(*byte)).unwrap_or(rest.len());
        let (copied, special) = rest.split_at_checked(plain).unwrap_or((rest, &[]));
        out.extend_from_slice(copied);
        let mut bytes = special.iter();
        match bytes.next() {
            None => break,
            Some(b'+') => push_escaped(out, b' '),
            Some(b'%') => push_escaped(out, hex_pair(&mut bytes.by_ref().copied())?),
            Some(other) => push_escaped(out, *other),
        }
        rest = bytes.as_slice();
    }
    Ok(start..out.len())
}

fn write_header(out: &mut Vec<u8>, request: &Request<'_>, name: &str) -> Result<(), Rejection> {
    out.extend_from_slice(name.as_bytes());
    out.push(b':');
    let start = out.len();
    for (position, value) in request.header_values(name).enumerate() {
        if position > 0 {
            out.push(b',');
        }
        write_folded(out, value);
    }
    if out.len() == start && request.header_values(name).next().is_none() {
        return Err(Rejection::SignedHeaderAbsent { name: name.to_owned() });
    }
    out.push(b'\n');
    Ok(())
}

/// Trims, and makes every run of white space one space.
fn write_folded(out: &mut Vec<u8>, value: &[u8]) {
    let words = value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    for (position, word) in words.enumerate() {
        if position > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(style: PathStyle, path: &str) -> Option<String> {
        let mut out = Vec::new();
        let written = match style {
            PathStyle::Standard => write_standard_path(&mut out, path),
            PathStyle::S3 => write_s3_path(&mut out, path),
        };
        written.ok().map(|()| String::from_utf8(out).unwrap())
    }

    #[test]
    fn paths() {
        for (raw, standard, s3) in [
            ("", Some("/"), Some("/")),
            ("/", Some("/"), Some("/")),
            ("//", Some("/"), Some("//")),
            ("/a/./b/../c", Some("/a/c"), Some("/a/./b/../c")),
            ("/a/..", Some("/"), Some("/a/..")),
            ("/a//", Some("/a/"), Some("/a//")),
            ("/a%20b", Some("/a%2520b"), Some("/a%20b")),
            ("/a%2fb", Some("/a%252fb"), Some("/a%2Fb")),
            ("/%41*", Some("/%2541%2A"), Some("/A%2A")),
            ("/~-._", Some("/~-._"), Some("/~-._")),
            ("/..", None, Some("/..")),
            ("/a/../../b", None, Some("/a/../../b")),
            ("a", None, None),
            ("*", None, None),
            ("/%4", Some("/%254"), None),
            ("/%zz", Some("/%25zz"), None),
        ] {
            assert_eq!(path(PathStyle::Standard, raw).as_deref(), standard, "standard {raw}");
            assert_eq!(path(PathStyle::S3, raw).as_deref(), s3, "s3 {raw}");
        }
    }

    #[test]
    fn queries() {
        for (raw, canonical) in [
            ("", Some("")),
            ("b=2&a=1", Some("a=1&b=2")),
            ("a=2&a=1&a", Some("a=&a=1&a=2")),
            ("Param-3=x&Param=y", Some("Param=y&Param-3=x")),
            ("a=b=c", Some("a=b%3Dc")),
            ("&&a=1&", Some("a=1")),
            ("=v", Some("=v")),
            ("a=x+y", Some("a=x%20y")),
            ("a=x%20y", Some("a=x%20y")),
            ("a=x%2By", Some("a=x%2By")),
            ("a=%e1%88%b4&%41=*", Some("A=%2A&a=%E1%88%B4")),
            ("a=1&X-Amz-Signature=s&X-Amz-SignatureX=t", Some("X-Amz-SignatureX=t&a=1")),
            ("a=1&X%2DAmz-Signature=s", Some("a=1")),
            ("a=%4", None),
            ("a=%", None),
            ("%gg=1", None),
            ("n=aé+%C3%a9é%", None),
            ("n=aé+%C3%a9é", Some("n=a%C3%A9%20%C3%A9%C3%A9")),
        ] {
            let mut out = Vec::new();
            let written = write_query(&mut out, raw, Some("X-Amz-Signature"));
            let text = written.ok().map(|()| String::from_utf8(out).unwrap());
            assert_eq!(text.as_deref(), canonical, "{raw}");
        }
    }

    #[test]
    fn headers() {
        let headers: [(&str, &[u8]); 5] = [
            ("My-Header", b"  one   two "),
            ("OTHER", b"x"),
            ("my-header", b"\t3\r\n  4"),
            (":authority", b"h"),
            ("empty", b" "),
        ];
        let request = Request { method: "GET", path: "/", query: "", headers: &headers, body: b"" };
        for (name, line) in [
            ("my-header", Some("my-header:one two,3 4\n")),
            ("other", Some("other:x\n")),
            ("host", Some("host:h\n")),
            ("empty", Some("empty:\n")),
            ("absent", None),
        ] {
            let mut out = Vec::new();
            let written = write_header(&mut out, &request, name);
            let text = written.ok().map(|()| String::from_utf8(out).unwrap());
            assert_eq!(text.as_deref(), line, "{name}");
        }
    }
}

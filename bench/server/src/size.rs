//! An account with thousands of users, roles and policies: what a page of a list takes, wherever it stands, and what the
//! server holds in memory to answer with all of it.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::doorward::{Doorward, allow, between, escaped, trust_in_account};
use crate::exchange::Conversation;
use crate::load::Load;
use crate::process::{forget_peak, memory, processor_time};

/// How many there are of each sort.
pub const ENTITIES: usize = 5_000;

/// How long each policy is, in characters: nearly as long as AWS lets it be.
const POLICY_CHARACTERS: usize = 6_000;

/// How often each page is asked for; the median counts.
const TIMES: usize = 25;

/// How large pages are.
pub const PAGE_SIZES: [usize; 2] = [100, 1_000];

/// The lists.
const LISTS: [(&str, &str); 3] = [("ListUsers", ""), ("ListRoles", ""), ("ListPolicies", "&Scope=Local")];

/// What pages of a list took.
#[derive(Clone, Copy, Debug)]
pub struct Pages {
    /// The operation.
    pub operation: &'static str,
    /// How many items a page has.
    pub size: usize,
    /// Time of the first page, of the one in the middle and of the last: the median.
    pub times: [Duration; 3],
    /// Bytes of the page in the middle.
    pub bytes: usize,
}

/// What `GetAccountAuthorizationDetails` took, from its first page to its last.
#[derive(Clone, Copy, Debug)]
pub struct Whole {
    /// How many items a page has.
    pub size: usize,
    /// How many pages there were.
    pub pages: usize,
    /// Bytes of all answers.
    pub bytes: usize,
    /// Bytes of the largest.
    pub bytes_max: usize,
    /// From the first request to the last answer.
    pub time: Duration,
    /// The server's processor time.
    pub server: Duration,
    /// How much more memory the server held at most than before, in bytes.
    pub growth: u64,
}

/// A server with the account.
///
/// # Errors
/// It refuses what it is asked.
pub fn filled() -> Result<Doorward, Box<dyn Error>> {
    let server = Doorward::start(Path::new("memory"))?;
    let (trust, document) = (escaped(&trust_in_account()), escaped(&long_policy()));
    for (parameters, document, kind) in [
        ("CreateUser&UserName=", String::new(), "user"),
        ("CreateRole&RoleName=", format!("&AssumeRolePolicyDocument={trust}"), "role"),
        ("CreatePolicy&PolicyName=", format!("&PolicyDocument={document}"), "policy"),
    ] {
        let all = (0..ENTITIES).map(|number| {
            let name = format!("{kind}-{number:05}");
            server.iam_request(&format!("{parameters}{name}{document}"), &format!(":{kind}/{name}</Arn>"))
        });
        Load::open(all.collect::<Result<_, _>>()?)?.run(0..ENTITIES)?;
    }
    Ok(server)
}

/// A policy of many objects.
fn long_policy() -> String {
    let mut objects = String::new();
    for number in 0.. {
        let policy = allow("\"s3:GetObject\"", "Resource", &format!("[\"arn:aws:s3:::bucket/*\"{objects}]"));
        if policy.len() >= POLICY_CHARACTERS {
            return policy;
        }
        objects.push_str(&format!(",\"arn:aws:s3:::bucket/folder-{number:05}/*\""));
    }
    objects
}

/// What pages of each list take.
///
/// # Errors
/// The server refuses something.
pub fn pages(server: &Doorward) -> Result<Vec<Pages>, Box<dyn Error>> {
    let mut measured = Vec::new();
    for (operation, scope) in LISTS {
        for size in PAGE_SIZES {
            let parameters = format!("{operation}{scope}&MaxItems={size}");
            let markers = markers(server, &parameters)?;
            let places = [0, markers.len() / 2, markers.len().saturating_sub(1)];
            let (mut times, mut bytes) = ([Duration::ZERO; 3], 0);
            for (time, place) in times.iter_mut().zip(places) {
                let marker = markers.get(place).map_or("", String::as_str);
                let (taken, length) = median(server, &format!("{parameters}{marker}"))?;
                *time = taken;
                bytes = length;
            }
            measured.push(Pages { operation, size, times, bytes });
        }
    }
    Ok(measured)
}

/// The parameter that each page of a list is asked for with: none for the first.
fn markers(server: &Doorward, parameters: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let mut markers = vec![String::new()];
    loop {
        let marker = markers.last().map_or("", String::as_str);
        let body = server.iam(&format!("{parameters}{marker}"), "<IsTruncated>")?;
        match next(&body)? {
            Some(marker) => markers.push(marker),
            None => return Ok(markers),
        }
    }
}

/// The parameter that asks for the page after this one, if there is one.
fn next(body: &str) -> Result<Option<String>, Box<dyn Error>> {
    if body.contains("<IsTruncated>false</IsTruncated>") {
        return Ok(None);
    }
    Ok(Some(format!("&Marker={}", escaped(between(body, "<Marker>", "</Marker>")?))))
}

/// How long a page takes, and how many bytes it has.
fn median(server: &Doorward, parameters: &str) -> Result<(Duration, usize), Box<dyn Error>> {
    let (mut times, mut bytes) = (Vec::new(), 0);
    let mut conversation = Conversation::open(server.address())?;
    let asked = server.iam_request(parameters, "<IsTruncated>")?;
    for _ in 0..TIMES {
        let begun = Instant::now();
        bytes = conversation.ask(&asked)?.body.len();
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    Ok((times.get(TIMES / 2).copied().unwrap_or_default(), bytes))
}

/// Asks for all details of the account, page by page, over one connection.
///
/// # Errors
/// The server refuses something.
pub fn whole(server: &Doorward, size: usize) -> Result<Whole, Box<dyn Error>> {
    forget_peak(server.pid())?;
    let (before, used) = (memory(server.pid())?, processor_time(server.pid())?);
    let begun = Instant::now();
    let mut conversation = Conversation::open(server.address())?;
    let (mut marker, mut sizes) = (Some(String::new()), Vec::new());
    while let Some(from) = marker {
        let parameters = format!("GetAccountAuthorizationDetails&MaxItems={size}{from}");
        let body = conversation.ask(&server.iam_request(&parameters, "<IsTruncated>")?)?.body;
        sizes.push(body.len());
        marker = next(&body)?;
    }
    let time = begun.elapsed();
    Ok(Whole {
        size,
        pages: sizes.len(),
        bytes: sizes.iter().sum(),
        bytes_max: sizes.iter().copied().max().unwrap_or_default(),
        time,
        server: processor_time(server.pid())?.saturating_sub(used),
        growth: memory(server.pid())?.peak.saturating_sub(before.now),
    })
}

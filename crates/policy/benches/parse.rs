//! How long it takes to read policies of the greatest length that AWS takes, and values of conditions.
//!
//! `cargo bench -p doorward-policy` prints nanoseconds of processor time on one core, the median over batches: of
//! everything, or of the documents that are named and of `values`.
//! `cargo bench -p doorward-policy -- --once NAME` reads one document a hundred times, for tools that count instructions.
#![expect(clippy::print_stdout, reason = "a benchmark speaks on its terminal")]

use std::hint::black_box;
use std::net::IpAddr;
use std::time::{Duration, Instant as Clock};

use doorward_policy::limits::{MANAGED_CHARS_MAX, counted_chars};
use doorward_policy::value::{Instant, Network, Number, address, boolean};
use doorward_policy::{Document, Kind};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let documents = documents();
    if let [flag, name] = &arguments[..]
        && flag == "--once"
    {
        let found = documents.iter().find(|(known, _)| known == name);
        for _ in 0..100 {
            black_box(found.map(|(_, text)| Document::parse(text, Kind::Managed)).is_some());
        }
        return;
    }
    println!("| document | bytes | statements | ns | least |\n|---|---|---|---|---|");
    let wanted = |name: &str| arguments.is_empty() || arguments.iter().any(|argument| argument == name);
    for (name, text) in documents.iter().filter(|(name, _)| wanted(name)) {
        let statements = Document::parse(text, Kind::Managed).map_or(0, |document| document.statements.len());
        assert!(statements > 0, "{name} is refused");
        let Took { median, least } = took(|| Document::parse(text, Kind::Managed));
        println!("| {name} | {} | {statements} | {median:.0} | {least:.0} |", text.len());
    }
    if !wanted("values") {
        return;
    }
    println!("\n| value | ns | least |\n|---|---|---|");
    let row = |name: &str, took: Took| println!("| {name} | {:.1} | {:.1} |", took.median, took.least);
    for text in ["10", "-3600", "1048576.5", "00012e3", "123456789012345678901234567890"] {
        row(text, took(|| Number::parse(black_box(text))));
    }
    for (left, right) in [("10", "100"), ("1700000000", "1700000001"), ("0.25", "250e-3")] {
        let (left, right) = (Number::parse(left), Number::parse(right));
        row("compare numbers", took(|| black_box(&left).cmp(black_box(&right))));
    }
    for text in ["2026-11-22T10:00:00Z", "2026-11-22", "1700000000", "2026-11-22T10:00:00.5+02:00"] {
        row(text, took(|| Instant::parse(black_box(text))));
    }
    for text in ["203.0.113.77", "10.0.0.0/8", "2001:db8::/32"] {
        row(text, took(|| Network::parse(black_box(text))));
    }
    let range = Network::parse("10.0.0.0/8");
    let inside = |address: IpAddr| range.is_some_and(|range| range.contains(address));
    row("10.20.30.40 in it", took(|| address(black_box("10.20.30.40")).is_some_and(inside)));
    row("TRUE", took(|| boolean(black_box("TRUE"))));
}

/// Documents as they are found in accounts, each as long as a managed policy may be.
fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("actions", document(actions, "")),
        ("resources", document(resources, "")),
        ("conditions", document(conditions, "")),
        ("mixed", document(mixed, "")),
        ("mixed, indented", document(mixed, "\n        ")),
    ]
}

fn mixed(index: usize) -> String {
    match index % 3 {
        0 => actions(index),
        1 => resources(index),
        _ => conditions(index),
    }
}

/// As many statements as fit, with white space where a person would put it.
fn document(statement: fn(usize) -> String, space: &str) -> String {
    let mut statements = Vec::new();
    let text = |statements: &[String]| {
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
        ["{", "[", ","].iter().fold(text, |text, mark| match space {
            "" => text,
            space => text.replace(&format!("{mark}\""), &format!("{mark}{space}\"")).replace("\":", "\": "),
        })
    };
    loop {
        statements.push(statement(statements.len()));
        if counted_chars(&text(&statements), Kind::Managed) > MANAGED_CHARS_MAX {
            statements.pop();
            return text(&statements);
        }
    }
}

/// As AWS's own policies are: every action by name, on everything.
fn actions(index: usize) -> String {
    let verbs = ["Get", "List", "Describe", "Tag"];
    let nouns = ["Function", "LogGroup", "RepositoryPolicy", "SecurityGroupRules", "Cluster*"];
    let service = ["lambda", "logs", "ecr", "ec2", "eks"].iter().cycle().nth(index).unwrap_or(&"iam");
    let list: Vec<String> = nouns
        .iter()
        .flat_map(|noun| verbs.iter().map(move |verb| format!("\"{service}:{verb}{noun}\"")))
        .collect();
    format!(
        r#"{{"Sid":"Read{service}{index}","Effect":"Allow","Action":[{}],"Resource":"*"}}"#,
        list.join(",")
    )
}

/// As an application's are: some actions on resources by name.
fn resources(index: usize) -> String {
    let account = 100_000_000_000 + index;
    format!(
        r#"{{"Sid":"Use{index}","Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:ListBucket"],"Resource":["arn:aws:s3:::example-bucket-{index}","arn:aws:s3:::example-bucket-{index}/*","arn:aws:dynamodb:eu-west-1:{account}:table/orders-{index}","arn:aws:sqs:*:{account}:queue-{index}-*"]}}"#
    )
}

/// As guarded access is: variables, and conditions of several kinds.
fn conditions(index: usize) -> String {
    format!(
        r#"{{"Sid":"Guard{index}","Effect":"Deny","Action":["ec2:RunInstances","ec2:StartInstances"],"Resource":"arn:aws:ec2:*:*:instance/${{aws:PrincipalTag/team}}-{index}","Condition":{{"StringNotEquals":{{"aws:RequestedRegion":["eu-west-1","eu-central-1"],"aws:ResourceTag/owner":"${{aws:username}}"}},"NotIpAddress":{{"aws:SourceIp":["10.0.0.0/8","192.0.2.0/24"]}},"NumericLessThanIfExists":{{"aws:MultiFactorAuthAge":"3600"}},"Bool":{{"aws:ViaAWSService":"false"}},"ArnNotLike":{{"aws:PrincipalArn":"arn:aws:iam::*:role/admin-{index}-*"}}}}}}"#
    )
}

/// Nanoseconds per run: the median over batches, and the best batch, which the rest of the machine disturbed least.
struct Took {
    median: f64,
    least: f64,
}

/// How many batches there are.
const BATCHES: usize = 25;

/// How long `work` takes, in nanoseconds of this thread's processor time where the operating system says so (Linux).
fn took<T>(mut work: impl FnMut() -> T) -> Took {
    let mut runs = 16u32;
    while batch(runs, &mut work) < Duration::from_millis(20) {
        runs = runs.saturating_mul(2);
    }
    let mut times: Vec<Duration> = (0..BATCHES).map(|_| batch(runs, &mut work)).collect();
    times.sort();
    let per_run =
        |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1e9 / f64::from(runs));
    Took { median: per_run(times.get(BATCHES / 2)), least: per_run(times.first()) }
}

fn batch<T>(runs: u32, work: &mut impl FnMut() -> T) -> Duration {
    let start = (used(), Clock::now());
    for _ in 0..runs {
        black_box(work());
    }
    match (start.0, used()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        (None, _) | (_, None) => start.1.elapsed(),
    }
}

/// What this thread has used of the processor.
fn used() -> Option<Duration> {
    let used = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    used.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

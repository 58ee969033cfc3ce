//! Patterns and texts made of bytes, matched by engine and model.

use doorward_policy::request::{Request, Requester, Resource};
use doorward_policy::{Document, Kind};
use serde_json::{Map, Value, json};

use crate::differential::compare_scenario;
use crate::generate::Scenario;

/// What a byte of a pattern stands for.
const OF_PATTERNS: [&str; 32] = [
    "a",
    "b",
    "ab",
    "aab",
    "*",
    "*",
    "*",
    "?",
    "?",
    ":",
    ":",
    "/",
    "\u{e9}",
    "\u{c9}",
    "k",
    "\u{212a}",
    "A",
    "${v}",
    "${v}",
    "${*}",
    "${?}",
    "${$}",
    "${V, 'a'}",
    "${none}",
    "${none, 'b:a'}",
    "${several, 'a'}",
    "${empty, 'ab'}",
    "arn:aws:s3:::",
    "arn:",
    "::",
    "\u{1f600}",
    "\u{130}",
];

/// What a byte of a text stands for.
const OF_TEXTS: [&str; 16] = [
    "a",
    "a",
    "b",
    "b",
    "ab",
    "aab",
    ":",
    ":",
    "/",
    "\u{e9}",
    "\u{212a}",
    "A",
    "*",
    "?",
    "arn:aws:s3:::",
    "\u{1f600}",
];

/// The most `*` in a pattern.
const STARS_MAX: usize = 8;
/// The longest pattern and text.
const PIECES_MAX: usize = 14;

fn text(bytes: &[u8], pieces: &[&str]) -> String {
    let piece = |byte: &u8| pieces.get(usize::from(*byte) % pieces.len()).copied().unwrap_or_default();
    let mut stars = 0;
    let few = |piece: &&str| {
        stars += usize::from(piece.contains('*'));
        stars <= STARS_MAX || !piece.contains('*')
    };
    bytes.iter().take(PIECES_MAX).map(piece).filter(few).collect()
}

/// Matches a pattern with a text in every place that has patterns: action, resource, and the operators that read them.
/// The first third of the bytes is the pattern, the second the text, the last the value of the variable.
///
/// # Panics
/// When engine and model part.
pub fn pattern(bytes: &[u8]) {
    let (pattern_bytes, rest) = bytes.split_at(bytes.len() / 3);
    let (text_bytes, value_bytes) = rest.split_at(rest.len() / 2);
    let (pattern, text, value) =
        (text(pattern_bytes, &OF_PATTERNS), text(text_bytes, &OF_TEXTS), text(value_bytes, &OF_TEXTS));
    // The kinds differ in what short patterns mean, the versions in what variables do.
    let (kind, old) = if bytes.len().is_multiple_of(4) {
        (Kind::ServiceControl, false)
    } else {
        (Kind::Inline, bytes.len() % 4 == 1)
    };
    let statements: Vec<Value> =
        statements(&pattern).into_iter().filter(|statement| is_accepted(statement, kind, old)).collect();
    let policy = document(&statements, old);
    let policies = if kind == Kind::Inline {
        json!({"identity": [policy]})
    } else {
        json!({"service_control": {
            "management_account": "999999999999",
            "levels": [{"target": "r", "policies": [policy]}],
        }})
    };
    let members: Map<String, Value> = [("policies".to_owned(), policies)].into_iter().collect();
    let compared = compare_scenario(0, &Scenario { members, requests: requests(&text, &value) });
    assert!(
        compared.is_ok(),
        "{}",
        compared.err().map(|difference| difference.to_string()).unwrap_or_default()
    );
}

/// One statement for each place in which the pattern may stand.
fn statements(pattern: &str) -> Vec<Value> {
    let about =
        |action: &str, resource: &str| json!({"Effect": "Allow", "Action": action, "Resource": resource});
    let mut statements = vec![
        about(&format!("s3:{}", pattern.replace(':', "")), "*"),
        about("*", pattern),
        about("*", &format!("arn:aws:s3:::{pattern}")),
        json!({"Effect": "Allow", "Action": "*", "NotResource": [format!("arn:aws:{pattern}")]}),
    ];
    let operators =
        ["StringLike", "StringNotLike", "StringEquals", "StringEqualsIgnoreCase", "ArnLike", "ArnNotLike"];
    for operator in operators {
        for values in [json!(pattern), json!(["b", pattern, "x"])] {
            let mut statement = about("*", "*");
            if let Some(members) = statement.as_object_mut() {
                members.insert("Condition".to_owned(), json!({operator: {"k": values}}));
            }
            statements.push(statement);
        }
    }
    statements.push(about("none:None", "*"));
    statements
}

fn document(statements: &[Value], old: bool) -> Value {
    let version = if old { "2008-10-17" } else { "2012-10-17" };
    json!({"Version": version, "Statement": statements})
}

fn is_accepted(statement: &Value, kind: Kind, old: bool) -> bool {
    let text = document(std::slice::from_ref(statement), old).to_string();
    Document::parse(&text, kind).is_ok()
}

fn requests(text: &str, value: &str) -> Vec<Request> {
    #[expect(clippy::expect_used, reason = "the constant is twelve digits")]
    let account = "111111111111".parse().expect("an account");
    let requester = Requester::Root { account };
    let mut context = requester.context();
    context.put("k", text);
    context.put("v", value);
    context.put_all("several", vec!["a".to_owned(), "b".to_owned()]);
    context.put_all("empty", Vec::new());
    let request = |arn: String| Request {
        requester: requester.clone(),
        action: format!("s3:{}", text.replace(':', "")),
        resource: Resource { arn, account: Some(account) },
        context: context.clone(),
    };
    ["", "arn:aws:", "arn:aws:s3:::"].map(|start| request(format!("{start}{text}"))).into()
}

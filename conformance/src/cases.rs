//! Cases of policy evaluation: the format, and what loads and runs them.
//!
//! A file is one object:
//!
//! ```json
//! {
//!   "fixtures": {"ana": {"user": {"account": "111111111111", "name": "ana"}}},
//!   "defaults": {"requester": "@ana", "action": "s3:GetObject"},
//!   "cases": [
//!     {
//!       "id": "action-case",
//!       "title": "actions compare without regard to case",
//!       "rule": "action",
//!       "source": "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html",
//!       "confidence": "D",
//!       "policies": {"identity": [{"Version": "2012-10-17", "Statement": [
//!         {"Effect": "Allow", "Action": "S3:getobject", "Resource": "*"}]}]},
//!       "resource": {"arn": "arn:aws:s3:::b/k", "account": "111111111111"},
//!       "expect": {"decision": "allow", "grant": "identity"}
//!     }
//!   ]
//! }
//! ```
//!
//! A text `"@name"` anywhere in a case stands for the fixture of that name; `defaults` are members that a case may
//! leave out. Unknown members are errors. The members of a case:
//!
//! * `id`, unique among all files; `title`; `rule`, the id of a rule in `rules/*.toml`, or a list of such ids;
//!   `source`, the page; `example`: `true` where the page itself has the policy and says, or shows, what comes of it;
//!   `confidence`: `D` documented, `R` recorded from AWS, `P` from other implementations, `K` general knowledge,
//!   `UNCONFIRMED` where AWS is silent and the reading that denies was taken.
//! * `policies`: `identity`, `boundary`, `session`, `service_control`, `resource_control`, `endpoint`, and `resource` or
//!   `trust`. A policy is an object as AWS writes it, or its text, or `{"document", "name", "arn", "attached_to"}`.
//! * `principal_ids`: unique ids to which principal ARNs of the policies were bound when they were stored.
//! * `requester`: `"anonymous"`, `{"root": …}`, `{"user": …}`, `{"role_session": …}`, `{"federated_user": …}`,
//!   `{"service": …}` or `{"federated": …}`, with the fields of [`doorward_policy::request::Requester`].
//! * `action`; `resource`: `arn` and `account`, `null` where no owner is known.
//! * `principal_tags`: become `aws:PrincipalTag/…`. `context`: further keys, over those that follow from the requester; a
//!   list is a multivalued key, `null` takes a key away.
//! * `choices`: `trust_policy_boundary` and `plain_everyone` (`limits`, `ignored`), `not_principal` (`whole_chain`,
//!   `any_entry`).
//! * `expect`: `decision` (`allow`, `implicit_deny`, `explicit_deny`), with `grant` (`always`, `root`, `identity`,
//!   `{"resource": claim}`, `{"both": claim}`) or `layer`; `matched`, the statements that match, each a `layer`, the
//!   `level` in guardrails, `policy` and `statement` counted from 0, and its `claim`; `message_suffix`, the reason that
//!   AWS's denial text ends with.

mod text;

use std::fmt;
use std::path::{Path, PathBuf};

use doorward_policy::explain::{Claim, Decision, Layer};
use doorward_policy::request::{Attachments, Choices, Request};

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    /// A name, unique among all cases.
    pub id: String,
    /// What it shows, in one line.
    pub title: String,
    /// The rules that it shows, by their ids in `rules/*.toml`; at least one, each once.
    pub rules: Vec<String>,
    /// The page that the rule comes from.
    pub source: String,
    /// Whether the page works through it: the policy stands there, and what comes of it.
    pub example: bool,
    /// How sure it is that AWS answers so.
    pub confidence: Confidence,
    /// The question.
    pub request: Request,
    /// The policies that bear on it.
    pub policies: Attachments,
    /// How to read what AWS leaves open.
    pub choices: Choices,
    /// The answer.
    pub expect: Expect,
}

/// How sure it is that AWS answers as a case says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Deserialize)]
pub enum Confidence {
    /// AWS's documentation says so.
    #[serde(rename = "D")]
    Documented,
    /// AWS was seen to answer so.
    #[serde(rename = "R")]
    Recorded,
    /// Other implementations read it so.
    #[serde(rename = "P")]
    Peers,
    /// It is generally held to be so.
    #[serde(rename = "K")]
    Known,
    /// AWS is silent, and the reading that denies was taken.
    #[serde(rename = "UNCONFIRMED")]
    Unconfirmed,
}

/// The answer that a case expects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expect {
    /// The decision.
    pub decision: Decision,
    /// The statements that match, in order, where the case names them.
    pub matched: Option<Vec<MatchedPlace>>,
    /// What the text of the denial ends with, where the case names it.
    pub message_suffix: Option<String>,
}

/// A statement that a case expects to match.
#[derive(Clone, PartialEq, Eq, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchedPlace {
    /// The layer.
    #[serde(with = "text::LayerText")]
    pub layer: Layer,
    /// The node of an organization, 0 for its root; 0 in other layers.
    #[serde(default)]
    pub level: usize,
    /// The policy in its list, 0 for the first.
    pub policy: usize,
    /// The statement in its document, 0 for the first.
    pub statement: usize,
    /// How it names the requester, where policies name principals.
    #[serde(default, with = "text::optional_claim")]
    pub claim: Option<Claim>,
}

/// A judge answered otherwise than a case expects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Disagreement {
    /// The case.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// What it expects.
    pub expected: String,
    /// What the judge answered.
    pub answered: String,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, title, expected, answered } = self;
        write!(f, "{id} ({title}): expected {expected}, answered {answered}")
    }
}

/// Why cases cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unusable {
    /// The file or directory cannot be read.
    #[error("`{path}` cannot be read")]
    Unreadable {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not JSON, or not of the format.
    #[error("`{path}`: {source}")]
    NotCases {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        source: serde_json::Error,
    },
    /// A case is not what the format says.
    #[error("`{path}`, case `{id}`: {fault}")]
    Case {
        /// The file.
        path: PathBuf,
        /// The case, or its place in the list where it has no id.
        id: String,
        /// What is wrong.
        fault: String,
    },
}

/// The directory of the cases.
#[must_use]
pub fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")
}

/// All cases, file by file in the order of their names.
///
/// # Errors
/// [`Unusable`], for the first file or case that cannot be read, and for an id that is used twice.
pub fn all() -> Result<Vec<Case>, Unusable> {
    let directory = directory();
    let unreadable = |source| Unusable::Unreadable { path: directory.clone(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&directory).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    let mut cases: Vec<Case> = Vec::new();
    for file in files {
        for case in load(&file)? {
            if cases.iter().any(|other| other.id == case.id) {
                let fault = "another case has this id".to_owned();
                return Err(Unusable::Case { path: file, id: case.id, fault });
            }
            cases.push(case);
        }
    }
    Ok(cases)
}

/// The cases of one file.
///
/// # Errors
/// [`Unusable`], for the first case that is not of the format.
pub fn load(path: &Path) -> Result<Vec<Case>, Unusable> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| Unusable::Unreadable { path: path.to_owned(), source })?;
    text::cases(&text, path)
}

/// The cases of a text in the format of a file.
///
/// # Errors
/// [`Unusable`], for the first case that is not of the format.
pub fn parse(text: &str) -> Result<Vec<Case>, Unusable> {
    text::cases(text, Path::new("text"))
}

/// The cases in which a judge decides otherwise.
pub fn disagreements(
    cases: &[Case],
    judge: impl Fn(&Request, &Attachments, &Choices) -> Decision,
) -> Vec<Disagreement> {
    let ask = |case: &Case| {
        let answered = judge(&case.request, &case.policies, &case.choices);
        disagreement(case, &case.expect.decision, &answered)
    };
    cases.iter().filter_map(ask).collect()
}

/// The cases that name the statements that match, and in which a judge finds others.
pub fn matched_disagreements(
    cases: &[Case],
    judge: impl Fn(&Request, &Attachments, &Choices) -> Vec<MatchedPlace>,
) -> Vec<Disagreement> {
    let ask = |case: &Case| {
        let expected = case.expect.matched.as_ref()?;
        disagreement(case, expected, &judge(&case.request, &case.policies, &case.choices))
    };
    cases.iter().filter_map(ask).collect()
}

fn disagreement<T: PartialEq + fmt::Debug>(case: &Case, expected: &T, answered: &T) -> Option<Disagreement> {
    (expected != answered).then(|| Disagreement {
        id: case.id.clone(),
        title: case.title.clone(),
        expected: format!("{expected:?}"),
        answered: format!("{answered:?}"),
    })
}

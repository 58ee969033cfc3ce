//! From [`Document`] back to text: in one canonical form, or as it was written with its principals brought up to date.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::action::ActionClause;
use crate::condition::ConditionTest;
use crate::document::{Document, Effect, Kind, Statement, Version};
use crate::principal::{Principal, PrincipalClause, PrincipalEntry, PrincipalKey};
use crate::resource::{ResourceClause, ResourceForm};

impl Document {
    /// The document as compact JSON in one form: `Version` always, elements in the order of AWS's grammar, statements
    /// in a list, single values without one, values of conditions as strings. Parsing the result as the same kind gives
    /// a document that says the same and has the same canonical form.
    ///
    /// [`Document::text`] is what the author wrote; this is for comparing and for documents made by programs. Two tests
    /// of one statement with the same operator and key, which no text can say, would print as a duplicate member.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut out = String::with_capacity(self.text.len());
        out.push_str(match self.version {
            Version::V2008 => "{\"Version\":\"2008-10-17\"",
            Version::V2012 => "{\"Version\":\"2012-10-17\"",
        });
        if let Some(id) = &self.id {
            out.push_str(",\"Id\":");
            string(&mut out, id);
        }
        out.push_str(",\"Statement\":[");
        separated(&mut out, &self.statements, |out, item| statement(out, item, self.kind));
        out.push_str("]}");
        out
    }

    /// Every principal that the statements name, in the order of the text.
    pub fn principals(&self) -> impl Iterator<Item = &PrincipalEntry> {
        self.statements
            .iter()
            .filter_map(|statement| statement.principal.as_ref())
            .flat_map(PrincipalClause::entries)
    }

    /// The same document with its users and roles bound to unique ids: `id_of` is asked for each principal in the order
    /// of [`Document::principals`], and what it answers for a user or a role is the id that counts from then on, the ARN
    /// notwithstanding. Other principals stay as they are. The text does not change.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
    #[must_use]
    pub fn with_principal_ids(mut self, mut id_of: impl FnMut(&PrincipalEntry) -> Option<String>) -> Self {
        let clauses = self.statements.iter_mut().filter_map(|statement| statement.principal.as_mut());
        for clause in clauses {
            let (PrincipalClause::Principal(entries) | PrincipalClause::NotPrincipal(entries)) = clause;
            for entry in entries {
                let bound = id_of(entry);
                match &mut entry.principal {
                    Principal::User { id, .. } | Principal::Role { id, .. } => *id = bound,
                    Principal::Anyone
                    | Principal::Account(_)
                    | Principal::AssumedRole { .. }
                    | Principal::FederatedUser { .. }
                    | Principal::UniqueId(_)
                    | Principal::Service(_)
                    | Principal::Federated(_)
                    | Principal::CanonicalUser(_) => {}
                }
            }
        }
        self
    }

    /// The text as AWS shows it when it is read back: as written, but a principal that is bound to a unique id (or is
    /// one) stands as the current ARN of its user or role, or as the bare id when `arn_of` knows none; an account id
    /// stands as the root ARN of its account in `partition`.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
    #[must_use]
    pub fn rendered(&self, partition: &str, arn_of: impl Fn(&str) -> Option<String>) -> String {
        let mut out = String::with_capacity(self.text.len());
        let mut copied = 0;
        for entry in self.principals() {
            let shown = shown(entry, partition, &arn_of);
            if shown == entry.text {
                continue;
            }
            out.push_str(self.text.get(copied..entry.span.start as usize).unwrap_or(""));
            string(&mut out, &shown);
            copied = entry.span.end as usize;
        }
        out.push_str(self.text.get(copied..).unwrap_or(""));
        out
    }
}

/// What stands for a principal when its policy is read back.
fn shown<'a>(
    entry: &'a PrincipalEntry,
    partition: &str,
    arn_of: impl Fn(&str) -> Option<String>,
) -> Cow<'a, str> {
    match &entry.principal {
        Principal::User { id: Some(id), .. } | Principal::Role { id: Some(id), .. } => {
            Cow::Owned(arn_of(id).unwrap_or_else(|| id.clone()))
        }
        Principal::UniqueId(id) => arn_of(id).map_or(Cow::Borrowed(id), Cow::Owned),
        // A root ARN stays as written, whatever its partition.
        Principal::Account(account) if !entry.text.starts_with("arn:") => {
            Cow::Owned(format!("arn:{partition}:iam::{account}:root"))
        }
        Principal::Anyone
        | Principal::Account(_)
        | Principal::User { id: None, .. }
        | Principal::Role { id: None, .. }
        | Principal::AssumedRole { .. }
        | Principal::FederatedUser { .. }
        | Principal::Service(_)
        | Principal::Federated(_)
        | Principal::CanonicalUser(_) => Cow::Borrowed(&entry.text),
    }
}

fn statement(out: &mut String, statement: &Statement, kind: Kind) {
    out.push('{');
    if let Some(sid) = &statement.sid {
        out.push_str("\"Sid\":");
        string(out, sid);
        out.push(',');
    }
    out.push_str(match statement.effect {
        Effect::Allow => "\"Effect\":\"Allow\"",
        Effect::Deny => "\"Effect\":\"Deny\"",
    });
    if let Some(clause) = &statement.principal {
        out.push_str(match clause {
            PrincipalClause::Principal(_) => ",\"Principal\":",
            PrincipalClause::NotPrincipal(_) => ",\"NotPrincipal\":",
        });
        principals(out, clause.entries(), kind);
    }
    out.push_str(match &statement.action {
        ActionClause::Action(_) => ",\"Action\":",
        ActionClause::NotAction(_) => ",\"NotAction\":",
    });
    list(out, statement.action.patterns(), |out, pattern| string(out, &pattern.text));
    if let Some(clause) = &statement.resource {
        out.push_str(match clause {
            ResourceClause::Resource(_) => ",\"Resource\":",
            ResourceClause::NotResource(_) => ",\"NotResource\":",
        });
        resources(out, clause);
    }
    conditions(out, &statement.conditions);
    out.push('}');
}

/// `"*"` for everyone alone, except in trust policies, which demand an object; otherwise an object of lists.
fn principals(out: &mut String, entries: &[PrincipalEntry], kind: Kind) {
    if kind != Kind::Trust
        && let [PrincipalEntry { principal: Principal::Anyone, .. }] = entries
    {
        out.push_str("\"*\"");
        return;
    }
    const KEYS: [PrincipalKey; 4] =
        [PrincipalKey::Aws, PrincipalKey::Service, PrincipalKey::Federated, PrincipalKey::CanonicalUser];
    let groups = KEYS.map(|key| (key, entries.iter().filter(|entry| entry.principal.key() == key).collect()));
    let groups: Vec<(PrincipalKey, Vec<&PrincipalEntry>)> = groups.into();
    let groups = groups.iter().filter(|(_, entries)| !entries.is_empty());
    out.push('{');
    separated(out, groups, |out, (key, entries)| {
        string(out, key.name());
        out.push(':');
        list(out, entries, |out, entry| string(out, &entry.text));
    });
    out.push('}');
}

/// `null` may stand in a list only.
fn resources(out: &mut String, clause: &ResourceClause) {
    match clause.patterns() {
        [one] if one.form == ResourceForm::Nothing => out.push_str("[null]"),
        patterns => list(out, patterns, |out, pattern| match pattern.form {
            ResourceForm::Nothing => out.push_str("null"),
            ResourceForm::Any | ResourceForm::Arn { .. } | ResourceForm::Short(_) => {
                string(out, &pattern.text)
            }
        }),
    }
}

/// Tests with the same operator stand together, in the order in which the operators first appear.
fn conditions(out: &mut String, tests: &[ConditionTest]) {
    if tests.is_empty() {
        return;
    }
    let mut groups: Vec<(String, Vec<&ConditionTest>)> = Vec::new();
    for test in tests {
        let name = test.operator.to_string();
        match groups.iter_mut().find(|(operator, _)| *operator == name) {
            Some((_, group)) => group.push(test),
            None => groups.push((name, vec![test])),
        }
    }
    out.push_str(",\"Condition\":{");
    separated(out, &groups, |out, (operator, group)| {
        string(out, operator);
        out.push_str(":{");
        separated(out, group, |out, test| {
            string(out, test.key.as_str());
            out.push(':');
            list(out, &test.values, |out, value| string(out, &value.text));
        });
        out.push('}');
    });
    out.push('}');
}

/// One item as it is, any other number in brackets.
fn list<T>(out: &mut String, items: &[T], print: impl Fn(&mut String, &T)) {
    if let [one] = items {
        return print(out, one);
    }
    out.push('[');
    separated(out, items, print);
    out.push(']');
}

fn separated<T>(out: &mut String, items: impl IntoIterator<Item = T>, print: impl Fn(&mut String, T)) {
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        print(out, item);
    }
}

/// A JSON string: only what must be escaped is.
pub(crate) fn string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' => {
                let _infallible = write!(out, "\\u{:04x}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, kind: Kind, expected: &str) {
        let document = Document::parse(text, kind).unwrap();
        assert_eq!(&*document.text, text, "the text is kept as written");
        assert_eq!(document.canonical(), expected);
    }

    #[test]
    fn one_form_for_what_says_the_same() {
        check(
            r#"{ "Statement": {"Resource": ["*"], "Action": "s3:*", "Effect": "Allow"} }"#,
            Kind::Inline,
            r#"{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#,
        );
        check(
            r#"{"Version":"2012-10-17","Id":"\u0001\"\\","Statement":[{"Sid":"","Effect":"Deny","NotPrincipal":{"Service":"a.b","AWS":["*","123456789012"]},
                "NotAction":["a:b","c:d"],"NotResource":["arn:aws:s3:::\u00e9",null],
                "Condition":{"Bool":{"k":true},"NumericEquals":{"n":[1e3,"2"]},"StringEquals":{},"Null":{"z":[]}}}]}"#,
            Kind::Resource,
            "{\"Version\":\"2012-10-17\",\"Id\":\"\\u0001\\\"\\\\\",\"Statement\":[{\"Sid\":\"\",\"Effect\":\"Deny\",\
             \"NotPrincipal\":{\"AWS\":[\"*\",\"123456789012\"],\"Service\":\"a.b\"},\"NotAction\":[\"a:b\",\"c:d\"],\
             \"NotResource\":[\"arn:aws:s3:::\u{e9}\",null],\"Condition\":{\"Bool\":{\"k\":\"true\"},\
             \"NumericEquals\":{\"n\":[\"1e3\",\"2\"]},\"Null\":{\"z\":[]}}}]}",
        );
        let everyone = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}"#;
        check(everyone, Kind::Trust, everyone);
        check(
            r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"a:b","Resource":[null]}}"#,
            Kind::Endpoint,
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"a:b","Resource":[null]}]}"#,
        );
    }

    const TRUST: &str = r#"{ "Statement" : [
        {"Effect":"Allow", "Principal" : {"AWS": [ "arn:aws:iam::123456789012:role/p/R" , "123456789012","AROADBQP57FF2AEXAMPLE"],
          "Service":"ec2.amazonaws.com"}, "Action":"sts:AssumeRole"},
        {"Action":"sts:AssumeRole","Effect":"Deny","Principal":{"AWS":"arn:aws:iam::123456789012:user\/Bob"}} ] }"#;

    #[test]
    fn principals_follow_what_they_are_bound_to() {
        let document = Document::parse(TRUST, Kind::Trust).unwrap();
        let bound = document.clone().with_principal_ids(|entry| {
            let role = matches!(entry.principal, Principal::Role { .. });
            Some(if role { "AROA1" } else { "AIDA1EXAMPLEEXAMPLE" }.to_owned())
        });
        assert_eq!(bound.text, document.text);
        assert_eq!(bound.principals().count(), 5);
        let rendered = bound.rendered("aws-cn", |id| match id {
            "AROA1" => Some("arn:aws:iam::123456789012:role/moved/R".to_owned()),
            _ => None,
        });
        let expected = TRUST
            .replace("role/p/R", "role/moved/R")
            .replace("\"123456789012\"", "\"arn:aws-cn:iam::123456789012:root\"")
            .replace(r"arn:aws:iam::123456789012:user\/Bob", "AIDA1EXAMPLEEXAMPLE");
        assert_eq!(rendered, expected);
        let again = Document::parse(&rendered, Kind::Trust).unwrap();
        assert_eq!(again.rendered("aws-cn", |_| None), rendered, "rendering settles");
    }

    #[test]
    fn unbound_principals_stay_as_written() {
        let document = Document::parse(TRUST, Kind::Trust).unwrap();
        let expected = TRUST
            .replace("\"123456789012\"", "\"arn:aws:iam::123456789012:root\"")
            .replace("AROADBQP57FF2AEXAMPLE", "arn:aws:iam::123456789012:role/back");
        let rendered = document.rendered("aws", |_| Some("arn:aws:iam::123456789012:role/back".to_owned()));
        assert_eq!(rendered, expected);
    }
}

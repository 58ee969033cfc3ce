//! `regorus`: each statement is translated to one rule, the layers to one package, which its register machine runs.

use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use doorward_bench::measure::Contestant;
use doorward_bench::workload::Expected;
use regorus::PolicyLengthConfig;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Rc};
use serde_json::{Value, json};

use crate::layers::{self, Layers};

/// The rule that decides.
const DECISION: &str = "data.iam.decision";

/// Loads the policies and the requests.
pub fn contestant(workload: &Value) -> Result<Contestant<'static>> {
    let mut engine = Engine::new();
    // As it comes, it refuses a package of a mebibyte: that of 5,000 statements.
    let most = NonZeroUsize::MAX;
    engine.set_policy_length_config(PolicyLengthConfig {
        max_col: NonZeroU32::MAX,
        max_file_bytes: most,
        max_lines: most,
    });
    engine.add_policy("iam.rego".to_owned(), package(workload)?)?;
    let compiled = engine.compile_with_entrypoint(&Rc::from(DECISION))?;
    let program = Compiler::compile_from_policy(&compiled, &[DECISION])?;
    let mut machine = RegoVM::new();
    machine.load_program(Arc::clone(&program));
    let questions: Vec<regorus::Value> =
        layers::requests(workload)?.iter().map(|request| input(workload, request)).collect::<Result<_>>()?;
    let answers = [Expected::Allow, Expected::ExplicitDeny, Expected::ImplicitDeny]
        .map(|answer| (regorus::Value::from(format!("{answer:?}").as_str()), answer));
    Ok(Contestant::new("regorus", move |place: usize| {
        machine.set_input(questions.get(place)?.clone());
        let said = machine.execute().ok()?;
        answers.iter().find(|(text, _)| *text == said).map(|(_, answer)| *answer)
    }))
}

fn input(workload: &Value, request: &Value) -> Result<regorus::Value> {
    let mut context = serde_json::Map::new();
    for (key, value) in layers::context(request)? {
        let typed = match key {
            "aws:MultiFactorAuthAge" | "s3:TlsVersion" => serde_json::from_str(value)?,
            _ => json!(value),
        };
        context.insert(key.to_owned(), typed);
    }
    let input = json!({
        "principal": workload.pointer("/principal/arn"), "account": workload.get("account"),
        "action": request.get("action"), "resource": request.get("resource"), "context": context,
    });
    regorus::Value::from_json_str(&input.to_string())
}

/// Rules, and the sets of alternatives that they name.
#[derive(Default)]
struct Rules {
    text: String,
    alternatives: usize,
}

fn package(workload: &Value) -> Result<String> {
    let mut rules = Rules { text: "package iam\nimport rego.v1\n".to_owned(), alternatives: 0 };
    let mut names = Vec::new();
    Layers::load(workload, |name, documents| {
        names.push(name.to_owned());
        rules.layer(name, documents)
    })?;
    let levels: Vec<String> =
        names.iter().filter(|name| name.starts_with("level")).map(|name| format!("{name}_allow")).collect();
    let denied: String = names.iter().map(|name| format!("denied if {name}_deny\n")).collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    let boundary = if has("boundary") { "; boundary_allow" } else { "" };
    let resource = if has("resource") { "granted if resource_allow\n" } else { "" };
    Ok(format!(
        "{}default denied := false\n{denied}default granted := false\ngranted if {{ identity_allow{boundary} }}\n{resource}\
         default decision := \"ImplicitDeny\"\ndecision := \"ExplicitDeny\" if denied\n\
         else := \"Allow\" if {{ granted; {} }}\n",
        rules.text,
        levels.join("; ")
    ))
}

impl Rules {
    fn layer(&mut self, name: &str, documents: &[&Value]) -> Result<()> {
        self.text.push_str(&format!("default {name}_allow := false\ndefault {name}_deny := false\n"));
        for statement in layers::statements(documents)? {
            let tests = self.tests(statement)?;
            let effect = if layers::text(statement, "Effect")? == "Allow" { "allow" } else { "deny" };
            let body = if tests.is_empty() { "true".to_owned() } else { tests.join("; ") };
            self.text.push_str(&format!("{name}_{effect} if {{ {body} }}\n"));
        }
        Ok(())
    }

    fn tests(&mut self, statement: &Value) -> Result<Vec<String>> {
        let mut tests = Vec::new();
        if let Some(named) = layers::principals(statement)? {
            tests.push(self.any(named.iter().map(|arn| principal(arn)).collect()));
        }
        if statement.get("NotAction").is_some() {
            let actions = layers::texts(statement.get("NotAction"))?;
            let any = self.named(actions.iter().map(|action| like("input.action", action)).collect());
            tests.push(format!("not {any}"));
        } else {
            let actions = layers::texts(statement.get("Action"))?;
            if actions.iter().all(|action| !action.contains('*')) {
                tests.push(format!("input.action in {}", set(&actions)));
            } else if actions != ["*"] {
                tests.push(self.any(actions.iter().map(|action| like("input.action", action)).collect()));
            }
        }
        let resources = layers::texts(statement.get("Resource"))?;
        if !resources.contains(&"*") {
            tests.push(self.any(resources.iter().map(|pattern| resource(pattern)).collect()));
        }
        for (operator, key, values) in layers::conditions(statement)? {
            tests.push(self.condition(operator, key, &values)?);
        }
        Ok(tests)
    }

    fn condition(&mut self, operator: &str, key: &str, values: &[&str]) -> Result<String> {
        let attribute = format!("input.context[{key:?}]");
        let first = values.first().context("no value")?;
        Ok(match operator {
            "StringEquals" => format!("{attribute} in {}", set(values)),
            "StringNotEquals" => format!("not {attribute} in {}", set(values)),
            "StringLike" => self.any(values.iter().map(|value| like(&attribute, value)).collect()),
            "IpAddress" => {
                let inside = |value: &&str| format!("net.cidr_contains({value:?}, {attribute})");
                self.any(values.iter().map(inside).collect())
            }
            "NumericLessThan" => format!("{attribute} < {first}"),
            "NumericGreaterThan" => format!("{attribute} > {first}"),
            "Bool" => format!("{attribute} == {first:?}"),
            other => bail!("the condition operator `{other}` is not translated"),
        })
    }

    fn any(&mut self, tests: Vec<String>) -> String {
        match tests.as_slice() {
            [one] => one.clone(),
            _ => self.named(tests),
        }
    }

    /// A rule that holds when one of the tests does.
    fn named(&mut self, tests: Vec<String>) -> String {
        self.alternatives += 1;
        let name = format!("any{}", self.alternatives);
        for test in tests {
            self.text.push_str(&format!("{name} if {{ {test} }}\n"));
        }
        name
    }
}

fn principal(arn: &str) -> String {
    match arn.strip_prefix("arn:aws:iam::").and_then(|rest| rest.strip_suffix(":root")) {
        Some(account) => format!("input.account == {account:?}"),
        None => format!("input.principal == {arn:?}"),
    }
}

fn resource(pattern: &str) -> String {
    match pattern.strip_suffix("/*").and_then(|rest| rest.split_once("${aws:username}")) {
        Some((before, "")) => {
            format!(
                "startswith(input.resource, concat(\"\", [{before:?}, input.context[\"aws:username\"], \"/\"]))"
            )
        }
        _ => like("input.resource", pattern),
    }
}

fn like(attribute: &str, pattern: &str) -> String {
    const WILD: [char; 2] = ['*', '?'];
    if !pattern.contains(WILD) {
        return format!("{attribute} == {pattern:?}");
    }
    match (pattern.strip_suffix('*'), pattern.strip_prefix('*')) {
        (Some(start), _) if !start.contains(WILD) => format!("startswith({attribute}, {start:?})"),
        (_, Some(end)) if !end.contains(WILD) => format!("endswith({attribute}, {end:?})"),
        _ => format!("regex.match({:?}, {attribute})", expression(pattern)),
    }
}

fn expression(pattern: &str) -> String {
    let mut expression = "^".to_owned();
    for character in pattern.chars() {
        match character {
            '*' => expression.push_str(".*"),
            '?' => expression.push('.'),
            plain if plain.is_ascii_alphanumeric() || "-_/:".contains(plain) => expression.push(plain),
            other => expression.extend(['\\', other]),
        }
    }
    expression.push('$');
    expression
}

fn set(values: &[&str]) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    format!("{{{}}}", values.join(", "))
}

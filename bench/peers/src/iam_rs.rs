//! `iam-rs`: policies as they are, one evaluator for each layer.

use anyhow::Result;
use doorward_bench::measure::Contestant;
use iam_rs::{
    Arn, Context, ContextValue, Decision, EvaluationOptions, IAMPolicy, IAMRequest, PolicyEvaluator,
    Principal, PrincipalId,
};
use serde_json::Value;

use crate::layers::{self, Layers, Verdict};

/// Loads the policies and the requests.
pub fn contestant(workload: &Value) -> Result<Contestant<'static>> {
    let layers = Layers::load(workload, |_, documents| {
        let policies =
            documents.iter().map(|&document| serde_json::from_value::<IAMPolicy>(document.clone()));
        let policies = policies.collect::<Result<_, _>>()?;
        // As it comes, the evaluator gives up after a thousand statements.
        let options = EvaluationOptions { max_statements: usize::MAX, ..EvaluationOptions::default() };
        Ok(PolicyEvaluator::with_policies(policies).with_options(options))
    })?;
    let arn = workload.pointer("/principal/arn").and_then(Value::as_str).unwrap_or_default();
    let questions: Vec<IAMRequest> = layers::requests(workload)?
        .iter()
        .map(|request| {
            let mut context = Context::new();
            for (key, value) in layers::context(request)? {
                context.insert(key.to_owned(), typed(key, value)?);
            }
            Ok(IAMRequest::new_with_context(
                Principal::Aws(PrincipalId::String(arn.to_owned())),
                layers::text(request, "action")?,
                Arn::parse(layers::text(request, "resource")?)?,
                context,
            ))
        })
        .collect::<Result<_>>()?;
    Ok(Contestant::new("iam-rs", move |place: usize| {
        let request = questions.get(place)?;
        layers.decide(|policies| {
            Some(match policies.evaluate(request).ok()?.decision {
                Decision::Allow => Verdict::Allow,
                Decision::Deny => Verdict::Deny,
                Decision::NotApplicable => Verdict::Silent,
            })
        })
    }))
}

fn typed(key: &str, value: &str) -> Result<ContextValue> {
    Ok(match key {
        "aws:SecureTransport" | "aws:MultiFactorAuthPresent" => ContextValue::Boolean(value == "true"),
        "aws:MultiFactorAuthAge" | "s3:TlsVersion" | "aws:EpochTime" => ContextValue::Number(value.parse()?),
        _ => ContextValue::String(value.to_owned()),
    })
}

//! What it costs to make policies ready.

use std::hint::black_box;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use doorward_bench::adversarial::{POLICY_CHARACTERS_MAX, characters};
use doorward_bench::generate::{self, Services};
use doorward_bench::measure::nanoseconds;
use doorward_bench::workload::Workload;
use doorward_bench::{stream, ways};
use doorward_engine::{CompiledDocument, CompiledPolicies, decide};
use doorward_policy::{Document, Kind};
use serde_json::{Value, json};

use crate::allocations::counted;
use crate::layers;
use crate::measured::WORKLOADS;

/// One cost.
pub struct Cost {
    /// Of what.
    pub workload: String,
    /// In words, with the unit.
    pub what: &'static str,
    /// The unit in the data.
    pub unit: &'static str,
    /// How much.
    pub amount: f64,
    /// What it is not to exceed.
    pub target: f64,
}

/// All costs.
pub fn all() -> Result<Vec<Cost>> {
    let mut costs = Vec::new();
    for (name, statements, services) in WORKLOADS {
        let workload = Workload::read(generate::workload(statements, services))?;
        // What the layers around the user's own policies have counts too, and there is little of it.
        let count = workload.statements as f64;
        let time = nanoseconds(|| CompiledPolicies::new(&workload.policies));
        let (compiled, allocated) = counted(|| CompiledPolicies::new(&workload.policies));
        drop(compiled);
        let cost =
            |what, unit, amount, target| Cost { workload: name.to_owned(), what, unit, amount, target };
        costs.push(cost("compile, ns per statement", "ns_per_statement", time / count, 1_000.0));
        let bytes = allocated.bytes_held as f64 / count;
        costs.push(cost("compiled, bytes per statement", "bytes_per_statement", bytes, 200.0));
        let plans = plans(name, statements, services)? / count;
        costs.push(cost("plans, bytes per statement", "plan_bytes_per_statement", plans, 200.0));
    }
    costs.push(managed()?);
    Ok(costs)
}

/// How many bytes the plans take that a stream needs.
fn plans(name: &str, statements: u32, services: Services) -> Result<f64> {
    let mut text = generate::workload(statements, services);
    stream::add_unanswered(&mut text, services);
    let workload = Workload::read(text).context(name.to_owned())?;
    let policies = ways::policies(&workload);
    let (_, allocated) = counted(|| {
        for question in &workload.questions {
            black_box(decide(&question.request, &policies));
        }
    });
    Ok(allocated.bytes_held as f64)
}

/// A managed policy as long as may be, from text to compiled.
fn managed() -> Result<Cost> {
    let text = generate::workload(500, Services::All);
    let statements = layers::statements(&layers::documents(&text)?)?;
    let document = |count: usize| {
        let statements: Vec<&Value> = statements.iter().copied().take(count).collect();
        json!({"Version": "2012-10-17", "Statement": statements})
    };
    let fits = |count: &usize| characters(&document(*count)) <= POLICY_CHARACTERS_MAX;
    let count = (1..statements.len()).take_while(fits).last().context("not one statement fits")?;
    let text = document(count).to_string();
    let compile = || -> Result<CompiledDocument> {
        let parsed =
            Document::parse(&text, Kind::Managed).map_err(|refused| anyhow::anyhow!(refused.detail))?;
        Ok(CompiledDocument::new(Arc::new(parsed)))
    };
    compile()?;
    Ok(Cost {
        workload: "managed policy of 6,144 characters".to_owned(),
        what: "parse and compile, µs",
        unit: "us_per_policy",
        amount: nanoseconds(compile) / 1_000.0,
        target: 30.0,
    })
}

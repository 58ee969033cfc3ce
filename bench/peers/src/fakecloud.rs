//! `fakecloud-iam`: policies as they are, through its own entry point for all layers. The service control policies of a
//! level are put together into one document: it wants each document to allow, where AWS wants one of each level.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context as _, Result};
use doorward_bench::measure::Contestant;
use doorward_bench::workload::Expected;
use fakecloud_core::auth::{Principal, PrincipalType};
use fakecloud_iam::evaluator::{
    Decision, EvalRequest, PolicyDocument, RequestContext, evaluate_with_resource_policy_and_gates_and_scps,
};
use serde_json::{Value, json};

use crate::layers;

/// Loads the policies and the requests.
pub fn contestant(workload: &Value) -> Result<Contestant<'static>> {
    let identity: Vec<_> = layers::documents(workload)?.into_iter().map(PolicyDocument::from_value).collect();
    let optional =
        |name: &str| workload.get(name).filter(|value| !value.is_null()).map(PolicyDocument::from_value);
    let boundary = optional("permissions_boundary").map(|policy| vec![policy]);
    let resource = optional("resource_policy");
    let mut levels = Vec::new();
    for level in layers::levels(workload)? {
        let together = json!({"Version": "2012-10-17", "Statement": layers::statements(&level)?});
        levels.push(PolicyDocument::from_value(&together));
    }
    let principal: &'static Principal = Box::leak(Box::new(principal(workload)?));
    let owner = layers::text(workload, "resource_account")?.to_owned();
    let questions: Vec<EvalRequest<'static>> = layers::requests(workload)?
        .iter()
        .map(|request| {
            Ok(EvalRequest {
                principal,
                action: layers::text(request, "action")?.to_owned(),
                resource: layers::text(request, "resource")?.to_owned(),
                context: context(request, principal)?,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Contestant::new("fakecloud-iam", move |place: usize| {
        let decision = evaluate_with_resource_policy_and_gates_and_scps(
            &identity,
            boundary.as_deref(),
            None,
            Some(&levels),
            resource.as_ref(),
            questions.get(place)?,
            &owner,
        );
        Some(match decision {
            Decision::Allow => Expected::Allow,
            Decision::ExplicitDeny => Expected::ExplicitDeny,
            Decision::ImplicitDeny => Expected::ImplicitDeny,
        })
    }))
}

fn principal(workload: &Value) -> Result<Principal> {
    let principal = workload.get("principal").context("principal")?;
    Ok(Principal {
        arn: layers::text(principal, "arn")?.to_owned(),
        user_id: layers::text(principal, "userid")?.to_owned(),
        account_id: layers::text(workload, "account")?.to_owned(),
        principal_type: PrincipalType::User,
        source_identity: None,
        tags: None,
    })
}

fn context(request: &Value, principal: &Principal) -> Result<RequestContext> {
    let mut context = RequestContext {
        aws_principal_arn: Some(principal.arn.clone()),
        aws_principal_account: Some(principal.account_id.clone()),
        aws_userid: Some(principal.user_id.clone()),
        ..RequestContext::default()
    };
    let (mut tags, mut others) = (HashMap::new(), BTreeMap::new());
    for (key, value) in layers::context(request)? {
        let text = Some(value.to_owned());
        match key {
            "aws:username" => context.aws_username = text,
            "aws:PrincipalType" => context.aws_principal_type = text,
            "aws:SourceIp" => context.aws_source_ip = Some(value.parse()?),
            "aws:SecureTransport" => context.aws_secure_transport = Some(value == "true"),
            "aws:RequestedRegion" => context.aws_requested_region = text,
            "aws:MultiFactorAuthPresent" => context.aws_mfa_present = Some(value == "true"),
            "aws:MultiFactorAuthAge" => context.aws_mfa_age_seconds = Some(value.parse()?),
            "aws:EpochTime" => context.aws_epoch_time = Some(value.parse()?),
            "aws:CurrentTime" | "aws:PrincipalArn" | "aws:PrincipalAccount" | "aws:userid" => {}
            tag if tag.starts_with("aws:PrincipalTag/") => {
                tags.insert(tag.trim_start_matches("aws:PrincipalTag/").to_owned(), value.to_owned());
            }
            other => {
                others.insert(other.to_owned(), vec![value.to_owned()]);
            }
        }
    }
    Ok(RequestContext { principal_tags: Some(tags), service_keys: others, ..context })
}

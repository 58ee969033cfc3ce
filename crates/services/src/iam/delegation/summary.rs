//! `GetHumanReadableSummary`: what a request asks for, in sentences.
//!
//! AWS has a language model write it; here, a rule does, in English, from the policy as it is filled in.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetHumanReadableSummary.html>

use std::fmt::Write as _;

use doorward_directory::delegation::DelegationRequest;
use doorward_gate::{Permit, Question};
use doorward_policy::Arn;
use doorward_wire::{ApiError, iam};

use super::asked::{self, Asked, Listed};
use super::{about, found};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// The language that summaries are written in, and the one that is meant when none is named.
const ENGLISH: &str = "en";

/// How long a summary can be, in characters.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetHumanReadableSummary.html>, `SummaryContent`
const CHARACTERS_MAX: usize = 10_000;

/// It asks for the permission of its own name. That one to read the request does for the summary too, as AWS writes, is
/// UNCONFIRMED (summary-permission).
impl Operation for iam::GetHumanReadableSummary {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::GetHumanReadableSummaryRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let id = request_id(call, &input.entity_arn)?;
        Ok(vec![about(call, "iam:GetHumanReadableSummary", id)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetHumanReadableSummaryRequest,
    ) -> Result<iam::GetHumanReadableSummaryResponse, ApiError> {
        let request = found(call, request_id(call, &input.entity_arn)?)?;
        let locale = input.locale.unwrap_or_else(|| ENGLISH.to_owned());
        let language = locale.split(['-', '_']).next().unwrap_or_default();
        let content = language.eq_ignore_ascii_case(ENGLISH).then(|| summary(request));
        Ok(iam::GetHumanReadableSummaryResponse {
            summary_state: Some(if content.is_some() { "AVAILABLE" } else { "NOT_SUPPORTED" }.to_owned()),
            summary_content: Some(content.unwrap_or_default()),
            locale: Some(locale),
        })
    }
}

/// The id in the ARN of a request.
fn request_id<'a>(call: &Call<'_>, arn: &'a str) -> Result<&'a str, ApiError> {
    let refused = || call.fault("InvalidInput", format!("{arn} is not the ARN of a delegation request."));
    let parsed: Arn = arn.parse().map_err(|_| refused())?;
    let (_, id) = arn.split_once(":delegation-request/").ok_or_else(refused)?;
    let own = parsed.service() == "iam" && parsed.account() == call.account.to_string();
    if own && !id.is_empty() { Ok(id) } else { Err(refused()) }
}

fn summary(request: &DelegationRequest) -> String {
    let mut text = format!(
        "{} (account {}) asks for access for {} seconds: {}\n",
        request.requestor_name, request.requestor, request.session_s, request.description
    );
    for statement in asked::statements(&request.permission.policy) {
        text.push_str(&sentence(&statement));
    }
    match text.char_indices().nth(CHARACTERS_MAX) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned(),
        None => text,
    }
}

/// `Allows s3:GetObject on arn:aws:s3:::photos/*, if …`.
fn sentence(statement: &Asked) -> String {
    let mut text = format!(
        "{} {} on {}",
        if statement.denies { "Denies" } else { "Allows" },
        listed(&statement.actions, "action"),
        listed(&statement.resources, "resource")
    );
    for (at, (operator, key, values)) in statement.conditions.iter().enumerate() {
        let joint = if at == 0 { ", if" } else { " and" };
        // Writing to a text does not fail.
        let _ = write!(text, "{joint} {key} {operator} {}", values.join(" or "));
    }
    text.push_str(".\n");
    text
}

fn listed(listed: &Listed, what: &str) -> String {
    match listed {
        Listed::These(these) if these.iter().any(|one| one == "*") => format!("every {what}"),
        Listed::These(these) => these.join(", "),
        Listed::AllBut(others) => format!("every {what} but {}", others.join(", ")),
    }
}

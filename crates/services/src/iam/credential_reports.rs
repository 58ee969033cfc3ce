//! The credential report of an account.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html>

use doorward_directory::Refusal;
use doorward_directory::change::credential_reports::{self, Generation};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam};

use super::ask;
use crate::call::Call;
use crate::operation::{Access, Operation};

/// The report is made while the call lasts; the next call says `COMPLETE`. The description of the first report is AWS's, that
/// of the others ours.
impl Operation for iam::GenerateCredentialReport {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, _: &Nothing) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:GenerateCredentialReport"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: Nothing,
    ) -> Result<iam::GenerateCredentialReportResponse, ApiError> {
        let generation = call.change(|draft| credential_reports::generate(draft, call.account))?;
        let (state, description) = match generation {
            Generation::First => ("STARTED", Some("No report exists. Starting a new report generation task")),
            Generation::Another => {
                ("STARTED", Some("The report has expired. Starting a new report generation task"))
            }
            Generation::Kept => ("COMPLETE", None),
        };
        Ok(iam::GenerateCredentialReportResponse {
            state: Some(state.to_owned()),
            description: description.map(str::to_owned),
        })
    }
}

impl Operation for iam::GetCredentialReport {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, _: &Nothing) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:GetCredentialReport"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: Nothing,
    ) -> Result<iam::GetCredentialReportResponse, ApiError> {
        let report = call.snapshot().credential_report(call.account);
        let report = report.ok_or_else(|| call.refused(&Refusal::NoCredentialReport))?;
        if report.is_expired(call.now()) {
            return Err(call.refused(&Refusal::CredentialReportExpired));
        }
        let text = report.text().map_err(|failure| ApiError::internal_failure().caused_by(&failure))?;
        Ok(iam::GetCredentialReportResponse {
            content: Some(text.into_bytes()),
            report_format: Some("text/csv".to_owned()),
            generated_time: Some(report.generated),
        })
    }
}

//! Credential reports, as stored.

use minicbor::{Decode, Encode};

use super::{Reason, time};
use crate::credential_report::CredentialReport;

#[derive(Encode, Decode)]
pub(super) struct CredentialReportRecord<'b> {
    #[n(0)]
    generated_s: i64,
    #[cbor(b(1), with = "minicbor::bytes")]
    packed: &'b [u8],
}

pub(super) fn record(report: &CredentialReport) -> CredentialReportRecord<'_> {
    CredentialReportRecord { generated_s: report.generated.as_second(), packed: &report.packed }
}

pub(super) fn fact(record: CredentialReportRecord<'_>) -> Result<CredentialReport, Reason> {
    Ok(CredentialReport { generated: time(record.generated_s)?, packed: record.packed.into() })
}

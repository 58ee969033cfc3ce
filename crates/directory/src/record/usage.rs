//! How a use is stored.

use minicbor::{Decode, Encode};

use super::{Reason, time};
use crate::usage::Use;

#[derive(Encode, Decode)]
pub(super) struct UseRecord<'b> {
    #[n(0)]
    at_s: i64,
    #[b(1)]
    service: &'b str,
    #[b(2)]
    region: &'b str,
}

impl<'b> UseRecord<'b> {
    pub(super) fn of(last: &'b Use) -> Self {
        Self { at_s: last.at.as_second(), service: &last.service, region: &last.region }
    }

    pub(super) fn read(self) -> Result<Use, Reason> {
        Ok(Use { at: time(self.at_s)?, service: self.service.into(), region: self.region.into() })
    }
}

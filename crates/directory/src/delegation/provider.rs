//! Product providers: who may ask for access, with which policies, and where it hears of what becomes of it.
//!
//! AWS registers providers, their templates and their topics by hand; here, the operator of the installation does, in the
//! configuration.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation-partner-guide.html>

use std::collections::BTreeMap;
use std::path::PathBuf;

use doorward_policy::AccountId;

/// How long a provider's name can be, in characters.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DelegationRequest.html>, `RequestorName`
pub const NAME_CHARACTERS_MAX: usize = 30;

/// The registered providers, by account.
pub type Providers = BTreeMap<AccountId, Provider>;

/// A product provider.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Provider {
    /// What it is called: at most [`NAME_CHARACTERS_MAX`] characters.
    pub name: Box<str>,
    /// Its policy templates, JSON, by ARN.
    pub templates: BTreeMap<Box<str>, Box<str>>,
    /// The directories into which notices are written, by the ARN of the topic that they stand for.
    pub topics: BTreeMap<Box<str>, PathBuf>,
}

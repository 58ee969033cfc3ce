//! What can be wrong with a document, and the words AWS refuses it with.

use crate::document::{Kind, Malformed};
use crate::identity::IAM_TYPES;
use crate::json;
use crate::principal::PrincipalKey;
use crate::span::Span;

/// A fault and where it stands.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) fault: Fault,
    pub(crate) span: Span,
}

impl Refusal {
    /// The refusal as the caller sees it: AWS's words for this kind of policy, and our own.
    pub(crate) fn into_malformed(self, kind: Kind) -> Malformed {
        Malformed {
            message: self.fault.message(kind),
            detail: one_line(&self.fault.to_string()),
            span: self.span,
        }
    }
}

/// The most characters that a detail has.
const DETAIL_CHARS_MAX: usize = 400;

/// The text without what would break a line, and not longer than a line in a log should be.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut room = DETAIL_CHARS_MAX - 1;
    for character in text.chars() {
        let plain = !character.is_control() && !matches!(character, '\u{2028}' | '\u{2029}');
        let shown = if plain { character.to_string() } else { character.escape_default().to_string() };
        let Some(left) = room.checked_sub(shown.chars().count()) else {
            line.push('\u{2026}');
            break;
        };
        room = left;
        line.push_str(&shown);
    }
    line
}

/// What is wrong, in our own words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    #[error("the text is not JSON: {0}")]
    NotJson(json::Fault),
    // UNCONFIRMED (leading-space): AWS refused it once, and may do so no longer.
    #[error("white space stands before the opening brace")]
    LeadingSpace,
    #[error("`{element}` must be {wanted}")]
    Type { element: String, wanted: &'static str },
    #[error("`{0}` is not an element of this language")]
    UnknownElement(String),
    #[error("`{0}` is given more than once")]
    Repeated(String),
    #[error("`{0}` and `{1}` exclude each other")]
    Both(&'static str, &'static str),
    #[error("the document has no statement")]
    NoStatement,
    #[error("version `{0}` is neither `2012-10-17` nor `2008-10-17`")]
    Version(String),
    #[error("the version must be given as `2012-10-17`")]
    OldVersion,
    #[error("a statement has no `Effect`")]
    NoEffect,
    #[error("effect `{0}` is neither `Allow` nor `Deny`")]
    Effect(String),
    #[error("effect `{0}` must be written `Allow` or `Deny`")]
    EffectCase(String),
    #[error("statement id `{0}` is used more than once")]
    RepeatedSid(String),
    #[error("statement id `{0}` has characters other than letters and digits")]
    Sid(String),
    #[error("`{0}` is not a condition operator")]
    Operator(String),
    #[error("`{0}` is neither a date nor a time in seconds")]
    Date(String),
    #[error("policy variable `{0}` is malformed")]
    Variable(String),
    #[error("a statement has no actions")]
    NoAction,
    #[error("action `{0}` does not begin with a service and a colon")]
    ActionVendorMissing(String),
    #[error("action `{0}` has more than one colon")]
    ActionColons(String),
    #[error("action `{0}` names no possible service")]
    ActionVendor(String),
    #[error("action `{0}` is not an action of STS")]
    ActionNotSts(String),
    #[error("action `{0}` names no service")]
    ActionOfEveryService(String),
    #[error("a statement has no resources")]
    NoResource,
    #[error("resource `{0}` is neither `*` nor an ARN")]
    ResourceNotArn(String),
    #[error("resource `{0}` is not of a known partition")]
    ResourcePartition(String),
    #[error("resource `{0}` does not name its service in full")]
    ResourceVendor(String),
    #[error("resource `{0}` does not have the fields of an ARN")]
    ResourceFields(String),
    #[error("IAM resource `{0}` names a region")]
    IamRegion(String),
    #[error("resource `{0}` names a region, which its type does not have")]
    Region(String),
    #[error("IAM resource `{0}` is of no known type")]
    IamPath(String),
    #[error("`{0}` may not stand in this kind of policy")]
    Forbidden(&'static str),
    #[error("a statement has no `Principal`")]
    NoPrincipal,
    #[error("`Principal` names nobody")]
    EmptyPrincipal,
    #[error("`Principal` must be an object in this kind of policy")]
    PrincipalNotObject,
    #[error("`Principal` must be `*` or an object of `AWS`, `Service`, `Federated`, `CanonicalUser`")]
    PrincipalType,
    #[error("`{0}` is not a kind of principal here")]
    PrincipalKey(String),
    #[error("`{value}` is not a principal of kind `{}`", key.name())]
    Principal { key: PrincipalKey, value: String },
    #[error("principal `{value}` of kind `{}` does not exist", key.name())]
    NoSuchPrincipal { key: PrincipalKey, value: String },
    #[error("`NotPrincipal` may stand only in a `Deny`")]
    AllowNotPrincipal,
    #[error("a resource control policy may only deny")]
    MustDeny,
    #[error("the principal of a resource control policy must be `*`")]
    MustBeEveryone,
    #[error("a statement for the Cognito provider has no condition on `cognito-identity.amazonaws.com:aud`")]
    CognitoCondition,
    #[error("a statement for the shared provider `{provider}` has no condition that narrows `{key}`")]
    SharedProvider { provider: String, key: String },
}

/// The text for faults of a resource or endpoint policy. The wording of AWS's services differs from one to the next
/// (S3's `Policy has invalid resource`, SQS's `Invalid value for the parameter Policy` …); this one is ours for all.
pub(crate) const RESOURCE_POLICY: &str = "Policy is not valid for its resource.";

/// The text of Organizations for a document that is JSON but not a policy of its type.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html>
pub(crate) const ORGANIZATION_POLICY: &str =
    "The provided policy document does not meet the requirements of the specified policy type.";

/// Source: <https://github.com/aws-cloudformation/cfn-lint/issues/1376>
const SID_CHARACTERS: &str = "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular \
                              expression [0-9A-Za-z]*";

impl Fault {
    fn message(&self, kind: Kind) -> String {
        match kind {
            Kind::Managed | Kind::Inline | Kind::Session => self.identity_message(),
            Kind::Trust => self.trust_message(),
            Kind::Resource | Kind::Endpoint => RESOURCE_POLICY.to_owned(),
            Kind::ServiceControl | Kind::ResourceControl => ORGANIZATION_POLICY.to_owned(),
        }
    }

    /// Source: the answers of `CreatePolicy` on record in `conformance/documents/identity.json`.
    fn identity_message(&self) -> String {
        match self {
            Self::OldVersion => "Policy document must be version 2012-10-17 or greater.".to_owned(),
            Self::LeadingSpace | Self::EffectCase(_) | Self::Date(_) | Self::ResourceFields(_) => {
                "The policy failed legacy parsing".to_owned()
            }
            Self::RepeatedSid(_) => "Statement IDs (SID) in a single policy must be unique.".to_owned(),
            Self::Sid(_) => SID_CHARACTERS.to_owned(),
            Self::NoAction => "Policy statement must contain actions.".to_owned(),
            Self::NoResource => "Policy statement must contain resources.".to_owned(),
            Self::Forbidden("Principal" | "NotPrincipal") => {
                "Policy document should not specify a principal.".to_owned()
            }
            Self::ActionVendorMissing(_) => {
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.".to_owned()
            }
            Self::ActionColons(_) => "Actions/Condition can contain only one colon.".to_owned(),
            Self::ActionVendor(vendor) => format!("Vendor {vendor} is not valid"),
            Self::ResourceNotArn(text) => format!("Resource {text} must be in ARN format or \"*\"."),
            Self::ResourcePartition(text) => unknown_partition(text),
            Self::ResourceVendor(_) => {
                "Resource vendor must be fully qualified and cannot contain regexes.".to_owned()
            }
            Self::IamRegion(text) => format!("IAM resource {text} cannot contain region information."),
            Self::Region(text) => format!("Resource {text} can not contain region information."),
            Self::IamPath(_) => {
                format!("IAM resource path must either be \"*\" or start with {}.", IAM_TYPES.join(", "))
            }
            Self::NotJson(_)
            | Self::Type { .. }
            | Self::UnknownElement(_)
            | Self::Repeated(_)
            | Self::Both(..)
            | Self::NoStatement
            | Self::Version(_)
            | Self::NoEffect
            | Self::Effect(_)
            | Self::Operator(_)
            | Self::Variable(_)
            | Self::Forbidden(_)
            | Self::ActionNotSts(_)
            | Self::ActionOfEveryService(_)
            | Self::NoPrincipal
            | Self::EmptyPrincipal
            | Self::PrincipalNotObject
            | Self::PrincipalType
            | Self::PrincipalKey(_)
            | Self::Principal { .. }
            | Self::NoSuchPrincipal { .. }
            | Self::AllowNotPrincipal
            | Self::MustDeny
            | Self::MustBeEveryone
            | Self::CognitoCondition
            | Self::SharedProvider { .. } => "Syntax errors in policy.".to_owned(),
        }
    }

    /// Sources: the answers of `CreateRole` on record in `conformance/documents/trust.json`, and
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_policies.html>.
    fn trust_message(&self) -> String {
        match self {
            Self::NotJson(_) | Self::UnknownElement(_) | Self::Repeated(_) => {
                "This policy contains invalid Json".to_owned()
            }
            Self::LeadingSpace => "JSON strings must not have leading spaces".to_owned(),
            Self::Version(_) => "The policy must contain a valid version string".to_owned(),
            Self::NoStatement => "Could not parse the policy: Statement is empty!".to_owned(),
            Self::RepeatedSid(_) => "The Statement Ids in the policy are not unique".to_owned(),
            // On record for identity-based policies.
            Self::Sid(_) => SID_CHARACTERS.to_owned(),
            Self::NoEffect => "Missing required field Effect".to_owned(),
            Self::Effect(text) | Self::EffectCase(text) => format!("Invalid effect: {text}"),
            Self::NoPrincipal => "Missing required field Principal".to_owned(),
            Self::EmptyPrincipal => "Missing required field Principal cannot be empty!".to_owned(),
            Self::PrincipalNotObject => "Principal must be a JSON object.".to_owned(),
            Self::AllowNotPrincipal => "Allow with NotPrincipal is not allowed.".to_owned(),
            Self::Forbidden("NotPrincipal") => {
                "AssumeRole policy must not contain NotPrincipal field.".to_owned()
            }
            Self::Forbidden("Resource") => "Has prohibited field Resource".to_owned(),
            Self::Forbidden("NotResource") => "AssumeRole policy must not contain resources.".to_owned(),
            Self::NoAction => "Missing required field Action".to_owned(),
            Self::ActionNotSts(_) => "AssumeRole policy may only specify STS AssumeRole actions.".to_owned(),
            Self::PrincipalKey(key) => format!("Invalid principal in policy: \"{key}\""),
            Self::Principal { key, value } | Self::NoSuchPrincipal { key, value } => {
                format!("Invalid principal in policy: \"{}\":\"{value}\"", key.name().to_uppercase())
            }
            Self::CognitoCondition => "A condition block must be present for the Cognito provider".to_owned(),
            // AWS's text for this refusal is not on record; this one is ours.
            Self::SharedProvider { .. } => self.to_string(),
            Self::Type { .. }
            | Self::Both(..)
            | Self::OldVersion
            | Self::Operator(_)
            | Self::Date(_)
            | Self::Variable(_)
            | Self::ActionVendorMissing(_)
            | Self::ActionColons(_)
            | Self::ActionVendor(_)
            | Self::ActionOfEveryService(_)
            | Self::NoResource
            | Self::ResourceNotArn(_)
            | Self::ResourcePartition(_)
            | Self::ResourceVendor(_)
            | Self::ResourceFields(_)
            | Self::IamRegion(_)
            | Self::Region(_)
            | Self::IamPath(_)
            | Self::Forbidden(_)
            | Self::PrincipalType
            | Self::MustDeny
            | Self::MustBeEveryone => "Syntax error in policy.".to_owned(),
        }
    }
}

/// AWS prints the resource as it understood it: the first field as `arn` whatever it is, missing fields as `*`.
fn unknown_partition(text: &str) -> String {
    let mut fields = text.splitn(6, ':').skip(1);
    let partition = fields.next().unwrap_or("");
    let service = fields.next().filter(|service| !service.is_empty() || text.matches(':').count() > 2);
    let mut rest = || fields.next().unwrap_or("*");
    let (service, region, account, resource) = (service.unwrap_or("*"), rest(), rest(), rest());
    format!(
        "Partition \"{partition}\" is not valid for resource \
         \"arn:{partition}:{service}:{region}:{account}:{resource}\"."
    )
}

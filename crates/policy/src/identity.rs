//! The grammar of identity-based policies: managed, inline, and session policies.
//!
//! AWS checks a document in passes, each over all statements, and answers with the first fault of the first pass that
//! finds one. The order here is the one that its recorded answers show (`conformance/documents/identity.json`).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use crate::action::ActionClause;
use crate::arn::PARTITIONS;
use crate::document::{Effect, Kind, Statement, Version};
use crate::draft::{Draft, DraftStatement, Item, List};
use crate::fault::{Fault, Refusal};
use crate::parse::starts_with_space;
use crate::read::{self, refuse};
use crate::resource::{Fields, ResourceClause, ResourcePattern};
use crate::span::Span;
use crate::text::{Scalar, Whole};

/// Checks an identity-based policy and gives its version and statements.
pub(crate) fn statements(
    draft: &Draft<'_>,
    whole: &Whole,
    kind: Kind,
) -> Result<(Version, Vec<Statement>), Refusal> {
    let version = read::version(draft)?;
    let mut statements = syntax(draft, version, whole)?;
    // A managed policy must name the newer version; inline and session policies may be of either.
    if kind == Kind::Managed && version == Version::V2008 {
        let span = draft.version.as_ref().map_or(draft.span, |version| version.span);
        return refuse(Fault::OldVersion, span);
    }
    // Session policies are parameters of STS, for which no such refusal is on record.
    if kind != Kind::Session && starts_with_space(whole.as_str()) {
        return refuse(Fault::LeadingSpace, Span { start: 0, end: 1 });
    }
    let drafts = &draft.statements;
    for (draft, statement) in drafts.iter().zip(&mut statements) {
        statement.effect = read::effect(draft)?;
        read::dates(&statement.conditions)?;
    }
    let faults = resources(drafts, &mut statements, version, whole)?;
    read::sids_are_plain(drafts)?;
    read::sids_differ(drafts)?;
    no_principals(drafts)?;
    for (draft, statement) in drafts.iter().zip(&mut statements) {
        statement.action = read::actions(draft, whole)?;
    }
    if let Some(refusal) = faults.form {
        return Err(refusal);
    }
    read::action_forms(statements.iter().map(|statement| &statement.action))?;
    // The first statement with either fault counts.
    let silent = statements.iter().enumerate().find(|(_, statement)| statement.resource.is_none());
    match (faults.pattern, silent) {
        (Some((place, refusal)), silent) if silent.is_none_or(|(silent, _)| place <= silent) => Err(refusal),
        (_, Some((_, silent))) => refuse(Fault::NoResource, silent.span),
        (_, None) => Ok((version, statements)),
    }
}

/// The first pass: what is wrong here is a syntax error, whatever else may be wrong. What later passes read is missing from
/// the statements.
fn syntax(draft: &Draft<'_>, version: Version, whole: &Whole) -> Result<Vec<Statement>, Refusal> {
    if draft.statements.is_empty() {
        return refuse(Fault::NoStatement, draft.span);
    }
    let mut statements = Vec::with_capacity(draft.statements.len());
    for draft in &draft.statements {
        match read::effect(draft) {
            // The wrong case is a matter of a later pass.
            Ok(_) | Err(Refusal { fault: Fault::EffectCase(_), .. }) => {}
            Err(refusal) => return Err(refusal),
        }
        read::not_both(draft.action, draft.not_action, ("Action", "NotAction"))?;
        read::not_both(draft.resource, draft.not_resource, ("Resource", "NotResource"))?;
        statements.push(Statement {
            sid: draft.sid.map(|sid| whole.text(sid)),
            effect: Effect::Deny,
            principal: None,
            action: ActionClause::Action(Vec::new()),
            resource: None,
            conditions: read::tests(draft.condition, version, whole)?,
            span: draft.span,
        });
    }
    Ok(statements)
}

/// Identity-based policies name no principals: they are attached to theirs. Where in AWS's order this is checked is
/// not on record.
fn no_principals(drafts: &[DraftStatement<'_>]) -> Result<(), Refusal> {
    for draft in drafts {
        for (node, name) in [(&draft.principal, "Principal"), (&draft.not_principal, "NotPrincipal")] {
            if let Some(node) = node {
                return refuse(Fault::Forbidden(name), node.span());
            }
        }
    }
    Ok(())
}

/// What is wrong with resources, and is reported later.
#[derive(Default)]
struct ResourceFaults {
    /// A fault that AWS reports after what is wrong with statement ids and actions.
    form: Option<Refusal>,
    /// A fault that AWS reports last: the first one, and the place of its statement.
    pattern: Option<(usize, Refusal)>,
}

/// Reads all `Resource` lists, then all `NotResource` lists, and checks their forms. A statement without one, or with an
/// empty one, is left without resources. The answer's error is a fault of "legacy parsing", which AWS reports before what is
/// wrong with statement ids and actions. Legacy parsing ends at the first list with a fault of the sort that is reported
/// after those.
fn resources(
    drafts: &[DraftStatement<'_>],
    statements: &mut [Statement],
    version: Version,
    whole: &Whole,
) -> Result<ResourceFaults, Refusal> {
    let mut faults = ResourceFaults::default();
    for (place, (draft, statement)) in drafts.iter().zip(&mut *statements).enumerate() {
        if let Some(list) = draft.resource {
            let patterns = resource_list(list, place, version, whole, &mut faults)?;
            statement.resource = (!patterns.is_empty()).then_some(ResourceClause::Resource(patterns));
        }
    }
    for (place, (draft, statement)) in drafts.iter().zip(statements).enumerate() {
        if let Some(list) = draft.not_resource {
            let patterns = resource_list(list, place, version, whole, &mut faults)?;
            statement.resource = (!patterns.is_empty()).then_some(ResourceClause::NotResource(patterns));
        }
    }
    Ok(faults)
}

/// Reads the list of the statement at `place`. Patterns that cannot be read are left out, and noted.
fn resource_list(
    list: List<'_>,
    place: usize,
    version: Version,
    whole: &Whole,
    faults: &mut ResourceFaults,
) -> Result<Vec<ResourcePattern>, Refusal> {
    let mut patterns = Vec::with_capacity(list.count());
    // The fault to report, with its resource: AWS reads the list in reverse lexicographic order, and the last fault found
    // stands.
    let mut form_fault: Option<(&str, Refusal)> = None;
    let mut legacy_fault = None;
    for item in list.items() {
        let scalar = match item {
            Item::String(scalar) => scalar,
            Item::Null(span) => {
                patterns.push(read::no_resource(span, whole));
                continue;
            }
        };
        let Scalar { text, span } = scalar;
        let fields = Fields::of(text);
        if text != "*" {
            if let Some(fault) = form(text, &fields)
                && form_fault.as_ref().is_none_or(|(before, _)| text < *before)
            {
                form_fault = Some((text, Refusal { fault, span }));
            }
            if legacy_fault.is_none() && !legacy_form(text, &fields) {
                legacy_fault = Some(Refusal { fault: Fault::ResourceFields(text.to_owned()), span });
            }
        }
        match read::resource(scalar, &fields, version, whole) {
            Ok(pattern) => patterns.push(pattern),
            Err(refusal) => faults.note_pattern(place, refusal),
        }
    }
    if let Some((_, refusal)) = form_fault {
        faults.form = Some(refusal);
    }
    match (&faults.form, legacy_fault) {
        (None, Some(refusal)) => Err(refusal),
        (_, _) => Ok(patterns),
    }
}

impl ResourceFaults {
    fn note_pattern(&mut self, place: usize, refusal: Refusal) {
        if self.pattern.as_ref().is_none_or(|(first, _)| place < *first) {
            self.pattern = Some((place, refusal));
        }
    }
}

/// The resource types of S3 whose ARNs name a region.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-resources-for-iam-policies>
const REGIONAL_S3_TYPES: [&str; 6] =
    ["accesspoint/", "job/", "storage-lens/", "storage-lens-group/", "async-request/", "access-grants/"];

/// The resource types of IAM, in the order in which AWS's message lists them.
pub(crate) const IAM_TYPES: [&str; 13] = [
    "user/",
    "federated-user/",
    "role/",
    "group/",
    "instance-profile/",
    "mfa/",
    "server-certificate/",
    "policy/",
    "sms-mfa/",
    "saml-provider/",
    "oidc-provider/",
    "report/",
    "access-report/",
];

/// Resource types of IAM that AWS's message does not list but AWS's own managed policies name, as they do `root`, or the
/// service authorization reference.
///
/// Source: <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html>
const UNLISTED_IAM_TYPES: [&str; 2] = ["delegation-request/", "role-template/"];

/// What is wrong with the form of one resource, apart from its number of fields. Fields that are not there pass.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
fn form(text: &str, fields: &Fields<'_>) -> Option<Fault> {
    let Some(partition) = fields.at(1) else {
        return Some(Fault::ResourceNotArn(text.to_owned()));
    };
    if !is_partition(partition) {
        return Some(Fault::ResourcePartition(text.to_owned()));
    }
    let named = |service: &&[u8]| !service.iter().any(|byte| matches!(byte, b'*' | b'?'));
    let Some(service) = fields.at(2).filter(named) else {
        return Some(Fault::ResourceVendor(text.to_owned()));
    };
    match service {
        b"iam" => iam_form(text, fields),
        b"s3" => s3_form(text, fields),
        _ => None,
    }
}

fn iam_form(text: &str, fields: &Fields<'_>) -> Option<Fault> {
    let resource = fields.at(5).unwrap_or(b"*");
    let mut types = IAM_TYPES.iter().chain(&UNLISTED_IAM_TYPES);
    if fields.at(3).is_some_and(|region| !region.is_empty()) {
        Some(Fault::IamRegion(text.to_owned()))
    } else if matches!(resource, b"*" | b"root") || types.any(|kind| resource.starts_with(kind.as_bytes())) {
        None
    } else {
        Some(Fault::IamPath(text.to_owned()))
    }
}

fn s3_form(text: &str, fields: &Fields<'_>) -> Option<Fault> {
    let resource = fields.at(5).unwrap_or(b"*");
    let mut types = REGIONAL_S3_TYPES.iter();
    // A wildcard at the start may stand for a type that has regions.
    let regional = resource.starts_with(b"*") || types.any(|kind| resource.starts_with(kind.as_bytes()));
    let region = fields.at(3).is_some_and(|region| !region.is_empty());
    (region && !regional).then(|| Fault::Region(text.to_owned()))
}

fn is_partition(field: &[u8]) -> bool {
    matches!(field, b"aws" | b"*") || PARTITIONS.iter().any(|partition| partition.as_bytes() == field)
}

/// Checks the number of fields, as "legacy parsing" does: an ARN with empty fields must have all six, unless its last
/// field ends in a wildcard, which can stand for the rest; its service must not be empty. Shorter ARNs without empty
/// fields pass (`arn:aws:s3`). That the first field must be `arn` is not on record; a pattern in which it is not could
/// match nothing, so that a `Deny` would silently deny nothing.
fn legacy_form(text: &str, fields: &Fields<'_>) -> bool {
    let complete = fields.colon_count() == 5 || !text.contains("::") || text.ends_with('*');
    complete
        && fields.at(2) != Some(b"")
        && fields.colon_count() > 0
        && matches!(fields.at(0), Some(b"arn" | b"*"))
}

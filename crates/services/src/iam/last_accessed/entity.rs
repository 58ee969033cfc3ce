//! What a report over an organization is about: an entity of it, and the service control policies that stand over it.

use std::sync::Arc;

use doorward_directory::Snapshot;
use doorward_directory::organization::{Organization, Parent, PolicyId, PolicyKind, Target, UnitId};
use doorward_directory::reports::ReportFailure;
use doorward_directory::text::Unreadable;
use doorward_policy::{AccountId, Document};

use super::granted;

/// The root, unit or account at the end of a path: `o-…/r-…/ou-…/…`, with or without a slash after it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html#access_policies_last-accessed-viewing-orgs-entity-path>
pub(super) fn at(snapshot: &Snapshot, path: &str) -> Option<Target> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let target = match path.rsplit('/').next()? {
        last if last.starts_with("r-") => Target::Root,
        last if last.starts_with("ou-") => Target::Unit(last.parse::<UnitId>().ok()?),
        last => Target::Account(last.parse::<AccountId>().ok()?),
    };
    let own = match &target {
        Target::Root => snapshot.path_down_to(&Parent::Root)?,
        Target::Unit(id) => snapshot.path_down_to(&Parent::Unit(id.clone()))?,
        Target::Account(account) => {
            let parent = snapshot.path_down_to(&snapshot.member(*account)?.parent)?;
            format!("{parent}{account}/")
        }
    };
    (own.strip_suffix('/') == Some(path)).then_some(target)
}

/// The services that an organization's policies let through to an entity, ordered: all for the management account, which
/// none of them binds; those that one policy allows, where one is named; else those that every place from the root down to
/// the entity lets through.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateOrganizationsAccessReport.html>
///
/// # Errors
/// [`Unreadable`] when a policy cannot be read.
pub(super) fn services(
    snapshot: &Snapshot,
    organization: &Organization,
    entity: &Target,
    policy: Option<&str>,
) -> Result<Result<Vec<String>, ReportFailure>, Unreadable> {
    if *entity == Target::Account(organization.management_account) {
        return Ok(Ok(granted::known(&[]).into_iter().collect()));
    }
    let levels = match policy {
        Some(id) => {
            let id = id.parse::<PolicyId>().ok();
            let found = id.filter(|id| is_service_control(snapshot, id));
            let Some(id) = found else { return Ok(Err(ReportFailure::NoSuchPolicy)) };
            vec![vec![document(snapshot, &id)?]]
        }
        None => {
            let over = over(snapshot, entity)?;
            let level = |target: &Target| level(snapshot, organization, target);
            over.iter().map(level).collect::<Result<_, _>>()?
        }
    };
    let known = granted::known(&levels.concat());
    let through = |service: &String| levels.iter().all(|level| granted::lets_through(level, service));
    Ok(Ok(known.into_iter().filter(through).collect()))
}

fn is_service_control(snapshot: &Snapshot, id: &PolicyId) -> bool {
    snapshot.control_policy(id).is_some_and(|policy| policy.kind == PolicyKind::ServiceControl)
}

/// The places from the root down to an entity, itself included.
fn over(snapshot: &Snapshot, entity: &Target) -> Result<Vec<Target>, Unreadable> {
    let missing = || Unreadable::MissingInOrganization("the parent of the entity".to_owned());
    let parent = match entity {
        Target::Root => Parent::Root,
        Target::Unit(id) => Parent::Unit(id.clone()),
        Target::Account(account) => snapshot.member(*account).ok_or_else(missing)?.parent.clone(),
    };
    let units = snapshot.units_down_to(&parent).ok_or_else(missing)?;
    let units = units.into_iter().map(|unit| Target::Unit(unit.id.clone()));
    let account = Some(entity.clone()).filter(|entity| matches!(entity, Target::Account(_)));
    Ok(std::iter::once(Target::Root).chain(units).chain(account).collect())
}

/// The service control policies that are attached to a place.
fn level(
    snapshot: &Snapshot,
    organization: &Organization,
    target: &Target,
) -> Result<Vec<Arc<Document>>, Unreadable> {
    let attached = snapshot
        .attached(target)
        .map(|attached| attached.policies(&organization.types, PolicyKind::ServiceControl));
    attached.unwrap_or_default().iter().map(|id| document(snapshot, id)).collect()
}

fn document(snapshot: &Snapshot, id: &PolicyId) -> Result<Arc<Document>, Unreadable> {
    let missing = || Unreadable::MissingInOrganization(id.to_string());
    snapshot.control_policy(id).ok_or_else(missing)?.text.document()
}

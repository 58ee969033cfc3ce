//! Services with credentials of their own.

use std::sync::Arc;

use doorward_policy::AccountId;

use super::{Draft, keys};
use crate::access_key::NewAccessKey;
use crate::account::Service;
use crate::keys::Key;
use crate::record::Fact;
use crate::refusal::{Obstacle, Refusal};

/// Registers a service: from now on trust policies may name it, and whoever has the access key acts as it.
///
/// # Errors
/// [`Refusal`]: there is no such account, a service of this name exists, or the name is not a lower-case host name of
/// two or more labels, at most 253 characters.
pub fn register(
    draft: &mut Draft<'_>,
    account: AccountId,
    name: &str,
) -> Result<(Service, NewAccessKey), Refusal> {
    draft.account(account)?;
    check_name(name)?;
    if draft.snapshot().service(name).is_some() {
        return Err(Refusal::ServiceExists(name.to_owned()));
    }
    let service = write(draft, Service { name: name.into(), account, created: draft.now() })?;
    let key = keys::make(draft, account, keys::of_service(&service.name))?;
    Ok((service, key))
}

/// Makes a new access key for a service. The one before goes on working until the next rotation, so that the service
/// has time to change over; any older one is deleted.
///
/// # Errors
/// [`Refusal`]: there is no such service.
pub fn rotate(draft: &mut Draft<'_>, name: &str) -> Result<NewAccessKey, Refusal> {
    let service = find(draft, name)?;
    // Written as it is: see the rules of `change`.
    let service = write(draft, service)?;
    keys::succeed(draft, service.account, keys::of_service(&service.name))
}

/// Deletes an access key of a service.
///
/// # Errors
/// [`Refusal`]: there is no such service, or the key is not its.
pub fn delete_key(draft: &mut Draft<'_>, name: &str, id: &str) -> Result<(), Refusal> {
    let owner = keys::of_service(&find(draft, name)?.name);
    let key = id.parse().ok().and_then(|id| draft.snapshot().access_key(id));
    let own = key.filter(|key| key.owner == owner).map(|key| key.id);
    let own = own.ok_or_else(|| Refusal::NoSuchAccessKey(id.to_owned()))?;
    draft.delete(Key::AccessKey(own));
    draft.delete(Key::KeyUse(own));
    Ok(())
}

/// Removes a service without access keys. Policies that name it stay as they are.
///
/// # Errors
/// [`Refusal`]: there is no such service, or it has access keys.
pub fn remove(draft: &mut Draft<'_>, name: &str) -> Result<(), Refusal> {
    let service = find(draft, name)?;
    if !draft.no_keys(&keys::of_service(&service.name)) {
        return Err(Refusal::InTheWay(Obstacle::AccessKeys));
    }
    draft.delete(Key::Service(service.name));
    Ok(())
}

fn check_name(name: &str) -> Result<(), Refusal> {
    let label = |label: &str| {
        let plain =
            label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        plain && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
    };
    if name.len() <= 253 && name.contains('.') && name.split('.').all(label) {
        return Ok(());
    }
    let reason = "it must be a lower-case host name with a dot, at most 253 characters".to_owned();
    Err(Refusal::InvalidValue { field: "serviceName", reason })
}

fn find(draft: &Draft<'_>, name: &str) -> Result<Service, Refusal> {
    let found = draft.snapshot().service(name).cloned();
    found.ok_or_else(|| Refusal::NoSuchService(name.to_owned()))
}

fn write(draft: &mut Draft<'_>, service: Service) -> Result<Service, Refusal> {
    let name = Arc::clone(&service.name);
    draft.put(Key::Service(Arc::clone(&name)), Fact::Service(service.clone()))?;
    Ok(draft.snapshot().service(&name).cloned().unwrap_or(service))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    const NAME: &str = "ci.example.internal";

    #[test]
    fn a_services_life() {
        let directory = started();
        let ((service, first), _) =
            directory.change(now(), |draft| register(draft, account(), NAME)).unwrap();
        assert_eq!((&*service.name, service.account), (NAME, account()));
        let keys = |directory: &crate::Directory| -> Vec<_> {
            let snapshot = directory.snapshot();
            snapshot.access_keys(&keys::of_service(&NAME.into())).map(|key| key.id).collect()
        };
        assert_eq!(keys(&directory), [first.key.id]);
        let later = |seconds| now() + std::time::Duration::from_secs(seconds);
        let (second, _) = directory.change(later(1), |draft| rotate(draft, NAME)).unwrap();
        let (third, _) = directory.change(later(2), |draft| rotate(draft, NAME)).unwrap();
        let mut left = [second.key.id, third.key.id];
        left.sort();
        assert_eq!(keys(&directory), left, "the one before goes on, the oldest is gone");

        let run = |plan: &dyn Fn(&mut Draft<'_>) -> Result<(), Refusal>| outcome(&directory, plan);
        let taken = "EntityAlreadyExists: Service with name ci.example.internal already exists.";
        assert_eq!(run(&|draft| register(draft, account(), NAME).map(drop)), taken);
        let busy = "DeleteConflict: Cannot delete entity, must delete access keys first.";
        assert_eq!(run(&|draft| remove(draft, NAME)), busy);
        for id in left {
            assert_eq!(run(&|draft| delete_key(draft, NAME, id.as_str())), "ok");
        }
        assert_eq!(run(&|draft| remove(draft, NAME)), "ok");
        let gone = "NoSuchEntity: The service with name ci.example.internal cannot be found.";
        assert_eq!(run(&|draft| rotate(draft, NAME).map(drop)), gone);
        assert_reloads(&directory);
    }

    #[test]
    fn the_key_before_is_kept_however_fast_keys_follow_each_other() {
        let directory = started();
        directory.change(now(), |draft| register(draft, account(), NAME)).unwrap();
        let ids = || -> Vec<_> {
            let snapshot = directory.snapshot();
            snapshot.access_keys(&keys::of_service(&NAME.into())).map(|key| key.id).collect()
        };
        let mut before = ids()[0];
        for number in 0..32 {
            // The same second, and now and then one before it.
            let at = now() - std::time::Duration::from_secs(number % 3);
            let made = directory.change(at, |draft| rotate(draft, NAME)).unwrap().0.key.id;
            let mut expected = [before, made];
            expected.sort();
            assert_eq!(ids(), expected, "rotation {number}");
            before = made;
        }
    }

    #[test]
    fn names_are_host_names() {
        let directory = started();
        for name in ["ci", "CI.example", "ci..example", "-ci.example", "ci/x.example", ""] {
            let refused = outcome(&directory, |draft| register(draft, account(), name));
            assert!(refused.starts_with("ValidationError: The specified value for serviceName"), "{name}");
        }
    }
}

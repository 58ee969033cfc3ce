//! A product provider, and what it asks for.

use doorward_directory::change::delegation::{self, NewDelegation};
use doorward_directory::delegation::provider::Provider;
use doorward_directory::delegation::{Approval, Approver, Identity, Permission, Sender};

use super::{Door, account};

/// The ARN of the provider's template.
pub const TEMPLATE_ARN: &str = "arn:aws:iam::aws:delegation-template/example.com/Read";
/// The template: objects of `bucketName` may be read, and written where `isWriter` is `True`.
pub const TEMPLATE: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::@{bucketName}/*"},
    {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::@{bucketName}/*", "@Enabled": "isWriter"}]}"#;

/// The topic of a provider in an account.
pub fn topic(provider: &str) -> String {
    format!("arn:aws:sns:us-east-1:{provider}:delegation")
}

impl Door {
    /// Registers an account as a provider.
    pub fn register_provider(&mut self, provider: &str) {
        let registered = Provider {
            name: "Example".into(),
            templates: [(TEMPLATE_ARN.into(), TEMPLATE.into())].into(),
            topics: [(topic(provider).into(), "/nowhere".into())].into(),
        };
        self.gate = self.gate.clone().with_providers([(account(provider), registered)].into());
    }

    /// A request of a provider for an account, taken through these steps: `a`ssociated, a`c`cepted, `s`ent. Owner and approver
    /// are the account's root user.
    pub fn delegation(&self, provider: &str, owner: &str, policy: &str, steps: &str) -> String {
        let (arn, root) = (format!("arn:aws:iam::{owner}:root"), account(owner));
        let identity = Identity { arn: arn.as_str().into(), id: owner.into() };
        let approval = Approval { identity: identity.clone(), approver: Approver::Root };
        let permission =
            Permission { template: TEMPLATE_ARN.into(), parameters: Vec::new(), policy: policy.into() };
        let (now, channel) = (self.now().to_string(), topic(provider));
        let workflow = format!("{now}-{}", self.directory().snapshot().delegation_requests().count());
        self.change(|draft| {
            let new = NewDelegation {
                requestor_name: "Example",
                workflow: &workflow,
                description: "to look",
                message: None,
                permission: &permission,
                redirect_url: None,
                channel: &channel,
                session_s: 3600,
                sender: Sender::Anyone,
                owner_account: Some(root),
            };
            let id = delegation::create(draft, account(provider), &new)?.id;
            for step in steps.chars() {
                match step {
                    'a' => delegation::associate(draft, root, &identity, &id)?,
                    'c' => delegation::accept(draft, root, &id, &approval)?,
                    _ => delegation::send(draft, root, &identity, &id)?,
                }
            }
            Ok(id.to_string())
        })
    }

    /// The token that a finalized request's provider was sent.
    pub fn exchange_token(&self, id: &str) -> String {
        let snapshot = self.directory().snapshot();
        let request = snapshot.delegation_request(id).unwrap();
        doorward_directory::delegation::token::seal(request, self.directory().sealer()).unwrap().token
    }
}

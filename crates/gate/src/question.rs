//! What an operation asks to be allowed.

use doorward_engine::CompiledAttached;
use doorward_policy::AccountId;
use doorward_policy::request::Context;

/// One thing an operation needs to be allowed: an action, on a resource.
#[derive(Clone, Debug)]
pub struct Question {
    /// The action: `iam:CreateRole`.
    pub action: &'static str,
    /// The resource's ARN, or `*`.
    pub resource: String,
    /// The account that owns the resource; `None` when nobody is known to.
    pub account: Option<AccountId>,
    /// The condition keys that belong to this question, beside the caller's.
    pub context: Context,
    /// The resource's own policy: a role's trust policy.
    pub policy: Option<CompiledAttached>,
    /// What a denial calls the resource, where that is not its ARN.
    pub shown: Option<String>,
}

impl Question {
    /// An action on a resource of an account.
    #[must_use]
    pub fn new(action: &'static str, resource: impl Into<String>, account: AccountId) -> Self {
        Self {
            action,
            resource: resource.into(),
            account: Some(account),
            context: Context::default(),
            policy: None,
            shown: None,
        }
    }

    /// The same, with a condition key.
    #[must_use]
    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.context.put(key, value);
        self
    }

    /// The same, with a condition key that has several values. None given, none set.
    #[must_use]
    pub fn with_all(mut self, key: &str, values: Vec<String>) -> Self {
        if !values.is_empty() {
            self.context.put_all(key, values);
        }
        self
    }

    /// The same, with the tags of the resource: `aws:ResourceTag/…`.
    #[must_use]
    pub fn with_resource_tags<'t>(mut self, tags: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        for (key, value) in tags {
            self.context.put(&format!("aws:ResourceTag/{key}"), value);
        }
        self
    }

    /// The same, with the tags of a user or role, which IAM also offers as `iam:ResourceTag/…`.
    ///
    /// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html>
    #[must_use]
    pub fn with_identity_tags<'t>(mut self, tags: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        for (key, value) in tags {
            self.context.put(&format!("aws:ResourceTag/{key}"), value);
            self.context.put(&format!("iam:ResourceTag/{key}"), value);
        }
        self
    }

    /// The same, with the tags that the request passes: `aws:RequestTag/…` and `aws:TagKeys`.
    #[must_use]
    pub fn with_request_tags<'t>(mut self, tags: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        let mut keys = Vec::new();
        for (key, value) in tags {
            self.context.put(&format!("aws:RequestTag/{key}"), value);
            keys.push(key.to_owned());
        }
        self.with_tag_keys(keys)
    }

    /// The same, with the tag keys that the request names: `aws:TagKeys`. None named, none set.
    #[must_use]
    pub fn with_tag_keys(self, keys: Vec<String>) -> Self {
        self.with_all("aws:TagKeys", keys)
    }

    /// The same, on a resource that a denial calls `name`.
    #[must_use]
    pub fn shown_as(mut self, name: impl Into<String>) -> Self {
        self.shown = Some(name.into());
        self
    }

    /// The same, on a resource that has a policy of its own.
    #[must_use]
    pub fn with_policy(mut self, policy: Option<CompiledAttached>) -> Self {
        self.policy = policy;
        self
    }
}

//! Whose policies are simulated, and who is taken to call.

use doorward_directory::{Refusal, Tags, UniqueId};
use doorward_gate::Question;
use doorward_policy::request::{Context, Requester, SessionOrigin};
use doorward_policy::{AccountId, Arn};
use doorward_wire::ApiError;

use crate::call::Call;
use crate::iam::ask;

/// The ARN of a user, group or role, taken apart. Whether there is such a thing is another matter.
#[derive(Clone, Debug)]
pub(in crate::iam) struct Source {
    arn: String,
    kind: Kind,
    account: AccountId,
    path: String,
    name: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    User,
    Group,
    Role,
}

/// Who is taken to call, and what is known of it.
#[derive(Clone, Debug)]
pub(in crate::iam) struct Simulated {
    /// As the judge takes it.
    pub(in crate::iam) requester: Requester,
    /// Its account.
    pub(in crate::iam) account: AccountId,
    /// The condition keys that say who it is.
    pub(in crate::iam) context: Context,
}

impl Source {
    /// Takes an ARN apart.
    ///
    /// # Errors
    /// `InvalidInput` for one of anything else.
    pub(in crate::iam) fn parse(call: &Call<'_>, arn: &str) -> Result<Self, ApiError> {
        Self::read(arn).ok_or_else(|| {
            let message = format!("Invalid Entity Arn: {arn} does not clearly define entity type and name.");
            super::invalid(call, message)
        })
    }

    fn read(text: &str) -> Option<Self> {
        let arn: Arn = text.parse().ok()?;
        let resource = arn.resource();
        let (kind, path_and_name) = [("user", Kind::User), ("group", Kind::Group), ("role", Kind::Role)]
            .into_iter()
            .find_map(|(word, kind)| Some((kind, resource.strip_prefix(word)?)))?;
        let (path, name) = path_and_name.split_at_checked(path_and_name.rfind('/')? + 1)?;
        let sound = path.starts_with('/') && !name.is_empty() && !name.contains(['*', '?']);
        if arn.service() != "iam" || !arn.region().is_empty() || !sound {
            return None;
        }
        Some(Self {
            arn: text.to_owned(),
            kind,
            account: arn.account().parse().ok()?,
            path: path.to_owned(),
            name: name.to_owned(),
        })
    }

    /// What asks about this: with the tags that it has, if it is there. Those of another account's are nobody's business.
    pub(in crate::iam) fn question(&self, call: &Call<'_>, action: &'static str) -> Question {
        let question = Question::new(action, self.arn.clone(), self.account);
        match self.tags(call).filter(|_| self.account == call.account) {
            Some(tags) => question.with_identity_tags(ask::pairs(tags.iter())),
            None => question,
        }
    }

    fn tags<'c>(&self, call: &Call<'c>) -> Option<&'c Tags> {
        let snapshot = call.snapshot();
        match self.kind {
            Kind::User => snapshot.user_with_arn(&self.arn).map(|user| &user.tags),
            Kind::Role => snapshot.role_with_arn(&self.arn).map(|role| &role.tags),
            Kind::Group => None,
        }
    }

    /// The id of the user, group or role in the caller's account.
    ///
    /// # Errors
    /// `NoSuchEntity`.
    pub(in crate::iam) fn id(&self, call: &Call<'_>) -> Result<UniqueId, ApiError> {
        let snapshot = call.snapshot();
        let id = match self.kind {
            Kind::User => snapshot.user_with_arn(&self.arn).map(|user| user.id),
            Kind::Group => snapshot.group_with_arn(&self.arn).map(|group| group.id),
            Kind::Role => snapshot.role_with_arn(&self.arn).map(|role| role.id),
        };
        id.filter(|_| self.account == call.account).ok_or_else(|| call.refused(&self.missing()))
    }

    /// The user, group or role as it is stored in the caller's account.
    ///
    /// # Errors
    /// `NoSuchEntity`.
    pub(in crate::iam) fn stored(&self, call: &Call<'_>) -> Result<Simulated, ApiError> {
        let id = self.id(call)?;
        let mut simulated = self.with_id(&id.to_string());
        if self.kind == Kind::User {
            simulated.context.put("aws:userid", &id.to_string());
        }
        for (key, value) in self.tags(call).into_iter().flat_map(|tags| ask::pairs(tags.iter())) {
            simulated.context.put(&format!("aws:PrincipalTag/{key}"), value);
        }
        Ok(simulated)
    }

    fn missing(&self) -> Refusal {
        match self.kind {
            Kind::User => Refusal::NoSuchUser(self.name.clone()),
            Kind::Group => Refusal::NoSuchGroup(self.name.clone()),
            Kind::Role => Refusal::NoSuchRole(self.name.clone()),
        }
    }

    /// Whoever has this ARN, of whom nothing else is known.
    pub(in crate::iam) fn named(&self) -> Simulated {
        self.with_id("")
    }

    /// The keys that its ARN tells. What a session adds is not known: a role's `aws:userid` ends in its session's name.
    fn with_id(&self, id: &str) -> Simulated {
        let (account, path, name) = (self.account, self.path.clone(), self.name.clone());
        let requester = match self.kind {
            Kind::User => Requester::User { account, id: id.to_owned(), path, name },
            Kind::Role => Requester::RoleSession {
                account,
                role_id: id.to_owned(),
                role_path: path,
                role_name: name,
                session_name: String::new(),
                origin: SessionOrigin::AssumeRole,
            },
            Kind::Group => return Simulated::someone(account, id),
        };
        let mut context = requester.context();
        context.remove("aws:userid");
        Simulated { requester, account, context }
    }
}

impl Simulated {
    /// Someone in an account, of whom nothing else is known.
    pub(in crate::iam) fn unknown(account: AccountId) -> Self {
        Self::someone(account, "")
    }

    /// A user whom no policy can name: nobody's name is empty.
    fn someone(account: AccountId, id: &str) -> Self {
        let (path, name) = ("/".to_owned(), String::new());
        let requester = Requester::User { account, id: id.to_owned(), path, name };
        let mut context = requester.context();
        for key in ["aws:username", "aws:userid", "aws:PrincipalArn"] {
            context.remove(key);
        }
        Self { requester, account, context }
    }
}

//! How a session is written inside its sealed token.

use doorward_directory::UniqueId;
use doorward_directory::delegation::Approver;
use doorward_policy::AccountId;
use jiff::Timestamp;
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use crate::session::{
    DelegatedSession, FederatedSession, RoleSession, RootSession, Session, SessionPolicies, Subject,
};

#[derive(Encode, Decode)]
struct Record {
    #[n(0)]
    access_key_id: String,
    #[n(1)]
    account: u64,
    #[n(2)]
    issued: i64,
    #[n(3)]
    expires: i64,
    #[n(4)]
    mfa: Option<i64>,
    #[n(5)]
    subject: SubjectRecord,
    #[cbor(n(6), with = "secret")]
    secret: Zeroizing<[u8; 30]>,
}

/// How the secret is written: as bytes, and last, so that no buffer that was outgrown holds it.
mod secret {
    use minicbor::bytes;
    use minicbor::decode::{self, Decoder};
    use minicbor::encode::{self, Encoder, Write};
    use zeroize::Zeroizing;

    pub(super) fn encode<C, W: Write>(
        secret: &Zeroizing<[u8; 30]>,
        encoder: &mut Encoder<W>,
        context: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        bytes::encode(&**secret, encoder, context)
    }

    pub(super) fn decode<'b, C>(
        decoder: &mut Decoder<'b>,
        context: &mut C,
    ) -> Result<Zeroizing<[u8; 30]>, decode::Error> {
        bytes::decode(decoder, context).map(Zeroizing::new)
    }
}

#[derive(Encode, Decode)]
enum SubjectRecord {
    #[n(0)]
    Root,
    #[n(1)]
    User(#[n(0)] String),
    #[n(2)]
    Federated {
        #[n(0)]
        name: String,
        #[n(1)]
        issuer: Option<String>,
        #[n(2)]
        tags: Vec<(String, String)>,
        #[n(3)]
        policies: Option<PoliciesRecord>,
    },
    #[n(3)]
    Role {
        #[n(0)]
        role: String,
        #[n(1)]
        name: String,
        #[n(2)]
        tags: Vec<(String, String)>,
        #[n(3)]
        transitive: Vec<String>,
        #[n(4)]
        source_identity: Option<String>,
        #[n(5)]
        policies: Option<PoliciesRecord>,
    },
    #[n(4)]
    AssumedRoot {
        #[n(0)]
        task: PoliciesRecord,
        #[n(1)]
        source_identity: Option<String>,
    },
    #[n(5)]
    Delegated {
        #[n(0)]
        approver: ApproverRecord,
        #[n(1)]
        provider: u64,
        #[n(2)]
        policies: PoliciesRecord,
    },
}

#[derive(Encode, Decode)]
enum ApproverRecord {
    #[n(0)]
    Root,
    #[n(1)]
    User(#[n(0)] String),
    #[n(2)]
    Role {
        #[n(0)]
        role: String,
        #[n(1)]
        session: String,
        #[n(2)]
        tags: Vec<(String, String)>,
        #[n(3)]
        transitive: Vec<String>,
        #[n(4)]
        source_identity: Option<String>,
    },
}

#[derive(Encode, Decode)]
struct PoliciesRecord {
    #[n(0)]
    inline: Option<String>,
    #[n(1)]
    managed: Vec<String>,
}

/// The bytes of a session and its secret, zeroed when dropped; `None` when they cannot be written.
pub(crate) fn encode(session: &Session, secret: &[u8; 30]) -> Option<Zeroizing<Vec<u8>>> {
    let record = Record {
        access_key_id: session.access_key_id.to_string(),
        account: session.account.number(),
        issued: session.issued.as_second(),
        expires: session.expires.as_second(),
        mfa: session.mfa.map(Timestamp::as_second),
        subject: SubjectRecord::of(&session.subject),
        secret: Zeroizing::new(*secret),
    };
    minicbor::to_vec(&record).ok().map(Zeroizing::new)
}

/// What [`encode`] wrote; `None` for anything else.
pub(crate) fn decode(bytes: &[u8]) -> Option<(Session, Zeroizing<[u8; 30]>)> {
    let record: Record = minicbor::decode(bytes).ok()?;
    let session = Session {
        access_key_id: record.access_key_id.parse().ok()?,
        account: AccountId::new(record.account)?,
        issued: Timestamp::from_second(record.issued).ok()?,
        expires: Timestamp::from_second(record.expires).ok()?,
        mfa: record.mfa.map(Timestamp::from_second).transpose().ok()?,
        subject: record.subject.read()?,
    };
    Some((session, record.secret))
}

impl SubjectRecord {
    fn of(subject: &Subject) -> Self {
        match subject.clone() {
            Subject::Root => Self::Root,
            Subject::User(id) => Self::User(id.to_string()),
            Subject::Federated(session) => Self::Federated {
                name: session.name,
                issuer: session.issuer.map(|id| id.to_string()),
                tags: session.tags,
                policies: session.policies.map(PoliciesRecord::from),
            },
            Subject::Role(session) => Self::Role {
                role: session.role.to_string(),
                name: session.name,
                tags: session.tags,
                transitive: session.transitive,
                source_identity: session.source_identity,
                policies: session.policies.map(PoliciesRecord::from),
            },
            Subject::AssumedRoot(session) => {
                Self::AssumedRoot { task: session.task.into(), source_identity: session.source_identity }
            }
            Subject::Delegated(session) => Self::Delegated {
                approver: session.approver.into(),
                provider: session.provider.number(),
                policies: session.policies.into(),
            },
        }
    }

    fn read(self) -> Option<Subject> {
        let id = |text: String| text.parse::<UniqueId>().ok();
        Some(match self {
            Self::Root => Subject::Root,
            Self::User(user) => Subject::User(id(user)?),
            Self::Federated { name, issuer, tags, policies } => Subject::Federated(FederatedSession {
                name,
                issuer: issuer.map(|text| id(text).ok_or(())).transpose().ok()?,
                tags,
                policies: read_policies(policies)?,
            }),
            Self::Role { role, name, tags, transitive, source_identity, policies } => {
                let policies = read_policies(policies)?;
                Subject::Role(RoleSession {
                    role: id(role)?,
                    name,
                    tags,
                    transitive,
                    source_identity,
                    policies,
                })
            }
            Self::AssumedRoot { task, source_identity } => {
                Subject::AssumedRoot(RootSession { task: task.read()?, source_identity })
            }
            Self::Delegated { approver, provider, policies } => Subject::Delegated(DelegatedSession {
                approver: approver.read()?,
                provider: AccountId::new(provider)?,
                policies: policies.read()?,
            }),
        })
    }
}

impl From<Approver> for ApproverRecord {
    fn from(approver: Approver) -> Self {
        match approver {
            Approver::Root => Self::Root,
            Approver::User(id) => Self::User(id.to_string()),
            Approver::Role { role, session, tags, transitive, source_identity } => Self::Role {
                role: role.to_string(),
                session: session.into(),
                tags,
                transitive,
                source_identity: source_identity.map(Into::into),
            },
        }
    }
}

impl ApproverRecord {
    fn read(self) -> Option<Approver> {
        Some(match self {
            Self::Root => Approver::Root,
            Self::User(id) => Approver::User(id.parse().ok()?),
            Self::Role { role, session, tags, transitive, source_identity } => Approver::Role {
                role: role.parse().ok()?,
                session: session.into(),
                tags,
                transitive,
                source_identity: source_identity.map(Into::into),
            },
        })
    }
}

impl From<SessionPolicies> for PoliciesRecord {
    fn from(policies: SessionPolicies) -> Self {
        let managed = policies.managed.iter().map(UniqueId::to_string).collect();
        Self { inline: policies.inline, managed }
    }
}

impl PoliciesRecord {
    fn read(self) -> Option<SessionPolicies> {
        let managed = self.managed.iter().map(|id| id.parse().ok()).collect::<Option<_>>()?;
        Some(SessionPolicies { inline: self.inline, managed })
    }
}

/// What was passed, if anything was; `None` when it cannot be read.
fn read_policies(record: Option<PoliciesRecord>) -> Option<Option<SessionPolicies>> {
    match record {
        None => Some(None),
        Some(record) => record.read().map(Some),
    }
}

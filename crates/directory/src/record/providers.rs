//! Records of identity providers.

use std::sync::Arc;

use doorward_policy::AccountId;
use minicbor::{Decode, Encode};

use super::{Reason, TagRecord, time};
use crate::name::Name;
use crate::provider::{Encryption, OidcProvider, ProviderUrl, SamlPrivateKey, SamlProvider};
use crate::tags::{Tag, Tags};

#[derive(Encode, Decode)]
pub(super) struct OidcRecord<'b> {
    #[b(0)]
    url: &'b str,
    #[n(1)]
    created_s: i64,
    #[b(2)]
    tags: Vec<TagRecord<'b>>,
    #[b(3)]
    client_ids: Vec<&'b str>,
    #[b(4)]
    thumbprints: Vec<&'b str>,
}

#[derive(Encode, Decode)]
pub(super) struct SamlRecord<'b> {
    #[b(0)]
    id: &'b str,
    #[b(1)]
    name: &'b str,
    #[n(2)]
    created_s: i64,
    #[b(3)]
    tags: Vec<TagRecord<'b>>,
    #[b(4)]
    metadata: &'b str,
    #[n(5)]
    valid_until_s: i64,
    /// Whether assertions have to be encrypted.
    #[n(6)]
    encryption_required: Option<bool>,
    #[b(7)]
    private_keys: Vec<PrivateKeyRecord<'b>>,
}

#[derive(Encode, Decode)]
struct PrivateKeyRecord<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    created_s: i64,
    #[cbor(b(2), with = "minicbor::bytes")]
    sealed: &'b [u8],
}

impl<'b> OidcRecord<'b> {
    pub(super) fn of(provider: &'b OidcProvider) -> Self {
        Self {
            url: provider.url.as_str(),
            created_s: provider.created.as_second(),
            tags: tag_records(&provider.tags),
            client_ids: provider.client_ids.iter().map(|id| &**id).collect(),
            thumbprints: provider.thumbprints.iter().map(|print| &**print).collect(),
        }
    }

    pub(super) fn read(self, account: AccountId, folded: &str) -> Result<OidcProvider, Reason> {
        let url = ProviderUrl::without_scheme(self.url).map_err(|error| error.to_string())?;
        if **url.folded() != *folded {
            return Err(format!("it is of `{url}`"));
        }
        Ok(OidcProvider {
            account,
            url,
            client_ids: self.client_ids.into_iter().map(Into::into).collect(),
            thumbprints: self.thumbprints.into_iter().map(Into::into).collect(),
            created: time(self.created_s)?,
            tags: tags(&self.tags)?,
        })
    }
}

impl<'b> SamlRecord<'b> {
    pub(super) fn of(provider: &'b SamlProvider) -> Self {
        let key = |key: &'b SamlPrivateKey| PrivateKeyRecord {
            id: &key.id,
            created_s: key.created.as_second(),
            sealed: &key.sealed,
        };
        Self {
            id: &provider.id,
            name: provider.name.as_str(),
            created_s: provider.created.as_second(),
            tags: tag_records(&provider.tags),
            metadata: &provider.metadata,
            valid_until_s: provider.valid_until.as_second(),
            encryption_required: provider.encryption.map(|encryption| encryption == Encryption::Required),
            private_keys: provider.private_keys.iter().map(key).collect(),
        }
    }

    pub(super) fn read(self, account: AccountId, folded: &str) -> Result<SamlProvider, Reason> {
        let name = Name::new(self.name).map_err(|error| error.to_string())?;
        if **name.folded() != *folded {
            return Err(format!("it is of `{name}`"));
        }
        let encryption = |required| if required { Encryption::Required } else { Encryption::Allowed };
        let private_keys: Result<Vec<_>, Reason> = self
            .private_keys
            .iter()
            .map(|key| {
                let created = time(key.created_s)?;
                Ok(SamlPrivateKey { id: key.id.into(), created, sealed: key.sealed.into() })
            })
            .collect();
        Ok(SamlProvider {
            account,
            name,
            id: self.id.into(),
            metadata: Arc::from(self.metadata),
            created: time(self.created_s)?,
            valid_until: time(self.valid_until_s)?,
            encryption: self.encryption_required.map(encryption),
            private_keys: private_keys?,
            tags: tags(&self.tags)?,
        })
    }
}

fn tag_records(tags: &Tags) -> Vec<TagRecord<'_>> {
    tags.iter().map(|tag| TagRecord { key: &tag.key, value: &tag.value }).collect()
}

fn tags(records: &[TagRecord<'_>]) -> Result<Tags, Reason> {
    let tag = |tag: &TagRecord<'_>| Tag { key: tag.key.into(), value: tag.value.into() };
    Tags::new(records.iter().map(tag).collect()).map_err(|error| error.to_string())
}

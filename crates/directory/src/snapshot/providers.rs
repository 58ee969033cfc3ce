//! Identity providers and issuers, as a request reads them.

use doorward_policy::AccountId;

use super::{Snapshot, Stored};
use crate::issuer::Issuer;
use crate::provider::{OidcProvider, ProviderUrl, SamlProvider};

impl Snapshot {
    /// The OpenID Connect provider of this address, the host in any case.
    #[must_use]
    pub fn oidc_provider(&self, account: AccountId, url: &ProviderUrl) -> Option<&Stored<OidcProvider>> {
        self.holdings(account)?.oidc.get(&**url.folded()).map(|stored| &**stored)
    }

    /// The OpenID Connect provider of this ARN, written exactly so.
    #[must_use]
    pub fn oidc_provider_with_arn(&self, arn: &str) -> Option<&Stored<OidcProvider>> {
        let (account, url) = provider_of(arn, "oidc-provider/")?;
        let url = ProviderUrl::without_scheme(url).ok()?;
        self.oidc_provider(account, &url).filter(|found| found.url == url)
    }

    /// The OpenID Connect providers of an account, ordered by address.
    pub fn oidc_providers(&self, account: AccountId) -> impl Iterator<Item = &Stored<OidcProvider>> {
        self.holdings(account).into_iter().flat_map(|held| held.oidc.values()).map(|stored| &**stored)
    }

    /// The SAML provider of this name, in any case.
    #[must_use]
    pub fn saml_provider(&self, account: AccountId, name: &str) -> Option<&Stored<SamlProvider>> {
        super::find(&self.holdings(account)?.saml, name)
    }

    /// The SAML provider of this ARN, written exactly so.
    #[must_use]
    pub fn saml_provider_with_arn(&self, arn: &str) -> Option<&Stored<SamlProvider>> {
        let (account, name) = provider_of(arn, "saml-provider/")?;
        self.saml_provider(account, name).filter(|found| found.name.is_written(name))
    }

    /// The SAML providers of an account, ordered by name.
    pub fn saml_providers(&self, account: AccountId) -> impl Iterator<Item = &Stored<SamlProvider>> {
        self.holdings(account).into_iter().flat_map(|held| held.saml.values()).map(|stored| &**stored)
    }

    /// The issuer of an account's web identity tokens; `None` if it was never enabled.
    #[must_use]
    pub fn issuer(&self, account: AccountId) -> Option<&Stored<Issuer>> {
        self.holdings(account)?.issuer.as_deref()
    }

    /// The issuer of this id.
    #[must_use]
    pub fn issuer_with_id(&self, id: &str) -> Option<&Stored<Issuer>> {
        self.issuer(*self.issuers.get(id)?)
    }

    /// Whether an ARN, of a `Federated` principal, names a provider of the account.
    #[must_use]
    pub fn has_provider(&self, account: AccountId, arn: &str) -> bool {
        self.oidc_provider_with_arn(arn).is_some_and(|found| found.account == account)
            || self.saml_provider_with_arn(arn).is_some_and(|found| found.account == account)
    }
}

/// The account and the rest of `arn:aws:iam::A:kind/rest`.
fn provider_of<'a>(arn: &'a str, kind: &str) -> Option<(AccountId, &'a str)> {
    let (account, resource) = arn.strip_prefix("arn:aws:iam::")?.split_once(':')?;
    Some((account.parse().ok()?, resource.strip_prefix(kind)?))
}

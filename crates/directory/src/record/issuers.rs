//! Records of issuers of web identity tokens.

use doorward_federation::issue::PublicKey;
use doorward_policy::AccountId;
use minicbor::{Decode, Encode};

use super::{Reason, time};
use crate::issuer::{Issuer, TokenKey, Vending};

#[derive(Encode, Decode)]
pub(super) struct IssuerRecord<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    enabled: bool,
    #[b(2)]
    keys: Vec<TokenKeyRecord<'b>>,
}

#[derive(Encode, Decode)]
struct TokenKeyRecord<'b> {
    #[b(0)]
    id: &'b str,
    #[b(1)]
    public: PublicKeyRecord<'b>,
    #[n(2)]
    signs_from_s: i64,
    #[cbor(b(3), with = "minicbor::bytes")]
    sealed: &'b [u8],
}

#[derive(Encode, Decode)]
enum PublicKeyRecord<'b> {
    #[n(0)]
    Rsa {
        #[cbor(b(0), with = "minicbor::bytes")]
        modulus: &'b [u8],
        #[cbor(b(1), with = "minicbor::bytes")]
        exponent: &'b [u8],
    },
    #[n(1)]
    P384 {
        #[cbor(b(0), with = "minicbor::bytes")]
        x: &'b [u8],
        #[cbor(b(1), with = "minicbor::bytes")]
        y: &'b [u8],
    },
}

impl<'b> IssuerRecord<'b> {
    pub(super) fn of(issuer: &'b Issuer) -> Self {
        let key = |key: &'b TokenKey| TokenKeyRecord {
            id: &key.id,
            public: match &key.public {
                PublicKey::Rsa { modulus, exponent } => PublicKeyRecord::Rsa { modulus, exponent },
                PublicKey::P384 { x, y } => PublicKeyRecord::P384 { x, y },
            },
            signs_from_s: key.signs_from.as_second(),
            sealed: &key.sealed,
        };
        Self {
            id: &issuer.id,
            enabled: issuer.vending == Vending::Enabled,
            keys: issuer.keys.iter().map(key).collect(),
        }
    }

    pub(super) fn read(self, account: AccountId) -> Result<Issuer, Reason> {
        let key = |key: TokenKeyRecord<'_>| {
            let public = match key.public {
                PublicKeyRecord::Rsa { modulus, exponent } => {
                    PublicKey::Rsa { modulus: modulus.to_vec(), exponent: exponent.to_vec() }
                }
                PublicKeyRecord::P384 { x, y } => PublicKey::P384 { x: x.to_vec(), y: y.to_vec() },
            };
            let signs_from = time(key.signs_from_s)?;
            Ok(TokenKey { id: key.id.into(), public, signs_from, sealed: key.sealed.into() })
        };
        Ok(Issuer {
            account,
            id: self.id.into(),
            vending: if self.enabled { Vending::Enabled } else { Vending::Disabled },
            keys: self.keys.into_iter().map(key).collect::<Result<_, Reason>>()?,
        })
    }
}

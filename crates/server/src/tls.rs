//! TLS: certificates and keys from files, and a client that trusts one certificate.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{
    CertificateError as Refused, ClientConfig, DigitallySignedStruct, RootCertStore, ServerConfig,
    SignatureScheme,
};
use tokio_rustls::TlsAcceptor;
use x509_cert::der::Decode as _;
use x509_cert::time::Time;

/// How bytes go over a connection.
#[derive(Clone)]
pub enum Encryption {
    /// In clear.
    Plain,
    /// By TLS 1.2 or 1.3, under this certificate.
    Tls(Certificate),
}

/// A certificate chain and its private key, ready to serve.
#[derive(Clone)]
pub struct Certificate {
    pub(crate) acceptor: TlsAcceptor,
    ends: Option<Timestamp>,
}

impl Encryption {
    /// When the server's certificate ends, if it has one that says so.
    #[must_use]
    pub const fn ends(&self) -> Option<Timestamp> {
        match self {
            Self::Plain => None,
            Self::Tls(certificate) => certificate.ends,
        }
    }
}

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// A file cannot be read, or is not PEM.
    #[error("the file `{}` cannot be read as PEM", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What failed.
        #[source]
        cause: rustls::pki_types::pem::Error,
    },
    /// The certificate file holds no certificate.
    #[error("the file `{}` holds no certificate", .0.display())]
    Empty(PathBuf),
    /// The certificate and the key do not go together, or TLS cannot use them.
    #[error("the certificate and its key cannot be used")]
    Unusable(#[from] rustls::Error),
}

impl Certificate {
    /// Reads a certificate chain (the server's own first) and its private key, both PEM.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn load(certificate: &Path, key: &Path) -> Result<Self, CertificateError> {
        let chain = chain(certificate)?;
        let first = chain.first().and_then(|first| doorward_federation::certificate::read(first).ok());
        let ends = first.map(|certificate| certificate.not_after);
        let key = PrivateKeyDer::from_pem_file(key)
            .map_err(|cause| CertificateError::File { file: key.to_owned(), cause })?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(config)), ends })
    }
}

/// For how long a certificate is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// The first moment.
    pub begins: Timestamp,
    /// The last one.
    pub ends: Timestamp,
}

/// For how long each certificate of a PEM file is good, in the file's order.
///
/// # Errors
/// [`CertificateError`].
pub fn validity(file: &Path) -> Result<Vec<Validity>, CertificateError> {
    let unreadable = || CertificateError::Unusable(rustls::Error::InvalidCertificate(Refused::BadEncoding));
    let chain = chain(file)?;
    let read = chain.iter().map(|certificate| {
        let parsed = x509_cert::Certificate::from_der(certificate).map_err(|_| unreadable())?;
        let validity = parsed.tbs_certificate().validity();
        let moment = |time: Time| {
            let second = i64::try_from(time.to_unix_duration().as_secs()).map_err(|_| unreadable())?;
            // “No end” is written as the last second of the year 9999, which is later than any time here.
            Timestamp::from_second(second.min(Timestamp::MAX.as_second())).map_err(|_| unreadable())
        };
        Ok(Validity { begins: moment(validity.not_before)?, ends: moment(validity.not_after)? })
    });
    read.collect()
}

fn chain(file: &Path) -> Result<Vec<CertificateDer<'static>>, CertificateError> {
    let read = CertificateDer::pem_file_iter(file).and_then(Iterator::collect);
    let chain: Vec<_> = read.map_err(|cause| CertificateError::File { file: file.to_owned(), cause })?;
    if chain.is_empty() { Err(CertificateError::Empty(file.to_owned())) } else { Ok(chain) }
}

/// Which server a client takes for the one it wants.
#[derive(Clone)]
pub struct Trust {
    config: Arc<ClientConfig>,
    server: ServerName<'static>,
}

impl Trust {
    /// A server that shows exactly the first certificate of `certificate`, a PEM file: the way to a server on this machine,
    /// whatever names its certificate is for and whoever issued it.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn pinned(certificate: &Path, server: IpAddr) -> Result<Self, CertificateError> {
        let certificate = chain(certificate)?.into_iter().next();
        let provider = Arc::new(aws_lc_rs::default_provider());
        let verifier = Pinned { certificate, provider: Arc::clone(&provider) };
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(Self { config: Arc::new(config), server: ServerName::from(server) })
    }

    /// A server of this name or address for which an issuer in `issuers`, a PEM file, vouches.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn issued(issuers: &Path, server: &str) -> Result<Self, CertificateError> {
        let mut roots = RootCertStore::empty();
        for certificate in chain(issuers)? {
            roots.add(certificate)?;
        }
        let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let unusable = |error| rustls::Error::General(format!("`{server}` is no name of a server: {error}"));
        let server = ServerName::try_from(server.to_owned()).map_err(unusable)?;
        Ok(Self { config: Arc::new(config), server })
    }

    pub(crate) fn config(&self) -> Arc<ClientConfig> {
        Arc::clone(&self.config)
    }

    pub(crate) fn server(&self) -> ServerName<'static> {
        self.server.clone()
    }
}

/// Trusts one certificate, and demands the proof that the server has its key.
#[derive(Debug)]
struct Pinned {
    certificate: Option<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        match self.certificate.as_deref() == Some(&**end_entity) {
            true => Ok(ServerCertVerified::assertion()),
            false => Err(Refused::ApplicationVerificationFailure.into()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

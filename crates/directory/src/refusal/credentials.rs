//! Why certificates, SSH keys and credentials of services are refused.

/// Why a certificate, an SSH key or a credential of a service is refused. The text is AWS's, [`code`](Self::code) its
/// error code; texts that AWS does not document and nobody has recorded are marked *ours*.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialFault {
    /// There is no such signing certificate, or it is someone else's.
    #[error("The Certificate with id {0} cannot be found.")]
    NoSuchCertificate(String),
    /// There is no such server certificate.
    #[error("The Server Certificate with name {0} cannot be found.")]
    NoSuchServerCertificate(String),
    /// There is no such SSH key, or it is someone else's.
    #[error("The SSH Public Key with id {0} cannot be found.")]
    NoSuchSshKey(String),
    /// There is no such credential, or it is someone else's.
    #[error("No such credential {0} exists")]
    NoSuchServiceCredential(String),
    /// The service has no credentials of its own.
    #[error("No such service {0} is supported for Service Specific Credentials")]
    NoSuchCredentialService(String),

    /// There is a server certificate of this name.
    #[error("The Server Certificate with name {0} already exists.")]
    ServerCertificateExists(String),
    /// Somebody in the account has this signing certificate. (Text: ours.)
    #[error("The certificate is already associated with an IAM user in the account.")]
    DuplicateCertificate,
    /// The user has this SSH key. (Text: ours.)
    #[error("The SSH public key is already associated with the user.")]
    DuplicateSshKey,

    /// The text is not one certificate in PEM.
    #[error("Unable to parse certificate. Please ensure the certificate is in PEM format.")]
    NotACertificate,
    /// The certificate is not valid any more. (Text: ours.)
    #[error("The certificate has expired.")]
    ExpiredCertificate,
    /// The server certificate is not valid yet. (Text: ours.)
    #[error("The certificate is not valid yet.")]
    EarlyServerCertificate,
    /// The signing certificate is not valid yet. (Text: ours.)
    #[error("The certificate is not valid yet.")]
    EarlySigningCertificate,
    /// The certificate's key is neither RSA nor of a curve of NIST. (Text: ours.)
    #[error("The certificate must have an RSA key, or a key of the curve P-256, P-384 or P-521.")]
    UnknownCertificateKey,
    /// The text is not one private key in PEM. (Text: ours.)
    #[error(
        "Unable to parse private key. Please ensure the private key is in PEM format, not encrypted, and an RSA key of 2048 bits or more or a key of the curve P-256, P-384 or P-521."
    )]
    NotAPrivateKey,
    /// The certificate is about another key. (Text: ours.)
    #[error("The public key certificate and the private key do not match.")]
    KeyPairMismatch,
    /// A certificate of the chain did not issue the one before it, or is none.
    #[error(
        "Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: {index}"
    )]
    BrokenChain {
        /// Which one was not issued by the next; -1 for the certificate itself.
        index: i64,
    },

    /// The text is neither an `ssh-rsa` line nor a public key in PEM. (Text: ours.)
    #[error("The public key must be encoded in ssh-rsa format or PEM format.")]
    UnknownKeyEncoding,
    /// The public key is broken, too short, or not of RSA. (Text: ours.)
    #[error("The public key is not a valid RSA key of 2048 bits or more.")]
    InvalidPublicKey,
    /// An age was given for a credential that does not expire. (Text: ours.)
    #[error("The value {days} for CredentialAgeDays is invalid: credentials for {service} do not expire.")]
    CannotExpire {
        /// The service.
        service: &'static str,
        /// What was asked for.
        days: u32,
    },
}

impl CredentialFault {
    /// The error code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSuchCertificate(_)
            | Self::NoSuchServerCertificate(_)
            | Self::NoSuchSshKey(_)
            | Self::NoSuchServiceCredential(_)
            | Self::NoSuchCredentialService(_) => "NoSuchEntity",
            Self::ServerCertificateExists(_) => "EntityAlreadyExists",
            Self::DuplicateCertificate => "DuplicateCertificate",
            Self::DuplicateSshKey => "DuplicateSSHPublicKey",
            Self::NotACertificate
            | Self::ExpiredCertificate
            | Self::EarlyServerCertificate
            | Self::NotAPrivateKey
            | Self::BrokenChain { .. } => "MalformedCertificate",
            Self::EarlySigningCertificate | Self::UnknownCertificateKey => "InvalidCertificate",
            Self::KeyPairMismatch => "KeyPairMismatch",
            Self::UnknownKeyEncoding => "UnrecognizedPublicKeyEncoding",
            Self::InvalidPublicKey => "InvalidPublicKey",
            Self::CannotExpire { .. } => "InvalidInput",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every fault with its code and text. A change here is a change of what clients see.
    #[test]
    fn codes_and_texts() {
        let text = String::from;
        let table = [
            (
                CredentialFault::NoSuchCertificate(text("x")),
                "NoSuchEntity",
                "The Certificate with id x cannot be found.",
            ),
            (
                CredentialFault::NoSuchServerCertificate(text("x")),
                "NoSuchEntity",
                "The Server Certificate with name x cannot be found.",
            ),
            (
                CredentialFault::NoSuchSshKey(text("x")),
                "NoSuchEntity",
                "The SSH Public Key with id x cannot be found.",
            ),
            (
                CredentialFault::NoSuchServiceCredential(text("x")),
                "NoSuchEntity",
                "No such credential x exists",
            ),
            (
                CredentialFault::NoSuchCredentialService(text("x")),
                "NoSuchEntity",
                "No such service x is supported for Service Specific Credentials",
            ),
            (
                CredentialFault::ServerCertificateExists(text("x")),
                "EntityAlreadyExists",
                "The Server Certificate with name x already exists.",
            ),
            (
                CredentialFault::DuplicateCertificate,
                "DuplicateCertificate",
                "The certificate is already associated with an IAM user in the account.",
            ),
            (
                CredentialFault::DuplicateSshKey,
                "DuplicateSSHPublicKey",
                "The SSH public key is already associated with the user.",
            ),
            (
                CredentialFault::NotACertificate,
                "MalformedCertificate",
                "Unable to parse certificate. Please ensure the certificate is in PEM format.",
            ),
            (CredentialFault::ExpiredCertificate, "MalformedCertificate", "The certificate has expired."),
            (
                CredentialFault::EarlyServerCertificate,
                "MalformedCertificate",
                "The certificate is not valid yet.",
            ),
            (
                CredentialFault::EarlySigningCertificate,
                "InvalidCertificate",
                "The certificate is not valid yet.",
            ),
            (
                CredentialFault::UnknownCertificateKey,
                "InvalidCertificate",
                "The certificate must have an RSA key, or a key of the curve P-256, P-384 or P-521.",
            ),
            (
                CredentialFault::NotAPrivateKey,
                "MalformedCertificate",
                "Unable to parse private key. Please ensure the private key is in PEM format, not encrypted, and an RSA key of 2048 bits or more or a key of the curve P-256, P-384 or P-521.",
            ),
            (
                CredentialFault::KeyPairMismatch,
                "KeyPairMismatch",
                "The public key certificate and the private key do not match.",
            ),
            (
                CredentialFault::BrokenChain { index: -1 },
                "MalformedCertificate",
                "Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: -1",
            ),
            (
                CredentialFault::UnknownKeyEncoding,
                "UnrecognizedPublicKeyEncoding",
                "The public key must be encoded in ssh-rsa format or PEM format.",
            ),
            (
                CredentialFault::InvalidPublicKey,
                "InvalidPublicKey",
                "The public key is not a valid RSA key of 2048 bits or more.",
            ),
            (
                CredentialFault::CannotExpire { service: "codecommit.amazonaws.com", days: 7 },
                "InvalidInput",
                "The value 7 for CredentialAgeDays is invalid: credentials for codecommit.amazonaws.com do not expire.",
            ),
        ];
        for (fault, code, text) in table {
            assert_eq!((fault.code(), fault.to_string().as_str()), (code, text));
        }
    }
}

#!/usr/bin/env python3
"""Makes the certificates and keys beside it anew. Needs `cryptography`, and nothing of this repository.

Nobody trusts any of them; the private keys are as public as this file.
"""

import datetime
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID

HERE = pathlib.Path(__file__).resolve().parent
PEM = serialization.Encoding.PEM
PLAIN = serialization.NoEncryption()
PKCS8 = serialization.PrivateFormat.PKCS8
OLD = serialization.PrivateFormat.TraditionalOpenSSL
SPKI = serialization.PublicFormat.SubjectPublicKeyInfo


def day(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.timezone.utc)


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def certificate(subject, key, issuer, signer, begins="2020-01-01", ends="2099-01-01", ca=False):
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(day(begins))
        .not_valid_after(day(ends))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    digest = None if isinstance(signer, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(signer, digest).public_bytes(PEM).decode()


def private(key, form=PKCS8, encryption=PLAIN):
    return key.private_bytes(PEM, form, encryption).decode()


def main():
    root, intermediate = (rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256R1()))
    leaf, other = (rsa.generate_private_key(65537, 2048), rsa.generate_private_key(65537, 2048))
    curve = ec.generate_private_key(ec.SECP384R1())
    edwards = ed25519.Ed25519PrivateKey.generate()
    short = rsa.generate_private_key(65537, 1024)
    line = lambda key: key.public_key().public_bytes(
        serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    ).decode()
    files = {
        "root.pem": certificate("root", root, "root", root, ca=True),
        "intermediate.pem": certificate("intermediate", intermediate, "root", root, ca=True),
        "leaf.pem": certificate("leaf", leaf, "intermediate", intermediate),
        "leaf.key.pem": private(leaf),
        "leaf.pkcs1.key.pem": private(leaf, OLD),
        "leaf.encrypted.key.pem": private(leaf, PKCS8, serialization.BestAvailableEncryption(b"secret")),
        "other.key.pem": private(other, OLD),
        "curve.pem": certificate("curve", curve, "root", root),
        "curve.key.pem": private(curve, OLD),
        "alone.pem": certificate("alone", other, "alone", other),
        "expired.pem": certificate("expired", leaf, "root", root, ends="2021-01-01"),
        "early.pem": certificate("early", leaf, "root", root, begins="2098-01-01"),
        "edwards.pem": certificate("edwards", edwards, "edwards", edwards),
        # Named like the intermediate and signed by another.
        "forged.pem": certificate("leaf", leaf, "intermediate", root),
        "ssh.pub": line(leaf) + " ana@example\n",
        "ssh.pem": leaf.public_key().public_bytes(PEM, SPKI).decode(),
        "ssh.pkcs1.pem": leaf.public_key().public_bytes(PEM, serialization.PublicFormat.PKCS1).decode(),
        "ssh.other.pub": line(other) + "\n",
        "ssh.short.pub": line(short) + "\n",
        "ssh.edwards.pub": line(edwards) + "\n",
        "ssh.curve.pem": curve.public_key().public_bytes(PEM, SPKI).decode(),
    }
    for file, text in files.items():
        (HERE / file).write_text(text)


if __name__ == "__main__":
    main()

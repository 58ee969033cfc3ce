"""A stand-in for the transit engine of HashiCorp Vault: it takes and gives what Vault's documentation says.

Vault itself is in no registry that tests reach. What is checked here are requests and answers as they are documented:
https://developer.hashicorp.com/vault/api-docs/secret/transit#encrypt-data, .../transit#decrypt-data,
https://developer.hashicorp.com/vault/api-docs#http-status-codes
"""

from __future__ import annotations

import base64
import binascii
import datetime
import http.server
import ipaddress
import json
import os
import ssl
import threading
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509.oid import NameOID

NONCE_BYTES = 12


def certificates(folder: Path, name: str) -> tuple[Path, Path]:
    """Makes a CA and a certificate that it issues for 127.0.0.1: the CA's file, and one with the certificate and its key."""
    now = datetime.datetime.now(datetime.timezone.utc)
    day = datetime.timedelta(days=1)

    def certificate(subject: str, key, issuer: str, signer, *extensions):
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - day)
            .not_valid_after(now + day)
        )
        for extension in extensions:
            builder = builder.add_extension(extension, critical=False)
        return builder.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    ca_key, own_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca, own = folder / f"{name}-ca.pem", folder / f"{name}.pem"
    ca.write_bytes(certificate(name, ca_key, name, ca_key, x509.BasicConstraints(ca=True, path_length=None)))
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    key = own_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    own.write_bytes(certificate("vault", own_key, name, ca_key, address) + key)
    return ca, own


class Transit:
    """The engine, mounted at `transit`, with one key, over TLS on a port of its own."""

    def __init__(self, folder: Path, key: str, token: str):
        self.key, self.token = key, token
        self.versions = [AESGCM.generate_key(256)]
        self.sealed = False
        self.asked: list[str] = []
        self.ca, certificate = certificates(folder, "vault")
        engine = self

        class Door(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                status, answer = engine.answer(self.path, self.headers, self.rfile.read(length))
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self) -> Transit:
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self._server.server_address[1]}"

    def rotate(self) -> None:
        """`vault write -f transit/keys/KEY/rotate`."""
        self.versions.append(AESGCM.generate_key(256))

    def answer(self, path: str, headers, body: bytes) -> tuple[int, dict]:
        """What Vault answers."""
        self.asked.append(path)
        if self.sealed:
            return 503, {"errors": ["Vault is sealed"]}
        if headers["X-Vault-Token"] != self.token or headers["X-Vault-Request"] != "true":
            return 403, {"errors": ["permission denied"]}
        asked = json.loads(body)
        try:
            match path.removeprefix("/v1/transit/").split("/"):
                case ["encrypt", self.key]:
                    nonce, text = os.urandom(NONCE_BYTES), base64.b64decode(asked["plaintext"], validate=True)
                    sealed = base64.b64encode(nonce + AESGCM(self.versions[-1]).encrypt(nonce, text, None))
                    version = len(self.versions)
                    data = {"ciphertext": f"vault:v{version}:{sealed.decode()}", "key_version": version}
                case ["decrypt", self.key]:
                    _, version, sealed = asked["ciphertext"].split(":")
                    sealed = base64.b64decode(sealed, validate=True)
                    cipher = AESGCM(self.versions[int(version.removeprefix("v")) - 1])
                    opened = cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
                    data = {"plaintext": base64.b64encode(opened).decode()}
                case [_, _]:
                    return 400, {"errors": ["encryption key not found"]}
                case _:
                    return 404, {"errors": ["no handler for route"]}
        except (InvalidTag, IndexError, ValueError, binascii.Error):
            return 400, {"errors": ["invalid ciphertext"]}
        return 200, {"request_id": "r", "lease_id": "", "renewable": False, "data": data}

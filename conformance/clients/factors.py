"""Second factors as an authenticator shows them: RFC 6238, six digits, half a minute."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass, field

from installation import Keys, Server

STEP_S = 30


@dataclass(frozen=True)
class Device:
    """A virtual MFA device."""

    serial: str
    seed: bytes = field(repr=False)

    @classmethod
    def of(cls, answer: dict) -> Device:
        """The device in an answer of `CreateVirtualMFADevice`."""
        made = answer["VirtualMFADevice"]
        return cls(made["SerialNumber"], base64.b32decode(made["Base32StringSeed"]))

    def codes(self, *steps: int) -> list[str]:
        """The codes of so many half minutes from now."""
        now = int(time.time()) // STEP_S
        return [self._code(now + step) for step in steps]

    def wrong(self) -> str:
        """A code that it does not show for a long time."""
        shown = self.codes(*range(-5, 6))
        return next(code for code in ("000000", "111111", *map(str, range(222222, 222240))) if code not in shown)

    def _code(self, step: int) -> str:
        digest = hmac.new(self.seed, step.to_bytes(8, "big"), hashlib.sha1).digest()
        at = digest[-1] & 0xF
        return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def with_device(server: Server, name: str, path: str = "/") -> tuple[Keys, Device]:
    """The keys of a new user, and its device of the same name, which has shown the present code."""
    iam = server.client("iam")
    iam.create_user(UserName=name)
    device = Device.of(iam.create_virtual_mfa_device(VirtualMFADeviceName=name, Path=path))
    first, second = device.codes(-1, 0)
    iam.enable_mfa_device(
        UserName=name, SerialNumber=device.serial, AuthenticationCode1=first, AuthenticationCode2=second
    )
    return Keys.of(iam.create_access_key(UserName=name)), device

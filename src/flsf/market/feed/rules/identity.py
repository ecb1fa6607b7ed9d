"""Identifiers that never change, made of our public references and nothing else.

A name-based UUID of version 8, as RFC 9562 gives it with SHA-256 (appendix B.2): PostgreSQL
makes the same without an extension, and also where MD5 and SHA-1 are not allowed.
"""

from hashlib import sha256
from uuid import UUID

SPACE = UUID("6f3d2a54-4e0c-8b1e-9a77-6b1d0c6a5e21")


def uuid_of(name: str) -> UUID:
    """The identifier of the thing we call so, for example service/S-7K3FD."""
    made = bytearray(sha256(SPACE.bytes + name.encode()).digest()[:16])
    made[6] = made[6] & 0x0F | 0x80
    made[8] = made[8] & 0x3F | 0x80
    return UUID(bytes=bytes(made))

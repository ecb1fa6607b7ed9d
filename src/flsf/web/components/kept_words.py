"""Words somebody looks for a child by: kept for them for an hour, and never in an address.

An address is written down on its way by browsers, proxies and whoever it is sent to. So the
words are posted, kept under a key that is good for this person only, and the address says the
key.
"""

import secrets

from django.core.cache import cache

from flsf.core.people import Person

SECONDS_KEPT = 60 * 60
KEY_BYTES = 9


def keep(words: str, *, person: Person) -> str:
    """The key to the words; empty for no words."""
    if not words.strip():
        return ""
    key = secrets.token_urlsafe(KEY_BYTES)
    cache.set(_name(key, person), words, SECONDS_KEPT)
    return key


def kept(key: str, *, person: Person) -> str:
    """The words, if the person kept some under the key within the hour; else empty."""
    return str(cache.get(_name(key, person), "")) if key and len(key) < 40 else ""


def _name(key: str, person: Person) -> str:
    return f"kept-words-{person.pk}-{key.encode().hex()}"

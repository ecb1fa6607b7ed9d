"""Every address of the product, read from the list of URLs itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

AUDIENCES = ("public", "family", "school", "provider", "council")


@dataclass(frozen=True, slots=True)
class Address:
    """A page: `permission` is "public", "signed-in" or the permission it asks for."""

    name: str
    pattern: str
    audience: str
    permission: str


def addresses() -> list[Address]:
    """In the order they are tried."""
    return list(_below(get_resolver(), "/"))


def _below(resolver: URLResolver, start: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern = start + str(entry.pattern)
        if isinstance(entry, URLPattern):
            permission = str(getattr(entry.callback, "permission", "undeclared"))
            yield Address(entry.name or "", pattern, _audience(entry), permission)
        else:
            yield from _below(entry, pattern)


def _audience(entry: URLPattern) -> str:
    """Whose part of `web` the page is in; what is shared, or another's, is the public's."""
    parts = entry.callback.__module__.split(".")
    found = [one for one in AUDIENCES if parts[:3] == ["flsf", "web", one]]
    return found[0] if found else "public"

"""Every address says who may open it, and nobody else can."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import IntConverter

from flsf.shared.accounts.enums import Permission
from flsf.web.access import PUBLIC, SIGNED_IN


def patterns(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from patterns(entry)


EVERY = list(patterns(get_resolver("flsf.web.urls")))
GUARDED = [entry for entry in EVERY if getattr(entry.callback, "permission", None) != PUBLIC]


def named(entry):
    return entry.name


@pytest.mark.parametrize("entry", EVERY, ids=named)
def test_says_who_may_open_it(entry):
    assert getattr(entry.callback, "permission", None) in {PUBLIC, SIGNED_IN, *Permission}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("entry", GUARDED, ids=named)
def test_sends_a_stranger_to_sign_in(entry, method):
    captured = {
        name: 1 if isinstance(converter, IntConverter) else "x"
        for name, converter in entry.pattern.converters.items()
    }
    address = reverse(entry.name, kwargs=captured)
    response = getattr(Client(), method)(address)
    assert (response.status_code, response.url) == (302, f"{reverse('sign-in')}?next={address}")

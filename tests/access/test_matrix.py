"""Every address, for every role, for what is their own concern and for what is another's."""

import io
import zipfile
from inspect import signature
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from flsf.shared.accounts.enums import Role
from flsf.web.access import PUBLIC
from tests.access import matrix, world
from tests.access.objects import BY_ITSELF, SEES, captured_for, kind_of
from tests.factories import TODAY

EVERY = matrix.every()
ABOUT_SOMETHING = [one for one in EVERY.values() if matrix.takes(one) and one.name not in BY_ITSELF]
ABOUT_NOTHING = [one for one in EVERY.values() if not matrix.takes(one)]


@pytest.fixture
def made(db):
    return world.made()


def named(entry):
    return entry.name


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    book = zipfile.ZipFile(io.BytesIO(content))
    return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def names_told(response, role):
    """The children named in a page to somebody who may not know them."""
    told = text_of(response)
    return [
        side
        for side, name in world.NAMES.items()
        if name in told and (role is None or side not in SEES["child"][role])
    ]


def address(entry, thing):
    return reverse(entry.name, kwargs=captured_for(matrix.takes(entry), thing))


def test_what_a_role_sees_is_what_the_table_says(made):
    wrong = []
    for kind, role in product(SEES, Role):
        seen = {side for side in world.NAMES if sees(made.people[role], made.side(side), kind)}
        if seen != SEES[kind][role]:
            wrong.append(f"{role} sees {sorted(seen)} of {kind}")
    assert not wrong, "\n".join(wrong)


def sees(person, side, kind):
    thing = getattr(side, kind)
    asked = type(thing).objects.visible_to
    dated = "on" in signature(asked).parameters
    found = asked(person, on=TODAY) if dated else asked(person)
    return found.filter(pk=thing.pk).exists()


def test_an_address_opens_for_those_who_see_the_thing_and_nobody_else(made):
    wrong = []
    for role, person in made.people.items():
        client = as_(person)
        for entry, side in product(ABOUT_SOMETHING, world.NAMES):
            kind, may = kind_of(entry.name), matrix.may_open(entry, role)
            there = address(entry, getattr(made.side(side), kind))
            sees = may and (side in SEES[kind][role] or entry.callback.permission == PUBLIC)
            response = client.get(there)
            # An address for forms alone says so before it looks for the thing.
            allowed = {200, 302, 405, 410} if sees else {404, 405} if may else {403}
            if response.status_code not in allowed:
                wrong.append(f"{entry.name}, {role}, {side}: {response.status_code}")
            if names_told(response, role):
                wrong.append(f"{entry.name}, {role}, {side}: names {names_told(response, role)}")
            if not sees and client.post(there).status_code not in {403, 404, 405}:
                wrong.append(f"{entry.name}, {role}, {side}: a form sent there is not refused")
    assert not wrong, "\n".join(wrong)


def test_a_page_opens_for_the_roles_it_is_for_and_names_no_other_child(made):
    wrong = []
    for role, person in made.people.items():
        client = as_(person)
        for entry in ABOUT_NOTHING:
            response = client.get(reverse(entry.name))
            refused = response.status_code == 403
            if refused == matrix.may_open(entry, role) or response.status_code == 500:
                wrong.append(f"{entry.name}, {role}: {response.status_code}")
            if names_told(response, role):
                wrong.append(f"{entry.name}, {role}: names {names_told(response, role)}")
    assert not wrong, "\n".join(wrong)


def test_a_stranger_is_told_no_childs_name(made):
    wrong = []
    there = [(entry, reverse(entry.name)) for entry in ABOUT_NOTHING]
    there += [
        (entry, address(entry, getattr(made.side(side), kind_of(entry.name))))
        for entry, side in product(ABOUT_SOMETHING, world.NAMES)
    ]
    for entry, where in there:
        response = Client().get(where)
        if names_told(response, None):
            wrong.append(f"{where} names a child")
        is_sent_away = response.status_code == 302 and response.url.startswith(reverse("sign-in"))
        if entry.callback.permission != PUBLIC and not is_sent_away:
            wrong.append(f"{where}: {response.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("entry", EVERY.values(), ids=named)
def test_every_address_says_what_it_is_about(entry):
    assert not matrix.takes(entry) or entry.name in BY_ITSELF or kind_of(entry.name) in SEES


def test_the_readable_matrix_is_up_to_date():
    assert matrix.PAGE.read_text(encoding="utf-8") == matrix.table(), "run `make matrix`"

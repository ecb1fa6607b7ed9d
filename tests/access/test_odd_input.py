"""Odd input is answered, never broken on, by whoever sends it and wherever."""

import pytest
from django.test import Client
from django.urls import reverse

from flsf.casework.referrals.models import Draft
from flsf.shared.accounts.enums import Role
from tests.access import matrix, world

EVERY = matrix.every()
HUGE = "9" * 20


@pytest.fixture
def made(db):
    return world.made()


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def test_no_reference_with_a_character_that_cannot_be_stored_breaks_a_page(made):
    clients = {role: as_(person) for role, person in made.people.items()}
    broken = []
    for address, entry in EVERY.items():
        taken = matrix.takes(entry)
        role = next((one for one in Role if matrix.may_open(entry, one)), None)
        if not taken or "int" in address or role is None or entry.pattern.regex.groups == 0:
            continue
        odd = dict.fromkeys(taken, "\x00")
        try:
            there = reverse(entry.name, kwargs=odd)
        except Exception:  # noqa: BLE001 - the address itself refuses it: nothing to ask
            continue
        response = clients[role].get(there)
        if response.status_code != 404:
            broken.append(f"{entry.name}, {role}: {response.status_code}")
    assert broken == []


@pytest.mark.parametrize("page", ["-1", HUGE, "1e9", "last", ""])
def test_no_number_of_a_page_breaks_a_list(made, page):
    client = as_(made.people[Role.CASEWORKER])
    for name in ("child-list", "referral-list", "waiting-list", "placement-list"):
        assert client.get(f"{reverse(name)}?page={page}").status_code == 200


@pytest.mark.parametrize("session", ["0001-01-01-am", "9999-12-31-pm", "2026-02-30-am", "-am", "x"])
def test_no_day_in_the_address_of_a_session_breaks_it(made, session):
    client = as_(made.people[Role.PRACTITIONER])
    for name in ("session-mark", "session-worry"):
        there = reverse(name, kwargs={"ref": made.mine.placement.ref, "session": session})
        assert client.get(there).status_code in {200, 404}


@pytest.mark.parametrize("year", [HUGE, "-5", "0", "٢٠١٤", "2" * 6000, "²"])
def test_no_year_of_birth_breaks_the_form_or_the_pages_after_it(client, db, year):
    typed = {"birth_date-day": "4", "birth_date-month": "3", "birth_date-year": year}
    there = reverse("ask-step", kwargs={"slug": "birth-date"})
    assert client.post(there, typed).status_code in {200, 302}
    for slug in ("birth-date", "name", "who"):
        assert client.get(reverse("ask-step", kwargs={"slug": slug})).status_code == 200


def test_what_no_database_keeps_is_left_out_of_a_draft(client, db):
    there = reverse("ask-step", kwargs={"slug": "what-is-happening"})
    assert client.post(there, {"what_happens": "She\0 is worried", "\0": "x"}).status_code == 302
    assert Draft.objects.get().answers["what-is-happening"] == {"what_happens": ["She is worried"]}


@pytest.mark.parametrize("key", ["\0", "x" * 5000])
def test_no_key_of_an_officers_form_breaks_it(made, key):
    client = as_(made.people[Role.CASEWORKER])
    typed = {
        "first_name": "Ada",
        "last_name": "New",
        "birth_date-day": "4",
        "birth_date-month": "3",
        "birth_date-year": "2014",
        "ground": "send",
        "purpose": "statutory",
        "urgency": "planned",
        "care": "none",
        "sen_stage": "none",
        "first_aware_on-day": "1",
        "first_aware_on-month": "5",
        "first_aware_on-year": "2026",
        "what_happens": "Not able to attend",
        "what_helps": "Horses",
        "sent_once_key": key,
    }
    response = client.post(reverse("referral-new"), typed)
    assert response.status_code == 302, response.context["form"].errors


PUBLIC = ("directory-search", "directory-map", "directory-map-picture", "directory-saved", "ask")


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("part", ["service", "words", "postcode", "type", "age", "within", "page"])
def test_no_filter_of_a_strangers_breaks_a_public_page(client, db, name, part):
    for odd in ("9" * 5000, "-1", "'\"<script>", "\u0660"):
        assert client.get(reverse(name), {part: odd}).status_code == 200
    assert client.get(f"{reverse(name)}?{part}=%00").status_code == 400


def test_no_filter_with_a_character_that_cannot_be_stored_breaks_a_list(made):
    client = as_(made.people[Role.CASEWORKER])
    for name in ("child-list", "child-list-csv", "referral-list-json", "waiting-list"):
        assert client.get(f"{reverse(name)}?words=%00&page=%00").status_code == 400


@pytest.mark.parametrize("block", ["\u00b2", "9" * 5000, "-1", "\0", ""])
def test_no_number_of_a_part_of_the_bridge_breaks_it(made, block):
    client = as_(made.people[Role.FINANCE])
    assert client.post(reverse("bridge-take-out"), {"block": block}).status_code == 302

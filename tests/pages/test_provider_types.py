"""Of which types providers are (S18): asked, told, brought in, shown, counted."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.masks import of_mask, to_mask
from flsf.core.people import SYSTEM
from flsf.flows.release_round import release_round
from flsf.market.applications import rules as applying
from flsf.market.providers import actions
from flsf.market.providers.enums import NOT_SAID, ProviderType, Tag
from flsf.market.providers.models import Provider
from flsf.market.providers.rules import types_in_words
from flsf.shared.audit import queries as audit
from flsf.shared.imports.enums import Kind
from tests import factories_applications
from tests.factories import NOW, lot, member_of
from tests.factories_applications import applicant
from tests.factories_evaluation import AFTER, decided, scene
from tests.factories_imports import bring
from tests.factories_market import admitted, provider

pytestmark = pytest.mark.django_db

EDUCATION, THERAPY, COMMUNITY, NOT_FOR_PROFIT = ProviderType


def say(of, *types):
    actions.say_types(provider_id=of.pk, types=types, by=SYSTEM, at=NOW)


def manager_of(of):
    client = Client()
    client.force_login(member_of(of.organisation))
    return client


def text(response):
    assert response.status_code == 200
    return response.content.decode()


@given(st.sets(st.sampled_from(list(ProviderType))))
def test_every_set_of_types_is_told_by_its_words_and_by_no_other(types):
    words = types_in_words(to_mask(types))
    assert {one for one in ProviderType if one.label in words} == types
    assert (words == "None of the four") is (not types)


def test_nothing_is_known_of_a_provider_until_somebody_says():
    of = provider()
    assert (of.types_mask, of.types_words) == (None, "Not said yet")
    say(of)
    of.refresh_from_db()
    assert (of.types_mask, of.types_words) == (0, "None of the four")


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", {"Heron", "Otter", "Wren", "Lynx"}),
        ("therapy", {"Heron"}),
        ("education", {"Heron", "Otter"}),
        ("community", set()),
        (NOT_SAID, {"Wren"}),
        ("no-such", {"Heron", "Otter", "Wren", "Lynx"}),
    ],
)
def test_the_register_is_narrowed_to_a_type_or_to_those_who_have_not_said(
    officer_client, asked, names
):
    say(provider("Heron"), EDUCATION, THERAPY)
    say(provider("Otter"), EDUCATION)
    say(provider("Lynx"))
    provider("Wren")
    html = text(officer_client.get(reverse("provider-list"), {"type": asked}))
    assert {name for name in ("Heron", "Otter", "Wren", "Lynx") if name in html} == names
    rows = officer_client.get(reverse("provider-list-json"), {"type": asked}).json()["rows"]
    assert {row["name"] for row in rows} == names
    told = {row["name"]: row["types"] for row in rows}
    assert told.get("Heron", "Education professionals, Therapists") == (
        "Education professionals, Therapists"
    )


def test_an_officer_says_it_and_the_record_keeps_what_it_was(officer, officer_client):
    of = provider("Heron")
    address = reverse("provider-types", kwargs={"ref": of.ref})
    assert "On record now: not said yet" in text(officer_client.get(address))
    response = officer_client.post(address, {"types": ["therapy", "community"]})
    assert response.url == reverse("provider-page", kwargs={"ref": of.ref})
    assert "Therapists, Community based" in text(officer_client.get(response.url))
    assert 'value="therapy" checked' in text(officer_client.get(address))
    [entry] = audit.history_of(f"provider {of.ref}", person=officer).filter(tag=Tag.TYPES_SAID)
    assert entry.details == {"before": "Not said yet", "after": "Therapists, Community based"}
    assert entry.by_name == officer.name


def test_what_is_no_type_is_said_at_the_field_and_changes_nothing(officer_client):
    of = provider()
    address = reverse("provider-types", kwargs={"ref": of.ref})
    html = text(officer_client.post(address, {"types": ["education", "plumbers"]}))
    assert "There is a problem" in html
    of.refresh_from_db()
    assert of.types_mask is None


def test_a_provider_says_it_of_itself_and_of_nobody_else():
    mine, other = provider("Heron"), provider("Otter")
    client = manager_of(mine)
    assert "not said yet" in text(client.get(reverse("provider-compliance")))
    assert "not said yet" in text(client.get(reverse("own-types")))
    response = client.post(reverse("own-types"), {"types": ["not_for_profit"]})
    assert "voluntary or not for profit" in text(client.get(response.url))
    for one in (mine, other):
        one.refresh_from_db()
    assert (mine.types_mask, other.types_mask) == (NOT_FOR_PROFIT.bit, None)


def test_many_are_told_at_once_and_only_what_changed_is_on_record(officer):
    same, new = provider(), provider()
    say(same, THERAPY)
    masks = {same.pk: THERAPY.bit, new.pk: EDUCATION.bit}
    assert actions.say_types_many(masks=masks, by=SYSTEM, at=NOW) == 1
    history = audit.history_of(f"provider {new.ref}", person=officer)
    assert history.filter(tag=Tag.TYPES_SAID).count() == 1
    new.refresh_from_db()
    assert new.types_mask == EDUCATION.bit


def test_what_an_applicant_says_is_on_the_register_once_it_is_accepted(monkeypatch):
    monkeypatch.setitem(factories_applications.CHARITY, "types", ["community", "not_for_profit"])
    at = scene()
    known = provider("Kind Steps of old")
    decided(at, applicant())
    decided(at, applicant(known.organisation))
    release_round(round_of=at.round(AFTER.date()), by=at.director, at=AFTER)
    found = {one.name: of_mask(ProviderType, one.types_mask) for one in Provider.objects.all()}
    assert found == {
        "Kind Steps": [COMMUNITY, NOT_FOR_PROFIT],
        "Kind Steps of old": [COMMUNITY, NOT_FOR_PROFIT],
    }


@pytest.mark.parametrize(
    ("said", "mask"),
    [
        (None, None),
        ([], None),
        (["education"], EDUCATION.bit),
        (["therapy", "robots"], THERAPY.bit),
        ("education", None),
    ],
)
def test_an_answer_says_nothing_that_was_not_said(said, mask):
    assert applying.provider_facts({"types": said}, name="X").types_mask == mask


def test_a_sheet_brings_types_in_and_says_which_word_it_does_not_know():
    report = bring(
        Kind.PROVIDERS,
        "Provider,Type of provider\n"
        'Heron,"Therapists; not for profit"\n'
        "Otter,none\n"
        "Wren,\n"
        "Lynx,plumbers\n",
    )
    found = {one.name: one.types_words for one in Provider.objects.all()}
    assert found == {
        "Heron": "Therapists, Voluntary or not for profit",
        "Otter": "None of the four",
        "Wren": "Not said yet",
    }
    [problem] = report.problems
    assert (problem.row, "“plumbers”" in problem.reason) == (5, True)


def test_a_file_of_the_register_can_be_brought_back_in(officer_client):
    say(provider("Heron"), *ProviderType)
    say(provider("Lynx"))
    rows = officer_client.get(reverse("provider-list-json")).json()["rows"]
    sheet = "".join(f'{row["name"]},"{row["types"]}"\n' for row in rows)
    report = bring(Kind.PROVIDERS, f"Provider,Type of provider\n{sheet}")
    assert (report.counts.same, report.problems) == (2, [])


def test_anybody_reads_how_wide_the_range_of_providers_is(client):
    inside = lot("Mentoring")
    for name, types in (("Heron", (EDUCATION, THERAPY)), ("Otter", (EDUCATION,)), ("Lynx", ())):
        one = provider(name)
        say(one, *types)
        admitted(one, in_lot=inside)
    admitted(provider("Wren"), in_lot=inside)
    say(provider("Outside the pool"), THERAPY)
    rows = json.loads(client.get(reverse("market-by-type-json")).content)["rows"]
    assert [(row["words"], row["pool"], row["share"]) for row in rows] == [
        ("Education professionals", 2, "50%"),
        ("Therapists", 1, "25%"),
        ("Community based", 0, "0%"),
        ("Voluntary or not for profit", 0, "0%"),
        ("None of the four", 1, "25%"),
        ("Not said yet", 1, "25%"),
    ]
    assert "Education professionals" in text(client.get(reverse("market")))
    assert "Education professionals" in text(client.get(reverse("market-by-type")))

"""A change of the commercial model, by clicking: rehearsed, undone, done again, confirmed."""

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.flows import change_model as flow
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.framework.enums import CommercialModel
from flsf.market.agreements import queries as agreements
from flsf.shared.accounts.enums import Role
from tests import factories
from tests.factories import NOW, TODAY
from tests.factories_exclusions import entry, listed
from tests.factories_market import admitted, provider

pytestmark = pytest.mark.django_db


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def day(name, on):
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


@pytest.fixture
def running():
    made = factories.made_framework()
    lot = factories.lot(inside=made)
    for name in ("Ash", "Birch"):
        admitted(provider(name), in_lot=lot)
    return made


def asked(**changed):
    usual = {"after": "open_framework", "authority": "Director", "reason": "Guidance is clear."}
    return usual | day("takes_effect_on", TODAY) | changed


def step(name, ref, **captured):
    return reverse(f"transition-{name}", kwargs={"ref": ref} | captured)


CHECKED = day("debarment_seen_on", TODAY) | {"debarment_version": "15 May 2026"}


def rehearsed(framework, after=CommercialModel.OPEN_FRAMEWORK):
    return flow.rehearse(
        framework_id=framework.pk,
        after=after,
        takes_effect_on=TODAY,
        authority="Director",
        reason="Guidance is clear.",
        by=SYSTEM,
        at=NOW,
    )


def test_rehearse_carry_out_undo_carry_out_and_confirm_by_clicking(officer_client, running):
    seen = officer_client.post(reverse("model-rehearse"), asked())
    ref = seen.url.rstrip("/").rpartition("/")[2]
    html = text(officer_client.get(seen.url))
    for words in ("Nothing has changed yet", "2 providers get a letter", "Issued again: 2", "UK11"):
        assert words in html
    assert "Ash" in text(officer_client.get(step("lines", ref)))
    assert officer_client.post(step("carry-out", ref), CHECKED).url == seen.url
    html = text(officer_client.get(seen.url))
    for words in ("Nobody has been told yet", "Proof that no placement changed", "15 May 2026"):
        assert words in html
    assert officer_client.post(step("undo", ref), {"reason": "Not yet."}).url == seen.url
    assert "Undone: Not yet." in text(officer_client.get(seen.url))
    again = officer_client.post(reverse("model-rehearse"), asked()).url
    ref = again.rstrip("/").rpartition("/")[2]
    officer_client.post(step("carry-out", ref), CHECKED)
    html = text(officer_client.get(step("confirm", ref)))
    for words in ("2 providers get a letter today", "0 children stay", "cannot be undone"):
        assert words in html
    officer_client.post(step("confirm", ref))
    assert "2 providers are written to" in text(officer_client.get(again))
    assert frameworks.model_on(running.pk, on=TODAY) is CommercialModel.OPEN_FRAMEWORK
    html = text(officer_client.get(reverse("model-rehearse")))
    assert "Undone" in html
    assert "Confirmed" in html


def test_a_provider_is_left_out_and_taken_back_in(officer_client, running):
    ref = rehearsed(running)
    line = step("line", ref, number=1)
    assert "Select what has happened" in text(officer_client.post(line, {}))
    said = {"outcome": "opted_out", "reason": "By letter."}
    assert officer_client.post(line, said).url == step("lines", ref)
    html = text(officer_client.get(step("lines", ref)))
    assert "Opted out" in html
    assert "By letter." in html
    assert officer_client.post(line, {"back": "1"}).url == step("lines", ref)
    assert "Opted out" not in text(officer_client.get(step("lines", ref)))


def test_what_stands_in_the_way_is_said_and_what_was_typed_stays(officer_client, running):
    html = text(officer_client.post(reverse("model-rehearse"), asked(after="pseudo_dps")))
    assert "works so already" in html
    assert "Guidance is clear." in html
    assert "Select a commercial model" in text(
        officer_client.post(reverse("model-rehearse"), asked(after=""))
    )
    ref = rehearsed(running)
    late = CHECKED | day("debarment_seen_on", TODAY.replace(day=1))
    assert "Check the debarment list on the day" in text(
        officer_client.post(step("carry-out", ref), late)
    )
    admitted(provider("Cedar"), in_lot=running.lots.get())
    assert "changed since the rehearsal" in text(
        officer_client.post(step("carry-out", ref), CHECKED)
    )
    assert "not carried out" in text(officer_client.post(step("undo", ref), {"reason": "Why."}))
    officer_client.post(step("confirm", ref))
    assert "not carried out" in text(officer_client.get(step("page", ref)))


def test_nobody_rolls_over_who_may_be_debarred(officer_client, running):
    listed(entry("Ash"))
    ref = rehearsed(running)
    html = text(officer_client.get(step("carry-out", ref)))
    assert 'value="List' in html
    html = text(officer_client.post(step("carry-out", ref), CHECKED))
    assert "perhaps on the debarment list: Ash." in html
    lines = {one.admission.provider.name: one.number for one in queries_of(ref)}
    said = {"outcome": "excluded", "reason": "On the list."}
    officer_client.post(step("line", ref, number=lines["Ash"]), said)
    assert officer_client.post(step("carry-out", ref), CHECKED).url == step("page", ref)


def queries_of(ref):
    change = agreements.with_ref(ref, person=SYSTEM)
    return agreements.lines(change.id, person=SYSTEM)


def test_others_read_it_and_change_nothing(running):
    ref = rehearsed(running)
    client = Client()
    client.force_login(factories.council_member(Role.DIRECTOR))
    assert step("carry-out", ref) not in text(client.get(step("page", ref)))
    for name in ("carry-out", "undo", "confirm"):
        assert client.post(step(name, ref)).status_code == 403


def test_one_agreement_costs_as_many_questions_as_three(
    officer_client, running, django_assert_num_queries
):
    ref = rehearsed(running)
    for _ in range(2):
        # Session, person, memberships; the change twice, each with its steps and lines; the
        # agreements counted and read.
        with django_assert_num_queries(11):
            officer_client.get(step("lines", ref))
        admitted(provider(), in_lot=running.lots.get())
        ref = rehearsed(running)


def test_an_unknown_change_is_not_found(officer_client, running):
    assert officer_client.get(step("page", "T-XXXXX")).status_code == 404
    assert officer_client.get(step("line", rehearsed(running), number=9)).status_code == 404

from datetime import date, timedelta

import pytest
from django.test import Client

from flsf.core import clock
from flsf.core.half_days import Half
from flsf.core.people import SYSTEM
from flsf.delivery.attendance import actions as attendance
from flsf.delivery.attendance.enums import AbsentBecause, Came
from flsf.delivery.attendance.rules import Facts
from flsf.delivery.placements.enums import Status
from flsf.oversight.concerns import actions as concerns
from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.shared.accounts.rules import HELD_AT
from flsf.shared.audit.models import RecordView
from tests import factories_delivery as made
from tests.factories import NOW, TODAY, council_member

pytestmark = pytest.mark.django_db

UNEXPLAINED = Facts(came=Came.NO, absent_because=AbsentBecause.NOT_KNOWN)


def client_of(role):
    client = Client()
    client.force_login(council_member(role))
    return client


@pytest.fixture
def caseworker():
    return client_of(Role.CASEWORKER)


@pytest.fixture
def lead():
    return client_of(Role.SAFEGUARDING)


def page(client, address, **data):
    response = client.post(address, data, follow=True) if data else client.get(address)
    return response.content.decode()


def day_of(day, name):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_the_list_names_a_child_only_to_whoever_may_see_it(caseworker):
    placement = made.running()
    assert "Ada Marsh" in page(caseworker, "/placements/")
    by_reference = page(client_of(Role.QUALITY), "/placements/")
    assert placement.ref in by_reference
    assert f"Child {placement.child.ref}" in by_reference
    assert "Ada" not in by_reference


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("name", ["placements", "attendance/exceptions"])
def test_lists_come_as_files(caseworker, name, ending):
    made.running()
    assert caseworker.get(f"/{name}.{ending}").status_code == 200


def test_the_list_asks_the_same_questions_however_long(caseworker, django_assert_num_queries):
    made.running()
    caseworker.get("/placements/")
    for _ in range(2):
        with django_assert_num_queries(7):
            caseworker.get("/placements/")
        made.running()
        made.running()


def test_the_page_shows_terms_marks_and_what_happened(caseworker):
    placement = made.running()
    attendance.mark(
        placement_id=placement.pk, day=TODAY, half=Half.AM, facts=UNEXPLAINED, by=SYSTEM, at=NOW
    )
    shown = page(caseworker, f"/placements/{placement.ref}/")
    assert "Ada Marsh" in shown
    assert "Reason not yet known" in shown
    assert "Active from 20 April 2026" in shown
    assert RecordView.objects.filter(subject=f"child {placement.child.ref}").exists()


def test_an_officer_holds_takes_up_and_ends(caseworker):
    placement = made.running()
    address = f"/placements/{placement.ref}/"
    said = {"status": "on_hold", "reason": "In hospital"} | day_of(TODAY, "from_day")
    assert "On hold" in page(caseworker, f"{address}hold/", **said)
    refused = page(caseworker, f"{address}hold/", **said)
    assert "cannot move to that status" in refused
    again = {"status": "active", "reason": "Home again"} | day_of(TODAY, "from_day")
    page(caseworker, f"{address}hold/", **again)
    ended = {"reason": "Back at school"} | day_of(TODAY, "last_day")
    assert "Back at school" in page(caseworker, f"{address}stop/", **ended)
    assert placement.changes.order_by("pk").last().status == Status.ENDED


def test_only_officers_of_the_child_change_a_placement():
    placement = made.running()
    for name in ("hold", "stop"):
        quality = client_of(Role.QUALITY)
        assert quality.get(f"/placements/{placement.ref}/{name}/").status_code == 403


def test_what_is_out_of_order_is_listed_by_kind(caseworker):
    placement = made.running()
    attendance.mark(
        placement_id=placement.pk, day=date(2026, 5, 13), half=Half.AM, facts=UNEXPLAINED,
        by=SYSTEM, at=NOW,
    )  # fmt: skip
    shown = page(caseworker, "/attendance/exceptions/")
    assert "Absence not explained" in shown
    assert "19 May 2026" in shown  # the fifth school day from 13 May
    assert "11 May 2026, morning" in shown
    assert "15 May 2026, morning" not in shown
    only = page(caseworker, "/attendance/exceptions/?kind=Absence+not+explained")
    assert "11 May 2026, morning" not in only


def test_todays_session_is_missing_from_six_in_the_evening(caseworker):
    made.running()
    with clock.stopped_at(NOW + timedelta(hours=8)):
        assert "15 May 2026, afternoon" in page(caseworker, "/attendance/exceptions/")


def test_a_running_placement_with_nothing_held_for_five_days_is_a_gap(caseworker):
    placement = made.running()
    assert "No session for five school days" in page(caseworker, "/attendance/exceptions/")
    attendance.mark(
        placement_id=placement.pk, day=date(2026, 5, 11), half=Half.AM, facts=made.CAME,
        by=SYSTEM, at=NOW,
    )  # fmt: skip
    listed = page(caseworker, "/attendance/exceptions/?kind=No+session+for+five+school+days")
    assert "Nothing is out of order" in listed


def raised(placement=None, **more):
    placement = placement or made.running()
    return concerns.raise_concern(
        child_id=placement.child_id,
        placement_id=placement.pk,
        **({"words": "Bruises on both arms."} | more),
        by=made.mentor(placement),
        at=NOW,
    )


def test_a_concern_is_taken_noted_and_closed(lead):
    concern = raised()
    address = f"/concerns/{concern.ref}/"
    assert concern.ref in page(lead, "/concerns/")
    assert "Bruises" in page(lead, address)
    page(lead, address, verb="take")
    assert "Say what was done" in page(lead, address, verb="note", words="")
    page(lead, address, verb="note", words="Spoke to the school.")
    assert "Say what came of it" in page(lead, address, verb="close", outcome="")
    closed = page(lead, address, verb="close", outcome="Referred to social care.")
    assert "Spoke to the school." in closed
    assert "Referred to social care." in closed


def test_two_leads_at_one_concern_are_told(lead):
    concern = raised()
    page(lead, f"/concerns/{concern.ref}/", verb="take")
    other = client_of(Role.SAFEGUARDING)
    told = page(other, f"/concerns/{concern.ref}/", verb="take")
    assert "Somebody else is handling this concern." in told


def test_an_allegation_about_an_adult_has_one_working_day(lead):
    concern = raised(is_about_an_adult=True)
    address = f"/concerns/{concern.ref}/"
    assert "Tell the LADO by 18 May 2026." in page(lead, address)
    with clock.stopped_at(NOW + timedelta(days=4)):
        assert "The day to tell the LADO has passed" in page(lead, address)


@pytest.mark.parametrize(
    "role",
    sorted(
        {
            one
            for one in Role
            if HELD_AT.get(one, OrganisationKind.COUNCIL) is OrganisationKind.COUNCIL
        }
        - {Role.SAFEGUARDING}
    ),
)
def test_nobody_else_in_the_council_reads_concerns(role):
    concern, client = raised(), client_of(role)
    for address in ("/concerns/", "/concerns.csv", f"/concerns/{concern.ref}/"):
        assert client.get(address).status_code == 403


def test_whoever_raised_it_does_not_read_it():
    concern = raised()
    client = Client()
    client.force_login(concern.raised_by)
    assert client.get(f"/concerns/{concern.ref}/").status_code == 403


def test_the_lead_sees_who_is_with_a_provider_now(lead):
    placement = made.running()
    address = f"/concerns/providers/{placement.provider.ref}/"
    shown = page(lead, address)
    assert "Ada Marsh" in shown
    assert lead.get(f"{address[:-1]}.csv").status_code == 200
    assert lead.get("/concerns/providers/P-NONE2/").status_code == 404

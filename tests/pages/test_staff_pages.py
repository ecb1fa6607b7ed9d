"""Who works for a provider, on each person's pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.casework.children.enums import Basis, Detail
from flsf.core.half_days import Half
from flsf.core.people import SYSTEM
from flsf.delivery.attendance import actions as attendance
from flsf.delivery.attendance import queries as attended
from flsf.delivery.attendance.rules import Facts
from flsf.market.staff import queries as staff
from flsf.market.staff.models import Member
from flsf.shared.accounts.enums import Role
from flsf.shared.notify.models import Message
from tests.factories import NOW, TODAY, council_member, member_of
from tests.factories_casework import disclosed, school, senco
from tests.factories_delivery import disclosed as disclosed_to_provider
from tests.factories_delivery import manager, mentor, running
from tests.factories_market import provider

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def as_(role):
    return client_of(council_member(role))


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def days(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


@pytest.fixture
def of():
    return provider("Heron Trust")


@pytest.fixture
def lead(of):
    return member_of(of.organisation)


# Who works there


def adding(**changed):
    said = {"name": "Robin Ellwood", "role": "mentor", "unsupervised": "yes"}
    return said | days("since", TODAY - 3 * DAY) | changed


def checking(code, **changed):
    said = {"code": code, "seen_by": "Nadia Hussain"} | days("checked_on", TODAY - 9 * DAY)
    if code == "dbs":
        said |= {"number": "001234567890", "level": "enhanced_barred"}
        said |= days("expires_on", TODAY + 300 * DAY)
    return said | changed


STAFF = reverse("provider-staff")


def listed(lead, **changed):
    client_of(lead).post(reverse("staff-add"), adding(**changed))
    return Member.objects.latest("pk")


def at(name, one):
    return reverse(name, kwargs={"ref": one.ref})


def check_all(lead, one):
    for check in staff.with_ref(one.ref, person=SYSTEM, on=TODAY).checks:
        assert client_of(lead).post(at("staff-check", one), checking(check.code)).url == STAFF


def test_a_new_worker_goes_from_listed_to_checked_to_confirmed(of, lead):
    client, quality = client_of(lead), as_(Role.QUALITY)
    one = listed(lead)
    html = text(client.get(STAFF))
    assert "Enhanced DBS check, Identity" in html
    assert at("member-confirm", one) not in text(quality.get("/my-work/"))
    check_all(lead, one)
    assert "The council has not confirmed them yet" in text(client.get(STAFF))
    confirm = at("member-confirm", one)
    assert confirm in text(quality.get("/my-work/"))
    assert "Enhanced DBS check" in text(quality.get(confirm))
    assert (
        quality.post(confirm, {"confirmation": "confirmed", "reason": "Sampled."}).status_code
        == 302
    )
    assert "Confirmed by" in text(quality.get(reverse("staff-of", kwargs={"ref": of.ref})))
    assert "The council has not confirmed" not in text(client.get(STAFF))
    assert confirm not in text(quality.get("/my-work/"))


def test_not_yet_is_told_to_the_provider(of, lead):
    one = listed(lead)
    said = {"confirmation": "not_confirmed", "reason": "Send us the references."}
    as_(Role.QUALITY).post(at("member-confirm", one), said)
    assert "Send us the references." in text(client_of(lead).get(STAFF))


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({}, "Enter their name"),
        ({}, "Select whether they are ever alone with a child"),
        (adding(name="Robin Ellwood"), "on the staff register already"),
        (adding(name="Sam", **{"since-year": ""}), "must include a year"),
    ],
)
def test_adding_says_what_is_wrong(of, lead, said, missing):
    listed(lead)
    html = text(client_of(lead).post(reverse("staff-add"), said))
    assert missing in html
    assert said.get("name", "") in html


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({}, "Select which check"),
        (checking("dbs", number="No convictions"), "has 12 digits"),
        (checking("dbs", level=""), "Select the level"),
        (checking("identity", seen_by=""), "Enter who saw it"),
        (checking("identity", **days("checked_on", TODAY + DAY)), "cannot be in the future"),
    ],
)
def test_recording_a_check_says_what_is_wrong(of, lead, said, missing):
    one = listed(lead)
    assert missing in text(client_of(lead).post(at("staff-check", one), said))


def test_confirming_says_what_is_wrong(of, lead):
    one = listed(lead)
    quality = as_(Role.QUALITY)
    confirm = at("member-confirm", one)
    assert "Select whether they may be alone" in text(quality.post(confirm, {}))
    html = text(quality.post(confirm, {"confirmation": "confirmed", "reason": "Sampled."}))
    assert "Not yet: Robin Ellwood" in html
    assert "Sampled." in html


def with_pupil(of_placement):
    place = school("Alder Hill School")
    disclosed(
        of_placement.child,
        organisation_id=place.organisation_id,
        basis=Basis.ON_ROLL,
        detail=Detail.FULL,
    )
    of_placement.child.school = place
    of_placement.child.save(update_fields=["school"])
    return senco(place)


def test_a_letter_is_given_and_read_by_a_school_with_a_child_there_and_no_other():
    placement = running()
    head = manager(placement)
    teacher, other = with_pupil(placement), senco(school("Beck Side School"))
    page, mine = reverse("own-letter"), client_of(head)
    assert "Nobody is on the staff register" in text(mine.post(page, follow=True))
    one = listed(head, unsupervised="no")
    assert "Not in date" in text(mine.get(page))
    check_all(head, one)
    assert "No letter holds today" in text(mine.get(page))
    assert "Robin Ellwood" in text(mine.post(page, follow=True))
    letter = reverse("placement-letter", kwargs={"ref": placement.ref})
    assert letter in text(client_of(teacher).get(reverse("school-providers")))
    assert "Robin Ellwood" in text(client_of(teacher).get(letter))
    assert client_of(other).get(letter).status_code == 404
    assert "No pupil of yours" in text(client_of(other).get(reverse("school-providers")))
    council = text(
        as_(Role.CASEWORKER).get(reverse("staff-of", kwargs={"ref": placement.provider.ref}))
    )
    assert "holds until" in council


def test_without_a_letter_the_school_is_told_so():
    placement = running()
    teacher = client_of(with_pupil(placement))
    letter = reverse("placement-letter", kwargs={"ref": placement.ref})
    assert "No letter holds today" in text(teacher.get(reverse("school-providers")))
    assert "No letter holds today" in text(teacher.get(letter))


@pytest.mark.parametrize("many", [1, 3])
def test_a_schools_list_costs_the_same_for_one_and_three(many, django_assert_num_queries):
    place = school()
    for _ in range(many):
        placement = running()
        disclosed(
            placement.child,
            organisation_id=place.organisation_id,
            basis=Basis.ON_ROLL,
            detail=Detail.FULL,
        )
    client = client_of(senco(place))
    # Session, person, memberships; placements; letters.
    with django_assert_num_queries(5):
        text(client.get(reverse("school-providers")))


def test_a_change_of_staff_alone_with_children_is_told_to_schools_and_commissioners():
    placement = running()
    head, teacher = manager(placement), with_pupil(placement)
    commissioner = council_member(Role.COMMISSIONER)
    one = listed(head)
    told_to = set(
        Message.objects.filter(template="staff-changed").values_list("address", flat=True)
    )
    assert told_to == {teacher.email, commissioner.email}
    page = at("staff-leave", one)
    assert "Enter their last day" in text(client_of(head).post(page, {}))
    assert client_of(head).get(page).status_code == 200
    client_of(head).post(page, days("last_day", TODAY))
    assert Message.objects.filter(template="staff-changed").count() == 4
    assert "left already" in text(client_of(head).post(page, days("last_day", TODAY)))
    assert "Robin" not in str(list(Message.objects.values_list("details", flat=True)))


def test_somebody_beside_others_is_no_matter_for_a_message():
    placement = running()
    listed(manager(placement), unsupervised="no")
    assert not Message.objects.filter(template="staff-changed").exists()


def test_a_session_without_cover_is_flagged_that_day_to_the_council_and_the_provider():
    placement = running()
    disclosed_to_provider(placement)
    worker = mentor(placement)
    attendance.mark(
        placement_id=placement.pk, day=TODAY, half=Half.AM, facts=Facts(), by=worker, at=NOW
    )
    [one] = attended.uncovered([placement.pk], TODAY, TODAY)
    assert (one.name, one.why) == (worker.name, "Not on the staff register")
    for role in (Role.QUALITY, Role.SAFEGUARDING):
        html = text(as_(role).get("/my-work/"))
        assert "1 session was given by somebody without current checks" in html
    html = text(as_(Role.QUALITY).get(reverse("placement-page", kwargs={"ref": placement.ref})))
    assert f"{worker.name}: Not on the staff register" in html
    html = text(client_of(manager(placement)).get("/provider/"))
    assert "Sessions by somebody without current checks (1)" in html


@pytest.mark.parametrize("many", [1, 3])
def test_ones_own_people_cost_the_same_for_one_and_three(of, lead, many, django_assert_num_queries):
    for number in range(many):
        listed(lead, name=f"Person {number}")
    client = client_of(lead)
    # Session, person, memberships; the provider; people, checks, needs; the letter; what is asked.
    with django_assert_num_queries(9):
        text(client.get(STAFF))


@pytest.mark.parametrize(
    ("name", "said", "says", "field"),
    [
        (
            "staff-check",
            days("checked_on", TODAY + DAY),
            "cannot be in the future",
            "checked_on-day",
        ),
        (
            "staff-check",
            days("expires_on", TODAY - 10 * DAY),
            "must not be before",
            "expires_on-day",
        ),
        ("staff-check", {"number": "12"}, "has 12 digits", "number"),
        ("staff-leave", days("last_day", TODAY - 9 * DAY), "must not be before", "last_day-day"),
    ],
)
def test_what_is_refused_of_staff_is_said_at_its_field(of, lead, name, said, says, field):
    one = listed(lead)
    html = text(client_of(lead).post(at(name, one), checking("dbs") | said))
    assert says in html
    assert f'<a href="#id_{field}">' in html

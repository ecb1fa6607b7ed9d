from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.casework.children import actions as children
from flsf.casework.children.enums import Basis, Detail
from flsf.casework.children.models import Disclosure
from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.delivery.attendance.enums import Came
from flsf.delivery.attendance.models import Correction, Mark
from flsf.delivery.outcomes import actions as outcomes
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements.enums import Status
from flsf.flows.end_placement import end_placement
from flsf.oversight.concerns.models import Concern
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import RecordView
from tests import factories_delivery as made
from tests.factories import NOW, TODAY, council_member, member_of

pytestmark = pytest.mark.django_db

ON_TIME = {"held": "yes", "came": "yes", "seen": ""}


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def placement():
    made_one = made.running()
    made.disclosed(made_one)
    return made_one


@pytest.fixture
def mentor(placement):
    return client_of(made.mentor(placement))


@pytest.fixture
def manager(placement):
    return client_of(made.manager(placement))


def address(placement, code="2026-05-15-am", name="session-mark"):
    return reverse(name, kwargs={"ref": placement.ref, "session": code})


def text(response):
    return response.content.decode()


def test_today_shows_the_days_sessions_and_those_nobody_marked(mentor, placement):
    page = text(mentor.get("/provider/today/"))
    assert "Ada Marsh" in page
    assert address(placement) in page
    assert address(placement, "2026-05-13-am") in page
    assert "Not marked yet" in page


def test_todays_page_asks_the_same_questions_however_many_children(
    placement, django_assert_num_queries
):
    person = made.mentor(placement)
    client = client_of(person)
    client.get("/provider/today/")
    for _ in range(2):
        with django_assert_num_queries(15):
            client.get("/provider/today/")
        for _ in range(2):
            other = made.running(at_service=placement.service)
            made.disclosed(other)
            placements.name_worker(
                placement_id=other.pk, user_id=person.pk, since=made.BEGAN, by=SYSTEM, at=NOW
            )


def test_a_session_is_marked_with_three_answers(mentor, placement):
    response = mentor.post(address(placement), ON_TIME, follow=True)
    assert response.redirect_chain == [("/provider/today/", 302)]
    assert "Saved: Ada Marsh, morning." in text(response)
    mark = Mark.objects.get()
    assert (mark.came, mark.minutes, mark.school_code, mark.source) == ("yes", 120, "K", "phone")


def test_reasons_left_over_from_a_changed_answer_do_no_harm(mentor, placement):
    mentor.post(
        address(placement),
        ON_TIME | {"not_held_because": "site", "absent_because": "illness", "minutes_late": "5"},
    )
    mark = Mark.objects.get()
    assert (mark.not_held_because, mark.absent_because, mark.minutes_late) == ("", "", 0)


@pytest.mark.parametrize(
    ("answers", "says", "field"),
    [
        ({"held": ""}, "Say whether the session happened", "held"),
        ({"came": ""}, "Say whether they came", "came"),
        ({"came": "no"}, "Say why the child did not come", "absent_because"),
        ({"came": "late"}, "Say how many minutes late", "minutes_late"),
        ({"held": "no", "came": "no"}, "Say why the session did not happen", "not_held_because"),
        ({"came": "late", "minutes_late": "soon"}, "Enter a whole number", "minutes_late"),
    ],
    ids=str,
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    mentor, placement, answers, says, field
):
    page = text(mentor.post(address(placement), ON_TIME | {"note": "Kept words"} | answers))
    assert says in page
    assert f'href="#id_{field}' in page
    assert "Kept words" in page
    assert "<title>Error: " in page.replace("\n", "").replace("  ", "")
    assert Mark.objects.count() == 0


def test_a_session_to_come_is_refused(mentor, placement):
    page = text(mentor.post(address(placement, "2026-05-18-am"), ON_TIME))
    assert "has not begun" in page
    assert Mark.objects.count() == 0


def test_an_old_session_asks_why_it_is_marked_so_late(mentor, placement):
    code = "2026-05-06-am"
    assert "Why is it marked so late?" in text(mentor.get(address(placement, code)))
    page = text(mentor.post(address(placement, code), ON_TIME))
    assert 'href="#id_late_reason"' in page
    mentor.post(address(placement, code), ON_TIME | {"late_reason": "I was ill"})
    assert Mark.objects.get().late_reason == "I was ill"


def test_a_session_outside_the_timetable_asks_who_agreed(mentor, placement):
    code = "2026-05-14-am"
    page = text(mentor.post(address(placement, code), ON_TIME | {"minutes": "45"}))
    assert 'href="#id_agreed_by"' in page
    said = {"minutes": "45", "agreed_by": "Mr Patel"}
    mentor.post(address(placement, code), ON_TIME | said)
    assert Mark.objects.get().is_extra


def test_a_second_hand_sees_both_and_is_asked(mentor, manager, placement):
    manager.post(address(placement), ON_TIME)
    second = {"held": "yes", "came": "no", "absent_because": "illness", "seen": ""}
    page = text(mentor.post(address(placement), second))
    assert "Somebody marked this session before you" in page
    assert "Why are you changing what it says?" in page
    mark = Mark.objects.get()
    assert mark.came == Came.YES
    again = second | {"seen": str(mark.pk)}
    assert 'href="#id_reason"' in text(mentor.post(address(placement), again))
    mentor.post(address(placement), again | {"reason": "The parent rang."})
    assert Mark.objects.get().came == Came.NO
    assert Correction.objects.get().reason == "The parent rang."


def test_a_marked_session_opens_with_what_it_says(mentor, placement):
    mentor.post(address(placement), ON_TIME | {"note": "Read two chapters"})
    page = text(mentor.get(address(placement)))
    assert "It now says" in page
    assert "Read two chapters" in page


def test_goals_are_ticked_with_the_mark(mentor, placement):
    goal = outcomes.set_goal(
        placement_id=placement.pk, words="Read aloud", baseline=2, target=6, set_on=TODAY,
        by=SYSTEM, at=NOW,
    )  # fmt: skip
    mentor.post(address(placement), ON_TIME | {f"goal_{goal.pk}": "forward"})
    page = text(mentor.get(f"/provider/placements/{placement.ref}/"))
    assert "Began at 2, now 3, aim 6 of 10." in page


def test_a_worry_leads_to_a_form_of_its_own_and_stays_in_sight_until_told(mentor, placement):
    response = mentor.post(address(placement), ON_TIME | {"worried": "on"})
    worry = address(placement, name="session-worry")
    assert response.url == worry
    assert "You told us you are worried" in text(mentor.get("/provider/today/"))
    told = mentor.post(worry, {"words": "Bruises", "in_danger_now": "on"}, follow=True)
    concern = Concern.objects.get()
    assert concern.ref in text(told)
    assert (concern.words, concern.in_danger_now) == ("Bruises", True)
    assert "You told us you are worried" not in text(mentor.get("/provider/today/"))
    assert "Bruises" not in text(mentor.get(f"/provider/placements/{placement.ref}/"))


def test_a_worry_can_be_handed_over_but_not_dropped(mentor, placement):
    worry = address(placement, name="session-worry")
    assert "Say what has worried you" in text(mentor.post(worry, {"words": ""}))
    assert "Write the name" in text(mentor.post(worry, {"hand-over": "yes", "over-told": ""}))
    assert "You told us you are worried" in text(mentor.get("/provider/today/"))
    mentor.post(worry, {"hand-over": "yes", "over-told": "Jo Lead"})
    assert "Jo Lead" in Concern.objects.get().words


def test_who_looked_is_on_the_record(mentor, placement):
    mentor.get(address(placement))
    looked = RecordView.objects.get(page="session-mark")
    assert looked.subject == f"child {placement.child.ref}"


def test_another_worker_of_the_provider_is_not_let_in(placement):
    other = client_of(member_of(placement.provider.organisation, Role.PRACTITIONER))
    assert other.get(address(placement)).status_code == 404
    assert other.get(f"/provider/placements/{placement.ref}/").status_code == 404
    assert "Ada" not in text(other.get("/provider/today/"))


def test_another_provider_is_not_let_in(placement):
    other = client_of(made.manager(made.running()))
    for path in (address(placement), f"/provider/placements/{placement.ref}/"):
        assert other.get(path).status_code == 404
    assert "Ada" not in text(other.get("/provider/placements/"))


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.SAFEGUARDING, Role.COUNCILLOR])
def test_council_staff_do_not_mark_sessions(placement, role):
    assert client_of(council_member(role)).get(address(placement)).status_code == 403


def test_the_day_it_closes_the_provider_sees_nothing(placement, manager):
    assert "Ada" in text(manager.get("/provider/placements/"))
    end_placement(
        placement_id=placement.pk, last_day=TODAY, reason="Back at school", by=SYSTEM, at=NOW
    )
    with clock.stopped_at(NOW + timedelta(days=1)):
        assert "Ada" not in text(manager.get("/provider/placements/"))
        assert manager.get(f"/provider/placements/{placement.ref}/").status_code == 404
        assert manager.get(address(placement)).status_code == 404


def test_a_code_that_names_no_session_is_not_found(mentor, placement):
    for code in ("tomorrow", "2026-02-30-am", "2026-05-15-xx"):
        assert mentor.get(address(placement, code)).status_code == 404


def test_to_do_shows_missing_marks_and_placements_to_begin(manager, placement):
    waiting = made.planned(at_service=placement.service, of=made.child("Bea"))
    made.disclosed(waiting)
    page = text(manager.get("/provider/"))
    assert "Sessions nobody has marked" in page
    assert "Placements to begin (1)" in page
    assert "Bea Marsh" in page


def test_a_workers_first_page_is_today(mentor):
    assert mentor.get("/provider/").url == "/provider/today/"


def day_of(day, name):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_a_manager_names_a_worker_begins_and_ends(placement):
    waiting = made.planned(at_service=placement.service, of=made.child("Bea"))
    made.disclosed(waiting)
    person = made.manager(placement)
    mentor, client = member_of(person.memberships.get().organisation), client_of(person)
    page = f"/provider/placements/{waiting.ref}/"
    client.post(f"{page}worker/", {"person": mentor.pk} | day_of(TODAY, "since"))
    assert mentor.name in text(client.get(page))
    client.post(f"{page}begin/", {"status": "introduction"} | day_of(TODAY, "begins_on"))
    client.post(f"{page}begin/", {"status": "active"} | day_of(TODAY, "begins_on"))
    assert list(waiting.changes.order_by("pk").values_list("status", flat=True)) == [
        Status.PLANNED,
        Status.INTRODUCTION,
        Status.ACTIVE,
    ]
    again = client.post(f"{page}begin/", {"status": "active"} | day_of(TODAY, "begins_on"))
    assert placements.NoSuchMove.says in text(again)
    ended = client.post(f"{page}end/", {"reason": "Back at school"} | day_of(TODAY, "last_day"))
    assert ended.url == page
    assert waiting.changes.order_by("pk").last().status == Status.ENDED


@pytest.mark.parametrize("name", ["begin", "end", "worker"])
def test_a_worker_does_not_manage(mentor, placement, name):
    assert mentor.get(f"/provider/placements/{placement.ref}/{name}/").status_code == 403


@pytest.mark.parametrize("name", ["begin", "end", "worker", "goal", "extra"])
def test_every_question_opens(manager, placement, name):
    response = manager.get(f"/provider/placements/{placement.ref}/{name}/")
    assert text(response).count("<h1") == 1


def test_an_extra_session_leads_to_its_page(mentor, placement):
    page = f"/provider/placements/{placement.ref}/extra/"
    sent = mentor.post(page, {"half": "pm"} | day_of(TODAY - timedelta(days=1), "day"))
    assert sent.url == address(placement, "2026-05-14-pm")


def test_a_goal_is_set_from_the_page(mentor, placement):
    page = f"/provider/placements/{placement.ref}/goal/"
    assert "Say what the child works towards" in text(mentor.post(page, {}))
    mentor.post(page, {"words": "Read aloud", "baseline": "", "target": "5"})
    shown = text(mentor.get(f"/provider/placements/{placement.ref}/"))
    assert "progress cannot be shown" in shown


def test_a_worry_and_a_form_that_comes_back_are_written_to_the_record(mentor, placement):
    """Each page that names the child is, not only the first."""
    mentor.get(address(placement, name="session-worry"))
    mentor.post(address(placement), {})
    pages = RecordView.objects.order_by("pk").values_list("page", flat=True)
    assert list(pages) == ["session-worry", "session-mark"]


def test_a_provider_that_is_only_asked_again_does_not_reopen_an_old_placement(placement, manager):
    Disclosure.objects.update(until=TODAY - timedelta(days=1))
    children.disclose(
        child_id=placement.child_id,
        organisation_id=placement.provider.organisation_id,
        detail=Detail.SUMMARY,
        basis=Basis.OFFERED,
        because="R-TEST2",
        since=TODAY,
        by=SYSTEM,
        at=NOW,
    )
    assert placement.ref not in text(manager.get("/provider/placements/"))
    assert manager.get(f"/provider/placements/{placement.ref}/").status_code == 404
    assert manager.get(address(placement)).status_code == 404

"""Contract review meetings: the council's pages, the provider's own, and whose work it is."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.market.evaluation import actions as evaluation
from flsf.oversight.meetings import queries
from flsf.oversight.meetings.enums import Side, Status
from flsf.oversight.meetings.models import AgreedAction, Meeting, MeetingAccount
from flsf.shared.accounts.enums import Role
from flsf.web.council.my_work.sources import work_of
from tests.factories import NOW, TODAY, council_member, lot, made_framework, member_of
from tests.factories_applications import applicant
from tests.factories_evaluation import opened, scene
from tests.factories_market import admitted, provider
from tests.factories_meetings import agreed, in_pool, meeting

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CLAIMS = "Send claims by the fifth day of the month."


def day(name, when):
    parts = (str(when.day), str(when.month), str(when.year))
    return {
        f"{name}-{part}": value for part, value in zip(("day", "month", "year"), parts, strict=True)
    }


MET = {
    "attended": "Their manager; our contract manager",
    "topics": ["quality", "future"],
    "notes": "They have one tutor fewer.",
    "income_pence": "£400,000",
    "leaving": "Music may stop in July.",
} | day("held_on", TODAY)
AGREED = {"what": CLAIMS, "owner": "Rosa Bell, manager"} | day("due_on", TODAY + 14 * DAY)


def long_ago():
    """A lot of a framework that has run for more than a year."""
    return lot(inside=made_framework(TODAY - 500 * DAY))


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def officer():
    return council_member(Role.COMMISSIONER)


@pytest.fixture
def client(officer):
    return client_of(officer)


@pytest.fixture
def of():
    made = provider("Heron")
    in_pool(made)
    return made


@pytest.fixture
def manager(of):
    return client_of(member_of(of.organisation))


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def at(name, one):
    return reverse(name, kwargs={"ref": one.ref})


def last_step(one):
    return queries.action_with_ref(one.ref, person=SYSTEM).latest


def test_an_officer_records_a_meeting_and_what_was_agreed(client, of, manager):
    before = text(client.get(at("provider-contract", of)))
    assert "None is on record since the admission on 15 April 2026" in before
    assert text(client.get(at("provider-meeting", of)))
    page = text(client.post(at("provider-meeting", of), MET, follow=True))
    for words in (
        *("They have one tutor fewer.", "£400,000.00", "Music may stop in July."),
        *("How safe their future is", "Their manager; our contract manager", "Once a year"),
        *("every provider is met at least so often", "15 May 2027", "Add what was agreed there."),
    ):
        assert words in page, words
    held = Meeting.objects.get()
    assert text(client.get(at("meeting-agree", held)))
    page = text(client.post(at("meeting-agree", held), AGREED, follow=True))
    assert CLAIMS in page
    assert "The provider: Rosa Bell, manager" in page
    own = text(manager.get(reverse("own-meetings")))
    for words in (CLAIMS, "They have one tutor fewer.", "Say that it is done", "15 May 2027"):
        assert words in own, words
    assert "&lt;" not in own


@pytest.mark.parametrize(
    ("changed", "says", "field"),
    [
        (day("held_on", TODAY + DAY), "not after today", "held_on-day"),
        (day("held_on", TODAY - 31 * DAY), "had been admitted", "held_on-day"),
        ({"held_on-day": "31", "held_on-month": "2"}, "Enter a real date", "held_on-day"),
        ({"held_on-day": ""}, "Enter a day", "held_on-day"),
        ({"attended": ""}, "Enter who was there, by role", "attended"),
        ({"topics": []}, "Select at least one thing", "topics"),
        ({"topics": ["lunch"]}, "Select a valid choice", "topics"),
        ({"notes": " "}, "Enter what was said and found", "notes"),
        ({"income_pence": "lots"}, "must be an amount in pounds", "income_pence"),
        ({"income_pence": "-3"}, "must not be less than nothing", "income_pence"),
        ({"income_pence": "1000000001"}, "a thousand million pounds", "income_pence"),
    ],
)
def test_what_makes_no_sense_of_a_meeting_is_said_at_its_field(client, of, changed, says, field):
    page = text(client.post(at("provider-meeting", of), MET | changed))
    assert says in page
    assert f'href="#id_{field}"' in page
    assert "Music may stop in July." in page
    assert not Meeting.objects.exists()


def test_the_same_meeting_is_recorded_once(client, of):
    client.post(at("provider-meeting", of), MET)
    assert "on that day is on record" in text(client.post(at("provider-meeting", of), MET))
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "says", "field"),
    [
        ({"what": ""}, "Enter what was agreed", "what"),
        ({"owner": ""}, "Enter who does it: a name and a job", "owner"),
        (day("due_on", TODAY - DAY), "not before the meeting", "due_on-day"),
        ({"due_on-year": ""}, "Enter a year", "due_on-day"),
        ({"owner_id": "0"}, "Select a valid choice", "owner_id"),
    ],
)
def test_what_makes_no_sense_of_an_action_is_said_at_its_field(client, of, changed, says, field):
    page = text(client.post(at("meeting-agree", meeting(of)), AGREED | changed))
    assert says in page
    assert f'href="#id_{field}"' in page
    assert not AgreedAction.objects.exists()


def test_an_action_has_one_owner(client, officer, of):
    address = at("meeting-agree", meeting(of))
    page = text(client.post(address, AGREED | {"owner_id": officer.pk}))
    assert "not both" in page
    client.post(address, AGREED | {"owner_id": officer.pk, "owner": ""})
    made = AgreedAction.objects.get()
    assert (made.side, last_step(made).owner, last_step(made).owner_id) == (
        Side.COUNCIL,
        officer.name,
        officer.pk,
    )


def test_a_meeting_is_corrected_and_says_what_it_said_before(client, of):
    held = meeting(of)
    address = at("meeting-correct", held)
    page = text(client.get(address))
    assert "Lessons go well. Claims come late." in page
    seen = {"seen_id": MeetingAccount.objects.get().pk}
    assert "Enter why it is corrected" in text(client.post(address, MET | seen))
    page = text(client.post(address, MET | seen | {"because": "A slip."}, follow=True))
    for words in ("They have one tutor fewer.", "What was recorded before", "Claims come late."):
        assert words in page
    page = text(client.post(address, MET | seen | {"because": "Again."}))
    assert "Somebody has changed this since you opened the page" in page


def test_a_provider_says_done_and_the_council_confirms(client, officer, of, manager):
    one = agreed(meeting(of, TODAY - 9 * DAY), due_on=TODAY - DAY)
    address = at("own-action-done", one)
    assert CLAIMS in text(manager.get(reverse("provider-home")))
    assert text(manager.get(address))
    seen = {"seen_id": last_step(one).id}
    page = text(manager.post(address, seen | {"words": " "}))
    assert "Say what you did" in page
    assert 'href="#id_words"' in page
    assert "Somebody has changed this" in text(manager.post(address, {"words": "Sent."}))
    page = text(manager.post(address, seen | {"words": "Sent on the third."}, follow=True))
    assert "The provider says it is done" in page
    assert "Say that it is done" not in page
    page = text(manager.post(address, seen | {"words": "Sent on the third."}))
    assert "Somebody has changed this" in page
    [item] = [one for one in work_of(officer, TODAY) if one.kind.startswith("Agreed actions")]
    assert item.kind == "Agreed actions said to be done"
    assert "Sent on the third." in text(client.get(item.href))
    settle = at("action-settle", one)
    assert "It is not done" in text(client.get(settle))
    seen = {"seen_id": last_step(one).id}
    page = text(client.post(settle, seen | {"outcome": "done"}))
    assert "Enter the day on which it was done" in page
    page = text(client.post(settle, seen | {"outcome": "done"} | day("done_on", TODAY + DAY)))
    assert "not after today" in page
    client.post(settle, seen | {"outcome": "done"} | day("done_on", TODAY))
    assert last_step(one).status is Status.DONE
    assert "Done on 15 May 2026" in text(manager.get(reverse("own-meetings")))
    assert "settled this already" in text(manager.get(address))
    page = text(client.post(settle, seen | {"outcome": "dropped", "words": "So."}))
    assert "This is done or dropped already." in page


def test_what_is_not_done_goes_back_with_words(client, of, manager):
    one = agreed(meeting(of))
    settle = at("action-settle", one)
    page = text(client.get(settle))
    assert "It is not done" not in page
    sent = {"seen_id": last_step(one).id, "outcome": "not_done", "words": "No."}
    assert "Select a valid choice" in text(client.post(settle, sent))
    manager.post(at("own-action-done", one), {"seen_id": last_step(one).id, "words": "Sent."})
    sent = {"seen_id": last_step(one).id, "outcome": "not_done"}
    assert "Say why." in text(client.post(settle, sent))
    assert "Select what became of it" in text(client.post(settle, {"seen_id": "1"}))
    client.post(settle, sent | {"words": "May is missing."})
    assert last_step(one).status is Status.OPEN
    assert "May is missing." in text(manager.get(reverse("own-meetings")))


def test_an_action_is_dropped_with_a_reason(client, of):
    one = agreed(meeting(of))
    sent = {"seen_id": last_step(one).id, "outcome": "dropped"}
    assert "Say why." in text(client.post(at("action-settle", one), sent))
    client.post(at("action-settle", one), sent | {"words": "The form is gone."})
    page = text(client.get(at("action-page", one)))
    assert "Dropped" in page
    assert "The form is gone." in page
    assert "Say what became of it" not in page


def test_another_owner_or_day_is_a_new_fact(client, officer, of):
    one = agreed(meeting(of))
    address = at("action-change", one)
    assert "Rosa Bell, manager" in text(client.get(address))
    sent = {"owner": "Tom Ash, deputy", "because": "She left.", "seen_id": last_step(one).id}
    page = text(client.post(address, sent | day("due_on", TODAY - DAY)))
    assert "not before the meeting" in page
    assert "She left." in page
    page = text(client.post(address, sent | day("due_on", TODAY + 20 * DAY), follow=True))
    for words in ("Tom Ash, deputy", "She left.", "Rosa Bell, manager", "4 June 2026"):
        assert words in page
    ours = agreed(meeting(of, TODAY - DAY), side=Side.COUNCIL, owner="Old", owner_id=officer.pk)
    sent = {"owner_id": officer.pk, "because": "Time.", "seen_id": last_step(ours).id}
    client.post(at("action-change", ours), sent | day("due_on", TODAY + 20 * DAY))
    assert last_step(ours).due_on == TODAY + 20 * DAY
    sent |= {"seen_id": last_step(ours).id}
    page = text(client.post(at("action-change", ours), sent | day("due_on", TODAY + 20 * DAY)))
    assert "Enter another day or another owner." in page


def test_whoever_has_an_interest_is_told_and_loses_no_word(of):
    held, there = meeting(of), scene()
    made = opened(there, applicant(of.organisation))
    sister = council_member(Role.COMMISSIONER)
    said = {"evaluation_id": made.pk, "at": NOW}
    evaluation.assign(person_id=sister.pk, by=there.first, **said)
    evaluation.declare(has_interest=True, interest="My sister.", by=sister, **said)
    page = text(client_of(sister).post(at("meeting-agree", held), AGREED))
    assert "You declared an interest in this provider" in page
    assert CLAIMS in page


def test_a_provider_opens_nobody_elses(of):
    held = meeting(of)
    theirs, ours = agreed(held), agreed(held, side=Side.COUNCIL, owner="Priya Shah")
    stranger = client_of(member_of(provider().organisation))
    assert stranger.get(at("own-action-done", theirs)).status_code == 404
    assert CLAIMS not in text(stranger.get(reverse("own-meetings")))
    own = client_of(member_of(of.organisation))
    assert own.get(at("own-action-done", theirs)).status_code == 200
    assert own.get(at("own-action-done", ours)).status_code == 404


def test_the_board_tells_when_each_is_met_next(client, of):
    other = provider("Otter")
    in_pool(other, days=400, in_lot=long_ago())
    agreed(meeting(of, TODAY - 20 * DAY), due_on=TODAY - DAY)
    rows = client.get(reverse("contract-list-json")).json()["rows"]
    assert [row["provider"] for row in rows] == ["Otter", "Heron"]
    page = text(client.get(reverse("contract-list")))
    for words in ("Overdue", "Not due yet", "Once a year"):
        assert words in page
    narrowed = client.get(reverse("contract-list-json"), {"meeting": "overdue"}).json()["rows"]
    assert [row["provider"] for row in narrowed] == ["Otter"]
    assert "so often" in text(client.get(reverse("contract-list-csv")))


def test_the_board_puts_the_worst_first_and_says_which_signs_warn(client, of):
    in_pool(other := provider("Otter"), in_lot=lot())
    meeting(other, leaving="Music stops in July.")
    rows = client.get(reverse("contract-list-json")).json()["rows"]
    assert [(row["provider"], row["warning"]) for row in rows] == [
        ("Otter", "Act now"),
        ("Heron", "Watch"),  # the only one in its lot
    ]
    page = text(client.get(reverse("contract-list")))
    assert "Act now: What it says of leaving. Watch: What nobody else can give" in page
    narrowed = client.get(reverse("contract-list-json"), {"warning": "act"}).json()["rows"]
    assert [row["provider"] for row in narrowed] == ["Otter"]
    assert "No provider matches" in text(client.get(reverse("contract-list"), {"warning": "fine"}))


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.QUALITY, Role.DIRECTOR])
def test_a_providers_signs_stand_beside_its_meetings(role, of):
    meeting(of, leaving="Music stops in July.", income_pence=100)
    page = text(client_of(council_member(role)).get(at("provider-contract", of)))
    for words in (
        *("10 signs, the worst: act now", "On 15 May 2026: Music stops in July.", "Not known"),
        *("Meet soon, and plan for each child who is there.", "Meeting of 15 May 2026"),
        *("Watch from 15%, act from 30%", "Nothing was paid to anybody in twelve months"),
    ):
        assert words in page, words


def test_a_provider_reads_nothing_of_its_signs(of, manager):
    meeting(of)
    assert manager.get(at("provider-contract", of)).status_code == 403
    assert manager.get(reverse("contract-list")).status_code == 403
    assert "How safe its future is" not in text(manager.get(reverse("own-meetings")))


def test_what_is_late_is_work_of_those_who_look_after_contracts(of, officer):
    in_pool(provider("Otter"), days=400, in_lot=long_ago())
    held = meeting(of, TODAY - 20 * DAY)
    agreed(held, due_on=TODAY - DAY)
    agreed(held, side=Side.COUNCIL, owner="Me", owner_id=officer.pk, due_on=TODAY - 2 * DAY)
    found = {
        (one.kind, one.press.value, one.owner_id)
        for one in work_of(officer, TODAY)
        if one.kind.startswith(("Contract", "Agreed"))
    }
    assert found == {
        ("Contract meetings overdue", "Waiting for me", None),
        ("Agreed actions overdue", "Waiting for others", None),
        ("Agreed actions overdue", "Waiting for me", officer.pk),
    }
    assert not [
        one
        for one in work_of(council_member(Role.FINANCE), TODAY)
        if one.kind.startswith(("Contract", "Agreed"))
    ]


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.PROCUREMENT])
def test_a_director_reads_and_records_nothing(role, of):
    one = agreed(meeting(of))
    client = client_of(council_member(role))
    page = text(client.get(at("provider-contract", of)))
    assert "Record a meeting" not in page
    assert "Say what became of it" not in text(client.get(at("action-page", one)))
    assert client.get(at("provider-meeting", of)).status_code == 403


@pytest.mark.parametrize(
    ("name", "many"), [("contract-list", 35), ("provider-contract", 37), ("own-meetings", 22)]
)
def test_a_page_costs_as_much_for_one_as_for_three(name, many, django_assert_num_queries):
    inside = lot()
    officer, made = council_member(Role.COMMISSIONER), provider()
    in_pool(made, in_lot=inside)
    person = member_of(made.organisation) if name == "own-meetings" else officer
    client = client_of(person)
    address = at(name, made) if name == "provider-contract" else reverse(name)
    agreed(meeting(made, TODAY - 20 * DAY))
    with django_assert_num_queries(many):
        client.get(address)
    for back in range(2):
        other = provider()
        admitted(other, in_lot=inside)
        held = meeting(made, TODAY - back * DAY)
        for one in (held, held, meeting(other)):
            agreed(one)
    with django_assert_num_queries(many):
        client.get(address)

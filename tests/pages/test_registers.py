"""The framework's registers: pages, actions with their refusals, and what presses."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core.dates import in_words
from flsf.core.people import SYSTEM
from flsf.mandate.governance import actions, queries
from flsf.mandate.governance.enums import FieldKind, Kind
from flsf.mandate.governance.models import Entry
from flsf.mandate.governance.rules import KINDS
from flsf.shared.accounts.enums import Role
from tests import factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db

RISK = {
    "risk": "A challenge",
    "likelihood": "Low",
    "impact": "High",
    "owner": "Head of commissioning",
    "mitigation": "Rounds.",
    "review_on": "2026-05-20",
}
ADVICE = {
    "question": "May they join later?",
    "decision": "The model",
    "adviser": "Council solicitor",
    "advised_on": "2026-01-01",
    "advice": "In rounds.",
}
CONFLICT = {
    "about": "Round 1",
    "interests": "A school governor",
    "perceived": "None more",
    "steps": "Marks nothing",
    "prepared_by": "Head of procurement",
    "prepared_on": "2026-04-01",
    "review_on": "2026-06-01",
}
TYPED = {name: said for name, said in RISK.items() if name != "review_on"} | {
    "review_on-day": "20",
    "review_on-month": "5",
    "review_on-year": "2026",
}


@pytest.fixture
def running():
    return factories.made_framework()


@pytest.fixture
def keeper():
    return signed_in(Role.PROCUREMENT)


def signed_in(role):
    client = Client()
    client.force_login(factories.council_member(role))
    return client


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def added(framework, kind=Kind.RISK, told=RISK):
    return actions.add(framework_id=framework.pk, kind=kind, told=told, by=SYSTEM, at=NOW)


def at(name, **captured):
    return reverse(f"entry-{name}", kwargs={"kind": "risk", "number": 1} | captured)


def changed(entry, **given):
    usual = {"told": RISK | {"impact": "Low"}, "because": "Insured.", "seen_version": 1}
    actions.change(entry_id=entry.pk, **(usual | given), by=SYSTEM, at=NOW)


def test_an_entry_is_added_changed_with_its_history_and_closed(keeper, running):
    there = f"{reverse('register-of-risk')}?framework={running.ref}"
    assert keeper.post(reverse("entry-add", kwargs={"kind": "risk"}), TYPED).url == there
    assert "A challenge" in text(keeper.get(there))
    page = f"{at('page')}?framework={running.ref}"
    assert "20 May 2026" in text(keeper.get(page))
    said = TYPED | {"impact": "Low", "because": "Insured.", "seen_version": "1"}
    assert keeper.post(at("change"), said).url == page
    html = text(keeper.get(page))
    for words in ("Version 2: Insured.", "How bad?: High"):
        assert words in html
    assert "changed this entry since" in text(keeper.post(at("change"), said))
    assert keeper.post(at("close"), {"because": "Gone."}).url == page
    assert at("change") not in text(keeper.get(page))
    rows = keeper.get(reverse("register-of-risk-json")).json()["rows"]
    assert [row["title"] for row in rows] == ["A challenge"]


def test_what_is_missing_is_said_and_what_was_typed_stays(keeper, running):
    html = text(keeper.post(reverse("entry-add", kwargs={"kind": "risk"}), TYPED | {"impact": ""}))
    assert "Select: How bad?" in html
    assert "Head of commissioning" in html


SAID = {
    Kind.POSITION: {
        "stance": "Lawful in our view, and open to challenge.",
        "model": "Pseudo-DPS",
        "approved_by": "Director",
        "approved_on": "2026-01-29",
        "review_on": "2026-09-01",
    },
    Kind.WATCH: {
        "what": "New guidance",
        "source": "Cabinet Office",
        "effect": "It could name the technique.",
        "action": "Take advice in a week.",
        "owner": "Head of procurement",
        "review_on": "2026-06-01",
    },
    Kind.APPRAISAL: {
        "option": "Closed framework",
        "good": "Simple.",
        "bad": "Nobody joins later.",
        "outcome": "Not chosen",
        "why": "Small providers would be shut out.",
        "decided_by": "Cabinet",
        "decided_on": "2026-01-29",
    },
    Kind.DISCUSSION: {
        "with_whom": "Cabinet Office",
        "held_on": "2026-02-02",
        "about": "The pool that stays open",
        "said": "They see no bar.",
        "follows": "Ask again in May.",
    },
    Kind.ADVICE: ADVICE,
}


def as_typed(kind, told):
    """What a form sends: a day in three boxes."""
    typed = {}
    for field in KINDS[kind].fields:
        said = told.get(field.name, "")
        if field.kind is FieldKind.DAY and said:
            year, month, day = said.split("-")
            typed |= {
                f"{field.name}-day": day,
                f"{field.name}-month": month,
                f"{field.name}-year": year,
            }
        else:
            typed[field.name] = said
    return typed


@pytest.mark.parametrize("kind", SAID, ids=str)
def test_each_register_keeps_and_shows_all_that_it_asks(keeper, running, kind):
    told = SAID[kind]
    add = reverse("entry-add", kwargs={"kind": kind.value})
    assert keeper.post(add, as_typed(kind, told)).status_code == 302
    html = text(keeper.get(reverse("entry-page", kwargs={"kind": kind.value, "number": 1})))
    for field in KINDS[kind].fields:
        said = told.get(field.name)
        if said and field.kind is FieldKind.DAY:
            assert in_words(date.fromisoformat(said)) in html
        elif said:
            assert said in html


def test_the_window_of_a_challenge_is_counted_down_and_said_to_be_closed(keeper, running):
    told = {
        "about": "Round 1",
        "by_whom": "Nobody yet",
        "knew_on": "2026-05-01",
        "published_on": "2026-01-10",
        "details_notice": "Yes",
        "standing": "May still come",
    }
    added(running, Kind.CHALLENGE, told)
    page = reverse("entry-page", kwargs={"kind": "challenge", "number": 1})
    html = " ".join(text(keeper.get(page)).split())
    assert "<strong>9 April 2026</strong> (5 weeks ago, closed): 3 months from first" in html
    assert "<strong>30 May 2026</strong> (in 15 days): 30 days to challenge" in html


def test_the_position_shows_both_paragraphs_and_no_tick(keeper, running):
    html = text(keeper.get(reverse("register-of-position")))
    for words in ("paragraph 27", "paragraph 47", "currently not compliant", "It says both"):
        assert words in html


def test_legal_advice_is_for_those_who_may_read_it(running):
    added(running, Kind.ADVICE, ADVICE)
    advice = {"kind": "advice", "number": 1}
    for role, status in ((Role.COMMISSIONER, 404), (Role.DIRECTOR, 200), (Role.PROCUREMENT, 200)):
        client = signed_in(role)
        assert client.get(reverse("entry-page", kwargs=advice)).status_code == status
    commissioner = signed_in(Role.COMMISSIONER)
    assert commissioner.get(reverse("register-of-advice")).status_code == 403
    assert commissioner.get(reverse("entry-add", kwargs={"kind": "advice"})).status_code == 404
    assert "Legal advice" not in text(commissioner.get(reverse("framework-page")))
    assert "Legal advice" in text(signed_in(Role.DIRECTOR).get(reverse("framework-page")))
    director = signed_in(Role.DIRECTOR)
    assert director.post(reverse("entry-close", kwargs=advice), {}).status_code == 403


def test_conflicts_are_not_for_councillors(running):
    added(running, Kind.CONFLICT, CONFLICT)
    conflict = {"kind": "conflict", "number": 1}
    for role, status in ((Role.COMMISSIONER, 200), (Role.DIRECTOR, 200), (Role.COUNCILLOR, 404)):
        client = signed_in(role)
        assert client.get(reverse("entry-page", kwargs=conflict)).status_code == status
    councillor = signed_in(Role.COUNCILLOR)
    assert councillor.get(reverse("register-of-conflict")).status_code == 403
    assert "Conflicts assessments" not in text(councillor.get(reverse("framework-page")))
    assert "Conflicts assessments" in text(
        signed_in(Role.PROCUREMENT).get(reverse("framework-page"))
    )


def test_an_unknown_register_or_entry_is_not_found(keeper, running):
    assert keeper.get(reverse("entry-add", kwargs={"kind": "nonsense"})).status_code == 404
    assert keeper.get(at("page")).status_code == 404


def test_one_entry_costs_as_many_questions_as_three(keeper, running, django_assert_num_queries):
    for _ in range(2):
        added(running)
        # Session, person, memberships; the framework twice, the law's numbers, the entries.
        with django_assert_num_queries(7):
            keeper.get(reverse("register-of-risk"))
        added(running)


def test_a_day_that_presses_is_work_and_one_that_is_closed_is_not(keeper, running):
    entry = added(running)
    assert "Risk: A challenge" in text(keeper.get(reverse("my-work")))
    actions.close(entry_id=entry.pk, because="Gone.", by=SYSTEM, at=NOW)
    assert "Risk: A challenge" not in text(keeper.get(reverse("my-work")))


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"told": {}}, actions.NotWhole),
        ({"because": " "}, actions.ReasonMissing),
        ({"seen_version": 0}, actions.ChangedMeanwhile),
    ],
)
def test_a_change_that_may_not_be_is_refused(running, given, refusal):
    with pytest.raises(refusal):
        changed(added(running), **given)


def test_a_closed_entry_is_not_changed_or_closed_again(running):
    entry = added(running)
    with pytest.raises(actions.ReasonMissing):
        actions.close(entry_id=entry.pk, because=" ", by=SYSTEM, at=NOW)
    actions.close(entry_id=entry.pk, because="Gone.", by=SYSTEM, at=NOW)
    with pytest.raises(actions.EntryClosed):
        actions.close(entry_id=entry.pk, because="Gone.", by=SYSTEM, at=NOW)
    with pytest.raises(actions.EntryClosed):
        changed(entry, seen_version=2)


def test_nothing_half_whole_is_added(running):
    with pytest.raises(actions.NotWhole, match="What could go wrong"):
        added(running, told=RISK | {"risk": ""})
    assert not Entry.objects.exists()


def test_conflicts_are_confirmed_from_their_day(running):
    told = dict.fromkeys(("about", "interests", "perceived", "steps", "prepared_by"), "Words")
    told |= {"prepared_on": "2026-03-01", "confirmed_on": "2026-05-16", "review_on": "2026-09-01"}
    added(running, Kind.CONFLICT, told)
    assert not queries.conflicts_confirmed(running.pk, on=TODAY)
    assert queries.conflicts_confirmed(running.pk, on=TODAY.replace(day=16))


def test_whoever_judges_declares_first():
    judge = factories.council_member()
    assert queries.has_declared(judge.pk, "round 3") is None
    said = {"about": "round 3", "at": NOW}
    with pytest.raises(actions.ConflictNotTold):
        actions.declare(has_conflict=True, words=" ", by=judge, **said)
    with pytest.raises(actions.NeedsAPerson):
        actions.declare(has_conflict=False, words="", by=SYSTEM, **said)
    actions.declare(has_conflict=True, words="My sister works there.", by=judge, **said)
    assert queries.has_declared(judge.pk, "round 3") is True
    [one] = queries.declarations("round 3", person=judge)
    assert one.words == "My sister works there."
    assert not queries.declarations("round 3", person=factories.council_member())

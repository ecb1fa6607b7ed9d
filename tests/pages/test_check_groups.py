"""How a provider stands in the four check groups: the council's pages and its own (S108-S111)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.market.checks import actions as checks
from flsf.market.checks.enums import Group, Theme
from flsf.market.checks.rules import DEFAULT_CHECKS, NewCheck
from flsf.market.reviews import actions, queries
from flsf.market.reviews.enums import GUIDANCE, POLICIES, Outcome, Subject
from flsf.market.reviews.models import GuidanceEdition, ProviderReview
from flsf.market.reviews.rules import NewReview, latest_next
from flsf.market.staff import actions as staff
from flsf.market.staff.enums import StaffRole
from flsf.market.staff.rules import NewMember
from flsf.market.standards import actions as standards
from flsf.market.standards.enums import Kind
from flsf.market.standards.enums import Outcome as Found
from flsf.market.standards.rules import Content
from flsf.shared.accounts.enums import Role
from flsf.web.council.my_work.sources import work_of
from tests.factories import NOW, TODAY, council_member, lot, member_of
from tests.factories_market import admitted, provider, shown

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def quality():
    return council_member(Role.QUALITY)


@pytest.fixture
def client(quality):
    return client_of(quality)


def at(name, of):
    return reverse(name, kwargs={"ref": of.ref})


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def review(of, subject, by, outcome=Outcome.MEETS, on=TODAY, next_on=None):
    actions.record(
        provider_id=of.pk,
        review=NewReview(subject, outcome, "As read.", on, next_on or latest_next(subject, on)),
        by=by,
        at=NOW,
    )


def day(field, when):
    return {
        f"{field}-day": str(when.day),
        f"{field}-month": str(when.month),
        f"{field}-year": str(when.year),
    }


def everything(of, by):
    """All four groups are as they should be but for the staff, whom nobody has listed."""
    checks.require_many(needed_from=TODAY, by=SYSTEM, at=NOW)
    for one in DEFAULT_CHECKS:
        shown(of, one.code)
    content = {
        Kind.STANDARDS: Content(lines=("Children are safe.",)),
        Kind.SAFEGUARDING: Content(lines=("At once: Call 999.",), lead="D F", phone="01632 1"),
        Kind.SUSTAINABILITY: Content(lines=("Travel less.",)),
    }
    for kind in Kind:
        standards.publish(
            kind=kind, content=content[kind], in_force_from=TODAY, because="First.",
            by=SYSTEM, at=NOW,
        )  # fmt: skip
        standards.acknowledge(
            provider_id=of.pk, kind=kind, version=1, lead="Jo",
            by=member_of(of.organisation), at=NOW,
        )  # fmt: skip
    for subject in Subject:
        review(of, subject, by)


def test_every_default_check_but_the_legal_ones_is_of_a_group_and_every_group_has_some():
    groups = {one.code: one.group for one in DEFAULT_CHECKS}
    assert set(groups.values()) == set(Group)
    without = {one.theme for one in DEFAULT_CHECKS if one.group is Group.NONE}
    assert without == {Theme.LEGAL}
    assert NewCheck("own", "Something of our own", Theme.QUALITY, "House").group is Group.NONE


def test_a_group_tells_what_was_checked_against_what_by_whom_and_until_when(client, quality):
    of = provider("Heron Trust")
    everything(of, quality)
    html = text(client.get(at("provider-groups", of)))
    for words in (
        *("1. Safeguarding compliance", "2. Policy review", "3. Staff suitability"),
        *("4. Alignment with statutory guidance", "A trained safeguarding lead"),
        *("Keeps to the safeguarding procedure", "Version 1", quality.name, "30 Sep 2026"),
        "Keeping children safe in education, September 2025",
        "SEND code of practice, January 2015",
        *("Working together to safeguard children, 2023", "Nobody is on the staff register yet"),
        "Arranging alternative provision, February 2025",
        "Read: Safeguarding policy",
        "UK General Data Protection Regulation",
    ):  # fmt: skip
        assert words in html, words
    assert html.count("Nothing is missing.") == 3
    assert "To put right: Everybody on the staff register, Letter about staff checks." in html


def test_what_is_missing_is_named_in_each_group_on_both_pages(client, quality):
    of = provider()
    checks.require_many(needed_from=TODAY, by=SYSTEM, at=NOW)
    review(of, Subject.RISK, quality, Outcome.CHANGES, next_on=TODAY + DAY)
    manager = client_of(member_of(of.organisation))
    for html in (
        text(client.get(at("provider-page", of))),
        text(client.get(at("provider-groups", of))),
        text(manager.get(reverse("provider-compliance"))),
        text(manager.get(reverse("own-groups"))),
    ):
        for words in ("A trained safeguarding lead", "Complaints policy", "SEND code of practice"):
            assert words in html
        assert "Overdue" in html
    for html in (
        text(client.get(at("provider-groups", of))),
        text(manager.get(reverse("own-groups"))),
    ):
        assert "Changes needed" in html
        assert "Not reviewed yet" in html


def test_a_provider_reads_what_was_found_of_it_and_is_not_asked_to_review_itself(quality):
    of, other = provider(), provider()
    review(of, Subject.RISK, quality)
    actions.record(
        provider_id=other.pk,
        review=NewReview(
            Subject.RISK, Outcome.NOT_MET, "Somebody else's.", TODAY, TODAY + 30 * DAY
        ),
        by=quality,
        at=NOW,
    )
    html = text(client_of(member_of(of.organisation)).get(reverse("own-groups")))
    assert "As read." in html
    assert "Somebody else" not in html
    assert "?about=" not in html


def test_what_was_found_on_a_visit_counts_in_its_group(client, quality):
    of = provider()
    everything(of, quality)
    standards.check(
        provider_id=of.pk, kind=Kind.SAFEGUARDING, outcome=Found.PARTLY, words="Two steps late.",
        checked_on=TODAY, by=quality, at=NOW,
    )  # fmt: skip
    html = text(client.get(at("provider-groups", of)))
    assert "Checked against the safeguarding procedure" in html
    assert "Two steps late." in html
    assert "To put right: Checked against the safeguarding procedure." in html


def test_staff_are_told_by_their_number_and_never_by_name(client):
    of = provider()
    staff.add(
        member=NewMember(
            provider_id=of.pk,
            name="Asha Bell",
            role=StaffRole.MENTOR,
            since=TODAY - DAY,
            unsupervised=True,
        ),
        by=SYSTEM,
        at=NOW,
    )
    html = text(client.get(at("provider-groups", of)))
    assert "1 on the register, " in html
    assert "Asha Bell" not in html


def test_an_officer_reviews_a_policy(client, quality):
    of = provider()
    address = f"{at('provider-review', of)}?about=safeguarding"
    html = text(client.get(address))
    assert 'value="safeguarding" selected' in html
    assert 'value="9"' in html
    said = {"subject": "safeguarding", "outcome": "changes", "words": "Name the lead."}
    said |= day("reviewed_on", TODAY) | day("next_on", TODAY + 20 * DAY)
    response = client.post(address, said)
    assert response.url == at("provider-groups", of)
    [made] = ProviderReview.objects.all()
    assert (made.reviewed_by_id, made.edition.edition) == (quality.pk, "September 2025")
    assert "Name the lead." in text(client.get(response.url))


@pytest.mark.parametrize(
    ("changed", "says", "field"),
    [
        ({"subject": ""}, "Select what you looked at", "subject"),
        ({"subject": "no-such"}, "Select a valid choice", "subject"),
        ({"words": ""}, "Enter what was found", "words"),
        (day("reviewed_on", TODAY + DAY), "a day that is not after today", "reviewed_on"),
        (day("next_on", TODAY), "comes after this one", "next_on"),
        (day("next_on", date(2026, 10, 1)), "up to 30 September 2026", "next_on"),
        (day("reviewed_on", date(2020, 1, 1)), "No edition of this guidance", "reviewed_on"),
        ({"next_on-month": "13"}, "next_on", "next_on"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field_and_nothing_typed_is_lost(
    client, changed, says, field
):
    of = provider()
    said = {"subject": "safeguarding", "outcome": "meets", "words": "Reads well."}
    said |= day("reviewed_on", TODAY) | day("next_on", date(2020, 2, 1) if "2020" in str(changed)
                                            else TODAY + 20 * DAY)  # fmt: skip
    html = text(client.post(at("provider-review", of), said | changed))
    assert says in html
    assert f'href="#id_{field}' in html
    if changed.get("words") is None:
        assert "Reads well." in html
    assert not ProviderReview.objects.exists()


def test_an_edition_is_added_and_every_provider_is_judged_anew(client, quality):
    of = provider("Heron Trust")
    admitted(of, in_lot=lot())
    review(of, Subject.SEND, quality)
    officer = client_of(council_member(Role.COMMISSIONER))
    said = {"subject": "send-code", "edition": "May 2026", "source": "GOV.UK"}
    said |= day("in_force_from", TODAY)
    assert text(officer.get(reverse("guidance-add")))
    response = officer.post(reverse("guidance-add"), said)
    assert "May 2026" in text(officer.get(response.url))
    assert "already" in text(officer.post(reverse("guidance-add"), said))
    far = text(officer.post(reverse("guidance-add"), said | day("in_force_from", date(2999, 1, 1))))
    assert 'href="#id_in_force_from-day"' in far
    assert "Enter a day within two years from today." in far
    rows = client.get(reverse("reviews-json"), {"subject": "send-code"}).json()["rows"]
    assert [(row["name"], row["standing"]) for row in rows] == [("Heron Trust", "Due soon")]
    html = text(client.get(at("provider-groups", of)))
    assert "Now in force: SEND code of practice, May 2026." in html
    assert GuidanceEdition.objects.filter(subject="send-code").count() == 2


def test_the_board_is_narrowed_and_shows_whoever_is_in_the_pool(client, quality):
    of = provider("Heron Trust")
    admitted(of, in_lot=lot())
    provider("Outside the pool")
    for subject in (Subject.RISK, Subject.DATA):
        review(of, subject, quality)
    review(of, Subject.BEHAVIOUR, quality, on=TODAY - 400 * DAY)
    rows = client.get(reverse("reviews-json")).json()["rows"]
    assert len(rows) == len(POLICIES) + len(GUIDANCE)
    assert [row["what"] for row in rows[:1]] == ["Behaviour policy"]
    for asked, many in (
        ({"standing": "in_date"}, 2),
        ({"standing": "overdue"}, 1),
        ({"subject": "data"}, 1),
    ):
        assert len(client.get(reverse("reviews-json"), asked).json()["rows"]) == many
    html = text(client.get(reverse("reviews"), {"standing": "no-such"}))
    assert "Heron Trust" in html
    assert "Outside the pool" not in html


def test_what_is_late_is_on_my_work_once_a_provider(quality):
    of = provider("Heron Trust")
    admitted(of, in_lot=lot())
    for subject in (Subject.RISK, Subject.BEHAVIOUR):
        review(of, subject, quality, on=TODAY - 400 * DAY)
    review(of, Subject.DATA, quality)
    [item] = [one for one in work_of(quality, TODAY) if one.kind.startswith("Policies")]
    assert (item.who, item.what) == (
        "Heron Trust",
        "2 reviews are due: Behaviour policy, Risk assessments",
    )
    assert item.due_on == TODAY - 35 * DAY


def test_one_review_costs_the_page_as_many_queries_as_three(
    client, quality, django_assert_num_queries
):
    of = provider()
    everything(of, quality)
    for _ in range(2):
        with django_assert_num_queries(PAGE_QUERIES):
            client.get(at("provider-groups", of))
        for subject in (Subject.RISK, Subject.DATA):
            review(of, subject, quality)


# Session, person, memberships; the provider; three for checks and one for their groups; two for
# what it keeps to and three for what holds; editions, the law, reviews; staff with
# what they need, and the letter.
PAGE_QUERIES = 19


def test_no_edition_is_known_before_the_first():
    assert queries.in_force(date(2000, 1, 1)) == {}

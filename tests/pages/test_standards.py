"""One set of standards and one safeguarding procedure for every provider, and who keeps to them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.mandate.framework import actions as framework
from flsf.market.standards import actions, queries, rules
from flsf.market.standards.enums import Kind, Outcome
from flsf.market.standards.models import Acknowledgement, Standard
from flsf.market.standards.rules import Content
from flsf.shared.accounts.enums import Role
from tests import factories_market
from tests.factories import NOW, TODAY, council_member, lot, made_framework, member_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
STANDARDS = Content(lines=("Children are safe.", "Children are heard."))
PROCEDURE = Content(
    lines=("At once: Call 999.", "The same day: Tell the front door."),
    lead="Daniel Frost",
    phone="01632 960 999",
)
CONTENT = {
    Kind.STANDARDS: STANDARDS,
    Kind.SAFEGUARDING: PROCEDURE,
    Kind.SUSTAINABILITY: Content(lines=("Travel less.",)),
}


def published(kind=Kind.STANDARDS, *, since=TODAY, at=NOW, **more):
    return actions.publish(
        kind=kind,
        content=replace(CONTENT[kind], **more),
        in_force_from=since,
        because="The first.",
        by=SYSTEM,
        at=at,
    )


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def read(client, name, query="", **captured):
    response = client.get(reverse(name, kwargs=captured) + query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def pool():
    inside = lot("Mentoring")
    made = [factories_market.provider(name) for name in ("Ash Ltd", "Beech Ltd")]
    for one in made:
        factories_market.admitted(one, in_lot=inside)
    return made


def kept(one):
    return queries.kept([one.pk], person=SYSTEM)[one.pk]


def acknowledged(one, kind=Kind.STANDARDS, version=1, by=None, at=NOW, lead="Jo Field"):
    return actions.acknowledge(
        provider_id=one.pk, kind=kind, version=version, lead=lead, by=by or council_member(), at=at
    )


# --- The actions and their refusals ---


@pytest.mark.parametrize(
    ("kind", "changed", "field"),
    [
        (Kind.STANDARDS, {"lines": ()}, "lines"),
        (Kind.SAFEGUARDING, {"lines": ("Call 999.",)}, "lines"),
        (Kind.SAFEGUARDING, {"lines": ("At once:",)}, "lines"),
        (Kind.SAFEGUARDING, {"lead": " "}, "lead"),
        (Kind.SAFEGUARDING, {"phone": ""}, "phone"),
    ],
)
def test_what_is_not_whole_is_not_published(kind, changed, field):
    with pytest.raises(actions.NotWhole) as caught:
        published(kind, **changed)
    assert list(caught.value.problems) == [field]


def test_a_version_begins_today_or_later_differs_and_says_why():
    published()
    with pytest.raises(actions.BeginsInThePast):
        published(since=TODAY - DAY)
    with pytest.raises(actions.Unchanged):
        published()
    with pytest.raises(actions.ReasonMissing):
        actions.publish(
            kind=Kind.STANDARDS, content=STANDARDS, in_force_from=TODAY, because=" ",
            by=SYSTEM, at=NOW,
        )  # fmt: skip


def test_the_version_of_the_day_holds():
    published()
    second = published(since=TODAY + DAY, lines=("Other.",))
    assert second.version == 2
    assert queries.in_force(Kind.STANDARDS, on=TODAY).version == 1
    assert queries.in_force(Kind.STANDARDS, on=TODAY + DAY).version == 2
    assert queries.in_force(Kind.STANDARDS, on=TODAY - DAY) is None


def test_a_provider_keeps_to_the_version_in_force_once_with_a_named_lead(pool):
    published()
    one = pool[0]
    with pytest.raises(actions.LeadMissing):
        acknowledged(one, lead=" ")
    with pytest.raises(actions.NotInForce):
        acknowledged(one, version=2)
    with pytest.raises(actions.NeedsAPerson):
        acknowledged(one, by=SYSTEM)
    acknowledged(one)
    with pytest.raises(actions.SaidAlready):
        acknowledged(one)
    assert kept(one).has_said(queries.in_force(Kind.STANDARDS, on=TODAY))
    published(since=TODAY, lines=("Other.",))
    assert not kept(one).has_said(queries.in_force(Kind.STANDARDS, on=TODAY))
    assert kept(one).has_said(None)


def test_a_check_is_kept_with_the_version_of_its_day(pool):
    published(since=TODAY)
    published(since=TODAY + DAY, lines=("Other.",))
    later = NOW + 2 * DAY

    def check(**more):
        usual = {
            "provider_id": pool[0].pk,
            "kind": Kind.STANDARDS,
            "outcome": Outcome.PARTLY,
            "words": "Two plans of five.",
            "checked_on": TODAY,
            "by": council_member(),
            "at": later,
        }
        return actions.check(**(usual | more))

    for refusal, more in (
        (actions.NeedsAPerson, {"by": SYSTEM}),
        (actions.WordsMissing, {"words": " "}),
        (actions.CheckedLater, {"checked_on": TODAY + 3 * DAY}),
        (actions.NoneHeld, {"checked_on": TODAY - DAY}),
    ):
        with pytest.raises(refusal):
            check(**more)
    check()
    check(checked_on=TODAY + DAY)
    assert [(one.version, one.checked_on) for one in kept(pool[0]).looked] == [
        (2, TODAY + DAY),
        (1, TODAY),
    ]


@pytest.mark.parametrize("lead", ["", "Jo"])
def test_the_tables_refuse_what_is_half_said(pool, lead):
    with pytest.raises(IntegrityError), transaction.atomic():
        Standard.objects.create(
            kind=Kind.SAFEGUARDING, version=1, in_force_from=TODAY, lines=[], lead=lead,
            phone="", because="So.", published_at=NOW,
        )  # fmt: skip


def test_an_acknowledgement_names_a_lead_in_the_table_too(pool):
    made = acknowledged(pool[0]) if published() else None
    with pytest.raises(IntegrityError), transaction.atomic():
        Acknowledgement.objects.filter(pk=made.pk).update(lead="")


def test_the_usual_words_may_be_published_as_they_are():
    usual = Content(lines=rules.DEFAULT_STEPS, lead="A", phone="1")
    assert rules.problems(Kind.SAFEGUARDING, usual) == {}
    assert rules.problems(Kind.STANDARDS, Content(lines=rules.DEFAULT_STANDARDS)) == {}
    assert usual.steps[0].by_when == "At once"
    assert rules.lines_of(" a \n\n b") == ("a", "b")


# --- The council's pages ---


def test_an_officer_publishes_and_is_told_at_the_field_what_is_wrong():
    client = client_of(council_member(Role.COMMISSIONER))
    there = reverse("standards-publish", kwargs={"kind": "safeguarding"})
    assert "At once: If a child is in danger now" in client.get(there).content.decode()
    typed = {
        "lead": "Daniel Frost",
        "phone": "01632 960 999",
        "lines": "Call 999.",
        "in_force_from-day": "15",
        "in_force_from-month": "5",
        "in_force_from-year": "2026",
        "because": "The first.",
    }
    html = client.post(there, typed).content.decode()
    assert "Begin each line with a time and a colon. Line 1 does not" in html
    past = typed | {"lines": "At once: Call 999.", "in_force_from-day": "14"}
    assert "A version begins today or later" in client.post(there, past).content.decode()
    good = typed | {"lines": "At once: Call 999."}
    assert client.post(there, good).url == reverse("standards")
    assert "latest version says already" in client.post(there, good).content.decode()
    assert "Version 1, from 15 May 2026" in client.get(there).content.decode()
    wrong = reverse("standards-publish", kwargs={"kind": "mercy"})
    assert client.get(wrong).status_code == 404


def test_the_board_tells_who_keeps_to_which_version_and_who_was_checked(pool):
    one, other = pool
    for kind in Kind:
        published(kind)
        acknowledged(one, kind)
    acknowledged(other)
    actions.check(
        provider_id=one.pk, kind=Kind.STANDARDS, outcome=Outcome.MET, words="Good.",
        checked_on=TODAY, by=council_member(), at=NOW,
    )  # fmt: skip
    client = client_of(council_member(Role.QUALITY))
    html = read(client, "standards")
    for words in (
        "Keeps to the version in force",
        "An older version",
        "Lead: Jo Field",
        "Standards version 1: meets the standards",
        "None was published",
    ):
        assert words in html
    assert "Publish a" not in html
    assert "Beech Ltd" not in read(client, "standards", "?standing=Keeps+to+the+version+in+force")
    assert "Ash Ltd" not in read(client, "standards", "?checked=no")
    assert "Jo Field" in client.get(reverse("standards-csv")).content.decode()


def test_the_board_tells_by_which_criteria_each_was_let_in():
    inside = made_framework()
    framework.publish_criteria(
        framework_id=inside.pk, criteria=["Safe"], in_force_from=TODAY, by=SYSTEM, at=NOW
    )
    one = factories_market.provider("Ash Ltd")
    factories_market.admitted(one, in_lot=lot("Mentoring", inside=inside))
    html = read(client_of(council_member(Role.DIRECTOR)), "standards")
    assert "Version 1, in force when admitted" in html
    assert "Nothing is published yet" in html


def test_nobody_in_the_pool_and_no_framework_is_said():
    assert "No provider answers" in read(client_of(council_member(Role.QUALITY)), "standards")


def asked(client):
    with CaptureQueriesContext(connection) as captured:
        read(client, "standards")
    return len(captured)


def test_as_many_queries_for_three_providers_as_for_one():
    inside = lot("Mentoring")
    published()
    client = client_of(council_member(Role.QUALITY))
    for names in (("Ash",), ("Beech", "Cedar")):
        for name in names:
            one = factories_market.provider(name)
            factories_market.admitted(one, in_lot=inside)
            acknowledged(one)
        asked(client)
        assert asked(client) == 18


def test_a_check_is_recorded_from_the_providers_page(pool):
    client = client_of(council_member(Role.QUALITY))
    one = pool[0]
    there = reverse("provider-standards", kwargs={"ref": one.ref})
    assert there in read(client, "provider-page", ref=one.ref)
    assert "Nothing is published yet" in client.get(there).content.decode()
    published()
    typed = {
        "kind": "standards",
        "outcome": "partly",
        "words": "Two plans of five.",
        "checked_on-day": "16",
        "checked_on-month": "5",
        "checked_on-year": "2026",
    }
    assert "not after today" in client.post(there, typed).content.decode()
    none = typed | {"kind": "safeguarding", "checked_on-day": "15"}
    assert "No version held on that day" in client.post(there, none).content.decode()
    assert "Enter what was found" in client.post(there, {}).content.decode()
    good = typed | {"checked_on-day": "15"}
    assert client.post(there, good).url == reverse("provider-page", kwargs={"ref": one.ref})
    html = read(client, "provider-page", ref=one.ref)
    assert "Checked against standards version 1 on 15 May 2026: meets them in part." in html
    assert client_of(council_member(Role.FINANCE)).get(there).status_code == 403


# --- The provider's pages, and everybody's ---


def test_a_provider_reads_it_and_says_that_it_keeps_to_it(pool):
    one = pool[0]
    client = client_of(member_of(one.organisation))
    assert "has not published them yet" in read(client, "own-standards")
    published(Kind.SAFEGUARDING)
    compliance = read(client, "provider-compliance")
    assert "you have not said yet that you keep to version 1 of the safeguarding procedure" in (
        compliance
    )
    html = read(client, "own-standards")
    assert "Call Daniel Frost" in html
    there = reverse("own-standards-keep", kwargs={"kind": "safeguarding"})
    assert "At once" in client.get(there).content.decode()
    silent = client.post(there, {"version": "1"}).content.decode()
    assert "Enter who leads on safeguarding with you" in silent
    assert "Say that you keep to it" in silent
    typed = {"lead": "Jo Field", "keeps": "on", "version": "1"}
    old = client.post(there, typed | {"version": "9"}).content.decode()
    assert "Another version holds today" in old
    assert client.post(there, typed).url == reverse("own-standards")
    html = read(client, "own-standards")
    assert "You have said that you keep to it." in html
    assert "you have not said yet" not in read(client, "provider-compliance")
    for kind in ("standards", "mercy"):
        wrong = reverse("own-standards-keep", kwargs={"kind": kind})
        assert client.get(wrong).status_code == 404


def test_a_provider_reads_nothing_of_another(pool):
    published()
    acknowledged(pool[1], lead="Somebody Else")
    html = read(client_of(member_of(pool[0].organisation)), "own-standards")
    assert "Somebody Else" not in html
    assert (
        queries.kept([pool[1].pk], person=member_of(pool[0].organisation))[pool[1].pk].last_said(
            Kind.STANDARDS
        )
        is None
    )


def test_anybody_reads_what_holds_and_what_held(client):
    assert "They are not published yet." in read(client, "public-standards")
    published()
    published(lines=("Children are happy.",))
    published(Kind.SAFEGUARDING)
    published(Kind.STANDARDS, since=TODAY + DAY, lines=("Still to come.",))
    html = read(client, "public-standards")
    for words in ("Children are happy.", "Children are heard.", "Call Daniel Frost", "At once"):
        assert words in html
    assert "Still to come." not in html
    made_framework()
    assert reverse("public-standards") in read(client, "framework-public")

"""Social value and climate: the council's pages, the provider's own, and what is asked."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.market.applications.enums import Result
from flsf.market.applications.rules import DEFAULT_SET, Said, WantedLot, judge
from flsf.market.promises import actions
from flsf.market.promises.enums import Measure, Outcome
from flsf.market.promises.models import ClimatePlan, Promise, ValueReport
from flsf.market.promises.rules import NewPlan, NewReport
from flsf.market.standards import actions as standards
from flsf.market.standards.enums import Kind
from flsf.market.standards.rules import DEFAULT_EXPECTATIONS, Content
from flsf.shared.accounts.enums import Role
from flsf.web.council.my_work.sources import work_of
from tests.factories import NOW, TODAY, council_member, lot, member_of
from tests.factories_applications import CHARITY
from tests.factories_market import admitted, provider

pytestmark = pytest.mark.django_db
YEAR = date(2025, 9, 1)
SENT = {
    "year": "2025", "jobs": "2", "apprentices": "0", "training": "5",
    "evidence": "Payroll of April.", "climate": "Fewer miles.",
}  # fmt: skip


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


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def at(name, of):
    return reverse(name, kwargs={"ref": of.ref})


def promise(of, **amounts):
    actions.promise(
        provider_id=of.pk, amounts={Measure(one): many for one, many in amounts.items()},
        since=YEAR, made_in="A letter", by=SYSTEM, at=NOW,
    )  # fmt: skip


def report(of, **amounts):
    return actions.report(
        provider_id=of.pk,
        report=NewReport(
            year=YEAR,
            amounts={Measure(one): many for one, many in amounts.items()},
            evidence="Payroll.",
        ),
        by=member_of(of.organisation),
        at=NOW,
    )


def delivered(of, officer, **amounts):
    actions.decide(
        report_id=report(of, **amounts).pk, outcome=Outcome.ACCEPTED, words="", by=officer, at=NOW
    )


def asked(**said):
    typed = CHARITY | {code.replace("_", "-"): value for code, value in said.items()}
    answers = {code: Said(tuple(value)) for code, value in typed.items()}
    lots = [WantedLot("mentoring", "Mentoring", "an hour")]
    return judge(DEFAULT_SET, answers, lots=lots, on=TODAY).by_code


def test_a_number_is_asked_only_of_whoever_says_that_they_do_it():
    assert not {code for code in asked() if code.startswith("promise-")}
    of_one = asked(social_value=["jobs"], promise_jobs=["three"])
    assert {code for code in of_one if code.startswith("promise-")} == {"promise-jobs"}
    assert of_one["promise-jobs"].result is Result.UNREADABLE
    assert asked(social_value=["jobs"], promise_jobs=["3"])["promise-jobs"].value == 3
    assert (
        asked(social_value=["jobs"], promise_jobs=["10001"])["promise-jobs"].result is Result.FAILED
    )


def test_what_is_asked_of_the_climate_is_in_proportion():
    small, company = asked(), asked(kind=["company"])
    assert not small["climate"].question.is_required
    assert "net-zero-by" not in small
    assert not company["net-zero-by"].question.is_required


def test_the_board_tells_promised_beside_delivered_of_each_and_of_all(client, officer):
    inside = lot()
    heron, otter, wren = provider("Heron"), provider("Otter"), provider("Wren")
    for one in (heron, otter, wren):
        admitted(one, in_lot=inside)
    promise(heron, jobs=2, training=4)
    delivered(heron, officer, jobs=2, training=1)
    promise(otter, jobs=3)
    provider("Neither in the pool nor promising")
    actions.tell_plan(
        provider_id=heron.pk, plan=NewPlan(words="We walk.", net_zero_by=2030), told_in="T",
        by=SYSTEM, at=NOW,
    )  # fmt: skip
    html = text(client.get(reverse("social-value")))
    for words in (
        *("2 promised, 2 delivered", "3 promised, not reported", "Delivered in part"),
        *("Public Services (Social Value) Act 2012, section 1", "All providers together, 2025/26"),
        *("1 of 3 providers have told us", "1 mean to be net zero by 2030", "No plan told yet"),
    ):
        assert words in html, words
    assert "0 promised, 0 delivered" not in html
    rows = client.get(reverse("social-value-json")).json()["rows"]
    assert [row["name"] for row in rows] == ["Heron", "Otter", "Wren"]
    figures = text(client.get(reverse("social-value-csv")))
    assert "Local people in work: promised" in figures
    narrowed = client.get(reverse("social-value-json"), {"standing": "not_reported"}).json()["rows"]
    assert [row["name"] for row in narrowed] == ["Otter"]
    before = text(client.get(reverse("social-value"), {"year": "2024"}))
    assert "All providers together, 2024/25" in before
    assert "2 promised" not in before
    assert "2025/26" in text(client.get(reverse("social-value"), {"year": "1066"}))


def test_a_provider_reports_and_an_officer_accepts(client, officer):
    of = provider("Heron")
    promise(of, jobs=3)
    manager = client_of(member_of(of.organisation))
    assert "3" in text(manager.get(reverse("own-value")))
    assert text(manager.get(reverse("own-value-report")))
    response = manager.post(reverse("own-value-report"), SENT)
    assert "Waits for the council" in text(manager.get(response.url))
    [item] = [one for one in work_of(officer, TODAY) if one.kind == "Reports of social value"]
    assert (item.who, item.what) == ("Heron", "What was delivered in 2025/26")
    html = text(client.get(item.href))
    for words in ("Payroll of April.", "Fewer miles.", "2025/26"):
        assert words in html
    response = client.post(item.href, {"outcome": "accepted"})
    html = text(client.get(response.url))
    assert "Delivered in part" in html
    assert "Look at the report" not in html
    assert "No report of theirs waits." in text(client.get(at("provider-value-decide", of)))
    assert "Delivered in part" in text(manager.get(reverse("own-value")))


def test_a_report_goes_back_with_words_or_not_at_all(client):
    of = provider()
    report(of, jobs=1)
    address = at("provider-value-decide", of)
    html = text(client.post(address, {"outcome": "sent_back"}))
    assert "Say what is missing" in html
    assert 'href="#id_words"' in html
    assert "Select whether it counts" in text(client.post(address, {}))
    client.post(address, {"outcome": "sent_back", "words": "Whose payroll?"})
    manager = client_of(member_of(of.organisation))
    assert "Whose payroll?" in text(manager.get(reverse("own-value")))


@pytest.mark.parametrize(
    ("changed", "says", "field"),
    [
        ({"year": "1999"}, "Select a valid choice", "year"),
        ({"jobs": ""}, "Enter a number for: local people in work", "jobs"),
        ({"training": "many"}, "Enter a whole number, like 2", "training"),
        ({"training": "-1"}, "Enter 0 or more", "training"),
        ({"training": "10001"}, "Enter 10,000 or fewer", "training"),
        ({"evidence": ""}, "Say what shows it", "evidence"),
    ],
)
def test_what_makes_no_sense_in_a_report_is_said_at_its_field(changed, says, field):
    of = provider()
    manager = client_of(member_of(of.organisation))
    html = text(manager.post(reverse("own-value-report"), SENT | changed))
    assert says in html
    assert f'href="#id_{field}"' in html
    assert "Fewer miles." in html
    assert not ValueReport.objects.exists()


def test_a_second_report_waits_for_the_answer_to_the_first():
    of = provider()
    manager = client_of(member_of(of.organisation))
    manager.post(reverse("own-value-report"), SENT)
    html = text(manager.post(reverse("own-value-report"), SENT))
    assert "The council is looking at your last report" in html
    assert 'href="#id_year"' in html


def test_a_provider_says_what_it_does_for_the_climate(client):
    of = provider()
    standards.publish(
        kind=Kind.SUSTAINABILITY, content=Content(lines=DEFAULT_EXPECTATIONS), in_force_from=TODAY,
        because="First.", by=SYSTEM, at=NOW,
    )  # fmt: skip
    manager = client_of(member_of(of.organisation))
    html = text(manager.get(reverse("own-value")))
    assert "carbon net zero by 2030" in html
    assert "No plan told yet." in html
    html = text(manager.post(reverse("own-climate"), {"words": "We walk.", "net_zero_by": "2020"}))
    assert "Enter this year or a later one" in html
    assert 'href="#id_net_zero_by"' in html
    assert "We walk." in html
    assert not ClimatePlan.objects.exists()
    manager.post(reverse("own-climate"), {"words": "We walk.", "net_zero_by": "2035"})
    assert "2035" in text(manager.get(reverse("own-climate")))
    for html in (
        text(manager.get(reverse("own-value"))),
        text(client.get(at("provider-value", of))),
    ):
        assert "Net zero by 2035, which is later than 2030." in html
        assert "Told on 15 May 2026" in html


def test_the_expectations_are_published_for_anybody_and_in_versions(client):
    form = text(client.get(reverse("standards-publish", kwargs={"kind": "sustainability"})))
    assert "carbon net zero by 2030" in form
    said = {"lines": "Travel less.", "because": "Net zero.", "in_force_from-day": "15",
            "in_force_from-month": "5", "in_force_from-year": "2026"}  # fmt: skip
    client.post(reverse("standards-publish", kwargs={"kind": "sustainability"}), said)
    html = text(Client().get(reverse("public-standards")))
    assert "Looking after the world around us" in html
    assert "Travel less." in html


def test_an_officer_records_a_promise_made_on_paper(client):
    of = provider()
    address = at("provider-promise", of)
    assert text(client.get(address))
    for said, says, field in (
        ({"made_in": "A letter"}, "Enter a number for at least one", "jobs"),
        ({"jobs": "2"}, "Enter where it is written", "made_in"),
        ({"jobs": "x", "made_in": "A letter"}, "Enter a whole number", "jobs"),
    ):
        html = text(client.post(address, said))
        assert says in html
        assert f'href="#id_{field}"' in html
    assert not Promise.objects.exists()
    response = client.post(address, {"jobs": "2", "made_in": "Letter of 3 March"})
    assert "Letter of 3 March" in text(client.get(response.url))
    assert Promise.objects.get().amount == 2


def test_one_provider_costs_the_board_as_many_queries_as_three(client, django_assert_num_queries):
    inside = lot()
    admitted(provider(), in_lot=inside)
    for _ in range(2):
        # Session, person, memberships; and twice, for the rows and for all together: the pool,
        # providers, promises, reports, plans.
        with django_assert_num_queries(BOARD_QUERIES):
            client.get(reverse("social-value"))
        for _ in range(2):
            admitted(provider(), in_lot=inside)


BOARD_QUERIES = 15

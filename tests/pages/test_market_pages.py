"""How the market is made up, how few have how much, and what will be needed."""

import json
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.mandate.budgets import actions as budgets
from flsf.mandate.budgets.enums import Entry
from flsf.market.openings.models import Opening
from flsf.market.providers.enums import Mode, ProviderKind
from flsf.oversight.shares import queries as shares
from flsf.oversight.shares import rules
from flsf.oversight.shares.enums import Trait
from flsf.shared.accounts.enums import Role
from flsf.web.public.market.views import mix
from tests import factories_awards
from tests.factories import NOW, TODAY, council_member, lot
from tests.factories_market import admitted, provider, service

pytestmark = pytest.mark.django_db

_numbers = count(1)


def client_of(role):
    client = Client()
    client.force_login(council_member(role))
    return client


def paid(of, pence, inside, day=TODAY - timedelta(days=30), awards=5):
    """So much in all, for so many awards, each of one child."""
    for _ in range(awards):
        paid_once(of, pence // awards, inside, day)


def paid_once(of, pence, inside, day):
    line = factories_awards.posting(
        factories_awards.budget(100_000), 0, lot_code=inside.code, day=day
    )
    whole = type(line)(
        **{
            **{name: getattr(line, name) for name in line.__dataclass_fields__},
            "provider_ref": of.ref,
            "provider_name": of.name,
            "net_pence": pence,
            "award_ref": f"A-M{next(_numbers)}",
        }
    )
    budgets.post_many(lines=[(Entry.PAID, whole)], by=SYSTEM, at=NOW)


@pytest.fixture
def market():
    inside = lot("Mentoring")
    local = provider("Canal Side", is_local=True)
    charity = provider("Heron Trust", ProviderKind.VOLUNTARY)
    for one in (local, charity):
        admitted(one, in_lot=inside)
    paid(local, 300_00, inside)
    paid(charity, 100_00, inside)
    paid(charity, 999_00, inside, day=TODAY - timedelta(days=400))
    return inside


def test_anybody_reads_what_is_local_small_and_voluntary(client, market):
    html = client.get(reverse("market")).content.decode()
    assert "1 of 2 providers are local, and 75% of what we paid" in html
    assert "Charity or community organisation" in html
    figures = client.get(reverse("market-mix-csv")).content.decode()
    assert "Local,1 (50%),0%,£300 (75%)" in figures
    assert client.get(reverse("market-mix-svg"))["Content-Type"] == "image/svg+xml"


def test_the_kinds_add_up_and_can_be_taken_away(client, market):
    rows = json.loads(client.get(reverse("market-by-kind-json")).content)["rows"]
    assert [(row["words"], row["pool"], row["awards"]) for row in rows] == [
        ("Charity or community organisation", 1, "0"),
        ("Company", 1, "0"),
        ("All", 2, "0"),
    ]


def member(kind, awards, awarded, paid, *traits):
    return shares.Member(
        ref=kind, name=kind, kind=kind, traits=frozenset(traits), is_in_pool=True, awards=awards,
        awarded=awarded, paid=paid, paid_for=awards,
    )  # fmt: skip


@pytest.fixture
def few(monkeypatch):
    """Three children had support from a charity, which is the only local and voluntary one."""
    every = [
        member("Charity", 3, 7_000_00, 6_000_00, Trait.LOCAL, Trait.VOLUNTARY),
        member("Company", 40, 9_000_00, 8_000_00, Trait.SMALL),
        member("Sole trader", 50, 5, 4, Trait.SMALL),
    ]
    monkeypatch.setattr(shares, "members", lambda _: every)


def test_support_is_counted_by_where_it_happens_the_community_too(client, market):
    inside, outside = provider("In the pool"), provider("Outside")
    admitted(inside, in_lot=market)
    for mode in (Mode.COMMUNITY, Mode.COMMUNITY, Mode.HOME):
        service(inside, market, mode=mode)
    service(outside, market, mode=Mode.COMMUNITY)
    rows = json.loads(client.get(reverse("market-by-place-json")).content)["rows"]
    assert {row["words"]: (row["services"], row["providers"]) for row in rows} == {
        "At the provider's place": (0, 0),
        "Somewhere in the community": (2, 1),
        "At home": (1, 1),
        "Online": (0, 0),
        "At a workplace": (0, 0),
    }
    assert "Somewhere in the community" in client.get(reverse("market-by-place")).content.decode()
    assert reverse("market-by-place") in client.get(reverse("market")).content.decode()


def test_what_few_children_cost_is_told_to_nobody(client, few):
    rows = json.loads(client.get(reverse("market-by-kind-json")).content)["rows"]
    shown = {row["words"]: (row["awards"], row["awarded"], row["paid"]) for row in rows}
    assert shown["Charity"] == shown["Company"] == ("c", "c", "c")
    assert shown["Sole trader"] == ("50", "£0", "£0")
    html = client.get(reverse("market-by-kind")).content.decode()
    assert "£6,000" not in html
    assert "£7,000" not in html


def test_the_picture_gives_away_by_no_bar_or_share_what_the_table_hides(client, few):
    picture = mix(SYSTEM, TODAY)
    # Small ones are the whole but for the charity, and so would tell what it had.
    assert picture.rows == [
        ("Local", "1 (33%)", "c", "c"),
        ("Small or medium", "2 (67%)", "c", "c"),
        ("Voluntary", "1 (33%)", "c", "c"),
    ]
    assert picture.title == "1 of 3 providers are local."
    assert "Paid" not in json.dumps(picture.spec)
    assert "Value of awards" not in json.dumps(picture.spec)
    body = client.get(reverse("market")).content.decode()
    body += client.get(reverse("market-mix-csv")).content.decode()
    body += client.get(reverse("market-mix-svg")).content.decode()
    for share in ("43", "57", "43.", "£6,000", "£8,000"):  # of what was paid, in per cent
        assert f">{share}" not in body
        assert f"({share}%)" not in body


FORMS = [
    *("market", "market-mix-csv", "market-mix-svg", "market-by-kind", "market-by-kind-csv"),
    *("market-by-kind-json",),
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("role", [None, Role.FINANCE])
def test_a_trait_tells_in_no_form_what_the_kind_hides(client, monkeypatch, form, role):
    """Nor to somebody of the council, who reads there what everybody reads."""
    every = [
        member("Charity", 1, 12_345_00, 12_345_00, Trait.VOLUNTARY),
        member("Company", 40, 900_000_00, 800_000_00, Trait.LOCAL),
        member("Public body", 3, 5_000_00, 4_000_00),
        member("Sole trader", 9, 7_000_00, 6_000_00, Trait.SMALL),
    ]
    monkeypatch.setattr(shares, "members", lambda _: every)
    reader = client_of(role) if role else client
    body = reader.get(reverse(form)).content.decode()
    assert "c" in body
    for told in ("12,345", "12345", "(2%)", "4,000", ">1.5", ">1.4"):
        assert told not in body
    # Nor the whole less what is told of others, nor the two few together.
    for sums in ("16,345", "17,345", "822,345"):
        assert (sums in body) is (sums == "822,345" and form in FORMS[3:] + FORMS[:1])


def test_no_share_is_told_of_a_whole_that_is_not(monkeypatch):
    every = [member("Company", 40, 9_000_00, 8_000_00, Trait.LOCAL)]
    monkeypatch.setattr(shares, "members", lambda _: every)
    only = frozenset({str(Trait.LOCAL)})
    monkeypatch.setattr(rules, "told", lambda _: rules.Told(awarded=only, paid=only))
    picture = mix(SYSTEM, TODAY)
    assert picture.rows[0] == ("Local", "1 (100%)", "c", "c")
    assert picture.title == "1 of 1 providers are local."
    assert "Paid" not in json.dumps(picture.spec)


def test_an_award_of_earlier_that_was_paid_for_counts_as_a_child(client, market):
    lonely = provider("Quiet Corner", ProviderKind.SOLE_TRADER)
    admitted(lonely, in_lot=market)
    paid(lonely, 700_00, market, awards=1)
    rows = json.loads(client.get(reverse("market-by-kind-json")).content)["rows"]
    shown = {row["words"]: (row["awards"], row["paid"]) for row in rows}
    assert shown["Sole trader"] == ("0", "c")
    assert "c" in {shown["Company"][1], shown["Charity or community organisation"][1]}
    assert shown["All"] == ("0", "£1,100")  # it is four hundred and seven hundred


def test_an_empty_market_says_so(client):
    assert "Nobody is in the pool yet" in client.get(reverse("market")).content.decode()
    assert client.get(reverse("market-by-kind")).status_code == 200
    html = client_of(Role.FINANCE).get(reverse("market-concentration")).content.decode()
    assert "Nothing was paid in the last twelve months." in html


def test_the_council_reads_who_was_paid_most_and_what_hangs_on_one(market):
    alone, nobody = lot("Therapies", inside=market.framework), lot("Work", inside=market.framework)
    admitted(provider("Only Ltd"), in_lot=alone)
    html = client_of(Role.PROCUREMENT).get(reverse("market-concentration")).content.decode()
    assert "The 2 providers paid most had 100% of what was paid to 2" in html
    assert "Index 6,250: highly concentrated." in html
    assert "Therapies: only Only Ltd" in html
    assert "Work: nobody" in html
    supply = {one.name: (one.in_pool, one.paid_to) for one in shares.lot_supply(TODAY)}
    assert supply == {"Mentoring": (2, 2), "Therapies": (1, 0), nobody.name: (0, 0)}


def test_the_market_is_read_in_as_many_questions_with_one_provider_as_with_three(client):
    inside = lot()
    counts = []
    for many in (1, 2):
        for _ in range(many):
            admitted(provider(), in_lot=inside)
        client.get(reverse("market"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("market"))
        counts.append(len(asked))
    assert counts == [QUERIES, QUERIES]


QUERIES = 13


def filled(**more):
    day = TODAY + timedelta(days=30)
    usual = {
        "title": "Mentors",
        "words": "Twelve places",
        "how_to_prepare": "Ring us",
        "needed_from-day": day.day,
        "needed_from-month": day.month,
        "needed_from-year": day.year,
    }
    return usual | more


def test_a_commissioner_tells_what_will_be_needed_and_takes_it_back(client):
    inside, officer = lot("Mentoring"), client_of(Role.COMMISSIONER)
    there = reverse("opening-tell")
    assert officer.get(there).status_code == 200
    assert officer.post(there, filled(lot_id=inside.pk)).status_code == 302
    html = client.get(reverse("market-coming")).content.decode()
    assert "Mentors" in html
    assert "Ring us" in html
    one = Opening.objects.get()
    back = reverse("opening-withdraw", kwargs={"ref": one.ref})
    assert officer.get(back).status_code == 200
    assert "Say why" in officer.post(back, {"why": ""}).content.decode()
    assert officer.post(back, {"why": "Found"}).status_code == 302
    assert "Somebody has taken it back" in officer.post(back, {"why": "x"}).content.decode()
    assert "Twelve places" not in client.get(reverse("market-coming")).content.decode()
    assert "Taken back" in officer.get(reverse("opening-list")).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"needed_from-year": "2020"}, "Enter a day from today on"),
        ({"title": ""}, "Say what will be needed"),
        ({"lot_id": "0"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_told_is_said_and_nothing_typed_is_lost(typed, said):
    inside = lot("Mentoring")
    page = client_of(Role.COMMISSIONER).post(
        reverse("opening-tell"), filled(lot_id=inside.pk) | typed
    )
    html = page.content.decode()
    assert said in html
    assert "Twelve places" in html
    assert not Opening.objects.exists()


def test_nothing_told_yet_says_so(client):
    html = client.get(reverse("market-coming")).content.decode()
    assert "We have not said what we will need yet" in html
    assert "No child waits for support." in html


def test_every_change_of_the_register_is_dated_and_none_says_why(client):
    admitted(provider("Canal Side"), in_lot=lot("Mentoring"))
    html = client.get(reverse("public-register-history")).content.decode()
    assert "Canal Side" in html
    assert "In the pool" in html
    assert "All checks seen" not in html

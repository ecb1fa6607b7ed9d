import csv
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from flsf.casework.calloffs.actions import propose
from flsf.casework.calloffs.models import Award
from flsf.core.people import SYSTEM
from flsf.delivery.attendance.enums import AbsentBecause, Came
from flsf.delivery.attendance.rules import Facts
from flsf.mandate.budgets import actions as ledger
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.budgets.enums import Entry
from flsf.money.payments.enums import Status
from flsf.money.payments.models import Claim
from flsf.shared.accounts.enums import Role, Team
from tests.factories import NOW, council_member, member_of, organisation
from tests.factories_awards import budget, proposal
from tests.factories_money import approved, billed, claimed, ledger_line, marked, sent

pytestmark = pytest.mark.django_db

DAYS = (date(2026, 5, 4), date(2026, 5, 6), date(2026, 5, 8))
MISSED = Facts(came=Came.NO, absent_because=AbsentBecause.ILLNESS)


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def finance() -> Client:
    return client_of(council_member(Role.FINANCE))


def test_a_provider_makes_checks_and_sends_a_claim():
    placement = billed()
    marked(placement, DAYS[0])
    marked(placement, DAYS[1], facts=MISSED)
    client = client_of(member_of(placement.provider.organisation))
    text = client.post(
        "/provider/claims/draft/", {"month": "2026-05-01"}, follow=True
    ).content.decode()
    claim = Claim.objects.get()
    assert "120 minutes at £40.00 an hour" in text
    assert "£160.00" in text
    assert "Ada" not in text
    line = f"/provider/claims/{claim.ref}/lines/{placement.ref}-2026-05-04-am/ask/"
    assert line in text
    text = client.post(line, {"words": "It was three hours."}, follow=True).content.decode()
    assert "The provider asks: It was three hours." in text
    assert "Once it is sent you cannot change it." in (
        client.get(f"/provider/claims/{claim.ref}/send/").content.decode()
    )
    text = client.post(f"/provider/claims/{claim.ref}/send/", follow=True).content.decode()
    assert "The council will check it." in text
    assert "Check and send" not in text
    again = client.post(line, {"words": "Again."}).content.decode()
    assert "This claim has been sent, so it cannot be changed." in again


def test_without_sessions_there_is_nothing_to_claim_and_it_says_how_to_mend_that():
    placement = billed()
    client = client_of(member_of(placement.provider.organisation))
    text = client.post("/provider/claims/draft/", {"month": "2026-05-01"}).content.decode()
    assert "There is nothing to claim for that month yet. Mark its sessions first." in text
    assert (
        "Choose a month" in client.post("/provider/claims/draft/", {"month": ""}).content.decode()
    )


def test_a_provider_reaches_no_other_providers_claim():
    placement = billed()
    marked(placement, DAYS[0])
    claim = claimed(placement)
    client = client_of(member_of(organisation()))
    for address in ("", "send/", f"lines/{placement.ref}-2026-05-04-am/ask/"):
        assert client.get(f"/provider/claims/{claim.ref}/{address}").status_code == 404
    assert client.post(f"/provider/claims/{claim.ref}/send/").status_code == 404
    assert claim.ref not in client.get("/provider/claims.csv").content.decode()


def test_an_officer_approves_with_a_reason_and_records_the_payment():
    placement = billed()
    marked(placement, DAYS[0])
    marked(placement, DAYS[1], facts=MISSED)
    claim, client = sent(placement), finance()
    text = client.get(f"/money/claims/{claim.ref}/").content.decode()
    assert text.index("Lines that want an eye (1)") < text.index("The other lines (1)")
    assert "The child did not come and the session is charged" in text
    refused = client.post(f"/money/claims/{claim.ref}/approve/", {"reason": ""}).content.decode()
    assert "Say why it may be paid" in refused
    client.post(f"/money/claims/{claim.ref}/approve/", {"reason": "As marked."})
    day = {"paid_on-day": "15", "paid_on-month": "5", "paid_on-year": "2026"}
    text = client.post(f"/money/claims/{claim.ref}/pay/", day, follow=True).content.decode()
    assert f"Claim {claim.ref} is paid." in text
    assert budgets.of_award(placement.award.ref)[Entry.PAID].pence == 16000
    assert "160.00" in client.get("/money/payments.csv").content.decode()


def test_an_officer_sends_a_claim_back():
    placement = billed()
    marked(placement, DAYS[0])
    claim = sent(placement)
    finance().post(f"/money/claims/{claim.ref}/send-back/", {"words": "Was it two hours?"})
    claim.refresh_from_db()
    assert claim.status == Status.QUERY
    own = client_of(member_of(placement.provider.organisation))
    assert "The council asks: Was it two hours?" in (
        own.get(f"/provider/claims/{claim.ref}/").content.decode()
    )


def test_a_claim_is_not_paid_in_the_future():
    placement = billed()
    marked(placement, DAYS[0])
    claim = approved(placement)
    day = {"paid_on-day": "16", "paid_on-month": "5", "paid_on-year": "2026"}
    text = finance().post(f"/money/claims/{claim.ref}/pay/", day).content.decode()
    assert "That day has not come yet." in text


@pytest.mark.parametrize("many", [1, 3])
def test_the_lists_ask_as_many_questions_for_one_as_for_three(many, django_assert_num_queries):
    for _ in range(many):
        placement = billed()
        marked(placement, DAYS[0])
        claim = sent(placement)
    client = finance()
    with django_assert_num_queries(5):
        assert client.get("/money/claims/").status_code == 200
    with django_assert_num_queries(5):
        assert client.get(f"/money/claims/{claim.ref}/").status_code == 200
    with django_assert_num_queries(7):
        assert client.get("/money/").status_code == 200
    with django_assert_num_queries(5):
        assert client.get("/money/spend/?by=provider").status_code == 200


def test_estimated_committed_and_paid_stand_in_columns_of_their_own():
    placement = billed()
    marked(placement, DAYS[0])
    claim, client = approved(placement), finance()
    day = {"paid_on-day": "15", "paid_on-month": "5", "paid_on-year": "2026"}
    client.post(f"/money/claims/{claim.ref}/pay/", day)
    rows = client.get("/money/spend.csv?by=spend_line").content.decode("utf-8-sig").splitlines()
    assert rows == ["What,Estimated,Committed,Paid", "Dedicated mentoring,0.00,80.00,80.00"]


def test_each_team_has_its_own_view_and_a_provider_one_sum_over_all_of_them():
    fund = budget(1_000)
    lines = [ledger_line(fund, day=DAYS[0], pounds=pounds) for pounds in (100, 30)]
    lines[1] = replace(lines[1], team=Team.AP)
    ledger.post_many(lines=[(Entry.PAID, one) for one in lines], by=SYSTEM, at=NOW)
    waiting = propose(proposal=proposal(fund), findings={}, by=SYSTEM, at=NOW)
    Award.objects.filter(pk=waiting.pk).update(team=Team.AP)
    client = finance()

    def rows(query):
        file = client.get(f"/money/spend.csv?{query}").content.decode("utf-8-sig")
        return {row["What"]: row for row in csv.DictReader(file.splitlines())}

    assert rows("by=provider")["Canal Side"]["Paid"] == "130.00"
    paid = {team: rows(f"by=provider&team={team}")["Canal Side"]["Paid"] for team in ("send", "ap")}
    assert paid == {"send": "100.00", "ap": "30.00"}
    hoped = {team: rows(f"by=fund&team={team}") for team in ("send", "ap")}
    assert [row["Estimated"] for row in hoped["send"].values()] == ["0.00"]
    assert [float(row["Estimated"]) > 0 for row in hoped["ap"].values()] == [True]
    assert {row["Paid"] for row in rows("by=team").values()} == {"100.00", "30.00"}
    assert rows("by=fund&team=virtual_school") == {}


def test_the_money_page_tells_what_is_left_of_each_fund_and_the_list_adds_up_by_fund():
    fund = budget(1_000)
    line = ledger_line(fund, day=DAYS[0], pounds=250)
    ledger.commit(posting=line, by=SYSTEM, at=NOW)
    client = finance()
    text = client.get("/money/").content.decode()
    assert "£750 may still be promised in 2026/27." in text
    named = fund.fund.name
    rows = client.get("/money/spend.csv?by=fund").content.decode("utf-8-sig").splitlines()
    assert rows[1:] == [f"{named},0.00,250.00,0.00"]
    left = client.get("/money/headroom.csv").content.decode("utf-8-sig").splitlines()
    assert left[0] == "Fund,Budget,Committed,Paid,May still be promised"
    assert "750" in left[1]


@pytest.mark.parametrize(
    ("role", "reads", "approves", "pays"),
    [
        (Role.FINANCE, 200, 200, 200),
        (Role.COMMISSIONER, 200, 200, 403),
        (Role.DIRECTOR, 200, 403, 403),
        (Role.CASEWORKER, 403, 403, 403),
        (Role.COUNCILLOR, 403, 403, 403),
    ],
)
def test_who_reads_approves_and_pays(role, reads, approves, pays):
    placement = billed()
    marked(placement, DAYS[0])
    claim, client = sent(placement), client_of(council_member(role))
    for address in ("/money/", "/money/claims/", f"/money/claims/{claim.ref}/", "/money/spend/"):
        assert client.get(address).status_code == reads
    assert client.get(f"/money/claims/{claim.ref}/approve/").status_code == approves
    assert client.get(f"/money/claims/{claim.ref}/pay/").status_code == pays
    assert client.get("/provider/claims/").status_code == 403

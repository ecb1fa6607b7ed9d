"""A company or charity number proves nothing by itself: a named person says who is who."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.flows import exclude
from flsf.flows.release_round import release_round
from flsf.market.admissions import queries as admissions
from flsf.market.applications import actions as applications
from flsf.market.checks.models import Evidence
from flsf.market.evaluation import actions
from flsf.market.evaluation.enums import Whose
from flsf.market.evaluation.models import DecidersInterest, Evaluation, NumberSettled
from flsf.market.exclusions.enums import CaseStatus
from flsf.market.providers import queries as providers
from flsf.market.providers.models import Provider
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, council_member
from tests.factories_applications import answered, applicant
from tests.factories_evaluation import AFTER, finish, scene
from tests.factories_exclusions import case
from tests.factories_market import provider

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
THEN = AFTER.date()
NUMBER = "1234567"


@pytest.fixture
def at():
    return scene()


def accepted(at, person, number=NUMBER):
    """An applicant who gave that charity number is accepted, and not told yet."""
    made = answered(person, at.framework, charity_number=[number])
    applications.submit(application_id=made.pk, version=1, by=person, at=NOW)
    found = actions.open_evaluation(application_id=made.pk, by=at.first, at=NOW)
    for one in (at.first, at.second):
        actions.assign(evaluation_id=found.pk, person_id=one.pk, by=at.first, at=NOW)
        actions.declare(evaluation_id=found.pk, has_interest=False, by=one, at=NOW)
    finish(at, found, on=NOW)
    return made


def settle(at, made, whose, *, by=None, reason="I rang them.", number=NUMBER):
    return actions.settle_number(
        application_id=made.pk,
        number=number,
        whose=whose,
        reason=reason,
        by=by or at.director,
        at=AFTER,
    )


def release(at):
    return release_round(round_of=at.round(THEN), by=at.director, at=AFTER)


def again(person):
    return type(person).objects.get(pk=person.pk)


def test_a_number_on_the_register_links_nobody_before_it_is_settled(at):
    victim = provider("Victim", charity_number=NUMBER)
    made = accepted(at, applicant())
    with pytest.raises(actions.NumbersToSettle) as refused:
        release(at)
    assert refused.value.refs == (made.ref,)
    assert not Evidence.objects.filter(provider=victim).exists()


def test_given_by_mistake_they_join_on_their_own_record_without_it(at):
    victim, person = provider("Victim", charity_number=NUMBER), applicant()
    made = accepted(at, person)
    settle(at, made, Whose.MISTAKEN)
    release(at)
    made.refresh_from_db()
    assert made.provider_id != victim.pk
    assert made.provider.charity_number == ""
    assert providers.own(person=again(person)) == made.provider
    assert not Evidence.objects.filter(provider=victim).exists()


def test_the_same_organisation_joins_as_the_provider_that_has_it_and_manages_it(at):
    known, person = provider("Kind Steps", charity_number=NUMBER), applicant()
    made = accepted(at, person)
    settle(at, made, Whose.SAME)
    release(at)
    made.refresh_from_db()
    assert made.provider_id == known.pk
    assert Provider.objects.count() == 1
    assert providers.own(person=again(person)) == known


def test_an_excluded_provider_does_not_join_through_a_new_account(at):
    known = provider("Kind Steps", charity_number=NUMBER)
    opened = case(known)
    exclude.decide_case(
        case_id=opened.pk,
        outcome=CaseStatus.EXCLUDED,
        reason="So.",
        by=council_member(Role.DIRECTOR),
        at=NOW + 30 * DAY,
    )
    made = accepted(at, applicant())
    with pytest.raises(actions.NumbersToSettle):
        release(at)
    settle(at, made, Whose.SAME)
    with pytest.raises(actions.MayNotBeTaken):
        release(at)
    assert not admissions.in_pool(THEN)
    actions.decline_excluded(
        evaluation_id=Evaluation.objects.get(application=made).pk,
        reason="Excluded.",
        by=at.director,
        at=AFTER,
    )
    assert release(at) == 1
    assert not admissions.in_pool(THEN)


def test_of_two_with_one_number_the_real_one_has_its_own_record(at):
    evil, real = applicant(), applicant()
    first, second = accepted(at, evil), accepted(at, real)
    with pytest.raises(actions.NumbersToSettle) as refused:
        release(at)
    assert set(refused.value.refs) == {first.ref, second.ref}
    settle(at, first, Whose.MISTAKEN)
    release(at)  # nobody else claims the number of the second any more
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.provider.charity_number, second.provider.charity_number) == ("", NUMBER)
    assert providers.own(person=again(real)) == second.provider


def test_found_to_be_the_same_two_are_one_provider_that_both_manage(at):
    one, other = applicant(), applicant()
    first, second = accepted(at, one), accepted(at, other)
    settle(at, first, Whose.THEIRS)
    with pytest.raises(actions.TheirsAlready):
        settle(at, second, Whose.THEIRS)
    settle(at, second, Whose.SAME)
    assert release(at) == 2
    [made] = Provider.objects.all()
    first.refresh_from_db()
    assert made.organisation_id == first.organisation_id
    assert {providers.own(person=again(each)) for each in (one, other)} == {made}


def test_each_refusal_of_settling(at):
    made = accepted(at, applicant())
    with pytest.raises(actions.NotShared):
        settle(at, made, Whose.THEIRS)
    provider("Victim", charity_number=NUMBER)
    with pytest.raises(actions.MayNotDecide):
        settle(at, made, Whose.MISTAKEN, by=at.second)
    with pytest.raises(actions.WordsMissing):
        settle(at, made, Whose.MISTAKEN, reason=" ")
    with pytest.raises(actions.OnRegister):
        settle(at, made, Whose.THEIRS)
    other = council_member(Role.DIRECTOR)
    evaluation = Evaluation.objects.get(application=made)
    DecidersInterest.objects.create(
        evaluation=evaluation,
        person=other,
        has_interest=True,
        interest="A sister.",
        declared_at=NOW,
    )
    with pytest.raises(actions.HasInterest):
        settle(at, made, Whose.MISTAKEN, by=other)
    settle(at, made, Whose.MISTAKEN)
    for wrong in ({"reason": ""}, {"provider": Provider.objects.get()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NumberSettled.objects.update(**wrong)


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_queue_and_the_application_say_so_and_whoever_decides_settles_it(at):
    provider("Victim", charity_number=NUMBER)
    made = accepted(at, applicant())
    client = Client()
    client.force_login(at.director)
    file = reverse("application-file", kwargs={"ref": made.ref})
    page = reverse("application-number", kwargs={"ref": made.ref, "number": NUMBER})
    with clock.stopped_at(AFTER):
        assert "settle who is who" in text(client.get(reverse("application-list")))
        html = text(client.get(reverse("round-tell", kwargs={"number": 1})))
        assert f'Say first who is who: <a class="govuk-link" href="{file}"' in html
        html = text(client.get(file))
        assert "also Victim on the register" in html
        assert page in html
        assert "Anybody can type a number" in text(client.get(page))
        assert "Choose who is who" in text(client.post(page, {}))
        assert "under another provider" in text(
            client.post(page, {"whose": "theirs", "reason": "So."})
        )
        assert client.post(page, {"whose": "mistaken", "reason": "I rang."}).status_code == 302
        assert "I rang." in text(client.get(file))
        assert "Found before" in text(client.get(page))
        assert "settle who is who" not in text(client.get(reverse("application-list")))
        other = reverse("application-number", kwargs={"ref": made.ref, "number": "1"})
        assert client.get(other).status_code == 404

"""A provider proposes a new kind of service; the council takes it up or merges it."""

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.flows import settle_kind
from flsf.market.directory import queries as directory
from flsf.market.directory.rules import Asked
from flsf.market.kinds import actions, queries
from flsf.market.kinds.models import Kind
from flsf.market.listings.models import Revision
from flsf.market.providers import actions as providers
from flsf.market.providers.models import Service
from flsf.shared.accounts.enums import Role
from flsf.shared.accounts.models import Organisation
from tests.factories import NOW, TODAY, council_member, lot, member_of
from tests.factories_market import admitted, provider, service
from tests.pages.test_own_services import typed

pytestmark = pytest.mark.django_db

TOLD = {"by": SYSTEM, "at": NOW}


@pytest.fixture
def officer(db):
    return council_member()


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def at(one):
    return reverse("kind-page", kwargs={"ref": one.ref})


def live(**more):
    of, inside = provider(), lot()
    admitted(of, in_lot=inside)
    return service(of, inside, **more)


def found(**asked):
    return [card.name for card in directory.search(Asked(**asked), at=None, on=TODAY).cards]


def test_proposed_with_a_listing_then_taken_up_and_chosen_by_families(officer_client, client):
    of, inside = provider(), lot()
    manager = Client()
    manager.force_login(member_of(Organisation.objects.get(pk=of.organisation_id)))
    made = service(of, inside, name="Canal walks")
    admitted(of, in_lot=inside)
    said = typed(inside, new_kind="Learning with dogs")
    assert manager.post(reverse("service-change", kwargs={"ref": made.ref}), said).url
    kind = Kind.objects.get()
    assert Revision.objects.get().facts.kind_id == kind.pk
    assert "Learning with dogs" in text(officer_client.get(reverse("my-work")))
    # Its own proposer may choose it already; another provider not yet.
    assert "Learning with dogs" in text(manager.get(reverse("service-add")))
    stranger = Client()
    stranger.force_login(member_of(Organisation.objects.get(pk=provider().organisation_id)))
    assert "Learning with dogs" not in text(stranger.get(reverse("service-add")))
    Service.objects.filter(pk=made.pk).update(kind=kind)
    assert found(kinds=frozenset({kind.ref})) == []
    decided = officer_client.post(at(kind), {"decision": "adopt", "why": "Families ask for it."})
    assert decided.url == reverse("kind-list")
    assert found(kinds=frozenset({kind.ref})) == ["Canal walks"]
    html = text(client.get(reverse("directory-search"), {"kind": kind.ref}))
    assert "Learning with dogs (1)" in html
    assert "Learning with dogs<span" in html
    assert found(words="dogs") == ["Canal walks"]
    assert "Learning with dogs" in text(stranger.get(reverse("service-add")))


def test_merged_into_another_its_services_are_of_that_one(officer):
    old = actions.propose(name="Robotics", **TOLD)
    settle_kind.adopt(kind_id=old.pk, why="Yes.", by=officer, at=NOW)
    new = actions.propose(name="Robots and coding", **TOLD)
    live(name="Robot club", kind_id=new.pk)
    settle_kind.merge(kind_id=new.pk, into_id=old.pk, why="The same.", by=officer, at=NOW)
    assert found(kinds=frozenset({old.ref})) == ["Robot club"]
    new.refresh_from_db()
    assert new.merged_into == old


def test_not_taken_up_its_services_are_of_none(officer):
    new = actions.propose(name="Robots", **TOLD)
    made = live(name="Robot club", kind_id=new.pk)
    settle_kind.decline(kind_id=new.pk, why="It is a club.", by=officer, at=NOW)
    made.refresh_from_db()
    assert (made.kind, found()) == (None, ["Robot club"])


def test_refused(officer):
    new = actions.propose(name="Robots", **TOLD)
    with pytest.raises(actions.AlreadyThere):
        actions.propose(name=" robots ", **TOLD)
    told = {"kind_id": new.pk, "by": officer, "at": NOW}
    with pytest.raises(actions.SayWhy):
        actions.adopt(why=" ", **told)
    other = actions.propose(name="Dogs", **TOLD)
    for into in (new.pk, other.pk, 0):
        with pytest.raises(actions.NotAKind):
            actions.merge(into_id=into, why="Same.", **told)
    actions.decline(why="No.", **told)
    for act in (actions.adopt, actions.decline):
        with pytest.raises(actions.NotProposed):
            act(why="Again.", **told)
    assert list(queries.proposed(person=officer)) == [other]
    assert providers.move_kind(from_id=new.pk, to_id=None, by=SYSTEM, at=NOW) == []


def test_a_decision_that_makes_no_sense_is_said(officer_client, officer):
    new = actions.propose(name="Robots", **TOLD)
    for said, says in (
        ({}, "Select what to do with it"),
        ({"decision": "merge", "why": "Same."}, "Choose which kind it is"),
        ({"decision": "adopt"}, "Say why"),
    ):
        assert says in text(officer_client.post(at(new), said))
    settle_kind.decline(kind_id=new.pk, why="No.", by=officer, at=NOW)
    late = text(officer_client.post(at(new), {"decision": "adopt", "why": "Yes."}))
    assert "already decided" in late
    assert "Not taken up" in text(officer_client.get(reverse("kind-list"), {"status": "declined"}))


def test_one_kind_costs_as_many_queries_as_three(officer_client, django_assert_num_queries):
    for number in range(2):
        actions.propose(name=f"Kind {number}", **TOLD)
        # Session, person, memberships; how many, which.
        with django_assert_num_queries(5):
            officer_client.get(reverse("kind-list"))
        actions.propose(name=f"Another {number}", **TOLD)


def test_only_who_keeps_the_local_offer_decides():
    new, client = actions.propose(name="Robots", **TOLD), Client()
    client.force_login(council_member(Role.CASEWORKER))
    assert client.post(at(new), {"decision": "adopt", "why": "Yes."}).status_code == 403

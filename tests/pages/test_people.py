"""The administrator looks after the people who sign in."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.shared.accounts import actions, queries
from flsf.shared.accounts.enums import OrganisationKind, Role, Team
from flsf.shared.notify import queries as notify
from tests.factories import NOW, council_member, member_of, organisation, user

LIST, INVITE = reverse("user-list"), reverse("user-invite")

# Session, person, memberships; count, people, their memberships, the organisations.
QUERIES = 7


@pytest.fixture
def administrator(db):
    return council_member(Role.ADMINISTRATOR)


@pytest.fixture
def client(administrator):
    client = Client()
    client.force_login(administrator)
    return client


def of(name, person):
    return reverse(name, kwargs={"ref": person.ref})


def roles(person):
    return queries.roles_of(person.pk)


def test_one_person_costs_as_many_queries_as_three(client, django_assert_num_queries):
    with django_assert_num_queries(QUERIES):
        client.get(LIST, {"role": "administrator"})
    for _ in range(3):
        council_member(Role.FINANCE)
    with django_assert_num_queries(QUERIES):
        page = client.get(LIST, {"role": "finance"}).content.decode()
    assert "3 people" in page


def test_people_are_found_by_name_and_account(client):
    here, gone = council_member(Role.FINANCE), council_member(Role.FINANCE)
    actions.close_account(user_id=gone.pk, by=SYSTEM, at=NOW)
    page = client.get(LIST, {"account": "closed"}).content.decode()
    assert gone.email in page
    assert here.email not in page
    assert here.email in client.get(LIST, {"words": here.name.upper()}).content.decode()


def answers(**changes):
    place = organisation(OrganisationKind.COUNCIL)
    given = {
        "name": "Fay Marsh",
        "email": "Fay@Example.org",
        "role": "caseworker",
        "organisation": str(place.pk),
        "team": "send",
    }
    return given | changes


def test_an_invitation_opens_an_account_with_its_role_and_sends_a_letter(client):
    response = client.post(INVITE, answers())
    person = queries.user_with_email("fay@example.org")
    assert response.url == of("user-page", person)
    assert roles(person) == {Role.CASEWORKER}
    assert person.team == Team.SEND
    assert not person.has_usable_password()
    [letter] = notify.waiting()
    assert (letter.template, letter.address, letter.details) == (
        "invitation",
        "fay@example.org",
        {},
    )


def test_whoever_is_invited_can_choose_a_password(client):
    client.post(INVITE, answers())
    Client().post(reverse("account_reset_password"), {"email": "fay@example.org"})
    assert "new-password" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Enter their name"),
        ({"email": "fay"}, "Enter an email address like"),
        ({"role": ""}, "Choose a role"),
        ({"organisation": ""}, "Choose where they hold it"),
        ({"organisation": "none"}, "That role is not held in this kind of organisation."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_opened(client, changes, message):
    page = client.post(INVITE, answers(**changes)).content.decode()
    assert message in page
    assert queries.user_with_email("fay@example.org") is None
    assert notify.waiting() == []


def test_an_address_is_used_once(client):
    person = user()
    page = client.post(INVITE, answers(email=person.email.upper())).content.decode()
    assert "Somebody already signs in with that email address." in page


def test_a_family_belongs_nowhere(client):
    client.post(INVITE, answers(role="parent", organisation="none", team=""))
    assert roles(queries.user_with_email("fay@example.org")) == {Role.PARENT}


def test_roles_are_given_and_taken_away(client):
    person = council_member(Role.FINANCE)
    place = organisation(OrganisationKind.COUNCIL)
    new = {"role": "procurement", "organisation": str(place.pk)}
    assert client.post(of("user-role", person), new).url == of("user-page", person)
    assert roles(person) == {Role.FINANCE, Role.PROCUREMENT}
    held = person.memberships.get(role=Role.FINANCE)
    page = client.get(of("user-page", person)).content.decode()
    assert f'value="{held.pk}"' in page
    client.post(of("user-role-remove", person), {"membership": held.pk})
    assert roles(person) == {Role.PROCUREMENT}


def test_somebody_elses_role_is_not_taken_by_changing_the_number(client):
    person, other = council_member(Role.FINANCE), council_member(Role.FINANCE)
    theirs = other.memberships.get()
    response = client.post(of("user-role-remove", person), {"membership": theirs.pk})
    assert response.status_code == 404
    assert roles(other) == {Role.FINANCE}


def test_an_account_is_closed_and_opened_again(client):
    person = member_of(organisation(), Role.PROVIDER_MANAGER)
    client.post(of("user-close", person))
    assert "Open the account again" in client.get(of("user-page", person)).content.decode()
    client.post(of("user-reopen", person))
    assert queries.user_with_email(person.email)


def test_the_last_administrator_cannot_shut_themselves_out(client, administrator):
    page = client.post(of("user-close", administrator), follow=True).content.decode()
    assert "Make another person administrator first." in page
    held = administrator.memberships.get()
    client.post(of("user-role-remove", administrator), {"membership": held.pk})
    assert roles(administrator) == {Role.ADMINISTRATOR}
    council_member(Role.ADMINISTRATOR)
    client.post(of("user-close", administrator))
    assert queries.user_with_email(administrator.email) is None


@pytest.mark.parametrize("name", ["user-close", "user-reopen", "user-role-remove"])
def test_a_link_alone_changes_nothing(client, administrator, name):
    assert client.get(of(name, administrator)).status_code == 405


def test_the_address_names_nobody_and_counts_nobody(administrator):
    assert administrator.ref.startswith("U-")
    assert str(administrator.pk) not in of("user-page", administrator)


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.DIRECTOR, Role.INFORMATION_GOVERNANCE])
def test_refused_to_everybody_else(administrator, role):
    client = Client()
    client.force_login(council_member(role))
    for address in (LIST, INVITE, of("user-page", administrator), of("user-role", administrator)):
        assert client.get(address).status_code == 403

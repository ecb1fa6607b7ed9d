"""What a person reads when something goes wrong, and whether we say that we are well."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import include, path, reverse
from psycopg import errors as postgres

from flsf.shared.accounts.enums import Permission, Role
from flsf.web import health
from flsf.web.access import public, requires
from flsf.web.errors import bad_request
from tests.factories import council_member

WRONG = {"busy": postgres.LockNotAvailable, "away": postgres.AdminShutdown}


@public
def breaks(request):
    raise ZeroDivisionError


@public
def waits(request, why):
    raise OperationalError from WRONG[why]()


@requires(Permission.RECORD_PAYMENTS)
def pays(request):
    raise AssertionError


@public
def makes_no_sense(request):
    return bad_request(request, ValueError())


urlpatterns = [
    path("breaks/", breaks, name="breaks"),
    path("waits/<why>/", waits, name="waits"),
    path("pays/", pays, name="pays"),
    path("no-sense/", makes_no_sense, name="no-sense"),
    path("", include("flsf.web.urls")),
]
handler403 = "flsf.web.errors.not_allowed"
handler404 = "flsf.web.errors.not_found"
handler500 = "flsf.web.errors.broken"

pytestmark = pytest.mark.urls(__name__)


def page(response):
    words = response.content.decode()
    assert words.count("<h1") == 1
    assert 'lang="en"' in words
    return words


def test_what_is_not_there_offers_the_start_page(db):
    response = Client().get("/nothing/here/")
    assert response.status_code == 404
    assert "Page not found" in page(response)
    assert f'href="{reverse("start")}"' in page(response)


def test_what_a_role_may_not_open_says_whose_it_is(db):
    client = Client()
    client.force_login(council_member(Role.CASEWORKER))
    response = client.get("/pays/")
    assert response.status_code == 403
    assert "Finance officer" in page(response)
    assert "Caseworker</li>" not in page(response)


def test_a_fault_of_ours_is_said_without_the_database(db, django_assert_num_queries):
    client = Client(raise_request_exception=False)
    with django_assert_num_queries(0):
        response = client.get("/breaks/")
    assert response.status_code == 500
    assert "Something is wrong at our end" in page(response)
    assert "ZeroDivisionError" not in page(response)


@pytest.mark.parametrize(
    ("why", "says"), [("busy", "Somebody else is changing"), ("away", "starting again")]
)
def test_a_database_that_cannot_answer_is_said_so(db, why, says):
    response = Client().get(f"/waits/{why}/")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert says in page(response)


def test_a_form_that_stood_open_too_long_is_asked_for_again(db):
    response = Client(enforce_csrf_checks=True).post(reverse("sign-in"), {})
    assert response.status_code == 403
    assert "Please send that again" in page(response)


def test_what_cannot_be_read_is_said_so(db):
    assert "We could not read that" in page(Client().get("/no-sense/"))


def test_every_page_carries_its_guards(db):
    headers = Client().get(reverse("sign-in")).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src 'self' 'nonce-" in policy
    assert "'unsafe-inline'" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_nonce_of_the_policy_is_the_nonce_of_the_page(db):
    response = Client().get(reverse("sign-in"))
    nonce = response.headers["Content-Security-Policy"].partition("'nonce-")[2].partition("'")[0]
    assert nonce
    assert f'nonce="{nonce}"' in response.content.decode().replace("&#x2B;", "+")


def test_we_are_alive_without_a_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert Client().get(reverse("healthz")).content == b"alive"


def test_we_are_ready_when_the_tables_are_and_say_that_no_worker_was_heard(db):
    response = Client().get(reverse("readyz"))
    assert (response.status_code, response.json()) == (
        200,
        {
            "ready": True,
            "database": True,
            "migrated": True,
            "right_data": True,
            "worker": {"heard": False, "seconds_ago": None},
        },
    )


def test_we_are_not_ready_while_tables_are_to_be_made(db, monkeypatch):
    monkeypatch.setattr(health, "unapplied", lambda: 2)
    response = Client().get(reverse("readyz"))
    assert (response.status_code, response.json()["migrated"]) == (503, False)


def test_we_are_not_ready_with_people_of_the_wrong_kind(db):
    council_member()
    response = Client().get(reverse("readyz"))
    assert (response.status_code, response.json()["right_data"]) == (503, False)


def test_we_are_not_ready_without_a_database(db, monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(health, "unapplied", away)
    response = Client().get(reverse("readyz"))
    assert (response.status_code, response.json()["database"]) == (503, False)
    assert connection.is_usable()

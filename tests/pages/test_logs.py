"""Logs are read by people who may not see children's records: no name gets in by any road."""

import io
import json
import logging

import pytest
import structlog
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import include, path

from flsf.core import logs
from flsf.settings import logs as settings
from flsf.web.access import public
from tests.factories import user

NAME = "Zebedee Quillfeather"


@pytest.fixture
def written():
    """What the production formatter writes, as text."""
    formatter = settings.for_machines()["formatters"]["one"]
    handler = logging.StreamHandler(out := io.StringIO())
    options = {key: value for key, value in formatter.items() if key != "()"}
    handler.setFormatter(formatter["()"](**options))
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.INFO)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


def lines(written):
    return [json.loads(one) for one in written.getvalue().splitlines()]


@public
def breaks(request):
    raise ValueError(f"no place for {NAME}")


@public
def breaks_in_the_database(request):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE one (name text PRIMARY KEY)")
        cursor.execute("INSERT INTO one VALUES (%s), (%s)", [NAME, NAME])


@public
def logs_carelessly(request):
    structlog.get_logger("flsf.web").info("seen", name=NAME, ref=f"child {NAME}!", status=7)
    logging.getLogger("somebody.else").warning("could not place %s", NAME)


urlpatterns = [
    path("breaks/", breaks, name="breaks"),
    path("database/", breaks_in_the_database, name="database"),
    path("careless/", logs_carelessly, name="careless"),
    path("", include("flsf.web.urls")),
]
handler500 = "flsf.web.errors.broken"


def test_a_line_for_each_page_with_its_name_and_not_its_address(db, written):
    Client().get("/sign-in/", {"q": NAME}, headers={"X-Request-ID": "abc-12345"})
    [told] = [one for one in lines(written) if one["event"] == "page"]
    assert (told["page"], told["method"], told["status"]) == ("sign-in", "GET", 200)
    assert told["request_id"] == "abc-12345"
    assert NAME.split(maxsplit=1)[0] not in written.getvalue()


def test_a_request_has_a_number_even_when_a_stranger_gives_an_odd_one(db):
    answer = Client().get("/healthz", headers={"X-Request-ID": "<script>"})
    assert len(answer["X-Request-ID"]) == 32


def test_who_asked_is_told_by_number_alone(db, written):
    client, person = Client(), user()
    client.force_login(person)
    client.get("/sign-in/")
    told = lines(written)[-1]
    assert told["user_id"] in (person.pk, None)
    assert person.email not in written.getvalue()
    assert person.name not in written.getvalue()


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/breaks/", "/database/"])
def test_an_error_is_told_by_its_kind_and_place_and_never_its_words(db, written, address):
    assert Client(raise_request_exception=False).get(address).status_code == 500
    [told] = [one for one in lines(written) if "error" in one]
    assert told["error"].startswith(("ValueError", "IntegrityError"))
    assert "test_logs.py" in told["trace"]
    assert "Zebedee" not in written.getvalue()


@pytest.mark.urls(__name__)
def test_a_careless_line_loses_what_is_not_listed(db, written):
    Client(raise_request_exception=False).get("/careless/")
    assert "Zebedee" not in written.getvalue()
    ours = next(one for one in lines(written) if one["event"] == "seen")
    assert ours["status"] == 7
    assert ours["dropped"] == ["name", "ref"]
    theirs = next(one for one in lines(written) if one["logger"] == "somebody.else")
    assert theirs["event"] == "could not place %s"


@pytest.mark.parametrize("key", ["name", "email", "postcode", "upn", "first_name", "birth_date"])
def test_a_personal_key_is_never_kept(key):
    assert logs.keep_listed_only(None, "", {"event": "x", key: "1"}) == {
        "event": "x",
        "dropped": [key],
    }


def test_the_constraint_that_was_broken_is_told(db):
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE two (name text CONSTRAINT once PRIMARY KEY)")
            cursor.execute("INSERT INTO two VALUES (%s), (%s)", [NAME, NAME])
    except IntegrityError as error:
        told = logs.tell_errors_without_values(None, "", {"event": "x", "exc_info": error})
    assert (told["sqlstate"], told["constraint"]) == ("23505", "once")

"""The set-up checklist, worked out from what is there: nothing is ticked by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.urls import resolve

from flsf.core.people import Person
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.budgets.rules import financial_year_of, year_in_words
from flsf.mandate.delegations import queries as delegations
from flsf.mandate.framework import queries as framework
from flsf.mandate.waivers import queries as waivers
from flsf.market.checks import queries as checks
from flsf.market.providers import queries as providers
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Permission, Role
from flsf.shared.calendars import queries as calendars
from flsf.shared.council import queries as council
from flsf.shared.places import queries as places
from flsf.web.components.navigation import address_of

DONE, PART, TO_DO = "Done", "In progress", "Not started"


@dataclass(frozen=True, slots=True)
class Task:
    """A thing to set up, how far it is, and where it is done. No address: by command only."""

    text: str
    hint: str
    status: str
    href: str


@dataclass(frozen=True, slots=True)
class Part:
    heading: str
    tasks: list[Task]


def parts(*, person: Person, on: date) -> list[Part]:
    """Every part of the checklist, in the order a council would take them.

    A task leads only to a page that this person may open.
    """
    every = [
        Part("The council and its people", list(_people())),
        Part("The framework", list(_framework(person, on))),
        Part("Money", list(_money(person, on))),
        Part("Places and days", list(_places())),
        Part("Providers and what is bought today", list(_market(person, on))),
    ]
    return [replace(part, tasks=[_led(task, person) for task in part.tasks]) for part in every]


def done_of(all_parts: list[Part]) -> tuple[int, int]:
    """How many things are done, and how many there are."""
    tasks = [task for part in all_parts for task in part.tasks]
    return sum(task.status == DONE for task in tasks), len(tasks)


def _people() -> Iterator[Task]:
    told = council.particulars()
    reached = bool(told.phone and told.duty_phone)
    status = DONE if reached else (PART if council.is_told() else TO_DO)
    hint = told.name if reached else f"{told.name}. Its colour, telephone and duty line."
    yield Task("Name the council, and how it is reached", hint, status, _at("setup-council"))
    for role, words in (
        (Role.ADMINISTRATOR, "Make somebody administrator"),
        (Role.COMMISSIONER, "Invite the commissioning team"),
        (Role.CASEWORKER, "Invite caseworkers"),
        (Role.FINANCE, "Invite finance"),
        (Role.DIRECTOR, "Invite whoever decides"),
        (Role.SAFEGUARDING, "Invite the safeguarding lead"),
        (Role.INFORMATION_GOVERNANCE, "Invite information governance"),
    ):
        held = accounts.holding(role).count()
        yield _task(words, _many(held, "person", "people"), held > 0, "user-list")
    needing, having = accounts.factors_set_up()
    status = DONE if needing and having == needing else (PART if having else TO_DO)
    hint = f"{having} of {needing} who need one. Each sets up their own when they first sign in."
    yield Task("Second step for staff and providers", hint, status, _at("user-list"))
    if settings.SOCIALACCOUNT_PROVIDERS:
        yield Task("Sign-in with council accounts", "Connected", DONE, "")


def _framework(person: Person, on: date) -> Iterator[Task]:
    now = framework.current(on) or framework.latest()
    page = "framework-page" if person.may(Permission.VIEW_FRAMEWORK) else "setup-framework"
    yield _task("Set up the framework", now.name if now else "", bool(now), page)
    lots = framework.lots(person=person).count()
    yield _task("Open its lots", _many(lots, "lot"), lots > 0, page)
    method = bool(now and now.call_off_method)
    yield _task("Publish how you choose", "", method, page)
    given = delegations.count(now.pk, on=on) if now else 0
    # It needs a framework to be recorded for.
    where = "delegation-list" if now else "setup-framework"
    yield _task("Record who may award", _many(given, "delegation"), given > 0, where)
    needed = checks.every().count()
    yield _task(
        "Decide which checks providers need", _many(needed, "check"), needed > 0, "setup-checks"
    )


def _money(person: Person, on: date) -> Iterator[Task]:
    funds = budgets.funds(person=person).count()
    yield _task("Open your funds", _many(funds, "fund"), funds > 0, "setup-money")
    this_year = financial_year_of(on)
    set_up = len(budgets.positions(person=person, year_begins=this_year))
    status = DONE if funds and set_up == funds else (PART if set_up else TO_DO)
    hint = f"{set_up} of {_many(funds, 'fund')}" if funds else ""
    text = f"Set the budgets for {year_in_words(this_year)}"
    yield Task(text, hint, status, _at("setup-money"))
    limits = budgets.limits(person=person).count()
    yield _task("Say who may decide how much", _many(limits, "limit"), limits > 0, "setup-money")


def _places() -> Iterator[Task]:
    for words, count, noun in (
        ("Bring in the schools register", places.schools_held(), "school"),
        ("Bring in postcodes", places.postcodes_held(), "postcode"),
        ("Bring in your wards", places.wards().count(), "ward"),
        ("Bring in term dates", calendars.terms(None).count(), "term"),
    ):
        yield _task(words, _many(count, noun), count > 0, "import-list")


def _market(person: Person, on: date) -> Iterator[Task]:
    known = len(providers.every_id())
    yield _task("Bring in your providers", _many(known, "provider"), known > 0, "import-list")
    held = waivers.count(on=on)
    hint = "What is bought outside the framework today, each under a waiver with a last day."
    page = "waiver-list" if person.may(Permission.VIEW_WAIVERS) else "import-list"
    yield _task("Record your waivers", hint, held.live + held.overdue > 0, page)


def _led(task: Task, person: Person) -> Task:
    """Without its address when the person may not open the page: then another role does it."""
    if task.href and person.may(getattr(resolve(task.href).func, "permission", "")):
        return task
    return replace(task, href="")


def _at(page: str) -> str:
    return address_of(page) or ""


def _task(text: str, hint: str, is_done: bool, page: str) -> Task:  # noqa: FBT001 - private
    return Task(text, hint, DONE if is_done else TO_DO, _at(page))


def _many(count: int, one: str, several: str = "") -> str:
    return f"{count:,} {one if count == 1 else several or one + 's'}" if count else ""

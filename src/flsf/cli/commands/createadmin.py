import getpass
import os
import sys
from argparse import ArgumentParser, Namespace

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from flsf.cli.codes import DONE, REFUSED
from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.shared.accounts import actions, queries
from flsf.shared.accounts.enums import OrganisationKind, Role

HELP = "open the first account: an administrator, who can open all others"

PASSWORD = "FLSF_ADMIN_PASSWORD"  # noqa: S105 - the name of a variable


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--email", help="the address they sign in with")
    parser.add_argument("--name", help="their name, as colleagues know it")


def run(given: Namespace) -> int:
    """The password is asked for, or read from FLSF_ADMIN_PASSWORD; never an argument, which
    others on the machine could read. Refuses a demonstration, and an address that is taken."""
    if settings.FLSF_DEMO:
        return _refuse("This is the demonstration: choose a persona on its page /demo/ instead.")
    email = given.email or _asked("Email address: ")
    name = given.name or _asked("Name: ")
    password = os.environ.get(PASSWORD) or _asked_twice()
    try:
        validate_email(email)
        validate_password(password)
    except ValidationError as error:
        return _refuse("\n".join(error.messages))
    if not name:
        return _refuse("Give a name: flsf createadmin --email ... --name ...")
    make(email, name, password)
    print(f"{email} can sign in, and is asked for a second factor the first time.")
    return DONE


@transaction.atomic
def make(email: str, name: str, password: str) -> None:
    """The council is there, and the person is its administrator. Raises EmailTaken."""
    now = clock.now()
    council = queries.council() or actions.add_organisation(
        name=settings.COUNCIL_NAME, kind=OrganisationKind.COUNCIL, by=SYSTEM, at=now
    )
    person = actions.open_account(email=email, name=name, password=password, by=SYSTEM, at=now)
    actions.add_member(
        user_id=person.pk,
        organisation_id=council.pk,
        role=Role.ADMINISTRATOR,
        by=SYSTEM,
        at=now,
    )


def _asked(question: str) -> str:
    return input(question).strip() if sys.stdin.isatty() else ""


def _asked_twice() -> str:
    if not sys.stdin.isatty():
        return ""
    first = getpass.getpass("Password, 12 characters or more: ")
    return first if first == getpass.getpass("The same again: ") else ""


def _refuse(words: str) -> int:
    print(words, file=sys.stderr)
    return REFUSED

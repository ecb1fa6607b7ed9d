"""python manage.py make_demo: the made-up borough is there, made once however often asked."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from flsf.core import clock
from flsf.demo import borough, people
from flsf.shared.accounts import queries as accounts
from flsf.web import safety


class Command(BaseCommand):
    help = "Makes Marlbeck, the made-up borough. Refuses a database with real people in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people-only", action="store_true", help="only the personas")

    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing, so that a run cut short leaves no half a borough."""
        safety.refuse_wrong_data()
        if accounts.personas().exists():
            self.stdout.write("Marlbeck is there already.")
            return
        now = clock.now()
        with transaction.atomic():
            if options["people_only"]:
                people.settle(at=now)
            else:
                borough.make(at=now, say=self.stdout.write)

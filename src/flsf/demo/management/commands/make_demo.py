"""python manage.py make_demo: the made-up borough is there, made once however often asked."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from flsf.core import clock
from flsf.demo import people
from flsf.web import safety


class Command(BaseCommand):
    help = "Makes Marlbeck, the made-up borough. Refuses a database with real people in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people-only", action="store_true", help="only the personas")

    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing, so that a run cut short leaves no half a borough."""
        safety.refuse_wrong_data()
        with transaction.atomic():
            people.settle(at=clock.now())

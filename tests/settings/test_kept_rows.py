"""What the migrations load is there for every test, whatever the one before it committed."""

import pytest
from django.db import connection

from flsf.casework.matching.models import RuleSet
from flsf.mandate.law.models import Provision
from flsf.shared.places.models import School
from tests import kept

LOADED = (Provision, RuleSet)


def loaded():
    return {model: list(model.objects.order_by("pk").values_list()) for model in LOADED}


def asked(words):
    with connection.cursor() as cursor:
        cursor.execute(words)
        return cursor.fetchone()


@pytest.mark.django_db(transaction=True)
def test_what_a_test_committed_is_gone_and_what_migrations_loaded_is_back():
    before = loaded()
    assert all(before.values())
    Provision.objects.all().delete()
    School.objects.create(urn=100_001, name="Left Behind")
    asked("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id")
    kept.put_back()
    assert loaded() == before
    assert not School.objects.exists()
    assert asked("SELECT count(*) FROM procrastinate_workers") == (0,)


@pytest.mark.django_db
def test_the_rows_put_aside_are_few_and_none_was_made_by_a_test():
    assert asked("SELECT count(*) FROM kept.mandate_provision") == (Provision.objects.count(),)
    assert asked("SELECT to_regclass('kept.shared_user')") == (None,)

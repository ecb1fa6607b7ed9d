"""Every test starts from what the migrations load, whatever ran before it and wherever.

A test with `transaction=True` really commits, so its tables are emptied after it: of published
rules, provisions of the law and kinds of absence too. When the test database has just been made,
a copy of every row in it is put aside in a schema of its own; emptying puts them back. So a race
may run before or after any other test, on any worker, and a database kept with `--reuse-db` is
mended even when the last run was killed. One of other migrations has to be made anew.
"""

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename"
MIGRATIONS = "django_migrations"
# Which migrations the rows put aside were loaded by.
LOADED_BY = f"SELECT md5(string_agg(app || name, ',' ORDER BY app, name)) FROM {MIGRATIONS}"
# No test has run on it yet: even one that is rolled back takes numbers from here.
IS_NEW = "SELECT last_value IS NULL FROM pg_sequences WHERE sequencename = 'shared_user_id_seq'"


def begin() -> None:
    """The test database holds what its migrations loaded, and a copy of it is put aside."""
    with connection.cursor() as cursor:
        cursor.execute(LOADED_BY)
        (loaded_by,) = cursor.fetchone()
        cursor.execute("SELECT obj_description(to_regnamespace('kept'))")
        (kept_from,) = cursor.fetchone()
        if kept_from == loaded_by:
            put_back()
            return
        cursor.execute(IS_NEW)
        if cursor.fetchone() != (True,):
            pytest.exit("The test database is of other migrations: run once with --create-db.", 4)
        with transaction.atomic():
            cursor.execute("CREATE SCHEMA kept")
            for table in _tables(cursor, "public"):
                cursor.execute(f'CREATE TABLE kept."{table}" AS TABLE public."{table}"')
                if not cursor.rowcount:
                    cursor.execute(f'DROP TABLE kept."{table}"')
            cursor.execute(f"COMMENT ON SCHEMA kept IS '{loaded_by}'")


def put_back() -> None:
    """Every table holds what the migrations loaded, and nothing else."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = ", ".join(f'public."{table}"' for table in _tables(cursor, "public"))
        cursor.execute(f"TRUNCATE {tables}")
        for table in _tables(cursor, "kept"):
            cursor.execute(f'INSERT INTO public."{table}" SELECT * FROM kept."{table}"')


def after_every_transactional_test() -> None:
    """From now on Django's own emptying, after a test that commits, is ours."""
    TransactionTestCase._fixture_teardown = lambda _: put_back()


def _tables(cursor, schema: str) -> list[str]:
    cursor.execute(TABLES, [schema])
    return [table for (table,) in cursor.fetchall() if table != MIGRATIONS]

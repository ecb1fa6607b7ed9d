"""The same file twice at once, and a database that dies during an import."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest
from django.db import OperationalError, connection, connections

from flsf.core.counts import Counts
from flsf.core.people import SYSTEM
from flsf.flows.import_register import import_register
from flsf.shared.audit.models import AuditEntry
from flsf.shared.imports.enums import Kind
from flsf.shared.imports.models import Batch
from flsf.shared.imports.rules import schools
from flsf.shared.imports.rules.sources import Source
from flsf.shared.places.models import School
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 20_000
CONTENT = ("urn,name\n" + "".join(f"{urn},School\n" for urn in range(1, ROWS + 1))).encode()


def bring(source):
    return import_register(kind=Kind.SCHOOLS, sources=[source], by=SYSTEM, at=NOW)


def test_of_the_same_file_twice_at_once_one_works_and_the_other_finds_it_done():
    together = Barrier(2)

    def one():
        together.wait()
        try:
            return bring(Source.of_bytes("schools.csv", CONTENT)).counts
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        counts = [future.result() for future in [pool.submit(one) for _ in range(2)]]
    assert sorted(counts, key=lambda found: found.new) == [Counts(same=ROWS), Counts(new=ROWS)]
    assert School.objects.count() == ROWS


def test_a_database_that_dies_leaves_nothing_half_done(monkeypatch):
    bring(Source.of_bytes("schools.csv", b"urn,name\n1,Before\n"))
    records = AuditEntry.objects.count()
    pid = connection.connection.info.backend_pid
    server = connection.get_connection_params()
    kept = ("host", "port", "user", "password", "dbname")
    read = schools.schools

    def read_and_die(table, findings):
        for number, row in enumerate(read(table, findings)):
            if number == ROWS // 2:
                with psycopg.connect(
                    **{key: server[key] for key in kept if key in server}
                ) as other:
                    other.execute("SELECT pg_terminate_backend(%s)", [pid])
            yield row

    monkeypatch.setattr(schools, "schools", read_and_die)
    with pytest.raises(OperationalError):
        bring(Source.of_bytes("schools.csv", CONTENT))
    monkeypatch.undo()
    connection.close()
    assert [(one.urn, one.name) for one in School.objects.all()] == [(1, "Before")]
    assert (Batch.objects.count(), AuditEntry.objects.count()) == (1, records)
    # And the next one works.
    assert bring(Source.of_bytes("schools.csv", CONTENT)).counts == Counts(ROWS - 1, 1, 0)

"""Many rows into a table at once: copied beside it, compared, and only differences written."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any, cast

import psycopg
from django.db import transaction
from psycopg import sql

from flsf.core.counts import Counts

# Long files take longer than a page may: these hold until the transaction ends.
PATIENT = "SET LOCAL statement_timeout = '20min'; SET LOCAL lock_timeout = '20min'"

_numbers = count(1)


def wait_for_turn(what: str) -> None:
    """One transaction at a time goes on from here for the same `what`; others wait for it.

    The lock falls away with the transaction, however that ends.
    """
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(PATIENT)
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])


def take_in(
    *,
    table: str,
    key: Sequence[str],
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    new_rows_have: Mapping[str, object] | None = None,
) -> Counts:
    """The table holds every row, found by its key; other columns of its rows stay as they are.

    Rows that say what the table already says are not written. `new_rows_have` is what columns
    that the file does not bring start with. No key may come twice. Called within an action's
    transaction only. `columns` are names of the table's own and include the key.
    """
    staging = sql.Identifier(f"staging_{next(_numbers)}")
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    connection = transaction.get_connection()
    # While copying, Django would let the driver's own errors through.
    with connection.wrap_database_errors, connection.cursor() as wrapped:
        cursor = cast("psycopg.Cursor[Any]", wrapped)
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} LIMIT 0").format(
                staging, names, sql.Identifier(table)
            )
        )
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(staging, names)) as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(sql.SQL("ANALYZE {}").format(staging))
        counts = _merge(cursor, staging, table, key, columns, new_rows_have or {})
        cursor.execute(sql.SQL("DROP TABLE {}").format(staging))
    return counts


def _merge(
    cursor: "psycopg.Cursor[Any]",
    staging: sql.Identifier,
    table: str,
    key: Sequence[str],
    columns: Sequence[str],
    fill: Mapping[str, object],
) -> Counts:
    """Inserts what is new, updates what differs, and counts."""
    target = sql.Identifier(table)
    others = [one for one in columns if one not in key]
    same_key = _each("t.{0} IS NOT DISTINCT FROM s.{0}", key, " AND ", nullable=_nullable(key))
    changed = 0
    if others:
        statement = sql.SQL(
            "UPDATE {target} t SET {sets} FROM {staging} s WHERE {same_key} AND ({differs})"
        ).format(
            target=target,
            staging=staging,
            sets=_each("{0} = s.{0}", others, ", "),
            same_key=same_key,
            differs=_each("t.{0} IS DISTINCT FROM s.{0}", others, " OR "),
        )
        changed = cursor.execute(statement).rowcount
    statement = sql.SQL(
        "INSERT INTO {target} ({names}) SELECT {values} FROM {staging} s "
        "WHERE NOT EXISTS (SELECT FROM {target} t WHERE {same_key})"
    ).format(
        target=target,
        staging=staging,
        names=sql.SQL(", ").join(map(sql.Identifier, [*columns, *fill])),
        values=sql.SQL(", ").join(
            [
                *(sql.SQL("s.{}").format(sql.Identifier(one)) for one in columns),
                *(sql.Literal(one) for one in fill.values()),
            ]
        ),
        same_key=same_key,
    )
    new = cursor.execute(statement).rowcount
    cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(staging))
    total = cast("tuple[int]", cursor.fetchone())[0]
    return Counts(new=new, changed=changed, same=total - new - changed)


def _nullable(key: Sequence[str]) -> frozenset[str]:
    """Only a foreign key in a key may be null: for the others an equals sign can use an index."""
    return frozenset(one for one in key if one.endswith("_id"))


def _each(
    pattern: str, columns: Sequence[str], between: str, *, nullable: frozenset[str] | None = None
) -> sql.Composed:
    parts = []
    for one in columns:
        chosen = pattern
        if nullable is not None and one not in nullable:
            chosen = "t.{0} = s.{0}"
        parts.append(sql.SQL(cast("Any", chosen)).format(sql.Identifier(one)))
    return sql.SQL(cast("Any", between)).join(parts)

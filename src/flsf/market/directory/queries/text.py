"""What PostgreSQL keeps of the texts of all listings, and what it makes of words typed.

Both are read once: so a search in words looks into memory, and means what the database means.
"""

from collections.abc import Collection

from django.db import connection

from flsf.market.directory import rules
from flsf.market.directory.rules import Postings, Query
from flsf.market.directory.rules.engine import Ints
from flsf.market.directory.rules.text import POSITION_BITS

# For each stem its places, and those of them in names: the id, and the position in the text.
# Help of others is below zero.
STEMS = """
SELECT stem, string_agg(int8send(id << %(bits)s | place), ''::bytea),
    string_agg(int8send(id << %(bits)s | place), ''::bytea) FILTER (WHERE weight = 'A')
FROM (
    SELECT service_id AS id, words FROM market_listing WHERE is_public
    UNION ALL
    SELECT -id, words FROM market_otherservice WHERE taken_off_on IS NULL
) AS texts, unnest(words) AS kept (stem, places, weights),
    unnest(places, weights) AS at (place, weight)
GROUP BY stem
"""
MEANT = """
SELECT typed, tsquerysend(websearch_to_tsquery('english', typed)) FROM unnest(%s::text[]) AS typed
"""


def stems(*, sorted_ids: Ints, rows: Ints) -> tuple[Postings, Postings]:
    """Where each stem is in the listings of these ids, in all their text and in their names.

    One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(STEMS, {"bits": POSITION_BITS})
        found = cursor.fetchall()
    everywhere = [(stem, sent) for stem, sent, _ in found]
    named = [(stem, sent) for stem, _, sent in found]
    return (
        rules.postings(everywhere, sorted_ids=sorted_ids, rows=rows),
        rules.postings(named, sorted_ids=sorted_ids, rows=rows),
    )


def meanings(typed: Collection[str]) -> dict[str, Query]:
    """What each line of words asks for, in the language of web searches. One query, or none."""
    if not typed:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(MEANT, [list(typed)])
        return {one: rules.read_query(bytes(sent)) for one, sent in cursor.fetchall()}

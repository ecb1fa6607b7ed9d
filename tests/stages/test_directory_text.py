"""Words are looked for in memory; what they find is what PostgreSQL's full text would find."""

from threading import Thread

import numpy as np
import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from flsf.market.directory import queries, rules
from flsf.market.directory.models import Listing
from flsf.market.directory.queries import text
from flsf.market.directory.queries.index import current
from flsf.market.directory.rules import Asked
from flsf.market.directory.rules.text import POSITION_BITS, Word
from flsf.market.others.models import OtherService
from tests.factories import TODAY, lot
from tests.factories_market import admitted, other, provider, service

# Words that share stems, say nothing, are numbers, or become several stems; and what joins them.
WORDS = (
    *("box", "boxing", "boxes", "maths", "mathematics", "the", "at", "of", "school", "schools"),
    *("alternative", "provision", "education", "otherwise", "than", "16", "1e5", "non-verbal"),
    *("post-16", "foo.com/bar", "o'clock", "caf\u00e9", "x"),
)
WRITTEN = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
QUOTED = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map('"{}"'.format)
PART = st.one_of(st.sampled_from(WORDS), WRITTEN.map(lambda said: f'"{said}"'), QUOTED)
LINE = st.lists(st.one_of(PART, PART.map("-{}".format), st.just("or")), max_size=5).map(" ".join)

SAID = """
UPDATE {} SET words = setweight(to_tsvector('english', %s), 'A')
    || setweight(to_tsvector('english', %s), 'B') WHERE {} = %s
"""
HAVING = """
SELECT id, words @@ websearch_to_tsquery('english', %(typed)s),
    ts_filter(words, '{{a}}') @@ websearch_to_tsquery('english', %(typed)s),
    numnode(websearch_to_tsquery('english', %(typed)s)) = 0
FROM (
    SELECT service_id AS id, words FROM market_listing
    UNION ALL SELECT -id, words FROM market_otherservice
) AS texts ORDER BY id
"""
RANDOM = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def live(**more):
    of, inside = provider(), lot()
    admitted(of, in_lot=inside)
    return service(of, inside, **more)


def say(table, key, pk, named, rest):
    with connection.cursor() as cursor:
        cursor.execute(SAID.format(table, key), [named, rest, pk])


@pytest.fixture
def three(db):
    """Two services and help of others."""
    return [live(name="One"), live(name="Two")], other("Three")


@RANDOM
@given(texts=st.lists(st.tuples(WRITTEN, WRITTEN), min_size=3, max_size=3), typed=LINE)
@example(texts=[("x", "non-verbal box")] * 3, typed='"x non-verbal box"')
@example(texts=[("education otherwise", "than at school")] * 3, typed='"otherwise than at school"')
@example(texts=[("box", "school box")] * 3, typed="-box or the")
def test_words_find_what_postgresql_finds(three, texts, typed):
    services, elsewhere = three
    for one, said in zip(services, texts, strict=False):
        say(Listing._meta.db_table, "service_id", one.pk, *said)
    say(OtherService._meta.db_table, "id", elsewhere.pk, *texts[-1])
    with connection.cursor() as cursor:
        cursor.execute(HAVING, {"typed": typed})
        rows = cursor.fetchall()
    ids = current(TODAY).sorted_ids
    everywhere, names = text.stems(sorted_ids=ids, rows=np.arange(len(ids)))
    [meant] = text.meanings([typed]).values()
    assert [one[0] for one in rows] == ids.tolist()
    assert (meant == rules.Nothing()) is rows[0][3]
    assert everywhere.having(meant).tolist() == [one[1] for one in rows]
    assert names.having(meant).tolist() == [one[2] for one in rows]


@pytest.mark.django_db
@RANDOM
@given(
    words=st.lists(st.text(alphabet="aeimnorst", min_size=1, max_size=8), max_size=12),
    typed=st.text(alphabet="aeimnorst", min_size=1, max_size=8),
)
def test_a_slip_is_mended_as_pg_trgm_says(words, typed):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM unnest(%s::text[]) AS word WHERE similarity(word, %s) > 0.3999"
            ' ORDER BY similarity(word, %s) DESC, word COLLATE "C" LIMIT 1',
            [words, typed, typed],
        )
        found = cursor.fetchone()
    assert rules.vocabulary(words).nearest(typed) == (found[0] if found and typed[3:] else None)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["box:*", "box:A", "!box <-> ring"])
def test_what_lists_of_stems_cannot_answer_is_refused(asked):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsquerysend(to_tsquery('english', %s))", [asked])
        (sent,) = cursor.fetchone()
    nowhere = np.empty(0, dtype=np.int64)
    with pytest.raises(ValueError, match=r"a question of weights|a phrase of other"):
        rules.postings([], sorted_ids=nowhere, rows=nowhere).having(rules.read_query(sent))


def test_where_no_stem_is_nothing_is_found():
    nowhere = np.empty(0, dtype=np.int64)
    one = (1 << POSITION_BITS | 1).to_bytes(8)
    for found in ([], [("box", None)], [("box", one)]):
        kept = rules.postings(found, sorted_ids=nowhere, rows=nowhere)
        assert not kept.having(Word("box")).any()
    kept = rules.postings(
        [("box", one)], sorted_ids=np.array([2], dtype=np.int64), rows=np.array([0])
    )
    assert kept.having(Word("box")).tolist() == [False]


@pytest.mark.django_db(transaction=True)
def test_what_another_process_changes_is_found_at_once():
    """Another connection changes it, and nothing tells this process but the database."""
    made = live(name="Boxing", what_it_is="Calm gloves.")
    assert found("gloves") == ["Boxing"]
    before = current(TODAY)

    def elsewhere():
        say(Listing._meta.db_table, "service_id", made.pk, "Boxing", "By lantern.")
        connection.close()

    other_worker = Thread(target=elsewhere)
    other_worker.start()
    other_worker.join()
    assert (found("gloves"), found("lantern")) == ([], ["Boxing"])
    assert current(TODAY) is not before


def found(words):
    return [card.name for card in queries.search(Asked(words=words), at=None, on=TODAY).cards]

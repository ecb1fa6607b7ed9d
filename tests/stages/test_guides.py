"""What the council publishes in its own words: versions, reviews, and who was faster."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import permutations
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from flsf.core.people import SYSTEM
from flsf.market.guides import actions, queries
from flsf.market.guides.enums import Housed, Kind, Standing
from flsf.market.guides.models import Guide, GuideReview, GuideVersion
from flsf.shared.audit.models import AuditEntry
from tests.factories import NOW, TODAY, lot
from tests.factories_market import (
    admitted,
    guide_content,
    other,
    provider,
    published,
    route,
    schools,
    service,
)

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7)


def again(guide, content, **more):
    return published(content, guide_id=guide.pk, **({"seen_version": 1} | more))


def test_a_version_holds_from_its_day_and_the_one_before_until_then():
    guide = route("Apprenticeship")
    again(guide, guide_content("Apprenticeships"), in_force_from=TODAY + A_WEEK)
    today = queries.with_slug(Kind.ROUTE, guide.slug, on=TODAY)
    later = queries.with_slug(Kind.ROUTE, guide.slug, on=TODAY + A_WEEK)
    assert (today.number, today.title) == (1, "Apprenticeship")
    assert (later.number, later.title) == (2, "Apprenticeships")
    assert [one.number for one in queries.versions(guide.pk)] == [2, 1]
    assert queries.published(Kind.ROUTE, on=TODAY - A_WEEK) == []
    assert AuditEntry.objects.filter(tag="market:guide:published").count() == 2


def test_what_comes_later_is_on_the_list_and_not_read_yet():
    guide = published(schools(), Kind.OAP, in_force_from=TODAY + A_WEEK)
    assert queries.of_schools(on=TODAY) is None
    [one] = queries.register(person=SYSTEM, on=TODAY)
    assert (one.ref, one.standing) == (guide.ref, Standing.TO_COME)


@pytest.mark.parametrize(
    ("refusal", "more"),
    [
        (actions.NotWhole, {"next_review_on": TODAY}),
        (actions.ReasonMissing, {"because": " "}),
        (actions.BeginsInThePast, {"in_force_from": TODAY - A_WEEK}),
    ],
)
def test_what_is_refused_leaves_nothing(refusal, more):
    with pytest.raises(refusal):
        published(guide_content(), **more)
    assert not Guide.objects.exists()
    assert not AuditEntry.objects.filter(tag="market:guide:published").exists()


def test_what_is_not_whole_is_said_by_field():
    with pytest.raises(actions.NotWhole) as refused:
        published(guide_content(title="", outcomes=()))
    assert sorted(refused.value.problems) == ["outcomes", "title"]


def test_a_later_version_is_another_and_begins_no_sooner():
    guide = route()
    with pytest.raises(actions.Unchanged):
        again(guide, guide_content())
    again(guide, guide_content("Other"), in_force_from=TODAY + A_WEEK)
    with pytest.raises(actions.BeginsBeforeAnother):
        again(guide, guide_content("Third"), seen_version=2)
    with pytest.raises(actions.SomebodyWasFaster):
        again(guide, guide_content("Third"), seen_version=1)


def test_there_is_one_of_what_every_school_does_until_it_is_taken_off():
    first = published(schools(), Kind.OAP)
    with pytest.raises(actions.OnlyOne):
        published(schools("Another"), Kind.OAP)
    actions.take_off(guide_id=first.pk, why="Written anew.", by=SYSTEM, at=NOW)
    assert queries.of_schools(on=TODAY) is None
    assert published(schools("Another"), Kind.OAP).slug != first.slug


def test_only_what_the_directory_lists_belongs_to_a_route():
    of, inside = provider(), lot()
    admitted(of, in_lot=inside)
    ours, theirs = service(of, inside, name="Job coach"), other("Job club")
    guide = route(services=(ours.slug, theirs.slug))
    assert queries.with_slug(Kind.ROUTE, guide.slug, on=TODAY).content.services == (
        ours.slug,
        theirs.slug,
    )
    with pytest.raises(actions.NotListed) as refused:
        route(services=("no-such",))
    assert "no-such" in str(refused.value)


def test_a_review_is_noted_and_changes_no_version():
    guide = route()
    late = NOW + timedelta(days=400)
    [due] = queries.due(on=late.date(), by_day=late.date())
    assert (due.ref, due.standing) == (guide.ref, Standing.REVIEW_DUE)
    with pytest.raises(actions.NotWhole):
        actions.review(guide_id=guide.pk, next_review_on=late.date(), by=SYSTEM, at=late)
    next_one = late.date() + timedelta(days=365)
    actions.review(guide_id=guide.pk, next_review_on=next_one, by=SYSTEM, at=late)
    assert queries.due(on=late.date(), by_day=late.date()) == []
    read = queries.with_slug(Kind.ROUTE, guide.slug, on=late.date())
    assert (read.number, read.reviewed_on, read.next_review_on) == (1, late.date(), next_one)
    assert [one.reviewed_on for one in queries.reviews(guide.pk)] == [late.date()]


def test_what_is_taken_off_is_kept_and_says_why():
    guide = route()
    with pytest.raises(actions.ReasonMissing):
        actions.take_off(guide_id=guide.pk, why=" ", by=SYSTEM, at=NOW)
    actions.take_off(guide_id=guide.pk, why="It has ended.", by=SYSTEM, at=NOW)
    assert queries.published(Kind.ROUTE, on=TODAY) == []
    kept = queries.with_ref(guide.ref, person=SYSTEM, on=TODAY)
    assert (kept.standing, kept.taken_off_why) == (Standing.TAKEN_OFF, "It has ended.")
    for act in (
        lambda: actions.take_off(guide_id=guide.pk, why="Again.", by=SYSTEM, at=NOW),
        lambda: actions.review(guide_id=guide.pk, next_review_on=TODAY + A_WEEK, by=SYSTEM, at=NOW),
        lambda: again(guide, guide_content("Other")),
    ):
        with pytest.raises(actions.TakenOff):
            act()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("internship", ["Supported internship"]),
        ("internships near me", ["Supported internship"]),
        ("job coach", ["Supported internship"]),  # all of the words, in its text
        ("coach parachute", []),
        ("placement at work", ["Supported internship"]),  # kept for it
        ("", []),
        ("the of and", []),
        ("'; drop table", []),
    ],
)
def test_what_people_look_for_leads_to_the_page(words, found):
    route(summary="A year with a job coach.", search_words="work placement")
    route("Volunteering", summary="Give some of your time.")
    assert [one.title for one in queries.matching(words, on=TODAY)] == found


FOUND = """
SELECT title FROM market_guideversion
WHERE words @@ plainto_tsquery('english', %(line)s)
    OR ts_filter(words, '{a}') @@ to_tsquery('english', %(any)s)
"""
TEXTS = ("Work with a coach", "Coaches and music", "Music at night", "Nights of working")


def test_what_is_found_in_memory_is_what_the_database_finds():
    for at, title in enumerate(TEXTS):
        route(title, summary=TEXTS[at - 1], search_words=TEXTS[at - 2].split()[0])
    tokens = ("work", "coaching", "music", "night", "lantern", "with")
    for line in [" ".join(pair) for pair in permutations(tokens, 2)] + list(tokens):
        asked = {"line": line, "any": " | ".join(line.split())}
        with connection.cursor() as cursor:
            cursor.execute(FOUND, asked)
            expected = {title for (title,) in cursor.fetchall()}
        found = [one.title for one in queries.matching(line, on=TODAY)]
        assert set(found) <= expected
        assert len(found) == min(len(expected), queries.MOST_FOUND)


def test_what_was_found_once_is_found_anew_after_any_change():
    guide = route("Apprenticeship")
    assert [one.title for one in queries.matching("apprenticeships", on=TODAY)] == [
        "Apprenticeship"
    ]
    actions.review(guide_id=guide.pk, next_review_on=TODAY + A_WEEK, by=SYSTEM, at=NOW)
    [one] = queries.matching("apprenticeships", on=TODAY)
    assert one.next_review_on == TODAY + A_WEEK
    actions.take_off(guide_id=guide.pk, why="It has ended.", by=SYSTEM, at=NOW)
    assert queries.matching("apprenticeships", on=TODAY) == []


def test_a_search_reads_the_version_of_the_day():
    guide = route("Apprenticeship")
    again(guide, guide_content("Traineeship"), in_force_from=TODAY + A_WEEK)
    assert queries.matching("traineeship", on=TODAY) == []
    [one] = queries.matching("traineeships", on=TODAY + A_WEEK)
    assert one.number == 2


def test_the_database_holds_where_the_words_are():
    guide = route()
    version = GuideVersion.objects.get(guide=guide)
    for wrong in ({"housed": Housed.LINK}, {"link": "https://a.example"}, {"lowest_age": 25}):
        with pytest.raises(IntegrityError), transaction.atomic():
            GuideVersion.objects.filter(pk=version.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Guide.objects.filter(pk=guide.pk).update(taken_off_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        GuideReview.objects.create(
            guide=guide, reviewed_on=TODAY, next_review_on=TODAY, reviewed_at=NOW
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_who_publish_at_once_one_is_told(is_first):
    guide = None if is_first else published(schools(), Kind.OAP)
    start = Barrier(2)

    def publish(title):
        start.wait()
        try:
            more = {} if guide is None else {"guide_id": guide.pk, "seen_version": 1}
            published(schools(title), Kind.OAP, **more)
        except (actions.OnlyOne, actions.SomebodyWasFaster) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "published"

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(publish, ["One", "Two"]))
    assert said == ["OnlyOne" if is_first else "SomebodyWasFaster", "published"]
    assert GuideVersion.objects.count() == (1 if is_first else 2)

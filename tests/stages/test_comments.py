"""What families say: read first, published or not, answered once."""

import pytest

from flsf.core.people import VISITOR
from flsf.market.comments import actions, queries
from flsf.market.comments.enums import CommentStatus
from flsf.shared.accounts.models import Organisation
from tests.factories import NOW, council_member, lot, member_of
from tests.factories_market import comment, provider, service

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db):
    return council_member()


def answered(one, officer, words="Thank you."):
    actions.answer(
        comment_id=one.pk,
        words=words,
        answered_as="The council",
        did="A lift was put in.",
        by=officer,
        at=NOW,
    )


def test_nobody_reads_it_before_the_council_has(officer):
    one = comment(words="My words.", published=False)
    assert not queries.published().exists()
    assert list(queries.waiting(person=officer)) == [one]
    actions.publish(comment_id=one.pk, shown=" My words ", by=officer, at=NOW)
    [shown] = queries.published()
    assert (shown.shown, shown.words) == ("My words", "My words.")
    assert not queries.waiting(person=officer).exists()
    for act in (
        lambda: actions.publish(comment_id=one.pk, shown="x", by=officer, at=NOW),
        lambda: actions.withhold(comment_id=one.pk, why="x", by=officer, at=NOW),
    ):
        with pytest.raises(actions.AlreadyDecided):
            act()


def test_withheld_with_a_reason_and_never_published(officer):
    one = comment(published=False)
    with pytest.raises(actions.NeedsWhy):
        actions.withhold(comment_id=one.pk, why=" ", by=officer, at=NOW)
    actions.withhold(comment_id=one.pk, why="It names a child.", by=officer, at=NOW)
    one.refresh_from_db()
    assert (one.status, one.why) == (CommentStatus.WITHHELD, "It names a child.")
    assert not queries.published().exists()
    with pytest.raises(actions.NotPublished):
        answered(one, officer)


def test_answered_once(officer):
    one = comment()
    with pytest.raises(actions.NothingSaid):
        answered(one, officer, " ")
    answered(one, officer)
    with pytest.raises(actions.AlreadyAnswered):
        answered(one, officer)


@pytest.mark.parametrize("words", ["", "  \n"])
def test_nothing_is_not_a_comment(officer, words):
    with pytest.raises(actions.NothingSaid):
        actions.say(words=words, by=VISITOR, at=NOW)
    with pytest.raises(actions.NothingSaid):
        actions.publish(comment_id=comment(published=False).pk, shown=words, by=officer, at=NOW)


def test_a_year_in_numbers_and_what_was_done(officer):
    answered(comment(), officer)
    comment()
    comment(published=False)
    year = queries.of_year(2026)
    assert (year.received, year.published, year.answered) == (3, 2, 1)
    assert year.did == ("A lift was put in.",)
    assert queries.years() == [2026]
    assert queries.of_year(2025).received == 0


def test_a_provider_sees_what_is_published_about_it():
    of = provider()
    made = service(of, lot())
    mine = comment(made)
    comment(made, published=False)
    comment(service(provider(), lot()))
    comment()
    manager = member_of(Organisation.objects.get(pk=of.organisation_id))
    assert list(queries.register(person=manager)) == [mine]
    assert list(queries.published(service_id=made.pk)) == [mine]

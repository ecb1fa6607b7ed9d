"""A family says something; the council reads, publishes and answers; a provider answers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.market.comments import actions
from flsf.market.comments.models import Comment
from flsf.shared.accounts.enums import Role
from flsf.shared.accounts.models import Organisation
from flsf.web.components import spam
from tests.factories import NOW, council_member, lot, member_of
from tests.factories_market import comment, provider, service

pytestmark = pytest.mark.django_db

SAY = reverse("feedback-say")


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def sent(client, words="They listened to us.", *, query="", **more):
    said = {"words": words, "made": spam.new_token(NOW - timedelta(seconds=9))}
    return client.post(SAY + query, said | more)


def at(name, of):
    return reverse(name, kwargs={"ref": of.ref})


def test_a_family_says_something_about_a_service(client):
    made = service(provider(), lot(), name="Walks")
    assert "Say something about Walks" in text(client.get(SAY, {"service": made.slug}))
    response = sent(client, query=f"?service={made.slug}", name="Jo")
    assert response.url == reverse("feedback-thanks")
    assert "Thank you" in text(client.get(response.url))
    one = Comment.objects.get()
    assert (one.words, one.name, one.service) == ("They listened to us.", "Jo", made)
    assert "They listened" not in text(client.get(reverse("feedback")))


def test_about_everything_when_no_service_is_named(client):
    assert "Say something about support here" in text(client.get(SAY, {"service": "gone"}))
    sent(client)
    assert Comment.objects.get().service is None


def test_what_could_say_who_a_child_is_is_asked_about_once(client):
    html = text(sent(client, "My son Robin loves it"))
    assert "look as if they hold a child&#39;s name" in html
    assert "My son Robin loves it" in html
    assert not Comment.objects.exists()
    assert sent(client, "My son Robin loves it", sure="yes").status_code == 302


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"words": ""}, "Write what you want to say"),
        ({"words": "x" * 2_001}, "2,000 letters or fewer"),
        ({"name": "x" * 61}, "Use 60 letters"),
        ({"website": "spam"}, "could not be sure that a person"),
        ({"made": ""}, "could not be sure that a person"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, changed, says):
    words = changed.pop("words", "They listened.")
    assert says in text(sent(client, words, **changed))
    assert not Comment.objects.exists()


def test_the_name_beside_it_can_be_taken_out_too(officer_client, client):
    one = comment(words="They listened.", published=False)
    Comment.objects.filter(pk=one.pk).update(name="Mum of Robin Ash")
    assert "Mum of Robin Ash" in text(officer_client.get(at("comment-page", one)))
    officer_client.post(at("comment-publish", one), {"shown": "They listened.", "name": "Mum "})
    public = text(client.get(reverse("feedback")))
    assert "Mum, " in public
    assert "Robin" not in public


def test_read_published_less_a_name_and_answered(officer_client, client):
    one = comment(words="My son Robin loves it", published=False)
    assert "A family said something" in text(officer_client.get(reverse("my-work")))
    html = text(officer_client.get(at("comment-page", one)))
    assert "look as if they hold a child" in html
    assert "Leave the words" in text(officer_client.post(at("comment-publish", one), {}))
    response = officer_client.post(at("comment-publish", one), {"shown": "My son loves it"})
    assert response.url == at("comment-page", one)
    public = text(client.get(reverse("feedback")))
    assert "My son loves it" in public
    assert "Robin" not in public
    assert "Not answered yet" in public
    late = text(officer_client.post(at("comment-publish", one), {"shown": "x"}))
    assert "already decided" in late
    said = {"answer": "Thank you.", "did": "Told the team."}
    assert officer_client.post(at("comment-answer", one), said).status_code == 302
    assert "already been answered" in text(officer_client.post(at("comment-answer", one), said))
    public = text(client.get(reverse("feedback-year", kwargs={"year": 2026})))
    for words in ("Thank you.", "Told the team."):
        assert public.count(words) >= 1
    assert "What you said in 2026" in text(client.get(reverse("feedback")))
    assert client.get(reverse("feedback-year", kwargs={"year": 2019})).status_code == 404


def test_not_published_with_a_reason(officer_client, client):
    one = comment(published=False)
    assert "Say why" in text(officer_client.post(at("comment-withhold", one), {"why": ""}))
    officer_client.post(at("comment-withhold", one), {"why": "Unkind about a person."})
    assert "Unkind about a person." in text(officer_client.get(at("comment-page", one)))
    assert "Nobody has said anything yet" in text(client.get(reverse("feedback")))
    assert one.ref in text(officer_client.get(reverse("comment-list"), {"status": "withheld"}))


def test_a_provider_answers_what_is_said_about_its_service(client):
    of = provider("Heron Trust")
    made = service(of, lot(), name="Walks")
    one = comment(made, "Too far away.")
    manager = Client()
    manager.force_login(member_of(Organisation.objects.get(pk=of.organisation_id)))
    assert "Too far away." in text(manager.get(reverse("provider-comments")))
    assert "Write your answer" in text(manager.post(at("comment-own", one), {"answer": ""}))
    response = manager.post(at("comment-own", one), {"answer": "We now meet in town."})
    assert response.url == reverse("provider-comments")
    assert "already been answered" in text(manager.post(at("comment-own", one), {"answer": "x"}))
    assert "Heron Trust answered" in text(manager.get(at("comment-own", one)))
    html = text(client.get(reverse("directory-service", kwargs={"slug": made.slug})))
    for said in ("Too far away.", "Heron Trust answered:", "We now meet in town."):
        assert said in html


def test_a_provider_does_not_answer_about_anothers_service():
    one = comment(service(provider(), lot()))
    stranger = Client()
    stranger.force_login(member_of(Organisation.objects.get(pk=provider().organisation_id)))
    assert stranger.get(at("comment-own", one)).status_code == 404


def test_one_comment_costs_as_many_queries_as_three(client, django_assert_num_queries):
    made = service(provider(), lot())
    for _ in range(2):
        comment(made)
        # How many, which; the years.
        with django_assert_num_queries(3):
            client.get(reverse("feedback"))
        comment(made)


def test_only_who_keeps_the_local_offer_decides():
    one, client = comment(published=False), Client()
    client.force_login(council_member(Role.CASEWORKER))
    for name in ("comment-publish", "comment-withhold", "comment-answer"):
        assert client.post(at(name, one), {}).status_code == 403
    assert not Comment.objects.exclude(decided_at=None).exists()


def test_a_year_is_told_even_if_nothing_was_published(client):
    one = comment(published=False)
    actions.withhold(comment_id=one.pk, why="x", by=council_member(), at=NOW)
    html = text(client.get(reverse("feedback-year", kwargs={"year": 2026})))
    assert "None was published" in html

"""What every school does (S232) and routes after 16 (S241): as staff keep and people read them."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.market.guides import actions, queries
from flsf.market.guides.enums import Housed, Kind, Outcome
from flsf.market.guides.models import Guide
from flsf.shared.accounts.enums import Role
from flsf.shared.documents.models import Document
from tests.factories import NOW, TODAY, council_member, lot
from tests.factories_applications import a_pdf
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

OAP, ROUTES, LIST = reverse("oap"), reverse("pathways"), reverse("guide-list")
NEXT_YEAR = TODAY + timedelta(days=365)


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def day(name, when):
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def typed(**more):
    said = {
        "seen_version": "0",
        "title": "What every school does",
        "summary": "What children can count on.",
        "for_whom": "Everybody at school.",
        "search_words": "reasonable adjustments",
        "because": "The groups have agreed on it.",
        **day("reviewed_on", TODAY),
        **day("next_review_on", NEXT_YEAR),
        **day("in_force_from", TODAY),
    }
    return said | more


def of_schools(**more):
    words = (
        "# In class\nEvery day:\n- short steps\n- <b>pictures</b>\n# Feeling safe\nA quiet place."
    )
    return typed(**({"housed": "page", "sections": words} | more))


def a_route(**more):
    said = {
        "title": "Supported internship",
        "lowest_age": "16",
        "highest_age": "24",
        "outcomes": ["work", "friends"],
        "what": "A year at work.\n- with a coach",
        "get_in": "Ask your school.",
        "next_step": "A job.",
        "ask": "Ring us.",
        "services": "",
    }
    return typed(**(said | more))


def begin(client, kind, said, **files):
    return client.post(reverse("guide-begin", kwargs={"kind": kind}), said | files)


def test_what_every_school_does_is_written_here_in_versions(officer_client, client):
    assert "The council has not put this here yet" in text(client.get(OAP))
    assert "Add: what every school does" in text(officer_client.get(LIST))
    made = begin(officer_client, "oap", of_schools())
    guide = Guide.objects.get()
    assert made.url == reverse("guide-page", kwargs={"ref": guide.ref})
    html = text(client.get(OAP))
    assert '<h2 class="govuk-heading-m">In class</h2>' in html
    assert "<li>short steps</li><li>&lt;b&gt;pictures&lt;/b&gt;</li>" in html
    assert "We will look again by 15 May 2027" in html
    assert "Earlier versions" not in html

    page = reverse("guide-publish", kwargs={"ref": guide.ref})
    form = text(officer_client.get(page))
    assert "# In class\nEvery day:" in form
    assert '<input type="hidden" name="seen_version" value="1"' in form
    again = of_schools(seen_version="1", sections="# In class\nMore steps.", because="Shorter.")
    officer_client.post(page, again)
    html = text(client.get(OAP))
    assert "More steps." in html
    assert "A quiet place" not in html
    assert "Version 1, from 15 May 2026: The groups have agreed on it." in html
    kept = text(officer_client.get(reverse("guide-page", kwargs={"ref": guide.ref})))
    assert "A quiet place." in kept
    assert "Add: what every school does" not in text(officer_client.get(LIST))


def test_it_may_be_a_link_to_where_it_is_hosted(officer_client, client):
    link = "https://revolution.example/oap"
    begin(officer_client, "oap", of_schools(housed="link", link=link))
    html = text(client.get(OAP))
    assert f'href="{link}"' in html
    assert "The council keeps it on another website" in html
    assert "short steps" not in html
    assert client.get(reverse("oap-file")).status_code == 404


def test_it_may_be_a_file_which_is_looked_into(officer_client, client):
    file = SimpleUploadedFile("oap guidance.pdf", a_pdf())
    begin(officer_client, "oap", of_schools(housed="file"), file=file)
    html = text(client.get(OAP))
    assert "oap guidance.pdf" in html
    got = Client().get(reverse("oap-file"))
    assert got.content == a_pdf()
    assert got["Content-Type"] == "application/pdf"
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Disposition"].startswith("attachment")
    # A version without another file keeps the one before.
    guide = Guide.objects.get()
    page = reverse("guide-publish", kwargs={"ref": guide.ref})
    officer_client.post(page, of_schools(housed="file", seen_version="1", title="Every school"))
    assert "oap guidance.pdf" in text(client.get(OAP))
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"MZ\x90\x00", "a Windows program"), (b"", "This file is empty")],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_kept(officer_client, content, says):
    file = SimpleUploadedFile("guidance.pdf", content)
    html = text(begin(officer_client, "oap", of_schools(housed="file"), file=file))
    assert says in html
    assert 'href="#id_file"' in html
    assert not Guide.objects.exists()
    assert not Document.objects.exists()


def test_a_file_is_not_kept_for_a_version_that_is_refused(officer_client):
    file = SimpleUploadedFile("guidance.pdf", a_pdf())
    said = of_schools(housed="file", **day("next_review_on", TODAY))
    text(begin(officer_client, "oap", said, file=file))
    assert not Document.objects.exists()


def test_no_other_file_is_handed_to_the_public(client, officer_client):
    published(schools(), Kind.OAP)
    assert client.get(reverse("oap-file")).status_code == 404


@pytest.mark.parametrize(
    ("kind", "changed", "field", "says"),
    [
        ("oap", {"title": ""}, "title", "Enter what it is called"),
        ("oap", {"housed": ""}, "housed", "Select where the words are"),
        ("oap", {"sections": "No heading"}, "sections", "Begin with a heading"),
        ("oap", {"housed": "link", "link": "nowhere"}, "link", "Enter its address"),
        ("oap", {"housed": "file"}, "file", "Choose the file"),
        ("oap", {"because": ""}, "because", "Say why it is published"),
        ("oap", day("in_force_from", TODAY - timedelta(days=1)), "in_force_from", "today or later"),
        ("oap", day("next_review_on", TODAY), "next_review_on", "Enter a day after today"),
        ("oap", day("reviewed_on", NEXT_YEAR), "reviewed_on", "today or before"),
        ("oap", {"reviewed_on-day": "31", "reviewed_on-month": "2"}, "reviewed_on", "a real date"),
        ("route", {"lowest_age": "x"}, "lowest_age", "Enter a whole number from 0 to 25"),
        ("route", {"lowest_age": "25"}, "lowest_age", "the lowest first"),
        ("route", {"outcomes": []}, "outcomes", "Select what the route leads to"),
        ("route", {"what": ""}, "what", "Say what it is"),
        ("route", {"get_in": " "}, "get_in", "Say how somebody gets in"),
        ("route", {"services": "no-such-thing"}, "services", "is not in the directory"),
        ("route", {"services": "http://[x"}, "services", "is not in the directory"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_typing_is_kept(
    officer_client, kind, changed, field, says
):
    said = (of_schools if kind == "oap" else a_route)(**changed)
    html = text(begin(officer_client, kind, said))
    assert says in re.sub(r"&#39;|&#x27;", "'", html)
    assert re.search(rf'href="#id_{field}(-day|_0)?"', html)
    assert "The groups have agreed on it." in html or "because" in changed
    assert not Guide.objects.exists()


def test_what_somebody_else_published_meanwhile_is_not_overwritten(officer_client):
    guide = route()
    page = reverse("guide-publish", kwargs={"ref": guide.ref})
    officer_client.post(page, a_route(seen_version="1", title="First"))
    html = text(officer_client.post(page, a_route(seen_version="1", title="Second")))
    assert "Somebody has published another version meanwhile" in html
    assert 'value="Second"' in html


def test_a_route_with_its_services_and_the_way_to_the_next(officer_client, client):
    of, inside = provider("Ready Works"), lot()
    admitted(of, in_lot=inside)
    ours, theirs = service(of, inside, name="Job coach", lowest_age=16, highest_age=24), other()
    route("Volunteering", lowest_age=14)
    address = f"https://council.example/directory/services/{ours.slug}/\n{theirs.slug}\n"
    begin(officer_client, "route", a_route(services=address))
    guide = queries.published(Kind.ROUTE, on=TODAY)[-1]
    html = text(client.get(reverse("pathway", kwargs={"slug": guide.slug})))
    for said in (
        *("Way 2 of 2", "Ages 16 to 24", "A job, or learning that leads to one", "Job coach"),
        *("Chess club", "<h2", "How to get in", "What comes after", "Who to ask", "Ring us."),
        *("<li>with a coach</li>", "Before: Volunteering"),
    ):
        assert said in html
    first = queries.published(Kind.ROUTE, on=TODAY)[0]
    assert "Next: Supported internship" in text(
        client.get(reverse("pathway", kwargs={"slug": first.slug}))
    )


def test_routes_for_an_age_and_for_what_somebody_wants(client):
    assert "We have not written about the ways yet" in text(client.get(ROUTES))
    route("Internship", lowest_age=16, highest_age=24)
    route("Home of your own", lowest_age=18, highest_age=25, outcomes=(Outcome.HOME,))
    assert "2 ways" in text(client.get(ROUTES))
    html = text(client.get(ROUTES, {"age": "17"}))
    assert "1 way that fit" in html
    assert "Home of your own" not in html.split("<h2")[1]
    html = text(client.get(ROUTES, {"age": "18", "for": "home"}))
    assert "Internship" not in html
    assert '<option value="18" selected>' in html
    assert "None of the ways fits that" in text(client.get(ROUTES, {"age": "25", "for": "health"}))


@pytest.mark.parametrize("query", [{"age": "²"}, {"age": "9" * 99}, {"for": "<b>"}, {"age": "-1"}])
def test_no_address_breaks_the_page_of_routes(client, query):
    route()
    assert "1 way" in text(client.get(ROUTES, query))


def test_what_is_taken_off_or_to_come_is_not_read(client, officer_client):
    gone, to_come = (
        route("Gone"),
        published(guide_content("To come"), in_force_from=TODAY + timedelta(days=7)),
    )
    page = reverse("guide-take-off", kwargs={"ref": gone.ref})
    assert "Say why it is taken off" in text(officer_client.post(page, {"why": ""}))
    officer_client.post(page, {"why": "It has ended."})
    for one in (gone, to_come):
        assert client.get(reverse("pathway", kwargs={"slug": one.slug})).status_code == 404
    html = text(officer_client.get(LIST))
    assert "Taken off" in html
    assert "Not published yet" in html
    kept = text(officer_client.get(reverse("guide-page", kwargs={"ref": gone.ref})))
    assert "It has ended." in kept
    assert "Publish a new version" not in kept
    for name in ("guide-take-off", "guide-review", "guide-publish"):
        there = reverse(name, kwargs={"ref": gone.ref})
        said = {"why": "x", **day("next_review_on", NEXT_YEAR)} | a_route(seen_version="1")
        assert "Somebody has taken it off" in text(officer_client.post(there, said))


def test_a_late_review_is_said_to_readers_until_somebody_looks(client, officer_client):
    one = published(schools(), Kind.OAP, next_review_on=TODAY + timedelta(days=30))
    page = reverse("guide-review", kwargs={"ref": one.ref})
    late = NOW + timedelta(days=31)
    with clock.stopped_at(late):
        assert "We should have looked again by 14 June 2026" in text(client.get(OAP))
        assert "Review due" in text(officer_client.get(LIST))
        wrong = officer_client.post(page, day("next_review_on", late.date()))
        assert "Enter a day after today" in text(wrong)
        officer_client.post(page, day("next_review_on", NEXT_YEAR))
        assert "We should have" not in text(client.get(OAP))
        kept = text(officer_client.get(reverse("guide-page", kwargs={"ref": one.ref})))
        assert "Found still right" in kept


def test_the_search_of_the_directory_leads_to_it(client):
    published(schools("What every school does", search_words="ordinarily available"), Kind.OAP)
    route()
    search = reverse("directory-search")
    html = text(client.get(search, {"words": "ordinarily available provision"}))
    assert f'href="{OAP}">What every school does</a></h3>' in html
    html = text(client.get(search, {"words": "internships"}))
    assert "Supported internship</a></h3>" in html
    assert "To read" not in text(client.get(search, {"words": "horse"}))
    assert f'href="{OAP}"' in text(client.get(search))
    for way in (OAP, ROUTES):
        assert f'href="{way}"' in text(client.get(reverse("start")))


def test_pages_cost_the_same_for_one_as_for_three(officer_client, django_assert_num_queries):
    client = Client()
    published(schools(), Kind.OAP)
    for count in (1, 3):
        while Guide.objects.filter(kind=Kind.ROUTE).count() < count:
            made = route(f"Route {Guide.objects.count()}")
        client.get(reverse("directory-search"))
        with django_assert_num_queries(2):  # versions in force, reviews
            client.get(ROUTES)
        with django_assert_num_queries(3):  # those, and the version of the directory
            client.get(reverse("pathway", kwargs={"slug": made.slug}))
        with django_assert_num_queries(3):  # versions in force, reviews, every version
            client.get(OAP)
        with django_assert_num_queries(7):  # session, person, memberships; list twice
            officer_client.get(LIST)


def test_who_keeps_no_local_offer_publishes_nothing(client):
    client.force_login(council_member(Role.CASEWORKER))
    assert begin(client, "oap", of_schools()).status_code == 403
    assert client.get(LIST).status_code == 403
    assert not Guide.objects.exists()


def test_there_is_no_third_kind(officer_client):
    assert begin(officer_client, "poem", of_schools()).status_code == 404


def test_the_day_of_a_page_is_that_of_its_version_not_of_a_review(client):
    made = published(schools(housed=Housed.PAGE), Kind.OAP)
    later = NOW + timedelta(days=9)
    actions.review(guide_id=made.pk, next_review_on=NEXT_YEAR, by=SYSTEM, at=later)
    with clock.stopped_at(later):
        assert '<meta name="dcterms.modified" content="2026-05-15">' in text(client.get(OAP))


def test_pages_to_look_at_again_are_work_from_thirty_days_before(officer_client):
    at = NOW - timedelta(days=100)
    for title, ahead in (("Late", -1), ("Soon", 30), ("Not yet", 31)):
        due_on = TODAY + timedelta(days=ahead)
        published(guide_content(title), at=at, reviewed_on=at.date(), next_review_on=due_on)
    html = text(officer_client.get(reverse("my-work")))
    assert "Is “Late” still right?" in html
    assert "Is “Soon” still right?" in html
    assert "Not yet" not in html
    one = Guide.objects.get(versions__title="Late")
    assert reverse("guide-page", kwargs={"ref": one.ref}) in html

"""The public directory, as a parent meets it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core.access import Access
from flsf.core.geo import Point
from flsf.core.needs import Need, to_mask
from flsf.core.people import SYSTEM
from flsf.market.directory import actions
from flsf.market.directory.models import UnmetSearch
from flsf.market.directory.queries import index
from flsf.market.guides import queries as guides
from flsf.market.providers.enums import Mode, ServiceStatus
from flsf.market.providers.models import Service
from flsf.market.providers.rules import NewSite
from flsf.shared.places.models import Postcode, Ward
from tests.factories import NOW, TODAY, lot
from tests.factories_market import admitted, provider, service, suspended

pytestmark = pytest.mark.django_db

AT = "ZZ1 1AA"
SEARCH = reverse("directory-search")


def live(**more):
    of, inside = provider(more.pop("by", "")), more.pop("lot", None) or lot()
    admitted(of, in_lot=inside)
    return service(of, inside, **more)


def site(metres=0):
    return NewSite("The Boathouse", AT, Point(400_000 + metres, 290_000))


def page(client, address=SEARCH, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def known_postcode():
    Postcode.objects.create(postcode=AT, easting=400_000, northing=290_000)


def test_a_parent_searches_in_their_own_words_near_home(client):
    known_postcode()
    live(name="Gentle steps", by="Heron Trust", needs_mask=to_mask([Need.EBSA]), site=site(3_219))
    live(name="Maths")
    html = page(client, words="anxious about school", postcode="zz11aa", age="9")
    assert "1 service" in html
    assert "Gentle steps" in html
    assert "Heron Trust" in html
    assert "2.0 miles" in html
    assert "Taking new children" in html
    assert "Maths" not in html


@pytest.mark.parametrize("typed", ["ZZ9 9ZZ", "rubbish", "<script>", "SW1A 1AA"])
def test_an_unknown_postcode_gives_results_without_distance_and_a_note(client, typed):
    live(name="Maths", site=site())
    html = page(client, postcode=typed)
    assert "Maths" in html
    assert "miles</strong>" not in html
    assert "We do not know the postcode" in html
    assert "<script>" not in html.replace("<script type=", "")


@pytest.mark.parametrize("typed", ["forty", "26", "-1", "9.5", "²"])
def test_an_age_that_makes_no_sense_is_said_and_kept(client, typed):
    live(name="Maths")
    html = page(client, age=typed)
    assert "<title>\n    Error: Find support" in html or "Error: Find support" in html
    assert 'href="#age"' in html
    assert f'value="{typed}"' in html
    assert "Maths" in html


@pytest.mark.parametrize(
    "query",
    [
        {"page": "0"},
        {"page": "99999999999999"},
        {"page": "x"},
        {"need": "no-such"},
        {"type": "no-such"},
        {"mode": "boat"},
        {"within": "1000"},
        {"words": "x" * 5_000},
    ],
)
def test_no_address_breaks_the_page(client, query):
    live(name="Maths")
    page(client, **query)


def test_words_that_no_keyboard_types_are_refused(client):
    assert client.get(SEARCH, {"words": "\x00"}).status_code == 400


def test_choices_say_how_many_they_leave_and_chosen_ones_can_be_removed(client):
    live(name="Maths", mode=Mode.HOME, needs_mask=to_mask([Need.ASD]))
    live(name="Boxing", needs_mask=to_mask([Need.SEMH]))
    html = page(client, need="ASD", mode="home")
    assert "Autism (1)" in html
    assert "At home (1)" in html
    assert 'href="?mode=home"' in html
    assert 'href="?need=ASD"' in html


def test_nothing_found_offers_the_nearest_and_notes_it_once(client):
    live(name="Maths", lowest_age=5, highest_age=11)
    for _ in range(2):
        html = page(client, words="maths", age="15")
        assert "Nothing fits all of that" in html
        assert "Search without the age" in html
        assert "Maths" in html
    noted = UnmetSearch.objects.get()
    assert (noted.age, noted.needs_mask, noted.outcode, noted.day) == (15, 0, "", TODAY)
    assert "Any need" in page(client, reverse("directory-gaps"))


def test_an_empty_directory_is_not_an_error_and_nobody_looked_in_vain(client):
    assert "There are no services here yet" in page(client)
    assert not UnmetSearch.objects.exists()


def test_a_slip_is_mended_and_said(client):
    live(name="Mentoring by the canal")
    html = page(client, words="mentering")
    assert "We looked for “mentoring”" in html
    assert "Mentoring by the canal" in html


def test_long_results_come_in_pages_that_keep_the_question(client):
    inside, of = lot(), provider()
    admitted(of, in_lot=inside)
    for number in range(21):
        service(of, inside, name=f"Maths {number:02}")
    first = page(client, words="maths")
    assert 'href="?words=maths&amp;page=2"' in first
    assert "Maths 20" not in first
    assert "Maths 20" in page(client, words="maths", page="2")


def test_the_same_questions_for_one_service_and_for_three(
    client, django_assert_num_queries, monkeypatch
):
    known_postcode()
    query = {"words": "maths", "postcode": AT, "age": "9"}
    live(name="Maths", site=site())
    for _ in range(2):
        monkeypatch.setattr(index._Kept, "index", None)  # as in a process that has just begun
        monkeypatch.setattr(guides._Kept, "shelf", None)
        # The postcode in the borough, pages of the council; the version once more for guides,
        # and they and where their stems are; the rest as tests/stages/test_directory.py says.
        with django_assert_num_queries(17):
            page(client, **query)
        with django_assert_num_queries(3):
            page(client, **query)
        live(name="More maths")
        live(name="Maths again", mode=Mode.HOME)


def test_a_card_seen_before_says_what_is_so_now(client):
    made = live(name="Maths")
    assert "Taking new children" in page(client)
    Service.objects.filter(pk=made.pk).update(status=ServiceStatus.FULL, name="Sums")
    actions.relist(service_ids=[made.pk], by=SYSTEM, at=NOW)
    said = page(client)
    assert "Full for now" in said
    assert "Sums" in said
    assert "Maths" not in said
    assert "Taking new children" not in said


def test_a_page_of_results_is_light(client):
    inside, of = lot(), provider()
    admitted(of, in_lot=inside)
    everything = to_mask(Need)
    for number in range(25):
        service(of, inside, name=f"Maths {number:02}", needs_mask=everything)
    assert len(page(client).encode()) < 60_000


def test_a_service_says_what_it_is_how_to_get_it_and_what_to_expect(client):
    made = live(
        name="Gentle steps",
        site=site(),
        what_it_is="A calm place.",
        how_to_get_it="Ask the council.",
        what_to_expect="A visit first.",
        access_mask=Access.QUIET_SPACE.bit,
        rates=((TODAY, 4_567),),
    )
    html = page(client, reverse("directory-service", kwargs={"slug": made.slug}))
    for said in (
        *("What it is", "A calm place.", "How to get it", "Ask the council."),
        *("What to expect", "A visit first.", "A quiet space", "The Boathouse", "15 May 2026"),
    ):
        assert said in html
    assert "45.67" not in html


def test_an_old_listing_says_so(client):
    made = live(confirmed_on=TODAY - timedelta(days=400))
    html = page(client, reverse("directory-service", kwargs={"slug": made.slug}))
    assert "May be out of date" in html
    assert "400 days" in html
    assert "May be out of date" in page(client)


def test_a_paused_service_stays_reachable_with_others_like_it(client):
    inside, of = lot(), provider()
    suspended(of, in_lot=inside)
    made = service(of, inside, name="Paused")
    assert "Paused" not in page(client)
    html = page(client, reverse("directory-service", kwargs={"slug": made.slug}))
    assert "not taking new children at the moment" in html
    assert "See others like it" in html


def test_whoever_looks_for_a_paused_service_by_name_is_told_that_it_is_paused(client):
    inside, of = lot(), provider("Heron Trust")
    suspended(of, in_lot=inside)
    made = service(of, inside, name="Canal walks")
    live(name="Maths")
    for words in ("heron", "canal walks"):
        html = page(client, f"{reverse('directory-search')}?words={words}")
        assert "Not taking new children at the moment</h2>" in html
        assert reverse("directory-service", kwargs={"slug": made.slug}) in html
        assert "Nothing fits all of that" in html
    assert "at the moment</h2>" not in page(client, f"{reverse('directory-search')}?words=maths")
    taking = page(client, f"{reverse('directory-search')}?words=heron&taking=yes")
    assert "Not taking new children at the moment</h2>" in taking


def test_full_and_outside_are_marked(client):
    made = live(name="Maths")
    Service.objects.filter(pk=made.pk).update(status=ServiceStatus.FULL)
    outside = service(provider(), lot(), name="Boxing")
    html = page(client)
    assert "Full for now" in html
    assert "Not on the council&#39;s list" in html
    address = reverse("directory-service", kwargs={"slug": outside.slug})
    assert "has not checked it" in page(client, address)
    address = reverse("directory-service", kwargs={"slug": made.slug})
    assert "no room just now" in page(client, address)


def test_a_provider_page_shows_its_services_and_no_price(client):
    made = live(name="Maths", by="Heron Trust", rates=((TODAY, 4_567),))
    html = page(client, reverse("directory-provider", kwargs={"slug": made.provider.slug}))
    assert "Heron Trust" in html
    assert "Maths" in html
    assert "45.67" not in html


@pytest.mark.parametrize("name", ["directory-service", "directory-provider"])
def test_no_such_page(client, name):
    assert client.get(reverse(name, kwargs={"slug": "no-such"})).status_code == 404


def test_a_reader_saves_shares_and_drops_services(client):
    one, other = live(name="Maths"), live(name="Boxing")
    for made in (one, other):
        client.post(reverse("directory-save", kwargs={"slug": made.slug}), {"keep": "yes"})
    saved = reverse("directory-saved")
    html = page(client, saved)
    assert "Maths" in html
    assert f"?service={one.slug}&amp;service={other.slug}" in html
    drop = reverse("directory-save", kwargs={"slug": one.slug})
    assert client.post(drop, {"keep": "no", "from": "saved"}).url == saved
    assert "Maths" not in page(client, saved)
    shared = page(Client(), saved, service=one.slug)
    assert "A list somebody shared" in shared
    assert "Maths" in shared
    assert "Nothing is saved yet" in page(Client(), saved)


def test_the_map_draws_places_and_lists_them_by_ward(client):
    Ward.objects.create(
        code="W1",
        name="Lockside",
        boundary={
            "type": "Polygon",
            "coordinates": [[[-2.0, 52.5], [-1.9, 52.5], [-1.9, 52.6], [-2.0, 52.5]]],
        },
        easting=401_000,
        northing=290_000,
    )
    Ward.objects.create(code="W2", name="Moorside", boundary={}, easting=440_000, northing=290_000)
    live(site=NewSite("Here", AT, Point(402_000, 292_000)))
    live()
    html = page(client, reverse("directory-map"))
    counts = re.findall(r'row" class="govuk-table__header">([^<]*)</th><td[^>]*>(\d+)', html)
    assert counts == [("Lockside", "1")]
    assert "None has its place near the middle of Moorside." in html
    assert "1 of 2 services have a fixed place" in html
    assert "Lockside" in html
    response = client.get(reverse("directory-map-picture"))
    assert response["Content-Type"] == "image/svg+xml"
    picture = response.content.decode()
    assert picture.count("<polygon") == 1
    assert picture.count("<circle") == 1
    assert "style=" not in picture


def test_a_map_without_wards_or_places_is_still_a_picture(client):
    assert client.get(reverse("directory-map-picture")).content.startswith(b"<svg")

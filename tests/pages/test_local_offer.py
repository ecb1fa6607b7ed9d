"""What staff keep of the Local Offer, and what the public meets of it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.core.needs import Need, to_mask
from flsf.core.people import SYSTEM
from flsf.flows import keep_listings_fresh
from flsf.market.directory import actions as directory
from flsf.market.directory.models import Neighbour, Phrase, Told
from flsf.market.others.models import OtherService
from flsf.market.providers.enums import Mode, ServiceStatus
from flsf.market.providers.models import Service
from flsf.shared.accounts.enums import Role
from flsf.shared.places.models import Postcode, Ward
from flsf.web.components import spam
from tests.factories import NOW, TODAY, council_member, lot
from tests.factories_market import admitted, other, provider, service

pytestmark = pytest.mark.django_db

SEARCH = reverse("directory-search")


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def live(**more):
    of, inside = provider(), more.pop("lot", None) or lot()
    admitted(of, in_lot=inside)
    return service(of, inside, **more)


def typed(**changed):
    said = {
        "name": "Swim club",
        "run_by": "Marl Baths",
        "sector": "community",
        "what_it_is": "A quiet hour.",
        "cost": "free",
        "mode": "community",
        "lowest_age": "5",
        "highest_age": "18",
        "needs": ["ASD"],
        "qualities": ["calm"],
    }
    return said | changed


# What the public meets.


def test_other_help_is_marked_in_words_in_the_list_and_on_its_page(client):
    one = other("Chess club")
    html = text(client.get(SEARCH, {"words": "chess"}))
    assert "Not on the council&#x27;s list" in html or "Not on the council&#39;s list" in html
    assert reverse("directory-other", kwargs={"slug": one.slug}) in html
    html = text(client.get(reverse("directory-other", kwargs={"slug": one.slug})))
    assert "We have not checked it" in html
    assert "makes its own checks" in html
    assert "Marl Library" in html


def test_other_help_is_saved_and_compared_beside_services(client):
    one, made = other("Chess club"), live(name="Boxing", places={0: 1, 1: 1, 2: 1})
    for slug in (one.slug, made.slug):
        client.post(reverse("directory-save", kwargs={"slug": slug}), {"keep": "yes"})
    saved = text(client.get(reverse("directory-saved")))
    assert "Compare these" in saved
    html = text(
        client.get(reverse("directory-compare"), {"service": [one.slug, made.slug, "gone"]})
    )
    for said in ("Chess club", "Boxing", "Monday;", "Tuesday morning", "One to one", "Free"):
        assert said in html
    assert "nothing to compare yet" in text(client.get(reverse("directory-compare")))


def test_at_most_four_are_compared(client):
    slugs = [live(name=f"Service {number}").slug for number in range(5)]
    html = text(client.get(reverse("directory-compare"), {"service": slugs}))
    assert "Service 3" in html
    assert "Service 4" not in html


def test_two_compared_cost_as_many_queries_as_four(client, django_assert_num_queries):
    inside = lot()
    slugs = [live(name=f"Service {number}", lot=inside).slug for number in range(4)]
    client.get(SEARCH)
    for count in (2, 4):
        # Version, cards; services, their places, their rates; version, for the day they changed.
        with django_assert_num_queries(6):
            client.get(reverse("directory-compare"), {"service": slugs[:count]})


def test_a_closed_service_stays_reachable_with_others_instead(client):
    inside = lot()
    made = live(name="Boxing", lot=inside)
    live(name="Judo", lot=inside)
    Service.objects.filter(pk=made.pk).update(status=ServiceStatus.CLOSED)
    html = text(client.get(reverse("directory-service", kwargs={"slug": made.slug})))
    for said in ("This service has closed", "You could try", "Judo"):
        assert said in html


def test_a_listing_taken_down_says_so_with_others_instead(client):
    inside = lot()
    made = live(name="Old walks", lot=inside, confirmed_on=TODAY - timedelta(days=400))
    live(name="New walks", lot=inside)
    keep_listings_fresh.take_down_old(by=SYSTEM, at=NOW)
    html = text(client.get(reverse("directory-service", kwargs={"slug": made.slug})))
    for said in ("We took this page off the list on", "New walks"):
        assert said in html
    assert "Old walks" not in text(client.get(SEARCH))


def test_full_says_when_the_next_child_could_start(client):
    made = live(name="Boxing", first_start_on=TODAY + timedelta(days=30))
    Service.objects.filter(pk=made.pk).update(status=ServiceStatus.FULL)
    directory.relist(service_ids=[made.pk], by=SYSTEM, at=NOW)
    assert "Next start 14 June 2026" in text(client.get(SEARCH))
    html = text(client.get(reverse("directory-service", kwargs={"slug": made.slug})))
    assert "The next child could start on" in html


def test_finer_choices_narrow_and_are_removed_one_by_one(client):
    live(name="Mornings", places={0: 1}, qualities_mask=1, largest_group=4)
    live(name="Afternoons", places={1: 1})
    query = {"time": "am", "quality": "feelings", "group": "few", "pays": "council", "day": "mon"}
    html = text(client.get(SEARCH, query | {"sector": "education"}))
    assert "1 service" in html
    assert "Afternoons" not in html
    for chosen in ("Help with feelings", "Morning", "Up to 6 together", "Monday", "Learning"):
        assert f">{chosen}" in html
    assert "time=am&" not in html.split("Morning<span")[0].rsplit("href=", 1)[1]


def known_borough():
    for number in range(2):
        Ward.objects.create(
            code=f"W{number}",
            name=f"Ward {number}",
            boundary={},
            easting=400_000 + 4_000 * number,
            northing=290_000,
        )
    Postcode.objects.create(postcode="ZZ1 1AA", easting=401_000, northing=290_000)
    Postcode.objects.create(postcode="ZZ8 1AA", easting=460_000, northing=290_000)


@pytest.mark.parametrize(
    ("postcode", "says"),
    [("ZZ8 1AA", "looks to be outside"), ("ZZ7 7ZZ", "We do not know the postcode")],
)
def test_somebody_from_elsewhere_is_shown_the_councils_next_door(client, postcode, says):
    known_borough()
    live(name="Maths")
    for name, outcodes in (("Aldby", ""), ("Zedham", "ZZ8 ZZ7")):
        directory.add_neighbour(
            name=name, link=f"https://{name}.example", outcodes=outcodes, by=SYSTEM, at=NOW
        )
    html = text(client.get(SEARCH, {"postcode": postcode}))
    assert says in html
    assert html.index("Zedham") < html.index("Aldby")
    assert "Maths" in html
    assert "Zedham" not in text(client.get(SEARCH, {"postcode": "ZZ1 1AA"}))


def looked_for(client, *, wait=spam.SOONEST, **changed):
    said = {"words": "Drama for deaf teenagers", "question": "need=HI&age=14&postcode=ZZ1+1AA"}
    said["made"] = spam.new_token(NOW - wait)
    return text(client.post(reverse("directory-looked-for"), said | changed))


def test_somebody_tells_us_what_they_looked_for(client):
    html = text(client.get(SEARCH, {"words": "zzzz"}))
    assert "Tell us what you looked for" in html
    assert "Thank you" in looked_for(client)
    one = Told.objects.get()
    assert (one.words, one.age, one.outcode) == ("Drama for deaf teenagers", 14, "ZZ1")
    assert one.needs_mask == Need.HI.bit


@pytest.mark.parametrize(
    "changed",
    [
        {"website": "https://spam.example"},
        {"made": ""},
        {"made": "forged"},
        {"wait": timedelta(seconds=1)},
        {"wait": timedelta(days=1)},
    ],
)
def test_a_machine_is_not_believed_and_a_persons_typing_is_kept(client, changed):
    html = looked_for(client, **changed)
    assert "could not be sure that a person" in html
    assert "Drama for deaf teenagers" in html
    assert not Told.objects.exists()


def test_nobody_sends_more_than_ten_a_day(client):
    for _ in range(spam.MOST_A_DAY):
        assert "Thank you" in looked_for(client)
    assert "as many as we can take" in looked_for(client)
    assert Told.objects.count() == spam.MOST_A_DAY
    with clock.stopped_at(NOW + timedelta(days=1)):
        made = spam.new_token(NOW + timedelta(days=1) - spam.SOONEST)
        assert "Thank you" in looked_for(client, made=made)


def test_nothing_typed_is_said(client):
    assert "Say what you looked for" in looked_for(client, words=" ")
    assert "500 letters or fewer" in looked_for(client, words="x" * 501)


def test_words_are_explained_in_order(client):
    html = text(client.get(reverse("a-to-z")))
    assert html.index("EBSA") < html.index("EHCP") < html.index("SEMH")
    assert "words=anxious%20about%20school" in html


# What staff keep.


def test_staff_add_change_and_take_off_other_help(officer_client):
    added = officer_client.post(reverse("other-add"), typed())
    assert added.url == reverse("other-list")
    one = OtherService.objects.get()
    assert [need.value for need in one.needs] == ["ASD"]
    there = {"ref": one.ref}
    html = text(officer_client.get(reverse("other-change", kwargs=there)))
    assert 'value="Swim club"' in html
    officer_client.post(reverse("other-change", kwargs=there), typed(name="Dive club"))
    assert "Dive club" in text(officer_client.get(reverse("other-list"), {"words": "dive"}))
    right = officer_client.post(reverse("other-checked", kwargs=there), follow=True)
    assert "was looked at today" in text(right)
    off = reverse("other-take-off", kwargs=there)
    assert "Say why it is taken off" in text(officer_client.post(off, {"why": ""}))
    assert officer_client.post(off, {"why": "Closed."}).url == reverse("other-list")
    for name in ("other-change", "other-take-off"):
        said = typed() | {"why": "Again."}
        html = text(officer_client.post(reverse(name, kwargs=there), said))
        assert "no longer on the list" in html
    late = officer_client.post(reverse("other-checked", kwargs=there), follow=True)
    assert "no longer on the list" in text(late)
    public = text(Client().get(reverse("directory-other", kwargs={"slug": one.slug})))
    assert "No longer on this list" in public


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "Enter what it is called"),
        ({"sector": ""}, "Select what kind of help"),
        ({"lowest_age": "x"}, "whole number from 0 to 25"),
        ({"lowest_age": "19"}, "the lowest first"),
        ({"link": "not a link"}, "Enter an address like"),
        ({"email": "nobody"}, "Enter an email address like"),
    ],
)
def test_what_makes_no_sense_is_said_and_typing_is_kept(officer_client, changed, says):
    html = text(officer_client.post(reverse("other-add"), typed(**changed)))
    assert says in html
    assert "A quiet hour." in html
    assert not OtherService.objects.exists()


def test_staff_teach_the_search_a_phrase_and_take_one_off(officer_client):
    live(name="Gentle steps", needs_mask=to_mask([Need.EBSA]), mode=Mode.HOME)
    said = {"phrase": "Sunday dread", "needs": ["EBSA"]}
    assert officer_client.post(reverse("phrase-add"), said).url == reverse("phrase-list")
    assert "Gentle steps" in text(Client().get(SEARCH, {"words": "sunday dread"}))
    assert "already on the list" in text(officer_client.post(reverse("phrase-add"), said))
    html = text(officer_client.get(reverse("phrase-list"), {"like": "sunday"}))
    assert "Anxious about going to school" in html
    nothing = officer_client.post(reverse("phrase-add"), {"phrase": "x"})
    assert "what the phrase stands for" in text(nothing)
    retired = officer_client.post(reverse("phrase-retire"), {"phrase": "SUNDAY dread"})
    assert retired.url == reverse("phrase-list")
    again = officer_client.post(reverse("phrase-retire"), {"phrase": "sunday dread"})
    assert "no longer on the list" in text(again)
    assert Phrase.objects.get().until == TODAY


def test_staff_keep_the_councils_next_door(officer_client):
    said = {"name": "Aldby", "link": "https://aldby.example", "outcodes": "ZZ8"}
    assert officer_client.post(reverse("neighbour-add"), said).url == reverse("neighbour-list")
    assert "already on the list" in text(officer_client.post(reverse("neighbour-add"), said))
    wrong = officer_client.post(reverse("neighbour-add"), said | {"link": "x y"})
    assert "Enter an address like" in text(wrong)
    html = text(officer_client.get(reverse("neighbour-list")))
    assert "Take off Aldby" in html
    gone = {"number": str(Neighbour.objects.get().pk)}
    for says in ("no longer on the list", "no longer on the list"):
        response = officer_client.post(reverse("neighbour-retire"), gone, follow=True)
        assert says in text(response)
    for number in ("x", "", "9" * 30):
        officer_client.post(reverse("neighbour-retire"), {"number": number})


def test_staff_see_every_gap_the_public_those_that_name_nobody(officer_client):
    for number in range(6):
        directory.note_no_match(
            referral_ref=f"R-2222{number}",
            needs_mask=Need.ASD.bit,
            age=9,
            outcode="ZZ1",
            by=SYSTEM,
            at=NOW,
        )
    directory.note_unmet(needs_mask=Need.VI.bit, age=9, outcode="ZZ2", mode=None, by=SYSTEM, at=NOW)
    html = text(officer_client.get(reverse("gap-list")))
    assert "Autism" in html
    assert ">6<" in html.replace(" ", "").replace("\n", "")
    only = text(officer_client.get(reverse("gap-list"), {"source": "search"}))
    assert "Autism" not in only
    public = text(Client().get(reverse("directory-gaps")))
    assert "By need and area" in public
    assert "R-2222" not in public


def test_a_small_number_of_what_is_missing_cannot_be_worked_out(client):
    """With the days each need was looked for, told in the other table, as its total."""
    looked = {(Need.VI, "ZZ1"): 12, (Need.VI, "ZZ2"): 2, (Need.ASD, "ZZ1"): 7, (Need.ASD, "ZZ2"): 9}
    for (need, outcode), many in looked.items():
        for ahead in range(many):
            directory.note_unmet(
                needs_mask=need.bit, age=9, outcode=outcode, mode=None, by=SYSTEM,
                at=NOW - timedelta(days=ahead),
            )  # fmt: skip
    html = text(client.get(reverse("directory-gaps")))
    table = html[html.index("By need and area") : html.index("What people looked for")]
    cells = re.findall(r'__cell--numeric">([^<]*)</td>', table)
    assert cells == ["c", "c", "c", "c"]  # two by two: whatever is shown would tell the rest
    # The needs stand by name, as their order by number would tell how large a hidden one is.
    assert table.index(Need.ASD.label) < table.index(Need.VI.label)
    assert "nobody can work the small ones out" in html


def test_what_people_told_us_is_read_by_staff_alone(officer_client):
    looked_for(Client())
    assert "Drama for deaf" in text(officer_client.get(reverse("told-list")))
    assert "Drama for deaf" not in text(Client().get(reverse("directory-gaps")))


def test_every_list_costs_the_same_for_one_row_and_three(officer_client, django_assert_num_queries):
    for _ in range(2):
        other()
        # Session, person, memberships; how many, which.
        with django_assert_num_queries(5):
            officer_client.get(reverse("other-list"))
        other()


def test_the_doors_are_all_there(officer_client):
    html = text(officer_client.get(reverse("local-offer")))
    assert html.count("Local Offer") > 1
    assert 'href=""' not in html


@pytest.mark.parametrize("name", ["local-offer", "other-list", "phrase-add", "gap-list"])
def test_other_roles_do_not_keep_it(name):
    client = Client()
    client.force_login(council_member(Role.CASEWORKER))
    assert client.get(reverse(name)).status_code == 403

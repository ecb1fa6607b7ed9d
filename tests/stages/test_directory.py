from datetime import timedelta

import pytest

from flsf.core.geo import Point
from flsf.core.half_days import Half
from flsf.core.needs import Need, to_mask
from flsf.core.people import SYSTEM, VISITOR
from flsf.core.qualities import Quality
from flsf.flows import offer_service as flow
from flsf.flows.suspend_provider import Terms, suspend_provider
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.enums import SuspensionReason
from flsf.market.directory import actions, queries
from flsf.market.directory.enums import Ageing, Availability
from flsf.market.directory.models import Listing
from flsf.market.directory.queries import index
from flsf.market.directory.queries.index import MOST_HEARD, current
from flsf.market.directory.queries.kept import Kept
from flsf.market.directory.rules import Asked
from flsf.market.providers.enums import Cost, Mode, Sector
from flsf.market.providers.rules import NewSite
from tests.factories import NOW, TODAY, council_member, lot
from tests.factories_market import admitted, other, provider, require, service, shown

pytestmark = pytest.mark.django_db

HERE = Point(400_000, 290_000)
TOMORROW = TODAY + timedelta(days=1)


def site(metres=0):
    return NewSite("The Boathouse", "ZZ1 1AA", Point(HERE.easting + metres, HERE.northing))


def live(**more):
    """A service that takes new children today."""
    of, inside = provider(), more.pop("lot", None) or lot()
    admitted(of, in_lot=inside)
    return service(of, inside, **more)


def search(words="", *, at=None, on=TODAY, **asked):
    return queries.search(Asked(words=words, **asked), at=at, on=on)


def names(results):
    return [card.name for card in results.cards]


def standing(on=TODAY):
    return [card.availability for card in search(on=on).cards]


def test_the_nearest_come_first_then_by_name():
    live(name="Far", site=site(5_000))
    live(name="Beta", site=site(100))
    live(name="alpha", site=site(100))
    live(name="Anywhere")
    assert names(search(at=HERE)) == ["alpha", "Beta", "Far", "Anywhere"]
    assert names(search()) == ["alpha", "Anywhere", "Beta", "Far"]
    assert [card.metres for card in search(at=HERE).cards] == [100, 100, 5_000, None]


@pytest.mark.parametrize("typed", ["anxious about school", "EBSA", "anxous about school"])
def test_plain_words_acronyms_and_slips_find_the_same(typed):
    live(name="Gentle steps", needs_mask=to_mask([Need.EBSA]))
    live(name="Maths", needs_mask=to_mask([Need.SPLD]))
    assert names(search(typed)) == ["Gentle steps"]


def test_words_are_looked_for_in_every_text_and_by_their_stem():
    live(name="Workshop", what_it_is="Young people repair bikes together.")
    live(name="Farm days")
    assert names(search("bike repairs")) == ["Workshop"]


def test_a_slip_in_a_name_is_mended_and_said():
    live(name="Mentoring by the canal")
    found = search("mentering")
    assert (names(found), found.corrected) == (
        ["Mentoring by the canal"],
        {"mentering": "mentoring"},
    )


@pytest.mark.parametrize("typed", ["the", "'; drop table", "!!!", "a & | b:*", "%", "\\"])
def test_any_text_is_a_question(typed):
    live(name="Maths")
    search(typed)


def test_nothing_found_says_which_part_to_leave_out():
    live(name="Maths", mode=Mode.ONLINE, lowest_age=5, highest_age=11)
    found = search("maths", age=15, modes=frozenset({Mode.ONLINE}))
    assert found.total == 0
    assert [(one.part, total) for one, total in found.nearest] == [("age", 1)]


def test_a_suspension_bites_the_same_day():
    made = live()
    assert standing() == [Availability.TAKING]
    officer = council_member()
    standings = admissions.standings([made.provider_id], on=TODAY, person=officer)
    suspend_provider(
        provider_id=made.provider_id,
        standings=standings[made.provider_id],
        terms=Terms(
            reason=SuspensionReason.SAFEGUARDING,
            explanation="An allegation is being looked into.",
            takes_effect_on=TODAY,
            review_on=TOMORROW,
        ),
        by=officer,
        at=NOW,
    )
    assert standing() == []
    assert queries.service(made.slug, on=TODAY).availability is Availability.PAUSED


def test_a_check_bites_the_day_it_lapses_without_anybody_relisting():
    made = live()
    require()
    assert standing() == []
    shown(made.provider, until=TOMORROW)
    assert standing(TOMORROW) == [Availability.TAKING]
    assert standing(TOMORROW + timedelta(days=1)) == []


def test_a_service_outside_the_framework_is_shown_and_marked():
    service(provider(), lot())
    assert standing() == [Availability.OUTSIDE]
    assert search(taking_only=True).total == 0


def test_a_service_not_for_the_public_is_not_found():
    made = live(is_listed=False)
    assert search().total == 0
    assert queries.service(made.slug, on=TODAY) is None
    assert queries.provider(made.provider.slug, on=TODAY) is None


def test_a_change_is_found_at_once():
    made = live(name="Maths")
    assert names(search("maths")) == ["Maths"]
    changed = made.facts.__class__(**{**_fields(made.facts), "name": "Boxing"})
    flow.change_service(service_id=made.pk, facts=changed, by=SYSTEM, at=NOW)
    assert (names(search("maths")), names(search("boxing"))) == ([], ["Boxing"])


def _fields(facts):
    return {name: getattr(facts, name) for name in facts.__dataclass_fields__}


def test_a_provider_that_changes_its_name_is_found_by_it():
    made = live()
    facts = made.provider.facts.__class__(**{**_fields(made.provider.facts), "name": "Heron Trust"})
    flow.change_provider(provider_id=made.provider_id, facts=facts, by=SYSTEM, at=NOW)
    assert names(search("heron")) == [made.name]


def test_confirming_makes_a_listing_fresh():
    made = live(confirmed_on=TODAY - timedelta(days=400))
    assert queries.service(made.slug, on=TODAY).ageing is Ageing.OLD
    flow.confirm_services(service_ids=[made.pk], by=SYSTEM, at=NOW)
    assert queries.service(made.slug, on=TODAY).ageing is Ageing.FRESH
    assert [card.ageing for card in search().cards] == [Ageing.FRESH]


def test_relisting_everything_changes_nothing():
    live(name="Maths")
    live(name="Boxing")
    before = names(search())
    assert actions.relist(service_ids=None, by=SYSTEM, at=NOW) == 2
    assert names(search()) == before


def test_the_same_questions_are_put_for_one_listing_and_for_three(
    django_assert_num_queries, monkeypatch
):
    live(name="Maths")
    for _ in range(2):
        monkeypatch.setattr(index._Kept, "index", None)  # as in a process that has just begun
        # The version; the listings as columns: 7, other help, phrases; where each stem is, the
        # cards, what the words of names ask for.
        with django_assert_num_queries(13):
            search("maths", at=HERE)
        with django_assert_num_queries(1):
            search("maths", at=HERE)
        with django_assert_num_queries(2):
            search("calm", at=HERE)
        with django_assert_num_queries(1):
            search("calm", at=HERE)
        live(name="Maths online")
        live(name="Maths at home", mode=Mode.HOME)


def test_what_was_found_once_is_found_anew_after_any_change():
    made = live(name="Boxing", what_it_is="Calm gloves.")
    assert names(search("gloves")) == ["Boxing"]
    assert search("lantern").total == 0
    words = {"name": "Boxing at dusk", "what_it_is": "By lantern."}
    changed = made.facts.__class__(**{**_fields(made.facts), **words})
    flow.change_service(service_id=made.pk, facts=changed, by=SYSTEM, at=NOW)
    assert names(search("lantern")) == ["Boxing at dusk"]
    assert search("gloves").total == 0


def test_what_is_listed_anew_by_itself_is_read_anew():
    made = live(name="Boxing")
    assert names(search("boxing")) == ["Boxing"]
    Listing.objects.filter(service=made.pk).update(is_public=False)
    assert names(search("boxing")) == []
    actions.relist(service_ids=[made.pk], by=SYSTEM, at=NOW)
    assert names(search("boxing")) == ["Boxing"]


def test_what_is_kept_of_searches_does_not_grow_without_end():
    kept = Kept(2)
    for key in "abc":
        assert kept.keep(key, key.upper()) == key.upper()
    assert dict(kept) == {"c": "C"}
    for number in range(MOST_HEARD + 1):
        search(f"word{number}")
    assert len(current(TODAY).heard) <= MOST_HEARD


def test_an_unmet_search_is_noted_once_a_day_without_who():
    def note(at):
        return actions.note_unmet(
            needs_mask=Need.HI.bit,
            age=9,
            outcode="ZZ1",
            mode=Mode.HOME,
            by=VISITOR,
            at=at,
        )

    assert [note(NOW), note(NOW), note(NOW + timedelta(days=1))] == [True, False, True]
    [looked_for] = queries.gaps(TOMORROW).looked_for
    assert (looked_for.needs, looked_for.age, looked_for.mode, looked_for.days) == (
        [Need.HI],
        9,
        Mode.HOME,
        2,
    )


def test_gaps_name_the_kinds_and_needs_with_nothing_on_offer():
    tutoring, mentoring = lot("Tutoring"), lot("Mentoring")
    live(lot=tutoring, needs_mask=to_mask([Need.ASD]))
    service(provider(), mentoring, needs_mask=to_mask([Need.HI]))
    missing = queries.gaps(TODAY)
    assert missing.lots == ["Mentoring"]
    assert Need.ASD not in missing.needs
    assert Need.HI in missing.needs


def test_spots_gather_services_by_square():
    for metres in (0, 10, 5_000):
        live(site=site(metres))
    live()
    assert sorted(spot.count for spot in queries.spots(Asked(), at=None, on=TODAY)) == [1, 2]


def test_what_fits_the_words_best_comes_before_what_is_nearer():
    for name, needs, near in (
        ("Anything goes", Need, 10),
        ("Mentoring", [Need.SEMH], 20),
        ("Gentle steps", [Need.EBSA], 5_000),
    ):
        live(name=name, needs_mask=to_mask(needs), site=site(near))
    found = search("anxious about school", at=HERE)
    assert names(found) == ["Gentle steps", "Anything goes", "Mentoring"]
    assert found.needs_meant == Need.EBSA.bit


def test_words_in_the_name_tell_more_than_words_in_the_text():
    live(name="A farm", what_it_is="Boxing on Tuesdays.")
    live(name="Boxing")
    assert names(search("boxing")) == ["Boxing", "A farm"]


def test_help_that_is_not_on_the_framework_is_found_and_marked():
    live(name="Chess")
    other("Chess club", needs_mask=0, cost=Cost.FREE)
    found = search("chess", needs_mask=Need.ASD.bit)
    [card] = found.cards
    assert (card.name, card.is_other, card.availability) == (
        "Chess club",
        True,
        Availability.OUTSIDE,
    )
    assert found.facets.costs == {Cost.COUNCIL: 0, Cost.FREE: 1, Cost.FAMILY: 0}
    assert names(search("chess")) == ["Chess", "Chess club"]
    assert names(search("chess", taking_only=True)) == ["Chess"]
    assert names(search("chess", sectors=frozenset({Sector.COMMUNITY}))) == ["Chess club"]


@pytest.mark.parametrize("sector", Sector, ids=str)
def test_every_kind_of_help_is_found_for_somebody_of_twenty_five(sector):
    for one in Sector:
        other(one.label, sector=one, highest_age=25)
    other("For children", sector=sector, highest_age=18)
    assert names(search(age=25, sectors=frozenset({sector}))) == [sector.label]


@pytest.mark.parametrize("quality", Quality, ids=str)
def test_each_thing_that_families_and_providers_asked_for_narrows_a_search(quality):
    """Cabinet report, paragraphs 19 and 20."""
    for one in Quality:
        live(name=one.label, qualities_mask=one.bit)
    assert names(search(qualities_mask=quality.bit)) == [quality.label]


@pytest.mark.parametrize("mode", Mode, ids=str)
def test_where_help_happens_narrows_a_search(mode):
    for one in Mode:
        live(name=one.label, mode=one, site=site() if one is Mode.SITE else None)
    assert names(search(modes=frozenset({mode}))) == [mode.label]


def test_a_pinboard_holds_both_kinds_in_the_order_asked():
    made, club = live(name="Chess"), other("Chess club")
    shown = queries.cards([club.slug, made.slug, "no-such"], on=TODAY)
    assert [card.name for card in shown] == ["Chess club", "Chess"]
    beside = queries.compared([made.slug, club.slug], on=TODAY)
    assert [one.card.name for one in beside] == ["Chess", "Chess club"]


def test_days_and_times_are_those_with_places():
    live(name="Mornings", places={0: 2, 2: 2})
    live(name="Friday afternoon", places={9: 1})
    live(name="Nothing set")
    assert names(search(halves=frozenset({Half.AM}))) == ["Mornings"]
    assert names(search(weekdays=frozenset({4, 1}))) == ["Friday afternoon", "Mornings"]
    assert search(weekdays=frozenset({4}), halves=frozenset({Half.AM})).total == 0


def test_places_set_today_are_days_found_today():
    made = live(name="Boxing")
    assert search(weekdays=frozenset({0})).total == 0
    flow.set_places(service_id=made.pk, places={0: 3}, by=SYSTEM, at=NOW)
    assert names(search(weekdays=frozenset({0}))) == ["Boxing"]


def test_a_phrase_of_the_councils_own_is_understood_from_today():
    live(name="Gentle steps", needs_mask=to_mask([Need.EBSA]))
    live(name="Maths", needs_mask=to_mask([Need.SPLD]))
    said = {"phrase": "Sunday Dread", "needs_mask": Need.EBSA.bit, "by": SYSTEM, "at": NOW}
    assert search("sunday dread").total == 0
    actions.add_phrase(**said)
    assert names(search("sunday dread")) == ["Gentle steps"]
    with pytest.raises(actions.AlreadyThere):
        actions.add_phrase(**said)
    actions.add_phrase(phrase="sunday dread", spelt_out="maths", by=SYSTEM, at=NOW)
    assert names(search("sunday dread")) == ["Maths"]
    actions.retire_phrase(phrase="sunday dread", by=SYSTEM, at=NOW)
    assert search("sunday dread").total == 0
    with pytest.raises(actions.NotThere):
        actions.retire_phrase(phrase="sunday dread", by=SYSTEM, at=NOW)


def test_a_phrase_that_came_with_the_product_can_be_taken_off_and_put_back():
    live(name="Gentle steps", needs_mask=to_mask([Need.EBSA]))
    actions.retire_phrase(phrase="school phobia", by=SYSTEM, at=NOW)
    assert search("school phobia").total == 0
    with pytest.raises(actions.NotThere):
        actions.retire_phrase(phrase="school phobia", by=SYSTEM, at=NOW)
    actions.add_phrase(phrase="school phobia", needs_mask=Need.EBSA.bit, by=SYSTEM, at=NOW)
    assert search("school phobia").total == 1
    assert next(one.since for one in queries.phrases(TODAY) if one.phrase == "school phobia")


@pytest.mark.parametrize(
    "said", [{"phrase": "!!"}, {"phrase": "ok"}, {"phrase": "x", "spelt_out": " "}]
)
def test_a_phrase_stands_for_something(said):
    with pytest.raises(actions.NothingSaid):
        actions.add_phrase(**said, by=SYSTEM, at=NOW)


def test_the_council_of_the_postcode_comes_first():
    told = {"link": "https://x.example", "by": SYSTEM, "at": NOW}
    actions.add_neighbour(name="Aldby", **told)
    made = actions.add_neighbour(name="Zedham", outcodes="zz8, zz9", **told)
    assert [one.name for one in queries.next_door(outcode="ZZ9")] == ["Zedham", "Aldby"]
    with pytest.raises(actions.AlreadyThere):
        actions.add_neighbour(name="Aldby", **told)
    actions.retire_neighbour(neighbour_id=made.pk, by=SYSTEM, at=NOW)
    assert [one.name for one in queries.next_door()] == ["Aldby"]
    with pytest.raises(actions.NotThere):
        actions.retire_neighbour(neighbour_id=made.pk, by=SYSTEM, at=NOW)


def test_others_instead_are_of_the_same_type_with_places_for_a_need_of_its_own():
    inside = lot()
    closed = live(name="Closed", lot=inside, needs_mask=to_mask([Need.ASD]))
    live(name="Like it", lot=inside, needs_mask=to_mask([Need.ASD, Need.SEMH]))
    live(name="Other needs", lot=inside, needs_mask=to_mask([Need.VI]))
    live(name="Other type")
    one = queries.service(closed.slug, on=TODAY).service
    assert [card.name for card in queries.instead_of(one, on=TODAY)] == ["Like it"]
    lone = live(name="Lone", lot=inside, needs_mask=to_mask([Need.HI]))
    one = queries.service(lone.slug, on=TODAY).service
    assert len(queries.instead_of(one, on=TODAY)) == 3


def test_gaps_are_counted_by_need_and_area_a_referral_once():
    told = {"by": SYSTEM, "at": NOW}
    for mask, outcode in ((Need.ASD.bit, "ZZ1"), (Need.ASD.bit | Need.VI.bit, ""), (0, "ZZ1")):
        actions.note_unmet(needs_mask=mask, age=9, outcode=outcode, mode=None, **told)
    for _ in range(2):
        actions.note_no_match(
            referral_ref="R-23467", needs_mask=Need.ASD.bit, age=9, outcode="ZZ1", **told
        )
    found = queries.gaps_by_area(TODAY)
    assert (found.needs, found.areas) == ([Need.ASD, Need.VI], ["ZZ1", ""])
    assert found.counts == [[2, 1], [0, 1]]
    assert queries.gaps_by_area(TODAY, source="referral").counts == [[1]]


def test_what_people_told_us_is_for_staff():
    told = {"needs_mask": 0, "age": None, "outcode": "", "by": VISITOR, "at": NOW}
    actions.note_told(words=" A drama group for deaf teenagers. ", **told)
    [one] = queries.told(person=council_member())
    assert one.words == "A drama group for deaf teenagers."
    assert not queries.told(person=VISITOR).exists()

"""How bids are scored and placed, against another way of working it out; weights and windows."""

import random
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flsf.casework.competitions import rules
from flsf.casework.competitions.enums import Stage, Tie, Window
from flsf.casework.competitions.rules import Bands, Criterion, Lengths, Offer, Progress, Weighing
from flsf.core.clock import LONDON
from flsf.core.needs import Need
from flsf.shared.calendars.rules import WorkingCalendar
from tests.oracles import competition as oracle

NOW = datetime(2026, 5, 15, 9, 0, tzinfo=UTC)  # a Friday, ten o'clock in London
CALENDAR = WorkingCalendar()
LENGTHS = Lengths(urgent_hours=48, normal_days=5)
BANDS = Bands(6000, 8000, 2000, 4000)
WEIGHING = Weighing((("c1", 40), ("c2", 30)), price=30, threshold=3)


def offer(key, rate=4000, scores=(4, 4), metres=1000, draw=None):
    return Offer(key, rate, dict(zip(("c1", "c2"), scores, strict=True)), metres, draw or key)


def order(*offers, weighing=WEIGHING):
    return [one.offer.key for one in rules.judge(weighing, offers) if one.place]


@st.composite
def competitions(draw):
    """Weights that total a hundred and bids that often tie, are free, or score too low."""
    many = draw(st.integers(1, 4))
    quality = draw(st.integers(60, 80))
    cuts = sorted(draw(st.sets(st.integers(1, quality - 1), min_size=many - 1, max_size=many - 1)))
    edges = [0, *cuts, quality]
    weights = {f"c{at}": edges[at + 1] - edges[at] for at in range(many)}
    rates = st.one_of(st.integers(0, 3), st.integers(1, 12_000), st.sampled_from([3000, 4500]))
    bids = {
        f"B-{number}": {
            "rate": draw(rates),
            "scores": {code: draw(st.integers(2, 5)) for code in weights},
            "metres": draw(st.sampled_from([None, 0, 0, 800, 801])),
            "draw": rules.draw("published", f"P-{number}"),
        }
        for number in range(draw(st.integers(1, 7)))
    }
    return weights, 100 - quality, draw(st.integers(0, 4)), bids


def asked(weights, price, threshold, bids):
    offers = [
        Offer(key, one["rate"], one["scores"], one["metres"], one["draw"])
        for key, one in bids.items()
    ]
    return Weighing(tuple(weights.items()), price, threshold), offers


@settings(max_examples=600)
@given(competitions())
def test_points_and_places_are_those_of_exact_fractions(made):
    scored = {one.offer.key: one for one in rules.judge(*asked(*made))}
    assert {key: one.place for key, one in scored.items()} == oracle.places(*made)
    exact = oracle.points(*made)
    for key, one in scored.items():
        if one.place is not None:
            assert [Fraction(part.points, 100) for part in one.parts] == exact[key]


@given(competitions(), st.randoms(use_true_random=False))
def test_the_order_in_which_bids_came_makes_no_difference(made, shuffled):
    weighing, offers = asked(*made)
    again = list(offers)
    shuffled.shuffle(again)
    assert rules.judge(weighing, again) == rules.judge(weighing, offers)
    half = len(again) // 2
    assert rules.judge(weighing, [*again[half:], *again[:half]]) == rules.judge(weighing, offers)


@given(competitions())
def test_what_decided_it_adds_up_to_the_difference_of_the_totals(made):
    placed = [one for one in rules.judge(*asked(*made)) if one.place]
    for first, second in pairwise(placed):
        found = rules.decided(first, second)
        assert found.more == first.total - second.total >= 0
        assert (found.by is Tie.TOTAL) == (first.total != second.total)
        assert sum(part.points for part in first.parts) == first.total


@given(competitions())
def test_no_bid_has_more_than_a_hundred_points_and_the_lowest_price_all_of_its_weight(made):
    weighing, offers = asked(*made)
    placed = [one for one in rules.judge(weighing, offers) if one.place]
    assert all(0 <= one.total <= 100 * 100 for one in placed)
    if placed:
        cheapest = min(one.offer.rate_pence for one in placed)
        assert all(
            one.parts[-1].points == weighing.price * 100
            for one in placed
            if one.offer.rate_pence == cheapest
        )


@given(competitions())
def test_a_bid_withdrawn_leaves_the_others_as_if_it_had_never_come(made):
    weights, price, threshold, bids = made
    gone = min(bids)
    left = {key: one for key, one in bids.items() if key != gone}
    weighing, offers = asked(*made)
    still = rules.judge(weighing, [one for one in offers if one.key != gone])
    assert {one.offer.key: one.place for one in still} == oracle.places(
        weights, price, threshold, left
    )


def test_many_competitions_agree_with_the_oracle():
    drawn = random.Random(7)
    for _ in range(2000):
        first = drawn.randint(1, 69)
        weights = {"c1": first, "c2": 70 - first}
        bids = {
            f"B-{number}": {
                "rate": drawn.choice([0, 1, 2999, 3000, 3001, drawn.randint(1, 9999)]),
                "scores": {code: drawn.randint(2, 5) for code in weights},
                "metres": drawn.choice([None, 0, 5, 5]),
                "draw": rules.draw("x", str(number)),
            }
            for number in range(drawn.randint(1, 6))
        }
        made = (weights, 30, 3, bids)
        found = {one.offer.key: one.place for one in rules.judge(*asked(*made))}
        assert found == oracle.places(*made)


def test_price_gives_its_weight_times_the_lowest_over_this_one():
    scored = {
        one.offer.key: one for one in rules.judge(WEIGHING, [offer("a", 3000), offer("b", 4500)])
    }
    assert [scored[key].parts[-1].points for key in ("a", "b")] == [3000, 2000]
    assert [part.points for part in scored["a"].parts] == [3200, 2400, 3000]
    # 30 times 3000 over 7000 is 12.857142...: 12.86
    assert rules.price_points(30, 7000, 3000) == 1286
    # Half a hundredth goes up: 20 times 1 over 16 is 1.25 exactly; 1 over 32 is 0.625.
    assert rules.price_points(20, 32, 1) == 63


def test_removing_the_cheapest_changes_what_the_others_get_for_price():
    first, second, third = offer("a", 2000), offer("b", 4000), offer("c", 5000)
    before = {
        one.offer.key: one.parts[-1].points for one in rules.judge(WEIGHING, [first, second, third])
    }
    after = {one.offer.key: one.parts[-1].points for one in rules.judge(WEIGHING, [second, third])}
    assert before == {"a": 3000, "b": 1500, "c": 1200}
    assert after == {"b": 3000, "c": 2400}


def test_a_free_bid_gets_the_whole_weight_and_the_others_nothing():
    scored = {
        one.offer.key: one
        for one in rules.judge(WEIGHING, [offer("a", 0), offer("b", 1), offer("c", 0)])
    }
    assert [scored[key].parts[-1].points for key in ("a", "b", "c")] == [3000, 0, 3000]


def test_a_single_bid_gets_all_of_price_whatever_it_is():
    [only] = rules.judge(WEIGHING, [offer("a", 9999)])
    assert (only.place, only.parts[-1].points) == (1, 3000)


def test_nobody_bid_and_nobody_is_placed():
    assert rules.judge(WEIGHING, []) == []


def test_a_bid_below_the_threshold_has_no_place_and_does_not_set_the_lowest_price():
    found = rules.judge(WEIGHING, [offer("a", 4000), offer("b", 1000, scores=(5, 2))])
    assert [(one.offer.key, one.place, one.below) for one in found] == [
        ("a", 1, ()),
        ("b", None, ("c2",)),
    ]
    assert found[0].parts[-1].points == 3000
    assert rules.decided(*found).by is Tie.THRESHOLD


def test_equal_totals_go_by_quality_then_distance_then_the_draw():
    equal = Weighing((("c1", 40), ("c2", 40)), price=20, threshold=0)
    near, far = offer("z", metres=10), offer("a", metres=11)
    assert order(far, near) == ["z", "a"]
    unknown = offer("b", metres=None)
    assert order(unknown, far) == ["a", "b"]
    home = offer("q", metres=0)
    assert order(near, home) == ["q", "z"]
    first, second = offer("z", draw="1"), offer("a", draw="2")
    assert order(second, first) == ["z", "a"]
    # 80 and 20 times a half make 90; 72 and 20 make 92: not equal. 60 and 20 make 80, as do
    # 40 and 40 further down, and there quality goes first.
    better = offer("x", 2000, scores=(5, 5), metres=None)
    cheaper = offer("y", 1000, scores=(5, 4), metres=0)
    totals = {one.offer.key: one.total for one in rules.judge(equal, [better, cheaper])}
    assert totals == {"x": 9000, "y": 9200}
    cheapest = Weighing((("c1", 50), ("c2", 10)), price=40, threshold=0)
    one, other = offer("m", 2000, (5, 5), None), offer("n", 1000, (3, 5), 0)
    tied = {scored.offer.key: scored.total for scored in rules.judge(cheapest, [one, other])}
    assert tied == {"m": 8000, "n": 8000}
    assert order(other, one, weighing=cheapest) == ["m", "n"]


def test_what_decided_it_is_said_by_what_decided_it():
    def decided(one, other, weighing=WEIGHING):
        first, second = rules.judge(weighing, [one, other])
        return rules.decided(first, second)

    assert decided(offer("a", 3000), offer("b", 4000)).by is Tie.TOTAL
    assert decided(offer("a", metres=1), offer("b", metres=2)).by is Tie.DISTANCE
    assert decided(offer("a"), offer("b")).by is Tie.DRAW
    quality = Weighing((("c1", 50), ("c2", 10)), price=40, threshold=0)
    found = decided(offer("m", 2000, (5, 5)), offer("n", 1000, (3, 5)), quality)
    assert (found.by, found.more) == (Tie.QUALITY, 0)
    assert [one.more for one in found.parts] == [2000, 0, -2000]


def test_the_draw_is_worked_out_from_what_was_published_and_nothing_else():
    assert rules.draw("abc", "P-1") == rules.draw("abc", "P-1")
    assert len({rules.draw("abc", "P-1"), rules.draw("abd", "P-1"), rules.draw("abc", "P-2")}) == 3


@pytest.mark.parametrize(
    ("rate", "others", "card", "low"),
    [
        (6999, [10_000, 10_000], 20_000, True),
        (7000, [10_000, 10_000], 20_000, False),
        (2099, [3000, 3001], 3000, True),  # the mean is 3000.5, of which 70 in 100 are 2100.35
        (2101, [3000, 3001], 3000, False),
        (6999, [], 10_000, True),
        (7000, [], 10_000, False),
        (0, [0], 0, True),
    ],
)
def test_an_abnormally_low_price_is_below_a_share_of_the_others_mean(rate, others, card, low):
    assert rules.is_low(rate, others, card, 7000) is low


@pytest.mark.parametrize(
    ("points", "words"), [(0, "0.00"), (4250, "42.50"), (5, "0.05"), (-105, "-1.05")]
)
def test_points_are_shown_with_two_digits(points, words):
    assert rules.in_points(points) == words


@pytest.mark.parametrize("score", [None, -1, 6])
def test_a_score_is_from_nought_to_five(score):
    assert rules.score_trouble(score)
    assert not rules.score_trouble(0) + rules.score_trouble(5)


# Weights


def criteria(*weights):
    return [Criterion(f"c{n}", "T", "T: x", "", one) for n, one in enumerate(weights, start=1)]


@pytest.mark.parametrize(
    ("quality", "price", "says"),
    [
        ((40, 30), 30, ""),
        ((60,), 40, ""),
        ((80,), 20, ""),
        ((40, 29), 30, "total 99"),
        ((40, 31), 30, "total 101"),
        ((59,), 41, "quality 60 to 80"),
        ((81,), 19, "quality 60 to 80"),
        ((), 100, "at least one"),
        ((70, 0), 30, "1 or more"),
        ((75, -5), 30, "1 or more"),
    ],
)
def test_weights_total_a_hundred_within_the_published_bands(quality, price, says):
    found = rules.weights_trouble(criteria(*quality), price, BANDS)
    assert says in found
    assert bool(says) == bool(found)


def test_the_price_has_a_band_of_its_own():
    assert "Price counts 40" in rules.weights_trouble(
        criteria(60), 40, Bands(6000, 8000, 2000, 3000)
    )


def test_a_competition_takes_published_criteria_and_price_is_always_there():
    lines = ("Able: two examples. Pass or fail.", "Price: at or below the cap.", "Heard")
    assert [(one.code, one.title) for one in rules.offered(lines)] == [
        ("c1", "Able"),
        ("c3", "Heard"),
    ]


def test_what_was_published_has_one_hash_however_it_was_kept():
    one = {"a": 1, "b": [{"x": "1"}, 2]}
    assert rules.sealed(one) == rules.sealed({"b": ({"x": 1}, "2"), "a": "1"})
    assert len({rules.sealed(each) for each in (one, one | {"a": 2}, one | {"c": 1})}) == 3


# The window


@pytest.mark.parametrize(
    ("window", "at", "closes"),
    [
        # Friday: the five working days are Monday to Friday of the next week.
        (Window.NORMAL, NOW, datetime(2026, 5, 22, 17, tzinfo=LONDON)),
        # Spring bank holiday is Monday 25 May.
        (Window.NORMAL, NOW + timedelta(days=7), datetime(2026, 6, 1, 17, tzinfo=LONDON)),
        (Window.URGENT, NOW, datetime(2026, 5, 19, 10, tzinfo=LONDON)),
        (Window.URGENT, NOW + timedelta(days=7), datetime(2026, 5, 27, 10, tzinfo=LONDON)),
        # Published on a Saturday.
        (Window.URGENT, NOW + timedelta(days=1), datetime(2026, 5, 19, 10, tzinfo=LONDON)),
    ],
)
def test_only_working_days_count_towards_the_deadline(window, at, closes):
    assert rules.earliest_close(window, at, LENGTHS, CALENDAR) == closes


@given(
    st.integers(0, 3 * 365 * 24 * 60),
    st.integers(1, 200),
)
def test_an_urgent_competition_never_closes_on_a_day_that_is_no_working_day(minutes, hours):
    moment = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    closes = rules.earliest_close(Window.URGENT, moment, Lengths(hours, 5), CALENDAR)
    assert closes > moment
    assert CALENDAR.is_working_day(closes.date())


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 5, 22), ""),
        (date(2026, 5, 26), ""),
        (date(2026, 5, 25), "next is Tuesday 26 May 2026"),
        (date(2026, 5, 23), "next is Tuesday 26 May 2026"),
        (date(2026, 5, 21), "first day that may be chosen is Friday 22 May 2026"),
    ],
)
def test_a_day_that_does_not_do_is_named_with_the_one_that_does(day, says):
    earliest = rules.earliest_close(Window.NORMAL, NOW, LENGTHS, CALENDAR)
    found = rules.window_trouble(day, earliest, CALENDAR)
    assert says in found
    assert bool(says) == bool(found)


def test_the_first_day_named_is_late_enough_for_an_urgent_one_too():
    late = datetime(2026, 5, 15, 17, 30, tzinfo=LONDON)
    earliest = rules.earliest_close(Window.URGENT, late, LENGTHS, CALENDAR)
    assert earliest == datetime(2026, 5, 19, 17, 30, tzinfo=LONDON)
    assert "Wednesday 20 May" in rules.window_trouble(date(2026, 5, 19), earliest, CALENDAR)
    assert rules.window_trouble(date(2026, 5, 20), earliest, CALENDAR) == ""


# The brief


@pytest.mark.parametrize(
    ("age", "band"),
    [(4, "Up to 6"), (7, "7 to 10"), (13, "11 to 13"), (18, "16 to 18"), (26, "19 to 25")],
)
def test_an_age_is_told_as_a_band(age, band):
    assert rules.age_band(age) == band


def test_needs_are_told_by_their_broad_area_and_not_by_a_diagnosis():
    mask = Need.ASD.bit | Need.SLCN.bit | Need.SEMH.bit
    assert rules.areas(mask) == ("Communication and interaction", "Feelings and mental health")
    assert rules.areas(0) == ()


@pytest.mark.parametrize(("postcode", "area"), [("ZZ1 1AB", "ZZ1"), ("", ""), ("ZZ11AB", "")])
def test_an_area_is_a_postcode_district(postcode, area):
    assert rules.area_of(postcode) == area


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("A tutor for English.", []),
        ("Will needs a tutor", ["Will"]),
        ("It will be at home", []),
        ("A pupil with ADHD and autism", ["ADHD", "autism"]),
        ("For the Marsh family, Ada most of all", ["Ada", "Marsh"]),
        ("Marshes are wet; adapt", []),
    ],
)
def test_what_says_of_whom_it_is_is_found(said, found):
    assert rules.personal(["", said], ["Ada", "Marsh", "Will", ""]) == found


# Where it is


def progress(**more):
    usual = {
        "closes_at": NOW,
        "is_published": True,
        "is_opened": False,
        "live": 2,
        "finished": 0,
        "is_moderated": False,
        "in_place": 0,
        "is_settled": False,
        "is_awarded": False,
        "is_stopped": False,
    }
    return Progress(**(usual | more))


OPENED = {"is_opened": True}
MODERATED = {**OPENED, "finished": 2, "is_moderated": True}


@pytest.mark.parametrize(
    ("more", "at", "stage"),
    [
        ({"is_published": False, "closes_at": None}, NOW, Stage.DRAFT),
        ({}, NOW - timedelta(microseconds=1), Stage.OPEN),
        ({}, NOW, Stage.CLOSED),
        (OPENED, NOW, Stage.SCORING),
        ({**OPENED, "live": 0}, NOW, Stage.NOTHING),
        ({**OPENED, "finished": 2}, NOW, Stage.MODERATION),
        (MODERATED, NOW, Stage.NOTHING),
        ({**MODERATED, "in_place": 1}, NOW, Stage.RANKED),
        ({**MODERATED, "in_place": 1, "is_settled": True}, NOW, Stage.SETTLED),
        ({**MODERATED, "in_place": 1, "is_awarded": True}, NOW, Stage.AWARDED),
        ({"is_stopped": True}, NOW, Stage.STOPPED),
    ],
)
def test_where_a_competition_is_follows_from_what_was_done(more, at, stage):
    assert rules.stage(progress(**more), at) is stage


def test_k10_is_a_median_and_a_count():
    counts = rules.Counts
    found = rules.measured([counts(5, 5, 1), counts(9, 9, 4), counts(2, 2, 2), counts(6, 6, 1)])
    assert (found.counted, found.eligible, found.bids, found.single) == (
        4,
        Fraction(11, 2),
        Fraction(3, 2),
        2,
    )
    assert rules.measured([]) is None
    assert rules.median([3, 1, 2]) == 2

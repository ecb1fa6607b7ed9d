"""The published rules read aloud, one service at a time: slow, plain, and other code.

It reads the same rows as the engine and nothing of the engine's: no arrays, no masks worked
out beforehand, no sweep. Days are walked one by one.
"""

from datetime import date, timedelta
from fractions import Fraction
from hashlib import sha256
from math import isqrt

DAY = timedelta(days=1)
COMES_TO_THE_CHILD = ("online", "home")
BUILDING = 0b10001111  # step free, quiet, loop, toilet, help with getting there
MODES = ("site", "community", "home", "online", "workplace")


def answer(world, asked, *, today, school_days, numbers, weights, version=3):
    """The refs in their order with points, and for the others every reason."""
    child = Child(world, asked, today, school_days)
    reasons, scored = {}, []
    for service in world.services:
        why = list(reasons_against(world, service, child, numbers))
        reasons[service.ref] = why
        if not why:
            scored.append((service, points_for(world, service, child, weights)))
    scored.sort(key=lambda one: order_key(*one, child, version))
    return {
        "reasons": reasons,
        "ranked": [(service.ref, points) for service, points in scored],
    }


class Child:
    """What is asked, worked out for the day."""

    def __init__(self, world, asked, today, school_days):
        self.asked, self.today = asked, today
        self.ahead = [day for day in school_days if day >= today]
        late = asked.start_wanted_on is None or asked.start_wanted_on <= today
        self.wanted = None if late else asked.start_wanted_on
        self.first = self.wanted or self.ahead[0]
        self.last = self.first + timedelta(days=12 * 7 - 1)
        self.period = [self.first + DAY * n for n in range(12 * 7)]
        self.needs = bits(asked.needs | asked.main_need)
        own = asked.bookings
        busy = {one.half_day for one in own if any(covers(one, day) for day in self.period)}
        self.half_days = [n for n in bits(asked.half_days or 0b1111111111) if n not in busy]
        if asked.half_days_needed is not None:
            self.needed = max(1, min(asked.half_days_needed, len(self.half_days)))
        else:
            self.needed = max(1, len(self.half_days)) if asked.half_days else 1
        self.age = self.first.year - asked.birth_date.year
        if birthday(asked.birth_date, self.first.year) > self.first:
            self.age -= 1

    def minutes_at(self, world, place):
        own = [one for one in self.asked.bookings if booked_at(world, one) == place]
        return max(sum(one.minutes for one in own if covers(one, day)) for day in self.period)


def reasons_against(world, service, child, numbers):
    lot = next(one for one in world.lots if one.pk == service.lot)
    yield from reasons_of_standing(world, service, child, lot)
    yield from reasons_of_fit(service, child, lot)
    yield from reasons_of_time_and_place(world, service, child)
    if makes_a_school(world, service, lot, child, numbers):
        yield "registration"
    if is_one_too_many(world, service, child):
        yield "limit"
    if service.provider in world.barred:
        yield "barred"
    if (service.provider, service.lot) in world.unagreed:
        yield "agreement"


def reasons_of_standing(world, service, child, lot):
    if not all(in_pool(world, service, day) for day in (child.today, child.first)):
        yield "admitted"
    if any(lacks(world, service, check, child) for check in world.checks):
        yield "checks"
    if service.status != "open" or (service.closed_from and service.closed_from <= child.first):
        yield "open"
    price = price_on(world, service, child.first)
    if price is None or (lot.price_cap and price > lot.price_cap):
        yield "price"


def reasons_of_fit(service, child, lot):
    asked = child.asked
    if asked.lot is not None and service.lot != asked.lot:
        yield "lot"
    youngest, oldest = (
        max(service.lowest_age, lot.lowest_age),
        min(service.highest_age, lot.highest_age),
    )
    if not youngest <= child.age <= oldest:
        yield "age"
    looked_for = bits(asked.main_need) or child.needs
    if looked_for and not set(looked_for) & set(bits(service.needs)):
        yield "need"
    if asked.modes and MODES.index(service.mode) not in bits(asked.modes):
        yield "mode"
    has = service.access | (BUILDING if service.mode in COMES_TO_THE_CHILD else 0)
    if set(bits(asked.access)) - set(bits(has)):
        yield "access"


def reasons_of_time_and_place(world, service, child):
    free = [n for n in child.half_days if has_place(world, service, n, child.period)]
    if len(free) < child.needed:
        yield "half-days"
    if child.wanted and can_start(service, child) > child.wanted:
        yield "start"
    away = distance(service, child)
    if child.asked.most_metres is not None and away is not None and away > child.asked.most_metres:
        yield "distance"


def makes_a_school(world, service, lot, child, numbers):
    if service.registration == "school":
        return False
    if lot.registered_only:
        return True
    minutes = child.minutes_at(world, place_of(service)) + child.needed * child.asked.minutes
    if Fraction(minutes, 60) <= numbers.full_time_hours:
        return False
    if child.asked.plan_or_care:
        return True
    if not of_school_age(child.asked.birth_date, child.first):
        return False
    mine = {one.child for one in child.asked.bookings}
    others = full_time_children(world, place_of(service), child, numbers) - mine
    return len(others) + 1 >= numbers.most_children


def is_one_too_many(world, service, child):
    """On any day of the period, counting child by child who is there."""
    mine = {one.child for one in child.asked.bookings}
    for held in world.limits:
        if (held.provider, held.lot) != (service.provider, service.lot):
            continue
        together = {one.lot for one in world.limits if one.condition == held.condition}
        for day in child.period:
            there = {
                one.child
                for one in world.bookings
                if one.provider == held.provider and one.lot in together and covers(one, day)
            }
            if len(there - mine) + 1 > held.most_children:
                return True
    return False


def place_of(service):
    """A site, or wherever else the provider goes: at home, online and about are one."""
    if service.mode in ("site", "workplace") and service.site:
        return "site", service.site
    return "nowhere of its own", service.provider


def booked_at(world, booking):
    return place_of(next(one for one in world.services if one.pk == booking.service))


def full_time_children(world, place, child, numbers):
    found = set()
    theirs = [one for one in world.bookings if booked_at(world, one) == place]
    for one in {booking.child: booking for booking in theirs}.values():
        of_child = [other for other in theirs if other.child == one.child]
        days = {max(other.since, child.first) for other in of_child} & set(child.period)
        most = max(
            (sum(other.minutes for other in of_child if covers(other, day)) for day in days),
            default=0,
        )
        if most > 60 * numbers.full_time_hours and of_school_age(one.birth_date, child.first):
            found.add(one.child)
    return found


def points_for(world, service, child, weights):
    met = [need for need in child.needs if need in bits(service.needs)]
    away = distance(service, child)
    if service.mode in COMES_TO_THE_CHILD:
        near = 10_000
    elif away is None:
        near = 5_000
    else:
        near = 10_000 * (20_000 - min(away, 20_000)) // 20_000
    in_lot = [
        price_on(world, other, child.first)
        for other in world.services
        if other.lot == service.lot
        and all(in_pool(world, other, day) for day in (child.today, child.first))
    ]
    price = price_on(world, service, child.first)
    points = {
        "need-fit": 10_000 * len(met) // len(child.needs) if child.needs else 10_000,
        "start": max(0, 10_000 - 250 * (can_start(service, child) - child.today).days),
        "distance": near,
        "price": 10_000 * min(one for one in in_lot if one) // price,
        "group": 10_000 // max(service.largest_group, 1),
    }
    return points | {"total": sum(weights[term] * points[term] for term in weights)}


def order_key(service, points, child, version):
    return (
        -points["total"],
        -points["need-fit"],
        not service.is_local,
        can_start(service, child),
        turn(service.ref, child.asked.seed, version),
    )


def turn(ref, seed, version):
    """splitmix64 of the two references, in Python's unbounded whole numbers."""

    def number(text):
        return int(sha256(text.encode()).hexdigest()[:16], 16)

    cut = 2**64
    mixed = number(ref) ^ number(f"{seed} {version}")
    mixed = (mixed ^ (mixed // 2**30)) * 0xBF58476D1CE4E5B9 % cut
    mixed = (mixed ^ (mixed // 2**27)) * 0x94D049BB133111EB % cut
    return mixed ^ (mixed // 2**31)


def in_pool(world, service, day):
    standing = None
    since = date.min
    for change in world.statuses:
        ours = (change.provider, change.lot) == (service.provider, service.lot)
        if ours and since <= change.takes_effect_on <= day:
            standing, since = change.status, change.takes_effect_on
    lot = next(one for one in world.lots if one.pk == service.lot)
    for shut in world.site_suspensions:
        ends = shut.lifted_from or date.max
        if shut.site == service.site and shut.since <= day < ends:
            return False
    return standing == "in_pool" and lot.since <= day <= lot.until


def lacks(world, service, check, child):
    if check.sole_traders_exempt and service.kind == "sole_trader":
        return False
    shown = [
        one for one in world.evidence if (one.provider, one.check) == (service.provider, check.pk)
    ]
    return any(
        check.needed_from <= day
        and not any(one.holds_from <= day <= one.expires_on for one in shown)
        for day in (child.today, child.first)
    )


def has_place(world, service, half_day, period):
    places = [
        one.places for one in world.places if (one.service, one.half_day) == (service.pk, half_day)
    ]
    here = [one for one in world.bookings if (one.service, one.half_day) == (service.pk, half_day)]
    if len(here) < sum(places):
        return True
    return all(sum(covers(one, day) for one in here) < sum(places) for day in period)


def can_start(service, child):
    ready = child.ahead[service.days_to_start]
    return max(ready, service.first_start_on or ready)


def distance(service, child):
    if service.mode in COMES_TO_THE_CHILD or service.easting is None or child.asked.easting is None:
        return None
    east, north = service.easting - child.asked.easting, service.northing - child.asked.northing
    return isqrt(east**2 + north**2)


def price_on(world, service, day):
    begun = [one for one in world.rates if one.service == service.pk and one.in_force_from <= day]
    return max(begun, key=lambda one: one.in_force_from).pence if begun else None


def covers(booking, day):
    return booking.since <= day and (booking.until is None or day <= booking.until)


def bits(mask):
    return [n for n in range(16) if mask & (1 << n)]


def birthday(born, year):
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def of_school_age(born, day):
    """By walking: no arithmetic of weeks."""
    fifth = birthday(born, born.year + 5)
    while (fifth.month, fifth.day) not in ((3, 31), (8, 31), (12, 31)):
        fifth += DAY
    turns = birthday(born, born.year + 16)
    june = date(turns.year if turns.month < 9 else turns.year + 1, 6, 30)
    while june.weekday() != 4:
        june -= DAY
    return fifth <= day <= june

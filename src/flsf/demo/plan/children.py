"""Four hundred children and young people, none of them real."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum.gb.upn import calc_check_digit

from flsf.casework.children.enums import Care, Schooling, SenStage
from flsf.core.needs import Need
from flsf.core.needs import to_mask as needs_mask
from flsf.demo.plan import names
from flsf.demo.plan.ground import Ground, SchoolPlan

# How the four hundred are made up (people_and_journeys, section 8).
GROUPS = (("send", 190), ("ap", 150), ("virtual_school", 60))

STRENGTHS = (
    "Loves drawing and knows every kind of train.",
    "Kind to younger children. Good with animals.",
    "Quick with numbers. Likes to know what happens next.",
    "Funny, and a loyal friend. Plays the drums.",
    "Great at building things. Can name every football ground.",
    "Notices everything. Writes stories about dragons.",
    "Makes good cakes and likes to feed people.",
    "Strong swimmer. Helps with a baby sister.",
)
HELPS = (
    "A quiet start and one adult to meet at the door.",
    "Short tasks with breaks. Being told a day ahead when something changes.",
    "Moving about between tasks. Not being asked to read aloud.",
    "Time to answer. A text the evening before.",
)
HAPPENS = (
    "Has not been able to go in since the start of term. Mornings are the hardest.",
    "Has been sent home most days. School has tried a shorter day and a room to calm down in.",
    "Was told not to come back. Nothing has been put in place yet.",
    "Has been ill for weeks and is falling behind. Wants to see friends again.",
    "The college place ended. Would like to work with people rather than sit in a classroom.",
    "Moved here in the summer. No school has a place that fits.",
)


@dataclass(frozen=True, slots=True)
class ChildPlan:
    number: int
    group: str
    first_name: str
    last_name: str
    birth_date: date
    upn: str
    postcode: str
    schooling: Schooling
    school_urn: int | None
    sen_stage: SenStage
    care: Care
    needs: int
    main_need: Need
    strengths: str
    about: str
    happens: str
    carer_name: str
    carer_phone: str


def make(ground: Ground, today: date) -> tuple[ChildPlan, ...]:
    """The same children every time, aged by today."""
    rng = Random("Marlbeck: children")  # noqa: S311 - a made-up place, not a secret
    made: list[ChildPlan] = []
    for group, count in GROUPS:
        made += [_child(len(made) + n, group, ground, today, rng) for n in range(count)]
    return tuple(made)


def _child(number: int, group: str, ground: Ground, today: date, rng: Random) -> ChildPlan:
    first, last = names.child_name(rng)
    age = {"send": rng.randint(6, 23), "ap": rng.randint(10, 16)}.get(group, rng.randint(6, 17))
    birth = today - timedelta(days=age * 365 + age // 4 + rng.randrange(1, 360))
    wanted = rng.sample(
        (Need.SEMH, Need.ASD, Need.EBSA, Need.SPLD, Need.MLD, Need.SLCN, Need.MED),
        rng.randint(1, 3),
    )
    school = _school(ground, age, rng)
    return ChildPlan(
        number=number,
        group=group,
        first_name=first,
        last_name=last,
        birth_date=birth,
        upn=upn(f"990{number % 9000 + 1000:04d}{birth.year % 100:02d}{number % 1000:03d}"),
        postcode=rng.choice(ground.postcodes).postcode,
        schooling=Schooling.ON_ROLL if school else Schooling.NO_SCHOOL,
        school_urn=school.urn if school else None,
        sen_stage=_stage(group, rng),
        care=_care(group, rng),
        needs=needs_mask(wanted),
        main_need=wanted[0],
        strengths=rng.choice(STRENGTHS),
        about=rng.choice(HELPS),
        happens=rng.choice(HAPPENS),
        carer_name=f"{rng.choice(names.FIRST)} {last}",
        carer_phone=names.phone(rng),
    )


def _school(ground: Ground, age: int, rng: Random) -> SchoolPlan | None:
    fitting = [one for one in ground.schools if one.lowest_age <= age <= one.highest_age]
    return rng.choice(fitting) if fitting and rng.random() < 0.8 else None


def _stage(group: str, rng: Random) -> SenStage:
    if group == "send":
        return SenStage.EHCP if rng.random() < 0.8 else SenStage.SUPPORT
    return rng.choice((SenStage.NONE, SenStage.SUPPORT, SenStage.SUPPORT, SenStage.EHCP))


def _care(group: str, rng: Random) -> Care:
    if group == "virtual_school":
        return rng.choice((Care.LOOKED_AFTER, Care.PREVIOUSLY, Care.SOCIAL_WORKER))
    return Care.NONE


def upn(twelve: str) -> str:
    """A pupil number with its check letter. No authority has the number 990."""
    return calc_check_digit(twelve) + twelve

"""Forty providers and a hundred and twenty services, with the flaws that make work."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from flsf.core.access import Access
from flsf.core.access import to_mask as access_mask
from flsf.core.needs import Need
from flsf.core.needs import to_mask as needs_mask
from flsf.demo.plan.ground import Ground
from flsf.market.providers.enums import Mode, ProviderKind, ProviderType, Registration

N = Need


@dataclass(frozen=True, slots=True)
class Trade:
    """What services of one kind are like. `lot` is a key of LOTS in demo.load_market."""

    lot: str
    name: str
    mode: Mode
    ages: tuple[int, int]
    needs: tuple[Need, ...]
    rate: tuple[int, int]  # pence for the lot's unit, from and to
    places: tuple[int, int]  # in each half-day, from and to
    group: int
    what: str
    expect: str


TRADES = {
    "ap_full": Trade(
        "ap_full", "Full-time alternative provision", Mode.SITE, (11, 16),
        (N.SEMH, N.MLD, N.SPLD, N.EBSA, N.SLCN), (420_00, 610_00), (4, 8), 8,
        "A small school day with lessons in English, maths and science, and a trade to try.",
        "A visit first, then a week to settle in. Your own worker meets you at the door.",
    ),
    "ap_part": Trade(
        "ap_part", "Part-time learning centre", Mode.SITE, (9, 16),
        (N.SEMH, N.MLD, N.SPLD, N.EBSA, N.ASD, N.SLCN), (48_00, 72_00), (4, 10), 6,
        "Lessons in a small group, two or three half-days a week, beside school.",
        "We meet you and your family, agree a plan, and look at it together every six weeks.",
    ),
    "vocational": Trade(
        "vocational", "Workshop", Mode.SITE, (14, 19),
        (N.SEMH, N.MLD, N.SPLD, N.EBSA, N.OTH), (52_00, 78_00), (3, 8), 6,
        "Learn by making: wood, metal, bikes, food or hair, with a certificate at the end.",
        "Overalls and lunch are free. You choose what to make.",
    ),
    "enrichment": Trade(
        "enrichment", "Outdoor learning", Mode.COMMUNITY, (7, 16),
        (N.SEMH, N.EBSA, N.ASD, N.PD, N.MLD), (36_00, 58_00), (2, 6), 4,
        "Woods, water and animals: days outside that build trust and calm.",
        "We go at your pace. Bring a coat; we bring the rest.",
    ),
    "tutor_qts": Trade(
        "tutor_qts", "Teaching at home, qualified teacher", Mode.HOME, (5, 19),
        (N.ASD, N.SPLD, N.MLD, N.SEMH, N.EBSA, N.MED, N.PD, N.HI, N.VI), (44_00, 62_00), (1, 4), 1,
        "A qualified teacher comes to your home for lessons one to one.",
        "The first lesson is for getting to know you. An adult needs to be at home.",
    ),
    "tutor": Trade(
        "tutor", "Tutoring in the community", Mode.COMMUNITY, (5, 19),
        (N.SPLD, N.MLD, N.SEMH, N.EBSA, N.SLCN), (32_00, 45_00), (1, 4), 1,
        "A tutor meets you at a library, community centre or school, one to one.",
        "We send a picture of your tutor before you meet.",
    ),
    "online_qts": Trade(
        "online_qts", "Online lessons, qualified teacher", Mode.ONLINE, (7, 19),
        (N.ASD, N.SPLD, N.EBSA, N.SEMH, N.MED, N.PD, N.HI), (34_00, 52_00), (4, 12), 1,
        "Live lessons on a screen with a qualified teacher. Camera on or off: you choose.",
        "We lend a laptop if you need one, and try it out with you first.",
    ),
    "online": Trade(
        "online", "Online tutoring", Mode.ONLINE, (7, 19),
        (N.SPLD, N.EBSA, N.SEMH, N.ASD, N.MED), (24_00, 38_00), (4, 12), 1,
        "Live tutoring on a screen, one to one, in the subjects you choose.",
        "The same tutor every time.",
    ),
    "mentoring": Trade(
        "mentoring", "Mentoring", Mode.COMMUNITY, (8, 25),
        (N.SEMH, N.EBSA, N.ASD, N.OTH, N.MLD), (28_00, 44_00), (1, 3), 1,
        "Somebody on your side, every week: to talk, get out, and plan what is next.",
        "Your mentor comes to you. You decide together what to do.",
    ),
    "therapy": Trade(
        "therapy", "Therapy", Mode.SITE, (4, 25),
        (N.SLCN, N.ASD, N.SEMH, N.PD, N.SLD, N.PMLD, N.DS, N.EBSA), (72_00, 98_00), (1, 2), 1,
        "A registered therapist works with you and the people around you.",
        "Two meetings to find out what would help, then a short plan.",
    ),
    "creative": Trade(
        "creative", "Art, music and making", Mode.SITE, (6, 19),
        (N.SEMH, N.EBSA, N.ASD, N.SLD, N.DS, N.SLCN), (34_00, 56_00), (2, 6), 4,
        "Make music, art or film in a calm room with people who listen.",
        "Nothing you make is marked. You can bring somebody with you.",
    ),
    "medical": Trade(
        "medical", "Teaching when you are ill", Mode.HOME, (5, 16),
        (N.MED, N.PD, N.SEMH, N.EBSA), (46_00, 64_00), (1, 3), 1,
        "Lessons at home or in hospital while you are not well enough for school.",
        "We talk to your school so that you keep up with your class.",
    ),
    "post16": Trade(
        "post16", "Life skills and next steps", Mode.SITE, (16, 25),
        (N.MLD, N.SLD, N.ASD, N.DS, N.SEMH, N.SPLD), (84_00, 132_00), (4, 10), 6,
        "Cooking, travel, money and work tasters for people aged 16 to 25.",
        "You set your own goals and we help you reach them.",
    ),
    "internship": Trade(
        "internship", "Supported internship", Mode.WORKPLACE, (16, 24),
        (N.MLD, N.ASD, N.SLD, N.DS, N.SPLD), (15_800_00, 21_500_00), (3, 6), 1,
        "A year at work with a job coach beside you, and a day of study each week.",
        "You try two jobs before you choose. Most of the week is at work.",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ServicePlan:
    trade: str
    name: str
    rate_pence: int
    places: int
    half_days: int  # mask
    access: int
    needs: int
    ages: tuple[int, int]
    confirmed_days_ago: int
    days_to_start: int
    is_new: bool = False  # opened in the last days: nobody was ever placed there


@dataclass(frozen=True, slots=True)
class ProviderPlan:
    key: str
    name: str
    kind: ProviderKind
    is_small: bool
    is_local: bool
    registration: Registration
    vat_basis_points: int
    postcode: str
    services: tuple[ServicePlan, ...]
    types: tuple[ProviderType, ...] | None = None  # None: nobody has said
    flaw: str = ""  # "insurance-lapsed", "insurance-soon", "suspended", "left", "stale-capacity"
    joined_days_ago: int = 300
    staff: tuple[str, ...] = field(default=())


SMALL = (
    ("Beckside Mentors", "mentoring tutor enrichment"),
    ("Steady Steps Mentoring", "mentoring"),
    ("Forge Lane Workshop", "vocational vocational ap_part"),
    ("Quiet Room Education", "ap_part creative tutor_qts"),
    ("Hawthorn Mentors", "mentoring mentoring enrichment"),
    ("Canal Boat Classroom", "enrichment ap_part creative"),
    ("The Allotment Project", "enrichment post16 creative"),
    ("Second Bell", "tutor_qts medical tutor"),
    ("Marl Street Music", "creative creative"),
    ("Open Gate Farm", "enrichment vocational ap_part"),
    ("Stepping Stones Learning", "ap_part tutor post16"),
    ("Bright Kettle", "post16 vocational"),
    ("North Star Tutors", "tutor tutor_qts online"),
    ("Alder Lane Home Teachers", "tutor_qts medical"),
    ("Pinfold Boxing and Study", "mentoring ap_part"),
    ("Thornley Bike Shed", "vocational mentoring"),
    ("Calm Harbour", "ap_part creative mentoring"),
    ("Little Foundry", "creative vocational"),
    ("Riverside Readers", "tutor online_qts"),
    ("The Lamp Room", "ap_part mentoring tutor"),
    ("Willow and Co", "enrichment creative"),
    ("Kite Mentoring", "mentoring mentoring tutor"),
    ("Dunmoor Rangers", "enrichment mentoring"),
    ("Penny Whistle Tuition", "tutor tutor_qts"),
    ("Roots Kitchen", "vocational post16 enrichment"),
    ("Halfway House of Learning", "ap_part tutor_qts mentoring"),
)
NATIONAL = (
    ("Lantern Tuition", "online_qts tutor_qts mentoring tutor medical"),
    ("Compass Academies Trust", "ap_full ap_part vocational post16"),
    ("Brightline Online School", "online_qts online online_qts medical"),
    ("Meridian Learning", "tutor_qts online_qts mentoring tutor"),
    ("Keystone Alternative Education", "ap_full ap_full vocational"),
    ("Anchor Care and Education", "ap_full mentoring tutor post16"),
)
THERAPY = (
    ("Talking Trees Therapy", "therapy therapy"),
    ("Steady Hands Therapy", "therapy therapy creative"),
    ("Marlbeck Speech and Language", "therapy therapy"),
    ("Oak Room Counselling", "therapy mentoring"),
)
INTERNSHIPS = (
    ("Ready Works", "internship internship post16"),
    ("Job Coaches of Marlbeck", "internship post16 mentoring"),
)
GONE = (
    ("Fast Forward Learning", "ap_part mentoring tutor"),
    ("Sunrise Tutors", "tutor online"),
)
REGISTERED = frozenset(
    {"Compass Academies Trust", "Keystone Alternative Education", "Anchor Care and Education"}
)
SOLE_TRADERS = frozenset(
    {"Steady Steps Mentoring", "Alder Lane Home Teachers", "Penny Whistle Tuition"}
)
# What providers have just taken on, beside what they came with.
MORE = {
    "Beckside Mentors": "medical",
    "Steady Steps Mentoring": "tutor",
    "Forge Lane Workshop": "post16",
    "Hawthorn Mentors": "creative",
    "Second Bell": "online_qts",
    "Roots Kitchen": "mentoring",
    "Anchor Care and Education": "online",
    "Talking Trees Therapy": "creative",
    "Ready Works": "tutor",
}
# Who was asked before the framework asked everybody, and has not said since.
TYPES_UNSAID = frozenset({"Sunrise Tutors", "Dunmoor Rangers", "Keystone Alternative Education"})
TYPES_BY_TRADE = {
    ProviderType.EDUCATION: {
        *("ap_full", "ap_part", "tutor", "tutor_qts", "online", "online_qts", "medical", "post16"),
    },
    ProviderType.THERAPY: {"therapy"},
    ProviderType.COMMUNITY: {"enrichment", "mentoring", "creative", "internship"},
}
FLAWS = {
    "Pinfold Boxing and Study": "insurance-lapsed",
    "Bright Kettle": "insurance-soon",
    "Little Foundry": "insurance-soon",
    "Fast Forward Learning": "suspended",
    "Sunrise Tutors": "left",
    "Dunmoor Rangers": "stale-capacity",
}
VARIANTS = {
    "therapy": ("Speech and language therapy", "Occupational therapy", "Counselling"),
    "vocational": ("Wood and metal workshop", "Bike workshop", "Kitchen and catering"),
    "mentoring": ("One to one mentoring", "Mentoring and sport", "Mentoring for anxious days"),
    "enrichment": ("Outdoor learning", "Animals and growing", "Forest days"),
    "creative": ("Music and recording", "Art and making", "Film and drama"),
    "internship": ("Supported internship, health", "Supported internship, hotels"),
}  # fmt: skip
EVERY_ACCESS = (
    Access.STEP_FREE, Access.QUIET_SPACE, Access.ACCESSIBLE_TOILET, Access.FEMALE_WORKER,
    Access.MALE_WORKER, Access.TRANSPORT_HELP, Access.HEARING_LOOP,
)  # fmt: skip


def make(ground: Ground) -> tuple[ProviderPlan, ...]:
    """The same providers every time."""
    rng = Random("Marlbeck: providers")  # noqa: S311 - a made-up place, not a secret
    made: list[ProviderPlan] = []
    for group, is_small in ((SMALL, True), (NATIONAL, False), (THERAPY, True), (INTERNSHIPS, True)):
        made += [_provider(name, trades, ground, rng, is_small=is_small) for name, trades in group]
    made += [_provider(name, trades, ground, rng, is_small=True) for name, trades in GONE]
    return tuple(_with_more(one) for one in made)


def _with_more(one: ProviderPlan) -> ProviderPlan:
    trades = MORE.get(one.name, "").split()
    rng = Random(f"Marlbeck: more of {one.name}")  # noqa: S311 - a made-up place, not a secret
    more = (replace(new, is_new=True) for new in _services(trades, rng, stale=False))
    return replace(one, services=(*one.services, *more))


def _provider(
    name: str, trades: str, ground: Ground, rng: Random, *, is_small: bool
) -> ProviderPlan:
    kind = ProviderKind.COMPANY
    if name in SOLE_TRADERS:
        kind = ProviderKind.SOLE_TRADER
    elif is_small and rng.random() < 0.55:
        kind = ProviderKind.VOLUNTARY
    return ProviderPlan(
        key=name.lower().replace(" ", "-"),
        name=name,
        kind=kind,
        is_small=is_small,
        is_local=is_small or name in REGISTERED,
        registration=Registration.SCHOOL if name in REGISTERED else Registration.NOT_A_SCHOOL,
        vat_basis_points=2000 if name in ("Lantern Tuition", "Meridian Learning") else 0,
        postcode=rng.choice(ground.postcodes).postcode,
        services=tuple(_services(trades.split(), rng, stale=FLAWS.get(name) == "stale-capacity")),
        types=_types(name, kind, trades.split()),
        flaw=FLAWS.get(name, ""),
        joined_days_ago=rng.randrange(60, 420),
    )


def _types(name: str, kind: ProviderKind, trades: Sequence[str]) -> tuple[ProviderType, ...] | None:
    """What a provider said it is, by what it does and what it is in law."""
    if name in TYPES_UNSAID:
        return None
    found = [one for one, does in TYPES_BY_TRADE.items() if does & set(trades)]
    if kind is ProviderKind.VOLUNTARY:
        found.append(ProviderType.NOT_FOR_PROFIT)
    return tuple(found)


def _confirmed(number: int, rng: Random, *, stale: bool) -> int:
    """Days since the provider said so; who is slow left one listing for over a year."""
    if stale and number == 0:
        return 400
    days = rng.randrange(2, 85)
    return 70 if stale else days * 2 // 3


def _services(trades: Sequence[str], rng: Random, *, stale: bool) -> list[ServicePlan]:
    made: list[ServicePlan] = []
    for number, key in enumerate(trades):
        trade = TRADES[key]
        name = rng.choice(VARIANTS[key]) if key in VARIANTS else trade.name
        if name in {one.name for one in made}:
            name = f"{name}, {'small group' if trade.group > 1 else 'extended'}"
        half_days = 0
        for half_day in range(10):
            if rng.random() < 0.8:
                half_days |= 1 << half_day
        low, high = trade.rate
        made.append(
            ServicePlan(
                trade=key,
                name=name,
                rate_pence=rng.randrange(low, high + 1, 50),
                places=rng.randint(*trade.places),
                half_days=half_days or 0b1111111111,
                access=access_mask(one for one in EVERY_ACCESS if rng.random() < 0.45),
                needs=needs_mask(
                    one for place, one in enumerate(trade.needs) if place < 2 or rng.random() < 0.75
                ),
                ages=trade.ages,
                confirmed_days_ago=_confirmed(number, rng, stale=stale),
                days_to_start=rng.choice((1, 2, 3, 5, 5, 10)),
            )
        )
    return made

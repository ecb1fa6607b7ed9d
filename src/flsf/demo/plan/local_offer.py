"""What Marlbeck has besides its framework: other help, neighbours, words, and what is missing."""

from collections.abc import Sequence

from flsf.core.needs import Need, to_mask
from flsf.core.qualities import Quality
from flsf.core.qualities import to_mask as qualities_mask
from flsf.market.others.rules import OtherFacts
from flsf.market.providers.enums import Cost, Mode, Sector

N, Q, S, M, C = Need, Quality, Sector, Mode, Cost


def _help(
    name: str,
    run_by: str,
    sector: Sector,
    cost: Cost,
    what: str,
    how: str,
    expect: str,
    *,
    needs: Sequence[Need] = (),
    ages: tuple[int, int] = (0, 25),
    when: str = "",
    like: Sequence[Quality] = (),
    mode: Mode = Mode.COMMUNITY,
) -> OtherFacts:
    key = "".join(letter for letter in name.lower() if letter.isalpha())[:20]
    return OtherFacts(
        name=name,
        run_by=run_by,
        sector=sector,
        mode=mode,
        cost=cost,
        what_it_is=what,
        how_to_get_it=how,
        what_to_expect=expect,
        link=f"https://{key}.example",
        lowest_age=ages[0],
        highest_age=ages[1],
        needs_mask=to_mask(needs),
        qualities_mask=qualities_mask(like),
        when=when,
    )


OTHERS: Sequence[OtherFacts] = (
    _help(
        "Marlbeck Parent Carer Forum", "Parents of Marlbeck", S.ADVICE, C.FREE,
        "Parents who meet, share what works and tell the council what must change.",
        "Come along. You do not need to book.", "Tea, other parents, and no forms.",
        when="First Tuesday of the month, 10am",
    ),
    _help(
        "Marlbeck SEND advice line", "Marlbeck Advice Trust", S.ADVICE, C.FREE,
        "Free advice about schools, plans and your rights. It does not work for the council.",
        "Ring or write to them yourself.", "Somebody listens, and tells you what you can do next.",
        when="Weekdays, 9am to 4pm", mode=M.ONLINE,
    ),
    _help(
        "Worried about school: parents' group", "Marlbeck Family Hubs", S.ADVICE, C.FREE,
        "Six evenings for parents whose child is anxious about school.",
        "Book at any family hub.", "Other parents, and ideas to try at home.",
        needs=(N.EBSA, N.SEMH), ages=(5, 16), like=(Q.FEELINGS,), when="Wednesdays, 6pm",
    ),
    _help(
        "Quiet hour at the pool", "Marl Street Baths", S.COMMUNITY, C.FAMILY,
        "The pool with the music off and the lights low.", "Pay at the door.",
        "Few people, and staff who know about autism.", needs=(N.ASD, N.PD), ages=(3, 25),
        like=(Q.CALM,), when="Sundays, 9am",
    ),
    _help(
        "Saturday robotics club", "Marl Library", S.COMMUNITY, C.FREE,
        "Build and drive robots with two helpers.", "Ask at the library desk.",
        "Up to eight children. You can stay.", ages=(8, 16), like=(Q.SMALL,),
        when="Saturdays, 10am",
    ),
    _help(
        "School nurses", "Marlbeck Community Health", S.HEALTH, C.FREE,
        "Nurses who talk with children about worries, sleep and food.",
        "Ring them, or ask at school.", "A talk first. They tell you what comes next.",
        ages=(5, 19), like=(Q.FEELINGS,),
    ),
    _help(
        "Children's mental health team", "Marlbeck Community Health", S.HEALTH, C.FREE,
        "Help for children with strong worries or low mood.",
        "Your doctor or school asks for it.", "A first talk, then a plan. There is a wait.",
        needs=(N.SEMH, N.EBSA), ages=(5, 18), like=(Q.FEELINGS, Q.SPECIALIST),
    ),
    _help(
        "Short breaks at Willow House", "Marlbeck Council", S.CARE, C.COUNCIL,
        "A day or a night away for children who need a lot of care.",
        "Ask for a social care assessment.", "You visit first.",
        needs=(N.PMLD, N.SLD, N.PD), ages=(4, 17), like=(Q.COMPLEX, Q.SPECIALIST), mode=M.SITE,
    ),
    _help(
        "Young people's job club", "Marlbeck Works", S.WORK, C.FREE,
        "Help to find work, training or an apprenticeship.", "Drop in.",
        "Somebody helps you with a form or a first call.", ages=(16, 25),
        when="Thursdays, 2pm",
    ),
    _help(
        "Home educators' science morning", "Marlbeck Home Educators", S.EDUCATION, C.FAMILY,
        "Science together for children taught at home.", "Write to them for the dates.",
        "About ten families. Parents stay.", ages=(6, 14), like=(Q.HOME_EDUCATED,),
        when="Every other Friday, 10am",
    ),
)  # fmt: skip

NEIGHBOURS = (
    ("Aldersley Council", "https://aldersley.example/local-offer", "ZZ7"),
    ("Stourbeck Council", "https://stourbeck.example/local-offer", "ZZ8 ZZ9"),
    ("Wrenfield Council", "https://wrenfield.example/local-offer", ""),
)

# Phrase, needs, other words.
PHRASES = (
    ("will not leave the house", (N.EBSA, N.SEMH), ""),
    ("sunday night dread", (N.EBSA,), ""),
    ("forest school", (), "outdoor learning"),
)

# Needs, age, district, where it should happen, on how many days somebody looked.
LOOKED_FOR = (
    ((N.SLCN,), 6, "ZZ1", M.HOME, 9),
    ((N.HI,), 14, "ZZ2", None, 7),
    ((N.PMLD,), 9, "ZZ1", M.HOME, 6),
    ((N.VI,), 11, "ZZ3", None, 5),
    ((N.MSI,), 8, "ZZ2", None, 2),
    ((N.EBSA,), 5, "ZZ4", M.WORKPLACE, 1),
)

TOLD = (
    ("A speech therapist who comes to our house after school.", N.SLCN, 6, "ZZ1"),
    ("Sign language drama club for teenagers", N.HI, 14, "ZZ2"),
    ("Somebody to sit with my son while he learns, he is too anxious for a group", N.EBSA, 10, ""),
)

# fmt: off
# Days ago, the key and number of the service (None: the Local Offer), words, first name, the
# answer and what was done; an empty answer is still to come; None: still to be read.
COMMENTS = (
    (
        200, ("steady-steps-mentoring", 0), "He met my son at the gate. First time out in months.",
        "Dee", "Thank you. We will tell the whole team.", "",
    ),
    (
        150, None, "I could not find out who pays. I nearly gave up.", "",
        "You were right. Every page says now who pays.", "Each service says who pays.",
    ),
    (
        60, ("calm-harbour", 1), "Lovely people, but the bus stops a long way off.", "Sam",
        "We meet people at the bus stop now. Ring us first.", "A worker meets you at the bus.",
    ),
    (12, ("lantern-tuition", 0), "Lessons were moved three times in one month.", "", "", ""),
    (3, None, "My daughter Poppy wants to swim. Ring me on 01632 960144.", "Ann", None, ""),
    (1, ("oak-room-counselling", 0), "She was heard. That is all we wanted.", "", None, ""),
)

# fmt: on
# The items of the regulations that are published, where, and on how many days ago somebody looked.
PUBLISHED = (
    (1, "Find support", "/directory/", 30),
    (2, "Find support: alternative provision", "/directory/?words=alternative+provision", 30),
    (3, "Approved providers", "/framework/", 30),
    (5, "Spending", "/spending/", 44),
    (10, "Find support: work and training", "/directory/?sector=work", 30),
    (11, "Find support: life skills", "/directory/?words=life+skills", 30),
    (13, "Find support: health", "/directory/?sector=health", 400),
    (14, "Find support: care and short breaks", "/directory/?sector=care", 30),
    (16, "Find support: advice", "/directory/?sector=advice", 12),
    (17, "How we choose", "/framework/how-we-choose/", 44),
    (18, "Contact, on every page", "", 44),
)

# Kinds of service that are new: name, what it is, whether taken up, and whose services are of it.
KINDS = (
    ("Anxious about school", "Help to be in school again, step by step.", True,
     (("hawthorn-mentors", 0), ("calm-harbour", 2), ("beckside-mentors", 0))),
    ("Robotics and making", "Build, code and mend things.", True, (("little-foundry", 1),)),
    ("Mentoring for feelings", "A mentor trained in feelings and behaviour.", True,
     (("oak-room-counselling", 1), ("kite-mentoring", 0))),
    ("Creative therapies", "Art, music or drama with a therapist.", True,
     (("steady-hands-therapy", 2), ("marl-street-music", 0))),
    ("Learning with dogs", "", False, ()),
)  # fmt: skip

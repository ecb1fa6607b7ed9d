"""What Marlbeck says in its own words: what every school does, ways after 16, and who trains."""

from collections.abc import Sequence
from dataclasses import dataclass

from flsf.market.guides.enums import Outcome
from flsf.market.guides.rules import ROUTE_PARTS, Content, Section, sections_of
from flsf.market.trainers.enums import Kind, Offer
from flsf.market.trainers.rules import TrainerFacts

To, K, T = Outcome, Kind, Offer

OAP_FIRST = Content(
    title="What every school does",
    summary="What a child can count on in every school in Marlbeck, without a plan.",
    for_whom="Children and young people, their families, and everyone who works in a school.",
    search_words="ordinarily available provision OAP reasonable adjustments SEN support classroom",
    sections=sections_of(
        """# For every child
Teachers know each child. They plan lessons that all can join.
- They say things in short steps.
- They check that each child has understood.
- They use pictures and things to hold.

# Talking and getting on with others
- Adults speak slowly and wait for an answer.
- There is a picture plan of the day.
- Somebody helps with making friends.

# Learning
- Work is cut into small steps.
- A child can show what they know in other ways than writing.

# Feelings
- There is a calm place to go.
- One adult is the child's own to turn to.
- The school asks what lies behind what a child does.

# Body and senses
- The child sits where they can see and hear.
- Loud rooms and itchy clothes are thought of.
"""
    ),
)
OAP_SECOND = Content(
    title=OAP_FIRST.title,
    summary=OAP_FIRST.summary,
    for_whom=OAP_FIRST.for_whom,
    search_words=OAP_FIRST.search_words,
    sections=(
        *OAP_FIRST.sections,
        *sections_of(
            """# Moving on
- The old and the new teacher talk before a child moves.
- The child visits first.
- After 16 the same holds: a college does all of this too.

# What the school writes down
The school plans with you what it will do, does it, and looks with you at whether it helped.
You meet at least three times a year.
"""
        ),
    ),
)


def _way(
    title: str,
    summary: str,
    for_whom: str,
    ages: tuple[int, int],
    outcomes: tuple[Outcome, ...],
    parts: tuple[str, str, str, str],
    search_words: str = "",
) -> Content:
    return Content(
        title=title,
        summary=summary,
        for_whom=for_whom,
        sections=tuple(Section(*pair) for pair in zip(ROUTE_PARTS, parts, strict=True)),
        lowest_age=ages[0],
        highest_age=ages[1],
        outcomes=outcomes,
        search_words=search_words,
    )


ASK = "Ask your school, or ring the Young people's job club. They will not send you away."


@dataclass(frozen=True, slots=True)
class Way:
    """A route, the trade of the framework's services that belong to it, and of other help."""

    content: Content
    trade: str = ""
    other_help: tuple[str, ...] = ()


WAYS: Sequence[Way] = (
    Way(_way("Supported internship", "A year at work with a coach who helps you.",
             "You are 16 to 24, you have a plan and you want a paid job.", (16, 24),
             (To.WORK, To.FRIENDS),
             (("You work in a real place, like a hotel or a hospital. You also learn English and "
              "maths.\n- A job coach is there with you\n- It lasts a year\n- You are not paid yet"),
              "Say that you want one when your plan is looked at in year 11 or later. Or ask us.",
              ("Most people find a paid job with help from the coach. The coach stays with you at "
              "the start."), ASK),
             "work experience job coach"),
        "internship", ("Young people's job club",)),
    Way(_way("Apprenticeship", "A paid job in which you learn.",
             "You are 16 or more and ready for a job. You can have one with a plan too.", (16, 25),
             (To.WORK,),
             (("You work for most of the week and learn for the rest. You earn money.\n- It lasts "
              "a year or more\n- English and maths can be made easier if you have a plan"),
              "Look for one on the list of who gives training. Send a form, then go to a talk.",
              "You have a trade, and often a job at the same place.", ASK),
             "apprentice earn and learn"),
        "", ("Young people's job club",)),
    Way(_way("Study programme", "A course at college that gets you ready for work.",
             "You are 16 to 19, or to 25 with a plan, and do not know yet what you want.", (16, 25),
             (To.WORK, To.FRIENDS),
             (("You learn a trade, English and maths. You try out a job.\n- Three or four days a "
              "week\n- Small groups for those who need them"),
              "Visit a college in the autumn of year 11. Fill in its form by the spring.",
              "The next course, an apprenticeship or a job.", ASK),
             "college course traineeship"),
        "post16", ()),
    Way(_way("Supported employment", "Help to find a paid job and keep it.",
             "You are 18 or more and want to work, but need somebody beside you.", (18, 25),
             (To.WORK,),
             (("Somebody finds out what you are good at. They find a boss who needs that.\n- They "
              "show you the job\n- They come back when things change"),
              "Ring the job club. You do not need a plan.",
              "A paid job, for as many hours as are right for you.", ASK),
             "job coach access to work"),
        "", ("Young people's job club",)),
    Way(_way("Sixth form", "Two more years at school.",
             "You are 16 to 19 and like to learn from books.", (16, 19), (To.WORK, To.FRIENDS),
             (("You choose three or four things to learn.\n- A levels, T levels or other courses\n"
              "- The school still helps as it did before"),
              "Tell your school in year 11. You can also choose another school.",
              "University, an apprenticeship or a job.", "Ask the head of year 11."),
             "A levels T levels school"),
        "", ()),
    Way(_way("A home of your own", "Learn to live the way you want.",
             "You are 14 or more and want to do more for yourself.", (14, 25), (To.HOME, To.HEALTH),
             (("You learn to cook, to shop, to use money and to go about by bus.\n- A bit more "
              "each year\n- With people you know"),
              "Say so when your plan is looked at from year 9 on. You can try things out first.",
              "Your own front door, or a home that you share, with the help you need.", ASK),
             "independent living travel training money"),
        "mentoring", ()),
    Way(_way("Being well", "Who looks after your health when you are grown up.",
             "You see a doctor or a nurse for children now and will soon be 18.", (14, 25),
             (To.HEALTH,),
             (("From 14 your doctor can look at your health with you once a year.\n- You say how "
              "you are\n- You make a plan for the next year"),
              "Ask your doctor to put you on the list for a yearly health check.",
              "Doctors for grown-ups who know you.", "Ask the school nurse."),
             "health check doctor adult services"),
        "", ("School nurses",)),
    Way(_way("Volunteering", "Give some time and find out what you like.",
             "You are 14 or more. You do not need to be good at anything yet.", (14, 25),
             (To.FRIENDS, To.WORK),
             ("You help at a shop, a garden or a club for a few hours a week. You are not paid.",
              "Ask at the library or at a place you like.",
              "Friends, and something to say when you look for a job.", "Ask at Marl Library."),
             "volunteer charity shop community"),
        "", ("Saturday robotics club",)),
)  # fmt: skip

# The way whose review is late, and the one that is only published later.
LATE, TO_COME = "Volunteering", "Sixth form"


def _trains(
    name: str, kind: Kind, offers: tuple[Offer, ...], ukprn: str, place: str, about: str = "",
    places: int | None = None, open_places: int | None = None,
) -> TrainerFacts:  # fmt: skip
    key = "".join(letter for letter in name.lower() if letter.isalpha())[:20]
    return TrainerFacts(
        name=name,
        kind=kind,
        offers=offers,
        ukprn=ukprn,
        place=place,
        contact="The admissions desk",
        phone=f"01632 96{ukprn[-4:]}" if ukprn else "01632 960700",
        email=f"hello@{key}.example",
        website=f"https://{key}.example",
        about=about,
        places=places,
        open_places=open_places,
    )


TRAINERS: Sequence[TrainerFacts] = (
    _trains("Marlbeck College", K.COLLEGE, (T.STUDY, T.APPRENTICESHIPS, T.COURSES), "19990101",
            "Marlbeck", "Small groups for young people who need more help."),
    _trains("Ready Works", K.TRAINING, (T.INTERNSHIPS, T.SKILLS), "19990102", "Marlbeck",
            "Internships in health and hotels."),
    _trains("Job Coaches of Marlbeck", K.TRAINING, (T.INTERNSHIPS, T.SKILLS), "19990103",
            "Marl Street"),
    _trains("Beck Valley Training", K.TRAINING, (T.APPRENTICESHIPS, T.STUDY), "19990104",
            "Beckside", "Building, motor vehicles and hair."),
    _trains("Canal Skills Academy", K.TRAINING, (T.APPRENTICESHIPS,), "19990105", "Canal Side",
            "Boats, engines and the building of them."),
    _trains("Marlbeck Adult Learning", K.COUNCIL, (T.COURSES, T.SKILLS), "19990106", "Marlbeck",
            "Cooking, computers, English and maths."),
    _trains("St Aldam's Sixth Form", K.SCHOOL, (T.STUDY,), "19990107", "Marlbeck"),
    _trains("University of the Marl", K.UNIVERSITY, (T.APPRENTICESHIPS, T.COURSES), "19990108",
            "Marl Heights", "Degree apprenticeships in care and engineering."),
    _trains("Marlbeck Community Health", K.EMPLOYER, (T.APPRENTICESHIPS, T.INTERNSHIPS), "",
            "Marlbeck", "Health care and hospital kitchens.", 8, 2),
    _trains("Willow Farm Trust", K.CHARITY, (T.STUDY, T.SKILLS), "19990109", "Willow Lane",
            "Animals and growing, two days a week."),
    _trains("Hearth Hospitality", K.EMPLOYER, (T.APPRENTICESHIPS,), "", "Station Road"),
    _trains("Marlbeck Works", K.COUNCIL, (T.SKILLS,), "", "Marlbeck", "Runs the job club."),
)  # fmt: skip
CLOSED = TrainerFacts(
    name="Old Mill Training", offers=(T.APPRENTICESHIPS,), ukprn="19990110", place="Old Mill"
)

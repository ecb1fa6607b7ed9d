"""What a council starts with: lots as English councils publish them (peers, 8.1), and how
call-offs are made (peers, 8.4). All of it may be changed.
"""

from flsf.mandate.framework.enums import Regime, SpendLine, Unit
from flsf.mandate.framework.rules.lots import LotTerms, NewLot

# Each is mapped to a line of the cabinet report's paragraph 9. Therapies are health care, so
# another regime applies to them. No price cap: a council sets its own.
DEFAULT_LOTS: tuple[NewLot, ...] = (
    NewLot(
        "full-time-ap",
        "Full-time alternative provision",
        LotTerms(spend_line=SpendLine.AP, unit=Unit.WEEK, highest_age=16, registered_only=True),
    ),
    NewLot(
        "part-time-ap-academic",
        "Part-time alternative provision: academic",
        LotTerms(spend_line=SpendLine.AP, unit=Unit.SESSION, highest_age=16),
    ),
    NewLot(
        "part-time-ap-vocational",
        "Part-time alternative provision: vocational",
        LotTerms(spend_line=SpendLine.AP, unit=Unit.SESSION, lowest_age=11, highest_age=19),
    ),
    NewLot(
        "enrichment",
        "Enrichment and engagement",
        LotTerms(spend_line=SpendLine.OTHER, unit=Unit.SESSION),
    ),
    NewLot(
        "tutoring-in-person-qts",
        "Tutoring in person by a qualified teacher",
        LotTerms(spend_line=SpendLine.IN_PERSON, unit=Unit.HOUR),
    ),
    NewLot(
        "tutoring-in-person",
        "Tutoring in person",
        LotTerms(spend_line=SpendLine.IN_PERSON, unit=Unit.HOUR),
    ),
    NewLot(
        "tutoring-online-qts",
        "Tutoring online by a qualified teacher",
        LotTerms(spend_line=SpendLine.ONLINE, unit=Unit.HOUR),
    ),
    NewLot(
        "tutoring-online",
        "Tutoring online",
        LotTerms(spend_line=SpendLine.ONLINE, unit=Unit.HOUR),
    ),
    NewLot(
        "mentoring",
        "Mentoring and coaching",
        LotTerms(spend_line=SpendLine.MENTORING, unit=Unit.HOUR),
    ),
    NewLot(
        "therapies",
        "Registered therapies",
        LotTerms(spend_line=SpendLine.THERAPY, unit=Unit.HOUR, regime=Regime.PROVIDER_SELECTION),
    ),
    NewLot(
        "creative-outdoor",
        "Creative and outdoor activities",
        LotTerms(spend_line=SpendLine.OTHER, unit=Unit.SESSION),
    ),
    NewLot(
        "medical-teaching",
        "Teaching in hospital or at home",
        LotTerms(spend_line=SpendLine.TUTORING, unit=Unit.HOUR),
    ),
    NewLot(
        "eotas",
        "Education otherwise than at school",
        LotTerms(spend_line=SpendLine.EOTAS, unit=Unit.WEEK),
    ),
    NewLot(
        "post-16",
        "Post-16 pathways and life skills",
        LotTerms(spend_line=SpendLine.POST_16, unit=Unit.DAY, lowest_age=16),
    ),
    NewLot(
        "supported-internships",
        "Supported internships and job coaching",
        LotTerms(
            spend_line=SpendLine.POST_16, unit=Unit.PLACE_YEAR, lowest_age=16, block_allowed=True
        ),
    ),
    NewLot(
        "remote-presence",
        "Remote presence and digital inclusion",
        LotTerms(spend_line=SpendLine.ONLINE, unit=Unit.WEEK),
    ),
    NewLot(
        "day-six",
        "Day-six and urgent provision",
        LotTerms(spend_line=SpendLine.AP, unit=Unit.DAY, highest_age=16, competition_allowed=False),
    ),
)

DEFAULT_CALL_OFF_METHOD = """\
The framework is used first. A purchase outside it needs a recorded waiver with an end date.

Every service on the framework is compared with the child's need by published rules. A service \
is left out only for a reason that is shown. The others are ranked: how well they meet the need \
comes first, then how soon they can start, then how near they are. Local provision is preferred \
between services that meet the need equally well. After that a fixed draw decides, so that no \
provider is always first.

A direct award may be made to the first of the ranking, or to another with a written reason: the \
child already has this support, it is the only service that can meet the need, the child or \
parent prefers it, the child is out of education and cannot wait, or the child's plan names it.

A mini-competition is held when several places are bought together, or when two or more services \
suit and there is time. Block purchase is kept for the lots that allow it.

Nobody is promised any amount of work."""

# Starting points: a council publishes its own in their place.
DEFAULT_MEASURES = (
    "Attendance: the sessions that children came to, of those offered. Aim: 90 of 100.",
    "Absence told on the day. Aim: 98 of 100.",
    "An answer to each request to take a child, in the time it gives. Aim: 95 of 100.",
    "A start within five school days, or two when it is urgent. Aim: 90 of 100.",
    "Reports in time: at least one each half term. Aim: 95 of 100.",
    "Progress: goals reached, or reached in part. Aim: 75 of 100.",
    "Placements that the provider ends early. Aim: fewer than 5 of 100.",
    "A worry about a child's safety told to the council on the same day. Aim: all of them.",
    "What children and families say of the support.",
)

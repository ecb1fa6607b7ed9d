"""Model policies that a small provider makes its own: nobody is kept out for want of paper.

Each is the least that a check asks for, in words that a child's parent can read. What stands in
square brackets is for the provider to fill in. They were written on `WRITTEN_ON`: a safeguarding
lead reads them beside the law and guidance they rest on before providers do.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

WRITTEN_ON = date(2026, 11, 26)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands below it: words first, then what is done, one thing a line."""

    heading: str
    words: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelPolicy:
    """A policy to adopt. `check` is the check of market.checks that it is evidence for."""

    slug: str
    title: str
    check: str
    rests_on: str
    parts: tuple[Part, ...]


HOLDS = Part(
    "Whose policy this is",
    (
        "This is the policy of [name of your organisation]. [Name] is answerable for it.",
        "It holds from [date]. We read it again every year, and after anything goes wrong.",
        "Everybody who works with us reads it before they start.",
    ),
)

SAFEGUARDING = ModelPolicy(
    "safeguarding",
    "Safeguarding policy",
    "safeguarding-policy",
    "Keeping children safe in education; Working together to safeguard children; "
    "Children Act 1989, section 47",
    (
        HOLDS,
        Part(
            "What we promise",
            (
                (
                    "A child's safety comes before everything else we do. We listen to children, "
                    "and take what they say seriously."
                ),
                (
                    "Our safeguarding lead is [name, telephone]. When they are away it is [name, "
                    "telephone]. If you work alone, it is you; say here whom you ask for advice."
                ),
            ),
        ),
        Part(
            "What we do when we are worried about a child",
            (),
            (
                "If a child is in danger now, we ring 999.",
                (
                    "We tell our safeguarding lead at once. The lead rings the council's front "
                    "door for children on [telephone] the same day; out of hours, [telephone]."
                ),
                "We tell the school or service that sent the child the same day.",
                (
                    "We write down what we saw and heard, in the child's own words, with the day "
                    "and the time, and sign it. We do not question the child, and promise no "
                    "secrets."
                ),
                "We tell the parents, unless that could put the child in danger.",
                "If nobody acts and we are still worried, we ring again and ask for a manager.",
            ),
        ),
        Part(
            "When the worry is about somebody who works with us",
            (),
            (
                (
                    "Whoever notices it tells [name] at once. If it is about [name], they tell the "
                    "council's designated officer for allegations themselves, on [telephone]."
                ),
                (
                    "We tell the designated officer within one working day, and the council that "
                    "buys from us the same day."
                ),
                "That person does not work with children until we have heard what to do.",
                (
                    "We write down small worries about how adults behave as well, so that a "
                    "pattern is seen."
                ),
            ),
        ),
        Part(
            "Who works with children",
            (),
            (
                (
                    "Before anybody starts we see who they are, their right to work, their "
                    "enhanced DBS certificate with the barred list, two references and where they "
                    "have worked."
                ),
                (
                    "We keep one record of those checks: what was seen, when and by whom. We keep "
                    "no copy of a DBS certificate."
                ),
                (
                    "Everybody is trained in safeguarding when they start and at least every two "
                    "years, and reads Part one of Keeping children safe in education every year."
                ),
                "We tell the council before somebody new is alone with a child.",
            ),
        ),
        Part(
            "Every session",
            (),
            (
                (
                    "We know who is there. If a child does not come and nobody has told us why, we "
                    "ring home and the school within [30] minutes."
                ),
                (
                    "We meet children where others can see or hear us, or have agreed beforehand "
                    "with the family and the school how it is made safe."
                ),
                (
                    "We give no child our own telephone number or account, and take no pictures on "
                    "our own telephones."
                ),
                "Online we use [service], on work accounts. Parents know when sessions are.",
            ),
        ),
    ),
)

HEALTH = ModelPolicy(
    "health-and-safety",
    "Health and safety policy",
    "health-and-safety",
    "Health and Safety at Work etc. Act 1974, sections 2 and 3; Regulatory Reform (Fire Safety) "
    "Order 2005; RIDDOR 2013",
    (
        HOLDS,
        Part(
            "What we promise",
            ("We keep children, the people who work with us and visitors safe and well.",),
        ),
        Part(
            "What we do",
            (),
            (
                (
                    "Before we use a place, or do something new, we write down what could go wrong "
                    "and what we do about it (see our risk assessments)."
                ),
                (
                    "In each place we know the way out, where to gather, and where the first aid "
                    "box is. We practise getting out [every term]."
                ),
                "A first aider is there: [name, what they are trained in, until when].",
                "We check our equipment: [what, how often, by whom].",
                (
                    "We keep medicines locked away, and give them only as the parents and the "
                    "school have agreed in writing. We write down each time."
                ),
                (
                    "Whoever works alone tells [name] where they are and when they finish. If they "
                    "do not ring by then, [name] rings them, then [whom]."
                ),
                (
                    "We drive children only if insured for it, with the right seats, and agreed "
                    "with the family and the school."
                ),
            ),
        ),
        Part(
            "When somebody is hurt or taken ill",
            (),
            (
                "We help, and ring 999 if it is serious.",
                (
                    "We tell the parents and the school the same day, at once if it is more than a "
                    "graze."
                ),
                (
                    "We write it in our accident book, and look at what to do so that it does not "
                    "happen again."
                ),
                "We report to the Health and Safety Executive what the law says must be reported.",
            ),
        ),
    ),
)

RISK = ModelPolicy(
    "risk-assessments",
    "How we assess risk",
    "risk-assessments",
    "Management of Health and Safety at Work Regulations 1999, regulation 3",
    (
        HOLDS,
        Part(
            "What we do",
            (),
            (
                (
                    "We assess each place, each activity and each journey before we use it, and "
                    "each child's own needs before they start, with the family and the school."
                ),
                (
                    "We look at it again every year, after an accident or a near miss, and "
                    "whenever something changes."
                ),
                "Whoever works with the child reads it first.",
                "We do not take all risk away. Children learn by trying; we keep it sensible.",
            ),
        ),
        Part(
            "The form: one for each place or activity",
            (
                (
                    "Place or activity: [what]. Assessed by: [name], on [date]. To be looked at "
                    "again: [date]."
                ),
            ),
            (
                "What could hurt somebody? [for example: a kiln, a road, a dog, being alone]",
                "Who could be hurt, and how badly?",
                "What do we do already?",
                "What more do we do? Who, and by when?",
                "Do we go ahead? [yes, yes with changes, no]",
            ),
        ),
        Part(
            "For each child",
            ("Kept with the child's plan, and shown only to those who work with the child.",),
            (
                "What helps this child to feel safe? What upsets them? How do we notice?",
                "Health needs, medicines, allergies, and what to do.",
                "Might they leave without telling us? What do we do then?",
                "Might they hurt themselves or others? What do we do then?",
                "Who collects them, and who must not?",
            ),
        ),
    ),
)

BEHAVIOUR = ModelPolicy(
    "behaviour",
    "Behaviour policy",
    "complaints",
    "Equality Act 2010, sections 20 and 29; Education and Inspections Act 2006, section 93; "
    "Keeping children safe in education",
    (
        HOLDS,
        Part(
            "What we believe",
            (
                (
                    "Behaviour tells us something. Many children who come to us have been let "
                    "down. We look for the reason, and change what we do first."
                ),
            ),
        ),
        Part(
            "What we do",
            (),
            (
                "We agree with each child what helps, and write it in their plan.",
                "We say what we expect, simply, and notice what goes well.",
                (
                    "We change what we ask, where and how, for a child who is disabled or finds "
                    "something harder than others do."
                ),
                (
                    "When it is too much there is a calm place and time, and an adult near by. We "
                    "lock no child in, and leave none alone who is not safe alone."
                ),
                "We never hit, shame or threaten a child, and take no food, drink or rest away.",
                (
                    "We do not let anybody be bullied, in person or online, for who they are or "
                    "for any other reason. We write it down and tell the school."
                ),
            ),
        ),
        Part(
            "If we have to hold a child",
            (
                (
                    "Only to stop somebody from being hurt, with the least force, for the shortest "
                    "time, and where we can by somebody trained for it."
                ),
            ),
            (
                "We tell the parents and the school the same day.",
                "We write down what happened before, during and after, and hear the child.",
                "We change the plan so that it need not happen again.",
            ),
        ),
        Part(
            "If it does not work out",
            (
                (
                    "We send no child away for good by ourselves. We tell the school and the "
                    "council early, and look for a way together."
                ),
            ),
        ),
    ),
)

COMPLAINTS = ModelPolicy(
    "complaints",
    "Complaints policy",
    "complaints",
    "DfE voluntary national standards for non-school alternative provision, August 2025",
    (
        HOLDS,
        Part(
            "Who may complain, and how",
            (
                (
                    "Anybody: a child, a parent, a school, a neighbour. In person, by telephone "
                    "[number] or by email [address]. A child may ask any adult to help."
                ),
                "Nobody is treated worse because they complained.",
            ),
        ),
        Part(
            "What we do",
            (),
            (
                "We say within [5] working days that we have it, and who looks into it.",
                (
                    "Somebody whom it is not about looks into it. If you work alone, say here who "
                    "does: [name]."
                ),
                "We answer within [20] working days: what we found, and what we change.",
                (
                    "Whoever is not content may ask the school or the council that sent the child "
                    "to look at it. We say how."
                ),
                (
                    "A complaint that a child is not safe goes to our safeguarding lead the same "
                    "day, whatever else it is about."
                ),
                "We keep a list of complaints and of what we changed, and show it to the council.",
            ),
        ),
    ),
)

MODEL_POLICIES = (SAFEGUARDING, HEALTH, RISK, BEHAVIOUR, COMPLAINTS)


def model_policy(slug: str) -> ModelPolicy | None:
    """The model of that name, if there is one."""
    return next((one for one in MODEL_POLICIES if one.slug == slug), None)


def models_for(checks: Collection[str]) -> list[ModelPolicy]:
    """The models that are evidence for any of these checks."""
    return [one for one in MODEL_POLICIES if one.check in checks]

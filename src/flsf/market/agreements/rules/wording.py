"""What a framework agreement says: the words, filled in with what was agreed.

The words are ours and carry a version; a council's solicitor should read them before they are
used. What was issued keeps the words it was issued with.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flsf.core.dates import in_words
from flsf.core.money import Money
from flsf.core.writing import Part, Writing
from flsf.mandate.framework.enums import CommercialModel, Regime, Unit
from flsf.mandate.framework.rules import Term

WORDING = 1

MODEL: Mapping[CommercialModel, str] = {
    CommercialModel.PSEUDO_DPS: (
        "Providers join in rounds that follow each other, so the framework is never shut. Each "
        "admission is an award of its own round."
    ),
    CommercialModel.LIGHT_TOUCH_CLOSED: (
        "Providers joined in one round. Once it had closed nobody else may join."
    ),
    CommercialModel.OPEN_FRAMEWORK: (
        "The framework reopens on the cycle that the law sets. Each time every agreement is "
        "issued again, and those already on it may be carried over (Procurement Act 2023, section "
        "49)."
    ),
    CommercialModel.DYNAMIC_MARKET: (
        "Providers may join at any time. Each contract is awarded by a procedure of its own."
    ),
    CommercialModel.SPOT: (
        "Each purchase stands alone, below the threshold, under a recorded waiver."
    ),
}
PARTIES = """
This is an agreement between {council} (the council) and {provider} (the provider).

It is a framework agreement: it says on what terms the council may buy support for a child or
young person, and on what terms the provider gives it (Procurement Act 2023, section 45). Each
purchase is a call-off: a contract of its own on these terms.

Nobody is promised any amount of work. The provider may say no to a call-off.
"""
PRICES = """
The provider is admitted to these lots. Prices are for one unit, without VAT. They are those that
the provider offered and the council accepted. A call-off may cost less and never more. A price
changes only when both have agreed it in writing.
"""
TERM = """
The framework works as: {model}. {about_model}

The framework runs from {first_day} to {last_day}. {more}

This agreement ends with the framework, or earlier as said below. A call-off that has begun goes
on, on these terms, until its own last day.
"""
MAY_EXTEND = (
    "The council may extend it by up to {years}, to {latest} at the latest. It tells the provider "
    "before it does."
)
LIMIT = """
{limit}{due}: all these lots together. After the visit the council says in writing whether the
limit is lifted, kept or changed.
"""
CRITERIA = """
The provider meets the framework's criteria, version {version}, in force from {since}, for as long
as this agreement lasts.
"""
CHECKS = """
The provider goes on showing the checks that the council asks for, before each runs out. While one
is overdue, no new child is placed.
"""
MEASURES = """
The council looks at these measures and tells the provider what it finds.
"""
PAYMENT = """
The provider claims each month for the sessions it has marked. The council pays a valid claim that
it does not dispute within 30 days of having it, and says at once what it disputes and why. The
provider pays those who work for it under contract within the same time (Procurement Act 2023,
sections 68 and 73).
"""
CHILDREN_SAFE = """
Everybody who works with children has the checks that their work needs, in date, before they are
alone with a child. The provider keeps its staff register up to date with the council.

A worry about a child's safety is told to the council on the same day, and to the police at once
if a child is in danger. An allegation about an adult who works with children is told to the
council within one working day.

The provider follows the law and guidance on keeping children safe in education and on working
together to safeguard children, as they are in force.

A child's absence is told on the day, and each session is marked.

No child is moved to another place, kept alone or sent home early without the council's agreement.
"""
DATA = """
The council and the provider each answer for the personal data that they hold (UK GDPR and the
Data Protection Act 2018). Neither acts for the other.

The provider is told only what it needs. It uses what it is told to support that child, and for
nothing else.

What the provider is told is kept safe, seen only by those who work with the child, and removed
when the law no longer asks for it to be kept.

A breach of personal data is told to the council on the day on which it is found.

The council may have to publish this agreement, or give it to whoever asks (Freedom of Information
Act 2000).
"""
ENDING = """
The council may suspend the provider from new placements in a lot or at a place, with a reason and
a day on which it looks again. Children who are there stay unless it is decided otherwise for each
of them.

Nothing is called off from a provider that is an excluded supplier (Procurement Act 2023, sections
45(6) and 57).

The council may end this agreement and any call-off if the provider has become an excluded or
excludable supplier since it was awarded, by being put on the debarment list among others
(Procurement Act 2023, section 78). It first says so, gives its reasons, and lets the provider
answer.

The council may end this agreement if the provider breaks it in a way that matters and does not
put it right by the day it is given, or at once to keep a child safe.

The provider may leave by telling the council in writing. Call-offs that have begun go on until
their own last day, unless both agree otherwise.

Whoever disagrees says so in writing. Somebody who took no part in the decision looks at it again.
Nothing here takes away a right to go to court.
"""
CHANGES = """
A change is a new version of this agreement. It holds once the provider has accepted it; until
then nothing new is called off under it.

If the commercial model of the framework changes, the council may issue this agreement again to
everybody who is on the framework. The provider is told before, and may opt out. No child's place
and no price changes by it.
"""
ACCEPTING = """
Somebody who may sign for the provider accepts it in the council's system, with name and position.
The council keeps who accepted it, when, and a fingerprint (SHA-256) of this very file, and gives
the file again to either side whenever it is asked for.

Agreements between {council} and the provider for other lots stand beside this one.
"""


@dataclass(frozen=True, slots=True)
class Price:
    """What a unit costs without VAT, and of which service; empty: of the whole lot."""

    pence: int
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LotLine:
    """A lot to which the provider is admitted."""

    name: str
    lowest_age: int
    highest_age: int
    unit: Unit
    regime: Regime
    cap_pence: int | None
    prices: tuple[Price, ...]

    @property
    def prices_in_words(self) -> str:
        if not self.prices:
            return "Agreed in writing before the first call-off"
        unit = self.unit.label
        return "; ".join(
            f"{one.service}: {Money(one.pence)} {unit}"
            if one.service
            else f"{Money(one.pence)} {unit}"
            for one in self.prices
        )

    @property
    def most_in_words(self) -> str:
        if self.cap_pence is None:
            return "No cap"
        return f"{Money(self.cap_pence)} {self.unit.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What was agreed with one provider, as it is on the day of issue."""

    council: str
    provider_name: str
    provider_kind: str
    company_number: str
    charity_number: str
    framework_name: str
    framework_ref: str
    decided_by: str  # the body and the minute, in words; empty: not recorded
    model: CommercialModel
    term: Term
    lots: tuple[LotLine, ...]
    limit: str  # of children until our first visit, in words; empty: none
    visit_due_on: date | None
    criteria: tuple[str, ...]
    criteria_version: int | None
    criteria_from: date | None
    method: tuple[str, ...]
    measures: tuple[str, ...]
    ref: str
    version: int
    in_force_from: date
    issued_on: date
    follows: str  # the paper whose place it takes, in words; empty: none
    because: str  # why it does


def writing(terms: Terms) -> Writing:
    """Every word of the agreement, in order."""
    return Writing(
        title=f"Framework agreement: {terms.framework_name}",
        author=terms.council,
        footer=f"Agreement {terms.ref}, version {terms.version}",
        facts=tuple(_facts(terms)),
        parts=tuple(_parts(terms)),
    )


def _facts(terms: Terms) -> Iterator[tuple[str, str]]:
    yield "Agreement", f"{terms.ref}, version {terms.version}"
    yield "Council", terms.council
    numbers = [
        words
        for number, words in (
            (terms.company_number, f"company number {terms.company_number}"),
            (terms.charity_number, f"charity number {terms.charity_number}"),
        )
        if number
    ]
    yield "Provider", ", ".join([terms.provider_name, terms.provider_kind.lower(), *numbers])
    yield "Framework", f"{terms.framework_name} ({terms.framework_ref})"
    yield "Lots", ", ".join(one.name for one in terms.lots)
    yield "Commercial model", terms.model.label
    yield "In force from", in_words(terms.in_force_from)
    yield "Issued on", in_words(terms.issued_on)
    if terms.follows:
        yield "Takes the place of", terms.follows
    if terms.because:
        yield "Why it was issued again", terms.because


def _parts(terms: Terms) -> Iterator[Part]:
    names = {"council": terms.council, "provider": terms.provider_name}
    yield Part(heading="Who agrees", paragraphs=_words(PARTIES, **names))
    yield _lots(terms)
    yield Part(heading="Commercial model and term", paragraphs=_term(terms))
    if terms.limit:
        due = f", due by {in_words(terms.visit_due_on)}" if terms.visit_due_on else ""
        yield Part(heading="A limit at first", paragraphs=_words(LIMIT, limit=terms.limit, due=due))
    yield _standards(terms)
    yield Part(heading="How support is called off", paragraphs=terms.method)
    yield Part(
        heading="How performance is measured",
        paragraphs=_words(MEASURES),
        points=terms.measures,
    )
    yield Part(heading="Payment", paragraphs=_words(PAYMENT))
    yield Part(heading="Keeping children safe", points=_words(CHILDREN_SAFE))
    yield Part(heading="Personal data", points=_words(DATA))
    yield Part(heading="Suspending and ending", points=_words(ENDING))
    yield Part(heading="Changes to this agreement", paragraphs=_words(CHANGES))
    yield Part(heading="Accepting it", paragraphs=_words(ACCEPTING, **names))


def _words(text: str, **filled: str) -> tuple[str, ...]:
    """The paragraphs of a text of ours, filled in. What is filled in makes no paragraph."""
    paragraphs = (" ".join(one.split()) for one in text.strip().split("\n\n"))
    return tuple(one.format(**filled).strip() for one in paragraphs)


def _lots(terms: Terms) -> Part:
    return Part(
        heading="Lots and prices",
        paragraphs=_words(PRICES),
        columns=("Lot", "Ages", "Price", "Most for one unit", "Law"),
        rows=tuple(
            (
                one.name,
                f"{one.lowest_age} to {one.highest_age}",
                one.prices_in_words,
                one.most_in_words,
                one.regime.label,
            )
            for one in terms.lots
        ),
    )


def _term(terms: Terms) -> tuple[str, ...]:
    term, left = terms.term, terms.term.years_left_to_grant
    more = "It cannot be extended any more."
    if left:
        years = f"{left} more {'year' if left == 1 else 'years'}"
        more = MAY_EXTEND.format(years=years, latest=in_words(term.latest_last_day))
    if terms.decided_by:
        more += f" It rests on a decision of {terms.decided_by}."
    return _words(
        TERM,
        model=terms.model.label,
        about_model=MODEL[terms.model],
        first_day=in_words(term.starts_on),
        last_day=in_words(term.last_day),
        more=more,
    )


def _standards(terms: Terms) -> Part:
    if terms.criteria_from is None:
        return Part(heading="Standards", paragraphs=_words(CHECKS))
    version, since = str(terms.criteria_version), in_words(terms.criteria_from)
    return Part(
        heading="Standards",
        paragraphs=(*_words(CRITERIA, version=version, since=since), *_words(CHECKS)),
        points=terms.criteria,
    )

"""What phrases stand for, and the councils next door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flsf.core.needs import Need
from flsf.market.directory.models import Neighbour, Phrase
from flsf.market.directory.queries.index import phrasebook_on


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase, what it stands for, and where it comes from."""

    phrase: str
    needs: Sequence[Need]
    spelt_out: str
    since: date | None  # None: it came with the product

    @property
    def stands_for(self) -> str:
        return "; ".join(need.label for need in self.needs) or f"“{self.spelt_out}”"


@dataclass(frozen=True, slots=True)
class NextDoor:
    """Another council's Local Offer. `is_theirs`: the postcode asked about is in its districts."""

    pk: int
    name: str
    link: str
    outcodes: str
    is_theirs: bool = False


def phrases(on: date) -> list[Entry]:
    """Everything people may type that stands for something else on a day, by letter."""
    book = phrasebook_on(on)
    since = dict(Phrase.objects.filter(until=None).values_list("phrase", "in_force_from"))
    rows = [Entry(one, needs, "", since.get(one)) for one, needs in book.phrases.items()]
    rows += [Entry(one, (), text, since.get(one)) for one, text in book.spelt_out.items()]
    return sorted(rows, key=lambda one: one.phrase)


def next_door(*, outcode: str = "") -> list[NextDoor]:
    """The councils next door by name, the one of the postcode district first. One query."""
    rows = [
        NextDoor(one.pk, one.name, one.link, one.outcodes, outcode in one.outcodes.split())
        for one in Neighbour.objects.filter(until=None).order_by("name")
    ]
    return sorted(rows, key=lambda one: not one.is_theirs)

"""What a lot is for and how it may be bought."""

from dataclasses import asdict, dataclass

from flsf.mandate.framework.enums import Regime, SpendLine, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LotTerms:
    """For whom a lot is, and how it may be bought. Prices are pence a unit, net of VAT."""

    lowest_age: int = 5
    highest_age: int = 25
    unit: Unit = Unit.HOUR
    regime: Regime = Regime.LIGHT_TOUCH
    spend_line: SpendLine = SpendLine.OTHER
    registered_only: bool = False
    direct_award_allowed: bool = True
    competition_allowed: bool = True
    block_allowed: bool = False
    price_cap_pence: int | None = None

    @property
    def can_be_bought(self) -> bool:
        """Whether any award method is left."""
        return self.direct_award_allowed or self.competition_allowed or self.block_allowed

    def differing_from(self, other: "LotTerms") -> dict[str, tuple[object, object]]:
        """What changes when these follow the others: name of the term, before, after."""
        before, after = asdict(other), asdict(self)
        return {name: (before[name], after[name]) for name in after if before[name] != after[name]}


def ages_in_order(terms: LotTerms) -> bool:
    """Whether there is an age the lot is for."""
    return terms.lowest_age <= terms.highest_age


@dataclass(frozen=True, slots=True)
class NewLot:
    """A lot as a council may open it."""

    code: str
    name: str
    terms: LotTerms


@dataclass(frozen=True, slots=True)
class LotFacts:
    """A lot as later stages read it."""

    lot_id: int
    framework_id: int
    code: str
    name: str
    terms: LotTerms

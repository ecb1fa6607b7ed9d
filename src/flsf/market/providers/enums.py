from enum import StrEnum

from django.db.models import TextChoices

from flsf.core.masks import Bit


class ProviderKind(TextChoices):
    COMPANY = "company", "Company"
    VOLUNTARY = "voluntary", "Charity or community organisation"
    SOLE_TRADER = "sole_trader", "Sole trader"
    PUBLIC = "public", "Public body"


class ProviderType(Bit):
    """The four that the council named when it announced the framework (S18).

    A provider may be of several, whatever it is in law.
    """

    EDUCATION = "education"
    THERAPY = "therapy"
    COMMUNITY = "community"
    NOT_FOR_PROFIT = "not_for_profit"

    @property
    def label(self) -> str:
        return TYPE_WORDS[self]


TYPE_WORDS: dict[ProviderType, str] = {
    ProviderType.EDUCATION: "Education professionals",
    ProviderType.THERAPY: "Therapists",
    ProviderType.COMMUNITY: "Community based",
    ProviderType.NOT_FOR_PROFIT: "Voluntary or not for profit",
}


NOT_SAID = "not_said"  # asked for in the place of a type
TYPE_CHOICES: list[tuple[str, str]] = [(one.value, one.label) for one in ProviderType]


class Registration(TextChoices):
    """Whether the provider is registered as a school (rules E18-E20), as dated on its row."""

    SCHOOL = "school", "Registered school"
    NOT_A_SCHOOL = "not_a_school", "Not a registered school"


class Mode(TextChoices):
    SITE = "site", "At the provider's place"
    COMMUNITY = "community", "Somewhere in the community"
    HOME = "home", "At home"
    ONLINE = "online", "Online"
    WORKPLACE = "workplace", "At a workplace"


MODE_ORDER = tuple(Mode)


def mode_bit(mode: Mode) -> int:
    """A mode as one bit, for masks of several."""
    return 1 << MODE_ORDER.index(mode)


class Sector(TextChoices):
    """Whose business a kind of help is (S9, S33, S316)."""

    EDUCATION = "education", "Learning"
    HEALTH = "health", "Health"
    CARE = "care", "Care and short breaks"
    COMMUNITY = "community", "Clubs and leisure"
    WORK = "work", "Work and training"
    ADVICE = "advice", "Advice and support for families"


class Cost(TextChoices):
    """Who pays."""

    COUNCIL = "council", "The council pays, if it agrees"
    FREE = "free", "Free"
    FAMILY = "family", "You pay"


class ServiceStatus(TextChoices):
    OPEN = "open", "Taking new children"
    FULL = "full", "Full for now"
    CLOSED = "closed", "Closed"


class Misfit(StrEnum):
    """Why no service can be as somebody says."""

    PLACE = "place"
    AGES = "ages"
    SITE = "site"


class Tag(StrEnum):
    REGISTERED = "market:provider:registered"
    CHANGED = "market:provider:changed"
    TYPES_SAID = "market:provider:types-said"
    SITE_ADDED = "market:site:added"
    SERVICE_OFFERED = "market:service:offered"
    SERVICE_CHANGED = "market:service:changed"
    KIND_MOVED = "market:service:kind-moved"
    CONFIRMED = "market:service:confirmed"
    RATE_SET = "market:rate:set"
    CAPACITY_SET = "market:capacity:set"
    STATUS_SET = "market:service:status-set"
    CLOSED_TO_NEW_CHILDREN = "market:provider:closed-to-new-children"
    TAKEN_IN = "market:provider:taken-in"
    SERVICES_TAKEN_IN = "market:service:taken-in"
    TAKEN_OUT = "market:provider:taken-out"
    CHANGES_TIDIED = "market:catalogue:tidied"

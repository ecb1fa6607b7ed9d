"""The only writes of standards, of the procedure, and of who keeps to them."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.providers import queries as providers
from flsf.market.standards import queries, rules
from flsf.market.standards.enums import Kind, Outcome, Tag
from flsf.market.standards.models import Acknowledgement, Standard, StandardCheck
from flsf.market.standards.rules import Content
from flsf.shared.audit import actions as audit


class NotWhole(Refusal):
    """Says which fields."""

    says = "Something is missing or makes no sense."

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__()
        self.problems = dict(problems)


class ReasonMissing(Refusal):
    says = "Enter why it is published."


class BeginsInThePast(Refusal):
    says = "A version begins today or later: what held before stays as it was."


class Unchanged(Refusal):
    says = "This is what the latest version says already."


class LeadMissing(Refusal):
    says = "Enter who leads on safeguarding with you."


class NotInForce(Refusal):
    says = "Another version holds today. Read that one."


class SaidAlready(Refusal):
    says = "You have said so already."


class NeedsAPerson(Refusal):
    says = "A named person does this. Sign in."


class WordsMissing(Refusal):
    says = "Enter what was found."


class CheckedLater(Refusal):
    says = "The check is dated after today. Enter the day on which it was made."


class NoneHeld(Refusal):
    says = "No version held on that day."


@transaction.atomic
def publish(
    *, kind: Kind, content: Content, in_force_from: date, because: str, by: Person, at: datetime
) -> Standard:
    """From that day this version holds for every provider; earlier ones stay to be read.

    Raises NotWhole, ReasonMissing, BeginsInThePast and Unchanged.
    """
    if found := rules.problems(kind, content):
        raise NotWhole(found)
    if not because.strip():
        raise ReasonMissing
    if in_force_from < london_day(at):
        raise BeginsInThePast
    before = Standard.objects.select_for_update().filter(kind=kind).order_by("-version").first()
    if before is not None and before.content == content:
        raise Unchanged
    made = Standard.objects.create(
        kind=kind,
        version=before.version + 1 if before else 1,
        in_force_from=in_force_from,
        lines=list(content.lines),
        lead=content.lead.strip(),
        phone=content.phone.strip(),
        because=because.strip(),
        published_by_id=by.pk,
        published_at=at,
    )
    audit.record(
        tag=Tag.PUBLISHED,
        subject=f"standards {kind.value}",
        details={"version": made.version, "from": in_force_from.isoformat()},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def acknowledge(
    *, provider_id: int, kind: Kind, version: int, lead: str, by: Person, at: datetime
) -> Acknowledgement:
    """The provider keeps to that version, and says who leads on safeguarding there.

    Raises NeedsAPerson, LeadMissing, NotInForce and SaidAlready.
    """
    if by.pk is None:
        raise NeedsAPerson
    if not lead.strip():
        raise LeadMissing
    standard = queries.in_force(kind, on=london_day(at))
    if standard is None or standard.version != version:
        raise NotInForce
    providers.lock(provider_id)
    if Acknowledgement.objects.filter(provider=provider_id, standard=standard).exists():
        raise SaidAlready
    made = Acknowledgement.objects.create(
        provider_id=provider_id,
        standard=standard,
        lead=lead.strip(),
        acknowledged_by_id=by.pk,
        acknowledged_at=at,
    )
    _record(Tag.ACKNOWLEDGED, provider_id, kind, version, by=by, at=at)
    return made


@transaction.atomic
def check(
    *,
    provider_id: int,
    kind: Kind,
    outcome: Outcome,
    words: str,
    checked_on: date,
    by: Person,
    at: datetime,
) -> StandardCheck:
    """The provider was checked against the version that held on that day.

    Raises NeedsAPerson, WordsMissing, CheckedLater and NoneHeld.
    """
    if by.pk is None:
        raise NeedsAPerson
    if not words.strip():
        raise WordsMissing
    if checked_on > london_day(at):
        raise CheckedLater
    standard = queries.in_force(kind, on=checked_on)
    if standard is None:
        raise NoneHeld
    made = StandardCheck.objects.create(
        provider_id=provider_id,
        standard=standard,
        outcome=outcome,
        words=words.strip(),
        checked_on=checked_on,
        checked_by_id=by.pk,
        recorded_at=at,
    )
    _record(Tag.CHECKED, provider_id, kind, standard.version, by=by, at=at)
    return made


def _record(
    tag: Tag, provider_id: int, kind: Kind, version: int, *, by: Person, at: datetime
) -> None:
    audit.record(
        tag=tag,
        subject=f"provider {providers.refs([provider_id])[provider_id]}",
        details={"kind": kind.value, "version": version},
        by=by,
        at=at,
    )

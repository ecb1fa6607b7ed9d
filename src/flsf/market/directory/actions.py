"""The only writes of the public list."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.contrib.postgres.search import SearchVector
from django.db import IntegrityError, transaction
from django.db.models import Value

from flsf.core import needs
from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.directory import rules
from flsf.market.directory.enums import Source, Tag
from flsf.market.directory.models import Listing, Neighbour, Phrase, Told, UnmetSearch
from flsf.market.listings import queries as listings
from flsf.market.providers.enums import Mode
from flsf.market.providers.queries import listed
from flsf.market.providers.queries.listed import ToList
from flsf.shared.audit import actions as audit

COLUMNS = (
    *("is_public", "name", "provider_name", "words", "lot_code", "mode", "needs_mask"),
    *(
        "access_mask",
        "qualities_mask",
        "kind",
        "kind_name",
        "half_days_mask",
        "largest_group",
        "lowest_age",
    ),
    *("highest_age", "easting", "northing", "confirmed_on", "said_sha256", "changed_on"),
)
EVERY = None


@transaction.atomic
def relist(*, service_ids: Collection[int] | None = EVERY, by: Person, at: datetime) -> int:
    """What the public finds of these services, by default all, is what they are now.

    One that was taken down because nobody confirmed it is not found (market.listings). The day
    on which its page last changed moves only if the page says something else than before (S210).

    Whether a provider is in the pool and its checks are in date is not kept here but worked
    out on the day of a search. Returns how many were listed.
    """
    found, down = listed.to_list(service_ids), listings.taken_down_ids(service_ids)
    before = _as_said([one.service_id for one in found])
    today = london_day(at)
    _upsert([_listing(one, before, is_down=one.service_id in down, on=today) for one in found])
    refs = [one.ref for one in found] if service_ids is not None else []
    audit.record(
        tag=Tag.LISTED,
        subject="listings",
        details={"refs": refs, "count": len(found)},
        by=by,
        at=at,
    )
    return len(found)


@transaction.atomic
def note_unmet(
    *,
    needs_mask: int,
    age: int | None,
    outcode: str,
    mode: Mode | None,
    by: Person,
    at: datetime,
) -> bool:
    """Somebody looked for this today and found nothing; noted once a day, never who (S101).

    Returns whether it was new today.
    """
    _, is_new = UnmetSearch.objects.get_or_create(
        needs_mask=needs_mask,
        age=age,
        outcode=outcode,
        mode=mode or "",
        day=london_day(at),
        source=Source.SEARCH,
    )
    if is_new:
        audit.record(tag=Tag.LOOKED_FOR, subject="search", details={}, by=by, at=at)
    return is_new


@transaction.atomic
def note_no_match(
    *,
    referral_ref: str,
    needs_mask: int,
    age: int | None,
    outcode: str,
    by: Person,
    at: datetime,
) -> bool:
    """Nothing fits a referral: what it asks for is missing too (S101). Each counts once.

    Returns whether it was new.
    """
    _, is_new = UnmetSearch.objects.get_or_create(
        about=referral_ref,
        defaults={
            "source": Source.REFERRAL,
            "needs_mask": needs_mask,
            "age": age,
            "outcode": outcode,
            "day": london_day(at),
        },
    )
    if is_new:
        audit.record(tag=Tag.NO_MATCH, subject=f"referral {referral_ref}", details={}, by=by, at=at)
    return is_new


@transaction.atomic
def note_told(
    *, words: str, needs_mask: int, age: int | None, outcode: str, by: Person, at: datetime
) -> None:
    """Council staff read what somebody looked for in vain; it is not published."""
    Told.objects.create(
        words=words.strip(), needs_mask=needs_mask, age=age, outcode=outcode, told_at=at
    )
    audit.record(tag=Tag.TOLD, subject="search", details={}, by=by, at=at)


class NothingSaid(Refusal):
    says = "Say what the phrase stands for: needs, or other words."


class AlreadyThere(Refusal):
    says = "That is already on the list."


class NotThere(Refusal):
    says = "That is no longer on the list."


@transaction.atomic
def add_phrase(
    *, phrase: str, needs_mask: int = 0, spelt_out: str = "", by: Person, at: datetime
) -> Phrase:
    """From today whoever types the phrase means those needs, or those other words.

    Raises NothingSaid and AlreadyThere.
    """
    plain = " ".join(rules.tokens_of(phrase))
    if not plain or not (needs_mask or spelt_out.strip()):
        raise NothingSaid
    return _stand(plain, needs_mask, "" if needs_mask else spelt_out.strip(), by=by, at=at)


@transaction.atomic
def retire_phrase(*, phrase: str, by: Person, at: datetime) -> None:
    """From today the phrase is only its words, also if it came with the product.

    Raises NotThere.
    """
    today = london_day(at)
    standing = Phrase.objects.select_for_update().filter(phrase=phrase, until=None).first()
    shipped = phrase in rules.SHIPPED.phrases or phrase in rules.SHIPPED.spelt_out
    if standing is None and not shipped:
        raise NotThere
    if standing is not None:
        if not (standing.needs_mask or standing.spelt_out):
            raise NotThere
        standing.until = today
        standing.save(update_fields=["until"])
    if shipped:
        Phrase.objects.create(phrase=phrase, in_force_from=today, added_by_id=by.pk)
    audit.record(tag=Tag.PHRASE_RETIRED, subject="phrase", details={"phrase": phrase}, by=by, at=at)


def _stand(phrase: str, mask: int, spelt_out: str, *, by: Person, at: datetime) -> Phrase:
    """The phrase stands for that from today, in the place of what it stood for."""
    today = london_day(at)
    before = Phrase.objects.select_for_update().filter(phrase=phrase, until=None).first()
    if before is not None:
        if (before.needs_mask, before.spelt_out) == (mask, spelt_out):
            raise AlreadyThere
        before.until = today
        before.save(update_fields=["until"])
    try:
        with transaction.atomic():
            made = Phrase.objects.create(
                phrase=phrase,
                needs_mask=mask,
                spelt_out=spelt_out,
                in_force_from=today,
                added_by_id=by.pk,
            )
    except IntegrityError as error:
        raise AlreadyThere from error
    audit.record(tag=Tag.PHRASE_ADDED, subject="phrase", details={"phrase": phrase}, by=by, at=at)
    return made


@transaction.atomic
def add_neighbour(
    *, name: str, link: str, outcodes: str = "", by: Person, at: datetime
) -> Neighbour:
    """Whoever asks from outside the borough is shown that council's Local Offer.

    `outcodes` are the postcode districts it is shown first for. Raises AlreadyThere.
    """
    try:
        with transaction.atomic():
            made = Neighbour.objects.create(
                name=name.strip(),
                link=link,
                outcodes=" ".join(outcodes.upper().replace(",", " ").split()),
                in_force_from=london_day(at),
            )
    except IntegrityError as error:
        raise AlreadyThere from error
    _record_neighbour(Tag.NEIGHBOUR_ADDED, made, by=by, at=at)
    return made


@transaction.atomic
def retire_neighbour(*, neighbour_id: int, by: Person, at: datetime) -> None:
    """From today that council is not shown. Raises NotThere."""
    one = Neighbour.objects.select_for_update().filter(pk=neighbour_id, until=None).first()
    if one is None:
        raise NotThere
    one.until = london_day(at)
    one.save(update_fields=["until"])
    _record_neighbour(Tag.NEIGHBOUR_RETIRED, one, by=by, at=at)


def _record_neighbour(tag: Tag, one: Neighbour, *, by: Person, at: datetime) -> None:
    audit.record(tag=tag, subject="neighbour", details={"name": one.name}, by=by, at=at)


def _upsert(rows: Sequence[Listing]) -> None:
    Listing.objects.bulk_create(
        rows,
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["service"],
        update_fields=COLUMNS,
    )


def _as_said(service_ids: Sequence[int]) -> dict[int, tuple[str, date]]:
    """The fingerprint of what each page says, and since when it does. One query."""
    rows = Listing.objects.filter(service__in=service_ids)
    return {pk: (sha, day) for pk, sha, day in rows.values_list("pk", "said_sha256", "changed_on")}


def _listing(
    one: ToList, before: Mapping[int, tuple[str, date]], *, is_down: bool, on: date
) -> Listing:
    said = rules.fingerprint(asdict(one) | {"is_down": is_down})
    rest = rules.text_of(
        *(one.provider_name, one.lot_name, one.mode.label),
        *(one.what_to_expect, one.how_to_get_it),
        needs=needs.from_mask(one.needs_mask),
    )
    return Listing(
        service_id=one.service_id,
        is_public=one.is_listed and not is_down,
        name=one.name,
        provider_name=one.provider_name,
        words=SearchVector(Value(f"{one.name} {one.kind_name}"), weight="A", config="english")
        + SearchVector(Value(one.what_it_is), weight="B", config="english")
        + SearchVector(Value(rest), weight="D", config="english"),
        lot_code=one.lot_code,
        mode=one.mode,
        needs_mask=one.needs_mask,
        access_mask=one.access_mask,
        qualities_mask=one.qualities_mask,
        kind=one.kind,
        kind_name=one.kind_name,
        half_days_mask=one.half_days_mask,
        largest_group=one.largest_group,
        lowest_age=one.lowest_age,
        highest_age=one.highest_age,
        easting=one.easting,
        northing=one.northing,
        confirmed_on=one.confirmed_on,
        said_sha256=said,
        changed_on=rules.changed_on(before.get(one.service_id), said, on=on),
    )
